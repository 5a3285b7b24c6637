"""From what pages say to what is meant: raw records to records, one blog at a time.

What one post alone leaves open (day or month first, attributes that lie, the year) is decided from all posts of the
blog seen so far, and from the labels that feed, archive lists and post pages give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from archiver import dates, words
from archiver.models import GUESSED, UNKNOWN_DATE, FoundDate, Label, RawDate, RawPost, RawRecord, Record, Where
from archiver.text import plain
from archiver.urls import identity

PRINTED = (Where.BLOCK, Where.TIME_TEXT, Where.GROUP)
CUT = ("…", "...", "⋯")
SHORTEST_TITLE = 6  # characters: a shorter title may well begin a sentence
FEWEST_WORDS = 3  # of a title that a sentence follows on the same line: fewer may well be the begin of a name
GUESSED_TITLE = 60  # characters of the excerpt that stand in for a title nobody gives


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a blog as a whole. ``labels`` and ``dates`` are keyed by the identity of an address."""

    language: str | None = None
    order: dates.Order | None = None
    distrust: frozenset[Where] = frozenset()
    labels: Mapping[str, Label] = field(default_factory=dict)
    dates: Mapping[str, tuple[RawDate, ...]] = field(default_factory=dict)


def context_of(
    pages: Sequence[tuple[Sequence[RawRecord], datetime]],
    *,
    language: str | None,
    labels: Mapping[str, Label] | None = None,
    more_dates: Mapping[str, tuple[RawDate, ...]] | None = None,
) -> Context:
    """Decide what holds for the blog from all its listing pages, each with the moment it was served."""
    records = [record for page, _ in pages for record in page]
    order = dates.decide_order(_printed(records, language), _pairs(records, language), language)
    distrust = frozenset[Where]()
    if pages:
        raws = [record.dates for record in records if record.dates]
        distrust = dates.decide_trust(raws, anchor=pages[-1][1], language=language, order=order)
    return Context(language, order, distrust, labels or {}, more_dates or {})


def _printed(records: Iterable[RawRecord], language: str | None) -> Iterator[dates.Printed]:
    for record in records:
        for raw in record.dates:
            if raw.where in PRINTED:
                yield from dates.scan(raw.raw, language)


def _pairs(records: Iterable[RawRecord], language: str | None) -> Iterator[tuple[dates.Printed, dates.Printed]]:
    """Ambiguous printed dates with the sure ones of the same post: its attributes and its address."""
    for record in records:
        doubtful = [
            printed
            for raw in record.dates
            if raw.where in PRINTED and not raw.modified
            for printed in dates.scan(raw.raw, language)
            if printed.ambiguous
        ]
        if not doubtful:
            continue
        sure = [dates.parse_attribute(raw.raw) for raw in record.dates if raw.where not in PRINTED and not raw.modified]
        for certain in (*sure, dates.from_url(record.url)):
            if certain is not None and certain.date is not None:
                yield from ((printed, certain) for printed in doubtful)


def understand(raw: RawRecord, context: Context, anchor: datetime) -> Record:
    """The record that a raw one means. ``anchor`` is when its page was served: relative dates count from it."""
    key = identity(raw.url)
    label = context.labels.get(key)
    shown = plain(raw.excerpt_html, captions=False) if raw.excerpt is None and raw.excerpt_html else raw.excerpt
    excerpt = words.strip_read_more(shown) if shown else ""
    title, title_from = _title(raw, label, excerpt)
    found = _date(raw, context, label, anchor)
    evidence = {**raw.evidence, "title": title_from}
    if excerpt:
        evidence["excerpt"] = "listing"
    if not raw.tags and _feed_tags(raw, label):
        evidence["tags"] = f"{GUESSED}: categories of the feed"
    return Record(
        url=raw.url,
        title=title,
        published=found,
        excerpt=excerpt if title_from.startswith(GUESSED) else without_title(excerpt, title),
        excerpt_html=raw.excerpt_html,
        images=raw.images,
        read_more=raw.read_more,
        author=raw.author or _feed_author(label),
        category=raw.category,
        tags=raw.tags or _feed_tags(raw, label),
        language=context.language,
        evidence=evidence,
    )


def _feed_author(label: Label | None) -> str | None:
    """The author that the feed names for a post, if that is a name."""
    return label.author if label and label.author and words.is_name(label.author) else None


def _feed_tags(raw: RawRecord, label: Label | None) -> tuple[str, ...]:
    """The feed's categories of a post, but for the one that the listing shows as its category."""
    return tuple(tag for tag in label.tags if tag != raw.category) if label else ()


def understand_post(raw: RawPost, known: Record, *, language: str | None, anchor: datetime) -> Record:
    """The record that a post's own page means; ``known`` is the post as the archive has it."""
    found = dates.resolve(raw.dates, url=known.url, language=raw.language or language, anchor=anchor)
    if found.value is not None:
        found = replace(found, where=Where.POST, rule=f"{found.rule} ({found.where})" if found.where else found.rule)
    return Record(
        url=known.url,
        title=" ".join(raw.title.split()) or known.title,
        published=found if found.value is not None else UNKNOWN_DATE,
        images=raw.images,
        author=raw.author,
        category=raw.category,
        series=raw.series,
        tags=raw.tags,
        language=raw.language or language,
        text=raw.text or None,
        content_html=raw.content_html or None,
        evidence=raw.evidence,
    )


def _date(raw: RawRecord, context: Context, label: Label | None, anchor: datetime) -> FoundDate:
    extra = list(context.dates.get(identity(raw.url), ()))
    if label is not None and label.date is not None:
        extra.append(label.date)
    return dates.resolve(
        raw.dates,
        url=raw.url,
        language=context.language,
        order=context.order,
        anchor=anchor,
        extra=extra,
        distrust=context.distrust,
    )


def _title(raw: RawRecord, label: Label | None, excerpt: str) -> tuple[str, str]:
    """The title as the blog means it, and where it comes from."""
    title = words.strip_sticky(" ".join(raw.title.split()))
    named = " ".join(label.title.split()) if label else ""
    if title and not words.is_untitled(title):
        if named and _same_words(title, named):
            return named, f"{raw.evidence.get('title', '')}; spelt as in the feed".lstrip("; ")
        if named and title.endswith(CUT) and named.startswith(title.rstrip("….⋯ ")):
            return named, "feed (cut short in the listing)"
        return title, raw.evidence.get("title", "listing")
    if named:
        return named, "feed"
    guess = " ".join(excerpt.split())[:GUESSED_TITLE].strip()
    if guess:
        return guess, f"{GUESSED}: first words of the excerpt"
    return raw.url, f"{GUESSED}: address"


def _same_words(title: str, other: str) -> bool:
    """Whether two titles differ in case, space and punctuation only: themes capitalise and curl quotes."""
    return title != other and _letters(title) == _letters(other) != ""


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def without_title(excerpt: str, title: str) -> str:
    """An excerpt without its beginning that is the title over again, where a new line or sentence follows it."""
    wanted = "".join(title.split())
    place = 0
    for char in wanted:
        while place < len(excerpt) and excerpt[place].isspace():
            place += 1
        if place >= len(excerpt) or excerpt[place].casefold() != char.casefold():
            return excerpt
        place += 1
    rest = excerpt[place:]
    follows = rest.lstrip()
    if not follows or (len(wanted) >= SHORTEST_TITLE and _is_set_off(rest, follows, title)):
        return follows
    return excerpt


def _is_set_off(rest: str, follows: str, title: str) -> bool:
    """Whether what follows the repeated title is set off: by a line's end, or as a sentence behind a whole phrase."""
    space = rest[: len(rest) - len(follows)]
    if not space or follows[0].islower():
        return False
    return "\n" in space or len(title.split()) >= FEWEST_WORDS or (not title.isascii() and title[-1] > "\u2e80")


def estimated(records: Sequence[Record], sticky: Sequence[bool], language: str | None) -> list[Record]:
    """The records of a listing in order, yearless dates estimated where their neighbours leave only one year."""
    plain_ones = [record for record, pinned in zip(records, sticky, strict=True) if not pinned]
    dated = iter(dates.estimate_years([record.published for record in plain_ones], language))
    return [
        record if pinned else replace(record, published=next(dated))
        for record, pinned in zip(records, sticky, strict=True)
    ]


def needs_date(record: Record) -> bool:
    """Whether a record's day is not known yet, so that further evidence is worth asking for."""
    return record.published is UNKNOWN_DATE or dates.day_of(record.published) is None
