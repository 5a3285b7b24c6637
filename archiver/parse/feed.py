"""Feeds (RSS, Atom, RDF through feedparser; JSON Feed 1.1) as labels: dates, titles, tags and texts of posts."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from archiver.decode import decode
from archiver.models import Feed, Label, RawDate, Where
from archiver.text import inline
from archiver.text.tree import sparing
from archiver.urls import join

HEAD = 3000
ROOTS = ("<rss", "<feed", "<rdf", "<channel", ":feed", ":rdf", ":rss")
MOST = 20_000
MOST_TAGS = 250_000
MOST_NAMESPACES = 500
CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
NAMESPACE = re.compile(r"xmlns:([^\s=]{1,100})")
ADDRESSES = ("feedburner_origlink", "link", "id")  # a proxy's note of the original goes before the link
DATES = (("published", False), ("created", False), ("updated", True))
JSON_ADDRESSES = ("url", "external_url", "id")
JSON_DATES = (("date_published", False), ("date_modified", True))


def read_feed(body: bytes, url: str, content_type: str = "") -> Feed | None:
    """The feed in a response's body, entries in the order given; None when the body is no feed, or one of more tags or
    namespaces than can be read in seconds. Never raises.

    Entities are never expanded: a document type's own declarations are cut out before parsing.
    """
    text = decode(body, content_type).value.lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return _json_feed(text, url)
    if not any(root in text[:HEAD].lower() for root in ROOTS):
        return None
    if _is_endless(text):
        return None
    parsed = _parse(sparing(without_declarations(text)), url)
    feed: Mapping[str, Any] = parsed.get("feed", {})
    entries = tuple(_labels(parsed.get("entries", ()), url))
    if not parsed.get("version") and not entries:
        return None
    return Feed(
        url=url,
        title=_title(feed),
        language=str(feed.get("language") or ""),
        entries=entries,
    )


def _is_endless(text: str) -> bool:
    """Whether a feed holds more tags, or names of namespaces, than can be read in seconds."""
    if text.count("<") > MOST_TAGS and CDATA.sub("", text).count("<") > MOST_TAGS:
        return True
    return text.count("xmlns:") > MOST_NAMESPACES < len(set(NAMESPACE.findall(text)))


def without_declarations(text: str) -> str:
    """The document without its document type, whose entities could grow without bound (XML 1.0, 4.2). Linear."""
    start = text.find("<!DOCTYPE", 0, HEAD)
    if start < 0:
        return text
    end = text.find(">", start)
    subset = text.find("[", start, end if end >= 0 else None)
    if subset >= 0:
        closed = text.find("]", subset)
        end = text.find(">", closed) if closed >= 0 else -1
    return text[:start] + text[end + 1 :] if end >= 0 else text[:start]


def _parse(text: str, url: str) -> Mapping[str, Any]:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed


def _labels(entries: list[dict[str, Any]], url: str) -> Iterator[Label]:
    for entry in entries[:MOST]:
        address = _address(entry, url, ADDRESSES)
        if address:
            yield Label(
                url=address,
                title=_title(entry),
                date=_date(entry, DATES),
                author=str(dict.get(entry, "author") or "").strip() or None,
                tags=_tags(entry),
                summary_html=_detail(dict.get(entry, "summary_detail") or {}),
                content_html=max((_detail(part) for part in dict.get(entry, "content") or ()), key=len, default=""),
            )


def _address(entry: dict[str, Any], url: str, names: tuple[str, ...]) -> str | None:
    """The post's own address by the first of some names; an id counts only if it is one."""
    for name in names:
        value = str(dict.get(entry, name) or "").strip()
        if value and (name != "id" or value.startswith(("http://", "https://"))):
            return join(url, value)
    return None


def _title(holder: Mapping[str, Any]) -> str:
    """The title as one line of plain text, also where the feed escapes it twice."""
    detail = holder.get("title_detail") or {}
    value = str(detail.get("value") or "")
    if "html" in str(detail.get("type") or "") or "</" in value:
        return inline(value)
    return " ".join(html.unescape(value).split())


def _detail(detail: Mapping[str, Any]) -> str:
    """The HTML of a text construct; plain text is escaped."""
    value = str(detail.get("value") or "").strip()
    is_plain = detail.get("type") == "text/plain" and "</" not in value and "&lt;" not in value
    return html.escape(value, quote=False) if is_plain and "&" not in value else value


def _date(holder: Mapping[str, Any], names: tuple[tuple[str, bool], ...]) -> RawDate | None:
    """The date as printed; one that only tells the last change is marked so."""
    for name, modified in names:
        value = str(dict.get(dict(holder), name) or "").strip()
        if value:
            return RawDate(value[:200], Where.FEED, name, modified)
    return None


def _tags(entry: dict[str, Any]) -> tuple[str, ...]:
    terms = (str(tag.get("label") or tag.get("term") or "") for tag in dict.get(entry, "tags") or ())
    return tuple(dict.fromkeys(filter(None, (" ".join(html.unescape(term).split()) for term in terms))))


def _json_feed(text: str, url: str) -> Feed | None:
    """A JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or "jsonfeed.org" not in str(data.get("version")):
        return None
    items = data.get("items")
    entries = (_json_label(item, url) for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))
    return Feed(
        url=url,
        title=" ".join(str(data.get("title") or "").split()),
        language=str(data.get("language") or ""),
        entries=tuple(entry for entry in entries if entry),
    )


def _json_label(item: dict[str, Any], url: str) -> Label | None:
    address = _address(item, url, JSON_ADDRESSES)
    if not address:
        return None
    authors = item.get("authors") or [item.get("author")]
    author = authors[0].get("name") if isinstance(authors, list) and isinstance(authors[0], dict) else None
    tags = item.get("tags")
    return Label(
        url=address,
        title=" ".join(str(item.get("title") or "").split()),
        date=_date(item, JSON_DATES),
        author=str(author) if author else None,
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        summary_html=html.escape(str(item.get("summary") or ""), quote=False),
        content_html=str(item.get("content_html") or "")
        or html.escape(str(item.get("content_text") or ""), quote=False),
    )
