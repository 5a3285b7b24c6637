"""What a post said before: stored revisions as differences, word by word, Chinese character by character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SHOWN = ("title", "published", "author", "category", "series", "tags", "excerpt", "text", "url", "read_more")
UNSPACED = r"\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3"
UNIT = re.compile(rf"\s+|[{UNSPACED}]|[^\W{UNSPACED}]+|.", re.DOTALL)
MOST_UNITS = 3000
KEPT = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text and what became of it: ``same``, ``gone``, ``new`` or ``cut`` (left out)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How one field changed."""

    field: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a post: when it was noticed, and how each field differs."""

    when: str
    differences: tuple[Difference, ...]


def revisions(rows: Iterable[Mapping[str, Any]], now: Mapping[str, Any]) -> list[Revision]:
    """Stored revisions, oldest first as given, to differences, newest first; ``now`` is the post as it stands."""
    after = {name: shown(value) for name, value in now.items()}
    found = []
    for row in reversed(list(rows)):
        before = {name: shown(value) for name, value in _values(row["before"]).items() if name in SHOWN}
        changed = [name for name in SHOWN if name in before and before[name] != after.get(name, "")]
        differences = tuple(Difference(name, difference(before[name], after.get(name, ""))) for name in changed)
        found.append(Revision(str(row["changed_at"]), differences))
        after |= before
    return found


def from_json(stored: str) -> Any:
    """What a column of JSON says, None if it is none; half a character, which no page can show, is a question mark."""
    try:
        value = json.loads(stored)
        return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        return None


def _values(stored: str) -> dict[str, Any]:
    values = from_json(stored)
    return values if isinstance(values, dict) else {}


def shown(value: object) -> str:
    """A stored value as a reader sees it: a date's value, lists of words with commas, nothing for nothing."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, str) and value.startswith("["):
        listed = from_json(value)
        value = value if listed is None else listed
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def difference(before: str, after: str) -> tuple[Part, ...]:
    """Two texts as one: what stayed (long stretches cut), what went, what came."""
    old, new = _units(before), _units(after)
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 400)
    return tuple(_short(_joined(_steps(matcher, old, new))))


def _units(text: str) -> list[str]:
    """Words and characters; lines where there are too many of those."""
    units = UNIT.findall(text)
    return units if len(units) <= MOST_UNITS else text.splitlines(keepends=True)


def _steps(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    for step, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            yield Part("same", "".join(old[old_start:old_end]))
            continue
        if old_end > old_start:
            yield Part("gone", "".join(old[old_start:old_end]))
        if new_end > new_start:
            yield Part("new", "".join(new[new_start:new_end]))


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Changes with nothing but a blank between them, as one change."""
    out: list[Part] = []
    for part in parts:
        if out and out[-1].kind == part.kind:
            out[-1] = Part(part.kind, out[-1].text + part.text)
        else:
            out.append(part)
    return out


def _short(parts: Sequence[Part]) -> Iterator[Part]:
    for number, part in enumerate(parts):
        if part.kind != "same" or len(part.text) <= 3 * KEPT:
            yield part
            continue
        if number:
            yield Part("same", part.text[:KEPT])
        yield Part("cut", " … ")
        if number < len(parts) - 1:
            yield Part("same", part.text[-KEPT:])
