"""A page that says what is wrong, instead of a traceback, when an archive cannot be read."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from archiver.datasette_plugin.archives import PAGE_POLICY, SAFE_HEADERS

Handler = Callable[[Any, Any], Awaitable[Response]]


def polite(handler: Handler) -> Callable[..., Awaitable[Response]]:
    """Answer 503 where SQLite cannot read the archive, 504 where it takes longer than Datasette allows."""

    @functools.wraps(handler)
    async def answer(datasette: Any, request: Any) -> Response:
        try:
            response = await handler(datasette, request)
        except QueryInterrupted:
            return trouble(504, "This took longer than Datasette's limit. A narrower search may do.")
        except sqlite3.Error as error:
            return trouble(503, f"The archive could not be read: {error}")
        if request.method == "HEAD":
            response.body = b""
        return response

    return answer


def trouble(status: int, what: str) -> Response:
    """A short page that says what is wrong."""
    body = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Not readable</title></head>'
        f"<body><main><h1>Not readable</h1><p>{escape(what)}</p></main></body></html>"
    )
    headers = {**SAFE_HEADERS, "Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store"}
    return Response.html(body, status=status, headers=headers)
