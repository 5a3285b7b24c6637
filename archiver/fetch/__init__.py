"""The one room that touches the network: polite, bounded, and suspicious of where an address leads."""

from __future__ import annotations

from archiver.fetch.client import USER_AGENT, Fetcher
from archiver.fetch.cookies import load_cookies

__all__ = ["USER_AGENT", "Fetcher", "load_cookies"]
