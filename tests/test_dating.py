from __future__ import annotations

import pytest

from archiver.models import Where
from archiver.parse.chunks import chunks
from archiver.parse.dating import Dater, block_dates, date_paths
from archiver.parse.document import read
from archiver.parse.listing import read_listing

SITE = "http://blog.example"


def found_in(markup: str, language: str = "en") -> list[tuple[str, Where, bool]]:
    """The dates of a block, each with its place and whether it is an update."""
    root = read(f"<html><body><article>{markup}</article></body></html>", SITE).root
    dater = Dater(language)
    short = chunks(root.find(".//article"), None)
    return [(raw.raw, raw.where, raw.modified) for raw, _ in block_dates(short, date_paths([short], dater), dater)]


# Markup of a block, and the dates in it: what is printed, where, and whether it is an update.
BLOCKS: list[tuple[str, list[tuple[str, Where, bool]]]] = [
    ("<span>3 May 2021</span>", [("3 May 2021", Where.BLOCK, False)]),
    ("<time>3 May 2021</time>", [("3 May 2021", Where.TIME_TEXT, False)]),
    (
        '<time datetime="2021-05-03">3 May</time>',
        [("2021-05-03", Where.TIME_ATTRIBUTE, False), ("3 May", Where.TIME_TEXT, False)],
    ),
    (
        '<time itemprop="datePublished" datetime="2021-05-03">3 May 2021</time>',
        [("2021-05-03", Where.DECLARED, False), ("3 May 2021", Where.TIME_TEXT, False)],
    ),
    (
        '<abbr class="published" title="2021-05-03T10:00:00+00:00">3 May 2021</abbr>',
        [("2021-05-03T10:00:00+00:00", Where.TIME_ATTRIBUTE, False), ("3 May 2021", Where.BLOCK, False)],
    ),
    ('<span title="Reply">3 May 2021</span>', [("3 May 2021", Where.BLOCK, False)]),
    ("<span>Updated: 3 May 2021</span>", [("3 May 2021", Where.BLOCK, True)]),
    (
        "<p>Posted on 1 May 2021, updated on 3 May 2021</p>",
        [("1 May 2021", Where.BLOCK, False), ("3 May 2021", Where.BLOCK, True)],
    ),
    (
        '<time class="updated" datetime="2021-05-03">3 May 2021</time>',
        [("2021-05-03", Where.TIME_ATTRIBUTE, True), ("3 May 2021", Where.TIME_TEXT, True)],
    ),
    (
        '<time class="entry-date published updated" datetime="2021-05-03">3 May 2021</time>',
        [("2021-05-03", Where.TIME_ATTRIBUTE, False), ("3 May 2021", Where.TIME_TEXT, False)],
    ),
    (
        '<time itemprop="dateModified" datetime="2021-05-03">3 May 2021</time>',
        [("2021-05-03", Where.DECLARED, True), ("3 May 2021", Where.TIME_TEXT, True)],
    ),
    ("<div><b>6</b><i>Mar</i></div>", [("6 Mar", Where.BLOCK, False)]),
    ("<p>By Ann</p><p>12 comments</p>", []),
    ("<p>Garden <span>11/28/21</span></p>", [("11/28/21", Where.BLOCK, False)]),
    ("<p>It was on 3 May 2021 that " + "we walked on and on " * 10 + "</p>", []),
    ("<span>3 days ago</span>", [("3 days ago", Where.BLOCK, False)]),
]


@pytest.mark.parametrize(("markup", "dates"), BLOCKS)
def test_dates_of_a_block(markup: str, dates: list[tuple[str, Where, bool]]) -> None:
    assert found_in(markup) == dates


@pytest.mark.parametrize(
    ("text", "language", "is_date"),
    [
        ("Posted on 金 26 4月 2024 in", "ja", True),
        ("3 May 2024 by", "en", True),
        ("On 3 May 2024 we sailed", "en", False),
        ("3 May 2021", "en", True),
        ("Posted on 3 May 2021", "en", True),
        ("2021年5月3日", "zh", True),
        ("What happened on 3 May 2021 in the garden", "en", False),
        ("Ann Lee", "en", False),
        ("", "en", False),
    ],
)
def test_a_text_that_is_all_date(text: str, language: str, is_date: bool) -> None:
    assert Dater(language).is_date(text) is is_date


@pytest.mark.parametrize(("text", "count"), [("3 May 2021", 1), ("yesterday", 1), ("May 2021", 0), ("2021", 0)])
def test_days_are_dates_with_a_day(text: str, count: int) -> None:
    assert len(Dater("en").days(text)) == count


def groups_of(body: str) -> list[list[str]]:
    """For each record of a page the dates that head it from above."""
    doc = read(f'<html lang="en"><body>{body}</body></html>', f"{SITE}/")
    records = read_listing(doc).records
    return [[raw.raw for raw in record.dates if raw.where is Where.GROUP] for record in records]


ROW = "<li><a href=/{0}>The story that is called {0}</a></li>"
ROWS = {key: "".join(ROW.format(key + n) for n in "xyz") for key in "ab"}

# A list of three posts under each of two headings, and the dates that head the posts of each.
HEADINGS = [
    ("<h2>2021</h2><ul>{a}</ul><h2>2020</h2><ul>{b}</ul>", ["2021"], ["2020"]),
    ("<h2>2021</h2><h3>May</h3><ul>{a}</ul><h3>April</h3><ul>{b}</ul>", ["May"], ["April"]),
    ("<div><p>May 2021</p><ul>{a}</ul></div><div><p>April 2021</p><ul>{b}</ul></div>", ["May 2021"], ["April 2021"]),
    ("<ul><li>2021<ul>{a}</ul></li><li>2020<ul>{b}</ul></li></ul>", ["2021"], ["2020"]),
    ("<h2>Stories</h2><ul>{a}</ul><h2>Poems</h2><ul>{b}</ul>", [], []),
    ("<p>" + "Since 2021 this page has been kept for you. " * 3 + "</p><ul>{a}</ul><ul>{b}</ul>", [], []),
    ("<h2>2021 (12)</h2><ul>{a}</ul><h2>2020 (9)</h2><ul>{b}</ul>", ["2021"], ["2020"]),
]


@pytest.mark.parametrize(("body", "first", "second"), HEADINGS)
def test_headings_above_groups(body: str, first: list[str], second: list[str]) -> None:
    assert groups_of(body.format(**ROWS)) == [first] * 3 + [second] * 3


def test_the_nearest_heading_comes_first() -> None:
    section = "<section><h2>{0}</h2><div><h3>{1}</h3><ul>{2}</ul></div></section>"
    body = section.format(2021, "May", "{a}") + section.format(2020, "June", "{b}")
    assert groups_of(body.format(**ROWS)) == [["May", "2021"]] * 3 + [["June", "2020"]] * 3


def test_a_record_before_does_not_head_the_next() -> None:
    body = "".join(
        f"<h2><a href=/{n}>The story that is called {n}</a></h2><p>Written down.</p><p>3 May 202{n}</p>"
        for n in range(4)
    )
    assert groups_of(f"<div>{body}</div>") == [[], [], [], []]
