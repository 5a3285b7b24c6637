"""Further pages by templates: nothing is read otherwise than in full."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring
from test_listing_laws import GOLDEN, expected_of, source_of

from archiver.models import Listing
from archiver.parse.document import Document, read
from archiver.parse.listing import read_listing, recognise
from archiver.parse.records import Reader
from archiver.parse.templates import Templates

WORDS = (
    "the harbour was quiet that morning and nobody had seen a heron there for years though children draw one".split()
)
POSTS = 5

BADGES = ("<b>Pinned</b>", '<em class="badge">Sticky</em>')  # within the text they are words of it
PUT_IN = (
    '<div class="share"><a href="https://share.example/?u=1">Share</a></div>',
    "<span>Updated on 4 March 2021</span>",
    "<span>12 March 2019</span>",
    '<a href="/tag/storm/">storm</a>',
    '<a href="/category/boats/" rel="category tag">Boats</a>',
    '<a href="{own}">Continue reading</a>',
    '<a href="{own}#more">Read more</a>',
    '<a href="{own}"><img src="/thumb.jpg" alt="a thumb"></a>',
    "<p>Read more</p>",
    "<p>Written by Bo Berg</p>",
    "<p>A second paragraph that says something about the boats of the other side of the bay, and about rain.</p>",
    *BADGES,
    '<img src="/img/9.jpg" alt="nine">',
    '<figure><img src="/img/8.jpg"><figcaption>Eight boats</figcaption></figure>',
    "<pre>by nobody\n...\n2020-01-01</pre>",
    "<h3>Another heading</h3>",
    '<form action="/s"><input name="q"></form>',
    "plain text",
    "<!-- nothing -->",
)


def words(number: int, count: int) -> str:
    return " ".join(WORDS[(number * 7 + n * 3) % len(WORDS)] for n in range(count)).capitalize()


def post(number: int) -> str:
    own = f"/2021/{number % 12 + 1:02d}/post-{number}/"
    return (
        f'<article class="post p-{number}"><h2><a href="{own}">{words(number, 5)} {words(number + 1, 2)}</a></h2>'
        f'<p class="meta"><time datetime="2021-{number % 12 + 1:02d}-{number % 28 + 1:02d}">'
        f"{number % 28 + 1}.{number % 12 + 1}.2021</time> by <a href='/author/ann/'>Ann Lee</a>, {number} comments</p>"
        f'<div class="text"><p>{words(number, 40)}. <em>{words(number, 3)}</em></p>'
        f'<p>{words(number + 3, 30)}.</p></div><p><a href="{own}">Read more</a></p>'
        f'<div class="tags"><a href="/tag/a{number}/">a{number}</a>, <a href="/tag/b/">b</a></div></article>'
    )


def page(number: int) -> Document:
    posts = "".join(post(number * POSTS + n) for n in range(POSTS))
    older = f'<div class="pager"><a href="/page/{number + 1}/">Older posts</a></div>'
    html = (
        f"<html lang='en'><body><ul><li><a href='/about/'>About</a></li></ul><main>{posts}</main>{older}</body></html>"
    )
    return read(html, f"http://blog.example/page/{number}/")


def in_full(doc: Document, first: Listing) -> Listing:
    assert first.profile is not None
    return read_listing(doc, profiles=[first.profile], usual=len(first.records))


def by_templates(doc: Document, first: Listing, templates: Templates) -> Listing:
    assert first.profile is not None
    return read_listing(doc, profiles=[first.profile], usual=len(first.records), templates=templates)


def is_quick(doc: Document, first: Listing, templates: Templates) -> bool:
    assert first.profile is not None
    found = recognise(doc, profiles=[first.profile], usual=len(first.records))
    return templates.read(Reader(doc, found.dater), found.items) is not None


def test_a_further_page_is_read_by_the_templates_of_the_first() -> None:
    templates = Templates()
    first = read_listing(page(1), templates=templates)
    assert is_quick(page(2), first, templates)
    further = by_templates(page(2), first, templates)
    assert further == in_full(page(2), first)
    record = further.records[0]
    assert record.title.startswith(words(10, 5))
    assert (record.author, record.tags) == ("Ann Lee", ("a10", "b"))
    assert (record.excerpt or "").startswith(words(10, 40))
    assert further.pager.next == "http://blog.example/page/3/"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PUT_IN), st.integers(0, POSTS - 1), st.integers(0, 40), st.booleans())
def test_what_is_put_into_a_block_is_read_as_in_full(piece: str, which: int, place: int, twice: bool) -> None:
    templates = Templates()
    first = read_listing(page(1), templates=templates)
    doc, again = changed(piece, which, place), changed(piece, which, place)
    assert by_templates(doc, first, templates) == in_full(again, first)
    if twice:
        assert by_templates(again, first, templates) == in_full(doc, first)


def changed(piece: str, which: int, place: int) -> Document:
    """The second page with a piece put into one of its blocks, before or behind one of the block's elements."""
    doc = page(2)
    block = list(doc.root.iter("article"))[which]
    elements = [e for e in block.iterdescendants() if piece not in BADGES or not _in_text(e)]
    element = elements[place % len(elements)]
    own = next(block.iter("a")).get("href") or ""
    new = fragment_fromstring(f"<div>{piece.format(own=own) if '{own}' in piece else piece}</div>")
    parent = element.getparent()
    assert parent is not None
    for child in list(new):
        parent.insert(parent.index(element) + place % 2, child)
    element.tail = (element.tail or "") + (new.text or "")
    return doc


def _in_text(element: HtmlElement) -> bool:
    return any(parent.get("class") == "text" for parent in element.iterancestors())


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_golden_pages_read_again_by_their_own_templates(folder: Path) -> None:
    expected = expected_of(folder)
    templates = Templates()
    doc = read(source_of(folder), expected["url"])
    first = read_listing(doc, labels=expected.get("feed", ()), templates=templates)
    known = {"profiles": [first.profile] if first.profile else [], "usual": len(first.records)}
    again = read_listing(doc, labels=expected.get("feed", ()), templates=templates, **known)
    assert again.records == read_listing(doc, labels=expected.get("feed", ()), **known).records


def test_a_block_without_end_is_read_in_full() -> None:
    templates = Templates()
    first = read_listing(page(1), templates=templates)
    doc = page(2)
    body = next(each for each in doc.root.iter("div") if each.get("class") == "text")
    body.append(fragment_fromstring(f"<p>{'long ' * 60_000}</p>"))
    assert not is_quick(doc, first, templates)
    assert by_templates(doc, first, templates) == in_full(doc, first)
