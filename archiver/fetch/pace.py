"""When to ask, when to ask again, and when to stop asking: all the waiting, with the clock given from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_CRAWL_DELAY = 60.0
MAX_BACKOFF = 60.0
MAX_RETRY_AFTER = 3600.0
PATIENCE = 120.0  # a longer Retry-After ends the attempt instead of being slept through
FAILURES = 3  # so many failed fetches in a row, and a host is left alone,
SEED_FAILURES = 6  # the blog's own host after more,
REST = 600.0  # for so many seconds

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 527, 529, 530})


@dataclass(slots=True)
class Pace:
    """Keeps a distance between the starts of requests to one host, and remembers hosts that do not answer."""

    sleep: Callable[[float], None]
    monotonic: Callable[[], float]
    jitter: Callable[[], float]
    _started: dict[str, float] = field(default_factory=dict)
    _failures: dict[str, tuple[int, float]] = field(default_factory=dict)

    def wait(self, host: str, gap: float) -> None:
        """Sleep until ``gap`` seconds have passed since the last request to the host went out; not before the first."""
        if host in self._started:
            self.rest(self._started[host] + gap - self.monotonic())
        self.mark(host)

    def mark(self, host: str) -> None:
        """Note that a request to the host goes out now."""
        self._started[host] = self.monotonic()

    def rest(self, seconds: float) -> None:
        """Sleep, if there is anything to sleep."""
        if seconds > 0:
            self.sleep(seconds)

    def backoff(self, attempt: int) -> float:
        """Seconds before the next attempt: 1, 2, 4, ... up to a minute, each cut by up to half at random."""
        return float(min(MAX_BACKOFF, 2.0**attempt)) * (0.5 + 0.5 * self.jitter())

    def note(self, place: str, *, failed: bool) -> None:
        """Note whether a place was down, after all attempts."""
        if failed:
            self._failures[place] = (self._failures.get(place, (0, 0.0))[0] + 1, self.monotonic())
        else:
            self._failures.pop(place, None)

    def is_resting(self, place: str, failures: int = FAILURES) -> bool:
        """Whether a place has failed so often lately that it is left alone."""
        count, last = self._failures.get(place, (0, 0.0))
        return count >= failures and self.monotonic() - last < REST


def retry_after(value: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for (seconds or HTTP-date, RFC 9110), 0 if past or not understood."""
    value = value.strip()[:100]
    if value.isascii() and value.isdigit():
        return min(float(value), MAX_RETRY_AFTER)
    try:
        when = parsedate_to_datetime(value)
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds()
    except (ValueError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), MAX_RETRY_AFTER)
