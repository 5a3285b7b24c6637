"""A blog on a loopback server that lives: posts come, change and go, its theme changes, and one day it is gone."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from conftest import Answer, Site

from archiver.crawl import Options, Run, crawl
from archiver.fetch import Fetcher
from archiver.store import Archive

SUBJECTS = ("a kettle", "tidal mills", "old maps", "rye bread", "the night train", "bell foundries", "moss", "sundials")
ROBOTS = "User-agent: *\nDisallow:\n"
KEPT = {
    "posts": "SELECT id, title, published, excerpt, text, url, tags, first_seen, changed FROM posts ORDER BY id",
    "states": "SELECT id, state FROM posts ORDER BY id",
    "html": "SELECT post_id, excerpt_html, content_html FROM post_html ORDER BY post_id",
    "revisions": "SELECT post_id, fields, before FROM revisions ORDER BY id",
    "images": "SELECT url, sha256, state FROM images ORDER BY id",
}


@dataclass(frozen=True)
class Entry:
    """A post: what it says can be replaced, its address stays."""

    number: int
    title: str = ""
    lead: str = ""
    body: str = ""

    @property
    def path(self) -> str:
        return f"/archives/{self.number}.html"

    @property
    def day(self) -> str:
        return f"20{10 + self.number // 12:02d}-{self.number % 12 + 1:02d}-{self.number % 27 + 1:02d}"


def entry(number: int) -> Entry:
    subject = SUBJECTS[number % len(SUBJECTS)]
    lead = f"What I learned about {subject} on day {number}, told in a few sentences that say where it began."
    more = "".join(f"<p>Part {part} of what {subject} taught me on day {number}, in full.</p>" for part in range(1, 5))
    return Entry(number, f"On {subject}, note {number}", lead, f"<p>{lead}</p>{more}")


def plain_theme(blog: Weblog, shown: list[Entry], pager: str) -> str:
    posts = "".join(
        f'<div class="post"><h2><a href="{one.path}">{one.title}</a></h2><p class="meta">{one.day} | '
        f"{blog.views + one.number} views</p><p>{one.lead}</p>"
        f'<p class="more"><a href="{one.path}">Read more</a></p></div>'
        for one in shown
    )
    return f'<div id="content">{posts}</div><div class="nav">{pager}</div>'


def card_theme(blog: Weblog, shown: list[Entry], pager: str) -> str:
    posts = "".join(
        f'<li><article><time datetime="{one.day}">{one.day}</time><header><h3><a href="{one.path}">{one.title}</a></h3>'
        f'</header><div class="summary">{one.lead}</div><footer>{blog.views} readers</footer></article></li>'
        for one in shown
    )
    return f'<main><ul class="cards">{posts}</ul><nav class="pages">{pager}</nav></main>'


def list_theme(blog: Weblog, shown: list[Entry], pager: str) -> str:
    """A start page that links every post and says no more of any."""
    if shown[0] is not blog.entries[0]:
        return plain_theme(blog, shown, pager)
    links = "".join(f'<li><span>{one.day}</span> <a href="{one.path}">{one.title}</a></li>' for one in blog.entries)
    return f'<div id="content"><ul class="all">{links}</ul></div><div class="nav">{pager}</div>'


@dataclass
class Weblog:
    """The blog as it stands; ``publish`` serves it so."""

    site: Site
    entries: list[Entry] = field(default_factory=list)
    views: int = 100
    per_page: int = 4
    theme: Callable[[Weblog, list[Entry], str], str] = plain_theme
    pinned: tuple[Entry, ...] = ()
    validators: bool = False

    @classmethod
    def of(cls, site: Site, count: int = 12, **how: Any) -> Weblog:
        blog = cls(site, [entry(number) for number in range(count, 0, -1)], **how)
        blog.publish()
        return blog

    @property
    def url(self) -> str:
        return self.site.url("/")

    def edit(self, number: int, **values: str) -> None:
        at = next(at for at, one in enumerate(self.entries) if one.number == number)
        self.entries[at] = replace(self.entries[at], **values)

    def put(self, path: str, body: str, **how: Any) -> None:
        tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:12]}"' if self.validators else ""
        self.site.put(path, body, etag=tag, **how)

    def publish(self) -> None:
        """Serve everything as it stands now, and nothing else."""
        self.site.routes.clear()
        self.site.fallback = Answer("<html><title>404</title><h1>Not found</h1></html>", status=404)
        self.site.put("/robots.txt", ROBOTS, content_type="text/plain")
        slices = [self.entries[at : at + self.per_page] for at in range(0, len(self.entries), self.per_page)]
        for number, shown in enumerate(slices, 1):
            self.put(page_path(number), self.frame("", self.theme(self, self.with_pins(shown), self.pager(number))))
        for one in self.entries:
            self.put(one.path, self.frame(f"{one.title} - ", self.article(one)))
        self.put("/feed", self.feed(), content_type="application/rss+xml")

    def with_pins(self, shown: list[Entry]) -> list[Entry]:
        return [*(one for one in self.pinned if one not in shown), *shown]

    def pager(self, number: int) -> str:
        last = -(-len(self.entries) // self.per_page)
        older = f'<a href="{page_path(number + 1)}">Older posts</a>' if number < last else ""
        newer = f'<a href="{page_path(number - 1)}">Newer posts</a>' if number > 1 else ""
        return f"{newer} {older}"

    def frame(self, title: str, main: str) -> str:
        return (
            f"<!DOCTYPE html><html lang=en><head><title>{title}Day book</title>"
            '<link rel="alternate" type="application/rss+xml" href="/feed"></head><body>'
            f'<h1><a href="/">Day book</a></h1>{main}<div class="side"><p>{self.views} visitors so far</p>'
            '<a href="/about.html">About</a></div></body></html>'
        )

    def article(self, one: Entry) -> str:
        return (
            f'<div id="content"><div class="post"><h2>{one.title}</h2><p class="meta">{one.day} | '
            f'{self.views} views</p><div class="body">{one.body}</div></div></div>'
        )

    def feed(self) -> str:
        items = "".join(
            f"<item><title>{one.title}</title><link>{self.site.origin}{one.path}</link>"
            f"<description>{one.lead}</description></item>"
            for one in self.entries
        )
        return f'<rss version="2.0"><channel><title>Day book</title>{items}</channel></rss>'


def page_path(number: int) -> str:
    return "/" if number == 1 else f"/page/{number}/"


def crawled(db: Path, url: str, *, command: str = "crawl", **options: Any) -> Run:
    """Crawl into an archive, without pauses or second tries; the finished run."""
    with Fetcher(delay=0, retries=0) as fetcher, Archive.open(db) as archive:
        steps = crawl(archive, fetcher, url, Options(**options), command=command)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                run: Run = end.value
                return run


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as conn:
        return list(conn.execute(sql))


def kept(db: Path) -> Mapping[str, list[tuple[Any, ...]]]:
    """All that an archive holds of posts."""
    return {name: rows(db, sql) for name, sql in KEPT.items()}


def states(db: Path) -> dict[int, str]:
    """The state of each post by the number in its address."""
    found = rows(db, "SELECT url, state FROM posts")
    return {int(url.rpartition("/")[2].removesuffix(".html")): state for url, state in found}
