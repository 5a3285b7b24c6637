"""The archive's home, its timeline, its tags, a random post, and a feed of the newest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from datasette.utils.asgi import NotFound, Response

from archiver.datasette_plugin.archives import SAFE_HEADERS, Room, enter
from archiver.datasette_plugin.find import Wish
from archiver.datasette_plugin.sanitise import link
from archiver.schema import VERSION

BLOGS = """
SELECT b.id, b.title, b.url, b.language, b.note, b.last_crawled, count(p.id) AS posts, min(p.published) AS first,
  max(p.published) AS last, count(p.text) AS whole, sum(p.published IS NULL) AS undated
FROM blogs b LEFT JOIN posts p ON p.blog_id = b.id GROUP BY b.id ORDER BY posts DESC, b.title
"""
COVER = """
SELECT i.sha256 FROM posts p JOIN post_images pi ON pi.post_id = p.id JOIN images i ON i.id = pi.image_id
WHERE p.blog_id = ? AND i.sha256 IS NOT NULL AND coalesce(i.width, 400) >= 200
ORDER BY p.published DESC, pi.position LIMIT 1
"""
NEWEST = """
SELECT p.id, p.title, p.published, p.excerpt, p.language, p.url, p.first_seen, p.author, b.title AS blog_title
FROM posts p JOIN blogs b ON b.id = p.blog_id ORDER BY p.published DESC, p.id DESC LIMIT ?
"""
MONTHS = """
SELECT blog_id, substr(published, 1, 4) AS year, substr(published, 6, 2) AS month, count(*) AS posts
FROM posts WHERE published IS NOT NULL AND (:blog IS NULL OR blog_id = :blog) GROUP BY 1, 2, 3
"""
TAGS = """
SELECT t.name, count(*) AS posts FROM tags t JOIN post_tags pt ON pt.tag_id = t.id GROUP BY t.id
ORDER BY posts DESC, t.name LIMIT 1000
"""
RANDOM = "SELECT id FROM posts WHERE id >= (SELECT abs(random()) % (max(id) + 1) FROM posts) ORDER BY id LIMIT 1"
COUNTS = """
SELECT (SELECT count(*) FROM images WHERE sha256 IS NOT NULL) AS images, (SELECT count(*) FROM tags) AS tags,
  (SELECT count(*) FROM pages) AS pages
"""
ATOM = "http://www.w3.org/2005/Atom"
UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOMENT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?")
FEED_LENGTH = 30
SHADES = 4


async def home(datasette: Any, request: Any) -> Response:
    """Answer with the blogs of the archive, their span and cover, and the newest posts."""
    room = await enter(datasette, request, "post_images", "images", "pages", "tags")
    blogs = await room.rows(BLOGS)
    counted = await room.rows(MONTHS, {"blog": None})
    for blog in blogs:
        blog["years"] = bars(years(row for row in counted if row["blog_id"] == blog["id"]))
        cover = await room.row(COVER, (blog["id"],))
        blog["cover"] = room.picture(cover["sha256"]) if cover else ""
        blog["link"] = link(blog["url"])
    written_by = await room.row("SELECT user_version FROM pragma_user_version")
    context = {
        "blogs": blogs,
        "newest": await room.rows(NEWEST, (8,)),
        "counts": await room.row(COUNTS),
        "newer_format": bool(written_by and written_by["user_version"] > VERSION),
    }
    return await room.page("archive_home.html", context)


@dataclass(frozen=True, slots=True)
class Year:
    """A row of the timeline: posts in each month (1 to 12, 0 for posts of the year alone) and in all."""

    year: str
    months: Mapping[int, int]
    total: int


def years(rows: Iterable[Mapping[str, Any]]) -> list[Year]:
    """Counts by year and month as rows without gaps, newest year first."""
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        month = _number(row["month"])
        month = month if month is not None and month <= 12 else 0
        months = found.setdefault(str(row["year"]), {})
        months[month] = months.get(month, 0) + int(row["posts"])
    numbers = [number for year in found if (number := _number(year)) is not None]
    near = bool(numbers) and max(numbers) - min(numbers) < 200
    span = range(max(numbers), min(numbers) - 1, -1) if near else sorted(numbers, reverse=True)
    return [Year(f"{year:04}", months := found.get(f"{year:04}", {}), sum(months.values())) for year in span]


def _number(value: object) -> int | None:
    """Plain digits as a number, None for anything else that may stand there."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def bars(table: Iterable[Year]) -> list[dict[str, object]]:
    """Years as bars, oldest first, the fullest 100 % high."""
    listed = list(table)[::-1]
    most = max((year.total for year in listed), default=1)
    return [
        {"year": year.year, "total": year.total, "height": max(4, round(100 * year.total / most)) if year.total else 0}
        for year in listed
    ]


def shade(count: int, most: int) -> int:
    """How dark a month is printed: 0 for none, 1 to 4."""
    return 0 if count <= 0 else min(SHADES, 1 + (count * SHADES - 1) // max(most, 1))


async def timeline(datasette: Any, request: Any) -> Response:
    """Answer with a year by month table for each blog, or for the one named by ``?blog=``."""
    room = await enter(datasette, request)
    asked = str(request.args.get("blog") or "")
    number = _number(asked)
    rows = await room.rows(MONTHS, {"blog": number})
    blogs = [blog for blog in await room.rows(BLOGS) if number in (None, blog["id"]) and blog["posts"]]
    tables = [(blog, years(row for row in rows if row["blog_id"] == blog["id"])) for blog in blogs]
    most = max((count for _, table in tables for year in table for count in year.months.values()), default=1)
    context = {"tables": tables, "shade": lambda count: shade(count, most), "wish": Wish()}
    return await room.page("archive_timeline.html", context)


async def tags(datasette: Any, request: Any) -> Response:
    """Answer with the thousand most used tags and their counts."""
    room = await enter(datasette, request, "tags", "post_tags")
    found = await room.rows(TAGS)
    return await room.page("archive_tags.html", {"tags": found, "wish": Wish()})


async def random(datasette: Any, request: Any) -> Response:
    """Send the reader to a post picked at random."""
    room = await enter(datasette, request)
    found = await room.row(RANDOM)
    if found is None:
        raise NotFound("This archive has no posts yet")
    response = Response.redirect(room.path(f"post/{found['id']}"))
    response.headers["Cache-Control"] = "no-store"
    return response


async def feed(datasette: Any, request: Any) -> Response:
    """Answer with the newest posts as Atom (RFC 4287): excerpts, linked here and to the original."""
    room = await enter(datasette, request)
    rows = await room.rows(NEWEST, (FEED_LENGTH,))
    return Response(atom(room, rows), headers=dict(SAFE_HEADERS), content_type="application/atom+xml; charset=utf-8")


def atom(room: Room, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """An Atom document of posts."""
    listed = list(rows)
    own = room.datasette.absolute_url(room.request, room.path("feed"))
    root = ElementTree.Element("feed", xmlns=ATOM)
    _say(root, "id", own)
    _say(root, "title", f"{room.name}: newest posts")
    _say(root, "updated", max((_instant(row) for row in listed), default="1970-01-01T00:00:00Z"))
    ElementTree.SubElement(root, "link", rel="self", href=own)
    for row in listed:
        entry = ElementTree.SubElement(root, "entry")
        here = room.datasette.absolute_url(room.request, room.path(f"post/{row['id']}"))
        _say(entry, "id", here)
        _say(entry, "title", row["title"])
        _say(entry, "updated", _instant(row))
        _say(ElementTree.SubElement(entry, "author"), "name", row["author"] or row["blog_title"])
        ElementTree.SubElement(entry, "link", rel="alternate", href=here)
        if original := link(row["url"]):
            ElementTree.SubElement(entry, "link", rel="via", href=original)
        _say(entry, "summary", row["excerpt"])
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _say(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = UNPRINTABLE.sub("", text)


def _instant(row: Mapping[str, Any]) -> str:
    """A post's date as RFC 3339: its own, filled up to an instant, or when it was first seen."""
    match = MOMENT.match(str(row["published"] or "")) or MOMENT.match(str(row["first_seen"]))
    if match is None:
        return "1970-01-01T00:00:00Z"
    year, month, day, clock, seconds, zone = match.groups()
    return f"{year}-{month or '01'}-{day or '01'}T{clock or '00:00'}{seconds or ':00'}{zone or 'Z'}"
