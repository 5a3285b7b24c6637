"""The check: every kind of damage is found, and a whole archive is called whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.errors import ArchiveError
from archiver.models import FoundDate, Image, Kind, Record, Response
from archiver.store import Archive

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Archive.open(path, now=lambda: NOW) as archive:
        archive.blog_for("https://a.org/")
        page = Response("https://a.org/", "https://a.org/", 200, {}, b"body of the page" * 9, NOW)
        page_id = archive.save_page(page, Kind.LISTING, blog_id=1)
        record = Record(
            "https://a.org/p", "Entropy 熵", excerpt="A text", images=(Image("https://a.org/1.png"),), tags=("t",)
        )
        archive.save_records(1, [record], page_id=page_id)
        archive.save_image(1, b"bytes of the picture", "image/png")
    return path


def found(path: Path) -> list[str]:
    with Archive.read(path) as archive:
        return [problem.kind for problem in archive.integrity()]


def test_a_whole_archive_is_whole(path: Path) -> None:
    assert found(path) == []


DAMAGE: tuple[tuple[str, list[str]], ...] = (
    ("UPDATE page_bodies SET data = x'00'", ["page-hash"]),
    ("UPDATE page_bodies SET size = 1", ["page-hash"]),
    ("UPDATE page_bodies SET data = (SELECT data FROM image_data)", ["page-hash"]),
    ("UPDATE image_data SET data = 'other bytes'", ["image-hash"]),
    ("DELETE FROM image_data", ["image-missing"]),
    ("DELETE FROM page_bodies", ["reference"]),
    ("DELETE FROM blogs", ["reference", "reference"]),
    ("DELETE FROM tags", ["reference"]),
    ("DROP TABLE posts_fts", ["search-index"]),
    ("DROP TRIGGER posts_fts_update", ["search-index"]),
    ("UPDATE posts SET title = 'Other'", ["post-hash", "search-index"]),
    ("UPDATE posts SET published = '2019'", ["post-hash"]),
    ("UPDATE posts SET published_from = 'nowhere'", ["post-hash"]),
    ("UPDATE posts SET evidence = 'no JSON'", ["post-hash"]),
    ("UPDATE posts SET state = 'gone'", []),
    ("UPDATE post_html SET excerpt_html = '<p>'", ["post-hash"]),
    ("UPDATE post_images SET caption = 'Other'", ["post-hash"]),
    ("UPDATE images SET url = 'https://a.org/2.png'", ["post-hash"]),
)


@pytest.mark.parametrize(("sql", "kinds"), DAMAGE)
def test_damage_is_found(path: Path, sql: str, kinds: list[str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(sql)
    assert found(path) == kinds


def test_no_broken_page_of_the_file_goes_unseen(path: Path) -> None:
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as conn:
        page_size = conn.execute("PRAGMA page_size").fetchone()[0]
    for start in range(page_size, len(whole), page_size):
        path.write_bytes(whole[:start] + b"\xff" * 16 + whole[start + 16 :])
        assert refused_or_found(path), f"page {start // page_size + 1}"


MARKS = ("excerptmark", "htmlmark", "captionmark", "authormark", "picturemark", "rawdatemark", "seriesmark")


def test_no_flipped_bit_in_the_content_goes_unseen(path: Path) -> None:
    """SQLite's own integrity check noticed 5 of 300."""
    record = Record(
        "https://a.org/q",
        "A title",
        FoundDate("2019", raw="rawdatemark"),
        excerpt="excerptmark",
        excerpt_html="htmlmark",
        images=(Image("https://a.org/2.png", "", "captionmark"),),
        author="authormark",
        series="seriesmark",
    )
    with Archive.open(path) as archive:
        archive.save_records(1, [record])
        archive.save_image(2, b"picturemark", "image/png")
        body = next(archive.query("SELECT data FROM page_bodies"))["data"]
    whole = path.read_bytes()
    for mark in (*(mark.encode() for mark in MARKS), body):
        at = whole.index(mark) + len(mark) // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert refused_or_found(path), mark


def refused_or_found(path: Path) -> bool:
    try:
        return bool(found(path))
    except ArchiveError:
        return True


@pytest.mark.parametrize("size", [40, 100, 5000, 20000])
def test_a_file_cut_short_is_seen(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    assert refused_or_found(path)
