"""Which of Datasette's files are archives of ours, who may read them, and how a page of ours is answered."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import NotFound, Response

from archiver.schema import APPLICATION_ID

MAGIC = b"SQLite format 3\0"
STATIC = {"archive.css": "text/css; charset=utf-8", "latinmodern-math.woff2": "font/woff2"}
PAGE_POLICY = (
    "default-src 'none'; img-src 'self'; font-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'none';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_archive(datasette: Any, name: str | None) -> bool:
    """Whether the database of that name is a file with our ``application_id`` in its header."""
    database = datasette.databases.get(name) if name else None
    path = getattr(database, "path", None)
    return has_our_header(Path(path)) if path else False


def has_our_header(path: Path) -> bool:
    """Whether a file begins as an SQLite file with our ``application_id`` (bytes 68 to 71)."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(MAGIC) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def archives(datasette: Any) -> list[str]:
    """The names of all databases that are archives."""
    return [name for name in datasette.databases if is_archive(datasette, name)]


async def allowed(datasette: Any, actor: object, database: str, table: str) -> bool:
    """Whether the actor may see the table, by Datasette's own rules (0.65, or 1.0's ``allowed``)."""
    if hasattr(datasette, "allowed"):
        from datasette.resources import TableResource

        resource = TableResource(database=database, table=table)
        return bool(await datasette.allowed(action="view-table", resource=resource, actor=actor))
    needed = [("view-table", (database, table)), ("view-database", database), "view-instance"]
    visible, _ = await datasette.check_visibility(actor, permissions=needed)
    return bool(visible)


@dataclass(frozen=True, slots=True)
class Room:
    """One archive in one request: rows by SQL, addresses of its pages, answers with safe headers."""

    datasette: Any
    request: Any
    name: str

    async def rows(self, sql: str, parameters: Mapping[str, object] | Iterable[object] = ()) -> list[dict[str, Any]]:
        """Run a query on Datasette's own connection."""
        given = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
        results = await self.datasette.databases[self.name].execute(sql, given)
        return [dict(row) for row in results.rows]

    async def row(self, sql: str, parameters: Iterable[object] = ()) -> dict[str, Any] | None:
        """The first row of a query, or None."""
        found = await self.rows(sql, parameters)
        return found[0] if found else None

    async def sees(self, *tables: str) -> bool:
        """Whether the reader may see all these tables."""
        actor = self.request.actor if self.request else None
        return all([await allowed(self.datasette, actor, self.name, table) for table in tables])

    def path(self, page: str = "") -> str:
        """The address of one of this archive's pages."""
        return path_of(self.datasette, self.name, page)

    def picture(self, sha256: str | None) -> str:
        """The address of a picture's bytes, empty if they are not held."""
        return self.path(f"image/{sha256}") if sha256 else ""

    async def page(self, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """Render a template of ours under a policy that runs nothing and asks nobody outside."""
        shared = {"room": self, "static": functools.partial(static_path, self.datasette), "database": self.name}
        body = await self.datasette.render_template(template, {**shared, **context}, self.request)
        headers = {**SAFE_HEADERS, "Content-Security-Policy": PAGE_POLICY, "Cache-Control": "private, no-cache"}
        return Response.html(body, status=status, headers=headers)


def path_of(datasette: Any, database: str, page: str = "") -> str:
    """The address of a page of an archive's reading room."""
    return str(datasette.urls.path(f"/-/archive/{tilde_encode(database)}/{page}"))


async def enter(datasette: Any, request: Any, *tables: str) -> Room:
    """The archive a request names; NotFound if it is none of ours or the reader may not see those tables."""
    route = request.url_vars["database"]
    for name in archives(datasette):
        if datasette.databases[name].route in (route, tilde_decode(route)):
            room = Room(datasette, request, name)
            if await room.sees("posts", "blogs", *tables):
                return room
    raise NotFound("There is no such archive here")


@functools.cache
def static_file(name: str) -> tuple[bytes, str]:
    """The bytes of a style sheet or font of ours and a short hash of them."""
    data = (files("archiver.datasette_plugin") / "static" / name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:12]


def static_path(datasette: Any, name: str) -> str:
    """The address of a style sheet or font, which changes when its bytes do."""
    return str(datasette.urls.path(f"/-/archive-static/{name}?{static_file(name)[1]}"))


async def static(datasette: Any, request: Any) -> Response:
    """Answer with a style sheet or font, for keeps."""
    name = request.url_vars["name"]
    if name not in STATIC:
        raise NotFound("No such file")
    data, _ = static_file(name)
    headers = {**SAFE_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(data, headers=headers, content_type=STATIC[name])
