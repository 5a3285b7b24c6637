"""The commands that read an archive: search, list, show, blogs, stats. None of them writes to it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from rich.cells import cell_len
from rich.text import Text

from archiver.cli import choices
from archiver.cli.asking import database
from archiver.cli.output import (
    Format,
    console,
    marked,
    note,
    padded,
    safe,
    safe_lines,
    styled,
    to_json,
    write_rows,
)
from archiver.errors import ArchiveError
from archiver.search import EVERYTHING, Filters, Hit, Results, Sort, browse, count_posts, is_indexed, search, tag_names
from archiver.store import Archive

POST_COLUMNS = ("id", "title", "published", "blog", "author", "tags", "url", "excerpt", "snippet")
TABLE_COLUMNS = ("id", "published", "title", "blog")
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
    ("images missing", "SELECT count(*) FROM images WHERE sha256 IS NULL"),
    ("pages kept", "SELECT count(*) FROM pages"),
    ("revisions", "SELECT count(*) FROM revisions"),
    ("crawls", "SELECT count(*) FROM crawls"),
    ("problems", "SELECT count(*) FROM problems"),
)
PARTS = ("author", "category", "series", "url", "read_more")
"""What ``show`` prints of a post above its text, beside date, blog and tags."""
NOTHING = 1
"""The exit code when nothing was found."""
TITLE_WIDTH = 60
INDENT = " " * 12


class Query(click.Command):
    """A command whose words may begin with ``-``: ``-word`` is a word that is not wanted, not a row of options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep ``-word`` from being read as options."""
        known = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        end = args.index("--") if "--" in args else len(args)
        shielded = [f"－{arg[1:]}" if _is_unwanted(arg, known) else arg for arg in args[:end]]
        return super().parse_args(ctx, [*shielded, *args[end:]])


def _is_unwanted(arg: str, known: set[str]) -> bool:
    if len(arg) < 2 or not arg.startswith("-") or arg.startswith("--") or arg in known:
        return False
    return not (arg[:2] in known and arg[2:].isascii() and arg[2:].isdecimal())


@click.command("search", cls=Query)
@click.argument("words", nargs=-1, required=True)
@database
@choices.filters
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="Best or newest first.",
)
@choices.limit
@choices.formats
@click.option("--variants", is_flag=True, help="Find simplified and traditional Chinese alike.")
def search_command(
    words: Sequence[str],
    db: str,
    sort: Sort,
    limit: int,
    form: str | None,
    only_count: bool,
    variants: bool,
    **filters: Any,
) -> None:
    """Find posts by words in their titles, excerpts, texts, tags and captions.

    All words must be found. "A phrase" in quotation marks, A OR B, -WORD or NOT WORD, WORD* for words that begin so,
    title:WORD and ( ) are understood. Ends with 1 when nothing is found.

    \b
      archiver search 图书馆 最小熵
      archiver search '"maximum entropy" -physics' --since 2019 --sort date
      archiver search 图书 --variants --json
    """
    query = " ".join(words)
    with _searchable(db) as archive:
        chosen = Filters(**filters)
        wanted = 0 if only_count else _limit(limit)
        results = search(archive, query, chosen, sort=sort, limit=wanted, variants=variants, width=_snippet_width())
        if only_count:
            click.echo(results.count)
        else:
            _print_results(results, form)
        if not results.count:
            note(_nothing_found(archive, query, chosen, variants))
            sys.exit(NOTHING)
        if not only_count and form is None:
            _note_count(archive, results, limit, sort)


@click.command("list")
@database
@choices.filters
@choices.limit
@choices.formats
def list_command(db: str, limit: int, form: str | None, only_count: bool, **filters: Any) -> None:
    """List posts, the newest first. Ends with 1 when there is none."""
    with Archive.read(db) as archive:
        results = browse(archive, Filters(**filters), limit=0 if only_count else _limit(limit), width=_snippet_width())
        if only_count:
            click.echo(results.count)
        else:
            _print_results(results, form)
        if not results.count:
            note(f"No such post. {count_posts(archive)[0]:,} posts in {archive.path}.")
            sys.exit(NOTHING)
        if not only_count and form is None:
            _note_count(archive, results, limit, "date")


def _searchable(db: str) -> Archive:
    """Open an archive to read, its index mended if need be: another program may have written to it."""
    archive = Archive.read(db)
    if is_indexed(archive):
        return archive
    archive.close()
    try:
        Archive.open(db, create=False).close()
    except ArchiveError as error:
        hint = "Copy the archive to a folder that you can write to, and search there."
        raise ArchiveError(db, f"its search index is not up to date, and {error.cause}", hint) from error
    return Archive.read(db)


def _limit(limit: int) -> int:
    return limit or sys.maxsize


def _snippet_width() -> int:
    """Wide enough for one line of a terminal, or for a good part of a sentence in a file."""
    return max(20, console().width - len(INDENT) - 4) if sys.stdout.isatty() else 160


def _print_results(results: Results, form: str | None) -> None:
    if form is None:
        _print_hits(results.hits)
    else:
        chosen = Format(form)
        write_rows(chosen, map(_row, results.hits), TABLE_COLUMNS if chosen is Format.TABLE else POST_COLUMNS)


def _row(hit: Hit) -> dict[str, Any]:
    return {**hit.post, "tags": list(tag_names(hit.post)), "snippet": hit.snippet.text}


def _print_hits(hits: Sequence[Hit]) -> None:
    """Two lines a post: date, title and blog, then the snippet; hits bold on a terminal, in 【】 elsewhere."""
    screen, bold = console(), styled(sys.stdout)
    titles = [marked(hit.title, bold) for hit in hits]
    widths = [cell_len(title.plain) for title in titles]
    width = max((width for width in widths if width <= TITLE_WIDTH), default=TITLE_WIDTH)
    for hit, title in zip(hits, titles, strict=True):
        date = safe(hit.post["published"] or "")[:10].ljust(len(INDENT))
        screen.print(Text(date) + padded(title, width) + Text(f"  {safe(hit.post['blog'])}"), soft_wrap=True)
        if hit.snippet.text:
            screen.print(Text(INDENT) + marked(hit.snippet, bold), soft_wrap=True)


def _note_count(archive: Archive, results: Results, limit: int, asked: Sort) -> None:
    shown = len(results.hits)
    more = f" Printed: {shown:,}; -l 0 prints all." if shown < results.count else ""
    order = " Newest first, being so many." if results.sort != asked else ""
    note(f"{results.count:,} posts (of {count_posts(archive)[0]:,}) in {archive.path}.{more}{order}")


def _nothing_found(archive: Archive, query: str, filters: Filters, variants: bool) -> str:
    posts, whole = count_posts(archive)
    if whole == 0:
        extent = " (excerpts only: --full-text was not used when crawling)"
    else:
        extent = "" if whole == posts else f" ({whole:,} of them with their whole text)"
    lines = [f'No post matches "{query}".  {posts:,} posts searched{extent}.']
    if filters != EVERYTHING and (without := search(archive, query, limit=0, variants=variants).count):
        lines.append(f"Without the filters: {without:,}.")
    if not variants and (other := search(archive, query, filters, limit=0, variants=True).count):
        lines.append(f"In simplified or traditional characters alike (--variants): {other:,}.")
    return "\n".join(lines)


@click.command("show")
@click.argument("post", metavar="ID|URL")
@database
@click.option("--json", "as_json", is_flag=True, help="Print all that is known, as JSON.")
@click.option("--html", "as_html", is_flag=True, help="Print the HTML as it was found.")
@click.option("--history", is_flag=True, help="Print what the post said before it was changed.")
def show_command(post: str, db: str, as_json: bool, as_html: bool, history: bool) -> None:
    """Show one post, by its number or address. Ends with 1 when there is no such post."""
    with Archive.read(db) as archive:
        row = archive.post(post)
        if row is None:
            note(f"No such post in {archive.path}: {post}")
            sys.exit(NOTHING)
        if as_json:
            click.echo(to_json(_whole(archive, row), indent=2))
        elif as_html:
            click.echo(safe_lines(_html(archive, row["id"])))
        elif history:
            _print_history(archive, row["id"])
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


def _print_history(archive: Archive, number: int) -> None:
    sql = "SELECT changed_at, fields, before FROM revisions WHERE post_id = ? ORDER BY id DESC"
    revisions = list(archive.query(sql, [number]))
    for revision in revisions:
        click.echo(f"{revision['changed_at']}  {safe(revision['fields'])}")
        click.echo(f"{safe_lines(revision['before'])}\n")
    if not revisions:
        note("This post was never changed.")


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
        note("Only the excerpt is kept; archiver crawl --full-text fetches whole posts.")


def _date_with_evidence(row: Mapping[str, Any]) -> str:
    evidence = ", ".join(str(part) for part in (row["published_from"], row["published_note"]) if part)
    raw = f'"{row["published_raw"]}"' if row["published_raw"] else ""
    reason = ": ".join(part for part in (evidence, raw) if part)
    return f"{row['published'] or 'unknown'}{f'  ({reason})' if reason else ''}"


@click.command("blogs")
@database
@choices.formats
def blogs_command(db: str, form: str | None) -> None:
    """List the blogs of the archive with the number of their posts, and of those kept whole, and their span."""
    with Archive.read(db) as archive:
        rows = list(archive.query(BLOGS))
        write_rows(Format(form) if form else Format.TABLE, rows, BLOG_COLUMNS)
        if not rows:
            note(f"No blog in {archive.path} yet. Next: archiver crawl URL")
            sys.exit(NOTHING)


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
