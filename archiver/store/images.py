"""Pictures: an address each, their bytes once per content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from archiver.store.base import Stage
from archiver.store.db import Db, Parameters, marks

BATCH = 500  # SQLite's oldest limit of parameters is 999


class ImageState(StrEnum):
    """What is known of a picture (``images.state``)."""

    WANTED = "wanted"  # not asked for yet
    STORED = "stored"  # its bytes are here
    FAILED = "failed"  # could not be had this time; update tries again
    GONE = "gone"  # the server, or its host, does not exist any more; asked again ever more rarely
    REFUSED = "refused"  # forbidden, too large, or no picture at all; asked again ever more rarely


SETTLED = (ImageState.GONE, ImageState.REFUSED)
SOONEST, LATEST = 3, 180
"""Days until a settled picture is asked for again: as many as it has been known so, within these bounds. So they
double: it is asked for 3, 6, 12, 24, ... days after it was first told."""

MISSING = """
FROM images LEFT JOIN (SELECT url AS at_url, cause, min(at) AS since FROM problems WHERE kind = 'image'
 GROUP BY url, cause) ON at_url = images.url AND cause = reason
WHERE state <> 'stored' AND (:blog IS NULL OR images.id IN
 (SELECT image_id FROM post_images JOIN posts ON posts.id = post_id WHERE blog_id = :blog))"""
KNOWN_SO = "julianday(date(tried_at)) - julianday(date(coalesce(since, tried_at)))"
TO_ASK = f"""{MISSING} AND (state = 'wanted' OR (state IN ('gone', 'refused')
 AND julianday(date(:now)) - julianday(date(tried_at)) >= max({SOONEST}, min({LATEST}, {KNOWN_SO}))))"""


@dataclass(frozen=True, slots=True)
class WantedImage:
    """A picture whose bytes are missing: why, and since when this reason is known; None if it was not told yet."""

    id: int
    url: str
    state: ImageState
    reason: str | None = None
    since: str | None = None


def name_of(url: str) -> str:
    """A picture's file name from its address, fit for reading; ``image`` when the address has none."""
    name = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]) if not url.startswith("data:") else ""
    return "".join(letter for letter in name if letter.isprintable()).strip()[:120] or "image"


def image_ids(db: Db, urls: Iterable[str]) -> dict[str, int]:
    """The ids of pictures by address, adding those that are not known yet. Runs in a transaction."""
    wanted = list(dict.fromkeys(urls))
    ids: dict[str, int] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        sql = f"SELECT url, id FROM images WHERE url IN ({marks(batch)})"
        ids.update(map(tuple, db.rows(sql, batch)))
        if missing := [url for url in batch if url not in ids]:
            db.run_many("INSERT INTO images (name, url) VALUES (?, ?)", [(name_of(url), url) for url in missing])
            ids.update(map(tuple, db.rows(f"SELECT url, id FROM images WHERE url IN ({marks(missing)})", missing)))
    return ids


class Images(Stage):
    """The pictures of an archive."""

    def wanted_images(self, blog_id: int | None = None, *, limit: int = 100) -> list[WantedImage]:
        """Pictures to be asked for now, oldest first: those wanted, and settled ones whose time has come."""
        asked = {"blog": blog_id, "limit": limit, "now": self._moment()}
        return self._missing(f"{TO_ASK} ORDER BY id LIMIT :limit", asked)

    def count_wanted(self, blog_id: int) -> int:
        """How many pictures of a blog are to be asked for now."""
        return int(self._db.value(f"SELECT count(*) {TO_ASK}", {"blog": blog_id, "now": self._moment()}))

    def missing_images(self, blog_id: int) -> list[WantedImage]:
        """All pictures of a blog without bytes, oldest first."""
        return self._missing(f"{MISSING} ORDER BY id", {"blog": blog_id})

    def _missing(self, clauses: str, values: Parameters) -> list[WantedImage]:
        rows = self._db.rows(f"SELECT id, images.url, state, reason, since {clauses}", values)
        return [WantedImage(row[0], row[1], ImageState(row[2]), row[3], row[4]) for row in rows]

    def want_again(self, blog_id: int, *, refused: bool = False) -> int:
        """Let the blog's pictures that failed, or were refused too, be asked for once more; gives their number."""
        states = (ImageState.FAILED, ImageState.REFUSED) if refused else (ImageState.FAILED,)
        with self._db.writing():
            return self._db.run(
                f"UPDATE images SET state='wanted' WHERE state IN ({marks(states)}) AND id IN"
                " (SELECT image_id FROM post_images JOIN posts ON posts.id = post_id WHERE blog_id=?)",
                [*map(str, states), blog_id],
            ).rowcount

    def save_image(
        self, image_id: int, data: bytes, media_type: str, width: int | None = None, height: int | None = None
    ) -> str:
        """Keep a picture's bytes, once per content, and give their hash. ``media_type`` is sniffed, not declared."""
        digest = sha256(data).hexdigest()
        values = {
            "sha256": digest,
            "media_type": media_type,
            "width": width,
            "height": height,
            "bytes": len(data),
            "state": str(ImageState.STORED),
            "reason": None,
            "tried_at": self._moment(),
        }
        with self._db.writing():
            if not self._db.value("SELECT 1 FROM image_data WHERE sha256=?", [digest]):
                self._db.insert("image_data", {"sha256": digest, "data": data})
            self._db.update("images", image_id, values)
        return digest

    def image_failed(self, image_id: int, reason: str, state: ImageState = ImageState.FAILED) -> None:
        """Note why a picture could not be had; one that is stored stays stored."""
        with self._db.writing():
            self._db.run(
                "UPDATE images SET state=?, reason=?, tried_at=? WHERE id=? AND state <> 'stored'",
                [str(state), reason, self._moment(), image_id],
            )
