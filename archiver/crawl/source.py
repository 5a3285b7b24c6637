"""Where a crawl gets its pages from: the site, politely and conditionally, or what the archive holds of this run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from archiver.decode import decode
from archiver.errors import FetchError, RobotsForbidden
from archiver.fetch import Fetcher
from archiver.models import Kind, Response
from archiver.parse.document import Document, read
from archiver.store import Archive, StoredPage, stored_response
from archiver.urls import same_site

NOT_KEPT = "not-kept"  # the kind of error of a page that a run read again never had


@dataclass(frozen=True, slots=True)
class Page:
    """A page in hand.

    ``id`` is that of the kept copy, None until ``Source.keep``; ``same`` says that its bytes are those the archive held
    before this run; ``reused`` that no full answer was needed to get it.
    """

    kind: Kind
    response: Response
    id: int | None = None
    same: bool = False
    reused: bool = False

    def parsed(self) -> Document:
        """The page decoded and parsed, anew each time."""
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
        self.start = ""

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
        response = self._ask(url, kind, before)
        self.start = self.start or response.final_url
        return _answered(kind, response, before)

    def _ask(self, url: str, kind: Kind, before: StoredPage | None) -> Response:
        """Ask for a page. A blog that answers by http is asked so where its own link to https fails."""
        etag, modified = (before.etag, before.last_modified) if before else (None, None)
        try:
            return self.fetcher.get(url, kind=kind, etag=etag, last_modified=modified)
        except RobotsForbidden:
            raise
        except FetchError:
            plain = f"http://{url.removeprefix('https://')}"
            if not (url.startswith("https://") and self.start.startswith("http://") and same_site(plain, self.start)):
                raise
            return replace(self.fetcher.get(plain, kind=kind, etag=etag, last_modified=modified), url=url)

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
    """The pages that one run kept, for reading them again without asking the site.

    They are read into ``scratch``, an archive of its own, where each stands without its body; ``origins`` tells which
    page of the archive a page of ``scratch`` is.
    """

    def __init__(self, archive: Archive, crawl_id: int, scratch: Archive) -> None:
        """``crawl_id`` is a run of ``archive``."""
        self.archive, self.kept_in, self.scratch = archive, crawl_id, scratch
        self.origins: dict[int, int] = {}
        self.blog_id: int | None = None
        self.crawl_id: int | None = None

    def attach(self, blog_id: int, crawl_id: int) -> None:
        """Say which run of the scratch archive reads the pages."""
        self.blog_id, self.crawl_id = blog_id, crawl_id

    def get(self, url: str, kind: Kind) -> Page:
        """The page of an address in the run that kept it."""
        stored = self.archive.page_in_crawl(self.kept_in, url)
        if stored is None:
            raise FetchError(url, "was not kept by this run", kind=NOT_KEPT)
        return Page(kind, stored_response(stored), stored.id, reused=True)

    def keep(self, page: Page, outcome: str = "ok") -> Page:
        """Let the page stand in the scratch archive, where posts can refer to it."""
        if page.id is None or page.id in self.origins or self.crawl_id is None:
            return page
        bare = replace(page.response, body=b"", headers={})
        page_id = self.scratch.save_page(bare, page.kind, blog_id=self.blog_id, crawl_id=self.crawl_id, outcome=outcome)
        self.origins[page_id] = page.id
        return replace(page, id=page_id)
