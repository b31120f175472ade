"""The exhaust of a car while it is measured: phase, a bar for each value with its limits, the engine speed over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard
from carcheck_desktop.ui.widgets.charts.gauge import Gauge

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.exhaust import ExhaustState
    from carcheck_desktop.ui.widgets.charts.curve_samples import Trace

LEAST_PLOT_PX = 130
"""Height that the engine speed needs below the bars, at scale 1."""
GAUGES = 6
COLUMNS = 2


class ExhaustCard(QFrame):
    """Takes the place of the brake curve while an item of the exhaust is shown."""

    def __init__(self, words: Words, name: str = "exhaust_card") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._title = Label("", "section", elided=True)
        self._left = Label("", "title")
        self._phase = Chip(f"{name}_phase")
        self._gauges = [Gauge(f"{name}_gauge_{number}") for number in range(GAUGES)]
        self.curve = CurveCard(words, f"{name}_speed", compact=True)
        self._shown: ExhaustState | None = None
        head = row(self._title, spacing=SPACE_M)
        head.addStretch(1)
        head.addWidget(self._left)
        head.addWidget(self._phase)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        for number, gauge in enumerate(self._gauges):
            grid.addWidget(gauge, number // COLUMNS, number % COLUMNS)
        whole = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S))
        whole.addLayout(head)
        whole.addLayout(grid)
        whole.addWidget(self.curve, 1)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_exhaust(self, state: ExhaustState, trace: Trace | None) -> None:
        """Show another moment; parts that stayed the same are left alone."""
        if state != self._shown:
            self._shown = state
            self._title.show_text(state.title)
            self._left.show_text(state.left)
            self._phase.show_chip(Tone.RUNNING if state.plot.is_running else Tone.NEUTRAL, "gauge", state.phase)
            self._phase.setVisible(bool(state.phase))
            self._show_gauges(state)
            self.setAccessibleName(", ".join(part for part in (state.title, state.phase, state.left) if part))
        self.curve.show_plot(state.plot, trace)
        self._fit()

    def _fit(self) -> None:
        """Leave the engine speed to its bar where there is no room for both."""
        state = self._shown
        if state is None or not state.gauges:
            self.curve.setVisible(state is not None)
            return
        lines = -(-GAUGES // COLUMNS)
        bars = lines * (self._gauges[0].minimumHeight() + SPACE_S) + self._phase.sizeHint().height() + 4 * SPACE_S
        self.curve.setVisible(self.height() >= bars + look_of(self).px(LEAST_PLOT_PX))

    def _show_gauges(self, state: ExhaustState) -> None:
        for gauge, each in zip(self._gauges, state.gauges, strict=False):
            gauge.show_gauge(each)
        height = max(gauge.sizeHint().height() for gauge in self._gauges)
        for gauge in self._gauges:
            gauge.setVisible(bool(state.gauges))
            gauge.setMinimumHeight(height)  # bars of one line stand beside each other, with limits or without

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
