"""Finding posts: Chinese in Datasette's own search box, and the ranked page with snippets and filters."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response
from markupsafe import Markup

import archiver.datasette_plugin.maths as maths
from archiver import tokens
from archiver.datasette_plugin.archives import Room, enter

PER_PAGE = 20
LONGEST = 500
WIDTH = 220
MARKER = "%USING fts5%archiver-fts:%"
EVERYTHING = "1"
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
ASKED: ContextVar[str] = ContextVar("archiver_search", default="")

COLUMNS = """
p.id, p.title, p.published, p.excerpt, p.captions, p.text, p.tags, p.language, p.blog_id, b.title AS blog_title,
(SELECT i.sha256 FROM post_images pi JOIN images i ON i.id = pi.image_id
 WHERE pi.post_id = p.id AND i.sha256 IS NOT NULL ORDER BY pi.position LIMIT 1) AS picture
"""


def register(connection: sqlite3.Connection) -> None:
    """Teach a connection our query language, if its file can be read and has our index."""
    try:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE sql LIKE ? LIMIT 1", (MARKER,)).fetchone()
    except sqlite3.Error:
        return
    if found:
        connection.create_function("escape_fts", 1, match_of, deterministic=True)
    connection.create_function("archiver_match", 1, match_of, deterministic=True)
    connection.create_function("archiver_snippet", 2, snippet_of, deterministic=True)


def match_of(query: object, variants: bool = False) -> str:
    """The MATCH expression for what a reader typed; anything is answered."""
    return tokens.to_match(str("" if query is None else query)[:LONGEST], variants=variants)


def snippet_of(text: object, query: object) -> str:
    """The part of a text where a query hits, hits in 【】."""
    found = tokens.snippet(str(text or ""), str(query or "")[:LONGEST])
    return "".join(f"【{part}】" if hit else part for part, hit in found.parts)


def marked(text: str, query: str, variants: bool = False) -> Markup:
    """A whole text as HTML: its hits in ``<mark>``, its formulas as MathML."""
    spans = tokens.highlight(text, query[:LONGEST], variants=variants) if query else ()
    return html_of(tokens.Snippet(text, spans))


def html_of(found: tokens.Snippet) -> Markup:
    """A snippet as HTML; a formula that its end cuts through is left out."""
    parts = list(found.parts)
    if parts and not parts[-1][1]:
        parts[-1] = (maths.without_torn_end(parts[-1][0]), False)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if hit else Markup(maths.typeset_text(part)) for part, hit in parts
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks of the search page."""

    query: str = ""
    blog: int | None = None
    tag: str = ""
    author: str = ""
    since: str = ""
    until: str = ""
    picture: bool = False
    variants: bool = False
    sort: str = ""
    page: int = 1

    def address(self, **changed: object) -> str:
        """This wish as a query string, with something changed (and back on page 1 unless that was changed)."""
        values: dict[str, object] = {"q": self.query, "blog": self.blog, "tag": self.tag, "author": self.author}
        values |= {"since": self.since, "until": self.until, "picture": 1 if self.picture else None, "sort": self.sort}
        values |= {"variants": 1 if self.variants else None, "page": None} | changed
        return "?" + urlencode({key: str(value) for key, value in values.items() if value not in (None, "", False)})


def wish(args: Any) -> Wish:
    """Read a request's arguments; what cannot be understood is left out."""

    def given(name: str) -> str:
        return str(args.get(name) or "").replace("\0", "").strip()[:LONGEST]

    def number(name: str, most: int) -> int | None:
        text = given(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most else None

    def day(name: str) -> str:
        return given(name) if DATE.fullmatch(given(name)) else ""

    year = given("year")
    since, until = (year, year) if DATE.fullmatch(year) else (day("since"), day("until"))
    sort = given("sort") if given("sort") in {"newest", "oldest", "relevance"} else ""
    return Wish(
        query=given("q"),
        blog=number("blog", 10**9),
        tag=given("tag"),
        author=given("author"),
        since=since,
        until=until,
        picture=given("picture") == "1",
        variants=given("variants") == "1",
        sort=sort,
        page=number("page", 10**6) or 1,
    )


def conditions(asked: Wish, *, matched: bool = False) -> tuple[str, dict[str, object]]:
    """What must hold of a post, as SQL and its parameters; a date coarser than asked passes if it may lie within.

    ``matched`` leaves out what was typed, where the statement looks for it itself.
    """
    rows: tuple[tuple[object, str], ...] = (
        (asked.query and not matched, "p.id IN (SELECT rowid FROM posts_fts WHERE posts_fts MATCH :match)"),
        (asked.blog is not None, "p.blog_id = :blog"),
        (asked.tag, "p.id IN (SELECT post_id FROM post_tags JOIN tags ON tags.id = tag_id WHERE name = :tag)"),
        (asked.author, "p.author = :author"),
        (asked.since, "(p.published >= :since OR p.published IN (substr(:since, 1, 4), substr(:since, 1, 7)))"),
        (asked.until, "p.published < :until || '~'"),
        (asked.picture, "p.id IN (SELECT post_id FROM post_images)"),
    )
    clauses = [clause for wanted, clause in rows if wanted]
    values: dict[str, object] = {"match": match_of(asked.query, asked.variants), "blog": asked.blog, "tag": asked.tag}
    values |= {"author": asked.author, "since": asked.since, "until": asked.until}
    return " AND ".join(clauses) or EVERYTHING, values


def statement(asked: Wish, ranked: bool) -> str:
    """The SELECT for one page of results: first which posts, then what is shown of them."""
    where, _ = conditions(asked, matched=ranked)
    if ranked:
        source, rank = "posts_fts JOIN posts p ON p.id = posts_fts.rowid", tokens.RANK
        where, order = f"posts_fts MATCH :match AND {where}", "rank, p.id DESC"
    else:
        source, rank = "posts p", "0"
        order = "p.published, p.id" if asked.sort == "oldest" else "p.published DESC, p.id DESC"
    page = f"WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
    hits = f"SELECT p.id AS hit, {rank} AS rank FROM {source} {page}"
    joined = f"({hits}) JOIN posts p ON p.id = hit JOIN blogs b ON b.id = p.blog_id"
    return f"SELECT {COLUMNS} FROM {joined} ORDER BY {order}"


def counting(asked: Wish) -> str:
    """The SELECT that counts all results: from the index alone where nothing but words is asked for."""
    beside, _ = conditions(asked, matched=True)
    if asked.query and beside == EVERYTHING:
        return "SELECT count(*) AS hits FROM posts_fts WHERE posts_fts MATCH :match"
    return f"SELECT count(*) AS hits FROM posts p WHERE {conditions(asked)[0]}"


async def search(datasette: Any, request: Any) -> Response:
    """Answer with one page of what was asked for, best first, or newest first where nothing was typed."""
    room = await enter(datasette, request, "post_tags", "tags", "post_images", "images")
    asked = wish(request.args)
    _, values = conditions(asked)
    counted = await room.row(counting(asked), values)
    hits = int(counted["hits"]) if counted else 0
    ranked = bool(asked.query) and asked.sort in {"", "relevance"} and hits <= tokens.RANKED_AT_MOST
    paged = {**values, "limit": PER_PAGE, "offset": (asked.page - 1) * PER_PAGE}
    rows = await room.rows(statement(asked, ranked), paged)
    context = {
        "asked": asked,
        "hits": hits,
        "ranked": ranked,
        "found": [shown(room, row, asked) for row in rows],
        "blogs": await room.rows("SELECT id, title FROM blogs ORDER BY title"),
        "last": max(1, -(-hits // PER_PAGE)),
        "first": (asked.page - 1) * PER_PAGE + 1,
    }
    return await room.page("archive_search.html", context)


def shown(room: Room, row: Mapping[str, Any], asked: Wish) -> dict[str, object]:
    """A found post as the page lists it."""
    return {
        **row,
        "path": room.path(f"post/{row['id']}"),
        "heading": marked(row["title"], asked.query, asked.variants),
        "snippet": best_snippet((row["excerpt"], row["text"], row["captions"]), asked.query, asked.variants),
        "cover": room.picture(row["picture"]),
    }


def best_snippet(texts: Iterable[str | None], query: str, variants: bool = False) -> Markup:
    """The snippet of the first text that the query hits, or of the first that says anything."""
    given = [text for text in texts if text]
    if not given:
        return Markup("")
    cut = (tokens.snippet(text, query[:LONGEST], width=WIDTH, variants=variants) for text in given)
    first = next(cut)
    return html_of(first if first.spans or not query else next((one for one in cut if one.spans), first))
