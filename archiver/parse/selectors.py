"""Selectors of rules files: CSS by BeautifulSoup's ``select``, XPath after ``xpath:``, attributes after ``@``.

``"h2 a@href, xpath:.//a/@href"`` are two alternatives. CSS is answered on a mirror of the page's tree made of
BeautifulSoup's tags, each of which leads back to its element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import soupsieve
from bs4 import BeautifulSoup, Tag
from bs4.builder import HTMLTreeBuilder
from lxml import etree
from lxml.html import HtmlElement

from archiver.errors import RulesError

XPATH = "xpath:"
SELF = (":scope", "")
MOST = 10_000  # elements that one selector may give
_ATTRIBUTE = re.compile(r"@([A-Za-z_][A-Za-z0-9_:.-]{0,80})\Z")
_OPEN, _CLOSE = "([", ")]"


@dataclass(frozen=True, slots=True)
class Selector:
    """One alternative as written, and its parts: CSS or XPath, and the attribute that is wanted."""

    source: str
    css: str = ""
    xpath: etree.XPath | None = None
    attribute: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What a selector gives: an element, and the string where it asks for one; ``source`` is the selector."""

    element: HtmlElement
    value: str | None
    source: str


def compiled(text: str) -> tuple[Selector, ...]:
    """The alternatives of a selector; ``RulesError`` where one is neither CSS nor XPath."""
    return tuple(_compiled(part) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    """The parts between commas that stand outside of brackets and quotation marks."""
    depth, quote, start = 0, "", 0
    for place, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in _OPEN or char in _CLOSE:
            depth += 1 if char in _OPEN else -1
        elif char == "," and depth == 0:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def _compiled(part: str) -> Selector:
    if not part:
        raise RulesError(cause="an empty selector", hint="take the comma away that nothing stands beside")
    if part.startswith(XPATH):
        return Selector(part, xpath=_xpath(part.removeprefix(XPATH).strip()))
    found = _ATTRIBUTE.search(part)
    css = part[: found.start()].strip() if found else part
    if css not in SELF:
        _check(css)
    return Selector(part, css=css, attribute=found[1] if found else "")


def _xpath(path: str) -> etree.XPath:
    try:
        return etree.XPath(path)
    except etree.XPathError as error:
        raise RulesError(cause=f"{path!r} is not XPath: {error}", hint="within a post, begin with .//") from error


def _check(css: str) -> None:
    try:
        soupsieve.compile(css)
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as error:
        cause = str(error).partition("\n")[0]
        raise RulesError(cause=f"{css!r} is not CSS: {cause}", hint="XPath is written after xpath:") from error


class _Mirror(HTMLTreeBuilder):
    """Builds BeautifulSoup's tree from an lxml one, and remembers which tag stands for which element."""

    def __init__(self, root: HtmlElement) -> None:
        super().__init__()
        self.root = root
        self.tags: dict[HtmlElement, Tag] = {}

    def feed(self, markup: object) -> None:
        """Walk the lxml tree; the markup is not looked at."""
        soup = self.soup
        assert soup is not None
        for event, element in etree.iterwalk(self.root, events=("start", "end", "comment", "pi")):
            if event == "start":
                attributes = {str(name): str(value) for name, value in element.attrib.items()}
                tag = soup.handle_starttag(str(element.tag), None, None, attributes)
                if tag is not None:
                    self.tags[element] = tag
                soup.handle_data(element.text or "")
                continue
            if event == "end":
                soup.handle_endtag(str(element.tag))
            if element is not self.root:
                soup.handle_data(element.tail or "")


class Selection:
    """Answers selectors on one tree."""

    def __init__(self, root: HtmlElement) -> None:
        """Select within ``root``, which must not change meanwhile."""
        self.root = root
        builder = _Mirror(root)
        self._soup = BeautifulSoup("", builder=builder)
        self._tags = builder.tags
        self._elements = {id(tag): element for element, tag in self._tags.items()}

    def each(self, selector: Selector, within: HtmlElement) -> Iterator[Taken]:
        """What one alternative gives below an element, in reading order."""
        if selector.xpath is not None:
            yield from _by_xpath(selector, within)
            return
        for element in [within] if selector.css in SELF else self._by_css(selector.css, within):
            if not selector.attribute:
                yield Taken(element, None, selector.source)
            elif (value := element.get(selector.attribute)) is not None:
                yield Taken(element, value.strip(), selector.source)

    def _by_css(self, css: str, within: HtmlElement) -> Iterator[HtmlElement]:
        tag = self._soup if within is self.root else self._tags.get(within)
        for found in tag.select(css, limit=MOST) if tag is not None else ():
            element = self._elements.get(id(found))
            if element is not None:
                yield element

    def first(self, selectors: Sequence[Selector], within: HtmlElement) -> list[Taken]:
        """What the first alternative that gives anything gives; strings that are empty count as nothing."""
        for selector in selectors:
            found = [taken for taken in self.each(selector, within) if taken.value != ""]
            if found:
                return found
        return []

    def every(self, selectors: Sequence[Selector], within: HtmlElement) -> list[Taken]:
        """What all alternatives give in reading order, each element once: by the first alternative with a string."""
        found: dict[HtmlElement, Taken] = {}
        for selector in selectors:
            for taken in self.each(selector, within):
                if taken.value != "":
                    found.setdefault(taken.element, taken)
        if len(selectors) < 2 or len(found) < 2:
            return list(found.values())
        return [found[element] for element in within.iter() if element in found]


def _by_xpath(selector: Selector, within: HtmlElement) -> Iterator[Taken]:
    assert selector.xpath is not None
    try:
        result = selector.xpath(within)
    except etree.XPathError as error:
        raise RulesError(cause=f"{selector.source!r}: {error}") from error
    for one in result[:MOST] if isinstance(result, list) else [result]:
        if isinstance(one, HtmlElement):
            yield Taken(one, None, selector.source)
        elif isinstance(one, str) and one.strip():
            parent = one.getparent() if hasattr(one, "getparent") else None
            yield Taken(within if parent is None else parent, one.strip(), selector.source)
