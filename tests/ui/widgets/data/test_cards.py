"""Verdict cards, device tiles and pairs: said in full, pressed by key, copied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.charts.states import limit_bar
from carcheck_desktop.ui.widgets.data.device_tile import DeviceTile
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.states import CardState, PairState, TileState
from carcheck_desktop.ui.widgets.data.verdict_card import VerdictCard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BAR = limit_bar(52.1, 60.0, Tone.BAD, "≥ 60 %", is_most=False)
CARD = CardState(
    "轴制动率", Tone.BAD, "circle-x", "不合格", "52.1", "%", "限值 ≥ 60 %", "裕量 −7.9 %", "精确值 52.137 %", "GB 7258",
    doubt="须对照原文", bar=BAR, key="B1/rate", explain="按 Enter 查看依据",
)  # fmt: skip


@pytest.mark.parametrize("compact", [False, True])
def test_a_verdict_is_said_in_full_and_asked_why_by_key_and_mouse(app: QApplication, compact: bool) -> None:
    card = VerdictCard("card", compact=compact)
    card.show_card(CARD)
    card.show()
    for part in ("轴制动率", "不合格", "52.1 %", "限值 ≥ 60 %", "须对照原文"):
        assert part in card.accessibleName()
    asked: list[str] = []
    card.pressed.connect(asked.append)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert asked == ["B1/rate", "B1/rate"]


def test_a_card_without_an_explanation_is_no_tab_stop(app: QApplication) -> None:
    card = VerdictCard("card")
    card.show_card(replace(CARD, explain=""))
    asked: list[str] = []
    card.pressed.connect(asked.append)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert asked == []
    assert card.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_what_does_not_count_has_a_reason_and_no_bar(app: QApplication) -> None:
    card = VerdictCard("card")
    card.show_card(replace(CARD, tone=Tone.CAUTION, value="–", unit="", bar=None, reason="车轮提前抱死"))
    card.show()
    assert card._reason.isVisible()
    assert not card._bar.isVisible()
    assert "车轮提前抱死" in card.accessibleDescription()


def test_the_bar_has_room_for_value_and_limit() -> None:
    assert BAR.low <= 0
    assert BAR.high > 60
    assert limit_bar(-8.0, -5.0, Tone.BAD, "", is_most=False).low < -8.0


def test_a_tile_opens_with_its_key_and_says_when_it_was_heard(app: QApplication) -> None:
    tile = DeviceTile("tile", opens=True)
    tile.show_tile(TileState("brake", "制动台", "COM3", Tone.OFF, "cloud-off", "状态未知", seen="最后应答 10:02"))
    opened: list[str] = []
    tile.pressed.connect(opened.append)
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert opened == ["brake"]
    assert "最后应答 10:02" in tile.accessibleName()


def test_a_value_is_chosen_by_arrows_and_copied(app: QApplication) -> None:
    pairs = Pairs("pairs", 2, copies=True)
    pairs.show_pairs(
        (PairState("VIN", "LSVAM4187C2184847"), PairState("质量", "1495 kg"), PairState("驱动", "4×2", doubt="请核对"))
    )
    pairs.show()
    QTest.keyClick(pairs, Qt.Key.Key_Down)
    QTest.keyClick(pairs, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "4×2"
    assert "请核对" in pairs.accessibleName()
    pairs.show_pairs((PairState("VIN", "A"),))
    QTest.keyClick(pairs, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "A"
