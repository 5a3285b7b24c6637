"""The crawl: one generator that reads a blog from its start page to the last and yields a result a page."""

from __future__ import annotations

from collections.abc import Generator

from archiver.crawl.evidence import date_posts
from archiver.crawl.listing import begin, complete, settle, walk
from archiver.crawl.options import Options
from archiver.crawl.pictures import fetch_pictures
from archiver.crawl.run import Run
from archiver.crawl.source import Online
from archiver.crawl.texts import read_texts
from archiver.fetch import Fetcher
from archiver.models import Kind, PageResult
from archiver.store import Archive, Outcome

__all__ = ["Options", "Run", "crawl"]


def crawl(
    archive: Archive, fetcher: Fetcher, url: str, options: Options, *, command: str = "crawl"
) -> Generator[PageResult, None, Run]:
    """Read the blog at ``url`` into the archive, yielding a result for every page, post page and picture.

    Returns the finished run. Raises ``SiteError`` when no listing can be read at all. Whatever ends it early leaves
    every finished page in the archive, and the next call goes on from there.
    """
    fetcher.allow(url)
    run = Run(archive, Online(archive, fetcher), options, command)
    page, doc, listing = begin(run, url)
    try:
        yield from walk(run, page, listing)
        yield from complete(run, doc)
        settle(run)
        yield from date_posts(run, doc)
        settle(run, last=True)
        if options.full_text:
            yield from read_texts(run)
        if options.images:
            yield from fetch_pictures(run, fetcher)
    except (GeneratorExit, KeyboardInterrupt):
        run.finish(Outcome.INTERRUPTED)
        raise
    run.finish(_outcome(run))
    return run


def _outcome(run: Run) -> Outcome:
    if run.cut_short:
        return Outcome.LIMITED
    return Outcome.PARTIAL if run.problems else Outcome.DONE


def totals(run: Run) -> dict[str, int]:
    """Pages, posts and pictures of a run, for a summary."""
    return {
        "pages": run.steps[Kind.LISTING],
        "new": run.counts["posts_new"],
        "revised": run.counts["posts_revised"],
        "images": run.counts["images"],
        "problems": len(run.problems),
    }
