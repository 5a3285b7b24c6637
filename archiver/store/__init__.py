"""The store: everything that is kept, in one SQLite file. Only this room and ``schema`` touch the database."""

from __future__ import annotations

from archiver.store.again import Origins
from archiver.store.archive import Archive
from archiver.store.blogs import Blog
from archiver.store.crawls import Outcome
from archiver.store.fields import Source
from archiver.store.images import SETTLED, ImageState, WantedImage
from archiver.store.pages import StoredPage, stored_response

__all__ = [
    "SETTLED",
    "Archive",
    "Blog",
    "ImageState",
    "Origins",
    "Outcome",
    "Source",
    "StoredPage",
    "WantedImage",
    "stored_response",
]
