from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Site
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from archiver import demo
from archiver.cli import cli
from archiver.crawl import Options, Run, crawl, rules_in_force
from archiver.decode import decode
from archiver.demo.content import posts
from archiver.demo.pages import listing as demo_page
from archiver.errors import RulesError
from archiver.fetch import Fetcher
from archiver.models import Image, Listing, RawDate, RawPost, RawRecord, Where
from archiver.normalise import context_of, understand
from archiver.parse.by_rules import compile_rules, post_by_rules, read_by_rules, stripped
from archiver.parse.document import Document, read
from archiver.parse.learned_rules import to_rules
from archiver.parse.listing import read_listing
from archiver.parse.ruled_fields import formatted
from archiver.parse.ruled_pager import pattern_of
from archiver.parse.selectors import Selection, compiled
from archiver.rules import NextRules, PostRules, Rules, UrlRules, dumps, loads
from archiver.store import Archive
from archiver.text import plain

URL = "https://blog.example/"
SITE = "blog.example"
CORPUS = Path(__file__).parent / "corpus"

PAGE = """<html lang="en"><body>
<nav><a href="/about">About us</a> <a href="/p/99">An old favourite</a></nav>
<div id="list">
  <section class="row"><i class="when">06.03.2019</i><b><a href="/p/1?from=list&amp;id=1">The first of all posts</a></b>
    <div class="more-info"><span class="who">by Ann Bee</span>
    <time datetime="2019-03-06T10:00:00+01:00">Wed</time></div>
    <div class="words"><p>One fine day <a href="/p/1?from=list&amp;id=1">Read more</a></p>
    <p class="ad">Buy bread</p></div>
    <figure><img src="/blank.gif" data-src="/pic/1.png" alt="A loaf" data-note="Noted">
    <figcaption>The loaf</figcaption></figure>
    <img src="/pic/2.png" alt="A mill" data-note="The mill"><ul class="topics"><li>#bread</li><li>mill</li></ul>
    <a class="on" href="/p/1?from=list&amp;id=1#rest" data-words="a, b">On</a></section>
  <section class="row"><i class="when">07.03.2019</i><b><a href="/p/2">The second of the posts</a></b>
    <div class="words"><p>Two fine days</p></div><a class="on" href="/p/2">On</a></section>
  <section class="row"><i class="when">soon</i><b>Nothing to be seen yet</b></section>
  <section class="row"><i class="when">08.03.2019</i><b><a href="/promo/3">Bread for sale today</a></b></section>
</div>
<p class="steps"><a class="fwd" href="/list/2">On we go</a></p>
</body></html>"""


def document(page: str = PAGE, url: str = URL) -> Document:
    return read(page, url)


def by(page: str = PAGE, **keys: Any) -> Listing:
    """Read a page by rules for posts."""
    keys.setdefault("item", "section.row")
    return read_by_rules(document(page), Rules(SITE, posts=PostRules(**keys)))


def first(**keys: Any) -> RawRecord:
    return by(**keys).records[0]


def test_items_that_lead_nowhere_are_reported_and_no_posts() -> None:
    listing = by()
    assert [record.url for record in listing.records] == [
        "https://blog.example/p/1?from=list&id=1",
        "https://blog.example/p/2",
        "https://blog.example/promo/3",
    ]
    assert [(one.path, one.links, one.why) for one in listing.rejected] == [
        ("html/body/div/section", 0, "an item of the rules, but leads to no post")
    ]
    assert listing.profile is not None
    assert listing.profile.rule == "rules: section.row"


ITEMS = (
    ("section", 3),
    ("#list > section", 3),
    ("section:has(.words)", 2),
    ("section:-soup-contains('fine day')", 2),
    (".row .words, .row", 3),
    ("xpath://section[contains(@class, 'row')]", 3),
    ("xpath://section[1]", 1),
    (".nothing, xpath://section[2]", 1),
    ("b a", 3),
    (".nothing", 0),
)


@pytest.mark.parametrize(("item", "count"), ITEMS)
def test_items_are_what_the_selector_says(item: str, count: int) -> None:
    listing = by(item=item)
    assert len(listing.records) == count
    assert (listing.profile is None) == (count == 0)


FIELDS: tuple[tuple[Mapping[str, Any], str, object], ...] = (
    ({"title": "b a"}, "title", "The first of all posts"),
    ({"title": "b"}, "title", "The first of all posts"),
    ({"title": "h2, b a"}, "title", "The first of all posts"),
    ({"title": "figure img"}, "title", "A loaf"),
    ({"title": "img@alt"}, "title", "A loaf"),
    ({"title": "xpath:.//b/a/text()"}, "title", "The first of all posts"),
    ({"title": "xpath:string(.//b)"}, "title", "The first of all posts"),
    ({"title": "xpath:normalize-space(.//h9), b"}, "title", "The first of all posts"),
    ({"title": "h9"}, "title", ""),
    ({"url": "a.on"}, "url", "https://blog.example/p/1?from=list&id=1"),
    ({"url": "a.on@href"}, "url", "https://blog.example/p/1?from=list&id=1"),
    ({"url": "xpath:.//a[@class='on']/@href"}, "url", "https://blog.example/p/1?from=list&id=1"),
    ({"author": ".who"}, "author", "Ann Bee"),
    ({"author": "img@alt"}, "author", "A loaf"),
    ({"author": ".nobody"}, "author", None),
    ({"tags": ".topics li"}, "tags", ("bread", "mill")),
    ({"tags": "a.on@data-words"}, "tags", ("a", "b")),
    ({"tags": ".none"}, "tags", ()),
    ({"read_more": "a.on"}, "read_more", "https://blog.example/p/1?from=list&id=1"),
    ({"read_more": "a:-soup-contains('Read more')@href"}, "read_more", "https://blog.example/p/1?from=list&id=1"),
    ({"read_more": ".who"}, "read_more", None),
    ({"image": "figure img@data-src"}, "images", (Image("https://blog.example/pic/1.png", "A loaf", "The loaf"),)),
    ({"image": "figure"}, "images", (Image("https://blog.example/pic/1.png", "A loaf", "The loaf"),)),
    ({"image": "img.none"}, "images", ()),
    (
        {"image": "img@data-src, img@src"},
        "images",
        (
            Image("https://blog.example/pic/1.png", "A loaf", "The loaf"),
            Image("https://blog.example/pic/2.png", "A mill"),
        ),
    ),
    (
        {"caption": "figcaption, img@data-note"},
        "images",
        (
            Image("https://blog.example/pic/1.png", "A loaf", "The loaf"),
            Image("https://blog.example/pic/2.png", "A mill", "The mill"),
        ),
    ),
    (
        {"image": "img[alt='A mill']", "caption": "img@alt"},
        "images",
        (Image("https://blog.example/pic/2.png", "A mill", "A mill"),),
    ),
    (
        {"caption": ".none"},
        "images",
        (Image("https://blog.example/pic/1.png", "A loaf"), Image("https://blog.example/pic/2.png", "A mill")),
    ),
)


@pytest.mark.parametrize(("keys", "name", "value"), FIELDS)
def test_a_field_is_what_its_selector_gives(keys: Mapping[str, Any], name: str, value: object) -> None:
    record = first(**keys)
    assert getattr(record, name) == value
    source = next(iter(keys.values()))
    evidence = record.evidence[next(iter(keys))]
    assert evidence in {f"rules: {part}" for part in (source, *source.split(", "), "nothing found")}
    assert ("nothing" in evidence) == (value in ("", None, ()) or ".none" in source)


EXCERPTS = (
    ({"excerpt": ".words"}, "One fine day\n\nBuy bread"),
    ({"excerpt": ".words", "remove": (".ad",)}, "One fine day"),
    ({"excerpt": ".words p"}, "One fine day\n\nBuy bread"),
    ({"excerpt": ".words, .words p"}, "One fine day\n\nBuy bread"),
    ({"excerpt": "xpath:.//p[@class='ad']/text()"}, "Buy bread"),
    ({"excerpt": "img@alt"}, "A loaf\n\nA mill"),
    ({"excerpt": ".none"}, ""),
)


@pytest.mark.parametrize(("keys", "text"), EXCERPTS)
def test_an_excerpt_is_what_its_elements_hold_without_the_link_that_leads_on(
    keys: Mapping[str, Any], text: str
) -> None:
    assert plain(first(**keys).excerpt_html) == text


def test_what_other_rules_take_is_no_part_of_an_excerpt_read_without_one() -> None:
    with_rules = plain(
        first(title="b a", author=".who", tags=".topics li", read_more="a.on", remove=(".ad",)).excerpt_html
    )
    assert "One fine day" in with_rules
    assert not any(word in with_rules for word in ("first of all", "Ann", "mill", "bread"))


def test_what_is_removed_is_gone_for_every_field_and_the_page_stays_whole() -> None:
    doc = document()
    before = len(list(doc.root.iter()))
    rules = Rules(SITE, posts=PostRules(item="section.row", remove=("figure, .topics", "time")))
    record = read_by_rules(doc, rules).records[0]
    assert record.images == (Image("https://blog.example/pic/2.png", "A mill"),)
    assert record.tags == ()
    assert all(raw.where is not Where.TIME_ATTRIBUTE for raw in record.dates)
    assert len(list(doc.root.iter())) == before


DATES: tuple[tuple[Mapping[str, Any], RawDate], ...] = (
    ({"date": "time@datetime"}, RawDate("2019-03-06T10:00:00+01:00", Where.TIME_ATTRIBUTE, "time@datetime")),
    ({"date": ".none, .when"}, RawDate("06.03.2019", Where.BLOCK, "i.when")),
    ({"date": ".when", "date_formats": ("%d.%m.%Y",)}, RawDate("06.03.2019", Where.BLOCK, ".when", read="2019-03-06")),
    (
        {"date": ".when", "date_formats": ("%Y", "%m.%d.%Y")},
        RawDate("06.03.2019", Where.BLOCK, ".when", read="2019-06-03"),
    ),
    ({"date": ".who"}, RawDate("by Ann Bee", Where.BLOCK, ".who")),
)


@pytest.mark.parametrize(("keys", "raw"), DATES)
def test_a_date_is_what_its_selector_gives_and_nothing_else(keys: Mapping[str, Any], raw: RawDate) -> None:
    assert first(**keys).dates == (raw,)


def test_a_format_decides_what_numbers_mean_and_the_day_is_kept_as_printed() -> None:
    records = by(date=".when", date_formats=("%m.%d.%Y",)).records
    context = context_of([(records, datetime(2026, 1, 1, tzinfo=UTC))], language="en")
    found = understand(records[0], context, datetime(2026, 1, 1, tzinfo=UTC)).published
    assert (found.value, found.raw, found.where) == ("2019-06-03", "06.03.2019", Where.BLOCK)


def test_the_year_of_a_date_is_still_looked_for_above_the_posts() -> None:
    rows = "".join(f"<li><i>{day} March</i> <a href='/p/{day}'>A post of day {day}</a></li>" for day in (6, 7, 8))
    page = f"<html lang='en'><body><main><h2>2019</h2><ul>{rows}</ul></main></body></html>"
    records = by(page, item="li", date="i").records
    context = context_of([(records, datetime(2026, 1, 1, tzinfo=UTC))], language="en")
    days = [understand(raw, context, datetime(2026, 1, 1, tzinfo=UTC)).published.value for raw in records]
    assert days == ["2019-03-06", "2019-03-07", "2019-03-08"]


FORMATS = (
    ("06.03.2019", "%d.%m.%Y", "2019-03-06"),
    ("6.3.19", "%d.%m.%y", "2019-03-06"),
    ("6 Mar", "%d %b", "6 March"),
    ("29 Feb", "%d %b", "29 February"),
    ("3月6日", "%m月%d日", "6 March"),
    ("March 2019", "%B %Y", "2019-03"),
    ("2019-03-06 10:05", "%Y-%m-%d %H:%M", "2019-03-06T10:05"),
    ("2019-03-06 10:05:09", "%Y-%m-%d %H:%M:%S", "2019-03-06T10:05:09"),
    ("2019-03-06 10:05 +0800", "%Y-%m-%d %H:%M %z", "2019-03-06T10:05+08:00"),
    ("2019-03-06 10:05:09.5 -0330", "%Y-%m-%d %H:%M:%S.%f %z", "2019-03-06T10:05:09-03:30"),
    ("6 Mar 10:05 PM", "%d %b %I:%M %p", "6 March 22:05"),
    ("Posted 6 Mar", "Posted %d %b", "6 March"),
    ("Posted 6 Mar", "%d %b", ""),
    ("31.02.2019", "%d.%m.%Y", ""),
    ("", "%d", ""),
    ("6 Mar", "%Q %b", ""),
    ("6 Mar", "%d %b %", ""),
)


@pytest.mark.parametrize(("raw", "pattern", "read_as"), FORMATS)
def test_formats_read_whole_strings(raw: str, pattern: str, read_as: str) -> None:
    assert formatted(raw, pattern) == read_as


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_a_day_written_by_a_format_is_read_by_it(moment: datetime) -> None:
    assert formatted(moment.strftime("%d/%m/%Y"), "%d/%m/%Y") == f"{moment:%Y-%m-%d}"
    assert formatted(moment.strftime("%d %B"), "%d %B") == f"{moment.day} {moment:%B}"


STRIPPED = (
    ("https://a.example/p?id=1&from=x", ("from",), "https://a.example/p?id=1"),
    ("https://a.example/p?from=x", ("from",), "https://a.example/p"),
    ("https://a.example/p?utm_a=1&utm_b=2&id=1#z", ("utm_*",), "https://a.example/p?id=1#z"),
    ("https://a.example/p?Id=1", ("id",), "https://a.example/p?Id=1"),
    ("https://a.example/p?id=1", (), "https://a.example/p?id=1"),
    ("https://a.example/p?id", ("*",), "https://a.example/p"),
)


@pytest.mark.parametrize(("url", "patterns", "left"), STRIPPED)
def test_query_parameters_that_name_no_post_are_left_out(url: str, patterns: tuple[str, ...], left: str) -> None:
    assert stripped(url, patterns) == left


def test_rules_for_addresses_hold_for_posts() -> None:
    rules = Rules(SITE, posts=PostRules(item="section.row"), urls=UrlRules(("from",), ("/promo/",)))
    found = [record.url for record in read_by_rules(document(), rules).records]
    assert found == ["https://blog.example/p/1?id=1", "https://blog.example/p/2"]


NEXT: tuple[tuple[NextRules, str, str | None], ...] = (
    (NextRules(link="a.fwd"), URL, "https://blog.example/list/2"),
    (NextRules(link="a.fwd@href"), URL, "https://blog.example/list/2"),
    (NextRules(link=".none, .steps"), URL, "https://blog.example/list/2"),
    (NextRules(link=".none"), URL, None),
    (NextRules(link="a.fwd"), "https://blog.example/list/2", None),
    (NextRules(pattern="list/{n}"), URL, "https://blog.example/list/2"),
    (NextRules(pattern="list/{n}"), "https://blog.example/list/9", "https://blog.example/list/10"),
    (NextRules(pattern="/list/{n}"), "https://www.blog.example/list/9/", "https://www.blog.example/list/10"),
    (NextRules(pattern="?p={n}"), "https://blog.example/?p=3", "https://blog.example/?p=4"),
    (
        NextRules(pattern="https://blog.example/x{n}.html"),
        "https://blog.example/x3.html",
        "https://blog.example/x4.html",
    ),
)


@pytest.mark.parametrize(("rule", "url", "onward"), NEXT)
def test_the_next_page_is_what_the_rule_says(rule: NextRules, url: str, onward: str | None) -> None:
    rules = Rules(SITE, posts=PostRules(item="section.row"), next=rule)
    pager = read_by_rules(document(url=url), rules).pager
    assert pager.next == onward
    assert pager.rule.startswith("rules")


def test_a_page_that_was_read_is_not_the_next() -> None:
    rules = Rules(SITE, posts=PostRules(item="section.row"), next=NextRules(link="a"))
    seen = {"https://blog.example/about", "blog.example/p/99"}
    listing = read_by_rules(document(), rules, visited=seen)
    assert listing.pager.next == "https://blog.example/p/1?from=list&id=1"


def test_a_page_without_posts_ends_a_pattern() -> None:
    rules = Rules(SITE, posts=PostRules(item=".none"), next=NextRules(pattern="list/{n}"))
    assert read_by_rules(document(), rules).pager.next is None


PATTERNS = (
    (Rules("a.example", next=NextRules(pattern="page/{n}/")), "https://a.example/page/{n}/"),
    (Rules("a.example/~ann", next=NextRules(pattern="page/{n}/")), "https://a.example/~ann/page/{n}/"),
    (
        Rules("a.example", listing="https://a.example/blog/index.html", next=NextRules(pattern="p{n}.html")),
        "https://a.example/blog/p{n}.html",
    ),
)


@pytest.mark.parametrize(("rules", "address"), PATTERNS)
def test_a_pattern_is_relative_to_the_listing(rules: Rules, address: str) -> None:
    assert pattern_of(rules, "https://a.example/page/7/") == address


def test_without_an_item_the_posts_are_recognised_and_rules_read_their_fields() -> None:
    doc = demo_document()
    automatic = read_listing(doc)
    listing = read_by_rules(doc, Rules(SITE, posts=PostRules(title=".badge b", url="h2 a@href")))
    assert [record.title for record in listing.records] == [str(post.day.day) for post in posts()[:6]]
    assert [replace(record, title="", evidence={}) for record in listing.records] == [
        replace(record, title="", evidence={}) for record in automatic.records
    ]
    assert listing.rejected == automatic.rejected


def test_posts_without_a_container_are_read_by_rules_too() -> None:
    parts = "".join(
        f"<h2><a href='/p/{n}'>Title number {n}</a></h2><p class='d'>{n} March 2019</p>"
        f"<p>Words of post {n}, quite a few.</p><hr>"
        for n in range(1, 6)
    )
    doc = document(f"<html><body><main>{parts}</main></body></html>")
    rules = Rules(SITE, posts=PostRules(title="a", date="p.d", excerpt="p:not(.d)", remove=("hr",)))
    listing = read_by_rules(doc, rules)
    assert [record.title for record in listing.records] == [f"Title number {n}" for n in range(1, 6)]
    assert [record.dates[0].raw for record in listing.records] == [f"{n} March 2019" for n in range(1, 6)]
    assert [plain(record.excerpt_html) for record in listing.records] == [
        f"Words of post {n}, quite a few." for n in range(1, 6)
    ]


def test_rules_that_say_nothing_of_posts_change_nothing() -> None:
    doc = demo_document()
    assert read_by_rules(doc, Rules(SITE, language="zh")) == read_listing(doc)


def test_the_text_of_a_post_is_its_container_without_what_is_removed() -> None:
    body = "<div id='t'><h1>T</h1><p>Whole text.</p><p class='ad'>Buy</p><img src='/a.png'></div>"
    page = f"<html><body><div><p>Aside</p></div>{body}</body></html>"
    rules = loads(f'[site."{SITE}".full_text]\ncontent = ".none, #t"\nremove = [".ad", "h1"]')[0]
    post = post_by_rules(RawPost(URL, text="before", title="T"), document(page), rules)
    assert (post.text, post.title) == ("Whole text.", "T")
    assert post.images == (Image("https://blog.example/a.png"),)
    assert "Buy" not in post.content_html
    assert post.evidence["content"] == "rules: .none, #t"


def test_a_container_that_is_not_there_leaves_the_post_as_it_is() -> None:
    post = RawPost(URL, text="before")
    assert post_by_rules(post, document(), loads(f'[site."{SITE}".full_text]\ncontent = ".none"')[0]) is post
    assert post_by_rules(post, document(), Rules(SITE)) is post


BROKEN = (
    ({"posts": PostRules(title="h2 a[")}, "posts.title", "is not CSS"),
    ({"posts": PostRules(remove=("script", "::before"))}, "posts.remove", "is not CSS"),
    ({"posts": PostRules(item="xpath://a[")}, "posts.item", "is not XPath"),
    ({"posts": PostRules(date="a,,b")}, "posts.date", "an empty selector"),
    ({"posts": PostRules(date="xpath:")}, "posts.date", "is not XPath"),
    ({"next": NextRules(link="a:unknown")}, "next.link", "is not CSS"),
    ({"posts": PostRules(title=", a")}, "posts.title", "an empty selector"),
)


@pytest.mark.parametrize(("keys", "place", "cause"), BROKEN)
def test_a_selector_that_cannot_be_is_named_with_its_key(keys: dict[str, Any], place: str, cause: str) -> None:
    with pytest.raises(RulesError) as caught:
        compile_rules(Rules(SITE, **keys))
    assert caught.value.url == f'site."{SITE}".{place}'
    assert cause in caught.value.cause


def test_an_xpath_that_fails_on_a_page_says_so() -> None:
    with pytest.raises(RulesError, match="unknown"):
        by(title="xpath:unknown(.)")


PARTS = (
    ("a, b", ["a", "b"]),
    ("a:is(b, c), d", ["a:is(b, c)", "d"]),
    ("a[title='x, y'], b", ["a[title='x, y']", "b"]),
    ('a[title="(, y"]@href', ['a[title="(, y"]@href']),
    ("xpath:concat('a', 'b'), c@d", ["xpath:concat('a', 'b')", "c@d"]),
)


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_alternatives_part_at_commas_outside_of_brackets_and_quotes(text: str, parts: list[str]) -> None:
    assert [selector.source for selector in compiled(text)] == parts


ATTRIBUTES = (
    ("a@href", "a", "href"),
    ("a@data-x.y", "a", "data-x.y"),
    ("@href", "", "href"),
    (":scope@href", ":scope", "href"),
    ("a[title='x@y']", "a[title='x@y']", ""),
)


@pytest.mark.parametrize(("text", "css", "attribute"), ATTRIBUTES)
def test_an_attribute_stands_at_the_end(text: str, css: str, attribute: str) -> None:
    (selector,) = compiled(text)
    assert (selector.css, selector.attribute) == (css, attribute)


TREES = st.recursive(
    st.sampled_from(["<i>x</i>", "text", "<br>", "<img alt='a'>", "<!-- c -->", "<p>&amp;"]),
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda parts: st.sampled_from(["div", "p", "b", "svg"]).map(
            lambda tag: f"<{tag} class='k l'>{''.join(parts)}</{tag}>"
        )
    ),
    max_leaves=20,
)


@given(TREES)
def test_css_finds_in_the_mirror_what_xpath_finds_in_the_tree(page: str) -> None:
    root: HtmlElement = document_fromstring(f"<html><body>{page}</body></html>")
    selection = Selection(root)
    for css, xpath in (
        ("*", ".//*"),
        ("div i", ".//div//i"),
        (".k > p", ".//*[@class='k l']/p"),
        ("b + i", ".//b/following-sibling::*[1][self::i]"),
    ):
        found = [taken.element for taken in selection.each(compiled(css)[0], root) if taken.element is not root]
        assert found == root.xpath(xpath)


def demo_document(number: int = 1) -> Document:
    everything = posts()
    start = (number - 1) * 6
    body = demo_page(everything, everything[start : start + 6], number, 2)
    return read(body.decode(), URL if number == 1 else f"{URL}page/{number}/")


def golden() -> Iterator[tuple[str, Document]]:
    yield "demo", demo_document()
    for folder in sorted(CORPUS.glob("*")):
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        yield folder.name, read(decode((folder / "page.html").read_bytes(), ""), expected.get("url") or URL)


GOLDEN = dict(golden())


@cache
def learned(name: str) -> tuple[Listing, Rules]:
    """A golden page as it is read, and the rules learned from that."""
    listing = read_listing(GOLDEN[name])
    return listing, to_rules(listing, GOLDEN[name])


def told(listing: Listing) -> list[tuple[object, ...]]:
    """What a listing says, but for how it was found."""
    return [
        (
            record.url,
            " ".join(record.title.split()),
            sorted({(raw.raw, raw.where) for raw in record.dates if not raw.modified}),
            plain(record.excerpt_html, captions=False),
            record.images,
            record.read_more,
            record.author,
            record.tags,
            record.category,
        )
        for record in listing.records
    ]


@pytest.mark.parametrize("name", GOLDEN)
def test_learned_rules_read_the_page_as_it_was_read(name: str) -> None:
    listing, rules = learned(name)
    (taken_back,) = loads(dumps(rules))
    again = read_by_rules(GOLDEN[name], taken_back)
    assert told(again) == told(listing)
    assert again.pager.next == listing.pager.next


def test_learned_rules_read_the_further_pages_too() -> None:
    rules = to_rules(read_listing(demo_document()), demo_document())
    assert rules.posts == PostRules(
        item="div.entry", title="h2 a", date="div.badge", excerpt="div.text", read_more="p.more a", tags="p.tags a"
    )
    assert rules.next == NextRules(link=".next a")
    again, known = read_by_rules(demo_document(2), rules), read_listing(demo_document(2))
    assert [record.url for record in again.records] == [record.url for record in known.records]
    assert [record.title for record in again.records] == [record.title for record in known.records]
    assert [raw.raw for record in again.records for raw in record.dates] == [
        raw.raw for record in known.records for raw in record.dates
    ]


def test_most_golden_pages_give_a_selector_for_items_and_titles() -> None:
    known = [learned(name)[1].posts for name in GOLDEN]
    assert sum(bool(rules.item) for rules in known) > len(known) * 0.8
    assert sum(bool(rules.title) for rules in known) > len(known) * 0.8


def test_a_page_without_posts_gives_a_skeleton() -> None:
    doc = read("<html lang='fr'><body><p>Rien</p></body></html>", "http://blog.example:8000/x")
    assert to_rules(read_listing(doc), doc) == Rules("blog.example:8000", "http://blog.example:8000/x", "fr")


def crawled(path: Path, url: str, rules: str | None = None, **wishes: Any) -> Run:
    """A whole crawl, without delay."""
    with Archive.open(path) as archive, Fetcher(delay=0) as fetcher:
        steps = crawl(archive, fetcher, url, Options(rules=rules, images=False, **wishes))
        while True:
            try:
                next(steps)
            except StopIteration as end:
                run: Run = end.value
                return run


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_a_crawl_reads_by_rules_keeps_them_and_uses_them_again(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    text = """[site."127.0.0.1"]\ntimezone = "Asia/Shanghai"\nlanguage = "zh-CN"
[site."127.0.0.1".posts]\nitem = ".entry"\ntitle = "h2"\ntags = ".tags a"\ndate = ".badge"\ndate_formats = ["%d %b"]
[site."127.0.0.1".next]\npattern = "page/{n}/"\n[site."127.0.0.1".full_text]\ncontent = ".single .text"\n"""
    with demo.serve() as blog:
        run = crawled(path, f"{blog}/", text)
        assert run.problems == []
        assert rows(path, "SELECT count(*), count(published) FROM posts") == [(12, 12)]
        assert rows(path, "SELECT DISTINCT json_extract(evidence, '$.title') FROM posts") == [("rules: h2",)]
        kept = rows(path, "SELECT rules, timezone, language FROM blogs")[0]
        assert loads(kept[0]) == loads(text)
        assert kept[1:] == ("Asia/Shanghai", "zh-CN")
        again = crawled(path, f"{blog}/", all_pages=True, full_text=True)
        assert again.rules is not None
        assert rows(path, "SELECT count(*), count(text) FROM posts") == [(12, 12)]
        assert rows(path, "SELECT count(*) FROM revisions") == [(0,)]
        without = crawled(path, f"{blog}/", '[site."other.example"]', all_pages=True)
        assert without.rules is None
        assert rows(path, "SELECT rules FROM blogs") == [(None,)]


def test_a_crawl_starts_at_the_listing_and_ends_after_the_pages_of_the_rules(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with demo.serve() as blog:
        text = f'[site."127.0.0.1"]\nlisting = "{blog}/"\n[site."127.0.0.1".next]\nmax_pages = 1\n'
        run = crawled(path, f"{blog}/page/2/", text)
        assert run.cut_short
        assert rows(path, "SELECT url FROM pages WHERE kind = 'listing'") == [(f"{blog}/",)]
        with Archive.read(path) as archive:
            assert rules_in_force(archive, f"{blog}/", Options()) == loads(text)[0]
            assert rules_in_force(archive, "https://other.example/", Options()) is None


def test_a_page_that_does_not_exist_ends_a_pattern_without_a_problem(site: Site, tmp_path: Path) -> None:
    def page(*numbers: int) -> str:
        entries = (f"<div class='e'><h2><a href='/p/{n}'>Post number {n}</a></h2>2019-03-{n:02}</div>" for n in numbers)
        return f"<html><body><main>{''.join(entries)}</main></body></html>"

    site.put("/robots.txt", "")
    site.put("/", page(9, 8, 7))
    site.put("/older-2", page(6, 5, 4))
    text = '[site."127.0.0.1".posts]\nitem = ".e"\n[site."127.0.0.1".next]\npattern = "older-{n}"\n'
    run = crawled(tmp_path / "a.db", site.url("/"), text)
    assert run.problems == []
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM posts") == [(6,)]
    assert site.paths.count("/older-3") == 1


def stored(path: Path) -> list[tuple[Any, ...]]:
    """What an archive says of its posts, whatever port they came from."""
    found = rows(path, "SELECT address, title, published, excerpt, tags FROM posts ORDER BY id")
    return [(row[0].partition("/")[2], *row[1:]) for row in found]


def test_the_rules_that_inspect_prints_are_taken_by_crawl(tmp_path: Path) -> None:
    def run(*args: str) -> str:
        result = CliRunner().invoke(cli, [*args, "--delay", "0"])
        assert result.exit_code == 0, result.output
        return result.stdout

    file, plainly, ruled = tmp_path / "rules.toml", tmp_path / "a.db", tmp_path / "b.db"
    with demo.serve() as blog:
        file.write_text(run("inspect", f"{blog}/", "--rules"), encoding="utf-8")
        run("crawl", f"{blog}/", "-d", str(plainly), "--no-images")
        run("crawl", f"{blog}/", "-d", str(ruled), "--no-images", "--rules", str(file))
    assert stored(ruled) == stored(plainly)
    assert loads(rows(ruled, "SELECT rules FROM blogs")[0][0])[0].posts.item == "div.entry"


DELAYS = (((), 0.2, True), (("--delay", "0"), 0.2, False))


@pytest.mark.parametrize(("args", "delay", "waits"), DELAYS)
def test_the_delay_of_the_rules_holds_unless_the_command_line_says_otherwise(
    site: Site, tmp_path: Path, args: tuple[str, ...], delay: float, waits: bool
) -> None:
    site.put("/robots.txt", "")
    site.put("/", PAGE)
    file = tmp_path / "rules.toml"
    text = f'[site."127.0.0.1"]\ndelay = {delay}\n[site."127.0.0.1".posts]\nitem = ".row"\n'
    file.write_text(text + '[site."127.0.0.1".next]\npattern = "list/{n}"\n', encoding="utf-8")
    command = ["crawl", site.url("/"), "-d", str(tmp_path / "a.db"), "--no-images", "--rules", str(file), *args]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code in (0, 1), result.output
    times = [asked.at for asked in site.requests]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) >= 2
    assert all((gap > delay * 0.9) == waits for gap in gaps)
