"""What a page is that is not what was asked for: gone, refused, a challenge, parked, a login, an empty shell, moved.

A fault never becomes content: its page is kept under the fault's name, and no row is touched by it. Words prove
something only on a page that does not show what is known of the blog; so a page that fits costs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import XPath

from archiver.models import Problem, Response
from archiver.parse.document import MOST_TAGS, Document
from archiver.parse.likeness import MOST, STAYS, TEXT, pieces, shows_post
from archiver.urls import identity, join, site_of
from archiver.words.compare import phrases
from archiver.words.faults import CHALLENGE, CHECKING, LOGIN, NEEDS_SCRIPTS, NOT_FOUND, PARKED

SHORT = 400  # characters: less than a page of posts, or a post, has with all that stands around it
BRIEF = 2500  # characters of a page that is no more than a notice
NOTHING = 40

LATER = "try again later"
COOKIES = "open the site in a browser, export its cookies and use --cookies; a slower --delay may help too"

_NOSCRIPT = XPath("descendant::text()[ancestor::noscript]")
_HEADINGS = XPath("descendant::*[self::h1 or self::h2][position() < 4]")
_PASSWORD = XPath("boolean(//input[translate(@type, 'PASWORD', 'pasword') = 'password'])")
_PICTURES = XPath("boolean(descendant::*[self::img or self::video or self::iframe])")


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known before a page is judged.

    ``sites`` are those it may stand on (empty: any), ``title`` the blog's or the post's own, whose words prove
    nothing; ``fits`` says that the page shows what it should, so that only where it stands is looked at.
    """

    sites: tuple[str, ...] = ()
    title: str = ""
    fits: bool = False


ANYTHING = Expected()


class Look:
    """A page as the tests see it; what costs something is worked out when it is asked for."""

    def __init__(self, response: Response, doc: Document, expected: Expected) -> None:
        """``doc`` is the response, parsed."""
        self.response, self.doc, self.expected = response, doc, expected

    @cached_property
    def text(self) -> str:
        """What can be read without scripts, folded, in single spaces."""
        return _folded(TEXT(self.doc.root))

    @cached_property
    def source(self) -> bytes:
        """The bytes in lower case."""
        return self.response.body[:MOST].lower()

    @cached_property
    def sayings(self) -> frozenset[str]:
        """Title and first headings, whole and in pieces, without those of the blog or post itself."""
        headings = ("".join(each.itertext()) for each in _HEADINGS(self.doc.root))
        said = {piece for text in (self.doc.title, *headings) for piece in pieces(text)}
        return frozenset(said) - frozenset(pieces(self.expected.title))

    @property
    def scripted(self) -> bool:
        """Whether the page holds scripts and little to read."""
        return len(self.text) < SHORT and b"<script" in self.source

    def says(self, whole: Collection[str], inside: Collection[str] = ()) -> bool:
        """Whether a title is one of the phrases ``whole``, or a brief page holds one of ``inside``."""
        if not self.sayings.isdisjoint(whole):
            return True
        return len(self.text) < BRIEF and any(phrase in self.text for phrase in inside)


def _folded(texts: Collection[str]) -> str:
    return " ".join(" ".join(texts)[:MOST].split()).casefold()


_NOT_FOUND, _CHALLENGE = phrases(NOT_FOUND), phrases(CHALLENGE)
_CHECKING, _PARKED, _LOGIN, _SCRIPTS = map(phrases, (CHECKING, PARKED, LOGIN, NEEDS_SCRIPTS))
_COMING_AGAIN = (b"location.reload", b"location.href", b"location.replace", b"location=", b".submit(", b"location =")
_CAPTCHAS = (b"g-recaptcha", b"h-captcha", b"cf-turnstile", b"captcha")
_ASKED_BY_HEADER = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", "challenge"), ("x-amzn-waf-action", "captcha"))
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"RIFF", b"MZ\x90")


def is_challenge(look: Look) -> bool:
    """A check for robots: named so in its title or text, a captcha, a header, or a script that sets a cookie."""
    headers = look.response.headers
    if any(headers.get(name, "").lower() == value for name, value in _ASKED_BY_HEADER):
        return True
    if look.says(_CHALLENGE) and len(look.text) < BRIEF:
        return True
    if len(look.text) < BRIEF and any(phrase in look.text for phrase in _CHECKING):
        return True
    if not look.scripted:
        return False
    sets_cookie = b"document.cookie" in look.source and any(mark in look.source for mark in _COMING_AGAIN)
    return sets_cookie or any(mark in look.source for mark in _CAPTCHAS)


def is_parked(look: Look) -> bool:
    """A domain that is for sale, has expired, or has nothing but its registrar's page."""
    return look.says(_PARKED, _PARKED)


def is_not_found(look: Look) -> bool:
    """A page that says it does not exist, though the status says it does (a "soft 404")."""
    return look.says(_NOT_FOUND)


def is_login(look: Look) -> bool:
    """A form that asks for a password, and little else."""
    if not _PASSWORD(look.doc.root) or len(look.text) >= BRIEF:
        return False
    return len(look.text) < SHORT or look.says(_LOGIN, _LOGIN)


def is_drawn_by_script(look: Look) -> bool:
    """A page without text that scripts are to fill."""
    if not look.scripted:
        return False
    asks = _folded(_NOSCRIPT(look.doc.root)) + look.text
    return len(look.text) < NOTHING or any(phrase in asks for phrase in _SCRIPTS)


def is_empty(look: Look) -> bool:
    """A page on which nothing can be read or seen."""
    return not look.text and not _PICTURES(look.doc.root)


def is_too_deep(look: Look) -> bool:
    """A page nested deeper than a tree can hold, on which nothing was recognised."""
    return look.doc.flattened


@dataclass(frozen=True, slots=True)
class Row:
    """A fault that the page's content shows."""

    kind: str
    test: Callable[[Look], bool]
    cause: str
    hint: str


ROWS = (
    Row("challenge", is_challenge, "a check for robots (captcha or JavaScript challenge), not the page", COOKIES),
    Row("parked", is_parked, "a parked domain: for sale, expired or without content", f"has the blog moved? {STAYS}"),
    Row("soft-404", is_not_found, "a page that says it does not exist, with status 200", f"check the address; {STAYS}"),
    Row("login", is_login, "a login form, not the page", "export your own browser's cookies and use --cookies"),
    Row("needs-scripts", is_drawn_by_script, "an empty shell: looks like a page drawn by JavaScript", ""),
    Row("empty", is_empty, "the page is empty", LATER),
    Row("too-deep", is_too_deep, "nested too deeply to be read", "archiver inspect shows what can be read of it"),
)
SHELL_HINT = "is there a feed or a plain listing page? name that instead"

STATUSES = {
    401: ("refused", "hand on your own cookies with --cookies"),
    403: ("refused", "try a slower --delay, or hand on your own cookies with --cookies"),
    404: ("gone", f"check the address; the blog may have moved; {STAYS}"),
    407: ("refused", "check --proxy"),
    410: ("gone", f"it is gone for good; {STAYS}"),
    429: ("overloaded", "try again later, with a slower --delay"),
    451: ("refused", f"withheld for legal reasons; {STAYS}"),
}


def status_fault(response: Response) -> Problem | None:
    """The fault that a status tells; None for 2xx."""
    if response.ok:
        return None
    kind, hint = STATUSES.get(response.status, ("overloaded" if response.status >= 500 else "status", LATER))
    return Problem(kind, response.url, f"the server answers {response.status}", hint)


def page_fault(response: Response, doc: Document, expected: Expected = ANYTHING) -> Problem | None:
    """Why a page is not what was asked for; None where nothing speaks against it."""
    look = Look(response, doc, expected)
    if not response.ok:
        fault = status_fault(response)
        if fault is not None and fault.kind in ("refused", "overloaded") and is_challenge(look):
            return Problem("challenge", response.url, f"{ROWS[0].cause} (status {response.status})", ROWS[0].hint)
        return fault
    elsewhere = moved_to(response, doc, expected.sites)
    if elsewhere:
        hint = f"if the blog lives there now: archiver crawl {response.url} --moved-to {elsewhere}"
        return Problem("moved", response.url, f"leads to another site: {elsewhere}", hint)
    if problem := not_a_page(response) or too_large(response, doc):
        return problem
    if expected.fits:
        return None
    for row in ROWS:
        if row.test(look):
            return Problem(row.kind, response.url, row.cause, row.hint or SHELL_HINT)
    return None


def moved_to(response: Response, doc: Document, sites: Collection[str]) -> str:
    """The address on another site to which a page leads on, by redirect or refresh; empty if it stays."""
    if not sites:
        return ""
    if site_of(response.final_url) not in sites:
        return response.final_url
    target = refresh_of(doc)
    return target if target and site_of(target) not in sites else ""


def refresh_of(doc: Document) -> str:
    """Where ``<meta http-equiv=refresh>`` sends the reader, absolute; empty if nowhere else."""
    for value in doc.meta.get("refresh", ()):
        _, _, rest = value[:2000].partition("=")
        target = join(doc.base, rest.strip().strip("'\"")) if rest else None
        if target and identity(target) != identity(doc.url):
            return target
    return ""


def is_brief(response: Response, doc: Document) -> bool:
    """Whether there is little to read on a page, as where it only sends its readers on."""
    return len(Look(response, doc, ANYTHING).text) < SHORT


def not_a_page(response: Response) -> Problem | None:
    """The fault of an answer that is no web page: a picture, a download, bytes."""
    kind, start = response.content_type, response.body[:1024]
    named = kind in ("", "text/plain", "application/octet-stream") or any(name in kind for name in ("html", "xml"))
    if named and not start.startswith(_BINARY) and not _is_binary(start):
        return None
    cause = f"not a web page ({kind or 'no content type'}, {len(response.body):,} bytes)"
    return Problem("not-a-page", response.url, cause, "name the address of the blog's listing")


def too_large(response: Response, doc: Document) -> Problem | None:
    """The fault of a page with more tags than are read."""
    if not doc.oversized:
        return None
    cause = f"a page of more than {MOST_TAGS:,} tags ({len(response.body):,} bytes) is not read"
    return Problem("too-large", response.url, cause, "is there a listing in several pages? name that instead")


def _is_binary(start: bytes) -> bool:
    """Bytes with many control characters that are not UTF-16 or UTF-32 text."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or start.count(0) * 3 >= len(start):
        return False
    control = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in start)
    return control * 10 > len(start) > 0


def post_fault(
    response: Response, doc: Document, title: str, *, excerpt: str = "", sites: tuple[str, ...] = (), home: str = ""
) -> Problem | None:
    """Why a post's own page is not that post; None where nothing speaks against it.

    ``title`` and ``excerpt`` are what the listing said; a page that shows either is the post, whatever else it says.
    ``home`` is the blog's start page, to which many sites send those who ask for a page that is gone.
    """
    url = response.url
    shown = response.ok and shows_post(doc, title, excerpt)
    fits = shown and not is_locked(response, doc, excerpt)
    if response.ok and home and identity(response.final_url) == identity(home) != identity(url):
        return Problem("soft-404", url, "leads to the start page instead of the post", STAYS)
    problem = page_fault(response, doc, Expected(() if shown else sites, title, fits))
    if problem is not None and problem.kind == "moved":
        return Problem("moved", url, problem.cause, STAYS)
    return problem


def is_locked(response: Response, doc: Document, excerpt: str) -> bool:
    """Whether a post's page asks for a password instead of showing the post, whose title it may well give."""
    look = Look(response, doc, ANYTHING)
    return is_login(look) and not shows_post(doc, "", excerpt)
