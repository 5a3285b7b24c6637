"""The archive: one SQLite file, opened for one writer or for any number of readers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import archiver.store.index as index
from archiver.errors import ArchiveBusy, DiskFull
from archiver.store.again import Again
from archiver.store.check import Checks
from archiver.store.crawls import Crawls
from archiver.store.db import Db, Parameters
from archiver.store.files import open_to_read, open_to_write
from archiver.store.forget import Forgets
from archiver.store.images import Images
from archiver.store.lease import Lease
from archiver.store.pages import Pages
from archiver.urls import identity

LONGEST_ID = 18  # digits; SQLite counts to 2**63


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Archive(Again, Checks, Pages, Images, Crawls, Forgets):
    """An open archive; a context manager. Use ``Archive.open`` to write, ``Archive.read`` to read.

    Every method that writes is a transaction of its own, or part of the one opened by ``transaction``.
    """

    def __init__(self, db: Db, now: Callable[[], datetime] = utc_now, lease: Lease | None = None) -> None:
        """Use ``open`` or ``read``."""
        super().__init__(db, now)
        self._lease = lease

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = True,
        wait: float = 30.0,
        now: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open an archive to write, made or brought to today's tables as needed; the only writer until ``close``.

        ``wait`` is the number of seconds to wait for a lock. Raises ``UsageError`` when there is no such file and
        ``create`` is false, and the errors of ``ArchiveError``.
        """
        db = open_to_write(Path(path), create=create, wait=wait)
        lease = Lease(db, now)
        try:
            with db.transaction():
                lease.acquire()
                index.ensure(db.connection)
            write_ahead(db)
        except BaseException:
            db.connection.close()
            raise
        db.before = lease.check
        db.after = lambda: index.drain(db.connection)
        return cls(db, now, lease)

    @classmethod
    def read(cls, path: str | os.PathLike[str], *, now: Callable[[], datetime] = utc_now) -> Self:
        """Open an archive to read: while a crawl writes to it, and from media that cannot be written."""
        return cls(open_to_read(Path(path)), now)

    @property
    def path(self) -> str:
        """The file."""
        return self._db.path

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is kept together, or nothing of it: one for each index page."""
        return self._db.transaction()

    def query(self, sql: str, parameters: Parameters = ()) -> Iterator[dict[str, Any]]:
        """The rows of a query as dicts, one at a time."""
        return (dict(row) for row in self._db.each(sql, parameters))

    def post(self, key: int | str) -> dict[str, Any] | None:
        """The row of a post by its id or by any of its addresses; the newest, if several blogs have it."""
        if isinstance(key, int) or key.isdecimal():
            if len(str(key)) > LONGEST_ID:
                return None
            row = self._db.row("SELECT * FROM posts WHERE id=?", [int(key)])
            return dict(row) if row else None
        addresses = {identity(key), *(blog.address(key) for blog in self.blogs())}
        for column, values in (("url", [key]), ("address", sorted(addresses)), ("read_more", [key])):
            for value in values:
                row = self._db.row(f"SELECT * FROM posts WHERE {column}=? ORDER BY id DESC LIMIT 1", [value])
                if row:
                    return dict(row)
        return None

    def close(self) -> None:
        """Give up the lease and bring the archive to rest: one file, without a log beside it. May be called twice."""
        lease, self._lease = self._lease, None
        try:
            if lease:
                self._rest(lease)
        finally:
            self._db.connection.close()

    def _rest(self, lease: Lease) -> None:
        """Nothing is lost when this fails: the log stays beside the file, and the next writer folds it in."""
        connection = self._db.connection
        self._db.before = self._db.after = lambda: None
        with suppress(ArchiveBusy, DiskFull):
            if connection.in_transaction:
                connection.rollback()
            with self._db.transaction():
                lease.release()
            fold(self._db)

    def __enter__(self) -> Self:
        """The open archive."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Bring it to rest."""
        self.close()


def write_ahead(db: Db) -> None:
    """Let readers read while this connection writes, each commit safe from power loss.

    Where a reader keeps the file from changing its journal, the journal stays as it is, which is as safe but makes
    readers wait.
    """
    with suppress(ArchiveBusy):
        db.value("PRAGMA journal_mode = WAL")
    db.run("PRAGMA synchronous = FULL")


def fold(db: Db) -> None:
    """Bring the log into the file and leave the file alone; raises ``ArchiveBusy`` while others read."""
    db.run("PRAGMA busy_timeout = 1000")
    db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    db.value("PRAGMA journal_mode = DELETE")
