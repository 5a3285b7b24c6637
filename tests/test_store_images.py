"""Pictures: wanted, had, failed; their bytes once per content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archiver.models import Image, Problem, Record
from archiver.store import SETTLED, Archive, ImageState
from archiver.store.images import name_of

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", now=lambda: NOW) as archive:
        for host in ("a", "b"):
            blog = archive.blog_for(f"https://{host}.org/")
            pictures = tuple(Image(f"https://{host}.org/{number}.png") for number in range(3))
            archive.save_records(blog.id, [Record(f"https://{host}.org/p", "P", images=pictures)])
        yield archive


def wanted(archive: Archive, blog_id: int | None = None, **options: object) -> list[int]:
    return [image.id for image in archive.wanted_images(blog_id, **options)]


def row(archive: Archive, image_id: int) -> dict[str, object]:
    return next(archive.query("SELECT * FROM images WHERE id=?", [image_id]))


def test_the_pictures_of_new_posts_are_wanted(archive: Archive) -> None:
    assert wanted(archive) == [1, 2, 3, 4, 5, 6]
    assert wanted(archive, 2) == [4, 5, 6]
    assert wanted(archive, limit=2) == [1, 2]
    first = archive.wanted_images()[0]
    assert (first.url, first.state) == ("https://a.org/0.png", ImageState.WANTED)


def test_a_picture_is_kept_with_what_its_bytes_say(archive: Archive) -> None:
    digest = archive.save_image(1, PNG, "image/png", 640, 480)
    assert archive.save_image(2, PNG, "image/png") == digest
    assert [bytes(found["data"]) for found in archive.query("SELECT data FROM image_data")] == [PNG]
    expected = {
        "sha256": digest,
        "media_type": "image/png",
        "width": 640,
        "height": 480,
        "bytes": 48,
        "state": "stored",
    }
    assert expected.items() <= row(archive, 1).items()
    assert wanted(archive, 1) == [3]


def test_a_picture_that_failed_is_tried_again_later(archive: Archive) -> None:
    archive.image_failed(1, "timed out")
    assert row(archive, 1)["reason"] == "timed out"
    assert wanted(archive, 1) == [2, 3]
    assert archive.want_again(1) == 1
    assert wanted(archive, 1) == [1, 2, 3]
    archive.save_image(1, PNG, "image/png")
    assert (row(archive, 1)["state"], row(archive, 1)["reason"]) == ("stored", None)


@pytest.mark.parametrize("state", SETTLED)
def test_a_picture_that_cannot_be_had_is_asked_for_ever_more_rarely(tmp_path: Path, state: ImageState) -> None:
    path, day = tmp_path / "a.db", 0
    url, asked = "https://a.org/1.png", []
    with Archive.open(path, now=lambda: NOW + timedelta(days=day)) as archive:
        blog = archive.blog_for("https://a.org/")
        archive.save_records(blog.id, [Record("https://a.org/p", "P", images=(Image(url),))])
        archive.save_problem(Problem("image", url, "404"))
        archive.image_failed(1, "404", state)
        for day in range(1, 800):
            if archive.wanted_images(blog.id):
                assert archive.count_wanted(blog.id) == 1
                archive.image_failed(1, "404", state)
                asked.append(day)
    assert asked == [3, 6, 12, 24, 48, 96, 192, 372, 552, 732]


def test_refused_pictures_are_wanted_again_on_request(archive: Archive) -> None:
    archive.image_failed(1, "too large", ImageState.REFUSED)
    archive.image_failed(2, "404", ImageState.GONE)
    assert (archive.want_again(1), wanted(archive, 1)) == (0, [3])
    assert (archive.want_again(1, refused=True), wanted(archive, 1)) == (1, [1, 3])


def test_missing_pictures_say_why_and_since_when(archive: Archive) -> None:
    archive.image_failed(1, "404", ImageState.GONE)
    archive.save_problem(Problem("image", "https://a.org/0.png", "404"), at=NOW - timedelta(days=9))
    archive.save_problem(Problem("image", "https://a.org/0.png", "404"))
    archive.save_image(2, PNG, "image/png")
    gone, wanted = archive.missing_images(1)
    assert (gone.reason, gone.since, gone.state) == ("404", "2026-11-11T08:00:00+00:00", ImageState.GONE)
    assert (wanted.reason, wanted.since, wanted.state) == (None, None, ImageState.WANTED)


def test_a_picture_once_had_is_never_lost_to_a_failure(archive: Archive) -> None:
    archive.save_image(1, PNG, "image/png")
    archive.image_failed(1, "404", ImageState.GONE)
    assert row(archive, 1)["state"] == "stored"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.org/x/fig%20one.png?v=2", "fig one.png"),
        ("https://a.org/%E5%9B%BE.png", "图.png"),
        ("https://a.org/", "image"),
        ("https://a.org/dir/", "dir"),
        ("data:image/png;base64,AAAA/BBBB", "image"),
        ("https://a.org/a%0Ab%00.png", "ab.png"),
        ("https://a.org/" + "x" * 500, "x" * 120),
    ],
)
def test_a_pictures_name_is_fit_to_read(url: str, name: str) -> None:
    assert name_of(url) == name
