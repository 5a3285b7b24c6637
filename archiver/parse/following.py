"""The step from page to page, decided from what pagers said and which addresses were visited. Pure values only."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from archiver.models import Pager
from archiver.parse.numbering import identity, period, slots

MAX_PAGES = 100_000
MAX_DEPTH = 20
MAX_ADDRESS = 2000


def following(pager: Pager, url: str, visited: Collection[str]) -> str | None:
    """The page to read after ``url``: the pager's next one, else the first unvisited one that its numbers lead to."""
    if pager.next is not None and identity(pager.next) != identity(url) and not seen(pager.next, visited):
        return pager.next
    for number in _numbers_from(pager):
        address = page_address(pager, number)
        if address and identity(address) != identity(url) and not seen(address, visited):
            return address
    return None


def missing(pager: Pager, visited: Collection[str]) -> tuple[str, ...]:
    """The addresses of numbered pages, up to the last, that were never visited; page one only if a link names it."""
    if pager.last is None or pager.last > MAX_PAGES:
        numbers = sorted(pager.numbered)
    else:
        numbers = sorted({*pager.numbered, *(range(2, pager.last + 1) if pager.pattern else ())})
    addresses = (page_address(pager, number) for number in numbers)
    return tuple(address for address in addresses if address and not seen(address, visited))


def merged(earlier: Pager, later: Pager) -> Pager:
    """What two pages of one listing tell together: the later one's step, the numbers and the last page of both."""
    if earlier.pattern and later.pattern and earlier.pattern != later.pattern:
        return later
    return replace(
        later,
        numbered={**earlier.numbered, **later.numbered},
        last=max((last for last in (earlier.last, later.last) if last is not None), default=None),
        pattern=later.pattern or earlier.pattern,
        origin=later.origin if later.pattern else earlier.origin,
        step=later.step if later.pattern else earlier.step,
        reverse=later.reverse or earlier.reverse,
    )


def page_address(pager: Pager, number: int) -> str | None:
    """The address of a numbered page: as linked, else by the pattern; None if neither tells."""
    if number in pager.numbered:
        return pager.numbered[number]
    value = pager.origin + pager.step * (number - 1)
    return pager.pattern.replace("{n}", str(value)) if pager.pattern and value >= 0 else None


def trap(url: str) -> str | None:
    """Why an address looks like a spider trap (too long, too deep, the same part again and again), None if not."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(url) > MAX_ADDRESS:
        return f"longer than {MAX_ADDRESS} characters"
    if len(segments) > MAX_DEPTH:
        return f"deeper than {MAX_DEPTH} folders"
    if any(segments.count(segment) > 2 and not segment.isdigit() for segment in segments):
        return "the same folder more than twice"
    names = [pair.partition("=")[0] for pair in parts.query.split("&") if pair]
    if len(names) > MAX_DEPTH or any(names.count(name) > 2 for name in names):
        return "the same parameter again and again"
    when = None if any(slot.kind == "page" for slot in slots(url)) else period(url)
    year = when if when is None or when < 10000 else when // 100
    return f"a calendar page of the year {year}" if year is not None and not 1990 <= year < 2100 else None


def seen(url: str, visited: Collection[str]) -> bool:
    """Whether an address is among those visited, as it stands or as its identity."""
    return url in visited or identity(url) in visited


def _numbers_from(pager: Pager) -> Iterator[int]:
    """The page numbers that come after the current one, in the pager's direction."""
    last = min(max([pager.last or 0, *pager.numbered]), max([*pager.numbered, MAX_PAGES]))
    if not pager.pattern:
        known = sorted(pager.numbered, reverse=pager.reverse)
        current = pager.current
        yield from (n for n in known if current is None or (n < current if pager.reverse else n > current))
    elif pager.current is not None:
        yield from range(pager.current - 1, 0, -1) if pager.reverse else range(pager.current + 1, last + 1)
