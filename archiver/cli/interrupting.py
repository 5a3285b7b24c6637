"""Ctrl-C: the first one lets the page in hand be finished, the second stops at once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

FINISHING = b"\nFinishing this page. Ctrl-C again stops at once.\n"
STDERR = 2


class Stop:
    """Whether the user asked to stop."""

    asked = False


@contextmanager
def gently() -> Iterator[Stop]:
    """Turn the first SIGINT inside the block into ``asked``; the second raises ``KeyboardInterrupt``.

    Outside the main thread, or where somebody else handles the signal, everything stays as it is.
    """
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True
        os.write(STDERR, FINISHING)

    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield stop
        return
    signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
