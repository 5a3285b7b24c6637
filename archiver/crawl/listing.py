"""Reading a blog's listing from its start to the last index page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver import dates
from archiver.crawl.feeds import read_feeds
from archiver.crawl.names import move_here, note_names, twin_of
from archiver.crawl.passes import newest_known, reached_the_known, said_before
from archiver.crawl.ruling import is_past_the_end, read_page, take_rules
from archiver.crawl.run import Run, Shown
from archiver.crawl.source import NOT_KEPT, Page
from archiver.crawl.trouble import BLOCKING, check_start, index_fault, start_page
from archiver.errors import FetchError
from archiver.models import Change, Kind, Listing, PageResult, Problem, RawRecord, Record, Verdict
from archiver.normalise import estimated, understand
from archiver.parse.document import Document
from archiver.parse.elsewhere import archive_lists, is_post_page, listing_candidates
from archiver.parse.pager import following, merged, missing, trap
from archiver.urls import identity

MAX_CANDIDATES = 3
LOOP = "two pages in a row show no post that was not shown before"
GUESSED_PAGERS = ("years", "months")  # rules of a pager that may lead to no listing at all
BARREN_PAGES = 3  # pages in a row that such a pager or an end gives nothing for
LOST_PAGES = 3  # pages in a row that cannot be had: the site will not give the others either
STALE_PAGES = 2  # pages in a row that show no post not shown before: the pager runs in a circle


@dataclass(frozen=True, slots=True)
class Start:
    """Where a listing begins: its first page, parsed and read."""

    page: Page
    doc: Document
    listing: Listing


def begin(run: Run, url: str) -> Start:
    """Get the start page, or the listing it leads to, and open the blog. Raises SiteError where there is none."""
    page, doc = start_page(run, take_rules(run, url))
    read_feeds(run, doc, doc.feeds[:1])
    listing = read_page(run, doc)
    twin = twin_of(run, url, page, doc) if not listing.records else None
    if twin is not None:
        run.early.append(page)
        page, doc = twin, twin.parsed()
        listing = read_page(run, doc)
    tried = [page]
    if not listing.records or (run.rules is None and is_post_page(doc)):
        better = _elsewhere(run, doc, tried)
        if better is not None:
            run.early.append(page)
            page, doc, listing = better
    note = check_start(run, url, page, doc, listing)
    strange = move_here(run, page, listing)
    run.open_blog(page, doc, url)
    note_names(run, url, page)
    run.newest = newest_known(run)
    if strange is not None:
        run.problem(strange)
    if note is not None:
        run.incomplete = True
        run.problem(note)
    return Start(page, doc, listing)


def _elsewhere(run: Run, doc: Document, tried: Sequence[Page]) -> tuple[Page, Document, Listing] | None:
    """The listing that a page without one leads to."""
    known = {identity(page.response.final_url) for page in tried}
    for candidate in listing_candidates(doc)[:MAX_CANDIDATES]:
        if identity(candidate.url) in known:
            continue
        try:
            page = run.source.get(candidate.url, Kind.LISTING)
        except FetchError:
            continue
        if page.response.ok:
            other = page.parsed()
            listing = read_page(run, other)
            if len(listing.records) > 1:
                return page, other, listing
    return None


def walk(run: Run, page: Page, listing: Listing) -> Iterator[PageResult]:
    """Store the listing's pages one by one, each in a transaction, and follow the pager to its end."""
    stale = 0
    run.pager = listing.pager
    while True:
        run.visit(page)
        page, changes = _store(run, page, listing)
        yield run.step(page, changes, of=run.pager.last)
        stale = 0 if run.shown[-1].records and not said_before(run) else stale + 1
        if reached_the_known(run, page, listing, changes) or _before_since(run, listing):
            return
        if stale >= STALE_PAGES:
            hint = "archiver inspect shows how the pager is read"
            yield run.failed(Kind.LISTING, page.response.url, Problem("loop", page.response.url, LOOP, hint))
            return
        following_page = _Next(run)
        yield from following_page.search(page.response.url)
        if following_page.found is None:
            return
        page, listing = following_page.found
        run.pager = merged(run.pager, listing.pager)


class _Next:
    """Searches the next page that can be had and read; ``found`` holds it with its listing."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.found: tuple[Page, Listing] | None = None

    def search(self, url: str) -> Iterator[PageResult]:
        """Try the pages that follow ``url``, yielding those that fail, until one is read or none is left."""
        run = self.run
        barren = lost = 0
        while (target := self._target(url)) is not None and barren < BARREN_PAGES and lost < LOST_PAGES:
            if run.options.max_pages is not None and run.steps[Kind.LISTING] >= run.options.max_pages:
                run.cut_short = True
                return
            problem = self._try(target)
            run.visited.add(identity(target))
            if problem is not None:
                yield run.failed(Kind.LISTING, target, problem)
            if self.found is not None or (problem is not None and problem.kind == "trap"):
                return
            barren += problem is None
            lost += problem is not None
            url = target

    def _target(self, url: str) -> str | None:
        run = self.run
        target = following(run.pager, url, run.visited)
        return target or next(iter(missing(run.pager, run.visited)), None)

    def _try(self, target: str) -> Problem | None:
        run = self.run
        if why := trap(target):
            return Problem("trap", target, f"the address is {why}", "archiver inspect shows how the pager is read")
        try:
            page = run.source.get(target, Kind.LISTING)
        except FetchError as error:
            if error.kind == NOT_KEPT:
                return None
            return Problem(error.kind, target, error.cause, error.hint)
        if is_past_the_end(run, page.response.status):
            return None
        if problem := index_fault(run, page):
            return problem
        if identity(page.response.final_url) in run.visited:
            return None
        doc = page.parsed()
        listing = read_page(run, doc)
        problem = index_fault(run, page, doc, listing)
        if listing.records and problem is None:
            self.found = page, listing
            return None
        if problem is not None and problem.kind in BLOCKING:
            return problem
        if run.pager.rule in GUESSED_PAGERS or (run.pager.last is None and listing.pager.next is None):
            return None
        return problem or Problem(
            "no-posts", target, "no posts recognised on this index page", f"archiver inspect {target}"
        )


def _store(run: Run, page: Page, listing: Listing) -> tuple[Page, list[Change]]:
    """Keep a page and its records in one transaction."""
    fresh = [raw for raw in listing.records if _is_fresh(run, raw)]
    for raw in fresh:
        run.seen.add(identity(raw.url))
        (run.bare.discard if raw.excerpt_html else run.bare.add)(identity(raw.url))
    if listing.profile is not None and listing.profile not in run.profiles:
        run.profiles.insert(0, listing.profile)
    run.usual = run.usual or len(listing.records)
    with run.archive.transaction():
        _keep_early(run)
        page = run.source.keep(page)
        shown = Shown(page, fresh)
        run.shown.append(shown)
        context = run.context()
        records = [understand(raw, context, shown.served) for raw in fresh]
        records = [record for record in records if run.options.wants(dates.day_of(record.published))]
        shown.saved = {record.url: record for record in records}
        changes = run.archive.save_records(
            run.blog_id, records, seen_at=shown.served, crawl_id=run.crawl_id, page_id=page.id
        )
    run.count(changes)
    return page, changes


def _is_fresh(run: Run, raw: RawRecord) -> bool:
    """Whether a page shows a post for the first time in this run, or its excerpt where a bare link stood before."""
    key = identity(raw.url)
    return key not in run.seen or bool(raw.excerpt_html and key in run.bare)


def _before_since(run: Run, listing: Listing) -> bool:
    """Whether all posts of a page are older than the user asked for."""
    if run.options.since is None or not listing.records:
        return False
    context = run.context()
    served = run.shown[-1].served
    days = [dates.day_of(understand(raw, context, served).published) for raw in listing.records if not raw.sticky]
    over = bool(days) and all(day is not None and day < run.options.since for day in days)
    run.cut_short = run.cut_short or over
    return over


def complete(run: Run, start: Document) -> Iterator[PageResult]:
    """Where the start page has no pager, or the feed names posts that were not found: read the lists of all posts."""
    missed = _missed(run)
    if run.incremental or run.cut_short or (run.steps[Kind.LISTING] > 1 and not missed):
        return
    candidates = list(archive_lists(start))
    if missed:
        candidates += [candidate.url for candidate in listing_candidates(start)]
    for candidate in list(dict.fromkeys(candidates))[:MAX_CANDIDATES]:
        if identity(candidate) in run.visited:
            continue
        try:
            page = run.source.get(candidate, Kind.LISTING)
        except FetchError:
            continue
        run.visited.add(identity(candidate))
        if not page.response.ok:
            continue
        listing = read_page(run, page.parsed())
        leads_on = bool(missed) and bool(listing.records) and listing.pager.next is not None
        if leads_on or any(identity(raw.url) not in run.seen for raw in listing.records):
            yield from walk(run, page, listing)
            if not _missed(run):
                return
        else:
            run.early.append(page)


def _missed(run: Run) -> list[str]:
    """The posts that the feed names and no listing showed."""
    return [key for key in run.labels if key not in run.seen]


def settle(run: Run, *, last: bool = False) -> None:
    """Understand all pages of this run again with all that is known by now; store what came out otherwise.

    At the ``last`` time, years that nothing else gave are estimated from the neighbours.
    """
    context = run.context(fresh=True)
    understood = [[understand(raw, context, shown.served) for raw in shown.records] for shown in run.shown]
    if last:
        flat = [record for page in understood for record in page]
        sticky = list(_apart(run))
        better = iter(estimated(flat, sticky, context.language))
        understood = [[next(better) for _ in page] for page in understood]
    for shown, records in zip(run.shown, understood, strict=True):
        _store_again(run, shown, records)
    _keep_early(run)


def _apart(run: Run) -> Iterator[bool]:
    """For each record of this run, whether it stands outside the order of the listing: pinned, or shown before."""
    seen: set[str] = set()
    for shown in run.shown:
        for raw in shown.records:
            yield raw.sticky or identity(raw.url) in seen
            seen.add(identity(raw.url))


def _keep_early(run: Run) -> None:
    """Keep the pages that were used before it was known for which blog, or beside its listing."""
    while run.early:
        run.source.keep(run.early.pop(0))


def _store_again(run: Run, shown: Shown, records: Sequence[Record]) -> None:
    wanted = [record for record in records if run.options.wants(dates.day_of(record.published))]
    changed = [record for record in wanted if shown.saved.get(record.url) != record]
    if not changed:
        return
    changes = run.archive.save_records(
        run.blog_id, changed, seen_at=shown.served, crawl_id=run.crawl_id, page_id=shown.page.id
    )
    new = [change for change in changes if change.verdict is Verdict.NEW]
    run.count(new)
    shown.saved.update((record.url, record) for record in changed)
