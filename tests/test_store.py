"""The file: made, opened, refused, shared, brought to rest; and every fault of the disk in our own words."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import schema
from archiver.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveNewer,
    ArchiverError,
    DiskFull,
    UsageError,
)
from archiver.models import Record
from archiver.store import Archive
from archiver.store.db import ERRORS, clean, explain, timestamp

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any other program sees it."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0.1)) as conn:
        yield conn


def fill(archive: Archive, number: int = 1) -> None:
    blog = archive.blog_for("https://a.org/")
    archive.save_records(blog.id, [Record(f"https://a.org/p/{number}", f"Post {number}")])


def titles(archive: Archive) -> list[str]:
    return [row["title"] for row in archive.query("SELECT title FROM posts ORDER BY id")]


def journal(path: Path) -> str:
    return "wal" if path.read_bytes()[18:20] == b"\x02\x02" else "delete"


# The file


def test_an_archive_is_made_and_opened_again(path: Path) -> None:
    with Archive.open(path) as archive:
        fill(archive)
        assert archive.path == str(path)
    with Archive.open(path, create=False) as archive:
        assert titles(archive) == ["Post 1"]
    with Archive.read(path) as archive:
        assert titles(archive) == ["Post 1"]


def test_an_empty_file_becomes_an_archive(path: Path) -> None:
    path.touch()
    with Archive.open(path) as archive:
        fill(archive)


def test_a_reader_does_not_write(path: Path) -> None:
    with Archive.open(path):
        pass
    with Archive.read(path) as archive, pytest.raises(ArchiveError, match="cannot be written"):
        fill(archive)


def write_text(path: Path) -> None:
    path.write_text("This is not a database at all. " * 99)


def write_other(path: Path) -> None:
    with raw(path) as conn:
        conn.execute("CREATE TABLE notes (body)")


def write_newer(path: Path) -> None:
    Archive.open(path).close()
    with raw(path) as conn:
        conn.execute("PRAGMA user_version = 99")


def write_empty(path: Path) -> None:
    path.touch()


def write_old(path: Path) -> None:
    Archive.open(path).close()
    with raw(path) as conn:
        conn.execute("PRAGMA user_version = 0")


def write_nothing(path: Path) -> None:
    """No file at all."""


def write_folder(path: Path) -> None:
    path.mkdir()


# What stands there, the error on writing (None: it is made an archive), the error on reading.
STRANGERS: tuple[
    tuple[Callable[[Path], None], tuple[type[ArchiverError], str] | None, tuple[type[ArchiverError], str]], ...
] = (
    (write_nothing, (UsageError, "no such archive"), (UsageError, "no such archive")),
    (write_folder, (UsageError, "this is a folder"), (UsageError, "this is a folder")),
    (write_text, (ArchiveError, "not a SQLite database"), (ArchiveError, "not a SQLite database")),
    (write_other, (ArchiveError, "not an archive"), (ArchiveError, "not an archive")),
    (write_newer, (ArchiveNewer, "its schema is 99"), (ArchiveNewer, "its schema is 99")),
    (write_empty, None, (ArchiveError, "the file is empty")),
    (write_old, None, (ArchiveError, "written by an older archiver")),
)


@pytest.mark.parametrize(("write", "on_writing", "on_reading"), STRANGERS)
def test_strangers_are_refused_politely(
    path: Path,
    write: Callable[[Path], None],
    on_writing: tuple[type[ArchiverError], str] | None,
    on_reading: tuple[type[ArchiverError], str],
) -> None:
    write(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(on_reading[0], match=on_reading[1]) as refused:
        Archive.read(path)
    assert refused.value.hint
    assert str(path) in str(refused.value)
    if on_writing:
        with pytest.raises(on_writing[0], match=on_writing[1]) as refused:
            Archive.open(path, create=False)
        assert refused.value.hint
        assert (path.read_bytes() if path.is_file() else b"") == before
        assert [name for name in os.listdir(path.parent) if name != path.name] == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="its folder does not exist"):
        Archive.open(tmp_path / "none" / "a.db")


def test_an_odd_name_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "my blog? 100%#1 图.db"
    with Archive.open(path) as archive:
        fill(archive)
    with Archive.read(path) as archive:
        assert titles(archive) == ["Post 1"]
    assert os.listdir(tmp_path) == [path.name]


# At work and at rest


def test_at_work_the_file_has_a_log_and_at_rest_it_is_alone(path: Path) -> None:
    with Archive.open(path) as archive:
        fill(archive)
        assert sorted(os.listdir(path.parent)) == ["a.db", "a.db-shm", "a.db-wal"]
        assert [row["synchronous"] for row in archive.query("PRAGMA synchronous")] == [2]
        assert [row["foreign_keys"] for row in archive.query("PRAGMA foreign_keys")] == [1]
    assert os.listdir(path.parent) == ["a.db"]
    assert journal(path) == "delete"


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError, SystemExit])
def test_whatever_ends_it_the_file_is_brought_to_rest(path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        write_until(path, error)
    assert os.listdir(path.parent) == ["a.db"]
    with Archive.read(path) as archive:
        assert titles(archive) == ["Post 1"]
        assert list(archive.query("SELECT * FROM lease")) == []


def write_until(path: Path, error: type[BaseException]) -> None:
    with Archive.open(path) as archive:
        fill(archive)
        with archive.transaction():
            fill(archive, 2)
            raise error


def test_closing_twice_is_once(path: Path) -> None:
    archive = Archive.open(path)
    archive.close()
    archive.close()


def test_a_transaction_stands_alone(path: Path) -> None:
    with Archive.open(path) as archive, archive.transaction(), pytest.raises(RuntimeError, match="open already"):
        archive.transaction().__enter__()


def test_an_archive_at_rest_is_read_from_a_folder_that_cannot_be_written(path: Path) -> None:
    with Archive.open(path) as archive:
        fill(archive)
    assert read_as_nobody(path) == "Post 1"


def test_a_copy_taken_at_work_is_read_from_a_folder_that_cannot_be_written(path: Path, tmp_path: Path) -> None:
    """A file whose log was folded in by a program that left it in WAL mode, then put on a CD-ROM."""
    with Archive.open(path) as archive:
        fill(archive)
    with raw(path) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    assert journal(path) == "wal"
    assert read_as_nobody(path) == "Post 1"


def read_as_nobody(path: Path) -> str:
    """The first title, read by a process that may write nowhere."""
    code = (
        "import os, sys\n"
        "from archiver.store import Archive\n"
        "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "assert not os.access(os.path.dirname(sys.argv[1]), os.W_OK)\n"
        "with Archive.read(sys.argv[1]) as archive:\n"
        "    print(next(archive.query('SELECT title FROM posts'))['title'])\n"
    )
    with TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        copy.write_bytes(path.read_bytes())
        copy.parent.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", code, str(copy)], capture_output=True, text=True, check=False)
        copy.parent.chmod(0o755)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_readers_see_what_is_committed_while_a_crawl_writes(path: Path) -> None:
    with Archive.open(path) as writer:
        fill(writer)
        with Archive.read(path) as reader, writer.transaction():
            fill(writer, 2)
            assert titles(reader) == ["Post 1"]


def test_a_reader_who_stays_does_not_harm_the_closing(path: Path) -> None:
    writer = Archive.open(path)
    fill(writer)
    with Archive.read(path) as reader:
        assert titles(reader) == ["Post 1"]
        writer.close()
        assert titles(reader) == ["Post 1"]
    Archive.open(path).close()
    assert (os.listdir(path.parent), journal(path)) == (["a.db"], "delete")


# The lease


def test_a_second_crawl_is_told_who_is_at_work(path: Path) -> None:
    with Archive.open(path), pytest.raises(ArchiveBusy, match=f"process {os.getpid()} on ") as refused:
        Archive.open(path)
    assert "stop it" in refused.value.hint


def test_two_archives_side_by_side(path: Path, tmp_path: Path) -> None:
    with Archive.open(path) as one, Archive.open(tmp_path / "b.db") as other:
        fill(one)
        fill(other, 2)
        assert (titles(one), titles(other)) == (["Post 1"], ["Post 2"])


def dead_process() -> int:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    return int(done.stdout)


HOST = socket.gethostname()

# Who holds the lease: token, pid, host, minutes since the last beat; and whether it is taken over.
HOLDERS: tuple[tuple[str, Callable[[], int], str, int, bool], ...] = (
    ("t", os.getppid, HOST, 9, False),
    ("t", os.getppid, HOST, 11, True),
    ("t", dead_process, HOST, 0, True),
    ("t", dead_process, "elsewhere", 9, False),
    ("t", dead_process, "elsewhere", 11, True),
    ("t", os.getpid, HOST, 0, True),
)


@pytest.mark.parametrize(("token", "pid", "host", "minutes", "taken"), HOLDERS)
def test_a_lease_is_taken_over_only_from_the_dead(
    path: Path, token: str, pid: Callable[[], int], host: str, minutes: int, taken: bool
) -> None:
    Archive.open(path).close()
    beat = timestamp(NOW - timedelta(minutes=minutes))
    with raw(path) as conn:
        conn.execute("INSERT INTO lease VALUES (1, ?, ?, ?, ?)", [token, pid(), host, beat])
    if taken:
        Archive.open(path, now=lambda: NOW).close()
    else:
        with pytest.raises(ArchiveBusy, match=host):
            Archive.open(path, now=lambda: NOW)


def test_a_crawl_whose_lease_was_taken_writes_nothing_more(path: Path) -> None:
    times = [NOW]
    sleeper = Archive.open(path, now=lambda: times[0])
    fill(sleeper)
    times[0] += timedelta(minutes=11)
    with Archive.open(path, now=lambda: times[0]) as other:
        with pytest.raises(ArchiveBusy, match="is writing to it"):
            fill(sleeper, 2)
        sleeper.close()
        fill(other, 3)
    with Archive.read(path) as archive:
        assert titles(archive) == ["Post 1", "Post 3"]


def test_a_crawl_keeps_its_lease_by_writing(path: Path) -> None:
    times = [NOW]
    with Archive.open(path, now=lambda: times[0]) as archive:
        for _ in range(4):
            times[0] += timedelta(minutes=6)
            fill(archive)
        with pytest.raises(ArchiveBusy):
            Archive.open(path, now=lambda: times[0])


def test_writers_wait_for_each_other_and_none_fails(path: Path) -> None:
    """Two programs that write without a crawl's lease (Datasette with a writing plugin, say) do not break a crawl."""
    with Archive.open(path) as archive:
        fill(archive)
        failures: list[BaseException] = []

        def bump() -> None:
            try:
                with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as conn:
                    for _ in range(30):
                        conn.execute("BEGIN IMMEDIATE")
                        conn.execute("UPDATE blogs SET note = coalesce(note, 0) + 1")
                        conn.execute("COMMIT")
            except sqlite3.Error as error:
                failures.append(error)

        others = [threading.Thread(target=bump) for _ in range(2)]
        for other in others:
            other.start()
        for number in range(30):
            fill(archive, number)
        for other in others:
            other.join()
        assert failures == []
        assert archive.blog(1).note == "60"


# Faults


def test_a_locked_file_is_busy(path: Path) -> None:
    Archive.open(path).close()
    with raw(path) as conn:
        conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveBusy, match="another program is writing"):
            Archive.open(path, wait=0.05)


CUT_OFF = """
import os, sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("PRAGMA cache_size = 1")
conn.execute("BEGIN IMMEDIATE")
conn.execute("UPDATE blogs SET note = 'half'")
conn.execute("INSERT INTO image_data VALUES ('x', zeroblob(1000000))")
os._exit(9)
"""


def test_a_write_that_was_cut_off_is_taken_back_by_who_reads_next(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.update_blog(archive.blog_for("https://a.org/").id, note="whole")
    subprocess.run([sys.executable, "-c", CUT_OFF, str(path)], check=False)
    assert Path(f"{path}-journal").stat().st_size
    with Archive.read(path) as archive:
        assert archive.blog(1).note == "whole"
        assert archive.integrity() == []
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]


def test_a_damaged_file_is_called_damaged(path: Path) -> None:
    with Archive.open(path) as archive:
        fill(archive)
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 4000 + data[4100:])
    with pytest.raises(ArchiveDamaged) as refused:
        Archive.read(path)
    assert refused.value.exit_code == 4


def test_a_full_disk_is_called_full_and_loses_nothing(path: Path) -> None:
    with Archive.open(path) as archive:
        fill(archive)
        archive._db.rows("PRAGMA max_page_count = 1")  # which means: no more than there are
        with pytest.raises(DiskFull, match="no room"):
            archive.save_image(1, os.urandom(1 << 20), "image/png")
        assert titles(archive) == ["Post 1"]


FULL_DISK = """
import resource, signal, sys
from archiver.errors import DiskFull
from archiver.models import Record
from archiver.store import Archive
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
saved = 0
try:
    with Archive.open(sys.argv[1]) as archive:
        blog = archive.blog_for("https://a.org/")
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
        while True:
            archive.save_records(blog.id, [Record(f"https://a.org/p/{saved}", "Post", text="word " * 2000)])
            saved += 1
except DiskFull as error:
    print(saved)
"""


def test_a_disk_that_fills_up_in_the_middle_of_a_crawl(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with Archive.open(path) as archive:
        assert len(titles(archive)) == int(done.stdout) > 0
        assert archive.integrity() == []


@pytest.mark.parametrize("code", ERRORS)
def test_every_fault_has_words_and_a_hint(code: int) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    ours = explain(error, "a.db")
    assert isinstance(ours, ArchiveError)
    assert ours.url == "a.db"
    assert ours.cause
    assert ours.hint


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_IOERR_WRITE, DiskFull),
        (sqlite3.SQLITE_IOERR_FSYNC, DiskFull),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, ArchiveBusy),
        (sqlite3.SQLITE_CORRUPT_VTAB, ArchiveDamaged),
        (sqlite3.SQLITE_IOERR_READ, ArchiveDamaged),
        (sqlite3.SQLITE_READONLY_DBMOVED, ArchiveError),
    ],
)
def test_extended_codes_fall_back_to_their_family(code: int, kind: type[ArchiveError]) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    assert type(explain(error, "a.db")) is kind


def test_a_mistake_of_our_own_is_seen_as_it_is(path: Path) -> None:
    with Archive.open(path) as archive, pytest.raises(sqlite3.OperationalError, match="no such table"):
        list(archive.query("SELECT * FROM nowhere"))
    assert explain(sqlite3.ProgrammingError("closed"), "a.db") is None


# Values


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("\udc00", "\ufffd"),
        ("图 é\t\n", "图 é\t\n"),
        ("", ""),
    ],
)
def test_text_is_cleaned_on_the_way_in(path: Path, text: str, kept: str) -> None:
    assert clean(text) == kept
    with Archive.open(path) as archive:
        assert next(archive.query("SELECT ? AS value", [text])) == {"value": kept}


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF)))
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode().decode() == once
    assert "\0" not in once


def test_moments_sort_as_text() -> None:
    assert timestamp(datetime(2026, 1, 1, 8, 0, 0, 999, tzinfo=UTC)) == "2026-01-01T08:00:00+00:00"
    with pytest.raises(ValueError, match="without time zone"):
        timestamp(datetime(2026, 1, 1))


def test_the_version_of_the_schema_is_in_the_file(path: Path) -> None:
    Archive.open(path).close()
    assert int.from_bytes(path.read_bytes()[60:64], "big") == schema.VERSION
