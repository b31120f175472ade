"""PDF, pictures and text of documents: searchable, readable by a code reader, the same bytes every time."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from carcheck_desktop.base.errors import DataError, UsageError
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
    Qr,
    Row,
    Rule,
    Run,
    Size,
    Space,
    Table,
    Width,
    text_line,
)
from carcheck_desktop.printing.cells import Replaced, cells_of
from carcheck_desktop.printing.pdf import to_pdf
from carcheck_desktop.printing.png import to_png
from carcheck_desktop.printing.profiles import profile_names, read_profile
from carcheck_desktop.printing.text import to_text
from carcheck_desktop.printing.wrapping import wrap

WIDE, NARROW = read_profile("default"), read_profile("receipt58")
AT = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
URL = "https://jc.example.cn/t/Zk3vQ0pX9sTfLw2RbYc7dA"


def document(*blocks: Block, width: Width = Width.A4, kind: DocumentKind = DocumentKind.PRINT_TEST, simulated: bool = False) -> Document:  # fmt: skip
    return Document(kind, "000123", "zh_CN", width, blocks, simulated, "检验报告")


def pages_of(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in opened]
    opened.close()
    return texts


def codes_in(picture: bytes) -> dict[str, str]:
    image = np.asarray(Image.open(io.BytesIO(picture)).convert("L"))
    return {str(each.format): each.text for each in zxingcpp.read_barcodes(image)}


@pytest.mark.parametrize("width", Width)
def test_text_in_a_pdf_can_be_found(width: Width) -> None:
    made = to_pdf(document(text_line("机动车检验报告 ￥120.00 ≥60% 23.5℃ CO₂ m⁻¹ 渝A12345"), width=width), AT)
    found = pages_of(made.content)[0]
    for word in ("机动车检验报告", "￥120.00", "≥60%", "23.5℃", "CO2", "m⁻¹", "渝A12345"):
        assert word in found
    assert made.replaced == ()


def test_what_the_font_has_not_is_marked_and_reported() -> None:
    made = to_pdf(document(text_line("龘龘😀ŵ")), AT)
    assert {each.character for each in made.replaced} >= {"😀"}
    assert "?" not in pages_of(made.content)[0]
    assert Replaced("ŵ", "w") in made.replaced


def test_a_pdf_embeds_only_what_it_uses_and_has_no_address_of_a_font() -> None:
    made = to_pdf(document(text_line("检验", bold=True), text_line("报告")), AT)
    assert len(made.content) < 20_000
    assert made.content.count(b"/FontFile3") == 2


def test_the_same_document_gives_the_same_bytes_whenever_it_is_made() -> None:
    paper = document(text_line("检验"), Qr(URL), Barcode("A017"), Table((Column(1),), (Row(("a",)),), ruled=True))
    assert to_pdf(paper, AT).content == to_pdf(paper, AT).content
    assert to_pdf(paper).content == to_pdf(paper).content
    assert to_pdf(paper, AT).content != to_pdf(paper).content
    assert to_png(paper, WIDE).content == to_png(paper, WIDE).content
    year = str(datetime.now(UTC).year).encode()
    assert not re.search(rb"D:" + year, to_pdf(paper).content)


@pytest.mark.parametrize("width", Width)
def test_codes_can_be_read_from_every_picture(width: Width) -> None:
    profile = NARROW if width in (Width.RECEIPT58, Width.LABEL) else WIDE
    made = to_png(document(Qr(URL, "扫码查看进度"), Space(), Barcode("A017"), width=width), profile, AT)
    codes = codes_in(made.content)
    assert sorted(codes.values()) == ["A017", URL]


def test_codes_are_lines_and_not_pixels_in_a_pdf() -> None:
    assert b"/Subtype /Image" not in to_pdf(document(Qr(URL), Barcode("A017")), AT).content


def test_a_long_table_has_its_head_on_every_page_and_pages_are_numbered() -> None:
    table = Table(
        (Column(1, "项目"), Column(1, "值")), tuple(Row((f"第{n}项", str(n))) for n in range(120)), ruled=True
    )
    pages = pages_of(to_pdf(document(table), AT).content)
    assert len(pages) == 3
    assert all("项目" in page for page in pages)
    assert [page.split()[-3:] for page in pages] == [[str(n), "/", "3"] for n in (1, 2, 3)]
    assert all(f"第{n}项" in "".join(pages) for n in range(120))


def test_a_report_a_little_too_long_is_set_smaller_and_stays_one_page() -> None:
    rows = tuple(Row((f"第{n}项", str(n))) for n in range(52))
    table = Table((Column(1, "项目"), Column(1, "值")), rows, ruled=True)
    assert len(pages_of(to_pdf(document(table), AT).content)) == 2
    assert len(pages_of(to_pdf(document(table, kind=DocumentKind.REPORT), AT).content)) == 1
    longest = replace(table, rows=rows * 3)
    assert len(pages_of(to_pdf(document(longest, kind=DocumentKind.REPORT), AT).content)) > 1


def test_every_page_of_a_simulated_document_says_so() -> None:
    blocks = [text_line(f"第{n}行") for n in range(120)]
    pages = pages_of(to_pdf(document(*blocks, simulated=True), AT).content)
    assert len(pages) > 1
    assert all(page.count(SIMULATED_MARK) >= 2 for page in pages)
    assert SIMULATED_MARK not in "".join(pages_of(to_pdf(document(*blocks), AT).content))
    assert (
        SIMULATED_MARK in pages_of(to_pdf(document(*blocks[:2], width=Width.RECEIPT80, simulated=True), AT).content)[0]
    )


def test_a_receipt_as_a_pdf_is_one_page_as_long_as_its_text() -> None:
    short = pypdfium2.PdfDocument(to_pdf(document(text_line("一"), width=Width.RECEIPT80), AT).content)
    long = pypdfium2.PdfDocument(to_pdf(document(*[text_line("一")] * 90, width=Width.RECEIPT80), AT).content)
    assert len(short) == len(long) == 1
    assert round(short[0].get_width() * 25.4 / 72) == 80
    assert long[0].get_height() > 4 * short[0].get_height()


def test_a_picture_of_a_receipt_is_as_wide_as_its_paper_in_dots() -> None:
    for profile, millimetres in ((WIDE, 80), (NARROW, 56)):
        picture = Image.open(io.BytesIO(to_png(document(text_line("检"), width=Width.RECEIPT80), profile).content))
        assert picture.mode == "1"
        assert picture.width == millimetres * profile.dots_per_mm


def test_letters_of_twice_the_size_have_about_four_times_the_dots() -> None:
    def dots(size: Size) -> int:
        made = to_png(document(text_line("检验", size=size), width=Width.RECEIPT80), WIDE)
        return int((np.asarray(Image.open(io.BytesIO(made.content)).convert("L")) == 0).sum())

    assert 3.4 < dots(Size.LARGE) / dots(Size.NORMAL) < 5


def test_plain_text_has_everything_in_its_place() -> None:
    paper = document(
        text_line("收费单", Align.CENTRE), Drawer(), Pair("应收", "￥120.00"), Rule(), Qr(URL, "扫码"), Barcode("A017"), Cut(),
        width=Width.RECEIPT58,
    )  # fmt: skip
    lines = to_text(paper).splitlines()
    assert lines == [
        " " * 13 + "收费单", "应收" + " " * 20 + "￥120.00", "-" * 32, f"[QR {URL}]", " " * 14 + "扫码", "[CODE128 A017]",
        ("- " * 16),
    ]  # fmt: skip


@given(st.lists(st.text(max_size=40), max_size=4), st.integers(2, 60))
def test_nothing_is_lost_and_nothing_sticks_out_when_text_is_broken(texts: list[str], width: int) -> None:
    lines = wrap([Run(text, bold=bool(n % 2)) for n, text in enumerate(texts)], width, lambda run: cells_of(run.text))
    assert all(sum(cells_of(run.text) for run in line) <= width for line in lines)
    kept = "".join(run.text for line in lines for run in line)
    assert "".join(kept.split()) == "".join("".join(texts).split())


def test_a_profile_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError) as refused:
        read_profile("../default")
    assert str(refused.value.problem.params["known"]) == ", ".join(profile_names())


@pytest.mark.parametrize(
    "wrong", ["cells = 200", "dots_per_mm = 0", "drawer_pin = 3", "cutter = 'saw'", "cells = 'x'", "cells = = 1"]
)
def test_a_profile_that_cannot_be_right_is_refused(tmp_path: object, wrong: str) -> None:
    from pathlib import Path

    from carcheck_desktop.printing.profiles import FOLDER

    folder = Path(str(tmp_path))
    key = wrong.partition(" ")[0]
    text = (FOLDER / "default.toml").read_text(encoding="utf-8")
    (folder / "bad.toml").write_text(re.sub(rf"^{key} = .*$", wrong, text, flags=re.MULTILINE), encoding="utf-8")
    with pytest.raises(DataError):
        read_profile("bad", folder)
