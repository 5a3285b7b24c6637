"""Understanding an archive again from the pages it kept: on real crawls of the sample blog."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archiver import demo
from archiver.crawl import Options, Reparsed, crawl, reparse
from archiver.fetch import Fetcher
from archiver.models import Verdict
from archiver.store import Archive

POSTS = """SELECT address, url, title, published, published_from, published_raw, published_precision, published_note,
 author, category, series, tags, excerpt, captions, text, read_more, evidence, state, first_seen, excerpt_html,
 content_html FROM posts JOIN post_html ON post_id = posts.id ORDER BY address"""
PICTURES = """SELECT address, images.url, position, alt, caption FROM post_images
 JOIN posts ON posts.id = post_id JOIN images ON images.id = image_id ORDER BY address, position"""
PLACES = "SELECT address, page_id, position FROM page_posts JOIN posts ON posts.id = post_id ORDER BY address, page_id"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample blog, crawled twice with whole posts."""
    path = tmp_path_factory.mktemp("crawled") / "a.db"
    with demo.serve() as url, Fetcher(delay=0) as fetcher:
        for _ in range(2):
            with Archive.open(path) as archive:
                for _step in crawl(archive, fetcher, url, Options(full_text=True)):
                    pass
    return path


@pytest.fixture
def archive(crawled: Path, tmp_path: Path) -> Iterator[Archive]:
    copy = tmp_path / "copy.db"
    shutil.copy(crawled, copy)
    with Archive.open(copy) as opened:
        yield opened


def again(archive: Archive) -> Reparsed:
    (result,) = reparse(archive, archive.blogs())
    return result


def content(archive: Archive) -> list[list[dict[str, Any]]]:
    return [list(archive.query(sql)) for sql in (POSTS, PICTURES, PLACES)]


def count(archive: Archive, table: str) -> int:
    return int(next(archive.query(f"SELECT count(*) AS n FROM {table}"))["n"])


def test_an_unchanged_parser_changes_nothing(archive: Archive) -> None:
    before, ids = content(archive), list(archive.query("SELECT id, address FROM posts ORDER BY id"))
    result = again(archive)
    assert {change.verdict for change in result.changes} == {Verdict.UNCHANGED}
    assert len(result.changes) == 12
    assert result.missed == ()
    assert content(archive) == before
    assert list(archive.query("SELECT id, address FROM posts ORDER BY id")) == ids
    assert count(archive, "revisions") == 0


def test_posts_that_were_deleted_come_back_from_the_pages(archive: Archive) -> None:
    before = content(archive)
    with archive.transaction():
        list(archive.query("DELETE FROM post_images"))
        list(archive.query("DELETE FROM posts"))
    assert count(archive, "posts") == count(archive, "page_posts") == 0
    result = again(archive)
    assert [change.verdict for change in result.changes] == [Verdict.NEW] * 12
    assert content(archive) == before
    assert archive.integrity() == []


def test_what_is_understood_otherwise_becomes_a_revision(archive: Archive) -> None:
    old = next(archive.query("SELECT id, title, text FROM posts WHERE title LIKE 'Maximum%'"))
    with archive.transaction():
        list(archive.query("UPDATE posts SET title = 'Read wrongly' WHERE id = ?", [old["id"]]))
    result = again(archive)
    changed = [change for change in result.changes if change.verdict is not Verdict.UNCHANGED]
    assert [(change.post_id, change.verdict, change.fields) for change in changed] == [
        (old["id"], Verdict.REVISED, ("title",))
    ]
    (revision,) = archive.query("SELECT post_id, fields, before FROM revisions")
    assert (revision["post_id"], revision["fields"], revision["before"]) == (
        old["id"],
        '["title"]',
        '{"title":"Read wrongly"}',
    )
    assert archive.record(old["id"]).title == old["title"]


def test_posts_that_no_page_shows_any_more_stay(archive: Archive) -> None:
    blog = archive.blogs()[0]
    record = archive.record(1)
    with archive.transaction():
        list(
            archive.query(
                "INSERT INTO posts (title, blog_id, url, address, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?)",
                ["Only here", blog.id, "http://x.example/only", "x.example/only", "2020-01-01", "2020-01-01"],
            )
        )
    result = again(archive)
    assert len(result.missed) == 1
    assert archive.record(result.missed[0]).title == "Only here"
    assert archive.record(1) == record


def test_a_crawl_after_reading_again_finds_nothing_changed(archive: Archive) -> None:
    with archive.transaction():
        list(archive.query("DELETE FROM posts"))
    again(archive)
    ids = [row["id"] for row in archive.query("SELECT id FROM posts ORDER BY id")]
    blog = archive.blogs()[0]
    with demo.serve() as url, Fetcher(delay=0) as fetcher:
        steps = crawl(archive, fetcher, url, Options(full_text=True), moved_from=blog.url)
        for _ in steps:
            pass
    assert [row["id"] for row in archive.query("SELECT id FROM posts ORDER BY id")] == ids
    assert count(archive, "revisions") == 0
