"""A page of a listing: which blocks are its posts, and what each of them says.

The groups of links on a page are weighed against each other (``scoring``); the best is the listing, further blocks
join it when they are its like. What was learned stands in the ``Profile`` and reads the next page directly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from archiver import urls, words
from archiver.models import Listing, Profile, RawRecord, Rejected
from archiver.parse.chunks import text_of
from archiver.parse.dating import Dater
from archiver.parse.document import Document
from archiver.parse.groups import Group, Item, cut_flat, groups, own_class
from archiver.parse.links import HEADINGS, Link, address_kind, along, post_address, post_links, relative_path, tag_path
from archiver.parse.pager import read_pager
from archiver.parse.records import Reader
from archiver.parse.scoring import ENOUGH, Judge, Traits, reasons, score
from archiver.parse.templates import Templates

FEWEST_OF_USUAL = 0.6  # a page that gives a smaller share of the usual number of posts is looked at afresh
# How much names count that may mean a sidebar, and those that do but stand within the main part: fully, and less where
# nothing else is found.
DOUBTS = ((1.0, 1.0), (0.3, 1.0), (0.3, 0.3))
REPORTED = 12


def read_listing(
    doc: Document,
    *,
    labels: Collection[str] = (),
    profiles: Sequence[Profile] = (),
    usual: int = 0,
    visited: Collection[str] = (),
    templates: Templates | None = None,
) -> Listing:
    """Read a page's posts and pager.

    ``labels`` are addresses that the feed names as posts. ``profiles`` were learned on earlier pages of the listing,
    newest first, ``usual`` is how many posts those pages held; ``visited`` are pages the pager must not lead back to.
    ``templates`` remembers how the blocks of those pages were read, for speed, and learns from this one.
    """
    found = recognise(doc, labels=labels, profiles=profiles, usual=usual)
    reader = Reader(doc, found.dater)
    known = templates.read(reader, found.items) if templates is not None else None
    records = _in_full(reader, found, templates) if known is None else known
    inside = set[HtmlElement]() if known is None else {a for item in found.items for a in item.element.iter("a")}
    posts = [record.url for record in records]
    pager = read_pager(doc, doc.url, visited=visited, posts=posts, besides=inside)
    return Listing(doc.url, tuple(records), pager, found.profile, found.rejected)


def _in_full(reader: Reader, found: Recognised, templates: Templates | None) -> list[RawRecord]:
    """The records of a page's blocks, from which the templates learn."""
    read = reader.read_parts(found.items)
    if templates is not None:
        templates.learn(reader, found.items, read)
    return [record for record, _ in read]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The blocks of a page that are its posts, in order; none, without a profile, where nothing looks like posts."""

    dater: Dater
    items: Sequence[Item] = ()
    profile: Profile | None = None
    rejected: tuple[Rejected, ...] = ()


def recognise(
    doc: Document, *, labels: Collection[str] = (), profiles: Sequence[Profile] = (), usual: int = 0
) -> Recognised:
    """Find the blocks of a page that are its posts; the arguments are those of ``read_listing``."""
    dater = Dater(doc.language)
    fitting = _by_profile(doc, profiles, usual)
    if fitting is not None:
        profile, items = fitting
        return Recognised(dater, items, profile)
    links = post_links(doc)
    found = groups(links)
    for doubts in DOUBTS:
        judge = Judge(dater, labels, links, doubts)
        weighed = sorted(((judge.traits(g), g) for g in found), key=lambda tg: -score(tg[0]))
        best = _best(weighed, profiles)
        if best is not None:
            break
    rejected = tuple(islice(_rejected(weighed, best[1] if best else None), REPORTED))
    if best is None:
        return Recognised(dater, rejected=rejected)
    traits, group = best
    items = _complete(doc, traits, group, weighed, links)
    profile = Profile(group.path, group.link_path, flat=group.flat, rule=reasons(traits))
    return Recognised(dater, _without_pages(items, links, judge), profile, rejected)


def _best(weighed: Sequence[tuple[Traits, Group]], profiles: Sequence[Profile]) -> tuple[Traits, Group] | None:
    """The likeliest group; a single block gives way to a list that holds its post among others.

    A list within the block must date its posts: links of a post's own stand there too.
    """
    likely = [(traits, group) for traits, group in weighed if score(traits) >= _needed(group, profiles)]
    if likely and likely[0][0].size == 1:
        lone = likely[0][1]
        own = set(lone.items[0].element.iter())
        lists = ((t, g) for t, g in likely if t.size > 2 and lone.keys <= g.keys)
        own_lines = ((t, g) for t, g in lists if t.dated > 0.9 or not all(i.origin in own for i in g.items))
        return next(own_lines, likely[0])
    return likely[0] if likely else None


def _needed(group: Group, profiles: Sequence[Profile]) -> float:
    """A lower bar for what looks like the records of earlier pages: the last page may hold a single post."""
    known = any(p.item == group.path and p.link == group.link_path for p in profiles)
    return ENOUGH - 2.0 if known else ENOUGH


def _rejected(weighed: Sequence[tuple[Traits, Group]], best: Group | None) -> Iterator[Rejected]:
    """The groups that were not taken, but for other views of the blocks that were."""
    taken = {item.origin for item in best.items} if best else set()
    for traits, group in weighed:
        inside = (item.link in taken or any(e in taken for e in item.link.iterancestors()) for item in group.items)
        if group is not best and not all(inside):
            path = f"{group.path} > {group.link_path}"
            yield Rejected(path, traits.size, round(score(traits), 2), reasons(traits))


def _by_profile(doc: Document, profiles: Sequence[Profile], usual: int) -> tuple[Profile, list[Item]] | None:
    """The items that a learned profile finds, if they are about as many as on earlier pages."""
    for profile in profiles:
        items = _items_of(doc, profile)
        if items and len(items) >= usual * FEWEST_OF_USUAL:
            return profile, items
    return None


def _items_of(doc: Document, profile: Profile) -> list[Item]:
    head, _, rest = profile.item.partition("/")
    if doc.root.tag != head:
        return []
    items: list[Item] = []
    seen: set[str] = set()
    for element in along(doc.root, rest):
        item = _item_at(doc, element, profile.link)
        if item is None and _is_odd_one(doc, element):
            return []
        if item is not None and item.key not in seen:
            seen.add(item.key)
            items.append(item)
    if any(address_kind(item.url) == "fixed" for item in items):
        items = _without_pages(items, post_links(doc), Judge(Dater(doc.language), ()))
    if profile.flat and len(items) > 1:
        return cut_flat(items) or []
    return items


def _is_odd_one(doc: Document, element: HtmlElement) -> bool:
    """Whether a block at the records' place leads to a post by another link than theirs: the page is to be learned."""
    headed = (link for heading in element.iter(*HEADINGS) for link in heading.iter("a"))
    more = (link for link in element.iter("a") if words.is_read_more(text_of(link)))
    return any(post_address(link, doc) is not None for link in (*headed, *more))


def _item_at(doc: Document, element: HtmlElement, link_path: str) -> Item | None:
    for link in along(element, link_path):
        url = post_address(link, doc) if link.get("href") else None
        if url is not None and address_kind(url) in ("", "fixed"):
            return Item(element, link, url, urls.identity(url), element)
    return None


def _complete(
    doc: Document, traits: Traits, group: Group, weighed: Sequence[tuple[Traits, Group]], links: Sequence[Link]
) -> list[Item]:
    """The group's items, their siblings that lack its link, and blocks elsewhere that are its like, in page order."""
    items = {item.key: item for item in reversed(group.items)}
    if not group.flat:
        for item in _siblings(doc, group, links):
            items.setdefault(item.key, item)
    inside = {id(e) for item in items.values() for e in item.origin.iter()}
    for other_traits, other in weighed:
        if other is not group and _is_like(other_traits, other, traits, group):
            for item in other.items:
                if id(item.link) not in inside and not _holds(item.origin, group):
                    items.setdefault(item.key, item)
    order = {link.element: number for number, link in enumerate(links)}
    first = {item.key: _position(item, order) for item in items.values()}
    return sorted(items.values(), key=lambda item: first[item.key])


def _without_pages(items: Sequence[Item], links: Sequence[Link], judge: Judge) -> list[Item]:
    """The items without fixed pages of the site (about, resume): those that its navigation links, or without a date."""
    inside = {element for item in items for element in item.origin.iter("a")}
    navigated = {link.key for link in links if link.element not in inside and judge.region(link.element)[1] == 1}
    dated = [item for item in items if judge.dated(item)]
    sure = set(map(id, dated))
    doubtful = {item.key for item in items if id(item) not in sure} if len(dated) * 2 > len(items) else set()
    kept = [i for i in items if not (address_kind(i.url) == "fixed" and i.key in navigated | doubtful)]
    return kept if len(kept) * 2 > len(items) else list(items)


def _position(item: Item, order: dict[HtmlElement, int]) -> int:
    return min((order[e] for e in item.origin.iter("a") if e in order), default=len(order))


def _holds(element: HtmlElement, group: Group) -> bool:
    origins = {item.origin for item in group.items}
    return any(e in origins for e in element.iter())


def _siblings(doc: Document, group: Group, links: Sequence[Link]) -> Iterable[Item]:
    """Blocks at the group's own place that lead to a post by another of its usual links (read more, picture)."""
    by_element = {link.element: link for link in links}
    usual: Counter[str] = Counter()
    for item in group.items:
        paths = {
            relative_path(link.element, item.element)
            for element in item.element.iter("a")
            if (link := by_element.get(element)) is not None and link.key == item.key
        }
        usual.update(paths)
    parents = {item.origin.getparent() for item in group.items}
    cache: dict[HtmlElement, str] = {}
    own = {item.origin for item in group.items}
    classes = {name for item in group.items if (name := own_class(item.origin))}
    for parent in parents:
        for element in () if parent is None else parent:
            if element in own or not isinstance(element.tag, str) or tag_path(element, cache) != group.path:
                continue
            found = _by_usual_link(element, usual, by_element, len(group.items))
            if found is None and own_class(element) in classes:
                found = _by_words(element, by_element)
            if found is not None:
                yield found


def _by_usual_link(
    element: HtmlElement, usual: Counter[str], by_element: dict[HtmlElement, Link], size: int
) -> Item | None:
    for path, count in usual.most_common():
        if count * 2 < size:
            return None
        for found in along(element, path):
            link = by_element.get(found)
            if link is not None and not address_kind(link.url):
                return Item(element, found, link.url, link.key, element)
    return None


def _by_words(element: HtmlElement, by_element: dict[HtmlElement, Link]) -> Item | None:
    """A block of the posts' own kind by a link that says it leads to the whole post: one without a title, perhaps."""
    for found in element.iter("a"):
        text = text_of(found)
        if found in by_element and (words.is_read_more(text) or words.is_permalink(text)):
            return Item(element, found, by_element[found].url, by_element[found].key, element)
    return None


def _is_like(other: Traits, group: Group, main: Traits, best: Group) -> bool:
    """Whether blocks elsewhere are posts too: all named by the feed, or equal to the listing's in what counts."""
    if other.other > 0 or group.keys <= best.keys or (other.aside > main.aside and not _is_featured(other, main)):
        return False
    if other.labelled >= 0.99 and main.labelled > 0 and other.heading >= main.heading > 0.9:
        return True
    shapes = Counter(urls.path_shape(item.url) for item in best.items)
    same_shape = all(urls.path_shape(item.url) in shapes for item in group.items)
    return (
        same_shape
        and other.heading >= main.heading >= 0.9
        and other.dated >= main.dated >= 0.9
        and other.declared >= main.declared
        and score(other) + (4.0 if _is_featured(other, main) else 2.0) >= score(main) * 0.5
    )


def _is_featured(other: Traits, main: Traits) -> bool:
    """Whether a lone block beside the main part is a whole entry, with as much text as those of the listing."""
    return other.size == 1 and other.declared == 1 and other.length >= max(60, main.length * 0.5)
