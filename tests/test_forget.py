"""Forgetting a blog: nothing of it is left, nothing of another blog is touched."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.errors import UsageError
from archiver.models import Image, Kind, Problem, Record, Response
from archiver.store import Archive, Outcome

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
SHARED, MINE, YOURS, FORMER = (f"https://pics.org/{name}.png" for name in ("shared", "mine", "yours", "former"))
SECRET = "unforgettable"

COUNTED = (
    *("blogs", "posts", "post_html", "images", "image_data", "post_images", "tags", "post_tags", "pages"),
    *("page_bodies", "page_posts", "claims", "revisions", "crawls", "problems"),
)


def fill(archive: Archive, host: str, own: str, words: str) -> int:
    """A blog with all that a blog can have; gives its id."""
    blog = archive.blog_for(f"https://{host}/", title=host)
    crawl = archive.start_crawl(blog.id, "crawl")
    body = f"<p>{words}</p>".encode()
    shared_page = Response(f"https://{host}/robots.txt", f"https://{host}/robots.txt", 200, {}, b"same on both", NOW)
    page = Response(f"https://{host}/", f"https://{host}/", 200, {}, body, NOW)
    archive.save_page(shared_page, Kind.ROBOTS, blog_id=None, crawl_id=crawl)
    page_id = archive.save_page(page, Kind.LISTING, blog_id=blog.id, crawl_id=crawl)
    record = Record(
        f"https://{host}/p",
        f"A post of {host}",
        excerpt=words,
        images=(Image(SHARED), Image(own), *((Image(FORMER),) if own == MINE else ())),
        tags=("common", host),
    )
    archive.save_records(blog.id, [record], crawl_id=crawl, page_id=page_id)
    archive.save_problem(Problem("status", f"https://{host}/q", "404"), blog_id=blog.id, crawl_id=crawl)
    archive.finish_crawl(crawl, Outcome.DONE, {})
    return blog.id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Archive.open(path, now=lambda: NOW) as archive:
        mine = fill(archive, "mine.org", MINE, f"{SECRET} 熵")
        fill(archive, "yours.org", YOURS, "to be kept 熵")
        for image in archive.wanted_images():
            archive.save_image(image.id, f"bytes of {image.url}".encode(), "image/png")
        again = archive.start_crawl(mine, "update")
        edited = Record("https://mine.org/p", "Edited", excerpt=f"{SECRET} 2", images=(Image(SHARED), Image(MINE)))
        archive.save_records(mine, [edited], crawl_id=again)
        archive.finish_crawl(again, Outcome.DONE, {})
    return path


def counts(archive: Archive) -> dict[str, int]:
    return {table: next(archive.query(f"SELECT count(*) AS n FROM {table}"))["n"] for table in COUNTED}


def test_nothing_of_a_forgotten_blog_is_left_and_all_of_the_other_is(path: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "only.db", now=lambda: NOW) as only:
        fill(only, "yours.org", YOURS, "to be kept 熵")
        for image in only.wanted_images():
            only.save_image(image.id, f"bytes of {image.url}".encode(), "image/png")
        expected = counts(only)
    with Archive.open(path) as archive:
        assert next(archive.query("SELECT count(*) AS n FROM revisions"))["n"] == 1
        gone = archive.forget_blog(1)
        archive.compact()
        assert counts(archive) == expected
        assert [blog.title for blog in archive.blogs()] == ["yours.org"]
        assert archive.integrity() == []
    assert gone == {
        "revisions": 1,
        "posts": 1,
        "problems": 1,
        "pages": 2,
        "crawls": 2,
        "blogs": 1,
        "tags": 1,
        "images": 2,
        "image files": 2,
        "page bodies": 1,
    }


def test_no_byte_of_it_stays_in_the_file(path: Path) -> None:
    def held() -> bool:
        data = path.read_bytes()
        return SECRET.encode() in data or f"bytes of {MINE}".encode() in data

    assert held()
    with Archive.open(path) as archive:
        archive.forget_blog(1)
        archive.compact()
    assert not held()


def test_the_index_forgets_too(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.forget_blog(1)
        found = list(archive.query("SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?", [SECRET]))
    assert found == []


def test_the_last_blog_leaves_an_empty_archive(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.forget_blog(2)
        archive.forget_blog(1)
        assert not any(counts(archive).values())
        assert archive.integrity() == []
        archive.blog_for("https://mine.org/")


def test_pages_of_another_blog_fetched_by_this_ones_crawl_stay(path: Path) -> None:
    with Archive.open(path) as archive:
        page = Response("https://yours.org/r", "https://yours.org/r", 200, {}, b"", NOW)
        archive.save_page(page, Kind.POST, blog_id=2, crawl_id=1)
        archive.save_records(2, [Record("https://yours.org/p", "Other")], crawl_id=1)
        archive.forget_blog(1)
        assert archive.last_good("https://yours.org/r") is not None
        assert archive.integrity() == []


def test_forgetting_is_all_or_nothing(path: Path) -> None:
    with Archive.open(path) as archive:
        before = counts(archive)
        with suppress(ZeroDivisionError), archive.transaction():
            archive.forget_blog(1)
            raise ZeroDivisionError
        assert counts(archive) == before
        archive.forget_blog(1)


def test_a_blog_that_is_not_there_is_refused(path: Path) -> None:
    with Archive.open(path) as archive, pytest.raises(UsageError, match="no blog 7"):
        archive.forget_blog(7)
