"""Posts understood again from the pages that were kept: same ids, what changed is a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from archiver.models import Change, Record, Verdict
from archiver.store.parts import write_parts, write_revision
from archiver.store.posts import Posts
from archiver.store.rows import columns_of

CONTENT = ("title", "published", "author", "category", "series", "tags", "excerpt", "text", "images", "read_more")

SCRATCH = """SELECT id, address, first_seen, last_seen, changed, state FROM posts WHERE blog_id=? ORDER BY id"""


@dataclass(frozen=True, slots=True)
class Origins:
    """Which page and which run of the archive stand behind those of a scratch archive."""

    pages: Mapping[int, int]
    crawls: Mapping[int, int]


class Again(Posts):
    """Bringing an archive to what another one understood of the same pages."""

    def take_over(self, blog_id: int, scratch: Self, scratch_blog: int, origins: Origins) -> list[Change]:
        """Bring a blog's posts to what ``scratch`` understood; posts that it does not have stay as they are."""
        changes: list[Change] = []
        with self._db.writing():
            for row in scratch._db.rows(SCRATCH, [scratch_blog]):
                record = scratch.record(row["id"])
                known = self._db.value("SELECT id FROM posts WHERE blog_id=? AND address=?", [blog_id, row["address"]])
                if known is None:
                    changes.append(self._restore(blog_id, dict(row), record))
                    self._copy_past(scratch, row["id"], changes[-1].post_id, origins)
                else:
                    changes.append(self._rewrite(known, record))
                self._copy_claims(scratch, row["id"], changes[-1].post_id, origins)
        return changes

    def _restore(self, blog_id: int, row: dict[str, object], record: Record) -> Change:
        values = columns_of(record) | {name: row[name] for name in row if name != "id"} | {"blog_id": blog_id}
        post_id = self._db.insert("posts", values)
        write_parts(self._db, post_id, Record(record.url, record.title), record)
        return Change(post_id, Verdict.NEW)

    def _rewrite(self, post_id: int, record: Record) -> Change:
        old = self.record(post_id)
        if old.text is not None and record.text is None:
            record = replace(record, text=old.text, content_html=old.content_html)
        if record == old:
            return Change(post_id, Verdict.UNCHANGED)
        fields = tuple(field for field in CONTENT if getattr(old, field) != getattr(record, field))
        before = columns_of(old)
        values = {name: value for name, value in columns_of(record).items() if value != before[name]}
        if fields:
            now = self._moment()
            write_revision(self._db, post_id, old, fields, changed_at=now, crawl_id=None)
            values["changed"] = now
        self._db.update("posts", post_id, values)
        write_parts(self._db, post_id, old, record)
        return Change(post_id, Verdict.REVISED if fields else Verdict.COMPLETED, fields)

    def _copy_past(self, scratch: Self, scratch_post: int, post_id: int, origins: Origins) -> None:
        """The revisions of a restored post, and where listing pages showed it."""
        for row in scratch._db.rows("SELECT * FROM revisions WHERE post_id=? ORDER BY id", [scratch_post]):
            values = {name: row[name] for name in ("changed_at", "fields", "before")}
            crawl_id = origins.crawls.get(row["crawl_id"])
            self._db.insert("revisions", {**values, "post_id": post_id, "crawl_id": crawl_id})
        places = scratch._db.rows("SELECT page_id, position FROM page_posts WHERE post_id=?", [scratch_post])
        self._db.run_many(
            "INSERT OR IGNORE INTO page_posts VALUES (?, ?, ?)",
            [(origins.pages[row[0]], post_id, row[1]) for row in places if row[0] in origins.pages],
        )

    def _copy_claims(self, scratch: Self, scratch_post: int, post_id: int, origins: Origins) -> None:
        """What each source says of the post, so that the next crawl is held against today's understanding."""
        sql = "SELECT source, since, crawl_id, said FROM claims WHERE post_id=?"
        for row in scratch._db.rows(sql, [scratch_post]):
            since, crawl = (origins.crawls.get(row[name]) for name in ("since", "crawl_id"))
            self._db.run(
                "INSERT INTO claims (post_id, source, since, crawl_id, said) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (post_id, source) DO UPDATE SET said = excluded.said WHERE said <> excluded.said",
                [post_id, row["source"], since, crawl, row["said"]],
            )
