"""One blog under examination: what is held of it, what its crawls said, and a way to ask its site."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from archiver.crawl.coverage import Answer, By, Claim, Held, Missing, compare
from archiver.crawl.source import Page
from archiver.errors import FetchError
from archiver.fetch import Fetcher
from archiver.models import Kind
from archiver.parse.document import Document
from archiver.store import Archive, Blog, stored_response
from archiver.urls import identity

POSTS = "SELECT address, url, title, state FROM posts WHERE blog_id = ? ORDER BY id"
KEPT = """SELECT max(id) AS id, url FROM pages WHERE blog_id = ? AND kind = ? AND outcome = 'ok'
 AND sha256 IS NOT NULL AND (status BETWEEN 200 AND 299 OR status = 304) GROUP BY url ORDER BY id"""
VISITED = """SELECT url, final_url FROM pages WHERE blog_id = ? AND kind IN ('listing', 'archive-list')
 AND outcome = 'ok' AND (status BETWEEN 200 AND 299 OR status = 304)"""
CRAWLS = """SELECT id, outcome, options, started FROM crawls
 WHERE blog_id = ? AND command <> 'check' AND coalesce(outcome, '') <> 'failed' ORDER BY id"""


@dataclass
class Case:
    """One blog under examination: what is held of it, and what is found out."""

    archive: Archive
    fetcher: Fetcher | None
    held: Held
    answers: list[Answer] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    start: Document | None = None

    @property
    def blog(self) -> Blog:
        """The blog."""
        return self.held.blog

    @cached_property
    def runs(self) -> list[Mapping[str, Any]]:
        """The crawls that read something, in their order; ``options`` as a mapping."""
        rows = self.archive.query(CRAWLS, [self.blog.id])
        return [{**row, "options": json.loads(row["options"])} for row in rows]

    @cached_property
    def visited(self) -> frozenset[str]:
        """The index pages that were ever read, by identity and by the blog's own name for them."""
        rows = self.archive.query(VISITED, [self.blog.id])
        urls = [row[name] for row in rows for name in ("url", "final_url")]
        return frozenset(named for url in urls for named in (identity(url), self.blog.address(url)))

    def judge(self, claim: Claim) -> None:
        """Hold a claim against the archive."""
        answer, missing, notes = compare(self.held, claim)
        if answer.claimed or claim.by in (By.INDEX, By.FEED):
            self.answers.append(answer)
        self.missing += missing
        self.notes += notes

    def ask(self, url: str, kind: Kind) -> Page | None:
        """An address as the site answers now; else None, with a note unless the address was only a guess."""
        if self.fetcher is None:
            return None
        try:
            response = self.fetcher.get(url, kind=kind)
        except FetchError as error:
            cause = error.cause
        else:
            if response.ok:
                return Page(kind, response)
            cause = f"the server answers {response.status}"
        if kind is not Kind.PROBE:
            self.notes.append(f"{url} could not be asked: {cause}")
        return None

    def kept(self, kind: Kind) -> Iterator[Page]:
        """The newest copy of each page of a kind that the archive keeps of this blog."""
        for row in self.archive.query(KEPT, [self.blog.id, str(kind)]):
            stored = self.archive.page(row["id"])
            if stored is not None:
                yield Page(kind, stored_response(stored), stored.id)


def held_of(archive: Archive, blog: Blog) -> Held:
    """The posts of a blog in the archive."""
    rows = list(archive.query(POSTS, [blog.id]))
    return Held(blog, {row["address"]: row["url"] for row in rows}, [row["title"] for row in rows])
