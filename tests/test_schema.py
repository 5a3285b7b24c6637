"""The tables: made once, brought forward in one transaction, fit for Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from archiver import schema

CONTRACT = {
    "blogs": "id title url aliases language engine timezone feed_url profile rules",
    "posts": "id title published year blog_id author category series tags excerpt captions text url read_more"
    " published_raw published_from published_precision published_note first_seen last_seen changed state",
    "post_html": "post_id excerpt_html content_html",
    "images": "id name url sha256 media_type width height bytes state",
    "image_data": "sha256 data",
    "post_images": "post_id image_id position alt caption",
    "tags": "id name",
    "post_tags": "post_id tag_id",
    "pages": "id url kind status fetched_at headers sha256",
    "page_bodies": "sha256 data",
    "revisions": "id post_id",
    "crawls": "id name outcome",
    "problems": "id url cause",
}


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    yield connection
    connection.close()


def columns(conn: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in conn.execute(f"PRAGMA table_xinfo({table})")]


@pytest.mark.parametrize(("table", "names"), CONTRACT.items())
def test_the_tables_of_the_contract(conn: sqlite3.Connection, table: str, names: str) -> None:
    schema.migrate(conn)
    wanted = names.split()
    assert [name for name in columns(conn, table) if name in wanted] == wanted  # all there, in reading order


def test_the_header_names_the_file(conn: sqlite3.Connection, tmp_path: Path) -> None:
    assert schema.version_of(conn) is None
    schema.migrate(conn)
    assert schema.version_of(conn) == schema.VERSION
    assert (tmp_path / "a.db").read_bytes()[68:72] == b"BLOG"


def test_the_version_is_the_number_of_migrations(conn: sqlite3.Connection) -> None:
    schema.migrate(conn)
    applied = schema.MIGRATIONS.applied(Database(conn, recursive_triggers=False, execute_plugins=False))
    assert len(applied) == schema.VERSION
    assert not schema.MIGRATIONS.pending(Database(conn, recursive_triggers=False, execute_plugins=False))


def test_migrating_twice_changes_nothing(conn: sqlite3.Connection) -> None:
    schema.migrate(conn)
    before = list(conn.iterdump())
    schema.migrate(conn)
    assert list(conn.iterdump()) == before


def test_a_migration_that_fails_leaves_the_file_as_it_was(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TABLE crawls (stands, in_the, way)")
    before = list(conn.iterdump())
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        schema.migrate(conn)
    assert list(conn.iterdump()) == before
    assert not conn.in_transaction


def test_another_database_is_not_an_archive(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE TABLE notes (body)")
    with pytest.raises(ValueError, match="not an archive"):
        schema.version_of(conn)


def test_another_applications_empty_file_is_not_an_archive(conn: sqlite3.Connection) -> None:
    conn.execute("PRAGMA application_id = 7")
    with pytest.raises(ValueError, match="not an archive"):
        schema.version_of(conn)


@pytest.mark.parametrize(
    ("published", "year"), [("2019", 2019), ("2019-03", 2019), ("2019-03-06T10:00+08:00", 2019), (None, None)]
)
def test_the_year_follows_the_date(conn: sqlite3.Connection, published: str | None, year: int | None) -> None:
    schema.migrate(conn)
    conn.execute("INSERT INTO blogs (title, url) VALUES ('b', 'u')")
    conn.execute(
        "INSERT INTO posts (title, published, blog_id, url, address, first_seen, last_seen)"
        " VALUES ('t', ?, 1, 'u', 'a', '', '')",
        [published],
    )
    assert conn.execute("SELECT year FROM posts").fetchone() == (year,)


LABELLED = {"blogs": "title", "posts": "title", "images": "name", "crawls": "name", "tags": "name"}


@pytest.mark.parametrize(("table", "label"), LABELLED.items())
def test_datasette_labels_rows_by_name_or_title(conn: sqlite3.Connection, table: str, label: str) -> None:
    """Datasette 0.65 takes name or title; 1.0 first looks for a single column that is unique text."""
    schema.migrate(conn)
    info = {row[1]: row for row in conn.execute(f"PRAGMA table_info({table})")}
    assert info[label][3], f"{table}.{label} may be NULL"
    unique = [row[1] for row in conn.execute(f"PRAGMA index_list({table})") if row[2]]
    single = [names for index in unique if len(names := list(conn.execute(f"PRAGMA index_info({index})"))) == 1]
    assert all(names[0][2] == label for names in single)


def test_every_reference_has_an_index_from_its_far_side(conn: sqlite3.Connection) -> None:
    """Datasette counts the links from other tables on every row page; deleting looks for them, too."""
    schema.migrate(conn)
    tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    for table in tables:
        keyed = {row[1] for row in conn.execute(f"PRAGMA table_info({table})") if row[5] == 1}
        for index in conn.execute(f"PRAGMA index_list({table})").fetchall():
            keyed.add(conn.execute(f"PRAGMA index_info({index[1]})").fetchone()[2])
        for key in conn.execute(f"PRAGMA foreign_key_list({table})"):
            assert key[3] in keyed, f"{table}.{key[3]} has no index"
