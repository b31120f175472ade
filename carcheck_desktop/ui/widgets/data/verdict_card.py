"""One judged quantity."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.data.states import CardState


class VerdictCard(QFrame):
    """One judged quantity: value large, limit and margin beside it, source below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "tile")
        self.setAttribute(qt.STYLED)
        self._title = Label("", "strong", elided=True)
        self._chip_icon = Icon(20)
        self._outcome = Label("", "strong")
        self._value = Label("", "figure")
        self._unit = Label("", "strong")
        self._limit = Label("", "strong")
        self._margin = Label()
        self._origin = Label("", "caption", elided=True)
        self._doubt_icon = Icon(14)
        self._doubt = Label("", "caption", elided=True)
        self._doubt_icon.show_icon("triangle-alert", Tone.CAUTION)
        restyle(self._doubt, tone=Tone.CAUTION.value)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self._title, self._chip_icon, self._outcome, spacing=SPACE_XS + 2)
        figures = row(self._value, self._unit, spacing=SPACE_XS)
        figures.setAlignment(self._unit, qt.BOTTOM)
        figures.addStretch(1)
        beside = column(self._limit, self._margin, spacing=0)
        self._limit.setAlignment(qt.RIGHT | qt.MIDDLE)
        self._margin.setAlignment(qt.RIGHT | qt.MIDDLE)
        figures.addLayout(beside)
        self._doubt_row = panel("clear", f"{self.objectName()}_doubt")
        self._doubt_row.setLayout(row(self._doubt_icon, self._doubt, spacing=SPACE_XS))
        whole = column(spacing=2, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S))
        whole.addLayout(head)
        whole.addLayout(figures)
        whole.addWidget(self._origin)
        whole.addWidget(self._doubt_row)
        whole.addStretch(1)
        self.setLayout(whole)

    def show_card(self, state: CardState) -> None:
        """Show another verdict."""
        restyle(self, tone=state.tone.value)
        self._chip_icon.show_icon(state.icon, state.tone)
        self._title.show_text(state.title)
        self._outcome.show_text(state.outcome, state.tone)
        self._value.show_text(state.value, state.tone)
        self._unit.show_text(state.unit, state.tone)
        self._limit.show_text(state.limit)
        self._margin.show_text(state.margin)
        self._origin.show_text(f"{state.exact} · {state.source}")
        self._doubt.show_text(state.doubt)
        self._doubt_row.setVisible(bool(state.doubt))
        parts = (state.title, state.outcome, f"{state.value} {state.unit}", state.limit, state.margin, state.doubt)
        self.setAccessibleName(", ".join(part for part in parts if part))
