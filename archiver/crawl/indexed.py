"""What the archive itself tells of its gaps: its index pages and their pagers, failures, texts, pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace

from archiver.crawl.case import Case
from archiver.crawl.coverage import Answer, By, Claim, Lack, Missing, not_followed, pages_missing
from archiver.crawl.source import Page
from archiver.models import Listing, Pager, Profile
from archiver.parse.by_rules import compile_rules, read_by_rules
from archiver.parse.document import Document
from archiver.parse.links import post_links
from archiver.parse.listing import read_listing
from archiver.rules import loads
from archiver.store import SETTLED, ImageState, Outcome, stored_response
from archiver.urls import identity

INDEX_PAGES = """SELECT max(pages.id) AS id FROM pages WHERE blog_id = :blog AND kind IN ('listing', 'archive-list')
 AND outcome = 'ok' AND sha256 IS NOT NULL AND (status BETWEEN 200 AND 299 OR status = 304)
 AND url IN (SELECT url FROM pages JOIN page_posts ON page_id = pages.id WHERE blog_id = :blog)
 GROUP BY url ORDER BY id"""
SHOWN = """SELECT DISTINCT posts.url FROM posts JOIN page_posts ON post_id = posts.id JOIN pages ON pages.id = page_id
 WHERE pages.blog_id = ? AND pages.url = ?"""
PROBLEMS = "SELECT kind, url, cause FROM problems WHERE crawl_id = ? ORDER BY id"
LIVING = "SELECT count(*) AS n FROM posts WHERE blog_id = ? AND state <> 'gone'"
NO_TEXT = "SELECT url FROM posts WHERE blog_id = ? AND text IS NULL AND state <> 'gone' ORDER BY id"

NO_INDEX_PAGES = frozenset({"image", "trap", "loop", "gone", "no-text"})
"""Problems of a run that are not those of an index page, by their short names."""
SETTLED_IMAGES = {ImageState.GONE: "gone", ImageState.REFUSED: "refused, too large, or no pictures"}
"""What is told, and not counted as missing, of pictures that are not to be had."""
ENDED_EARLY = (None, Outcome.LIMITED, Outcome.INTERRUPTED)


def index_pages(case: Case) -> None:
    """The index pages, read once more: their posts, their pagers, and those that could not be had."""
    read = reader_of(case)
    shown: dict[str, tuple[str, str, str]] = {}
    pagers: dict[int | None, list[Pager]] = {}
    counts: list[int] = []
    chrome: set[str] | None = None
    for row in list(case.archive.query(INDEX_PAGES, {"blog": case.blog.id})):
        stored = case.archive.page(row["id"])
        if stored is None:
            continue
        doc = Page(stored.kind, stored_response(stored)).parsed()
        case.start = doc if case.start is None or identity(doc.url) == identity(case.blog.url) else case.start
        labels = [row["url"] for row in case.archive.query(SHOWN, [case.blog.id, stored.url])]
        listing = read(doc, labels)
        links = {link.key for link in post_links(doc)}
        chrome = links if chrome is None else chrome & links
        for record in listing.records:
            shown.setdefault(identity(record.url), (record.url, record.title, stored.url))
        pagers.setdefault(stored.crawl_id, []).append(listing.pager)
        counts.append(len(listing.records))
    case.held = replace(case.held, chrome=(chrome or set()).difference(shown))
    case.judge(Claim(By.INDEX, case.blog.url, tuple(shown.values())))
    _pager(case, pagers, counts)


def reader_of(case: Case) -> Callable[[Document, Sequence[str]], Listing]:
    """How an index page of this blog is read: by the rules in force, else by what was learned, else from scratch.

    The second argument names posts that stood on the page.
    """
    profiles = [_profile(one) for one in json.loads(case.blog.profile or "{}").get("listing", ())]
    rules = compile_rules(loads(case.blog.rules)[0]) if case.blog.rules else None

    def read(doc: Document, labels: Sequence[str]) -> Listing:
        usual = len(labels)
        if rules is None:
            return read_listing(doc, labels=labels, profiles=profiles, usual=usual)
        return read_by_rules(doc, rules, labels=labels, profiles=profiles, usual=usual)

    return read


def _pager(case: Case, pagers: dict[int | None, list[Pager]], counts: Sequence[int]) -> None:
    living = next(case.archive.query(LIVING, [case.blog.id]))["n"]
    every = [pager for some in pagers.values() for pager in some]
    last, unread = pages_missing(every, case.visited, counts, living)
    claimed = max(last or 0, len(counts))
    case.answers.append(Answer("pager", case.blog.url, claimed, claimed - len(unread)))
    case.missing += [Missing(Lack.INDEX_PAGE, url, "the pager leads to it, it was never read") for url in unread]
    if not case.runs:
        return
    run = case.runs[-1]
    if run["outcome"] in ENDED_EARLY:
        case.notes.append(f"the last crawl ({run['started'][:10]}) did not come to its end")
        ahead = not_followed(pagers.get(run["id"], ()), case.visited)
        case.missing += [Missing(Lack.INDEX_PAGE, url, "the last crawl ended before it") for url in ahead]
    case.missing += _failures(case, run["id"])


def _failures(case: Case, crawl_id: int) -> Iterator[Missing]:
    """The index pages that a run could not read."""
    own = _own(case)
    for row in list(case.archive.query(PROBLEMS, [crawl_id])):
        at = {identity(row["url"]), case.blog.address(row["url"])}
        parents = {address.rpartition("/")[0] for address in at}  # the further parts of a post stand below it
        if row["kind"] not in NO_INDEX_PAGES and at.isdisjoint(case.visited) and own.isdisjoint(at | parents):
            yield Missing(Lack.INDEX_PAGE, row["url"], f"could not be read: {row['cause']}")


def _own(case: Case) -> set[str]:
    """Addresses at which a run meets posts, and the feed: a failure there is not that of an index page."""
    rows = case.archive.query("SELECT read_more FROM posts WHERE blog_id = ? AND read_more <> ''", [case.blog.id])
    feed = [case.blog.address(case.blog.feed_url)] if case.blog.feed_url else []
    return {*case.held.posts, *(case.blog.address(row["read_more"]) for row in rows), *feed}


def _profile(stored: dict[str, object]) -> Profile:
    """A learned profile as it was stored; what it says beyond today's fields is passed over."""
    known = {each.name for each in fields(Profile)}
    return Profile(**{name: value for name, value in stored.items() if name in known})  # type: ignore[arg-type]


def texts(case: Case) -> None:
    """The posts without text, where a crawl was asked for texts."""
    if not any(run["options"].get("full_text") for run in case.runs):
        return
    lacking = [row["url"] for row in case.archive.query(NO_TEXT, [case.blog.id])]
    posts = len(case.held.posts)
    case.answers.append(Answer("texts", case.blog.url, posts, posts - len(lacking)))
    case.missing += [
        Missing(Lack.TEXT, url, "its text is not archived, though --full-text was asked") for url in lacking
    ]


def images(case: Case) -> None:
    """The pictures without bytes, unless the last crawl was not to keep any."""
    missing = case.archive.missing_images(case.blog.id)
    for state, said in SETTLED_IMAGES.items():
        settled = [image for image in missing if image.state is state]
        since = min((image.since[:10] for image in settled if image.since), default="")
        if settled:
            first = f", the first since {since}" if since else ""
            case.notes.append(f"images {said}: {len(settled):,}{first}; asked for again ever more rarely")
    if case.runs and case.runs[-1]["options"].get("images") is False:
        return
    lacking = [image for image in missing if image.state not in SETTLED]
    case.missing += [Missing(Lack.IMAGE, image.url, image.reason or "never asked for") for image in lacking]


def wishes(case: Case) -> None:
    """A crawl that was asked for some days only has not missed the others: its lacking posts are told, not counted."""
    asked = case.runs[-1]["options"] if case.runs else {}
    span = [f"--{name} {asked[name]}" for name in ("since", "until") if asked.get(name)]
    if not span:
        return
    left = [one for one in case.missing if one.what in (Lack.POST, Lack.INDEX_PAGE)]
    if left:
        case.notes.append(f"{len(left):,} posts and index pages that the blog names may lie outside {' '.join(span)}")
        case.missing = [one for one in case.missing if one not in left]
