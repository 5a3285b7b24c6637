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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from archiver.models import GUESSED, Record
from archiver.store.fields import RULES, Meeting, Rule, Source, improves

Claims = Mapping[str, str]

IMPROVED = {"title", "published"}  # what a second sighting may know better; all else it may only complete
UNKNOWN_AGAIN = {"published"}  # what a better reading may find unknown: an unknown date is better than a wrong one
COMPANIONS = {"excerpt": "excerpt_html", "text": "content_html"}


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


def repeats(claims: Claims, before: Claims) -> bool:
    """Whether a source says nothing that it had not said before."""
    return all(hashed in before.get(field, "").split() for field, hashed in claims.items())


def noted(claims: Claims, before: Claims, *, restated: bool = False) -> Claims:
    """What to note as said, after ``claims`` follow ``before``.

    A page that is understood a second time has said two things of a field, both of which it may say again.
    """
    after = dict(before)
    for field, hashed in claims.items():
        first = before.get(field, "").split()
        if hashed not in first:
            after[field] = " ".join([*first[:1], hashed]) if restated else hashed
    return after


def merge(
    old: Record,
    new: Record,
    source: Source,
    before: Claims | None,
    *,
    again: bool = False,
    restated: bool = False,
) -> Merged:
    """The post after ``source`` said ``new`` of it, when it said ``before`` the last time.

    ``before`` is None when nothing is known of any source: then the source counts as the author of what is stored.
    ``again`` marks a second sighting within one crawl (a post that is pinned, or stands on two listings), which may
    complete a post, tell a title in full or a date more surely, but not revise. ``restated`` marks the page on which
    the source first spoke of the post, understood once more with better knowledge of the blog: what was only its own
    first reading gives way (to "unknown" too, if it is a date), and the blog has revised nothing.
    """
    values: dict[str, Any] = {}
    revised: list[str] = []
    completed: list[str] = []
    for rule in RULES:
        said = None if before is None else before.get(rule.field, "").split()
        value, is_revision = decide(rule, old, new, source, said, again=again, restated=restated)
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
    rule: Rule, old: Record, new: Record, source: Source, said: Sequence[str] | None, *, again: bool, restated: bool
) -> tuple[Any, bool]:
    """One field's value from now on, and whether that is a revision."""
    mine, theirs = getattr(old, rule.field), getattr(new, rule.field)
    old_key, new_key = rule.key(mine), rule.key(theirs)
    own = said is None or digest(old_key) in said
    if new_key == old_key:
        return mine, False
    if not new_key:
        return (theirs if restated and own and rule.field in UNKNOWN_AGAIN else mine), False
    if not old_key or (restated and own):
        return theirs, False
    if said and digest(new_key) in said:
        return mine, False
    if again and rule.field not in IMPROVED:
        return mine, False
    meeting = Meeting(mine, theirs, source, guessed(old, rule.field), guessed(new, rule.field))
    if again or not own:
        return rule.settle(meeting), False
    value = rule.revise(meeting)
    return value, not (rule.quiet or meeting.old_guessed or (rule.field == "published" and improves(value, mine)))


def companions(old: Record, new: Record, changed: Mapping[str, Any]) -> dict[str, Any]:
    """The HTML that goes with a changed text, or that was missing until now."""
    pairs = ((field, html) for field, html in COMPANIONS.items() if getattr(new, html))
    return {html: getattr(new, html) for field, html in pairs if field in changed or not getattr(old, html)}
