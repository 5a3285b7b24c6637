"""Hostile HTML to harmless pieces: nh3 with our own list, and never an address of the live web for a picture."""

from __future__ import annotations

import archiver.datasette_plugin.pieces as pieces
from archiver.datasette_plugin.pieces import Piece
from archiver.urls import absolute

TEXT_ATTRIBUTES = frozenset({"dir", "id", "lang", "title"})
TAG_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "srcset", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "time": {"datetime"},
    "details": {"open"},
}
DROPPED_WHOLE = pieces.words(
    "script style template iframe object embed applet svg math select textarea title noembed noframes noscript"
    " audio video canvas head xmp plaintext frameset dialog"
)
SCHEMES = frozenset({"http", "https", "mailto"})


def clean(html: str) -> list[Piece] | None:
    """The harmless part of a post's HTML, or None where nh3 is not installed.

    Attributes named ``data-*`` are kept: pictures that load late name their address there. They are read, and
    never written.
    """
    try:
        import nh3
    except ImportError:
        return None
    harmless = nh3.clean(
        html,
        tags=set(pieces.TAGS),
        clean_content_tags=set(DROPPED_WHOLE),
        attributes={"*": set(TEXT_ATTRIBUTES), **TAG_ATTRIBUTES},
        generic_attribute_prefixes={"data-"},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    return pieces.read(harmless)


def link(address: str) -> str | None:
    """The address if a reader may follow it (http, https or mailto), else None."""
    if address.lower().startswith("mailto:") and address.isprintable():
        return address
    return absolute(address)
