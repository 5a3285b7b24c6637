"""What a whole listing tells of its attributes and of years between neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.dates import day_of, decide_trust, estimate_years, resolve
from archiver.models import FoundDate, Precision, RawDate, Where

ANCHOR = datetime(2024, 5, 1, 12, tzinfo=UTC)
TIME, ATTRIBUTE, DECLARED = Where.TIME_TEXT, Where.TIME_ATTRIBUTE, Where.DECLARED


def posts(*rows: tuple[str, str], where: Where = ATTRIBUTE) -> list[list[RawDate]]:
    """Posts from pairs of print and attribute; either may be empty."""
    return [
        [*([RawDate(text, TIME)] if text else []), *([RawDate(value, where)] if value else [])] for text, value in rows
    ]


TRUST: tuple[tuple[str, list[list[RawDate]], bool], ...] = (
    ("they agree", posts(("12-02", "2018-12-02"), ("11-20", "2018-11-20"), ("03-06", "2018-03-06")), False),
    ("a day off in UTC", posts(("12-02", "2018-12-01T20:00:00Z"), ("11-20", "2018-11-19T20:00:00Z")), False),
    ("one slip", posts(("12-02", "2018-12-02"), ("11-20", "2018-11-20"), ("03-06", "2018-05-06")), False),
    ("they contradict", posts(("12-02", "2019-05-01"), ("11-20", "2019-05-01"), ("03-06", "2019-05-01")), True),
    ("two contradict", posts(("2018-12-02", "2019-05-01"), ("2018-11-20", "2019-05-02")), True),
    ("all the same, no print", posts(*[("", "2019-05-01T10:00:00Z")] * 3), True),
    ("all the same, two posts", posts(*[("", "2019-05-01T10:00:00Z")] * 2), False),
    ("one day, confirmed", posts(*[("May 1, 2019", "2019-05-01T10:00:00Z")] * 3), False),
    (
        "the day of the fetch",
        posts(("", "2024-05-01T11:00:00Z"), ("", "2024-05-01T11:00:01Z"), ("", "2024-05-01T11:00:02Z")),
        True,
    ),
    (
        "one busy day",
        posts(("", "2019-05-01T10:00:00Z"), ("", "2019-05-01T11:00:00Z"), ("", "2019-05-01T12:00:00Z")),
        False,
    ),
    ("years of two digits", posts(("12-02", "1818-12-02"), ("01-08", "1819-01-08")), True),
    ("no attributes", posts(("12-02", ""), ("11-20", "")), False),
    ("no posts", [], False),
)


@pytest.mark.parametrize("where", [ATTRIBUTE, DECLARED])
@pytest.mark.parametrize(("name", "listing", "useless"), TRUST, ids=[row[0] for row in TRUST])
def test_which_attributes_are_useless(name: str, listing: list[list[RawDate]], useless: bool, where: Where) -> None:
    moved = [[RawDate(raw.raw, where if raw.where is ATTRIBUTE else raw.where) for raw in raws] for raws in listing]
    assert decide_trust(moved, anchor=ANCHOR) == (frozenset({where}) if useless else frozenset())


def test_attributes_of_modification_are_not_judged() -> None:
    listing = [[RawDate("12-02", TIME), RawDate("2019-05-01", ATTRIBUTE, modified=True)] for _ in range(3)]
    assert decide_trust(listing, anchor=ANCHOR) == frozenset()


def test_what_is_distrusted_is_not_heard_afterwards() -> None:
    listing = posts(("Dec 2", "2019-05-01"), ("Nov 20", "2019-05-01"), ("May 1", "2019-05-01"))
    distrust = decide_trust(listing, anchor=ANCHOR)
    found = [resolve(raws, url="", anchor=ANCHOR, distrust=distrust) for raws in listing]
    assert [one.value for one in found] == [None, None, None]


@given(values=st.lists(st.text(max_size=30), max_size=5))
@settings(deadline=None)
def test_deciding_trust_never_raises(values: list[str]) -> None:
    decided = decide_trust(posts(*((value, value) for value in values)), anchor=ANCHOR)
    assert decided <= {ATTRIBUTE, DECLARED}


def found(text: str) -> FoundDate:
    """A dated post from an ISO day, an undated one from anything else."""
    if text[:4].isdigit() and len(text) == 10:
        return FoundDate(text, Precision.DAY, "Y-m-d", text, Where.BLOCK)
    return FoundDate(None, None, "B d", text, None, "no year")


ESTIMATES: tuple[tuple[str, Sequence[str], Sequence[str | None]], ...] = (
    (
        "newest first",
        ("2019-03-06", "Feb 10", "2019-01-02", "2018-12-02"),
        ("2019-03-06", "2019-02-10", "2019-01-02", "2018-12-02"),
    ),
    (
        "oldest first",
        ("2018-12-02", "2019-01-02", "Feb 10", "2019-03-06"),
        ("2018-12-02", "2019-01-02", "2019-02-10", "2019-03-06"),
    ),
    (
        "over new year",
        ("2019-01-05", "Dec 30", "2018-12-02", "2018-11-01"),
        ("2019-01-05", "2018-12-30", "2018-12-02", "2018-11-01"),
    ),
    (
        "at the end",
        ("2019-03-06", "2019-01-02", "2018-12-02", "Nov 1"),
        ("2019-03-06", "2019-01-02", "2018-12-02", None),
    ),
    (
        "two years fit",
        ("2019-03-06", "Feb 10", "2017-01-02", "2016-12-02"),
        ("2019-03-06", None, "2017-01-02", "2016-12-02"),
    ),
    (
        "none fits",
        ("2019-03-06", "Jul 10", "2019-01-02", "2018-12-02"),
        ("2019-03-06", None, "2019-01-02", "2018-12-02"),
    ),
    (
        "not in order",
        ("2019-01-02", "Feb 10", "2019-03-06", "2018-12-02"),
        ("2019-01-02", None, "2019-03-06", "2018-12-02"),
    ),
    ("too few", ("2019-03-06", "Feb 10", "2019-01-02"), ("2019-03-06", None, "2019-01-02")),
    (
        "all one day",
        ("2019-03-06", "Mar 6", "2019-03-06", "2019-03-06"),
        ("2019-03-06", None, "2019-03-06", "2019-03-06"),
    ),
    (
        "could be swapped",
        ("2019-03-06", "02/03", "2019-01-02", "2018-12-02"),
        ("2019-03-06", None, "2019-01-02", "2018-12-02"),
    ),
    (
        "a badge",
        ("2019-03-06", "10 2月", "2019-01-02", "2018-12-02"),
        ("2019-03-06", "2019-02-10", "2019-01-02", "2018-12-02"),
    ),
    ("no date", ("2019-03-06", "by X", "2019-01-02", "2018-12-02"), ("2019-03-06", None, "2019-01-02", "2018-12-02")),
    ("empty", (), ()),
)


@pytest.mark.parametrize(("name", "texts", "expected"), ESTIMATES, ids=[row[0] for row in ESTIMATES])
def test_years_between_neighbours(name: str, texts: Sequence[str], expected: Sequence[str | None]) -> None:
    before = [found(text) for text in texts]
    after = estimate_years(before)
    assert [one.value for one in after] == list(expected)
    for old, new in zip(before, after, strict=True):
        if new != old:
            assert (new.where, new.raw, new.precision) == (Where.NEIGHBOURS, old.raw, Precision.DAY)
            assert new.note == "estimate: year between neighbours"


def test_an_estimate_is_no_evidence_for_the_next() -> None:
    first = estimate_years([found(text) for text in ("2019-03-06", "Feb 10", "2019-01-02", "2018-12-02")])
    known = [one if one.where is Where.NEIGHBOURS else found("by X") for one in first]
    assert estimate_years([*known, found("Nov 1"), *known])[4].value is None


@given(days=st.lists(st.dates(date(2010, 1, 1), date(2023, 12, 31)), min_size=4, max_size=20), hidden=st.data())
@settings(deadline=None)
def test_an_estimate_in_an_ordered_listing_is_right(days: list[date], hidden: st.DataObject) -> None:
    days = sorted(days, reverse=True)
    mask = hidden.draw(st.lists(st.booleans(), min_size=len(days), max_size=len(days)))
    texts = [f"{day:%b} {day.day}" if hide else day.isoformat() for day, hide in zip(days, mask, strict=True)]
    for day, one in zip(days, estimate_years([found(text) for text in texts]), strict=True):
        assert day_of(one) in {None, day.isoformat()}
