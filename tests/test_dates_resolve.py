"""One date from many claims: the order of trust, row by row, and the laws."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.dates import Order, day_of, resolve
from archiver.models import FoundDate, Precision, RawDate, Where

ANCHOR = datetime(2024, 5, 1, 12, tzinfo=UTC)
BLOCK, TIME, ATTRIBUTE, DECLARED = Where.BLOCK, Where.TIME_TEXT, Where.TIME_ATTRIBUTE, Where.DECLARED
GROUP, URL, ARCHIVE, FEED, POST = Where.GROUP, Where.URL, Where.ARCHIVE_LIST, Where.FEED, Where.POST


@dataclass(frozen=True)
class Row:
    """Claims (text and place), the post's path, and what must come of them; ``note`` must stand in the note."""

    name: str
    claims: tuple[tuple[str, Where], ...]
    value: str | None
    where: Where | None = None
    path: str = "/archives/6191"
    extra: tuple[tuple[str, Where], ...] = ()
    note: str = ""
    language: str | None = None
    order: Order | None = None
    distrust: frozenset[Where] = field(default_factory=frozenset)


SLUG = "/2018/12/02/slug"
ROWS = (
    Row("full date in the block", (("2 Dec", BLOCK), ("By X | 2018-12-02 | 3272 readers", BLOCK)), "2018-12-02", BLOCK),
    Row("print alone", (("December 2, 2018", TIME),), "2018-12-02", TIME),
    Row(
        "time from the attribute",
        (("2018-12-02", TIME), ("2018-12-02T10:00:00+08:00", ATTRIBUTE)),
        "2018-12-02T10:00:00+08:00",
        TIME,
    ),
    Row("midnight is no time", (("2018-12-02", TIME), ("2018-12-02T00:00:00Z", ATTRIBUTE)), "2018-12-02", TIME),
    Row("UTC the evening before", (("2018-12-02", TIME), ("2018-12-01T20:00:00Z", ATTRIBUTE)), "2018-12-02", TIME),
    Row(
        "print wins over attribute",
        (("2018-12-02", TIME), ("2019-05-01", ATTRIBUTE)),
        "2018-12-02",
        TIME,
        note="time@datetime says 2019-05-01",
    ),
    Row(
        "printed time stays",
        (("2018-12-02 09:30", TIME), ("2018-12-02T10:00:00Z", ATTRIBUTE)),
        "2018-12-02T09:30",
        TIME,
    ),
    Row(
        "printed time gets its zone",
        (("2018-12-02 10:00", TIME), ("2018-12-02T10:00:05+08:00", ATTRIBUTE)),
        "2018-12-02T10:00:05+08:00",
        TIME,
    ),
    Row("attribute alone", (("2018-12-02T10:00:00Z", ATTRIBUTE),), "2018-12-02T10:00:00+00:00", ATTRIBUTE),
    Row(
        "declared before time element",
        (("2018-12-02", DECLARED), ("2018-12-09", ATTRIBUTE)),
        "2018-12-02",
        DECLARED,
        note="says 2018-12-09",
    ),
    Row("attribute in UTC, address local", (("2018-12-01T20:00:00Z", ATTRIBUTE),), "2018-12-02", URL, SLUG),
    Row(
        "attribute against address",
        (("2018-12-09", ATTRIBUTE),),
        "2018-12-09",
        ATTRIBUTE,
        SLUG,
        note="url says 2018-12-02",
    ),
    Row("yearless alone", (("2 Dec", BLOCK),), None, note="no year"),
    Row("yearless and address", (("2 Dec", BLOCK),), "2018-12-02", URL, SLUG),
    Row("yearless and year in the address", (("2 Dec", BLOCK),), "2018-12-02", URL, "/2018/slug"),
    Row("yearless and another address", (("3 Dec", BLOCK),), None, None, SLUG, note="url says 2018-12-02"),
    Row(
        "yearless and attribute",
        (("12-02", TIME), ("2018-12-02T10:00:00+08:00", ATTRIBUTE)),
        "2018-12-02T10:00:00+08:00",
        ATTRIBUTE,
    ),
    Row(
        "yearless and wrong attribute",
        (("12-02", TIME), ("2019-05-01", ATTRIBUTE)),
        None,
        note="time@datetime says 2019-05-01",
    ),
    Row("yearless and 1818", (("12-02", TIME), ("1818-12-02", ATTRIBUTE)), None, note="no year"),
    Row("yearless and year of the group", (("2019", GROUP), ("03-06", BLOCK)), "2019-03-06", GROUP),
    Row(
        "day, month and year apart",
        (("2018年 (共60篇)", GROUP), ("12月", GROUP), ("16日:", BLOCK)),
        "2018-12-16",
        GROUP,
        language="zh",
    ),
    Row("group of another month", (("2018", GROUP), ("November", GROUP), ("2 Dec", BLOCK)), "2018-12-02", GROUP),
    Row("yearless and feed", (("2 Dec", BLOCK),), "2018-12-02", FEED, extra=(("Sat, 01 Dec 2018 20:00:00 GMT", FEED),)),
    Row(
        "yearless and feed of another day",
        (("2 Dec", BLOCK),),
        None,
        extra=(("2018-11-20T20:00:00Z", FEED),),
        note="feed says",
    ),
    Row("new year's eve and feed", (("31 Dec", BLOCK),), "2018-12-31", FEED, extra=(("2019-01-01T01:00:00Z", FEED),)),
    Row("yearless and archive list", (("2 Dec", BLOCK),), "2018-12-02", ARCHIVE, extra=(("2018-12-02", ARCHIVE),)),
    Row(
        "archive list before feed",
        (("2 Dec", BLOCK),),
        "2018-12-02",
        ARCHIVE,
        extra=(("2019-12-02", FEED), ("2018-12-02", ARCHIVE)),
    ),
    Row(
        "archive list is not a feed",
        (("2 Dec", BLOCK),),
        None,
        extra=(("2018-12-01", ARCHIVE),),
        note="archive list says",
    ),
    Row("yearless and post page", (("2 Dec", BLOCK),), "2018-12-02", POST, extra=(("2018-12-02", POST),)),
    Row(
        "print that fits nothing",
        (("24 Dec", BLOCK),),
        "2018-12-02",
        URL,
        SLUG,
        (("2018-12-02", POST),),
        note="fits nothing",
    ),
    Row(
        "together after the fetch",
        (("2 Dec", BLOCK),),
        None,
        extra=(("2024", GROUP),),
        note="not plausible: 2024-12-02",
    ),
    Row("29 February", (("29 Feb", BLOCK),), "2020-02-29", GROUP, extra=(("2020", GROUP),)),
    Row("29 February of no leap year", (("29 Feb", BLOCK),), None, extra=(("2019", GROUP),)),
    Row("address alone", (), "2018-12-02", URL, SLUG),
    Row("month of the address", (), "2018-12", URL, "/2018/12/slug"),
    Row("feed alone", (), "2018-12-02T10:00:00+00:00", FEED, extra=(("2018-12-02T10:00:00Z", FEED),)),
    Row("post page alone", (), "2018-12-02", POST, extra=(("Posted on December 2, 2018", POST),)),
    Row("month printed, day in the address", (("December 2018", BLOCK),), "2018-12-02", URL, SLUG),
    Row("month printed, another address", (("June 2013", BLOCK),), "2018-12-02", URL, SLUG),
    Row("group heading is a day", (("2018年12月2日", GROUP),), "2018-12-02", GROUP),
    Row("updated, nothing else", (("Updated 2018-12-02", BLOCK),), "2018-12-02", BLOCK, note="date of modification"),
    Row("updated first", (("Updated 2019-01-05", BLOCK), ("Posted 2018-12-02", BLOCK)), "2018-12-02", BLOCK),
    Row("updated gives no year", (("Updated 2019-01-05", BLOCK), ("2 Dec", BLOCK)), None, note="no year"),
    Row("two unmarked times", (("2019-01-05", TIME), ("2018-12-02", TIME)), "2018-12-02", TIME),
    Row("two unmarked attributes", (("2019-01-05", ATTRIBUTE), ("2018-12-02", ATTRIBUTE)), "2018-12-02", ATTRIBUTE),
    Row(
        "the attribute picks",
        (("2018-11-20 was long ago", BLOCK), ("2018-12-02", BLOCK), ("2018-12-02", DECLARED)),
        "2018-12-02",
        BLOCK,
    ),
    Row(
        "outvoted by two",
        (("2016-03-01", BLOCK), ("2018-12-02", DECLARED)),
        "2018-12-02",
        DECLARED,
        SLUG,
        note="block says 2016-03-01",
    ),
    Row(
        "year of the week",
        (("2010-12-29", TIME), ("2009-12-29T10:00:00+03:00", ATTRIBUTE)),
        "2009-12-29T10:00:00+03:00",
        ATTRIBUTE,
        note="says 2010-12-29",
    ),
    Row(
        "another year is no year of the week",
        (("2011-06-29", TIME), ("2010-06-29", ATTRIBUTE)),
        "2011-06-29",
        TIME,
        note="says 2010-06-29",
    ),
    Row("days ago", (("3 days ago", BLOCK),), "2024-04-28", BLOCK),
    Row("yesterday with a time", (("昨天 10:30", BLOCK),), "2024-04-30", BLOCK, language="zh"),
    Row("weeks ago", (("2 weeks ago", BLOCK),), "2024-04", BLOCK),
    Row("months ago", (("2 months ago", BLOCK),), "2024", BLOCK),
    Row("years ago", (("2 years ago", BLOCK),), None, note="too coarse"),
    Row(
        "distance and attribute",
        (("6 天前", BLOCK), ("2024-04-24 17:37:29", ATTRIBUTE)),
        "2024-04-24T17:37:29",
        ATTRIBUTE,
        language="zh",
    ),
    Row("swapped or not", (("01/06/2013", BLOCK),), "2013", BLOCK),
    Row("swapped: language", (("01/06/2013", BLOCK),), "2013-06-01", BLOCK, language="fr"),
    Row("swapped: the blog", (("01/06/2013", BLOCK),), "2013-01-06", BLOCK, order=Order.MONTH_FIRST),
    Row("swapped: the address", (("01/06/2013", BLOCK),), "2013-06-01", BLOCK, "/2013/06/01/slug"),
    Row("swapped: the weekday", (("Sunday, 02/12/2018", BLOCK),), "2018-12-02", BLOCK, language="en-US"),
    Row("dotted names the day first", (("01.06.2013", BLOCK),), "2013-06-01", BLOCK),
    Row("swapped without a year", (("03/06", BLOCK), ("2019", GROUP)), "2019", GROUP),
    Row(
        "print before UTC on the post page",
        (),
        "2018-12-02",
        POST,
        extra=(("2018-12-01T20:00:00Z", POST), ("Posted on December 2, 2018", POST)),
    ),
    Row(
        "time from the post page",
        (("2 Dec", BLOCK),),
        "2018-12-02T10:00:00+08:00",
        POST,
        extra=(("2018-12-02T10:00:00+08:00", POST), ("2018-12-02", POST)),
    ),
    Row("a badge", (("12 2018-06", BLOCK),), "2018-06-12", BLOCK),
    Row("in the future, printed", (("2099-12-31", BLOCK),), "2099-12-31", BLOCK, note="not plausible: after the fetch"),
    Row("in the future, attribute", (("2099-12-31", ATTRIBUTE),), None, note="not plausible: after the fetch"),
    Row("in the future, address right", (("2099-12-31", BLOCK),), "2018-12-02", URL, SLUG),
    Row("tomorrow is plausible", (("2024-05-02", BLOCK),), "2024-05-02", BLOCK),
    Row("before blogs, printed", (("1985-12-02", BLOCK),), "1985-12-02", BLOCK, note="not plausible: year 1985"),
    Row("1818 alone", (("1818-12-02", ATTRIBUTE),), None, note="not plausible: year 1818"),
    Row("distrusted", (("2018-12-02", ATTRIBUTE),), None, distrust=frozenset({ATTRIBUTE}), note="not trusted"),
    Row(
        "distrusted beside print",
        (("2 Dec", TIME), ("2019-12-02", ATTRIBUTE)),
        "2018-12-02",
        URL,
        SLUG,
        distrust=frozenset({ATTRIBUTE}),
    ),
    Row("no date", (("by somebody", BLOCK),), None, note="not read"),
    Row("nothing", (), None),
)


def raws(claims: tuple[tuple[str, Where], ...]) -> tuple[RawDate, ...]:
    return tuple(RawDate(text, where) for text, where in claims)


def resolved(row: Row) -> FoundDate:
    return resolve(
        raws(row.claims),
        url="https://blog.example" + row.path,
        language=row.language,
        order=row.order,
        anchor=ANCHOR,
        extra=raws(row.extra),
        distrust=row.distrust,
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_order_of_trust(row: Row) -> None:
    found = resolved(row)
    assert (found.value, found.where) == (row.value, row.where)
    assert row.note in found.note
    if row.claims and row.value is None:
        assert found.raw in {text for text, _ in row.claims}


@pytest.mark.parametrize("row", [row for row in ROWS if row.value], ids=lambda row: row.name)
def test_the_value_has_the_length_of_its_precision(row: Row) -> None:
    found = resolved(row)
    lengths = {
        Precision.YEAR: (4,),
        Precision.MONTH: (7,),
        Precision.DAY: (10,),
        Precision.MINUTE: (16, 22),
        Precision.SECOND: (19, 25),
    }
    assert found.precision is not None
    assert len(found.value or "") in lengths[found.precision]
    assert day_of(found) == ((found.value or "")[:10] if lengths[found.precision][0] >= 10 else None)


def test_the_rule_says_how_numbers_were_ordered() -> None:
    rules = {row.name: resolved(row).rule for row in ROWS}
    assert rules["swapped: language"] == "d/m/Y (day first: language fr)"
    assert rules["swapped: the blog"] == "d/m/Y (month first)"
    assert rules["swapped: the address"] == "d/m/Y (day first: beside a certain date)"
    assert rules["swapped: the weekday"] == "d/m/Y (day first: weekday)"
    assert rules["swapped or not"] == "d/m/Y (order unknown)"
    assert rules["full date in the block"] == "Y-m-d"


def test_a_modified_mark_of_the_page_is_believed() -> None:
    marked = RawDate("2019-01-05", DECLARED, modified=True)
    found = resolve((marked, RawDate("2018-12-02", DECLARED)), url="", anchor=ANCHOR)
    assert found.value == "2018-12-02"
    alone = resolve((marked,), url="", anchor=ANCHOR)
    assert (alone.value, alone.note) == ("2019-01-05", "date of modification")


TEXTS = st.one_of(
    st.text(max_size=60), st.sampled_from([text for row in ROWS for text, _ in (*row.claims, *row.extra)])
)
RAWS = st.lists(st.builds(RawDate, TEXTS, st.sampled_from(Where), modified=st.booleans()), max_size=6)


@given(claims=RAWS, extra=RAWS, url=st.text(max_size=30), language=st.sampled_from([None, "en", "fr", "zh", "?"]))
@settings(deadline=None)
def test_resolving_never_raises_and_never_invents(
    claims: list[RawDate], extra: list[RawDate], url: str, language: str | None
) -> None:
    found = resolve(claims, url=url, language=language, anchor=ANCHOR, extra=extra)
    assert (found.value is None) == (found.precision is None) == (found.where is None)
    assert found.raw in {"", url, *(claim.raw for claim in (*claims, *extra))}
    day = day_of(found)
    if day is not None:
        assert (
            "not plausible" in found.note
            or datetime(1990, 1, 1).date() <= date.fromisoformat(day) <= (ANCHOR + timedelta(days=2)).date()
        )


@given(claims=RAWS, order=st.sampled_from([None, *Order]))
@settings(deadline=None)
def test_resolving_again_gives_the_same(claims: list[RawDate], order: Order | None) -> None:
    first = resolve(claims, url="/a", order=order, anchor=ANCHOR)
    assert first == resolve(tuple(claims), url="/a", order=order, anchor=ANCHOR)


@given(day=st.dates(date(1990, 1, 1), date(2024, 5, 1)), other=st.dates(date(1990, 1, 1), date(2024, 5, 1)))
def test_a_yearless_print_never_takes_a_year_that_contradicts_it(day: date, other: date) -> None:
    claims = (RawDate(f"{day:%b} {day.day}", BLOCK), RawDate(other.isoformat(), ARCHIVE))
    found = resolve(claims, url="", anchor=ANCHOR)
    same = (day.month, day.day) == (other.month, other.day)
    assert found.value == (other.isoformat() if same else None)
