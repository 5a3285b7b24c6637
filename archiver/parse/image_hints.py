"""Tables of what pictures are called: lazy attributes, placeholders, decorations. By name parts, never by host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

LAZY_ATTRIBUTES = (
    "data-full-src",
    "data-original-src",
    "data-actualsrc",
    "data-original",
    "data-lazy-src",
    "data-lazyload",
    "data-lazy",
    "data-src-large",
    "data-large-file",
    "data-orig-file",
    "data-src",
    "data-url",
    "data-echo",
    "data-image",
    "data-img",
    "data-img-src",
    "data-real-src",
    "data-real",
    "data-hi-res-src",
    "real_src",
    "real-src",
    "_src",
    "lazy-src",
    "lazysrc",
    "original",
    "file",
    "zoomfile",
)
LAZY_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set", "lazy-srcset")
BACKGROUND_ATTRIBUTES = (
    "data-bg",
    "data-background",
    "data-background-image",
    "data-bg-url",
    "data-bgset",
    "data-lazy-bg",
    "data-bg-image",
    "data-background-src",
)
PLACEHOLDERS = frozenset(
    (
        *("none", "blank", "loading", "load", "loader", "loadings", "spacer", "space", "placeholder", "transparent"),
        *("lazy", "lazyload", "lazyloading", "grey", "gray", "pixel", "1x1", "1px", "dot", "empty", "img-loading"),
        *("image-loading", "loading-img", "pic-loading", "placeholder-image", "image-placeholder", "trans", "clear"),
        *("px", "blankimg", "noimg", "nopic", "noimage", "no-image", "default-image", "white", "ajax-loader"),
    )
)
DECORATIVE_NAMES = frozenset(
    (
        *("avatar", "gravatar", "emoji", "emojis", "smiley", "smilies", "smilie", "icon", "icons", "favicon", "spacer"),
        *("sprite", "sprites", "pixel", "tracking", "tracker", "spinner", "loader", "userpic", "social"),
        *("emoticon", "emoticons", "sticker"),
    )
)
DECORATIVE_FOLDERS = frozenset(
    (
        *("avatar", "avatars", "gravatar", "emoji", "emojis", "emoticon", "emoticons", "smilies", "smiley", "smileys"),
        *("icons", "favicons", "sprites", "twemoji", "tracking", "pixel"),
    )
)
DECORATIVE_FILES = frozenset(
    (
        *("spacer", "pixel", "favicon", "sprite", "sprites", "blank", "transparent", "1x1", "tracking", "beacon"),
        *("avatar", "gravatar", "gravator", "counter", "hitcounter"),
    )
)
FACES = frozenset(("avatar", "avatars", "gravatar", "gravator", "userpic"))
SMALL = 32
WORDS = re.compile(r"[^a-z0-9]+")
VARIANT = re.compile(r"(?:[.-](?:min|\d{1,4}x?|\d{1,4}x\d{1,4}))$")


def file_name(address: str) -> str:
    """The last part of an address's path in lower case, without query and fragment."""
    return _path(address).rpartition("/")[2]


def placeholder(address: str) -> bool:
    """Whether an address is a stand-in until a script has run: a data address, loading.gif, none.gif."""
    address = address.strip()
    if not address or address.startswith(("data:", "about:", "#", "javascript:", "blob:", "{{", "${")):
        return True
    stem = file_name(address).rpartition(".")[0]
    return bool(stem) and VARIANT.sub("", stem).replace("_", "-") in PLACEHOLDERS


def decorative(image: HtmlElement, address: str) -> bool:
    """Whether a picture is no content: an avatar, an icon, an emoji, a tracking pixel, a spacer."""
    if any(_small(image.get(name)) for name in ("width", "height")) or _small_style(image.get("style") or ""):
        return True
    names = WORDS.split(f"{image.get('class') or ''} {image.get('id') or ''}".lower())
    if not DECORATIVE_NAMES.isdisjoint(names):
        return True
    folders = _path(address).split("/")
    stem, _, ending = folders[-1].rpartition(".")
    return ending == "ico" or stem in DECORATIVE_FILES or not DECORATIVE_FOLDERS.isdisjoint(folders[:-1])


def is_face(image: HtmlElement, address: str) -> bool:
    """Whether a picture shows somebody who writes: its names or a folder of its address say so."""
    names = WORDS.split(f"{image.get('class') or ''} {image.get('id') or ''} {_path(address)}".lower())
    return not FACES.isdisjoint(names)


def _path(address: str) -> str:
    try:
        return urlsplit(address.strip()).path.lower()
    except ValueError:
        return ""


def _small(value: str | None) -> bool:
    value = (value or "").strip().lower().removesuffix("px")
    return value.isascii() and value.isdigit() and int(value[:6]) <= SMALL


def _small_style(style: str) -> bool:
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in ("width", "height") and value.strip().endswith("px") and _small(value):
            return True
    return False
