"""A record as rows of tables, and back. Pure; ``record_of(columns_of(record)) == record`` for a tidy record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from hashlib import blake2b
from typing import Any

from archiver.models import GUESSED, FoundDate, Image, Precision, Record, Where
from archiver.store.db import clean, to_json

DATE = "published"
LONGEST_RAW = 300  # letters of a date as it was found; more is no evidence a person reads


def tidy(record: Record) -> Record:
    """The record as it can be stored: clean strings, a title, no picture or tag twice, the date's rule in the date."""
    date = record.published
    rule = date.rule or record.evidence.get(DATE, "")
    strings: dict[str, Any] = {name: clean(value) for name in TEXTS if (value := getattr(record, name))}
    evidence = {clean(name): clean(why) for name, why in record.evidence.items() if name != DATE}
    if not strings.get("title", "").strip():
        strings["title"] = strings.get("url") or "?"
        evidence["title"] = f"{GUESSED}: address"
    return replace(
        record,
        **strings,
        published=replace(date, rule=clean(rule), raw=clean(date.raw)[:LONGEST_RAW], note=clean(date.note)),
        tags=tuple(dict.fromkeys(tag for name in record.tags if (tag := clean(name).strip()))),
        images=distinct(record.images),
        evidence=evidence,
    )


TEXTS = (
    *("url", "title", "excerpt", "excerpt_html", "read_more", "author", "category", "series"),
    *("language", "text", "content_html"),
)


def distinct(images: Iterable[Image]) -> tuple[Image, ...]:
    """Pictures in order, each address once, with the first caption and alternative text that are given for it."""
    found: dict[str, Image] = {}
    for image in images:
        url = clean(image.url)
        first = found.setdefault(url, Image(url))
        found[url] = Image(url, first.alt or clean(image.alt), first.caption or clean(image.caption))
    return tuple(found.values())


def columns_of(record: Record) -> dict[str, Any]:
    """The columns of ``posts`` that hold a record."""
    date = record.published
    evidence = {**record.evidence, DATE: date.rule} if date.rule else dict(record.evidence)
    return {
        "title": record.title,
        "published": date.value,
        "author": record.author,
        "category": record.category,
        "series": record.series,
        "tags": to_json(record.tags),
        "excerpt": record.excerpt,
        "captions": record.captions,
        "text": record.text,
        "url": record.url,
        "read_more": record.read_more,
        "language": record.language,
        "published_raw": date.raw or None,
        "published_from": date.where and str(date.where),
        "published_precision": date.precision and str(date.precision),
        "published_note": date.note or None,
        "evidence": to_json(evidence),
    }


def html_of(record: Record) -> dict[str, str | None]:
    """The columns of ``post_html``."""
    return {"excerpt_html": record.excerpt_html or None, "content_html": record.content_html, "seal": seal_of(record)}


def seal_of(record: Record) -> str:
    """A hash of all that a post's rows hold of its record: SQLite itself notices few bits that flip on a disk."""
    return blake2b(to_json(asdict(record)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def record_of(row: sqlite3.Row, images: tuple[Image, ...]) -> Record:
    """The record of a row of ``posts`` joined with ``post_html``."""
    evidence: Mapping[str, str] = json.loads(row["evidence"])
    return Record(
        published=FoundDate(
            value=row["published"],
            precision=Precision(row["published_precision"]) if row["published_precision"] else None,
            rule=evidence.get(DATE, ""),
            raw=row["published_raw"] or "",
            where=Where(row["published_from"]) if row["published_from"] else None,
            note=row["published_note"] or "",
        ),
        tags=tuple(json.loads(row["tags"])),
        excerpt_html=row["excerpt_html"] or "",
        content_html=row["content_html"],
        images=images,
        evidence={name: why for name, why in evidence.items() if name != DATE},
        **{name: row[name] for name in AS_THEY_ARE},
    )


AS_THEY_ARE = ("url", "title", "excerpt", "read_more", "author", "category", "series", "language", "text")


def plain_value(value: object) -> object:
    """A field of a record as JSON can hold it: a date by its value, pictures as objects."""
    if isinstance(value, FoundDate):
        return value.value
    if isinstance(value, tuple):
        return [asdict(item) if isinstance(item, Image) else item for item in value]
    return value
