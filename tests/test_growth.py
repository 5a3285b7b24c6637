"""What a single page can cost: reading it as a listing and as a post grows with its length, whatever it repeats."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from growing import LINEAR, TIMES, growth

from archiver.models import Response
from archiver.normalise import context_of, understand
from archiver.parse import hints
from archiver.parse.document import MOST_TAGS, read
from archiver.parse.elsewhere import archive_lists, listing_candidates
from archiver.parse.faults import page_fault
from archiver.parse.listing import read_listing
from archiver.parse.post import learn_post_profile, read_post

URL = "http://blog.example/"
NOW = datetime(2024, 1, 1, tzinfo=UTC)
POSTS = "".join(
    f"<div><h2><a href=/p/{day}>A note on day {day}</a></h2><span>2020-01-1{day}</span>"
    f"<p>Text of the note {day}.</p>{'@' if day == 5 else ''}</div>"
    for day in range(6)
)

ROWS = (
    ("links to one address", POSTS, '<a href="/p/1">same</a> ', 4000, False),
    ("links at places of their own", POSTS, "<x{n}><h2><a href=/q/{n}>Some text {n}</a></h2></x{n}>", 1500, False),
    (
        "links of classes of their own",
        POSTS,
        "<p class=c{a}><a class=d{a} href=/q/{n}>Some text {n}</a></p>",
        1500,
        False,
    ),
    ("tags in a line", POSTS, "<a rel=tag href=/tag/{n}>t{n}</a> ", 3000, True),
    ("unclosed links", POSTS, "<a><p></a>x", 8000, False),
    ("unclosed fonts", POSTS, "<font><p>x", 8000, False),
    ("unclosed quotes", POSTS, "<blockquote><p>x", 8000, False),
    ("links and areas", POSTS, "<area href=/p/7><a href=/p/8>x</a>", 4000, False),
    ("dates of one post", POSTS, "<time datetime=2020-01-02T03:04:05Z>x</time>", 3000, True),
    ("related posts", "<h1>Title</h1><p>Text of a post.</p>", "<h2>Related</h2><p>Other</p>", 3000, False),
    ("emphasis beside a picture", "<h1>Title</h1><p><img src=a.png>", "<em>x</em>", 4000, False),
    ("pictures with emphasis", "<h1>Title</h1><p>", "<img src=a.png><em>x</em>", 3000, False),
    ("captions of one picture", "<h1>Title</h1><img src=a.png><div>", "<p><b class=caption>x</b></p>", 3000, False),
    ("steps of a pager", POSTS, "<a href=/page/{n}/>{n}</a> ", 4000, False),
)


def letters_of(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


@pytest.mark.parametrize(("start", "unit", "count", "inside"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_no_repetition_costs_more_than_its_length(start: str, unit: str, count: int, inside: bool) -> None:
    def read_all(times: int) -> None:
        flood = "".join(unit.format(n=number, a=letters_of(number)) for number in range(times))
        read_as_any(start.replace("@", flood) if inside else start.replace("@", "") + flood)

    assert growth(read_all, count // TIMES // 2) < LINEAR


def read_as_any(source: str) -> None:
    """Read a page in every way that a crawl may."""
    page = f"<html lang=en><body><main>{source}"
    doc = read(page, URL)
    response = Response(URL, URL, 200, {"content-type": "text/html"}, page.encode(), NOW)
    page_fault(response, doc)
    listing = read_listing(doc)
    context = context_of([(listing.records, NOW)], language="en")
    assert all(understand(raw, context, NOW).url for raw in listing.records)
    listing_candidates(doc)
    archive_lists(doc)
    assert read_post(doc, profile=learn_post_profile([(doc, "")])).url == URL


def test_a_page_of_tags_without_end_is_refused_whole() -> None:
    page = f"<html><body>{POSTS}" + "<i>x</i>" * (MOST_TAGS // 2)
    doc = read(page, URL)
    assert doc.oversized
    fault = page_fault(Response(URL, URL, 200, {"content-type": "text/html"}, page.encode(), NOW), doc)
    assert fault is not None
    assert (fault.kind, fault.hint) == ("too-large", "is there a listing in several pages? name that instead")
    assert not read_listing(doc).records


def test_the_largest_page_that_is_read_keeps_its_posts() -> None:
    entry = "<li><a href=/p/{n}>A note on number {n}</a> 2020-01-02</li>"
    page = "<ul>" + "".join(entry.format(n=number) for number in range(3000)) + "</ul>"
    assert len(read_listing(read(page, URL)).records) == 3000


def test_what_is_kept_of_names_does_not_grow_with_a_crawl() -> None:
    """Each post of a blog has an id of its own: what they say is remembered for a while, not for ever."""
    element = read("<p>x</p>", URL).root
    for number in range(10_000):
        element.set("id", f"post-{number}")
        assert str(number) in hints.tokens(element)
    assert hints._split.cache_info().currsize < 10_000
