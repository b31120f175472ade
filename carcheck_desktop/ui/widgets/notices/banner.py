"""Strips across the window for what holds until it is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import appear, restyle
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.notices.states import BannerState, by_severity

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words


class Banner(QFrame):
    """A strip across the window, hidden while there is nothing to say; `narrow` ones put the detail below."""

    def __init__(self, name: str, icon_px: int = 20, *, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
        self._state: BannerState | None = None
        self._icon = Icon(icon_px)
        self._text = Label("", "strong", wrap=narrow)
        self._detail = Label("", wrap=True)
        line = row(self._icon, spacing=SPACE_M, margins=(SPACE_M, 6, SPACE_M, 6))
        if narrow:
            line.addLayout(column(self._text, self._detail, spacing=2), 1)
        else:
            line.addWidget(self._text)
            line.addWidget(self._detail, 1)
        self.setLayout(line)
        self.hide()

    def show_banner(self, state: BannerState | None) -> None:
        """Show or hide."""
        if state is not None and state != self._state:
            restyle(self, tone=state.tone.value)
            self._icon.show_icon(state.icon, state.tone)
            self._text.show_text(state.text)
            self._text.setVisible(bool(state.text))
            self._detail.show_text(state.detail)
            self._detail.setVisible(bool(state.detail))
            self.setAccessibleName(f"{state.text} {state.detail}".strip())
        self._state = state
        appear(self, state is not None)


class Banners(QFrame):
    """Several banners, the gravest first; those past `most` are counted and shown on demand.

    An alarm is never among those left out.
    """

    def __init__(self, name: str, words: Words, most: int = 2, *, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words("ui.banners.name"))
        self._words, self._most, self._narrow = words, most, narrow
        self._states: tuple[BannerState, ...] = ()
        self._strips: list[Banner] = []
        self._is_open = False
        self._more = QPushButton()
        self._more.setObjectName(f"{name}_more")
        self._more.setProperty("role", "quiet")
        self._more.setAutoDefault(False)
        self._more.clicked.connect(self._turn)
        self._column = column(spacing=SPACE_XS)
        whole = column(spacing=SPACE_XS)
        whole.addLayout(self._column)
        whole.addWidget(self._more, 0, qt.LEFT)
        self.setLayout(whole)
        self.hide()

    def show_banners(self, states: tuple[BannerState, ...]) -> None:
        """Show all that holds now."""
        ordered = by_severity(states)
        if ordered == self._states:
            return
        self._states = ordered
        self._fill()

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._fill()

    def _fill(self) -> None:
        alarms = sum(state.tone is Tone.ALARM for state in self._states)
        fit = len(self._states) if self._is_open else max(self._most, alarms)
        shown = self._states[:fit]
        while len(self._strips) < len(shown):
            strip = Banner(f"{self.objectName()}_{len(self._strips) + 1}", narrow=self._narrow)
            self._strips.append(strip)
            self._column.addWidget(strip)
        for number, strip in enumerate(self._strips):
            strip.show_banner(shown[number] if number < len(shown) else None)
        is_many = len(self._states) > max(self._most, alarms)
        self._more.setVisible(is_many)
        text = self._words("ui.banners.fewer" if self._is_open else "ui.banners.more", count=len(self._states) - fit)
        self._more.setText(text)
        self._more.setAccessibleName(text)
        appear(self, bool(shown))
