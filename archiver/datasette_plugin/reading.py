"""A post's HTML as it is read here: pictures and links of the archive, maths, headings below the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import quote, urlsplit

import archiver.datasette_plugin.maths as maths
from archiver import urls
from archiver.datasette_plugin.pieces import End, Piece, Start, Text, Trusted, write
from archiver.datasette_plugin.sanitise import clean, link

HEADING = re.compile(r"h[1-6]")
CAPTION_HOLDERS = frozenset({"p", "div", "span", "small", "em", "center", "td"})
ID_PREFIX = "in-post-"
SIGNS = frozenset({"#", "¶", "§", "🔗"})
SIZE = re.compile(r"[1-9][0-9]{0,4}")
PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the archive: ``path`` is its route here, empty while its bytes are not held."""

    url: str
    path: str = ""
    width: int | None = None
    height: int | None = None
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A post ready for the page: ``html`` is safe, ``rest`` are pictures that its HTML did not show."""

    html: str
    rest: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a post's HTML refers to: its own address, its pictures, and the archive's posts by identity."""

    base: str
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)


def by_address(pictures: Iterable[Picture]) -> dict[str, Picture]:
    """Pictures under the identity of their address; one whose bytes are held wins."""
    found: dict[str, Picture] = {}
    for picture in pictures:
        name = urls.identity(picture.url)
        if name not in found or (picture.path and not found[name].path):
            found[name] = picture
    return found


def addresses(pieces: Iterable[Piece], base: str) -> set[str]:
    """The identities of everything the pieces link to."""
    links = (piece.attributes.get("href", "") for piece in pieces if isinstance(piece, Start) and piece.name == "a")
    return {urls.identity(address) for href in links if (address := urls.join(base, href))}


def harmless(html: str | None, text: str | None) -> list[Piece]:
    """The pieces to read: the HTML made harmless, or plain text in paragraphs where that cannot be had."""
    found = clean(html) if html else None
    return found if found is not None else list(paragraphs(text or ""))


def paragraphs(text: str) -> Iterator[Piece]:
    """Plain text as paragraphs; a line end inside one stays a line end."""
    for part in PARAGRAPH.split(text.strip()):
        if not part.strip():
            continue
        yield Start("p")
        for number, line in enumerate(part.strip().split("\n")):
            if number:
                yield Start("br")
            yield Text(line)
        yield End("p")


def read(pieces: Sequence[Piece], around: Surroundings) -> Reading:
    """Put a post's pieces in their surroundings."""
    shown: set[str] = set()
    changed = _headings(_tables(_captions(_inner(_unmarked(pieces), around, shown), around)))
    html = write(maths.nowrap(maths.typeset(list(changed))))
    held = (picture for name, picture in around.pictures.items() if name not in shown and picture.path)
    return Reading(html, tuple(held))


def _inner(pieces: Iterable[Piece], around: Surroundings, shown: set[str]) -> Iterator[Piece]:
    for piece in pieces:
        if not isinstance(piece, Start):
            yield piece
        elif piece.name == "img":
            yield from _picture(piece, around, shown)
        elif piece.name == "a":
            yield _anchor(piece, around)
        else:
            yield _kept(piece)


def _kept(piece: Start) -> Start:
    """An element without the attributes that were only there to be read, its id out of the way of the page's own."""
    kept = {name: value for name, value in piece.attributes.items() if not name.startswith("data-")}
    if "id" in kept:
        kept["id"] = ID_PREFIX + kept["id"]
    return Start(piece.name, kept)


def _picture(piece: Start, around: Surroundings, shown: set[str]) -> Iterator[Piece]:
    for address in _named(piece, around.base):
        name = urls.identity(address)
        if name not in around.pictures:
            continue
        picture = around.pictures[name]
        shown.add(name)
        if picture.path:
            yield Start("img", _picture_attributes(piece, picture))
            return
    alt = piece.attributes.get("alt", "").strip()
    yield Trusted(f'<span class="missing" role="img" aria-label="picture not kept">{escape(alt) or "picture"}</span>')


def _named(piece: Start, base: str) -> Iterator[str]:
    """Every address an image names, in whatever attribute: late loading has no end of names for it."""
    for key, value in piece.attributes.items():
        if key in {"alt", "title", "width", "height", "id", "lang", "dir"}:
            continue
        parts = [part.split()[0] for part in value.split(", ") if part.strip()] if "srcset" in key else [value]
        for part in parts:
            if address := urls.join(base, part):
                yield address


def _picture_attributes(piece: Start, picture: Picture) -> dict[str, str]:
    alt = piece.attributes.get("alt", "").strip() or picture.alt or picture.caption
    kept = {"src": picture.path, "alt": alt, "loading": "lazy", "decoding": "async"}
    if picture.width and picture.height:
        kept |= {"width": str(picture.width), "height": str(picture.height)}
    wanted = piece.attributes.get("width", "")
    if picture.width and picture.height and SIZE.fullmatch(wanted) and int(wanted) < picture.width:
        kept |= {"width": wanted, "height": str(max(1, round(int(wanted) * picture.height / picture.width)))}
    return kept


def _anchor(piece: Start, around: Surroundings) -> Start:
    kept = {name: value for name, value in _kept(piece).attributes.items() if name != "href"}
    href = piece.attributes.get("href", "").strip()
    if href.startswith("#"):
        return Start("a", {**kept, "href": f"#{ID_PREFIX}{quote(href[1:], safe='%:._~-')}"} if href != "#" else kept)
    address = urls.join(around.base, href) or link(href)
    if address is None:
        return Start("a", kept)
    name = urls.identity(address)
    picture = around.pictures.get(name)
    if picture and picture.path:
        return Start("a", {**kept, "href": picture.path})
    if name in around.posts:
        return Start("a", {**kept, "href": around.posts[name], "class": "kept"})
    fragment = quote(urlsplit(href).fragment, safe="%:._~-/") if "#" in href and address.startswith("http") else ""
    outward = address + (f"#{fragment}" if fragment else "")
    return Start("a", {**kept, "href": outward, "rel": "noopener noreferrer nofollow"})


def _unmarked(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Headings without the sign that links them to themselves."""
    listed, heading, skip = list(pieces), False, 0
    for number, piece in enumerate(listed):
        if isinstance(piece, Start | End) and HEADING.fullmatch(piece.name):
            heading = isinstance(piece, Start)
        if skip:
            skip -= 1
        elif heading and isinstance(piece, Start) and piece.name == "a" and _is_sign(listed[number + 1 : number + 3]):
            skip = 2
        else:
            yield piece


def _is_sign(following: Sequence[Piece]) -> bool:
    match following:
        case [Text(value), End("a")]:
            return value.strip() in SIGNS
        case _:
            return False


def _captions(pieces: Iterable[Piece], around: Surroundings) -> Iterator[Piece]:
    """Mark a paragraph that says what a known caption says."""
    captions = {" ".join(picture.caption.split()) for picture in around.pictures.values() if picture.caption}
    listed = list(pieces)
    for number, piece in enumerate(listed):
        if isinstance(piece, Start) and piece.name in CAPTION_HOLDERS and captions:
            following = listed[number + 1 : number + 3]
            if len(following) == 2 and isinstance(following[0], Text) and following[1] == End(piece.name):
                said = " ".join(following[0].value.split())
                if said in captions:
                    piece = replace(piece, attributes={**piece.attributes, "class": "caption"})
        yield piece


def _tables(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Let wide tables and code scroll by themselves, with the keyboard too."""
    depth = 0
    for piece in pieces:
        if isinstance(piece, Start) and piece.name == "table":
            depth += 1
            if depth == 1:
                yield Trusted('<div class="wide" tabindex="0" role="group" aria-label="table">')
        if isinstance(piece, Start) and piece.name == "pre":
            piece = replace(piece, attributes={**piece.attributes, "tabindex": "0"})
        yield piece
        if isinstance(piece, End) and piece.name == "table" and depth:
            depth -= 1
            if depth == 0:
                yield Trusted("</div>")


def _headings(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Number headings anew from h2 on, each at most one level below the one it stands under: h1 is the page's own."""
    above: list[str] = []
    for piece in pieces:
        if isinstance(piece, Start) and HEADING.fullmatch(piece.name):
            above = [name for name in above if name < piece.name] + [piece.name]
        if isinstance(piece, Start | End) and HEADING.fullmatch(piece.name):
            piece = replace(piece, name=f"h{min(6, len(above) + 1)}")
        yield piece
