"""The lease: a row that says which process writes to the archive, so that two crawls never mix."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from archiver.errors import ArchiveBusy
from archiver.store.db import Db, timestamp

STALE_AFTER = timedelta(minutes=10)
BEAT_EVERY = timedelta(seconds=30)

PROCESS = uuid4().hex  # tells this process from an earlier one that had the same pid


def alive(pid: int) -> bool:
    """Whether a process of that number runs on this machine; True where it cannot be told."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def stale(row: sqlite3.Row, now: datetime) -> bool:
    """Whether the holder of a lease is gone: its process is, or its heart has not beaten for ten minutes."""
    if now - datetime.fromisoformat(row["heartbeat"]) > STALE_AFTER:
        return True
    if row["host"] != socket.gethostname():
        return False
    if row["pid"] == os.getpid():
        return not row["token"].startswith(PROCESS)
    return not alive(row["pid"])


class Lease:
    """The right to write to one archive; held from ``acquire`` to ``release``."""

    def __init__(self, db: Db, now: Callable[[], datetime]) -> None:
        """``now`` gives aware moments."""
        self._db = db
        self._now = now
        self._token = f"{PROCESS}-{uuid4().hex}"
        self._beaten: datetime | None = None

    def acquire(self) -> None:
        """Take the lease, or raise ``ArchiveBusy`` naming who holds it. Runs in a transaction."""
        row = self._db.row("SELECT token, pid, host, heartbeat FROM lease")
        if row and not stale(row, self._now()):
            raise self._busy(row)
        self._beaten = self._now()
        self._db.run(
            "INSERT OR REPLACE INTO lease (id, token, pid, host, heartbeat) VALUES (1, ?, ?, ?, ?)",
            [self._token, os.getpid(), socket.gethostname(), timestamp(self._beaten)],
        )

    def check(self) -> None:
        """Raise ``ArchiveBusy`` if another crawl took the lease over; beat when it is time. Runs in a transaction."""
        row = self._db.row("SELECT token, pid, host, heartbeat FROM lease")
        if row is None or row["token"] != self._token:
            raise self._busy(row)
        now = self._now()
        if self._beaten is None or now - self._beaten >= BEAT_EVERY:
            self._db.run("UPDATE lease SET heartbeat=?", [timestamp(now)])
            self._beaten = now

    def release(self) -> None:
        """Give the lease back, if it is still ours. Runs in a transaction."""
        self._db.run("DELETE FROM lease WHERE token=?", [self._token])

    def _busy(self, row: sqlite3.Row | None) -> ArchiveBusy:
        holder = f"process {row['pid']} on {row['host']} is writing to it" if row else "another crawl took it over"
        return ArchiveBusy(self._db.path, holder, "Wait until it has finished, or stop it.")
