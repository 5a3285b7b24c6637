"""Gathering what a blog claims of itself: from the pages that the archive keeps, then from the site, if it is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archiver.crawl.coverage import (
    Answer,
    By,
    Claim,
    Coverage,
    Held,
    Lack,
    Missing,
    compare,
    gaps,
    not_followed,
    pages_missing,
)
from archiver.crawl.source import Page
from archiver.errors import FetchError
from archiver.fetch import Fetcher
from archiver.models import Kind, Pager, Profile
from archiver.parse.by_rules import compile_rules, read_by_rules
from archiver.parse.document import Document
from archiver.parse.elsewhere import archive_lists
from archiver.parse.feed import read_feed
from archiver.parse.listing import read_listing
from archiver.parse.sitemap import Sitemap, read_sitemap
from archiver.robots import Robots
from archiver.rules import loads
from archiver.store import Archive, Blog, Outcome, stored_response
from archiver.urls import identity, origin, same_site, site_of

MAX_LISTS = 2
MAX_SITEMAPS = 100
OTHER_SITEMAPS = ("tag", "categor", "author", "user", "image", "video", "product", "media")

POSTS = "SELECT address, url, title, state FROM posts WHERE blog_id = ? ORDER BY id"
INDEX_PAGES = """SELECT max(pages.id) AS id FROM pages WHERE blog_id = :blog AND kind IN ('listing', 'archive-list')
 AND outcome = 'ok' AND sha256 IS NOT NULL AND (status BETWEEN 200 AND 299 OR status = 304)
 AND url IN (SELECT url FROM pages JOIN page_posts ON page_id = pages.id WHERE blog_id = :blog)
 GROUP BY url ORDER BY id"""
KEPT = """SELECT max(id) AS id, url FROM pages WHERE blog_id = ? AND kind = ? AND outcome = 'ok'
 AND sha256 IS NOT NULL AND (status BETWEEN 200 AND 299 OR status = 304) GROUP BY url ORDER BY id"""
SHOWN = """SELECT DISTINCT posts.url FROM posts JOIN page_posts ON post_id = posts.id JOIN pages ON pages.id = page_id
 WHERE pages.blog_id = ? AND pages.url = ?"""
VISITED = """SELECT url, final_url FROM pages WHERE blog_id = ? AND kind IN ('listing', 'archive-list')
 AND outcome = 'ok' AND (status BETWEEN 200 AND 299 OR status = 304)"""
CRAWLS = "SELECT id, outcome, options FROM crawls WHERE blog_id = ? AND command <> 'check' ORDER BY id"
LAST_PROBLEMS = """SELECT kind, url, cause FROM problems
 WHERE crawl_id = (SELECT max(id) FROM crawls WHERE blog_id = ? AND command <> 'check') ORDER BY id"""
NO_TEXT = "SELECT url FROM posts WHERE blog_id = ? AND text IS NULL AND state <> 'gone' ORDER BY id"
NO_BYTES = """SELECT DISTINCT images.id, images.url, images.state, reason FROM images
 JOIN post_images ON image_id = images.id JOIN posts ON posts.id = post_id
 WHERE blog_id = ? AND images.state <> 'stored' ORDER BY images.id"""

NO_INDEX_PAGES = frozenset({"image", "trap", "loop", "gone", "no-text"})
"""Problems of a run that are not those of an index page, by their short names."""


@dataclass(slots=True)
class Case:
    """One blog under examination: what is held of it, and what is found out."""

    archive: Archive
    fetcher: Fetcher | None
    held: Held
    answers: list[Answer] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    start: Document | None = None

    @property
    def blog(self) -> Blog:
        """The blog."""
        return self.held.blog

    def judge(self, claim: Claim) -> None:
        """Hold a claim against the archive."""
        answer, missing, notes = compare(self.held, claim)
        self.answers.append(answer)
        self.missing += missing
        self.notes += notes

    def ask(self, url: str, kind: Kind) -> Page | None:
        """An address as the site answers now; else None, with a note unless the address was only a guess."""
        if self.fetcher is None:
            return None
        try:
            response = self.fetcher.get(url, kind=kind)
        except FetchError as error:
            cause = error.cause
        else:
            if response.ok:
                return Page(kind, response)
            cause = f"the server answers {response.status}"
        if kind is not Kind.PROBE:
            self.notes.append(f"{url} could not be asked: {cause}")
        return None

    def kept(self, kind: Kind) -> Iterator[Page]:
        """The newest copy of each page of a kind that the archive keeps of this blog."""
        for row in self.archive.query(KEPT, [self.blog.id, str(kind)]):
            stored = self.archive.page(row["id"])
            if stored is not None:
                yield Page(kind, stored_response(stored), stored.id)


def examine(archive: Archive, blogs: Sequence[Blog], fetcher: Fetcher | None = None) -> Iterator[Coverage]:
    """Compare what is archived of each blog with what it claims; without a fetcher from kept pages alone.

    Nothing is written. What a site does not answer is told in the notes: a site that is gone does not make its
    archive worse.
    """
    for blog in blogs:
        if fetcher is not None:
            fetcher.allow(blog.url)
        case = Case(archive, fetcher, held_of(archive, blog))
        for check in (_index_pages, _feed, _sitemaps, _lists, _texts, _images, _numbers, _wishes):
            check(case)
        unique = {(one.what, identity(one.url)): one for one in reversed(case.missing)}
        missing = tuple(one for one in case.missing if unique.get((one.what, identity(one.url))) is one)
        yield Coverage(blog, len(case.held.posts), tuple(case.answers), missing, tuple(dict.fromkeys(case.notes)))


def held_of(archive: Archive, blog: Blog) -> Held:
    """The posts of a blog in the archive."""
    rows = list(archive.query(POSTS, [blog.id]))
    return Held(blog, {row["address"]: row["url"] for row in rows}, [row["title"] for row in rows])


def _index_pages(case: Case) -> None:
    """The index pages, read once more: their posts, their pagers, and those that could not be had."""
    profiles = [_profile(one) for one in json.loads(case.blog.profile or "{}").get("listing", ())]
    rules = compile_rules(loads(case.blog.rules)[0]) if case.blog.rules else None
    shown: dict[str, tuple[str, str, str]] = {}
    pagers: dict[int | None, list[Pager]] = {}
    counts: list[int] = []
    for row in list(case.archive.query(INDEX_PAGES, {"blog": case.blog.id})):
        stored = case.archive.page(row["id"])
        if stored is None:
            continue
        doc = Page(stored.kind, stored_response(stored)).document
        case.start = doc if case.start is None or identity(doc.url) == identity(case.blog.url) else case.start
        labels = [row["url"] for row in case.archive.query(SHOWN, [case.blog.id, stored.url])]
        if rules is None:
            listing = read_listing(doc, labels=labels, profiles=profiles)
        else:
            listing = read_by_rules(doc, rules, labels=labels, profiles=profiles)
        for record in listing.records:
            shown.setdefault(identity(record.url), (record.url, record.title, stored.url))
        pagers.setdefault(stored.crawl_id, []).append(listing.pager)
        counts.append(len(listing.records))
    case.judge(Claim(By.INDEX, case.blog.url, tuple(shown.values())))
    _pager(case, pagers, counts)


def _pager(case: Case, pagers: dict[int | None, list[Pager]], counts: Sequence[int]) -> None:
    rows = list(case.archive.query(VISITED, [case.blog.id]))
    visited = {identity(row[name]) for row in rows for name in ("url", "final_url")}
    living = sum(row["state"] != "gone" for row in case.archive.query(POSTS, [case.blog.id]))
    last, unread = pages_missing([one for some in pagers.values() for one in some], visited, counts, living)
    claimed = max(last or 0, len(counts))
    case.answers.append(Answer("pager", case.blog.url, claimed, claimed - len(unread)))
    case.missing += [Missing(Lack.INDEX_PAGE, url, "the pager leads to it, it was never read") for url in unread]
    runs = list(case.archive.query(CRAWLS, [case.blog.id]))
    if runs and runs[-1]["outcome"] not in (Outcome.DONE, Outcome.PARTIAL):
        case.notes.append("the last crawl did not come to its end")
        ahead = not_followed(pagers.get(runs[-1]["id"], ()), visited)
        case.missing += [Missing(Lack.INDEX_PAGE, url, "the last crawl ended before it") for url in ahead]
    for row in case.archive.query(LAST_PROBLEMS, [case.blog.id]):
        at = identity(row["url"])
        if row["kind"] not in NO_INDEX_PAGES and at not in visited and case.blog.address(row["url"]) not in _own(case):
            case.missing.append(Missing(Lack.INDEX_PAGE, row["url"], f"could not be read: {row['cause']}"))


def _own(case: Case) -> set[str]:
    """Addresses at which a run meets posts, and the feed: a failure there is not that of an index page."""
    rows = case.archive.query("SELECT read_more FROM posts WHERE blog_id = ? AND read_more <> ''", [case.blog.id])
    feed = [case.blog.address(case.blog.feed_url)] if case.blog.feed_url else []
    return {*case.held.posts, *(case.blog.address(row["read_more"]) for row in rows), *feed}


def _profile(stored: dict[str, object]) -> Profile:
    """A learned profile as it was stored."""
    return Profile(**{name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()})  # type: ignore[arg-type]


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
        known = {identity(row["url"]) for row in case.archive.query(VISITED, [case.blog.id])}
        urls = [
            url for url in archive_lists(case.start) if same_site(url, case.start.url) and identity(url) not in known
        ]
        pages = [page for url in urls[:MAX_LISTS] if (page := case.ask(url, Kind.ARCHIVE_LIST)) is not None]
    for page in pages:
        listing = read_listing(page.document, labels=tuple(case.held.posts))
        posts = tuple((record.url, record.title, page.response.url) for record in listing.records)
        if posts:
            case.judge(Claim(By.LIST, page.response.url, posts, _day(page)))


def _day(page: Page) -> str:
    return page.response.fetched_at.date().isoformat()


def _texts(case: Case) -> None:
    whole = any(json.loads(row["options"]).get("full_text") for row in case.archive.query(CRAWLS, [case.blog.id]))
    if not whole:
        return
    lacking = [row["url"] for row in case.archive.query(NO_TEXT, [case.blog.id])]
    posts = len(case.held.posts)
    case.answers.append(Answer("texts", case.blog.url, posts, posts - len(lacking)))
    case.missing += [
        Missing(Lack.TEXT, url, "its text is not archived, though --full-text was asked") for url in lacking
    ]


def _images(case: Case) -> None:
    runs = list(case.archive.query(CRAWLS, [case.blog.id]))
    rows = list(case.archive.query(NO_BYTES, [case.blog.id]))
    given_up = sum(row["state"] in ("gone", "refused") for row in rows)
    if given_up:
        case.notes.append(f"{given_up:,} images are not to be had (gone, or no pictures)")
    if runs and json.loads(runs[-1]["options"]).get("images") is False:
        return
    for row in rows:
        if row["state"] not in ("gone", "refused"):
            case.missing.append(Missing(Lack.IMAGE, row["url"], row["reason"] or "never asked for"))


def _numbers(case: Case) -> None:
    case.notes += gaps(case.held.posts.values())


def _wishes(case: Case) -> None:
    """A crawl that was asked for some days only has not missed the others: its lacking posts are told, not counted."""
    runs = list(case.archive.query(CRAWLS, [case.blog.id]))
    wishes = json.loads(runs[-1]["options"]) if runs else {}
    span = [f"--{name} {wishes[name]}" for name in ("since", "until") if wishes.get(name)]
    if not span:
        return
    left = [one for one in case.missing if one.what in (Lack.POST, Lack.INDEX_PAGE)]
    if left:
        case.notes.append(f"{len(left):,} posts and index pages that the blog names may lie outside {' '.join(span)}")
        case.missing = [one for one in case.missing if one not in left]
