"""What a picture is by its bytes: media type and size. Headers and names of files are never believed. Pure.

Signatures after the WHATWG MIME Sniffing Standard; sizes after the formats' own specifications (PNG, JPEG/T.81, GIF89a,
the WebP container, ISO BMFF/HEIF for AVIF, SVG 2, BMP, ICO).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from struct import Struct, error

HEAD = 4096  # an SVG's root element stands within these bytes
MOST = 1 << 24  # pixels a side; more is taken for nonsense

Size = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's media type and its size in pixels, None where the bytes do not tell."""

    media_type: str
    width: int | None = None
    height: int | None = None


def sniff(data: bytes) -> Picture | None:
    """What picture these bytes are, or None if they are none that is known. Never raises."""
    for is_one, media_type, measure in FORMATS:
        if is_one(data):
            try:
                size = measure(data)
            except (error, IndexError):
                size = None
            known = size is not None and 0 < size[0] <= MOST and 0 < size[1] <= MOST
            return Picture(media_type, *size) if size and known else Picture(media_type)
    return None


def starts(*signatures: bytes) -> Callable[[bytes], bool]:
    """A test for bytes that begin with one of the signatures."""
    return lambda data: data.startswith(signatures)


def is_webp(data: bytes) -> bool:
    """A RIFF container that holds WebP."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def is_avif(data: bytes) -> bool:
    """An ISO base media file whose brands name AVIF."""
    if data[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
    return bool(brands & {b"avif", b"avis"})


def is_bmp(data: bytes) -> bool:
    """A file header followed by an information header of a known length."""
    return data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}


def is_svg(data: bytes) -> bool:
    """Text whose first element is ``svg``; an HTML page that holds a drawing is none."""
    return svg_root(data) is not None


_BE = Struct(">II")
_LE = Struct("<HH")
_BMP = Struct("<ii")
_JPEG = Struct(">HH")


def png_size(data: bytes) -> Size:
    """From IHDR, which comes first."""
    return _pair(_BE.unpack_from(data, 16)) if data[12:16] == b"IHDR" else None


def gif_size(data: bytes) -> Size:
    """From the logical screen descriptor."""
    return _pair(_LE.unpack_from(data, 6))


def bmp_size(data: bytes) -> Size:
    """From either header; a negative height means rows from the top."""
    if int.from_bytes(data[14:18], "little") == 12:
        return _pair(_LE.unpack_from(data, 18))
    width, height = _BMP.unpack_from(data, 18)
    return width, abs(height)


def ico_size(data: bytes) -> Size:
    """Of the largest picture in the file; 0 stands for 256."""
    count = min(int.from_bytes(data[4:6], "little"), 64)
    entries = [(data[at] or 256, data[at + 1] or 256) for at in range(6, 6 + 16 * count, 16)]
    return max(entries, default=None)


STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def jpeg_size(data: bytes) -> Size:
    """From the first start-of-frame marker."""
    for marker, at in jpeg_segments(data):
        if marker in FRAMES:
            height, width = _JPEG.unpack_from(data, at + 3)
            return width, height
    return None


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Each marker before the picture's data, and where its length stands."""
    at = 2
    while at + 3 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in STANDALONE:
            at += 2
        elif marker in {0xDA, 0xD9}:
            return
        else:
            yield marker, at + 2
            at += 2 + max(int.from_bytes(data[at + 2 : at + 4], "big"), 2)


def webp_size(data: bytes) -> Size:
    """From the canvas (VP8X), or from the bitstream's own header (VP8, VP8L)."""
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = _LE.unpack_from(data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def avif_size(data: bytes) -> Size:
    """The largest of the image spatial extents (``ispe``): the picture itself, not its thumbnail or its tiles."""
    sizes: list[tuple[int, int]] = []
    at = data.find(b"ispe", 0, 1 << 16)
    while at >= 0 and len(sizes) < 64:
        sizes.append(_pair(_BE.unpack_from(data, at + 8)))
        at = data.find(b"ispe", at + 4, 1 << 16)
    return max(sizes, default=None)


def svg_root(data: bytes) -> str | None:
    """The attributes of the root element of an SVG file, or None."""
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    text = head.decode(encoding, "replace").lstrip()
    while text.startswith(("<?", "<!")):
        text = _after_prologue(text)
    root = SVG.match(text)
    return text[root.end() :].partition(">")[0] if root else None


def _after_prologue(text: str) -> str:
    """Text after its first declaration, comment, or document type (with its inner subset)."""
    end = "-->" if text.startswith("<!--") else "?>" if text.startswith("<?") else ">"
    if end == ">" and "[" in text.partition(">")[0]:
        end = "]>"
    return text.partition(end)[2].lstrip()


SVG = re.compile(r"<(?:svg:)?svg(?=[\s/>])")
ATTRIBUTE = re.compile(r"""\b(width|height|viewBox)\s{0,9}=\s{0,9}["']([^"'<>]{1,99})["']""")
LENGTH = re.compile(r"\s{0,9}(\d{1,9}(?:\.\d{1,9})?)(?:px)?\s{0,9}")


def svg_size(data: bytes) -> Size:
    """From width and height in pixels, else from the view box."""
    found = dict(ATTRIBUTE.findall(svg_root(data) or ""))
    lengths = [LENGTH.fullmatch(found.get(name, "")) for name in ("width", "height")]
    box = [LENGTH.fullmatch(part) for part in found.get("viewBox", "").replace(",", " ").split()]
    width, height = lengths if all(lengths) else box[2:4] if len(box) == 4 else (None, None)
    return (round(float(width[1])), round(float(height[1]))) if width and height else None


def _pair(values: tuple[int, ...]) -> tuple[int, int]:
    return values[0], values[1]


FORMATS: tuple[tuple[Callable[[bytes], bool], str, Callable[[bytes], Size]], ...] = (
    (starts(b"\x89PNG\r\n\x1a\n"), "image/png", png_size),
    (starts(b"\xff\xd8\xff"), "image/jpeg", jpeg_size),
    (starts(b"GIF87a", b"GIF89a"), "image/gif", gif_size),
    (is_webp, "image/webp", webp_size),
    (is_avif, "image/avif", avif_size),
    (is_bmp, "image/bmp", bmp_size),
    (starts(b"\x00\x00\x01\x00"), "image/x-icon", ico_size),
    (is_svg, "image/svg+xml", svg_size),
)
