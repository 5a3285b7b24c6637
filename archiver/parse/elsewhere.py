"""Where the posts are when this page is not their listing: links to the blog, its archive, its years, its home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from archiver import urls, words
from archiver.parse.document import Document
from archiver.parse.numbering import identity, period, slots


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may list posts, why it is thought to, and how much (higher is likelier)."""

    url: str
    reason: str
    score: int


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOG_NAMES = _names(
    """
    blog blogs weblog posts post articles article writing writings journal notes news entries essays stories log diary
    blogue blogg blogi billets artikel artikels beitraege beiträge entradas articulos artículos artigos postagens
    publicacoes publicaciones articoli berichten artikelen zapiski stati notizie wpisy clanky inlagg indlaeg blogposts
    blog-posts boke wenzhang riji bowen 博客 文章 日志 部落格 ブログ 記事 블로그 글 блог статьи записи
    tech thoughts all-blogs
    """
)
ARCHIVE_NAMES = _names(
    """
    archive archives all all-posts allposts all-articles post-list posts-list postlist list timeline blog-archive
    year-archive sitemap-posts archiv archivo archivos arquivo arquivos archief arkiv archivio archiwum arsip arsiv
    archiwa archivum guidang 归档 歸檔 アーカイブ 記事一覧 архив content contents
    index-of-posts archive-list all-entries
    """
)
NOT_LISTINGS = _names(
    """
    tag tags category categories author authors about contact search login signup register privacy terms cart shop feed
    rss comments wp-login.php wp-admin user users account imprint impressum label labels topics topic
    """
)
SCORES = {
    "archive words": 60,
    "archive address": 50,
    "blog words": 55,
    "blog address": 45,
    "parent": 40,
    "breadcrumb": 35,
    "rel": 30,
    "home words": 25,
    "home": 20,
    "year": 15,
    "folder": 12,
    "month": 10,
}
ARTICLE_TYPES = _names("blogposting article newsarticle techarticle report socialmediaposting")
LISTING_TYPES = _names("blog collectionpage itemlist searchresultspage")

_ANCHORS = XPath("descendant::*[(self::a or self::area) and @href]")
_CRUMBS = "ancestor::*[contains(concat(@class, ' ', @id, ' ', @aria-label, ' ', @itemtype), {})]"
_IN_CRUMBS = XPath(
    f"boolean({_CRUMBS.format(repr('readcrumb'))} or {_CRUMBS.format(repr('BreadcrumbList'))})",
)
_HEADINGS = XPath("//h1[normalize-space()]")
_BODIES = XPath("//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]")
_ENTRY = XPath("//*[contains(concat(' ', @class, ' '), ' h-entry ')]")


def listing_candidates(doc: Document) -> tuple[Candidate, ...]:
    """Pages of the same site that may list the posts, likeliest first, each address once."""
    own = identity(doc.url)
    best: dict[str, Candidate] = {}
    order: dict[str, int] = {}
    for url, reason, bonus in _reasons(doc):
        key = identity(url)
        score = SCORES[reason] + bonus
        if key == own:
            continue
        order.setdefault(key, len(order))
        if key not in best or best[key].score < score:
            best[key] = Candidate(url, reason, score)
    return tuple(sorted(best.values(), key=lambda found: (-found.score, order[identity(found.url)])))


def archive_lists(doc: Document) -> tuple[str, ...]:
    """Addresses that the page links to as lists of all posts, likeliest first."""
    reasons = ("archive words", "archive address")
    return tuple(found.url for found in listing_candidates(doc) if found.reason in reasons)


def is_post_page(doc: Document) -> str | None:
    """Why the page is one post rather than a listing; None where that is not certain."""
    types = [kind for item in doc.json_ld for kind in _types(item)]
    articles = sum(_is_article(item) for item in doc.json_ld)
    headings = len(_HEADINGS(doc.root))
    if _names_listing(doc) or len(_ENTRY(doc.root)) > 1 or any(kind in LISTING_TYPES for kind in types):
        return None
    if articles == 1 and headings <= 1:
        return "JSON-LD names one article"
    if doc.first("og:type").lower() in ("article", "blog.post") and headings <= 1 and articles <= 1:
        if doc.first("article:published_time", "article:modified_time", "article:author") or headings == 1:
            return "og:type article with one heading"
        return None
    return "one articleBody" if len(_BODIES(doc.root)) == 1 and headings <= 1 else None


def _names_listing(doc: Document) -> bool:
    """Whether the address or the heading says that the page lists posts: the home page, "/archives/", "/page/2/"."""
    segments = [unquote(segment).lower() for segment in urlsplit(doc.url).path.split("/") if segment]
    if not segments or segments[-1] in urls.INDEX_NAMES or _stem(segments[-1]) in BLOG_NAMES | ARCHIVE_NAMES:
        return True
    if any(slot.kind == "page" for slot in slots(doc.url)):
        return True
    headings = (" ".join("".join(heading.itertext()).split()) for heading in _HEADINGS(doc.root))
    return any(words.is_archive(heading) or words.is_blog(heading) for heading in headings)


def _is_article(item: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD object is an article with words in it: some themes call every page one."""
    headline = str(item.get("headline") or "")
    empty = item.get("wordCount") in (0, "0") or words.is_blog(headline) or words.is_archive(headline)
    return not empty and any(kind in ARTICLE_TYPES for kind in _types(item))


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type", ())
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2].lower() for kind in listed if isinstance(kind, str)]


def _reasons(doc: Document) -> Iterator[tuple[str, str, int]]:
    for element in _ANCHORS(doc.root):
        href = (element.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        url = urls.join(doc.base, href)
        if url is not None and urls.same_site(url, doc.url) and urls.is_page_like(url):
            yield from _reasons_of(element, url, doc.url)
    for relation in ("up", "home", "index", "archives", "contents"):
        if relation in doc.links and urls.same_site(doc.links[relation], doc.url):
            yield doc.links[relation], "rel", 0
    yield from _folders(doc.url)
    yield f"{urls.origin(doc.url)}/", "home", 0


def _folders(url: str) -> Iterator[tuple[str, str, int]]:
    """The folders that the page lies in, guessed to be listings: the nearest first, those with a blog's name best."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment][:-1]
    for length in range(len(segments), 0, -1):
        named = unquote(segments[length - 1]).lower() in BLOG_NAMES | ARCHIVE_NAMES
        bonus = 6 if named else length - len(segments)
        yield f"{urls.origin(url)}/{'/'.join(segments[:length])}/", "folder", bonus


def _is_parent(url: str, own: str) -> bool:
    """Whether an address is a folder, below the root, that another address lies in."""
    folder, path = urlsplit(url).path, urlsplit(own).path
    return folder.endswith("/") and folder != "/" and folder != path and path.startswith(folder)


def _reasons_of(element: HtmlElement, url: str, own: str) -> Iterator[tuple[str, str, int]]:
    text = _text(element)
    segments = [unquote(segment).lower() for segment in urlsplit(url).path.split("/") if segment]
    depth = -3 * max(0, len(segments) - 1)
    if NOT_LISTINGS.isdisjoint(segments):
        name = _stem(segments[-1]) if segments else ""
        label = text or (element.get("title") or element.get("aria-label") or "")
        for known, said, reason in (
            (ARCHIVE_NAMES, words.is_archive(label), "archive"),
            (BLOG_NAMES, words.is_blog(label), "blog"),
        ):
            if said:
                yield url, f"{reason} words", depth + (5 if name in known else 0)
            elif name in known and len(segments) <= 3 and len(label) <= 40:
                yield url, f"{reason} address", depth
        yield from _period_reason(url)
        if _is_parent(url, own) and period(url) is None:
            yield url, "parent", depth
    if words.is_home(text):
        yield url, "home words", 0
    if set((element.get("rel") or "").lower().split()) & {"home", "up", "index", "archives"}:
        yield url, "rel", 0
    if segments and not any(slot.kind == "page" for slot in slots(url)) and _IN_CRUMBS(element):
        yield url, "breadcrumb", -depth


def _period_reason(url: str) -> Iterator[tuple[str, str, int]]:
    when = period(url)
    if when is not None:
        yield (url, "year", 0) if when < 10000 else (url, "month", 0)


def _text(element: HtmlElement) -> str:
    text = " ".join("".join(element.itertext()).split())
    return text if len(text) <= words.LONGEST else ""


def _stem(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".")
    return stem if dot and ending in urls.PAGE_ENDINGS else segment
