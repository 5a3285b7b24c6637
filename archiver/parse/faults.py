"""What a page is that is not what was asked for: gone, moved, refused, a challenge, a login, parked, an empty shell.

A fault never becomes content: its page is kept with the fault's name, and no row is touched by it.
"""

from __future__ import annotations

from archiver.models import Problem, Response
from archiver.parse.document import Document


def post_fault(response: Response, doc: Document, title: str) -> Problem | None:
    """Why a post's own page is not that post; None where nothing speaks against it."""
    if response.status in (404, 410):
        return Problem("gone", response.url, f"the server answers {response.status}", "what was archived stays")
    if not response.ok:
        return Problem("status", response.url, f"the server answers {response.status}", "try again later")
    return None
