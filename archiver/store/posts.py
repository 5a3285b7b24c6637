"""Posts: what pages say of them goes through the decider into rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from archiver.models import Change, Record, Verdict
from archiver.store.blogs import Blogs
from archiver.store.db import marks, to_json
from archiver.store.decide import Claims, Merged, claims_of, merge, noted, repeats
from archiver.store.fields import Source
from archiver.store.parts import images_of, with_known_pictures, write_parts, write_revision
from archiver.store.rows import columns_of, record_of, tidy

BATCH = 500  # SQLite's oldest limit of parameters is 999

LISTED, FULL, GONE = "listed", "full", "gone"

POST = "SELECT posts.*, excerpt_html, content_html FROM posts LEFT JOIN post_html ON post_id = posts.id"

KNOWN = """SELECT address, id, said, claims.crawl_id, since, EXISTS (SELECT 1 FROM claims WHERE post_id = posts.id)
 FROM posts LEFT JOIN claims ON claims.post_id = posts.id AND source = ?"""

TOUCH = """UPDATE posts SET last_seen = :at, state = CASE WHEN state <> 'gone' THEN state
 WHEN text IS NULL THEN 'listed' ELSE 'full' END WHERE id = :post AND (last_seen < :at OR state = 'gone')"""

FIRST_PAGE = """SELECT min(page_id) FROM page_posts JOIN pages ON pages.id = page_id
 WHERE post_id = :post AND kind = (SELECT kind FROM pages WHERE id = :page)"""

CLAIM = """INSERT INTO claims (post_id, source, since, crawl_id, said) VALUES (:post, :source, :crawl, :crawl, :said)
 ON CONFLICT (post_id, source) DO UPDATE SET crawl_id = excluded.crawl_id, said = excluded.said"""


@dataclass(frozen=True, slots=True)
class Sighting:
    """The circumstances under which records are read: who says it, when, in which run, on which page."""

    source: Source
    at: str
    crawl_id: int | None
    page_id: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a post before it is met: what this source said of it, in which run the last and the first time.

    ``claimed`` says whether any source spoke of it.
    """

    post_id: int
    said: str | None = None
    crawl_id: int | None = None
    since: int | None = None
    claimed: bool = False


class Posts(Blogs):
    """The posts of an archive."""

    def save_records(
        self,
        blog_id: int,
        records: Sequence[Record],
        *,
        seen_at: datetime | None = None,
        crawl_id: int | None = None,
        page_id: int | None = None,
        source: Source = Source.LISTING,
    ) -> list[Change]:
        """Store what a page says of its posts, matched by address within the blog; one change for each record."""
        return self._save(blog_id, records, Sighting(source, self._moment(seen_at), crawl_id, page_id))

    def save_post(
        self,
        post_id: int,
        record: Record,
        *,
        seen_at: datetime | None = None,
        crawl_id: int | None = None,
        page_id: int | None = None,
        source: Source = Source.POST,
    ) -> Change:
        """Store what a post's own page says of a post known by its id, under whichever address it answered."""
        sighting = Sighting(source, self._moment(seen_at), crawl_id, page_id)
        with self._db.writing():
            row = self._db.row(f"{KNOWN} WHERE posts.id=?", [str(source), post_id])
            if row is None:
                raise KeyError(post_id)
            blog = self.blog(self._db.value("SELECT blog_id FROM posts WHERE id=?", [post_id]))
            known = with_known_pictures(self._db, blog, tidy(record))
            change, said = self._meet(Known(*row[1:]), known, sighting)
            self._note([change], [said], sighting)
        return change

    def set_post_state(self, post_id: int, state: str) -> None:
        """Say how a post is on its site: ``listed``, ``full`` (its own page was read) or ``gone``."""
        with self._db.writing():
            self._db.update("posts", post_id, {"state": state})

    def record(self, post_id: int) -> Record:
        """A post as the record that would change nothing; ``KeyError`` if there is none."""
        row = self._db.row(f"{POST} WHERE posts.id=?", [post_id])
        if row is None:
            raise KeyError(post_id)
        return record_of(row, images_of(self._db, post_id))

    def posts_without_text(self, blog_id: int) -> list[tuple[int, str]]:
        """Id and address of the blog's posts whose own page was not read yet, newest first."""
        sql = "SELECT id, coalesce(read_more, url) FROM posts WHERE blog_id=? AND text IS NULL AND state <> 'gone'"
        rows = self._db.rows(f"{sql} ORDER BY published IS NULL, published DESC, id", [blog_id])
        return [(row[0], row[1]) for row in rows]

    def known_addresses(self, blog_id: int, urls: Collection[str]) -> set[str]:
        """Those of the addresses that are posts of the blog already."""
        blog = self.blog(blog_id)
        by_address = {blog.address(url): url for url in urls}
        return {by_address[address] for address in self._known(blog_id, list(by_address), Source.LISTING)}

    def _save(self, blog_id: int, records: Sequence[Record], sighting: Sighting) -> list[Change]:
        changes: list[Change] = []
        claims: list[str | None] = []
        with self._db.writing():
            blog = self.blog(blog_id)
            addresses = [blog.address(record.url) for record in records]
            known = self._known(blog_id, addresses, sighting.source)
            met: set[str] = set()
            clean = (with_known_pictures(self._db, blog, tidy(record)) for record in records)
            for address, record in zip(addresses, clean, strict=True):
                if address in known:
                    change, said = self._meet(known[address], record, sighting, again=address in met)
                else:
                    change, said = self._add(blog_id, address, record, sighting)
                    known[address] = Known(change.post_id, claimed=True)
                met.add(address)
                changes.append(change)
                claims.append(said)
            self._note(changes, claims, sighting)
        return changes

    def _known(self, blog_id: int, addresses: Sequence[str], source: Source) -> dict[str, Known]:
        known: dict[str, Known] = {}
        for start in range(0, len(addresses), BATCH):
            batch = addresses[start : start + BATCH]
            sql = f"{KNOWN} WHERE blog_id=? AND address IN ({marks(batch)})"
            known |= {row[0]: Known(*row[1:]) for row in self._db.rows(sql, [str(source), blog_id, *batch])}
        return known

    def _add(self, blog_id: int, address: str, record: Record, sighting: Sighting) -> tuple[Change, str]:
        """Add a post; give the change and the claim to note."""
        values = columns_of(record) | {
            "blog_id": blog_id,
            "address": address,
            "first_seen": sighting.at,
            "last_seen": sighting.at,
            "state": LISTED if record.text is None else FULL,
        }
        post_id = self._db.insert("posts", values)
        write_parts(self._db, post_id, Record(record.url, record.title), record)
        return Change(post_id, Verdict.NEW), to_json(claims_of(record))

    def _meet(
        self, known: Known, record: Record, sighting: Sighting, *, again: bool = False
    ) -> tuple[Change, str | None]:
        """Let a record meet a known post; give the change, and the claim to note unless it is a second sighting."""
        claims = claims_of(record)
        before: Claims | None = json.loads(known.said) if known.said else {} if known.claimed else None
        again = again or (known.said is not None and known.crawl_id is not None and known.crawl_id == sighting.crawl_id)
        restated = again and self._is_first_page(known, sighting)
        if known.said and before and repeats(claims, before) and not restated:
            return Change(known.post_id, Verdict.UNCHANGED), known.said
        old = self.record(known.post_id)
        merged = merge(old, record, sighting.source, before, again=again, restated=restated)
        self._write(known.post_id, old, merged, sighting)
        said = to_json(noted(claims, before or {}, restated=restated))
        return change_of(known.post_id, merged), said if restated or not again else None

    def _is_first_page(self, known: Known, sighting: Sighting) -> bool:
        """Whether this is the very page by which the source first spoke of the post, in the run in which it did."""
        if sighting.page_id is None or sighting.crawl_id is None or known.since != sighting.crawl_id:
            return False
        return bool(self._db.value(FIRST_PAGE, {"post": known.post_id, "page": sighting.page_id}) == sighting.page_id)

    def _write(self, post_id: int, old: Record, merged: Merged, sighting: Sighting) -> None:
        """Bring a post's rows to the merged record, keeping what the blog revised."""
        if merged.record == old:
            return
        before = columns_of(old)
        values = {name: value for name, value in columns_of(merged.record).items() if value != before[name]}
        if merged.revised:
            write_revision(self._db, post_id, old, merged.revised, changed_at=sighting.at, crawl_id=sighting.crawl_id)
            values["changed"] = sighting.at
        if old.text is None and merged.record.text is not None:
            values["state"] = FULL
        self._db.update("posts", post_id, values)
        write_parts(self._db, post_id, old, merged.record)

    def _note(self, changes: Sequence[Change], claims: Sequence[str | None], sighting: Sighting) -> None:
        """Note for all posts of a page that they were seen, what was said of them, and where they stood."""
        seen = [{"post": change.post_id, "at": sighting.at} for change in changes if change.verdict is not Verdict.NEW]
        self._db.run_many(TOUCH, seen)
        claim = {"source": str(sighting.source), "crawl": sighting.crawl_id}
        pairs = zip(changes, claims, strict=True)
        self._db.run_many(CLAIM, [{**claim, "post": change.post_id, "said": said} for change, said in pairs if said])
        if sighting.page_id is not None:
            places = [(sighting.page_id, change.post_id, at) for at, change in enumerate(changes)]
            self._db.run_many("INSERT OR IGNORE INTO page_posts VALUES (?, ?, ?)", places)


def change_of(post_id: int, merged: Merged) -> Change:
    """What a merge did, in a word."""
    if merged.revised:
        return Change(post_id, Verdict.REVISED, merged.fields)
    return Change(post_id, Verdict.COMPLETED if merged.completed else Verdict.UNCHANGED, merged.fields)
