"""Pages: every response that was used, append-only; bodies compressed, once per content."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from archiver.errors import ArchiveDamaged
from archiver.models import Kind, Response
from archiver.store.base import Stage
from archiver.store.db import timestamp, to_json

OK = "ok"
NOT_MODIFIED = 304

PAGE = "SELECT pages.*, page_bodies.data FROM pages LEFT JOIN page_bodies USING (sha256)"
ENDED = "AND crawl_id IN (SELECT id FROM crawls WHERE outcome NOT IN ('interrupted', 'failed'))"


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A kept response. Of a 304 it holds the body that was confirmed, and that body's headers brought up to date."""

    id: int
    url: str
    kind: Kind
    status: int
    blog_id: int | None
    crawl_id: int | None
    fetched_at: datetime
    final_url: str
    etag: str | None
    last_modified: str | None
    headers: Mapping[str, str]
    sha256: str | None
    outcome: str
    body: bytes


def page_of(row: sqlite3.Row, path: str) -> StoredPage:
    """The value of a row of ``PAGE``; ``ArchiveDamaged`` when its body cannot be unpacked."""
    try:
        body = zlib.decompress(row["data"]) if row["data"] is not None else b""
    except zlib.error as error:
        raise ArchiveDamaged(path, f"page {row['id']} cannot be unpacked: {error}", "Run: archiver check") from error
    values = {name: row[name] for name in row.keys() if name != "data"}  # noqa: SIM118 -- a Row iterates over values
    values |= {
        "kind": Kind(row["kind"]),
        "fetched_at": datetime.fromisoformat(row["fetched_at"]),
        "headers": json.loads(row["headers"]),
    }
    return StoredPage(body=body, **values)


def stored_response(page: StoredPage) -> Response:
    """The response as it was served; a 304 counts as a new serving of the body it confirmed."""
    status = 200 if page.status == NOT_MODIFIED and page.sha256 else page.status
    return Response(page.url, page.final_url, status, page.headers, page.body, page.fetched_at)


class Pages(Stage):
    """The raw pages of an archive."""

    def save_page(
        self,
        response: Response,
        kind: Kind,
        *,
        blog_id: int | None = None,
        crawl_id: int | None = None,
        outcome: str = OK,
    ) -> int:
        """Keep a response and give the page's id.

        ``outcome`` is ``ok`` for a page that is what was asked for, or the short name of what it is instead; only
        ``ok`` pages are ever given back by ``last_good``. The bytes of pictures are kept by ``save_image`` instead.
        """
        with self._db.writing():
            headers, digest = dict(response.headers), None
            if response.status == NOT_MODIFIED:
                if earlier := self._last_row(response.url):
                    headers, digest = {**json.loads(earlier["headers"]), **headers}, earlier["sha256"]
            elif kind is not Kind.IMAGE:
                digest = self._save_body(response.body)
            values = {
                "url": response.url,
                "kind": str(kind),
                "status": response.status,
                "blog_id": blog_id,
                "crawl_id": crawl_id,
                "fetched_at": timestamp(response.fetched_at),
                "final_url": response.final_url,
                "etag": headers.get("etag"),
                "last_modified": headers.get("last-modified"),
                "headers": to_json(headers),
                "sha256": digest,
                "outcome": outcome,
            }
            return self._db.insert("pages", values)

    def last_good(self, url: str, *, ended: bool = False) -> StoredPage | None:
        """The newest ``ok`` page of exactly this address that has a body: the one to ask conditionally for.

        ``ended`` takes only pages of runs that came to their end.
        """
        row = self._last_row(url, ENDED if ended else "")
        return page_of(row, self._db.path) if row else None

    def page_in_crawl(self, crawl_id: int, url: str) -> StoredPage | None:
        """The newest ``ok`` page of exactly this address in one run: what a resumed crawl need not fetch again."""
        row = self._db.row(
            f"{PAGE} WHERE crawl_id=? AND url=? AND outcome=? AND sha256 IS NOT NULL ORDER BY id DESC LIMIT 1",
            [crawl_id, url, OK],
        )
        return page_of(row, self._db.path) if row else None

    def page(self, page_id: int) -> StoredPage | None:
        """The page of an id."""
        row = self._db.row(f"{PAGE} WHERE id=?", [page_id])
        return page_of(row, self._db.path) if row else None

    def _last_row(self, url: str, beside: str = "") -> sqlite3.Row | None:
        return self._db.row(
            f"{PAGE} WHERE url=? AND outcome=? AND sha256 IS NOT NULL"
            f" AND (status BETWEEN 200 AND 299 OR status=304) {beside} ORDER BY id DESC LIMIT 1",
            [url, OK],
        )

    def _save_body(self, body: bytes) -> str:
        """Store bytes once and give their hash."""
        digest = sha256(body).hexdigest()
        if not self._db.value("SELECT 1 FROM page_bodies WHERE sha256=?", [digest]):
            self._db.insert("page_bodies", {"sha256": digest, "size": len(body), "data": zlib.compress(body)})
        return digest
