from __future__ import annotations

import json

import pytest
from growing import LINEAR, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.models import Label, RawDate, Where
from archiver.parse.feed import read_feed, without_declarations

URL = "http://blog.example/feed.xml"


def rss(items: str, channel: str = "<title>A blog</title>") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel>{channel}{items}</channel></rss>"
    ).encode()


def atom(entry: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Ein Blog</title><link href="http://blog.example/"/>'
        f"<entry>{entry}</entry></feed>"
    ).encode()


def only(body: bytes) -> Label:
    feed = read_feed(body, URL)
    assert feed is not None
    assert len(feed.entries) == 1
    return feed.entries[0]


def test_rss() -> None:
    body = rss(
        "<item><title>One &amp;amp; &lt;b&gt;two&lt;/b&gt;</title><link>http://blog.example/1/</link>"
        "<pubDate>Wed, 06 Mar 2019 10:00:00 +0800</pubDate><dc:creator>Ann</dc:creator>"
        "<category>maths</category><category>maths</category><category>A &amp;amp; B</category>"
        "<description>&lt;p&gt;Short&lt;/p&gt;</description>"
        "<content:encoded><![CDATA[<p>Long $a&amp;b$</p>]]></content:encoded>"
        "</item>",
        "<title>A blog</title><link>http://blog.example/</link><language>en</language>",
    )
    feed = read_feed(body, URL, "application/rss+xml")
    assert feed is not None
    assert (feed.url, feed.title, feed.language) == (URL, "A blog", "en")
    assert feed.entries == (
        Label(
            url="http://blog.example/1/",
            title="One & two",
            date=RawDate("Wed, 06 Mar 2019 10:00:00 +0800", Where.FEED, "published"),
            author="Ann",
            tags=("maths", "A & B"),
            summary_html="<p>Short</p>",
            content_html="<p>Long $a&amp;b$</p>",
        ),
    )


def test_atom() -> None:
    entry = only(
        atom(
            '<title type="html">A &amp;lt;T&amp;gt;</title><link rel="alternate" href="/2/"/><id>tag:x,2019:2</id>'
            "<published>2019-03-06T10:00:00+08:00</published><updated>2020-01-01T00:00:00Z</updated>"
            '<author><name>Ann</name></author><category term="x"/><category term="y" label="Why"/>'
            "<summary>a &lt; b</summary>"
            '<content type="html">&lt;p&gt;c&lt;/p&gt;&lt;script&gt;1&lt;/script&gt;</content>'
        )
    )
    assert entry.url == "http://blog.example/2/"
    assert entry.title == "A <T>"
    assert entry.date == RawDate("2019-03-06T10:00:00+08:00", Where.FEED, "published")
    assert entry.author == "Ann"
    assert entry.tags == ("x", "Why")
    assert entry.summary_html == "a &lt; b"
    assert entry.content_html == "<p>c</p><script>1</script>"


def test_rdf() -> None:
    entry = only(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        b' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title></channel>'
        b"<item><title>One</title><link>http://blog.example/1/</link><dc:date>2004-05-06</dc:date></item></rdf:RDF>"
    )
    assert (entry.url, entry.title) == ("http://blog.example/1/", "One")
    assert entry.date is not None
    assert entry.date.raw == "2004-05-06"


DATES = (
    ("<published>2019-01-02</published><updated>2020-01-02</updated>", "2019-01-02", False),
    ("<updated>2020-01-02</updated>", "2020-01-02", True),
)


@pytest.mark.parametrize(("markup", "raw", "modified"), DATES)
def test_a_date_of_change_is_marked(markup: str, raw: str, modified: bool) -> None:
    date = only(atom(f'<link href="/1/"/>{markup}')).date
    assert date is not None
    assert (date.raw, date.modified) == (raw, modified)


def test_no_date_is_no_date() -> None:
    assert only(atom('<link href="/1/"/>')).date is None


ADDRESSES = (
    ("<link>http://blog.example/1/</link>", "http://blog.example/1/"),
    ("<link>/1/</link>", "http://blog.example/1/"),
    ("<guid>http://blog.example/2/</guid>", "http://blog.example/2/"),
    (
        "<link>http://feeds.example/~r/3</link><feedburner:origLink>http://blog.example/3/</feedburner:origLink>",
        "http://blog.example/3/",
    ),
)


@pytest.mark.parametrize(("markup", "url"), ADDRESSES)
def test_the_address_of_an_entry(markup: str, url: str) -> None:
    assert only(rss(f"<item><title>x</title>{markup}</item>")).url == url


def test_an_entry_without_an_address_is_left_out() -> None:
    feed = read_feed(rss('<item><title>x</title><guid isPermaLink="false">17</guid></item>'), URL)
    assert feed is not None
    assert feed.entries == ()


def test_an_empty_feed_is_a_feed() -> None:
    feed = read_feed(rss(""), URL)
    assert feed is not None
    assert (feed.title, feed.entries) == ("A blog", ())


NOT_FEEDS = (
    b"",
    b"\0\0\0",
    b"<!doctype html><html><head><title>404</title></head><body><p>Not here</p></body></html>",
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
    b"{}",
    b'{"version": 3}',
    b'{"version": "https://jsonfeed.org/version/1", ',
    b"{" * 100_000,
    b"[1]",
    b"plain words",
)


@pytest.mark.parametrize("body", NOT_FEEDS)
def test_what_is_no_feed(body: bytes) -> None:
    assert read_feed(body, URL) is None


def test_a_feed_in_another_encoding() -> None:
    body = (
        rss("<item><title>最小熵</title><link>/1/</link></item>").decode().replace("utf-8", "gb2312").encode("gb18030")
    )
    assert only(body).title == "最小熵"


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{bomb}]>'.encode() + rss(
        "<item><title>x &a11; y</title><link>/1/</link></item>"
    ).replace(b'<?xml version="1.0" encoding="utf-8"?>', b"")
    assert "haha" not in only(body).title


ENDLESS = (
    ("namespaces", "".join(f"<a{n}:b xmlns:a{n}='http://x/{n}'/>" for n in range(20_000))),
    ("tags", "<a>" * 300_000),
)


@pytest.mark.parametrize(("name", "flood"), ENDLESS)
def test_a_feed_without_end_is_no_feed(name: str, flood: str) -> None:
    item = "<item><title>One</title><link>http://blog.example/1</link></item>"
    assert read_feed(f"<rss version='2.0'><channel>{flood}{item}</channel></rss>".encode(), URL) is None
    posts = f"{item}<item><description><![CDATA[{flood}]]></description></item>"
    body = f"<rss version='2.0'><channel>{posts}</channel></rss>"
    assert (read_feed(body.encode(), URL) is None) == (name == "namespaces")


def test_attributes_without_end_hide_no_entry() -> None:
    def titles(count: int) -> list[str]:
        attributes = " ".join(f"a{number}='1'" for number in range(count))
        item = f"<item {attributes}><title>One</title><link>http://blog.example/1</link></item>"
        feed = read_feed(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), URL)
        return [label.title for label in feed.entries] if feed else []

    assert titles(100_000) == ["One"]
    assert growth(titles, 12_500) < LINEAR


def test_no_file_is_read_by_an_entity() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + rss(
        "<item><title>x&f;</title><link>/1/</link></item>"
    ).replace(b'<?xml version="1.0" encoding="utf-8"?>', b"")
    assert only(body).title.startswith("x")
    assert len(only(body).title) < 6


DECLARATIONS = (
    ("<rss/>", "<rss/>"),
    ("<!DOCTYPE rss><rss/>", "<rss/>"),
    ('<!DOCTYPE rss SYSTEM "a.dtd"><rss/>', "<rss/>"),
    ('<!DOCTYPE rss [<!ENTITY a "b>">]><rss/>', "<rss/>"),
    ('<!DOCTYPE rss [<!ENTITY a "b">', ""),
    ("<!DOCTYPE rss", ""),
)


@pytest.mark.parametrize(("text", "expected"), DECLARATIONS)
def test_the_document_type_is_cut_out(text: str, expected: str) -> None:
    assert without_declarations(text) == expected


def test_json_feed() -> None:
    item = {
        "id": "1",
        "url": "/1/",
        "title": " One\n two ",
        "date_published": "2019-03-06T10:00:00+08:00",
        "authors": [{"name": "Ann"}],
        "tags": ["x", "y"],
        "summary": "a < b",
        "content_html": "<p>c</p>",
    }
    feed = read_feed(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "J",
                "language": "en",
                "home_page_url": "http://blog.example/",
                "items": [
                    item,
                    {"content_text": "no address", "url": None, "id": "7"},
                    "junk",
                    {"id": "http://blog.example/8/"},
                ],
            }
        ).encode(),
        URL,
        "application/feed+json",
    )
    assert feed is not None
    assert (feed.title, feed.language) == ("J", "en")
    assert feed.entries[0] == Label(
        url="http://blog.example/1/",
        title="One two",
        date=RawDate("2019-03-06T10:00:00+08:00", Where.FEED, "date_published"),
        author="Ann",
        tags=("x", "y"),
        summary_html="a &lt; b",
        content_html="<p>c</p>",
    )
    assert [entry.url for entry in feed.entries[1:]] == ["http://blog.example/8/"]


def test_json_feed_of_version_one() -> None:
    body = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"url": "/1/", "author": {"name": "Ann"}, "content_text": "a < b", "date_modified": "2020-01-01"}],
    }
    entry = only(json.dumps(body).encode())
    assert entry.author == "Ann"
    assert entry.content_html == "a &lt; b"
    assert entry.date == RawDate("2020-01-01", Where.FEED, "date_modified", modified=True)


@pytest.mark.parametrize("items", [None, 3, [3], [[]], [{"url": 3, "tags": 3, "authors": 3, "title": ["x"]}]])
def test_json_feed_with_odd_members(items: object) -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode()
    feed = read_feed(body, URL)
    assert feed is not None
    assert all(entry.url.startswith("http") for entry in feed.entries)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    assert read_feed(body, URL) is None or body


@settings(deadline=None)
@given(st.text(alphabet="<>/rsitemlnkdc=\"' &;![]DOCTYPE", max_size=200))
def test_no_markup_raises(markup: str) -> None:
    feed = read_feed(rss(markup), URL)
    assert feed is None or feed.url == URL
