"""What a receipt printer is sent says on paper what the document says, read back by a printer of the tests' own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.documents import (
    SIMULATED_MARK,
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    DocumentKind,
    Drawer,
    Pair,
    Picture,
    Qr,
    Row,
    Rule,
    Size,
    Table,
    Width,
    text_line,
)
from carcheck_desktop.printing.cells import MISSING, Replaced
from carcheck_desktop.printing.escpos import to_escpos
from carcheck_desktop.printing.profiles import PrinterProfile, profile_names, read_profile
from tests.printing.interpreter import Paper, Raster, Symbol, UnknownCommandError, print_out

WIDE, NARROW, EPSON = (read_profile(name) for name in ("default", "receipt58", "epson_tm_t88"))


def document(*blocks: Block, simulated: bool = False) -> Document:
    return Document(DocumentKind.RECEIPT, "000123", "zh_CN", Width.RECEIPT80, blocks, simulated)


def printed(*blocks: Block, profile: PrinterProfile = WIDE, simulated: bool = False) -> Paper:
    return print_out(to_escpos(document(*blocks, simulated=simulated), profile).content)


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "black").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("sign", "￥℃≥≤±㎡①·—“”…×÷λμ检喆")
def test_a_sign_alone_is_printed_as_itself(sign: str) -> None:
    made = to_escpos(document(text_line(sign)), WIDE)
    assert print_out(made.content).text == sign
    assert made.replaced == ()


def test_a_raised_or_lowered_digit_that_the_font_has_not_is_replaced_and_reported() -> None:
    made = to_escpos(document(text_line("CO₂ 12 m³ 30 m²")), WIDE)
    assert print_out(made.content).text == "CO2 12 m3 30 ㎡"
    assert set(made.replaced) == {Replaced("₂", "2"), Replaced("³", "3"), Replaced("m²", "㎡")}


def test_a_printer_with_four_byte_codes_gets_them() -> None:
    made = to_escpos(document(text_line("CO₂ 12 m³ 30 m²")), EPSON)
    assert print_out(made.content).text == "CO₂ 12 m³ 30 m²"
    assert made.replaced == ()


def test_what_nobody_can_print_becomes_a_mark_and_never_a_question_mark() -> None:
    made = to_escpos(document(text_line("好😀\x1b@\ud800\ue000")), EPSON)
    assert print_out(made.content).text == f"好{MISSING * 2}@{MISSING * 2}"
    assert {each.character for each in made.replaced} == {"😀", "\x1b", "\ud800", "\ue000"}


def without_blanks(text: str) -> str:
    """Blanks go where a line is broken."""
    return text.translate(dict.fromkeys(map(ord, " \n\u3000")))


@given(st.text(st.characters(), min_size=1, max_size=80))
@pytest.mark.parametrize("profile", [WIDE, NARROW, EPSON], ids=lambda profile: profile.name)
def test_any_text_comes_back_or_its_replacement_is_reported(profile: PrinterProfile, text: str) -> None:
    made = to_escpos(document(text_line(text)), profile)
    rows = print_out(made.content).rows
    assert all(row.cells <= profile.cells for row in rows)
    expected = unicodedata.normalize("NFC", text)
    for each in sorted(made.replaced, key=lambda each: -len(each.character)):
        expected = expected.replace(each.character, each.by)
    assert without_blanks("".join(row.text for row in rows)) == without_blanks(expected)


@given(st.lists(st.tuples(st.text(st.characters(codec="gb18030"), max_size=60), st.text(max_size=30)), max_size=4))
def test_no_pair_and_no_table_is_wider_than_the_paper(pairs: list[tuple[str, str]]) -> None:
    table = Table((Column(2, "项目"), Column(1, "值", Align.RIGHT)), tuple(Row(pair) for pair in pairs))
    paper = printed(*(Pair(*pair) for pair in pairs), table, profile=NARROW)
    assert all(row.cells <= NARROW.cells for row in paper.rows)


def test_sizes_weights_and_places_arrive() -> None:
    paper = printed(
        text_line("收费单", Align.CENTRE, Size.LARGE, bold=True), text_line("A017", Align.CENTRE, Size.HUGE),
        text_line("右", Align.RIGHT), text_line("高", size=Size.TALL),
    )  # fmt: skip
    title, number, right, tall = paper.rows
    assert (title.align, title.pieces[0].wide, title.pieces[0].high, title.pieces[0].bold) == (1, 2, 2, True)
    assert title.pieces[0].kanji_size == 12
    assert (number.pieces[0].wide, number.pieces[0].high, number.pieces[0].bold) == (4, 4, False)
    assert (right.align, right.pieces[0].wide, right.pieces[0].kanji_size) == (2, 1, 0)
    assert (tall.pieces[0].wide, tall.pieces[0].high, tall.pieces[0].kanji_size) == (1, 2, 8)
    assert [row.spacing for row in paper.rows] == [60, 120, 30, 60]


def test_amounts_stand_at_the_right_edge_however_wide_the_names_are() -> None:
    columns = (Column(3, "项目"), Column(1, "金额", Align.RIGHT))
    rows = tuple(Row((name, "￥80.00")) for name in ("安检", "排放检验费（双怠速）", "safety inspection"))
    paper = printed(Table(columns, rows), Pair("合计", "￥240.00"), Rule())
    assert [row.cells for row in paper.rows] == [48] * 6
    assert all(row.text.endswith("￥80.00") for row in paper.rows[1:4])


def test_a_long_text_is_broken_at_words_and_not_before_a_full_stop() -> None:
    paper = printed(text_line("检" * 24 + "。接着写"), text_line("a word " * 8 + "end"))
    assert paper.rows[0].text == "检" * 23
    assert paper.rows[1].text == "检。接着写"
    assert paper.rows[2].text == "a word a word a word a word a word a word a word"


def test_a_qr_code_is_drawn_by_the_printer_about_thirty_millimetres_wide() -> None:
    code = printed(Qr("https://jc.example.cn/t/Zk3vQ0pX9sTfLw2RbYc7dA", "扫码查看进度")).things[0]
    assert code == Symbol("qr", b"https://jc.example.cn/t/Zk3vQ0pX9sTfLw2RbYc7dA", 5, 49)
    modules = 33 + 8
    assert isinstance(code, Symbol)
    assert 20 < modules * code.size / WIDE.dots_per_mm < 32


def test_a_printer_without_qr_codes_gets_a_picture_that_a_reader_reads() -> None:
    picture = printed(Qr("https://jc.example.cn/t/x"), profile=NARROW).things[0]
    assert isinstance(picture, Raster)
    assert picture.width <= NARROW.dots
    image = Image.frombytes("1", (picture.width, len(picture.rows)), b"".join(picture.rows))
    read = zxingcpp.read_barcodes(image.convert("L").point(lambda value: 255 - value))
    assert [each.text for each in read] == ["https://jc.example.cn/t/x"]


def test_a_barcode_fits_and_says_what_it_should() -> None:
    assert printed(Barcode("A017")).things[0] == Symbol("code128", b"A017", 3)
    assert printed(Barcode("{ABCDEFGHIJKLM")).things[0] == Symbol("code128", b"{ABCDEFGHIJKLM", 2)


def test_the_drawer_opens_and_the_paper_is_cut_as_the_printer_can() -> None:
    assert printed(Drawer(), Cut()).things == ["drawer 2", "feed 6", "part cut"]
    assert printed(Drawer(), Cut(), profile=replace(WIDE, drawer_pin=5)).things[0] == "drawer 5"
    assert printed(Drawer(), Cut(), profile=replace(NARROW, drawer_pin=0)).things == ["feed 6"]


def test_every_part_of_a_simulated_paper_says_so_at_both_ends() -> None:
    mark = f"*** {SIMULATED_MARK} ***"
    paper = printed(text_line("一"), Cut(), text_line("二"), Cut(), simulated=True)
    assert [row.text for row in paper.rows] == [mark, "一", mark, mark, "二", mark]
    assert SIMULATED_MARK not in printed(text_line("一"), Cut()).text


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (Qr(""), "printing.code.empty"),
        (Qr("x" * 3000), "printing.code.too_long"),
        (Barcode(""), "printing.code.empty"),
        (Barcode("渝A"), "printing.code.not_ascii"),
        (Barcode("A" * 40), "printing.code.too_long"),
        (Picture(b"no picture"), "printing.picture.unreadable"),
        (Picture(png(10, 10)[:40]), "printing.picture.unreadable"),
        (Table(tuple(Column(1) for _ in range(30)), ()), "printing.too_many_columns"),
    ],
)
def test_what_cannot_be_printed_is_refused_by_name(block: Block, code: str) -> None:
    with pytest.raises(DataError) as refused:
        printed(block)
    assert refused.value.code == code


def test_a_picture_keeps_within_the_paper() -> None:
    picture = printed(Picture(png(3000, 300), 50)).things[0]
    assert isinstance(picture, Raster)
    assert picture.width <= WIDE.dots


def test_a_page_goes_to_no_receipt_printer() -> None:
    with pytest.raises(DataError) as refused:
        to_escpos(replace(document(text_line("x")), width=Width.A4), WIDE)
    assert refused.value.code == "printing.escpos.page"


def test_every_profile_prints() -> None:
    for name in profile_names():
        assert printed(text_line("渝A12345"), Qr("x"), Cut(), profile=read_profile(name)).text == "渝A12345"


@pytest.mark.parametrize("stream", [b"text", b"\x1b@text", b"\x1b@\x1c&\xbc\xec", b"\x1b@\x1dz\x00"])
def test_the_printer_of_the_tests_is_strict(stream: bytes) -> None:
    with pytest.raises(UnknownCommandError):
        print_out(stream)


def test_loading_the_library_leaves_no_folder_no_handler_and_no_word(tmp_path: Path) -> None:
    look = "import carcheck_desktop.printing.escpos, logging; assert not logging.root.handlers"
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, check=True, timeout=50)
    assert done.stdout + done.stderr == b""
    assert list(tmp_path.iterdir()) == []
