"""A stored page as it came, in a frame where it can run nothing, ask nobody and go nowhere."""

from __future__ import annotations

import re
import sqlite3
import zlib
from typing import Any

from datasette.utils.asgi import NotFound, Response

from archiver.datasette_plugin.archives import SAFE_HEADERS, Room, enter
from archiver.datasette_plugin.post import PAGES
from archiver.datasette_plugin.sanitise import link

POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none';"
    " frame-ancestors 'self'"
)
TABLES = ("pages", "page_bodies", "page_posts")
BODY = """
SELECT g.headers, b.size, b.data FROM pages g JOIN page_bodies b ON b.sha256 = g.sha256 WHERE g.id = ?
"""
CHARSET = re.compile(r"charset=[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
LARGEST = 32 * 2**20


async def raw(datasette: Any, request: Any) -> Response:
    """Answer with the frame around a stored page (``?frame=ID``), or with the page itself (``?page=ID``).

    ``&source=1`` gives its source as plain text.
    """
    room = await enter(datasette, request, *TABLES)
    number = int(request.url_vars["id"])
    row = await room.row("SELECT id, title, url FROM posts WHERE id = ?", (number,))
    pages = await room.rows(PAGES, {"url": row["url"], "id": number}) if row else []
    body = request.args.get("page") or ""
    wanted = body or request.args.get("frame") or ""
    chosen = next((page for page in pages if not wanted or str(page["id"]) == wanted), None)
    if row is None or chosen is None:
        raise NotFound("No stored page of this post")
    if body:
        return await _body(room, chosen["id"], as_source=request.args.get("source") == "1")
    shown = {"post": row, "pages": pages, "chosen": chosen, "original": link(chosen["url"])}
    return await room.page("archive_raw.html", shown)


async def _body(room: Room, number: int, *, as_source: bool) -> Response:
    row = await room.row(BODY, (number,))
    if row is None:
        raise NotFound("The body of this page is not kept")
    found = CHARSET.search(row["headers"] or "")
    charset = f"; charset={found[1]}" if found else ""
    content_type = f"text/plain{charset or '; charset=utf-8'}" if as_source else f"text/html{charset}"
    headers = {**SAFE_HEADERS, "Content-Security-Policy": POLICY, "Cache-Control": "private, no-store"}
    try:
        return Response(unpack(row["data"]), headers=headers, content_type=content_type)
    except (zlib.error, TypeError) as error:
        raise sqlite3.DatabaseError(f"the stored page is damaged ({error})") from error


def unpack(data: bytes) -> bytes:
    """A stored body unpacked, at most 32 MiB of it; zlib.error if it ends too early."""
    unpacking = zlib.decompressobj()
    body = unpacking.decompress(data, LARGEST)
    if not unpacking.eof and len(body) < LARGEST:
        raise zlib.error("it breaks off")
    return body
