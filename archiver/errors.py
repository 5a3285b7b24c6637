"""Every error that archiver raises on purpose.

    ArchiverError                 exit 1
    |-- UsageError                exit 2    a wrong option, rules file, or no such archive
    |   `-- RulesError                      a rules file that cannot be understood
    |-- SiteError                 exit 3    the site could not be read at all
    |   |-- FetchError                      one address could not be fetched
    |   |   `-- RobotsForbidden             robots.txt forbids the address
    |   `-- NoPostsFound                    the page came, but no posts were recognised on it
    `-- ArchiveError              exit 4    the archive cannot be used
        |-- ArchiveBusy                     another crawl holds it
        |-- ArchiveNewer                    written by a newer archiver
        |-- ArchiveDamaged                  SQLite or our own checks found it broken
        `-- DiskFull                        no room to write

An error names what it is about (``url``: an address or a file), the ``cause`` and the next thing to try
(``hint``), and prints as ``message: url: cause``.
"""

from __future__ import annotations


class ArchiverError(Exception):
    """Base of all errors raised on purpose; ``exit_code`` is what the command line ends with."""

    exit_code = 1
    message = "something failed"

    def __init__(self, url: str = "", cause: str = "", hint: str = "", message: str = "") -> None:
        """Name the address or file, the cause and what to try; ``message`` overrides the class's own."""
        self.url = url
        self.cause = cause
        self.hint = hint
        self.message = message or type(self).message
        super().__init__(str(self))

    def __str__(self) -> str:
        """Give ``message: url: cause`` without the parts that are empty."""
        return ": ".join(part for part in (self.message, self.url, self.cause) if part)


class UsageError(ArchiverError):
    """A wrong option, a file that is not there, or an archive that does not exist."""

    exit_code = 2
    message = "cannot do that"


class RulesError(UsageError):
    """A rules file that cannot be understood."""

    message = "rules not understood"


class SiteError(ArchiverError):
    """The site could not be read at all."""

    exit_code = 3
    message = "site could not be read"


class FetchError(SiteError):
    """One address could not be fetched; ``kind`` is the short name stored with the problem."""

    message = "could not be fetched"

    def __init__(self, url: str = "", cause: str = "", hint: str = "", kind: str = "fetch") -> None:
        """As the base class, with the problem's short name."""
        self.kind = kind
        super().__init__(url, cause, hint)


class RobotsForbidden(FetchError):
    """robots.txt of the site forbids the address to us."""

    message = "robots.txt forbids"


class NoPostsFound(SiteError):
    """The page came, but nothing on it was recognised as posts."""

    message = "no posts recognised"


class ArchiveError(ArchiverError):
    """The archive cannot be used."""

    exit_code = 4
    message = "archive cannot be used"


class ArchiveBusy(ArchiveError):
    """Another crawl is writing to the archive."""

    message = "archive is in use"


class ArchiveNewer(ArchiveError):
    """The archive was written by a newer archiver."""

    message = "archive is newer than this archiver"


class ArchiveDamaged(ArchiveError):
    """SQLite, or a check of our own, found the archive broken."""

    message = "archive is damaged"


class DiskFull(ArchiveError):
    """There is no room to write the archive."""

    message = "disk is full"
