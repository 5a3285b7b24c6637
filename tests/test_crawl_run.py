"""The state of a run: how a blog is named."""

from __future__ import annotations

import pytest

from archiver.crawl.run import once

TITLES = [
    ("Notes on Notes", "Notes"),
    ("灯下札记 | 灯下札记", "灯下札记"),
    ("Harbour - harbour", "Harbour"),
    ("Notes on Sailing", "Notes on Sailing"),
    ("Posts on Harbour", "Posts on Harbour"),
    ("", ""),
]


@pytest.mark.parametrize(("title", "said"), TITLES)
def test_a_title_is_said_once(title: str, said: str) -> None:
    assert once(title) == said
