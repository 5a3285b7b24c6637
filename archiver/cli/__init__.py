"""The command line: the only room that prints, and the one place where errors become exit codes."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Any

import click

from archiver import __version__
from archiver.cli.asking import ARCHIVE, pointing
from archiver.cli.crawling import complain, crawl_command, reparse_command
from archiver.cli.inspecting import inspect_command
from archiver.cli.keeping import check_command, forget_command
from archiver.cli.problems import problems_command
from archiver.cli.reading import list_command, search_command
from archiver.cli.serving import demo_command, serve_command
from archiver.cli.showing import blogs_command, show_command, stats_command
from archiver.cli.updating import update_command
from archiver.errors import ArchiverError

INTERRUPTED = 130
FULL = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


class Commands(click.Group):
    """All commands. What goes wrong with stdout is seen here: of a closed pipe click says 1, "nothing was found"."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are met."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A reader that has seen enough is no failure; output that cannot be written is told."""
        try:
            return super().invoke(ctx)
        except ArchiverError as error:
            error.hint = pointing(error.hint, ctx.meta.get(ARCHIVE, ""))
            raise
        except BrokenPipeError:
            _leave_stdout()
            ctx.exit(0)
        except OSError as error:
            if error.errno not in FULL:
                raise
            _leave_stdout()
            raise ArchiverError("", str(error.strerror), "", "the output cannot be written") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="archiver")
def cli() -> None:
    """Keep a whole blog in one SQLite file: every post, every date with its evidence, searched offline.

    \b
    archiver crawl https://your.blog/      read it to the last index page
    archiver update                        later: only what is new or changed
    archiver search 最小熵                 find posts, in any language
    archiver serve                         browse the archive in Datasette
    archiver demo                          all of it in ten seconds, offline
    """


COMMANDS = (
    crawl_command,
    update_command,
    reparse_command,
    inspect_command,
    search_command,
    list_command,
    show_command,
    blogs_command,
    stats_command,
    problems_command,
    check_command,
    forget_command,
    serve_command,
    demo_command,
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line; every error that we raise on purpose ends here."""
    try:
        cli(prog_name="archiver", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. All finished pages are kept; run the same command again to go on.", err=True)
        sys.exit(INTERRUPTED)
    except ArchiverError as error:
        complain(error)
        sys.exit(error.exit_code)


def _leave_stdout() -> None:
    """Let what is still to be written go nowhere, so that Python does not fail on it when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
