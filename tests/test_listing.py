from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.parse.document import read
from archiver.parse.listing import read_listing

SITE = "http://blog.example"
GOLDEN = sorted(
    p.parent for p in (Path(__file__).parent / "corpus").glob("*/expected.json") if p.parent.name[:6] != "pager-"
)

# Pages whose posts a tag path does not tell from other links: the feed, the navigation or a lone featured block does.
NOT_BY_PATH = frozenset(("feed-named-list", "listing-bare-links", "pelican-notmyidea-featured"))


def post(name: str, text: str = "Some words of it, as many as the page shows of the post.") -> str:
    return f"<article><h2><a href=/{name}/>The post called {name}</a></h2><p>3 May 2021</p><p>{text}</p></article>"


def listing_of(body: str, url: str = f"{SITE}/", **known: Any) -> Any:
    return read_listing(read(f'<html lang="en"><body>{body}</body></html>', url), **known)


def urls_of(listing: Any) -> list[str]:
    return [record.url.removeprefix(SITE) for record in listing.records]


@pytest.mark.parametrize(
    "folder", [folder for folder in GOLDEN if folder.name not in NOT_BY_PATH], ids=lambda folder: folder.name
)
def test_what_a_page_taught_reads_it_again(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    doc = read((folder / "page.html").read_text(encoding="utf-8"), expected["url"])
    first = read_listing(doc, labels=expected.get("feed", ()))
    assert first.profile is not None
    size = len(first.records)
    again = read_listing(doc, labels=expected.get("feed", ()), profiles=[first.profile], usual=size)
    assert [record.url for record in again.records] == [record.url for record in first.records]


def test_a_profile_reads_a_page_that_alone_would_not_do() -> None:
    first = listing_of("<main>" + "".join(map(post, "abc")) + "</main>")
    last = listing_of(f"<main>{post('z', 'Short.')}</main>", f"{SITE}/page/9/", profiles=[first.profile], usual=0)
    assert urls_of(last) == ["/z/"]


def test_a_profile_that_does_not_fit_is_learned_anew() -> None:
    first = listing_of("<main>" + "".join(map(post, "abc")) + "</main>")
    rows = "".join(f"<tr><td>3 May 2021</td><td><a href=/{n}/>The post called {n}</a></td></tr>" for n in "defg")
    other = listing_of(f"<table>{rows}</table>", profiles=[first.profile], usual=3)
    assert urls_of(other) == ["/d/", "/e/", "/f/", "/g/"]
    assert other.profile != first.profile


def test_what_was_passed_over_is_told_with_reasons() -> None:
    side = "".join(f"<li><a href=/s{n}/>A link in the margin {n}</a></li>" for n in "abcdef")
    listing = listing_of("<main>" + "".join(map(post, "abc")) + f"</main><aside><ul>{side}</ul></aside>")
    assert urls_of(listing) == ["/a/", "/b/", "/c/"]
    assert any(rejected.links == 6 and "beside the main part" in rejected.why for rejected in listing.rejected)
    assert listing.profile is not None
    assert "title in a heading" in listing.profile.rule


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Nothing here.</p>",
        '<nav><a href="/about">About</a><a href="/contact">Contact</a></nav>',
        '<div><a href="/tag/a">a</a><a href="/tag/b">b</a><a href="/tag/c">c</a></div>',
        '<ul><li><a href="http://other.example/1">Somewhere else altogether</a></li></ul>',
    ],
)
def test_where_nothing_looks_like_posts_there_are_none(body: str) -> None:
    listing = listing_of(body)
    assert (listing.records, listing.profile) == ((), None)


def test_the_same_post_under_two_addresses_is_one() -> None:
    body = post("a") + post("a/index.html").replace("/a/index.html/", "/a/index.html") + post("b")
    assert urls_of(listing_of(f"<main>{body}</main>")) == ["/a/", "/b/"]


def test_a_featured_entry_beside_the_listing_joins_it() -> None:
    lead = post("lead", "Some words of it, as many as the page shows of the post, and a few more of them.")
    body = (
        f'<aside id="first">{lead}</aside><section><ol>'
        + "".join(f"<li>{post(n)}</li>" for n in "abc")
        + "</ol></section>"
    )
    assert urls_of(listing_of(body)) == ["/lead/", "/a/", "/b/", "/c/"]
