"""Words of months and of distances in time that are in use and that CLDR does not list."""

from __future__ import annotations

from collections.abc import Mapping

from archiver.dates.values import Unit

MORE_MONTHS: Mapping[str, Mapping[str, int]] = {
    "ar": {
        "شباط": 2,
        "آذار": 3,
        "نيسان": 4,
        "أيار": 5,
        "حزيران": 6,
        "تموز": 7,
        "آب": 8,
        "أيلول": 9,
        "كانون الثاني": 1,
        "تشرين الأول": 10,
        "تشرين الثاني": 11,
        "كانون الأول": 12,
        "كانون ثاني": 1,
        "تشرين أول": 10,
        "تشرين ثاني": 11,
        "كانون أول": 12,
        "جانفي": 1,
        "فيفري": 2,
        "أفريل": 4,
        "ماي": 5,
        "جوان": 6,
        "يونيه": 6,
        "جويلية": 7,
        "يوليه": 7,
        "يوليوز": 7,
        "أوت": 8,
        "غشت": 8,
        "شتنبر": 9,
        "نونبر": 11,
        "دجنبر": 12,
    },
    "bn": {"জানুয়ারি": 1, "ফেব্রুয়ারি": 2, "আগষ্ট": 8},
    "de": {"jänner": 1, "jän": 1, "feber": 2, "mrz": 3},
    "es": {"setiembre": 9},
    "en": {"sept": 9},
    "he": {"מרס": 3},
    "hi": {"सितम्बर": 9, "अक्तूबर": 10, "नवम्बर": 11, "दिसम्बर": 12},
    "id": {"agt": 8, "ags": 8, "pebruari": 2, "nopember": 11},
    "nl": {"mrt": 3},
}
"""Forms in use that CLDR does not list, by locale."""

MORE_PAST: Mapping[str, tuple[tuple[str, Unit], ...]] = {
    "en": (
        ("{0}s ago", Unit.SECOND),
        ("{0}m ago", Unit.MINUTE),
        ("{0}mins ago", Unit.MINUTE),
        ("{0}h ago", Unit.HOUR),
        ("{0}hrs ago", Unit.HOUR),
        ("{0}d ago", Unit.DAY),
        ("{0}w ago", Unit.WEEK),
        ("{0}y ago", Unit.YEAR),
    ),
    "zh": (
        ("{0}天以前", Unit.DAY),
        ("{0}日前", Unit.DAY),
        ("{0}星期前", Unit.WEEK),
        ("{0}个星期前", Unit.WEEK),
        ("{0}月前", Unit.MONTH),
    ),
    "zh_Hant": (("{0}日前", Unit.DAY), ("{0}個星期前", Unit.WEEK), ("{0}月前", Unit.MONTH)),
    "ja": (("{0}ヶ月前", Unit.MONTH), ("{0}カ月前", Unit.MONTH), ("{0}ヵ月前", Unit.MONTH)),
    "hu": (("{0} napja", Unit.DAY), ("{0} órája", Unit.HOUR)),
    "pt": (("{0} dias atrás", Unit.DAY), ("{0} dia atrás", Unit.DAY), ("{0} horas atrás", Unit.HOUR)),
    "th": (("{0} วันก่อน", Unit.DAY),),
}
"""Distances in use that CLDR does not list, by locale; ``{0}`` is the number."""

FIXED_PAST: Mapping[str, tuple[Unit, int]] = {
    **dict.fromkeys(
        (
            *("today", "just now", "moments ago", "a moment ago", "刚刚", "剛剛", "今天", "今日", "刚才", "剛才"),
            *("たった今", "오늘", "방금", "방금 전", "heute", "gerade eben", "aujourd'hui", "à l'instant", "hoy"),
            *("ahora mismo", "hoje", "agora mesmo", "oggi", "adesso", "vandaag", "сегодня", "только что", "сьогодні"),
            *("dzisiaj", "dziś", "dnes", "idag", "i dag", "tänään", "bugün", "hari ini", "hôm nay", "วันนี้", "today at"),
        ),
        (Unit.DAY, 0),
    ),
    **dict.fromkeys(
        (
            *("yesterday", "a day ago", "one day ago", "昨天", "昨日", "어제", "gestern", "vor einem tag", "hier"),
            *("il y a un jour", "ayer", "hace un día", "ontem", "há um dia", "ieri", "un giorno fa", "gisteren"),
            *("een dag geleden", "вчера", "день назад", "вчора", "wczoraj", "včera", "igår", "i går", "eilen", "dün"),
            *("kemarin", "hôm qua", "เมื่อวาน"),
        ),
        (Unit.DAY, 1),
    ),
    **dict.fromkeys(
        (
            "前天",
            "一昨日",
            "おととい",
            "그제",
            "그저께",
            "vorgestern",
            "avant-hier",
            "anteayer",
            "anteontem",
            "позавчера",
        ),
        (Unit.DAY, 2),
    ),
    "an hour ago": (Unit.HOUR, 1),
    "a minute ago": (Unit.MINUTE, 1),
    "a few seconds ago": (Unit.SECOND, 10),
    "a week ago": (Unit.WEEK, 1),
    "last week": (Unit.WEEK, 1),
    "上周": (Unit.WEEK, 1),
    "a month ago": (Unit.MONTH, 1),
    "a year ago": (Unit.YEAR, 1),
}
"""Distances printed without a number, in the languages the CLDR tables leave them out for."""
