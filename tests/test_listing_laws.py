"""Laws of reading a listing, on all golden pages: what does not belong to the posts changes nothing about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import Element, HtmlElement, tostring

from archiver import words
from archiver.models import Listing, Record
from archiver.normalise import context_of, understand
from archiver.parse.document import read
from archiver.parse.listing import read_listing
from archiver.text import tree
from archiver.words.direction import OLDER
from archiver.words.pages import NEXT

CORPUS = Path(__file__).parent / "corpus"
GOLDEN = sorted(path.parent for path in CORPUS.glob("*/expected.json") if not path.parent.name.startswith("pager-"))
FIELDS = ("url", "title", "published", "excerpt", "images", "read_more", "author", "tags", "category")

# Where a class is the only cue there is: what is not compared after all classes and ids are renamed.
ONLY_BY_CLASS: dict[str, tuple[str, ...]] = {
    "blogger-simple-days": ("excerpt", "images"),  # a caption in a table's cell
    "fc2-entries": ("excerpt",),  # a category behind an address that does not tell it
    "ghost-casper3": ("excerpt",),  # a category that is not linked
    "ghost-casper5": ("excerpt",),
    "hugo-hello-friend": ("author",),
    "listing-months-in-words": ("excerpt",),
    "listing-permalink-in-content": ("excerpt",),
    "listing-two-times-in-a-line": ("published",),
    "quarto-listing": ("author",),
    "squarespace-grid": ("author",),
    "typecho-captions": ("excerpt", "images"),  # captions that are plain paragraphs
    "wordpress-twentyseventeen-updated": ("published",),  # the time of day: one of two times was an update
    "zblog-default": ("excerpt",),  # labels in one heading
}
# Pages that show what a class alone tells.
OF_CLASSES = frozenset(("listing-single-plain",))
# Pages whose records stand among other blocks, so that these are not unrelated to them.
TOGETHER = frozenset(("listing-newest-and-all", "listing-single-permalink-is-a-time"))


@cache
def expected_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return loaded


@cache
def source_of(folder: Path) -> str:
    return (folder / "page.html").read_text(encoding="utf-8")


def listing_of(folder: Path, source: str) -> Listing:
    expected = expected_of(folder)
    return read_listing(read(source, expected["url"]), labels=expected.get("feed", ()))


def records_of(folder: Path, listing: Listing) -> list[dict[str, Any]]:
    expected = expected_of(folder)
    served = datetime.fromisoformat(expected.get("served", "2024-06-15T12:00:00+00:00")).astimezone(UTC)
    context = context_of([(listing.records, served)], language=expected["language"])
    return [told(understand(raw, context, served)) for raw in listing.records]


def told(record: Record) -> dict[str, Any]:
    fields = {name: getattr(record, name) for name in FIELDS}
    return {**fields, "published": record.published.value, "excerpt": " ".join(record.excerpt.split())}


@cache
def original(folder: Path) -> list[dict[str, Any]]:
    return records_of(folder, listing_of(folder, source_of(folder)))


def changed(folder: Path, change: Callable[[HtmlElement], None]) -> list[dict[str, Any]]:
    """The records of a page after a change of its tree."""
    root = tree(source_of(folder))[0]
    change(root)
    return records_of(folder, listing_of(folder, str(tostring(root, encoding="unicode"))))


def _leads(link: HtmlElement, url: str) -> bool:
    href = (link.get("href") or "").partition("#")[0].lstrip("./")
    return len(href) > 1 and (url.endswith(href) or href.endswith(url))


def unrelated(root: HtmlElement, folder: Path) -> list[HtmlElement]:
    """The containers from the body down to the one that holds all records among its children."""
    containers: list[HtmlElement] = []
    place = root.find("body")
    main = _main_links(root, folder)
    while place is not None:
        holding = [child for child in place if any(link in main for link in child.iter("a"))]
        if len(holding) != 1 or not _tells(holding[0], folder):
            return containers
        containers.append(place)
        place = holding[0]
    return containers


def _tells(element: HtmlElement, folder: Path) -> bool:
    """Whether an element holds what all records show, so that what is around it is no part of them."""
    text = "".join("".join(element.itertext()).split())
    return all("".join(record["excerpt"].split())[:12] in text for record in original(folder))


def _main_links(root: HtmlElement, folder: Path) -> set[HtmlElement]:
    """For each record the links in a heading, else those that say its title, else all that lead to it."""
    found: set[HtmlElement] = set()
    for record in original(folder):
        links = [link for link in root.iter("a") if _leads(link, record["url"].partition("://")[2])]
        headed = [link for link in links if any(parent.tag in ("h1", "h2", "h3") for parent in link.iterancestors())]
        titled = [link for link in links if " ".join("".join(link.itertext()).split()) == record["title"]]
        found.update(headed or titled or links)
    return found


def wrap(element: HtmlElement, depth: int) -> None:
    """Put all children of an element into so many containers."""
    children = list(element)
    inner = outer = Element("div")
    for _ in range(depth - 1):
        inner.append(deeper := Element("div"))
        inner = deeper
    inner.text, element.text = element.text, None
    for child in children:
        inner.append(child)
    element.append(outer)


def renamed(root: HtmlElement) -> None:
    """Rename every class and id by one bijection."""
    for element in root.iter():
        for name in ("class", "id"):
            value = element.get(name) if isinstance(element.tag, str) else None
            if value:
                element.set(name, " ".join(_alias(word) for word in value.split()))


def _alias(word: str) -> str:
    digest = hashlib.sha256(word.encode()).digest()
    return "q" + "".join(chr(ord("a") + byte % 16) for byte in digest[:10])


@pytest.mark.parametrize(
    "folder", [folder for folder in GOLDEN if folder.name not in OF_CLASSES], ids=lambda folder: folder.name
)
def test_names_of_classes_are_hints_only(folder: Path) -> None:
    left_out = ONLY_BY_CLASS.get(folder.name, ())
    found = changed(folder, renamed)
    assert [record["url"] for record in found] == [record["url"] for record in original(folder)]
    for mine, before in zip(found, original(folder), strict=True):
        for name in FIELDS:
            assert name in left_out or mine[name] == before[name], name


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
@pytest.mark.parametrize("depth", [1, 3])
def test_containers_around_the_page_change_nothing(folder: Path, depth: int) -> None:
    def around(root: HtmlElement) -> None:
        body = root.find("body")
        assert body is not None
        wrap(body, depth)

    assert changed(folder, around) == original(folder)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([folder for folder in GOLDEN if folder.name not in TOGETHER]), st.randoms())
def test_order_of_unrelated_blocks_changes_nothing(folder: Path, random: Any) -> None:
    def shuffled(root: HtmlElement) -> None:
        for place in unrelated(root, folder):
            children = list(place)
            random.shuffle(children)
            for child in children:
                child.tail = None
                place.append(child)

    assert changed(folder, shuffled) == original(folder)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(GOLDEN), st.integers(1, 4), st.data())
def test_containers_around_any_block_change_nothing(folder: Path, depth: int, data: st.DataObject) -> None:
    def around(root: HtmlElement) -> None:
        places = unrelated(root, folder)
        if places:
            wrap(data.draw(st.sampled_from(places)), depth)

    assert changed(folder, around) == original(folder)


PAGED = [folder for folder in GOLDEN if "next" in expected_of(folder)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAGED), st.sampled_from([OLDER, NEXT]), st.data())
def test_the_language_of_the_pager_changes_nothing(folder: Path, table: Any, data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(sorted(table)))
    phrase = table[language].partition("|")[0].strip()
    replaced = []

    def translated(root: HtmlElement) -> None:
        for link in root.iter("a"):
            text = " ".join("".join(link.itertext()).split())
            if words.step(text) in (words.Step.NEXT, words.Step.OLDER, words.Step.MORE) and not link.get("rel"):
                for child in list(link):
                    child.drop_tree()
                link.text = phrase
                replaced.append(text)

    root = tree(source_of(folder))[0]
    translated(root)
    listing = listing_of(folder, str(tostring(root, encoding="unicode")))
    assert records_of(folder, listing) == original(folder)
    if replaced:
        assert listing.pager.next == expected_of(folder)["next"], phrase


def test_the_laws_are_put_to_many_pages() -> None:
    moved = [folder for folder in GOLDEN if len(unrelated(tree(source_of(folder))[0], folder)) > 1]
    assert len(moved) >= 60
    assert len(PAGED) >= 40
