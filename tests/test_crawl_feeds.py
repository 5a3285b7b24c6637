"""Feeds in a crawl: labels, guesses at common addresses, texts that post pages do not give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Site

from archiver.crawl import Options, crawl
from archiver.fetch import Fetcher
from archiver.store import Archive

WORDS = "The harbour was quiet that morning, and the water stood as high as the second step of the stairs. "


CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def listing(*names: str, head: str = "") -> str:
    rows = "".join(
        f'<article><h2><a href="/posts/{name}/">About the {name} at the harbour</a></h2><p>{WORDS}</p></article>'
        for name in names
    )
    return f'<html lang="en"><head><title>Harbour</title>{head}</head><body><main>{rows}</main></body></html>'


def feed(origin: str, *names: str, content: str = "") -> str:
    items = "".join(
        f"<item><title>About the {name} at the harbour</title><link>{origin}/posts/{name}/</link>"
        f"<pubDate>Wed, {day:02d} Mar 2019 10:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item>"
        for day, name in enumerate(names, 6)
    )
    return f'<?xml version="1.0"?><rss version="2.0" {CONTENT}><channel><title>Harbour</title>{items}</channel></rss>'


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db") as opened:
        yield opened


def run(archive: Archive, site: Site, **options: bool) -> None:
    with Fetcher(delay=0, retries=0) as fetcher:
        for _ in crawl(archive, fetcher, site.url("/"), Options(**options)):
            pass


def test_a_feed_that_is_not_linked_is_found_where_dates_are_wanted(archive: Archive, site: Site) -> None:
    site.put("/", listing("pilot", "ferry"))
    site.put("/feed/", feed(site.origin, "pilot", "ferry"), content_type="application/rss+xml")
    run(archive, site)
    rows = list(archive.query("SELECT published, published_from FROM posts ORDER BY published"))
    assert [(row["published"][:10], row["published_from"]) for row in rows] == [
        ("2019-03-06", "feed"),
        ("2019-03-07", "feed"),
    ]
    assert [row["kind"] for row in archive.query("SELECT kind FROM pages WHERE url LIKE '%/feed/'")] == ["feed"]


def test_an_engine_is_told_by_its_style_sheets_and_its_feed_is_found(archive: Archive, site: Site) -> None:
    site.put("/", listing("pilot", "ferry", head='<link rel="stylesheet" href="/theme/css/main.css">'))
    site.put("/feeds/all.atom.xml", feed(site.origin, "pilot", "ferry"), content_type="application/rss+xml")
    run(archive, site)
    assert [row["engine"] for row in archive.query("SELECT engine FROM blogs")] == ["Pelican"]
    assert {row["published_from"] for row in archive.query("SELECT published_from FROM posts")} == {"feed"}


def test_a_guess_that_finds_no_feed_is_no_failure(archive: Archive, site: Site) -> None:
    site.put("/", listing("pilot", "ferry"))
    for name in ("pilot", "ferry"):
        site.put(f"/posts/{name}/", f"<html><body><h1>About the {name}</h1><p>{WORDS * 9}</p></body></html>")
    run(archive, site)
    assert not list(archive.query("SELECT * FROM problems WHERE url LIKE '%feed%' OR url LIKE '%.xml'"))
    assert [row["published"] for row in archive.query("SELECT published FROM posts")] == [None, None]


def test_the_feed_gives_the_text_of_a_post_whose_page_is_gone(archive: Archive, site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    site.put("/", listing("pilot", "ferry", head=link))
    site.put("/rss.xml", feed(site.origin, "pilot", "ferry", content=f"<p>{WORDS * 3}</p><p>The end.</p>"))
    site.put(
        "/posts/ferry/",
        f"<html><body><main><h1>About the ferry</h1><div><p>{WORDS * 9}</p></div></main></body></html>",
    )
    site.put("/posts/pilot/", "no such page", status=503)
    run(archive, site, full_text=True)
    rows = {row["url"].rsplit("/", 2)[1]: row for row in archive.query("SELECT url, text, evidence FROM posts")}
    assert rows["pilot"]["text"].endswith("The end.")
    assert '"text":"feed"' in rows["pilot"]["evidence"]
    assert "The end." not in rows["ferry"]["text"]
