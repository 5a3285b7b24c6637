"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

database = click.option(
    "-d",
    "--db",
    envvar="ARCHIVER_DB",
    default="archive.db",
    show_default=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The archive (environment: ARCHIVER_DB).",
)


def fetching(command: F) -> F:
    """The options of whatever asks a site."""
    for option in (
        click.option("--user-agent", metavar="TEXT", help="Call yourself this instead of archiver/VERSION."),
        click.option("--cookies", type=click.Path(dir_okay=False), metavar="FILE", help="Cookies (Netscape format)."),
        click.option("--proxy", metavar="URL", help="Ask through this proxy."),
        click.option(
            "--delay",
            type=click.FloatRange(min=0),
            default=1.0,
            show_default=True,
            metavar="S",
            help="Seconds between two requests to a host.",
        ),
    ):
        command = option(command)
    return command


def verbosity(command: F) -> F:
    """How much is said on stderr."""
    command = click.option("-v", "--verbose", count=True, help="Say more (-vv: every page).")(command)
    return click.option("-q", "--quiet", is_flag=True, help="Say only errors.")(command)
