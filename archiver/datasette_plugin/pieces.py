"""HTML as a flat list of pieces: read once, changed piece by piece, written with everything escaped anew.

What is written comes from the lists of tags and attributes here, whatever the input was: a tag that is not in
``TAGS`` is not written, a text is always escaped. Only ``Markup`` pieces, made by this package, go out as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser


def words(text: str) -> frozenset[str]:
    """The words of a text as a set: tables of names are easier to read that way."""
    return frozenset(text.split())


VOID = frozenset({"br", "hr", "img", "wbr", "col"})
INLINE = words(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike strong sub sup time"
    " tt u var wbr"
)
BLOCKS = words(
    "blockquote caption center colgroup col dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre"
    " section summary table tbody td tfoot th thead tr ul br"
)
TAGS = INLINE | BLOCKS
ATTRIBUTES = words(
    "alt cite colspan data-missing datetime dir height href id lang loading decoding reversed rel rowspan scope src"
    " start tabindex title width class role aria-label target"
)


@dataclass(frozen=True, slots=True)
class Start:
    """An opening tag with its attributes, values without entities."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """A closing tag."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, without entities."""

    value: str


@dataclass(frozen=True, slots=True)
class Trusted:
    """HTML made by this package out of escaped parts, written as it is."""

    html: str


Piece = Start | End | Text | Trusted


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(Start(tag, {name: value or "" for name, value in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.pieces.append(End(tag))

    def handle_data(self, data: str) -> None:
        self.pieces.append(Text(data))


def read(html: str) -> list[Piece]:
    """Take HTML apart; comments and declarations are dropped."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.pieces


def write(pieces: Iterable[Piece]) -> str:
    """Put pieces together: balanced, escaped, nothing but the allowed tags and attributes."""
    out: list[str] = []
    open_tags: list[str] = []
    for piece in pieces:
        match piece:
            case Text(value):
                out.append(escape(value, quote=False))
            case Trusted(html):
                out.append(html)
            case Start(name, attributes) if name in TAGS:
                out.append(_tag(name, attributes))
                if name not in VOID:
                    open_tags.append(name)
            case End(name) if name in open_tags:
                while (last := open_tags.pop()) != name:
                    out.append(f"</{last}>")
                out.append(f"</{name}>")
            case _:
                pass
    return "".join(out) + "".join(f"</{name}>" for name in reversed(open_tags))


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    kept = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if key in ATTRIBUTES)
    return f"<{name}{kept}>"
