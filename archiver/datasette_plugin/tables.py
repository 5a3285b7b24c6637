"""Datasette's own pages of an archive: which tables and columns they show, and how cells look."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from datasette.utils import to_css_class
from jinja2 import BaseLoader, ChoiceLoader, Environment, TemplateNotFound
from markupsafe import Markup

from archiver.datasette_plugin.archives import archives, is_archive, path_of
from archiver.datasette_plugin.find import ASKED, Wish, best_snippet, marked
from archiver.datasette_plugin.post import tags_of

SHOWN_COLUMNS = ("id", "title", "published", "blog_id", "tags", "excerpt")
HIDDEN = (
    "post_html",
    "image_data",
    "post_images",
    "post_tags",
    "page_bodies",
    "page_posts",
    "claims",
    "lease",
    "posts_fts_pending",
    "_sqlite_migrations",
)
DESCRIPTIONS = {
    "blogs": "Each blog of this archive, and the profile it was read with.",
    "posts": "Every post: what its listing showed, its text, and where its date comes from.",
    "images": "Every picture; its bytes are kept once, by their hash.",
    "tags": "Tags and categories as the blogs wrote them.",
    "crawls": "Each run, its outcome and its counts.",
    "problems": "What could not be had, and why.",
    "pages": "Every answer of a server that was used, as it came.",
    "revisions": "What a post said before it changed.",
}
TABLES: dict[str, dict[str, Any]] = {
    "posts": {"sort_desc": "published", "facets": ["blog_id", "year"], "label_column": "title", "size": 50},
    "images": {"facets": ["state", "media_type"], "label_column": "name"},
    "blogs": {"label_column": "title"},
    "tags": {"label_column": "name"},
    "crawls": {"sort_desc": "id", "label_column": "name"},
    "problems": {"sort_desc": "id", "facets": ["kind"]},
    "pages": {"sort_desc": "id", "facets": ["kind", "status"]},
    "revisions": {"sort_desc": "id"},
}
SHA256 = re.compile(r"[0-9a-f]{64}")
EXCERPT = 140


def table_settings() -> dict[str, dict[str, Any]]:
    """What Datasette is told of each table of an archive."""
    shown = {name: {"description": DESCRIPTIONS[name], **TABLES.get(name, {})} for name in DESCRIPTIONS}
    return shown | {name: {"hidden": True} for name in HIDDEN}


def metadata(datasette: Any) -> dict[str, Any]:
    """Metadata for every archive among the databases; a user's own comes on top of it."""
    own = getattr(datasette, "_metadata_local", None)
    return {"databases": {name: {"tables": _beside(_tables(own, name))} for name in archives(datasette)}}


def _tables(own: object, database: str) -> Mapping[str, Any]:
    """What a user's metadata says of a database's tables."""
    for key in ("databases", database, "tables"):
        own = own.get(key) if isinstance(own, Mapping) else None
    return own if isinstance(own, Mapping) else {}


def _beside(own: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Our settings without those that a user's would contradict: Datasette takes one way to sort."""
    settings = table_settings()
    for table, said in own.items():
        if table in settings and isinstance(said, Mapping) and "sort" in said:
            settings[table].pop("sort_desc", None)
    return settings


def cell(row: Any, value: object, column: str, table: str, database: str, datasette: Any) -> Markup | None:
    """A cell of a table page of ours as HTML, or None to leave it to Datasette."""
    make = CELLS.get((table, column))
    if make is None or not is_archive(datasette, database):
        return None
    return make(_Cell(row, value, path_of(datasette, database)))


class _Cell:
    """What a cell may show: its row, its value, and where the archive's pages are."""

    def __init__(self, row: Any, value: object, base: str) -> None:
        self.row, self.value, self.base = row, value, base

    def get(self, name: str) -> Any:
        """Another column of the row, None if the page does not have it."""
        try:
            return self.row[name]
        except (KeyError, IndexError):
            return None


def _title(cell: _Cell) -> Markup | None:
    number = cell.get("id")
    if number is None:
        return None
    shown = marked(str(cell.value), ASKED.get())
    return Markup('<a href="{}post/{}">{}</a>').format(cell.base, number, shown)


def _excerpt(cell: _Cell) -> Markup:
    asked = ASKED.get()
    if asked:
        return best_snippet((str(cell.value or ""), cell.get("text"), cell.get("captions")), asked)
    text = str(cell.value or "")
    return marked(text[:EXCERPT] + ("…" if len(text) > EXCERPT else ""), "")


def _tags(cell: _Cell) -> Markup:
    links = (
        Markup('<a href="{}search{}">{}</a>').format(cell.base, Wish().address(tag=name), name)
        for name in tags_of(str(cell.value))
    )
    return Markup(", ").join(links) or Markup("&nbsp;")


def _text(cell: _Cell) -> Markup:
    text = str(cell.value or "")
    return marked(text[:EXCERPT] + ("…" if len(text) > EXCERPT else ""), ASKED.get())


def _thumbnail(cell: _Cell) -> Markup | None:
    value = str(cell.value or "")
    if not SHA256.fullmatch(value):
        return None
    source = f"{cell.base}image/{value}"
    alt = cell.get("name") or "picture"
    image = Markup('<img src="{}" alt="{}" width="96" loading="lazy" style="max-height:96px;object-fit:contain">')
    return Markup('<a href="{}" title="{}">{}</a>').format(source, value, image.format(source, alt))


CELLS = {
    ("posts", "title"): _title,
    ("posts", "excerpt"): _excerpt,
    ("posts", "tags"): _tags,
    ("posts", "text"): _text,
    ("images", "sha256"): _thumbnail,
}


def ask(request: Any, table: str) -> None:
    """Remember what the table's search box was asked, for the cells of this answer."""
    given = request.args.get("_search") if table == "posts" and request is not None else None
    ASKED.set(str(given or ""))


def columns(display_columns: Iterable[Mapping[str, Any]], args: Any) -> list[int]:
    """The places of the columns a table of posts shows: the readable ones, unless the address names columns."""
    listed = list(display_columns)
    chosen = any(key in args for key in ("_col", "_nocol")) or args.get("_columns") == "all"
    return [number for number, column in enumerate(listed) if chosen or column["name"] in SHOWN_COLUMNS]


def all_columns(request: Any) -> str:
    """The address of the same page with all columns."""
    query = request.query_string
    return f"{request.path}?{query + '&' if query else ''}_columns=all"


class PageTemplates(BaseLoader):
    """Templates for Datasette's pages of archives, whose names hold the database's."""

    def __init__(self, datasette: Any) -> None:
        """Answer for the archives among this Datasette's databases."""
        self.datasette = datasette

    def get_source(self, environment: Environment, template: str) -> tuple[str, None, Callable[[], bool]]:
        """A template that extends ours, if the name is for a page of an archive; TemplateNotFound otherwise."""
        for database in archives(self.datasette):
            if target := page_templates(to_css_class(database)).get(template):
                return f'{{% extends "{target}" %}}', None, lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """None: the names depend on the databases of the moment."""
        return []


def page_templates(database: str) -> dict[str, str]:
    """Datasette's names for the pages of a database (by its CSS class), and our templates for them."""
    return {
        f"row-{database}-posts.html": "archive_row.html",
        f"_table-table-{database}-posts.html": "archive_table.html",
        f"_table-row-{database}-posts.html": "archive_columns.html",
        f"database-{database}.html": "archive_database.html",
    }


def prepare(environment: Environment, datasette: Any) -> None:
    """Put our loader behind Datasette's and the user's, and our helpers among the template's globals."""
    behind = PageTemplates(datasette)
    environment.loader = ChoiceLoader([environment.loader, behind]) if environment.loader else behind
    environment.globals["archive_columns"] = columns
    environment.globals["archive_all_columns"] = all_columns
    environment.globals["archive_path"] = functools.partial(path_of, datasette)


async def configure(datasette: Any) -> None:
    """Tell Datasette 1.0 of the tables of every archive, wherever the user said nothing."""
    for name in archives(datasette):
        known = datasette.config.setdefault("databases", {}).setdefault(name, {}).setdefault("tables", {})
        for table, settings in table_settings().items():
            mine = known.setdefault(table, {})
            for key, value in settings.items():
                if key == "description":
                    await datasette.set_resource_metadata(name, table, key, value)
                else:
                    mine.setdefault(key, value)
