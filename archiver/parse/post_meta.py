"""What a post page says of its post's dates and author."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archiver import dates, words
from archiver.models import RawDate, Where
from archiver.parse.document import Document
from archiver.parse.post_region import LONGEST_META, Region, near, pieces, text_before
from archiver.parse.post_title import postings
from archiver.text import inline

META_DATES = (
    ("article:published_time", False),
    ("og:article:published_time", False),
    ("datepublished", False),
    ("dc.date.issued", False),
    ("dcterms.created", False),
    ("dc.date", False),
    ("dcterms.date", False),
    ("date", False),
    ("pubdate", False),
    ("publish_date", False),
    ("citation_publication_date", False),
    ("article:modified_time", True),
    ("datemodified", True),
    ("og:updated_time", True),
    ("dcterms.modified", True),
)
JSON_DATES = (("datePublished", False), ("dateCreated", False), ("dateModified", True))
MARKED_DATES = (
    (etree.XPath("descendant::*[@itemprop='datePublished' or @itemprop='dateCreated']"), "itemprop", False),
    (etree.XPath("descendant::*[@itemprop='dateModified']"), "itemprop", True),
    (etree.XPath("descendant::*[contains(concat(' ', @class, ' '), ' dt-published ')]"), "dt-published", False),
    (etree.XPath("descendant::*[contains(concat(' ', @class, ' '), ' dt-updated ')]"), "dt-updated", True),
)
TIMES = etree.XPath("descendant::time")
AUTHORS = etree.XPath(
    "descendant::*[@itemprop='author' or @rel='author' or contains(concat(' ', @class, ' '), ' p-author ')"
    " or contains(concat(' ', @class, ' '), ' author ') or contains(concat(' ', @class, ' '), ' fn ')"
    " or contains(@class, 'byline') or contains(@class, 'author-name') or contains(@class, 'post-author')]"
)


def dates_of(doc: Document, around: Region) -> tuple[RawDate, ...]:
    """Every date the page gives its post, the most trusted places first; never one of comments or other posts."""
    found = [*_declared_dates(doc), *_marked_dates(around), *_printed_dates(around, doc.language)]
    return tuple(dict.fromkeys(found))


def _declared_dates(doc: Document) -> Iterator[RawDate]:
    for each in postings(doc):
        for name, modified in JSON_DATES:
            if isinstance(each.get(name), str) and each[name].strip():
                yield RawDate(each[name].strip()[:100], Where.DECLARED, f"JSON-LD {name}", modified)
    for name, modified in META_DATES:
        for value in doc.meta.get(name, ()):
            if value:
                yield RawDate(value[:100], Where.DECLARED, f"meta {name}", modified)


def _marked_dates(around: Region) -> Iterator[RawDate]:
    for find, hint, modified in MARKED_DATES:
        for element in near(find(around.element), around):
            value = element.get("datetime") or element.get("content") or element.get("title") or inline(element)
            if value:
                yield RawDate(value.strip()[:100], Where.DECLARED, hint, modified)
    for element in near(TIMES(around.element), around):
        text = inline(element)[:100]
        label = (text_before(element) + " " + (element.get("class") or "") + " " + (element.get("title") or "")).lower()
        modified = any(printed.modified for printed in dates.scan(f"{label[-60:]} 2001-01-01"))
        if element.get("datetime"):
            yield RawDate(str(element.get("datetime")).strip()[:100], Where.TIME_ATTRIBUTE, "time", modified)
        if text:
            yield RawDate(text, Where.TIME_TEXT, "time", modified)


def _printed_dates(around: Region, language: str | None) -> Iterator[RawDate]:
    for text in (*around.before, *around.edges, *around.after[:12]):
        if len(text) > LONGEST_META:
            continue
        for printed in dates.scan(text, language):
            if (printed.day and printed.month) or printed.ago:
                yield RawDate(text[printed.start : printed.end], Where.BLOCK, "printed", printed.modified)


def author_of(doc: Document, around: Region) -> tuple[str | None, str]:
    """The author and the rule that found it."""
    for each in postings(doc):
        author = each.get("author")
        for one in author if isinstance(author, list) else [author]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and words.is_name(name):
                return name.strip(), "JSON-LD author"
    for element in near(AUTHORS(around.element), around):
        text = element.get("content") or inline(element)
        parts = [part for part in pieces(text) if not dates.scan(part, doc.language)]
        name = words.strip_byline(parts[0]) or parts[0] if parts else ""
        if words.is_name(name):
            return name.strip(" \t—–-|·•,"), "marked author"
    for text in (*around.before, *around.edges):
        for part in pieces(text):
            byline = words.strip_byline(part)
            if byline and words.is_name(byline) and not dates.scan(byline, doc.language):
                return byline, "byline"
    name = doc.first("author", "article:author", "dc.creator", "twitter:creator")
    return (name, "meta author") if words.is_name(name) and not name.startswith("@") else (None, "")
