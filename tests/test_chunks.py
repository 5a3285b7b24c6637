from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from archiver.parse.chunks import chunks, short_text, text_of, texts_of, width
from archiver.text import fragment

PIECES = st.sampled_from(("word", " ", "\n  ", "猫と犬", "<b>", "</b>", "<p>", "<a href=x>", "</a>", "<br>", "a b  c "))


def block(html: str) -> HtmlElement:
    return fragment(f"<div>{html}</div>")[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        (" one\n two ", "one two"),
        ("<b>one</b>two", "one two"),
        ("one<!-- not said -->two", "onetwo"),
        ("<p>one</p> <p> two <i>three</i></p>", "one two three"),
    ],
)
def test_a_text_is_what_the_nodes_say_with_white_space_folded(html: str, text: str) -> None:
    assert text_of(block(html)) == text


def test_text_nodes_come_in_reading_order_without_what_follows_the_element() -> None:
    element = fragment("<p>one <b>two</b> three</p> four")[0]
    assert texts_of(element) == ["one ", "two", " three"]


@given(st.lists(PIECES, max_size=30).map("".join), st.integers(0, 60))
def test_a_short_text_is_the_text_or_nothing(html: str, longest: int) -> None:
    element = block(html)
    text = text_of(element)
    assert short_text(element, longest) == (text if len(text) <= longest else None)


def test_wide_characters_take_two_columns() -> None:
    assert (width("cats"), width("猫と犬")) == (4, 6)


def test_the_short_texts_of_a_block_are_its_labels_without_its_title_and_its_prose() -> None:
    element = block(
        f"<h2>A title</h2><p><span>3 May 2021</span> <a href=/tag/sea>sea</a></p><p>{'Prose goes on. ' * 9}</p>"
        "<div><b>12</b><i>views</i></div>"
    )
    assert [(chunk.path, chunk.text) for chunk in chunks(element, element[0])] == [
        ("p", "3 May 2021 sea"),
        ("div", "12 views"),
    ]
