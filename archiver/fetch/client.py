"""The fetcher: one address in, one answer out, with robots.txt, delays, retries and redirects kept."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Self

import requests

from archiver import __version__
from archiver.errors import FetchError, RobotsForbidden, UsageError
from archiver.fetch.exchange import Answer, Exchange, Fault, Limits
from archiver.fetch.guard import Guard
from archiver.fetch.pace import FAILURES, MAX_CRAWL_DELAY, PATIENCE, REST, RETRIED, SEED_FAILURES, Pace, retry_after
from archiver.fetch.proxy import proxy_address
from archiver.fetch.wire import Wire
from archiver.models import Kind, Problem, Response
from archiver.robots import MAX_BYTES, Robots
from archiver.urls import absolute, host_of, join, origin

USER_AGENT = f"archiver/{__version__} (+https://pypi.org/project/blog-archiver/)"
MAX_PAGE = 16 * 2**20
MAX_IMAGE = 64 * 2**20
MAX_SITEMAP = 50 * 2**20  # sitemaps.org: uncompressed
MAX_ROBOTS = MAX_BYTES + 12 * 1024

MAX_HOPS = 10
MAX_ROBOTS_HOPS = 5  # RFC 9309, 2.3.1.2
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HOST_KINDS = frozenset(
    {"address", "dns", "down", "no-dns", "private", "proxy", "redirect", "refused", "tls", "unreachable"}
)
ROBOTS_LIFE = 24 * 3600.0  # RFC 9309, 2.4

LONG = 15.0
WAITING = "waiting"  # the kind of what is told of a request or pause that takes long

CIRCLE_HINT = "if the site needs a login or a consent, export your browser's cookies and use --cookies"
ROBOTS_HINT = "the site does not want this part read by programs"
ADDRESS_HINT = "an address starts with http:// or https:// and a host name"


class Fetcher:
    """Fetches politely. For one thread; a context manager.

    ``delay`` is the least number of seconds between two requests to a host, ``timeout`` the longest silence,
    ``deadline`` the longest a request may take in all. Private hosts are refused and cookies kept back unless
    ``allow`` was told of them. A given ``session`` lends its TLS settings (``verify``, ``cert``); its headers, cookies
    and credentials are not sent. ``tell`` is called with what the user should know of while it goes on, also from
    another thread: that a request or a wait takes longer than ``long`` seconds.
    """

    def __init__(
        self,
        session: requests.Session | None = None,
        *,
        delay: float = 1.0,
        timeout: float = 30.0,
        deadline: float = 120.0,
        long: float = LONG,
        retries: int = 3,
        user_agent: str = USER_AGENT,
        proxy: str | None = None,
        cookies: CookieJar | None = None,
        max_page: int = MAX_PAGE,
        max_image: int = MAX_IMAGE,
        allow_private: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,
        tell: Callable[[Problem], object] = lambda problem: None,
    ) -> None:
        """Prepare, without asking for anything. Raises UsageError for a proxy or User-Agent that cannot be."""
        if not (user_agent.strip() and user_agent.isascii() and user_agent.isprintable()):
            raise UsageError(user_agent, "a User-Agent is one line of ASCII")
        self._tell, self._long = tell, long
        self._user_agent, self._delay, self._retries, self._now = user_agent.strip(), delay, retries, now
        self._pace = Pace(sleep, monotonic, jitter)
        self._guard = Guard(allow_private)
        self._asking, self._attempt = "", (1, 1)
        self._robots: dict[str, tuple[Robots, float]] = {}
        through = proxy_address(proxy) if proxy else ""
        limits = {Kind.IMAGE: max_image, Kind.SITEMAP: max(max_page, MAX_SITEMAP), Kind.ROBOTS: MAX_ROBOTS}
        self._exchange = Exchange(
            session or requests.Session(),
            Wire(self._guard, lambda: self._pace.mark(self._asking), proxied=bool(through)),
            Limits(timeout, deadline, long, max_page, limits),
            self._user_agent,
            CookieJar() if cookies is None else cookies,
            through,
            now,
            self._late,
        )

    def __enter__(self) -> Self:
        """Enter; nothing is opened before the first request."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._exchange.close()

    def allow(self, url: str) -> None:
        """Trust this address's host as the user's own choice: it may be private, and its origin sees the cookies."""
        self._guard.allow(url)
        self._exchange.trust(url)

    def robots(self, url: str) -> Robots:
        """What robots.txt of the address's origin says, asked for once a day; an older copy stands in for a 5xx.

        Raises FetchError if it is unreachable.
        """
        place = origin(_web_address(url))
        known = self._robots.get(place)
        life = REST if known and known[0].forbids_all else ROBOTS_LIFE
        if known is None or self._pace.monotonic() - known[1] > life:
            page = self.get(f"{place}/robots.txt", kind=Kind.ROBOTS)
            robots = Robots.parse(page.body, page.status)
            if known and robots.forbids_all:
                robots = known[0]
            known = self._robots[place] = (robots, self._pace.monotonic())
            self._note_delay(place, robots)
        return known[0]

    def get(
        self, url: str, *, kind: Kind = Kind.LISTING, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """Fetch an address, through redirects; every HTTP status is an answer, 304 where validators are given.

        Raises RobotsForbidden where robots.txt does, else FetchError where there is no whole answer.
        """
        validators = {"If-None-Match": etag or "", "If-Modified-Since": last_modified or ""}
        conditions = {name: value for name, value in validators.items() if value and value.isprintable()}
        trail = [_web_address(url)]
        seen: set[tuple[str, str]] = set()
        while True:
            current = trail[-1]
            seen.add((current, self._exchange.cookies_for(current)))
            if kind is not Kind.ROBOTS:
                self._check_robots(current)
            wanted = conditions if origin(current) == origin(trail[0]) else {}
            answer = self._ask(current, kind, wanted)
            target = self._target(trail, answer, kind, seen)
            if target is None:
                break
            trail.append(target)
        if answer.status == 304 and not wanted:
            raise FetchError(current, "answers 304 (not modified) to a first request", "try again later", "protocol")
        return Response(url, current, answer.status, answer.headers, answer.body, answer.at)

    def _target(self, trail: list[str], answer: Answer, kind: Kind, seen: set[tuple[str, str]]) -> str | None:
        """Where a redirect leads; None if the answer is the last. Raises FetchError where it leads nowhere."""
        location = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not location:
            return None
        target = join(trail[-1], location)
        if target is None:
            raise FetchError(trail[-1], f"redirects to {location[:200]!r}, no web address", kind="redirect")
        repeated = (target, self._exchange.cookies_for(target)) in seen
        if kind is Kind.ROBOTS and (repeated or len(trail) > MAX_ROBOTS_HOPS):
            return None
        if repeated:
            raise FetchError(trail[0], f"redirects in a circle, back to {target}", CIRCLE_HINT, "redirect")
        if len(trail) > MAX_HOPS:
            raise FetchError(trail[0], f"redirects more than {MAX_HOPS} times", CIRCLE_HINT, "redirect")
        return target

    def _check_robots(self, url: str) -> None:
        try:
            robots = self.robots(url)
        except FetchError as error:
            cause = error.cause if error.kind in HOST_KINDS else f"robots.txt could not be read: {error.cause}"
            raise FetchError(url, cause, error.hint, error.kind) from error
        if not robots.allows(url, self._user_agent):
            cause = robots.reason or f"a rule of {origin(url)}/robots.txt"
            if robots.forbids_all:
                raise RobotsForbidden(url, cause, "try again later", "robots-down")
            raise RobotsForbidden(url, cause, ROBOTS_HINT, "robots")

    def _note_delay(self, place: str, robots: Robots) -> None:
        asked = robots.crawl_delay(self._user_agent)
        if asked > MAX_CRAWL_DELAY:
            cause = f"robots.txt asks for {asked:g} s between requests; {MAX_CRAWL_DELAY:g} s are kept"
            self._tell(Problem("crawl-delay", place, cause, "use --delay to wait longer"))
        elif asked > max(self._delay, self._long):
            self._tell(
                Problem("crawl-delay", place, f"robots.txt asks for {asked:g} s between requests; they are kept")
            )

    def _gap(self, url: str) -> float:
        """Seconds to keep between two requests to the address's host."""
        known = self._robots.get(origin(url))
        return max(self._delay, min(known[0].crawl_delay(self._user_agent), MAX_CRAWL_DELAY) if known else 0)

    def _ask(self, url: str, kind: Kind, conditions: Mapping[str, str]) -> Answer:
        """Ask, and ask again where that may help; the last answer counts, whatever its status. Raises FetchError."""
        place = origin(url)
        patience = SEED_FAILURES if self._exchange.trusts(url) else FAILURES
        if self._pace.is_resting(place, patience):
            cause = f"its host failed {patience} times in a row and is left alone for {REST / 60:g} minutes"
            raise FetchError(url, cause, "try again later", "down")
        attempt, retries = 0, self._retries_for(url, kind)
        while True:
            last = attempt >= retries
            self._asking, self._attempt = host_of(url), (attempt + 1, retries + 1)
            self._pace.wait(self._asking, self._gap(url))
            try:
                answer = self._exchange.once(url, kind, conditions)
            except Fault as fault:
                if last or not fault.retry:
                    self._pace.note(place, failed=fault.down)
                    raise fault.error from fault
                pause = 0.0
            else:
                self._pace.note(place, failed=False)
                if last or answer.status not in RETRIED:
                    return answer
                pause = self._asked_pause(url, answer)
            pause = max(pause, self._pace.backoff(attempt))
            if pause > self._long:
                self._tell(Problem(WAITING, url, f"asked for again in {pause:.0f} s"))
            self._pace.rest(pause)
            attempt += 1

    def _retries_for(self, url: str, kind: Kind) -> int:
        """How often to ask again: a guess never, a host that the user did not name at most once."""
        if kind is Kind.PROBE:
            return 0
        return self._retries if self._exchange.trusts(url) else min(self._retries, 1)

    def _late(self, url: str) -> None:
        number, of = self._attempt
        which = f" (attempt {number} of {of})" if of > 1 else ""
        self._tell(Problem(WAITING, url, f"no whole answer after {self._long:g} s, waiting on{which}"))

    def _asked_pause(self, url: str, answer: Answer) -> float:
        """Seconds that Retry-After asks for. Raises FetchError if that is more than we sit out."""
        pause = retry_after(answer.headers.get("retry-after", ""), self._now())
        if pause > PATIENCE:
            cause = f"the server asks to come back in {pause / 60:.0f} minutes (HTTP {answer.status})"
            raise FetchError(url, cause, "run the same command again then", "retry-later")
        return pause


def _web_address(url: str) -> str:
    address = absolute(url)
    if address is None:
        raise FetchError(url, "not an http:// or https:// address", ADDRESS_HINT, "address")
    return address
