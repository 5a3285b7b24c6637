"""What a crawl shows while it runs, and what it says at its end. Only on a terminal is anything drawn over."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from archiver.models import Kind, PageResult

STEADY = 3  # pages after which an estimate is worth giving
UNITS = ("bytes", "kB", "MB", "GB", "TB")


class CrawlProgress:
    """A progress bar fed with the results of a crawl; silent when ``shown`` is false."""

    def __init__(self, console: Console, *, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """Draw on ``console`` (stderr)."""
        self._clock, self._begun = clock, clock()
        self.counts: Counter[str] = Counter()
        self.sizes: Counter[Kind] = Counter()
        self._stage, self._stage_begun = Kind.LISTING, self._begun
        self._last: int | None = None
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[estimate]}"),
        )
        self._progress = Progress(*columns, console=console, transient=True, disable=not shown)
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._progress.start()
        self._task = self._progress.add_task("pages", total=None, counts="", estimate="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the bar."""
        self._progress.stop()

    def show(self, result: PageResult) -> None:
        """Take one result in."""
        if result.kind is not self._stage:
            self._stage, self._stage_begun = result.kind, self._clock()
        self.counts[str(result.kind)] += 1
        self.sizes[result.kind] += result.size
        self.counts["problems"] += result.problem is not None
        if result.kind is Kind.LISTING:
            self.counts["posts"] += len(result.changes)
        if result.kind is Kind.LISTING and result.of:
            self._last = max(result.of, self.counts[str(Kind.LISTING)])
        if self._task is None:
            return
        done, total = result.number, result.of if result.kind is not Kind.LISTING else self._last
        self._progress.update(
            self._task,
            description=NAMES.get(result.kind, "pages"),
            completed=done,
            total=total,
            counts=self._counted(done, total),
            estimate=self._estimate(result.kind, total),
        )

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._begun

    def _counted(self, done: int, total: int | None) -> str:
        parts = [f"{done}/{total}" if total else str(done), f"{self.counts['posts']} posts"]
        if self.counts[str(Kind.IMAGE)]:
            parts.append(f"{self.counts[str(Kind.IMAGE)]} images")
        if self.counts["problems"]:
            parts.append(f"{self.counts['problems']} problems")
        return "  ".join(parts)

    def _estimate(self, kind: Kind, total: int | None) -> str:
        """What is left of this stage, and the size of all it will have fetched."""
        done = self.counts[str(kind)]
        if not total or done < STEADY or done >= total:
            return ""
        left = (self._clock() - self._stage_begun) / done * (total - done)
        return f"about {duration(left)} left, {size_of(self.sizes[kind] / done * total)}"


NAMES = {Kind.LISTING: "pages", Kind.POST: "posts", Kind.IMAGE: "images", Kind.ARCHIVE_LIST: "lists"}


def duration(seconds: float) -> str:
    """Seconds for people: ``7s``, ``2m41s``, ``3h05m``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole}s"
    if whole < 3600:
        return f"{whole // 60}m{whole % 60:02d}s"
    return f"{whole // 3600}h{whole % 3600 // 60:02d}m"


def size_of(count: float) -> str:
    """Bytes for people, in powers of 1000: ``11 kB``."""
    for unit in UNITS:
        if count < 1000 or unit == UNITS[-1]:
            return f"{count:.0f} {unit}" if unit in ("bytes", "kB") else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError
