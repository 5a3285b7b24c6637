"""The commands that keep an archive in order: check compares it with what the blogs claim, forget removes a blog."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click
from rich.console import Console

from archiver.cli.asking import database, fetching, one_blog, pointing, verbosity
from archiver.cli.crawling import fetcher_of
from archiver.cli.output import counted, note, safe, to_json
from archiver.cli.progress import CrawlProgress, size_of
from archiver.crawl.claimed import examine
from archiver.crawl.coverage import Coverage, Lack
from archiver.crawl.repair import repair
from archiver.errors import ArchiveError, DiskFull, SiteError, UsageError
from archiver.models import Problem
from archiver.store import Archive

WANTING = 1
"""The exit code when something is missing or broken."""
SHOWN = 20
"""How many addresses are printed of each kind that is missing, unless --verbose is given."""
INDEX = "search-index"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: what is wrong with the file, and how the blogs' claims stand."""

    archive: str
    faults: Sequence[Problem]
    blogs: Sequence[Coverage]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing or broken."""
        return not self.faults and not any(one.missing for one in self.blogs)


@click.command("check", short_help="Prove that an archive is whole, and complete.")
@database
@one_blog
@click.option("--fix", is_flag=True, help="Fetch what is missing, mend the search index, and check again.")
@click.option("--offline", is_flag=True, help="Do not ask the site: compare with the pages that are kept.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@fetching
@verbosity
def check_command(
    db: str, only: str | None, fix: bool, offline: bool, as_json: bool, quiet: bool, verbose: int, **wishes: Any
) -> None:
    """Prove that an archive is whole: its file, and its posts against what the blogs themselves claim to have.

    Claims are the pager, the index pages, the feed, the sitemaps and lists of all posts. Ends with 1 when something
    is missing or broken.

    \b
    archiver check
    archiver check --fix
    """
    if fix and offline:
        raise UsageError("archiver check", "--fix asks the site, --offline does not", "Give one of the two.")
    report = inspected(db, only, offline, wishes, quiet=quiet)
    if fix and not report.whole:
        if not as_json:
            print_report(report, verbose)
            note("Fetching what is missing.")
        mend(db, report, wishes, quiet=quiet)
        report = inspected(db, only, offline, wishes, quiet=quiet)
    if as_json:
        click.echo(to_json(as_dict(report), indent=2))
    else:
        print_report(report, verbose)
        conclude(report, fixed=fix)
    sys.exit(0 if report.whole else WANTING)


def inspected(db: str, only: str | None, offline: bool, wishes: Mapping[str, Any], *, quiet: bool) -> Report:
    """Check an archive without writing to it."""
    console = None if quiet else Console(stderr=True, highlight=False)
    with Archive.read(db) as archive, fetcher_of(dict(wishes), console=console) as fetcher:
        named = [archive.named_blog(only)] if only is not None else None
        faults = archive.integrity()
        try:
            blogs = list(examine(archive, named or archive.blogs(), None if offline else fetcher))
        except ArchiveError as error:
            return Report(db, [*faults, Problem("unreadable", db, error.cause, error.hint)], [])
    return Report(db, faults, blogs)


def mend(db: str, report: Report, wishes: Mapping[str, Any], *, quiet: bool) -> None:
    """Do what can be done about a report: make the search index again, fetch what is missing."""
    console = Console(stderr=True, highlight=False)
    asking = fetcher_of(dict(wishes), console=None if quiet else console)
    with Archive.open(db, create=False) as archive, asking as fetcher:
        if any(fault.kind == INDEX for fault in report.faults):
            archive.rebuild_index()
        for coverage in report.blogs:
            bar = CrawlProgress(console, shown=not quiet and console.is_terminal)
            try:
                with bar:
                    for result in repair(archive, fetcher, coverage) if coverage.missing else ():
                        bar.show(result)
            except SiteError as error:
                note(f"{coverage.blog.title}: {error}")


def print_report(report: Report, verbose: int) -> None:
    """Print a report for people, on stdout."""
    click.echo(f"{safe(report.archive)}: {'the file is whole' if not report.faults else 'the file is damaged'}")
    for fault in report.faults:
        click.echo(safe(f"  {fault.kind}: {fault.cause}"))
    for hint in dict.fromkeys(fault.hint for fault in report.faults if fault.hint):
        click.echo(safe(f"  {pointing(hint, report.archive)}"))
    for coverage in report.blogs:
        _print_blog(coverage, verbose)


def _print_blog(coverage: Coverage, verbose: int) -> None:
    click.echo("")
    click.echo(
        safe(f"{coverage.blog.id}  {coverage.blog.title}  {coverage.blog.url}  {counted(coverage.posts, 'post')}")
    )
    for answer in coverage.answers:
        counts = f"{answer.held:,} of {answer.claimed:,}"
        asked = f" ({answer.asked})" if answer.asked else ""
        click.echo(safe(f"  {answer.by:<13} {counts:>15}  {answer.url}{asked}"))
    for what in Lack:
        lacking = [one for one in coverage.missing if one.what is what]
        for one in lacking if verbose else lacking[:SHOWN]:
            click.echo(safe(f"  missing {what}: {one.url}: {one.claim}"))
        if len(lacking) > SHOWN and not verbose:
            click.echo(f"  ... and {len(lacking) - SHOWN:,} more missing: {what} (-v prints all)")
    for told in coverage.notes:
        click.echo(safe(f"  note: {told}"))


def conclude(report: Report, *, fixed: bool) -> None:
    """Say on stderr what it comes to and what to do next."""
    missing = sum(len(one.missing) for one in report.blogs)
    if report.whole:
        told = "Nothing is missing or broken." if report.blogs else "No blog in it yet. Next: archiver crawl URL"
    else:
        then = " after fixing." if fixed else ". Next: archiver check --fix"
        told = f"{missing:,} missing, {len(report.faults):,} broken{then}"
    note(pointing(told, report.archive))


def as_dict(report: Report) -> dict[str, Any]:
    """A report for programs."""
    return {
        "archive": report.archive,
        "whole": report.whole,
        "faults": [{"kind": fault.kind, "cause": fault.cause, "hint": fault.hint} for fault in report.faults],
        "blogs": [
            {
                "id": one.blog.id,
                "title": one.blog.title,
                "url": one.blog.url,
                "posts": one.posts,
                "claims": [asdict(answer) for answer in one.answers],
                "missing": [asdict(lack) for lack in one.missing],
                "notes": list(one.notes),
            }
            for one in report.blogs
        ],
    }


@click.command("forget", short_help="Remove a blog with all that only it uses.")
@click.argument("name", metavar="BLOG")
@database
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def forget_command(name: str, db: str, yes: bool) -> None:
    """Remove a blog, by its number, address or title, with all that only it uses. Asks first.

    Pictures and tags that other blogs use too stay. There is no way back but a copy of the file.
    """
    with Archive.open(db, create=False) as archive:
        blog = archive.named_blog(name, exact=True)
        posts = next(archive.query("SELECT count(*) AS n FROM posts WHERE blog_id = ?", [blog.id]))["n"]
        what = safe(f"{blog.title} ({blog.url}): {counted(posts, 'post')}")
        if not yes and not agreed(what):
            note("Nothing was removed.")
            sys.exit(WANTING)
        size = os.path.getsize(db)
        gone = archive.forget_blog(blog.id)
        try:
            archive.compact()
        except DiskFull:
            note("The room of what was removed could not be given back: the disk is full. It is used again later.")
    parts = [f"{count:,} {kind}" for kind, count in gone.items() if count and kind != "blogs"]
    click.echo(f"Removed {safe(blog.title)}: {', '.join(parts) or 'nothing but its name'}.")
    note(f"{safe(db)} was {size_of(size)}, is {size_of(os.path.getsize(db))}.")


def agreed(what: str) -> bool:
    """Whether the user at the terminal agrees; UsageError where nobody sits there."""
    if not sys.stdin.isatty():
        raise UsageError("archiver forget", "there is no terminal to ask at", "Give -y to remove it without asking.")
    return click.confirm(f"Remove {what}, with its images and pages, for good?", default=False, err=True)
