"""The stages of reading one blog, in order: the same for pages fetched now and for pages kept long ago."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.crawl.evidence import date_posts
from archiver.crawl.feeds import fill_from_feed
from archiver.crawl.listing import Start, complete, settle, walk
from archiver.crawl.run import Run
from archiver.crawl.texts import read_texts
from archiver.models import PageResult


def read_blog(run: Run, start: Start) -> Iterator[PageResult]:
    """Read the listing from its start page, then what it does not give: further lists, dates, the posts' own pages."""
    yield from walk(run, start.page, start.listing)
    yield from complete(run, start.doc)
    settle(run)
    yield from date_posts(run, start.doc)
    settle(run, last=True)
    if run.options.full_text:
        yield from read_texts(run)
        if run.feed is not None:
            yield from fill_from_feed(run)
