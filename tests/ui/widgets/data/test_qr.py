"""A QR code that is painted is read back by a reader that knows nothing of us."""

from __future__ import annotations

from typing import cast

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import WALL
from carcheck_desktop.ui.widgets.data.qr import Qr, draw_qr, modules
from carcheck_desktop.ui.widgets.data.states import Phase, QrState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ADDRESS = "https://station.example/p/7Qm2xVb9TnK4"


def read(image: QImage) -> list[str]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    packed = b"".join(bytes(cast("memoryview", grey.constScanLine(y))[: grey.width()]) for y in range(grey.height()))
    flat = memoryview(packed).cast("B", (grey.height(), grey.width()))
    return [found.text for found in zxingcpp.read_barcodes(flat)]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("text", [ADDRESS, "排队号 A-017 粤B12345 ￥℃"])
def test_what_a_window_shows_is_read_back(app: QApplication, words: Words, text: str, scale: float) -> None:
    part = Qr("qr", words)
    wear(part, Look(WALL, scale=scale))
    part.show_qr(QrState(text, caption="扫码查看进度"))
    part.resize(part.sizeHint())
    assert read(part.grab().toImage()) == [text]
    assert "扫码查看进度" in part.accessibleName()
    assert part.accessibleDescription() == text


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=120))
def test_any_text_is_read_back(text: str) -> None:
    matrix = modules(text)
    assert matrix is not None
    image = QImage(420, 420, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    pixels = draw_qr(painter, matrix, QRect(0, 0, 420, 420))
    painter.end()
    assert pixels >= 2
    assert read(image) == [text]


def test_a_module_is_whole_pixels_and_a_place_too_small_draws_nothing() -> None:
    matrix = modules(ADDRESS)
    assert matrix is not None
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    assert draw_qr(painter, matrix, QRect(0, 0, 300, 299)) == 299 // (len(matrix) + 8)
    assert draw_qr(painter, matrix, QRect(0, 0, len(matrix) + 8, 300)) == 0
    painter.end()


def test_a_text_too_long_for_any_code_is_said(app: QApplication, words: Words) -> None:
    assert modules("x" * 3000) is None
    part = Qr("qr", words)
    part.show_qr(QrState("x" * 3000, caption="c"))
    part.resize(200, 200)
    assert part.accessibleName() == "内容过长，无法生成二维码"
    assert read(part.grab().toImage()) == []


def test_no_code_yet_is_said(app: QApplication, words: Words) -> None:
    part = Qr("qr", words)
    part.show_qr(QrState("", phase=Phase.LOADING, note="正在生成"))
    assert part.accessibleName() == "正在生成"
