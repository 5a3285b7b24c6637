"""What a post said before it changed, as a unified diff of each field: the newest revision first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from difflib import unified_diff
from typing import Any

import click

from archiver.cli.output import note, safe, safe_lines, styled, to_json
from archiver.store import Archive

REVISIONS = "SELECT changed_at, fields, before FROM revisions WHERE post_id = ? ORDER BY id DESC"
IMAGES = """SELECT url, alt, caption FROM post_images JOIN images ON images.id = image_id WHERE post_id = ?
 ORDER BY position"""
AROUND = 2
"""Lines of a text that are shown around a change."""
COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of one revision: its value before and after, as the archive holds it."""

    field: str
    before: Any
    after: Any

    def diff(self, moment: str) -> list[str]:
        """The lines of a unified diff."""
        names = f"{self.field} until {moment}", f"{self.field} since {moment}"
        return list(unified_diff(lines_of(self.before), lines_of(self.after), *names, lineterm="", n=AROUND))


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision: when it was seen, and what changed."""

    changed_at: str
    edits: tuple[Edit, ...]


def revisions_of(archive: Archive, post: Mapping[str, Any]) -> Iterator[Revision]:
    """The revisions of a post, the newest first: what came after one is what the next one says was before."""
    now = {**post, "tags": json.loads(post["tags"] or "[]"), "images": list(archive.query(IMAGES, [post["id"]]))}
    for row in archive.query(REVISIONS, [post["id"]]):
        before: dict[str, Any] = json.loads(row["before"])
        edits = tuple(Edit(field, before.get(field), now.get(field)) for field in json.loads(row["fields"]))
        yield Revision(row["changed_at"], edits)
        now |= before


def lines_of(value: Any) -> list[str]:
    """A value as lines: a text by its own, tags and pictures one a line, nothing for what was unknown."""
    if value is None or value == "":
        return []
    if isinstance(value, list):
        return [_line(item) for item in value]
    return [safe(line) for line in safe_lines(value).split("\n")]


def _line(item: Any) -> str:
    if isinstance(item, dict):
        return safe("  ".join(str(item[name]) for name in ("url", "alt", "caption") if item.get(name)))
    return safe(item)


def history_as_json(archive: Archive, post: Mapping[str, Any]) -> str:
    """The revisions of a post as JSON."""
    return to_json([asdict(revision) for revision in revisions_of(archive, post)], indent=2)


def print_history(archive: Archive, post: Mapping[str, Any]) -> None:
    """Print the revisions of a post on stdout."""
    revisions = list(revisions_of(archive, post))
    colours = styled(sys.stdout)
    for revision in revisions:
        fields = ", ".join(safe(edit.field) for edit in revision.edits)
        click.echo(click.style(f"{safe(revision.changed_at)}  {fields}", bold=colours or None))
        for edit in revision.edits:
            for line in edit.diff(safe(revision.changed_at)):
                click.echo(click.style(line, fg=COLOURS.get(line[:1])) if colours else line)
        click.echo("")
    if not revisions:
        note("This post was never changed.")
