"""Golden listings: for each engine, theme and structure one small page, and what must come out of it.

``expected.json`` names the page's address, its language, when it was served, the posts that the feed names, and the
records in order; a record demands what it names. ``engine`` is what made it, as the page's marks must tell,
``shows`` the structures of a listing that the page stands for.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archiver.models import Listing, Record
from archiver.normalise import context_of, understand
from archiver.parse.document import Document, read
from archiver.parse.listing import read_listing

CORPUS = Path(__file__).parent / "corpus"
GOLDEN = sorted(path.parent for path in CORPUS.glob("*/expected.json") if not path.parent.name.startswith("pager-"))
SERVED = "2024-06-15T12:00:00+00:00"

# Engines whose usual markup many blogs share: each needs a page of its own.
ENGINES = (
    *(
        "WordPress Blogger Ghost Hexo Hugo Jekyll Typecho Z-Blog emlog Halo Pelican Nikola Zola Eleventy Gatsby Astro "
        "Docusaurus VuePress MkDocs Drupal Joomla LiveJournal Tumblr Medium Substack Squarespace Wix Bear Write.as "
        "Hatena FC2 Tistory Discuz Octopress Quarto Hakyll org-mode Micro.blog Dotclear SPIP"
    ).split(),
    "Movable Type",
)

# What a listing may look like, whatever made it.
STRUCTURES = (
    "full posts",
    "excerpts",
    "cards",
    "table",
    "title-only list",
    "year headings",
    "month headings",
    "day headings",
    "sticky",
    "siblings",
    "nested lists",
    "two columns",
    "one post",
    "title is a picture",
    "no titles",
    "feed named",
    "line breaks",
    "definition list",
    "read-more titles",
    "updated beside published",
    "yearless dates",
    "relative dates",
    "badge of day and month",
    "featured above",
    "captions",
    "lazy pictures",
    "attribute lies",
    "right to left",
    "microformats",
    "microdata",
    "no dates",
    "mixed posts",
)


def expected_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return loaded


def document_of(folder: Path) -> Document:
    return read((folder / "page.html").read_text(encoding="utf-8"), expected_of(folder)["url"])


def understood(listing: Listing, expected: dict[str, Any]) -> list[Record]:
    served = datetime.fromisoformat(expected.get("served", SERVED)).astimezone(UTC)
    context = context_of([(listing.records, served)], language=expected["language"])
    return [understand(raw, context, served) for raw in listing.records]


def seen(record: Record, sticky: bool, wanted: dict[str, Any]) -> dict[str, Any]:
    """A record in the form of ``expected.json``, with the fields that are wanted of it."""
    told = {
        "url": record.url,
        "title": record.title,
        "published": record.published.value[:10] if record.published.value else None,
        "excerpt": " ".join(record.excerpt.split()),
        "images": [image.url for image in record.images],
        "captions": record.captions.splitlines(),
        "read_more": record.read_more,
        "author": record.author,
        "tags": list(record.tags),
        "category": record.category,
        "precision": record.published.precision,
        "sticky": sticky,
    }
    return {name: told[name] for name in wanted}


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_golden_page(folder: Path) -> None:
    expected = expected_of(folder)
    doc = document_of(folder)
    assert doc.engine == expected.get("engine", doc.engine)
    listing = read_listing(doc, labels=expected.get("feed", ()))
    records = understood(listing, expected)
    assert [record.url for record in records] == [wanted["url"] for wanted in expected["records"]]
    for record, raw, wanted in zip(records, listing.records, expected["records"], strict=True):
        assert {"url", "title", "published"} <= set(wanted)
        assert seen(record, raw.sticky, wanted) == wanted
    if "next" in expected:
        assert listing.pager.next == expected["next"]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_common_engine_has_a_golden_page(engine: str) -> None:
    prefix = engine.lower().replace(" ", "").replace(".", "").replace("-", "") + "-"
    assert any(folder.name.startswith(prefix) for folder in GOLDEN), prefix


@pytest.mark.parametrize("structure", STRUCTURES)
def test_every_structure_has_a_golden_page(structure: str) -> None:
    assert any(structure in expected_of(folder).get("shows", ()) for folder in GOLDEN), structure


def test_pages_name_known_structures_only() -> None:
    for folder in GOLDEN:
        assert set(expected_of(folder).get("shows", ())) <= set(STRUCTURES), folder.name


def test_there_are_pages_in_many_languages() -> None:
    assert len(GOLDEN) >= 60
    assert len({expected_of(folder)["language"].partition("-")[0] for folder in GOLDEN}) >= 11
