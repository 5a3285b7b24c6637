"""How cost grows with input: a ratio within one run, so that neither the machine nor its load decides a test."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8
LINEAR = 3 * TIMES  # squares cost 64 times as much
FLOOR = 0.005  # seconds of CPU: less is noise


def growth(action: Callable[[int], object], count: int) -> float:
    """How many times the CPU time of ``action(count)`` an input eight times as large takes, the better of two each."""
    small, large = (min(_seconds(action, size) for _ in range(2)) for size in (count, TIMES * count))
    return large / max(small, FLOOR)


def _seconds(action: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    action(size)
    return time.process_time() - start
