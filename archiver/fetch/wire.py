"""Connections that check where they lead before they connect, and that a watchdog can cut."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import create_connection

from archiver.fetch.guard import AddressRefused, Guard

MAX_ADDRESSES = 4


class TooSlow(TimeoutError):
    """A request took longer than it may as a whole."""


class Watchdog:
    """Cuts the connection in use when its time is over, whatever it is waiting for: headers that drip, a body.

    It holds a duplicate of the socket, because shutting that down reaches below TLS and works from another thread.
    One thread serves all requests and is started by the first; ``close`` ends it.
    """

    def __init__(self) -> None:
        """Watch nothing yet."""
        self.fired = False
        self._due: float | None = None
        self._reminder: float | None = None
        self._remind: Callable[[], None] = lambda: None
        self._idle = self._closed = False
        self._socket: socket.socket | None = None
        self._dropped: list[socket.socket] = []
        self._state = threading.Condition()
        self._thread: threading.Thread | None = None

    @contextmanager
    def within(self, seconds: float, after: float, remind: Callable[[], None]) -> Iterator[None]:
        """Allow what is done inside so many seconds; afterwards ``fired`` tells whether it was cut.

        Calls ``remind`` from the thread when it is not over ``after`` so many seconds.
        """
        with self._state:
            now = time.monotonic()
            self.fired, self._due, self._reminder, self._remind = False, now + seconds, now + after, remind
            if self._thread is None:
                self._closed = False
                self._thread = threading.Thread(target=self._watch, name="archiver-watchdog", daemon=True)
                self._thread.start()
            elif self._idle:
                self._state.notify()
        try:
            yield
        finally:
            self._let_go()

    def follow(self, sock: socket.socket | None) -> None:
        """Watch this socket from now on. Raises TooSlow if the time is over already."""
        with self._state:
            self._socket = sock
            if self.fired:
                raise TooSlow

    def drop(self, sock: socket.socket) -> None:
        """Close a duplicate whose connection is closed; at the end of the request if it is still watched."""
        with self._state:
            if sock is self._socket:
                self._dropped.append(sock)
                return
        sock.close()

    def close(self) -> None:
        """End the thread."""
        with self._state:
            thread, self._thread, self._closed = self._thread, None, True
            self._state.notify()
        if thread is not None:
            thread.join()

    def _watch(self) -> None:
        with self._state:
            while not self._closed:
                now = time.monotonic()
                if self._due is not None and self._due <= now:
                    self._cut()
                elif self._reminder is not None and self._reminder <= now:
                    self._reminder = None
                    with suppress(OSError, ValueError):  # of a closed stderr
                        self._remind()
                else:
                    moments = [moment for moment in (self._due, self._reminder) if moment is not None]
                    self._idle = self._reminder is None  # sleeps past what a new request may have to be reminded of
                    self._state.wait(min(moments) - now if moments else None)
                    self._idle = False

    def _cut(self) -> None:
        self.fired, self._due, self._reminder = True, None, None
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        with self._state:
            self._socket = self._due = self._reminder = None
            dropped, self._dropped = self._dropped, []
        for sock in dropped:
            sock.close()


class Wire:
    """What the connections of one fetcher share. ``sent`` is called when a request has gone out."""

    def __init__(self, guard: Guard, sent: Callable[[], None], *, proxied: bool = False) -> None:
        """With ``proxied`` the only host connected to is the proxy, which is the user's choice."""
        self.guard = guard
        self.sent = sent
        self.proxied = proxied
        self.watchdog = Watchdog()

    def addresses(self, host: str, port: int) -> list[str]:
        """Resolve a host to the IP addresses that may be connected to. Raises gaierror or AddressRefused."""
        if not self.proxied:
            self.guard.check_name(host, port)
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        unique = list(dict.fromkeys(found))
        return (unique if self.proxied else self.guard.choose(host, port, unique))[:MAX_ADDRESSES]


class _Plain(HTTPConnection):
    """A connection to a checked address; subclasses bind ``wire``."""

    wire: Wire
    _twin: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        sock = self._connect(self.wire.addresses(self.host.strip("[]"), self.port or self.default_port))
        self._twin = sock.dup()
        self.wire.watchdog.follow(self._twin)
        return sock

    def _connect(self, addresses: list[str]) -> socket.socket:
        failure: OSError = AddressRefused("no address")
        for address in addresses:
            try:
                return create_connection(
                    (address, self.port or self.default_port), self.timeout, socket_options=self.socket_options
                )
            except OSError as error:
                failure = error
        raise failure

    def request(self, *args: Any, **kwargs: Any) -> None:
        """As urllib3's, watched, and telling when the request has gone out."""
        if self._twin is not None:
            self.wire.watchdog.follow(self._twin)
        super().request(*args, **kwargs)
        self.wire.sent()

    def close(self) -> None:
        """As urllib3's; the watchdog's duplicate goes too."""
        super().close()
        twin, self._twin = self._twin, None
        if twin is not None:
            self.wire.watchdog.drop(twin)


class _Secure(_Plain, HTTPSConnection):
    """The same over TLS; the certificate is checked against the name, not the address."""


class GuardedAdapter(HTTPAdapter):
    """The transport of requests, with connections of ours."""

    def __init__(self, wire: Wire) -> None:
        """Share ``wire`` among all connections."""
        plain = type("Plain", (_Plain,), {"wire": wire})
        secure = type("Secure", (_Secure,), {"wire": wire})
        self._pools = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As requests', with our pools."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """As requests', with our pools; SOCKS keeps its own, which lets the proxy resolve."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        if proxy.startswith("http"):
            manager.pool_classes_by_scheme = self._pools
        return manager
