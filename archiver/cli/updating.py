"""The command that asks the blogs of an archive again: only for what is new or changed."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, replace
from typing import Any

import click

from archiver.cli.asking import database, fetching, one_blog, picturing, verbosity
from archiver.cli.crawling import attempt, chosen_blogs
from archiver.crawl import Options
from archiver.errors import UsageError
from archiver.store import Archive, Blog
from archiver.urls import same_site

WISHES = """SELECT options FROM crawls WHERE blog_id = ? AND command IN ('crawl', 'update') AND options <> '{}'
 AND coalesce(outcome, '') <> 'failed' ORDER BY id DESC LIMIT 1"""
CARRIED = frozenset(field.name for field in fields(Options)) - {"all_pages", "rules"}


@click.command("update", short_help="Every blog again: only what is new or changed.")
@database
@one_blog
@click.option("--full-text/--no-full-text", default=None, help="Keep whole posts, or not (default: as crawled before).")
@click.option("--images/--no-images", default=None, help="Keep the pictures' bytes (default: as crawled before).")
@click.option("--all-pages", is_flag=True, help="Read to the last index page even where nothing is new.")
@picturing
@fetching
@verbosity
def update_command(db: str, only: str | None, quiet: bool, verbose: int, **wishes: Any) -> None:
    """Ask every blog of the archive again, only for what is new or changed.

    Made for cron: unless on a terminal, or with -v, it speaks only where something could not be had.

    \b
    archiver update                        all blogs of archive.db
    archiver update --blog https://your.blog/ -d blogs.db
    """
    chosen = {name: wishes[name] for name in ("full_text", "images", "max_images") if wishes[name] is not None}
    with Archive.open(db, create=False) as archive:
        larger = wishes["max_image_size"] is not None
        plans = [plan(archive, blog, chosen, refused=larger) for blog in chosen_blogs(archive, only)]
    if not plans:
        raise UsageError(db, "the archive holds no blog", "Add one: archiver crawl URL")
    code = 0
    calm = not verbose and not sys.stderr.isatty()
    for url, options in plans:
        asked = replace(options, all_pages=bool(wishes["all_pages"]))
        code = max(code, attempt(url, db, asked, wishes, quiet=quiet, verbose=verbose, command="update", calm=calm))
    sys.exit(code)


def plan(archive: Archive, blog: Blog, chosen: dict[str, bool], *, refused: bool = False) -> tuple[str, Options]:
    """Where to start with a blog, and its wishes: those of its last run, and what the user chose now.

    Pictures that failed are wanted again; with ``refused`` those that were too large, too.
    """
    rows = list(archive.query(WISHES, [blog.id]))
    before = json.loads(rows[0]["options"]) if rows else {}
    carried = {name: value for name, value in before.items() if name in CARRIED}
    options = Options(**{**carried, **chosen})
    if options.images:
        archive.want_again(blog.id, refused=refused)
    url = before.get("url") or blog.url
    return url if same_site(url, blog.url) else blog.url, options
