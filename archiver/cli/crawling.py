"""The command that reads a blog, and what it says while and after it does."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console

from archiver.cli.addresses import web_address
from archiver.cli.asking import DELAY, database, fetching, one_blog, picturing, pointing, rules_text, ruling, verbosity
from archiver.cli.choices import iso_date, span
from archiver.cli.interrupting import Stop, gently
from archiver.cli.numbers import Whole
from archiver.cli.output import counted, note, safe
from archiver.cli.progress import CrawlProgress, duration, size_of
from archiver.crawl import Options, Run, crawl, reparse, rules_in_force, totals
from archiver.errors import ArchiverError, SiteError, UsageError
from archiver.fetch import Fetcher, load_cookies
from archiver.models import PageResult, Problem, Verdict
from archiver.rules import Rules
from archiver.store import Archive, Blog

NEVER = Stop()


@click.command("crawl", short_help="Read a blog to its last index page and keep its posts.")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@database
@click.option("--full-text", is_flag=True, help="Follow each post's link and keep the whole post.")
@click.option("--images/--no-images", default=True, help="Keep the pictures' bytes (default), or only addresses.")
@click.option("--all-pages", is_flag=True, help="Read to the last index page even where nothing is new.")
@click.option("--since", callback=iso_date, metavar="DATE", help="Only from this day, month or year on.")
@click.option("--until", callback=iso_date, metavar="DATE", help="Only up to this day, month or year.")
@click.option("--max-pages", type=Whole(min=1), metavar="N", help="Stop after N index pages.")
@click.option("-n", "--dry-run", is_flag=True, help="Only print the posts that would be kept.")
@click.option("--moved-to", metavar="URL", help="The archived blog at URL lives at this address now.")
@ruling
@picturing
@fetching
@verbosity
def crawl_command(urls: tuple[str, ...], db: str, quiet: bool, verbose: int, **wishes: Any) -> None:
    """Read a blog's index pages to the last one and keep its posts.

    \b
    archiver crawl https://your.blog/
    archiver crawl https://your.blog/ --full-text -d blogs.db
    archiver crawl https://your.blog/ --moved-to https://new.home/
    """
    options = options_of(wishes)
    urls = tuple(web_address(url, "archiver crawl") for url in urls)
    if wishes["moved_to"] is not None:
        web_address(wishes["moved_to"], f"archiver crawl {shlex.quote(urls[0])} --moved-to")
    if wishes.get("moved_to") and len(urls) > 1:
        raise UsageError("archiver crawl", "--moved-to is said of one blog at a time", "Give one URL.")
    code = 0
    for url in urls:
        step = rehearse if wishes["dry_run"] else attempt
        code = max(code, step(url, db, options, wishes, quiet=quiet, verbose=verbose))
    sys.exit(code)


def rehearse(url: str, db: str, options: Options, wishes: dict[str, Any], *, quiet: bool, verbose: int) -> int:
    """Crawl one blog into a scratch archive, without post pages and pictures, and print what it found."""
    with TemporaryDirectory(prefix="archiver-") as folder:
        scratch = str(Path(folder) / "dry-run.db")
        bare = replace(options, full_text=False, images=False)
        code = attempt(url, scratch, bare, {**wishes, "moved_to": None}, quiet=True, verbose=verbose)
        if not Path(scratch).exists():
            return code
        with Archive.read(scratch) as found:
            rows = list(found.query("SELECT url, title, published FROM posts ORDER BY published DESC, id"))
    known = known_posts(db, url, [row["url"] for row in rows])
    for row in rows:
        mark = "known" if row["url"] in known else "new  "
        click.echo(safe(f"{(row['published'] or '')[:10]:10}  {mark}  {row['title']}  {row['url']}"))
    if not quiet:
        note(f"{counted(len(rows), 'post')}, {len(rows) - len(known):,} of them new to {db}. Nothing was kept.")
    return code


def known_posts(db: str, url: str, posts: list[str]) -> set[str]:
    """Those of a blog's posts that the archive has already."""
    if not Path(db).exists():
        return set()
    with Archive.read(db) as archive:
        blog = archive.find_blog(url)
        return archive.known_addresses(blog.id, posts) if blog else set()


def attempt(
    url: str,
    db: str,
    options: Options,
    wishes: dict[str, Any],
    *,
    quiet: bool,
    verbose: int,
    command: str = "crawl",
    calm: bool = False,
) -> int:
    """Crawl one blog of several: a site that cannot be read is told and does not keep the others from being read."""
    try:
        return run_one(url, db, options, wishes, quiet=quiet, verbose=verbose, command=command, calm=calm)
    except SiteError as error:
        error.hint = pointing(error.hint, db)
        complain(error)
        return error.exit_code


def complain(error: ArchiverError) -> None:
    """Tell an error: what it is about, the cause, and what to try."""
    note(f"Error: {error}")
    if error.hint:
        note(f"Hint: {error.hint}")


def options_of(wishes: dict[str, Any]) -> Options:
    """The options of the crawl among those of the command line."""
    since, until = span(wishes.get("since"), wishes.get("until"))
    return Options(
        full_text=wishes["full_text"],
        images=wishes["images"],
        all_pages=wishes["all_pages"],
        since=since,
        until=until,
        max_pages=wishes.get("max_pages"),
        max_images=wishes.get("max_images"),
        rules=rules_text(wishes["rules"]) if wishes.get("rules") else None,
    )


def fetcher_of(wishes: dict[str, Any], rules: Rules | None = None, *, console: Console | None = None) -> Fetcher:
    """A fetcher as the command line wants it, or as the rules do where it says nothing.

    What takes long is told on the console, so that nobody takes it for dead; without one nothing is.
    """
    asked, ruled = wishes.get("delay"), rules.delay if rules else None
    delay = asked if asked is not None else ruled if ruled is not None else DELAY
    extra: dict[str, Any] = {"user_agent": wishes["user_agent"]} if wishes.get("user_agent") is not None else {}
    if wishes.get("max_image_size"):
        extra["max_image"] = int(wishes["max_image_size"] * 1_000_000)
    cookies = load_cookies(wishes["cookies"]) if wishes.get("cookies") else None
    return Fetcher(delay=delay, proxy=wishes.get("proxy"), cookies=cookies, tell=teller(console), **extra)


def teller(console: Console | None) -> Callable[[Problem], object]:
    """What prints a notice on a console, or keeps silent."""
    if console is None:
        return lambda problem: None
    return lambda problem: console.print(told(problem), markup=False, soft_wrap=True)


def run_one(
    url: str,
    db: str,
    options: Options,
    wishes: dict[str, Any],
    *,
    quiet: bool,
    verbose: int,
    command: str = "crawl",
    calm: bool = False,
) -> int:
    """Crawl one blog, telling how it goes on stderr; gives the exit code.

    A ``quiet`` run tells errors only, a ``calm`` one its end, too, if something could not be had.
    """
    console = Console(stderr=True, highlight=False)
    silent = quiet or calm
    existed = Path(db).exists()
    start, former = (wishes["moved_to"], url) if wishes.get("moved_to") else (url, None)
    try:
        with (
            Archive.open(db) as archive,
            fetcher_of(wishes, rules_in_force(archive, url, options), console=None if silent else console) as fetcher,
        ):
            bar = CrawlProgress(console, shown=not silent and console.is_terminal)
            with bar, gently() as stop:
                steps = crawl(archive, fetcher, start, options, command=command, moved_from=former)
                run = follow(steps, bar, console, verbose, stop)
    except (SiteError, UsageError, KeyboardInterrupt):
        if not existed:
            remove_if_empty(db)
        raise
    if not silent or (run.problems and not quiet):
        tell(console, run, bar, db)
    return 1 if run.problems else 0


def follow(
    steps: Generator[PageResult, None, Run], bar: CrawlProgress, console: Console, verbose: int, stop: Stop = NEVER
) -> Run:
    """Consume a crawl to its end, showing each result; gives the finished run.

    Raises ``KeyboardInterrupt`` at the end of the page during which the user asked to stop.
    """
    while True:
        try:
            if stop.asked:
                raise KeyboardInterrupt
            result = next(steps)
        except StopIteration as end:
            run: Run = end.value
            return run
        except KeyboardInterrupt:
            steps.close()
            raise
        bar.show(result)
        if result.problem is not None and verbose:
            console.print(told(result.problem), markup=False, soft_wrap=True)
        elif verbose > 1:
            console.print(safe(f"{result.kind}: {result.url}: {counted(len(result.changes), 'post')}"), markup=False)


def tell(console: Console, run: Run, bar: CrawlProgress, db: str) -> None:
    """Say what was done, what failed, and what to do next."""
    counts = totals(run)
    size = size_of(os.path.getsize(db))
    whose = safe(f"{run.blog.title}: ") if run.blog and run.command == "update" else ""
    console.print(
        f"{whose}Saved {counted(counts['new'], 'new post')} ({counts['revised']:,} changed) from "
        f"{counted(counts['pages'], 'index page')}, {counted(counts['images'], 'image')} in {db} ({size}) "
        f"in {duration(bar.elapsed)}.",
        markup=False,
        soft_wrap=True,
    )
    for problem in run.problems[:5]:
        console.print(f"  {told(problem)}", markup=False, soft_wrap=True)
    if len(run.problems) > 5:
        more = pointing("archiver problems --last", db)
        console.print(f"  ... and {len(run.problems) - 5:,} more: {more}", markup=False, soft_wrap=True)
    if not whose:
        console.print(pointing("Next: archiver search WORD · archiver serve", db), markup=False, soft_wrap=True)


def told(problem: Problem) -> str:
    """A problem on one line, with nothing in it that a terminal would obey."""
    return safe(f"{problem.kind}: {problem.url}: {problem.cause}")


@click.command("reparse", short_help="Understand the kept pages again, offline.")
@database
@one_blog
@verbosity
def reparse_command(db: str, only: str | None, quiet: bool, verbose: int) -> None:
    """Understand the kept pages again, offline, with today's parser. Ids stay; what changed is kept as a revision."""
    console = Console(stderr=True, highlight=False)
    with Archive.open(db, create=False) as archive:
        for result in reparse(archive, chosen_blogs(archive, only)):
            if quiet:
                continue
            verdicts = Counter(change.verdict for change in result.changes)
            changed = Counter(field for change in result.changes for field in change.fields)
            parts = [counted(len(result.changes), "post"), f"{verdicts[Verdict.REVISED]:,} changed"]
            parts += [f"{verdicts[Verdict.NEW]:,} new"] if verdicts[Verdict.NEW] else []
            parts += [f"{len(result.missed):,} not found again, kept as they were"] if result.missed else []
            parts += [f"{result.unread:,} runs not readable"] if result.unread else []
            console.print(safe(f"{result.blog.title}: {', '.join(parts)}"), markup=False, soft_wrap=True)
            for field, count in changed.most_common():
                console.print(f"  {field}: {count:,}", markup=False)


def chosen_blogs(archive: Archive, only: str | None) -> list[Blog]:
    """The blogs a command is about: all, or the one that is named."""
    return archive.blogs() if only is None else [archive.named_blog(only)]


def remove_if_empty(db: str) -> None:
    """Take away an archive that this run made and nothing was kept in."""
    try:
        with Archive.read(db) as archive:
            empty = not archive.blogs()
    except ArchiverError:
        return
    if empty:
        Path(db).unlink(missing_ok=True)
