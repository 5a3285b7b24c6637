"""The user's cookies, from the file that browsers' extensions, curl and wget write."""

from __future__ import annotations

import warnings
from http.cookiejar import CookieJar, LoadError, MozillaCookieJar
from pathlib import Path

from archiver.errors import UsageError

HINT = "a cookies.txt in Netscape format is needed, as browser extensions, curl -c and wget --save-cookies write it"


def load_cookies(path: str | Path) -> CookieJar:
    """Read a Netscape cookies file; session cookies count, those past their date do not. Raises UsageError."""
    jar = MozillaCookieJar(str(path))
    try:
        with warnings.catch_warnings(action="ignore"):  # http.cookiejar reports a broken line twice
            jar.load(ignore_discard=True, ignore_expires=True)
    except (LoadError, UnicodeDecodeError) as error:
        raise UsageError(str(path), "not a cookies file in Netscape format", HINT) from error
    except OSError as error:
        raise UsageError(str(path), error.strerror or str(error), HINT) from error
    for cookie in jar:
        if cookie.expires == 0:
            cookie.expires, cookie.discard = None, True
    jar.clear_expired_cookies()
    return jar
