from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.dates import Order
from archiver.models import FoundDate, Label, Precision, RawDate, RawRecord, Record, Where
from archiver.normalise import Context, context_of, estimated, needs_date, understand, without_title
from archiver.urls import identity

URL = "http://blog.example/roses/"
SERVED = datetime(2024, 6, 15, 12, tzinfo=UTC)
LABELS = {
    identity(URL): Label(URL, "On Pruning Roses in May", RawDate("2021-05-03", Where.FEED), "Ann Lee", ("garden",))
}

# The title in the listing, whether the feed names the post, its excerpt, the title understood, and what it comes from.
TITLES = [
    ("Roses", False, "", "Roses", "heading"),
    ("  Roses\n in  May ", False, "", "Roses in May", "heading"),
    ("[Sticky] Roses", False, "", "Roses", "heading"),
    ("【置顶】玫瑰", False, "", "玫瑰", "heading"),
    ("ON PRUNING ROSES IN MAY", True, "", "On Pruning Roses in May", "spelt as in the feed"),
    ("On Pruning Ro…", True, "", "On Pruning Roses in May", "cut short"),
    ("Another title", True, "", "Another title", "heading"),
    ("", True, "", "On Pruning Roses in May", "feed"),
    ("Untitled", True, "", "On Pruning Roses in May", "feed"),
    ("", False, "<p>Cut above a bud.</p>", "Cut above a bud.", "guess"),
    ("", False, "", URL, "guess"),
]


@pytest.mark.parametrize(("title", "named", "excerpt", "meant", "rule"), TITLES)
def test_titles(title: str, named: bool, excerpt: str, meant: str, rule: str) -> None:
    raw = RawRecord(URL, title, excerpt_html=excerpt, evidence={"title": "heading"})
    record = understand(raw, Context(language="en", labels=LABELS if named else {}), SERVED)
    assert record.title == meant
    assert rule in record.evidence["title"]


# An excerpt, a title, and the excerpt without its beginning that is the title over again.
REPEATED = [
    ("On pruning roses\nCut above a bud.", "On pruning roses", "Cut above a bud."),
    ("On pruning roses Cut above a bud.", "On pruning roses", "Cut above a bud."),
    ("On pruning roses is an art.", "On pruning roses", "On pruning roses is an art."),
    ("On pruning rosesCut", "On pruning roses", "On pruning rosesCut"),
    ("on PRUNING roses\nCut.", "On pruning roses", "Cut."),
    ("On pruning roses", "On pruning roses", ""),
    ("We cut.", "We", "We cut."),
    ("Garden Rose Weekly is a paper.", "Garden", "Garden Rose Weekly is a paper."),
    ("Garden Rose\nWeekly.", "Garden Rose", "Weekly."),
    ("玫瑰剪枝入门 先看芽。", "玫瑰剪枝入门", "先看芽。"),
    ("Cut above a bud.", "On pruning roses", "Cut above a bud."),
    ("", "On pruning roses", ""),
]


@pytest.mark.parametrize(("excerpt", "title", "rest"), REPEATED)
def test_an_excerpt_does_not_begin_with_its_title(excerpt: str, title: str, rest: str) -> None:
    assert without_title(excerpt, title) == rest


@given(st.text(max_size=60), st.text(min_size=1, max_size=30))
def test_what_is_left_of_an_excerpt_is_its_end(excerpt: str, title: str) -> None:
    assert excerpt.endswith(without_title(excerpt, title))


def test_a_guessed_title_leaves_the_excerpt_whole() -> None:
    raw = RawRecord(URL, "", excerpt_html="<p>Cut above a bud.</p>")
    record = understand(raw, Context(language="en"), SERVED)
    assert (record.title, record.excerpt) == ("Cut above a bud.", "Cut above a bud.")


def test_the_feed_fills_what_the_listing_leaves_open() -> None:
    record = understand(RawRecord(URL, "Roses"), Context(language="en", labels=LABELS), SERVED)
    assert (record.published.value, record.published.where) == ("2021-05-03", Where.FEED)
    assert (record.author, record.tags) == ("Ann Lee", ("garden",))
    own = RawRecord(URL, "Roses", author="Bo", tags=("own",), dates=(RawDate("1 May 2021", Where.BLOCK),))
    record = understand(own, Context(language="en", labels=LABELS), SERVED)
    assert (record.published.value, record.author, record.tags) == ("2021-05-01", "Bo", ("own",))


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        (["03/05/2021", "25/05/2021"], ["2021-05-03", "2021-05-25"]),
        (["03/05/2021", "03/25/2021"], ["2021-03-05", "2021-03-25"]),
    ],
)
def test_the_order_of_day_and_month_is_the_blogs(printed: list[str], days: list[str]) -> None:
    raws = [
        RawRecord(f"http://blog.example/{n}/", f"Post {n}", dates=(RawDate(each, Where.BLOCK),))
        for n, each in enumerate(printed)
    ]
    context = context_of([(raws, SERVED)], language="en")
    assert [understand(raw, context, SERVED).published.value for raw in raws] == days


ORDERS = (
    ((("01/06/2013", ""), ("25/06/2013", "")), "", None, Order.DAY_FIRST),
    ((("01/06/2013", "2013-01-06"),), "", "fr", Order.MONTH_FIRST),
    ((("01/06/2013", ""),), "2013/06/01/slug", None, Order.DAY_FIRST),
    ((("01/06/2013", ""),), "1", None, None),
    ((("01/06/2013", ""),), "", "en-US", Order.MONTH_FIRST),
    ((), "", None, None),
)


@pytest.mark.parametrize(("rows", "path", "language", "expected"), ORDERS)
def test_the_order_is_told_by_days_attributes_addresses_and_the_language(
    rows: tuple[tuple[str, str], ...], path: str, language: str | None, expected: Order | None
) -> None:
    raws = [
        RawRecord(
            f"http://blog.example/{path}",
            dates=(RawDate(text, Where.TIME_TEXT), *([RawDate(value, Where.TIME_ATTRIBUTE)] if value else [])),
        )
        for text, value in rows
    ]
    assert context_of([(raws, SERVED)], language=language).order is expected


@pytest.mark.parametrize(
    ("value", "precision", "needed"),
    [
        (None, None, True),
        ("2021", Precision.YEAR, True),
        ("2021-05", Precision.MONTH, True),
        ("2021-05-03", Precision.DAY, False),
    ],
)
def test_more_evidence_is_needed_until_the_day_is_known(
    value: str | None, precision: Precision | None, needed: bool
) -> None:
    assert needs_date(Record(URL, "Roses", FoundDate(value, precision))) is needed


def test_years_are_estimated_between_neighbours_but_not_of_pinned_posts() -> None:
    known = ["2021-09-01", "2021-07-01", None, "2021-03-01"]
    records = [
        Record(URL + str(n), "x", FoundDate(day, Precision.DAY if day else None, raw=day or "May 3", where=Where.BLOCK))
        for n, day in enumerate(known)
    ]
    found = estimated(records, [False] * 4, "en")
    assert [record.published.value for record in found] == ["2021-09-01", "2021-07-01", "2021-05-03", "2021-03-01"]
    assert found[2].published.where is Where.NEIGHBOURS
    pinned = estimated(records, [False, False, True, False], "en")
    assert pinned[2] == records[2]
