"""Gathering what a blog claims of itself: from the pages that the archive keeps, then from the site, if it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.crawl.case import Case, held_of
from archiver.crawl.coverage import By, Claim, Coverage, gaps
from archiver.crawl.indexed import images, index_pages, texts, wishes
from archiver.crawl.source import Page
from archiver.errors import FetchError
from archiver.fetch import Fetcher
from archiver.models import Kind
from archiver.parse.elsewhere import archive_lists
from archiver.parse.feed import read_feed
from archiver.parse.listing import read_listing
from archiver.parse.sitemap import Sitemap, read_sitemap
from archiver.robots import Robots
from archiver.store import Archive, Blog
from archiver.urls import identity, origin, same_site, site_of

MAX_LISTS = 2
MAX_SITEMAPS = 100
OTHER_SITEMAPS = ("tag", "categor", "author", "user", "image", "video", "product", "media")


def examine(archive: Archive, blogs: Sequence[Blog], fetcher: Fetcher | None = None) -> Iterator[Coverage]:
    """Compare what is archived of each blog with what it claims; without a fetcher from kept pages alone.

    Nothing is written. What a site does not answer is told in the notes: a site that is gone does not make its
    archive worse.
    """
    for blog in blogs:
        if fetcher is not None:
            fetcher.allow(blog.url)
        case = Case(archive, fetcher, held_of(archive, blog))
        for check in (index_pages, _feed, _sitemaps, _lists, texts, images, _numbers, wishes):
            check(case)
        unique = {(one.what, identity(one.url)): one for one in reversed(case.missing)}
        missing = tuple(one for one in case.missing if unique.get((one.what, identity(one.url))) is one)
        yield Coverage(blog, len(case.held.posts), tuple(case.answers), missing, tuple(dict.fromkeys(case.notes)))


def _feed(case: Case) -> None:
    asked = case.ask(case.blog.feed_url, Kind.FEED) if case.blog.feed_url else None
    for page in [asked] if asked else case.kept(Kind.FEED):
        response = page.response
        feed = read_feed(response.body, response.final_url, response.content_type)
        if feed is not None:
            posts = tuple((label.url, label.title, response.url) for label in feed.entries)
            case.judge(Claim(By.FEED, response.url, posts, _day(page)))


def _sitemaps(case: Case) -> None:
    """The sitemaps that robots.txt names, or the one at the usual place, and those that an index of them lists."""
    first = list(_asked_sitemaps(case)) if case.fetcher is not None else []
    asked = bool(first)
    first = first or list(case.kept(Kind.SITEMAP))
    for page in first:
        sitemap = read_sitemap(page.response.body, page.response.final_url)
        _judge_sitemap(case, page, sitemap)
        if not asked:
            continue
        for url in [url for url in sitemap.children if _may_hold_posts(url, case.blog)][:MAX_SITEMAPS]:
            child = case.ask(url, Kind.SITEMAP)
            if child is not None:
                _judge_sitemap(case, child, read_sitemap(child.response.body, child.response.final_url))


def _judge_sitemap(case: Case, page: Page, sitemap: Sitemap) -> None:
    if sitemap.urls:
        posts = tuple((url, "", page.response.url) for url in sitemap.urls)
        case.judge(Claim(By.SITEMAP, page.response.url, posts, _day(page)))
    if sitemap.truncated:
        case.notes.append(f"{page.response.url} is larger than the standard allows; its end was not read")


def _asked_sitemaps(case: Case) -> Iterator[Page]:
    robots = _robots(case)
    named = [url for url in (robots.sitemaps if robots else ()) if site_of(url) in case.blog.sites]
    for url in named[:MAX_SITEMAPS]:
        page = case.ask(url, Kind.SITEMAP)
        if page is not None:
            yield page
    if not named:
        guess = case.ask(f"{origin(case.blog.url)}/sitemap.xml", Kind.PROBE)
        if guess is not None:
            yield guess


def _robots(case: Case) -> Robots | None:
    try:
        return case.fetcher.robots(case.blog.url) if case.fetcher else None
    except FetchError as error:
        case.notes.append(f"{origin(case.blog.url)}/robots.txt could not be asked: {error.cause}")
        return None


def _may_hold_posts(url: str, blog: Blog) -> bool:
    """Whether a sitemap is the blog's own and its name does not say that it lists something else."""
    name = url.rpartition("/")[2].lower()
    return site_of(url) in blog.sites and not any(word in name for word in OTHER_SITEMAPS)


def _lists(case: Case) -> None:
    """Pages that list all posts: those that are kept, else those that the start page links to."""
    pages = list(case.kept(Kind.ARCHIVE_LIST))
    if not pages and case.start is not None:
        listed = [url for url in archive_lists(case.start) if same_site(url, case.start.url)]
        urls = [url for url in listed if identity(url) not in case.visited]
        pages = [page for url in urls[:MAX_LISTS] if (page := case.ask(url, Kind.ARCHIVE_LIST)) is not None]
    for page in pages:
        listing = read_listing(page.parsed(), labels=tuple(case.held.posts))
        posts = tuple((record.url, record.title, page.response.url) for record in listing.records)
        if posts:
            case.judge(Claim(By.LIST, page.response.url, posts, _day(page)))


def _day(page: Page) -> str:
    return page.response.fetched_at.date().isoformat()


def _numbers(case: Case) -> None:
    case.notes += gaps(case.held.posts.values())
