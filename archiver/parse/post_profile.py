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

from lxml.html import HtmlElement

from archiver.parse.document import Document
from archiver.parse.post_weights import ALL_BODY, Page
from archiver.parse.post_words import BODIES

HOLDERS = frozenset(
    (
        *("div", "section", "article", "main", "td", "tr", "tbody", "table", "center", "span", "form", "body"),
        *("content", "font", "amp-story", "dd", "dl", "li", "ul"),
    )
)
ENOUGH = 0.55
WHOLE = 0.97
RUNNING = "running text of the page"
FLOWING = 0.15
STEPS = 40
SEPARATOR = re.compile(r"\s[|\-–—·»«:•_/]\s|[|｜_]")


@dataclass(frozen=True, slots=True)
class PostProfile:
    """What a few posts taught: the path to the body, title furniture, lines that repeat at a post's edges.

    ``path`` is a chain of steps such as ``div#content > div.post``, each a tag with its id and stable classes.
    ``cloud`` are tags that every page links: the blog's, not the post's.
    """

    path: str = ""
    rule: str = ""
    prefix: str = ""
    suffix: str = ""
    repeated: tuple[str, ...] = ()
    cloud: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, str]:
        """The profile as strings, to be kept with the blog."""
        return {
            "path": self.path,
            "rule": self.rule,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "repeated": "\n".join(self.repeated),
            "cloud": "\n".join(self.cloud),
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
            cloud=tuple(filter(None, data.get("cloud", "").split("\n"))),
        )


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
    if not path and sum(page.own(page.body) for page in pages) > FLOWING * sum(
        page.weight[page.body] for page in pages
    ):
        return "", RUNNING
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


def _parse(text: str) -> tuple[str, str, frozenset[str]] | None:
    head, *classes = text.split(".")
    tag, _, identity = head.partition("#")
    return (tag, identity, frozenset(classes)) if tag else None


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
