"""What class names, ids and tags often say. Hints only: nothing here is needed for a page to be read.

Each row is a set of words that may stand alone or as a part of a class or id ("post-meta", "entry__title").
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

# Places that hold links to posts without being the listing.
ASIDE = frozenset(
    "sidebar sidebars aside related relatedposts recommend recommended recommendation "
    "comment comments respond nav navbar navigation menu menus footer foot header-menu topbar breadcrumb "
    "breadcrumbs tagcloud cloud toc carousel slider slide swiper banner promo sponsor ad ads adsense share sharing "
    "social blogroll offcanvas drawer mobile-menu megamenu similar".split()
)
# Names that such places bear, and now and then the listing too.
MAYBE_ASIDE = frozenset("widget widgets popular hot ranking trending".split())
ASIDE_TAGS = frozenset(("nav", "footer", "aside"))
ASIDE_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search", "menu", "menubar"))
META = frozenset(
    "meta byline info infos details tags tag categories category cats author authors date time comments comment "
    "share sharing social footer views counter reading readtime stats level labels label badge stamp".split()
)
BODY = frozenset(
    "excerpt summary description entry-content post-content content abstract intro teaser snippet desc text body "
    "digest preview".split()
)
# What a layout says of other parts: "no-sidebar", "has_sidebar", "with-nav".
ABSENT = ("no-", "no_", "has-", "has_", "with-", "with_", "without-", "without_", "hide-", "hide_")
TITLE = frozenset("title headline heading name subject".split())
AUTHOR = frozenset("author authors byline writer vcard fn p-author autor auteur".split())
BODY_PROPERTIES = frozenset(("articlebody", "description", "abstract", "text", "postcontent", "blogpost-body"))
TITLE_PROPERTIES = frozenset(("headline", "name"))


@lru_cache(maxsize=4096)
def _split(value: str) -> frozenset[str]:
    lowered = value.lower()
    tokens = set(lowered.split())
    parts = {part for token in tokens if not token.startswith(ABSENT) for part in re.split(r"[-_]+", token)}
    return frozenset(tokens | parts)


def tokens(element: HtmlElement) -> frozenset[str]:
    """The words of an element's classes and id, in lower case, whole and split at dashes and underscores."""
    value = f"{element.get('class', '')} {element.get('id', '')}".strip()
    return _split(value) if value else frozenset()


def properties(element: HtmlElement) -> frozenset[str]:
    """The schema.org properties an element declares (microdata ``itemprop``), in lower case."""
    value = element.get("itemprop")
    return frozenset(value.lower().split()) if value else frozenset()


def classes(element: HtmlElement) -> list[str]:
    """The classes of an element, as written."""
    return (element.get("class") or "").split()


def is_aside(element: HtmlElement) -> bool:
    """Whether an element's own tag, role or names mark it as beside the point of the page."""
    return is_declared_aside(element) or is_named_aside(element)


def is_declared_aside(element: HtmlElement) -> bool:
    """Whether an element's own tag or role marks it as beside the point of the page."""
    return element.tag in ASIDE_TAGS or (element.get("role") or "").lower() in ASIDE_ROLES


def is_named_aside(element: HtmlElement) -> bool:
    """Whether an element's class or id names it as beside the point of the page."""
    return (
        element.tag not in ("body", "html", "main", "article")
        and bool(tokens(element) & ASIDE)
        and not _holds_main(element)
    )


def _holds_main(element: HtmlElement) -> bool:
    """Whether the page's main part is inside: a class then says where the sidebar is, not that this is one."""
    return next(element.iter("main"), None) is not None


def may_be_aside(element: HtmlElement) -> bool:
    """Whether an element's names are those of places beside the main part that now and then hold the listing."""
    return element.tag not in ("body", "html", "main", "article") and bool(tokens(element) & MAYBE_ASIDE)
