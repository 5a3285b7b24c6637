"""Where a crawl gets its pages from: the site, politely and conditionally, or what the archive holds of this run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from archiver.decode import decode
from archiver.errors import FetchError
from archiver.fetch import Fetcher
from archiver.models import Kind, Response
from archiver.parse.document import Document, read
from archiver.store import Archive, StoredPage, stored_response


@dataclass(frozen=True, slots=True)
class Page:
    """A page in hand. ``id`` is that of the kept copy, None until ``Source.keep``; ``same`` says that its bytes are
    those the archive held before this run; ``reused`` that no full answer was needed to get it."""

    kind: Kind
    response: Response
    id: int | None = None
    same: bool = False
    reused: bool = False

    @property
    def document(self) -> Document:
        """The page decoded and parsed."""
        return read(decode(self.response.body, self.response.headers.get("content-type", "")), self.response.final_url)


class Source(Protocol):
    """Gives pages by address and keeps those that were used."""

    def get(self, url: str, kind: Kind) -> Page:
        """The page of an address; ``FetchError`` where there is none to be had."""

    def keep(self, page: Page, outcome: str = "ok") -> Page:
        """Store a page of this run, inside the caller's transaction, and give it with its id."""

    def attach(self, blog_id: int, crawl_id: int) -> None:
        """Say which run the pages belong to."""


class Online:
    """Pages from the site. Those that this run fetched already, before it was cut off, come from the archive."""

    def __init__(self, archive: Archive, fetcher: Fetcher) -> None:
        """``fetcher`` asks, ``archive`` remembers."""
        self.archive, self.fetcher = archive, fetcher
        self.blog_id: int | None = None
        self.crawl_id: int | None = None

    def attach(self, blog_id: int, crawl_id: int) -> None:
        """Say which run the pages belong to."""
        self.blog_id, self.crawl_id = blog_id, crawl_id

    def get(self, url: str, kind: Kind) -> Page:
        """The page of an address: of this run, else asked for with the validators of the last good copy."""
        if self.crawl_id is not None:
            stored = self.archive.page_in_crawl(self.crawl_id, url)
            if stored is not None:
                return Page(kind, stored_response(stored), stored.id, reused=True)
        before = self.archive.last_good(url)
        response = self.fetcher.get(
            url,
            kind=kind,
            etag=before.etag if before else None,
            last_modified=before.last_modified if before else None,
        )
        return _answered(kind, response, before)

    def keep(self, page: Page, outcome: str = "ok") -> Page:
        """Store a page of this run unless it is stored already."""
        if page.id is not None or self.crawl_id is None:
            return page
        response = page.response
        if page.reused:
            response = replace(response, status=304, body=b"")
        page_id = self.archive.save_page(
            response, page.kind, blog_id=self.blog_id, crawl_id=self.crawl_id, outcome=outcome
        )
        return replace(page, id=page_id)


def _answered(kind: Kind, response: Response, before: StoredPage | None) -> Page:
    if response.status == 304 and before is not None:
        kept = replace(
            stored_response(before), fetched_at=response.fetched_at, headers={**before.headers, **response.headers}
        )
        return Page(kind, replace(kept, status=200), same=True, reused=True)
    same = before is not None and response.ok and before.body == response.body
    return Page(kind, response, same=same)


class Kept:
    """The pages that one run kept, for understanding them again without asking the site."""

    def __init__(self, archive: Archive, crawl_id: int) -> None:
        """``crawl_id`` is a run of ``archive``."""
        self.archive, self.crawl_id = archive, crawl_id

    def attach(self, blog_id: int, crawl_id: int) -> None:
        """Nothing is kept again."""

    def get(self, url: str, kind: Kind) -> Page:
        """The page of an address in this run."""
        stored = self.archive.page_in_crawl(self.crawl_id, url)
        if stored is None:
            raise FetchError(url, "was not kept by this run", kind="not-kept")
        return Page(kind, stored_response(stored), stored.id, reused=True)

    def keep(self, page: Page, outcome: str = "ok") -> Page:
        """Pages of the archive stay as they are."""
        return page
