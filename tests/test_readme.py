"""What the README promises: commands that exist, links that lead somewhere, the test command that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archiver.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
DOCS = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`archiver {name}\b|archiver {name}$|`{name}`|, `{name}`", README, re.MULTILINE), name


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).is_file()


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_page_of_the_docs_is_linked_from_the_readme(page: Path) -> None:
    assert f"docs/{page.name}" in LINKS


def test_the_two_commands_stand_alone_on_their_lines() -> None:
    first, second = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert first.endswith(".venv/bin/archiver demo")
    assert second.endswith(".venv/bin/python -m pytest")
    assert "pip install '.[datasette]'" in first
    assert "pip install '.[datasette,test]'" in second


def test_every_module_of_the_knowledge_table_exists() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    _, _, table = design.partition("## Where a change goes")
    places = re.findall(r"`([a-z_]+/(?:[a-z_]+\.py)?|[a-z_]+\.py)`", table.partition("## How")[0])
    assert len(places) > 5
    for place in places:
        assert (ROOT / "archiver" / place).exists(), place
