"""Makes the pattern of a listing's blocks out of one that was read in full.

The full reading says which parts of a block are title, date, tags and text; from its HTML and those parts a regular
expression is made that fits the blocks of further pages. Wrapper induction of the kind that RoadRunner began
(Crescenzi, Mecca, Merialdo: VLDB 2001), with a full reader in place of the alignment of pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice, pairwise

from lxml.html import HtmlElement

from archiver.models import Image, RawRecord, Where
from archiver.parse.flat import Item, steps_to
from archiver.parse.markup import ATTRIBUTE, TOKEN, CannotBeTold, Key, Span, href_of, key_of, loosened, spans_of
from archiver.parse.records import Parts
from archiver.parse.template import Kept, Template
from archiver.text import outer_html

LITERAL = frozenset(("class", "rel", "itemprop", "property", "role", "itemtype", "hidden"))
"""Attributes that decide how an element is read; the values of all others may differ from post to post."""
SHORTEST_REPEAT = 4  # characters of a title that is told again in a label
LONGEST_PATTERN = 20_000  # characters: what says so much beside its text is no template
MOST_ENDS = 50  # places behind a button that are tried as its end
TITLE = "(?P<title>[^<>]*)"
AFTER = "{after}"
SPLIT = "(?:<[^<>]*>[^<>]{0,20}?){1,8}?"
LINK = r"<a\b[^<>]*>[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>"
TAG_LIST = r"{unit}(?:[^<>\w]{{0,80}}{unit})*+"
VALUE = r"""(?:"[^"]*"|'[^']*')"""
_CLOSING = re.compile(r"(?:\s*</[^<>]*>)+\s*\Z")
_BOUNDARY = re.compile(r"(?<!\s)\s|<|\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A stretch of a block's HTML that differs from post to post, and the pattern in its place.

    ``runs`` marks one that goes on until what follows it fits.
    """

    start: int
    end: int
    pattern: str
    runs: bool = False


def template_of(
    item: Item, record: RawRecord, parts: Parts, pictures: Sequence[Image], is_own: Callable[[HtmlElement], bool]
) -> Template | None:
    """The template of a block that was read in full; None where its parts cannot be told from its HTML.

    ``pictures`` are all that the block holds, ``is_own`` tells the links to the post.
    """
    try:
        return _Induction(item, record, parts, pictures, is_own).template()
    except CannotBeTold:
        return None


class _Induction:
    """The making of one template."""

    def __init__(
        self,
        item: Item,
        record: RawRecord,
        parts: Parts,
        pictures: Sequence[Image],
        is_own: Callable[[HtmlElement], bool],
    ) -> None:
        self.item, self.record, self.parts, self.pictures, self.is_own = item, record, parts, pictures, is_own
        self.html = outer_html(item.element)
        self.spans = spans_of(self.html, item.element)
        self.starts = {span.start: element for element, span in self.spans.items()}
        self.declared: dict[tuple[HtmlElement, str], str] = {}
        self.named: set[str] = set()
        self.href = href_of(self.tag_of(item.link))
        self.wrappers = set(_wrappers(item.element))

    def tag_of(self, element: HtmlElement) -> str:
        """The start tag of an element."""
        span = self.spans[element]
        return self.html[span.start : span.opened]

    def template(self) -> Template:
        """The template, its pattern compiled."""
        lists = list(self.lists())
        kept, excerpts = self.excerpts()
        slots = sorted((self.title(), *self.dates(), *lists, *excerpts), key=lambda slot: slot.start)
        if any(one.end > other.start for one, other in pairwise(slots)):
            raise CannotBeTold
        return Template(
            re.compile(self.pattern(slots)),
            tuple(self.record.dates),
            len(lists),
            kept,
            self.record.author,
            self.record.read_more is not None,
            self.record.images != self.pictures,
            self.record.evidence,
        )

    def pattern(self, slots: Sequence[Slot]) -> str:
        """The expression that fits the whole block."""
        edges = [0, *(edge for slot in slots for edge in (slot.start, slot.end)), len(self.html)]
        between = [(edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]
        parts = [self.literal(*between[0])]
        for slot, (start, end) in zip(slots, between[1:], strict=True):
            after = self.literal(start, end, bare=True).removeprefix("<") + (r"\Z" if end == len(self.html) else "")
            if slot.runs and not after.strip():
                raise CannotBeTold
            parts.append(slot.pattern.replace(AFTER, after))
            if slot.pattern == TITLE:
                self.named.add("title")
            parts.append(self.literal(start, end))
        if "href" not in self.named or sum(map(len, parts)) > LONGEST_PATTERN:
            raise CannotBeTold
        return "".join(parts)

    def title(self) -> Slot:
        """The slot of the title: all text of its element, or of the one that fills it."""
        element = self.parts.title
        while element is not None and len(element) == 1 and not (element.text or "").strip():
            element = element[0]
        span = self.spans.get(element) if element is not None else None
        if span is None or not self.record.title:
            raise CannotBeTold
        return Slot(span.opened, span.closed, TITLE)

    def dates(self) -> Iterator[Slot]:
        """The slots of dates printed as text; those of attributes are noted in ``declared``."""
        if [raw for raw, _ in self.parts.dates] != list(self.record.dates):
            raise CannotBeTold
        taken: set[int] = set()
        for number, (raw, element) in enumerate(self.parts.dates):
            within = self.item.element if element is None else element
            if raw.where in (Where.DECLARED, Where.TIME_ATTRIBUTE) and self.declare(raw.raw, within, f"d{number}"):
                continue
            start, end = self.printed(raw.raw, self.spans[within], taken)
            taken.add(start)
            split = "<" in self.html[start:end]
            yield Slot(start, end, f"(?P<d{number}>[^<>]{{1,60}}?{SPLIT if split else ''})")

    def printed(self, text: str, span: Span, taken: Collection[int]) -> tuple[int, int]:
        """Where an element prints a text, white space and tags within it set aside."""
        wanted = re.compile(r"(?:\s|<[^<>]*>)+".join(re.escape(escape(word, quote=False)) for word in text.split()))
        for token in TOKEN.finditer(self.html, span.opened, span.closed):
            if not token[0].startswith("<"):
                for match in wanted.finditer(self.html, token.start(), span.closed):
                    if match.start() not in taken and match.start() < token.end():
                        return match.span()
        raise CannotBeTold

    def declare(self, raw: str, element: HtmlElement, group: str) -> bool:
        """Note the attribute within an element that declares a date."""
        for each in element.iter():
            for name in ("datetime", "content", "title"):
                if each.get(name) == raw and (each, name) not in self.declared:
                    self.declared[each, name] = group
                    return True
        return False

    def lists(self) -> Iterator[Slot]:
        """The slots of tags: links that stand side by side, each perhaps in a list's item."""
        rows: list[list[HtmlElement]] = []
        for each in (_unit(link) for link, _, _ in self.parts.tagged):
            if rows and rows[-1][-1].getnext() is each and rows[-1][-1].tag == each.tag:
                rows[-1].append(each)
            else:
                rows.append([each])
        for number, row in enumerate(rows):
            unit = LINK if row[0].tag == "a" else rf"<li\b[^<>]*>\s*{LINK}\s*</li>"
            pattern = f"(?P<t{number}>{TAG_LIST.format(unit=unit)})"
            yield Slot(self.spans[row[0]].start, self.spans[row[-1]].end, pattern)

    def excerpts(self) -> tuple[tuple[Kept, ...], list[Slot]]:
        """The slots of what the excerpt is made of; a button at the end of one is left out of it."""
        runs = self.runs()
        kept: list[Kept] = []
        slots: list[Slot] = []
        for number, run in enumerate(runs):
            first, last = self.spans[run[0]], self.spans[run[-1]]
            single = len(run) == 1 and key_of(run[0]) != ("p", None)
            begin = self.tag(self.tag_of(run[0]), run[0], bare=True) + "[^<]*+" if single else ""
            alone = run is runs[-1] and len(run) == 1
            cut, end = self.removed(first.start, last.end, runs[:-1]) if alone else (last.end, last.end)
            pattern = rf"(?P<k{number}>{begin}(?:<(?!{AFTER})[^<]*+)*+)"
            slots.append(Slot(first.start, cut if cut < last.end else self.past_space(cut), pattern, True))
            if cut < last.end:
                slots.append(Slot(end, last.end, f"(?P<end>{re.escape(self.html[end : last.end])})"))
            place = (steps_to(run[0], self.item.element) or ()) if single and cut == last.end else ()
            among = frozenset[Key]() if single else frozenset(filter(None, map(key_of, run)))
            kept.append(Kept(among, place, sum(1 for _ in run[-1].itersiblings())))
        return tuple(kept), slots

    def past_space(self, place: int) -> int:
        """Where the white space from a place on ends."""
        return len(self.html) - len(self.html[place:].lstrip())

    def runs(self) -> list[list[HtmlElement]]:
        """The kept elements, siblings that follow one another together."""
        rows: list[list[HtmlElement]] = []
        for element in self.parts.kept:
            follows = rows and rows[-1][-1].getnext() is element and not (rows[-1][-1].tail or "").strip()
            if follows and element.tag not in ("div", "section", "article"):
                rows[-1].append(element)
            else:
                rows.append([element])
        return rows

    def removed(self, start: int, end: int, others: Sequence[Sequence[HtmlElement]]) -> tuple[int, int]:
        """Where the part begins and ends that the excerpt lacks of its last element; it stands before closing tags."""
        whole, shown = self.html[start:end], self.record.excerpt_html
        shown = shown.removeprefix("".join(outer_html(element) for run in others for element in run))
        closing = _CLOSING.search(whole)
        if shown == whole or closing is None:
            return end, end
        for boundary in islice(_BOUNDARY.finditer(whole, closing.start()), MOST_ENDS):
            tail = whole[boundary.start() :]
            head = len(shown) - len(tail)
            if 0 < head < boundary.start() and whole[head] == "<" and shown == whole[:head] + tail:
                return start + head, start + boundary.start()
        raise CannotBeTold

    def literal(self, start: int, end: int, bare: bool = False) -> str:
        """The expression for a stretch between slots; a ``bare`` one defines no groups."""
        parts = []
        for match in TOKEN.finditer(self.html, start, end):
            element = self.starts.get(match.start())
            if element is not None:
                parts.append(self.tag(match[0], element, bare))
            else:
                parts.append(match[0] if match[0].startswith("</") else self.text(match[0], bare))
        return "".join(parts)

    def text(self, text: str, bare: bool) -> str:
        """The expression for a label: numbers and white space may differ, the title may be told again."""
        title = escape(self.record.title, quote=False)
        if not bare and "title" in self.named and len(title) >= SHORTEST_REPEAT and title in text:
            return "(?P=title)".join(self.text(part, True) for part in text.split(title))
        return loosened(text)

    def tag(self, tag: str, element: HtmlElement, bare: bool) -> str:
        """The expression for a start tag."""
        if element in self.wrappers:
            return rf"<{element.tag!s}\b[^<>]*>"
        attributes = [
            rf"\s{re.escape(match[1])}" + (f"={self.value(match[1], match[2], element, bare)}" if match[2] else "")
            for match in ATTRIBUTE.finditer(tag)
        ]
        return f"<{element.tag!s}{''.join(attributes)}>"

    def value(self, name: str, quoted: str, element: HtmlElement, bare: bool) -> str:
        """The expression for the value of an attribute."""
        group = self.declared.get((element, name))
        if group is not None and not bare:
            return f'"(?P<{group}>[^"]*)"'
        if name in LITERAL:
            return loosened(quoted)
        if name == "href" and not bare and self.is_own(element):
            return self.own(quoted[1:-1])
        return VALUE

    def own(self, href: str) -> str:
        """The expression for the address of a link to the post itself."""
        rest = href.removeprefix(self.href)
        if not href.startswith(self.href) or (rest and not rest.startswith("#")):
            return '"[^"]*"'
        group = "(?P=href)" if "href" in self.named else '(?P<href>[^"#]*)'
        self.named.add("href")
        return f'"{group}#[^"]*"' if rest else f'"{group}"'


def _wrappers(block: HtmlElement) -> Iterator[HtmlElement]:
    """A block and what alone fills it: their classes may name the one post."""
    yield block
    while len(block) == 1 and not (block.text or "").strip() and block[0].tag != "a":
        block = block[0]
        yield block


def _unit(link: HtmlElement) -> HtmlElement:
    """The element that a list of tags repeats: the link, or the list's item that holds nothing else."""
    parent = link.getparent()
    return parent if parent is not None and parent.tag == "li" and len(parent) == 1 else link
