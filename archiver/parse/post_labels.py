"""A post's category, tags and series as its page shows them, and the page on which the post goes on."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from archiver import words
from archiver.parse.document import Document
from archiver.parse.post_region import Region, pieces, text_before
from archiver.parse.post_title import postings
from archiver.parse.post_words import path_kind
from archiver.text import inline
from archiver.urls import identity, join, same_site

LINKS = etree.XPath("descendant::a[@href]")
MOST_TAGS = 40


def labels_of(doc: Document, around: Region) -> tuple[str | None, tuple[str, ...]]:
    """The category (the first) and the tags: by ``rel``, by labels before links, by the links' paths, by metadata."""
    categories: dict[str, None] = {}
    tags: dict[str, None] = {}
    for link, kind in _labelled_links(doc, around):
        name = inline(link).strip().lstrip("#＃").strip(" ,，、")
        if name and len(name) <= 60:
            (tags if kind == "tags" else categories).setdefault(name)
    if len(tags) > MOST_TAGS:
        tags = {}
    for name in doc.meta.get("article:tag", ()) if not tags else ():
        tags.update(dict.fromkeys(filter(None, (part.strip() for part in name.split(",")))))
    if not tags:
        tags = dict.fromkeys(_keywords(doc))
    sections = (each.get("articleSection") for each in postings(doc))
    firsts = (each[0] if isinstance(each, list) and each else each for each in sections)
    declared = (doc.first("article:section"), *(each for each in firsts if isinstance(each, str)))
    return next(iter(categories), None) or next(filter(None, declared), None), tuple(tags)[:MOST_TAGS]


def _keywords(doc: Document) -> list[str]:
    for each in postings(doc):
        value = each.get("keywords")
        parts = value if isinstance(value, list) else str(value or "").split(",")
        found = [str(part).strip() for part in parts if str(part).strip()]
        if found:
            return found
    return []


def _labelled_links(doc: Document, around: Region) -> Iterator[tuple[HtmlElement, str]]:
    """The links to tags and categories around the body, each with its kind."""
    links: list[HtmlElement] = LINKS(around.element)
    label = ""
    holder: HtmlElement | None = None
    for link in links:
        if not around.holds(link) and "tag" not in (link.get("rel") or "").lower().split():
            continue
        parent = link.getparent()
        said = words.label(_last_words(text_before(link)))
        if said or parent is not holder:
            label, holder = said or (words.label(_last_words(_label_before(link))) or ""), parent
        kind = _rel_kind(link) or (label if label in ("tags", "category") else "") or _own_kind(link, doc)
        if kind:
            yield link, kind


def _own_kind(link: HtmlElement, doc: Document) -> str:
    """What the link's path says, where it leads to the same site."""
    kind = path_kind(link.get("href") or "")
    address = join(doc.base, link.get("href") or "") if kind else None
    return kind if address and same_site(address, doc.url) else ""


def _label_before(link: HtmlElement) -> str:
    """The text before the element that holds a link, up to two levels up."""
    parent = link.getparent()
    for _ in range(2):
        if parent is None:
            return ""
        if text := text_before(parent):
            return text
        parent = parent.getparent()
    return ""


def _last_words(text: str) -> str:
    """The last label of a text: what stands after its last separator."""
    found = pieces(text[-80:])
    return found[-1].split("  ")[-1] if found else ""


def _rel_kind(link: HtmlElement) -> str:
    relations = (link.get("rel") or "").lower().split()
    if "category" in relations:
        return "category"
    return path_kind(link.get("href") or "") or "tags" if "tag" in relations else ""


def series_of(around: Region, doc: Document) -> str | None:
    """The series a post says it belongs to: declared, or a link to a series' page around the body."""
    for each in postings(doc):
        part = each.get("isPartOf")
        kind = str(part.get("@type")) if isinstance(part, dict) else ""
        if isinstance(part, dict) and "Series" in kind and isinstance(part.get("name"), str):
            return str(part["name"])
    links: list[HtmlElement] = LINKS(around.element)
    for link in links:
        parts = [part for part in (link.get("href") or "").lower().split("/") if part]
        if {"series", "serie", "collection"} & set(parts[:-1]) and around.holds(link):
            return inline(link) or None
    return None


def next_part(doc: Document, around: Region) -> str | None:
    """The next page of the same post: its address continues this one's with the next number."""
    links: list[HtmlElement] = LINKS(around.element)
    declared = [doc.links[name] for name in ("next",) if name in doc.links]
    hrefs = [join(doc.base, link.get("href") or "") for link in links if around.holds(link)]
    wanted = set(_followers(doc.url)) | set(_followers(doc.canonical or doc.url))
    return next((address for address in (*declared, *hrefs) if address and identity(address) in wanted), None)


def _followers(url: str) -> Iterator[str]:
    """The addresses that a post's second part, or the part after this one, may have, as identities."""
    stem, _, _ = url.partition("#")
    bare, question, query = stem.partition("?")
    base, dot, ending = bare.rpartition(".")
    name, ending = (base, f".{ending}") if dot and "/" not in ending and base.count("/") > 2 else (bare.rstrip("/"), "")
    for form in ("{name}/{n}{ending}", "{name}/page/{n}{ending}", "{name}_{n}{ending}"):
        if not question:
            yield identity(form.format(name=name, n=2, ending=ending))
    for form in ("page", "p", "pg"):
        yield identity(f"{bare}?{query + '&' if query else ''}{form}=2")
    head, digits = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
    if digits and len(digits) < 3 and int(digits) > 1 and head[-1:] in ("/", "_"):
        yield identity(f"{head}{int(digits) + 1}{ending}")
    key, equals, number = query.rpartition("=")
    if equals and number.isdigit() and len(number) < 3 and key.rpartition("&")[2] in ("page", "p", "pg"):
        yield identity(f"{bare}?{key}={int(number) + 1}")
