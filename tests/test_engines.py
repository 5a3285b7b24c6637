from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import engines
from archiver.engines import ENGINES, Engine


@pytest.mark.parametrize(
    ("generator", "name"),
    [
        ("WordPress 6.4.2", "WordPress"),
        ("Typecho 1.2/17.10.30", "Typecho"),
        ("Hexo 7.3.0", "Hexo"),
        ("Hugo 0.121.1", "Hugo"),
        ("Jekyll v4.3.2", "Jekyll"),
        ("Octopress 3", "Octopress"),
        ("Nikola (getnikola.com)", "Nikola"),
        ("Ghost 5.7", "Ghost"),
        ("quarto-1.4.550", "Quarto"),
        ("blogger", "Blogger"),
        ("Movable Type Pro 7", "Movable Type"),
        ("Drupal 10 (https://www.drupal.org)", "Drupal"),
        ("Joomla! - Open Source Content Management", "Joomla"),
        ("Z-BlogPHP 1.7.3", "Z-Blog"),
        ("Docusaurus v3.1.0", "Docusaurus"),
        ("  HUGO 0.9", "Hugo"),
        ("a theme of somebody", None),
        ("", None),
    ],
)
def test_detect_by_generator(generator: str, name: str | None) -> None:
    assert engines.detect(generator, ()) == name


@pytest.mark.parametrize(
    ("marks", "name"),
    [
        (["/wp-content/themes/x/style.css", "/wp-includes/js/y.js"], "WordPress"),
        (["/usr/themes/default/style.css"], "Typecho"),
        (["/_astro/index.abc.css"], "Astro"),
        (["/style.css", "/main.js"], None),
        (["/usr/themes/a.css", "/wp-content/a.css", "/wp-content/b.css"], "WordPress"),
        ([], None),
    ],
)
def test_detect_by_marks(marks: list[str], name: str | None) -> None:
    assert engines.detect("", marks) == name


def test_the_generator_outweighs_marks() -> None:
    assert engines.detect("Hugo 0.121", ["/wp-content/uploads/a.png"] * 3) == "Hugo"


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_rows_are_sound(engine: Engine) -> None:
    assert engine.generators, "an engine needs a way to be told"
    assert all(prefix == prefix.lower() for prefix in engine.generators)
    assert engines.detect(engine.generators[0].upper() + " 1.0", ()) == engine.name
    assert all(not hint.startswith(("/", "http")) for hint in engine.feeds)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_marks_are_paths_and_never_hosts(engine: Engine) -> None:
    for mark in engine.marks:
        head = mark.partition("/")[0]
        assert "." not in head or head.endswith((".php?mod=", ".css", ".js")), mark


def test_names_are_unique() -> None:
    assert len({engine.name for engine in ENGINES}) == len(ENGINES)


def test_guesses_stand_beside_the_listing() -> None:
    assert engines.feed_guesses("Hexo", "http://blog.example/") == (
        "http://blog.example/atom.xml",
        "http://blog.example/rss2.xml",
    )
    assert engines.feed_guesses("Nikola", "http://blog.example/notes/index.html") == (
        "http://blog.example/notes/rss.xml",
    )


def test_an_unknown_engine_guesses_common_feeds_only() -> None:
    assert "http://blog.example/atom.xml" in engines.feed_guesses(None, "http://blog.example/x.html")
    assert engines.hints("no such") == Engine("")


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=5))
def test_detect_takes_any_text(generator: str, marks: list[str]) -> None:
    name = engines.detect(generator, marks)
    assert name is None or engines.hints(name).name == name


@given(st.from_regex(r"/[a-z/]{0,20}", fullmatch=True))
def test_root_is_a_folder_of_the_same_host(path: str) -> None:
    root = engines.root_of(f"http://blog.example{path}")
    assert root.endswith("/")
    assert path.startswith(urlsplit(root).path)
