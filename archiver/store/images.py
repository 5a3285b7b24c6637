"""Pictures: an address each, their bytes once per content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from archiver.store.base import Stage
from archiver.store.db import Db, marks, timestamp

BATCH = 500  # SQLite's oldest limit of parameters is 999


class ImageState(StrEnum):
    """What is known of a picture (``images.state``)."""

    WANTED = "wanted"  # not asked for yet
    STORED = "stored"  # its bytes are here
    FAILED = "failed"  # could not be had this time; update tries again
    GONE = "gone"  # the server says that it does not exist
    REFUSED = "refused"  # too large, or no picture at all


@dataclass(frozen=True, slots=True)
class WantedImage:
    """A picture whose bytes are missing."""

    id: int
    url: str
    state: ImageState


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

    def wanted_images(
        self, blog_id: int | None = None, *, limit: int = 100, failed_before: datetime | None = None
    ) -> list[WantedImage]:
        """Pictures without bytes, oldest first; with ``failed_before`` also those whose last failure is older."""
        rows = self._db.rows(
            "SELECT id, url, state FROM images WHERE state <> 'stored'"
            " AND (state = 'wanted' OR (state = 'failed' AND tried_at < :before))"
            " AND (:blog IS NULL OR EXISTS (SELECT 1 FROM post_images JOIN posts ON posts.id = post_id"
            " WHERE image_id = images.id AND blog_id = :blog)) ORDER BY id LIMIT :limit",
            {"blog": blog_id, "limit": limit, "before": timestamp(failed_before) if failed_before else None},
        )
        return [WantedImage(row["id"], row["url"], ImageState(row["state"])) for row in rows]

    def want_again(self, blog_id: int) -> int:
        """Let the blog's pictures that could not be had be asked for once more; gives their number."""
        with self._db.writing():
            return self._db.run(
                "UPDATE images SET state='wanted' WHERE state='failed' AND id IN"
                " (SELECT image_id FROM post_images JOIN posts ON posts.id = post_id WHERE blog_id=?)",
                [blog_id],
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
