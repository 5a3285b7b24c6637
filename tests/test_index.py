from __future__ import annotations

import runpy
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import schema
from archiver.store import index
from archiver.tokens import to_match

EXACT = runpy.run_path(str(Path(__file__).parent.parent / "bench" / "exactness.py"))


def connect(path: Path | str = ":memory:") -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None)
    schema.migrate(conn)
    index.ensure(conn)
    conn.execute(
        "INSERT INTO blogs (title, url) VALUES ('Blog', 'https://blog.example/'), ('Two', 'https://two.example/')"
    )
    return conn


def add(conn: sqlite3.Connection, title: str, verb: str = "INSERT", **columns: Any) -> int:
    row = {
        "title": title,
        "blog_id": 1,
        "url": f"https://blog.example/{title}",
        "first_seen": "2026-01-01T00:00:00+00:00",
        "last_seen": "2026-01-01T00:00:00+00:00",
    } | columns
    row.setdefault("address", row["url"])
    names = ", ".join(row)
    places = ", ".join("?" * len(row))
    return conn.execute(f"{verb} INTO posts ({names}) VALUES ({places})", list(row.values())).lastrowid or 0


def found(conn: sqlite3.Connection, query: str) -> list[int]:
    sql = "SELECT rowid FROM posts_fts WHERE posts_fts MATCH ? ORDER BY rowid"
    return [number for (number,) in conn.execute(sql, (to_match(query),))]


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    conn = connect()
    yield conn
    conn.close()


def test_the_columns_are_the_sources_and_their_characters() -> None:
    assert (*index.SOURCES, "chars") == index.COLUMNS


def test_all_five_columns_are_found(conn: sqlite3.Connection) -> None:
    add(conn, "最小熵", excerpt="走进图书馆", text="机器学习", tags='["数学", "deep learning"]', captions="一幅图")
    assert index.drain(conn) == 1
    queries = ("最小熵", "图书", "机器", "数学", '"deep learning"', "一幅", "幅", "title:小")
    assert all(found(conn, query) == [1] for query in queries)
    assert found(conn, "title:图书") == []
    assert found(conn, '"数学 deep"') == [1]


@pytest.mark.parametrize("tags", ["", "数学", "[1,", '"数学"', '{"数学": 1}'])
def test_tags_that_are_no_list_are_searched_as_they_are(conn: sqlite3.Connection, tags: str) -> None:
    add(conn, "a", tags=tags)
    index.drain(conn)
    assert found(conn, "数学") == ([1] if "数学" in tags else [])


def test_nothing_waits_after_a_drain(conn: sqlite3.Connection) -> None:
    add(conn, "甲")
    assert index.verify(conn) == ["1 posts wait to be indexed"]
    index.drain(conn)
    assert index.drain(conn) == 0
    assert index.verify(conn) == []


def test_a_change_of_another_column_waits_for_nothing(conn: sqlite3.Connection) -> None:
    number = add(conn, "甲")
    index.drain(conn)
    conn.execute("UPDATE posts SET last_seen = '2027', title = title WHERE id = ?", (number,))
    assert conn.execute("SELECT count(*) FROM posts_fts_pending").fetchone() == (0,)


def test_a_change_taken_back_touches_nothing(conn: sqlite3.Connection) -> None:
    add(conn, "甲")
    index.drain(conn)
    conn.execute("UPDATE posts SET title = '乙'")
    conn.execute("UPDATE posts SET title = '甲'")
    assert index.drain(conn) == 0
    assert index.verify(conn) == []


def test_the_drain_is_part_of_the_transaction(conn: sqlite3.Connection) -> None:
    conn.execute("BEGIN IMMEDIATE")
    add(conn, "甲")
    index.drain(conn)
    assert conn.in_transaction
    conn.execute("ROLLBACK")
    assert found(conn, "甲") == []
    assert index.verify(conn) == []


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "replace", "upsert", "title", "move", "renumber", "delete", "drain"]),
        st.integers(1, 4),
        st.integers(1, 4),
        st.sampled_from(["机器学习", "机器", "学 习", "a b", ""]),
    ),
    max_size=24,
)

UPSERT = """INSERT INTO posts (title, blog_id, url, address, first_seen, last_seen) VALUES (?, 1, ?, ?, '', '')
ON CONFLICT (blog_id, address) DO UPDATE SET title = excluded.title"""


def perform(conn: sqlite3.Connection, name: str, number: int, other: int, text: str) -> None:
    if name == "add":
        add(conn, text, "INSERT OR IGNORE", id=number, address=str(other))
    elif name == "replace":
        add(conn, text, "INSERT OR REPLACE", id=number, address=str(other))
    elif name == "upsert":
        conn.execute(UPSERT, (text, str(other), str(other)))
    elif name == "title":
        conn.execute("UPDATE posts SET title = ?, excerpt = ? WHERE id = ?", (text, text, number))
    elif name == "move":
        conn.execute("UPDATE OR REPLACE posts SET address = ? WHERE id = ?", (str(other), number))
    elif name == "renumber":
        conn.execute("UPDATE OR REPLACE posts SET id = ? WHERE id = ?", (other, number))
    elif name == "delete":
        conn.execute("DELETE FROM posts WHERE id = ?", (number,))
    else:
        index.drain(conn)


@given(OPERATIONS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_the_index_follows(operations: list[tuple[str, int, int, str]], recursive: bool) -> None:
    conn = connect()
    conn.execute(f"PRAGMA recursive_triggers = {int(recursive)}")
    for operation in operations:
        perform(conn, *operation)
    index.drain(conn)
    assert index.verify(conn) == []
    conn.execute("INSERT INTO posts_fts (posts_fts) VALUES ('integrity-check')")
    conn.close()


DAMAGES = (
    ("the index dropped", "DROP TABLE posts_fts"),
    ("the queue dropped", "DROP TABLE posts_fts_pending"),
    ("a trigger dropped", "DROP TRIGGER posts_fts_update"),
    ("a post lost from the index", "INSERT INTO posts_fts (posts_fts) VALUES ('delete-all')"),
    (
        "made by another version",
        "DROP TABLE posts_fts; CREATE VIRTUAL TABLE posts_fts USING fts5(title, content='' /* archiver-fts:bigram0 */)",
    ),
)


@pytest.mark.parametrize("damage", [row[1] for row in DAMAGES], ids=[row[0] for row in DAMAGES])
def test_damage_is_seen_and_mended_on_opening(conn: sqlite3.Connection, damage: str) -> None:
    add(conn, "机器学习")
    index.drain(conn)
    conn.executescript(damage)
    assert len(index.verify(conn)) == 1
    index.ensure(conn)
    assert index.verify(conn) == []
    assert found(conn, "器学") == [1]


def test_what_was_changed_while_triggers_were_gone_is_found(conn: sqlite3.Connection) -> None:
    add(conn, "机器")
    index.drain(conn)
    conn.execute("DROP TRIGGER posts_fts_update")
    conn.execute("UPDATE posts SET title = '图书'")
    index.ensure(conn)
    assert (found(conn, "图书"), found(conn, "机器")) == ([1], [])


def test_a_wrong_word_in_the_index_is_named(conn: sqlite3.Connection) -> None:
    add(conn, "机器")
    index.drain(conn)
    conn.execute("INSERT INTO posts_fts (posts_fts, rowid, title) VALUES ('delete', 1, '机器')")
    conn.execute("INSERT INTO posts_fts (rowid, title) VALUES (1, '机车 器')")
    assert index.verify(conn) == ["the search index and the posts differ, first at '器' in the chars of post 1"]


def test_a_malformed_index_is_seen_and_made_again(conn: sqlite3.Connection) -> None:
    for number in range(200):
        add(conn, f"机器学习 {number}")
    index.drain(conn)
    conn.execute("UPDATE posts_fts_data SET block = zeroblob(length(block)) WHERE id > 10")
    assert len(index.verify(conn)) == 1
    assert index.rebuild(conn) == 200
    assert index.verify(conn) == []


def test_a_drain_into_a_malformed_index_mends_it(conn: sqlite3.Connection, tmp_path: Path) -> None:
    conn = connect(tmp_path / "archive.db")
    add(conn, "机器学习")
    index.drain(conn)
    conn.execute("UPDATE posts_fts_data SET block = x'00' WHERE id = 10")
    conn.close()
    conn = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    add(conn, "图书")
    assert index.drain(conn) == 2
    assert index.verify(conn) == []
    conn.close()


def test_rows_of_any_factory_will_do(conn: sqlite3.Connection) -> None:
    conn.row_factory = sqlite3.Row
    add(conn, "机器")
    index.ensure(conn)
    assert index.verify(conn) == []
    conn.execute("INSERT INTO posts_fts (rowid, title) VALUES (7, 'x')")
    assert index.verify(conn) == ["the search index and the posts differ, first at 'x' in the title of post 7"]


def test_a_read_only_archive_can_be_proved(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    conn = connect(path)
    add(conn, "机器")
    index.drain(conn)
    conn.close()
    reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    assert index.verify(reader) == []
    assert found(reader, "机器") == [1]
    reader.close()


def test_the_index_survives_dump_and_vacuum(conn: sqlite3.Connection, tmp_path: Path) -> None:
    for number in range(5):
        add(conn, f"机器学习 {number}")
    conn.execute("DELETE FROM posts WHERE id = 2")
    index.drain(conn)
    copy = tmp_path / "copy.db"
    conn.execute("VACUUM INTO ?", (str(copy),))
    other = sqlite3.connect(copy)
    assert index.verify(other) == []
    assert found(other, "器学") == [1, 3, 4, 5]
    other.close()


TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("机器学习图书馆のカメラ가나다ไทยＡｂﬁéß，。 ,_-12"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
    ),
    max_size=40,
)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_hits_are_those_of_a_brute_force_reading(rows: list[tuple[str, str]], seed: int) -> None:
    conn = connect()
    for number, (title, text) in enumerate(rows):
        add(conn, title, url=str(number), text=text)
    index.drain(conn)
    has_words = any(EXACT["draw"](Random(seed), [EXACT["plain"](part)]) for row in rows for part in row)
    assert list(EXACT["differences"](conn, 40 if has_words else 0, Random(seed))) == []
    conn.close()


def test_sqlite_utils_knows_the_index_as_that_of_posts(conn: sqlite3.Connection) -> None:
    add(conn, "机器学习")
    index.drain(conn)
    posts = sqlite_utils.Database(conn)["posts"]
    assert posts.detect_fts() == "posts_fts"
    assert [row["title"] for row in posts.search(to_match("器学"))] == ["机器学习"]


def test_datasette_knows_the_index_as_that_of_posts(conn: sqlite3.Connection) -> None:
    datasette = pytest.importorskip("datasette.utils")
    assert datasette.detect_fts(conn, "posts") == "posts_fts"
