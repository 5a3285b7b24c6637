"""Where a listing goes on: the next index page, the numbering of all of them, and what was never visited.

The evidence, surest first: words that name a direction in time, ``rel``, "next" words, arrows and icons; printed page
numbers; addresses. A numbering that is known outweighs a link that contradicts it (see docs/pager.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archiver import urls, words
from archiver.models import Pager
from archiver.parse.document import Document
from archiver.parse.numbering import Numbering, from_steps, induce, period, slots
from archiver.parse.pager_links import PagerLink, pager_links

RULES = (
    "older",
    "rel",
    "next",
    "arrow",
    "icon",
    "load more",
    "number",
    "address",
    "numbering",
    "previous, alone",
    "years",
    "months",
)
MARKED = frozenset(("current", "active", "selected", "is-current", "is-active", "this-page", "cur", "now"))
MAX_PAGES = 100_000
MAX_DEPTH = 20
MAX_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class _View:
    """What was seen on one page before deciding: its links, the numbering, the page's own number, what is known."""

    key: str
    links: Sequence[PagerLink]
    visited: Collection[str]
    numbering: Numbering | None = None
    numbered: Mapping[int, str] = ()  # type: ignore[assignment]
    current: int | None = None
    told_last: int | None = None
    reverse: bool = False

    def is_new(self, link: PagerLink) -> bool:
        """Whether the link leads neither to this page nor to one that was visited."""
        return link.key != self.key and not _seen(link.url, self.visited)

    def number(self, url: str) -> int | None:
        """The page number of an address by the numbering, if there is one."""
        return self.numbering.number(url) if self.numbering else None


def read_pager(doc: Document, url: str = "", *, visited: Collection[str] = (), posts: Collection[str] = ()) -> Pager:
    """Read the pager of a listing page.

    ``url`` is the address the page stands for (the document's own by default), ``visited`` the addresses of index
    pages read before (as served or as ``urls.identity``), ``posts`` the addresses of the posts that the page lists.
    """
    own = url or doc.url
    links = pager_links(doc, posts)
    view = _view(own, links, visited)
    onward = _onward(view, own)
    if onward is None:
        return _periods(view, own) or _pager(view, own, None, "")
    link_url, rule = onward
    if view.numbering is None:
        numbering = from_steps(own, link_url)
        view = replace(view, numbering=numbering, current=numbering.number(own) if numbering else None)
    number = view.number(link_url)
    reverse = view.reverse or (number is not None and view.current is not None and number < view.current)
    return _pager(replace(view, reverse=reverse), own, link_url, rule)


def following(pager: Pager, url: str, visited: Collection[str]) -> str | None:
    """The page to read after ``url``: the pager's next one, else the first unvisited one that its numbers lead to."""
    if pager.next is not None and urls.identity(pager.next) != urls.identity(url) and not _seen(pager.next, visited):
        return pager.next
    for number in _numbers_from(pager):
        address = page_address(pager, number)
        if address and urls.identity(address) != urls.identity(url) and not _seen(address, visited):
            return address
    return None


def missing(pager: Pager, visited: Collection[str]) -> tuple[str, ...]:
    """The addresses of numbered pages, up to the last, that were never visited; page one only if a link names it."""
    if pager.last is None or pager.last > MAX_PAGES:
        numbers = sorted(pager.numbered)
    else:
        numbers = sorted({*pager.numbered, *(range(2, pager.last + 1) if pager.pattern else ())})
    addresses = (page_address(pager, number) for number in numbers)
    return tuple(address for address in addresses if address and not _seen(address, visited))


def merged(earlier: Pager, later: Pager) -> Pager:
    """What two pages of one listing tell together: the later one's step, the numbers and the last page of both."""
    if earlier.pattern and later.pattern and earlier.pattern != later.pattern:
        return later
    return replace(
        later,
        numbered={**earlier.numbered, **later.numbered},
        last=max((last for last in (earlier.last, later.last) if last is not None), default=None),
        pattern=later.pattern or earlier.pattern,
        origin=later.origin if later.pattern else earlier.origin,
        step=later.step if later.pattern else earlier.step,
        reverse=later.reverse or earlier.reverse,
    )


def page_address(pager: Pager, number: int) -> str | None:
    """The address of a numbered page: as linked, else by the pattern; None if neither tells."""
    if number in pager.numbered:
        return pager.numbered[number]
    value = pager.origin + pager.step * (number - 1)
    return pager.pattern.replace("{n}", str(value)) if pager.pattern and value >= 0 else None


def trap(url: str) -> str | None:
    """Why an address looks like a spider trap (too long, too deep, the same part again and again), None if not."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(url) > MAX_ADDRESS:
        return f"longer than {MAX_ADDRESS} characters"
    if len(segments) > MAX_DEPTH:
        return f"deeper than {MAX_DEPTH} folders"
    if any(segments.count(segment) > 2 and not segment.isdigit() for segment in segments):
        return "the same folder more than twice"
    names = [pair.partition("=")[0] for pair in parts.query.split("&") if pair]
    if len(names) > MAX_DEPTH or any(names.count(name) > 2 for name in names):
        return "the same parameter again and again"
    when = period(url)
    year = when if when is None or when < 10000 else when // 100
    return f"a calendar page of the year {year}" if year is not None and not 1990 <= year < 2100 else None


def _seen(url: str, visited: Collection[str]) -> bool:
    return url in visited or urls.identity(url) in visited


def _numbers_from(pager: Pager) -> Iterator[int]:
    """The page numbers that come after the current one, in the pager's direction."""
    last = min(max([pager.last or 0, *pager.numbered]), max([*pager.numbered, MAX_PAGES]))
    if not pager.pattern:
        known = sorted(pager.numbered, reverse=pager.reverse)
        current = pager.current
        yield from (n for n in known if current is None or (n < current if pager.reverse else n > current))
    elif pager.current is not None:
        yield from range(pager.current - 1, 0, -1) if pager.reverse else range(pager.current + 1, last + 1)


def _view(own: str, links: Sequence[PagerLink], visited: Collection[str]) -> _View:
    printed = [(link.number, link.url) for link in links if link.number is not None and not _dated(link.url, own)]
    numbering = induce(printed)
    key = urls.identity(own)
    numbered: dict[int, str] = {}
    if numbering is not None:
        for number, url in printed:
            if numbering.number(url) == number:
                numbered.setdefault(number, url)
        if len(numbered) < 2 and numbering.number(own) is None:
            numbering, numbered = None, {}
    elements = [link.element for link in links if link.number in numbered and link.url == numbered.get(link.number)]
    marked = _marked(elements, own)
    current = numbering.number(own) if numbering else None
    reverse = _descending([link for link in links if link.number in numbered])
    if reverse or current is None:
        current = marked if marked is not None else current
    if marked is not None and current == 1 and numbered and marked == max(numbered) + 1 and 1 in numbered:
        current, reverse = marked, True
    if numbering is None:
        numbering = _numbering_of_steps(own, links)
        current = numbering.number(own) if numbering else None
    told = _told([link for link in links if link.element.getparent() is not None], current)
    return _View(key, links, visited, numbering, numbered, current, told, reverse)


def _numbering_of_steps(own: str, links: Sequence[PagerLink]) -> Numbering | None:
    """The numbering that a link with a claim makes with the page's own address."""
    claimed = sorted((link for link in links if link.claim.way), key=lambda link: -link.claim.strength * link.claim.way)
    found = (from_steps(own, link.url) for link in claimed if link.key != urls.identity(own))
    return next((numbering for numbering in found if numbering), None)


def _dated(url: str, own: str) -> bool:
    """Whether a numbered link is a day or a month of a calendar rather than a page of the listing."""
    key = urls.identity(own)
    return any(slot.dated and key not in slot.bases and slot.kind == "plain" for slot in slots(url)) and not any(
        slot.dated and slot.key in {s.key for s in slots(own)} for slot in slots(url)
    )


def _descending(links: Sequence[PagerLink]) -> bool:
    """Whether the page numbers stand in falling order, as where the newest page has the highest number."""
    numbers = [link.number for link in links if link.number is not None]
    falling = sum(a > b for a, b in zip(numbers, numbers[1:], strict=False))
    return len(set(numbers)) >= 3 and falling >= 2 and falling > len(numbers) - 1 - falling


def _containers(elements: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """The ancestors of the first link, from near to far, up to the one that holds most of the links."""
    if not elements:
        return
    node = elements[0].getparent()
    for _ in range(4):
        if node is None or node.tag in ("body", "html"):
            return
        yield node
        if sum(any(ancestor is node for ancestor in element.iterancestors()) for element in elements) * 2 > len(elements):
            return
        node = node.getparent()


def _marked(elements: Sequence[HtmlElement], own: str) -> int | None:
    """The number of the page itself as the pager shows it: unlinked among links, or marked as the current one."""
    containers = list(_containers(elements))
    if not containers:
        return None
    linked = set(elements)
    plain: int | None = None
    for element in containers[-1].iterdescendants():
        if not isinstance(element.tag, str) or len(element) > 2:
            continue
        number = words.page_number(" ".join(element.itertext()).strip()) if element.tag != "option" else None
        if number is None:
            continue
        names = frozenset((element.get("class") or "").lower().split())
        if names & MARKED or element.get("aria-current") not in (None, "false"):
            return number
        inner = any(child in linked for child in element)
        if plain is None and element not in linked and not inner and not element.get("href"):
            plain = number
    return plain


def _told(links: Sequence[PagerLink], current: int | None) -> int | None:
    """The number of pages that the pager tells in words ("Page 2 of 16") beside its links."""
    steps = [link.element for link in links if link.claim.way or link.step or link.number is not None]
    for element in steps[:8]:
        node = element.getparent()
        for _ in range(3):
            if node is None or node.tag in ("body", "html", "main"):
                break
            for told in _page_counts(node):
                if current is None or told[0] == current:
                    return told[1]
            node = node.getparent()
    return None


def _page_counts(node: HtmlElement) -> Iterator[tuple[int, int]]:
    for child in node.iterchildren():
        if isinstance(child.tag, str) and child.tag != "a" and child.find(".//a") is None and len(child) <= 4:
            told = words.page_of("".join(child.itertext()).strip())
            if told:
                yield told
        told = words.page_of((child.tail or "").strip())
        if told:
            yield told
    told = words.page_of((node.text or "").strip())
    if told:
        yield told


def _onward(view: _View, own: str) -> tuple[str, str] | None:
    """The next page and the rule that named it."""
    if view.told_last is not None and view.current == view.told_last and not view.reverse:
        return None
    for link in _claimed(view):
        if view.is_new(link) and _agrees(view, link):
            return link.url, link.claim.rule
    return _by_number(view) or _by_address(view, own) or _alone(view)


def _claimed(view: _View) -> list[PagerLink]:
    """The links that claim to lead on: those that the numbering confirms first, then by strength."""
    target = None if view.current is None else view.current + (-1 if view.reverse else 1)

    def rank(link: PagerLink) -> tuple[bool, int]:
        return (target is not None and view.number(link.url) == target, link.claim.strength)

    return sorted((link for link in view.links if link.claim.way > 0), key=rank, reverse=True)


def _agrees(view: _View, link: PagerLink) -> bool:
    """Whether a link that claims to lead on fits the numbering; a strong one may reveal that pages count down."""
    number = view.number(link.url)
    if number is None or view.current is None:
        return True
    if number < 1:
        return False
    if view.reverse:
        return number == view.current - 1
    if number == view.current + 1:
        return True
    if view.numbered:
        return number == view.current - 1 and link.claim.strength >= 4 and view.current + 1 not in view.numbered
    return link.claim.strength >= 3 and (number > view.current or number == view.current - 1)


def _by_number(view: _View) -> tuple[str, str] | None:
    """The neighbour of the current page among the numbers, linked, or continued where the last page is known."""
    if view.numbering is None or view.current is None:
        return None
    number = view.current + (-1 if view.reverse else 1)
    if number in view.numbered:
        url = view.numbered[number]
        return None if _seen(url, view.visited) or urls.identity(url) == view.key else (url, "number")
    last = _last(view)
    if number < 1 or last is None or not number <= last <= MAX_PAGES:
        return None
    address = view.numbering.address(number)
    return (address, "numbering") if address and not _seen(address, view.visited) else None


def _by_address(view: _View, own: str) -> tuple[str, str] | None:
    """A link without any words whose address is this page's with the next number in it."""
    mine = {slot.key: slot for slot in slots(own)}
    for link in view.links:
        if link.claim.way < 0 or not view.is_new(link):
            continue
        for slot in slots(link.url):
            before = mine.get(slot.key)
            first = before is None and slot.value == 2 and view.key in slot.bases
            if slot.kind == "page" and (first or (before is not None and slot.value == before.value + 1)):
                return link.url, "address"
    return None


def _alone(view: _View) -> tuple[str, str] | None:
    """A lone "previous" that leads to a page not visited yet: on some blogs that is the way to older posts."""
    back = {link.key: link for link in view.links if link.claim.way < 0 and link.claim.rule in ("previous", "rel")}
    if len(back) != 1 or any(link.claim.way > 0 for link in view.links):
        return None
    link = next(iter(back.values()))
    number = view.number(link.url)
    backwards = number is not None and view.current is not None and number < view.current
    return (link.url, "previous, alone") if view.is_new(link) and not backwards else None


def _periods(view: _View, own: str) -> Pager | None:
    """A pager made of year pages, or of month pages where there are no years; None where there are too few."""
    current = period(own)
    found: dict[int, str] = {}
    for link in view.links:
        when = period(link.url)
        if when is not None and str(when)[:4] in f"{link.text} {link.url}" and 1990 <= int(str(when)[:4]) < 2100:
            found.setdefault(when, link.url)
    for rule, is_kind in (("years", lambda when: when < 10000), ("months", lambda when: when >= 10000)):
        chosen = {when: url for when, url in found.items() if is_kind(when)}
        if len(chosen) < 2:
            continue
        on = current if current is not None and is_kind(current) else None
        pager = Pager(rule=rule, current=on, numbered=dict(sorted(chosen.items(), reverse=True)), reverse=True)
        return replace(pager, next=following(pager, own, view.visited))
    return None


def _last(view: _View) -> int | None:
    """The highest page number that the page tells: in words, by a link, or by the link to the last page."""
    ends = [view.number(link.url) for link in view.links if link.step is words.Step.LAST]
    known = [view.told_last, *view.numbered, *ends]
    numbers = [number for number in known if number is not None]
    return max([*numbers, view.current or 0]) if numbers else None


def _pager(view: _View, own: str, onward: str | None, rule: str) -> Pager:
    numbering = view.numbering
    return Pager(
        next=onward,
        rule=rule,
        current=view.current,
        last=_last(view),
        numbered=dict(sorted(view.numbered.items())),
        pattern=numbering.pattern if numbering else None,
        origin=numbering.origin if numbering else 1,
        step=numbering.step if numbering else 1,
        reverse=view.reverse,
    )
