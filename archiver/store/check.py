"""Whether an archive is whole: SQLite's own checks, references, and the hash of every stored byte."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256

import archiver.store.index as index
from archiver.errors import ArchiveError
from archiver.models import Problem
from archiver.store.posts import Posts
from archiver.store.rows import seal_of

COPY = "Go back to a copy of the file, or crawl again."


class Checks(Posts):
    """The checks of an archive's own integrity."""

    def integrity(self) -> list[Problem]:
        """Everything that is wrong with the file; nothing if all is well. Reads the whole archive."""
        checks = (self._pages_of_file, self._references, self._posts, self._bodies, self._pictures, self._index)
        return [problem for check in checks for problem in self._survive(check)]

    def rebuild_index(self) -> int:
        """Make the search index again from the posts; gives their number."""
        with self._db.writing():
            return index.rebuild(self._db.connection)

    def _survive(self, check: Callable[[], Iterator[Problem]]) -> Iterator[Problem]:
        """What a check finds, and the damage that keeps it from reading on."""
        try:
            yield from check()
        except ArchiveError as error:
            yield self._problem("unreadable", error.cause, error.hint)
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:  # what damaged values lead to
            yield self._problem("unreadable", str(error))

    def _problem(self, kind: str, cause: str, hint: str = COPY) -> Problem:
        return Problem(kind, self._db.path, cause, hint)

    def _pages_of_file(self) -> Iterator[Problem]:
        for row in self._db.each("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield self._problem("integrity", row[0])

    def _references(self) -> Iterator[Problem]:
        for row in self._db.each("PRAGMA foreign_key_check"):
            yield self._problem("reference", f"row {row[1]} of {row[0]} points to a row of {row[2]} that is missing")

    def _posts(self) -> Iterator[Problem]:
        for row in self._db.rows("SELECT post_id, seal FROM post_html WHERE seal IS NOT NULL"):
            try:
                whole = seal_of(self.record(row["post_id"])) == row["seal"]
            except (LookupError, ValueError, TypeError):
                whole = False
            if not whole:
                cause = f"post {row['post_id']} is not what was stored: damaged, or changed by another program"
                yield self._problem("post-hash", cause, "Run: archiver reparse")

    def _bodies(self) -> Iterator[Problem]:
        for row in self._db.each("SELECT sha256, size, data FROM page_bodies"):
            try:
                body = zlib.decompress(row["data"])
            except (zlib.error, TypeError) as error:
                yield self._problem("page-hash", f"the body {row['sha256']} cannot be unpacked: {error}")
                continue
            if sha256(body).hexdigest() != row["sha256"] or len(body) != row["size"]:
                yield self._problem("page-hash", f"the body {row['sha256']} is not what was stored")

    def _pictures(self) -> Iterator[Problem]:
        for row in self._db.each("SELECT sha256, data FROM image_data"):
            if not isinstance(row["data"], bytes) or sha256(row["data"]).hexdigest() != row["sha256"]:
                yield self._problem("image-hash", f"the picture {row['sha256']} is not what was stored")
        missing = "SELECT url FROM images WHERE state='stored' AND sha256 NOT IN (SELECT sha256 FROM image_data)"
        for row in self._db.each(missing):
            yield self._problem("image-missing", f"the bytes of {row['url']} are not in the archive")

    def _index(self) -> Iterator[Problem]:
        with self._db.translating:
            found = index.verify(self._db.connection)
        for cause in found:
            yield self._problem("search-index", cause, "Run: archiver check --fix")
