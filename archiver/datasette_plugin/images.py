"""Pictures by the hash of their bytes, with headers that let them be pictures and nothing else."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound, Response

from archiver.datasette_plugin.archives import SAFE_HEADERS, enter

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon"})
DRAWN = "image/svg+xml"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
BYTES = """
SELECT d.data, (SELECT i.media_type FROM images i WHERE i.sha256 = d.sha256 LIMIT 1) AS media_type
FROM image_data d WHERE d.sha256 = ?
"""


def headers(media_type: str | None, sha256: str) -> tuple[str, dict[str, str]]:
    """The content type and headers for bytes of a sniffed media type.

    A drawing may stand in a page, where it runs nothing; opened by itself it is a download, as is what is unknown.
    """
    shown = media_type if media_type in SHOWN or media_type == DRAWN else "application/octet-stream"
    found = {
        **SAFE_HEADERS,
        "Content-Security-Policy": POLICY,
        "Cache-Control": "private, max-age=31536000, immutable",
        "ETag": f'"{sha256}"',
    }
    if shown not in SHOWN:
        found["Content-Disposition"] = "attachment"
    return str(shown), found


def has_it(names: str, sha256: str) -> bool:
    """Whether an ``If-None-Match`` names these bytes (RFC 9110: a list, weak names too)."""
    return f'"{sha256}"' in (name.strip().removeprefix("W/") for name in names.split(","))


async def image(datasette: Any, request: Any) -> Response:
    """Answer with a picture's bytes; 304 to those who have them."""
    room = await enter(datasette, request, "images", "image_data")
    sha256 = request.url_vars["sha256"]
    if has_it(request.headers.get("if-none-match") or "", sha256):
        return Response(b"", status=304, headers=headers(None, sha256)[1])
    found = await room.row(BYTES, (sha256,))
    if found is None:
        raise NotFound("No such picture in this archive")
    content_type, safe = headers(found["media_type"], sha256)
    return Response(found["data"], headers=safe, content_type=content_type)
