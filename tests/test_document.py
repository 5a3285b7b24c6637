from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import tostring

from archiver.models import Text
from archiver.parse.document import Document, read

URL = "http://blog.example/2019/post/"


def head(markup: str, body: str = "") -> Document:
    return read(f"<html><head>{markup}</head><body>{body}</body></html>", URL)


LANGUAGES = (
    ('<html lang="zh-CN">', "zh-CN"),
    ('<html lang="zh_TW">', "zh-TW"),
    ('<html xml:lang="fr">', "fr"),
    ('<html><meta http-equiv="Content-Language" content="ja">', "ja"),
    ('<html><meta property="og:locale" content="en_US">', "en-US"),
    ('<html lang="{{ page.lang }}"><meta property="og:locale" content="de_DE">', "de-DE"),
    ('<html lang="">', None),
    ("<html>", None),
)

JSON_LD = (
    ("an object", '{"@type": "BlogPosting", "headline": "A"}', ["BlogPosting"]),
    ("a list", '[{"@type": "A"}, {"@type": "B"}]', ["A", "B"]),
    ("a graph", '{"@graph": [{"@type": "A"}, {"@type": "B"}]}', [None, "A", "B"]),
    ("in a comment", '<!-- {"@type": "A"} -->', ["A"]),
    ("in CDATA", '//<![CDATA[\n{"@type": "A"}\n//]]>', ["A"]),
    ("a comma too many", '{"@type": "A", "x": [1, 2, ],}', ["A"]),
    ("a raw new line in a string", '{"@type": "A", "d": "x\ny"}', ["A"]),
    ("something after it", '{"@type": "A"};', ["A"]),
    ("escaped", "{&quot;@type&quot;: &quot;A&quot;}", ["A"]),
    ("cut off", '{"@type": "A", "x": ', []),
    ("no JSON", "var x = 1", []),
    ("nested without end", "[" * 5000, []),
    ("a number", "3", []),
)

FEEDS = (
    ('<link rel="alternate" type="application/rss+xml" href="/feed">', ("http://blog.example/feed",)),
    ('<link rel="alternate" type="application/atom+xml; charset=utf-8" href="a.xml">', (f"{URL}a.xml",)),
    ('<link rel="alternate" type="application/feed+json" href="/f.json">', ("http://blog.example/f.json",)),
    ('<link rel="alternate" type="application/json+oembed" href="/o">', ()),
    ('<link rel="alternate" hreflang="de" href="/de/">', ()),
    ('<link rel="stylesheet" type="application/rss+xml" href="/feed">', ()),
    (
        '<link rel="alternate" type="application/rss+xml" title="X Comments" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/feed/">',
        ("http://blog.example/feed/", "http://blog.example/comments/feed/"),
    ),
)


@pytest.mark.parametrize(("markup", "language"), LANGUAGES)
def test_the_language(markup: str, language: str | None) -> None:
    assert read(markup, URL).language == language


@pytest.mark.parametrize(("name", "source", "kinds"), JSON_LD, ids=[row[0] for row in JSON_LD])
def test_json_ld_is_read_leniently(name: str, source: str, kinds: list[str | None]) -> None:
    doc = head(f'<script type="application/ld+json">{source}</script>')
    assert [each.get("@type") for each in doc.json_ld] == kinds


@pytest.mark.parametrize(("markup", "feeds"), FEEDS)
def test_the_feeds(markup: str, feeds: tuple[str, ...]) -> None:
    assert head(markup).feeds == feeds


def test_a_title_without_end_is_cut() -> None:
    assert head(f"<title>{'long ' * 100_000}</title>").title == ("long " * 60)


def test_what_the_head_declares() -> None:
    doc = head(
        '<title> A\n title </title><meta name="Generator" content="Hexo 5"><link rel="canonical" href="/c">'
        '<meta property="article:tag" content="x"><meta property="article:tag" content="y">'
        '<meta name="empty" content=""><link rel="next" href="?page=2"><link rel="next prefetch" href="?page=3">',
        "<svg><title>icon</title></svg>",
    )
    assert doc.title == "A title"
    assert doc.generator == "Hexo 5"
    assert doc.canonical == "http://blog.example/c"
    assert doc.meta["article:tag"] == ("x", "y")
    assert doc.first("none", "empty", "article:tag") == "x"
    assert doc.first("none") == ""
    assert doc.links["next"] == f"{URL}?page=2"
    assert doc.links["prefetch"] == f"{URL}?page=3"


@pytest.mark.parametrize(
    ("markup", "base"),
    [
        ("", URL),
        ('<base href="/x/">', "http://blog.example/x/"),
        ('<base href="http://other.example/">', "http://other.example/"),
        ('<base target="_blank">', URL),
        ('<base href="javascript:1"><base href="/y/">', "http://blog.example/y/"),
    ],
)
def test_the_base_of_links(markup: str, base: str) -> None:
    assert head(markup).base == base


def test_the_tree_holds_content_only() -> None:
    doc = head(
        "<style>p{}</style>",
        "<p>a<!-- x -->b<script>1</script>c</p><template><p>t</p></template>"
        '<noscript><img src="x"></noscript><script type="math/tex">x<y</script>',
    )
    source = tostring(doc.root, encoding="unicode")
    assert "<p>abc</p>" in source
    assert '<noscript><img src="x"></noscript>$x&lt;y$' in source
    assert not any(word in source for word in ("script>1", "template", "style", "<!--"))


def test_decoded_text_and_its_meta_charset() -> None:
    page = '<?xml version="1.0" encoding="gbk"?><html><meta charset="gb2312"><p>中文</p>'
    assert "中文" in read(Text(page, "gb18030", "meta"), URL).root.text_content()


@pytest.mark.parametrize("source", ["", " \n", "\0\0", "<!-- only -->", "<!doctype html>", "\ud83d", "GIF89a\x01\x02"])
def test_nothing_gives_an_empty_document(source: str) -> None:
    doc = read(source, URL)
    assert doc.url == doc.base == URL
    assert doc.title == ""
    assert doc.root.tag == "html"


def test_a_deep_page_is_flattened_and_loses_no_text() -> None:
    doc = read("<main>" + "<div>" * 5000 + "deep" + "</div>" * 5000 + "</main><p>after</p>", URL)
    assert doc.flattened
    assert doc.root.text_content() == "deepafter"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises(source: str) -> None:
    assert read(source, URL).url == URL


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(source: bytes) -> None:
    assert read(source.decode("latin-1"), URL).root is not None


@settings(deadline=None)
@given(st.text(alphabet='<>/="abmetlinkhrscpyo:+ld{}[]', max_size=200))
def test_no_markup_raises(source: str) -> None:
    assert isinstance(head(f'<script type="application/ld+json">{source}</script>{source}').json_ld, tuple)
