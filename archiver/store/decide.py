"""What becomes of a post when a page speaks of it again: the pure decider between reading and storing.

A post is spoken of by several *sources* (the listing, its own page, the feed), which often disagree for good: a listing
cuts a title short, a post page gives the time of day. So a new value is first held against what **the same source said
last time** (its claim), not against what is stored: a source that repeats itself changes nothing.

* What was unknown is completed, by whoever knows.
* A source that changes its mind about a value of its own revises it; the value before is kept as a revision.
* Where two sources disagree, a rule of the field settles it; that is a better understanding, not a revision.
* Nothing known is ever replaced by nothing, by a guess, by a cut copy, or by a date of less trust.
* Whitespace, counters and the order of tags are not content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from archiver.models import FoundDate, Image, Precision, Record, Where
from archiver.urls import identity
from archiver.words import is_comments, is_counter


class Source(StrEnum):
    """Who speaks of a post (``claims.source``)."""

    LISTING = "listing"
    POST = "post"
    FEED = "feed"


Claims = Mapping[str, str]

GUESSED = "guess"  # an evidence of this beginning marks a value that stands in for an unknown one

ELLIPSES = ("…", "...", "⋯", "。。。")
PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico")

COUNTERS_AT_MOST = 120  # characters of a line that may be nothing but counters
BETWEEN = re.compile(r"[|·•/,，、;；\t]")

TRUST = {
    Where.DECLARED: 6,
    Where.TIME_ATTRIBUTE: 6,
    Where.TIME_TEXT: 6,
    Where.BLOCK: 6,
    Where.POST: 5,
    Where.FEED: 4,
    Where.ARCHIVE_LIST: 4,
    Where.GROUP: 4,
    Where.URL: 3,
    Where.NEIGHBOURS: 1,
    None: 2,
}
FINENESS = {None: 0, Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3, Precision.MINUTE: 4, Precision.SECOND: 5}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One field of a post, as stored and as said now."""

    old: Any
    new: Any
    source: Source
    old_guessed: bool
    new_guessed: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One field: what counts as the same value (an empty key is an unknown value), and how conflicts end.

    ``revise`` gives the value when the source that said the old one says a new one, ``settle`` when another source
    does; either may give the old one back. A ``quiet`` field is kept up to date without a revision.
    """

    field: str
    key: Callable[[Any], str]
    revise: Callable[[Meeting], Any]
    settle: Callable[[Meeting], Any]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The post as it is from now on, and the fields that differ: revised by the blog, or only completed by us."""

    record: Record
    revised: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that differ from before."""
        return self.revised + self.completed


def squeezed(text: str | None) -> str:
    """Text without any whitespace: what a change of content would show in."""
    return "".join(text.split()) if text else ""


def content_key(text: str | None) -> str:
    """Text squeezed, without the counters that stand on short lines of their own ("327 views · 3 comments")."""
    if not text:
        return ""
    return squeezed("\n".join(line for line in text.splitlines() if not counts(line)))


def counts(line: str) -> bool:
    """Whether a line holds nothing but counters."""
    if len(line) > COUNTERS_AT_MOST or not any(map(str.isdigit, line)):
        return False
    return all(is_counter(piece) or is_comments(piece) for piece in BETWEEN.split(line) if piece.strip())


def picture_key(url: str) -> str:
    """A picture's address for comparison: the query of an image file is a cache key or a signature."""
    address = identity(url)
    return address.partition("?")[0] if urlsplit(url).path.lower().endswith(PICTURE_NAMES) else address


def images_key(images: Iterable[Image]) -> str:
    """The pictures in order, with what is said of them."""
    return "\n".join(f"{picture_key(image.url)} {squeezed(image.alt)} {squeezed(image.caption)}" for image in images)


def tags_key(tags: Iterable[str]) -> str:
    """The tags, whatever their order."""
    return "\n".join(sorted(map(squeezed, tags)))


def date_key(found: FoundDate) -> str:
    """The date itself, however it was printed."""
    return found.value or ""


def plain_key(value: str | None) -> str:
    """The value as it is."""
    return value or ""


def keep(meeting: Meeting) -> Any:
    """The stored value stands."""
    return meeting.old


def take(meeting: Meeting) -> Any:
    """The new value stands."""
    return meeting.new


def cut(short: str, whole: str) -> bool:
    """Whether one text is the other cut short, with an ellipsis at its end."""
    stem = squeezed(short)
    for ellipsis in ELLIPSES:
        if stem.endswith(ellipsis):
            stem = stem.removesuffix(ellipsis).rstrip(".")
            return bool(stem) and squeezed(whole).startswith(stem)
    return False


def revise_title(meeting: Meeting) -> str:
    """The blog's new title, unless it is a guess of ours or the old one cut short."""
    worse = (meeting.new_guessed and not meeting.old_guessed) or cut(meeting.new, meeting.old)
    return str(meeting.old if worse else meeting.new)


def settle_title(meeting: Meeting) -> str:
    """The title that is not guessed and not cut short; otherwise the one that was there first."""
    better = (meeting.old_guessed and not meeting.new_guessed) or cut(meeting.old, meeting.new)
    return str(meeting.new if better else meeting.old)


def relative(found: FoundDate) -> bool:
    """Whether a date was reckoned from the time of reading ("3 days ago"), so that it drifts."""
    return found.rule.startswith("relative")


def refines(new: FoundDate, old: FoundDate) -> bool:
    """Whether the new date says the same as the old one, and more."""
    return bool(old.value) and bool(new.value) and str(new.value).startswith(str(old.value))


def improves(new: FoundDate, old: FoundDate) -> bool:
    """Whether a date replaces one that was coarser or reckoned: we know it better, the blog did not change it."""
    return refines(new, old) or relative(old)


def revise_date(meeting: Meeting) -> FoundDate:
    """The blog's new date, unless it is of less trust, coarser, or reckoned from the time of reading."""
    old: FoundDate = meeting.old
    new: FoundDate = meeting.new
    worse = TRUST[new.where] < TRUST[old.where] or FINENESS[new.precision] < FINENESS[old.precision]
    return old if worse or relative(new) else new


def settle_date(meeting: Meeting) -> FoundDate:
    """The date of more trust; the finer one where they agree."""
    old: FoundDate = meeting.old
    new: FoundDate = meeting.new
    if refines(new, old):
        return new
    return new if TRUST[new.where] > TRUST[old.where] and not refines(old, new) else old


def settle_tags(meeting: Meeting) -> tuple[str, ...]:
    """Every tag that anybody gave, in the order in which they came."""
    return tuple(dict.fromkeys(chain(meeting.old, meeting.new)))


def revise_images(meeting: Meeting) -> tuple[Image, ...]:
    """The new pictures; one that was known keeps its stored address."""
    known = {picture_key(image.url): image.url for image in meeting.old}
    return tuple(replace(image, url=known.get(picture_key(image.url), image.url)) for image in meeting.new)


def settle_images(meeting: Meeting) -> tuple[Image, ...]:
    """All pictures of both: in the order of the post's own page, if it speaks, with every caption that is known."""
    new = revise_images(meeting)
    first, second = (new, meeting.old) if meeting.source is Source.POST else (meeting.old, new)
    others = {image.url: image for image in second}
    both = [
        replace(image, alt=image.alt or other.alt, caption=image.caption or other.caption)
        if (other := others.pop(image.url, None))
        else image
        for image in first
    ]
    return (*both, *others.values())


def prefer(*sources: Source) -> Callable[[Meeting], Any]:
    """A rule that takes the new value from the sources named, and from nobody else."""
    return lambda meeting: meeting.new if meeting.source in sources else meeting.old


def revise_text(meeting: Meeting) -> str:
    """The new text, unless three quarters of a long one are gone: that is a page that broke, not an edit."""
    old, new = str(meeting.old), str(meeting.new)
    return old if len(old) >= 1000 and len(new) * 4 < len(old) else new


RULES = (
    Rule("url", plain_key, take, prefer(Source.LISTING), quiet=True),
    Rule("title", squeezed, revise_title, settle_title),
    Rule("published", date_key, revise_date, settle_date),
    Rule("author", squeezed, take, keep),
    Rule("category", squeezed, take, keep),
    Rule("series", squeezed, take, keep),
    Rule("tags", tags_key, take, settle_tags),
    Rule("excerpt", content_key, take, prefer(Source.LISTING)),
    Rule("text", content_key, revise_text, prefer(Source.POST)),
    Rule("images", images_key, revise_images, settle_images),
    Rule("read_more", plain_key, take, prefer(Source.LISTING), quiet=True),
    Rule("language", plain_key, take, keep, quiet=True),
)
IMPROVED = {"title", "published"}  # what a second sighting may know better; all else it may only complete
COMPANIONS = {"excerpt": "excerpt_html", "text": "content_html"}


def digest(key: str) -> str:
    """A short hash of a field's key; an unknown value has none."""
    return blake2b(key.encode("utf-8", "replace"), digest_size=6).hexdigest() if key else ""


def claims_of(record: Record) -> Claims:
    """What a record says, field by field, as short hashes; fields that it does not know are left out."""
    said = ((rule.field, digest(rule.key(getattr(record, rule.field)))) for rule in RULES)
    return {field: hashed for field, hashed in said if hashed}


def guessed(record: Record, field: str) -> bool:
    """Whether the record's own evidence calls the field a guess."""
    return record.evidence.get(field, "").startswith(GUESSED)


def merge(old: Record, new: Record, source: Source, before: Claims | None, *, again: bool = False) -> Merged:
    """The post after ``source`` said ``new`` of it, when it said ``before`` the last time.

    ``before`` is None when nothing is known of any source: then the source counts as the author of what is stored.
    ``again`` marks a second sighting within one crawl (a post that is pinned, or stands on two listings), which may
    complete a post, tell a title in full or a date more surely, but not revise.
    """
    values: dict[str, Any] = {}
    revised: list[str] = []
    completed: list[str] = []
    for rule in RULES:
        value, is_revision = decide(rule, old, new, source, before, again=again)
        if value == getattr(old, rule.field):
            continue
        values[rule.field] = value
        (revised if is_revision else completed).append(rule.field)
    values |= companions(old, new, values)
    if not values:
        return Merged(old)
    evidence = {**old.evidence, **{field: new.evidence[field] for field in values if field in new.evidence}}
    return Merged(replace(old, **values, evidence=evidence), tuple(revised), tuple(completed))


def decide(
    rule: Rule, old: Record, new: Record, source: Source, before: Claims | None, *, again: bool
) -> tuple[Any, bool]:
    """One field's value from now on, and whether that is a revision."""
    mine, theirs = getattr(old, rule.field), getattr(new, rule.field)
    old_key, new_key = rule.key(mine), rule.key(theirs)
    if not new_key or new_key == old_key:
        return mine, False
    if not old_key:
        return theirs, False
    said = (before or {}).get(rule.field)
    if said == digest(new_key):
        return mine, False
    meeting = Meeting(mine, theirs, source, guessed(old, rule.field), guessed(new, rule.field))
    if again and rule.field not in IMPROVED:
        return mine, False
    if again or (before is not None and said != digest(old_key)):
        return rule.settle(meeting), False
    value = rule.revise(meeting)
    return value, not (rule.quiet or meeting.old_guessed or (rule.field == "published" and improves(value, mine)))


def companions(old: Record, new: Record, changed: Mapping[str, Any]) -> dict[str, Any]:
    """The HTML that goes with a changed text, or that was missing until now."""
    pairs = ((field, html) for field, html in COMPANIONS.items() if getattr(new, html))
    return {html: getattr(new, html) for field, html in pairs if field in changed or not getattr(old, html)}
