"""Options by which the reading commands choose posts and the form they are printed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, TypeVar

import click

from archiver.cli.asking import one_blog
from archiver.cli.numbers import Whole
from archiver.cli.output import Format
from archiver.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

FIRST, LAST = "-01-01", "-12-31"
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def iso_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Give the value of an option back if it is a year, month or day: ``2019``, ``2019-03`` or ``2019-03-06``."""
    if value is None:
        return None
    if match := _DATE.fullmatch(value):
        with suppress(ValueError):
            date(*(int(part or 1) for part in match.groups()))
            return value
    raise click.BadParameter(f"{value!r} is not a date. Write 2019, 2019-03 or 2019-03-06.", ctx, param)


def span(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """The first and the last day of two dates, each a day, a month or a year; ``UsageError`` if nothing is between.

    The last day of every month is its 31st: days are compared as text.
    """
    first = since + FIRST[len(since) - 4 :] if since else None
    last = until + LAST[len(until) - 4 :] if until else None
    if first and last and first > last:
        raise UsageError(f"--since {since} --until {until}", "no day is in both")
    return first, last


def _together(command: F, options: Sequence[Callable[[F], F]]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def filters(command: F) -> F:
    """The options that are the fields of ``archiver.search.Filters``, by the same names; ``only`` names its blog."""
    return _together(
        command,
        (
            one_blog,
            click.option("--tag", metavar="TEXT", help="Only posts with this tag."),
            click.option("--author", metavar="TEXT", help="Only posts by this author."),
            click.option("--year", type=Whole(1, 9999), metavar="YEAR", help="Only posts of this year."),
            click.option("--since", callback=iso_date, metavar="DATE", help="Only from this day, month or year on."),
            click.option("--until", callback=iso_date, metavar="DATE", help="Only up to this day, month or year."),
            click.option("--has-image/--no-image", default=None, help="Only posts with (without) pictures."),
        ),
    )


def formats(command: F) -> F:
    """The options that choose a format: the name of a ``Format`` or None, as ``form``."""
    return _together(
        command,
        (
            click.option("--json", "form", flag_value=Format.JSON.value, help="Print JSON."),
            click.option("--nl", "form", flag_value=Format.NL.value, help="Print one JSON object a line."),
            click.option("--csv", "form", flag_value=Format.CSV.value, help="Print CSV."),
            click.option("--tsv", "form", flag_value=Format.TSV.value, help="Print TSV."),
            click.option("-t", "--table", "form", flag_value=Format.TABLE.value, help="Print a table."),
        ),
    )


def limit(command: F) -> F:
    """How many posts or problems are printed, and whether only their number is."""
    return _together(
        command,
        (
            click.option(
                "-l",
                "--limit",
                type=Whole(min=0),
                default=20,
                show_default=True,
                metavar="N",
                help="How many to print; 0 for all.",
            ),
            click.option("-c", "--count", "only_count", is_flag=True, help="Print only how many there are."),
        ),
    )
