"""The links of a page that may be steps of a pager, each with what its words, relation, arrow or icon claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import XPath
from lxml.html import HtmlElement

from archiver import urls, words
from archiver.parse.document import Document
from archiver.parse.numbering import from_steps, identity, period, slots
from archiver.words import Step


@dataclass(frozen=True, slots=True)
class Claim:
    """Which way a link says that it leads (1 on to older posts, -1 back, 0 not said), how surely, by what rule."""

    way: int = 0
    strength: int = 0
    rule: str = ""


NO_CLAIM = Claim()
NOT_TO_USE = Claim(0, 0, "disabled")

STEP_CLAIMS: dict[Step, Claim] = {
    Step.OLDER: Claim(1, 5, "older"),
    Step.NEWER: Claim(-1, 5, "newer"),
    Step.NEXT: Claim(1, 3, "next"),
    Step.PREVIOUS: Claim(-1, 3, "previous"),
    Step.MORE: Claim(1, 1, "load more"),
}
RELATIONS: dict[str, Claim] = {
    "next": Claim(1, 4, "rel"),
    "prev": Claim(-1, 4, "rel"),
    "previous": Claim(-1, 4, "rel"),
}
ARROWS_ON = frozenset("→›»>▶►▸⇒➔➜➡⟶❯⟩〉》≫⏩⯈▷﹥⇨⮕👉")
ARROWS_BACK = frozenset("←‹«<◀◄◂⇐⬅⟵❮⟨〈《≪⏪⯇◁﹤⇦👈")
POINTERS = frozenset(("arrow", "angle", "chevron", "caret", "triangle", "pointer", "icon", "fa", "pager", "page"))
ON_NAMES = frozenset(("next", "older"))
BACK_NAMES = frozenset(("prev", "previous", "newer"))
ADDRESS_ATTRIBUTES = (
    "data-href",
    "data-url",
    "data-next",
    "data-next-url",
    "data-next-page",
    "data-next-href",
    "data-link",
    "data-load-more",
    "data-path",
    "formaction",
)
RIGHT_TO_LEFT = ("ar", "he", "fa", "ur", "yi", "ps")

_OTHERS = XPath(
    "descendant::*[self::button or self::option[@value] or self::a["
    + " or ".join(f"@{name}" for name in ADDRESS_ATTRIBUTES)
    + " or @onclick] or (self::div or self::span or self::li or self::p) and (@onclick or @data-url or @data-href)]"
)
_SCRIPTED = re.compile(r"""(?:location(?:\.href)?\s{0,9}=\s{0,9}|location\.assign\(|open\()['"]([^'"]{1,500})['"]""")
_NAME_PARTS = re.compile(r"[^a-z]+")
_PAGE_HINT = re.compile(r"([0-9]{1,5})(?:\.[a-z]{3,5}|/index\.html?)?/?(?:[?&#]|\Z)")
FEWEST_CONTENTS = 3  # named links of a site's navigation
_MAX_TEXT = 60
_LONG = "x" * (_MAX_TEXT + 1)
DISABLED = frozenset(("disabled", "is-disabled", "invisible", "is-invisible", "inactive", "unavailable", "disable"))


@dataclass(frozen=True, slots=True, eq=False)
class PagerLink:
    """A link that may be a step of a pager: its element, address, identity, text, claim and printed page number."""

    element: HtmlElement
    url: str
    key: str
    text: str
    claim: Claim = NO_CLAIM
    step: Step | None = None
    number: int | None = None
    chosen: bool = False


def pager_links(doc: Document, posts: Collection[str], besides: Collection[HtmlElement] = ()) -> list[PagerLink]:
    """All links of a page that may be steps of its pager, in reading order, those of the head first.

    Buttons, options and scripted elements are asked only where no plain link is a step. Links to other sites, into
    this page, to files and to ``posts`` or pages below them are left out, and those in ``besides``.
    """
    scope = _Scope(doc, posts)
    found = list(_declared(doc, scope))
    arrows = not (doc.language or "").lower().startswith(RIGHT_TO_LEFT)
    for element in doc.root.iter("a", "area"):
        link = None if element in besides else _link(element, element.get("href"), scope, arrows)
        if link is not None:
            found.append(link)
    if not any(link.claim.way or link.number is not None for link in found):
        others = (_link(element, _address(element), scope, arrows) for element in _OTHERS(doc.root))
        found.extend(link for link in others if link is not None)
    return found


class _Scope:
    """Decides which addresses may belong to a page's pager at all."""

    def __init__(self, doc: Document, posts: Collection[str]) -> None:
        self._base = doc.base
        self._origin = urls.origin(doc.base)
        self._site = urls.site_of(doc.url)
        own = _local(doc.url)
        self._posts = tuple(post for post in map(_local, posts) if post and post != own)
        self._successors = {2} | {slot.value + 1 for slot in slots(doc.url)}

    def may_follow(self, href: str) -> bool:
        """Whether an address alone could name the next page, or a year's or month's archive."""
        number, dated = _hinted(href)
        return dated or number in self._successors

    def resolve(self, href: str) -> tuple[str, str] | None:
        """The address and its identity, None where it cannot be a step of the pager."""
        anywhere = href.startswith(("/", "http:", "https:")) and not href.startswith("//")
        url, key, site = _target(self._origin if anywhere else self._base, href)
        if url is None or site != self._site:
            return None
        local = _local(url)
        if local.startswith(self._posts):
            below = (post for post in self._posts if local.startswith(post))
            if any(local[len(post) : len(post) + 1] in ("", "/", "?") for post in below):
                return None
        return url, key


@lru_cache(maxsize=8192)
def _hinted(href: str) -> tuple[int | None, bool]:
    """The number at the end of an address, and whether it is a year's or a month's."""
    number = _PAGE_HINT.search(href)
    return (None, False) if number is None else (int(number[1]), period(href) is not None)


@lru_cache(maxsize=8192)
def _target(base: str, href: str) -> tuple[str | None, str, str]:
    """Address, identity and site that ``href`` leads to from ``base``; no address for what is no page."""
    url = urls.join(base, href)
    if url is None or not urls.is_page_like(url):
        return None, "", ""
    return url, identity(url), urls.site_of(url)


def _local(url: str) -> str:
    """The path and query of an address, without slashes at its end."""
    start = url.find("/", 8)
    return url[start:].rstrip("/") if start >= 0 else ""


def _declared(doc: Document, scope: _Scope) -> Iterator[PagerLink]:
    for relation, claim in RELATIONS.items():
        target = scope.resolve(doc.links.get(relation, ""))
        if target and (from_steps(doc.url, target[0]) or not _is_in_contents(target[1], doc, scope)):
            yield PagerLink(doc.root, *target, text="", claim=claim)


def _is_in_contents(key: str, doc: Document, scope: _Scope) -> bool:
    """Whether the site's navigation lists a page by its name: the pages of a book follow each other, listed or not."""
    for navigation in doc.root.iter("nav"):
        named = [a for a in navigation.iter("a") if any(map(str.isalpha, _text(a))) and words.step(_text(a)) is None]
        targets = [scope.resolve(a.get("href") or "") for a in named] if len(named) >= FEWEST_CONTENTS else []
        if any(target and target[1] == key for target in targets):
            return True
    return False


def _link(element: HtmlElement, href: str | None, scope: _Scope, arrows: bool) -> PagerLink | None:
    href = (href or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    text = _text(element)
    step, number, worded = _reading(text)
    if not worded:
        label = (element.get("aria-label") or element.get("title") or "").strip()
        said, labelled, _ = _reading(label)
        step, number = step or said, labelled if number is None and not text else number
    relation = element.get("rel")
    claim = _claim(element, text, step, arrows) if step or relation or not worded else NO_CLAIM
    if claim is NO_CLAIM and step is None and number is None and not scope.may_follow(href):
        return None
    target = scope.resolve(href)
    if target is None:
        return None
    return PagerLink(element, *target, text, claim, step, number, element.get("selected") is not None)


@lru_cache(maxsize=4096)
def _reading(text: str) -> tuple[Step | None, int | None, bool]:
    """What a text says as a step, as a page number, and whether it has any letter or digit."""
    return words.step(text), words.page_number(text), any(c.isalnum() for c in text)


def _text(element: HtmlElement) -> str:
    """The text of a link in one line; where it is far too long to be a step's, only something as long."""
    if len(element) == 0:
        text = element.text or ""
        return " ".join(text.split()) if len(text) <= 4 * _MAX_TEXT else _LONG
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 4 * _MAX_TEXT:
            return _LONG
    return " ".join("".join(pieces).split())


def _claim(element: HtmlElement, text: str, step: Step | None, arrows: bool) -> Claim:
    """The surest claim: words that name a direction in time, the relation, "next" words, an arrow, an icon."""
    if step is Step.POST:
        return NO_CLAIM
    claim = _said(element, text, step, arrows)
    return NOT_TO_USE if claim.way and _disabled(element) else claim


def _said(element: HtmlElement, text: str, step: Step | None, arrows: bool) -> Claim:
    spoken = STEP_CLAIMS.get(step, NO_CLAIM) if step else NO_CLAIM
    relation = next((RELATIONS[name] for name in (element.get("rel") or "").lower().split() if name in RELATIONS), None)
    if relation and relation.strength > spoken.strength:
        return relation
    if spoken.way or step or any(c.isalnum() for c in text):
        return spoken
    if text:
        return _arrow(text) if arrows else NO_CLAIM
    return _icon(element)


def _disabled(element: HtmlElement) -> bool:
    """Whether the page shows the link as not to be used: pagers keep such steps at their ends."""
    parent = element.getparent()
    for node in (element,) if parent is None or parent.tag == "body" else (element, parent):
        if DISABLED & frozenset((node.get("class") or "").lower().split()) or node.get("aria-disabled") == "true":
            return True
        style = (node.get("style") or "").replace(" ", "").lower()
        if "display:none" in style or "visibility:hidden" in style:
            return True
    return element.get("hidden") is not None or element.get("disabled") is not None


def _arrow(text: str) -> Claim:
    marks = set(text.replace("\ufe0e", "").replace("\ufe0f", "").replace(" ", ""))
    repeated = len(text.strip()) > 1
    if marks <= ARROWS_ON:
        return Claim(1, 1 if repeated else 2, "arrow")
    return Claim(-1, 1 if repeated else 2, "arrow") if marks <= ARROWS_BACK else NO_CLAIM


def _icon(element: HtmlElement) -> Claim:
    """The claim of a link without text: names of its own, of its parent, or of the icon in it."""
    parent = element.getparent()
    ways = {_named(element.get("class") or "", element.get("id") or "")}
    if parent is not None:
        ways.add(_named(parent.get("class") or "", ""))
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str):
            source = (inner.get("src") or "").rpartition("/")[2]
            pointer = inner.get("href") or inner.get("xlink:href") or inner.get("data-icon") or inner.get("name") or ""
            ways.add(_named(inner.get("class") or "", f"{pointer} {source} {inner.get('alt') or ''}"))
    ways.discard(0)
    return Claim(ways.pop(), 2, "icon") if len(ways) == 1 else NO_CLAIM


@lru_cache(maxsize=1024)
def _named(classes: str, names: str) -> int:
    """The way that class names and file names point: "next", "fa-angle-right", "#chevron-left"; 0 for neither."""
    for name in f"{classes} {names}".lower().split():
        parts = frozenset(_NAME_PARTS.split(name))
        pointed = bool(parts & POINTERS)
        if parts & ON_NAMES or (pointed and "right" in parts):
            return 1
        if parts & BACK_NAMES or (pointed and "left" in parts):
            return -1
    return 0


def _address(element: HtmlElement) -> str | None:
    """The address that a button, an option or a scripted element names."""
    if element.tag == "a" and not (element.get("href") or "#").startswith(("#", "javascript:")):
        return None
    value = element.get("value") or ""
    if element.tag == "option" and ("/" in value or value.startswith("?")):
        return value
    for name in ADDRESS_ATTRIBUTES:
        value = element.get(name) or ""
        if "/" in value or value.startswith("?"):
            return value
    scripted = _SCRIPTED.search((element.get("onclick") or "")[:2000])
    return scripted[1] if scripted else None
