"""The values that flow from room to room: frozen, without behaviour, without I/O.

What the page says (``RawRecord``, ``RawDate``: strings as found, with the place) is kept apart from what was
understood (``Record``, ``FoundDate``), so that the second can be made again from the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a fetched page was fetched as (``pages.kind``)."""

    ROBOTS = "robots"
    LISTING = "listing"
    ARCHIVE_LIST = "archive-list"
    POST = "post"
    FEED = "feed"
    SITEMAP = "sitemap"
    PROBE = "probe"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of a server. ``headers`` have lower-case names; 304 is a status like another, with an empty body."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime

    @property
    def ok(self) -> bool:
        """Whether the body is what was asked for (2xx)."""
        return 200 <= self.status < 300

    @property
    def content_type(self) -> str:
        """The media type in lower case without parameters, or an empty string."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded bytes: the encoding used (Python's name), who said so, and how many characters were replaced."""

    value: str
    encoding: str
    source: str
    replaced: int = 0


class Where(StrEnum):
    """The place a date was found in, from the blog's own hand to mere estimate."""

    DECLARED = "declared"  # h-entry dt-published, itemprop datePublished, JSON-LD
    TIME_ATTRIBUTE = "time@datetime"
    TIME_TEXT = "time"
    BLOCK = "block"  # printed in the post's block
    GROUP = "group heading"  # printed above a group of posts
    URL = "url"
    ARCHIVE_LIST = "archive list"
    FEED = "feed"
    POST = "post page"
    NEIGHBOURS = "neighbours"


class Precision(StrEnum):
    """How fine a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class RawDate:
    """A string that may hold a date, as the page printed it, and where.

    ``modified`` marks a date that the page calls updated or modified. ``hint`` is what the evidence says of the
    place ("span.date", "meta article:published_time"). ``read`` is the same date in a form that is read without doubt
    (``2019-03-06``, ``6 March``), where the user's own date formats say what the string means. ``posted`` marks a date
    that the page calls that of publication.
    """

    raw: str
    where: Where
    hint: str = ""
    modified: bool = False
    read: str = ""
    posted: bool = False


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with its evidence. ``value`` is ISO 8601 (date or date-time as the blog meant it), None if unknown.

    ``value`` has the length of its precision: ``2019``, ``2019-03``, ``2019-03-06``, ``2019-03-06T10:00+08:00``.
    """

    value: str | None = None
    precision: Precision | None = None
    rule: str = ""
    raw: str = ""
    where: Where | None = None
    note: str = ""


UNKNOWN_DATE = FoundDate()

GUESSED = "guess"
"""An evidence of this beginning marks a value that stands in for one that nobody gives."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a post, in reading order: absolute address of the best candidate, alternative text, caption."""

    url: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A post as one listing shows it: strings as found, each with the rule that found it in ``evidence``.

    ``excerpt`` is the plain text of ``excerpt_html``; None asks for it to be made.
    """

    url: str
    title: str = ""
    dates: tuple[RawDate, ...] = ()
    excerpt_html: str = ""
    excerpt: str | None = None
    images: tuple[Image, ...] = ()
    read_more: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    category: str | None = None
    sticky: bool = False
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """An expected failure: short name, address, cause, what to try."""

    kind: str
    url: str
    cause: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a listing goes on, all addresses absolute.

    ``next`` is the following page, ``rule`` what named it. ``numbered`` maps the page numbers that the pager
    links to their addresses, ``current`` and ``last`` are numbers where the pager tells them, ``pattern`` is an
    address with ``{n}`` that fits all of ``numbered``: page ``k`` has ``origin + step * (k - 1)`` in its place
    (offsets count posts, some pagers count from zero). ``reverse`` marks a pager that counts down from the newest.
    """

    next: str | None = None
    rule: str = ""
    current: int | None = None
    last: int | None = None
    numbered: Mapping[int, str] = field(default_factory=dict)
    pattern: str | None = None
    reverse: bool = False
    origin: int = 1
    step: int = 1


@dataclass(frozen=True, slots=True)
class Label:
    """A post as a feed, sitemap or archive list names it: free evidence for a listing's records."""

    url: str
    title: str = ""
    date: RawDate | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    summary_html: str = ""
    content_html: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the blog's own title and language, and its entries, newest first as given."""

    url: str
    title: str = ""
    language: str = ""
    entries: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A post as understood. ``text`` and ``content_html`` are None until the post's own page was read."""

    url: str
    title: str
    published: FoundDate = UNKNOWN_DATE
    excerpt: str = ""
    excerpt_html: str = ""
    images: tuple[Image, ...] = ()
    read_more: str | None = None
    author: str | None = None
    category: str | None = None
    series: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    text: str | None = None
    content_html: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)

    @property
    def captions(self) -> str:
        """The captions of the pictures, one a line, without repeats: what search looks through."""
        return "\n".join(dict.fromkeys(image.caption for image in self.images if image.caption))


@dataclass(frozen=True, slots=True)
class RawPost:
    """A post as its own page shows it: strings as found."""

    url: str
    canonical: str | None = None
    title: str = ""
    dates: tuple[RawDate, ...] = ()
    author: str | None = None
    category: str | None = None
    series: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    content_html: str = ""
    text: str = ""
    images: tuple[Image, ...] = ()
    next_part: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """How a listing's records were recognised on one page, to read further pages of the same shape.

    ``item`` is the tag path from the root to a record (``html/body/main/article``), ``link`` the one from the record
    to the permalink, empty where that is the record itself. ``flat`` marks records without a container (a heading and
    what follows it).
    """

    item: str
    link: str
    flat: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A group of links that was not read as posts: its tag path, how many links, score and the reasons."""

    path: str
    links: int
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a listing as read: its records in order, the pager, what was learned, what was passed over."""

    url: str
    records: tuple[RawRecord, ...] = ()
    pager: Pager = Pager()
    profile: Profile | None = None
    rejected: tuple[Rejected, ...] = ()


class Verdict(StrEnum):
    """What storing a record did."""

    NEW = "new"
    REVISED = "revised"  # the blog changed what it had said: a revision was written
    COMPLETED = "completed"  # something unknown, guessed or coarse is known better now
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """What storing one record did, and to which fields."""

    post_id: int
    verdict: Verdict
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageResult:
    """One step of a crawl, for the progress bar, the tests and the command line.

    ``number`` counts the steps of this ``kind`` from 1, ``of`` is how many are expected, None where that is not
    known yet. ``size`` is the body's bytes, ``reused`` says that no request was needed or a 304 answered it.
    """

    kind: Kind
    url: str
    number: int
    of: int | None = None
    changes: tuple[Change, ...] = ()
    problem: Problem | None = None
    size: int = 0
    reused: bool = False
    note: str = ""
