"""Blogs: one row for each, found again by its addresses."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, fields
from typing import Any

from archiver.errors import UsageError
from archiver.store.base import Stage
from archiver.store.db import to_json
from archiver.tokens import fold
from archiver.urls import absolute, identity, site_of

LISTED = 10
"""Blogs that are listed where it is not clear which one is meant."""
LISTINGS = ("listing", "archive-list")

MOVE = """UPDATE OR IGNORE posts SET address = :new || substr(address, length(:old))
 WHERE blog_id = :blog AND substr(address, 1, length(:old)) = :old"""


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog as stored. ``aliases`` are further sites (hosts) that it answers under, ``url`` is its listing's start."""

    id: int
    title: str
    url: str
    aliases: tuple[str, ...] = ()
    language: str | None = None
    engine: str | None = None
    timezone: str | None = None
    feed_url: str | None = None
    first_crawled: str | None = None
    last_crawled: str | None = None
    state: str = "new"
    note: str | None = None
    profile: str | None = None
    rules: str | None = None

    @property
    def sites(self) -> tuple[str, ...]:
        """Every site of the blog, its own first."""
        return (site_of(self.url), *self.aliases)

    def address(self, url: str) -> str:
        """The identity of an address, the same on whichever of the blog's sites it stands."""
        address, site = identity(url), site_of(url)
        if site in self.aliases:
            return site_of(self.url) + address.removeprefix(site)
        return address


FIELDS = frozenset(field.name for field in fields(Blog)) - {"id", "aliases"}


def blog_of(row: sqlite3.Row) -> Blog:
    """The value of a row of ``blogs``."""
    return Blog(**{**dict(row), "aliases": tuple(json.loads(row["aliases"]))})


def within(address: str, start: str) -> bool:
    """Whether an address is the start itself or lies below it (``a.org/bob/page/2`` below ``a.org/bob``)."""
    stem = start.rstrip("/")
    return address.rstrip("/") == stem or address.startswith((f"{stem}/", f"{stem}?"))


class Blogs(Stage):
    """The blogs of an archive."""

    def blogs(self) -> list[Blog]:
        """All blogs, in the order in which they were added."""
        return [blog_of(row) for row in self._db.rows("SELECT * FROM blogs ORDER BY id")]

    def blog(self, blog_id: int) -> Blog:
        """The blog of an id; ``UsageError`` if there is none."""
        row = self._db.row("SELECT * FROM blogs WHERE id=?", [blog_id])
        if row is None:
            raise UsageError(self._db.path, f"there is no blog {blog_id}", "See: archiver blogs")
        return blog_of(row)

    def named_blog(self, name: str, *, exact: bool = False) -> Blog:
        """The one blog that a user means: by its number, title, address or host; by the address of one of its pages or
        posts; by a part of its title or address, unless it is to be named ``exact``-ly.

        ``UsageError`` where none is meant, or several are.
        """
        blogs, asked = self.blogs(), fold(name.strip())
        address = absolute(name) or absolute(f"http://{name}") or ""
        at_root = identity(address) == f"{site_of(address)}/"
        page_of = None if exact or not address else self.find_blog(address)
        tries = (
            [blog for blog in blogs if str(blog.id) == asked],
            [blog for blog in blogs if fold(blog.title) == asked],
            [blog for blog in blogs if blog.address(address) == identity(blog.url)],
            [blog for blog in blogs if at_root and site_of(address) in blog.sites],
            [page_of] if page_of else [],
            [blog for blog in blogs if asked and not exact and asked in f"{fold(blog.title)}\n{fold(blog.url)}"],
        )
        found = next(filter(None, tries), [])
        if len(found) == 1:
            return found[0]
        cause = "several blogs are meant" if found else "no such blog in the archive"
        listed = "; ".join(f"{blog.id} {blog.title} ({blog.url})" for blog in (found or blogs)[:LISTED])
        more = "; ..., see: archiver blogs" if len(found or blogs) > LISTED else ""
        choose = "Give the number of one of them" if found else "It holds"
        raise UsageError(name or "''", cause, f"{choose}: {listed}{more}" if listed else "Add one: archiver crawl URL")

    def find_blog(self, url: str) -> Blog | None:
        """The blog that an address belongs to, or None.

        Of the blogs of this site: the one that starts there; else the one that has this address as a listing page or
        a post; else the one whose start lies nearest above or below it. A start at the site's root counts as above
        the others only while it is the site's only blog.
        """
        site = site_of(url)
        here = [blog for blog in self.blogs() if site in blog.sites] if site else []
        for blog in here:
            if blog.address(url) == identity(blog.url):
                return blog
        return self._by_page(url, here) or self._by_place(url, here)

    def blog_for(self, url: str, *, title: str | None = None, **columns: Any) -> Blog:
        """The blog that an address belongs to (see ``find_blog``), added with these columns if it is new."""
        with self._db.writing():
            if found := self.find_blog(url):
                return found
            checked = self._checked(columns)
            blog_id = self._db.insert("blogs", {"title": title or site_of(url) or url, "url": url, **checked})
            return self.blog(blog_id)

    def update_blog(self, blog_id: int, **columns: Any) -> Blog:
        """Change columns of a blog; a title or address is never replaced by nothing."""
        checked = self._checked(columns)
        kept = {name: value for name, value in checked.items() if value or name not in {"title", "url", "state"}}
        with self._db.writing():
            self._db.update("blogs", blog_id, kept)
            return self.blog(blog_id)

    def add_alias(self, blog_id: int, url: str) -> Blog:
        """Let a further site (a host, or an address on it) be the same blog; its posts there become the same posts."""
        site = site_of(url) or site_of(f"http://{url}")
        blog = self.blog(blog_id)
        if not site or site in blog.sites:
            return blog
        with self._db.writing():
            self._db.run("UPDATE blogs SET aliases=? WHERE id=?", [to_json([*blog.aliases, site]), blog_id])
            self._db.run(MOVE, {"blog": blog_id, "new": blog.sites[0], "old": f"{site}/"})
            return self.blog(blog_id)

    def move_blog(self, blog_id: int, url: str) -> Blog:
        """Let a blog live at another address from now on: same id, same posts, matched by their paths.

        Its former site becomes an alias. ``UsageError`` if another blog of the archive lives there.
        """
        with self._db.writing():
            blog, site = self.blog(blog_id), site_of(url)
            other = self.find_blog(url)
            if other is not None and other.id != blog_id:
                hint = f"Remove one of them first: archiver forget {other.id}"
                raise UsageError(url, f"blog {other.id} of the archive lives there already", hint)
            names = [name for name in blog.sites if name != site]
            self._db.update("blogs", blog_id, {"url": url, "aliases": to_json(names)})
            for name in names:
                self._db.run(MOVE, {"blog": blog_id, "new": site, "old": f"{name}/"})
            return self.blog(blog_id)

    def _checked(self, columns: dict[str, Any]) -> dict[str, Any]:
        if unknown := columns.keys() - FIELDS:
            raise TypeError(f"no such columns of blogs: {sorted(unknown)}")
        return columns

    def _by_page(self, url: str, blogs: list[Blog]) -> Blog | None:
        """The blog that has this address among its posts or listing pages."""
        for blog in blogs:
            address = blog.address(url)
            if self._db.value("SELECT 1 FROM posts WHERE blog_id=? AND address=?", [blog.id, address]):
                return blog
            pages = self._db.each(
                "SELECT DISTINCT url FROM pages WHERE blog_id=? AND kind IN (?, ?)", [blog.id, *LISTINGS]
            )
            if any(blog.address(row["url"]) == address for row in pages):
                return blog
        return None

    def _by_place(self, url: str, blogs: list[Blog]) -> Blog | None:
        """The blog whose start is the longest that this address lies below, or that lies below this address."""
        found: list[tuple[int, Blog]] = []
        for blog in blogs:
            start, address = identity(blog.url), blog.address(url)
            if within(address, start) or within(start, address):
                shorter = min(start, address, key=len)
                if len(blogs) == 1 or shorter.rstrip("/") != blog.sites[0]:
                    found.append((len(shorter), blog))
        return max(found, key=lambda pair: pair[0])[1] if found else None
