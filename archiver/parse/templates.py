"""Further pages of a listing, read by the templates that the full reading of earlier pages gave.

A page is read so only if every block fits a template and nothing in its slots asks for a second look; otherwise it is
read in full, and the blocks that did not fit give new templates. A template is kept only if it reads the block that it
was made of as the full reading did.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from html import unescape
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from archiver import words
from archiver.dates import parse_attribute
from archiver.models import RawDate, RawRecord, Where
from archiver.parse.buttons import MEDIA, is_button
from archiver.parse.bylines import LONGEST_NAME
from archiver.parse.chunks import LONGEST
from archiver.parse.excerpts import is_label
from archiver.parse.group_dates import group_dates
from archiver.parse.groups import Item
from archiver.parse.images import images
from archiver.parse.induction import template_of
from archiver.parse.links import address_kind, plainly_elsewhere, target
from archiver.parse.markup import children_of, untagged
from archiver.parse.records import Parts, Reader
from archiver.parse.template import Kept, Template
from archiver.parse.titles import LONGEST_TITLE
from archiver.text import captions_of, line, outer_html, plain

MOST = 24  # templates of one listing
LARGEST = 200_000  # characters of a block's HTML
LEARNED = 30  # blocks of one page that templates are made of
PLAIN = frozenset((tag, None) for tag in ("p", "ul", "ol", "blockquote", "pre", "h2", "h3", "h4"))
"""What may stand among the siblings of a running text without having been seen there."""

_HREF = re.compile('href="([^"]*)"')
_LINK = re.compile(r'<a\b[^<>]*\shref="([^"]*)"[^<>]*>([^<]*+(?:<(?!/a>)[^<]*+)*+)</a>')
_RELATED = re.compile(r'\srel="[^"]*\btag\b')


class Templates:
    """What a listing's blocks had in common on the pages read so far."""

    def __init__(self) -> None:
        """Begin without any."""
        self._known: list[Template] = []
        self._patterns: set[str] = set()

    def read(self, reader: Reader, items: Sequence[Item]) -> list[RawRecord] | None:
        """The records of a page's items; None where one of them must be read in full."""
        if not self._known:
            return None
        records: list[RawRecord] = []
        for item in items:
            record = self._record(reader, item)
            if record is None:
                return None
            records.append(record)
        undated = any(not record.dates for record in records)
        return None if undated and any(group_dates(items, reader.dater)) else records

    def learn(self, reader: Reader, items: Sequence[Item], read: Sequence[tuple[RawRecord, Parts]]) -> None:
        """Make templates of blocks that were read in full and fit none yet."""
        for item, (record, parts) in islice(zip(items, read, strict=True), LEARNED):
            if len(self._known) < MOST and _is_learnable(item, parts, reader) and not self._record(reader, item):
                template = _made(item, record, parts, reader)
                if template is not None and template.pattern.pattern not in self._patterns:
                    self._known.append(template)
                    self._patterns.add(template.pattern.pattern)

    def _record(self, reader: Reader, item: Item) -> RawRecord | None:
        html = outer_html(item.element) if item.element is item.origin else ""
        for place, template in enumerate(self._known if len(html) <= LARGEST else ()):
            match = template.pattern.fullmatch(html)
            if match is not None:
                self._known.insert(0, self._known.pop(place))
                return _filled(template, match, item, reader)
        return None


def _is_learnable(item: Item, parts: Parts, reader: Reader) -> bool:
    """Whether a block stands in the page as it was read, and all its links to tags were taken for such."""
    if item.element is not item.origin or len(outer_html(item.element)) > LARGEST:
        return False
    return {link for link, _, _ in reader.tagged(item)} == {link for link, _, _ in parts.tagged}


def _made(item: Item, record: RawRecord, parts: Parts, reader: Reader) -> Template | None:
    """The template of a block, if it tells of it what the full reading did."""

    def is_own(link: HtmlElement) -> bool:
        return reader.same_post(link) == item.key

    template = template_of(item, record, parts, images(item.element, reader.doc.base), is_own)
    match = template.pattern.fullmatch(outer_html(item.element)) if template is not None else None
    if template is None or match is None:
        return None
    return template if _filled(template, match, item, reader) == record else None


def _filled(template: Template, match: re.Match[str], item: Item, reader: Reader) -> RawRecord | None:
    """The record that a template's slots tell; None where one holds what only the full reading understands."""
    title = line(unescape(match["title"]))
    dates = _dates(template, match, reader)
    tagged = _tagged(template, match, reader)
    if dates is None or tagged is None or not _is_title(title, reader) or not _is_own(match["href"], item):
        return None
    captions = captions_of(item.element)
    shown = _excerpt(template, match, item, reader, captions)
    if shown is None:
        return None
    return RawRecord(
        url=item.url,
        title=title,
        dates=dates,
        excerpt_html=shown[0],
        excerpt=shown[1],
        images=reader.images(item) if template.faces else images(item.element, reader.doc.base, captions=captions),
        read_more=target(item.link, reader.doc) if template.read_more else None,
        author=template.author,
        tags=tuple(dict.fromkeys(text for text, kind in tagged if kind == "tag")),
        category=next((text for text, kind in tagged if kind == "category"), None),
        evidence=template.evidence,
    )


def _is_title(text: str, reader: Reader) -> bool:
    if not 0 < len(text) <= LONGEST_TITLE or words.is_read_more(text) or words.is_sticky(text):
        return False
    return not any(map(str.isdecimal, text)) or not reader.dater.scan(text)


def _is_own(href: str, item: Item) -> bool:
    """Whether the address in the template's place is that of the item's link, however it is escaped."""
    raw = item.link.get("href") or ""
    raw = raw.partition("#")[0] if "#" not in href else raw
    return href == raw or unquote(untagged(href)) == unquote(raw)


def _dates(template: Template, match: re.Match[str], reader: Reader) -> tuple[RawDate, ...] | None:
    """The dates in their slots, at least one of them with its year."""
    found: list[RawDate] = []
    whole = False
    for number, known in enumerate(template.dates):
        text = untagged(match[f"d{number}"])
        if known.where in (Where.DECLARED, Where.TIME_ATTRIBUTE):
            printed = parse_attribute(text)
        else:
            every = reader.dater.scan(text)
            printed = every[0] if len(every) == 1 and (every[0].start, every[0].end) == (0, len(text)) else None
        if printed is None:
            return None
        whole = whole or printed.year is not None or printed.ago is not None
        found.append(replace(known, raw=text))
    return tuple(found) if whole or not found else None


def _tagged(template: Template, match: re.Match[str], reader: Reader) -> list[tuple[str, str]] | None:
    """The texts of linked tags and categories, and which of the two they are."""
    found: list[tuple[str, str]] = []
    for number in range(template.lists):
        for link in _LINK.finditer(match[f"t{number}"]):
            kind = reader.kind_of(untagged(link[1]), bool(_RELATED.search(link[0])))
            text = untagged(link[2]).lstrip("#＃").strip()
            if kind is None or not 0 < len(text) <= LONGEST_NAME:
                return None
            found.append((text, kind))
    return found


def _excerpt(
    template: Template, match: re.Match[str], item: Item, reader: Reader, captions: Collection[HtmlElement]
) -> tuple[str, str] | None:
    """The HTML of the excerpt and its plain text."""
    groups = match.groupdict()
    pieces: list[str] = []
    for number, kept in enumerate(template.kept):
        html = groups[f"k{number}"]
        cut = "end" in groups and kept is template.kept[-1]
        html = html if cut else html.rstrip()
        if not (cut or html.endswith(">")) or _holds_furniture(html, groups["href"], item.url, reader):
            return None
        parts = [(None, html)] if not kept.among else list(children_of(html))
        if not all(key is None or key in kept.among or key in PLAIN for key, _ in parts):
            return None
        pieces += (piece for _, piece in parts)
    if len(pieces) > 1 and not all(_is_shown(untagged(piece), piece, reader) for piece in pieces):
        return None
    html = "".join((*pieces, groups.get("end", "")))
    text = _text(template, html, item, captions) if html else ""
    return None if text is None or (html and not _is_shown(text, html, reader)) else (html, text)


def _holds_furniture(html: str, own: str, url: str, reader: Reader) -> bool:
    """Whether what should be text holds a link to a tag, or one to the post that says no more than to read it."""
    for href in _HREF.findall(html):
        if not plainly_elsewhere(href, reader.site) and address_kind(href) in ("tag", "category"):
            return True
        if is_button(untagged(href), url):
            return True
    if f'href="{own}' not in html and 'href="#' not in html:
        return False
    said = (untagged(link[2]) for link in _LINK.finditer(html) if link[1].startswith((own, "#")))
    return any(words.is_read_more(text) or words.is_permalink(text) for text in said)


def _text(template: Template, html: str, item: Item, captions: Collection[HtmlElement]) -> str | None:
    """The plain text of the excerpt: of its element where it is one, without parsing it again."""
    if len(template.kept) != 1 or not template.kept[0].place:
        return plain(html, captions=False)
    element = _at(item.element, template.kept[0])
    return None if element is None else plain(element, drop=captions)


def _at(block: HtmlElement, kept: Kept) -> HtmlElement | None:
    element, left = block, 0
    for number in kept.place:
        left = len(element) - number - 1
        if left < 0:
            return None
        element = element[number]
    return element if left == kept.after else None


def _is_shown(text: str, html: str, reader: Reader) -> bool:
    """Whether a text is plainly a part of the excerpt: no button, label or date, and no button at its end."""
    if not text:
        return any(f"<{tag}" in html for tag in MEDIA)
    if any(map(str.isalpha, text[len(words.strip_read_more(text)) :])) or words.is_sticky(text.partition("\n")[0]):
        return False
    return len(text) > LONGEST or not (is_label(text) or reader.dater.scan(text))
