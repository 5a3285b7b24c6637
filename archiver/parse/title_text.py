"""A title's text without what is printed within it beside the title: dates, and labels that all items repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from unicodedata import combining, normalize
from urllib.parse import unquote

from lxml.html import Element, HtmlElement

from archiver.models import RawDate
from archiver.parse.chunks import LONGEST, Chunk, text_of
from archiver.parse.dating import Dater
from archiver.parse.groups import same_place
from archiver.text import inline

MARKS = " \t\u00a0:：-–—|·•»>,，、"
_WORDS = re.compile(r"[^\W_]+")
MIN_SPELT = 2  # words that a title and its address share
CLOSING, OPENING = ")）]】", "(（[【"


@dataclass(frozen=True, slots=True, eq=False)
class Title:
    """A title's element (None where only an attribute tells it), its text, and the rule that found it.

    ``dates`` are texts within it that print a date beside the title.
    """

    element: HtmlElement | None
    text: str
    rule: str
    dates: tuple[Chunk, ...] = ()


def undated(
    found: list[Title], others: Callable[[], Sequence[Collection[tuple[int, int]]]], dater: Dater
) -> list[Title]:
    """The titles without a date at their beginning or end, where nearly all of a listing have one there.

    ``others`` gives the months and days that each item tells elsewhere. A title's date that differs from them is what
    the title is about, and stays.
    """
    for cut in (_leading_date, _trailing_date):
        places = [cut(title.text, dater) for title in found]
        if len(found) < 2 or sum(place is not None for place in places) < len(found) * 0.8:
            continue
        if sum(_differs(place, days, dater) for place, days in zip(places, others(), strict=True)) * 3 > len(found):
            continue
        found = [
            title if place is None else replace(title, text=place[1], dates=(*title.dates, _dated(title, place[0])))
            for title, place in zip(found, places, strict=True)
        ]
    return found


def undated_below(title: Title, above: Sequence[RawDate], elsewhere: bool, dater: Dater) -> Title:
    """The title of the only post of a page without the day at its beginning, where a heading above names its year.

    Only what a mark sets off, and where the post tells no date ``elsewhere``.
    """
    place = _leading_date(title.text, dater)
    if place is None or elsewhere or not any(p.year for raw in above for p in dater.scan(raw.raw)):
        return title
    rest = title.text[len(place[0]) :].lstrip()
    whole = any(p.year or p.ago is not None for p in dater.days(place[0]))
    return title if whole or rest[:1] not in MARKS else replace(title, text=place[1], dates=(_dated(title, place[0]),))


def _differs(place: tuple[str, str] | None, days: Collection[tuple[int, int]], dater: Dater) -> bool:
    return place is not None and bool(days) and not any((p.month, p.day) in days for p in dater.days(place[0]))


def _dated(title: Title, text: str) -> Chunk:
    element = title.element if title.element is not None else Element("span")
    return Chunk(element, "title/text()", text)


def _leading_date(text: str, dater: Dater) -> tuple[str, str] | None:
    """The date at a text's beginning and the rest, without the marks between them."""
    first = next(iter(dater.days(text[:LONGEST])), None)
    if first is None or first.start > 1:
        return None
    rest = text[first.end :].lstrip(MARKS + CLOSING)
    return (text[: first.end], rest) if rest else None


def _trailing_date(text: str, dater: Dater) -> tuple[str, str] | None:
    start = max(0, len(text) - LONGEST)
    last = next(iter(reversed(dater.days(text[start:]))), None)
    if last is None or len(text) - start - last.end > 1:
        return None
    rest = text[: start + last.start].rstrip(MARKS + OPENING)
    return (text[start + last.start :], rest) if rest else None


def repeated_parts(found: Sequence[HtmlElement | None], addresses: Sequence[str]) -> frozenset[str]:
    """The texts of elements within titles that a third of the titles share: labels of the listing.

    What the addresses of most of these posts spell out as well is a part of their titles.
    """
    counted: Counter[str] = Counter()
    spelt: Counter[str] = Counter()
    for element, address in zip(found, addresses, strict=True):
        if element is not None:
            inner = {text_of(e) for e in element.iterdescendants() if isinstance(e.tag, str)}
            counted.update(inner)
            spelt.update(text for text in inner if spelt_by(text, address) == 1)
    needed = max(2, len(found) / 3)
    return frozenset(text for text, count in counted.items() if text and count >= needed and spelt[text] * 2 <= count)


def spelt_by(text: str, address: str) -> float:
    """How many of a text's words stand in the last part of an address, as a share."""
    slug, said = _slug(address), _words(text)
    return sum(word in slug for word in said) / len(said) if said else 0.0


def is_spelt(text: str, address: str) -> bool:
    """Whether a text and the last part of an address share several words: half those of one of them."""
    slug, said = set(_slug(address)), set(_words(text))
    shared = len(said & slug)
    return shared >= MIN_SPELT and shared * 2 >= min(len(said), len(slug))


def _slug(address: str) -> list[str]:
    return _words(unquote(address.rstrip("/").rpartition("/")[2]))


def _words(text: str) -> list[str]:
    """The words of a text without case and accents."""
    plain = normalize("NFKD", text.casefold())
    return _WORDS.findall("".join(char for char in plain if not combining(char)))


def title_text(element: HtmlElement, labels: Collection[str], dater: Dater) -> tuple[str, tuple[Chunk, ...]]:
    """The text of a title without the dates and labels printed within it, and those dates."""
    inner = [
        e
        for e in element.iterdescendants()
        if isinstance(e.tag, str) and (text := text_of(e)) and (text in labels or dater.is_date(text))
    ]
    outer = [e for e in inner if not any(a in inner for a in e.iterancestors())]
    if not outer:
        return inline(element), ()
    copy = deepcopy(element)
    for place in [same_place(e, element, copy) for e in outer]:
        place.drop_tree()
    rest = inline(copy)
    dated = tuple(Chunk(e, "title", text_of(e)) for e in outer if text_of(e) not in labels)
    return (rest, dated) if rest else (inline(element), ())
