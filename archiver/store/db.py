"""One connection to an archive: clean values in, plain rows out, SQLite's errors turned into ours."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from archiver.errors import ArchiveBusy, ArchiveDamaged, ArchiveError, ArchiverError, DiskFull

CUT_OFF = "Copy it with the -journal and -wal files beside it to a folder that you can write to."
ERRORS: dict[int, tuple[type[ArchiveError], str, str]] = {
    sqlite3.SQLITE_BUSY: (ArchiveBusy, "another program is writing to it", "Try again when it has finished."),
    sqlite3.SQLITE_LOCKED: (ArchiveBusy, "another program is writing to it", "Try again when it has finished."),
    sqlite3.SQLITE_FULL: (DiskFull, "no room to write", "Make room and run the same command again."),
    sqlite3.SQLITE_IOERR: (DiskFull, "writing failed", "Make room, or check the disk, and run the same command again."),
    sqlite3.SQLITE_IOERR_READ: (ArchiveDamaged, "reading failed", "Check the disk, and copy the file elsewhere."),
    sqlite3.SQLITE_IOERR_SHORT_READ: (ArchiveDamaged, "the file is cut short", "Go back to a copy of the file."),
    sqlite3.SQLITE_IOERR_CORRUPTFS: (ArchiveDamaged, "the file system is damaged", "Check the disk."),
    sqlite3.SQLITE_CORRUPT: (
        ArchiveDamaged,
        "SQLite finds it malformed",
        "Go back to a copy, or try: sqlite3 FILE .recover",
    ),
    sqlite3.SQLITE_NOTADB: (ArchiveError, "not a SQLite database", "Give another file with -d."),
    sqlite3.SQLITE_READONLY: (ArchiveError, "the file cannot be written", "Copy it to a folder that you can write to."),
    sqlite3.SQLITE_READONLY_ROLLBACK: (ArchiveError, "a write to it was cut off", CUT_OFF),
    sqlite3.SQLITE_READONLY_RECOVERY: (ArchiveError, "a write to it was cut off", CUT_OFF),
    sqlite3.SQLITE_READONLY_CANTINIT: (ArchiveError, "a write to it was cut off", CUT_OFF),
    sqlite3.SQLITE_CANTOPEN: (ArchiveError, "the file cannot be opened", "Check its folder and its permissions."),
    sqlite3.SQLITE_PERM: (ArchiveError, "permission denied", "Check the file's permissions."),
    sqlite3.SQLITE_AUTH: (ArchiveError, "permission denied", "Check the file's permissions."),
}  # extended result codes first, then the primary one: https://sqlite.org/rescode.html


def explain(error: sqlite3.Error, path: str) -> ArchiverError | None:
    """Our error for one of SQLite's, or None for a mistake of our own, which is to be seen as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    row = ERRORS.get(code) or ERRORS.get(code & 0xFF)
    return row[0](path, row[1], row[2]) if row else None


class Translating:
    """A context in which SQLite's errors about the file become ours. Reusable, may be nested."""

    def __init__(self, path: str) -> None:
        """``path`` is the file that the errors will name."""
        self._path = path

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Raise our error in the place of SQLite's."""
        if isinstance(error, sqlite3.Error) and (ours := explain(error, self._path)):
            raise ours from error


def clean(text: str) -> str:
    """The text as it can be stored: NUL taken out, lone surrogates as U+FFFD, pairs of them joined."""
    text = text.replace("\0", "") if "\0" in text else text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def timestamp(moment: datetime) -> str:
    """An aware moment as the archive writes it: UTC, ISO 8601, seconds; always of one length, so that it sorts."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without time zone: {moment}")
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def to_json(value: object) -> str:
    """A value as compact JSON with its letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def marks(values: Sequence[object]) -> str:
    """As many SQL placeholders as there are values."""
    return ",".join("?" * len(values))


Parameters = Sequence[Any] | Mapping[str, Any]


def cleaned(parameters: Parameters) -> Parameters:
    """Parameters with every string cleaned."""
    if isinstance(parameters, Mapping):
        return {name: clean(value) if isinstance(value, str) else value for name, value in parameters.items()}
    return [clean(value) if isinstance(value, str) else value for value in parameters]


class Db:
    """An open archive file. ``before`` and ``after`` run inside each transaction, first and last."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """``connection`` has ``isolation_level=None``; it belongs to this object from now on."""
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.path = path
        self.translating = Translating(path)
        self.before: Callable[[], object] = lambda: None
        self.after: Callable[[], object] = lambda: None

    def run(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Execute one statement; its cursor tells ``lastrowid`` and ``rowcount``."""
        with self.translating:
            return self.connection.execute(sql, cleaned(parameters))

    def run_many(self, sql: str, parameters: Iterable[Parameters]) -> None:
        """Execute one statement for each row of parameters."""
        with self.translating:
            self.connection.executemany(sql, [cleaned(row) for row in parameters])

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self.translating:
            return self.connection.execute(sql, cleaned(parameters)).fetchall()

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query, one at a time."""
        with self.translating:
            yield from self.connection.execute(sql, cleaned(parameters))

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a query, if there is one."""
        with self.translating:
            row: sqlite3.Row | None = self.connection.execute(sql, cleaned(parameters)).fetchone()
            return row

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, parameters)
        return row[0] if row else None

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Add one row and give its id. Names of tables and columns come from our own code only."""
        sql = f"INSERT INTO {table} ({','.join(values)}) VALUES ({marks(list(values))})"
        return self.run(sql, list(values.values())).lastrowid or 0

    def update(self, table: str, key: int, values: Mapping[str, Any]) -> None:
        """Change columns of the row whose ``id`` is ``key``."""
        if values:
            columns = ",".join(f"{name}=?" for name in values)
            self.run(f"UPDATE {table} SET {columns} WHERE id=?", [*values.values(), key])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside is kept, or nothing of it. Takes the write lock at once, not late."""
        if self.connection.in_transaction:
            raise RuntimeError("a transaction is open already")
        with self.translating:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self.before()
                yield
                self.after()
                self.connection.execute("COMMIT")
            except BaseException:
                self.connection.rollback()
                raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be part of the open transaction, or be one."""
        if self.connection.in_transaction:
            yield
        else:
            with self.transaction():
                yield
