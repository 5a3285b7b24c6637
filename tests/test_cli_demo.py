from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archiver import demo
from archiver.cli import cli
from archiver.cli.serving import free_port
from archiver.demo.content import posts
from archiver.errors import UsageError
from archiver.models import Record
from archiver.store import Archive


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, args)))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "demo.db"


def other_archive(path: Path) -> Path:
    with Archive.open(path) as archive:
        blog = archive.blog_for("https://blog.example/", title="Mine")
        archive.save_records(
            blog.id, [Record("https://blog.example/1", "One")], seen_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
    return path


def test_the_demo_crawls_searches_and_says_how_to_go_on(db: Path) -> None:
    result = run("demo", "-d", db)
    assert result.exit_code == 0, result.output
    assert "【图书馆】里的排队问题" in result.stdout
    assert "Saved 12 new posts" in result.stderr
    assert f"archiver serve -d {db} -o" in result.stderr
    with Archive.read(db) as archive:
        assert {row["title"] for row in archive.query("SELECT title FROM posts")} == {post.title for post in posts()}
        assert list(archive.query("SELECT count(*) AS n FROM posts WHERE published IS NULL")) == [{"n": 0}]
        assert list(archive.query("SELECT count(*) AS n FROM images WHERE sha256 IS NULL")) == [{"n": 0}]
    connection = sqlite3.connect(db)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_a_second_demo_takes_the_place_of_the_first(db: Path) -> None:
    assert run("demo", "-d", db).exit_code == 0
    assert run("demo", "-d", db).exit_code == 0
    with Archive.read(db) as archive:
        assert [blog.title for blog in archive.blogs()] == [demo.TITLE]
        assert list(archive.query("SELECT count(*) AS n FROM posts")) == [{"n": 12}]


def test_the_demo_touches_no_other_archive(db: Path) -> None:
    before = other_archive(db).read_bytes()
    result = run("demo", "-d", db)
    assert isinstance(result.exception, UsageError)
    assert "-d FILE" in result.exception.hint
    assert db.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0 and no more"])
def test_the_demo_touches_no_file_that_is_no_archive(db: Path, content: bytes) -> None:
    db.write_bytes(content)
    assert isinstance(run("demo", "-d", db).exception, UsageError)
    assert db.read_bytes() == content


def test_an_archive_that_is_not_there_is_not_served(tmp_path: Path) -> None:
    result = run("serve", "-d", tmp_path / "none.db")
    assert isinstance(result.exception, UsageError)
    assert "archiver crawl" in result.exception.hint
    assert list(tmp_path.iterdir()) == []


def test_without_datasette_the_command_that_installs_it_is_named(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other_archive(db)
    monkeypatch.setitem(sys.modules, "datasette.cli", None)
    result = run("serve", "-d", db)
    assert isinstance(result.exception, UsageError)
    assert "pip install 'blog-archiver[datasette]'" in result.exception.hint


def test_a_port_that_is_taken_is_named(db: Path) -> None:
    other_archive(db)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        result = run("serve", "-d", db, "-p", str(port))
    assert isinstance(result.exception, UsageError)
    assert result.exception.url == f"127.0.0.1:{port}"
    assert "-p 0" in result.exception.hint


def test_any_free_port_can_be_had() -> None:
    assert 0 < free_port("127.0.0.1", 0) < 65536
    assert 0 < free_port("::1", 0) < 65536


@pytest.mark.parametrize("host", ["host.invalid", "192.0.2.1", "a..b", "1:2", "x" * 99])
def test_a_host_that_is_not_here_is_named_with_one_that_is(host: str) -> None:
    with pytest.raises(UsageError) as caught:
        free_port(host, 0)
    assert caught.value.url == f"{host}:0"
    assert "-h 127.0.0.1" in caught.value.hint
    assert "attempting" not in caught.value.cause


@pytest.mark.parametrize("name", ["100%25.db", "what?.db", "a#b.db"])
def test_a_name_that_datasette_cannot_open_is_told(tmp_path: Path, name: str) -> None:
    other_archive(tmp_path / name)
    result = run("serve", "-d", tmp_path / name)
    assert isinstance(result.exception, UsageError)
    assert result.exception.url.endswith(name)


def test_an_archive_is_served_until_ctrl_c(tmp_path: Path) -> None:
    db = tmp_path / "my ~blog+.db"
    other_archive(db)
    command = [sys.executable, "-m", "archiver", "serve", "-d", str(db), "-p", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr is not None
            address = process.stderr.readline().split()[2]
            assert address.endswith("/-/archive/my+~7Eblog~2B/")
            assert "Mine" in fetched(address)
            assert "One" in fetched(f"{address.partition('/-/')[0]}/my+~7Eblog~2B/posts")
        finally:
            os.kill(process.pid, signal.SIGINT)
            rest = process.stderr.read() if process.stderr else ""
        assert process.wait(10) == 0
        assert "Traceback" not in rest


def fetched(url: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def test_the_help_names_commands_in_the_order_they_are_met_each_in_a_line() -> None:
    _, _, listed = run("--help").stdout.partition("Commands:\n")
    assert [line.split()[0] for line in listed.splitlines()] == list(cli.commands)
    assert "..." not in listed


def test_every_command_of_the_help_is_there() -> None:
    text = run("--help").stdout
    for name in ("crawl", "inspect", "search", "list", "show", "blogs", "stats", "serve", "demo"):
        assert f"\n  {name} " in text
        assert run(name, "--help").exit_code == 0
