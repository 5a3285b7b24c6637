"""What pages print: a row for each style and language, a table of what is no date, and the laws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from growing import LINEAR, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.dates.scan import LONGEST_TEXT, parts, scan
from archiver.dates.styles import STYLES, Bounds, Style
from archiver.dates.values import Ago, Order, Printed, Unit


def said(printed: Printed | None) -> str:
    """A printed date in one line: ``2018-12-02 10:00:00 +480``, with ``-`` for what is not printed."""
    if printed is None:
        return "nothing"
    numbers = (printed.year, printed.month, printed.day)
    text = "-".join("*" if n is None else f"{n:02}" for n in numbers)
    if printed.hour is not None:
        text += f" {printed.hour:02}:{printed.minute:02}" + ("" if printed.second is None else f":{printed.second:02}")
    return text if printed.offset is None else f"{text} {printed.offset:+}"


def one(text: str, language: str | None = None) -> Printed:
    found = scan(text, language)
    assert len(found) == 1, (text, found)
    return found[0]


LANGUAGE_OF_EXAMPLE = {"Y年m月d日, century left out": "zh_CN", "Y B d": "hu", "Y B": "hu", "Y d B": "lv"}


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_example_of_every_style_is_read_in_that_style(style: Style) -> None:
    language = LANGUAGE_OF_EXAMPLE.get(style.name)
    if style.bounds is Bounds.BADGE:
        badge = parts(style.example.split(), language)
        assert badge is not None
        assert badge.style == style.name
        assert scan(style.example, language) != (badge,)
    else:
        assert one(style.example, language).style == style.name


PRINTED = (
    ("2018-12-02", None, "2018-12-02"),
    ("18/03-2024", "no", "2024-03-18"),
    ("18/3 2024", "sv", "2024-03-18"),
    ("Publicerad 18/3-2024 kl 12", "sv", "2024-03-18"),
    ("5.III.2024", "pl", "2024-03-05"),
    ("5 III 2024", "pl", "2024-03-05"),
    ("2024. XII. 5.", "hu", "2024-12-05"),
    ("den 5:e mars 2024", "sv", "2024-03-05"),
    ("5è març 2024", "ca", "2024-03-05"),
    ("March, 5, 2021", None, "2021-03-05"),
    ("2018‑12‑02", None, "2018-12-02"),
    ("2013/06/01", None, "2013-06-01"),
    ("2013/6/1", None, "2013-06-01"),
    ("2013.06.01", None, "2013-06-01"),
    ("2018. 12. 2.", "ko", "2018-12-02"),
    ("01.06.2013", "de", "2013-06-01"),
    ("2. 12. 2018", "cs", "2018-12-02"),
    ("25/12/2013", None, "2013-12-25"),
    ("12/25/2013", None, "2013-12-25"),
    ("12/25/13", None, "2013-12-25"),
    ("06-06-2013", None, "2013-06-06"),
    ("18-12-02", "zh", "2018-12-02"),
    ("13/06/01", "ja", "2013-06-01"),
    ("June 1, 2013", None, "2013-06-01"),
    ("Jun 1 2013", None, "2013-06-01"),
    ("Jun. 1st, 2013", None, "2013-06-01"),
    ("JUNE 1, 2013", None, "2013-06-01"),
    ("Sept 1, 2013", None, "2013-09-01"),
    ("October 28th, 2021", None, "2021-10-28"),
    ("1 June 2013", None, "2013-06-01"),
    ("1st of June 2013", None, "2013-06-01"),
    ("02-Dec-2018", None, "2018-12-02"),
    ("02/Dec/2018", None, "2018-12-02"),
    ("Dec-02-2018", None, "2018-12-02"),
    ("2018 Dec 2", None, "2018-12-02"),
    ("Sunday, 2 December 2018", None, "2018-12-02"),
    ("Sun Dec 02 2018", None, "2018-12-02"),
    ("1er juin 2013", "fr", "2013-06-01"),
    ("mercredi 6 fév. 2019", "fr", "2019-02-06"),
    ("2 aout 2018", "fr", "2018-08-02"),
    ("25 de novembro de 2018", "pt-BR", "2018-11-25"),
    ("25 de novembro de 2018", None, "2018-11-25"),
    ("25 de noviembre del 2018", "es", "2018-11-25"),
    ("12 de Setiembre, 2018", "es", "2018-09-12"),
    ("3 ago 2019", "it", "2019-08-03"),
    ("2. Dezember 2018", "de", "2018-12-02"),
    ("2. Jänner 2018", "de-AT", "2018-01-02"),
    ("2 maart 2018", "nl", "2018-03-02"),
    ("2 d’abril de 2018", "ca", "2018-04-02"),
    ("2 grudnia 2018", "pl", "2018-12-02"),
    ("2. prosince 2018", "cs", "2018-12-02"),
    ("2 Aralık 2018 Pazar", "tr", "2018-12-02"),
    ("2. joulukuuta 2018", "fi", "2018-12-02"),
    ("2 desember 2018", "no", "2018-12-02"),
    ("2018. december 2.", "hu", "2018-12-02"),
    ("2018 m. gruodžio 2 d.", "lt", "2018-12-02"),
    ("2018. gada 2. decembris", "lv", "2018-12-02"),
    ("2 tháng 12, 2018", "vi", "2018-12-02"),
    ("Ngày 2 tháng 12 năm 2018", "vi", "2018-12-02"),
    ("2 Desember 2018", "id", "2018-12-02"),
    ("1 июня 2013", "ru", "2013-06-01"),
    ("1 июня 2013 г.", None, "2013-06-01"),
    ("01 июн 2018", None, "2018-06-01"),
    ("25 ноя 2018", "ru", "2018-11-25"),
    ("2 грудня 2018", "uk", "2018-12-02"),
    ("2 Δεκεμβρίου 2018", None, "2018-12-02"),
    ("2 בדצמבר 2018", "he", "2018-12-02"),
    ("٢ ديسمبر، ٢٠١٨", "ar", "2018-12-02"),
    ("۲۰۱۸/۱۲/۰۲", "fa", "2018-12-02"),
    ("२ दिसंबर २०१८", "hi", "2018-12-02"),
    ("2 ธันวาคม 2561", "th", "2018-12-02"),
    ("2 ธ.ค. 2561", None, "2018-12-02"),
    ("1月 11, 2013", "zh", "2013-01-11"),
    ("十二月 2, 2018", "zh", "2018-12-02"),
    ("水 16 11月 2022", "ja", "2022-11-16"),
    ("18 9月, 2018", "ja", "2018-09-18"),
    ("2013年6月1日", None, "2013-06-01"),
    ("2013 年 6 月 1 日", "zh", "2013-06-01"),
    ("２０１３年６月１日", "ja", "2013-06-01"),
    ("二〇一三年六月十二日", "zh", "2013-06-12"),
    ("二〇一三年十二月二十五号", "zh", "2013-12-25"),
    ("2018年12月2日(日)", "ja", "2018-12-02"),
    ("令和3年6月1日", "ja", "2021-06-01"),
    ("民國107年12月2日", "zh-TW", "2018-12-02"),
    ("2021년 3월 4일", None, "2021-03-04"),
    ("2018\xa0年\xa012\xa0月\xa02\xa0日", "zh", "2018-12-02"),
    ("\u200e2018/12/02\u200e", "he", "2018-12-02"),
    ("令和元年6月1日", "ja", "2019-06-01"),
    ("令和3年6月", "ja", "2021-06-*"),
    ("10年8月5日", "zh-CN", "2010-08-05"),
    ("10年8月5日", "ja", "*-08-05"),
    ("21년 6월 1일", None, "2021-06-01"),
    ("110年6月1日", "zh-TW", "2021-06-01"),
    ("۱۲ خرداد ۱۴۰۰", "fa", "2021-06-02"),
    ("۱۲ خرداد ماه ۱۴۰۰", None, "2021-06-02"),
    ("۱۲ خردادماه ۱۴۰۰", None, "2021-06-02"),
    ("مرداد 7, 1398", "fa", "2019-07-29"),
    ("سه‌شنبه، ۱۲ مرداد ۱۴۰۰", "fa", "2021-08-03"),
    ("۲۹ دی ۱۴۰۱", "fa", "2023-01-19"),
    ("سه شنبه هفتم مرداد ۱۳۹۸", "fa", "2019-07-29"),
    ("بیست و پنجم خرداد ۱۳۹۸", None, "2019-06-15"),
    ("سی‌ام دی ۱۳۹۷", "fa", "2019-01-20"),
    ("۱۴۰۰/۰۳/۱۲", None, "2021-06-02"),
    ("1400-03-12", "fa", "2021-06-02"),
    ("۱۲/۰۳/۱۴۰۰", "fa", "2021-06-02"),
    ("۱۲ خرداد ۹۸", "fa", "2019-06-02"),
    ("خرداد ۱۴۰۰", "fa", "2021-*-*"),
    ("تاریخ: 1400/03/12", "en", "2021-06-02"),
    ("5 ژوئن 2021", "fa", "2021-06-05"),
    ("12 كانون الثاني 2015", "ar", "2015-01-12"),
    ("٢ تشرين الأول ٢٠١٨", None, "2018-10-02"),
    ("15 شباط، 2021", "ar", "2021-02-15"),
    ("15 جويلية 2019", "ar-DZ", "2019-07-15"),
    ("15 غشت 2019", "ar-MA", "2019-08-15"),
    ("5 מרס 2018", "he", "2018-03-05"),
    ("ב-5 במרץ 2018", "he", "2018-03-05"),
    ("12 दिसम्बर 2021", "hi", "2021-12-12"),
    ("12 फरवरी 2021", None, "2021-02-12"),
    ("১২ জানুয়ারি, ২০২০", "bn", "2020-01-12"),
    ("12 KASIM 2010", "tr", "2010-11-12"),
    ("Th8 5, 2010", "vi", "2010-08-05"),
    ("5 Th12 2010", "vi", "2010-12-05"),
    ("2010 ж. 5 тамыз", "kk", "2010-08-05"),
    ("අගෝස්තු 5, 2010", "si", "2010-08-05"),
    ("၅ ဩဂုတ် ၂၀၁၀", "my", "2010-08-05"),
    ("5 ສິງຫາ 2010", "lo", "2010-08-05"),
    ("5 សីហា 2010", "km", "2010-08-05"),
    ("June 2013", None, "2013-06-*"),
    ("junho de 2013", "pt", "2013-06-*"),
    ("2013年6月", None, "2013-06-*"),
    ("12月 2018", "zh", "2018-12-*"),
    ("2013-06", None, "2013-06-*"),
    ("2019", None, "2019-*-*"),
    ("2019年 (共60篇)", "zh", "2019-*-*"),
    ("2019 (12)", None, "2019-*-*"),
    ("Mar 06", None, "*-03-06"),
    ("March 6th", None, "*-03-06"),
    ("06 Mar", None, "*-03-06"),
    ("6 March", None, "*-03-06"),
    ("29 Feb", None, "*-02-29"),
    ("6. März", "de", "*-03-06"),
    ("6 марта", None, "*-03-06"),
    ("6 mai", "fr", "*-05-06"),
    ("May 6", "en", "*-05-06"),
    ("Sun 2 Dec", None, "*-12-02"),
    ("12月25日", None, "*-12-25"),
    ("12월 25일", None, "*-12-25"),
    ("25 12월", "ko", "*-12-25"),
    ("12/25", None, "*-12-25"),
    ("25/12", None, "*-12-25"),
    ("03-06", None, "*-03-06"),
    ("03-06 A title behind it", None, "*-03-06"),
    ("24.12.", "de", "*-12-24"),
    ("2. 9.", "cs", "*-09-02"),
    ("24.12.", None, "*-12-24"),
    ("3 ต.ค. 61", "th", "2018-10-03"),
    ("2018-12-03Title", None, "2018-12-03"),
    ("16日:", "zh", "*-*-16"),
    ("12月", "zh", "*-12-*"),
    ("December", None, "*-12-*"),
)


@pytest.mark.parametrize(("text", "language", "expected"), PRINTED)
def test_printed_dates_in_all_languages(text: str, language: str | None, expected: str) -> None:
    assert said(one(text, language)) == expected


TIMES = (
    ("2018-12-02 10:00", "2018-12-02 10:00"),
    ("2018-12-02T10:00:00+08:00", "2018-12-02 10:00:00 +480"),
    ("2018-12-02 10:00:00 +0800 CST", "2018-12-02 10:00:00 +480"),
    ("2018-12-02 10:00:00.123Z", "2018-12-02 10:00:00 +0"),
    ("2018-12-02 10:00 UTC-3", "2018-12-02 10:00 -180"),
    ("December 2, 2018 at 3:04 PM", "2018-12-02 15:04"),
    ("December 2, 2018 at 12:04 a.m.", "2018-12-02 00:04"),
    ("12/25/2018 - 10:00", "2018-12-25 10:00"),
    ("Dec 2, 2018 @ 10:00 EST", "2018-12-02 10:00 -300"),
    ("2 Dec 2018, 10:00 CST", "2018-12-02 10:00"),
    ("2. Dezember 2018 um 10:00 Uhr", "2018-12-02 10:00"),
    ("2 décembre 2018 à 10h30", "2018-12-02 10:30"),
    ("25 нояб. 2018 г. в 10:30", "2018-11-25 10:30"),
    ("2018年12月2日 下午3:04", "2018-12-02 15:04"),
    ("2018年12月02日10時30分", "2018-12-02 10:30"),
    ("2018年12月2日(日) 10時30分", "2018-12-02 10:30"),
    ("2021년 3월 4일 오후 3:04", "2021-03-04 15:04"),
    ("10:00, 2 Dec 2018", "2018-12-02 10:00"),
    ("Sun Dec 02 2018 10:00:00 GMT+0800 (China Standard Time)", "2018-12-02 10:00:00 +480"),
    ("Sun Dec  2 10:00:00 UTC 2018", "2018-12-02 10:00:00"),
    ("2018-12-02 25:00", "2018-12-02"),
    ("2018-12-02 | 13 comments", "2018-12-02"),
    ("12-25 10:00", "*-12-25 10:00"),
    ("۷ مرداد ۱۳۹۸ ساعت ۱۰:۳۸ ب.ظ", "2019-07-29 22:38"),
)


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_time_of_day_and_zone_beside_a_date(text: str, expected: str) -> None:
    assert said(one(text)) == expected


WITHIN = (
    ("发布时间：2018-12-02", "2018-12-02"),
    ("By 某人 | 2019-03-06 | 12345位读者 |", "2019-03-06"),
    ("4 min read · December 10, 2022 · notes", "December 10, 2022"),
    ("Posted on 水 16 11月 2022 in things", "16 11月 2022"),
    ("Written by A. B. (2 Dec 2018)", "2 Dec 2018"),
    ("作者:某人2018年12月2日发表", "2018年12月2日"),
    ("Publié il y a 3 jours.", "il y a 3 jours"),
    ("vor 3 Tagen", "vor 3 Tagen"),
)


@pytest.mark.parametrize(("text", "expected"), WITHIN)
def test_spans_count_in_the_text_as_given(text: str, expected: str) -> None:
    found = one(text)
    assert text[found.start : found.end] == expected


NOT_DATES = (
    *("1.2.3", "v2.0.1", "6.7.7 Objects", "Version 2018.1", "127.0.0.1", "Ubuntu 20.04", "3.14", "0.5.12"),
    *("13 comments", "80483位读者", "阅读 1203 次", "2,018 views", "共2018字", "(23)", "1,295", "12 likes"),
    *("10:00", "10:00:00", "3:04 PM", "28 minute read", "7 分钟 读完 (大约 1044 个字)"),
    *("+1 555-123-4567", "010-12345678", "0171 2018 1202"),
    *("$12.25", "12.50 EUR", "¥2018", "100%", "12/25%"),
    *("#2018", "© 2018", "2014 - 2019", "2019-2020", "ISBN 978-3-16-148410-0", "x2018-12-02", "IMG_20181202"),
    *("World War II 2020", "Chapter V. 3.", "Henry VIII 2019", "Seite 3/12 2024"),
    *("1/2", "1 / 3", "4/5 stars", "24/7", "Page 1 of 2", "第12页", "pp. 324-347", "Chapter 3"),
    *("1080p", "RFC 2822", "C++17", "ABC-11463", "42010502001504号", "2022015101号-1"),
    *("2018-13-02", "2018-02-30", "31/31/2018", "February 30, 2018", "1218-12-02", "18-12-02", "01-06-13"),
    *(
        "dec",
        "там",
        "2.9.",
        "例 5.7. 创建",
        "三日坊主",
        "一日",
        "丸１日過ごせば",
        "le 20 décembre 1848",
        "March 5, 1066",
    ),
    *(
        "3天前我们在山里走了很久很久，直到天黑才回来",
        "3 days ago we went up the hill and came back late",
        "2年前に買った古い機械をまた使ってみたところ",
    ),
    *("Top 10 may surprise you", "march 6 miles", "", " ", "-", "今天天气好", "Yesterday I walked in the woods"),
)


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_not_a_date(text: str) -> None:
    assert scan(text) == ()


RELATIVE = (
    ("3 days ago", None, Ago(3, Unit.DAY)),
    ("3d ago", None, Ago(3, Unit.DAY)),
    ("1 min ago", None, Ago(1, Unit.MINUTE)),
    ("5 hours ago", None, Ago(5, Unit.HOUR)),
    ("2 weeks ago", None, Ago(2, Unit.WEEK)),
    ("a year ago", None, Ago(1, Unit.YEAR)),
    ("3 days ago by somebody", None, Ago(3, Unit.DAY)),
    ("3 days ago · 5 comments on this post so far", None, Ago(3, Unit.DAY)),
    ("3天前发布", "zh", Ago(3, Unit.DAY)),
    ("yesterday", None, Ago(1, Unit.DAY)),
    ("Posted yesterday at 10:00", None, Ago(1, Unit.DAY)),
    ("3天前", None, Ago(3, Unit.DAY)),
    ("6\xa0天前", "zh", Ago(6, Unit.DAY)),
    ("２小时前", "zh", Ago(2, Unit.HOUR)),
    ("昨天 10:30", "zh", Ago(1, Unit.DAY)),
    ("发表于昨天", "zh", Ago(1, Unit.DAY)),
    ("刚刚", None, Ago(0, Unit.DAY)),
    ("3日前", "ja", Ago(3, Unit.DAY)),
    ("昨日", "ja", Ago(1, Unit.DAY)),
    ("3일 전", "ko", Ago(3, Unit.DAY)),
    ("어제", "ko", Ago(1, Unit.DAY)),
    ("il y a 3 jours", "fr", Ago(3, Unit.DAY)),
    ("il y a 3 jours", None, Ago(3, Unit.DAY)),
    ("vor 3 Tagen", "de", Ago(3, Unit.DAY)),
    ("hace 2 días", "es", Ago(2, Unit.DAY)),
    ("há 2 dias", "pt", Ago(2, Unit.DAY)),
    ("3 giorni fa", "it", Ago(3, Unit.DAY)),
    ("3 dagen geleden", "nl", Ago(3, Unit.DAY)),
    ("för 3 dagar sedan", "sv", Ago(3, Unit.DAY)),
    ("3 päivää sitten", "fi", Ago(3, Unit.DAY)),
    ("3 dni temu", "pl", Ago(3, Unit.DAY)),
    ("3 gün önce", "tr", Ago(3, Unit.DAY)),
    ("3 дня назад", None, Ago(3, Unit.DAY)),
    ("вчера", "ru", Ago(1, Unit.DAY)),
    ("3 ngày trước", "vi", Ago(3, Unit.DAY)),
)


@pytest.mark.parametrize(("text", "language", "expected"), RELATIVE)
def test_distances_in_time(text: str, language: str | None, expected: Ago) -> None:
    found = one(text, language)
    assert found.ago == expected
    assert found.year is None


AMBIGUOUS = (
    ("01/06/2013", None, True),
    ("6/1/13", None, True),
    ("01-06-2013", None, True),
    ("06/06/2013", None, False),
    ("13/06/2013", None, False),
    ("03/06", None, True),
    ("03/06", "zh", False),
)


@pytest.mark.parametrize(("text", "language", "expected"), AMBIGUOUS)
def test_numbers_that_could_be_swapped(text: str, language: str | None, expected: bool) -> None:
    assert one(text, language).ambiguous is expected


def test_an_ambiguous_date_reads_in_either_order_and_names_no_day_before() -> None:
    printed = one("01/06/2013")
    assert printed.date is None
    assert printed.ordered(None) == printed
    assert printed.ordered(Order.DAY_FIRST).date == date(2013, 6, 1)
    assert printed.ordered(Order.MONTH_FIRST).date == date(2013, 1, 6)
    assert one("13/06/2013").ordered(Order.MONTH_FIRST).date == date(2013, 6, 13)


WEEKDAYS = (
    ("Sunday, 2 December 2018", None, 6),
    ("Sun, 02 Dec 2018", None, 6),
    ("2 Aralık 2018 Pazar", "tr", 6),
    ("2018年12月2日 星期日", "zh", 6),
    ("воскресенье, 2 декабря 2018", None, 6),
    ("2018-12-02", None, None),
)


@pytest.mark.parametrize(("text", "language", "expected"), WEEKDAYS)
def test_the_weekday_beside_a_date(text: str, language: str | None, expected: int | None) -> None:
    assert one(text, language).weekday == expected


MODIFIED = (
    ("Updated 2018-12-02", [True]),
    ("Last modified: 2 Dec 2018", [True]),
    ("2018-12-01 更新于 2018-12-02", [False, True]),
    ("发表于 2018-12-01 | 更新于 2018-12-02", [False, True]),
    ("Posted on 2018-12-01, updated 2018-12-02", [False, True]),
    ("2019年1月3日 更新", [True]),
    ("Mis à jour il y a 3 jours", [True]),
    ("Updated 3 days ago", [True]),
    ("Publié il y a 3 jours", [False]),
    ("Published 2018-12-02", [False]),
    ("2018-12-02", [False]),
)


@pytest.mark.parametrize(("text", "expected"), MODIFIED)
def test_labels_of_modification(text: str, expected: list[bool]) -> None:
    assert [printed.modified for printed in scan(text)] == expected


WORDS_OF_SEVERAL_LANGUAGES = (
    ("2 listopada 2018", "pl", "2018-11-02"),
    ("2. listopada 2018", "hr", "2018-10-02"),
    ("2 listopada 2018", None, ""),
    ("2 srpna 2018", "cs", "2018-08-02"),
)


@pytest.mark.parametrize(("text", "language", "expected"), WORDS_OF_SEVERAL_LANGUAGES)
def test_a_word_that_names_different_months_is_decided_by_the_language(
    text: str, language: str | None, expected: str
) -> None:
    assert [said(found) for found in scan(text, language) if found.day] == ([expected] if expected else [])


BADGES = (
    (("2", "Dec"), None, "*-12-02"),
    (("06", "Mar", "2019"), None, "2019-03-06"),
    (("Mar", "12, 2019"), None, "2019-03-12"),
    (("Dec", "2", "2018"), None, "2018-12-02"),
    (("2018", "Dec", "02"), None, "2018-12-02"),
    (("12", "2018-06"), None, "2018-06-12"),
    (("12", "2018.06"), None, "2018-06-12"),
    (("12", "2018年6月"), "zh", "2018-06-12"),
    (("2018年6月", "12"), "zh", "2018-06-12"),
    (("2018-06", "12"), None, "2018-06-12"),
    (("2018", "12-02"), None, "2018-12-02"),
    (("12-02", "2018"), None, "2018-12-02"),
    (("02", "12月"), "zh", "*-12-02"),
    (("六月", "12"), "zh", "*-06-12"),
    (("02", "12月, 2018"), "zh", "2018-12-02"),
    (("12", "juin", "2018"), "fr", "2018-06-12"),
    (("12", "dezembro", "2018"), None, "2018-12-12"),
    (("Dec 2018", "02"), None, "2018-12-02"),
    ((" 2\n", "", "Dec"), None, "*-12-02"),
)


@pytest.mark.parametrize(("texts", "language", "expected"), BADGES)
def test_badges_in_several_elements(texts: tuple[str, ...], language: str | None, expected: str) -> None:
    assert said(parts(texts, language)) == expected


@pytest.mark.parametrize(
    "texts", [("5", "comments"), ("1", "2"), (), ("",), ("By", "somebody", "2018"), ("12", "June bugs")]
)
def test_what_is_not_a_badge(texts: tuple[str, ...]) -> None:
    found = parts(texts)
    assert found is None or found.day is None


WRITERS: tuple[tuple[str, str | None, Callable[[date], str]], ...] = (
    ("Y-m-d", None, lambda d: d.isoformat()),
    ("Y/m/d", None, lambda d: f"{d:%Y/%m/%d}"),
    ("Y.m.d", None, lambda d: f"{d.year}.{d.month}.{d.day}"),
    ("Y年m月d日", "zh", lambda d: f"{d.year}年{d.month}月{d.day}日"),
    ("Y年m月d日", "ko", lambda d: f"{d.year}년 {d.month}월 {d.day}일"),
    ("B d, Y", "en", lambda d: f"{d:%B} {d.day}, {d.year}"),
    ("B d, Y", "en", lambda d: f"{d:%b} {d.day}, {d.year}"),
    ("d B Y", "en", lambda d: f"{d.day} {d:%B} {d.year}"),
    ("m月 d, Y", "zh", lambda d: f"{d.month}月 {d.day}, {d.year}"),
    ("d m月 Y", "ja", lambda d: f"{d.day:02} {d.month}月 {d.year}"),
    ("d tháng m Y", "vi", lambda d: f"{d.day} tháng {d.month}, {d.year}"),
    ("d.m.Y", "de", lambda d: f"{d:%d.%m.%Y}"),
    ("d/m/Y", "fr", lambda d: f"{d:%d/%m/%Y}"),
    ("d-m-Y", "nl", lambda d: f"{d:%d-%m-%Y}"),
    ("B d time Y", "en", lambda d: f"{d:%a %b %d} 10:00:00 {d.year}"),
)
DAYS = st.dates(date(1990, 1, 1), date(2098, 12, 31))
AROUND = st.sampled_from(["", "Posted on ", "(", "| ", "作者: ", "Date: "])
BEHIND = st.sampled_from(["", " | 12 comments", ")", ", by somebody", " · 3 min"])


@given(day=DAYS, writer=st.sampled_from(WRITERS), before=AROUND, after=BEHIND)
def test_a_printed_date_reads_back(
    day: date, writer: tuple[str, str | None, Callable[[date], str]], before: str, after: str
) -> None:
    style, language, write = writer
    text = before + write(day) + after
    found = [one for one in scan(text, language) if one.year is not None]
    assert [one.style for one in found] == [style]
    assert found[0].ordered(Order.DAY_FIRST).date == day
    alone = one(text[found[0].start : found[0].end], language)
    assert (alone.style, alone.date, alone.month) == (style, found[0].date, found[0].month)


SHARDS = st.sampled_from([style.example for style in STYLES] + list(NOT_DATES) + [row[0] for row in TIMES])


@given(text=st.one_of(st.text(max_size=400), st.lists(SHARDS, max_size=5).map(" ".join), st.lists(SHARDS).map("".join)))
@settings(deadline=None)
def test_scanning_never_raises_and_spans_are_apart_and_inside(text: str) -> None:
    end = 0
    for printed in scan(text):
        assert end <= printed.start < printed.end <= min(len(text), LONGEST_TEXT)
        end = printed.end
        assert printed.ago is not None or (printed.year, printed.month, printed.day) != (None, None, None)


@given(texts=st.lists(st.one_of(st.text(max_size=20), SHARDS), max_size=6), language=st.text(max_size=12))
@settings(deadline=None)
def test_badges_and_strange_languages_never_raise(texts: list[str], language: str) -> None:
    found = parts(texts, language)
    assert found is None or found.start < found.end
    assert isinstance(scan(" ".join(texts), language), tuple)


@pytest.mark.parametrize("unit", ["1-", "2018年", "a.m.", "( ", "ก.", "一", "1 "])
def test_monotonous_texts_do_not_run_away(unit: str) -> None:
    assert growth(lambda count: scan(unit * count), 36 // len(unit)) < LINEAR


def test_a_numeral_that_begins_a_title_is_no_part_of_the_date_before_it() -> None:
    (found,) = scan("06-05 一款新的工具", "zh")
    assert (found.year, found.month, found.day) == (None, 6, 5)
