from __future__ import annotations

import pytest
from ada_url import URL
from growing import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st

from archiver.urls import (
    absolute,
    host_of,
    identity,
    is_page_like,
    join,
    origin,
    path_shape,
    port_of,
    same_site,
    site_of,
)

BASE = "https://blog.example/2019/03/?x=1#top"

JOINED = [
    ("/a", "https://blog.example/a"),
    ("a", "https://blog.example/2019/03/a"),
    ("../b", "https://blog.example/2019/b"),
    ("?page=2", "https://blog.example/2019/03/?page=2"),
    ("//other.example/c", "https://other.example/c"),
    ("HTTP://Other.Example:80/%7ejoe", "http://other.example/%7ejoe"),
    ("https:\\\\other.example\\d", "https://other.example/d"),
    ("  /spa\n\tced  ", "https://blog.example/spaced"),
    ("\u3000/wide\u3000", "https://blog.example/wide"),
    ("/中文 题.html", "https://blog.example/%E4%B8%AD%E6%96%87%20%E9%A2%98.html"),
    ("http://博客.example/", "http://xn--9krq6q.example/"),
    ("/a#part", "https://blog.example/a"),
    ("#part", "https://blog.example/2019/03/?x=1"),
    ("https://joe:secret@blog.example/a", "https://blog.example/a"),
    ("/\ud800", "https://blog.example/%EF%BF%BD"),
    ("", None),
    ("   ", None),
    ("mailto:joe@blog.example", None),
    ("javascript:void(0)", None),
    ("data:image/png;base64,AAAA", None),
    ("file:///etc/passwd", None),
    ("ftp://blog.example/a", None),
    ("http://", None),
    ("http://a b/", None),
    ("http://[::1", None),
    ("http://./a", None),
    ("/" + "x" * 20_000, None),
]


@pytest.mark.parametrize(("href", "expected"), JOINED)
def test_join(href: str, expected: str | None) -> None:
    assert join(BASE, href) == expected


def test_a_broken_base_does_no_harm_to_an_absolute_address() -> None:
    assert join("not an address", "https://blog.example/a") == "https://blog.example/a"
    assert join("not an address", "/a") is None
    assert join("mailto:x", "/a") is None
    assert absolute(" https://Blog.example ") == "https://blog.example/"
    assert absolute("/a") is None


SAME_POST = [
    (
        "https://blog.example/a",
        "http://blog.example/a",
        "https://www.blog.example/a/",
        "https://www.www.blog.example/a",
        "https://blog.example:443/a",
        "http://blog.example:80/a",
        "https://blog.example./a",
        "https://joe:secret@blog.example/a#more-12",
        "https://blog.example/a/index.html",
        "https://blog.example/a/index.PHP",
        "https://blog.example/x/../a",
        "https://blog.example/%61",
        "https://blog.example/a?utm_source=rss&UTM_medium=feed",
        "https://blog.example/a?fbclid=12&gclid=",
        "https://blog.example/a?",
        "https://blog.example/a;jsessionid=123",
        "https://blog.example/a?replytocom=7#respond",
    ),
    ("https://blog.example/?p=12", "http://blog.example/index.php?p=12", "https://blog.example?utm_id=1&p=12#c"),
    ("https://blog.example/?a=1&b=2", "https://blog.example/?b=2&a=1"),
    ("https://blog.example/?q=a%20b", "https://blog.example/?q=a+b"),
    ("https://blog.example/?draft", "https://blog.example/?draft="),
    ("https://blog.example/caf%C3%A9", "https://blog.example/cafe\u0301", "https://blog.example/caf%c3%a9/"),
    ("https://blog.example/%E4%B8%AD", "https://blog.example/中"),
    ("https://blog.example/%b0%a1", "https://blog.example/%B0%A1"),
    ("https://blog.example/", "https://blog.example", "blog.example", "//blog.example//"),
]


@pytest.mark.parametrize("addresses", SAME_POST, ids=lambda row: row[0])
def test_one_post_under_many_addresses(addresses: tuple[str, ...]) -> None:
    assert {identity(address) for address in addresses} == {identity(addresses[0])}


DIFFERENT_POSTS = [
    ("https://blog.example/a", "https://blog.example/a.html"),
    ("https://blog.example/a", "https://blog.example/A"),
    ("https://blog.example/?p=12", "https://blog.example/?p=13"),
    ("https://blog.example/?p=12", "https://blog.example/"),
    ("https://blog.example/a", "https://blog.example:8080/a"),
    ("https://blog.example/a", "https://other.example/a"),
    ("https://blog.example/a%2Fb", "https://blog.example/a/b"),
    ("https://blog.example/a%3Fb", "https://blog.example/a?b"),
    ("https://blog.example/100%25", "https://blog.example/100"),
    ("https://blog.example/?q=a%2Bb", "https://blog.example/?q=a+b"),
    ("https://blog.example/?q=a%26b", "https://blog.example/?q=a&b"),
    ("https://blog.example/index.php/12", "https://blog.example/12"),
    ("https://www.example/", "https://example.example/"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT_POSTS)
def test_different_posts_stay_different(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.blog.example/2019/a/?utm_id=1&p=2", "blog.example/2019/a?p=2"),
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000/a"),
        ("http://[::1]:8000/a", "[::1]:8000/a"),
        ("https://www.com/", "www.com/"),
        (" mailto:joe@blog.example ", "mailto:joe@blog.example"),
        ("/relative", "/relative"),
        ("", ""),
    ],
)
def test_identity_reads_well(url: str, expected: str) -> None:
    assert identity(url) == expected


WEBBY = st.builds(
    lambda scheme, host, port, path, query: f"{scheme}{host}{port}/{path}{query}",
    st.sampled_from(["http://", "https://", "HTTPS://www.", "//", "", "http:", "http:/", "mailto:", "www."]),
    st.sampled_from(["blog.example", "www.www.example", "www.", "[::1]", "1.2.3.4", "博客.cn", "a:b@c.d", ""]),
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    st.text(st.sampled_from("aA/.%2eEfFC3a9;=&?#\\ \t:@index.html;jsessionid=é\u0301中\u037e|^")),
    st.one_of(st.just(""), st.text(st.sampled_from("pq=&+%26%2B#?utm_中 ")).map(lambda text: "?" + text)),
)


@given(st.one_of(st.text(), WEBBY))
def test_identity_twice_is_identity_once(url: str) -> None:
    assert identity(identity(url)) == identity(url)


@given(st.one_of(st.text(), WEBBY), st.one_of(st.text(), WEBBY))
def test_any_text_is_survived(base: str, href: str) -> None:
    joined = join(base, href)
    assert joined is None or (joined.startswith(("http://", "https://")) and "#" not in joined)
    assert joined is None or absolute(joined) == joined
    assert joined is None or (identity(joined) and site_of(joined) and path_shape(joined).startswith("/"))
    assert site_of(href) == "" or same_site(href, href)
    assert isinstance(is_page_like(href), bool)


@pytest.mark.parametrize(
    ("url", "site", "where", "host", "port"),
    [
        ("https://www.Blog.example/a", "blog.example", "https://www.blog.example", "www.blog.example", 443),
        ("http://blog.example:8080/", "blog.example:8080", "http://blog.example:8080", "blog.example", 8080),
        ("http://[::1]/", "[::1]", "http://[::1]", "[::1]", 80),
        ("/a", "", "", "", 0),
        ("mailto:a@b.c", "", "", "", 0),
    ],
)
def test_parts(url: str, site: str, where: str, host: str, port: int) -> None:
    assert (site_of(url), origin(url), host_of(url), port_of(url)) == (site, where, host, port)


@given(st.one_of(st.text(), WEBBY))
def test_parts_agree_with_the_standard(text: str) -> None:
    url = absolute(text)
    if url is not None:
        standard = URL(url)
        assert (host_of(url), origin(url)) == (standard.hostname, standard.origin)
        assert port_of(url) == int(standard.port or {"http:": 80, "https:": 443}[standard.protocol])


def test_same_site() -> None:
    assert same_site("http://www.blog.example/a", "https://blog.example/b")
    assert not same_site("https://blog.example/", "https://img.blog.example/")
    assert not same_site("https://blog.example/", "http://blog.example:8080/")
    assert not same_site("", "")


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("https://blog.example/2019/03/some-slug.html", "/N/N/*.html"),
        ("https://blog.example/2019/03/other/", "/N/N/*"),
        ("https://blog.example/2019/03/other/index.html", "/N/N/*"),
        ("https://blog.example/archives/1234", "/archives/N"),
        ("https://blog.example/archives/1234.HTML", "/archives/N.html"),
        ("https://blog.example/tag/数学", "/tag/*"),
        ("https://blog.example/about/", "/about"),
        ("https://blog.example/12-reasons", "/*"),
        ("https://blog.example/v1.2", "/*"),
        ("https://blog.example/?p=12&utm_source=x", "/?p=N"),
        ("https://blog.example/post.php?id=x", "/post.php?id=*"),
        ("https://blog.example/", "/"),
        ("nonsense", ""),
    ],
)
def test_path_shape(url: str, shape: str) -> None:
    assert path_shape(url) == shape


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://blog.example/a", True),
        ("https://blog.example/a.html?x=1", True),
        ("https://blog.example/?p=1", True),
        ("https://blog.zip/", True),
        ("https://blog.example/intro-to-node.js/", True),
        ("https://blog.example/v1.2", True),
        ("https://blog.example/.well", True),
        ("https://blog.example/a.JPG", False),
        ("https://blog.example/a.png?size=2", False),
        ("https://blog.example/style.css", False),
        ("https://blog.example/feed.xml", False),
        ("https://blog.example/paper.pdf", False),
        ("https://blog.example/data.tar.gz", False),
        ("mailto:joe@blog.example", False),
        ("javascript:void(0)", False),
        ("", False),
    ],
)
def test_is_page_like(url: str, expected: bool) -> None:
    assert is_page_like(url) is expected


@pytest.mark.parametrize("unit", ["a", ".", "a.", "/", "&="])
@pytest.mark.parametrize("start", ["", "http://", "http://blog.example/"])
def test_time_grows_with_the_address_only(start: str, unit: str) -> None:
    def read_all(count: int) -> None:
        for number in range(20):
            text = f"{start}{unit * (count // len(unit))}{number}"
            identity(text), path_shape(text), join("https://blog.example/", text)

    assert growth(read_all, 2_000) < LINEAR


PATHS = st.text("ab1-_.~/", max_size=20)
HOSTS = st.text("ab1-.x", max_size=12).map(lambda text: f"a{text}")


@given(PATHS, st.sampled_from(("http://a.example/x/y?z", "https://a.example:8080/")))
def test_paths_are_joined_as_by_the_standard(path: str, base: str) -> None:
    try:
        expected = URL(f"/{path}", base=base)
    except ValueError:
        assert join(base, f"/{path}") is None
        return
    assert join(base, f"/{path}") == (expected.href if expected.hostname.strip(".") else None)


@given(HOSTS, PATHS)
def test_an_identity_is_that_of_the_standards_own_address(host: str, path: str) -> None:
    try:
        url = URL(f"http://{host}/{path}").href
    except ValueError:
        return
    assert identity(f"http://{host}/{path}") == identity(url)
    assert host_of(f"http://{host}/{path}") == host_of(url)
