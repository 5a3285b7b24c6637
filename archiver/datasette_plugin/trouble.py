"""A page that says what is wrong, instead of a traceback, when an archive cannot be read."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import NotFound, Response

from archiver.datasette_plugin.archives import PAGE_POLICY, SAFE_HEADERS, static_path

READING = ("GET", "HEAD")
Handler = Callable[[Any, Any], Awaitable[Response]]


def polite(handler: Handler) -> Callable[..., Awaitable[Response]]:
    """Answer 404 where nothing is, 405 to what does not read, 503 where SQLite cannot read, 504 where it takes long."""

    @functools.wraps(handler)
    async def answer(datasette: Any, request: Any) -> Response:
        if request.method not in READING:
            refused = trouble(datasette, 405, "Read only", f"{request.method} is not understood here.")
            refused.headers["Allow"] = ", ".join(READING)
            return refused
        try:
            response = await handler(datasette, request)
        except NotFound as missing:
            response = trouble(datasette, 404, "Not here", str(missing))
        except QueryInterrupted:
            limit = "This took longer than Datasette's limit. A narrower search may do."
            response = trouble(datasette, 504, "Too long", limit)
        except sqlite3.Error as error:
            response = trouble(datasette, 503, "Not readable", f"The archive could not be read: {error}")
        if request.method == "HEAD":
            response.body = b""
        return response

    return answer


async def nothing(datasette: Any, request: Any) -> Response:
    """Answer for an address of the reading room that leads nowhere."""
    raise NotFound(f"There is no page {request.path}")


def trouble(datasette: Any, status: int, title: str, what: str) -> Response:
    """A short page that says what is wrong."""
    style = escape(static_path(datasette, "archive.css"))
    body = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{style}"></head>'
        f'<body class="room"><main><h1>{title}</h1><p>{escape(what)}</p>'
        f'<p><a href="{escape(str(datasette.urls.instance()))}">All databases here</a></p></main></body></html>'
    )
    headers = {**SAFE_HEADERS, "Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store"}
    return Response.html(body, status=status, headers=headers)
