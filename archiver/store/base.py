"""What the stages of the store share: the connection and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from archiver.store.db import Db, timestamp


class Stage:
    """A part of an open archive. All stages of one archive share one connection."""

    def __init__(self, db: Db, now: Callable[[], datetime]) -> None:
        """``now`` gives aware moments; it is asked wherever a moment is not handed in."""
        self._db = db
        self._now = now

    def _moment(self, moment: datetime | None = None) -> str:
        """A moment, or now, as stored."""
        return timestamp(moment or self._now())
