"""Where a listing goes on: the next index page, the numbering of all of them, and what was never visited.

The evidence, surest first: words that name a direction in time, ``rel``, "next" words, arrows and icons; printed page
numbers; addresses. A numbering that is known outweighs a link that contradicts it (see docs/pager.md).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from archiver import words
from archiver.models import Pager
from archiver.parse.document import Document
from archiver.parse.following import MAX_PAGES, following, merged, missing, seen, trap
from archiver.parse.links import address_kind, is_above
from archiver.parse.numbering import Numbering, from_steps, identity, induce, period, slots
from archiver.parse.pager_links import PagerLink, pager_links
from archiver.parse.pager_marks import descending, marked_number, told_pages

__all__ = ["following", "merged", "missing", "read_pager", "trap"]


@dataclass(frozen=True, slots=True)
class _View:
    """What was seen on one page before deciding: its links, the numbering, the page's own number, what is known."""

    key: str
    links: Sequence[PagerLink]
    visited: Collection[str]
    numbering: Numbering | None = None
    numbered: Mapping[int, str] = field(default_factory=dict)
    current: int | None = None
    told_last: int | None = None
    reverse: bool = False

    def is_new(self, link: PagerLink) -> bool:
        """Whether the link leads neither to this page nor to one that was visited."""
        return link.key != self.key and not seen(link.url, self.visited)

    def number(self, url: str) -> int | None:
        """The page number of an address by the numbering, if there is one."""
        return self.numbering.number(url) if self.numbering else None


def read_pager(
    doc: Document,
    url: str = "",
    *,
    visited: Collection[str] = (),
    posts: Collection[str] = (),
    besides: Collection[HtmlElement] = (),
) -> Pager:
    """Read the pager of a listing page.

    ``url`` is the address the page stands for (the document's own by default), ``visited`` the addresses of index
    pages read before (as served or as ``urls.identity``), ``posts`` the addresses of the posts that the page lists,
    ``besides`` links that are known to be none of the pager's.
    """
    own = url or doc.url
    links = pager_links(doc, posts, besides)
    view = _view(own, links, visited)
    onward = _onward(view, own)
    if onward is None:
        plain = view.numbering is None and not any(link.claim.way for link in links)
        plain = plain and address_kind(own) not in ("tag", "category", "author")
        return (_periods(view, own) if plain else None) or _pager(view, None, "")
    link_url, rule = onward
    if view.numbering is None:
        numbering = from_steps(own, link_url)
        view = replace(view, numbering=numbering, current=numbering.number(own) if numbering else None)
    number = view.number(link_url)
    reverse = view.reverse or (number is not None and view.current is not None and number < view.current)
    return _pager(replace(view, reverse=reverse), link_url, rule)


def _view(own: str, links: Sequence[PagerLink], visited: Collection[str]) -> _View:
    printed = [(link.number, link.url) for link in links if link.number is not None and not _dated(link, own)]
    numbering = induce(printed)
    key = identity(own)
    numbered: dict[int, str] = {}
    if numbering is not None:
        for number, url in printed:
            if numbering.number(url) == number:
                numbered.setdefault(number, url)
        if len(numbered) < 2 and numbering.number(own) is None:
            numbering, numbered = None, {}
    elements = [link.element for link in links if link.number in numbered and link.url == numbered.get(link.number)]
    marked = marked_number(elements)
    current = numbering.number(own) if numbering else None
    reverse = descending([link for link in links if link.number in numbered])
    if reverse or current is None:
        current = marked if marked is not None else current
    if marked is not None and current == 1 and numbered and marked == max(numbered) + 1 and 1 in numbered:
        current, reverse = marked, True
    if numbering is None:
        numbering = _numbering_of_steps(own, links)
        current = numbering.number(own) if numbering else None
    told = told_pages([link for link in links if link.element.getparent() is not None], current)
    return _View(key, links, visited, numbering, numbered, current, told, reverse)


def _numbering_of_steps(own: str, links: Sequence[PagerLink]) -> Numbering | None:
    """The numbering that a claimed link makes with the page's own address; a way back counts if both have numbers."""
    own_keys = {slot.key for slot in slots(own)}
    claimed = [
        link
        for link in links
        if link.claim.way > 0 or (link.claim.way < 0 and any(slot.key in own_keys for slot in slots(link.url)))
    ]
    claimed.sort(key=lambda link: -link.claim.strength * link.claim.way)
    found = (from_steps(own, link.url) for link in claimed if link.key != identity(own))
    return next((numbering for numbering in found if numbering), None)


def _dated(link: PagerLink, own: str) -> bool:
    """Whether a numbered link is a year, or a month or day of a calendar, rather than a page of the listing."""
    if period(link.url) == link.number:
        return True
    key, own_keys = identity(own), {slot.key for slot in slots(own)}
    dated = [slot for slot in slots(link.url) if slot.dated and slot.kind == "plain"]
    return any(key not in slot.bases and slot.key not in own_keys for slot in dated)


def _onward(view: _View, own: str) -> tuple[str, str] | None:
    """The next page and the rule that named it."""
    if view.told_last is not None and view.current == view.told_last and not view.reverse:
        return None
    for link in _claimed(view):
        if view.is_new(link) and _agrees(view, link):
            return link.url, link.claim.rule
    return _by_number(view) or _by_address(view, own) or _alone(view, own)


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
        return None if seen(url, view.visited) or identity(url) == view.key else (url, "number")
    last = _last(view)
    if number < 1 or last is None or not number <= last <= MAX_PAGES:
        return None
    address = view.numbering.address(number)
    return (address, "numbering") if address and not seen(address, view.visited) else None


def _by_address(view: _View, own: str) -> tuple[str, str] | None:
    """A link without any words whose address is this page's with the next number in it."""
    mine = {slot.key: slot for slot in slots(own)}
    for link in view.links:
        if link.claim.way < 0 or link.claim.rule == "disabled" or not view.is_new(link):
            continue
        for slot in slots(link.url):
            before = mine.get(slot.key)
            first = before is None and slot.value == 2 and view.key in slot.bases
            if slot.kind == "page" and (first or (before is not None and slot.value == before.value + 1)):
                return link.url, "address"
    return None


def _alone(view: _View, own: str) -> tuple[str, str] | None:
    """A lone "previous" that leads to a page not visited yet: on some blogs that is the way to older posts.

    Never to a folder that the page lies in, nor to the page without a number: that is the way back to the start. Nor
    where only the head names it and nothing is numbered: heads also tell which page or post was written before.
    """
    back = {link.key: link for link in view.links if link.claim.way < 0 and link.claim.rule in ("previous", "rel")}
    if len(back) != 1 or any(link.claim.way > 0 or link.claim.rule == "newer" for link in view.links):
        return None
    link = next(iter(back.values()))
    number = view.number(link.url)
    backwards = number is not None and view.current is not None and number < view.current
    first = any(link.key in slot.bases for slot in slots(own) if not slot.dated)
    told = any(other.key == link.key and other.element.getparent() is not None for other in view.links)
    if backwards or first or is_above(link.url, own) or not (told or slots(link.url)):
        return None
    return (link.url, "previous, alone") if view.is_new(link) else None


def _periods(view: _View, own: str) -> Pager | None:
    """A pager made of year pages, or of month pages where there are no years; None where there are too few."""
    current = period(own)
    found: dict[int, str] = {}
    for link in view.links:
        when = period(link.url)
        if when is not None and str(when)[:4] in f"{link.text} {link.url}" and 1990 <= int(str(when)[:4]) < 2100:
            found.setdefault(when, link.url)
    for rule, figures in (("years", 4), ("months", 6)):
        chosen = {when: url for when, url in found.items() if len(str(when)) == figures}
        if len(chosen) < 2:
            continue
        on = current if current is not None and len(str(current)) == figures else None
        pager = Pager(rule=rule, current=on, numbered=dict(sorted(chosen.items(), reverse=True)), reverse=True)
        return replace(pager, next=following(pager, own, view.visited))
    return None


def _last(view: _View) -> int | None:
    """The highest page number that the page tells: in words, by a link, or by the link to the last page."""
    ends = [view.number(link.url) for link in view.links if link.step is words.Step.LAST]
    known = [view.told_last, *view.numbered, *ends]
    numbers = [number for number in known if number is not None]
    return max([*numbers, view.current or 0]) if numbers else None


def _pager(view: _View, onward: str | None, rule: str) -> Pager:
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
