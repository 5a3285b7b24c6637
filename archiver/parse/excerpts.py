"""What a listing shows of a post's text: the item without its title, date, byline, tags, buttons and counters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from lxml.html import HtmlElement

from archiver import urls, words
from archiver.parse import hints
from archiver.parse.buttons import drop_passing_on, drop_read_more, has_media
from archiver.parse.chunks import LONGEST, LONGEST_PIECE, Chunk, chunks, short_text, text_of, texts_of
from archiver.parse.dating import Dater, is_sentence
from archiver.parse.groups import Item, own_class
from archiver.parse.links import HEADINGS, address_kind

PROSE_LETTERS = 30  # letters around a link that make it part of a sentence
DROPPED = ("form", "button", "nav", "script", "style", "input", "select", "iframe", "noscript", "svg", "hr")
FULL_STOPS = "。！？।"  # unlike those of the Latin script they stand in no name
_DIGITS = re.compile(r"\d+")


class Noise:
    """Knows the short texts that belong to a listing's furniture: those that many of its items repeat."""

    def __init__(self, items: Sequence[Sequence[Chunk]], blocks: Sequence[HtmlElement], dater: Dater) -> None:
        """Learn from the short texts and the text nodes of all items of a page."""
        needed = max(2, len(items) * 0.4)
        self._repeated = _common(([chunk.text for chunk in found] for found in items), needed)
        self._everywhere = _common(([chunk.text for chunk in found] for found in items), max(3, len(items) * 0.8), str)
        self._between = _common((map(str.strip, texts_of(block)) for block in blocks), needed)
        self._texts = {own_class(e) for block in blocks for e in block.iter("div", "section") if _is_text(e)}
        self._dater = dater
        self._prose: dict[HtmlElement | None, bool] = {}

    def in_prose(self, link: HtmlElement) -> bool:
        """Whether a link stands in a sentence of the post's own, not in a line that all items have alike."""
        parent = link.getparent()
        if parent not in self._prose:
            self._prose[parent] = parent is not None and self._is_prose(parent)
        return self._prose[parent]

    def _is_prose(self, parent: HtmlElement) -> bool:
        loose = map(str.strip, _outside_links(parent))
        own = (text for text in loose if not self.between(text) and not self._dater.days(text[:LONGEST]))
        letters = sum(sum(map(str.isalpha, text)) for text in own)
        return letters > PROSE_LETTERS

    def between(self, text: str) -> bool:
        """Whether a text node beside marked elements is one of those that join them: "posted by", "in"."""
        if len(text) > LONGEST or _mask(text) not in self._between:
            return False
        return not is_sentence(text) or text in self._everywhere

    def holds_text(self, element: HtmlElement) -> bool:
        """Whether elements of this class hold paragraphs elsewhere on the page, whatever the class is called."""
        return bool(element.get("class")) and own_class(element) in self._texts

    def all_of(self, element: HtmlElement) -> bool:
        """Whether an element holds short texts that are furniture one by one, or links behind a repeated label."""
        parts = chunks(element, None)
        if len(parts) > 1 and all(
            self.between(part.text) or self(part.element, part.text) for part in parts if part.text
        ):
            return True
        loose = [text for text in map(str.strip, _outside_links(element)) if any(c.isalnum() for c in text)]
        linked = next((a for a in element.iter("a") if text_of(a)), None) is not None
        return linked and bool(loose) and all(len(text) <= LONGEST and _mask(text) in self._between for text in loose)

    def __call__(self, element: HtmlElement, text: str) -> bool:
        """Whether a short text is a date, a counter, a label, a button, or repeated from item to item."""
        if words.is_read_more(text) or is_label(text):
            return True
        if (
            len(text) <= LONGEST
            and _mask(text) in self._repeated
            and (not is_sentence(text) or text in self._everywhere)
        ):
            return True
        signed = words.is_signed(text, fewest=2) and not is_sentence(text) and self._dater.days(text)
        if signed or self._dater.is_date(text):
            return True
        named = hints.tokens(element) & hints.META and not hints.tokens(element) & hints.BODY
        return bool(named) and (bool(self._dater.days(text)) or _only_links(element))


@dataclass(frozen=True, slots=True)
class _Marked:
    """What is known of a post: furniture, title, what holds them, what holds the title or is above it, the address."""

    furniture: Collection[HtmlElement]
    holders: Collection[HtmlElement]
    titled: Collection[HtmlElement]
    above: Collection[HtmlElement]
    own: str


@dataclass(frozen=True, slots=True, eq=False)
class Excerpt:
    """Copies of what an item shows of its post in a ``body`` of their own, and the elements they were made of."""

    block: HtmlElement
    kept: tuple[HtmlElement, ...]


def excerpt(
    item: Item,
    title: HtmlElement | None,
    furniture: Collection[HtmlElement],
    noise: Noise,
    is_own: Callable[[HtmlElement], bool],
) -> Excerpt:
    """What an item shows of its post's text and pictures.

    ``furniture`` are elements already understood as date, byline or tags; ``is_own`` tells links to the post itself.
    """
    marked = {title, *furniture} if title is not None else set(furniture)
    holders = {ancestor for element in marked for ancestor in element.iterancestors()}
    block = item.element.makeelement("body")
    titled = set() if title is None else {title, *title.iterancestors()}
    kept: list[HtmlElement] = []
    marks = _Marked(marked, holders, titled | {item.element}, _above(item.element, title), item.url)
    _keep(item.element, block, marks, noise, kept, in_body=False)
    drop_read_more(block, is_own)
    drop_passing_on(block, item.url)
    return Excerpt(block, tuple(kept))


def _keep(
    element: HtmlElement,
    block: HtmlElement,
    marks: _Marked,
    noise: Noise,
    kept: list[HtmlElement],
    in_body: bool,
) -> None:
    if not isinstance(element.tag, str) or element in marks.furniture or element.tag in DROPPED:
        return
    body = in_body or (element not in marks.titled and _is_body(element))
    if element not in marks.holders:
        text = short_text(element)
        short = text is not None
        if element in marks.above and (element.tag in HEADINGS or _is_overline(text)):
            return
        if not body and text and (noise.between(text) or noise(element, text) or noise.all_of(element)):
            return
        body = body or noise.holds_text(element)
        if ((text or not short) and not _is_furniture(element, body, short, marks.own)) or has_media(element):
            copy = deepcopy(element)
            copy.tail = None
            block.append(copy)
            kept.append(element)
        return
    _keep_text(element.text, block, element, noise)
    for child in element:
        _keep(child, block, marks, noise, kept, body)
        _keep_text(child.tail, block, element, noise)


def _above(block: HtmlElement, title: HtmlElement | None) -> set[HtmlElement]:
    """What stands before the title of a block where that is a heading: the page's own heading, a topic."""
    if title is None or not any(e.tag in HEADINGS for e in (title, *title.iterancestors())):
        return set()
    return set(takewhile(lambda element: element is not title, block.iter()))


def _is_overline(text: str | None) -> bool:
    """Whether a text above a title is as short as the topic that is printed there."""
    return bool(text) and text is not None and len(text) <= LONGEST_PIECE and not is_sentence(text)


def _outside_links(element: HtmlElement) -> Iterator[str]:
    """The text nodes of an element that stand in no link."""
    if element.tag == "a" or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _outside_links(child)
        yield child.tail or ""


def _keep_text(text: str | None, block: HtmlElement, element: HtmlElement, noise: Noise) -> None:
    """Keep a text node between elements, where it is more than a separator or a label."""
    value = (text or "").strip()
    if len(value) < 2 or not any(c.isalpha() for c in value) or noise.between(value) or noise(element, value):
        return
    if len(block):
        block[-1].tail = (block[-1].tail or "") + (text or "")
    else:
        block.text = (block.text or "") + (text or "")


def _is_body(element: HtmlElement) -> bool:
    names = hints.tokens(element)
    declared = hints.properties(element) & hints.BODY_PROPERTIES
    return bool(declared) or bool({"e-content", "p-summary", "entry-content", "excerpt", "summary"} & names)


def _is_furniture(element: HtmlElement, body: bool, short: bool, own: str) -> bool:
    """Whether an element is a list of links to tags, authors and the like, or marked as beside the text."""
    if body:
        return False
    if _only_links(element) or _are_others(element, own):
        return True
    return short and bool(hints.tokens(element) & (hints.META | hints.ASIDE)) and not _is_body(element)


def is_label(text: str) -> bool:
    """Whether a text is a counter, a badge, a button to share, or a label of what is shown elsewhere."""
    known = words.is_counter(text) or words.is_comments(text) or words.is_share(text) or words.is_sticky(text)
    return known or words.label(text) is not None or _is_labelled(text)


def _is_labelled(text: str) -> bool:
    """Whether a text is a label and what it announces: "Categories: boats, ropes"."""
    label, colon, rest = text.replace("：", ":").partition(":")
    announced = colon and len(text) <= LONGEST and words.label(f"{label}:") is not None
    return bool(announced) and not is_sentence(rest) and not any(end in rest for end in FULL_STOPS)


def _only_links(element: HtmlElement) -> bool:
    """Whether all the text of an element is that of links to tags, categories, authors or pages."""
    links = list(element.iter("a"))
    if not links:
        return False
    kinds = [address_kind(a.get("href") or "") for a in links]
    if not all(kinds):
        return False
    linked = sum(len(text_of(a)) for a in links)
    return linked * 10 >= len(text_of(element)) * 5


def _is_text(element: HtmlElement) -> bool:
    """Whether an element named as small print holds a paragraph that is prose."""
    if not hints.tokens(element) & hints.META:
        return False
    return any(
        (text := text_of(child)) and len(text) > LONGEST // 2 and is_sentence(text)
        for child in element.iterchildren("p")
    )


def _are_others(element: HtmlElement, own: str) -> bool:
    """Whether all that an element says are links to other posts, their addresses formed as the post's own."""
    links = [urls.join(own, a.get("href") or "") or "" for a in element.iter("a")]
    if not links or any(map(str.isalnum, "".join(_outside_links(element)))):
        return False
    alike = all(urls.same_site(url, own) and urls.path_shape(url) == urls.path_shape(own) for url in links)
    return alike and urls.identity(own) not in map(urls.identity, links)


def all_chunks(items: Sequence[Item], titles: Sequence[HtmlElement | None]) -> list[list[Chunk]]:
    """The short texts of each item."""
    return [chunks(item.element, title) for item, title in zip(items, titles, strict=True)]


def _common(texts: Iterable[Iterable[str]], needed: float, mask: Callable[[str], str] | None = None) -> frozenset[str]:
    """The short texts that so many items have, digits masked unless otherwise said."""
    counted: Counter[str] = Counter()
    for found in texts:
        counted.update({(mask or _mask)(text) for text in found if 0 < len(text) <= LONGEST})
    return frozenset(text for text, count in counted.items() if count >= needed)


@lru_cache(maxsize=4096)
def _mask(text: str) -> str:
    return _DIGITS.sub("0", text).casefold()
