"""Bytes to text, telling who named the encoding. Pure, never raising; the order is that of the WHATWG standards.

BOM, then what the HTTP header, the XML declaration or ``<meta>`` declare if the bytes bear it out, then UTF-8 if it is
valid, then charset-normalizer, then windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from archiver.models import Text

PRESCAN = 4096
SAMPLE = 65_536
MAX_BROKEN = 0.1  # share of the non-ASCII characters that may be broken in an encoding that still fits
MAX_BROKEN_UTF8 = 0.5  # the same for UTF-8: an excerpt cut within a letter is common, a legacy text that passes is not
ENOUGH_UTF8 = 4  # valid UTF-8 with so many non-ASCII characters is no accident of a legacy multi-byte encoding
ENOUGH_TO_DETECT = 8  # non-ASCII bytes without which one single-byte encoding is as likely as another

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
UNMARKED_UTF16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))

# WHATWG Encoding, "names and labels", where Python's own reading of a label differs or is missing.
LABELS = {
    "cp1252": "ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 "
    "latin1 latin-1 l1 cp819 ibm819 csisolatin1 x-cp1252 windows-1252 ansi x-user-defined",
    "cp1250": "x-cp1250",
    "cp1251": "x-cp1251 win-1251 windows1251",
    "cp1253": "x-cp1253",
    "cp1254": "iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 iso-ir-148 latin5 l5 csisolatin5 x-cp1254",
    "cp1255": "x-cp1255",
    "cp1256": "x-cp1256",
    "cp1257": "x-cp1257",
    "cp1258": "x-cp1258",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 windows-874",
    "iso8859_8": "iso-8859-8-i csiso88598i csiso88598e iso-8859-8-e logical visual",
    "gb18030": "gb2312 gb_2312 gb_2312-80 gb2312-80 gbk x-gbk cp936 ms936 windows-936 chinese csgb2312 iso-ir-58 "
    "csiso58gb231280 gb18030 gb18030-2000 euc-cn euccn x-euc-cn",
    "big5hkscs": "big5 big5-hkscs big5-tw cn-big5 x-x-big5 csbig5 cp950 ms950 windows-950",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis ms932 windows-31j cswindows31j windows-932",
    "cp949": "euc-kr euckr cseuckr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 csksc56011987 iso-ir-149 "
    "windows-949 ms949 uhc",
    "euc_jp": "x-euc-jp cseucpkdfmtjapanese",
    "iso2022_jp": "csiso2022jp",
    "koi8_r": "koi koi8 cskoi8r",
    "koi8_u": "koi8-ru",
    "mac_roman": "macintosh mac x-mac-roman csmacintosh",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "utf-16-le": "utf-16 unicode unicodefeff ucs-2 iso-10646-ucs-2 csunicode",
    "utf-16-be": "unicodefffe",
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8mb4 utf8mb4",
}
CODECS = {label: codec for codec, labels in LABELS.items() for label in labels.split()}

# Python's codecs that a page may name by any other alias of theirs; all others (utf-7, idna, base64, ...) are refused.
WEB_CODECS = re.compile(
    r"utf-8|utf-16-[lb]e|gb18030|big5|euc_(?:jp|kr)|cp\d{3,4}|iso8859-\d\d?|koi8-[ru]|mac-(?:roman|cyrillic)|hz"
    r"|shift_jis|johab|iso2022_(?:jp|kr)|tis-620|kz1048"
)
MULTI_BYTE = frozenset(
    {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "euc_kr", "iso2022_jp", "iso2022_kr", "johab", "hz"}
)

DETECTABLE = (
    *("gb18030", "big5hkscs", "euc_jp", "cp932", "iso2022_jp", "cp949", "cp1251", "koi8_r", "koi8_u", "cp1252"),
    *("cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp866"),
)

_SPACE = b"\t\n\x0c\r "


def decode(body: bytes, content_type: str = "") -> Text:
    """Decode a page, feed or sitemap; ``content_type`` is the HTTP header. NUL is dropped, see the module's order.

    ``source`` is ``bom``, ``header``, ``xml``, ``meta``, ``valid``, ``detected`` or ``default``; a declaration that the
    bytes contradict is told behind it: ``valid (meta said gb2312)``.
    """
    for mark, codec in BOMS:
        if body.startswith(mark):
            return _text(body[len(mark) :], codec, "bom")
    refused = ""
    for source, label in _declared(body, content_type):
        name = codec_of(label)
        if name and (text := _fitting(body, name, source + refused)):
            return text
        refused = refused or f" ({source} said {label[:40]})"
    for start, codec in UNMARKED_UTF16:
        if body.startswith(start):
            return _text(body, codec, "detected" + refused)
    if text := _fitting(body, "utf-8", "valid" + refused):
        return text
    found = _detect(body)
    return _text(body, found or "cp1252", ("detected" if found else "default") + refused)


def codec_of(label: str) -> str:
    """Python's codec for a declared label as the WHATWG reads it (gb2312 is gb18030), or an empty string."""
    label = label.strip(" \t\r\n\f\"'").lower()
    if label in CODECS or not label.isascii() or "\0" in label:
        return CODECS.get(label, "")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    name = name.replace("_", "-") if name.startswith(("iso8859", "koi8", "mac", "utf")) else name
    return CODECS.get(name, name) if WEB_CODECS.fullmatch(name) else ""


def header_charset(content_type: str) -> str:
    """The charset parameter of a Content-Type, or an empty string (RFC 9110, quotes optional)."""
    for parameter in content_type[:1000].split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \t\"'")
    return ""


def _declared(body: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    """What declares an encoding and the label, surest first; the page is looked into only when asked on."""
    if label := header_charset(content_type):
        yield "header", label
    if label := _xml_charset(body[:PRESCAN]):
        yield "xml", label
    if label := meta_charset(body):
        yield "meta", "utf-8" if codec_of(label).startswith("utf-16") else label


def _xml_charset(head: bytes) -> str:
    if not head.startswith(b"<?xml"):
        return ""
    return _attributes(head, 5, head.find(b"?>")).get(b"encoding", b"").decode("latin-1")


def meta_charset(body: bytes) -> str:
    """The label that a ``<meta>`` in the first 4,096 bytes gives, or an empty string (HTML: prescan a byte stream)."""
    head = body[:PRESCAN]
    at = head.find(b"<")
    while at >= 0:
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 2)
        elif head[at + 1 : at + 5].lower() == b"meta" and head[at + 5 : at + 6] in (*map(_byte, _SPACE), b"/"):
            end = _tag_end(head, at)
            if end >= 0 and (label := _meta_label(_attributes(head, at + 5, end))):
                return label
        else:
            end = _tag_end(head, at) if head[at + 1 : at + 2].isalpha() else at
        if end < 0:
            return ""
        at = head.find(b"<", end + 1)
    return ""


def _byte(number: int) -> bytes:
    return bytes((number,))


def _meta_label(attributes: dict[bytes, bytes]) -> str:
    label = attributes.get(b"charset", b"")
    if not label and attributes.get(b"http-equiv", b"").strip().lower() == b"content-type":
        label = header_charset(attributes.get(b"content", b"").decode("latin-1")).encode("latin-1")
    return label.decode("latin-1")


def _tag_end(head: bytes, at: int) -> int:
    """Where the tag that opens at ``at`` closes, quotes heeded after ``=``, -1 if it does not."""
    quoted = b""
    for position in range(at + 1, len(head)):
        char = head[position : position + 1]
        if quoted:
            quoted = b"" if char == quoted else quoted
        elif char == b">":
            return position
        elif char in (b'"', b"'") and head[at:position].rstrip(_SPACE).endswith(b"="):
            quoted = char
    return -1


def _attributes(head: bytes, at: int, end: int) -> dict[bytes, bytes]:
    """The attributes between two positions, names in lower case; of a repeated name the first counts."""
    found: dict[bytes, bytes] = {}
    rest = head[at : end if end >= 0 else len(head)].lstrip(_SPACE + b"/")
    while rest:
        size = next((i for i, char in enumerate(rest) if char in _SPACE + b"=/"), len(rest))
        name, rest = rest[: max(size, 1)].lower(), rest[max(size, 1) :].lstrip(_SPACE)
        value = b""
        if rest.startswith(b"="):
            value, rest = _value(rest[1:].lstrip(_SPACE))
        found.setdefault(name, value)
        rest = rest.lstrip(_SPACE + b"/")
    return found


def _value(rest: bytes) -> tuple[bytes, bytes]:
    """An attribute's value and what follows it."""
    if rest[:1] in (b'"', b"'"):
        value, _, rest = rest[1:].partition(rest[:1])
        return value, rest
    size = next((i for i, char in enumerate(rest) if char in _SPACE), len(rest))
    return rest[:size], rest[size:]


def _fitting(body: bytes, codec: str, source: str) -> Text | None:
    """The text in this encoding, or None where too much is broken or the bytes are plainly UTF-8 instead.

    A page in UTF-16 has zero bytes, those of its tags.
    """
    if codec.startswith("utf-16") and b"\0" not in body[:PRESCAN]:
        return None
    text = _text(body, codec, source)
    allowed = MAX_BROKEN_UTF8 if codec == "utf-8" else MAX_BROKEN
    if text.replaced > allowed * _foreign(text.value):
        return None
    if codec.startswith("utf-"):
        return text
    return None if _utf8_characters(body) >= (ENOUGH_UTF8 if codec in MULTI_BYTE else 1) else text


def _foreign(text: str) -> int:
    """How many characters are not ASCII."""
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def _utf8_characters(body: bytes) -> int:
    """How many non-ASCII characters the bytes hold as UTF-8, 0 if they are not valid UTF-8."""
    try:
        return _foreign(body.decode())
    except UnicodeDecodeError:
        return 0


def _detect(body: bytes) -> str:
    """The encoding that charset-normalizer finds in a sample from the first non-ASCII byte on, or an empty string."""
    start = next((i for i, byte in enumerate(body) if byte > 127), 0)
    sample = body[max(start - 200, 0) :][:SAMPLE]
    while sample[-1:] > b"\x7f" and len(sample) == SAMPLE:
        sample = sample[: sample.rfind(b"<")] if b"<" in sample else sample[:-1]
    best = from_bytes(sample, cp_isolation=list(DETECTABLE), preemptive_behaviour=False, enable_fallback=False).best()
    found = best.encoding if best is not None and _fitting(body, best.encoding, "") else ""
    enough = found in MULTI_BYTE or sum(byte > 127 for byte in sample) >= ENOUGH_TO_DETECT
    return found if enough else ""


def _text(body: bytes, codec: str, source: str) -> Text:
    try:
        value, replaced = body.decode(codec), 0
    except UnicodeDecodeError:
        value = body.decode(codec, "replace")
        replaced = value.count("\ufffd") - (body.count(b"\xef\xbf\xbd") if codec == "utf-8" else 0)
    return Text(value.replace("\0", ""), codec, source, replaced)
