"""A page as a tree, with what its head declares: the one place where HTML is parsed.

A page nested deeper than a tree can hold is read with its nesting flattened, so that no text is lost (``flattened``
says so). A page of more tags than can be understood in seconds is not read at all (``oversized``). No input raises.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from archiver import engines
from archiver.models import Text
from archiver.text import may_hold_tex, restore_tex, tree
from archiver.urls import join

FEED_TYPES = frozenset(
    (
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    )
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
LONGEST_TITLE = 300
MOST_TAGS = 200_000
NEEDED = {"meta": ("content",), "link": ("href", "rel"), "base": ("href",), "title": ()}
"""The elements of a head, and the attributes without which they say nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A parsed page; the tree holds no scripts, styles, templates or comments, and formulas stand in it as TeX.

    ``url`` is the final address, ``base`` what links are relative to. ``json_ld`` holds the objects of all JSON-LD
    blocks (graphs and lists opened), ``meta`` every value of each meta name, property or itemprop in lower case.
    """

    url: str
    base: str
    root: HtmlElement
    title: str = ""
    language: str | None = None
    generator: str = ""
    canonical: str | None = None
    feeds: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    json_ld: tuple[Mapping[str, Any], ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flattened: bool = False
    oversized: bool = False

    def first(self, *names: str) -> str:
        """The first value that a meta element of one of these names gives, or an empty string."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    @property
    def engine(self) -> str | None:
        """The blog engine that made the page, by its own word or by the style sheets that it uses."""
        return engines.detect(self.generator, (link.get("href") or "" for link in self.root.iter("link")))


def read(text: Text | str, url: str) -> Document:
    """Parse a decoded page; garbage, emptiness and binary data give a document without content."""
    value = text if isinstance(text, str) else text.value
    oversized = value.count("<") > MOST_TAGS
    value = "" if oversized else value
    root, flattened = tree(value)
    if may_hold_tex(value):
        restore_tex(root)
    json_ld = tuple(_take_scripts(root))
    head = _head(root)
    bases = (join(url, element.get("href") or "") for element in head["base"])
    base = next(filter(None, bases), url)
    links = _links(head["link"], base)
    meta = _meta(head["meta"])
    return Document(
        url=url,
        base=base,
        root=root,
        title=" ".join("".join(head["title"][0].itertext()).split())[:LONGEST_TITLE] if head["title"] else "",
        language=_language(root, meta),
        generator=next(iter(meta.get("generator", ())), ""),
        canonical=links.get("canonical"),
        feeds=_feeds(head["link"], base),
        links=links,
        json_ld=json_ld,
        meta=meta,
        flattened=flattened,
        oversized=oversized,
    )


def _take_scripts(root: HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in list(root.iter("script", "style", "template")):
        if script.tag == "script" and "ld+json" in (script.get("type") or "").lower():
            yield from _objects(_lenient_json(script.text or ""))
        if script.getparent() is not None:
            script.drop_tree()


def _lenient_json(source: str) -> Any:
    """The value of a JSON-LD block as people print it: in CDATA or comments, escaped, with commas too many."""
    source = source.replace("<![CDATA[", "")
    start = min((at for mark in "{[" if (at := source.find(mark)) >= 0), default=0)
    decoder = json.JSONDecoder(strict=False)
    for attempt in (source[start:], TRAILING_COMMA.sub("", source[start:]), html.unescape(source[start:])):
        try:
            return decoder.raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int = 3) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth:
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph", []), depth - 1) if depth else ()


def _head(root: HtmlElement) -> dict[str, list[HtmlElement]]:
    found: dict[str, list[HtmlElement]] = {"meta": [], "link": [], "base": [], "title": []}
    for element in root.iter(*NEEDED):
        drawn = element.tag == "title" and any(parent.tag == "svg" for parent in element.iterancestors())
        if not drawn and all(element.get(name) is not None for name in NEEDED[str(element.tag)]):
            found[str(element.tag)].append(element)
    return found


def _links(elements: list[HtmlElement], base: str) -> dict[str, str]:
    """The first address of each relation of ``<link rel>``."""
    links: dict[str, str] = {}
    for element in elements:
        href = (element.get("href") or "").strip()
        address = join(base, href) if href else None
        for relation in (element.get("rel") or "").lower().split():
            if address:
                links.setdefault(relation, address)
    return links


def _feeds(elements: list[HtmlElement], base: str) -> tuple[str, ...]:
    """Addresses of the feeds a page names, those of comments last."""
    found: dict[str, bool] = {}
    for element in elements:
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (element.get("rel") or "").lower().split() and kind in FEED_TYPES:
            address = join(base, element.get("href") or "")
            label = f"{element.get('title') or ''} {address}".lower()
            if address:
                found.setdefault(address, any(word in label for word in ("comment", "评论", "評論")))
    return tuple(sorted(found, key=lambda address: found[address]))


def _meta(elements: list[HtmlElement]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in elements:
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found[name] = (*found.get(name, ()), content)
    return found


def _language(root: HtmlElement, meta: Mapping[str, tuple[str, ...]]) -> str | None:
    """The BCP 47 tag the page gives itself, with hyphens; template leftovers and nonsense give None."""
    named = [root.get("lang"), root.get("xml:lang"), *meta.get("content-language", ()), *meta.get("og:locale", ())]
    for name in named:
        if name and LANGUAGE.fullmatch(name.strip()):
            return name.strip().replace("_", "-")
    return None
