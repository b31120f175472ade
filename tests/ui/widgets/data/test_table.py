"""A table: sorted, found by typing, driven by keys, and only what changed is painted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.ui.widgets.data.states import CellState, ColumnState, LineOfCells, Phase, TableState
from carcheck_desktop.ui.widgets.data.table.model import find_row, sorted_rows
from carcheck_desktop.ui.widgets.data.table.table import Table

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COLUMNS = (
    ColumnState("plate", "号牌", 100),
    ColumnState("name", "所有人", grows=True),
    ColumnState("mass", "质量", 90, is_figure=True),
)


def row(number: int, mass: float) -> LineOfCells:
    cells = (CellState(f"粤B{number:05d}"), CellState(f"name {number}"), CellState(f"{mass:.0f} kg", order=mass))
    return LineOfCells(f"k{number}", cells)


def table(count: int = 5, phase: Phase = Phase.READY, note: str = "") -> TableState:
    return TableState(COLUMNS, tuple(row(n, (n * 37) % 11 * 100) for n in range(count)), phase, note)


@pytest.fixture
def shown(app: QApplication) -> Table:
    part = Table("cars", "车辆")
    part.show_table(table())
    part.resize(600, 300)
    part.show()
    part.view.setFocus()
    return part


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_figures_are_sorted_as_numbers(masses: list[float]) -> None:
    rows = tuple(row(number, mass) for number, mass in enumerate(masses))
    found = [each.cells[2].order for each in sorted_rows(rows, 2, falling=False)]
    assert found == sorted(masses)


def test_typing_finds_the_next_row_around_the_end() -> None:
    rows = table(5).rows
    assert find_row(rows, "NAME 3", 0) == 3
    assert find_row(rows, "name", 4) == 4
    assert find_row(rows, "粤b00001", 3) == 1
    assert find_row(rows, "zz", 0) is None


def test_keys_go_to_the_ends_and_find_what_is_typed(shown: Table) -> None:
    QTest.keyClick(shown.view, Qt.Key.Key_End)
    assert shown.key == "k4"
    QTest.keyClick(shown.view, Qt.Key.Key_Home)
    assert shown.key == "k0"
    QTest.keyClicks(shown.view, "name 2")
    assert shown.key == "k2"
    opened: list[str] = []
    shown.opened.connect(opened.append)
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert opened == ["k2"]
    QTest.keyClick(shown.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[1] == "name 2"


def test_the_chosen_row_stays_chosen_when_rows_are_sorted_or_come(shown: Table) -> None:
    told: list[str] = []
    shown.show_table(table(), "k3")
    shown.chosen.connect(told.append)
    shown.sort_by(2)
    assert shown.key == "k3"
    orders = [each.cells[2].order for each in shown.view.rows.rows]
    assert orders == sorted(orders)  # type: ignore[type-var]
    shown.sort_by(2)
    shown.show_table(table(50))
    assert shown.key == "k3"
    assert told == []


def test_only_the_cell_that_changed_is_told(shown: Table) -> None:
    told: list[tuple[int, int]] = []
    shown.view.rows.dataChanged.connect(lambda a, b, roles: told.append((a.row(), a.column())))
    rows = list(table().rows)
    rows[2] = LineOfCells("k2", (*rows[2].cells[:2], CellState("1 kg", order=1.0)))
    shown.show_table(TableState(COLUMNS, tuple(rows)))
    assert told == [(2, 2)]


@pytest.mark.parametrize("phase", [Phase.LOADING, Phase.OFFLINE, Phase.ERROR, Phase.EMPTY])
def test_a_table_without_rows_says_why(shown: Table, phase: Phase) -> None:
    shown.show_table(TableState(COLUMNS, (), phase, "正在读取"))
    assert shown.empty.isVisible()
    assert shown.empty.accessibleName() == "正在读取"


def test_ten_thousand_rows_are_shown_sorted_and_walked_without_waiting(app: QApplication) -> None:
    part = Table("cars", "车辆")
    part.resize(900, 600)
    part.show()
    start = time.perf_counter()
    part.show_table(table(10_000))
    part.sort_by(2)
    app.processEvents()
    QTest.keyClick(part.view, Qt.Key.Key_End)
    assert time.perf_counter() - start < 2.0
    start = time.perf_counter()
    for _ in range(20):
        QTest.keyClick(part.view, Qt.Key.Key_PageUp)
        app.processEvents()
    assert (time.perf_counter() - start) / 20 < 0.1
