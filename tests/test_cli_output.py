from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from archiver.cli.output import Format, cell, counted, marked, padded, safe, safe_lines, styled, to_json, write_rows
from archiver.models import FoundDate, Precision, Record, Where
from archiver.store import Archive
from archiver.tokens import Snippet

SAFE = (
    ("a\x1b[31mb", "a\ufffd[31mb"),
    ("a\u202eb\u2066c\u200e", "a\ufffdb\ufffdc\ufffd"),
    ("a\x00\x7f\x9b", "a\ufffd\ufffd\ufffd"),
    ("a\r\nb\tc\u2028d", "a b c d"),
    ("图书 é 😀", "图书 é 😀"),
    (3, "3"),
)


@pytest.mark.parametrize(("text", "printed"), SAFE)
def test_what_is_printed_obeys_nobody(text: object, printed: str) -> None:
    assert safe(text) == printed


def test_lines_are_kept_where_wanted() -> None:
    assert safe_lines("a\r\nb\n\tc\rd\x1b") == "a\nb\n\tc\ufffdd\ufffd"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_become_text(start: str) -> None:
    assert cell(f"{start}1", Format.CSV).startswith("'")
    assert cell(f"a{start}1", Format.CSV).startswith("a")


def test_numbers_in_cells_stay_numbers() -> None:
    assert [cell(value, Format.TSV) for value in (-3, 1.5, None, ["a", "b"])] == ["-3", "1.5", "", "a, b"]


def test_json_escapes_what_a_terminal_obeys() -> None:
    value = {"a": "\x1b\x9b\u202e图"}
    assert to_json(value) == '{"a": "\\u001b\\u009b\\u202e图"}'
    lines = {"a": "one\u2028two\u2029three\x85four"}
    assert to_json(lines).splitlines() == [to_json(lines)]
    assert json.loads(to_json(lines)) == lines
    assert json.loads(to_json(value)) == value


SNIPPET = Snippet("走进图书馆 \x1b[m library", ((2, 4), (10, 17)))


def test_hits_are_bold_or_bracketed() -> None:
    plain, bold = marked(SNIPPET, bold=False), marked(SNIPPET, bold=True)
    assert plain.plain == "走进【图书】馆 \ufffd[m 【library】"
    assert bold.plain == "走进图书馆 \ufffd[m library"
    assert [bold.plain[span.start : span.end] for span in bold.spans if span.style] == ["图书", "library"]


@pytest.mark.parametrize(("text", "width"), [("图书", 6), ("abc", 6), ("abcdefgh", 6), ("ｶﾞ", 6)])
def test_padding_counts_columns(text: str, width: int) -> None:
    assert cell_len(padded(Text(text), width).plain) == max(width, cell_len(text))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("number", "said"), [(0, "0 posts"), (1, "1 post"), (1304, "1,304 posts")])
def test_one_is_not_many(number: int, said: str) -> None:
    assert counted(number, "post") == said


@pytest.mark.parametrize(
    ("stream", "env", "expected"),
    [
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"TERM": "xterm"}, False),
    ],
)
def test_when_bold_is_used(
    stream: io.StringIO, env: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert styled(stream) is expected


ROWS = [
    {"id": 1, "name": "图书", "many": 12345, "tags": ["a", "b"]},
    {"id": 20, "name": None, "many": None, "tags": []},
]
WRITTEN = (
    (Format.JSON, '[{"id": 1, "name": "图书", "tags": ["a", "b"]},\n {"id": 20, "name": null, "tags": []}]\n'),
    (Format.NL, '{"id": 1, "name": "图书", "tags": ["a", "b"]}\n{"id": 20, "name": null, "tags": []}\n'),
    (Format.CSV, 'id,name,tags\n1,图书,"a, b"\n20,,\n'),
    (Format.TSV, "id\tname\ttags\n1\t图书\ta, b\n20\t\t\n"),
    (Format.TABLE, "id  name  tags\n 1  图书  a, b\n20\n"),
)


@pytest.mark.parametrize(("form", "written"), WRITTEN, ids=[str(row[0]) for row in WRITTEN])
def test_formats(form: Format, written: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(form, ROWS, ("id", "name", "tags"))
    assert capsys.readouterr().out == written


def test_numbers_stand_right_and_are_grouped(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(Format.TABLE, ROWS, ("many", "name"))
    assert capsys.readouterr().out == "  many  name\n12,345  图书\n\n"


@pytest.mark.parametrize("form", list(Format)[1:])
def test_no_rows_are_no_error(form: Format, capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(form, [], ("id", "name"))
    assert capsys.readouterr().out in {"[]\n", "", "id,name\n", "id\tname\n", "id  name\n"}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        blog = archive.blog_for("https://blog.example/", title="Blog")
        record = Record(url="https://blog.example/1", title="走进图书馆", excerpt="古老的建筑。")
        archive.save_records(blog.id, [record], seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    return path


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "ARCHIVER_DB", "COLUMNS"}}
    return {**kept, "TERM": "xterm", "PYTHONUTF8": "1", **more}


def archiver(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archiver", *args]
    return subprocess.run(
        command, cwd=cwd, env=environment(**env), capture_output=True, text=True, encoding="utf-8", check=False
    )


def on_a_terminal(*args: str, **env: str) -> str:
    """What a command prints on a terminal of 80 columns."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "archiver", *args]
    with subprocess.Popen(command, env=environment(**env), stdout=follower, stderr=subprocess.DEVNULL) as process:
        os.close(follower)
        read = bytearray()
        try:
            while part := os.read(leader, 4096):
                read += part
        except OSError:
            pass
        finally:
            os.close(leader)
        assert process.wait(timeout=60) == 0
    return read.decode().replace("\r\n", "\n")


def test_a_terminal_shows_hits_bold(db: Path) -> None:
    assert "走进\x1b[1m图书\x1b[0m馆" in on_a_terminal("search", "图书", "-d", str(db))
    assert "走进【图书】馆" in on_a_terminal("search", "图书", "-d", str(db), NO_COLOR="1")


NARROW = (
    (40, "published  2019-03-06\ntitle      走进图书馆\nblog       一个名字很长的博客 · A blog of a long name\n"),
    (60, " 1  2019-03-06  走进图书馆  一个名字很长的博客 · A"),
    (200, " 1  2019-03-06  走进图书馆  一个名字很长的博客 · A blog of a long name\n"),
)


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """An archive whose blog has a long title and address."""
    path = tmp_path / "wide.db"
    with Archive.open(path) as archive:
        blog = archive.blog_for(
            f"https://blog.example/{'long/' * 12}", title="一个名字很长的博客 · A blog of a long name"
        )
        day = FoundDate("2019-03-06", Precision.DAY, "test", "6 Mar", Where.BLOCK)
        record = Record(url="https://blog.example/1", title="走进图书馆", published=day)
        archive.save_records(blog.id, [record], seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    return path


@pytest.mark.parametrize(("columns", "shown"), NARROW)
def test_a_table_stays_legible_on_a_narrow_terminal(wide: Path, columns: int, shown: str) -> None:
    assert shown in on_a_terminal("list", "-t", "-d", str(wide), COLUMNS=str(columns), NO_COLOR="1")


@pytest.mark.parametrize("columns", [20, 40, 60, 100])
def test_blogs_stand_one_below_the_other_where_there_is_no_room(wide: Path, columns: int) -> None:
    shown = on_a_terminal("blogs", "-d", str(wide), COLUMNS=str(columns), NO_COLOR="1")
    assert f"url           https://blog.example/{'long/' * 12}\n" in shown
    assert "first         2019-03-06\n" in shown
    assert "last_crawled" not in shown


def test_a_table_in_a_pipe_is_never_folded(wide: Path) -> None:
    header, row = archiver("blogs", "-d", str(wide), cwd=wide.parent, COLUMNS="40").stdout.splitlines()
    assert header.split() == ["id", "title", "url", "posts", "whole", "first", "last", "images", "last_crawled"]
    assert f"https://blog.example/{'long/' * 12}" in row


def test_titles_and_blogs_wrap_under_each_other(wide: Path) -> None:
    lines = on_a_terminal("list", "-d", str(wide), COLUMNS="40").splitlines()
    assert lines[0].startswith("2019-03-06  走进图书馆")
    assert len(lines) > 1
    assert all(line.startswith(" " * 12) and cell_len(line) <= 40 for line in lines[1:])


def test_the_command_line_as_a_whole(db: Path) -> None:
    found = archiver("search", "图书", cwd=db.parent)
    assert (found.returncode, found.stdout.splitlines()[0].split()) == (0, ["走进【图书】馆", "Blog"])
    elsewhere = archiver("list", "-c", cwd=db.parent.parent, ARCHIVER_DB=str(db))
    assert (elsewhere.returncode, elsewhere.stdout) == (0, "1\n")
    assert archiver("search", "xyzzy", cwd=db.parent).returncode == 1
    assert archiver("search", cwd=db.parent).returncode == 2
    missing = archiver("search", "x", "-d", "nowhere.db", cwd=db.parent)
    assert missing.returncode == 2
    assert "nowhere.db" in missing.stderr
    assert "Traceback" not in missing.stderr
