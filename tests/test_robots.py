from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.robots import MAX_BYTES, Robots, product_token

AGENT = "archiver/0.1.0 (+https://pypi.org/project/blog-archiver/)"
PAGE = "https://blog.example/private/a"

STATUSES = [
    (200, False),
    (206, False),
    (301, True),
    (401, True),
    (403, True),
    (404, True),
    (410, True),
    (429, True),
    (500, False),
    (503, False),
    (599, False),
    (0, False),
]


@pytest.mark.parametrize(("status", "allowed"), STATUSES)
def test_the_status_decides_before_the_rules(status: int, allowed: bool) -> None:
    robots = Robots.parse(b"User-agent: *\nDisallow: /private/", status)
    assert robots.allows(PAGE) is allowed
    assert bool(robots.reason) == (not 200 <= status < 300)


RULES = [
    (b"", "/a", True),
    (b"User-agent: *\nDisallow: /", "/a", False),
    (b"User-agent: *\nDisallow: /", "/robots.txt", True),
    (b"User-agent: *\nDisallow:", "/a", True),
    (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", False),
    (b"User-agent: *\rDisallow: /a", "/a", False),
    (b"\0User-agent: *\nDisallow: /", "/a", False),
    (b"USER-AGENT: ARCHIVER\ndisallow: /a", "/a", False),
    (b"User-agent: archiver\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b", True),
    (b"User-agent: other\nUser-agent: archiver\nDisallow: /a", "/a", False),
    (b"User-agent: archiver\nDisallow: /a\n\nUser-agent: archiver\nDisallow: /b", "/b", False),
    (b"User-agent: notarchiver\nDisallow: /", "/a", True),
    (b"User-agent: archiver/0.1 (x)\nDisallow: /", "/a", False),
    (b"Useragent: archiver beta # that is us\nDisallow: /", "/a", False),
    (b"User-agent: arch\nDisallow: /", "/a", True),
    (b"User-agent: my-archiver\nDisallow: /", "/a", True),
    (b"User-agent: * # all\nDisallow: /", "/a", False),
    (b"User-agent: archiver\nUser-agent: *\nDisallow: /", "/a", False),
    (b"User-agent: archiver\nSitemap: /s\nUser-agent: *\nDisallow: /", "/a", False),
    (b"User-agent: *\nDisallow: /~joe", "/%7Ejoe/", False),
    (b"User-agent: *\nDisallow: /a%2fb", "/a/b", True),
    (b"User-agent: *\nDisallow: /a%3Cb", "/a%3cb", False),
    (b"User-agent: *\nDisallow: /\nAllow: /$", "/", True),
    (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
    (b"User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
    (b"User-agent: *\nDisallow: /*.php$", "/a.php", False),
    (b"User-agent: *\nDisallow: /*.php$", "/a.php?x", True),
    ("User-agent: *\nDisallow: /中".encode(), "/%E4%B8%AD/a", False),
    (b"User-agent: *\nDisallow: /%E4%B8%AD", "/中/a", False),
    (b"User-agent: *\nDisallow: /b\xb0\xa1\nDisallow: /a", "/a", False),
    (b"Disallow: /", "/a", True),
    (b"<!DOCTYPE html><title>Not found</title>", "/a", True),
]


@pytest.mark.parametrize(("body", "path", "allowed"), RULES)
def test_rules(body: bytes, path: str, allowed: bool) -> None:
    assert Robots.parse(body).allows(f"https://blog.example{path}", AGENT) is allowed


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Crawl-delay: 0", 0),
        ("Crawl-delay: -3", 0),
        ("Crawl-delay: soon", 0),
        ("Crawl-delay: inf", 0),
        ("Crawl-delay: nan", 0),
        ("Request-rate: 1/10", 10),
        ("Request-rate: 2/1m", 30),
        ("Request-rate: 1/5\nCrawl-delay: 2", 5),
        ("Disallow: /a", 0),
    ],
)
def test_crawl_delay(lines: str, seconds: float) -> None:
    assert Robots.parse(f"User-agent: *\n{lines}".encode()).crawl_delay(AGENT) == seconds


def test_sitemaps_stand_outside_the_groups_and_only_once() -> None:
    body = (
        b"Sitemap: https://blog.example/s.xml\nUser-agent: x\nDisallow: /\nSitemap: /t.xml\nsitemap: /t.xml\nSitemap:"
    )
    assert Robots.parse(body).sitemaps == ("https://blog.example/s.xml", "/t.xml")
    assert Robots.parse(body, 404).sitemaps == ()


def test_only_the_first_500_kib_count_to_the_last_whole_line() -> None:
    start = b"User-agent: *\nDisallow: /early\n"
    filler = b"#" * (MAX_BYTES - len(start) - 10) + b"\n"
    robots = Robots.parse(start + filler + b"Disallow: /late\nDisallow: /later")
    assert not robots.allows("https://blog.example/early")
    assert robots.allows("https://blog.example/late")
    assert robots.allows("https://blog.example/D")


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        (AGENT, "archiver"),
        ("Foo-Bot/2 (x)", "foo-bot"),
        ("my library 1.0", "my"),
        ("", "archiver"),
        ("2 b", "archiver"),
    ],
)
def test_product_token(agent: str, token: str) -> None:
    assert product_token(agent) == token


@given(st.binary(max_size=500), st.integers(0, 999), st.text(max_size=50))
def test_any_robots_file_is_survived(body: bytes, status: int, agent: str) -> None:
    robots = Robots.parse(body, status)
    assert robots.allows("https://blog.example/robots.txt", agent) is not robots.forbids_all
    assert 0 <= robots.crawl_delay(agent) < float("inf")


@given(st.lists(st.sampled_from(["User-agent: *", "Disallow: /a", "Allow: /a/b", "Request-rate: 9/0", ":", "a b c"])))
def test_any_order_of_lines_is_survived(lines: list[str]) -> None:
    assert Robots.parse("\n".join(lines).encode()).allows("https://blog.example/c")
