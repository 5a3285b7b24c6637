"""Crawls: how they begin, end, and are taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archiver.models import Kind, Problem, Response
from archiver.store import Archive, Outcome

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", now=lambda: NOW) as archive:
        archive.blog_for("https://a.org/", title="科学空间")
        yield archive


def page(archive: Archive, crawl_id: int) -> None:
    archive.save_page(Response("https://a.org/", "https://a.org/", 200, {}, b"", NOW), Kind.LISTING, crawl_id=crawl_id)


def test_a_crawl_is_named_after_its_time_and_blog(archive: Archive) -> None:
    crawl = archive.crawl(archive.start_crawl(1, "crawl", {"delay": 0.5, "full_text": True}))
    assert crawl.name == "2026-11-20 08:00 科学空间"
    assert (crawl.command, crawl.options) == ("crawl", {"delay": 0.5, "full_text": True})
    assert (crawl.started, crawl.ended, crawl.outcome) == ("2026-11-20T08:00:00+00:00", None, None)
    assert archive.crawl(archive.start_crawl(None, "inspect")).name == "2026-11-20 08:00 inspect"
    with pytest.raises(KeyError):
        archive.crawl(99)


def test_a_crawl_ends_with_its_counts(archive: Archive) -> None:
    crawl_id = archive.start_crawl(1, "crawl")
    crawl = archive.finish_crawl(crawl_id, Outcome.DONE, {"pages": 3, "posts_new": 30})
    assert (crawl.outcome, crawl.pages, crawl.posts_new, crawl.problems) == ("done", 3, 30, 0)
    blog = archive.blog(1)
    assert blog.first_crawled == blog.last_crawled == crawl.ended == "2026-11-20T08:00:00+00:00"
    with pytest.raises(TypeError, match="stars"):
        archive.finish_crawl(crawl_id, Outcome.DONE, {"stars": 5})


@pytest.mark.parametrize(
    ("outcome", "goes_on"),
    [
        (None, True),
        (Outcome.INTERRUPTED, True),
        (Outcome.FAILED, True),
        (Outcome.LIMITED, True),
        (Outcome.DONE, False),
        (Outcome.PARTIAL, False),
    ],
)
def test_what_counts_as_unfinished(archive: Archive, outcome: Outcome | None, goes_on: bool) -> None:
    crawl_id = archive.start_crawl(1, "crawl")
    page(archive, crawl_id)
    if outcome:
        archive.finish_crawl(crawl_id, outcome, {"pages": 1})
    unfinished = archive.unfinished(1)
    assert (unfinished is not None and unfinished.id == crawl_id) is goes_on


def test_a_crawl_that_never_got_a_page_does_not_count(archive: Archive) -> None:
    done = archive.start_crawl(1, "crawl")
    page(archive, done)
    archive.finish_crawl(done, Outcome.INTERRUPTED, {"pages": 1})
    archive.finish_crawl(archive.start_crawl(1, "crawl"), Outcome.FAILED, {})
    unfinished = archive.unfinished(1)
    assert unfinished is not None
    assert unfinished.id == done
    assert archive.unfinished(2) is None


def test_only_the_last_crawl_is_taken_up(archive: Archive) -> None:
    for outcome in (Outcome.INTERRUPTED, Outcome.DONE):
        archive.finish_crawl(archive.start_crawl(1, "crawl"), outcome, {"pages": 1})
    assert archive.unfinished(1) is None


def test_a_crawl_taken_up_runs_again(archive: Archive) -> None:
    crawl_id = archive.start_crawl(1, "crawl")
    archive.finish_crawl(crawl_id, Outcome.INTERRUPTED, {"pages": 7})
    crawl = archive.resume_crawl(crawl_id)
    assert (crawl.ended, crawl.outcome, crawl.pages) == (None, None, 7)


def test_problems_are_kept_with_their_crawl(archive: Archive) -> None:
    problems = [Problem("fetch", f"https://a.org/{number}", "timed out", "Try again.") for number in range(2)]
    crawl_id = archive.start_crawl(1, "crawl")
    for problem in problems:
        archive.save_problem(problem, blog_id=1, crawl_id=crawl_id)
    archive.save_problem(Problem("robots", "https://b.org/", "forbidden"), at=NOW)
    assert archive.problems(crawl_id) == problems


def test_a_failed_run_leaves_no_trace_in_the_dates_of_the_blog(archive: Archive) -> None:
    archive.finish_crawl(archive.start_crawl(1, "crawl"), Outcome.FAILED, {"problems": 1})
    assert archive.blog(1).last_crawled is None


def test_a_page_that_was_a_fault_does_not_make_a_run_unfinished(archive: Archive) -> None:
    archive.finish_crawl(archive.start_crawl(1, "crawl"), Outcome.DONE, {"pages": 1})
    refused = archive.start_crawl(1, "update")
    response = Response("https://a.org/", "https://a.org/", 200, {}, b"", NOW)
    archive.save_page(response, Kind.LISTING, blog_id=1, crawl_id=refused, outcome="parked")
    archive.finish_crawl(refused, Outcome.FAILED, {"problems": 1})
    assert archive.unfinished(1) is None


@pytest.mark.parametrize(
    ("outcome", "hours", "goes_on"),
    [
        (None, 1, True),
        (Outcome.INTERRUPTED, 23, True),
        (Outcome.INTERRUPTED, 25, False),
        (Outcome.LIMITED, 1, False),
        (Outcome.BROKEN, 1, False),
        (Outcome.DONE, 1, False),
    ],
)
def test_only_a_run_cut_off_lately_is_gone_on_with(
    tmp_path: Path, outcome: Outcome | None, hours: int, goes_on: bool
) -> None:
    moment = [NOW]
    with Archive.open(tmp_path / "b.db", now=lambda: moment[0]) as archive:
        archive.blog_for("https://a.org/")
        crawl_id = archive.start_crawl(1, "crawl")
        page(archive, crawl_id)
        if outcome:
            archive.finish_crawl(crawl_id, outcome, {"pages": 1})
        moment[0] += timedelta(hours=hours)
        resumable = archive.resumable(1)
        assert (resumable is not None and resumable.id == crawl_id) is goes_on
