from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import pytest
import requests

from archiver.demo import serve
from archiver.demo.content import ORDER, parse, posts
from archiver.demo.pictures import HEIGHT, PALETTE, PICTURES, WIDTH, draw


class Links(HTMLParser):
    """Collects every address a page names, and refuses tags that do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "img", "br"}:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def blog() -> Iterator[str]:
    with serve() as base:
        yield base


def links(url: str) -> list[str]:
    parser = Links()
    response = requests.get(url, timeout=5)
    response.encoding = "utf-8"
    assert response.status_code == 200, url
    parser.feed(response.text)
    assert not parser.open, url
    return [urljoin(url, link) for link in parser.links]


def test_every_link_of_the_blog_answers_and_none_leaves_it(blog: str) -> None:
    wanted, seen = [f"{blog}/"], set()
    while wanted:
        url = wanted.pop().partition("#")[0]
        if url in seen:
            continue
        seen.add(url)
        assert url.startswith(blog), url
        answer = requests.get(url, timeout=5)
        assert answer.status_code == 200, url
        if answer.headers["Content-Type"].startswith("text/html"):
            wanted += links(url)
    paths = {urlsplit(url).path for url in seen}
    assert {"/page/2/", "/content.html", "/feed"} <= paths
    assert {post.path for post in posts()} <= paths
    assert {f"/pic/{name}.png" for name in PICTURES} <= paths


@pytest.mark.parametrize(
    ("path", "status", "media_type", "needle"),
    [
        ("/", 200, "text/html", "点击阅读全文..."),
        ("/", 200, "text/html", "Continue reading"),
        ("/", 200, "text/html", "<b>6</b><span>Mar</span>"),
        ("/page/2/", 200, "text/html", "A walk with a broken compass"),
        ("/archives/11", 200, "text/html", "| 2019-03-06 |"),
        ("/archives/11/", 200, "text/html", "图书馆"),
        ("/archives/11", 200, "text/html", "我们学校的图书馆"),
        ("/archives/10", 200, "text/html", "maximum entropy"),
        ("/content.html", 200, "text/html", "2018年 (共4篇)"),
        ("/feed", 200, "application/rss+xml", "<pubDate>Wed, 06 Mar 2019 09:00:00 +0000</pubDate>"),
        ("/robots.txt", 200, "text/plain", "Disallow: /search/"),
        (f"/tag/{quote('概率')}/", 200, "text/html", "Maximum entropy"),
        ("/page/3/", 404, "text/html", "没有这一页"),
        ("/../../etc/passwd", 404, "text/html", "没有这一页"),
    ],
)
def test_page(blog: str, path: str, status: int, media_type: str, needle: str) -> None:
    answer = requests.get(blog + path, timeout=5)
    answer.encoding = "utf-8"
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith(media_type)
    assert needle in answer.text


def test_the_listing_tells_no_year(blog: str) -> None:
    text = requests.get(f"{blog}/", timeout=5).text
    assert not any(str(post.day.year) in text for post in posts())


def test_a_page_that_is_known_is_not_sent_again(blog: str) -> None:
    first = requests.get(f"{blog}/archives/3", timeout=5)
    again = requests.get(f"{blog}/archives/3", timeout=5, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = requests.get(f"{blog}/archives/3", timeout=5, headers={"If-None-Match": '"another"'})
    assert other.content == first.content


def test_two_blogs_may_be_served_at_once_and_end_with_their_block() -> None:
    with serve() as one, serve() as two:
        assert one != two
        assert all(requests.get(base, timeout=5).ok for base in (one, two))
    with pytest.raises(requests.ConnectionError):
        requests.get(one, timeout=5)


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_a_whole_png(name: str) -> None:
    data = draw(name)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT)
    start = data.index(b"IDAT")
    length = struct.unpack(">I", data[start - 4 : start])[0]
    pixels = zlib.decompress(data[start + 4 : start + 4 + length])
    assert len(pixels) == (WIDTH + 1) * HEIGHT
    assert 1 < len(set(pixels)) <= len(PALETTE)
    assert draw(name) == data


def test_posts_are_read_from_their_files() -> None:
    everything = posts()
    assert [post.number for post in everything] == list(ORDER)
    assert sum(post.cut for post in everything) == 10
    assert len({post.day.isoformat()[5:] for post in everything}) < len(everything), "a day and month shared by years"
    days = [post.day for post in everything]
    assert days != sorted(days, reverse=True)


def test_parse_reads_head_and_body() -> None:
    post = parse(3, "title: A: b\ndate: 2020-02-29\ntags: x, y\ncategory: c\n\n<p>one</p>\n<!--more-->\n\n<p>two</p>")
    assert (post.title, post.day.isoformat(), post.tags, post.path) == ("A: b", "2020-02-29", ("x", "y"), "/archives/3")
    assert post.cut
    assert "two" not in post.excerpt
    assert not post.chinese
