"""The curve with its legend: forces as figures, what is needed, how much is missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.charts.curve import CurveView
from carcheck_desktop.ui.widgets.charts.curve_samples import Samples
from carcheck_desktop.ui.widgets.notices.empty import Empty

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.charts.states import CurveState


class Swatch(QWidget):
    """A short piece of a line as it is drawn in the curve, in a colour of the palette."""

    def __init__(self, colour: str, dash: tuple[float, float] | None = None) -> None:
        super().__init__()
        self._colour = colour
        self._dash = dash
        self.setFixedSize(26, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(getattr(look_of(self).palette, self._colour)), 3)
        if self._dash:
            pen.setDashPattern(self._dash)
        painter.setPen(pen)
        middle = QRectF(self.rect()).center().y()
        painter.drawLine(1, round(middle), self.width() - 1, round(middle))
        painter.end()


class CurveCard(QFrame):
    """Title, legend with figures, and the curve; or why there is none."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("curve_card")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._words = words
        self._samples = Samples()
        self._state: CurveState | None = None
        self._title = Label("", "section", elided=True)
        self._figures = {name: Label("", "strong") for name in ("left", "right", "sum")}
        texts = {name: words(f"ui.curve.{name}") for name in ("title", "force", "time")}
        self.curve = CurveView("brake_curve", texts)
        self.empty = Empty("curve_empty", "activity")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.curve)
        self._legend = self._make_legend()
        head = row(self._title, self._legend, spacing=SPACE_M)
        whole = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_M, SPACE_M, SPACE_S))
        whole.addLayout(head)
        whole.addLayout(self._stack, 1)
        self.setLayout(whole)

    def _make_legend(self) -> QFrame:
        legend = panel("clear", "curve_legend")
        line = row(spacing=SPACE_S)
        signs = {
            "left": Swatch("curve_left"),
            "right": Swatch("curve_right", (2.5, 1.2)),
            "sum": Swatch("curve_sum"),
        }
        for name, sign in signs.items():
            line.addWidget(sign)
            line.addWidget(Label(self._words(f"ui.curve.{name}")))
            self._figures[name].setMinimumWidth(70)
            line.addWidget(self._figures[name])
        legend.setLayout(line)
        return legend

    def show_curve(self, state: CurveState, samples: Samples | None) -> None:
        """Show the curve of a run, or why there is none."""
        has_curve = samples is not None and bool(samples.left_daN)
        if state != self._state:
            self._state = state
            self._title.show_text(state.title)
            self.empty.show_empty(state.empty)
        self._stack.setCurrentWidget(self.curve if has_curve else self.empty)
        self._legend.setVisible(has_curve)
        if samples is not None:
            self._samples = samples
            self.curve.show_curve(samples, state.demanded_sum_daN)
            self.refresh()

    def refresh(self) -> None:
        """Take over samples that were added."""
        self.curve.grown()
        newest, top = self._samples.newest(), self._samples.top_sum()
        left, right = newest if newest else (math.nan, math.nan)
        for name, force in (("left", left), ("right", right), ("sum", left + right)):
            self._figures[name].show_text("– daN" if math.isnan(force) else f"{force:.0f} daN")
        demanded = self._state.demanded_sum_daN if self._state else None
        if demanded is not None:
            self.curve.show_needed(self._needed(demanded, top or 0.0))

    def _needed(self, demanded: float, top: float) -> str:
        """Say what is demanded of both wheels together and how much of it is still missing."""
        if top >= demanded:
            return self._words("ui.curve.reached", demanded=f"{demanded:.0f}")
        missing = f"{math.ceil(demanded - top)}"
        return self._words("ui.curve.missing", demanded=f"{demanded:.0f}", missing=missing)
