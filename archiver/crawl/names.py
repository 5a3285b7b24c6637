"""One blog, several names: hosts that answer with the same blog are aliases of it, and a blog may move."""

from __future__ import annotations

from archiver.crawl.run import Run
from archiver.crawl.source import Page
from archiver.errors import FetchError, UsageError
from archiver.models import Kind, Listing, Problem
from archiver.parse.document import Document
from archiver.store import Blog
from archiver.urls import identity, origin, same_site, site_of

MOST = 2  # other sites that a page may name as its own
STRANGE = "shows none of the archived posts on its first page"


def move_here(run: Run, page: Page, listing: Listing) -> Problem | None:
    """Let the blog that ``run.moved_from`` names live where this run has started.

    Gives a note if nothing on the page is known of it: then posts with other paths will be new posts. Raises
    ``UsageError`` if there is no such blog, or another one lives here.
    """
    if run.moved_from is None:
        return None
    blog = known_blog(run, run.moved_from)
    moved = run.archive.move_blog(blog.id, page.response.final_url)
    if run.archive.known_addresses(moved.id, [raw.url for raw in listing.records]):
        return None
    hint = f"if it is another blog, move back: archiver crawl {moved.url} --moved-to {run.moved_from}"
    return Problem("moved", moved.url, STRANGE, hint)


def known_blog(run: Run, url: str) -> Blog:
    """The blog that has moved away from an address. Raises ``UsageError`` if the archive has none there."""
    blog = run.archive.find_blog(url)
    if blog is None:
        raise UsageError(url, "no blog of this address in the archive", "See: archiver blogs")
    return blog


def note_names(run: Run, url: str, page: Page) -> None:
    """Let the site that led here be an alias of the blog: a new blog was asked for under one name and has another."""
    final = page.response.final_url
    assert run.blog is not None
    for asked in (url, page.response.url):
        if same_site(asked, final) or not leads(asked, final) or run.archive.find_blog(asked) is not None:
            continue
        run.blog = run.archive.add_alias(run.blog.id, asked)


def twin_of(run: Run, url: str, page: Page, doc: Document) -> Page | None:
    """The same page on the site that it calls its own, for a host whose pages name and link another host throughout.

    It must answer at the same path with the same title. A known blog is led by its page only to a site of its own.
    """
    here = page.response.final_url
    path = here.removeprefix(origin(here))
    blog = run.archive.find_blog(url)
    declared = (doc.canonical, doc.first("og:url"), *doc.feeds)
    homes = dict.fromkeys(origin(name) for name in declared if name and not same_site(name, here))
    may = [home for home in homes if home and doc.title and (blog is None or site_of(home) in blog.sites)]
    for home in may[:MOST]:
        try:
            twin = run.source.get(f"{home}{path}", Kind.LISTING)
        except FetchError:
            continue
        if twin.response.ok and same_site(twin.response.final_url, home) and twin.parsed().title == doc.title:
            return twin
    return None


def leads(asked: str, final: str) -> bool:
    """Whether a redirect from one site to another is that of a whole site: from its root, or path to same path.

    A short link leads to a blog, too, but is no name of it.
    """
    path = identity(asked).removeprefix(site_of(asked))
    return path == "/" or path == identity(final).removeprefix(site_of(final))
