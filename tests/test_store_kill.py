"""Killed with SIGKILL at any moment, a crawl loses nothing that it had called stored."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from archiver.store import Archive

KILLS = 20

WRITER = """
import sys
from datetime import UTC, datetime
from itertools import count
from archiver.models import Image, Kind, Record, Response
from archiver.store import Archive

NOW = datetime(2026, 11, 20, tzinfo=UTC)
with Archive.open(sys.argv[1]) as archive:
    blog = archive.blog_for("https://a.org/")
    unfinished = archive.unfinished(blog.id)
    crawl = unfinished.id if unfinished else archive.start_crawl(blog.id, "crawl")
    first = next(archive.query("SELECT count(*) AS n FROM pages"))["n"]
    print("open", flush=True)
    for number in count(first):
        url = f"https://a.org/page/{number}"
        response = Response(url, url, 200, {}, f"body {number} ".encode() * 500, NOW)
        records = [
            Record(f"{url}/{post}", f"Post {post}", excerpt="words 词语 " * 50, images=(Image(f"{url}/{post}.png"),))
            for post in range(10)
        ]
        with archive.transaction():
            page_id = archive.save_page(response, Kind.LISTING, blog_id=blog.id, crawl_id=crawl)
            archive.save_records(blog.id, records, crawl_id=crawl, page_id=page_id)
        print(number, flush=True)
"""


def run_and_kill(path: Path, after: float) -> list[int]:
    """Let a crawl write, kill it, and give the pages that it had called stored."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(after)
        process.kill()
        return [int(line) for line in process.stdout.read().splitlines() if line]


def test_nothing_that_was_called_stored_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    acknowledged: set[int] = set()
    for _ in range(KILLS):
        acknowledged.update(run_and_kill(path, random.uniform(0, 0.03)))
        with Archive.read(path) as archive:
            rows = archive.query(
                "SELECT url, (SELECT count(*) FROM page_posts WHERE page_id = pages.id) AS n FROM pages"
            )
            stored = {int(row["url"].rpartition("/")[2]): row["n"] for row in rows}
            assert acknowledged <= stored.keys()
            assert set(stored.values()) <= {10}  # a page is there with all its posts, or not at all
    assert acknowledged
    with Archive.open(path) as archive:
        assert archive.integrity() == []
        assert len(list(archive.query("SELECT DISTINCT crawl_id FROM pages"))) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]
