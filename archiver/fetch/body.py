"""The body of an answer, read within limits that count what comes out of decompression."""

from __future__ import annotations

from collections.abc import Callable

import requests

from archiver.fetch.wire import TooSlow

CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "identity", ""})
MAX_CODINGS = 2
CHUNK = 65_536


class TooLarge(Exception):
    """A body over its limit."""


class UnknownCoding(Exception):
    """A Content-Encoding that was not asked for."""


def read_body(response: requests.Response, limit: int, *, cut: bool, is_over: Callable[[], bool]) -> bytes:
    """Read up to ``limit`` decoded bytes; more is cut off or, without ``cut``, TooLarge.

    Raises UnknownCoding, TooSlow once ``is_over()``, and what requests raises, for a truncated body too.
    """
    check_codings(response.headers.get("Content-Encoding", ""))
    length = response.headers.get("Content-Length", "")
    if not cut and length.isascii() and length.isdigit() and len(length) < 20 and int(length) > limit:
        raise TooLarge
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        if is_over():
            raise TooSlow
        body += chunk
        if len(body) > limit:
            if not cut:
                raise TooLarge
            return bytes(body[:limit])
    return bytes(body)


def check_codings(value: str) -> None:
    """Raise UnknownCoding for a Content-Encoding that would leave the body packed, or is packed too often."""
    codings = [coding.strip().lower() for coding in value.split(",")]
    if len(codings) > MAX_CODINGS or not CODINGS.issuperset(codings):
        raise UnknownCoding(value[:100])


def header_text(value: str) -> str:
    """A header's value as text: the bytes are UTF-8 if they can be, else Latin-1 (RFC 9110, 5.5)."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value
