"""One request and its answer: headers, cookies, limits, and failures told as faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from http.cookiejar import CookieJar

import requests
from requests.cookies import extract_cookies_to_jar, get_cookie_header
from urllib3.exceptions import HTTPError

from archiver.errors import FetchError
from archiver.fetch.body import TooLarge, UnknownCoding, header_text, read_body
from archiver.fetch.causes import explain, understand
from archiver.fetch.wire import GuardedAdapter, TooSlow, Wire
from archiver.models import Kind
from archiver.urls import host_of, origin, port_of

MAX_ERROR_PAGE = 2**20
PAGES = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPT = {Kind.IMAGE: "image/avif,image/webp,image/*,*/*;q=0.8", Kind.ROBOTS: "text/plain,*/*;q=0.8"}
WITHHELD = frozenset({"set-cookie", "set-cookie2"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought, a redirect as any other answer; ``at`` is when."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime


class Fault(Exception):
    """A request without a whole answer: the error for the user, whether to try again, whether the host is down."""

    def __init__(self, error: FetchError, *, retry: bool = False, down: bool = False) -> None:
        """Carry the error."""
        super().__init__(str(error))
        self.error = error
        self.retry = retry
        self.down = down


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for silence, for a whole request, and until one counts as long; bytes for each kind of body."""

    timeout: float
    deadline: float
    long: float
    page: int
    kinds: Mapping[Kind, int]

    def bytes_for(self, kind: Kind) -> int:
        """The most bytes that a good answer of this kind may have."""
        return self.kinds.get(kind, self.page)


class Exchange:
    """Sends requests over one session and reads their answers."""

    def __init__(
        self,
        session: requests.Session,
        wire: Wire,
        limits: Limits,
        user_agent: str,
        cookies: CookieJar,
        proxy: str,
        now: Callable[[], datetime],
        late: Callable[[str], None],
    ) -> None:
        """Use the session's TLS settings with adapters of ours; ``Session.send`` would read redirects without limit.

        ``late`` is told the address of a request that takes long.
        """
        self._late = late
        self._session, self._wire, self._limits = session, wire, limits
        self._user_agent, self._cookies, self._now = user_agent, cookies, now
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        self._trusted: set[str] = set()
        self._adapter = GuardedAdapter(wire)

    def close(self) -> None:
        """Close the connections, and end the watchdog."""
        self._adapter.close()
        self._wire.watchdog.close()

    def trust(self, url: str) -> None:
        """Send cookies to, and keep those of, this address's origin, and its https twin."""
        place = origin(url)
        self._trusted |= {place, place.replace("http://", "https://", 1) if port_of(url) == 80 else place}

    def trusts(self, url: str) -> bool:
        """Whether cookies go to this address."""
        return origin(url) in self._trusted

    def cookies_for(self, url: str) -> str:
        """The Cookie header that a request to this address carries now, or an empty string."""
        if not self.trusts(url) or next(iter(self._cookies), None) is None:
            return ""
        request = requests.Request("GET", url).prepare()
        return get_cookie_header(self._cookies, request) or ""  # type: ignore[no-untyped-call]

    def once(self, url: str, kind: Kind, conditions: Mapping[str, str]) -> Answer:
        """Ask once. Raises Fault."""
        watchdog = self._wire.watchdog
        with watchdog.within(self._limits.deadline, self._limits.long, lambda: self._late(url)):
            try:
                if self._proxies:
                    self._wire.guard.check_name(host_of(url), port_of(url))
                answer = self._send(self._request(url, kind, conditions), kind)
                if watchdog.fired:
                    raise TooSlow
            except (requests.RequestException, HTTPError, HTTPException, OSError, UnicodeError) as error:
                raise self._fault(url, TooSlow() if watchdog.fired else error) from error
            except TooLarge as error:
                cause = f"larger than the {self._limits.bytes_for(kind) / 2**20:g} MB that are read at most"
                raise Fault(FetchError(url, cause, "is this a page of the blog?", "too-large")) from error
            except UnknownCoding as error:
                cause = f"sent in a compression that was not asked for: {error}"
                raise Fault(FetchError(url, cause, "try again later", "broken")) from error
        return answer

    def _request(self, url: str, kind: Kind, conditions: Mapping[str, str]) -> requests.PreparedRequest:
        headers = {
            "User-Agent": self._user_agent,
            "Accept": ACCEPT.get(kind, PAGES),
            "Accept-Encoding": "gzip, deflate, br",
            **conditions,
        }
        if cookies := self.cookies_for(url):
            headers["Cookie"] = cookies
        return requests.Request("GET", url, headers).prepare()

    def _send(self, request: requests.PreparedRequest, kind: Kind) -> Answer:
        verify = True if self._session.verify is None else self._session.verify
        response = self._adapter.send(
            *(request, True, self._limits.timeout), verify=verify, cert=self._session.cert, proxies=self._proxies
        )
        try:
            if self.trusts(request.url or ""):
                extract_cookies_to_jar(self._cookies, request, response.raw)  # type: ignore[no-untyped-call]
            good = 200 <= response.status_code < 300
            body = read_body(
                response,
                self._limits.bytes_for(kind) if good else MAX_ERROR_PAGE,
                cut=not good or kind is Kind.ROBOTS,
                is_over=lambda: self._wire.watchdog.fired,
            )
        finally:
            response.close()
        headers = {name.lower(): header_text(value) for name, value in response.headers.items()}
        kept = {name: value for name, value in headers.items() if name not in WITHHELD}
        return Answer(response.status_code, kept, body, self._now())

    def _fault(self, url: str, error: BaseException) -> Fault:
        row, found = understand(error)
        explained = explain(url, row, found, self._limits.timeout, self._limits.deadline)
        return Fault(explained, retry=row.retry, down=row.down)
