from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.parse.sitemap import LARGEST, MOST, Sitemap, read_sitemap

URL = "http://blog.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = (
    f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACE}>'
    "<url><loc> http://blog.example/1/ </loc><lastmod>2019-03-06</lastmod></url>"
    "<url><loc>/2/</loc></url><url><loc>http://blog.example/1/</loc></url></urlset>"
)
READ = Sitemap(urls=("http://blog.example/1/", "http://blog.example/2/"))

ROWS = (
    ("pages", PAGES, READ),
    ("after white space and a mark", "\ufeff\n" + PAGES.partition("?>")[2], READ),
    ("without a namespace", PAGES.replace(SPACE, ""), READ),
    ("with comments", PAGES.replace("<url>", "<!-- a --><url><!-- b -->", 1), READ),
    (
        "an index",
        f"<sitemapindex {SPACE}><sitemap><loc>http://blog.example/a.xml</loc><lastmod>2020</lastmod></sitemap>"
        "<sitemap><loc>b.xml.gz</loc></sitemap></sitemapindex>",
        Sitemap(children=("http://blog.example/a.xml", "http://blog.example/b.xml.gz")),
    ),
    (
        "pictures of a page are no pages",
        f'<urlset {SPACE} xmlns:image="i"><url><loc>/1/</loc><image:image><image:loc>/a.jpg</image:loc></image:image>'
        "</url></urlset>",
        Sitemap(urls=("http://blog.example/1/",)),
    ),
    ("cut off", PAGES[: PAGES.index("</url><url><loc>h")], READ),
    (
        "addresses that are none",
        "<urlset><url><loc></loc></url><url><loc>mailto:a@b</loc></url><url/></urlset>",
        Sitemap(),
    ),
    (
        "a list of addresses",
        "http://blog.example/1/\r\n\nhttps://blog.example/2/\nnot one\nhttp://blog.example/1/",
        Sitemap(urls=("http://blog.example/1/", "https://blog.example/2/")),
    ),
    ("an entity", '<!DOCTYPE urlset [<!ENTITY a "/1/">]><urlset><url><loc>&a;</loc></url></urlset>', Sitemap()),
    (
        "an entity behind the declaration",
        '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]><urlset><url><loc>/&a;</loc></url></urlset>',
        Sitemap(),
    ),
    ("an error page", "<!doctype html><html><body>404</body></html>", Sitemap()),
    ("an XHTML page", "<html><url><loc>/1/</loc></url></html>", Sitemap()),
    ("nothing", "", Sitemap()),
    ("words", "Not found", Sitemap()),
)


@pytest.mark.parametrize(("name", "source", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_sitemaps(name: str, source: str, expected: Sitemap) -> None:
    assert read_sitemap(source.encode(), URL) == expected
    assert read_sitemap(gzip.compress(source.encode()), URL) == expected


def test_another_encoding() -> None:
    source = PAGES.replace("UTF-8", "gbk").replace("/2/", "/标签/")
    assert read_sitemap(source.encode("gbk"), URL).urls[1].startswith("http://blog.example/%E6%A0%87")


def test_the_standards_number_of_addresses() -> None:
    body = "".join(f"<url><loc>/{number}/</loc></url>" for number in range(MOST + 2)).join(("<urlset>", "</urlset>"))
    found = read_sitemap(body.encode(), URL)
    assert len(found.urls) == MOST
    assert found.truncated


def test_a_bomb_is_cut_at_the_limit() -> None:
    found = read_sitemap(gzip.compress(b"http://blog.example/1/\n" + b"\n" * (LARGEST + 1000)), URL)
    assert found.urls == ("http://blog.example/1/",)
    assert found.truncated


@pytest.mark.parametrize("body", [b"\x1f\x8b", b"\x1f\x8bgarbage", gzip.compress(PAGES.encode())[:60]])
def test_broken_gzip(body: bytes) -> None:
    assert isinstance(read_sitemap(body, URL), Sitemap)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    assert isinstance(read_sitemap(body, URL), Sitemap)


@settings(deadline=None)
@given(st.text(alphabet="<>/urlsetoc=\"' &;!x?", max_size=200))
def test_no_markup_raises(source: str) -> None:
    assert isinstance(read_sitemap(f"<urlset>{source}".encode(), URL), Sitemap)
