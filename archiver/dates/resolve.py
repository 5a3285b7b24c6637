"""One post's date from all that is claimed about it.

The order of trust: what the post's own block prints in full; its attributes, held against the print; the heading of
its group; its own address; an archive list; the feed; the post's page. A date printed without a year takes the year
from the first of these that names the same day and month. Modification dates count only when nothing else is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from archiver.dates.choose import INDEPENDENT, base_of, rank
from archiver.dates.claims import AFTER_FETCH, ATTRIBUTES, PRINTED, Claim, apart, claims_of
from archiver.dates.values import Order, Printed, calendar_day
from archiver.models import UNKNOWN_DATE, FoundDate, Precision, RawDate, Where

TIMED = ATTRIBUTES | {Where.POST}
"""Places that may add a time of day to a day that they name too."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as far as it is known, the place of its year, and what spoke against it."""

    year: int | None
    month: int | None
    day: int | None
    where: Where | None
    notes: tuple[str, ...] = ()

    @property
    def date(self) -> date | None:
        """The day, if all of it is known."""
        return calendar_day(self.year, self.month, self.day)


def resolve(
    raws: Sequence[RawDate],
    *,
    url: str,
    language: str | None = None,
    order: Order | None = None,
    anchor: datetime,
    extra: Sequence[RawDate] = (),
    distrust: Iterable[Where] = (),
) -> FoundDate:
    """The date of a post from its listing's claims, its address and ``extra`` (archive list, feed, post page).

    ``anchor`` is when the page was answered: distances count from it, and dates more than two days later are not
    plausible. Places in ``distrust`` (see ``decide_trust``) are not heard. The value is None if no year is sure.
    """
    known = frozenset(distrust)
    every = (*raws, *extra, *((RawDate(url, Where.URL),) if url else ()))
    claims = claims_of((raw for raw in every if raw.where not in known), language=language, order=order, anchor=anchor)
    sound = [claim for claim in claims if not claim.problem(anchor)]
    flagged = [claim for claim in claims if claim.problem(anchor)]
    for modified in (False, True):
        chosen = [claim for claim in sound if claim.modified is modified]
        found = _not_after(_best(chosen), anchor)
        if found.value is not None:
            return _noted(found, "date of modification") if modified else found
        if any(claim.where in PRINTED and claim.printed.day for claim in chosen):
            return found
    return _implausible(flagged, anchor) or _unread(claims, raws)


def day_of(found: FoundDate) -> str | None:
    """The ISO day of a date that is known at least to the day."""
    return found.value[:10] if found.value is not None and len(found.value) >= 10 else None


def _noted(found: FoundDate, note: str) -> FoundDate:
    return replace(found, note="; ".join(filter(None, (found.note, note))))


def _not_after(found: FoundDate, anchor: datetime) -> FoundDate:
    """The date, without a value where parts of several claims together lie after the fetch."""
    latest = (anchor + AFTER_FETCH).date().isoformat()
    if found.value is None or found.value[:10] <= latest[: len(found.value)]:
        return found
    return _noted(replace(found, value=None, precision=None, where=None), f"not plausible: {found.value[:10]}")


def _best(claims: Sequence[Claim]) -> FoundDate:
    """The date that plausible claims of one kind make together."""
    ranked = sorted(claims, key=rank)
    if not ranked:
        return UNKNOWN_DATE
    base = base_of(ranked)
    others = [claim for claim in ranked if claim is not base]
    dated = _completed(base, others)
    if dated.year is None and base.printed.day is not None:
        dated, base = _outvoted(base, others, dated)
    return _found(base, dated, others)


def _completed(base: Claim, others: Iterable[Claim]) -> Dated:
    """The base with what it lacks filled in from the first claims that agree with what it says."""
    printed = base.printed
    dated = Dated(printed.year, printed.month, printed.day, base.where if printed.year else None)
    for claim in others:
        if dated.date is not None:
            break
        if claim.where not in PRINTED or claim.printed.day is None or dated.day is None:
            dated = _filled(dated, claim)
    return dated


def _filled(dated: Dated, claim: Claim) -> Dated:
    """What is known, with what one claim adds; a claim that contradicts adds nothing but a note."""
    day = claim.date
    if day is not None and dated.year is None and dated.month is not None and dated.day is not None:
        return _with_year(dated, claim, day)
    said = (claim.printed.year, claim.printed.month, claim.printed.day)
    mine = (dated.year, dated.month, dated.day)
    if any(a is not None and b is not None and a != b for a, b in zip(mine, said, strict=True)):
        return replace(dated, notes=(*dated.notes, _against(claim)))
    year, month, day_number = (a if a is not None else b for a, b in zip(mine, said, strict=True))
    if calendar_day(year or 2000, month or 1, day_number or 1) is None:
        return dated
    return replace(dated, year=year, month=month, day=day_number, where=dated.where or (claim.where if year else None))


def _with_year(dated: Dated, claim: Claim, day: date) -> Dated:
    """A day and month with the year in which they fall on the claimed day, or beside it if time zones may differ."""
    for year in (day.year, day.year - 1, day.year + 1):
        own = calendar_day(year, dated.month, dated.day)
        if own is not None and apart(own, day) <= (1 if claim.vague else 0):
            return replace(dated, year=year, where=claim.where)
    return replace(dated, notes=(*dated.notes, _against(claim)))


def _outvoted(base: Claim, others: Sequence[Claim], dated: Dated) -> tuple[Dated, Claim]:
    """Another full date in place of a print without a year that nobody confirms, if two places agree on it."""
    for claim in others:
        same = {other.where for other in others if other.date is not None and other.date == claim.date}
        if claim.date is not None and len(same) > 1 and same & INDEPENDENT:
            note = f"printed {base.raw.raw.strip()[:40]!r} fits nothing"
            day = claim.date
            return Dated(day.year, day.month, day.day, claim.where, (note,)), claim
    return dated, base


def _against(claim: Claim) -> str:
    """The note on a claim that disagrees."""
    said = claim.date.isoformat() if claim.date else claim.raw.raw.strip()[:40]
    return f"{claim.where} says {said}"


def _found(base: Claim, dated: Dated, others: Sequence[Claim]) -> FoundDate:
    """The resolved date with its time of day, precision and notes."""
    if dated.year is None:
        notes = dict.fromkeys((*dated.notes, "no year"))
        return FoundDate(None, None, base.rule, base.raw.raw, None, "; ".join(notes))
    dated = _own_day(base, dated, others)
    notes = dict.fromkeys((*dated.notes, *_disagreements(base, dated, others)))
    value, precision = _written(dated, _time(base, dated, others))
    return FoundDate(value, precision, base.rule, base.raw.raw, dated.where, "; ".join(notes))


def _own_day(base: Claim, dated: Dated, others: Iterable[Claim]) -> Dated:
    """The blog's own calendar day: the address's, where an attribute with a time zone names the day beside it."""
    day = dated.date
    if base.where not in ATTRIBUTES or base.printed.offset is None or day is None:
        return dated
    for claim in others:
        if claim.where is Where.URL and claim.date is not None and apart(claim.date, day) == 1:
            own = claim.date
            return Dated(own.year, own.month, own.day, Where.URL, (*dated.notes, _against(base)))
    return dated


def _disagreements(base: Claim, dated: Dated, others: Iterable[Claim]) -> Iterator[str]:
    """Notes on full dates elsewhere that are not the day: further off than a time zone can explain."""
    day = dated.date
    for claim in others:
        if day is None or claim.date is None or claim.date == day or claim.printed.ago:
            continue
        if claim.where in PRINTED and base.where in PRINTED:
            continue
        if apart(claim.date, day) > (1 if claim.vague or base.printed.offset is not None else 0):
            yield _against(claim)


def _time(base: Claim, dated: Dated, others: Iterable[Claim]) -> Printed | None:
    """The time of day: the base's own, or that of an attribute or the post page which names the same day."""
    own = base.printed if base.printed.hour is not None and base.date == dated.date else None
    attributes = [claim.printed for claim in others if claim.where in TIMED and claim.date == dated.date]
    if own is not None and own.offset is not None:
        return own
    for printed in attributes:
        fits = own is None or (own.hour, own.minute) == (printed.hour, printed.minute)
        if printed.hour is not None and fits:
            return printed
    return own


def _written(dated: Dated, time: Printed | None) -> tuple[str, Precision]:
    """The ISO form and the precision. Midnight to the second is how engines write a day."""
    if dated.month is None or dated.year is None:
        return f"{dated.year:04}", Precision.YEAR
    if dated.day is None:
        return f"{dated.year:04}-{dated.month:02}", Precision.MONTH
    text = f"{dated.year:04}-{dated.month:02}-{dated.day:02}"
    if time is None or time.hour is None or (time.hour, time.minute, time.second or 0) == (0, 0, 0):
        return text, Precision.DAY
    text += f"T{time.hour:02}:{time.minute or 0:02}"
    if time.second is not None:
        text += f":{time.second:02}"
    if time.offset is not None:
        text += f"{'-' if time.offset < 0 else '+'}{abs(time.offset) // 60:02}:{abs(time.offset) % 60:02}"
    return text, Precision.MINUTE if time.second is None else Precision.SECOND


def _implausible(flagged: Sequence[Claim], anchor: datetime) -> FoundDate | None:
    """A printed day that is not plausible, kept as printed and flagged; an attribute's is kept as evidence only."""
    for claim in sorted(flagged, key=rank):
        problem = claim.problem(anchor)
        if claim.date is not None and claim.where in PRINTED and not claim.modified:
            return _noted(_best([claim]), f"not plausible: {problem}")
    for claim in flagged:
        return FoundDate(None, None, claim.rule, claim.raw.raw, None, f"not plausible: {claim.problem(anchor)}")
    return None


def _unread(claims: Sequence[Claim], raws: Sequence[RawDate]) -> FoundDate:
    """What stays when no claim has a year: the raw string and why."""
    if claims:
        return FoundDate(None, None, claims[0].rule, claims[0].raw.raw, None, "no year")
    for raw in raws:
        return FoundDate(None, None, "", raw.raw, None, "not read as a date, or not trusted")
    return UNKNOWN_DATE
