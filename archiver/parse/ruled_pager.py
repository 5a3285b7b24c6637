"""Where a listing goes on by the user's rules: the link they name, or the next number of their pattern."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from archiver import urls
from archiver.models import Pager
from archiver.parse.document import Document
from archiver.parse.ruled_fields import link_of
from archiver.parse.selectors import Taken
from archiver.rules import Rules

BY_PATTERN = "rules: pattern"
_NUMBER = "900719925474"  # stands for {n} while an address is resolved: no site has as many pages


def paged(
    automatic: Pager, doc: Document, rules: Rules, links: Sequence[Taken], visited: Collection[str], full: bool
) -> Pager:
    """The pager by rules where there are any; a page without posts (``full`` is false) leads nowhere by a pattern."""
    if rules.next.pattern:
        return _by_pattern(automatic, doc, rules, full)
    if rules.next.link:
        return _by_link(automatic, doc, links, visited)
    return automatic


def _by_link(automatic: Pager, doc: Document, links: Sequence[Taken], visited: Collection[str]) -> Pager:
    own = urls.identity(doc.url)
    for taken in links:
        url = urls.join(doc.base, taken.value if taken.value is not None else link_of(taken.element).get("href") or "")
        if url and urls.identity(url) != own and not {url, urls.identity(url)} & set(visited):
            rule = f"rules: {taken.source}"
            agreed = automatic.next is not None and urls.identity(automatic.next) == urls.identity(url)
            return replace(automatic, rule=rule, next=url) if agreed else Pager(url, rule)
    return Pager(rule="rules")


def pattern_of(rules: Rules, url: str) -> str | None:
    """The pattern as an absolute address with ``{n}``, relative to the listing of the rules or the site's root."""
    path = rules.site.removeprefix("https://").removeprefix("http://").partition("/")[2].strip("/")
    root = f"{urls.origin(url)}/{path}/" if path else f"{urls.origin(url)}/"
    address = urls.join(rules.listing or root, rules.next.pattern.replace("{n}", _NUMBER))
    return address.replace(_NUMBER, "{n}") if address else None


def _by_pattern(automatic: Pager, doc: Document, rules: Rules, full: bool) -> Pager:
    pattern = pattern_of(rules, doc.url)
    if pattern is None:
        return automatic
    current = _number(pattern, doc.url) or 1
    last = automatic.last if automatic.pattern == pattern else None
    more = full and (last is None or current < last)
    onward = pattern.replace("{n}", str(current + 1)) if more else None
    return Pager(onward, BY_PATTERN, current, last, pattern=pattern)


def _number(pattern: str, url: str) -> int | None:
    """The number that an address has in the place of ``{n}``."""
    before, _, after = urls.identity(pattern.replace("{n}", _NUMBER)).partition(_NUMBER)
    own = urls.identity(url)
    inside = own[len(before) : len(own) - len(after)] if own.startswith(before) and own.endswith(after) else ""
    return int(inside) if inside.isascii() and inside.isdecimal() and len(inside) < 10 else None
