"""From blocks to records: title, address, dates, excerpt, pictures, read-more link, author and tags of each item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import XPath
from lxml.html import HtmlElement

from archiver import urls, words
from archiver.dates import from_url
from archiver.models import Image, RawDate, RawRecord
from archiver.parse import hints
from archiver.parse.bylines import LONGEST_NAME, may_be_named, named_in
from archiver.parse.chunks import LONGEST, Chunk, in_code, short_text, text_of
from archiver.parse.dating import Dater, block_dates, date_paths, inner_headings, marked
from archiver.parse.document import Document
from archiver.parse.excerpts import Noise, all_chunks, excerpt
from archiver.parse.group_dates import group_dates
from archiver.parse.groups import Item
from archiver.parse.image_hints import is_face
from archiver.parse.images import images
from archiver.parse.links import address_kind, plainly_elsewhere, target
from archiver.parse.title_text import Title, undated, undated_below
from archiver.parse.titles import titles
from archiver.text import inner_html, plain

AROUND = " -–—·•|,:"
RANKS = ("declared author", "author link", "named author with its label", "name of a face", "named author")
NAMING = frozenset(("a", "span", "address", "p", "div", "em", "strong", "cite", "li"))
_MARKED = XPath("descendant-or-self::*[self::a or @class or @id or @itemprop or @rel]")


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Where a record's fields stand in its block: elements, and the strings found there."""

    title: HtmlElement | None
    dates: Sequence[tuple[RawDate, HtmlElement | None]]
    tagged: Sequence[tuple[HtmlElement, str, str]]
    kept: Sequence[HtmlElement]


class Reader:
    """Reads the items of one page."""

    def __init__(self, doc: Document, dater: Dater) -> None:
        """Read the items of ``doc``."""
        self.doc = doc
        self.dater = dater
        self.site = urls.site_of(doc.url)
        self._identities: dict[str, str | None] = {}
        self._rules: dict[HtmlElement, str] = {}

    def same_post(self, link: HtmlElement) -> str | None:
        """The identity of the address a link leads to."""
        href = link.get("href") or ""
        if href not in self._identities:
            url = target(link, self.doc)
            self._identities[href] = urls.identity(url) if url else None
        return self._identities[href]

    def read(
        self, items: Sequence[Item], marked: Mapping[HtmlElement, Sequence[HtmlElement]] | None = None
    ) -> list[RawRecord]:
        """The records of the page, in order; the argument is that of ``read_parts``."""
        return [record for record, _ in self.read_parts(items, marked)]

    def read_parts(
        self, items: Sequence[Item], marked: Mapping[HtmlElement, Sequence[HtmlElement]] | None = None
    ) -> list[tuple[RawRecord, Parts]]:
        """The records of the page, in order, with the places they were read from.

        ``marked`` holds, by the element of an item, what is known already to be no part of its excerpt.
        """
        if not items:
            return []
        found = titles(items, self.same_post, self.dater)
        short = all_chunks(items, [title.element for title in found])
        above = group_dates(items, self.dater)
        found = undated(found, lambda: self._other_days(items, short), self.dater)
        if len(items) == 1:
            found = [undated_below(found[0], above[0], bool(self._other_days(items, short)[0]), self.dater)]
        for title, chunks in zip(found, short, strict=True):
            chunks.extend(title.dates)
        paths = date_paths(short, self.dater)
        noise = Noise(short, [item.element for item in items], self.dater)
        return [
            self._record(item, title, chunks, paths, group, noise, (marked or {}).get(item.element, ()))
            for item, title, chunks, group in zip(items, found, short, above, strict=True)
        ]

    def _record(
        self,
        item: Item,
        title: Title,
        chunks: Sequence[Chunk],
        paths: Sequence[str],
        group: tuple[RawDate, ...],
        noise: Noise,
        marked: Sequence[HtmlElement],
    ) -> tuple[RawRecord, Parts]:
        dated = block_dates(chunks, paths, self.dater)
        tagged = [found for found in self.tagged(item) if not noise.in_prose(found[0])]
        author = self._author(item, title, chunks)
        furniture = [*marked, *(element for _, element in dated if element not in (None, item.element))]
        furniture += [element for element, _, _ in tagged]
        furniture += [author[1]] if author and author[1] is not None else []
        shown = excerpt(item, title.element, furniture, noise, lambda a: self.same_post(a) in (item.key, None))
        html = inner_html(shown.block)
        more = self._read_more(item)
        evidence = {"title": title.rule}
        if author:
            evidence["author"] = author[2]
        record = RawRecord(
            url=item.url,
            title=title.text,
            dates=(*(raw for raw, _ in dated), *inner_headings(chunks, dated, self.dater), *group),
            excerpt_html=html,
            excerpt=plain(shown.block, captions=False) if html else "",
            images=self.images(item),
            read_more=more,
            author=author[0] if author else None,
            tags=tuple(dict.fromkeys(text for _, text, kind in tagged if kind == "tag")),
            category=next((text for _, text, kind in tagged if kind == "category"), None),
            sticky=words.is_sticky(title.text) or any(words.is_sticky(chunk.text) for chunk in chunks) or _pinned(item),
            evidence=evidence,
        )
        return record, Parts(title.element, dated, tagged, shown.kept)

    def images(self, item: Item) -> tuple[Image, ...]:
        """The item's pictures without the faces that lead to their authors."""
        found = images(item.element, self.doc.base)
        faces = {
            face.url
            for link in (item.element.iter("a") if found else ())
            if self._rule(link) == "author link"
            for face in images(link, self.doc.base)
        }
        return tuple(image for image in found if image.url not in faces)

    def _other_days(self, items: Sequence[Item], short: Sequence[Sequence[Chunk]]) -> list[set[tuple[int, int]]]:
        """Month and day of the dates that each item tells outside its title: in print, or by its address."""
        paths = date_paths(short, self.dater)
        return [
            {
                (printed.month, printed.day)
                for printed in (
                    *(p for raw, _ in block_dates(chunks, paths, self.dater) for p in self.dater.days(raw.raw)),
                    *filter(None, [from_url(item.url)]),
                )
                if printed.month and printed.day
            }
            for item, chunks in zip(items, short, strict=True)
        ]

    def _read_more(self, item: Item) -> str | None:
        for link in item.element.iter("a"):
            text = short_text(link, words.LONGEST_WITH_TITLE)
            if text is not None and words.is_read_more(text) and self.same_post(link) == item.key:
                return target(link, self.doc)
        return None

    def tagged(self, item: Item) -> list[tuple[HtmlElement, str, str]]:
        """Links to tags and categories: the element, its text, and "tag" or "category"."""
        found = []
        for link in item.element.iter("a"):
            kind = self.kind_of(link.get("href") or "", "tag" in (link.get("rel") or "").lower().split())
            text = text_of(link).lstrip("#＃").strip() if kind else ""
            if kind and text and len(text) <= LONGEST_NAME and self.same_post(link) != item.key:
                found.append((link, text, kind))
        return found

    def kind_of(self, href: str, declared: bool) -> str | None:
        """What a link leads to by its address, or where ``rel`` declares it: "tag" or "category"; else None."""
        if plainly_elsewhere(href, self.site):
            return None
        url = urls.join(self.doc.base, href) or ""
        kind = address_kind(url)
        kind = kind if kind in ("tag", "category") else "tag" if declared else ""
        return kind if kind and urls.same_site(url, self.doc.url) else None

    def _leads_to_tags(self, element: HtmlElement) -> bool:
        kinds = [address_kind(a.get("href") or "") for a in element.iter("a")]
        return any(kind in ("tag", "category") for kind in kinds)

    def _author(self, item: Item, title: Title, chunks: Sequence[Chunk]) -> tuple[str, HtmlElement | None, str] | None:
        """The author's name, its element (None where it is a text among others), and the rule."""
        named = [*self._named_authors(item), *self._faces(item, chunks)]
        named = [found for found in named if found[0] != title.text]
        best = min(named, key=lambda found: RANKS.index(found[2]), default=None)
        if best is None or best[2] == RANKS[-1]:
            return self._byline(chunks) or best
        return best

    def _named_authors(self, item: Item) -> Iterator[tuple[str, HtmlElement, str]]:
        """What elements that are marked as an author's say."""
        for element in _MARKED(item.element):
            rule = self._rule(element) if element.tag in NAMING else ""
            if not rule or in_code(element) or self._leads_to_tags(element):
                continue
            whole = text_of(_name_within(element) if rule == "declared author" else element)
            name = words.strip_byline(whole)
            text = name or whole.strip(AROUND)
            if not text or len(text) > LONGEST_NAME or words.label(text) is not None or self.dater.scan(text):
                continue
            yield text, element, "named author with its label" if name and rule == RANKS[-1] else rule

    def _faces(self, item: Item, chunks: Sequence[Chunk]) -> Iterator[tuple[str, HtmlElement, str]]:
        """The short texts that a small picture of somebody is described by."""
        faces = [image for image in item.element.iter("img") if is_face(image, image.get("src") or "")]
        described = [" ".join((image.get("alt") or "").split()) for image in faces]
        for element in (part for chunk in chunks for part in chunk.element.iter()) if any(described) else ():
            text = (short_text(element, LONGEST_NAME) or "") if isinstance(element.tag, str) else ""
            if may_be_named(text) and any(alt.startswith(text) or alt.endswith(text) for alt in described):
                yield text, element, "name of a face"

    def _rule(self, element: HtmlElement) -> str:
        known = self._rules.get(element)
        if known is None:
            known = self._rules[element] = _author_rule(element)
        return known

    def _byline(self, chunks: Sequence[Chunk]) -> tuple[str, HtmlElement | None, str] | None:
        """The author that a short text names behind a label, or the line with the date without one."""
        for chunk in chunks:
            name = named_in(chunk.text, self.dater, self.doc.first("author"))
            if name:
                return name, marked(chunk), "byline"
        return None


def _pinned(item: Item) -> bool:
    """Whether a badge stands among the small print or beside the title: a word or a picture of its own."""
    for element in item.element.iter("span", "i", "em", "b", "strong", "small", "label", "sup", "font", "img"):
        text = (element.get("alt") if element.tag == "img" else element.text) or ""
        if len(element) == 0 and words.is_sticky(text) and not in_code(element):
            parent = element.getparent()
            if parent is not None and len(text_of(parent)) <= LONGEST:
                return True
    return False


def _author_rule(element: HtmlElement) -> str:
    """How an element is marked as an author's: declared, by its link, by its class; empty if not at all."""
    if "author" in hints.properties(element) or "p-author" in hints.classes(element):
        return "declared author"
    linked = element.tag == "a" and address_kind(element.get("href") or "") == "author"
    if linked or "author" in (element.get("rel") or "").lower().split():
        return "author link"
    return RANKS[-1] if hints.tokens(element) & hints.AUTHOR else ""


def _name_within(element: HtmlElement) -> HtmlElement:
    """The part of a declared author that is the name; the whole where none is marked."""
    names = (e for e in element.iterdescendants() if isinstance(e.tag, str) and _is_name(e) and text_of(e))
    return next(names, element)


def _is_name(element: HtmlElement) -> bool:
    return "name" in hints.properties(element) or bool({"fn", "p-name"} & set(hints.classes(element)))
