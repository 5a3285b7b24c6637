"""The crawl: one generator that reads a blog from its start page to the last and yields a result a page."""

from __future__ import annotations

from collections.abc import Generator

from archiver.crawl.listing import begin
from archiver.crawl.names import known_blog
from archiver.crawl.options import Options
from archiver.crawl.passes import outcome_of, settle_gone
from archiver.crawl.pictures import fetch_pictures
from archiver.crawl.reading import read_blog
from archiver.crawl.reparse import Reparsed, reparse
from archiver.crawl.ruling import rules_in_force
from archiver.crawl.run import Run
from archiver.crawl.source import Online
from archiver.fetch import Fetcher
from archiver.models import Kind, PageResult
from archiver.store import Archive, Outcome

__all__ = ["Options", "Reparsed", "Run", "crawl", "reparse", "rules_in_force", "totals"]


def crawl(
    archive: Archive,
    fetcher: Fetcher,
    url: str,
    options: Options,
    *,
    command: str = "crawl",
    moved_from: str | None = None,
) -> Generator[PageResult, None, Run]:
    """Read the blog at ``url`` into the archive, yielding a result for every page, post page and picture.

    Returns the finished run. Raises ``SiteError`` when no listing can be read at all. Whatever ends it early leaves
    every finished page in the archive, and the next call goes on from there. ``moved_from`` is the former address of
    a known blog that lives at ``url`` now.
    """
    fetcher.allow(url)
    run = Run(archive, Online(archive, fetcher), options, command, moved_from=moved_from)
    if moved_from is not None:
        known_blog(run, moved_from)
    start = begin(run, url)
    try:
        yield from read_blog(run, start)
        if problem := settle_gone(run):
            run.problem(problem)
        if options.images:
            yield from fetch_pictures(run, fetcher)
    except (GeneratorExit, KeyboardInterrupt):
        run.finish(Outcome.INTERRUPTED)
        raise
    run.finish(outcome_of(run))
    return run


def totals(run: Run) -> dict[str, int]:
    """Pages, posts and pictures of a run, for a summary."""
    return {
        "pages": run.steps[Kind.LISTING],
        "new": run.counts["posts_new"],
        "revised": run.counts["posts_revised"],
        "images": run.counts["images"],
        "problems": len(run.problems),
    }
