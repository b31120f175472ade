"""Both windows in every situation, language and size: nothing clipped, nameless, foreign or out of reach."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from carcheck_desktop.ui.widgets.picture import save_picture
from tests.ui import looking, scenes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DATA = (
    "深圳市安达机动车检测站", "王建国", "粤BD28837", "粤B39C71", "湘A7Q20K", "粤BAD5519", "桂C60H12", "粤B39C7",
    "粤", "湘", "桂", "浙", "京", "挂",
)  # fmt: skip
DESK = ((1366, 768), (1920, 1080))
WALLS = ((1920, 1080), (3840, 2160), (1366, 768))
CASES = {**dict.fromkeys(scenes.CONTROL, DESK), **dict.fromkeys(scenes.HALL, WALLS)}


def shown(name: str, language: str, size: tuple[int, int]) -> tuple[QWidget, QWidget]:
    window = {**scenes.CONTROL, **scenes.HALL}[name](language)
    window.resize(*size)
    window.show()
    scenes.settle(window)
    return window, scenes.front(window)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", CASES)
def test_nothing_is_clipped_nameless_or_without_words(app: QApplication, name: str, language: str) -> None:
    sizes = CASES[name]
    window, front = shown(name, language, sizes[0])
    for size in sizes:
        window.resize(*size)
        scenes.settle(window)
        assert looking.clipped_texts(front) == [], size
        assert looking.overlapping_texts(front) == [], size
    assert looking.nameless_controls(front) == []
    assert looking.uncatalogued_texts(front) == []
    if language == "en":
        assert looking.foreign_texts(front, DATA) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", scenes.CONTROL)
def test_no_instruction_reason_or_row_is_cut(app: QApplication, name: str, language: str) -> None:
    window, front = shown(name, language, (1366, 740))
    scenes.settle(window)
    assert looking.cut_instructions(front) == []
    assert looking.cut_rows(front, "item_list") == []


@pytest.mark.parametrize("name", ["braking", "stopped", "rollers_turn", "lane_silent", "ready"])
def test_a_zoomed_small_screen_keeps_the_stop_and_the_instructions(app: QApplication, name: str) -> None:
    """1366 x 768 at 125 %: 1093 x 614 without the title bar."""
    window, front = shown(name, "zh_CN", DESK[0])
    window.setMinimumSize(1, 1)
    window.resize(1085, 570)
    scenes.settle(window)
    assert (window.width(), window.height()) == (1085, 570)
    stop = window.findChild(QPushButton, "stop_button")
    assert stop is not None
    assert window.rect().contains(stop.rect().translated(stop.mapTo(window, QPoint(0, 0))))
    assert looking.clipped_texts(front) == []
    assert looking.cut_instructions(front) == []
    assert looking.cut_rows(front, "item_list") == []


@pytest.mark.parametrize("name", scenes.CONTROL)
def test_every_control_is_reached_by_the_tab_key(app: QApplication, name: str) -> None:
    _window, front = shown(name, "zh_CN", DESK[0])
    front.activateWindow()
    app.processEvents()
    assert looking.unreachable_controls(front) == []


def test_the_looks_find_what_was_planted(app: QApplication) -> None:
    window = QWidget()
    window.setObjectName("planted")
    box = QVBoxLayout(window)
    clipped, foreign, code = QLabel("this text is far too long"), QLabel("中文"), QLabel("ui.some.code")
    clipped.setFixedWidth(30)
    nameless = QPushButton("x")
    for part in (clipped, foreign, code, nameless):
        box.addWidget(part)
    over = QLabel("over", window)
    over.move(clipped.pos())
    window.show()
    app.processEvents()
    over.move(clipped.pos())
    app.processEvents()
    assert any("far too long" in line for line in looking.clipped_texts(window))
    assert looking.overlapping_texts(window)
    assert looking.nameless_controls(window)
    assert looking.foreign_texts(window, ())
    assert looking.uncatalogued_texts(window)
    assert looking.unreachable_controls(window) == []
    window.close()


def test_the_looks_find_a_control_that_the_tab_key_never_reaches(app: QApplication) -> None:
    window = QWidget()
    box = QVBoxLayout(window)
    fields = [QLineEdit() for _ in range(3)]
    for number, field in enumerate(fields):
        field.setObjectName(f"field_{number}")
        box.addWidget(field)
    window.show()
    fields[0].setFocus()
    assert looking.unreachable_controls(window) == []
    fields[0].setFocus()
    fields[1].setFocusProxy(fields[0])
    assert looking.unreachable_controls(window) == ["field_1"]
    window.close()


def test_chinese_is_drawn_with_our_font_and_not_as_boxes(app: QApplication) -> None:
    from PySide6.QtGui import QImage, QPainter, QRawFont

    from carcheck_desktop.ui.theme.fonts import FAMILY, font

    raw = QRawFont.fromFont(font(32))
    assert raw.familyName() == FAMILY
    wanted = "检测线℃￥≥挂渝鄂沪0123456789·"
    assert all(raw.supportsCharacter(ord(character)) for character in wanted)

    def drawn(text: str) -> bytes:
        picture = QImage(48, 48, QImage.Format.Format_Grayscale8)
        picture.fill(255)
        painter = QPainter(picture)
        painter.setFont(font(32))
        painter.drawText(picture.rect(), text)
        painter.end()
        return bytes(picture.constBits())

    assert drawn("检") != drawn("\U0010fffd")
    assert len({raw.advancesForGlyphIndexes(raw.glyphIndexesForString(digit))[0].x() for digit in "0123456789"}) == 1


def test_a_picture_of_a_window_is_written(app: QApplication, tmp_path: object) -> None:
    from pathlib import Path

    from PySide6.QtGui import QImage

    assert isinstance(tmp_path, Path)
    window, _ = shown("braking", "zh_CN", DESK[0])
    path = save_picture(window, tmp_path / "pictures" / "control.png")
    assert QImage(str(path)).size() == window.size()
