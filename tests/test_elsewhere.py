from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import urls
from archiver.parse.document import Document, read
from archiver.parse.elsewhere import SCORES, archive_lists, is_post_page, listing_candidates

SITE = "http://blog.example"


def page(body: str, path: str = "/2021/05/pruning-roses.html", head: str = "") -> Document:
    return read(f"<html><head><title>x</title>{head}</head><body>{body}</body></html>", SITE + path)


def first(body: str, path: str = "/about/", head: str = "") -> tuple[str, str]:
    found = listing_candidates(page(body, path, head))[0]
    return found.url.removeprefix(SITE), found.reason


@pytest.mark.parametrize(
    ("body", "path", "url", "reason"),
    [
        ('<a href="/archives/">Archives</a><a href="/">Home</a>', "/about/", "/archives/", "archive words"),
        ('<a href="/x/">All posts (120)</a>', "/about/", "/x/", "archive words"),
        ('<a href="/list">归档</a>', "/about/", "/list", "archive words"),
        ('<a href="/archive.html"><i class="i"></i></a>', "/about/", "/archive.html", "archive address"),
        ('<a href="/writing/">Blog</a>', "/about/", "/writing/", "blog words"),
        ('<a href="/blog/">Ann writes</a>', "/about/", "/blog/", "blog address"),
        ('<a href="/ann/">Ann</a>', "/ann/2021/roses.html", "/ann/", "parent"),
        ('<p class="breadcrumbs"><a href="/garden/">Garden</a></p>', "/roses.html", "/garden/", "breadcrumb"),
        ('<a rel="home" href="/n/">N</a>', "/roses.html", "/n/", "rel"),
        ('<a href="/start.html">Startseite</a>', "/roses.html", "/start.html", "home words"),
        ("<p>nothing</p>", "/roses.html", "/", "home"),
        ("<p>nothing</p>", "/blog/roses.html", "/", "home"),
    ],
)
def test_the_likeliest_candidate(body: str, path: str, url: str, reason: str) -> None:
    assert first(body, path) == (url, reason)


@pytest.mark.parametrize("reason", ["year", "month", "folder"])
def test_weaker_candidates_follow(reason: str) -> None:
    body = '<a href="/2020/">2020</a><a href="/2020/03/">March 2020</a>'
    found = {candidate.reason for candidate in listing_candidates(page(body, "/notes/roses.html"))}
    assert reason in found


def test_every_reason_has_a_score_and_a_row_here() -> None:
    shown = {"archive words", "archive address", "blog words", "blog address", "parent", "breadcrumb", "rel"}
    assert set(SCORES) == shown | {"home words", "home", "year", "month", "folder"}


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/tags/blog/">Blog</a>',
        '<a href="/category/archives/">Archives</a>',
        '<a href="http://other.example/blog/">Blog</a>',
        '<a href="/blog.zip">Blog</a>',
        '<a href="#archives">Archives</a>',
        '<a href="mailto:blog@blog.example">Blog</a>',
        '<a href="/roses/">Archive of tears</a>',
    ],
)
def test_what_is_no_candidate(body: str) -> None:
    assert [found.reason for found in listing_candidates(page(body, "/about"))] == ["home"]


def test_the_page_itself_is_no_candidate() -> None:
    found = listing_candidates(page('<a href="/archives/">Archives</a>', "/archives/"))
    assert [candidate.url for candidate in found] == [f"{SITE}/"]


def test_archive_lists_are_the_archives_only() -> None:
    doc = page('<a href="/blog/">Blog</a><a href="/archives/">Archives</a><a href="/all.html">所有文章</a>')
    assert archive_lists(doc) == (f"{SITE}/archives/", f"{SITE}/all.html")


def test_an_archive_high_up_comes_before_one_deep_down() -> None:
    doc = page('<a href="/a/b/c/">Archives</a><a href="/archives/">Archives</a>')
    assert archive_lists(doc)[0] == f"{SITE}/archives/"


@pytest.mark.parametrize(
    ("body", "head", "reason"),
    [
        (
            "<h1>Roses</h1>",
            '<script type="application/ld+json">{"@type":"BlogPosting","headline":"Roses"}</script>',
            "JSON-LD",
        ),
        ("<h1>Roses</h1>", '<meta property="og:type" content="article">', "og:type"),
        ('<h1>Roses</h1><div itemprop="articleBody">x</div>', "", "articleBody"),
    ],
)
def test_is_post_page(body: str, head: str, reason: str) -> None:
    told = is_post_page(page(body, head=head))
    assert told is not None
    assert reason in told


OG = '<meta property="og:type" content="article">'
JSON_LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("path", "body", "head"),
    [
        ("/", "<h1>Roses</h1>", OG),
        ("/index.html", "<h1>Roses</h1>", OG),
        ("/archives/", "<h1>Garden</h1>", OG),
        ("/notes/page/2/", "<h1>Garden</h1>", OG),
        ("/x/", "<h1>All posts</h1>", OG),
        ("/x/", "<h1>Roses</h1><h1>Beans</h1>", OG),
        ("/x/", '<div class="h-entry">a</div><div class="h-entry">b</div>', OG),
        ("/x/", "<h1>x</h1>", JSON_LD.format('[{"@type":"BlogPosting"},{"@type":"BlogPosting"}]')),
        ("/x/", "<h1>x</h1>", JSON_LD.format('[{"@type":"Blog"},{"@type":"BlogPosting"}]')),
        ("/x/", "<h1>x</h1>", JSON_LD.format('{"@type":"Article","wordCount":0}')),
        ("/x/", "<h1>x</h1>", JSON_LD.format('{"@type":["WebPage"]}')),
        ("/x/", "<p>Roses</p>", ""),
        ("/x/", '<h1>a</h1><p itemprop="articleBody">a</p><p itemprop="articleBody">b</p>', ""),
    ],
)
def test_is_not_certainly_a_post_page(path: str, body: str, head: str) -> None:
    assert is_post_page(page(body, path, head)) is None


@given(st.text(alphabet="<>/ab\"'= hreflog.", max_size=200))
def test_candidates_stay_on_the_site_and_come_best_first(text: str) -> None:
    found = listing_candidates(page(text))
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)
    assert all(urls.same_site(candidate.url, SITE) for candidate in found)
    assert len({urls.identity(candidate.url) for candidate in found}) == len(found)
