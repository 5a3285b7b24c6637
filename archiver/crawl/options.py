"""What a crawl is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The wishes of one run: ``since`` and ``until`` are ISO days, both included, ``rules`` is a rules file's text."""

    full_text: bool = False
    images: bool = True
    all_pages: bool = False
    since: str | None = None
    until: str | None = None
    max_pages: int | None = None
    max_images: int | None = None
    rules: str | None = None

    @property
    def limited(self) -> bool:
        """Whether the run may end before the last index page because the user said so."""
        return bool(self.since or self.until or self.max_pages)

    def to_dict(self) -> Mapping[str, object]:
        """The options that differ from the defaults, for the archive."""
        default = asdict(Options())
        return {name: value for name, value in asdict(self).items() if value != default[name]}

    def wants(self, day: str | None) -> bool:
        """Whether a post of this day (None: unknown) is within ``since`` and ``until``."""
        if day is None:
            return True
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
