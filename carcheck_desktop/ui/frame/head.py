"""The dark bar at the top: station, link, clock, who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSizePolicy

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, Tone
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import row
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton

if TYPE_CHECKING:
    from carcheck_desktop.ui.frame.states import HeadState


class Head(QFrame):
    """Station, link, clock, person."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setProperty("kind", "bar")
        self.setAttribute(qt.STYLED)
        sign, person = Icon(24), Icon(18)
        sign.show_icon("car-front", Tone.NEUTRAL, "bar_text")
        person.show_icon("user-round", Tone.NEUTRAL, "bar_muted")
        self._station = Label("", "title", elided=True)
        self._station.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._link = Chip("link_chip")
        self._clock = Label("", "title")
        self._clock.setObjectName("clock")
        self._person = Label()
        self._person.setObjectName("person")
        # half a pixel of a letter is not cut where sizes are no whole numbers
        self._person.setContentsMargins(0, 0, 2, 0)
        self.sign = ActionButton("sign_button", "bar")
        line = row(sign, spacing=SPACE_M, margins=(SPACE_L, 6, SPACE_L, 6))
        line.addWidget(self._station, 1)
        for part in (self._link, self._clock, person, self._person, self.sign):
            line.addWidget(part)
        self.setLayout(line)

    def show_head(self, state: HeadState) -> None:
        """Show another state."""
        self._station.show_text(state.station)
        self._link.show_chip(state.link_tone, state.link_icon, state.link_text)
        self._clock.show_text(state.clock)
        self._person.show_text(state.person)
        self.sign.show_action(state.sign)
        self.sign.setVisible(state.sign.enabled)
