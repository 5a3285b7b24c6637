"""The fields of a post, one row each: what counts as the same value, and who is right when values differ. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any

from archiver.models import FoundDate, Image, Precision, Where
from archiver.store.keys import content_key, cut, date_key, images_key, picture_key, plain_key, squeezed, tags_key


class Source(StrEnum):
    """Who speaks of a post (``claims.source``)."""

    LISTING = "listing"
    POST = "post"
    FEED = "feed"


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


def keep(meeting: Meeting) -> Any:
    """The stored value stands."""
    return meeting.old


def take(meeting: Meeting) -> Any:
    """The new value stands."""
    return meeting.new


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
    """Every tag that anybody gave, in the order in which they came; guesses only while nobody knows better."""
    if meeting.old_guessed != meeting.new_guessed:
        return tuple(meeting.new if meeting.old_guessed else meeting.old)
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
