"""Which element of each item is the post's title: what most items of a group agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from lxml.etree import XPath
from lxml.html import HtmlElement

from archiver import urls, words
from archiver.parse import hints
from archiver.parse.chunks import INLINE, Chunk, chunks, text_of
from archiver.parse.dating import Dater
from archiver.parse.groups import Item
from archiver.parse.links import HEADINGS, along, relative_path
from archiver.parse.title_text import Title, is_spelt, repeated_parts, spelt_by, title_text

LONGEST_TITLE = 300
SPELT = 0.5  # share of its words that a title has in common with the post's address
_MAY_DECLARE = XPath("descendant-or-self::*[@itemprop or contains(@class, 'p-name')]")


def titles(items: Sequence[Item], same_post: Callable[[HtmlElement], str | None], dater: Dater) -> list[Title]:
    """The title of each item. ``same_post`` gives the identity of the address that a link element leads to."""
    rule, found = _agreed(items, same_post, dater)
    paths = Counter(relative_path(e, item.element) for e, item in zip(found, items, strict=True) if e is not None)
    usual = paths.most_common(1)[0][0] if paths else None
    labels = repeated_parts(found, [item.url for item in items])
    return [
        _title(item, element, rule, usual, same_post, lambda e: title_text(e, labels, dater), dater)
        for item, element in zip(items, found, strict=True)
    ]


def _title(
    item: Item,
    element: HtmlElement | None,
    rule: str,
    usual: str | None,
    same_post: Callable[[HtmlElement], str | None],
    text_within: Callable[[HtmlElement], tuple[str, tuple[Chunk, ...]]],
    dater: Dater,
) -> Title:
    if element is None and usual:
        element = next((e for e in along(item.element, usual) if _leads_home(e, item, same_post)), None)
    if element is not None:
        text, dated = text_within(element)
        if text and not words.is_read_more(text):
            return Title(element, text[:LONGEST_TITLE], rule, dated)
        image = next((img.get("alt") for img in element.iter("img") if img.get("alt")), None)
        if image:
            return Title(element, image.strip()[:LONGEST_TITLE], "alternative text of the title's picture")
    text, why = _from_attributes(item, same_post, dater)
    if not text and text_of(item.element) == text_of(item.link):
        text, why = text_of(item.link), "date that is all an entry says"
    return Title(element, text[:LONGEST_TITLE], why)


def _leads_home(element: HtmlElement, item: Item, same_post: Callable[[HtmlElement], str | None]) -> bool:
    """Whether all links in and around an element lead to the item's own post."""
    return all(same_post(a) == item.key for a in element.iter("a"))


def _from_attributes(item: Item, same_post: Callable[[HtmlElement], str | None], dater: Dater) -> tuple[str, str]:
    """The title that a link to the post carries as an attribute, or its picture's alternative text."""
    links = [a for a in _links(item.element) if same_post(a) == item.key]
    for name in ("title", "aria-label", "data-title"):
        for link in links:
            value = " ".join((link.get(name) or "").split())
            if value and not words.is_read_more(value) and not words.is_permalink(value):
                return value, f"{name} attribute of the link"
    for link in links:
        for image in link.iter("img"):
            if (image.get("alt") or "").strip():
                return str(image.get("alt")).strip(), "alternative text of the link's picture"
    for link in links:
        text = text_of(link)
        headed = any(parent.tag in HEADINGS for parent in link.iterancestors())
        fitting = 0 < len(text) <= LONGEST_TITLE and "#" not in (link.get("href") or "")
        if fitting and not _is_small_print(text) and (headed or not dater.is_date(text)):
            return text, "text of the link"
    return "", "none"


def _is_small_print(text: str) -> bool:
    """Whether a link's text is a button or a counter: no title."""
    counted = words.is_comments(text) or words.is_counter(text) or words.is_share(text)
    return counted or words.is_read_more(text) or words.is_permalink(text)


def _links(element: HtmlElement) -> list[HtmlElement]:
    return list(element.iter("a"))


def _agreed(
    items: Sequence[Item], same_post: Callable[[HtmlElement], str | None], dater: Dater
) -> tuple[str, list[HtmlElement | None]]:
    """The surest rule that gives a title to at least half of the items."""
    labels = cache(lambda: _labels(items, same_post))
    spelt = cache(lambda: _spelt_place(items, dater))
    finders: tuple[tuple[str, Callable[[Item], HtmlElement | None]], ...] = (
        ("declared name of the entry", _declared),
        ("link in a heading", lambda item: _link_in_heading(item, same_post)),
        ("heading in the link", _heading_in_link),
        ("heading beside the link", lambda item: _heading_beside(item, same_post, labels(), dater, len(items) == 1)),
        ("text of the link", lambda item: _link_text(item, same_post, labels(), dater)),
        ("text of the link that the address spells", lambda item: _at(item, spelt())),
        ("element named title", _named_title),
        ("first text of the link", lambda item: _first_text(item, dater)),
        ("bold text before the link", _bold),
    )
    best: tuple[str, list[HtmlElement | None]] = ("none", [None] * len(items))
    most = 0.0
    for rule, find in finders:
        found = [_unless_date(find(item), dater) for item in items]
        texts = {text_of(e) for e in found if e is not None}
        share = sum(e is not None for e in found) / len(items)
        distinct = len(texts) > max(1, len(items) // 3) or len(items) <= 2
        if share >= 0.5 and distinct:
            return rule, found
        if share > most and distinct:
            best, most = (rule, found), share
    return best


def _unless_date(element: HtmlElement | None, dater: Dater) -> HtmlElement | None:
    """The element, unless all it says is a date: that heads a group or a row and is no title."""
    return None if element is not None and dater.is_date(text_of(element)) else element


def _declared(item: Item) -> HtmlElement | None:
    for element in _MAY_DECLARE(item.element):
        classes = hints.classes(element)
        named = hints.properties(element) & hints.TITLE_PROPERTIES or "p-name" in classes
        if named and (element is item.link or item.link in element.iter() or element in item.link.iter()):
            return element if text_of(element) and element.tag not in ("body", "article") else None
    return None


def _link_in_heading(item: Item, same_post: Callable[[HtmlElement], str | None]) -> HtmlElement | None:
    for heading in item.element.iter(*HEADINGS):
        for link in heading.iter("a"):
            if link is item.link or same_post(link) == item.key:
                return _whole(heading, link)
    return next((item.link for a in item.link.iterancestors() if a.tag in HEADINGS and a is item.element), None)


def _whole(heading: HtmlElement, link: HtmlElement) -> HtmlElement:
    """The link, or its heading where the rest of the heading is no more than a mark around it."""
    return link if text_of(link) or link.get("title") or link.find(".//img") is not None else heading


def _heading_in_link(item: Item) -> HtmlElement | None:
    return next((h for h in item.link.iter(*HEADINGS) if text_of(h)), None)


def _heading_above(
    item: Item, same_post: Callable[[HtmlElement], str | None], dater: Dater, alone: bool
) -> HtmlElement | None:
    """The first heading of an item that is no date, where it leads nowhere else on the site.

    For an item that is ``alone`` on its page, only if its link names no title itself: the heading may be the page's.
    """
    texts = ((h, text_of(h)) for h in item.element.iter(*HEADINGS))
    first = next((h for h, text in texts if text and not dater.is_date(text)), None)
    if first is None:
        return None
    if alone and text_of(item.link) and not _is_small_print(text_of(item.link)):
        return None
    near = (a for a in first.iter("a") if urls.same_site(urls.join(item.url, a.get("href") or "") or "", item.url))
    return None if any(same_post(a) not in (None, item.key) for a in near) else first


def _heading_beside(
    item: Item, same_post: Callable[[HtmlElement], str | None], labels: frozenset[str], dater: Dater, alone: bool
) -> HtmlElement | None:
    """The heading, unless the address spells the link that stands before it: the text has headings of its own."""
    heading = _heading_above(item, same_post, dater, alone)
    link = _link_text(item, same_post, labels, dater)
    if heading is None or link is None:
        return heading
    first = next(element for element in item.element.iter() if element in (heading, link))
    by_link, by_heading = (spelt_by(text_of(element), item.url) for element in (link, heading))
    return None if first is link and by_link >= SPELT > by_heading else heading


def _labels(items: Sequence[Item], same_post: Callable[[HtmlElement], str | None]) -> frozenset[str]:
    """The texts that links of several items share: buttons and badges, not titles."""
    counted: Counter[str] = Counter()
    for item in items:
        counted.update({text_of(a) for a in _links(item.element) if same_post(a) == item.key})
    return frozenset(text for text, count in counted.items() if count > max(1, len(items) // 4))


def _link_text(
    item: Item, same_post: Callable[[HtmlElement], str | None], labels: frozenset[str], dater: Dater
) -> HtmlElement | None:
    links = [item.link, *(a for a in item.element.iter("a") if a is not item.link and same_post(a) == item.key)]
    for link in links:
        if any(isinstance(e.tag, str) and e.tag not in INLINE for e in link.iterdescendants()):
            continue
        text = text_of(link)
        if not text or len(text) > LONGEST_TITLE or text in labels:
            continue
        if not (_is_small_print(text) or dater.is_date(text)):
            return link
    return None


def _named_title(item: Item) -> HtmlElement | None:
    for element in item.element.iter():
        if isinstance(element.tag, str) and hints.tokens(element) & hints.TITLE and 0 < len(text_of(element)) <= 200:
            return element
    return None


def _spelt_place(items: Sequence[Item], dater: Dater) -> tuple[str, str | None] | None:
    """Where most cards that are all link print what their addresses spell: a name above a title stands elsewhere."""
    counted: Counter[tuple[str, str | None]] = Counter()
    for item in items:
        for chunk in chunks(item.link, None):
            if is_spelt(chunk.text, item.url) and not dater.is_date(chunk.text):
                element = _innermost(chunk.element)
                counted[relative_path(element, item.element), element.get("class")] += 1
    place, count = counted.most_common(1)[0] if counted else (None, 0)
    return place if count * 2 >= len(items) else None


def _innermost(element: HtmlElement) -> HtmlElement:
    """The smallest element that says all that an element says."""
    inner = next((child for child in element if isinstance(child.tag, str) and text_of(child)), None)
    return element if inner is None or text_of(inner) != text_of(element) else _innermost(inner)


def _at(item: Item, place: tuple[str, str | None] | None) -> HtmlElement | None:
    """The element of an item at a place that says something."""
    found = along(item.element, place[0]) if place else ()
    return next((e for e in found if place and e.get("class") == place[1] and text_of(e)), None)


def _first_text(item: Item, dater: Dater) -> HtmlElement | None:
    """The first short text of a card that is all link, dates passed over."""
    for chunk in chunks(item.link, None):
        if chunk.text and not dater.is_date(chunk.text) and not _is_small_print(chunk.text):
            return chunk.element
    return None


def _bold(item: Item) -> HtmlElement | None:
    return next((e for e in item.element.iter("strong", "b") if text_of(e)), None)
