"""What the user gives as an address, before anything is asked: an http(s) address, or an error that helps."""

from __future__ import annotations

import ipaddress
import shlex
from contextlib import suppress
from pathlib import Path

from archiver.errors import UsageError
from archiver.urls import absolute, host_of

NO_ADDRESS = "no web address"
EXAMPLE = "https://your.blog/"


def web_address(text: str, command: str, *, or_file: bool = False) -> str:
    """The text if it is an http(s) address; else ``UsageError``, with what to try: ``command`` with a better one.

    ``or_file`` says that the path of a file would have done, too.
    """
    if absolute(text) is not None:
        return text
    told = text.strip()
    scheme, colon, rest = told.partition("://")
    rest = rest.lstrip("/") if colon else told
    cause, better = _cause(told, scheme.lower() if colon else ""), likely(rest)
    cause += ", and there is no such file" if or_file and told else ""
    if is_file(told):
        better, command = str(path_of(told)), "archiver inspect"
    raise UsageError(told, cause, f"try: {command} {shlex.quote(better) if better else EXAMPLE}", NO_ADDRESS)


def _cause(text: str, scheme: str) -> str:
    if not text:
        return "it is empty"
    if scheme in ("http", "https"):
        return "the host name is missing, or not a proper one"
    return f"{scheme}:// cannot be read, only https:// and http://" if scheme else "it does not begin with https://"


def likely(text: str) -> str:
    """The address that text without a scheme may be meant for; empty if it looks like none.

    A name without a dot is none, unless it has a port; hosts of this machine speak http.
    """
    found = absolute(f"https://{text}") if text and not text.startswith(("/", ".")) else None
    host = host_of(found) if found else ""
    near = host == "localhost" or is_number(host)
    if not found or not ("." in host or near or ":" in text.partition("/")[0]):
        return ""
    return (absolute(f"http://{text}") or "") if near else found


def is_number(host: str) -> bool:
    """Whether a host is an IP address."""
    with suppress(ValueError):
        return bool(ipaddress.ip_address(host.strip("[]")))
    return False


def path_of(text: str) -> Path:
    """The path that text is, also as a ``file://`` address."""
    return Path(text.removeprefix("file://"))


def is_file(text: str) -> bool:
    """Whether text is the path of a file on this machine, or its ``file://`` address."""
    with suppress(OSError, ValueError):
        return path_of(text).is_file()
    return False
