"""What a picture is by its bytes."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.sniff import Picture, sniff


def png(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    return b"\xff\xd8" + b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments
    )


def frame(width: int, height: int) -> bytes:
    return struct.pack(">BHHB", 8, height, width, 3) + bytes(9)


def webp(kind: bytes, data: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(data) + 12) + b"WEBP" + kind + struct.pack("<I", len(data)) + data


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def extent(width: int, height: int) -> bytes:
    return box(b"ispe", bytes(4) + struct.pack(">II", width, height))


def bmp(width: int, height: int) -> bytes:
    return b"BM" + bytes(12) + struct.pack("<Iii", 40, width, height) + bytes(20)


def ico(*sizes: tuple[int, int]) -> bytes:
    entries = b"".join(bytes([width, height]) + bytes(14) for width, height in sizes)
    return b"\0\0\1\0" + struct.pack("<H", len(sizes)) + entries


EXIF = (0xE1, b"Exif\0\0" + jpeg((0xC0, frame(160, 120))))
AVIF = box(b"ftyp", b"avif\0\0\0\0mif1miaf")
LOSSLESS = b"\x2f" + (639 | 479 << 14).to_bytes(4, "little") + bytes(8)
LOSSY = b"\x9d\x01\x2a".rjust(6, b"\0") + struct.pack("<HH", 640 | 1 << 14, 480)
CANVAS = bytes(4) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" '

PICTURES: tuple[tuple[bytes, str, int | None, int | None], ...] = (
    (png(640, 480), "image/png", 640, 480),
    (png(0, 480), "image/png", None, None),
    (png(640, 480)[:20], "image/png", None, None),
    (b"\x89PNG\r\n\x1a\n", "image/png", None, None),
    (jpeg((0xE0, b"JFIF\0"), (0xC0, frame(640, 480))), "image/jpeg", 640, 480),
    (jpeg(EXIF, (0xC4, bytes(30)), (0xC2, frame(640, 480))), "image/jpeg", 640, 480),
    (b"\xff\xd8\xff\xff\xff" + jpeg((0xC0, frame(640, 480)))[3:], "image/jpeg", 640, 480),
    (jpeg((0xE0, b"JFIF\0"), (0xDA, b"")), "image/jpeg", None, None),
    (b"\xff\xd8\xff", "image/jpeg", None, None),
    (b"GIF89a" + struct.pack("<HH", 640, 480), "image/gif", 640, 480),
    (b"GIF87a", "image/gif", None, None),
    (webp(b"VP8X", CANVAS), "image/webp", 640, 480),
    (webp(b"VP8L", LOSSLESS), "image/webp", 640, 480),
    (webp(b"VP8 ", LOSSY), "image/webp", 640, 480),
    (webp(b"????", b""), "image/webp", None, None),
    (AVIF + box(b"meta", extent(160, 120) + extent(640, 480)), "image/avif", 640, 480),
    (box(b"ftyp", b"mif1\0\0\0\0miafavif"), "image/avif", None, None),
    (bmp(640, 480), "image/bmp", 640, 480),
    (bmp(640, -480), "image/bmp", 640, 480),
    (b"BM" + bytes(12) + struct.pack("<IHH", 12, 640, 480), "image/bmp", 640, 480),
    (ico((16, 16), (0, 0), (32, 32)), "image/x-icon", 256, 256),
    (ico(), "image/x-icon", None, None),
    (f'{SVG}width="640" height="480px"/>'.encode(), "image/svg+xml", 640, 480),
    (f'{SVG}width="12.6" height="480"/>'.encode(), "image/svg+xml", 13, 480),
    (f'{SVG}width="100%" viewBox="0 0 640 480">'.encode(), "image/svg+xml", 640, 480),
    (f"{SVG}viewBox='0,0,640,480'>".encode(), "image/svg+xml", 640, 480),
    (f"{SVG}>".encode(), "image/svg+xml", None, None),
    (b"<svg>", "image/svg+xml", None, None),
    (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <b> -->\n<svg:svg viewBox="0 0 640 480">', "image/svg+xml", 640, 480),
    (b'<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]><svg width="640" height="480">', "image/svg+xml", 640, 480),
    (f'{SVG}width="640" height="480">'.encode("utf-16"), "image/svg+xml", 640, 480),
)


@pytest.mark.parametrize(("data", "media_type", "width", "height"), PICTURES)
def test_a_picture_is_known_by_its_bytes(data: bytes, media_type: str, width: int | None, height: int | None) -> None:
    assert sniff(data) == Picture(media_type, width, height)


NO_PICTURES = (
    b"",
    b"<",
    b"<!",
    b"<!--",
    b"<!DOCTYPE html><html><body><svg width='9' height='9'></svg>",
    b"<html><svg></svg></html>",
    b"<svgx width='1'>",
    b"404 Not Found",
    b"BM is the beginning of a text, too",
    b"RIFF\0\0\0\0WAVEfmt ",
    b"%PDF-1.7",
    box(b"ftyp", b"isom\0\0\0\0mp42"),
    b'{"error": "no such image"}',
)


@pytest.mark.parametrize("data", NO_PICTURES)
def test_what_is_no_picture(data: bytes) -> None:
    assert sniff(data) is None


@given(st.binary(max_size=64), st.sampled_from([data for data, *_ in PICTURES]), st.integers(0, 60))
def test_no_bytes_make_it_fail(noise: bytes, data: bytes, at: int) -> None:
    for odd in (noise, data[:at] + noise, data[:at] + noise + data[at:]):
        picture = sniff(odd)
        assert picture is None or picture.media_type.startswith("image/")
        assert picture is None or (picture.width is None) == (picture.height is None)
