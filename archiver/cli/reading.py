"""The commands that find posts in an archive: search and list."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.cells import cell_len
from rich.text import Text

import archiver.cli.choices as choices
from archiver.cli.asking import database
from archiver.cli.output import (
    NOTHING,
    Format,
    console,
    counted,
    hanging,
    marked,
    note,
    padded,
    safe,
    styled,
    write_rows,
)
from archiver.errors import ArchiveError
from archiver.search import EVERYTHING, Filters, Hit, Results, Sort, browse, count_posts, search, tag_names, waiting
from archiver.store import Archive

POST_COLUMNS = ("id", "title", "published", "blog", "author", "tags", "url", "excerpt", "snippet")
TABLE_COLUMNS = ("id", "published", "title", "blog")
WAIT = 2.0
"""Seconds to wait for another writer before an index that is behind is searched as it is."""
TITLE_WIDTH = 60
INDENT = " " * 12


class Query(click.Command):
    """A command whose words may begin with ``-``: ``-word`` is a word that is not wanted, not a row of options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep ``-word`` from being read as options, unless it is the value of one."""
        parameters = self.get_params(ctx)
        known = {name for parameter in parameters for name in parameter.opts}
        valued = {name for one in parameters if not getattr(one, "is_flag", False) for name in one.opts}
        end = args.index("--") if "--" in args else len(args)
        shielded = [
            f"－{arg[1:]}" if before not in valued and _is_unwanted(arg, known) else arg
            for before, arg in zip(["", *args], args[:end], strict=False)
        ]
        return super().parse_args(ctx, [*shielded, *args[end:]])


def _is_unwanted(arg: str, known: set[str]) -> bool:
    if len(arg) < 2 or not arg.startswith("-") or arg.startswith("--") or arg in known:
        return False
    return not (arg[:2] in known and arg[2:].isascii() and arg[2:].isdecimal())


@click.command("search", short_help="Find posts by words in any language.", cls=Query)
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
    only: str | None,
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
        chosen = chosen_posts(archive, only, filters)
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
def list_command(db: str, limit: int, form: str | None, only_count: bool, only: str | None, **filters: Any) -> None:
    """List posts, the newest first. Ends with 1 when there is none."""
    with Archive.read(db) as archive:
        wanted = 0 if only_count else _limit(limit)
        results = browse(archive, chosen_posts(archive, only, filters), limit=wanted, width=_snippet_width())
        if only_count:
            click.echo(results.count)
        else:
            _print_results(results, form)
        if not results.count:
            note(f"No such post. {counted(count_posts(archive)[0], 'post')} in {archive.path}.")
            sys.exit(NOTHING)
        if not only_count and form is None:
            _note_count(archive, results, limit, "date")


def chosen_posts(archive: Archive, only: str | None, filters: Mapping[str, Any]) -> Filters:
    """The filters of a command; UsageError where it is not clear which blog is meant, or no day can be."""
    choices.span(filters["since"], filters["until"])
    return Filters(blog=archive.named_blog(only).id if only is not None else None, **filters)


def _searchable(db: str) -> Archive:
    """Open an archive to read, its index mended if need be: another program may have written to it."""
    archive = Archive.read(db)
    behind = waiting(archive)
    if behind == 0:
        return archive
    archive.close()
    try:
        Archive.open(db, create=False, wait=WAIT).close()
    except ArchiveError as error:
        if behind is None:
            hint = "Copy the archive to a folder that you can write to, and search there."
            raise ArchiveError(db, f"it has no search index, and {error.cause}", hint) from error
        note(f"{behind:,} changed posts are not in the search index yet ({error.cause}).")
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
    blogs = [safe(hit.post["blog"]) for hit in hits]
    width = max((width for width in widths if width <= TITLE_WIDTH), default=TITLE_WIDTH)
    room = screen.width - len(INDENT) - max(map(cell_len, blogs), default=0)
    for hit, title, blog in zip(hits, titles, blogs, strict=True):
        date = safe(hit.post["published"] or "")[:10].ljust(len(INDENT))
        if width < room:
            screen.print(Text(date) + padded(title, width) + Text(f"  {blog}"), soft_wrap=True)
        else:
            screen.print(hanging(date, title + Text(f"  {blog}")))
        if hit.snippet.text:
            screen.print(Text(INDENT) + marked(hit.snippet, bold), soft_wrap=True)


def _note_count(archive: Archive, results: Results, limit: int, asked: Sort) -> None:
    shown = len(results.hits)
    more = f" Printed: {shown:,}; -l 0 prints all." if shown < results.count else ""
    order = " Newest first, being so many." if results.sort != asked else ""
    note(f"{counted(results.count, 'post')} (of {count_posts(archive)[0]:,}) in {archive.path}.{more}{order}")


def _nothing_found(archive: Archive, query: str, filters: Filters, variants: bool) -> str:
    posts, whole = count_posts(archive)
    if whole == 0:
        extent = " (excerpts only: --full-text was not used when crawling)"
    else:
        extent = "" if whole == posts else f" ({whole:,} of them with their whole text)"
    lines = [f'No post matches "{query}".  {counted(posts, "post")} searched{extent}.']
    if filters != EVERYTHING and (without := search(archive, query, limit=0, variants=variants).count):
        lines.append(f"Without the filters: {without:,}.")
    if not variants and (other := search(archive, query, filters, limit=0, variants=True).count):
        lines.append(f"In simplified or traditional characters alike (--variants): {other:,}.")
    return "\n".join(lines)
