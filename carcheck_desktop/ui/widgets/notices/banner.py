"""A strip across the window for what holds until it is put right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import SPACE_M
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.notices.states import BannerState


class Banner(QFrame):
    """A strip across the window, hidden while there is nothing to say; `narrow` ones put the detail below."""

    def __init__(self, name: str, icon_px: int = 20, *, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
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
        if state is not None:
            restyle(self, tone=state.tone.value)
            self._icon.show_icon(state.icon, state.tone)
            self._text.show_text(state.text)
            self._text.setVisible(bool(state.text))
            self._detail.show_text(state.detail)
            self._detail.setVisible(bool(state.detail))
            self.setAccessibleName(f"{state.text} {state.detail}".strip())
        self.setVisible(state is not None)
