"""The reading view of a post, as a page of its own and within Datasette's row page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

import archiver.datasette_plugin.maths as maths
import archiver.datasette_plugin.reading as reading
from archiver import text as texts
from archiver import urls
from archiver.datasette_plugin.archives import Room, enter
from archiver.datasette_plugin.history import Revision, from_json, revisions
from archiver.datasette_plugin.sanitise import link

POST = """
SELECT p.*, h.excerpt_html, h.content_html, b.title AS blog_title, b.url AS blog_url, b.aliases
FROM posts p JOIN blogs b ON b.id = p.blog_id LEFT JOIN post_html h ON h.post_id = p.id WHERE p.id = ?
"""
PICTURES = """
SELECT i.url, i.sha256, i.width, i.height, i.state, i.reason, pi.alt, pi.caption
FROM post_images pi JOIN images i ON i.id = pi.image_id WHERE pi.post_id = ? ORDER BY pi.position
"""
OLDER = """
SELECT id, title FROM posts WHERE blog_id = :blog_id AND (published, id) < (:published, :id)
ORDER BY published DESC, id DESC LIMIT 1
"""
NEWER = """
SELECT id, title FROM posts WHERE blog_id = :blog_id AND (published, id) > (:published, :id)
ORDER BY published, id LIMIT 1
"""
KNOWN = "SELECT address, id FROM posts WHERE blog_id = ? AND address IN (SELECT value FROM json_each(?))"
REVISIONS = "SELECT changed_at, before FROM revisions WHERE post_id = ? ORDER BY id"
PAGES = """
SELECT DISTINCT g.id, g.kind, g.url, g.fetched_at FROM pages g
WHERE g.sha256 IS NOT NULL AND g.outcome = 'ok' AND g.status = 200
  AND (g.url = :url OR g.id IN (SELECT page_id FROM page_posts WHERE post_id = :id))
ORDER BY g.kind = 'post' DESC, g.fetched_at DESC, g.id DESC LIMIT 12
"""
TABLES = ("post_html", "images", "post_images", "revisions")
HAN = re.compile(r"[\u3400-\u9fff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
UNSPACED = ("zh", "ja")
MATHS_MADE = ("math/tex", "katex", "mathjax", "<math", "mjx-")


@dataclass(frozen=True, slots=True)
class Page:
    """A post with everything its page shows."""

    post: Mapping[str, Any]
    title: Markup
    body: Markup
    whole: bool
    language: str
    tags: tuple[str, ...]
    rest: tuple[reading.Picture, ...]
    missing: tuple[Mapping[str, Any], ...]
    older: Mapping[str, Any] | None
    newer: Mapping[str, Any] | None
    revisions: tuple[Revision, ...]
    pages: tuple[Mapping[str, Any], ...]
    original: str | None
    read_more: str | None


async def post(datasette: Any, request: Any) -> Response:
    """Answer with the reading view of a post."""
    room = await enter(datasette, request, *TABLES)
    page = await load(room, int(request.url_vars["id"]))
    if page is None:
        raise NotFound("No such post in this archive")
    return await room.page("archive_post.html", {"page": page})


async def load(room: Room, number: int) -> Page | None:
    """Everything that a post's page shows, or None if there is no such post."""
    row = await room.row(POST, (number,))
    if row is None:
        return None
    pictures = await room.rows(PICTURES, (number,))
    html = row["content_html"] or row["excerpt_html"]
    pieces = reading.harmless(restored(html), row["text"] or row["excerpt"])
    names = own_names(reading.addresses(pieces, row["url"]), row["blog_url"], tags_of(row["aliases"]))
    linked = await room.rows(KNOWN, (row["blog_id"], json.dumps(sorted(set(names.values())))))
    known = {one["address"]: room.path(f"post/{one['id']}") for one in linked}
    around = reading.Surroundings(
        base=row["url"],
        pictures=reading.by_address(_picture(room, picture) for picture in pictures),
        posts={name: known[own] for name, own in names.items() if own in known},
    )
    shown = reading.read(pieces, around)
    older, newer = await _neighbours(room, row)
    return Page(
        post=row,
        title=Markup(maths.typeset_text(row["title"])),
        body=Markup(shown.html),
        whole=bool(row["content_html"] or row["text"]),
        language=language_of(row),
        tags=tags_of(row["tags"]),
        rest=shown.rest,
        missing=tuple(picture for picture in pictures if not picture["sha256"]),
        older=older,
        newer=newer,
        revisions=tuple(revisions(await room.rows(REVISIONS, (number,)), row)),
        pages=tuple(await _kept_pages(room, row)),
        original=link(row["url"]),
        read_more=link(row["read_more"] or ""),
    )


def own_names(addresses: Iterable[str], blog: str, aliases: Iterable[str]) -> dict[str, str]:
    """Identities of addresses, and what each is called on the blog's first site if it stands on another of its own."""
    site, others = urls.site_of(blog), tuple(aliases)
    return {
        address: next(
            (site + address.removeprefix(alias) for alias in others if address.startswith(f"{alias}/")), address
        )
        for address in addresses
    }


def restored(html: str | None) -> str | None:
    """HTML with TeX in place of what a script typeset; as it is where there is nothing of the kind."""
    if not html or not any(sign in html.lower() for sign in MATHS_MADE):
        return html
    root = texts.fragment(html)
    texts.restore_tex(root)
    return texts.inner_html(root)


def _picture(room: Room, row: Mapping[str, Any]) -> reading.Picture:
    path = room.picture(row["sha256"])
    return reading.Picture(row["url"], path, row["width"], row["height"], row["alt"], row["caption"])


async def _neighbours(room: Room, row: Mapping[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    if row["published"] is None:
        return None, None
    place = {name: row[name] for name in ("blog_id", "published", "id")}
    older, newer = await room.rows(OLDER, place), await room.rows(NEWER, place)
    return (older[0] if older else None), (newer[0] if newer else None)


async def _kept_pages(room: Room, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stored pages that this post was read from, its own first, each address once."""
    if not await room.sees("pages", "page_bodies", "page_posts"):
        return []
    found: dict[str, dict[str, Any]] = {}
    for page in await room.rows(PAGES, {"url": row["url"], "id": row["id"]}):
        found.setdefault(page["url"], page)
    return list(found.values())


def language_of(row: Mapping[str, Any]) -> str:
    """The language of a post: as declared, unless its characters belie that; else Chinese, English or unknown."""
    start = f"{row['title']} {row['excerpt'][:400]}"
    han = len(HAN.findall(start))
    declared = str(row["language"] or "")
    belied = declared[:2].lower() in UNSPACED and not han
    if LANGUAGE.fullmatch(declared) and not belied:
        return declared
    if HAN.search(row["title"]) or han > 20:
        return "zh"
    return "en" if start.isascii() else ""


def tags_of(stored: str) -> tuple[str, ...]:
    """The tags out of their JSON, or none."""
    names = from_json(stored)
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
