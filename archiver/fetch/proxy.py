"""The user's proxy, as requests wants it named: with host names left for it to resolve."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlsplit

from archiver.errors import UsageError
from archiver.urls import absolute

HINT = "for example http://127.0.0.1:8080 or socks5h://127.0.0.1:1080"

# What the user writes, and the scheme that makes the proxy resolve host names.
SCHEMES = {
    "http": "http",
    "https": "https",
    "socks5": "socks5h",
    "socks5h": "socks5h",
    "socks4": "socks4a",
    "socks4a": "socks4a",
    "socks": "socks5h",
}


def proxy_address(text: str) -> str:
    """The proxy's address with its scheme; ``host:port`` alone is an HTTP proxy. Raises UsageError."""
    text = text.strip()
    address = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(address)
        proper = absolute(f"http://{parts.netloc}") is not None
        usable = parts.scheme in SCHEMES and proper and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(text, "not the address of a proxy", HINT)
    scheme = SCHEMES[parts.scheme]
    if scheme.startswith("socks") and find_spec("socks") is None:
        raise UsageError(text, "a SOCKS proxy needs the package PySocks", "pip install pysocks, or use an HTTP proxy")
    return parts._replace(scheme=scheme).geturl()
