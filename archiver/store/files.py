"""From a path to a connection: what the file is, whether it can be opened, and with today's tables."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from archiver import schema
from archiver.errors import ArchiveError, ArchiveNewer, ArchiverError, UsageError
from archiver.store.db import Db

WAL = b"\x02\x02"  # bytes 18 and 19 of the header: https://sqlite.org/fileformat.html#file_format_version_numbers


def open_to_write(path: Path, *, create: bool, wait: float) -> Db:
    """A connection to an archive of today's version, made if need be."""
    there = path.exists()
    if not there and not create:
        raise no_such_archive(path)
    refuse_directories(path)
    db = connect(path, "rwc" if create else "rw", wait)
    try:
        with db.translating:
            if schema_of(db) != schema.VERSION:
                schema.migrate(db.connection)
        db.run("PRAGMA foreign_keys = ON")
    except BaseException:
        db.connection.close()
        if not there and path.is_file() and not path.stat().st_size:
            path.unlink()
        raise
    return db


def open_to_read(path: Path) -> Db:
    """A connection that cannot write, also from media that cannot be written."""
    if not path.exists():
        raise no_such_archive(path)
    refuse_directories(path)
    undo_what_was_cut_off(path)
    db = connect(path, "ro&immutable=1" if stands_still(path) else "ro", 30.0)
    try:
        with db.translating:
            version = schema_of(db)
        if version is None:
            raise ArchiveError(db.path, "the file is empty", "Fill it with: archiver crawl URL")
        if version < schema.VERSION:
            raise ArchiveError(
                db.path, f"written by an older archiver (schema {version})", "Bring it up to date with: archiver update"
            )
    except BaseException:
        db.connection.close()
        raise
    return db


def undo_what_was_cut_off(path: Path) -> None:
    """Let SQLite take back a write in whose middle a process was killed: a connection that only reads may not."""
    journal = Path(f"{path}-journal")
    with suppress(OSError, ArchiverError):
        if journal.stat().st_size:
            db = connect(path, "rw", 30.0)
            with closing(db.connection):
                schema_of(db)


def connect(path: Path, mode: str, wait: float) -> Db:
    """A connection in SQLite's own transaction mode."""
    db_path = str(path)
    uri = f"file:{quote(os.path.abspath(path))}?mode={mode}"
    try:
        return Db(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait), db_path)
    except sqlite3.Error as error:
        raise ArchiveError(db_path, "the file cannot be opened", "Check its folder and its permissions.") from error


def schema_of(db: Db) -> int | None:
    """The archive's version, None for an empty file; raises for what is no archive, or a newer one."""
    try:
        with db.translating:
            version = schema.version_of(db.connection)
    except ValueError as error:
        raise ArchiveError(db.path, str(error), "Give another file with -d.") from error
    db.value("SELECT count(*) FROM sqlite_master")  # a damaged file is to be seen now, not in the middle of a crawl
    if version is not None and version > schema.VERSION:
        raise ArchiveNewer(
            db.path,
            f"its schema is {version}, this archiver knows {schema.VERSION}",
            "Upgrade: pip install -U blog-archiver",
        )
    return version


def stands_still(path: Path) -> bool:
    """Whether a file needs no locks: at rest in WAL mode where no log can be made beside it (a copy on a CD-ROM)."""
    with path.open("rb") as file:
        header = file.read(20)
    log = Path(f"{path}-wal")
    at_rest = not log.exists() or not log.stat().st_size
    return header[18:20] == WAL and at_rest and not os.access(path.parent, os.W_OK)


def no_such_archive(path: Path) -> UsageError:
    """The error for a file that is not there."""
    return UsageError(str(path), "no such archive", "Make one with: archiver crawl URL, or name another file: -d FILE")


def refuse_directories(path: Path) -> None:
    """Raise ``UsageError`` where a file is a folder, or its folder is missing."""
    if path.is_dir():
        raise UsageError(str(path), "this is a folder, not an archive", "Give a file with -d.")
    if not path.absolute().parent.is_dir():
        raise UsageError(str(path), "its folder does not exist", "Make the folder first.")
