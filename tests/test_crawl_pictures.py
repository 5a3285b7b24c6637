"""Pictures in a crawl: kept once, bounded by count and size, tried again when they could not be had."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Site

from archiver.cli import cli
from archiver.store import Archive


def png(width: int = 40, shade: int = 0) -> bytes:
    """A small picture of one shade of grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(width))
    header = struct.pack(">IIBBBBB", width, width, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def blog(site: Site) -> Site:
    posts = "".join(
        f'<article><h2><a href="/p/{n}/">A note on the number {n}</a></h2><time datetime="2020-01-0{n}">Jan {n}, 2020'
        f'</time><p>Some words about it.</p><figure><img src="/pic/{n}.png" alt="no {n}"><figcaption>Picture {n}'
        "</figcaption></figure></article>"
        for n in (1, 2, 3)
    )
    site.put("/", f'<html lang="en"><body><main>{posts}</main></body></html>')
    for n in (1, 2):
        site.put(f"/pic/{n}.png", png(shade=7), content_type="image/png")
    return site


def crawl(site: Site, db: Path, *options: str) -> int:
    result = CliRunner().invoke(cli, ["crawl", site.url("/"), "-d", str(db), "--delay", "0", "-q", *options])
    return result.exit_code


def states(db: Path) -> list[tuple[str, str, str | None]]:
    with Archive.read(db) as archive:
        rows = archive.query("SELECT name, state, reason FROM images ORDER BY name")
        return [(row["name"], row["state"], row["reason"]) for row in rows]


def test_equal_pictures_are_kept_once_and_a_missing_one_says_why(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    assert crawl(blog, db) == 1
    assert states(db) == [
        ("1.png", "stored", None),
        ("2.png", "stored", None),
        ("3.png", "failed", "the server answers 404"),
    ]
    with Archive.read(db) as archive:
        assert len(list(archive.query("SELECT * FROM image_data"))) == 1
        captions = [row["caption"] for row in archive.query("SELECT caption FROM post_images ORDER BY post_id")]
        assert captions == ["Picture 1", "Picture 2", "Picture 3"]


def test_a_picture_that_failed_is_tried_again_by_update(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    crawl(blog, db)
    blog.put("/pic/3.png", png(shade=99), content_type="image/png")
    result = CliRunner().invoke(cli, ["update", "-d", str(db), "--delay", "0"])
    assert result.exit_code == 0
    assert [state for _, state, _ in states(db)] == ["stored"] * 3


def test_no_images_keeps_addresses_only(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    assert crawl(blog, db, "--no-images") == 0
    assert [state for _, state, _ in states(db)] == ["wanted"] * 3
    assert not [path for path in blog.paths if path.startswith("/pic/")]


def test_the_number_of_pictures_is_bounded(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    assert crawl(blog, db, "--max-images", "1") == 0
    assert [state for _, state, _ in states(db)] == ["stored", "wanted", "wanted"]


def test_a_picture_that_is_too_large_is_left_as_an_address(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    blog.put("/pic/1.png", png(400) + bytes(200_000), content_type="image/png")
    assert crawl(blog, db, "--max-image-size", "0.1") == 1
    (name, state, reason), *_ = states(db)
    assert (name, state) == ("1.png", "failed")
    assert reason is not None
    assert "larger than" in reason


def test_what_is_no_picture_is_not_kept_as_one(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    blog.put("/pic/3.png", "<html>sorry</html>", content_type="image/png")
    assert crawl(blog, db) == 1
    assert states(db)[2] == ("3.png", "failed", "not a picture")
