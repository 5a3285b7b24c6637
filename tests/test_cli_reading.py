from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from archiver.cli.reading import list_command, search_command
from archiver.cli.showing import blogs_command, show_command, stats_command
from archiver.errors import ArchiveError
from archiver.models import FoundDate, Image, Precision, Record, Where
from archiver.store import Archive

SEEN = datetime(2026, 1, 1, tzinfo=UTC)
COMMANDS = click.Group(commands=[search_command, list_command, show_command, blogs_command, stats_command])
HOSTILE = "\x1b]0;owned\x07\u202e=1+1 图书\x9b31m"


def record(title: str, name: str, published: str, **fields: Any) -> Record:
    found = FoundDate(published, Precision.DAY, "test", f"on {published}", Where.BLOCK, "by hand")
    return Record(url=f"https://blog.example/{name}", title=title, published=found, **fields)


TAGS = ("信息", "聚类")
RECORDS = (
    record(
        "最小熵原理",
        "entropy",
        "2018-12-02",
        excerpt="在图书馆里读书。",
        tags=("信息", "聚类"),
        author="Su",
        series="熵",
    ),
    record("On archives", "on", "2019-03-06", excerpt="A library (图书馆) keeps more than books."),
    record("圖書館", "fan", "2020-01-01", images=(Image("https://blog.example/a.png", "", "书架"),)),
    record(HOSTILE, "evil", "2021-05-05", excerpt="=cmd|' /C calc'!A0\n图书", content_html="<p>\x1b[2J</p>"),
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        blog = archive.blog_for("https://blog.example/", title="科学空间")
        for number, each in enumerate(RECORDS):
            archive.save_records(blog.id, [each], seen_at=SEEN + timedelta(days=number))
    return path


def run(db: Path, *args: str, **env: str) -> Result:
    return CliRunner().invoke(COMMANDS, [*args, "-d", str(db)], env=env)


def test_search_prints_marked_and_aligned_hits(db: Path) -> None:
    result = run(db, "search", "图书 OR 原理", "--until", "2019")
    assert result.exit_code == 0
    assert sorted(result.stdout.splitlines()) == sorted(
        [
            "2018-12-02  最小熵【原理】  科学空间",
            "            在【图书】馆里读书。",
            "2019-03-06  On archives     科学空间",
            "            A library (【图书】馆) keeps more than books.",
        ]
    )
    assert result.stderr == f"2 posts (of 4) in {db}.\n"


def test_columns_stand_under_each_other(db: Path) -> None:
    lines = [line for line in run(db, "search", "图书").stdout.splitlines() if line.endswith("  科学空间")]
    assert len({cell_len(line) for line in lines}) == 1


def test_nothing_found_is_told_and_ends_with_one(db: Path) -> None:
    result = run(db, "search", "xyzzy")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        'No post matches "xyzzy".  4 posts searched (excerpts only: --full-text was not used when crawling).\n'
    )


def test_nothing_found_tells_what_to_try(db: Path) -> None:
    result = run(db, "search", "馆", "--year", "2020")
    assert result.exit_code == 1
    assert "Without the filters: 2." in result.stderr
    assert "(--variants): 1." in result.stderr


@pytest.mark.parametrize(
    ("args", "count"),
    [
        (["图书"], 3),
        (["图书", "-library"], 2),
        (["图书", "-l", "1", "-馆"], 1),
        (["图书", "--", "-library"], 2),
        (["图书", "NOT", "library"], 2),
        (["图书馆", "--variants"], 3),
        (["熵", "--tag", "信息", "--author", "su", "--since", "2018", "--blog", "科学"], 1),
        (["圖書", "--has-image"], 1),
        (["圖書", "--no-image"], 0),
    ],
)
def test_counts(db: Path, args: list[str], count: int) -> None:
    at = args.index("--") if "--" in args else len(args)
    result = CliRunner().invoke(COMMANDS, ["search", "-c", "-d", str(db), *args[:at], *args[at:]])
    assert result.stdout == f"{count}\n"
    assert result.exit_code == (0 if count else 1)


def test_sort_and_limit(db: Path) -> None:
    result = run(db, "search", "图书", "--sort", "date", "--limit", "1", "--nl")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [4]
    result = run(db, "search", "图书", "-l1")
    assert result.stderr == f"3 posts (of 4) in {db}. Printed: 1; -l 0 prints all.\n"
    assert len(json.loads(run(db, "list", "-l", "0", "--json").stdout)) == 4


def test_json_is_lossless_and_harmless(db: Path) -> None:
    result = run(db, "list", "--json")
    rows = json.loads(result.stdout)
    assert [row["title"] for row in rows] == [HOSTILE, "圖書館", "On archives", "最小熵原理"]
    assert rows[3]["tags"] == ["信息", "聚类"]
    assert list(rows[0]) == ["id", "title", "published", "blog", "author", "tags", "url", "excerpt", "snippet"]
    assert "圖書館" in result.stdout
    lines = run(db, "list", "--nl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows


@pytest.mark.parametrize(("form", "separator"), [("--csv", ","), ("--tsv", "\t")])
def test_separated_values_run_no_formula(db: Path, form: str, separator: str) -> None:
    rows = list(csv.reader(io.StringIO(run(db, "list", form).stdout), delimiter=separator))
    assert rows[0][:4] == ["id", "title", "published", "blog"]
    assert len(rows) == 5
    assert {len(row) for row in rows} == {9}
    assert rows[1][7].startswith("'=cmd")
    assert rows[4][5] == "信息, 聚类"


def test_a_table_is_aligned(db: Path) -> None:
    lines = run(db, "list", "--table").stdout.splitlines()
    assert lines[0].split() == ["id", "published", "title", "blog"]
    assert {cell_len(line[: line.index("科学空间")]) for line in lines[1:]} == {
        cell_len(lines[0][: lines[0].index("blog")])
    }


FORMS = (["search", "图书"], ["list"], ["list", "-t"], ["list", "--csv"], ["list", "--tsv"], ["list", "--json"])
SHOWS = (["show", "4"], ["show", "4", "--json"], ["show", "4", "--html"], ["blogs"])


@pytest.mark.parametrize("args", [*FORMS, *SHOWS], ids=" ".join)
def test_nothing_hostile_reaches_the_terminal(db: Path, args: list[str]) -> None:
    result = run(db, *args)
    assert result.exit_code == 0
    assert not set("\x1b\x07\x9b\u202e\r") & set(result.stdout + result.stderr)


def test_list_is_newest_first_and_may_be_empty(db: Path) -> None:
    assert [line[:10] for line in run(db, "list").stdout.splitlines() if line[:2] == "20"] == [
        "2021-05-05",
        "2020-01-01",
        "2019-03-06",
        "2018-12-02",
    ]
    assert run(db, "list", "-c", "--until", "2019-03").stdout == "2\n"
    result = run(db, "list", "--year", "1999")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"No such post. 4 posts in {db}.\n"


@pytest.mark.parametrize("key", ["1", "https://blog.example/entropy"])
def test_show_prints_a_post_with_its_evidence(db: Path, key: str) -> None:
    assert run(db, "show", key).stdout.splitlines() == [
        "最小熵原理",
        'date      2018-12-02  (block, by hand: "on 2018-12-02")',
        "blog      科学空间",
        "author    Su",
        "series    熵",
        "url       https://blog.example/entropy",
        "tags      信息, 聚类",
        "",
        "在图书馆里读书。",
    ]


def test_show_as_json_and_html(db: Path) -> None:
    post = json.loads(run(db, "show", "3", "--json").stdout)
    assert (post["title"], post["blog"], post["images"][0]["caption"]) == ("圖書館", "科学空间", "书架")
    assert run(db, "show", "4", "--html").stdout == "<p>\ufffd[2J</p>\n"
    assert "[书架] https://blog.example/a.png" in run(db, "show", "3").stdout


def test_show_history(db: Path) -> None:
    assert run(db, "show", "1", "--history").stderr == "This post was never changed.\n"
    with Archive.open(db) as archive:
        changed = record("最小熵原理", "entropy", "2018-12-02", excerpt="在书店里读很多书,读完再买。")
        archive.save_records(1, [changed], seen_at=SEEN + timedelta(days=9))
    history = run(db, "show", "1", "--history").stdout
    assert "在图书馆里读书。" in history
    assert history.startswith("2026-01-10")


def test_show_of_a_stranger(db: Path) -> None:
    result = run(db, "show", "99")
    assert (result.exit_code, result.stderr) == (1, f"No such post in {db}: 99\n")


def test_blogs(db: Path) -> None:
    rows = json.loads(run(db, "blogs", "--json").stdout)
    assert [(row["title"], row["posts"], row["first"], row["last"]) for row in rows] == [
        ("科学空间", 4, "2018-12-02", "2021-05-05")
    ]
    header, row = run(db, "blogs").stdout.splitlines()
    assert header.startswith("id  title     url")
    assert row.startswith(" 1  科学空间  https://blog.example/")


def test_no_blogs(tmp_path: Path) -> None:
    Archive.open(tmp_path / "empty.db").close()
    result = run(tmp_path / "empty.db", "blogs")
    assert result.exit_code == 1
    assert "Next: archiver crawl URL" in result.stderr


def test_stats(db: Path) -> None:
    stats = json.loads(run(db, "stats", "--json").stdout)
    assert (stats["posts"], stats["blogs"], stats["tags"], stats["images_missing"]) == (4, 1, 2, 1)
    assert stats["size_in_bytes"] == os.path.getsize(db)
    assert ["posts", "4"] in [line.split() for line in run(db, "stats").stdout.splitlines()]


@pytest.mark.parametrize("date", ["2019-13", "2019-02-30", "19", "yesterday", "2019-3-6", "２０１９"])
def test_a_date_that_is_none_is_a_usage_error(db: Path, date: str) -> None:
    result = run(db, "list", "--since", date)
    assert result.exit_code == 2
    assert "is not a date. Write 2019, 2019-03 or 2019-03-06." in result.stderr


def test_what_another_program_wrote_is_found(db: Path) -> None:
    with sqlite3.connect(db) as stranger:
        stranger.execute("UPDATE posts SET excerpt = '珊瑚' WHERE id = 1")
    stranger.close()
    result = run(db, "search", "珊瑚", "--nl")
    assert json.loads(result.stdout)["id"] == 1


def test_an_index_that_is_behind_is_searched_while_another_writes(db: Path) -> None:
    with sqlite3.connect(db) as stranger:
        stranger.execute("UPDATE posts SET excerpt = '珊瑚' WHERE id = 1")
    stranger.close()
    with sqlite3.connect(db, isolation_level=None) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        result = run(db, "search", "图书", "-c")
        stranger.execute("ROLLBACK")
    stranger.close()
    assert (result.exit_code, result.stdout) == (0, "3\n")
    assert result.stderr.startswith("1 changed posts are not in the search index yet (")


def test_an_archive_whose_index_is_lost_gets_it_back(db: Path) -> None:
    with sqlite3.connect(db) as stranger:
        stranger.execute("DROP TABLE posts_fts")
    stranger.close()
    with sqlite3.connect(db, isolation_level=None) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        result = run(db, "search", "图书")
        stranger.execute("ROLLBACK")
    stranger.close()
    assert isinstance(result.exception, ArchiveError)
    assert "it has no search index" in str(result.exception)
    assert run(db, "search", "图书", "-c").stdout == "3\n"
