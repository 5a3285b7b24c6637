"""Where a listing prints its dates: texts, attributes, and headings above groups of posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from archiver import dates, words
from archiver.models import RawDate, Where
from archiver.parse import hints
from archiver.parse.chunks import LONGEST, Chunk, text_of, width

DATE_PROPERTIES = frozenset(("datepublished", "datecreated", "pubdate"))
DATE_CLASSES = frozenset(("dt-published", "published", "entry-date"))
MODIFIED_PROPERTIES = frozenset(("datemodified",))
MODIFIED_CLASSES = frozenset(("dt-updated", "modified"))
BETWEEN = "·•|/"
UNMARKED = str.maketrans(dict.fromkeys(BETWEEN, " "))
SPARE_LETTERS = 3  # letters and digits beside a whole date that make it no title
WIDE_LETTER = 1.5  # what a letter of an East Asian script counts of them
MOST_DATES = 50  # of one post: a list of dates without end is none of its own
SHORTEST_SENTENCE = 24  # columns
SENTENCE_ENDS = (".", "。", "!", "?", "！", "？", "…", "।")


class Dater:
    """Finds dates in the texts of one page; remembers what it has scanned already."""

    def __init__(self, language: str | None) -> None:
        """Read month names of ``language`` (a BCP 47 tag) before those of others."""
        self.language = language
        self._known: dict[str, tuple[dates.Printed, ...]] = {}
        self._of: dict[Chunk, list[RawDate]] = {}

    def scan(self, text: str) -> tuple[dates.Printed, ...]:
        """All dates printed in a short text."""
        known = self._known.get(text)
        if known is None:
            known = dates.scan(text, self.language)
            if not known and any(mark in text for mark in BETWEEN):
                known = dates.scan(text.translate(UNMARKED), self.language)
            self._known[text] = known
        return known

    def is_date(self, text: str) -> bool:
        """Whether a text is a date and nothing else but a label, a weekday or a counter."""
        found = self.scan(text)
        if not found:
            return False
        rest = without_dates(text, found)
        letters = sum(WIDE_LETTER if char > "\u2e80" else 1 for char in rest if char.isalnum())
        if letters == 0 or words.label(rest) is not None or words.is_counter(rest):
            return True
        if not any(p.day is not None or p.ago is not None for p in found):
            return False
        return letters <= SPARE_LETTERS or all(map(_is_label, _pieces(text, found)))

    def is_span(self, text: str) -> bool:
        """Whether a text is a month or a year and nothing else."""
        found = self.scan(text)
        return bool(found) and all(p.day is None and p.ago is None for p in found) and self.is_date(text)

    def days(self, text: str) -> tuple[dates.Printed, ...]:
        """The dates in a text that name at least a day, or a time ago."""
        return tuple(p for p in self.scan(text) if p.day is not None or p.ago is not None)

    def of(self, chunk: Chunk) -> list[RawDate]:
        """The dates that a short text prints and its elements declare."""
        known = self._of.get(chunk)
        if known is None:
            known = self._of[chunk] = _dates(chunk, self)
        return known


def date_paths(items: Sequence[Sequence[Chunk]], dater: Dater) -> tuple[str, ...]:
    """The places where at least a third of the items print a date, the most common first."""
    counted: Counter[str] = Counter()
    for chunks in items:
        counted.update({chunk.path for chunk in chunks if dater.of(chunk)})
    needed = max(1, len(items) / 3)
    return tuple(path for path, count in counted.most_common() if count >= needed)


def block_dates(
    chunks: Sequence[Chunk], paths: Sequence[str], dater: Dater
) -> list[tuple[RawDate, HtmlElement | None]]:
    """The dates of one item: at the usual places, else in texts that are all date, else near the usual places."""
    usual = [chunk for chunk in chunks if chunk.path in paths]
    labels = [chunk for chunk in usual if not is_sentence(chunk.text)]
    if any(dater.days(chunk.text) for chunk in labels):
        usual = labels
    alone = [chunk for chunk in chunks if dater.is_date(chunk.text) or _attribute(chunk.element) is not None]
    around = [chunk for chunk in chunks if not is_sentence(chunk.text) and _is_near(chunk.path, paths)]
    for places in (usual, alone, around):
        found = [(raw, marked(chunk)) for chunk in places for raw in dater.of(chunk)]
        if found:
            return found[:MOST_DATES]
    return []


def _is_near(path: str, paths: Sequence[str]) -> bool:
    """Whether a place lies within a usual one or around it: a line that is longer in one item is cut otherwise."""
    return any(path.startswith(f"{usual}/") or usual.startswith(f"{path}/") for usual in paths)


def dates_in(element: HtmlElement, dater: Dater) -> list[RawDate]:
    """All dates that one element declares and prints."""
    return _dates(Chunk(element, "", text_of(element)[:LONGEST]), dater)


def is_sentence(text: str) -> bool:
    """Whether a text that may hold a date or number is prose about something: it ends as sentences do."""
    if width(text) <= SHORTEST_SENTENCE or not any(end in text for end in SENTENCE_ENDS):
        return False
    if len(text) <= LONGEST and words.is_signed(text, fewest=2):
        return False
    plain = words.strip_read_more(text).rstrip("\"'”’»）)")
    return width(plain) > SHORTEST_SENTENCE and plain.endswith(SENTENCE_ENDS)


def inner_headings(
    chunks: Sequence[Chunk], dated: Sequence[tuple[RawDate, HtmlElement | None]], dater: Dater
) -> tuple[RawDate, ...]:
    """The months and years that head an item from within, where its own dates leave them open."""
    if any(p.ago or (p.day and p.month) for raw, _ in reversed(dated) for p in dater.scan(raw.raw)):
        return ()
    return tuple(
        RawDate(chunk.text[p.start : p.end], Where.GROUP, name_of(chunk.element))
        for chunk in chunks
        if dater.is_date(chunk.text)
        for p in dater.scan(chunk.text)
        if p.ago is None and (p.year is None) != (p.month is None)
    )


def marked(chunk: Chunk) -> HtmlElement | None:
    """The element that a label fills; None where it is a text node between others, or a sentence."""
    return None if chunk.path.endswith("text()") or is_sentence(chunk.text) else chunk.element


def _dates(chunk: Chunk, dater: Dater) -> list[RawDate]:
    inner = [] if chunk.path.endswith("text()") else list(chunk.element.iter())
    declared = [(element, said) for element in inner if (said := _attribute(element)) is not None]
    timed = [e for e in chunk.element.iter("time") if e is not chunk.element]
    if not declared and not timed and len(inner) <= 1 and not dater.scan(chunk.text):
        return []
    modified = _is_modified(chunk)
    name = name_of(chunk.element)
    found = [
        RawDate(raw, where, name_of(element), modified or _is_modified_element(element))
        for element, (raw, where) in declared
    ]
    where = Where.TIME_TEXT if chunk.element.tag == "time" or len(timed) == 1 else Where.BLOCK
    if len(timed) > 1:
        own = [(text_of(e), modified or _is_modified_element(e)) for e in timed]
        return found + [raw for text, old in own for raw in _printed(text, Where.TIME_TEXT, name, old, dater)]
    printed = list(_printed(chunk.text, where, name, modified, dater))
    if not printed:
        # A short form such as 11/28/21 is read only where it stands alone.
        parts = {e: text_of(e) for e in inner[1:] if isinstance(e.tag, str) and len(e) == 0}
        printed = [
            raw
            for e, text in parts.items()
            if text and dater.is_date(text)
            for raw in _printed(text, Where.TIME_TEXT if e.tag == "time" else where, name_of(e), modified, dater)
        ]
    return found + printed


def _printed(text: str, where: Where, name: str, modified: bool, dater: Dater) -> Iterator[RawDate]:
    """The dates printed in a short text that name a day, or a month and its year."""
    end = 0
    for printed in dater.scan(text):
        if printed.day is None and printed.ago is None and (printed.month is None or printed.year is None):
            continue
        label = words.date_label(text[end : printed.start])
        old = modified or printed.modified if label is None else label == "updated"
        posted = words.is_posted(text[end : printed.start])
        yield RawDate(text[printed.start : printed.end], where, name, old, posted=posted)
        end = printed.end


def _attribute(element: HtmlElement) -> tuple[str, Where] | None:
    """The date that an element's attributes declare, and how."""
    title = (element.get("title") or "").strip()
    if not (title or element.get("content") or (element.tag == "time" and element.get("datetime"))):
        return None
    declared = hints.properties(element) & (DATE_PROPERTIES | MODIFIED_PROPERTIES)
    classed = "dt-published" in hints.classes(element) or "dt-updated" in hints.classes(element)
    where = Where.DECLARED if declared or classed else Where.TIME_ATTRIBUTE
    if element.tag == "time" and element.get("datetime"):
        return str(element.get("datetime")), where
    if declared and element.get("content"):
        return str(element.get("content")), where
    if title[:4].isdigit() and len(title) <= 40 and dates.parse_attribute(title) is not None:
        return title, Where.TIME_ATTRIBUTE
    return None


def _is_modified(chunk: Chunk) -> bool:
    times = list(chunk.element.iter("time"))
    return _is_modified_element(chunk.element) or (bool(times) and all(map(_is_modified_element, times)))


def _is_modified_element(element: HtmlElement) -> bool:
    if hints.properties(element) & MODIFIED_PROPERTIES:
        return not hints.properties(element) & DATE_PROPERTIES
    classes = {c.lower() for c in hints.classes(element)}
    if classes & (MODIFIED_CLASSES | {"updated"}) and not classes & DATE_CLASSES:
        return True
    return _titled_modified(element.get("title") or "")


def _titled_modified(title: str) -> bool:
    """Whether a tooltip says that its date is that of a change: "Updated 2024-07-31"."""
    return any(words.date_label(title[:length]) == "updated" for length in _word_ends(title))


def _word_ends(text: str) -> list[int]:
    """Where the first words of a text end: a label is short."""
    ends = [place for place, char in enumerate(text[:40]) if not char.isalpha()]
    return ends[:4]


def name_of(element: HtmlElement) -> str:
    """The tag and first class of an element, for the evidence of a date."""
    classes = hints.classes(element)
    return str(element.tag) + (f".{classes[0]}" if classes else "")


def _pieces(text: str, found: Sequence[dates.Printed]) -> list[str]:
    """What a text says before, between and behind the dates found in it."""
    places = [0, *(place for p in found for place in (p.start, p.end)), len(text)]
    return [text[a:b] for a, b in zip(places[::2], places[1::2], strict=True)]


def without_dates(text: str, found: Sequence[dates.Printed]) -> str:
    """A text without the dates found in it."""
    return " ".join(_pieces(text, found))


def _is_label(piece: str) -> bool:
    """Whether what stands beside a date is a label, single letters such as those of weekdays set aside."""
    rest = " ".join(word for word in piece.split() if sum(map(str.isalnum, word)) > 1)
    return not rest or words.label(rest) is not None or words.is_counter(rest)
