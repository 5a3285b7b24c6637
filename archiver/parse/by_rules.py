"""A page of a listing read by the user's rules: what they give wins, the rest is read as without them.

Where an item is not given, the posts are recognised as always; where a field is, its selector alone counts, and an
item in which it finds nothing has no such field. The year of a date, and headings above groups, are still looked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from urllib.parse import urlsplit, urlunsplit

from lxml.html import HtmlElement

from archiver import urls
from archiver.errors import RulesError
from archiver.models import Listing, Profile, RawPost, Rejected
from archiver.parse.dating import Dater
from archiver.parse.document import Document
from archiver.parse.groups import Item
from archiver.parse.images import images
from archiver.parse.links import HEADINGS, address_kind, post_address, tag_path
from archiver.parse.listing import recognise
from archiver.parse.pager import read_pager
from archiver.parse.records import Reader
from archiver.parse.ruled_fields import FIELDS, Field, link_of, ruled
from archiver.parse.ruled_pager import paged
from archiver.parse.selectors import Selection, Selector, compiled
from archiver.rules import Rules
from archiver.text import outer_html, plain

Selectors = Mapping[str, tuple[Selector, ...]]
SINGLE = ("item", "title", "url", "date", "excerpt", "read_more", "image", "caption", "tags", "author")


@dataclass(frozen=True, slots=True)
class Compiled:
    """Rules with their selectors ready: of posts by the name of the field, ``link`` and ``content``, ``remove``."""

    rules: Rules
    posts: Selectors
    remove: tuple[Selector, ...]
    link: tuple[Selector, ...]
    content: tuple[Selector, ...]
    content_remove: tuple[Selector, ...]


def compile_rules(rules: Rules) -> Compiled:
    """Make the selectors ready; ``RulesError`` names the key whose selector cannot be understood."""
    posts = {name: _selectors(rules, f"posts.{name}", (getattr(rules.posts, name),)) for name in SINGLE}
    return Compiled(
        rules,
        {name: selectors for name, selectors in posts.items() if selectors},
        _selectors(rules, "posts.remove", rules.posts.remove),
        _selectors(rules, "next.link", (rules.next.link,)),
        _selectors(rules, "full_text.content", (rules.full_text.content,)),
        _selectors(rules, "full_text.remove", rules.full_text.remove),
    )


def _selectors(rules: Rules, path: str, texts: Sequence[str]) -> tuple[Selector, ...]:
    try:
        return tuple(selector for text in texts if text for selector in compiled(text))
    except RulesError as error:
        raise RulesError(f'site."{rules.site}".{path}', error.cause, error.hint) from error


def read_by_rules(
    doc: Document,
    rules: Rules | Compiled,
    *,
    labels: Collection[str] = (),
    profiles: Sequence[Profile] = (),
    usual: int = 0,
    visited: Collection[str] = (),
) -> Listing:
    """Read a page's posts and pager by rules; the other arguments are those of ``read_listing``.

    Evidence of what a rule gave begins with ``rules:``. Raises ``RulesError`` for a selector that cannot be.
    """
    ready = rules if isinstance(rules, Compiled) else compile_rules(rules)
    if ready.rules.language:
        doc = replace(doc, language=ready.rules.language)
    if ready.remove:
        doc = replace(doc, root=deepcopy(doc.root))
    selection = Selection(doc.root)
    if "item" in ready.posts:
        dater, profile = Dater(doc.language), Profile("", "", rule=f"rules: {ready.rules.posts.item}")
        elements = _outermost([taken.element for taken in selection.every(ready.posts["item"], doc.root)])
        items, rejected = _items(doc, ready, selection, elements)
    else:
        found = recognise(doc, labels=labels, profiles=profiles, usual=usual)
        dater, profile, rejected = found.dater, found.profile or Profile("", ""), found.rejected
        items = list(found.items)
    wanted = [item for item in items if not any(part in item.url for part in ready.rules.urls.exclude)]
    listing = _read(doc, ready, selection, wanted, dater, visited)
    return replace(listing, profile=profile if listing.records else None, rejected=tuple(rejected))


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    chosen = set(elements)
    return [element for element in elements if not any(above in chosen for above in element.iterancestors())]


def _items(
    doc: Document, ready: Compiled, selection: Selection, elements: Sequence[HtmlElement]
) -> tuple[list[Item], tuple[Rejected, ...]]:
    """The elements that lead to a post each, every post once; the others are reported."""
    items: dict[str, Item] = {}
    rejected = []
    for element in elements:
        link = _link(doc, ready, selection, element)
        if link is None:
            links = sum(1 for _ in element.iter("a"))
            rejected.append(Rejected(tag_path(element, {}), links, 0.0, "an item of the rules, but leads to no post"))
        else:
            key = urls.identity(link[1])
            items.setdefault(key, Item(element, link[0], link[1], key, element))
    return list(items.values()), tuple(rejected)


def _link(doc: Document, ready: Compiled, selection: Selection, element: HtmlElement) -> tuple[HtmlElement, str] | None:
    """The link of an item and its address: by the rule, else that of its title, of a heading, the first there is."""
    if "url" in ready.posts:
        for taken in selection.first(ready.posts["url"], element):
            link = link_of(taken.element)
            url = urls.join(doc.base, taken.value if taken.value is not None else link.get("href") or "")
            if url:
                return link, url
        return None
    titles = [taken.element for taken in selection.first(ready.posts.get("title", ()), element)]
    places = [*(link_of(title) for title in titles), *_in_headings(element), *element.iter("a")]
    for link in places:
        address = post_address(link, doc) if link.get("href") else None
        if address is not None and not address_kind(address):
            return link, address
    return None


def _in_headings(element: HtmlElement) -> list[HtmlElement]:
    return [link for heading in element.iter(*HEADINGS) for link in heading.iter("a")]


def _read(
    doc: Document,
    ready: Compiled,
    selection: Selection,
    items: Sequence[Item],
    dater: Dater,
    visited: Collection[str],
) -> Listing:
    """The records of the items, those fields by rule that have one, and the pager."""
    items = _addressed(doc, ready, selection, items)
    selections = {item.key: _without(item, ready, selection) for item in items}
    if ready.remove:
        selection = Selection(doc.root)
        selections = {key: selection if other.root is doc.root else other for key, other in selections.items()}
    found = {
        item.element: {
            name: Field(selections[item.key], ready.posts[name], item.element) for name in FIELDS if name in ready.posts
        }
        for item in items
    }
    marked = {element: [e for each in by_name.values() for e in each.marked] for element, by_name in found.items()}
    reader = Reader(doc, dater)
    records = []
    for item, record in zip(items, reader.read(items, marked), strict=True):
        known = ruled(record, found[item.element], doc.base, dater, ready.rules.posts.date_formats)
        if "url" in ready.posts:
            known = replace(known, evidence={**known.evidence, "url": f"rules: {ready.rules.posts.url}"})
        records.append(replace(known, url=stripped(known.url, ready.rules.urls.strip_query)))
    automatic = read_pager(doc, doc.url, visited=visited, posts=[record.url for record in records])
    pager = paged(automatic, doc, ready.rules, selection.first(ready.link, doc.root), visited, bool(records))
    return Listing(doc.url, tuple(records), pager)


def _addressed(doc: Document, ready: Compiled, selection: Selection, items: Sequence[Item]) -> list[Item]:
    """The recognised items with the address that a rule gives them."""
    if "url" not in ready.posts or "item" in ready.posts:
        return list(items)
    addressed: dict[str, Item] = {}
    for item in items:
        own = selection if item.element is item.origin else Selection(item.element)
        link = _link(doc, ready, own, item.element)
        if link is not None:
            key = urls.identity(link[1])
            addressed.setdefault(key, replace(item, link=link[0], url=link[1], key=key))
    return list(addressed.values())


def _without(item: Item, ready: Compiled, selection: Selection) -> Selection:
    """Take what the rules remove out of an item; gives where its fields are to be selected in."""
    own = selection if item.element is item.origin else Selection(item.element)
    unwanted = [taken.element for taken in own.every(ready.remove, item.element) if taken.element is not item.element]
    for element in unwanted:
        if element.getparent() is not None:
            element.drop_tree()
    return Selection(item.element) if unwanted and own is not selection else own


def stripped(url: str, patterns: Sequence[str]) -> str:
    """An address without the query parameters whose names fit one of the patterns (``utm_*``)."""
    if not patterns or "?" not in url:
        return url
    parts = urlsplit(url)
    kept = [
        pair
        for pair in parts.query.split("&")
        if not any(fnmatchcase(pair.partition("=")[0], pattern) for pattern in patterns)
    ]
    return urlunsplit(parts._replace(query="&".join(kept)))


def post_by_rules(post: RawPost, doc: Document, rules: Rules | Compiled) -> RawPost:
    """The post of a page with its text and pictures by the rules' container; unchanged where that is not there."""
    ready = rules if isinstance(rules, Compiled) else compile_rules(rules)
    found = [taken.element for taken in Selection(doc.root).first(ready.content, doc.root)] if ready.content else []
    if not found:
        return post
    content = deepcopy(_outermost(found)[0])
    content.tail = None
    for taken in Selection(content).every(ready.content_remove, content):
        if taken.element is not content and taken.element.getparent() is not None:
            taken.element.drop_tree()
    return replace(
        post,
        content_html=outer_html(content),
        text=plain(content),
        images=images(content, doc.base),
        evidence={**post.evidence, "content": f"rules: {ready.rules.full_text.content}"},
    )
