"""The progress bar's numbers: counts, what is left, and sizes, from real results."""

from __future__ import annotations

import io

import pytest
from conftest import Clock
from rich.console import Console

from archiver.cli.progress import CrawlProgress, duration, size_of
from archiver.models import Change, Kind, PageResult, Verdict

DURATIONS = [(0.4, "0s"), (7, "7s"), (59.6, "1m00s"), (161, "2m41s"), (11_100, "3h05m")]
SIZES = [
    (0, "0 bytes"),
    (999, "999 bytes"),
    (11_479, "11 kB"),
    (2_500_000, "2.5 MB"),
    (3.2e12, "3.2 TB"),
    (5e15, "5000.0 TB"),
]


@pytest.mark.parametrize(("seconds", "said"), DURATIONS)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(("count", "said"), SIZES)
def test_sizes(count: float, said: str) -> None:
    assert size_of(count) == said


def drawn(*results: PageResult, step: float = 1.0) -> str:
    clock, screen = Clock(), io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120, color_system=None)
    with CrawlProgress(console, shown=True, clock=clock) as bar:
        for result in results:
            clock.sleep(step)
            bar.show(result)
            bar._progress.refresh()
    return screen.getvalue()


def page(number: int, of: int | None = 12) -> PageResult:
    changes = tuple(Change(n, Verdict.NEW) for n in range(10))
    return PageResult(Kind.LISTING, f"http://x.example/page/{number}/", number, of, changes, size=60_000)


def test_pages_posts_and_an_estimate_as_soon_as_it_is_steady() -> None:
    screen = drawn(*(page(n) for n in range(1, 4)))
    assert "3/12  30 posts" in screen
    assert "about 9s left, 720 kB" in screen
    assert "left" not in drawn(page(1), page(2))


def test_no_estimate_while_the_pager_does_not_tell_its_length() -> None:
    screen = drawn(*(page(n, None) for n in range(1, 6)))
    assert "5  50 posts" in screen
    assert "left" not in screen


def test_the_posts_own_pages_are_counted_and_timed_for_themselves() -> None:
    posts = [
        PageResult(Kind.POST, f"http://x.example/{n}", n, 20, (Change(n, Verdict.UNCHANGED),), size=1000)
        for n in (1, 2, 3, 4)
    ]
    screen = drawn(page(1, 1), *posts, step=2.0)
    assert "4/20  10 posts" in screen
    assert "20 kB" in screen.rsplit("4/20", 1)[1]


def test_nothing_is_drawn_where_it_is_not_wanted() -> None:
    screen = io.StringIO()
    with CrawlProgress(Console(file=screen), shown=False) as bar:
        bar.show(page(1))
    assert screen.getvalue() == ""
