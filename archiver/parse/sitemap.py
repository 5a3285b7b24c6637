"""Sitemaps (sitemaps.org): the addresses a site lists, and the further sitemaps of an index."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from archiver.decode import decode
from archiver.urls import join

MOST = 50_000
LARGEST = 52_428_800
HEAD = 20_000
GZIP = b"\x1f\x8b"
ADDRESS = re.compile(r"^[ \t]*(https?://[^\r\n]*)", re.MULTILINE)
ENTRIES = etree.XPath("//*[local-name()='url' or local-name()='sitemap']")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Addresses of pages and of further sitemaps, in the order given.

    ``truncated`` tells that the sitemap held more than the standard's 50,000 addresses or 50 MiB.
    """

    urls: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    truncated: bool = False


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The sitemap in a response's body: XML or a list of addresses, gzip unpacked under a cap. Never raises.

    A body that is no sitemap, or declares entities, gives an empty one.
    """
    data, truncated = _unpacked(body)
    start = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"<!ENTITY" in data[:HEAD] or start[:9].lower().startswith((b"<!doctype", b"<html")):
        return Sitemap()
    if not start.startswith(b"<"):
        return _plain(data, url, truncated)
    entries = dict.fromkeys(_entries(data, url))
    pages = [address for kind, address in entries if kind == "url"]
    children = [address for kind, address in entries if kind == "sitemap"]
    return Sitemap(
        urls=tuple(pages[:MOST]),
        children=tuple(children[:MOST]),
        truncated=truncated or len(pages) > MOST or len(children) > MOST,
    )


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The body, unpacked when it is gzip, cut at the standard's limit."""
    if not body.startswith(GZIP):
        return body[:LARGEST], len(body) > LARGEST
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(body, LARGEST)
    except zlib.error:
        return b"", False
    return data, bool(unpacker.unconsumed_tail)


def _entries(data: bytes, url: str) -> Iterator[tuple[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    found: list[etree._Element] = ENTRIES(root) if root is not None else []
    for entry in found:
        parts = {etree.QName(child).localname: child.text or "" for child in entry if isinstance(child.tag, str)}
        printed = parts.get("loc", "").strip()
        if printed and (address := join(url, printed)):
            yield etree.QName(entry).localname, address


def _plain(data: bytes, url: str, truncated: bool) -> Sitemap:
    """A sitemap as text: one full address a line."""
    found = (join(url, line[1]) for line in ADDRESS.finditer(decode(data).value))
    urls = tuple(dict.fromkeys(address for address in found if address))
    return Sitemap(urls=urls[:MOST], truncated=truncated or len(urls) > MOST)
