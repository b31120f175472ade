"""One judged quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.charts.gauge import draw_bar
from carcheck_desktop.ui.widgets.data.painting import Painted, Pressable
from carcheck_desktop.ui.widgets.data.states import CardState

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.widgets.charts.states import GaugeState


OVERHANG_PX = 3
"""Letters at the right end reach a little beyond their own width."""


class LimitBar(Painted):
    """Value against limit, without words."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._state: GaugeState | None = None
        self.setSizePolicy(qt.GROWING, qt.FIXED)

    def show_bar(self, state: GaugeState | None) -> None:
        """Show another value, or nothing."""
        self.setVisible(state is not None)
        if state != self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(60), look.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter = self.begin()
        look = self.look()
        edge, height = look.px(5), look.px(9)
        bar = QRectF(edge, (self.height() - height) / 2, self.width() - 2 * edge, height)
        draw_bar(painter, self._state, bar, look)
        self.finish(painter)


class VerdictCard(Pressable):
    """One judged quantity: value large, limit and margin beside it, bar and source below.

    A `compact` card is one line. `pressed` asks to explain the verdict of the card's key.
    """

    def __init__(self, name: str, *, compact: bool = False) -> None:
        super().__init__(name)
        self.setProperty("kind", "tile")
        self.setAttribute(qt.STYLED)
        self._compact = compact
        self._title = Label("", "strong", elided=True)
        self._chip_icon = Icon(20)
        self._outcome = Label("", "strong")
        self._value = Label("", "strong" if compact else "figure")
        self._unit = Label("", "strong")
        self._limit = Label("", "" if compact else "strong")
        self._margin = Label()
        self._bar = LimitBar(f"{name}_bar")
        self._origin = Label("", "caption", elided=True)
        self._reason = Label("", "value", wrap=True)
        self._doubt_icon = Icon(14)
        self._doubt = Label("", "caption", elided=True)
        self._doubt_icon.show_icon("triangle-alert", Tone.CAUTION)
        restyle(self._doubt, tone=Tone.CAUTION.value)
        self._doubt_row = panel("clear", f"{name}_doubt")
        self._doubt_row.setLayout(row(self._doubt_icon, self._doubt, spacing=SPACE_XS))
        if compact:
            self._lay_out_line()
        else:
            self._lay_out()

    def _lay_out_line(self) -> None:
        line = row(
            self._chip_icon, self._title, self._value, self._unit, spacing=SPACE_S, margins=(SPACE_S, 3, SPACE_S, 3)
        )
        line.setStretch(1, 1)
        for part in (self._limit, self._margin, self._doubt_icon, self._outcome):
            line.addWidget(part)
        self.setLayout(line)

    def _lay_out(self) -> None:
        head = row(self._title, self._chip_icon, self._outcome, spacing=SPACE_XS + 2)
        figures = row(self._value, self._unit, spacing=SPACE_XS)
        figures.setAlignment(self._unit, qt.BOTTOM)
        figures.addStretch(1)
        beside = column(self._limit, self._margin, spacing=0)
        self._limit.setAlignment(qt.RIGHT | qt.MIDDLE)
        self._margin.setAlignment(qt.RIGHT | qt.MIDDLE)
        for text in (self._limit, self._margin):
            text.setContentsMargins(0, 0, OVERHANG_PX, 0)
        figures.addLayout(beside)
        whole = column(spacing=2, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S))
        whole.addLayout(head)
        whole.addLayout(figures)
        for part in (self._reason, self._bar, self._origin, self._doubt_row):
            whole.addWidget(part)
        whole.addStretch(1)
        self.setLayout(whole)

    def show_card(self, state: CardState) -> None:
        """Show another verdict."""
        restyle(self, tone=state.tone.value)
        self.key = state.key
        self.set_opens(bool(state.explain))
        self._chip_icon.show_icon(state.icon, state.tone)
        self._title.show_text(state.title)
        self._outcome.show_text(state.outcome, state.tone)
        self._value.show_text(state.value, state.tone)
        self._unit.show_text(state.unit, state.tone)
        self._limit.show_text(state.limit)
        self._margin.show_text(state.margin)
        if self._compact:
            self._doubt_icon.setVisible(bool(state.doubt))
            self.setToolTip(" · ".join(part for part in (state.reason, state.exact, state.source, state.doubt) if part))
        else:
            self._show_below(state)
        parts = (state.title, state.outcome, f"{state.value} {state.unit}".strip(), state.limit, state.margin)
        self.setAccessibleName(", ".join(part for part in (*parts, state.doubt) if part))
        self.setAccessibleDescription(" ".join(part for part in (state.reason, state.source, state.explain) if part))

    def _show_below(self, state: CardState) -> None:
        self._reason.show_text(state.reason)
        self._reason.setVisible(bool(state.reason))
        self._bar.show_bar(state.bar)
        self._origin.show_text(" · ".join(part for part in (state.exact, state.source) if part))
        self._doubt.show_text(state.doubt)
        self._doubt_row.setVisible(bool(state.doubt))
