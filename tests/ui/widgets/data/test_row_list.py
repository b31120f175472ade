"""Rows of a list: their sentences have room, what is cut is told, the focus is seen and chooses nothing by itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from carcheck_desktop.ui.theme.density import TOUCH
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.data.rows.layout import place
from carcheck_desktop.ui.widgets.data.states import RowState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
REASON = "设备“滚筒制动台”的端口 /dev/ttyS4 没有应答，请检查电源和数据线，然后重新连接。"
PLATE = PlateState("粤B1234挂", "15")
WORDS = st.text(alphabet="检测线轴重 brake/ttyS4·12.5%", max_size=60)


@pytest.fixture
def window(app: QApplication) -> QWidget:
    made = QWidget()
    made.setLayout(QVBoxLayout())
    return made


def shown(window: QWidget, *rows: RowState, chosen: str = "", most: int = 0) -> RowList:
    made = RowList("rows", "检测线", 44, most=most)
    box = window.layout()
    assert box is not None
    box.addWidget(QPushButton("前"))
    box.addWidget(made)
    wear(window, Look())
    made.show_rows(rows, chosen)
    window.resize(260, 600)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return made


def test_a_sentence_takes_the_lines_it_needs_and_the_list_is_as_high_as_its_rows(window: QWidget) -> None:
    rows = shown(window, RowState("a", "1 号线", "空闲"), RowState("b", "2 号线", REASON), most=4)
    short, long = (rows.visualRect(rows.model().index(number, 0)).height() for number in range(2))
    assert short == 46
    assert long > short
    assert rows.viewport().height() == short + long
    window.resize(900, 600)
    QApplication.processEvents()
    assert rows.visualRect(rows.model().index(1, 0)).height() == 46


def test_a_reason_that_comes_later_makes_its_row_higher_at_once(window: QWidget) -> None:
    rows = shown(window, RowState("a", "1 号线", "空闲"), most=4)
    before = rows.height()
    rows.show_rows((RowState("a", "1 号线", REASON),))
    QApplication.processEvents()
    assert rows.height() > before
    assert rows.visualRect(rows.model().index(0, 0)).height() == rows.viewport().height()


def test_what_is_longer_than_three_lines_is_told_as_a_tool_tip(window: QWidget) -> None:
    state = RowState("a", "1 号线", REASON * 3, "报警")
    placed = place(state, Look(), 220, 44)
    assert len(placed.detail) == 3
    assert placed.detail[-1].text.endswith("…")
    rows = shown(window, state)
    assert state.detail in rows.model().data(rows.model().index(0, 0), Qt.ItemDataRole.ToolTipRole)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(WORDS, WORDS, st.text(alphabet="等待 Enter12", max_size=24), st.sampled_from(("", "flag"))),
    st.sampled_from((None, PLATE)), st.integers(180, 900), st.sampled_from((1.0, 1.5)),
)  # fmt: skip
def test_nothing_in_a_row_lies_over_another_part_or_leaves_it(
    app: QApplication, words: tuple[str, str, str, str], plate: PlateState | None, width: int, scale: float
) -> None:
    state = RowState("a", *words, plate=plate, steps=(Tone.GOOD, Tone.NEUTRAL))
    placed = place(state, Look(density=TOUCH, scale=scale), width, 44)
    lines = [line.box for line in (*placed.title, *placed.detail)]
    used = [box.toRect() for box in (*lines, placed.plate, placed.icon, placed.steps) if not box.isEmpty()]
    used += [line.box.toRect().adjusted(line.box.toRect().width() // 2, 0, 0, 0) for line in placed.trailing]
    for box in used:
        assert box.top() >= 0
        assert box.bottom() <= placed.height
        assert box.right() <= width
    for one, other in pairwise(lines):
        assert other.top() >= one.bottom() - 1
    for line in placed.trailing:
        assert not line.box.adjusted(width * 0.7, 2, 0, -2).intersects(placed.plate.adjusted(0, 2, 0, -2))


def test_passing_by_with_tab_chooses_nothing_but_shows_where_one_is(window: QWidget) -> None:
    rows = shown(window, RowState("a", "1 号线"), RowState("b", "2 号线"))
    told: list[str] = []
    rows.chosen.connect(told.append)
    without = rows.grab().toImage()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert told == []
    assert not rows.currentIndex().isValid()
    assert rows.grab().toImage() != without
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert told == ["a"]
    rows.clearFocus()
    rows.show_rows(rows.rows)
    assert rows.grab().toImage() == without


def test_the_chosen_row_stays_in_sight_when_the_room_becomes_less(window: QWidget) -> None:
    rows = shown(window, *(RowState(str(number), f"{number} 号线", REASON) for number in range(8)), chosen="6")
    for height in (500, 260, 160):
        window.resize(260, height)
        QApplication.processEvents()
        assert rows.viewport().rect().intersects(rows.visualRect(rows.currentIndex()))
