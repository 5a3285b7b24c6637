"""Pictures of a post in reading order: the best address of each, its alternative text and its caption."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isfinite

from lxml import etree
from lxml.html import HtmlElement

from archiver.models import Image
from archiver.parse.image_hints import (
    BACKGROUND_ATTRIBUTES,
    LAZY_ATTRIBUTES,
    LAZY_SETS,
    decorative,
    file_name,
    placeholder,
)
from archiver.text import captions_of, inline
from archiver.urls import join

LARGEST = 2600
FIGURES = ("figure", "caption", "gallery", "photo", "picture", "image")
FILES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".jfif", ".jpe", ".tif", ".tiff")
VIEWERS = ("/blob/", "/file:", "/wiki/", "viewer", "/share/")

IMAGE_TAGS = ("img", "amp-img")
MAY_HAVE_BACKGROUNDS = etree.XPath(
    "boolean(descendant-or-self::*/@style) or boolean(descendant-or-self::*/@*[starts-with(name(), 'data-')])"
)
PICTURES = etree.XPath(
    "descendant-or-self::*[self::img or self::amp-img or "
    + " or ".join(f"@{name}" for name in ("style", *BACKGROUND_ATTRIBUTES))
    + "]"
)


@dataclass(slots=True)
class Found:
    """A picture on its way: the element, its address once known, and whether it is a twin inside noscript."""

    element: HtmlElement
    url: str | None
    twin_of: HtmlElement | None = None
    alone: bool = False


def images(element: HtmlElement, base: str, *, captions: Collection[HtmlElement] | None = None) -> tuple[Image, ...]:
    """The pictures inside an element, each address once, decorations and placeholders left out.

    ``captions`` spares the search when the caller has what ``captions_of`` gives.
    """
    candidates: list[HtmlElement] = PICTURES(element) if MAY_HAVE_BACKGROUNDS(element) else []
    elements = [each for each in candidates if each.tag in IMAGE_TAGS or _background(each)]
    elements = elements or list(element.iter(*IMAGE_TAGS))
    if not elements:
        return ()
    kept = [found for found in _settled([_find(each, element, base) for each in elements]) if found.url]
    told = _captions(element, [found.element for found in kept], captions_of(element) if captions is None else captions)
    result: dict[str, Image] = {}
    for found in kept:
        if found.url:
            caption = told.get(found.element, "")
            alt = " ".join((found.element.get("alt") or found.element.get("data-alt") or "").split())
            before = result.get(found.url, Image(found.url))
            result[found.url] = Image(found.url, before.alt or alt, before.caption or caption)
    return tuple(result.values())


def best_of_set(srcset: str) -> tuple[float, str] | None:
    """The largest candidate of a ``srcset`` that is still sensible (at most 2,600 pixels wide), with its size.

    Sizes are pixels for ``w``; a density counts as so many hundred pixels.
    """
    candidates = sorted(_candidates(srcset), key=lambda candidate: candidate[0])
    sensible = [candidate for candidate in candidates if candidate[0] <= LARGEST]
    return sensible[-1] if sensible else next(iter(candidates), None)


def _candidates(srcset: str) -> Iterator[tuple[float, str]]:
    """The (size, address) pairs of a srcset by HTML's rules: addresses end at white space and may hold commas."""
    rest = " ".join(srcset[:20_000].split()).lstrip(" ,")
    while rest:
        url, _, rest = rest.partition(" ")
        descriptor = ""
        if not url.endswith(","):
            descriptor, _, rest = rest.partition(",")
        url = url.strip(",")
        rest = rest.lstrip(" ,")
        if not placeholder(url):
            yield _size(descriptor.strip()), url


def _size(descriptor: str) -> float:
    number, unit = descriptor.lower()[:-1], descriptor.lower()[-1:]
    try:
        size = float(number) * (1 if unit == "w" else 100) if unit else 100.0
    except ValueError:
        return 0.0
    return size if isfinite(size) else 0.0


def _find(element: HtmlElement, root: HtmlElement, base: str) -> Found:
    if element.tag not in IMAGE_TAGS:
        return Found(element, None if decorative(element, "") else _joined(base, _background(element)))
    near = list(islice(element.iterancestors(), 8))
    noscript = _named(near, "noscript", 4)
    raw = _address(element, near)
    url = _joined(base, raw)
    if url and decorative(element, url):
        return Found(element, None)
    full = _full_size(element, near, root, base) if url else None
    twin = _lazy_neighbour(noscript) if noscript is not None else None
    return Found(element, full or url, twin, alone=noscript is not None and twin is None)


def _settled(found: list[Found]) -> list[Found]:
    """The pictures without the twins whose lazy originals are known; a lone noscript needs the name of a file."""
    known = {each.element for each in found if each.url and each.twin_of is None and not each.alone}
    return [each for each in found if not (each.twin_of in known or _is_pixel(each))]


def _is_pixel(found: Found) -> bool:
    """Whether a picture that only noscript holds counts readers, or stands in for a decoration."""
    if found.twin_of is not None:
        return decorative(found.twin_of, "")
    noscript = _ancestor(found.element, "noscript", 4) if found.alone else None
    if noscript is None:
        return False
    framed = any(_ancestor(noscript, name, 3) is not None for name in ("figure", "picture", "p", "a"))
    return not framed or not file_name(found.url or "").endswith(FILES) or (found.url or "").endswith(".gif")


def _ancestor(element: HtmlElement, tag: str, levels: int) -> HtmlElement | None:
    """The nearest ancestor of a kind within so many levels."""
    return _named(list(islice(element.iterancestors(), levels)), tag, levels)


def _named(near: Sequence[HtmlElement], tag: str, levels: int) -> HtmlElement | None:
    """The first of some ancestors that is of a kind, within so many levels."""
    for parent in near[:levels]:
        if parent.tag == tag:
            return parent
    return None


def _lazy_neighbour(noscript: HtmlElement) -> HtmlElement | None:
    """The picture that a noscript element stands beside."""
    for sibling in (noscript.getprevious(), noscript.getnext()):
        if sibling is not None:
            inside = [sibling] if sibling.tag == "img" else sibling.findall(".//img")
            if len(inside) == 1:
                return inside[0]
    return None


def _address(image: HtmlElement, near: Sequence[HtmlElement]) -> str:
    """The best address an image element gives: the largest of its sets, a lazy attribute, its source."""
    source = image.get("src") or ""
    given = image.keys()
    lazy = "" if len(given) == 1 else _lazy(image, frozenset(given))
    sets = [image.get(name) or "" for name in LAZY_SETS if name in given]
    picture = _named(near, "picture", 8)
    if picture is not None:
        sets += [each.get(name) or "" for each in picture.iter("source") for name in LAZY_SETS]
    plain = lazy or ("" if placeholder(source) else source)
    best = max((best for each in sets if each and (best := best_of_set(each))), key=lambda b: b[0], default=None)
    if best is None or (plain and best[0] <= 100):
        return plain
    return best[1]


def _lazy(image: HtmlElement, given: Collection[str]) -> str:
    """The address that a script would put in the place of the source."""
    values = (image.get(name) or "" for name in LAZY_ATTRIBUTES if name in given)
    return next((value for value in values if value and not placeholder(value)), "")


def _full_size(image: HtmlElement, near: Sequence[HtmlElement], root: HtmlElement, base: str) -> str | None:
    """The picture file that a thumbnail links to."""
    link = None if image is root else _named(near, "a", 3)
    href = (link.get("href") or "").strip() if link is not None else ""
    is_file = file_name(href).endswith(FILES) and not any(word in href.lower() for word in VIEWERS)
    return _joined(base, href) if is_file else None


def _background(element: HtmlElement) -> str:
    for name in BACKGROUND_ATTRIBUTES:
        if value := element.get(name):
            return _css_url(value) or value
    style = element.get("style") or ""
    return _css_url(style) if "background" in style.lower() else ""


def _css_url(style: str) -> str:
    """The first address of ``url(..)`` in a declaration."""
    _, _, rest = style.partition("url(")
    inside, closed, _ = rest.partition(")")
    return inside.strip().strip("'\"").strip() if closed else ""


def _joined(base: str, address: str) -> str | None:
    return join(base, address) if address and not placeholder(address) else None


def _captions(
    root: HtmlElement, pictures: list[HtmlElement], captions: Collection[HtmlElement]
) -> dict[HtmlElement, str]:
    """The caption of each picture, told by the smallest container that holds both."""
    if not captions or not pictures:
        return {}
    holders: dict[HtmlElement, list[HtmlElement]] = {}
    for picture in pictures:
        for parent in _up_to(root, picture):
            holders.setdefault(parent, []).append(picture)
    groups: dict[HtmlElement, list[HtmlElement]] = {}
    for caption in captions:
        container = next((parent for parent in _up_to(root, caption) if parent in holders), None)
        if container is not None:
            groups.setdefault(container, []).append(caption)
    told: dict[HtmlElement, str] = {}
    deepest = sorted(groups, key=lambda each: -sum(1 for _ in each.iterancestors())) if len(groups) > 1 else groups
    for container in deepest:
        _tell(container, holders[container], groups[container], told)
    return told


def _up_to(root: HtmlElement, element: HtmlElement) -> Iterator[HtmlElement]:
    """The ancestors of an element, the nearest first, as far as the root."""
    for parent in element.iterancestors():
        yield parent
        if parent is root:
            return


def _tell(
    container: HtmlElement, pictures: list[HtmlElement], captions: list[HtmlElement], told: dict[HtmlElement, str]
) -> None:
    """Give the pictures of one container their captions: the one after them, or before when captions lead."""
    own = set(captions)
    wanted = {picture for picture in pictures if picture not in told}
    members = [each for each in container.iter() if each in wanted or each in own]
    if members and members[0] in own and members[-1] not in own:
        members.reverse()
    everywhere = _figure_like(container)
    waiting: list[HtmlElement] = []
    for member in members:
        if member in wanted:
            waiting.append(member)
        else:
            text = inline(member)
            told.update((picture, text) for picture in (waiting if everywhere else waiting[-1:]))
            waiting = []


def _figure_like(container: HtmlElement) -> bool:
    names = f"{container.get('class') or ''} {container.tag!s}".lower()
    return any(hint in names for hint in FIGURES)
