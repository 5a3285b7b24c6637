"""robots.txt as RFC 9309 reads it: Protego for the rules, the standard's statuses and limits around it. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from protego import Protego

MAX_BYTES = 500 * 1024
DEFAULT_AGENT = "archiver"
AGENT_FIELDS = frozenset({"user-agent", "useragent", "user agent"})

_TOKEN = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site allows to robots. ``reason`` says why everything is allowed or forbidden when no rules were read."""

    rules: Protego
    sitemaps: tuple[str, ...] = ()
    forbids_all: bool = False
    reason: str = ""

    @classmethod
    def parse(cls, body: bytes, status: int = 200) -> Robots:
        """Understand an answer to /robots.txt: 2xx rules, 3xx and 4xx allow all, anything else (0: no answer) forbids.

        Only the first 500 KiB count, up to the last whole line (RFC 9309, 2.3.1 and 2.5).
        """
        if 300 <= status < 500:
            return cls(Protego.parse(""), reason=f"robots.txt answers {status}")
        if not 200 <= status < 300:
            cause = f"answers {status}" if status else "cannot be reached"
            return cls(Protego.parse(""), forbids_all=True, reason=f"robots.txt {cause}")
        rules = Protego.parse(_lines(body))
        return cls(rules, _unique(rules.sitemaps))

    def allows(self, url: str, agent: str = DEFAULT_AGENT) -> bool:
        """Whether a robot of this name (product token or whole User-Agent) may ask for the address."""
        return not self.forbids_all and bool(self.rules.can_fetch(url, _name(agent)))

    def crawl_delay(self, agent: str = DEFAULT_AGENT) -> float:
        """Seconds between two requests as the site asks, the slower of Crawl-delay and Request-rate; 0 if none."""
        token = _name(agent)
        rate = self.rules.request_rate(token)
        asked = (self.rules.crawl_delay(token) or 0, rate.seconds / rate.requests if rate and rate.requests else 0)
        return max(0.0, *(float(seconds) for seconds in asked if math.isfinite(seconds)))


def product_token(agent: str) -> str:
    """The name in a User-Agent: ``archiver`` of ``archiver/1.0 (+https://...)`` (RFC 9309, 2.2.1)."""
    found = _TOKEN.match(agent.strip())
    return found.group().lower() if found else DEFAULT_AGENT


def _lines(body: bytes) -> str:
    """The text of robots.txt, without BOM, cut to whole lines within the limit."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    text = body.decode("utf-8-sig", "replace").replace("\0", "")
    return "\n".join(map(_group_line, text.splitlines()))


def _group_line(line: str) -> str:
    """A line with its User-agent, if it has one, as ``_name`` writes it, so that Protego compares whole tokens.

    RFC 9309 matches by product token: ``archiver/1.0`` and ``archiver beta`` are us, ``arch`` is not.
    """
    field, _, value = line.partition(":")
    if field.strip().lower() in AGENT_FIELDS and _TOKEN.match(value.strip()):
        return f"User-agent: {_name(value)}"
    return line


def _name(agent: str) -> str:
    """A product token with an end that no longer token can hide."""
    return f"{product_token(agent)}/"


def _unique(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address.strip() for address in addresses if address.strip()))
