"""show --history: every revision as a diff that can be read and applied."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archiver.cli.history import Edit, lines_of
from archiver.cli.showing import show_command
from archiver.models import FoundDate, Image, Precision, Record, Where
from archiver.store import Archive, Source

SEEN = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = Record(
    url="https://blog.example/p",
    title="First title",
    published=FoundDate("2019-03-06", Precision.DAY, "test", "6 Mar", Where.BLOCK),
    excerpt="One line.\n\nAnother line.\n\nA third one.",
    tags=("a", "b"),
)
SECOND = replace(FIRST, excerpt="One line.\n\nAnother line, edited.\n\nA third one.")
THIRD = replace(
    SECOND, title="Second title \x1b[31m", tags=("b", "c"), images=(Image("https://x.org/1.png", "", "Fig"),)
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Archive.open(path) as archive:
        blog = archive.blog_for("https://blog.example/")
        for day, record in enumerate((FIRST, SECOND, THIRD)):
            crawl = archive.start_crawl(blog.id, "crawl")
            archive.save_records(
                blog.id, [record], seen_at=SEEN + timedelta(days=day), crawl_id=crawl, source=Source.LISTING
            )
    return path


def show(db: Path, *args: str) -> Result:
    return CliRunner().invoke(show_command, ["1", "-d", str(db), *args])


def test_history_is_a_unified_diff_newest_first(db: Path) -> None:
    lines = show(db, "--history").stdout.splitlines()
    heads = [line for line in lines if line.startswith("2026-")]
    assert heads == ["2026-01-03T00:00:00+00:00  title, tags", "2026-01-02T00:00:00+00:00  excerpt"]
    at = lines.index("--- title until 2026-01-03T00:00:00+00:00")
    assert lines[at + 1 : at + 5] == [
        "+++ title since 2026-01-03T00:00:00+00:00",
        "@@ -1 +1 @@",
        "-First title",
        "+Second title \ufffd[31m",
    ]
    at = lines.index("--- tags until 2026-01-03T00:00:00+00:00")
    assert lines[at + 2 : at + 6] == ["@@ -1,2 +1,2 @@", "-a", " b", "+c"]
    at = lines.index("--- excerpt until 2026-01-02T00:00:00+00:00")
    assert lines[at + 2 :][:7] == [
        "@@ -1,5 +1,5 @@",
        " One line.",
        " ",
        "-Another line.",
        "+Another line, edited.",
        " ",
        " A third one.",
    ]


def test_history_as_json_holds_both_sides(db: Path) -> None:
    newest, oldest = json.loads(show(db, "--history", "--json").stdout)
    assert oldest == {
        "changed_at": "2026-01-02T00:00:00+00:00",
        "edits": [{"field": "excerpt", "before": FIRST.excerpt, "after": SECOND.excerpt}],
    }
    assert {edit["field"]: (edit["before"], edit["after"]) for edit in newest["edits"]} == {
        "title": ("First title", "Second title \x1b[31m"),
        "tags": (["a", "b"], ["b", "c"]),
    }


def test_following_the_history_back_gives_the_first_reading(db: Path) -> None:
    post = json.loads(show(db, "--json").stdout)
    for revision in json.loads(show(db, "--history", "--json").stdout):
        for edit in revision["edits"]:
            assert post[edit["field"]] == edit["after"]
            post[edit["field"]] = edit["before"]
    assert (post["title"], post["excerpt"], post["tags"]) == (FIRST.title, FIRST.excerpt, list(FIRST.tags))


def test_a_post_that_never_changed(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    with Archive.open(path) as archive:
        archive.save_records(archive.blog_for("https://blog.example/").id, [FIRST])
    assert show(path, "--history").stderr == "This post was never changed.\n"
    assert json.loads(show(path, "--history", "--json").stdout) == []


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (None, []),
        ("", []),
        ("one\r\ntwo", ["one", "two"]),
        (["a", "b"], ["a", "b"]),
        ([{"url": "https://x.org/1.png", "alt": "", "caption": "Fig\n1"}], ["https://x.org/1.png  Fig 1"]),
        ("\u202eturned", ["\ufffdturned"]),
    ],
)
def test_values_as_lines(value: object, lines: list[str]) -> None:
    assert lines_of(value) == lines


def test_a_field_that_was_unknown_has_only_added_lines() -> None:
    assert Edit("author", None, "Su").diff("2026")[2:] == ["@@ -0,0 +1 @@", "+Su"]
