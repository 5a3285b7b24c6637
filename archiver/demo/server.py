"""The sample blog's server: loopback only, a free port, gone when the block ends."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from archiver.demo.content import posts
from archiver.demo.pages import PER_PAGE, STYLE, archive_list, article, feed, frame, listing, page_path
from archiver.demo.pictures import PICTURES, draw

HTML = "text/html; charset=utf-8"
ROBOTS = b"User-agent: *\nDisallow: /search/\n"
Page = tuple[str, Callable[[], bytes]]


def routes(base: str) -> Mapping[str, Page]:
    """Every path of the blog with its media type and the function that writes its body."""
    everything = posts()
    slices = [everything[start : start + PER_PAGE] for start in range(0, len(everything), PER_PAGE)]
    pages: dict[str, Page] = {
        "/robots.txt": ("text/plain", lambda: ROBOTS),
        "/style.css": ("text/css", STYLE.encode),
        "/feed": ("application/rss+xml; charset=utf-8", partial(feed, everything, base)),
        "/content.html": (HTML, partial(archive_list, everything)),
    }
    for number, shown in enumerate(slices, 1):
        pages[page_path(number)] = (HTML, partial(listing, everything, shown, number, len(slices)))
    for post in everything:
        pages[post.path] = (HTML, partial(article, everything, post))
        for tag in post.tags:
            tagged = tuple(other for other in everything if tag in other.tags)
            pages[f"/tag/{tag}/"] = (HTML, partial(listing, everything, tagged))
    for name in PICTURES:
        pages[f"/pic/{name}.png"] = ("image/png", partial(draw, name))
    return pages


class Handler(BaseHTTPRequestHandler):
    """Answers GET from the blog's routes, with an ETag and 304 for those who have the page already."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Answer one request."""
        path = unquote(urlsplit(self.path).path)
        media_type, write = self.server.routes.get(path) or self.server.routes.get(path.rstrip("/")) or (HTML, None)
        if write is None:
            self.answer(HTTPStatus.NOT_FOUND, HTML, frame("404", "<p>没有这一页</p>", posts()))
            return
        body = write()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self.answer(HTTPStatus.NOT_MODIFIED, media_type, b"", tag)
        else:
            self.answer(HTTPStatus.OK, media_type, body, tag)

    def answer(self, status: HTTPStatus, media_type: str, body: bytes, tag: str = "") -> None:
        """Send a whole response."""
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: only the command line prints."""


class Server(ThreadingHTTPServer):
    """A loopback server that knows the blog's pages."""

    daemon_threads = True
    routes: Mapping[str, Page]


@contextmanager
def serve() -> Iterator[str]:
    """Serve the sample blog on a free port of 127.0.0.1 while the block runs; yields ``http://127.0.0.1:PORT``."""
    with Server(("127.0.0.1", 0), Handler) as server:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        server.routes = routes(base)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()
