"""Pictures in a crawl: kept once, bounded by count and size, tried again when they could not be had, or given up."""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from contextlib import closing
from datetime import UTC, datetime, timedelta
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
        ("3.png", "gone", "the server answers 404"),
    ]
    with Archive.read(db) as archive:
        assert len(list(archive.query("SELECT * FROM image_data"))) == 1
        captions = [row["caption"] for row in archive.query("SELECT caption FROM post_images ORDER BY post_id")]
        assert captions == ["Picture 1", "Picture 2", "Picture 3"]


def update(db: Path, *options: str) -> int:
    return CliRunner().invoke(cli, ["update", "-d", str(db), "--delay", "0", *options]).exit_code


def days_pass(db: Path, days: int) -> None:
    """Let all that is known of pictures be so many days older."""
    with closing(sqlite3.connect(db, isolation_level=None)) as conn:
        for table, column in (("images", "tried_at"), ("problems", "at")):
            conn.execute(
                f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%S+00:00', {column}, ?)", [f"-{days} days"]
            )


def test_a_picture_that_failed_is_tried_again_by_update(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    blog.put("/pic/3.png", "busy", status=501)
    assert crawl(blog, db) == 1
    assert states(db)[2] == ("3.png", "failed", "the server answers 501")
    assert update(db) == 1
    blog.put("/pic/3.png", png(shade=99), content_type="image/png")
    assert update(db) == 0
    assert [state for _, state, _ in states(db)] == ["stored"] * 3


@pytest.mark.parametrize("status", [404, 410, 403, 200], ids=str)
def test_a_picture_that_is_not_to_be_had_is_told_once_and_asked_for_rarely(
    blog: Site, tmp_path: Path, status: int
) -> None:
    db = tmp_path / "a.db"
    blog.put("/pic/3.png", "<html>no</html>", status=status)
    assert crawl(blog, db) == 1
    for days, asked in ((0, 1), (2, 1), (1, 2), (2, 2), (1, 3), (5, 3), (1, 4)):
        days_pass(db, days)
        assert (update(db), blog.paths.count("/pic/3.png")) == (0, asked)
    blog.put("/pic/3.png", png(shade=99), content_type="image/png")
    days_pass(db, 12)
    assert update(db) == 0
    assert [state for _, state, _ in states(db)] == ["stored"] * 3


def test_update_speaks_off_a_terminal_only_of_what_could_not_be_had(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    blog.put("/pic/3.png", "busy", status=501)
    crawl(blog, db)
    told = CliRunner().invoke(cli, ["update", "-d", str(db), "--delay", "0"])
    assert (told.exit_code, told.stdout) == (1, "")
    first, second = told.stderr.splitlines()
    assert "Saved 0 new posts (0 changed) from 1 index page, 0 images in" in first
    assert second == f"  image: {blog.url('/pic/3.png')}: the server answers 501"
    assert CliRunner().invoke(cli, ["update", "-d", str(db), "--delay", "0", "-q"]).stderr == ""
    blog.put("/pic/3.png", png(), content_type="image/png")
    assert CliRunner().invoke(cli, ["update", "-d", str(db), "--delay", "0"]).stderr == ""


def test_trouble_of_the_server_changes_nothing_about_a_picture_that_is_gone(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    crawl(blog, db)
    blog.put("/pic/3.png", "busy", status=501)
    days_pass(db, 3)
    assert update(db) == 0
    assert states(db)[2] == ("3.png", "gone", "the server answers 404")


def test_pictures_told_as_failed_before_are_settled_without_a_word(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    crawl(blog, db)
    with closing(sqlite3.connect(db, isolation_level=None)) as conn:
        conn.execute("UPDATE images SET state = 'failed' WHERE state = 'gone'")
    assert update(db) == 0
    assert states(db)[2][1] == "gone"


def test_check_and_stats_tell_how_many_are_gone_and_miss_none(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    crawl(blog, db)
    days_pass(db, 1)
    checked = CliRunner().invoke(cli, ["check", "-d", str(db), "--offline"])
    assert checked.exit_code == 0
    day = (datetime.now(UTC) - timedelta(days=1)).date()
    assert f"note: images gone: 1, the first since {day}; asked for again ever more rarely" in checked.stdout
    counts = json.loads(CliRunner().invoke(cli, ["stats", "-d", str(db), "--json"]).stdout)
    kinds = ("kept", "missing", "gone", "refused")
    assert [counts[f"images_{kind}"] for kind in kinds] == [2, 0, 1, 0]


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
    blog.put("/pic/3.png", png(), content_type="image/png")
    assert crawl(blog, db, "--max-image-size", "0.1") == 1
    (name, state, reason), *_ = states(db)
    assert (name, state) == ("1.png", "refused")
    assert reason is not None
    assert "larger than" in reason
    assert (update(db), states(db)[0][1]) == (0, "refused")
    assert (update(db, "--max-image-size", "1"), states(db)[0][1]) == (0, "stored")


def test_what_is_no_picture_is_not_kept_as_one(blog: Site, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    blog.put("/pic/3.png", "<html>sorry</html>", content_type="image/png")
    assert crawl(blog, db) == 1
    assert states(db)[2] == ("3.png", "refused", "not a picture")
