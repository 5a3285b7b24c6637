"""What went wrong on the wire, in plain words: one row for each kind of failure."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead

import urllib3
from requests.exceptions import ChunkedEncodingError, InvalidURL
from urllib3.exceptions import DecodeError, InvalidChunkLength, LocationValueError, ProxyError, SSLError

from archiver.errors import FetchError
from archiver.fetch.guard import AddressRefused
from archiver.fetch.wire import TooSlow


@dataclass(frozen=True, slots=True)
class Row:
    """Exceptions (and errno values, where given) that mean one thing; ``down`` if the host did not answer at all."""

    kind: str
    types: tuple[type[BaseException], ...]
    cause: str
    hint: str
    errnos: frozenset[int] = frozenset()
    retry: bool = True
    down: bool = True

    def fits(self, error: BaseException) -> bool:
        """Whether an exception is one of this row's."""
        return isinstance(error, self.types) and (not self.errnos or getattr(error, "errno", None) in self.errnos)


BROKEN_OFF = (IncompleteRead, urllib3.exceptions.IncompleteRead, InvalidChunkLength, ChunkedEncodingError)
NO_ADDRESS = (InvalidURL, LocationValueError, UnicodeError)
UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
TRY_LATER = "is the network up? try again later"
SPELLING = "check the spelling of the address"
PLAIN_HTTP = "if the site has a plain http:// address, name that"

ROWS = (
    Row(
        "private",
        (AddressRefused,),
        "refused: {error}",
        "only a host that you name yourself may be a private one; name that address itself, or use --proxy",
        retry=False,
        down=False,
    ),
    Row("too-slow", (TooSlow,), "took longer than {deadline:g} s in all", TRY_LATER, retry=False),
    Row("proxy", (ProxyError,), "the proxy does not help: {root}", "check --proxy", retry=False),
    Row("no-dns", (socket.gaierror,), "the name server does not answer", TRY_LATER, frozenset({socket.EAI_AGAIN})),
    Row("dns", (socket.gaierror,), "the host name is not known", SPELLING, retry=False),
    Row("tls", (ssl.SSLCertVerificationError,), "certificate not valid: {verify}", PLAIN_HTTP, retry=False),
    Row("hung-up", (ssl.SSLEOFError, ssl.SSLZeroReturnError), "the server hung up", TRY_LATER),
    Row("tls", (ssl.SSLError, SSLError), "no secure connection: {reason}", PLAIN_HTTP, retry=False),
    Row("refused", (ConnectionRefusedError,), "connection refused", "is the server running, and the port right?"),
    Row("timeout", (TimeoutError, urllib3.exceptions.TimeoutError), "timed out after {timeout:g} s", TRY_LATER),
    Row("unreachable", (OSError,), "no way to the host: {root}", TRY_LATER, UNREACHABLE),
    Row("truncated", BROKEN_OFF, "the answer broke off before its end", "try again later", down=False),
    Row(
        "broken",
        (DecodeError,),
        "the answer is not packed in the way it says",
        "try again later",
        retry=False,
        down=False,
    ),
    Row("hung-up", (ConnectionError,), "the server hung up", TRY_LATER),
    Row("address", NO_ADDRESS, "the host name is not a proper one", SPELLING, retry=False, down=False),
    Row("protocol", (HTTPException,), "not a proper HTTP answer: {error}", "is this a web server?", down=False),
    Row("network", (Exception,), "{root}", TRY_LATER),
)


def understand(error: BaseException) -> tuple[Row, BaseException]:
    """The row for an exception of requests or urllib3, and that one of its causes that decided; first row wins."""
    chain = tuple(_chain(error))
    return next((row, each) for row in ROWS for each in chain if row.fits(each))


def explain(url: str, row: Row, found: BaseException, timeout: float, deadline: float) -> FetchError:
    """The error for the user."""
    root = tuple(_chain(found))[-1]
    cause = row.cause.format(
        error=found,
        root=getattr(root, "strerror", "") or str(root) or type(root).__name__,
        timeout=timeout,
        deadline=deadline,
        verify=getattr(found, "verify_message", ""),
        reason=str(getattr(found, "reason", "") or found).replace("_", " ").lower(),
    )
    return FetchError(url, cause, row.hint, row.kind)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and everything it was made of, outermost first."""
    waiting, seen = [error], {id(error)}
    while waiting:
        current = waiting.pop(0)
        yield current
        inside = (current.__cause__, current.__context__, getattr(current, "reason", None), *current.args)
        for each in inside:
            if isinstance(each, BaseException) and id(each) not in seen:
                seen.add(id(each))
                waiting.append(each)
