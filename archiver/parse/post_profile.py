"""Where a blog's post pages hold the body: learned from a few posts, kept with the blog, found again on each page.

The walk goes down from ``<body>`` through the one child that holds most of what differs from post to post, on all
pages alike, and stops where running text stands. Text that repeats on the pages, links and asides count nothing;
the index excerpt, where given, must stay inside; below a declared body (``articleBody``,
``e-content``) the walk goes on only through wrappers of the whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

from archiver.parse import hints
from archiver.parse.document import Document
from archiver.parse.post_words import BODIES

FLOW = frozenset(
    ("p", "ul", "ol", "pre", "blockquote", "table", "h2", "h3", "h4", "h5", "h6", "dl", "figure", "font", "b", "i", "a")
)
HOLDERS = frozenset(
    (
        *("div", "section", "article", "main", "td", "tr", "tbody", "table", "center", "span", "form", "body"),
        *("content", "font", "amp-story", "dd", "dl", "li", "ul"),
    )
)
ENOUGH = 0.55
WHOLE = 0.97
FLOWING = 0.15
STEPS = 40
PROBE = 12
SEPARATOR = re.compile(r"\s[|\-–—·»«:•_/]\s|[|｜_]")
ALL_BODY = etree.XPath("//body")


@dataclass(frozen=True, slots=True)
class PostProfile:
    """What a few posts taught: the path to the body, title furniture, lines that repeat at a post's edges.

    ``path`` is a chain of steps such as ``div#content > div.post``, each a tag with its id and stable classes.
    """

    path: str = ""
    rule: str = ""
    prefix: str = ""
    suffix: str = ""
    repeated: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, str]:
        """The profile as strings, to be kept with the blog."""
        return {
            "path": self.path,
            "rule": self.rule,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "repeated": "\n".join(self.repeated),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> PostProfile:
        """The profile that ``to_dict`` wrote; unknown keys are ignored, missing ones empty."""
        return cls(
            path=data.get("path", ""),
            rule=data.get("rule", ""),
            prefix=data.get("prefix", ""),
            suffix=data.get("suffix", ""),
            repeated=tuple(filter(None, data.get("repeated", "").split("\n"))),
        )


class Page:
    """One post page measured for the walk: how much text of its own each element holds."""

    def __init__(self, doc: Document, excerpt: str, furniture: frozenset[str], classes: frozenset[str] | None) -> None:
        """Weigh the page's elements; ``furniture`` is text that repeats, ``classes`` the stable ones."""
        self.body: HtmlElement = next(iter(ALL_BODY(doc.root)), doc.root)
        self.classes = classes
        self.probes = probes(excerpt)
        self.furniture = furniture
        self.weight = self._weigh()

    def _weigh(self) -> dict[HtmlElement, int]:
        elements = [each for each in self.body.iter() if isinstance(each.tag, str)]
        raw = self._totals(elements, frozenset())
        half = raw[self.body] / 2
        asides = frozenset(each for each in elements if raw[each] and raw[each] < half and hints.is_aside(each))
        return self._totals(elements, asides)

    def _totals(self, elements: Sequence[HtmlElement], without: frozenset[HtmlElement]) -> dict[HtmlElement, int]:
        totals: dict[HtmlElement, int] = dict.fromkeys(elements, 0)
        for element in reversed(elements):
            own = self._letters(element.text) if element.tag not in ("a", "noscript") else 0
            total = 0 if element.tag in ("a", "noscript", "select") else totals[element] + own
            totals[element] = 0 if element in without else total
            parent = element.getparent()
            if parent is not None and element is not self.body:
                totals[parent] = totals.get(parent, 0) + totals[element] + self._letters(element.tail)
        return totals

    def _letters(self, text: str | None) -> int:
        if not text:
            return 0
        text = text.strip()
        return 0 if text in self.furniture else len(text)

    def own(self, element: HtmlElement) -> int:
        """How much running text stands in the element itself or in its paragraphs."""
        direct = self._letters(element.text) if element.tag != "a" else 0
        for child in element:
            direct += self._letters(child.tail) + (self.weight.get(child, 0) if child.tag in FLOW else 0)
        return direct

    def heaviest(self, element: HtmlElement) -> HtmlElement | None:
        """The child that holds most."""
        return max((child for child in element if self.weight.get(child)), key=lambda c: self.weight[c], default=None)

    def key(self, element: HtmlElement) -> str:
        """The element's step in a path."""
        return step(element, self.classes)

    def holds_excerpt(self, element: HtmlElement) -> bool:
        """Whether the element holds the index excerpt's text, as far as the page does at all."""
        if not self.probes:
            return True
        text = squeezed(element.text_content())
        return all(probe in text for probe in self.present)

    @cached_property
    def present(self) -> tuple[str, ...]:
        """The pieces of the excerpt that stand on the page."""
        text = squeezed(self.body.text_content())
        return tuple(probe for probe in self.probes if probe in text)


def learn_path(posts: Sequence[tuple[Document, str]]) -> tuple[str, str]:
    """The path of the container that holds the body on these pages, and the rule that ended the walk."""
    classes = stable_classes([doc for doc, _ in posts]) if len(posts) > 1 else None
    furniture = repeated_text([doc for doc, _ in posts]) if len(posts) > 1 else frozenset[str]()
    pages = [Page(doc, excerpt, furniture, classes) for doc, excerpt in posts]
    here: list[tuple[Page, HtmlElement]] = [(page, page.body) for page in pages]
    path: list[str] = []
    rule = "learned"
    for _ in range(STEPS):
        if any(_declared(element) for _, element in here):
            rule = "declared"
        below = _descend(here, WHOLE if rule == "declared" else ENOUGH)
        if below is None:
            break
        path.append(below[0][0].key(below[0][1]))
        here = below
    if rule == "learned" and (better := _declared_path(pages, sum(page.weight[element] for page, element in here))):
        return better, "declared"
    return " > ".join(path), rule


def _declared_path(pages: Sequence[Page], walked: int) -> str:
    """The path of the one element that most pages declare as their body, unless it holds next to nothing."""
    alone: list[tuple[Page, HtmlElement]] = []
    for page in pages:
        found = [element for element in page.weight if _declared(element) and page.holds_excerpt(element)]
        if len(found) == 1:
            alone.append((page, found[0]))
    paths = Counter(_path(page, element) for page, element in alone)
    held = sum(page.weight[element] for page, element in alone)
    path, count = paths.most_common(1)[0] if paths else ("", 0)
    return path if count * 5 >= len(pages) * 3 and held * 4 >= walked else ""


def _path(page: Page, element: HtmlElement) -> str:
    above = [parent for parent in element.iterancestors() if parent.tag not in ("html", "body")]
    return " > ".join(page.key(each) for each in (*reversed(above), element))


def _descend(here: list[tuple[Page, HtmlElement]], enough: float) -> list[tuple[Page, HtmlElement]] | None:
    """One step down on all pages, or None where the walk ends; the step must hold ``enough`` of what is above."""
    total = sum(page.weight[element] for page, element in here)
    flowing = sum(page.own(element) for page, element in here)
    if not total or flowing > FLOWING * total:
        return None
    children = [(page, child) for page, element in here if (child := page.heaviest(element)) is not None]
    if not children:
        return None
    key, count = Counter(page.key(child) for page, child in children).most_common(1)[0]
    below = [(page, child) for page, child in children if page.key(child) == key]
    if str(below[0][1].tag) not in HOLDERS or count * 2 < len(here) or not _alone(below):
        return None
    held = sum(page.weight[child] for page, child in below)
    parents = {id(page) for page, _ in below}
    above = sum(page.weight[element] for page, element in here if id(page) in parents)
    inside = sum(page.holds_excerpt(child) for page, child in below)
    return below if held >= enough * above and inside * 2 > len(below) else None


def _alone(below: list[tuple[Page, HtmlElement]]) -> bool:
    """Whether the step is the only one of its kind in most parents, so that its siblings are no parts of the body."""
    crowded = 0
    for page, child in below:
        parent = child.getparent()
        key = page.key(child)
        heavy = page.weight[child] * 0.1
        twins = 0 if parent is None else sum(page.key(o) == key and page.weight.get(o, 0) > heavy for o in parent)
        crowded += twins > 1
    return crowded * 3 <= len(below)


def _declared(element: HtmlElement) -> bool:
    """Whether the page itself calls the element the post's body."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return "articlebody" in (element.get("itemprop") or "").lower().split() or not BODIES.isdisjoint(names)


def find(doc: Document, path: str) -> HtmlElement | None:
    """The element at a learned path, the one with most text where several fit; None when the page has no such."""
    steps = [parsed for each in path.split(" > ") if (parsed := _parse(each))]
    body = next(iter(ALL_BODY(doc.root)), doc.root)
    if not steps:
        return None
    found = [body]
    for tag, identity, classes in steps:
        found = [c for element in found for c in element if _fits(c, tag, identity, classes)]
    if not found and (steps[-1][1] or steps[-1][2]):
        found = [element for element in body.iter(steps[-1][0]) if _fits(element, *steps[-1])]
    return max(found, key=lambda element: len(element.text_content()), default=None)


def _fits(element: HtmlElement, tag: str, identity: str, classes: frozenset[str]) -> bool:
    same = element.tag == tag and (not identity or element.get("id") == identity)
    return same and classes.issubset((element.get("class") or "").split())


def step(element: HtmlElement, classes: frozenset[str] | None = None) -> str:
    """An element as a step of a path: tag, id and classes without those that number or change from post to post."""
    identity = element.get("id") or ""
    parts = [str(element.tag)]
    if _stable(identity):
        parts.append(f"#{identity}")
    names = (element.get("class") or "").split()
    parts += [f".{name}" for name in names if _stable(name) and (classes is None or name in classes)]
    return "".join(parts)


def _parse(text: str) -> tuple[str, str, frozenset[str]] | None:
    head, *classes = text.split(".")
    tag, _, identity = head.partition("#")
    return (tag, identity, frozenset(classes)) if tag else None


def _stable(name: str) -> bool:
    return bool(name) and not any(char.isdigit() or char in " .#>\n" for char in name)


def stable_classes(docs: Sequence[Document]) -> frozenset[str]:
    """The classes that most of these pages use."""
    counted: Counter[str] = Counter()
    for doc in docs:
        names: set[str] = set()
        for element in doc.root.iter():
            names.update((element.get("class") or "").split() if isinstance(element.tag, str) else ())
        counted.update(names)
    return frozenset(name for name, count in counted.items() if count * 5 >= len(docs) * 4)


def repeated_text(docs: Sequence[Document]) -> frozenset[str]:
    """The text nodes that stand on at least half of these pages, two at least."""
    counted = Counter(text for doc in docs for text in {each.strip() for each in doc.root.itertext()})
    needed = max(2, (len(docs) + 1) // 2)
    return frozenset(text for text, count in counted.items() if count >= needed and text)


def title_furniture(titles: Iterable[str]) -> tuple[str, str]:
    """What all page titles begin and end with (the blog's name beside a separator): (prefix, suffix).

    Where every page has the same title, all of it is suffix; without a separator nothing is.
    """
    given = [title for title in titles if title]
    known = list(dict.fromkeys(given))
    if len(known) < 2:
        return ("", known[0]) if len(given) > 1 else ("", "")
    suffix = _common([title[::-1] for title in known])[::-1]
    prefix = _common(known)
    ends = [match.start() for match in SEPARATOR.finditer(suffix)][:1]
    starts = [match.end() for match in SEPARATOR.finditer(prefix)][-1:]
    return prefix[: starts[0]].strip() if starts else "", suffix[ends[0] :].strip() if ends else ""


def _common(titles: Sequence[str]) -> str:
    """What all these begin with."""
    same = 0
    for characters in zip(*titles, strict=False):
        if len(set(characters)) > 1:
            break
        same += 1
    return titles[0][:same]


def probes(excerpt: str) -> tuple[str, ...]:
    """Pieces of an excerpt to look for: from its start, middle and end, without white space."""
    text = squeezed(excerpt)
    if len(text) < PROBE:
        return (text,) if text else ()
    middle = len(text) // 2
    pieces = (text[:PROBE], text[middle : middle + PROBE], text[-PROBE - 6 : -6])
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) == PROBE))


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
