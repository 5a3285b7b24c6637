from __future__ import annotations

import codecs

import pytest
from growing import LINEAR, growth
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.decode import LABELS, codec_of, decode, header_charset, meta_charset

CHINESE = "<title>在古老的图书馆</title><p>我们走进了一个新的世界，看见许多从来没有读过的书。</p>"
TAIWANESE = "<title>繁體中文部落格</title><p>今天的天氣非常好，我們一起去圖書館讀書吧。</p>"
JAPANESE = "<title>日本語のブログ</title><p>今日はとても良い天気ですね。図書館に行きました。</p>"
KOREAN = "<title>한국어 블로그</title><p>오늘은 날씨가 아주 좋습니다. 도서관에 갔습니다.</p>"
RUSSIAN = "<title>Русский блог</title><p>Сегодня очень хорошая погода, мы пошли в библиотеку.</p>"
FRENCH = "<title>Un journal français</title><p>Il a fait très beau, nous sommes allés à la fête près de l'école.</p>"


def meta(label: str) -> str:
    return f'<meta charset="{label}">'


DECLARED = [
    # body, header, encoding, source
    (CHINESE.encode(), "text/html; charset=utf-8", "utf-8", "header"),
    (CHINESE.encode(), "text/html", "utf-8", "valid"),
    ((meta("utf-8") + CHINESE).encode(), "", "utf-8", "meta"),
    (codecs.BOM_UTF8 + CHINESE.encode(), "text/html; charset=gbk", "utf-8", "bom"),
    (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "text/html; charset=utf-8", "utf-16-le", "bom"),
    (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "", "utf-16-be", "bom"),
    (CHINESE.encode("utf-16-le"), "", "utf-16-le", "detected"),
    (CHINESE.encode("utf-16-be"), "", "utf-16-be", "detected"),
    (CHINESE.encode("utf-16-le"), "text/html; charset=utf-16", "utf-16-le", "header"),
    (CHINESE.encode(), "text/html; charset=utf-16", "utf-8", "valid (header said utf-16)"),
    (CHINESE.encode("gb18030"), "text/html; charset=gb2312", "gb18030", "header"),
    (CHINESE.encode("gb18030"), 'text/html;charset="GBK"', "gb18030", "header"),
    ((meta("gb2312") + CHINESE).encode("gb18030"), "text/html", "gb18030", "meta"),
    (b"<?xml version='1.0' encoding='gb2312'?>" + CHINESE.encode("gb18030"), "text/xml", "gb18030", "xml"),
    ((meta("big5") + TAIWANESE).encode("big5"), "", "big5hkscs", "meta"),
    ((meta("shift_jis") + JAPANESE).encode("cp932"), "", "cp932", "meta"),
    ((meta("euc-jp") + JAPANESE).encode("euc_jp"), "", "euc_jp", "meta"),
    ((meta("iso-2022-jp") + JAPANESE).encode("iso2022_jp"), "", "iso2022_jp", "meta"),
    ((meta("ks_c_5601-1987") + KOREAN).encode("cp949"), "", "cp949", "meta"),
    ((meta("windows-1251") + RUSSIAN).encode("cp1251"), "", "cp1251", "meta"),
    (FRENCH.encode("cp1252"), "text/html; charset=ISO-8859-1", "cp1252", "header"),
    # the header outranks the page
    ((meta("utf-8") + CHINESE).encode("gb18030"), "text/html; charset=gbk", "gb18030", "header"),
    # a declaration that the bytes contradict, or that nobody knows
    ((meta("gb2312") + CHINESE).encode(), "", "utf-8", "valid (meta said gb2312)"),
    (FRENCH.encode(), "text/html; charset=iso-8859-1", "utf-8", "valid (header said iso-8859-1)"),
    ((meta("gbk") + CHINESE).encode("gb18030"), "text/html; charset=utf-8", "gb18030", "meta (header said utf-8)"),
    (CHINESE.encode("gb18030"), "text/html; charset=utf-8", "gb18030", "detected (header said utf-8)"),
    (CHINESE.encode(), "text/html; charset=klingon", "utf-8", "valid (header said klingon)"),
    (CHINESE.encode(), "text/html; charset=utf-7", "utf-8", "valid (header said utf-7)"),
    ((meta("utf-16") + CHINESE).encode(), "", "utf-8", "meta"),
    # nothing declared
    (b"<p>plain</p>", "", "utf-8", "valid"),
    (b"", "", "utf-8", "valid"),
    (CHINESE.encode("gb18030"), "", "gb18030", "detected"),
    (TAIWANESE.encode("big5"), "", "big5hkscs", "detected"),
    (JAPANESE.encode("cp932"), "", "cp932", "detected"),
    (JAPANESE.encode("euc_jp"), "", "euc_jp", "detected"),
    (KOREAN.encode("cp949"), "", "cp949", "detected"),
    (RUSSIAN.encode("cp1251"), "", "cp1251", "detected"),
    (RUSSIAN.encode("koi8_r"), "", "koi8_r", "detected"),
]


@pytest.mark.parametrize(("body", "header", "encoding", "source"), DECLARED)
def test_the_order_of_trust(body: bytes, header: str, encoding: str, source: str) -> None:
    text = decode(body, header)
    assert (text.encoding, text.source, text.replaced) == (encoding, source, 0)
    readable = (CHINESE, TAIWANESE, JAPANESE, KOREAN, RUSSIAN, FRENCH, "<p>plain</p>")
    assert text.value == "" or text.value.endswith(readable)


def test_bytes_that_no_encoding_explains_are_windows_1252() -> None:
    text = decode(b"<p>caf\xe9</p>")
    assert (text.value, text.encoding, text.source) == ("<p>café</p>", "cp1252", "default")


BROKEN = [
    (CHINESE.encode() + b"\xff\xfe tail", "text/html; charset=utf-8", "utf-8", 2),
    (CHINESE.encode() + "馆".encode()[:2], "", "utf-8", 1),
    (CHINESE.encode() + "\ufffd".encode() + b"\xff", "", "utf-8", 1),
    (CHINESE.encode("gb18030") + b"\xff<p>", "text/html; charset=gb2312", "gb18030", 1),
]


@pytest.mark.parametrize(("body", "header", "encoding", "replaced"), BROKEN)
def test_a_few_broken_characters_are_counted_and_change_nothing_else(
    body: bytes, header: str, encoding: str, replaced: int
) -> None:
    text = decode(body, header)
    assert (text.encoding, text.replaced) == (encoding, replaced)
    assert CHINESE in text.value


LEGACY = (
    ("Über naïve Café-Gäste, größer", ("cp1252", "cp1254", "iso8859_15")),
    (CHINESE, ("gb18030",)),
    (TAIWANESE, ("big5", "gb18030")),
    (JAPANESE, ("cp932", "euc_jp")),
    (KOREAN, ("cp949",)),
    (RUSSIAN, ("cp1251", "koi8_r", "cp866", "iso8859_5")),
)


@pytest.mark.parametrize("header", ["text/html; charset=utf-8", ""])
def test_excerpts_cut_within_a_letter_do_not_make_utf_8_another_encoding(header: str) -> None:
    body = meta("utf-8").encode() + b"".join("<p>Größe im Café über".encode() + b"\xc3</p>" for _ in range(9))
    text = decode(body, header)
    assert (text.encoding, text.replaced) == ("utf-8", 9)
    assert "Größe im Café über\ufffd" in text.value


@pytest.mark.parametrize(("value", "codec"), [(value, codec) for value, codecs in LEGACY for codec in codecs])
def test_a_legacy_text_that_is_declared_utf_8_is_not_read_as_utf_8(value: str, codec: str) -> None:
    text = decode((meta("utf-8")).encode() + value.encode(codec), "text/html; charset=utf-8")
    assert text.encoding != "utf-8"


def test_nul_is_dropped() -> None:
    assert decode(b"<p>a\0b\0</p>").value == "<p>ab</p>"


PRESCANNED = [
    (b"<meta charset=gbk>", "gbk"),
    (b"<META CHARSET='GBK' >", "GBK"),
    (b'<meta/charset="gbk"/>', "gbk"),
    (b'<meta\ncharset = "gbk"\n>', "gbk"),
    (b"<meta http-equiv=Content-Type content='text/html; charset=gbk'>", "gbk"),
    (b"<meta content='text/html; charset=gbk' http-equiv='content-type'>", "gbk"),
    (b"<meta name=x content='text/html; charset=gbk'>", ""),
    (b"<meta name='a>b'><meta charset=gbk>", "gbk"),
    (b"<!-- <meta charset=big5> --><meta charset=gbk>", "gbk"),
    (b"<!--><meta charset=gbk>", "gbk"),
    (b"<!-- <meta charset=big5>", ""),
    (b"<a title='<meta charset=big5>'><meta charset=gbk>", "gbk"),
    (b"<p>don't</p><meta charset=gbk>", "gbk"),
    (b"<title>1 < 2</title><meta charset=gbk>", "gbk"),
    (b"<metadata charset=big5><meta charset=gbk>", "gbk"),
    (b"<meta charset=big5 charset=gbk>", "big5"),
    (b"<meta charset=><meta charset=gbk>", "gbk"),
    (b"<meta charset><meta charset=gbk>", "gbk"),
    (b"<meta charset=gbk", ""),
    (b"<" * 50 + b"<meta charset=gbk>", "gbk"),
    (b" " * 4000 + b"<meta charset=gbk>", "gbk"),
    (b" " * 5000 + b"<meta charset=gbk>", ""),
    (b"<meta =x charset=gbk>", "gbk"),
    (b"", ""),
]


@pytest.mark.parametrize(("body", "label"), PRESCANNED)
def test_prescan(body: bytes, label: str) -> None:
    assert meta_charset(body) == label


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;CHARSET='gbk'", "gbk"),
        ('text/html; a=b; charset = "big5" ; c', "big5"),
        ("text/html; charset=", ""),
        ("text/html", ""),
        ("", ""),
        ("charset=utf-8", ""),
    ],
)
def test_header_charset(header: str, label: str) -> None:
    assert header_charset(header) == label


@pytest.mark.parametrize("codec", LABELS)
def test_every_label_of_the_table_leads_to_a_codec_that_exists(codec: str) -> None:
    assert codecs.lookup(codec)
    for label in LABELS[codec].split():
        assert codec_of(f" {label.upper()} ") == codec


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("cp1251", "cp1251"),
        ("iso-8859-2", "iso8859-2"),
        ("ISO_8859-15", "iso8859-15"),
        ("ibm866", "cp866"),
        ("eucjp", "euc_jp"),
        ("hz-gb-2312", "hz"),
        ("utf-7", ""),
        ("utf-32", ""),
        ("idna", ""),
        ("base64", ""),
        ("rot13", ""),
        ("unicode_escape", ""),
        ("raw_unicode_escape", ""),
        ("mbcs", ""),
        ("undefined", ""),
        ("x" * 5000, ""),
        ("utf\0-8", ""),
        ("中文", ""),
        ("", ""),
    ],
)
def test_labels(label: str, codec: str) -> None:
    assert codec_of(label) == codec


HEADERS = st.one_of(st.text(), st.sampled_from(["charset=gbk", "utf-8", "hz", "iso2022_kr", "cp932", "utf-16"])).map(
    lambda label: f"text/html; charset={label}"
)


@given(st.binary(), HEADERS)
@example(b"\0\0\xff", "text/html; charset=hz")
@example(b"<meta charset=\xff>", "")
def test_decoding_never_raises_and_leaves_clean_text(body: bytes, header: str) -> None:
    text = decode(body, header)
    assert "\0" not in text.value
    assert text.value.encode().decode() == text.value
    assert codecs.lookup(text.encoding)
    assert 0 <= text.replaced <= text.value.count("\ufffd")


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_utf8_reads_back(value: str) -> None:
    assert decode(value.encode(), "text/html; charset=utf-8").value == value


@pytest.mark.parametrize("piece", [b"<", b"<!--", b"<meta ", b"<a b='", b"\xff", b"\xd6\xd0", b"='", b"<meta a=b "])
def test_time_grows_with_the_body_only(piece: bytes) -> None:
    assert growth(lambda count: decode(piece * count), 250_000 // len(piece)) < LINEAR
