"""All lanes in a grid; arrow keys go from lane to lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from carcheck_desktop.ui.control.parts.lane_panel import LEAST_PX, LanePanel
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.state import PanelState
    from carcheck_desktop.ui.widgets.charts.curve_samples import Samples

    Curves = Callable[[str], Samples | None]


def columns_for(lanes: int) -> int:
    """Return how many lanes stand side by side."""
    if lanes <= 3:
        return max(1, lanes)
    return 2 if lanes == 4 else 3 if lanes <= 9 else 4


class Overview(QScrollArea):
    """One panel a lane; `chosen` and `opened` carry the lane."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("overview")
        self.setAccessibleName(words("ui.lanes.title"))
        self.setWidgetResizable(True)
        self.setFrameShape(qt.NO_FRAME)
        self.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
        self.setFocusPolicy(qt.NO_FOCUS)
        self._words = words
        self._columns = 1
        self.panels: list[LanePanel] = []
        inner = self._inner = QWidget()
        inner.setObjectName("overview_grid")
        inner.setProperty("kind", "clear")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_M)
        self.setWidget(inner)

    def show_lanes(self, states: tuple[PanelState, ...], curves: Curves) -> None:
        """Show these lanes."""
        if len(states) != len(self.panels):
            self._arrange(len(states))
        for each, state in zip(self.panels, states, strict=True):
            is_new_choice = state.is_chosen and not (each.shown is not None and each.shown.is_chosen)
            each.show_lane(state, curves(state.curve.run_id))
            if is_new_choice:
                self.ensureWidgetVisible(each)

    def show_curves(self, curves: Curves) -> None:
        """Draw what has come of the curves."""
        for each in self.panels:
            if each.shown is not None and each.shown.curve.is_running:
                each.show_samples(curves(each.shown.curve.run_id))

    def _arrange(self, count: int) -> None:
        while len(self.panels) > count:
            gone = self.panels.pop()
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.panels) < count:
            made = LanePanel(len(self.panels) + 1, self._words)
            made.chosen.connect(self.chosen)
            made.opened.connect(self.opened)
            self.panels.append(made)
        self._columns = columns_for(count)
        lines = -(-count // self._columns)
        for line in range(self._grid.rowCount() + lines):
            self._grid.setRowStretch(line, int(line < lines))
        self.fit()
        for number, each in enumerate(self.panels):
            self._grid.addWidget(each, number // self._columns, number % self._columns)
        for place in range(4):
            self._grid.setColumnStretch(place, int(place < self._columns))

    def fit(self) -> None:
        """Scroll only when the panels would lose their words; wrapped texts would ask for far more."""
        lines = -(-len(self.panels) // self._columns)
        for each in self.panels:
            each.fit()
        self._inner.setMinimumSize(1, lines * (look_of(self).px(LEAST_PX) + SPACE_M))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def focus_chosen(self) -> None:
        """Give the focus to the chosen lane's panel."""
        for each in self.panels:
            if each.shown is not None and each.shown.is_chosen:
                each.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        focused = next((number for number, each in enumerate(self.panels) if each.hasFocus()), -1)
        if event.key() == Qt.Key.Key_Space and focused >= 0:
            shown = self.panels[focused].shown
            self.opened.emit(shown.lane if shown else "")
        elif step is not None and 0 <= focused + step < len(self.panels) and focused >= 0:
            self.panels[focused + step].setFocus()
        else:
            super().keyPressEvent(event)
