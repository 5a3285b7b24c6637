"""The program: ``archiver``, or ``python -m archiver``. Ctrl-C ends it quietly from its first moment on."""

from __future__ import annotations

import os
import signal
from types import FrameType

INTERRUPTED = 130


def quit_at_once(number: int, frame: FrameType | None) -> None:
    """End where nothing was begun yet: while the modules are read."""
    os._exit(INTERRUPTED)


BEFORE = signal.getsignal(signal.SIGINT)
if BEFORE is signal.default_int_handler:
    signal.signal(signal.SIGINT, quit_at_once)

from archiver.cli import main  # noqa: E402

signal.signal(signal.SIGINT, BEFORE)

if __name__ == "__main__":
    main()
