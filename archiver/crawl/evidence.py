"""Dates that the listing does not give: from a list of all posts, then from the posts' own pages, each once."""

from __future__ import annotations

from collections.abc import Iterator

from archiver import dates
from archiver.crawl.feeds import guess_feed
from archiver.crawl.run import Run
from archiver.crawl.source import NOT_KEPT
from archiver.crawl.trouble import fault_of_post
from archiver.errors import FetchError
from archiver.models import FoundDate, Kind, PageResult, Problem, RawDate, RawRecord, Where
from archiver.normalise import context_of, needs_date, understand
from archiver.parse.document import Document
from archiver.parse.elsewhere import archive_lists
from archiver.parse.listing import read_listing
from archiver.parse.post import read_post
from archiver.text import inline
from archiver.urls import identity

MAX_LISTS = 2
IN_VAIN = 8  # post pages in a row without a date: the others will hardly have one


def date_posts(run: Run, start: Document) -> Iterator[PageResult]:
    """Look for the dates of posts that this run could not date; what is found stands in ``run.dates``."""
    if not _undated(run):
        return
    guess_feed(run, start)
    for candidate in archive_lists(start)[:MAX_LISTS]:
        if _undated(run):
            yield from _from_list(run, candidate)
    yield from _from_posts(run)


def _undated(run: Run) -> list[RawRecord]:
    """The posts whose day is not known, in the order of the listing."""
    context = run.context(fresh=True)
    return [raw for shown in run.shown for raw in shown.records if needs_date(understand(raw, context, shown.served))]


def _from_list(run: Run, url: str) -> Iterator[PageResult]:
    """Dates from a page that lists all posts under their years and months."""
    if identity(url) in run.visited:
        return
    run.visited.add(identity(url))
    try:
        page = run.source.get(url, Kind.ARCHIVE_LIST)
    except FetchError:
        return
    if not page.response.ok:
        return
    page = run.source.keep(page)
    listing = read_listing(page.parsed(), labels=sorted(run.seen))
    served = page.response.fetched_at
    context = context_of([(listing.records, served)], language=run.language)
    for raw in listing.records:
        found = understand(raw, context, served).published
        if dates.day_of(found) is not None and identity(raw.url) in run.seen:
            _learn(run, identity(raw.url), found, Where.ARCHIVE_LIST)
    yield run.step(page)


def _from_posts(run: Run) -> Iterator[PageResult]:
    """Dates from the posts' own pages, as long as they have any."""
    wanted = _undated(run)
    in_vain = 0
    for raw in wanted:
        key, url = identity(raw.url), raw.url
        if in_vain >= IN_VAIN:
            return
        if run.incremental and run.archive.last_good(url) is not None:
            continue
        try:
            page = run.source.get(url, Kind.POST)
        except FetchError as error:
            if error.kind == NOT_KEPT:
                continue
            in_vain += 1
            yield run.failed(Kind.POST, url, Problem(error.kind, url, error.cause, error.hint))
            continue
        doc = page.parsed()
        if problem := fault_of_post(run, page, doc, raw.title, inline(raw.excerpt_html)):
            in_vain += 1
            yield run.failed(Kind.POST, url, problem)
            continue
        page = run.source.keep(page)
        raws = read_post(doc).dates
        found = dates.resolve(raws, url=url, language=run.language, anchor=page.response.fetched_at)
        in_vain = 0 if dates.day_of(found) else in_vain + 1
        if dates.day_of(found):
            _learn(run, key, found, Where.POST)
        yield run.step(page, of=len(wanted))


def _learn(run: Run, key: str, found: FoundDate, where: Where) -> None:
    raw = RawDate(found.value or "", where, found.rule)
    run.dates[key] = (*run.dates.get(key, ()), raw)
