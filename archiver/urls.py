"""Addresses: resolved as browsers do (WHATWG, ada-url), compared as posts, sites and shapes. Pure, never raising."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from unicodedata import normalize
from urllib.parse import quote, unquote_to_bytes

from ada_url import URL

WEB = frozenset({"http:", "https:"})
MAX_LENGTH = 16_384
REMEMBERED = 500  # characters of a link that is worth keeping in memory: pages repeat their links


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TRACKING = _words(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igsh igshid mc_cid mc_eid
    _hsenc _hsmi mkt_tok oly_anon_id oly_enc_id vero_id wickedid _openstat spm _ga _gl srsltid cmpid ncid s_cid wt_mc
    ref_src ref_url fb_action_ids fb_action_types fb_ref fb_source __twitter_impression guccounter guce_referrer
    guce_referrer_sig isappinstalled share_source share_medium share_token share_from nsukey wechat_redirect
    replytocom phpsessid jsessionid aspsessionid
    """
)
TRACKING_PREFIXES = ("utm_", "hsa_", "mtm_", "pk_", "piwik_", "matomo_", "stm_")

INDEX_NAMES = frozenset(
    f"{stem}.{ending}"
    for stem in ("index", "default")
    for ending in ("html", "htm", "xhtml", "shtml", "php", "php5", "asp", "aspx", "jsp", "cgi")
)

PAGE_ENDINGS = _words("html htm xhtml shtml php php3 php5 asp aspx jsp cgi do action md")

NOT_PAGES = _words(
    """
    apng avif bmp gif heic ico jfif jpe jpeg jpg jxl png psd svg svgz tif tiff webp
    css js mjs map json jsonld xml rss atom rdf xsl xslt txt csv tsv yml yaml opml webmanifest wasm
    eot otf ttf woff woff2
    7z apk bin bz2 deb dmg exe gz iso jar msi pkg rar rpm tar tgz xz zip zst torrent
    aac avi flac flv m3u8 m4a m4v mid mkv mov mp3 mp4 mpeg mpg ogg ogv opus wav webm wma wmv
    pdf ps eps djvu epub mobi azw3 doc docx xls xlsx ppt pptx odt ods odp rtf tex bib
    c cpp h py ipynb sh
    """
)

ROUTING_WORDS = _words(
    """
    about archive archives article articles author authors blog blogs categories category comments contact date diary
    entries entry essays feed home journal links news notes page pages paper papers post posts p projects read search
    series story tag tags topic topics user users writing writings
    """
)

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9]{1,5}(?:[/?#]|\Z))", re.IGNORECASE)
_HTTP = re.compile(r"https?:", re.IGNORECASE)
_ROOTED = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*+/?+)*+")
"""A path from the root of a site that stays as it is written: no empty segments, none of dots, nothing to escape."""
_SERIALISED = re.compile(rf"https?://(?!\S*xn--)(?:[a-z0-9][a-z0-9-]*+\.)*[a-z]+{_ROOTED.pattern}")
"""An address as the WHATWG's parser would write it itself."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_DIGITS = re.compile(r"[0-9]+\Z")
_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")
_SEGMENT_SAFE = "!$'()*,:@~"
_QUERY_SAFE = "!$'()*,:@~/?"


@dataclass(frozen=True, slots=True)
class _Parts:
    """An address taken apart: WHATWG host in ASCII, port empty when it is the scheme's own, query with its ``?``."""

    scheme: str
    host: str
    port: str
    path: str
    query: str


def join(base: str, href: str) -> str | None:
    """Resolve ``href`` against ``base``: an absolute http(s) address without fragment and user name, else None.

    An empty ``href`` is None too; a broken ``base`` does no harm to an absolute ``href``. Never raises.
    """
    href = _clean(href)
    if not href or len(href) > MAX_LENGTH:
        return None
    resolve = _remembered if len(href) <= REMEMBERED else _resolved
    return resolve(_clean(base), href)


def _resolved(base: str, href: str) -> str | None:
    if _ROOTED.fullmatch(href) and (start := origin(base)):
        return start + href
    parts = _split(_href(href, base) or _href(href))
    return _joined(parts) if parts else None


_remembered = lru_cache(maxsize=4096)(_resolved)


def absolute(text: str) -> str | None:
    """The http(s) address that ``text`` is, normalised as by ``join``, else None."""
    return join("", text)


@lru_cache(maxsize=4096)
def identity(url: str) -> str:
    """Reduce an address to what names the post: two addresses of one post give the same string.

    Ignored: scheme, ``www.``, default ports, user name, fragment, trailing slashes, a last ``index.html`` and its
    like, tracking parameters, order of parameters, the spelling of percent-encoding and of Unicode (NFC).
    Kept: everything else, ``.html`` too. Idempotent; what is not an http(s) address comes back stripped.
    """
    text = _clean(url)
    parts = _parts(_with_scheme(text))
    if parts is None:
        return text
    path = "/".join(_spell(segment, _SEGMENT_SAFE) for segment in _segments(parts.path))
    query = "&".join(f"{name}={value}" for name, value in _meaningful(parts.query))
    return f"{_site(parts)}{path or '/'}{'?' + query if query else ''}"


def site_of(url: str) -> str:
    """The host without ``www.``, with its port if that is not the scheme's own; empty if there is none."""
    parts = _parts(_clean(url))
    return _site(parts) if parts else ""


def same_site(a: str, b: str) -> bool:
    """Whether two addresses are on one site (``site_of`` is equal)."""
    site = site_of(a)
    return bool(site) and site == site_of(b)


def origin(url: str) -> str:
    """Scheme, host and port of an http(s) address (``https://example.org``), or an empty string."""
    parts = _parts(_clean(url))
    return _origin(parts) if parts else ""


def host_of(url: str) -> str:
    """The host of an http(s) address in ASCII, IPv6 in brackets, or an empty string."""
    parts = _parts(_clean(url))
    return parts.host if parts else ""


def port_of(url: str) -> int:
    """The port an http(s) address is asked at, 0 if it is none."""
    parts = _parts(_clean(url))
    if parts is None:
        return 0
    return int(parts.port) if parts.port else {"http:": 80, "https:": 443}[parts.scheme]


def path_shape(url: str) -> str:
    """The path with numbers as ``N`` and names as ``*``: ``/2019/03/some-slug.html`` is ``/N/N/*.html``.

    Words that route (``archives``, ``tag``, ``page``) stay, so do endings of pages; parameters show as ``?p=N``.
    """
    parts = _parts(_clean(url))
    if parts is None:
        return ""
    path = "/".join(_segment_shape(segment) for segment in _segments(parts.path))
    query = "&".join(f"{name}={'N' if _DIGITS.match(value) else '*'}" for name, value in _meaningful(parts.query))
    return (path or "/") + (f"?{query}" if query else "")


def is_page_like(url: str) -> bool:
    """Whether an address may be a page to read: http(s), and not named like an image, script, feed or download."""
    parts = _parts(_clean(url))
    return parts is not None and _ending(parts.path.rpartition("/")[2]) not in NOT_PAGES


def _clean(text: str) -> str:
    text = text.strip()
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _with_scheme(text: str) -> str:
    """Text that may be an identity (``host/path``) as an address."""
    if _HTTP.match(text):
        return text
    if text.startswith("//"):
        return f"http:{text}"
    if not text or text[0] in "/\\?#." or _SCHEME.match(text):
        return ""
    return f"http://{text}"


def _href(text: str, base: str = "") -> str:
    """The WHATWG's serialisation of an address, or an empty string."""
    try:
        return str((URL(text, base=base) if base else URL(text)).href)
    except ValueError:
        return ""


def _split(href: str) -> _Parts | None:
    """Take a serialised address apart; None if it is not an http(s) one. (Asking ada for each part is slower.)"""
    scheme, _, rest = href.partition("//")
    if scheme not in WEB:
        return None
    rest, mark, query = rest.partition("#")[0].partition("?")
    authority, _, path = rest.partition("/")
    authority = authority.rpartition("@")[2]
    host, colon, port = authority.rpartition(":")
    if not colon or authority.endswith("]"):
        host, port = authority, ""
    return _Parts(scheme, host, port, f"/{path}", mark + query) if host.strip(".") else None


@lru_cache(maxsize=4096)
def _parts(text: str) -> _Parts | None:
    if not 0 < len(text) <= MAX_LENGTH:
        return None
    return _split(text if _SERIALISED.fullmatch(text) else _href(text))


def _origin(parts: _Parts) -> str:
    return f"{parts.scheme}//{parts.host}:{parts.port}" if parts.port else f"{parts.scheme}//{parts.host}"


def _joined(parts: _Parts) -> str:
    return f"{_origin(parts)}{parts.path}{parts.query}"


def _site(parts: _Parts) -> str:
    host = parts.host.rstrip(".")
    while host.startswith("www.") and "." in host[4:].strip("."):
        host = host[4:]
    port = "" if parts.port in {"80", "443"} else parts.port
    return f"{host}:{port}" if port else host


def _segments(path: str) -> list[str]:
    """The path's segments, the empty first one included, without what ends in a directory's index."""
    segments = path.split("/")
    if ";" in path:
        segments = [segment.partition(";jsessionid=")[0] for segment in segments]
    while len(segments) > 1 and (not segments[-1] or segments[-1].lower() in INDEX_NAMES):
        segments.pop()
    return segments if any(segments) else []


def _meaningful(query: str) -> list[tuple[str, str]]:
    """The parameters that are not tracking, spelled in one way, sorted by name (repeats keep their order)."""
    if len(query) < 2:
        return []
    pairs = [piece.partition("=") for piece in query[1:].replace("+", "%20").split("&") if piece]
    spelled = [(_spell(name, _QUERY_SAFE), value) for name, _, value in pairs]
    kept = [(name, _spell(value, _QUERY_SAFE)) for name, value in spelled if not _is_tracking(name.lower())]
    return sorted(kept, key=itemgetter(0))


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _spell(text: str, safe: str) -> str:
    """Percent-encoding in one spelling: only what must be, upper case, Unicode in NFC; other bytes as they are."""
    if _PLAIN.fullmatch(text):
        return text
    data = unquote_to_bytes(text)
    with suppress(UnicodeDecodeError):
        data = normalize("NFC", data.decode()).encode()
    return quote(data, safe=safe)


def _ending(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".")
    return ending.lower() if dot and stem else ""


def _segment_shape(segment: str) -> str:
    ending = _ending(segment)
    if ending in PAGE_ENDINGS:
        return f"{_segment_shape(segment[: -len(ending) - 1])}.{ending}"
    if not segment or segment.lower() in ROUTING_WORDS:
        return segment.lower()
    return "N" if _DIGITS.match(segment) else "*"
