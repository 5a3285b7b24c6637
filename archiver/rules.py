"""Rules of the user for one site, as values and as TOML: what is given wins over the automatic reading.

A file holds any number of sites, each a table ``[site."host"]`` or ``[site."host/path"]``. Everything in it is
optional; a key that is not known is an error. Selectors are CSS, or XPath after ``xpath:``; ``@name`` at the end takes
an attribute. This module knows their grammar no further than that: what compiles them is ``parse.by_rules``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from archiver.errors import RulesError

WIDTH = 110  # characters of a line in the files we write
LONGEST = 1_000_000  # characters of a file that is a rules file and not something else
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class PostRules:
    """How the posts of an index page are read. ``item`` is looked for in the page, the others within an item.

    ``date_formats`` are ``strptime`` formats, tried in their order. ``remove`` is taken out of the item before
    anything is read.
    """

    item: str = ""
    title: str = ""
    url: str = ""
    date: str = ""
    date_formats: tuple[str, ...] = ()
    excerpt: str = ""
    remove: tuple[str, ...] = ()
    read_more: str = ""
    image: str = ""
    caption: str = ""
    tags: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class NextRules:
    """Where the listing goes on: a link, or addresses numbered by a pattern with ``{n}``, relative to the listing."""

    link: str = ""
    pattern: str = ""
    max_pages: int | None = None


@dataclass(frozen=True, slots=True)
class FullTextRules:
    """The element of a post's own page that holds its text, and what is taken out of it."""

    content: str = ""
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UrlRules:
    """Addresses of posts: query parameters that name no post (``utm_*``), and parts that no post's address has."""

    strip_query: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules for one site (a host, or a host and the beginning of a path)."""

    site: str
    listing: str = ""
    language: str = ""
    timezone: str = ""
    delay: float | None = None
    rights: str = ""
    posts: PostRules = PostRules()
    next: NextRules = field(default_factory=NextRules)
    full_text: FullTextRules = FullTextRules()
    urls: UrlRules = UrlRules()


TABLES: Mapping[str, type[Any]] = {"posts": PostRules, "next": NextRules, "full_text": FullTextRules, "urls": UrlRules}
TEXT, TEXTS, NUMBER, COUNT = "a string", "a list of strings", "a number, 0 or more", "a whole number, 1 or more"
KINDS = {"str": TEXT, "tuple[str, ...]": TEXTS, "float | None": NUMBER, "int | None": COUNT}


def loads(text: str, name: str = "rules") -> tuple[Rules, ...]:
    """The rules of all sites in a TOML text; ``name`` is what errors call it.

    Raises ``RulesError`` that says where the text is wrong and what may be meant.
    """
    if len(text) > LONGEST:
        raise RulesError(name, f"longer than {LONGEST:,} characters", "a rules file is a few lines of TOML")
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RulesError(name, f"not TOML: {error}", "strings stand in \"...\" or '...'") from error
    _known(data, ("site",), name, "")
    sites = _table(data.get("site", {}), name, "site")
    if not sites:
        raise RulesError(name, "names no site", 'begin with [site."your.blog"]')
    return tuple(_site(key, _table(value, name, _path("site", key)), name) for key, value in sites.items())


def _site(key: str, data: Mapping[str, Any], name: str) -> Rules:
    path = _path("site", key)
    if not _host_and_path(key)[0]:
        raise RulesError(name, f"{path} names no host", 'write the host as it stands in addresses: [site."your.blog"]')
    plain = {one: value for one, value in data.items() if one not in TABLES}
    values = _values(Rules, plain, name, path, more=TABLES)
    for table, kind in TABLES.items():
        inner = _path(path, table)
        values[table] = kind(**_values(kind, _table(data.get(table, {}), name, inner), name, inner))
    rules = Rules(site=key, **values)
    _check(rules, name, path)
    return rules


def _check(rules: Rules, name: str, path: str) -> None:
    """Refuse values that are of the right kind and can mean nothing."""
    pattern = rules.next.pattern
    if pattern and pattern.count("{n}") != 1:
        raise RulesError(name, f"{path}.next.pattern has no {{n}}", 'write the number as {n}: pattern = "page/{n}/"')
    if pattern and rules.next.link:
        raise RulesError(name, f"{path}.next has both link and pattern", "keep one of them")
    listing = urlsplit(rules.listing)
    if rules.listing and not (listing.scheme in ("http", "https") and listing.hostname):
        raise RulesError(name, f"{path}.listing is no address", "write it whole: https://your.blog/")
    for one in rules.posts.date_formats:
        if "%" not in one:
            raise RulesError(name, f"{path}.posts.date_formats: {one!r} has no % in it", 'as in "%d.%m.%Y"')


def _values(
    kind: type[Any], data: Mapping[str, Any], name: str, path: str, more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The keyword arguments of a value from a table, each checked."""
    kinds = {one.name: KINDS[str(one.type)] for one in fields(kind) if str(one.type) in KINDS and one.name != "site"}
    _known(data, (*kinds, *(more or ())), name, path)
    return {key: _value(value, kinds[key], name, _path(path, key)) for key, value in data.items()}


def _value(value: Any, kind: str, name: str, path: str) -> Any:
    if kind is TEXT and isinstance(value, str) and value.strip():
        return value.strip()
    if kind is TEXTS and isinstance(value, str) and value.strip():
        return (value.strip(),)
    if kind is TEXTS and isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        return tuple(one.strip() for one in value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is NUMBER and number and 0 <= value < float("inf"):
        return float(value)
    if kind is COUNT and isinstance(value, int) and number and value >= 1:
        return value
    raise RulesError(name, f"{path} must be {kind}", f"it is {_shown(value)}")


def _shown(value: Any) -> str:
    return "empty" if value in ("", [], {}) else repr(value)[:60]


def _table(value: Any, name: str, path: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RulesError(name, f"{path} must be a table", f"write [{path}]")
    return value


def _known(data: Mapping[str, Any], names: Sequence[str], name: str, path: str) -> None:
    """Refuse keys that are not among the names, with the nearest that is."""
    for key in data:
        if key not in names:
            near = get_close_matches(key.lower().replace("-", "_"), names, 1, 0.5)
            elsewhere = next((table for table, kind in TABLES.items() if key in {f.name for f in fields(kind)}), "")
            hint = f"known here: {', '.join(sorted(names))}"
            if elsewhere and key != elsewhere and elsewhere in names:
                hint = f"it belongs into the table {elsewhere}"
            elif near:
                hint = f"did you mean {near[0]}?"
            raise RulesError(name, f"unknown key {_path(path, key)}", hint)


def _path(path: str, key: str) -> str:
    return f"{path}.{_key(key)}" if path else _key(key)


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _quoted(key)


def rules_for(sites: Sequence[Rules], url: str) -> Rules | None:
    """The rules whose site an address belongs to: host (without ``www.``) and port, then the longest path."""
    host, path = _host_and_path(url)
    found = []
    for rules in sites:
        wanted, start = _host_and_path(rules.site)
        same = wanted == host or wanted == host.rpartition(":")[0]
        if same and (path == start or path.startswith(start.rstrip("/") + "/")):
            found.append((len(start), wanted == host, rules))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _host_and_path(site: str) -> tuple[str, str]:
    """Host with its port, and path, of an address or of a site's name."""
    rest = site.partition("://")[2] or site
    try:
        parts = urlsplit(f"//{rest.strip()}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "", ""
    host = host.removeprefix("www.")
    return (f"{host}:{port}" if port and port not in (80, 443) else host), parts.path.rstrip("/") or "/"


def dumps(rules: Rules, notes: Mapping[str, str] | None = None) -> str:
    """The rules as TOML that ``loads`` takes back. ``notes`` are comments by ``table.key``, by ``""`` for the top."""
    head = f"site.{_quoted(rules.site)}"
    said = notes or {}
    lines = list(_comment(said.get("", "")))
    lines += [f"[{head}]", *_lines(rules, "", said)]
    for table in TABLES:
        inner = list(_lines(getattr(rules, table), f"{table}.", said))
        if inner:
            lines += ["", f"[{head}.{table}]", *inner]
    return "\n".join(lines) + "\n"


def _lines(value: Any, path: str, notes: Mapping[str, str]) -> Iterator[str]:
    for one in fields(value):
        said = getattr(value, one.name)
        if one.name != "site" and not is_dataclass(said):
            yield from _comment(notes.get(path + one.name, ""))
            if said not in ("", (), None):
                yield f"{one.name} = {_literal(said)}"


def _comment(text: str) -> Iterator[str]:
    """Lines of a comment; TOML allows no control characters in them."""
    for line in text.splitlines():
        yield f"# {''.join(char if char.isprintable() else ' ' for char in line)}".rstrip()


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if not isinstance(value, tuple):
        return str(value)
    parts = [_quoted(one) for one in value]
    line = f"[{', '.join(parts)}]"
    return line if len(line) <= WIDTH else "[\n" + "".join(f"  {part},\n" for part in parts) + "]"


def _quoted(text: str) -> str:
    """A TOML basic string."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    known = ESCAPES.get(char)
    if known is None and (ord(char) < 32 or ord(char) == 127):
        known = f"\\u{ord(char):04x}"
    if known is None and "\ud800" <= char <= "\udfff":
        known = "\ufffd"
    return known or char
