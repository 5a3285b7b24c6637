"""problems lists what could not be had; every hint names the archive that it is about."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archiver.cli import cli
from archiver.cli.asking import pointing
from archiver.errors import ArchiverError, UsageError
from archiver.models import Problem, Record
from archiver.store import Archive, Outcome

DAY = datetime(2026, 11, 20, 8, tzinfo=UTC)
COLUMNS = ["id", "at", "blog", "command", "kind", "url", "cause", "hint"]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "my archive.db"
    with Archive.open(path, now=lambda: DAY) as archive:
        for name, runs in (("mine", 2), ("yours", 1)):
            blog = archive.blog_for(f"https://{name}.example/", title=name.title())
            archive.save_records(blog.id, [Record(f"https://{name}.example/1", "One")])
            for run in range(runs):
                crawl = archive.start_crawl(blog.id, "update")
                problem = Problem(
                    "image", f"https://{name}.example/{run}.png", "timed out", "archiver update tries again"
                )
                archive.save_problem(problem, blog_id=blog.id, crawl_id=crawl)
                archive.finish_crawl(crawl, Outcome.PARTIAL, {"problems": 1})
    return path


def run(*args: str | Path) -> Result:
    result = CliRunner().invoke(cli, list(map(str, args)))
    assert result.exception is None or isinstance(result.exception, SystemExit | ArchiverError), result.exception
    return result


def test_problems_are_listed_newest_first_with_cause_and_what_to_try(db: Path) -> None:
    result = run("problems", "-d", db)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "2026-11-20  image  https://yours.example/0.png",
        f"            timed out; archiver update -d '{db}' tries again; Yours",
    ]
    assert "mine.example/0.png" in result.stdout
    assert result.stderr == f"3 problems in {db}.\n"


def test_problems_of_the_last_runs_or_of_one_blog(db: Path) -> None:
    assert run("problems", "--last", "-c", "-d", db).stdout == "2\n"
    assert run("problems", "--blog", "mine", "-c", "-d", db).stdout == "2\n"
    result = run("problems", "--blog", "Mine", "--last", "-d", db)
    assert result.stdout.splitlines()[0].endswith("https://mine.example/1.png")
    assert "Mine" not in result.stdout
    result = run("problems", "-l", "1", "-d", db)
    assert (len(result.stdout.splitlines()), "Printed: 1; -l 0 prints all." in result.stderr) == (2, True)
    assert isinstance(run("problems", "--blog", "nobody", "-d", db).exception, UsageError)


def test_problems_for_programs(db: Path) -> None:
    rows = json.loads(run("problems", "--json", "-d", db).stdout)
    assert list(rows[0]) == COLUMNS
    assert (rows[0]["blog"], rows[0]["command"], rows[0]["hint"]) == ("Yours", "update", "archiver update tries again")
    assert [json.loads(line) for line in run("problems", "--nl", "-d", db).stdout.splitlines()] == rows
    assert next(csv.reader(io.StringIO(run("problems", "--csv", "-d", db).stdout))) == COLUMNS
    assert run("problems", "-t", "-d", db).stdout.split()[:5] == ["at", "blog", "kind", "url", "cause"]


def test_no_problems_end_with_1(tmp_path: Path) -> None:
    Archive.open(tmp_path / "a.db").close()
    result = run("problems", "-d", tmp_path / "a.db")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"No problems in {tmp_path / 'a.db'}.\n")
    assert json.loads(run("problems", "--json", "-d", tmp_path / "a.db").stdout) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See: archiver blogs", "See: archiver blogs -d b.db"),
        ("Next: archiver check --fix", "Next: archiver check --fix -d b.db"),
        ("archiver search WORD · archiver serve", "archiver search WORD -d b.db · archiver serve -d b.db"),
        ("archiver update tries again", "archiver update -d b.db tries again"),
        ("archiver forget 3, or", "archiver forget 3 -d b.db, or"),
        (
            "move back: archiver crawl https://a.org/x --moved-to 'https://b.org/?a&b'; now",
            "move back: archiver crawl https://a.org/x --moved-to 'https://b.org/?a&b' -d b.db; now",
        ),
        ("archiver inspect URL", "archiver inspect URL"),
        ("the archiver checks", "the archiver checks"),
    ],
)
def test_a_hint_can_be_copied(text: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARCHIVER_DB", raising=False)
    assert pointing(text, "b.db") == told
    assert pointing(text, "archive.db") == text
    monkeypatch.setenv("ARCHIVER_DB", "b.db")
    assert pointing(text, "b.db") == text


def test_errors_and_ends_of_commands_name_the_archive(db: Path, tmp_path: Path) -> None:
    unknown = run("list", "--blog", "nobody", "-d", tmp_path / "none.db").exception
    assert isinstance(unknown, UsageError)
    assert unknown.hint.startswith(f"Make one with: archiver crawl URL -d {tmp_path / 'none.db'}, or ")
    Archive.open(tmp_path / "b.db").close()
    assert run("blogs", "-d", tmp_path / "b.db").stderr.endswith(f"Next: archiver crawl URL -d {tmp_path / 'b.db'}\n")
    assert run("check", "-d", tmp_path / "b.db").stderr.endswith(f"archiver crawl URL -d {tmp_path / 'b.db'}\n")
    shown = run("show", "1", "-d", db).stderr
    assert shown.endswith(f"archiver crawl https://mine.example/ --full-text -d '{db}'\n")
