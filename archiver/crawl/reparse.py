"""Understanding an archive again, offline: every run is read once more from the pages it kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

from archiver.crawl.listing import begin
from archiver.crawl.options import Options
from archiver.crawl.reading import read_blog
from archiver.crawl.run import Run
from archiver.crawl.source import Kept
from archiver.errors import SiteError
from archiver.models import Change
from archiver.store import Archive, Blog, Origins, Outcome

RUNS = """SELECT id, command, options, outcome FROM crawls WHERE blog_id=? AND coalesce(outcome, '') <> 'failed'
 ORDER BY id"""


@dataclass(frozen=True, slots=True)
class Reparsed:
    """What reading a blog's kept pages again came to: a change for each post found, and the ids of those not found."""

    blog: Blog
    changes: tuple[Change, ...]
    missed: tuple[int, ...]
    unread: int = 0  # runs whose start page holds no posts as we read today


def reparse(archive: Archive, blogs: Sequence[Blog]) -> Iterator[Reparsed]:
    """Read the kept pages of some blogs again with today's parser and bring the archive to what they say.

    Each blog's runs are replayed into a scratch archive in their order, so that their history comes out the same; then
    the posts are compared by address. Posts that today's parser does not find stay as they are.
    """
    for blog in blogs:
        with TemporaryDirectory(prefix="archiver-") as folder, Archive.open(Path(folder) / "scratch.db") as scratch:
            yield _reparse(archive, blog, scratch)


def _reparse(archive: Archive, blog: Blog, scratch: Archive) -> Reparsed:
    twin = scratch.blog_for(blog.url, title=blog.title)
    for alias in blog.aliases:
        scratch.add_alias(twin.id, alias)
    pages: dict[int, int] = {}
    crawls: dict[int, int] = {}
    unread = 0
    for row in list(archive.query(RUNS, [blog.id])):
        source = Kept(archive, row["id"], scratch)
        run = _replay(scratch, source, row, blog)
        pages |= source.origins
        unread += run is None
        if run is not None:
            crawls[run.crawl_id] = row["id"]
    changes = archive.take_over(blog.id, scratch, twin.id, Origins(pages, crawls))
    found = {change.post_id for change in changes}
    ids = [row["id"] for row in archive.query("SELECT id FROM posts WHERE blog_id=? ORDER BY id", [blog.id])]
    return Reparsed(blog, tuple(changes), tuple(one for one in ids if one not in found), unread)


def _replay(scratch: Archive, source: Kept, row: dict[str, object], blog: Blog) -> Run | None:
    """Read one run's pages into the scratch archive; None if its start page gives no posts."""
    wishes = json.loads(str(row["options"]))
    known = {field.name for field in fields(Options)}
    run = Run(scratch, source, Options(**{name: wishes[name] for name in wishes if name in known}), str(row["command"]))
    try:
        start = begin(run, wishes.get("url") or blog.url)
    except SiteError:
        return None
    for _ in read_blog(run, start):
        pass
    run.finish(Outcome(str(row["outcome"])) if row["outcome"] else Outcome.INTERRUPTED)
    return run
