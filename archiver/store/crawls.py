"""Crawls and their problems: one row for each run, one for each failure."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from archiver.models import Problem
from archiver.store.base import Stage
from archiver.store.db import to_json


class Outcome(StrEnum):
    """How a crawl ended (``crawls.outcome``; NULL while it runs, or when it was killed)."""

    DONE = "done"  # everything that was to be read was read
    PARTIAL = "partial"  # read to the end, but some pages, posts or images could not be had
    BROKEN = "broken"  # some index pages could not be had: the next run reads the listing to its end again
    LIMITED = "limited"  # stopped where the user said, before the last index page
    INTERRUPTED = "interrupted"  # Ctrl-C
    FAILED = "failed"  # the site could not be read at all


FINISHED = (Outcome.DONE, Outcome.PARTIAL)
CUT_OFF = (None, Outcome.INTERRUPTED)
FRESH = timedelta(days=1)  # how long the pages of a run that was cut off stand for those of the site
COUNTS = ("pages", "posts_new", "posts_revised", "images", "problems")


@dataclass(frozen=True, slots=True)
class Crawl:
    """A run as stored. ``options`` are those it was started with."""

    id: int
    name: str
    blog_id: int | None
    command: str
    options: Mapping[str, object]
    started: str
    ended: str | None
    outcome: str | None
    pages: int
    posts_new: int
    posts_revised: int
    images: int
    problems: int


def crawl_of(row: sqlite3.Row) -> Crawl:
    """The value of a row of ``crawls``."""
    return Crawl(**{**dict(row), "options": json.loads(row["options"])})


class Crawls(Stage):
    """The runs that filled an archive."""

    def start_crawl(self, blog_id: int | None, command: str, options: Mapping[str, object] | None = None) -> int:
        """Begin a run and give its id. Its name is its time and the blog's title."""
        now = self._now()
        title = self._db.value("SELECT title FROM blogs WHERE id=?", [blog_id])
        values = {
            "name": f"{now:%Y-%m-%d %H:%M} {title or command}",
            "blog_id": blog_id,
            "command": command,
            "options": to_json(dict(options or {})),
            "started": self._moment(now),
        }
        with self._db.writing():
            return self._db.insert("crawls", values)

    def crawl(self, crawl_id: int) -> Crawl:
        """The run of an id; ``KeyError`` if there is none."""
        row = self._db.row("SELECT * FROM crawls WHERE id=?", [crawl_id])
        if row is None:
            raise KeyError(crawl_id)
        return crawl_of(row)

    def unfinished(self, blog_id: int) -> Crawl | None:
        """The blog's last run, if it did not come to its end; repairs and runs without a good page do not count."""
        row = self._db.row(
            "SELECT * FROM crawls WHERE blog_id=? AND command <> 'check' AND (pages > 0 OR EXISTS (SELECT 1 FROM pages"
            " WHERE pages.crawl_id = crawls.id AND pages.outcome = 'ok')) ORDER BY id DESC LIMIT 1",
            [blog_id],
        )
        return crawl_of(row) if row and row["outcome"] not in FINISHED else None

    def resumable(self, blog_id: int) -> Crawl | None:
        """The blog's last run, if it was cut off and its newest page is not older than a day."""
        crawl = self.unfinished(blog_id)
        if crawl is None or crawl.outcome not in CUT_OFF:
            return None
        newest = self._db.value("SELECT max(fetched_at) FROM pages WHERE crawl_id=?", [crawl.id])
        moment = datetime.fromisoformat(newest or crawl.started)
        return crawl if self._now() - moment <= FRESH else None

    def resume_crawl(self, crawl_id: int) -> Crawl:
        """Go on with an unfinished run: it has not ended any more."""
        with self._db.writing():
            self._db.update("crawls", crawl_id, {"ended": None, "outcome": None})
        return self.crawl(crawl_id)

    def finish_crawl(self, crawl_id: int, outcome: Outcome, counts: Mapping[str, int]) -> Crawl:
        """End a run with its counts (``COUNTS``; those left out stay as they are); unless it failed, date the blog's
        last crawl."""
        if unknown := counts.keys() - set(COUNTS):
            raise TypeError(f"no such counts: {sorted(unknown)}")
        ended = self._moment()
        with self._db.writing():
            self._db.update("crawls", crawl_id, {**counts, "ended": ended, "outcome": str(outcome)})
            if outcome is Outcome.FAILED:
                return self.crawl(crawl_id)
            self._db.run(
                "UPDATE blogs SET last_crawled=?, first_crawled=coalesce(first_crawled, ?)"
                " WHERE id=(SELECT blog_id FROM crawls WHERE id=?)",
                [ended, ended, crawl_id],
            )
        return self.crawl(crawl_id)

    def save_problem(
        self, problem: Problem, *, blog_id: int | None = None, crawl_id: int | None = None, at: datetime | None = None
    ) -> int:
        """Add a failure and give its id."""
        values = {
            "kind": problem.kind,
            "url": problem.url,
            "cause": problem.cause,
            "hint": problem.hint,
            "blog_id": blog_id,
            "crawl_id": crawl_id,
            "at": self._moment(at),
        }
        with self._db.writing():
            return self._db.insert("problems", values)

    def problems(self, crawl_id: int) -> list[Problem]:
        """The failures of a run, in order."""
        rows = self._db.rows("SELECT kind, url, cause, hint FROM problems WHERE crawl_id=? ORDER BY id", [crawl_id])
        return [Problem(**dict(row)) for row in rows]
