"""How results are printed: neutralised, aligned by columns, or as JSON, CSV and TSV for programs.

Results go to stdout, all else to stderr.
"""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TextIO

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archiver.tokens import Snippet


class Format(StrEnum):
    """How rows are printed."""

    HUMAN = "human"
    JSON = "json"
    NL = "nl"
    CSV = "csv"
    TSV = "tsv"
    TABLE = "table"


NOTHING = 1
"""The exit code when nothing was found."""
WIDEST = 100_000
"""Columns of a table that goes into a file or pipe: nothing is folded."""
LEGIBLE = 24
"""Columns that a folded cell of a table needs at least to be read."""
GAP = 2
"""Blanks between the columns of a table."""

_LINES = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ESCAPED = re.compile(f"{_CONTROLS.pattern}|[\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(text: object) -> str:
    """Give the text on one line, with nothing in it that a terminal would obey or that turns the order of letters."""
    return _CONTROLS.sub("\ufffd", _LINES.sub(" ", str(text)))


def safe_lines(text: object) -> str:
    """Like :func:`safe`, with line breaks and tabs kept."""
    return _CONTROLS.sub("\ufffd", str(text).replace("\r\n", "\n"))


def styled(stream: TextIO) -> bool:
    """Whether bold may be used on a stream: a terminal that knows it, and no ``NO_COLOR``."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Screen(Console):
    """A console that leaves it to ``main`` what the end of the reader of a pipe means."""

    def on_broken_pipe(self) -> None:
        """Raise ``BrokenPipeError`` as a plain write does; rich would end with 1, which says that nothing was found."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def console() -> Console:
    """A console on stdout that neither guesses at markup nor folds what goes into a pipe."""
    width = None if sys.stdout.isatty() else WIDEST
    plain = not styled(sys.stdout)
    return Screen(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, no_color=plain)


def note(text: str) -> None:
    """Print a message to stderr."""
    click.echo(safe_lines(text), err=True)


def counted(number: int, thing: str) -> str:
    """A number of things: ``1 post``, ``1,304 posts``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def marked(snippet: Snippet, bold: bool) -> Text:
    """A snippet with its hits bold, or in 【】."""
    text = Text()
    for part, hit in snippet.parts:
        shown = safe(part)
        text.append(shown if bold or not hit else f"【{shown}】", style="bold" if bold and hit else "")
    return text


def padded(text: Text, width: int) -> Text:
    """The text followed by blanks up to a number of columns."""
    return text + Text(" " * max(0, width - cell_len(text.plain)))


def hanging(start: str, text: Text) -> Table:
    """A text after its start, its further lines under its first."""
    grid = Table.grid(padding=0)
    grid.add_column(width=len(start), no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(start), text)
    return grid


def write_rows(form: Format, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows for programs (JSON, one JSON a line, CSV, TSV), or as a table; columns in the order given."""
    chosen = ([row[column] for column in columns] for row in rows)
    if form is Format.JSON:
        _write_json([dict(zip(columns, row, strict=True)) for row in chosen])
    elif form is Format.NL:
        for row in chosen:
            click.echo(to_json(dict(zip(columns, row, strict=True))))
    elif form in {Format.CSV, Format.TSV}:
        _write_separated(form, columns, chosen)
    else:
        _write_table(columns, chosen)


def to_json(value: object, indent: int | None = None) -> str:
    """JSON with its letters as they are; all that a terminal would obey, or that ends a line, as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _write_json(rows: Sequence[Mapping[str, Any]]) -> None:
    lines = ",\n ".join(map(to_json, rows))
    click.echo(f"[{lines}]")


def _write_separated(form: Format, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    buffer = io.StringIO()
    separator = "," if form is Format.CSV else "\t"
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\n")
    for row in ([*columns], *rows):
        writer.writerow([cell(value, form) for value in row])
        click.echo(buffer.getvalue(), nl=False)
        buffer.seek(0)
        buffer.truncate()


def cell(value: Any, form: Format) -> str:
    """A value for a cell of CSV or TSV; what a spreadsheet would run as a formula is made text by a ``'``."""
    if isinstance(value, int | float):
        return str(value)
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str("" if value is None else value)
    prefix = "'" if text.startswith(_FORMULA) else ""
    return prefix + (safe_lines(text) if form is Format.CSV else safe(text))


def _write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table; on a terminal too narrow for it the rows one below the other, each as a list of its values."""
    kept = list(rows)
    cells = [[safe(_shown(value)) for value in row] for row in kept]
    screen = console()
    if screen.is_terminal and not _fits(columns, cells, screen.width):
        _print_records(screen, columns, cells)
        return
    table = Table(box=None, pad_edge=False, header_style="" if not styled(sys.stdout) else "bold")
    for at, column in enumerate(columns):
        numbers = all(isinstance(row[at], int | float | None) for row in kept)
        table.add_column(column, justify="right" if numbers and kept else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    _print_table(screen, table)


def _fits(columns: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a table can be read in so many columns: no cell is folded to less than ``LEGIBLE``."""
    widest = [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]
    return sum(min(one, LEGIBLE) for one in widest) + GAP * (len(widest) - 1) <= width


def _print_records(screen: Console, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Each row as lines of a name and a value, empty ones left out, with an empty line between rows."""
    named = max(map(cell_len, columns)) + GAP
    for number, row in enumerate(cells):
        if number:
            screen.print()
        for column, value in zip(columns, row, strict=True):
            if value:
                screen.print(Text(f"{column:<{named}}{value}"), soft_wrap=True)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else f"{value:,}" if isinstance(value, int) and value > 9999 else str(value)


def _print_table(screen: Console, table: Table) -> None:
    """Print a table; in a pipe without the blanks at the ends of lines."""
    if screen.is_terminal:
        screen.print(table)
        return
    with screen.capture() as lines:
        screen.print(table)
    click.echo("\n".join(line.rstrip() for line in lines.get().splitlines()))
