"""What inspect shows of a page: as a value for JSON, and drawn for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.text import Text as Line

from archiver.cli.output import console, safe, styled
from archiver.cli.progress import size_of
from archiver.models import Feed, FoundDate, Image, Listing, Pager, RawDate, RawRecord, Record, Response, Text
from archiver.normalise import Context
from archiver.parse.document import Document
from archiver.parse.elsewhere import Candidate
from archiver.rules import Rules

IN_FULL = 5  # posts shown with all their evidence
REJECTED = 3  # groups of links shown that were not taken for posts
EXCERPT = 80  # characters of an excerpt shown
LABEL = 11


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, how it was read, and what was understood. ``records`` go with ``listing.records``."""

    response: Response
    text: Text
    doc: Document
    rules: Rules | None
    feed: Feed | None
    feed_problem: str
    labels: tuple[str, ...]
    listing: Listing
    context: Context
    records: tuple[Record, ...]
    post_page: str | None
    candidates: tuple[Candidate, ...]


def report(seen: Seen) -> dict[str, Any]:
    """All that was seen, for JSON."""
    doc, listing, profile = seen.doc, seen.listing, seen.listing.profile
    return {
        "url": seen.response.url,
        "final_url": doc.url,
        "status": seen.response.status,
        "media_type": seen.response.content_type,
        "bytes": len(seen.response.body),
        "decoded": {"encoding": seen.text.encoding, "source": seen.text.source, "replaced": seen.text.replaced},
        "title": doc.title,
        "language": seen.context.language,
        "generator": doc.generator,
        "engine": doc.engine,
        "canonical": doc.canonical,
        "feeds": list(doc.feeds),
        "feed": {"url": seen.feed.url, "entries": len(seen.feed.entries)} if seen.feed else None,
        "feed_problem": seen.feed_problem,
        "rules": seen.rules.site if seen.rules else None,
        "post_page": seen.post_page,
        "listing": asdict(profile) if profile else None,
        "records": [_record(raw, record) for raw, record in zip(listing.records, seen.records, strict=True)],
        "rejected": [asdict(one) for one in listing.rejected],
        "pager": {**asdict(listing.pager), "numbered": {str(n): url for n, url in listing.pager.numbered.items()}},
        "dates": {"order": seen.context.order, "distrust": sorted(seen.context.distrust)},
        "candidates": [{"url": one.url, "reason": one.reason} for one in seen.candidates],
    }


def _record(raw: RawRecord, record: Record) -> dict[str, Any]:
    return {
        "url": record.url,
        "title": record.title,
        "published": asdict(record.published),
        "dates": [asdict(date) for date in raw.dates],
        "excerpt": record.excerpt,
        "images": [asdict(image) for image in record.images],
        "read_more": record.read_more,
        "author": record.author,
        "category": record.category,
        "tags": list(record.tags),
        "sticky": raw.sticky,
        "evidence": dict(record.evidence),
    }


def draw(seen: Seen, *, verbose: bool) -> None:
    """Print the picture on stdout."""
    screen = console()
    for label, value in _page(seen):
        _line(screen, label, value)
    for number, (raw, record) in enumerate(zip(seen.listing.records, seen.records, strict=True), 1):
        whole = verbose or number <= IN_FULL
        _heading(screen, number, record, apart=whole or number == IN_FULL + 1)
        for label, value in _evidence(raw, record, seen) if whole else ():
            _line(screen, f"    {label}", value)
    screen.print()
    for label, value in _rest(seen, verbose):
        _line(screen, label, value)


def _line(screen: Console, label: str, value: str) -> None:
    text = Line(f"{label:<{LABEL + label.count('    ') * 4}}", style="dim" if styled(sys.stdout) else "")
    screen.print(text.append(safe(value), style="not dim"), soft_wrap=True)


def _heading(screen: Console, number: int, record: Record, apart: bool) -> None:
    if apart:
        screen.print()
    title = Line(safe(record.title), style="bold" if styled(sys.stdout) else "")
    date = (record.published.value or "no date")[:10]
    screen.print(Line(f"{number:>2}  {date:<12}").append(title), soft_wrap=True)


def _page(seen: Seen) -> Iterator[tuple[str, str]]:
    doc, response, text = seen.doc, seen.response, seen.text
    moved = f" -> {doc.url}" if doc.url != response.url else ""
    kind = response.content_type or "no content type"
    yield "page", f"{response.url}{moved}  {response.status}, {kind}, {size_of(len(response.body))}"
    replaced = f", {text.replaced:,} characters replaced" if text.replaced else ""
    yield "decoded", f"{text.encoding} (from {text.source}){replaced}"
    yield "title", doc.title or "none"
    yield "language", seen.context.language or "not told"
    generator = f' ("{doc.generator}")' if doc.generator else ""
    yield "engine", f"{doc.engine or 'unknown'}{generator}"
    if seen.feed:
        yield "feed", f"{seen.feed.url}, {len(seen.feed.entries)} entries"
    elif doc.feeds:
        yield "feed", seen.feed_problem or f"{doc.feeds[0]} (not asked)"
    if seen.post_page:
        yield "looks like", f"one post, not a listing: {seen.post_page}"
    if seen.rules:
        yield "rules", f"those for {seen.rules.site}"
    yield from _listing(seen.listing)


def _listing(listing: Listing) -> Iterator[tuple[str, str]]:
    profile = listing.profile
    yield "posts", f"{len(listing.records)}" if listing.records else "none recognised"
    if profile is not None:
        place = f"{profile.item} > {profile.link}" if profile.item else ""
        flat = " (no container: cut out of their siblings)" if profile.flat else ""
        yield "found by", f"{place}{flat}{': ' if place else ''}{profile.rule}"


def _evidence(raw: RawRecord, record: Record, seen: Seen) -> Iterator[tuple[str, str]]:
    known = record.evidence
    yield "url", record.url
    yield "title", known.get("title", "")
    yield "date", _date(record.published, raw.dates)
    if len(raw.dates) > 1 or (raw.dates and raw.dates[0].raw != record.published.raw):
        yield "seen", "; ".join(map(_raw_date, raw.dates))
    if record.excerpt:
        yield "excerpt", f"{len(record.excerpt):,} characters: {_cut(record.excerpt)}"
    if record.images:
        yield "images", f"{len(record.images)}: {_image(record.images[0])}"
    if record.read_more:
        yield "read more", record.read_more
    if record.author:
        yield "author", f"{record.author} ({known.get('author', 'feed')})"
    if record.category:
        yield "category", record.category
    if record.tags:
        yield "tags", ", ".join(record.tags) + ("" if raw.tags else " (feed)")
    if raw.sticky:
        yield "sticky", "yes"


def _date(found: FoundDate, raws: Sequence[RawDate]) -> str:
    """The date, its precision, the string it was read from, and where its year comes from if not from there."""
    place = next((raw.where for raw in raws if raw.raw == found.raw), found.where)
    parts = [f'"{found.raw}" as {found.rule}' if found.rule else f'"{found.raw}"'] if found.raw else []
    parts += [f"in {place}"] if place and found.raw else []
    parts += [f"year from {found.where}"] if found.where not in (None, place) else []
    parts += [found.note] if found.note else []
    precision = f" ({found.precision})" if found.precision else ""
    return f"{found.value or 'unknown'}{precision}" + (f": {', '.join(parts)}" if parts else "")


def _raw_date(raw: RawDate) -> str:
    hint = f" {raw.hint}" if raw.hint else ""
    read = f" read as {raw.read}" if raw.read else ""
    return f'"{raw.raw}" in {raw.where}{hint}{read}{" (modified)" if raw.modified else ""}'


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


def _image(image: Image) -> str:
    said = image.caption or image.alt
    return f"{image.url}{f' [{said}]' if said else ''}"


def _rest(seen: Seen, verbose: bool) -> Iterator[tuple[str, str]]:
    yield from _pager(seen.listing.pager)
    yield "day, month", f"{seen.context.order or 'no order decided: none needed, or nothing tells it'}"
    if seen.context.distrust:
        yield "distrusted", ", ".join(sorted(seen.context.distrust))
    undated = sum(record.published.value is None for record in seen.records)
    if undated:
        yield "undated", f"{undated} of {len(seen.records)}; a crawl looks further: lists of all posts, posts' pages"
    rejected = seen.listing.rejected
    shown = rejected if verbose else rejected[:REJECTED]
    for one in shown:
        yield "rejected", f"{one.links} links at {one.path}: score {one.score:g}, {one.why}"
    if len(shown) < len(rejected):
        yield "", f"{len(rejected) - len(shown)} more: -v"
    if not seen.listing.records or verbose:
        for candidate in seen.candidates[:REJECTED]:
            yield "elsewhere", f"{candidate.url} ({candidate.reason})"


def _pager(pager: Pager) -> Iterator[tuple[str, str]]:
    yield "next page", f"{pager.next} ({pager.rule})" if pager.next else "none: this is the last page"
    if pager.current or pager.last:
        numbers = f"page {pager.current or '?'} of {pager.last or 'unknown'}"
        yield "numbers", f"{numbers}{', counting down' if pager.reverse else ''}"
    if pager.pattern:
        steps = "" if (pager.origin, pager.step) == (1, 1) else f", from {pager.origin} in steps of {pager.step}"
        yield "pattern", f"{pager.pattern}{steps}"
