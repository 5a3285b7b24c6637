"""A real loopback web server (``site``) and a clock that stands still until told (``clock``)."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass(frozen=True)
class Answer:
    """One answer of the server.

    ``delay`` seconds before the status line; ``drip`` seconds between bytes of the body; ``drop`` cuts the connection
    before the status line (True) or after that many bytes of the body; ``chunked`` sends no Content-Length;
    ``etag`` and ``last_modified`` make a matching conditional request a 304.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"
    delay: float = 0
    drip: float = 0
    drop: bool | int = False
    gzip: bool = False
    chunked: bool = False
    etag: str = ""
    last_modified: str = ""

    @property
    def data(self) -> bytes:
        """The body as sent, compressed when asked for."""
        data = self.body.encode() if isinstance(self.body, str) else self.body
        return gzip.compress(data) if self.gzip else data

    def not_modified(self, asked: Mapping[str, str]) -> bool:
        """Whether the conditions of a request hold."""
        return bool(self.etag and asked.get("if-none-match") == self.etag) or bool(
            self.last_modified and asked.get("if-modified-since") == self.last_modified
        )


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it: ``target`` of the request line, ``path`` with query, lower-case headers.

    ``client`` is the port it came from.
    """

    method: str
    target: str
    path: str
    headers: Mapping[str, str]
    at: float
    client: int


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: clients under test hang up as they please."""


class Site:
    """Routes of a loopback server, and the log of what was asked of it."""

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self.routes: dict[str, list[Answer]] = {}
        self.fallback = Answer("not found", status=404)
        self.closing = threading.Event()
        self._served: dict[str, int] = {}
        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.requests]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: bytes | str = b"", **how: object) -> None:
        """Answer ``path`` (with its query, or without to match any query) so from now on; see ``Answer``."""
        self.sequence(path, Answer(body, **how))  # type: ignore[arg-type]

    def redirect(self, path: str, to: str, status: int = 302, **headers: str) -> None:
        """Answer ``path`` with a redirect to ``to`` (sent as given, so it may be relative or broken)."""
        self.sequence(path, Answer(status=status, headers={"Location": to, **headers}))

    def sequence(self, path: str, *answers: Answer) -> None:
        """Give these answers one after another; the last one stays."""
        with self._lock:
            self.routes[path] = list(answers)
            self._served[path] = 0

    def answer(self, path: str) -> Answer:
        """The next answer for a path."""
        with self._lock:
            key = path if path in self.routes else path.partition("?")[0]
            if key not in self.routes:
                return self.fallback
            number = self._served[key]
            self._served[key] = number + 1
            return self.routes[key][min(number, len(self.routes[key]) - 1)]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    """The request handler bound to a site."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = self.path
            if "://" in path:
                path = "/" + path.split("://", 1)[1].partition("/")[2]
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.requests.append(
                Asked(self.command, self.path, path, headers, time.monotonic(), self.client_address[1])
            )
            answer = site.answer(path)
            site.closing.wait(answer.delay) if answer.delay else None
            if answer.drop is True:
                self.close_connection = True
            elif answer.not_modified(headers):
                self.give(Answer(status=304, etag=answer.etag, last_modified=answer.last_modified))
            else:
                self.give(answer)

        def give(self, answer: Answer) -> None:
            data = b"" if answer.status == 304 else answer.data
            headers = {
                "Content-Type": answer.content_type,
                "Content-Encoding": "gzip" if answer.gzip else "",
                "ETag": answer.etag,
                "Last-Modified": answer.last_modified,
                "Transfer-Encoding": "chunked" if answer.chunked else "",
                "Content-Length": "" if answer.chunked or answer.status == 304 else str(len(data)),
                **answer.headers,
            }
            self.send_response(answer.status)
            for name, value in headers.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            try:
                self.give_body(answer, data)
            except OSError:
                self.close_connection = True

        def give_body(self, answer: Answer, data: bytes) -> None:
            cut = answer.drop if answer.drop is not False else len(data)
            step = 1 if answer.drip else 65536
            for start in range(0, min(cut, len(data)), step):
                piece = data[start : min(start + step, cut)]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if answer.chunked else piece)
                if answer.drip and site.closing.wait(answer.drip):
                    break
            if answer.drop is not False:
                self.close_connection = True
            elif answer.chunked:
                self.wfile.write(b"0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    return Handler


class Clock:
    """Time that passes only by ``sleep``: ``clock()`` reads it, ``sleeps`` lists the naps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.time += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    """A loopback server without routes: everything is 404 until ``site.put(path, body)``."""
    server = Site()
    yield server
    server.close()


@pytest.fixture
def clock() -> Clock:
    """A monotonic clock and sleep for politeness: ``Fetcher(sleep=clock.sleep, monotonic=clock)``."""
    return Clock()
