"""When a page is not what was asked for: a start that ends the run, an index page that is passed over, a post's page.

Nothing that is archived is touched by such a page. It is kept under the name of its fault, and told.
"""

from __future__ import annotations

from hashlib import blake2b

from archiver.crawl.run import Run
from archiver.crawl.source import NOT_KEPT, Page
from archiver.errors import FetchError, NoPostsFound, SiteError
from archiver.models import Kind, Listing, Problem
from archiver.parse.document import Document
from archiver.parse.faults import (
    Expected,
    is_brief,
    not_a_page,
    page_fault,
    post_fault,
    refresh_of,
    status_fault,
)
from archiver.parse.likeness import Before, fewer, layout_fault, same_text, shows_post, tells_apart
from archiver.store import Blog, Outcome
from archiver.urls import identity, join, site_of

LIKE_POSTS = 3
SAMPLE = 300
BLOCKING = ("refused", "overloaded", "challenge", "login", "parked", "moved")  # faults of a site, not of one page

STOOD = """SELECT count(*) AS n FROM page_posts WHERE page_id = (SELECT max(pages.id) FROM pages JOIN page_posts
 ON page_id = pages.id WHERE pages.blog_id = ? AND pages.url = ? AND outcome = 'ok')"""
INDEXED = "SELECT id FROM pages WHERE blog_id = ? AND url = ? AND kind = ? AND outcome = 'ok' LIMIT 1"
POSTS = "SELECT url, title FROM posts WHERE blog_id = ? ORDER BY id DESC LIMIT ?"


def go_on(run: Run, url: str) -> None:
    """Take up a run over the blog of this address that was cut off, before anything is asked for again."""
    blog = run.archive.find_blog(url)
    crawl = run.archive.resumable(blog.id) if blog is not None else None
    if blog is not None and crawl is not None:
        run.source.attach(blog.id, crawl.id)


def start_page(run: Run, url: str) -> tuple[Page, Document]:
    """The page at which a run starts, and the same parsed.

    Raises ``SiteError`` where it cannot be had or is no page of this blog.
    """
    go_on(run, url)
    try:
        page = run.source.get(url, Kind.LISTING)
    except FetchError as error:
        refuse(run, url, Problem(error.kind, url, error.cause, error.hint))
        raise
    blog = run.archive.find_blog(url)
    here = (*blog.sites, site_of(url)) if blog is not None else ()
    doc = page.parsed()
    fault = page_fault(page.response, doc, Expected(here, fits=page.response.ok))
    if fault is not None:
        raise refuse(run, url, fault, page)
    further = _refreshed(run, page, doc)
    if further is None:
        return page, doc
    run.early.append(page)
    return further, further.parsed()


def _refreshed(run: Run, page: Page, doc: Document) -> Page | None:
    """The page that a start without text sends its readers on to."""
    target = refresh_of(doc)
    if not target or not is_brief(page.response, doc):
        return None
    try:
        further = run.source.get(target, Kind.LISTING)
    except FetchError:
        return None
    return further if further.response.ok else None


def check_start(run: Run, url: str, page: Page, doc: Document, listing: Listing) -> Problem | None:
    """Raise ``SiteError`` where the page that a run would start from is not this blog's listing.

    Gives a note where it is, but shows far fewer posts than before.
    """
    blog = run.archive.find_blog(url) or run.archive.find_blog(page.response.final_url)
    before = _before(run, blog, page, listing) if blog is not None else Before(0, False)
    fits = before.known if before.count else _reads_like_posts(listing)
    fault = page_fault(page.response, doc, Expected(title=blog.title if blog else "", fits=fits))
    if run.rules is None or not listing.records:
        fault = fault or layout_fault(page.response.url, listing.records, before)
    if fault is not None:
        raise refuse(run, url, fault, page)
    if not listing.records:
        raise refuse(run, url, _no_posts(page), page)
    return fewer(page.response.url, len(listing.records), before.count)


def _reads_like_posts(listing: Listing) -> bool:
    """Whether the page of an unknown blog is a listing beyond doubt: notices hold no dates, and few texts."""
    excerpts = sum(bool(raw.excerpt_html) for raw in listing.records)
    return excerpts >= LIKE_POSTS or any(raw.dates for raw in listing.records)


def _before(run: Run, blog: Blog, page: Page, listing: Listing) -> Before:
    """What the archive holds of a page of a blog."""
    count = next(run.archive.query(STOOD, [blog.id, page.response.url]))["n"]
    known = bool(run.archive.known_addresses(blog.id, [raw.url for raw in listing.records]))
    if not count or known:
        return Before(count, known)
    rows = list(run.archive.query(POSTS, [blog.id, SAMPLE]))
    return Before(count, known, [row["url"] for row in rows], [row["title"] for row in rows])


def _no_posts(page: Page) -> Problem:
    kind = page.response.content_type or "no content type"
    cause = f"{page.response.status}, {kind}, {len(page.response.body):,} bytes"
    return Problem("no-posts", page.response.url, cause, f"see how it is read: archiver inspect {page.response.url}")


def refuse(run: Run, url: str, problem: Problem, page: Page | None = None) -> SiteError:
    """The error that ends a run which cannot start. Of a blog that is known, the run and its page are kept.

    An address below a blog that is none of its index pages says nothing of the blog.
    """
    blog = run.archive.find_blog(url)
    if blog is not None and problem.kind != NOT_KEPT and _is_index_of(run, blog, url):
        with run.archive.transaction():
            crawl_id = run.archive.start_crawl(blog.id, run.command, {**run.options.to_dict(), "url": url})
            run.source.attach(blog.id, crawl_id)
            if page is not None:
                run.source.keep(page, problem.kind)
            run.archive.save_problem(problem, blog_id=blog.id, crawl_id=crawl_id)
            run.archive.finish_crawl(crawl_id, Outcome.FAILED, {"problems": 1})
            run.archive.update_blog(blog.id, state=problem.kind)
    error = NoPostsFound if problem.kind == "no-posts" else SiteError
    return error(problem.url, problem.cause, problem.hint)


def _is_index_of(run: Run, blog: Blog, url: str) -> bool:
    """Whether an address is the start of a blog, or was an index page of it."""
    if blog.address(url) == identity(blog.url):
        return True
    return any(run.archive.query(INDEXED, [blog.id, url, Kind.LISTING]))


def index_fault(run: Run, page: Page, doc: Document | None = None, listing: Listing | None = None) -> Problem | None:
    """Why a later index page is not one; it is kept under the fault's name. Without a listing only the status counts.

    A page that shows a post for the first time in this run is one, whatever it says.
    """
    if doc is None or listing is None:
        fault = status_fault(page.response)
    else:
        fits = any(identity(raw.url) not in run.seen for raw in listing.records)
        fault = page_fault(page.response, doc, Expected(_sites(run, page.response.url), _title(run), fits))
    if fault is not None:
        run.source.keep(page, fault.kind)
    return fault


def fault_of_post(
    run: Run, page: Page, doc: Document, title: str, excerpt: str, text: str | None = None
) -> Problem | None:
    """Why a post's own page is not the post; it is kept under the fault's name, and not asked for again in this run.

    ``title`` and ``excerpt`` are the listing's, ``text`` what the archive has of the post; empty where guessed. A page
    that shows nothing of them is not taken for the post.
    """
    fault = _fault_of_post(run, page, doc, title, excerpt, text)
    if fault is not None:
        run.source.keep(page, fault.kind)
        run.faulty[identity(page.response.url)] = fault
    return fault


def _fault_of_post(run: Run, page: Page, doc: Document, title: str, excerpt: str, text: str | None) -> Problem | None:
    url = page.response.url
    home = run.blog.url if run.blog else ""
    final = identity(page.response.final_url)
    if page.response.ok and final in run.visited and identity(url) not in run.visited:
        return Problem("soft-404", url, "leads to a listing instead of the post", "what was archived stays")
    fault = post_fault(page.response, doc, title, excerpt=excerpt, sites=_sites(run, url), home=home)
    if fault is not None or shows_post(doc, title, excerpt) or (text and shows_post(doc, "", text)):
        return fault
    if _answers_anything(run, url, doc):
        return Problem("soft-404", url, "the same page that unknown addresses get", "what was archived stays")
    if not tells_apart(title, excerpt):
        return None
    hint = f"see how it is read: archiver inspect {url}"
    return Problem("unlike", url, "shows neither the title nor the beginning that the listing gives", hint)


def _answers_anything(run: Run, url: str, doc: Document) -> bool:
    """Whether a page reads like the site's answer to an address beside it that no post has."""
    beside = join(url, f"no-such-post-{blake2b(url.encode(), digest_size=6).hexdigest()}")
    if beside is None:
        return False
    try:
        probe = run.source.get(beside, Kind.PROBE)
    except FetchError:
        return False
    return probe.response.ok and not_a_page(probe.response) is None and same_text(doc, probe.parsed())


def _sites(run: Run, url: str) -> tuple[str, ...]:
    return (*(run.blog.sites if run.blog else ()), site_of(url), site_of(run.start))


def _title(run: Run) -> str:
    return run.blog.title if run.blog else ""
