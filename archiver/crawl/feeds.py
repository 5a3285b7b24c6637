"""The blog's feed: labels for its posts, their dates, and texts that their own pages do not give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from archiver import engines
from archiver.crawl.passes import edited_entries, feed_before
from archiver.crawl.run import Run
from archiver.errors import FetchError
from archiver.models import Feed, Kind, Label, PageResult, Record, Verdict
from archiver.parse.document import Document
from archiver.parse.feed import read_feed
from archiver.parse.images import images
from archiver.store import Source
from archiver.text import fragment, plain
from archiver.urls import identity, join, same_site

MAX_GUESSES = 2
LEAST_TEXT = 200  # characters: a shorter entry is a summary, not the post


def read_feeds(run: Run, doc: Document, urls: Iterable[str], kind: Kind = Kind.FEED) -> None:
    """Read the first of some addresses that is a feed, for labels; one that cannot be had is no failure."""
    for url in urls:
        try:
            page = run.source.get(url, kind)
        except FetchError:
            continue
        if not page.response.ok:
            continue
        feed = read_feed(page.response.body, page.response.final_url, page.response.content_type)
        if feed is None:
            continue
        before = feed_before(run, page)
        run.feed = feed
        run.labels.update(labels_of(feed, doc.url))
        run.edited |= edited_entries(run.labels, labels_of(before, doc.url) if before else {})
        run.early.append(replace(page, kind=Kind.FEED))
        return


def guess_feed(run: Run, doc: Document) -> None:
    """Look for a feed that the page does not name where the engine, or most engines, have it."""
    if run.feed is None and not run.incremental:
        guesses = engines.feed_guesses(doc.engine, doc.url)
        read_feeds(run, doc, guesses[:MAX_GUESSES], Kind.PROBE)


def labels_of(feed: Feed, url: str) -> dict[str, Label]:
    """The feed's entries by the identity of their addresses on the blog's own site.

    A feed often names its posts on another host of the blog; the paths are the same.
    """
    labels: dict[str, Label] = {}
    for label in feed.entries:
        parts = urlsplit(label.url)
        own = None if same_site(label.url, url) else join(url, parts.path + (f"?{parts.query}" if parts.query else ""))
        labels.setdefault(identity(own or label.url), replace(label, url=own) if own else label)
    return labels


def fill_from_feed(run: Run) -> Iterator[PageResult]:
    """Give posts whose own page gave no text that of the feed, where the feed carries whole posts."""
    assert run.feed is not None
    missing = {identity(url): post_id for post_id, url in run.archive.posts_without_text(run.blog_id)}
    for key, label in run.labels.items():
        text = plain(label.content_html) if label.content_html and key in missing else ""
        if len(text) < LEAST_TEXT:
            continue
        post_id = missing.pop(key)
        known = run.archive.record(post_id)
        record = Record(
            known.url,
            known.title,
            text=text,
            content_html=label.content_html,
            images=images(fragment(label.content_html), label.url),
            evidence={"text": "feed"},
        )
        change = run.archive.save_post(post_id, record, crawl_id=run.crawl_id, source=Source.FEED)
        yield PageResult(Kind.FEED, run.feed.url, 1, changes=(replace(change, verdict=Verdict.UNCHANGED),), reused=True)
