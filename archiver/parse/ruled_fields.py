"""The fields of a post as the user's selectors give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from lxml.etree import SubElement
from lxml.html import Element, HtmlElement

from archiver import urls, words
from archiver.models import Image, RawDate, RawRecord, Where
from archiver.parse.buttons import drop_read_more
from archiver.parse.chunks import text_of
from archiver.parse.dating import Dater, dates_in
from archiver.parse.images import best_of_set, images
from archiver.parse.selectors import Selection, Selector, Taken
from archiver.text import inline, inner_html

FIELDS = ("title", "date", "excerpt", "read_more", "image", "caption", "tags", "author")
MOST_DATES = 5
LONGEST = 200  # characters of a text that is held against a date format
MONTHS = "January February March April May June July August September October November December".split()
WITH_YEAR = ("%Y", "%y", "%G", "%c", "%x")
WITH_DAY = ("%d", "%j", "%c", "%x", "%u", "%w", "%a", "%A")
WITH_TIME = ("%H", "%I", "%c", "%X")


@dataclass(frozen=True, slots=True)
class Field:
    """The selectors of one field, and the item it is looked for in."""

    selection: Selection
    selectors: Sequence[Selector]
    item: HtmlElement
    found: dict[bool, list[Taken]] = field(default_factory=dict)

    @property
    def first(self) -> list[Taken]:
        """What the first alternative gives that gives anything."""
        if False not in self.found:
            self.found[False] = self.selection.first(self.selectors, self.item)
        return self.found[False]

    @property
    def every(self) -> list[Taken]:
        """What all alternatives give, each element once, in reading order."""
        if True not in self.found:
            self.found[True] = self.selection.every(self.selectors, self.item)
        return self.found[True]

    @property
    def marked(self) -> list[HtmlElement]:
        """The elements of the first alternative, but for the item itself."""
        return [taken.element for taken in self.first if taken.element is not self.item]

    @property
    def rule(self) -> str:
        """The selector that gave something, as evidence."""
        return f"rules: {self.first[0].source}" if self.first else NOTHING


def link_of(element: HtmlElement) -> HtmlElement:
    """The link that an element is, holds or stands in; the element itself where there is none."""
    if element.tag == "a":
        return element
    inside = next(iter(element.iter("a")), None)
    if inside is not None:
        return inside
    return next((above for above in element.iterancestors() if above.tag == "a"), element)


def ruled(record: RawRecord, fields: Mapping[str, Field], base: str, dater: Dater, formats: Sequence[str]) -> RawRecord:
    """The record with every field that a rule is given for as the rule gives it."""
    values = {name: read(fields[name], base) for name, read in READERS.items() if name in fields}
    if "date" in fields:
        grouped = tuple(raw for raw in record.dates if raw.where is Where.GROUP)
        values["date"] = (*_dates(fields["date"], dater, formats), *grouped)
    if "image" in fields or "caption" in fields:
        values["image"] = _images(fields, base)
    if "excerpt" in fields:
        record = replace(record, excerpt=None)
    rules = {name: fields[name].rule if value else NOTHING for name, value in values.items() if name in fields}
    if "caption" in fields:
        rules["caption"] = fields["caption"].rule
    changes: dict[str, Any] = {RECORD_FIELDS.get(name, name): value for name, value in values.items()}
    return replace(record, **changes, evidence={**record.evidence, **rules})


RECORD_FIELDS = {"excerpt": "excerpt_html", "date": "dates", "image": "images"}
NOTHING = "rules: nothing found"


def text(taken: Taken) -> str:
    """The string a selector gives, or the element's text on one line."""
    return " ".join(taken.value.split()) if taken.value is not None else inline(taken.element)


def _title(one: Field, base: str) -> str:
    for taken in one.first:
        found = text(taken)
        picture = next(iter(taken.element.iter("img")), None) if taken.value is None and not found else None
        if picture is not None:
            found = " ".join((picture.get("alt") or "").split())
        if found:
            return found
    return ""


def _excerpt(one: Field, base: str) -> str:
    """The HTML of what the elements hold, without a link that only leads on."""
    chosen = {taken.element for taken in one.first}
    block = Element("div")
    for taken in one.first:
        if taken.value is not None:
            SubElement(block, "p").text = taken.value
        elif not any(above in chosen for above in taken.element.iterancestors()):
            copy = deepcopy(taken.element)
            copy.tail = None
            block.append(copy)
    drop_read_more(block, lambda link: True)
    return inner_html(block)


def _read_more(one: Field, base: str) -> str | None:
    for taken in one.first:
        href = taken.value if taken.value is not None else link_of(taken.element).get("href")
        if href and (url := urls.join(base, href)):
            return url
    return None


def _author(one: Field, base: str) -> str | None:
    names = (text(taken) for taken in one.first)
    return next((words.strip_byline(name) or name for name in names if name), None)


def _tags(one: Field, base: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for taken in one.every:
        parts = taken.value.split(",") if taken.value is not None else [inline(taken.element)]
        found.update(dict.fromkeys(name for part in parts if (name := part.strip().lstrip("#＃").strip())))
    return tuple(found)


READERS: Mapping[str, Callable[[Field, str], object]] = {
    "title": _title,
    "excerpt": _excerpt,
    "read_more": _read_more,
    "author": _author,
    "tags": _tags,
}


def _dates(one: Field, dater: Dater, formats: Sequence[str]) -> list[RawDate]:
    """The dates that the elements declare and print, read by the formats where one fits."""
    found: list[RawDate] = []
    for taken in one.first[:MOST_DATES]:
        where = Where.BLOCK if taken.value is None else Where.TIME_ATTRIBUTE
        raw = " ".join((text_of(taken.element) if taken.value is None else taken.value).split())[:LONGEST]
        read = next((form for pattern in formats if (form := formatted(raw, pattern))), "")
        known = dates_in(taken.element, dater) if taken.value is None and not read else []
        found += [replace(each, modified=False) for each in known]
        if not known and raw:
            found.append(RawDate(raw, where, taken.source, read=read))
    return list(dict.fromkeys(found))


def formatted(raw: str, pattern: str) -> str:
    """A string read by a ``strptime`` format, in the form that ``RawDate.read`` holds; empty if it does not fit."""
    has_year, has_day, has_time = (any(one in pattern for one in group) for group in (WITH_YEAR, WITH_DAY, WITH_TIME))
    try:
        when = datetime.strptime(raw, pattern) if has_year else datetime.strptime(f"2000 {raw}", f"%Y {pattern}")
    except ValueError:
        return ""
    day = f"{when:%Y-%m-%d}" if has_day else f"{when:%Y-%m}"
    if not has_year:
        day = f"{when.day} {MONTHS[when.month - 1]}"
    if not has_time or not has_day:
        return day
    seconds = ":%S" if any(one in pattern for one in ("%S", "%c", "%X")) else ""
    zone = when.replace(microsecond=0).isoformat()[19:]
    return f"{day}{'T' if has_year else ' '}{when.strftime('%H:%M' + seconds)}{zone}"


def _images(fields: Mapping[str, Field], base: str) -> tuple[Image, ...]:
    """The pictures of an item: those of the rule, else all; captions by their rule, else as without."""
    one = next(iter(fields.values()))
    captions = fields.get("caption")
    told = None if captions is None else [taken.element for taken in captions.every if taken.value is None]
    known = {image.url: image for image in images(one.item, base, captions=told)}
    if "image" in fields:
        chosen: dict[str, Image] = {}
        for taken in fields["image"].every:
            for image in _pictures(taken, base, known):
                chosen.setdefault(image.url, image)
        known = chosen
    attributes = [] if captions is None else [taken for taken in captions.every if taken.value]
    said = {image.url: taken.value or "" for taken in attributes for image in images(taken.element, base)}
    return tuple(
        image if image.caption or image.url not in said else replace(image, caption=said[image.url])
        for image in known.values()
    )


def _pictures(taken: Taken, base: str, known: Mapping[str, Image]) -> list[Image]:
    """The pictures that an element is or holds; the one that its string names, with what the element says of it."""
    own = images(taken.element, base)
    if taken.value is None:
        return [known.get(image.url, image) for image in own]
    best = best_of_set(taken.value) if " " in taken.value else None
    url = urls.join(base, best[1] if best else taken.value)
    if url is None:
        return []
    like = known.get(url) or next((known.get(image.url, image) for image in own), Image(url))
    return [replace(like, url=url, alt=like.alt or " ".join((taken.element.get("alt") or "").split()))]
