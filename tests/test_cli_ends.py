"""How the program ends: exit codes, full disks, closed pipes, numbers out of range, and messages of hostile sites."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.cli.choices import span
from archiver.cli.crawling import complain, told
from archiver.errors import FetchError, UsageError
from archiver.models import FoundDate, Precision, Problem, Record, Where
from archiver.store import Archive

SEEN = datetime(2026, 1, 1, tzinfo=UTC)
POSTS = 2000
HUGE = "9" * 25
NOWHERE = "http://127.0.0.1:1/"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ends") / "archive.db"
    with Archive.open(path) as archive:
        blog = archive.blog_for("https://blog.example/", title="Notes \x1b]0;owned\x07")
        with archive.transaction():
            for number in range(POSTS):
                day = FoundDate("2020-01-01", Precision.DAY, "test", "1 Jan", Where.BLOCK)
                one = Record(
                    url=f"https://blog.example/{number}", title=f"Post {number}", published=day, excerpt="word"
                )
                archive.save_records(blog.id, [one], seen_at=SEEN)
    return path


def archiver(*args: object, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archiver", *map(str, args)]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False)


ENDS: tuple[tuple[Callable[[Path], tuple[object, ...]], int, str], ...] = (
    (lambda db: ("show", HUGE, "-d", db), 1, "No such post"),
    (lambda db: ("show", "9" * 5000, "-d", db), 1, "No such post"),
    (lambda db: ("list", "--year", HUGE, "-d", db), 2, f"{HUGE} is not a whole number from 1 to 9999."),
    (lambda db: ("crawl", NOWHERE, "--delay", "nan", "-d", db), 2, "nan is not a number from 0 to 86400."),
    (lambda db: ("crawl", NOWHERE, "--delay", "inf", "-d", db), 2, "inf is not a number from 0 to 86400."),
    (lambda db: ("crawl", NOWHERE, "--delay", "1e300", "-d", db), 2, "1e300 is not a number from 0 to 86400."),
    (lambda db: ("crawl", NOWHERE, "--max-image-size", "0", "-d", db), 2, "0 is not a number above 0."),
    (lambda db: ("crawl", NOWHERE, "--max-pages", "0", "-d", db), 2, "0 is not a whole number from 1 on."),
    (lambda db: ("list", "--limit", "-1", "-d", db), 2, "-1 is not a whole number from 0 on."),
    (lambda db: ("search", "word", "-l", "-1", "-d", db), 2, "-1 is not a whole number from 0 on."),
    (lambda db: ("search", "word", "--year", "soon", "-d", db), 2, "soon is not a whole number from 1 to 9999."),
    (lambda db: ("crawl", NOWHERE, "--since", "2021", "--until", "2020", "-d", db), 2, "no day is in both"),
    (lambda db: ("list", "--since", "2021", "--until", "2020", "-d", db), 2, "no day is in both"),
    (lambda db: ("search", "word", "--since", "2021", "--until", "2020", "-d", db), 2, "no day is in both"),
    (lambda db: ("crawl", NOWHERE, "--proxy", "two words", "-d", db), 2, "not the address of a proxy"),
    (lambda db: ("crawl", NOWHERE, "--user-agent", "", "-d", db), 2, "a User-Agent is one line of ASCII"),
    (lambda db: ("crawl", NOWHERE, "--since", "soon", "-d", db), 2, "is not a date"),
)


@pytest.mark.parametrize(("words", "code", "said"), ENDS)
def test_what_cannot_be_is_said_in_a_line(
    db: Path, words: Callable[[Path], tuple[object, ...]], code: int, said: str
) -> None:
    end = archiver(*words(db))
    assert end.returncode == code
    assert said in end.stderr
    assert "Traceback" not in end.stderr


@pytest.mark.parametrize("form", [(), ("--json",), ("--nl",), ("--csv",), ("--table",)], ids=str)
def test_a_reader_that_has_seen_enough_is_no_failure(db: Path, form: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "archiver", "list", "-l", "0", *form, "-d", str(db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        told_at_the_end = running.stderr.read().decode()
    assert running.returncode == 0
    assert told_at_the_end == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("form", [(), ("--json",), ("--table",)], ids=str)
def test_output_that_cannot_be_written_is_told(db: Path, form: tuple[str, ...]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        end = archiver("list", *form, "-d", db, stdout=full)
    finally:
        os.close(full)
    assert end.returncode == 1
    assert "Error: the output cannot be written: No space left on device" in end.stderr
    assert "Traceback" not in end.stderr


@pytest.mark.parametrize("module", ["click", "requests", "archiver.store"])
def test_ctrl_c_while_the_program_is_read_ends_it_quietly(module: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "archiver", "crawl", NOWHERE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        while (line := running.stderr.readline()) and line.split()[-1] != module:
            pass
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
    assert running.returncode == 130
    assert "Traceback" not in rest
    assert "Interrupt" not in rest


SPANS = (
    ((None, None), (None, None)),
    (("2020", None), ("2020-01-01", None)),
    (("2020-06", "2020-06"), ("2020-06-01", "2020-06-31")),
    (("2020", "2020"), ("2020-01-01", "2020-12-31")),
    (("2020-06-15", "2020-06-15"), ("2020-06-15", "2020-06-15")),
)


@pytest.mark.parametrize(("asked", "days"), SPANS)
def test_a_year_or_month_is_all_of_its_days(
    asked: tuple[str | None, str | None], days: tuple[str | None, str | None]
) -> None:
    assert span(*asked) == days


def test_a_span_without_a_day_is_refused() -> None:
    with pytest.raises(UsageError, match="no day is in both"):
        span("2020-02", "2020-01")


def test_no_message_carries_what_a_terminal_would_obey(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    complain(FetchError("http://blog.example/", "no HTTP: \x1b[2J\x9b31m", "try \x1b]0;x\x07"))
    shown = capsys.readouterr().err + told(Problem("page", "http://blog.example/", "bad: \x1b[31m\u202e", ""))
    shown += archiver("reparse", "-d", db).stderr
    assert "blog.example" in shown
    assert "Notes" in shown
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown)
