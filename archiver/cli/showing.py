"""The commands that show what an archive holds: a post, the blogs, the numbers. None of them writes to it."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import click
from rich.text import Text

import archiver.cli.choices as choices
from archiver.cli.asking import database, pointing
from archiver.cli.history import history_as_json, print_history
from archiver.cli.output import NOTHING, Format, console, note, safe, safe_lines, styled, to_json, write_rows
from archiver.search import tag_names
from archiver.store import Archive

BLOG_COLUMNS = ("id", "title", "url", "posts", "whole", "first", "last", "images", "last_crawled")
BLOGS = """
SELECT b.id, b.title, b.url, count(p.id) AS posts, count(p.text) AS whole,
  min(p.published) AS first, max(p.published) AS last,
  (SELECT count(DISTINCT i.image_id) FROM post_images i JOIN posts q ON q.id = i.post_id WHERE q.blog_id = b.id)
    AS images, b.last_crawled
FROM blogs b LEFT JOIN posts p ON p.blog_id = b.id GROUP BY b.id ORDER BY b.id
"""
STATS = (
    ("blogs", "SELECT count(*) FROM blogs"),
    ("posts", "SELECT count(*) FROM posts"),
    ("posts with whole text", "SELECT count(text) FROM posts"),
    ("posts without a date", "SELECT count(*) FROM posts WHERE published IS NULL"),
    ("first", "SELECT min(published) FROM posts"),
    ("last", "SELECT max(published) FROM posts"),
    ("tags", "SELECT count(*) FROM tags"),
    ("images kept", "SELECT count(*) FROM images WHERE sha256 IS NOT NULL"),
    ("images missing", "SELECT count(*) FROM images WHERE state IN ('wanted', 'failed')"),
    ("images gone", "SELECT count(*) FROM images WHERE state = 'gone'"),
    ("images refused", "SELECT count(*) FROM images WHERE state = 'refused'"),
    ("pages kept", "SELECT count(*) FROM pages"),
    ("revisions", "SELECT count(*) FROM revisions"),
    ("crawls", "SELECT count(*) FROM crawls"),
    ("problems", "SELECT count(*) FROM problems"),
)
PARTS = ("author", "category", "series", "url", "read_more")
"""What ``show`` prints of a post above its text, beside date, blog and tags."""


@click.command("show")
@click.argument("post", metavar="ID|URL")
@database
@click.option("--json", "as_json", is_flag=True, help="Print all that is known, as JSON.")
@click.option("--html", "as_html", is_flag=True, help="Print the HTML as it was found.")
@click.option("--history", is_flag=True, help="Print how the post was changed, the newest first (with --json too).")
def show_command(post: str, db: str, as_json: bool, as_html: bool, history: bool) -> None:
    """Show one post, by its number or address. Ends with 1 when there is no such post."""
    with Archive.read(db) as archive:
        row = archive.post(post)
        if row is None:
            note(f"No such post in {archive.path}: {post}")
            sys.exit(NOTHING)
        if as_json:
            click.echo(history_as_json(archive, row) if history else to_json(_whole(archive, row), indent=2))
        elif history:
            print_history(archive, row)
        elif as_html:
            click.echo(safe_lines(_html(archive, row["id"])))
        else:
            _print_post(archive, row)


def _whole(archive: Archive, row: Mapping[str, Any]) -> dict[str, Any]:
    images = """SELECT i.url, i.sha256, i.media_type, i.width, i.height, i.state, pi.alt, pi.caption FROM post_images pi
        JOIN images i ON i.id = pi.image_id WHERE pi.post_id = ? ORDER BY pi.position"""
    blog = next(iter(archive.query("SELECT title, url FROM blogs WHERE id = ?", [row["blog_id"]])))
    return {
        **row,
        "blog": blog["title"],
        "tags": list(tag_names(row)),
        "evidence": json.loads(row["evidence"] or "{}"),
        "images": list(archive.query(images, [row["id"]])),
    }


def _html(archive: Archive, number: int) -> str:
    rows = archive.query(
        "SELECT coalesce(content_html, excerpt_html) AS html FROM post_html WHERE post_id = ?", [number]
    )
    return next((str(row["html"] or "") for row in rows), "")


def _print_post(archive: Archive, row: Mapping[str, Any]) -> None:
    screen = console()
    whole = _whole(archive, row)
    screen.print(Text(safe(row["title"]), style="bold" if styled(sys.stdout) else ""), soft_wrap=True)
    facts = [("date", _date_with_evidence(row)), ("blog", whole["blog"]), *((name, row[name]) for name in PARTS)]
    facts.append(("tags", ", ".join(whole["tags"])))
    for name, value in facts:
        if value:
            screen.print(Text(f"{name.replace('_', ' '):<10}{safe(value)}"), soft_wrap=True)
    text = row["text"] or row["excerpt"]
    screen.print(Text(f"\n{safe_lines(text)}") if text else Text(), soft_wrap=True)
    for image in whole["images"]:
        screen.print(Text(safe(f"[{image['caption'] or image['alt'] or 'image'}] {image['url']}")), soft_wrap=True)
    if row["text"] is None:
        again = f"archiver crawl {shlex.quote(archive.blog(row['blog_id']).url)} --full-text"
        note(pointing(f"Only the excerpt is kept. For whole posts: {again}", archive.path))


def _date_with_evidence(row: Mapping[str, Any]) -> str:
    evidence = ", ".join(str(part) for part in (row["published_from"], row["published_note"]) if part)
    raw = f'"{row["published_raw"]}"' if row["published_raw"] else ""
    reason = ": ".join(part for part in (evidence, raw) if part)
    return f"{row['published'] or 'unknown'}{f'  ({reason})' if reason else ''}"


@click.command("blogs", short_help="List the blogs of the archive.")
@database
@choices.formats
def blogs_command(db: str, form: str | None) -> None:
    """List the blogs of the archive with the number of their posts, and of those kept whole, and their span."""
    with Archive.read(db) as archive:
        rows = list(archive.query(BLOGS))
        chosen = Format(form) if form else Format.TABLE
        write_rows(chosen, map(_by_days, rows) if chosen is Format.TABLE else rows, BLOG_COLUMNS)
        if not rows:
            note(pointing(f"No blog in {archive.path} yet. Next: archiver crawl URL", db))
            sys.exit(NOTHING)


def _by_days(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of ``blogs`` for people: days without their hours."""
    return {**row, **{name: (row[name] or "")[:10] for name in ("first", "last", "last_crawled")}}


@click.command("stats")
@database
@choices.formats
def stats_command(db: str, form: str | None) -> None:
    """Count what the archive holds."""
    with Archive.read(db) as archive:
        counts = {name: _value(archive.query(sql)) for name, sql in STATS}
    counts["size in bytes"] = os.path.getsize(db)
    rows = [{"what": name, "value": value} for name, value in counts.items()]
    if form in {Format.JSON, Format.NL}:
        click.echo(to_json({name.replace(" ", "_"): value for name, value in counts.items()}))
    else:
        write_rows(Format(form) if form else Format.TABLE, rows, ("what", "value"))


def _value(rows: Iterable[Mapping[str, Any]]) -> Any:
    return next(iter(next(iter(rows)).values()))
