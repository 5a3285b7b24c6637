"""Cuts a short text into tokens and writes one letter for each, so that a style is a pattern over kinds, not words.

The letters: ``1 2 4 8`` a number of so many digits, ``0`` another number; ``c`` a number up to 99 and ``q`` a year in
Chinese numerals; ``Y M D h n s`` the marks 年 月 日 時 分 秒 and their like; ``B`` a month's name, ``A`` a
weekday's, ``C`` a word that is both; ``e`` of, de; ``a`` at, um; ``o`` the ending of an ordinal; ``V`` the word month
of Vietnamese; ``p`` half of the day; ``z`` a time zone; ``t`` the T of ISO 8601; ``E`` an era; ``x`` another word,
``u`` of a script without spaces; ``_`` an underscore; punctuation stands for itself, space for any run of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from archiver.dates.solar import DAYS, MONTH, solar_month
from archiver.dates.words import month_of, weekday_of

PUNCTUATION: Mapping[str, str] = {
    **dict.fromkeys("-‐‑‒–−", "-"),
    **dict.fromkeys("/⁄∕", "/"),
    **dict.fromkeys(".．。", "."),
    **dict.fromkeys(",،、", ","),
    **dict.fromkeys(":∶", ":"),
    **dict.fromkeys("|·•∙・‧—―~›»«‹>;{}*\\=", "|"),
    **dict.fromkeys("([<【「《〔『", "("),
    **dict.fromkeys(")]】」》〕』", ")"),
    **dict.fromkeys("'’‘`ʼ´", "'"),
    **dict.fromkeys("$€£¥₩₽%°№&^", "$"),
    "#": "#",
    "@": "@",
    "+": "+",
    "_": "_",
}
"""Punctuation by the letter it is written as; what is not here is ``?``."""

MARKS: Mapping[str, str] = {
    **dict.fromkeys("年년", "Y"),
    **dict.fromkeys("月월", "M"),
    **dict.fromkeys("日号號일", "D"),
    **dict.fromkeys("時时點点시", "h"),
    **dict.fromkeys("分분", "n"),
    **dict.fromkeys("秒초", "s"),
}
"""Characters that name the number before them."""

NUMERALS: Mapping[str, int] = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "十": 10,
    "元": 1,
}

WEEKDAY_MARKS: Mapping[str, int] = (
    {char: n for n, char in enumerate("月火水木金土日")}
    | {char: n for n, char in enumerate("월화수목금토일")}
    | {char: n for n, char in enumerate("一二三四五六日")}
    | {"天": 6}
)

PARTICLES: Mapping[str, str] = {
    **dict.fromkeys(
        ("of", "de", "del", "da", "do", "di", "d", "the", "den", "gada", "năm", "г", "ж", MONTH, "м", "m", "a"), "e"
    ),
    **dict.fromkeys(
        ("at", "um", "à", "às", "as", "kl", "ore", "alle", "om", "klo", "las", "в", "о", "u", "lúc", "ב", "ساعت"), "a"
    ),
    **dict.fromkeys(("st", "nd", "rd", "th", "er", "º", "ª", "ère", "è", "ro", "го", "е", "η"), "o"),
    **dict.fromkeys(("tháng", "thg"), "V"),
    **dict.fromkeys(("h", "uhr"), "h"),
    "t": "t",
}
"""Small words that stand inside dates."""

HALVES: Mapping[str, int] = {
    **dict.fromkeys(("am", "a.m", "上午", "早上", "凌晨", "清晨", "午前", "오전", "πμ", "ص", "ق.ظ"), 0),
    **dict.fromkeys(("pm", "p.m", "下午", "晚上", "傍晚", "午後", "오후", "μμ", "م", "ب.ظ"), 12),
}
"""Halves of the day by the hours they add."""

ZONES: Mapping[str, int | None] = {
    **dict.fromkeys(("utc", "gmt", "z", "ut", "wet"), 0),
    **dict.fromkeys(("cet", "met", "mez", "west"), 60),
    **dict.fromkeys(("cest", "mesz", "eet"), 120),
    **dict.fromkeys(("msk", "eest"), 180),
    **dict.fromkeys(("jst", "kst"), 540),
    **dict.fromkeys(("edt",), -240),
    **dict.fromkeys(("est", "cdt"), -300),
    **dict.fromkeys(("mdt",), -360),
    **dict.fromkeys(("mst", "pdt"), -420),
    **dict.fromkeys(("pst",), -480),
    **dict.fromkeys(("cst", "ist", "bst", "sgt", "hkt", "wib"), None),
}
"""Time zones by name, in minutes; None where the name means several."""

ERAS: Mapping[str, int] = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "พ.ศ": -543}
"""Eras by what is added to their year."""

VIETNAMESE: Mapping[str, int] = {
    **{word: n for n, word in enumerate("một hai ba tư năm sáu bảy tám chín mười".split(), 1)},
    "giêng": 1,
    "bốn": 4,
    "chạp": 12,
}
"""The words that count the months."""

WORDLIKE = "".join(
    f"{first}-{last}"
    for first, last in ("\u0300\u036f", "\u0591\u05c7", "\u064b\u065f", "\u0900\u0dff", "\u0e80\u109f", "\u1780\u17d3")
)
LITERALS = sorted(
    (*(half for half in HALVES if len(half) > 1 and (ord(half[0]) > 0x2E80 or ".ظ" in half)), *ERAS),
    key=len,
    reverse=True,
)
CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"

TOKEN = re.compile(
    r"(?P<number>[0-9]+)"
    rf"|(?P<literal>{'|'.join(map(re.escape, LITERALS))})"
    r"|(?P<month>(?:كانون|تشرين)\s(?:ال)?(?:[أا]ول|ثاني))"
    r"|(?P<roman>(?:(?<=[0-9][./\s-])|(?<=[0-9]\.\s))(?:XI{0,2}|I?X|I?V|VI{1,3}|I{1,3})"
    r"(?=[./]?[\s-]?(?:19|20)[0-9]{2}(?![0-9])|\.\s[0-3]?[0-9]\.))"
    r"|(?P<ordinal>(?<=[0-9]):[ae](?!\w))"
    r"|(?P<vietnamese>(?<!\w)[Tt]h(?=1?[0-9](?!\w)))"
    r"|(?P<half>[aApP]\.[mM]\b)"
    r"|(?P<weekday>(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일"
    r"|(?:یک|دو|سه|چهار|پنج)[\s\u200c]شنبه)"
    r"|(?P<numeral>元(?=年)|[〇一二三四五六七八九零○十]+(?=\s?[年月日号號时時点點分秒天周週星小個个ヶか]))"
    rf"|(?P<cjk>[{CJK}])"
    r"|(?P<thai>[\u0e01-\u0e4e]+(?:\.[\u0e01-\u0e4e]+)*)"
    rf"|(?P<word>(?:[^\W\d_{CJK}\u0e01-\u0e4e]|[{WORDLIKE}])+)"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)

NUMBERS = {1: "1", 2: "2", 4: "4", 8: "8"}
"""Numbers by how many digits they have; others are ``0``."""

INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\xad")


class Token(NamedTuple):
    """A piece of the text, and the letter of its kind."""

    text: str
    start: int
    end: int
    kind: str


@cache
def _plain(char: str) -> str:
    """One character as one character: digits of all scripts to ASCII, wide forms to narrow."""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    normal = unicodedata.normalize("NFKC", char)
    return normal if len(normal) == 1 and not char.isalpha() else narrow if (narrow := _narrow(char)) else char


def _narrow(char: str) -> str:
    """The ASCII twin of a full-width form, or nothing."""
    return chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else ""


def plain(text: str) -> str:
    """The text with digits and punctuation of all scripts written in ASCII, as many characters as before."""
    return text if text.isascii() else "".join(char if char < "\x80" else _plain(char) for char in text)


def numeral(text: str) -> int:
    """The value of Chinese numerals: 十二 is 12, 二十 is 20, 二〇一八 is 2018."""
    if "十" not in text:
        return int("".join(str(NUMERALS[char]) for char in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return -1
    return 10 * (NUMERALS[tens] if tens else 1) + (NUMERALS[ones] if ones else 0)


def _numeral_kind(text: str) -> str:
    if len(text) == 4 and "十" not in text:
        return "q"
    return "c" if len(text) <= 3 and ("十" in text or len(text) == 1) else "u"


@lru_cache(maxsize=8192)
def _word_kind(word: str, language: str | None, wide: bool) -> str:
    lower = word.casefold()
    if lower in HALVES:
        return "p"
    if lower in ZONES and (lower != "z" or word == "Z"):
        return "z"
    if lower in PARTICLES:
        return PARTICLES[lower]
    month, weekday = solar_month(word) or month_of(word, language, wide), weekday_of(word, language)
    if month is not None:
        return "B" if weekday is None else "C"
    return "x" if weekday is None else "A"


def _kind(group: str, text: str, language: str | None, wide: bool) -> str:
    match group:
        case "space":
            return " "
        case "word" | "month":
            return _word_kind(text, language, wide)
        case "number":
            return NUMBERS.get(len(text), "0")
        case "numeral":
            return _numeral_kind(text)
        case "literal":
            return "E" if text in ERAS else "p"
        case "cjk":
            return MARKS.get(text, "u")
        case "thai":
            return "B" if month_of(text, language) else "u"
        case "other":
            return PUNCTUATION.get(text, "?")
    return {"half": "p", "weekday": "A", "vietnamese": "V", "roman": "B", "ordinal": "o"}[group]


def tokens(text: str, language: str | None = None, wide: bool = False) -> list[Token]:
    """The tokens of a text; marks that are not seen are passed over."""
    found: list[Token] = []
    for match in TOKEN.finditer(plain(text)):
        printed = text[match.start() : match.end()]
        piece = printed if printed.isdecimal() else match.group()
        if piece in INVISIBLE:
            continue
        kind = _kind(match.lastgroup or "other", piece, language, wide)
        if kind == " " and found and found[-1].kind == " ":
            continue
        found.append(Token(piece, match.start(), match.end(), kind))
    if any(token.kind == "V" for token in found):
        return _counted_months(found)
    return _counted_days(found) if any(token.kind == "B" and solar_month(token.text) for token in found) else found


def _counted_days(found: list[Token]) -> list[Token]:
    """The tokens with the words that count the days of Persian months as numbers: "هفتم مرداد" is "7 مرداد"."""
    told: list[Token] = []
    for token in found:
        if token.kind == "B" and len(told) > 1 and told[-1].kind == " ":
            for length in (5, 3, 2, 1):
                words = told[-1 - length : -1]
                day = DAYS.get("".join(word.text for word in words)) if len(words) == length else None
                if day is not None:
                    number = Token(str(day), words[0].start, words[-1].end, NUMBERS[len(str(day))])
                    told[-1 - length : -1] = [number]
                    break
        told.append(token)
    return told


def _counted_months(found: list[Token]) -> list[Token]:
    """The tokens with the words that count Vietnamese months as numbers: "tháng mười hai" is "tháng 12"."""
    told: list[Token] = []
    place = 0
    while place < len(found):
        token = found[place]
        after_month = len(told) > 1 and told[-1].kind == " " and told[-2].kind == "V"
        number = VIETNAMESE.get(token.text.casefold()) if after_month else None
        if number is None:
            told.append(token)
            place += 1
            continue
        last = place
        more = VIETNAMESE.get(found[place + 2].text.casefold(), 9) if number == 10 and place + 2 < len(found) else 9
        if more <= 2 and found[place + 1].kind == " ":
            number, last = 10 + more, place + 2
        told.append(Token(str(number), token.start, found[last].end, NUMBERS.get(len(str(number)), "0")))
        place = last + 1
    return told
