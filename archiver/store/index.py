"""The full-text index: a contentless FTS5 table over rewritten text, which any SQLite can read and check.

Triggers in stock SQL note in ``posts_fts_pending`` what the index still holds of each post that changed, whoever
changes it; :func:`drain` brings the index up to date and must run in the transaction of the write. The index is
derived data: whenever it does not fit, it is made again. The comment in the table's SQL names the version of the
tokeniser (``archiver.tokens.VERSION``) and lets Datasette and sqlite-utils recognise the table as that of ``posts``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import zip_longest

from archiver import tokens

SOURCES = ("title", "excerpt", "text", "tags", "captions")
COLUMNS = tuple(tokens.WEIGHTS)
MARKER = f'archiver-fts:{tokens.VERSION} content="posts"'
OPTIONS = f"""content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* M*'" /* {MARKER} */"""

_NAMES = ", ".join(SOURCES)
_BLANKS = ", ".join("NULL" for _ in SOURCES)
_OLD = ", ".join(f"old.{name}" for name in SOURCES)
_ROW = ", ".join(f"p.{name}" for name in SOURCES)
_CHANGED = " OR ".join(f"old.{name} IS NOT new.{name}" for name in SOURCES)

TABLES = {
    "posts_fts": f"CREATE VIRTUAL TABLE posts_fts USING fts5({', '.join(COLUMNS)}, {OPTIONS})",
    "posts_fts_pending": f"""CREATE TABLE posts_fts_pending (
  id INTEGER PRIMARY KEY,
  indexed INTEGER NOT NULL,
  {", ".join(f"{name} TEXT" for name in SOURCES)}
)""",
}

# A row with indexed = 1 keeps what the index still holds, so the first entry for a post must win. An outer
# INSERT OR REPLACE overrides a conflict clause inside a trigger, hence NOT EXISTS everywhere.
TRIGGERS = {
    "posts_fts_before_insert": f"""CREATE TRIGGER posts_fts_before_insert BEFORE INSERT ON posts BEGIN
  INSERT INTO posts_fts_pending SELECT p.id, 1, {_ROW} FROM posts p
  WHERE (p.id = new.id OR (p.blog_id = new.blog_id AND p.address = new.address))
  AND NOT EXISTS (SELECT 1 FROM posts_fts_pending q WHERE q.id = p.id);
END""",
    "posts_fts_insert": f"""CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts
WHEN NOT EXISTS (SELECT 1 FROM posts_fts_pending WHERE id = new.id) BEGIN
  INSERT INTO posts_fts_pending VALUES (new.id, 0, {_BLANKS});
END""",
    "posts_fts_before_update": f"""CREATE TRIGGER posts_fts_before_update
BEFORE UPDATE OF id, blog_id, address ON posts BEGIN
  INSERT INTO posts_fts_pending SELECT p.id, 1, {_ROW} FROM posts p
  WHERE (p.id = new.id OR (p.blog_id = new.blog_id AND p.address = new.address)) AND p.id <> old.id
  AND NOT EXISTS (SELECT 1 FROM posts_fts_pending q WHERE q.id = p.id);
END""",
    "posts_fts_update": f"""CREATE TRIGGER posts_fts_update AFTER UPDATE OF id, {_NAMES} ON posts
WHEN old.id IS NOT new.id OR {_CHANGED} BEGIN
  INSERT INTO posts_fts_pending SELECT old.id, 1, {_OLD}
  WHERE NOT EXISTS (SELECT 1 FROM posts_fts_pending WHERE id = old.id);
  INSERT INTO posts_fts_pending SELECT new.id, 0, {_BLANKS}
  WHERE NOT EXISTS (SELECT 1 FROM posts_fts_pending WHERE id = new.id);
END""",
    "posts_fts_delete": f"""CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts
WHEN NOT EXISTS (SELECT 1 FROM posts_fts_pending WHERE id = old.id) BEGIN
  INSERT INTO posts_fts_pending VALUES (old.id, 1, {_OLD});
END""",
}

_PLACES = ", ".join("?" for _ in COLUMNS)
_ADD = f"INSERT INTO posts_fts (rowid, {', '.join(COLUMNS)}) VALUES (?, {_PLACES})"
_REMOVE = f"INSERT INTO posts_fts (posts_fts, rowid, {', '.join(COLUMNS)}) VALUES ('delete', ?, {_PLACES})"
_POSTS = f"SELECT id, {_NAMES} FROM posts ORDER BY id"
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_ERROR}
"""What SQLite may say of an index that is broken; busy, full and unwritable files are none of our concern."""


def shadow(values: Iterable[object]) -> tuple[str, ...]:
    """Give what the index holds (``COLUMNS``) of a post's ``SOURCES``: rewritten text, and its distinct characters."""
    title, excerpt, text, tags, captions = ("" if value is None else str(value) for value in values)
    sources = (title, excerpt, text, _tag_text(tags), captions)
    return (*map(tokens.rewrite, sources), tokens.characters(*sources))


def _tag_text(tags: str) -> str:
    try:
        names = json.loads(tags or "[]")
    except ValueError:
        return tags
    return "\n".join(map(str, names)) if isinstance(names, list) else tags


def ensure(conn: sqlite3.Connection) -> None:
    """Make the index if it is missing, drain what waits, and make it again where it does not fit the posts."""
    if not _as_written(conn):
        rebuild(conn)
        return
    drain(conn)
    if _span(conn, "posts") != _span(conn, "posts_fts_docsize"):
        rebuild(conn)


def drain(conn: sqlite3.Connection) -> int:
    """Bring the index up to date within the caller's transaction; give the number of posts indexed anew."""
    try:
        with savepoint(conn):
            return _drain(conn)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _BROKEN:
            raise
        return rebuild(conn)


def _drain(conn: sqlite3.Connection) -> int:
    done = 0
    waiting = conn.execute(f"SELECT id, indexed, {_NAMES} FROM posts_fts_pending ORDER BY id").fetchall()
    for post_id, indexed, *old in waiting:
        now = conn.execute(f"SELECT {_NAMES} FROM posts WHERE id = ?", (post_id,)).fetchone()
        before = shadow(old) if indexed else None
        after = shadow(now) if now else None
        if before == after:
            continue
        if before is not None:
            conn.execute(_REMOVE, (post_id, *before))
        if after is not None:
            conn.execute(_ADD, (post_id, *after))
        done += 1
    if waiting:
        conn.execute("DELETE FROM posts_fts_pending")
    return done


def rebuild(conn: sqlite3.Connection) -> int:
    """Make the index and its triggers from nothing, all or nothing; give the number of posts indexed."""
    with savepoint(conn):
        for kind, names in (("TRIGGER", TRIGGERS), ("TABLE", TABLES)):
            for name in names:
                conn.execute(f"DROP {kind} IF EXISTS {name}")
        for statement in (*TABLES.values(), *TRIGGERS.values()):
            conn.execute(statement)
        done = conn.executemany(_ADD, _shadows(conn)).rowcount
        conn.execute("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
    return max(done, 0)


def verify(conn: sqlite3.Connection) -> list[str]:
    """Prove that the index holds exactly the words of the posts; give what is wrong, nothing if all is well.

    A second index is made in the connection's temporary database, so that a read-only archive can be proved too,
    and both are compared token by token. Takes about as long as making the index.
    """
    if not _as_written(conn):
        return ["the search index is missing or was written by another version"]
    waiting = conn.execute("SELECT count(*) FROM posts_fts_pending").fetchone()[0]
    if waiting:
        return [f"{waiting} posts wait to be indexed"]
    conn.execute(TABLES["posts_fts"].replace("posts_fts", "temp.posts_fts_proof", 1))
    try:
        conn.execute("CREATE VIRTUAL TABLE temp.posts_fts_held USING fts5vocab('main', 'posts_fts', 'instance')")
        conn.execute("CREATE VIRTUAL TABLE temp.posts_fts_due USING fts5vocab('temp', 'posts_fts_proof', 'instance')")
        conn.executemany(_ADD.replace("posts_fts", "temp.posts_fts_proof", 1), _shadows(conn))
        return _differences(conn)
    finally:
        for name in ("posts_fts_held", "posts_fts_due", "posts_fts_proof"):
            conn.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _differences(conn: sqlite3.Connection) -> list[str]:
    try:
        for held, due in zip_longest(*(_instances(conn, name) for name in ("posts_fts_held", "posts_fts_due"))):
            if held != due:
                term, doc, column, _ = min(side for side in (held, due) if side is not None)
                return [f"the search index and the posts differ, first at {term!r} in the {column} of post {doc}"]
    except sqlite3.DatabaseError as error:
        return [f"the search index cannot be read: {error}"]
    return []


def _instances(conn: sqlite3.Connection, name: str) -> sqlite3.Cursor:
    cursor = conn.cursor()
    cursor.row_factory = None
    return cursor.execute(f"SELECT term, doc, col, offset FROM temp.{name}")


def _shadows(conn: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    for post_id, *values in conn.execute(_POSTS):
        yield (post_id, *shadow(values))


def _as_written(conn: sqlite3.Connection) -> bool:
    wanted = {**TABLES, **TRIGGERS}
    found = dict(conn.execute("SELECT name, sql FROM main.sqlite_master WHERE name LIKE 'posts_fts%'"))
    return all(found.get(name) == statement for name, statement in wanted.items())


def _span(conn: sqlite3.Connection, table: str) -> tuple[int, int]:
    """The number of rows and the sum of their ids: equal for equal sets of ids, short of malice."""
    count, total = conn.execute(f"SELECT count(*), total(id) FROM {table}").fetchone()
    return count, total


@contextmanager
def savepoint(conn: sqlite3.Connection) -> Iterator[None]:
    """Do all or nothing, within the caller's transaction if there is one.

    Its end makes FTS5 write what it has gathered, so that a broken index fails here and not at the commit.
    """
    conn.execute("SAVEPOINT posts_fts")
    try:
        yield
        conn.execute("RELEASE posts_fts")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK TO posts_fts")
            conn.execute("RELEASE posts_fts")
        raise
