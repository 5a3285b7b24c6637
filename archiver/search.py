"""Search in an archive: a query and filters in, ranked posts with marked snippets out.

Any query is answered: what cannot be understood finds nothing. Offsets of marks are into the original text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from archiver import tokens

Sort = Literal["relevance", "date"]

PROBE_COST = 3
"""What one look into the index costs, against reading and sorting one hit; measured by bench/search.py."""

BATCH = 500
"""Posts read at a time."""

SHOWN = ("excerpt", "text", "captions", "tags")
"""The columns a snippet is taken from, in this order of preference."""


class Reader(Protocol):
    """What search needs of an archive."""

    def query(self, sql: str, parameters: Sequence[Any] = (), /) -> Iterable[Mapping[str, Any]]:
        """Give the rows of a query."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a post must be beside matching the query.

    ``blog`` is a blog's id; ``since`` and ``until`` are ISO dates, as fine as
    ``2019``, ``2019-03`` or ``2019-03-06``, both included. A post whose date is coarser than asked passes if it
    may lie within; a post without a date does not pass.
    """

    blog: int | None = None
    tag: str | None = None
    author: str | None = None
    year: int | None = None
    since: str | None = None
    until: str | None = None
    has_image: bool | None = None


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """A post found: its row (with ``blog``, the blog's title), and title and snippet with what was asked for."""

    post: Mapping[str, Any]
    title: tokens.Snippet
    snippet: tokens.Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """How many posts were found in all, the hits of one page, and the order that they are in."""

    count: int
    hits: tuple[Hit, ...]
    sort: Sort = "relevance"


Clause = tuple[str, list[Any]]


def search(
    archive: Reader,
    query: str,
    filters: Filters = EVERYTHING,
    *,
    sort: Sort = "relevance",
    limit: int = 20,
    variants: bool = False,
    width: int = 160,
) -> Results:
    """Find the posts that a query asks for; beyond ``tokens.RANKED_AT_MOST`` hits the newest come first.

    ``variants`` finds simplified and traditional forms alike, ``width`` is that of the snippets in columns.
    """
    match = tokens.to_match(query, variants=variants)
    if match == tokens.NOTHING:
        return Results(0, (), sort)
    where, values = _where(archive, filters)
    count = _count_hits(archive, match, where, values)
    if count > tokens.RANKED_AT_MOST:
        sort = "date"
    limit = _within(limit, count)
    if sort == "date":
        rows = _newest(archive, match, where, values, count, limit)
    else:
        rows = _ranked(archive, match, where, values, limit)
    return Results(count, tuple(_hit(row, query, variants, width) for row in rows), sort)


def browse(archive: Reader, filters: Filters = EVERYTHING, *, limit: int = 20, width: int = 160) -> Results:
    """Give the posts that pass the filters, the newest first."""
    where, values = _where(archive, filters)
    count = _one(archive, f"SELECT count(*) AS n FROM posts p WHERE {where}", values)
    ids = f"SELECT p.id FROM posts p WHERE {where} ORDER BY p.published DESC, p.id LIMIT ?"
    rows = _rows(archive, ids, [*values, _within(limit, count)])
    return Results(count, tuple(_hit(row, "", False, width) for row in rows), "date")


def count_posts(archive: Reader) -> tuple[int, int]:
    """Give the number of posts in the archive, and of those whose whole text is there."""
    row = next(iter(archive.query("SELECT count(*) AS posts, count(text) AS whole FROM posts")))
    return row["posts"], row["whole"]


def waiting(archive: Reader) -> int | None:
    """Give the number of changed posts that the index does not know yet, None if there is no index of this version.

    Opening the archive to write brings the index up to date.
    """
    sql = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'posts_fts' AND instr(sql, ?)"
    if not _one(archive, sql, [f"archiver-fts:{tokens.VERSION} "]):
        return None
    return _one(archive, "SELECT count(*) AS n FROM posts_fts_pending", ())


def _within(wanted: int, count: int) -> int:
    return max(0, min(wanted, count))


def _where(archive: Reader, filters: Filters) -> Clause:
    """The filters as SQL over ``posts p``."""
    clauses: list[Clause] = [("1", [])]
    if filters.tag is not None:
        clauses.append(_tagged(archive, filters.tag))
    simple = (
        ("p.blog_id = ?", [filters.blog]),
        ("p.author = ? COLLATE NOCASE", [filters.author]),
        ("p.year = ?", [filters.year]),
        ("substr(p.published, 1, length(?)) >= substr(?, 1, length(p.published))", [filters.since] * 2),
        ("substr(p.published, 1, length(?)) <= substr(?, 1, length(p.published))", [filters.until] * 2),
    )
    clauses += [(sql, values) for sql, values in simple if values[0] is not None]
    if filters.has_image is not None:
        negation = "" if filters.has_image else "NOT "
        clauses.append((f"{negation}EXISTS (SELECT 1 FROM post_images i WHERE i.post_id = p.id)", []))
    return " AND ".join(sql for sql, _ in clauses), [value for _, values in clauses for value in values]


def _among(column: str, ids: Iterable[int]) -> Clause:
    return f"{column} IN ({', '.join(str(int(number)) for number in ids)})", []


def _tagged(archive: Reader, wanted: str) -> Clause:
    asked = tokens.fold(wanted)
    ids = [row["id"] for row in archive.query("SELECT id, name FROM tags") if tokens.fold(row["name"]) == asked]
    tag, _ = _among("t.tag_id", ids)
    return f"p.id IN (SELECT t.post_id FROM post_tags t WHERE {tag})", []


def _one(archive: Reader, sql: str, values: Sequence[Any]) -> int:
    return int(next(iter(archive.query(sql, values)))["n"])


def _count_hits(archive: Reader, match: str, where: str, values: Sequence[Any]) -> int:
    join = "" if where == "1" else "CROSS JOIN posts p ON p.id = f.rowid"
    sql = f"SELECT count(*) AS n FROM posts_fts f {join} WHERE posts_fts MATCH ? AND {where}"
    return _one(archive, sql, [match, *values])


def _ranked(archive: Reader, match: str, where: str, values: Sequence[Any], limit: int) -> Iterator[Mapping[str, Any]]:
    join = "" if where == "1" else "CROSS JOIN posts p ON p.id = f.rowid"
    ids = f"""SELECT f.rowid FROM posts_fts f {join} WHERE posts_fts MATCH ? AND {where}
        ORDER BY {tokens.RANK}, f.rowid LIMIT ?"""
    return _rows(archive, ids, [match, *values, limit])


def _newest(
    archive: Reader, match: str, where: str, values: Sequence[Any], count: int, limit: int
) -> Iterator[Mapping[str, Any]]:
    """The newest hits: few hits are sorted; of many, the posts are asked one by one from the newest on."""
    posts = _one(archive, "SELECT max(id) AS n FROM posts", ()) if count else 0
    if count * count > PROBE_COST * limit * posts:
        ids = f"""SELECT p.id FROM posts p INDEXED BY posts_published WHERE {where}
            AND EXISTS (SELECT 1 FROM posts_fts f WHERE posts_fts MATCH ? AND f.rowid = p.id)
            ORDER BY p.published DESC, p.id LIMIT ?"""
        return _rows(archive, ids, [*values, match, limit])
    ids = f"""SELECT p.id FROM posts_fts f CROSS JOIN posts p ON p.id = f.rowid WHERE posts_fts MATCH ? AND {where}
        ORDER BY p.published DESC, p.id LIMIT ?"""
    return _rows(archive, ids, [match, *values, limit])


def _rows(archive: Reader, ids: str, values: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """The posts of the ids that a query gives, in its order."""
    order = [number for row in archive.query(ids, values) for number in row.values()]
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        sql = f"""SELECT p.*, b.title AS blog FROM posts p JOIN blogs b ON b.id = p.blog_id
            WHERE p.id IN ({", ".join(map(str, batch))})"""
        found = {row["id"]: row for row in archive.query(sql, ())}
        yield from (found[number] for number in batch if number in found)


def _hit(post: Mapping[str, Any], query: str, variants: bool, width: int) -> Hit:
    title = str(post["title"])
    spans = tokens.highlight(title, query, variants=variants)
    return Hit(post, tokens.Snippet(title, spans), _snippet(post, query, variants, width))


def _snippet(post: Mapping[str, Any], query: str, variants: bool, width: int) -> tokens.Snippet:
    """The snippet with most hits, of the first column that has one; else the beginning of the post."""
    texts = (_plain(column, post[column]) for column in SHOWN if post[column])
    snippets = [tokens.snippet(text, query, width=width, variants=variants) for text in texts]
    return max(snippets, key=lambda snippet: len(snippet.spans), default=tokens.Snippet(""))


def tag_names(post: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the tags of a post's row, which holds them as JSON."""
    try:
        names = json.loads(post["tags"] or "[]")
    except ValueError:
        return (str(post["tags"]),)
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _plain(column: str, value: Any) -> str:
    return ", ".join(tag_names({"tags": value})) if column == "tags" else str(value)
