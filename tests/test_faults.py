"""Faults: a page that is not what was asked for is named, and a page that is, is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.models import RawRecord, Response
from archiver.parse.document import Document, read
from archiver.parse.faults import (
    ANYTHING,
    ROWS,
    STATUSES,
    Expected,
    Look,
    page_fault,
    post_fault,
    refresh_of,
    status_fault,
)
from archiver.parse.likeness import Before, fewer, layout_fault, same_text, shows_post, tells_apart
from archiver.words import faults as tables
from archiver.words.compare import phrases

URL = "https://a.example/blog/"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
PROSE = "It rained all night, and in the morning the river had taken the lower bridge with it. "
LONG = f"<p>{PROSE * 40}</p>"


def answer(body: str | bytes, *, status: int = 200, url: str = URL, final: str = "", **headers: str) -> Response:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(url, final or url, status, {"content-type": "text/html", **named}, data, NOW)


def seen(response: Response) -> Document:
    return read(response.body.decode("utf-8", "replace"), response.final_url)


def kind(body: str | bytes, expected: Expected = ANYTHING, **how: object) -> str | None:
    """The fault of a page, or None."""
    response = answer(body, **how)  # type: ignore[arg-type]
    problem = page_fault(response, seen(response), expected)
    if problem is None:
        return None
    assert problem.cause
    assert problem.hint
    assert problem.url == URL
    return problem.kind


def titled(title: str, body: str = "", heading: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{heading or title}</h1>{body}</body></html>"


COOKIE = "<script>var e=new Date();document.cookie='v=1; expires='+e;location.reload(true);</script>"
SHELL = '<div id="root"></div><script src="/static/main.js"></script>'
PASSWORD = '<form action="/in" method="post"><input name="u"><input type="Password" name="p"></form>'
REFRESH = '<html><head><meta http-equiv="Refresh" content="0; URL=\'{}\'"></head><body>One moment</body></html>'

PAGES = [
    # soft 404
    (titled("Page not found - My blog", "<p>Try the search.</p>"), "soft-404"),
    (titled("404", "<p>Nothing here.</p>"), "soft-404"),
    (titled("Error 404 | My blog"), "soft-404"),
    (titled("My blog", "<p>Sorry.</p>", heading="Oops! That page can’t be found."), "soft-404"),
    (titled("My blog", LONG, heading="Page not found"), "soft-404"),
    (titled("页面不存在 - 我的博客", "<p>去首页看看</p>"), "soft-404"),
    (titled("お探しのページは見つかりませんでした | ブログ"), "soft-404"),
    (titled("Seite nicht gefunden – Tagebuch"), "soft-404"),
    (titled("Страница не найдена"), "soft-404"),
    (titled("페이지를 찾을 수 없습니다"), "soft-404"),
    (titled("Account Suspended", "<p>Contact your hosting provider.</p>"), "soft-404"),
    # parked
    (titled("a.example", "<p>This domain is for sale! Make an offer.</p>"), "parked"),
    (titled("a.example", "<p>This domain has expired. Renew it today.</p>"), "parked"),
    (titled("域名出售", "<p>联系我们购买</p>"), "parked"),
    (titled("a.example", "<p>Diese Domain steht zum Verkauf.</p>"), "parked"),
    (titled("a.example", "<h2>Related searches</h2><a href=/x>Loans</a>"), "parked"),
    # challenges
    (titled("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"), "challenge"),
    (titled("Attention Required! | Some shield"), "challenge"),
    (titled("安全验证", "<p>请完成下面的验证</p>"), "challenge"),
    (titled("a.example", "<p>Checking your browser before accessing a.example</p>"), "challenge"),
    (titled("a.example", "<p>I'm not a robot</p><div class='g-recaptcha'></div>"), "challenge"),
    (f"<html><body>{COOKIE}</body></html>", "challenge"),
    (f"<html><body><p>Wait</p>{COOKIE}</body></html>", "challenge"),
    ("<html><body><div class=h-captcha></div><script src=/h.js></script></body></html>", "challenge"),
    # logins
    (titled("My blog", f"<p>Members only</p>{PASSWORD}"), "login"),
    (titled("登录", f"<p>请先登录</p>{PASSWORD}"), "login"),
    (titled("Members", f"<p>{PROSE * 8} Please log in.</p>{PASSWORD}"), "login"),
    # shells
    (f"<html><head><title>My blog</title></head><body>{SHELL}</body></html>", "needs-scripts"),
    (f"<body><noscript>You need to enable JavaScript to run this app.</noscript>{SHELL}</body>", "needs-scripts"),
    (
        f"<body><p>本站需要启用 JavaScript 才能正常显示内容，请在浏览器设置中打开后刷新。</p>{SHELL}</body>",
        "needs-scripts",
    ),
    # nothing
    ("", "empty"),
    ("<html><head><title>My blog</title></head><body></body></html>", "empty"),
    ("   \n ", "empty"),
]


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_a_page_that_is_not_the_page_is_named(page: str, expected: str) -> None:
    assert kind(page) == expected


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_a_page_that_shows_what_it_should_is_no_fault_whatever_it_says(page: str, expected: str) -> None:
    assert kind(page, Expected(fits=True)) is None


GOOD = [
    f"<html><title>Day book</title><main><p>{PROSE}</p></main></html>",
    titled("Day book", LONG),
    titled("How I answered a captcha with a kettle", LONG),
    titled("Just a moment of rain", LONG),
    titled("Not found: a key, two gloves", LONG),
    titled("This domain is not for everyone", f"<p>Notes on operators. {PROSE}</p>"),
    titled("Day book", f"{LONG}{PASSWORD}"),
    titled("Day book", f"{LONG}<div class=g-recaptcha></div><script src=/r.js></script>"),
    titled("Day book", f"{LONG}<p>Last week this domain is for sale, said a mail; it was spam.</p>"),
    titled("Day book", f"<p>{PROSE}</p>"),
    titled("Day book", f"<p>Short.</p><script>document.cookie='seen=1'</script><p>{PROSE * 6}</p>"),
    "<html><body><img src=/today.jpg></body></html>",
    "<html><body><p>Hello</p></body></html>",
]


@pytest.mark.parametrize("page", GOOD)
def test_a_page_of_a_blog_is_no_fault(page: str) -> None:
    assert kind(page) is None


def test_words_that_are_the_blogs_own_name_prove_nothing() -> None:
    page = titled("404", f"<p>{PROSE}</p>")
    assert kind(page) == "soft-404"
    assert kind(page, Expected(title="404")) is None
    assert kind(titled("Page not found | Just a moment", LONG, "Hello"), Expected(title="Just a moment")) == "soft-404"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((status, kind) for status, (kind, _) in STATUSES.items()),
        (500, "overloaded"),
        (502, "overloaded"),
        (503, "overloaded"),
        (599, "overloaded"),
        (400, "status"),
        (418, "status"),
        (304, "status"),
    ],
)
def test_a_status_that_is_no_success_is_told(status: int, expected: str) -> None:
    response = answer("x", status=status)
    problem = status_fault(response)
    assert problem is not None
    assert (problem.kind, problem.cause) == (expected, f"the server answers {status}")
    assert problem.hint
    assert page_fault(response, seen(response)) == problem


def test_a_success_is_no_fault() -> None:
    assert status_fault(answer("x", status=203)) is None


@pytest.mark.parametrize(("status", "expected"), [(403, "challenge"), (503, "challenge"), (404, "gone")])
def test_a_challenge_that_comes_with_a_refusal_is_called_so(status: int, expected: str) -> None:
    assert kind(titled("Just a moment..."), status=status) == expected


def test_a_header_tells_of_a_challenge() -> None:
    assert kind(titled("Day book", LONG), cf_mitigated="challenge") == "challenge"


@pytest.mark.parametrize(
    ("final", "sites", "expected"),
    [
        ("https://a.example/", ("a.example",), None),
        ("http://www.a.example/x", ("a.example",), None),
        ("https://b.example/", ("a.example", "b.example"), None),
        ("https://b.example/", ("a.example",), "moved"),
        ("https://blog.a.example/", ("a.example",), "moved"),
        ("https://b.example/", (), None),
    ],
)
def test_a_redirect_to_another_site(final: str, sites: tuple[str, ...], expected: str | None) -> None:
    assert kind(titled("Day book", LONG), Expected(sites, fits=True), final=final) == expected


def test_a_redirect_says_where_to_and_how_to_follow() -> None:
    response = answer("x", final="https://b.example/new/")
    problem = page_fault(response, seen(response), Expected(("a.example",)))
    assert problem is not None
    assert "https://b.example/new/" in problem.cause
    assert problem.hint.endswith(f"archiver crawl {URL} --moved-to https://b.example/new/")


@pytest.mark.parametrize(
    ("target", "leads", "expected"),
    [
        ("https://b.example/", "https://b.example/", "moved"),
        ("/blog/new/", "https://a.example/blog/new/", None),
        ("", "", None),
        (URL, "", None),
        ("javascript:alert(1)", "", None),
    ],
)
def test_a_refresh_leads_on_like_a_redirect(target: str, leads: str, expected: str | None) -> None:
    page = REFRESH.format(target)
    assert refresh_of(seen(answer(page))) == leads
    assert kind(page, Expected(("a.example",), fits=True)) == expected


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"%PDF-1.7 ...", "application/pdf", "not-a-page"),
        (b"%PDF-1.7 ...", "text/html", "not-a-page"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "not-a-page"),
        (b"PK\x03\x04", "", "not-a-page"),
        (bytes(range(32)) * 9, "text/html", "not-a-page"),
        (b'{"a": 1}', "application/json", "not-a-page"),
        (f"<p>{PROSE}".encode(), "text/html", None),
        (f"<p>{PROSE}".encode(), "", None),
        (f"<p>{PROSE}".encode(), "application/xhtml+xml", None),
        (f"<p>{PROSE}".encode("utf-16"), "text/html", None),
        (b"\x1b$B" + f"<p>{PROSE}".encode(), "text/html", None),
    ],
)
def test_what_is_not_a_web_page(body: bytes, content_type: str, expected: str | None) -> None:
    response = Response(URL, URL, 200, {"content-type": content_type}, body, NOW)
    problem = page_fault(response, read(body.decode("utf-8", "replace").replace("\0", ""), URL), Expected(fits=True))
    assert (problem.kind if problem else None) == expected


def test_a_page_nested_too_deeply_to_hold_anything() -> None:
    assert kind("<div>" * 5000 + "<p>word</p>") == "too-deep"


TITLE, EXCERPT = "The lower bridge", PROSE
POST = titled(f"{TITLE} - Day book", LONG, TITLE)


@pytest.mark.parametrize(
    ("page", "final", "expected"),
    [
        (POST, "", None),
        (titled("Day book", LONG, "Another title by now"), "", None),
        (titled("The  LOWER bridge!", "<p>Ever so short.</p>"), "", None),
        (POST, "https://b.example/moved/lower-bridge", None),
        (titled("Elsewhere", "<p>A portal of many things.</p>"), "https://b.example/", "moved"),
        (titled("Day book", LONG), "https://a.example/", "soft-404"),
        (titled("Page not found"), "", "soft-404"),
        (titled(f"{TITLE} - Day book", f"<p>This post is password protected.</p>{PASSWORD}", TITLE), "", "login"),
        (titled(f"{TITLE} - Day book", f"{LONG}{PASSWORD}", TITLE), "", None),
        (titled("Day book", "<p>Something quite different, of which nobody knows.</p>"), "", None),
        ("", "", "empty"),
    ],
)
def test_the_page_of_a_post(page: str, final: str, expected: str | None) -> None:
    response = answer(page, url="https://a.example/lower-bridge", final=final)
    home = "https://a.example/"
    problem = post_fault(response, seen(response), TITLE, excerpt=EXCERPT, sites=("a.example",), home=home)
    assert (problem.kind if problem else None) == expected


def test_a_post_whose_title_is_that_of_a_fault_is_a_post() -> None:
    response = answer(titled("404 - Day book", LONG, "404"))
    assert post_fault(response, seen(response), "404", excerpt=EXCERPT) is None


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [
        (TITLE, "", True),
        ("the LOWER   bridge…", "", True),
        ("ｔｈｅ ｌｏｗｅｒ ｂｒｉｄｇｅ", "", True),
        ("Part 3 of 9: The lower bridge, or how I learned to swim", "", True),
        ("", EXCERPT, True),
        ("Nowhere to be found", "", False),
        ("", "Nobody wrote this sentence here, and nobody will.", False),
        ("", "", False),
        ("It", "", False),
    ],
)
def test_what_a_page_shows_of_a_post(title: str, excerpt: str, expected: bool) -> None:
    assert shows_post(seen(answer(POST)), title, excerpt) is expected


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [(TITLE, "", True), ("", EXCERPT, True), ("雪", "", False), ("", "Hm.", False), ("", "", False)],
)
def test_what_a_page_can_be_held_against(title: str, excerpt: str, expected: bool) -> None:
    assert tells_apart(title, excerpt) is expected


def test_pages_that_read_the_same() -> None:
    one, other = titled("One", LONG, "x"), titled("Two", f"<div>{LONG}</div>", "x")
    assert same_text(seen(answer(one)), seen(answer(other)))
    assert not same_text(seen(answer(one)), seen(answer(titled("One", "<p>Hm</p>"))))


def record(url: str, title: str = "A title") -> RawRecord:
    return RawRecord(url, title)


KNOWN = ("https://a.example/2019/03/rain/", "https://a.example/2020/11/more-rain/")


@pytest.mark.parametrize(
    ("records", "before", "faulty"),
    [
        ([], Before(0, False), False),
        ([], Before(9, False, KNOWN), True),
        ([record("https://a.example/2021/01/new/")], Before(9, False, KNOWN), False),
        ([record("https://a.example/play/now")], Before(9, False, KNOWN), True),
        ([record("https://a.example/play/now")], Before(9, True, KNOWN), False),
        ([record("https://a.example/p/77", "Old: rain!")], Before(9, False, KNOWN, ["Old rain"]), False),
        ([record("https://a.example/play/now")], Before(0, False), False),
    ],
)
def test_a_listing_that_is_not_read_as_before(records: list[RawRecord], before: Before, faulty: bool) -> None:
    problem = layout_fault(URL, records, before)
    assert (problem is not None) is faulty
    if problem is not None:
        assert (problem.kind, problem.url) == ("layout-changed", URL)
        assert "9 posts stood here" in problem.cause


@pytest.mark.parametrize(
    ("count", "before", "told"), [(10, 10, False), (5, 10, False), (4, 10, True), (0, 3, False), (1, 4, True)]
)
def test_far_fewer_posts_than_before_are_told(count: int, before: int, told: bool) -> None:
    problem = fewer(URL, count, before)
    assert (problem is not None) is told
    assert problem is None or f"{count} posts recognised where {before} stood" in problem.cause


TABLES = [
    tables.NOT_FOUND, tables.CHALLENGE, tables.CHECKING, tables.PARKED, tables.LOGIN, tables.NEEDS_SCRIPTS,
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(TABLES)))
def test_the_words_are_written_once_and_say_something(number: int) -> None:
    for language, row in TABLES[number].items():
        listed = [phrase.strip() for phrase in row.split("|")]
        assert len(set(listed)) == len(listed), language
    assert all(phrases(TABLES[number]))
    assert {"en", "zh", "de", "fr", "es", "ru"} <= TABLES[number].keys()


@pytest.mark.parametrize("row", [*tables.NOT_FOUND.items()], ids=lambda row: row[0])
def test_every_language_is_told_by_its_title(row: tuple[str, str]) -> None:
    for phrase in row[1].split("|"):
        assert kind(titled(f"{phrase.strip()} | Blog")) == "soft-404", phrase


@given(st.text(max_size=300))
def test_no_text_makes_a_test_fail(text: str) -> None:
    response = answer(titled(text, text))
    look = Look(response, seen(response), Expected())
    assert all(row.test(look) in (True, False) for row in ROWS)


@given(st.binary(max_size=300))
def test_no_bytes_make_a_page_a_fault_without_a_word(body: bytes) -> None:
    response = answer(body)
    problem = page_fault(response, seen(response))
    assert problem is None or (problem.cause and problem.hint and problem.url == URL)
