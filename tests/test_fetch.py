from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import brotli
import pytest
import requests
from conftest import Answer, Clock, Site
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import FetchError, RobotsForbidden, UsageError
from archiver.fetch import USER_AGENT, Fetcher, load_cookies
from archiver.fetch.body import check_codings, header_text
from archiver.fetch.causes import ROWS, explain, understand
from archiver.fetch.guard import AddressRefused, Guard, is_public
from archiver.fetch.pace import MAX_RETRY_AFTER, Pace, retry_after
from archiver.fetch.proxy import proxy_address
from archiver.models import Kind, Problem

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NO_ROBOTS = (b"HTTP/1.1 404 no\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",)
MakeFetcher = Callable[..., Fetcher]


@pytest.fixture
def other() -> Iterator[Site]:
    """A second server: another origin on the same machine."""
    server = Site()
    yield server
    server.close()


@pytest.fixture
def fetcher(site: Site, clock: Clock) -> Iterator[MakeFetcher]:
    """Makes fetchers that trust ``site``, with the clock given; closed at the end."""
    made: list[Fetcher] = []

    def make(**options: object) -> Fetcher:
        seams = {"sleep": clock.sleep, "monotonic": clock, "now": lambda: NOON, "jitter": lambda: 1.0}
        made.append(Fetcher(**{**seams, **options}))  # type: ignore[arg-type]
        made[-1].allow(site.url())
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def raw() -> Iterator[Callable[..., str]]:
    """Servers that answer with bytes of one's own: ``raw(pieces, pause)`` gives the address of one."""
    over = threading.Event()
    threads: list[tuple[threading.Thread, socket.socket]] = []

    def serve(listener: socket.socket, pieces: tuple[bytes, ...], pause: float) -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                asked = connection.recv(65536)
                answer = NO_ROBOTS if b"robots.txt" in asked else pieces
                try:
                    for piece in answer:
                        connection.sendall(piece)
                        over.wait(pause)
                except OSError:
                    continue

    def start(*pieces: bytes, pause: float = 0) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(0.05)
        thread = threading.Thread(target=serve, args=(listener, pieces, pause), daemon=True)
        thread.start()
        threads.append((thread, listener))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/page"

    yield start
    over.set()
    for thread, listener in threads:
        thread.join()
        listener.close()


def failure(fetcher: Fetcher, url: str, **how: object) -> FetchError:
    """The error that fetching raises; it names a cause in plain words."""
    with pytest.raises(FetchError) as caught:
        fetcher.get(url, **how)  # type: ignore[arg-type]
    assert caught.value.cause
    assert not any(word in str(caught.value) for word in ("Traceback", "object at", "HTTPConnection", "Errno"))
    return caught.value


def outcome(fetcher: Fetcher, url: str) -> str:
    """The status of the answer, or the kind of the error."""
    try:
        return str(fetcher.get(url).status)
    except FetchError as error:
        return error.kind


# What comes back


def test_a_page_comes_back_whole(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a?b=c", "héllo", headers={"X-Thing": "1", "Set-Cookie": "secret=1"})
    response = fetcher().get(site.url("/a?b=c#part"))
    assert (response.url, response.final_url) == (site.url("/a?b=c#part"), site.url("/a?b=c"))
    assert (response.status, response.ok, response.body) == (200, True, "héllo".encode())
    assert response.content_type == "text/html"
    assert response.headers["x-thing"] == "1"
    assert "set-cookie" not in response.headers
    assert response.fetched_at == NOON


def test_we_say_who_we_are(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a", "")
    fetcher().get(site.url("/a"))
    fetcher(user_agent="mine/1").get(site.url("/a"))
    assert [asked.headers["user-agent"] for asked in site.requests] == [USER_AGENT, USER_AGENT, "mine/1", "mine/1"]
    assert "pypi.org/project/blog-archiver" in USER_AGENT


@pytest.mark.parametrize("agent", ["", "  ", "a\r\nX-Evil: 1", "中文"])
def test_a_user_agent_that_cannot_be_is_a_usage_error(agent: str) -> None:
    with pytest.raises(UsageError):
        Fetcher(user_agent=agent)


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 451, 501])
def test_a_status_is_an_answer(site: Site, clock: Clock, fetcher: MakeFetcher, status: int) -> None:
    site.put("/a", "" if status == 204 else "sorry", status=status)
    response = fetcher(delay=0).get(site.url("/a"))
    assert (response.status, response.ok) == (status, status == 204)
    assert clock.sleeps == []


PACKED = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", lambda data: zlib.compress(data)[2:-4]),
    ("br", brotli.compress),
    ("identity", bytes),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
]


@pytest.mark.parametrize(("coding", "pack"), PACKED)
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_are_unpacked(
    site: Site, fetcher: MakeFetcher, coding: str, pack: Callable[[bytes], bytes], chunked: bool
) -> None:
    data = b"0123456789" * 20_000
    site.put("/a", pack(data), headers={"Content-Encoding": coding}, chunked=chunked)
    assert fetcher().get(site.url("/a")).body == data


@pytest.mark.parametrize("coding", ["zstd", "compress", "gzip, gzip, gzip", "nonsense", "gzip\u0130"])
def test_a_compression_that_was_not_asked_for_is_refused(site: Site, fetcher: MakeFetcher, coding: str) -> None:
    site.put("/a", b"x", headers={"Content-Encoding": coding.encode("latin-1", "replace").decode("latin-1")})
    assert failure(fetcher(), site.url("/a")).kind == "broken"


def test_conditional_requests(site: Site, fetcher: MakeFetcher) -> None:
    monday = "Mon, 02 Mar 2026 10:00:00 GMT"
    site.put("/a", "old", etag='W/"1"', last_modified=monday)
    get = fetcher().get
    assert get(site.url("/a")).headers["etag"] == 'W/"1"'
    assert get(site.url("/a"), etag='W/"1"').status == 304
    assert get(site.url("/a"), last_modified=monday).status == 304
    assert get(site.url("/a"), etag='"2"').body == b"old"
    assert "if-none-match" not in site.requests[1].headers
    assert get(site.url("/a"), etag='"evil\r\nX: y"').status == 200


def test_a_304_that_nobody_asked_for_is_an_error(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a", status=304)
    assert failure(fetcher(), site.url("/a")).kind == "protocol"


def test_validators_stay_at_their_origin(site: Site, other: Site, fetcher: MakeFetcher) -> None:
    site.redirect("/a", other.url("/b"))
    other.put("/b", "new", etag='"1"')
    assert fetcher(allow_private=True).get(site.url("/a"), etag='"1"').body == b"new"


# Redirects


def test_redirects_are_followed_and_told(site: Site, fetcher: MakeFetcher) -> None:
    for number, status in enumerate((301, 302, 303, 307, 308)):
        site.redirect(f"/{number}", f"{number + 1}?x#y", status=status)
    site.put("/5", "here")
    response = fetcher().get(site.url("/0"))
    assert response.body == b"here"
    assert response.final_url == site.url("/5?x")
    assert site.paths[1:] == ["/0", *(f"/{number}?x" for number in range(1, 6))]


REDIRECTS = [
    ("/loop", "circle"),
    ("/a", "circle"),
    ("/0", "more than 10 times"),
    ("/file", "no web address"),
    ("/broken", "no web address"),
]


@pytest.mark.parametrize(("path", "words"), REDIRECTS)
def test_redirects_that_lead_nowhere(site: Site, fetcher: MakeFetcher, path: str, words: str) -> None:
    site.redirect("/loop", "/loop")
    site.redirect("/a", "/b")
    site.redirect("/b", "/a#x")
    for number in range(20):
        site.redirect(f"/{number}", f"/{number + 1}")
    site.redirect("/file", "file:///etc/passwd")
    site.redirect("/broken", "http://[")
    error = failure(fetcher(), site.url(path))
    assert error.kind == "redirect"
    assert words in error.cause


def test_a_redirect_without_a_target_is_an_answer(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a", "choose", status=300)
    site.put("/b", "lost", status=302)
    assert fetcher().get(site.url("/a")).status == 300
    assert fetcher().get(site.url("/b")).status == 302


def test_a_location_in_utf8_is_understood(site: Site, fetcher: MakeFetcher) -> None:
    site.redirect("/a", "/图书馆".encode().decode("latin-1"))
    site.put("/%E5%9B%BE%E4%B9%A6%E9%A6%86", "books")
    assert fetcher().get(site.url("/a")).body == b"books"


@given(st.text())
def test_any_header_becomes_text(value: str) -> None:
    assert header_text(value.encode().decode("latin-1")) == value


# Limits


def test_bodies_over_the_limit_are_refused(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/long", b"x" * 2000)
    site.put("/chunked", b"x" * 2000, chunked=True)
    site.put("/bomb", b"\0" * 50_000_000, gzip=True)
    site.put("/fits", b"x" * 1000)
    get = fetcher(max_page=1000, max_image=3000)
    for path in ("/long", "/chunked", "/bomb"):
        assert failure(get, site.url(path)).kind == "too-large"
    assert len(get.get(site.url("/fits")).body) == 1000
    assert len(get.get(site.url("/long"), kind=Kind.IMAGE).body) == 2000
    assert failure(get, site.url("/bomb"), kind=Kind.IMAGE).kind == "too-large"


def test_the_body_of_a_redirect_is_limited_too(site: Site, fetcher: MakeFetcher) -> None:
    bomb = {"status": 302, "headers": {"Location": "/b"}, "gzip": True}
    site.put("/a", b"\0" * 50_000_000, **bomb)
    site.put("/b", "here")
    tracemalloc.start()
    body = fetcher().get(site.url("/a")).body
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert body == b"here"
    assert peak < 15_000_000


def test_long_error_pages_are_cut_and_stay_answers(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a", b"x" * 3_000_000, status=404)
    assert len(fetcher().get(site.url("/a")).body) == 2**20


@pytest.mark.parametrize("slow", [{"delay": 0.6}, {"drip": 0.02}], ids=str)
@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
def test_what_takes_long_is_told_while_it_is_waited_for(
    site: Site, fetcher: MakeFetcher, path: str, slow: dict[str, float]
) -> None:
    notices: list[Problem] = []
    for each in ("/a", "/robots.txt"):
        site.put(each, "# a body of thirty-odd letters\n", **(slow if each == path else {}))
    get = fetcher(long=0.3, tell=notices.append)
    assert get.get(site.url("/a")).ok
    assert get.get(site.url("/a")).ok
    assert notices[0] == Problem("waiting", site.url(path), "no whole answer after 0.3 s, waiting on (attempt 1 of 4)")
    assert len(notices) == (1 if path == "/robots.txt" else 2)


def test_a_long_pause_is_told(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    notices: list[Problem] = []
    busy = Answer(status=503, headers={"Retry-After": "90"})
    site.sequence("/a", busy, Answer("here"))
    assert fetcher(tell=notices.append).get(site.url("/a")).ok
    assert notices == [Problem("waiting", site.url("/a"), "asked for again in 90 s")]


def test_a_delay_that_robots_asks_for_is_told_where_it_is_long(site: Site, fetcher: MakeFetcher) -> None:
    notices: list[Problem] = []
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 20")
    fetcher(tell=notices.append).robots(site.url())
    assert [notice.cause for notice in notices] == ["robots.txt asks for 20 s between requests; they are kept"]
    fetcher(tell=notices.append, delay=30).robots(site.url())
    assert len(notices) == 1


def test_what_breaks_off_is_never_a_page(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.put("/length", b"x" * 1000, drop=500)
    site.put("/chunked", b"x" * 1000, drop=500, chunked=True)
    site.put("/nothing", drop=True)
    site.put("/garbage", b"this is no gzip", headers={"Content-Encoding": "gzip"})
    kinds = [failure(fetcher(retries=0), site.url(p)).kind for p in ("/length", "/chunked", "/nothing", "/garbage")]
    assert kinds == ["truncated", "truncated", "hung-up", "broken"]
    found = failure(fetcher(), site.url("/garbage"))
    assert str(found) == f"could not be fetched: {site.url('/garbage')}: the answer is not packed in the way it says"


SLOW = [
    (b"HTTP/1.1 200 OK\r\n", *[b"X-Drip: 1\r\n"] * 90),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b"x"] * 1000),
    (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", *[b"x"] * 1000),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 1000),
]


@pytest.mark.parametrize("pieces", SLOW)
def test_dripping_answers_end_at_the_deadline(raw: Callable[..., str], pieces: tuple[bytes, ...]) -> None:
    with Fetcher(delay=0, deadline=0.4, timeout=5, allow_private=True) as fetcher:
        start = time.monotonic()
        error = failure(fetcher, raw(*pieces, pause=0.05))
    assert (error.kind, error.cause) == ("too-slow", "took longer than 0.4 s in all")
    assert time.monotonic() - start < 2


def test_a_dripping_tls_handshake_ends_at_the_deadline(raw: Callable[..., str]) -> None:
    url = raw(b"\x16\x03\x03\x40\x00", *[b"\x02"] * 1000, pause=0.05).replace("http:", "https:")
    with Fetcher(delay=0, deadline=0.4, timeout=5, allow_private=True) as fetcher:
        start = time.monotonic()
        error = failure(fetcher, url)
    assert error.kind == "too-slow"
    assert time.monotonic() - start < 2


def test_silence_ends_at_the_timeout(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a", "late", delay=5)
    error = failure(fetcher(timeout=0.2, retries=0), site.url("/a"))
    assert (error.kind, error.cause) == ("timeout", "timed out after 0.2 s")


NONSENSE = [
    (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol"),
    (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "protocol"),
    (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "protocol"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "truncated"),
    (b"", "hung-up"),
]


@pytest.mark.parametrize(("answer", "kind"), NONSENSE)
def test_what_is_not_http_is_told(raw: Callable[..., str], answer: bytes, kind: str) -> None:
    with Fetcher(delay=0, retries=0, timeout=5, allow_private=True) as fetcher:
        assert failure(fetcher, raw(answer)).kind == kind


# Failures in plain words


def test_a_closed_port_refuses(site: Site, fetcher: MakeFetcher, clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    get = fetcher()
    get.allow(f"http://127.0.0.1:{port}/a")
    error = failure(get, f"http://127.0.0.1:{port}/a")
    assert (error.kind, error.cause) == ("refused", "connection refused")
    assert error.url.endswith("/a")
    assert clock.sleeps == [1, 2, 4]


def test_unknown_hosts(fetcher: MakeFetcher) -> None:
    error = failure(fetcher(), "http://no-such-host.invalid/a")
    assert error.kind == "dns"
    assert error.cause in {"the host name is not known", "the name server does not answer"}


@pytest.mark.parametrize("url", ["", "/a", "ftp://blog.example/", "file:///etc/passwd", "javascript:1", "http://["])
def test_what_is_no_web_address(fetcher: MakeFetcher, url: str) -> None:
    assert failure(fetcher(), url).kind == "address"


def test_a_label_too_long_for_a_host_name(fetcher: MakeFetcher) -> None:
    assert failure(fetcher(), f"http://{'a' * 70}.example/").kind == "address"


def test_plain_http_where_tls_is_expected(site: Site, fetcher: MakeFetcher) -> None:
    error = failure(fetcher(allow_private=True), f"https://127.0.0.1:{site.port}/")
    assert error.kind == "tls"
    assert "http://" in error.hint


class Nothing(BaseHTTPRequestHandler):
    """Answers 404 to everything."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_that_nobody_signed(tmp_path: Path, fetcher: MakeFetcher) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    new = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    command = ("openssl", *new, "-keyout", str(key), "-out", str(cert), *subject)
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server = HTTPServer(("127.0.0.1", 0), Nothing)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        url = f"https://127.0.0.1:{server.server_address[1]}/"
        error = failure(fetcher(allow_private=True), url)
        session = requests.Session()
        session.verify = str(cert)
        assert fetcher(session=session, allow_private=True, delay=0).get(url).status == 404
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert error.kind == "tls"
    assert error.cause.startswith("certificate not valid: self-signed certificate")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ssl.SSLCertVerificationError("certificate has expired"), "tls"),
        (ssl.SSLEOFError(), "hung-up"),
        (socket.gaierror(socket.EAI_AGAIN, "again"), "no-dns"),
        (OSError(101, "Network is unreachable"), "unreachable"),
        (OSError(113, "No route to host"), "unreachable"),
        (OSError(24, "Too many open files"), "network"),
        (BrokenPipeError(), "hung-up"),
        (AddressRefused("x"), "private"),
        (requests.exceptions.ConnectionError(ConnectionRefusedError()), "refused"),
        (requests.exceptions.InvalidURL("x"), "address"),
        (requests.exceptions.RequestException("odd"), "network"),
    ],
)
def test_failures_have_a_row(error: BaseException, kind: str) -> None:
    assert understand(error)[0].kind == kind


def test_every_row_has_a_hint() -> None:
    assert all(row.kind and row.cause and row.hint for row in ROWS)


def test_causes_are_words_and_not_codes() -> None:
    wrong_version = ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)")
    wrong_version.reason = "WRONG_VERSION_NUMBER"
    for error, words in (
        (wrong_version, "no secure connection: wrong version number"),
        (OSError(113, "No route to host"), "no way to the host: No route to host"),
        (OSError(24, "Too many open files"), "Too many open files"),
        (TimeoutError(), "timed out after 30 s"),
    ):
        assert explain("http://blog.example/", *understand(error), timeout=30, deadline=120).cause == words


HOSTS = st.one_of(
    st.text(max_size=20), st.sampled_from(["blog.example", "*.example", "_x", "-", "a..b", "例え.jp", "[::2]"])
)


@given(st.sampled_from(["http", "https", "ftp"]), HOSTS, st.text(max_size=20), st.sampled_from(["", ":0", ":8080"]))
@settings(max_examples=100, deadline=None)
def test_any_address_ends_in_an_answer_or_a_fetch_error(scheme: str, host: str, path: str, port: str) -> None:
    with closing(Site()) as site, Fetcher(delay=0, retries=0, proxy=site.origin) as fetcher:
        assert outcome(fetcher, f"{scheme}://{host}{port}/{path}") in {"404", "address", "private", "proxy"}


# Retries


def test_a_busy_server_is_asked_again_more_and_more_slowly(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.sequence("/a", *[Answer("busy", status=status) for status in (503, 429, 500)], Answer("here"))
    assert fetcher(delay=0).get(site.url("/a")).body == b"here"
    assert clock.sleeps == [1, 2, 4]


def test_after_the_last_attempt_the_status_is_the_answer(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.put("/a", "busy", status=503)
    assert fetcher(delay=0, retries=2).get(site.url("/a")).status == 503
    assert site.paths == ["/robots.txt", "/a", "/a", "/a"]


def test_strangers_are_asked_again_once_and_guesses_never(
    site: Site, other: Site, clock: Clock, fetcher: MakeFetcher
) -> None:
    for server in (site, other):
        server.put("/a", "busy", status=503)
    get = fetcher(delay=0, allow_private=True)
    assert get.get(other.url("/a")).status == 503
    assert get.get(site.url("/a"), kind=Kind.PROBE).status == 503
    assert (other.paths.count("/a"), site.paths.count("/a")) == (2, 1)
    assert clock.sleeps == [1]


def test_a_broken_answer_is_asked_for_again(site: Site, fetcher: MakeFetcher) -> None:
    site.sequence("/a", Answer("hello", drop=True), Answer("hello", drop=2), Answer("hello"))
    assert fetcher().get(site.url("/a")).body == b"hello"


def test_jitter_cuts_up_to_half_of_the_pause() -> None:
    clock = Clock()
    shares = iter((0.0, 0.5, 1.0))
    pace = Pace(clock.sleep, clock, lambda: next(shares))
    assert [pace.backoff(3) for _ in range(3)] == [4, 6, 8]
    assert Pace(clock.sleep, clock, lambda: 1.0).backoff(50) == 60


RETRY_AFTER = [
    ("7", 7),
    (" 0 ", 0),
    ("-5", 0),
    ("", 0),
    ("soon", 0),
    ("9" * 50, MAX_RETRY_AFTER),
    ("1e3", 0),
    ("٣", 0),
    ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
    ("Sunday, 01-Mar-26 12:00:30 GMT", 30),
    ("Sun Mar  1 12:00:30 2026", 30),
    ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
    ("Sun, 01 Mar 2099 12:00:00 GMT", MAX_RETRY_AFTER),
    ("Sun, 99 Mar 2026 12:00:00 GMT", 0),
]


@pytest.mark.parametrize(("value", "seconds"), RETRY_AFTER)
def test_retry_after(value: str, seconds: float) -> None:
    assert retry_after(value, NOON) == seconds


@given(st.text())
def test_any_retry_after_is_survived(value: str) -> None:
    assert 0 <= retry_after(value, NOON) <= MAX_RETRY_AFTER


def test_retry_after_is_sat_out(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.sequence("/a", Answer(status=429, headers={"Retry-After": "90"}), Answer("here"))
    assert fetcher().get(site.url("/a")).body == b"here"
    assert clock.sleeps == [1, 90]


def test_a_long_retry_after_ends_the_attempt(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.put("/a", status=429, headers={"Retry-After": "1200"})
    error = failure(fetcher(delay=0), site.url("/a"))
    assert error.kind == "retry-later"
    assert error.cause == "the server asks to come back in 20 minutes (HTTP 429)"
    assert clock.sleeps == []


def test_a_host_that_keeps_failing_is_left_alone_for_a_while(
    site: Site, other: Site, clock: Clock, fetcher: MakeFetcher
) -> None:
    for server in (site, other):
        server.put("/a", drop=True)
        server.put("/b", "well again")
    get = fetcher(retries=0, delay=0, allow_private=True)
    other_kinds = [failure(get, other.url("/a")).kind for _ in range(4)]
    site_kinds = [failure(get, site.url("/a")).kind for _ in range(7)]
    assert other_kinds == ["hung-up"] * 3 + ["down"]
    assert site_kinds == ["hung-up"] * 6 + ["down"]
    assert failure(get, site.url("/b")).kind == "down"
    clock.time += 601
    assert get.get(site.url("/b")).body == b"well again"


# Politeness


def test_the_delay_stands_between_requests_and_not_before_the_first(
    site: Site, clock: Clock, fetcher: MakeFetcher
) -> None:
    site.redirect("/a", "/b")
    site.put("/b", "")
    get = fetcher(delay=2.5)
    get.robots(site.url("/a"))
    assert clock.sleeps == []
    get.get(site.url("/a"))
    assert clock.sleeps == [2.5, 2.5]
    clock.time += 1
    get.get(site.url("/b"))
    assert clock.sleeps == [2.5, 2.5, 1.5]
    clock.time += 100
    get.get(site.url("/b"))
    assert clock.sleeps == [2.5, 2.5, 1.5]


def test_hosts_do_not_wait_for_each_other(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.put("/a", "")
    get = fetcher(allow_private=True)
    get.robots(site.url("/a"))
    get.robots(site.url("/a", host="localhost"))
    assert clock.sleeps == []


def test_the_server_sees_the_delay(site: Site) -> None:
    site.put("/a", "")
    with Fetcher(delay=0.2, allow_private=True) as fetcher:
        for _ in range(5):
            fetcher.get(site.url("/a"))
    assert site.requests[-1].at - site.requests[0].at >= 0.6


def test_connections_are_kept(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a", "x" * 100)
    get = fetcher(delay=0)
    for _ in range(5):
        get.get(site.url("/a"))
    assert len({asked.client for asked in site.requests}) == 1


def test_a_closed_fetcher_leaves_no_thread_and_may_be_used_again(site: Site, fetcher: MakeFetcher) -> None:
    get = fetcher(delay=0)
    for _ in range(2):
        get.get(site.url("/a"))
        assert "archiver-watchdog" in {thread.name for thread in threading.enumerate()}
        get.close()
        assert "archiver-watchdog" not in {thread.name for thread in threading.enumerate()}


# robots.txt


def test_robots_is_asked_for_once_a_day(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", "User-agent: archiver\nDisallow: /private\nSitemap: /s.xml")
    site.put("/a", "")
    get = fetcher(delay=0)
    get.get(site.url("/a"))
    get.get(site.url("/a"))
    assert get.robots(site.url("/b")).sitemaps == ("/s.xml",)
    assert site.paths == ["/robots.txt", "/a", "/a"]
    clock.time += 25 * 3600
    get.get(site.url("/a"))
    assert site.paths[3:] == ["/robots.txt", "/a"]


def test_what_robots_forbids_is_never_asked_for(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private")
    site.redirect("/a", "/private")
    for path in ("/private", "/private/b", "/a"):
        with pytest.raises(RobotsForbidden) as caught:
            fetcher().get(site.url(path))
        assert caught.value.cause == f"a rule of {site.origin}/robots.txt"
        assert caught.value.kind == "robots"
    assert not any(path.startswith("/private") for path in site.paths)


def test_our_name_in_robots_is_that_of_the_user_agent(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", "User-agent: mine\nDisallow: /")
    site.put("/a", "")
    assert fetcher().get(site.url("/a")).ok
    with pytest.raises(RobotsForbidden):
        fetcher(user_agent="Mine/2.0 (me)").get(site.url("/a"))


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_file_allows_all(site: Site, fetcher: MakeFetcher, status: int) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    site.put("/a", "here")
    assert fetcher().get(site.url("/a")).body == b"here"


def test_a_robots_file_in_trouble_forbids_all(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", "oops", status=503)
    site.put("/a", "here")
    with pytest.raises(RobotsForbidden) as caught:
        fetcher().get(site.url("/a"))
    assert caught.value.cause == "robots.txt answers 503"
    assert "/a" not in site.paths


def test_a_robots_file_in_trouble_is_asked_for_again_later(site: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", "oops", status=503)
    site.put("/a", "here")
    get = fetcher(delay=0, retries=0)
    assert outcome(get, site.url("/a")) == "robots-down"
    site.put("/robots.txt", "User-agent: *\nDisallow: /b")
    assert outcome(get, site.url("/a")) == "robots-down"
    clock.time += 601
    assert outcome(get, site.url("/a")) == "200"
    site.put("/robots.txt", "oops", status=503)
    clock.time += 25 * 3600
    assert (outcome(get, site.url("/a")), outcome(get, site.url("/b"))) == ("200", "robots")
    assert site.paths.count("/robots.txt") == 3


def test_a_robots_file_that_cannot_be_read_forbids_all(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", "User-agent: *", drop=5)
    error = failure(fetcher(), site.url("/a"))
    assert error.cause == "robots.txt could not be read: the answer broke off before its end"
    assert "/a" not in site.paths


def test_redirects_of_robots(site: Site, fetcher: MakeFetcher) -> None:
    site.redirect("/robots.txt", "/r")
    site.put("/r", "User-agent: *\nDisallow: /a")
    assert not fetcher().robots(site.url()).allows(site.url("/a"))
    site.redirect("/r", "/robots.txt")
    assert fetcher().robots(site.url()).allows(site.url("/a"))


def test_a_huge_robots_file_counts_to_its_limit(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /a\n" + b"#\n" * 1_000_000)
    assert not fetcher().robots(site.url()).allows(site.url("/a"))


def test_crawl_delay_is_kept_up_to_a_minute(site: Site, other: Site, clock: Clock, fetcher: MakeFetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 5")
    other.put("/robots.txt", "User-agent: *\nCrawl-delay: 3600")
    notices: list[Problem] = []
    get = fetcher(allow_private=True, tell=notices.append)
    get.get(site.url("/a"))
    assert clock.sleeps == [5]
    assert notices == []
    clock.time += 100
    get.get(other.url("/a"))
    assert clock.sleeps == [5, 60]
    assert [(notice.kind, notice.url) for notice in notices] == [("crawl-delay", other.origin)]


# Where an address may lead


ADDRESSES = [
    ("93.184.215.14", True),
    ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
    ("::ffff:93.184.215.14", True),
    ("64:ff9b::5db8:d70e", True),
    ("127.0.0.1", False),
    ("127.8.9.1", False),
    ("0.0.0.0", False),
    ("10.1.2.3", False),
    ("100.64.0.1", False),
    ("169.254.169.254", False),
    ("172.16.0.1", False),
    ("172.31.255.255", False),
    ("172.32.0.1", True),
    ("192.168.1.1", False),
    ("192.0.0.8", False),
    ("198.18.0.1", False),
    ("203.0.113.5", False),
    ("224.0.0.1", False),
    ("255.255.255.255", False),
    ("::", False),
    ("::1", False),
    ("::ffff:127.0.0.1", False),
    ("::ffff:10.0.0.1", False),
    ("::127.0.0.1", False),
    ("64:ff9b::7f00:1", False),
    ("64:ff9b:1::1", False),
    ("2002:7f00:1::", False),
    ("2002:a00:1::", False),
    ("2001:0:53aa:64c:0:fbff:ffff:fffe", False),
    ("2001:db8::1", False),
    ("fe80::1", False),
    ("fe80::1%eth0", False),
    ("fc00::1", False),
    ("fd12::1", False),
    ("fec0::1", False),
    ("ff02::1", False),
    ("nonsense", False),
]


@pytest.mark.parametrize(("address", "public"), ADDRESSES)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


NAMES = [
    ("blog.example", 80, True),
    ("blog.example", 8080, True),
    ("blog.example", 25, False),
    ("localhost", 80, False),
    ("LOCALHOST.", 80, False),
    ("x.localhost", 80, False),
    ("printer.local", 80, False),
    ("nas.home.arpa", 80, False),
    ("metadata.internal", 80, False),
    ("intranet", 80, False),
    ("127.0.0.1", 80, False),
    ("[::1]", 80, False),
    ("93.184.215.14", 443, True),
    ("[2606:2800::1]", 443, True),
]


@pytest.mark.parametrize(("host", "port", "admitted"), NAMES)
def test_names_that_give_themselves_away(host: str, port: int, admitted: bool) -> None:
    guard = Guard()
    if admitted:
        guard.check_name(host, port)
    else:
        with pytest.raises(AddressRefused):
            guard.check_name(host, port)
    Guard(open=True).check_name(host, port)


def test_what_the_user_named_is_admitted_at_its_port() -> None:
    guard = Guard()
    guard.allow("http://blog.internal/a")
    guard.allow("http://[::1]:8000/")
    assert guard.admits("Blog.Internal.", 80)
    assert guard.admits("blog.internal", 443)
    assert guard.admits("::1", 8000)
    assert not guard.admits("blog.internal", 8000)
    assert not guard.admits("::1", 80)
    assert guard.choose("blog.internal", 80, ["10.0.0.1"]) == ["10.0.0.1"]


def test_a_name_that_leads_to_both_is_asked_at_its_public_address() -> None:
    assert Guard().choose("blog.example", 80, ["10.0.0.1", "93.184.215.14"]) == ["93.184.215.14"]
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        Guard().choose("blog.example", 80, ["10.0.0.1", "::1"])


DISGUISES = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://127.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://１２７.０.０.１:{port}/",
    "http://0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "//user@127.0.0.1:{port}/",
]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_redirect_leads_into_the_private_network(
    site: Site, other: Site, fetcher: MakeFetcher, disguise: str
) -> None:
    site.redirect("/a", disguise.format(port=other.port).encode().decode("latin-1"))
    error = failure(fetcher(), site.url("/a"))
    assert error.kind == "private"
    assert failure(fetcher(), f"http:{disguise.format(port=other.port).removeprefix('http:')}").kind == "private"
    assert other.requests == []


def test_a_public_name_for_a_private_address_is_not_connected_to(
    other: Site, fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **how: resolve("127.0.0.1", *rest, **how))
    error = failure(fetcher(), f"http://rebinding.example:{other.port}/")
    assert error.kind == "private"
    assert "rebinding.example leads to 127.0.0.1" in error.cause
    assert other.requests == []


def test_a_private_host_that_the_user_named_is_reached_by_name(site: Site, fetcher: MakeFetcher) -> None:
    site.put("/a", "here")
    url = site.url("/a", host="localhost")
    get = fetcher(delay=0)
    assert failure(get, url).kind == "private"
    get.allow(url)
    assert get.get(url).body == b"here"
    assert site.requests[-1].headers["host"] == f"localhost:{site.port}"


# Proxies


def test_a_proxy_resolves_names_and_we_do_not(
    site: Site, fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, resolved = socket.getaddrinfo, []

    def noted(host: str, *rest: object, **how: object) -> object:
        resolved.append(host)
        return resolve(host, *rest, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    site.put("/a", "through the proxy")
    with Fetcher(delay=0, proxy=f"127.0.0.1:{site.port}") as get:
        assert get.get("http://blog.example/a").body == b"through the proxy"
        for url in ("http://10.0.0.1/", "http://localhost/", "http://[::1]/"):
            assert failure(get, url).kind == "private"
    assert [asked.target for asked in site.requests] == ["http://blog.example/robots.txt", "http://blog.example/a"]
    assert site.requests[-1].headers["host"] == "blog.example"
    assert set(resolved) == {"127.0.0.1"}


def test_a_proxy_that_does_not_help(site: Site, fetcher: MakeFetcher) -> None:
    get = fetcher(proxy=site.origin)
    error = failure(get, "https://blog.example/a")
    assert (error.kind, error.hint) == ("proxy", "check --proxy")


def test_the_environment_names_no_proxy(site: Site, fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    site.put("/a", "direct")
    assert fetcher().get(site.url("/a")).body == b"direct"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        (" https://proxy.example:1 ", "https://proxy.example:1"),
        ("http://joe:pw@proxy.example:3128", "http://joe:pw@proxy.example:3128"),
    ],
)
def test_proxy_address(text: str, address: str) -> None:
    assert proxy_address(text) == address


@pytest.mark.parametrize("text", ["", "ftp://x", "http://", "http://x:99999", "http://[::1", "http://x:0"])
def test_what_is_no_proxy(text: str) -> None:
    with pytest.raises(UsageError):
        proxy_address(text)


# Cookies

JAR = """# Netscape HTTP Cookie File
127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc
127.0.0.1\tFALSE\t/deep\tFALSE\t4102444800\tdeep\t1
127.0.0.1\tFALSE\t/\tFALSE\t1000\told\t1
#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t4102444800\thidden\t2
127.0.0.1\tFALSE\t/\tTRUE\t4102444800\tsecure\t3
"""


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    path = tmp_path / "cookies.txt"
    path.write_text(JAR)
    return path


def cookies_of(site: Site, path: str) -> set[str]:
    """The cookies that the last request for a path carried."""
    last = [asked for asked in site.requests if asked.path == path][-1]
    return {part for part in last.headers.get("cookie", "").split("; ") if part}


def test_cookies_go_where_they_belong(site: Site, other: Site, fetcher: MakeFetcher, jar: Path) -> None:
    site.put("/a", "")
    site.put("/deep/a", "")
    site.redirect("/away", other.url("/b"))
    get = fetcher(cookies=load_cookies(jar), allow_private=True)
    for path in ("/a", "/deep/a", "/away"):
        get.get(site.url(path))
    assert cookies_of(site, "/a") == {"session=abc", "hidden=2"}
    assert cookies_of(site, "/deep/a") == {"session=abc", "hidden=2", "deep=1"}
    assert cookies_of(other, "/b") == set()
    assert cookies_of(other, "/robots.txt") == set()


def test_a_site_may_set_a_cookie_and_ask_again(site: Site, fetcher: MakeFetcher) -> None:
    setting = Answer(status=302, headers={"Location": "/a", "Set-Cookie": "seen=1; Path=/"})
    site.sequence("/a", setting, Answer("welcome"))
    assert fetcher().get(site.url("/a")).body == b"welcome"
    assert cookies_of(site, "/a") == {"seen=1"}


def test_other_sites_set_no_cookies(site: Site, other: Site, fetcher: MakeFetcher) -> None:
    other.put("/a", "", headers={"Set-Cookie": "track=1; Path=/"})
    get = fetcher(allow_private=True)
    get.get(other.url("/a"))
    get.get(other.url("/a"))
    assert cookies_of(other, "/a") == set()


def test_credentials_in_an_address_or_a_session_are_not_sent(site: Site, fetcher: MakeFetcher) -> None:
    session = requests.Session()
    session.headers["X-Api-Key"] = "secret"
    session.auth = ("joe", "secret")
    site.put("/a", "")
    response = fetcher(session=session).get(site.url("/a", host="joe:secret@127.0.0.1"))
    assert "secret" not in response.final_url
    assert not {"authorization", "x-api-key"} & set(site.requests[-1].headers)


@pytest.mark.parametrize(
    "content", [b"not a cookie file", b"\xff\xfe", b"", b"# Netscape HTTP Cookie File\nbroken line\n"]
)
def test_what_is_no_cookie_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cookies.txt"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"cookies\.txt: not a cookies file"):
        load_cookies(path)


def test_a_cookie_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        load_cookies(tmp_path / "none.txt")
    with pytest.raises(UsageError, match="directory"):
        load_cookies(tmp_path)


@pytest.mark.parametrize("value", ["", "gzip", "GZIP", "br", "identity", "gzip, br"])
def test_codings_that_are_known(value: str) -> None:
    assert check_codings(value) is None
