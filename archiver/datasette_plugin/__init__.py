"""The reading room: a Datasette plugin that acts on archives alone and can never keep Datasette from starting.

Only hooks stand here; each hands over at once. A database is an archive when its file's header says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import datasette as _datasette
from jinja2 import Environment
from markupsafe import Markup

from archiver.datasette_plugin import archives, browse, find, images, post, raw, tables
from archiver.datasette_plugin.trouble import nothing, polite

Hook = TypeVar("Hook", bound=Callable[..., Any])
DATABASE = r"^/-/archive/(?P<database>[^/]+)"


def hook(**options: bool) -> Callable[[Hook], Hook]:
    """Mark a function as a Datasette hook."""
    marked: Callable[[Hook], Hook] = _datasette.hookimpl(**options)
    return marked


@hook()
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The pages of the reading room."""
    return [
        (r"^/-/archive-static/(?P<name>.+)$", polite(archives.static)),
        (DATABASE + r"/?$", polite(browse.home)),
        (DATABASE + r"/post/(?P<id>[0-9]{1,18})$", polite(post.post)),
        (DATABASE + r"/post/(?P<id>[0-9]{1,18})/raw$", polite(raw.raw)),
        (DATABASE + r"/image/(?P<sha256>[0-9a-f]{64})$", polite(images.image)),
        (DATABASE + r"/search$", polite(find.search)),
        (DATABASE + r"/timeline$", polite(browse.timeline)),
        (DATABASE + r"/tags$", polite(browse.tags)),
        (DATABASE + r"/random$", polite(browse.random)),
        (DATABASE + r"/feed$", polite(browse.feed)),
        (r"^/-/archive/.*$", polite(nothing)),
    ]


@hook(trylast=True)
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Let the search box of an archive understand Chinese; last, so that ours is the ``escape_fts`` that stays."""
    if archives.is_archive(datasette, database):
        find.register(conn)


@hook()
def prepare_jinja2_environment(env: Environment, datasette: Any) -> None:
    """Give the row and table pages of posts templates of ours."""
    tables.prepare(env, datasette)


@hook()
def render_cell(row: Any, value: object, column: str, table: str, database: str, datasette: Any) -> Markup | None:
    """Show titles as links, hits as marks, hashes of pictures as pictures."""
    return tables.cell(row, value, column, table, database, datasette)


@hook()
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> None:
    """Remember what was searched for, so that cells can mark it."""
    tables.ask(request, table if archives.is_archive(datasette, database) else "")


@hook()
def extra_template_vars(database: str | None, table: str | None, request: Any, datasette: Any) -> dict[str, Any]:
    """Give the row page of a post its reading view."""
    if table != "posts" or request is None or not archives.is_archive(datasette, database):
        return {}

    room = archives.Room(datasette, request, str(database))

    async def reading_view(number: str) -> post.Page | None:
        if not number.isdigit() or not await room.sees(*post.TABLES):
            return None
        return await post.load(room, int(number))

    return {"archive_reading_view": reading_view, "room": room}


@hook()
def extra_css_urls(database: str | None, table: str | None, datasette: Any) -> list[str]:
    """Our style sheet on the pages of posts."""
    wanted = table == "posts" and archives.is_archive(datasette, database)
    return [archives.static_path(datasette, "archive.css")] if wanted else []


@hook()
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """A way into each archive's reading room from Datasette's menu."""
    return [
        {"href": archives.path_of(datasette, name), "label": f"Read {name}"} for name in archives.archives(datasette)
    ]


@hook()
def table_actions(datasette: Any, database: str, table: str) -> list[dict[str, str]]:
    """A way into the reading room from the table of posts."""
    if table != "posts" or not archives.is_archive(datasette, database):
        return []
    return [{"href": archives.path_of(datasette, database, "search"), "label": "Search with snippets and filters"}]


@hook(optionalhook=True)
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Columns, facets, sorting and hidden tables without a config file (Datasette 0.65)."""
    return tables.metadata(datasette)


@hook()
def startup(datasette: Any) -> Callable[[], Awaitable[None]] | None:
    """The same for Datasette 1.0, which has no ``get_metadata``: into its configuration, below the user's own."""
    config = getattr(datasette, "config", None)
    if not isinstance(config, dict):
        return None

    async def settle() -> None:
        await tables.configure(datasette)

    return settle
