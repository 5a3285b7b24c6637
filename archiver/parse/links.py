"""The links of a page that may lead to posts, and what the shape of an address says about its target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import XPath
from lxml.html import HtmlElement

from archiver import urls, words
from archiver.parse.document import Document

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ANCHORS = XPath("descendant::*[(self::a or self::area) and @href]")

# First path segment (any depth) that names what its target is, when something follows it.
ADDRESS_KINDS: dict[str, str] = {
    **dict.fromkeys(("tag", "tags", "label", "labels", "topic", "topics", "keyword", "keywords"), "tag"),
    **dict.fromkeys(("etiqueta", "etiquetas", "schlagwort", "mot-cle", "tagged", "tema", "temas"), "tag"),
    **dict.fromkeys(
        "schlagworte schlagwoerter mots-cles etiquette etiquettes etiquetes marcador marcadores".split(), "tag"
    ),
    **dict.fromkeys("etichetta etichette eticheta etichete trefwoord trefwoorden tagi stitek stitky".split(), "tag"),
    **dict.fromkeys("znacka znacky tagy taggar etikett etiketter tagger stikkord emneord avainsana".split(), "tag"),
    **dict.fromkeys("avainsanat tagit cimke cimkek etiket etiketler metka metki teg tegi".split(), "tag"),
    **dict.fromkeys(("category", "categories", "cat", "categoria", "categorias", "catégorie"), "category"),
    **dict.fromkeys(("kategorie", "kategorien", "rubrique", "rubrik", "kategoria", "section", "sections"), "category"),
    **dict.fromkeys("categorie categorii categorieen rubriques rubrika rubriky kategori".split(), "category"),
    **dict.fromkeys("kategorier kategoriat kategoriak luokka luokat".split(), "category"),
    **dict.fromkeys(("author", "authors", "autor", "auteur", "user", "users", "profile", "members"), "author"),
    **dict.fromkeys("autoren autores auteurs autore autori autorzy autorka forfatter forfattere".split(), "author"),
    **dict.fromkeys("forfattare forfattarna kirjoittaja kirjoittajat szerzo szerzok yazar penulis".split(), "author"),
    **dict.fromkeys(
        ("page", "seite", "pagina", "strona", "strana", "stranka", "sida", "sivu", "oldal", "sayfa"), "page"
    ),
    **dict.fromkeys(("search", "feed", "feeds", "rss", "login", "signin", "register", "wp-admin"), "other"),
    **dict.fromkeys(("wp-login.php", "wp-content", "comments", "cart", "account", "cdn-cgi"), "other"),
}
# A whole last segment that names a fixed page of a site, in the languages where that is common.
FIXED_PAGES = frozenset(
    "about about-me aboutme about-us contact contacts contact-us privacy privacy-policy terms imprint impressum "
    "legal links friends friend guestbook message messages subscribe newsletter archive archives tags categories "
    "search sitemap rss feed atom.xml rss.xml feed.xml index.xml login portfolio resume cv bio projects talks now uses "
    "kontakt ueber ueber-mich datenschutz a-propos mentions-legales sobre contato contacto acerca blogroll colophon "
    "home index donate support shop store faq help".split()
)
# The end of an address that is a month and nothing else.
_MONTH = re.compile(r"(?:^|/)(?:19|20)\d\d(?:[-_](?:0[1-9]|1[0-2])(?:\.html?|\.php)?|/(?:0?[1-9]|1[0-2]))$")
_QUERY_KINDS = {"tag": "tag", "cat": "category", "category": "category", "author": "author", "paged": "page"}
# Fragments that name a place in a page which is not the post itself.
COMMENTING = ("comment", "respond", "reply", "disqus", "discuss", "utterances", "gitalk", "postcomment")
_PLACES = (*COMMENTING, "footnote", "fn")


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A link that may lead to a post: its element, absolute address, identity and tag path from the root."""

    element: HtmlElement
    url: str
    key: str
    path: str


@lru_cache(maxsize=4096)
def address_kind(url: str) -> str:
    """What the address says its target is: "tag", "category", "author", "page", "fixed", "month", "other", or ""."""
    address, _, query = url.strip().partition("#")[0].partition("?")
    address = address.lower()
    if address.startswith(("http://", "https://", "//")):
        address = address.partition("//")[2].partition("/")[2]
    segments = [segment for segment in address.split("/") if segment]
    if len(segments) == 1 and segments[0].startswith("@"):
        return "author"
    for segment in segments[:-1]:
        if segment in ADDRESS_KINDS and not (ADDRESS_KINDS[segment] == "page" and not segments[-1].isdigit()):
            return ADDRESS_KINDS[segment]
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        if name in _QUERY_KINDS and value:
            return _QUERY_KINDS[name]
    if segments and _stem(segments[-1]) in FIXED_PAGES and len(segments) <= 2:
        return "fixed"
    if _MONTH.search(address.rstrip("/")):
        return "month"
    return ""


def post_links(doc: Document) -> list[Link]:
    """All links that could lead to a post: same site, a page, neither this page nor the home page nor a pager's."""
    paths: dict[HtmlElement, str] = {}
    found: list[Link] = []
    for element in _ANCHORS(doc.root):
        url = post_address(element, doc)
        if url is not None and not is_pager_link(element):
            found.append(Link(element, url, urls.identity(url), tag_path(element, paths)))
    return found


def post_address(element: HtmlElement, doc: Document) -> str | None:
    """The address of a link if a post could be there: on this site, a page, neither this one nor one above it."""
    url = target(element, doc)
    if url is None or not urls.same_site(url, doc.url) or not urls.is_page_like(url):
        return None
    if urls.identity(url) in (urls.identity(doc.url), urls.identity(urls.origin(url) + "/")):
        return None
    return None if is_above(url, doc.url) else url


@lru_cache(maxsize=4096)
def is_above(url: str, own: str) -> bool:
    """Whether an address is that of a folder which holds this page: ``/blog/`` or ``/blog.html`` of ``/blog/2019/``."""
    if "?" in url:
        return False
    folder = _stem(urls.identity(url).rstrip("/"))
    return urls.identity(own).startswith(f"{folder}/")


def target(element: HtmlElement, doc: Document) -> str | None:
    """The absolute address a link leads to without its fragment; None where the fragment names a place in a page."""
    href = (element.get("href") or "").strip()
    address, mark, fragment = href.partition("#")
    if mark and (not address or fragment.lower().startswith(_PLACES)):
        return None
    return urls.join(doc.base, address)


def plainly_elsewhere(href: str, site: str) -> bool:
    """Whether an address names another host than ``site``, where that is told by a look at its letters."""
    return href.startswith(("http://", "https://")) and href.isascii() and bool(site) and site not in href.lower()


def tag_path(element: HtmlElement, cache: dict[HtmlElement, str]) -> str:
    """The tags from the root to the element, joined by slashes; ``cache`` holds those known already."""
    known = cache.get(element)
    if known is None:
        parent = element.getparent()
        tag = element.tag if isinstance(element.tag, str) else "?"
        known = tag if parent is None else f"{tag_path(parent, cache)}/{tag}"
        cache[element] = known
    return known


def relative_path(element: HtmlElement, ancestor: HtmlElement) -> str:
    """The tags below ``ancestor`` down to ``element``, joined by slashes; empty for the ancestor itself."""
    tags: list[str] = []
    while element is not ancestor:
        tags.append(str(element.tag))
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return "/".join(reversed(tags))


def along(element: HtmlElement, path: str) -> Iterator[HtmlElement]:
    """The descendants of ``element`` that stand at the relative tag path, in reading order."""
    if not path:
        yield element
        return
    tag, _, rest = path.partition("/")
    for child in element:
        if child.tag == tag:
            yield from along(child, rest)


def _stem(segment: str) -> str:
    return segment.removesuffix(".html").removesuffix(".htm").removesuffix(".php")


def is_pager_link(element: HtmlElement) -> bool:
    """Whether a link is a step of a pager by its words or number; a heading is never one."""
    text = "".join(element.itertext()).strip() or element.get("aria-label") or element.get("title") or ""
    if len(text) > 40 or not (words.step(text) or (text.isdigit() and len(text) <= 3)):
        return False
    return not any(ancestor.tag in HEADINGS for ancestor in element.iterancestors())
