"""Words of months, weekdays and distances, taken from CLDR, and the tokens and distances built on them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.dates.relative import days_of
from archiver.dates.tokens import numeral, plain, tokens
from archiver.dates.values import Ago, Unit
from archiver.dates.words import LATIN, SCRIPTS, fold, forms, locale_of, month_of, weekday_of

LOCALES = sorted({*LATIN, *(locale for _, _, locales in SCRIPTS for locale in locales)})


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_names_twelve_months_and_its_weekdays(locale: str) -> None:
    words = forms(locale)
    assert {month for months in words.months.values() for month in months} == set(range(1, 13))
    assert len(set(words.weekdays.values())) >= 6
    assert words.past


@pytest.mark.parametrize("locale", LOCALES)
def test_every_month_reads_back_in_its_own_language(locale: str) -> None:
    for word, months in forms(locale).months.items():
        if len(months) == 1:
            assert month_of(word, locale) in months


TAGS = (
    ("en", "en"),
    ("EN-us", "en_US"),
    ("pt_BR", "pt_BR"),
    ("zh-Hant", "zh_Hant"),
    ("zh-TW", "zh_Hant"),
    ("no", "nb"),
    ("fr-XX", "fr"),
    ("sr-Latn", "sr_Latn"),
    ("xx", None),
    ("", None),
    (None, None),
    ("../en", None),
    ("-", None),
)


@pytest.mark.parametrize(("tag", "locale"), TAGS)
def test_language_tags(tag: str | None, locale: str | None) -> None:
    assert locale_of(tag) == locale


MONTHS = (
    ("Dec.", None, False, 12),
    ("DEZEMBRO", None, True, 12),
    ("dezembro", None, False, None),
    ("aout", "fr", False, 8),
    ("ноя", None, False, 11),
    ("בדצמבר", None, False, 12),
    ("mar", None, True, 3),
    ("ma", None, True, None),
    ("ju", "en", False, None),
    ("", None, True, None),
    ("x" * 99, None, True, None),
)


@pytest.mark.parametrize(("word", "language", "wide", "month"), MONTHS)
def test_months(word: str, language: str | None, wide: bool, month: int | None) -> None:
    assert month_of(word, language, wide) == month


def test_weekdays() -> None:
    assert [weekday_of(*row) for row in (("Sun", None), ("mer.", "fr"), ("вс", None), ("x", None), ("foo", "en"))] == [
        6,
        2,
        6,
        None,
        None,
    ]


KINDS = (
    ("2018-12-02 10:00", "4-2-2 2:2"),
    ("2nd of Dec.", "1o e B."),
    ("十二月", "cM"),
    ("二〇一八年", "qY"),
    ("２０１８年", "4Y"),
    ("3:04 p.m.", "1:2 p."),
    ("下午3:04", "p1:2"),
    ("10 GMT", "2 z"),
    ("a\u200bb", "ex"),
    ("星期日", "A"),
    ("v2", "x1"),
)


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kinds_of_tokens(text: str, kinds: str) -> None:
    assert "".join(token.kind for token in tokens(text)) == kinds


@given(st.text(max_size=80))
def test_tokens_lie_in_the_text_one_behind_the_other(text: str) -> None:
    assert len(plain(text)) == len(text)
    found = tokens(text)
    assert all(token.start < token.end and len(token.kind) == 1 for token in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


FOLDED = (("Août", "aout"), ("DÉC.", "dec"), ("Май", "маи"), ("ینو׳", "ینو"), ("दिसंबर", "दिसंबर"))


@pytest.mark.parametrize(("word", "folded"), FOLDED)
def test_folding_takes_case_accents_and_dots(word: str, folded: str) -> None:
    assert fold(word) == folded


NUMERALS = (("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("二〇一八", 2018), ("一十二三", -1))


@pytest.mark.parametrize(("text", "value"), NUMERALS)
def test_numerals(text: str, value: int) -> None:
    assert numeral(text) == value


ANCHOR = datetime(2024, 5, 1, 12, tzinfo=UTC)
DISTANCES = (
    (Ago(0, Unit.DAY), date(2024, 5, 1), date(2024, 5, 1)),
    (Ago(3, Unit.DAY), date(2024, 4, 28), date(2024, 4, 28)),
    (Ago(13, Unit.HOUR), date(2024, 4, 30), date(2024, 4, 30)),
    (Ago(1, Unit.WEEK), date(2024, 4, 17), date(2024, 4, 28)),
    (Ago(99_999, Unit.YEAR), date.min, date.min),
)


@pytest.mark.parametrize(("ago", "first", "last"), DISTANCES)
def test_days_of_a_distance(ago: Ago, first: date, last: date) -> None:
    assert days_of(ago, ANCHOR) == (first, last)


def test_importing_reads_no_locale() -> None:
    code = "import archiver.dates.words as w; print(w.forms.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
