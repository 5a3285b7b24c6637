"""The command that lists what could not be had: problems."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.text import Text

import archiver.cli.choices as choices
from archiver.cli.asking import database, one_blog, pointing
from archiver.cli.output import NOTHING, Format, console, counted, note, safe, write_rows
from archiver.store import Archive

COLUMNS = ("id", "at", "blog", "command", "kind", "url", "cause", "hint")
TABLE_COLUMNS = ("at", "blog", "kind", "url", "cause")
OF_RUNS = """FROM problems p LEFT JOIN blogs b ON b.id = p.blog_id LEFT JOIN crawls c ON c.id = p.crawl_id
 WHERE (:blog IS NULL OR p.blog_id = :blog)
 AND (NOT :last OR p.crawl_id IN (SELECT max(id) FROM crawls GROUP BY blog_id))"""
PROBLEMS = f"""SELECT p.id, p.at, b.title AS blog, c.command, p.kind, p.url, p.cause, p.hint {OF_RUNS}
 ORDER BY p.id DESC LIMIT :limit"""
INDENT = " " * 12


@click.command("problems", short_help="List what could not be had, and why.")
@database
@one_blog
@click.option("--last", is_flag=True, help="Only those of each blog's last run.")
@choices.limit
@choices.formats
def problems_command(db: str, only: str | None, last: bool, limit: int, form: str | None, only_count: bool) -> None:
    """List what could not be had, and why: pages, posts and pictures, the newest first. Ends with 1 when there is none.

    \b
    archiver problems --last               of each blog's last run
    archiver problems --blog 1 --json
    """
    with Archive.read(db) as archive:
        asked = {"blog": archive.named_blog(only).id if only is not None else None, "last": last}
        count = next(archive.query(f"SELECT count(*) AS n {OF_RUNS}", asked))["n"]
        rows = list(archive.query(PROBLEMS, {**asked, "limit": 0 if only_count else limit or sys.maxsize}))
    if only_count:
        click.echo(count)
    elif form is None:
        _print_problems(rows, db)
    else:
        write_rows(Format(form), rows, TABLE_COLUMNS if form == Format.TABLE else COLUMNS)
    if not count:
        note(f"No problems in {db}.")
        sys.exit(NOTHING)
    if not only_count and form is None:
        more = f" Printed: {len(rows):,}; -l 0 prints all." if len(rows) < count else ""
        note(f"{counted(count, 'problem')} in {db}.{more}")


def _print_problems(rows: Sequence[Mapping[str, Any]], db: str) -> None:
    """Two lines a problem: date, kind and address, then cause, what to try, and the blog if there are several."""
    screen = console()
    several = len({row["blog"] for row in rows}) > 1
    width = max((len(row["kind"]) for row in rows), default=0)
    for row in rows:
        screen.print(Text(safe(f"{row['at'][:10]}  {row['kind']:{width}}  {row['url']}")), soft_wrap=True)
        parts = [row["cause"], pointing(row["hint"], db), row["blog"] if several else None]
        screen.print(Text(safe(INDENT + "; ".join(part for part in parts if part))), soft_wrap=True)
