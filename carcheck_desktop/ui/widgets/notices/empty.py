"""The designed state of a place with nothing in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column


class Empty(QWidget):
    """The designed state of a place with nothing in it: an icon, a word, what to do."""

    def __init__(self, name: str, icon_name: str = "inbox", icon_px: int = 36) -> None:
        super().__init__()
        self.setObjectName(name)
        self._icon = Icon(icon_px)
        self._icon.show_icon(icon_name, Tone.OFF)
        self._text = Label("", "strong", wrap=True)
        self._detail = Label("", "muted", wrap=True)
        for label in (self._text, self._detail):
            label.setAlignment(qt.CENTRE)
        whole = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        whole.addStretch(1)
        whole.addWidget(self._icon, 0, qt.CENTRE)
        whole.addWidget(self._text)
        whole.addWidget(self._detail)
        whole.addStretch(1)
        self.setLayout(whole)

    def show_empty(self, text: str, detail: str = "", icon_name: str = "") -> None:
        """Say why there is nothing and what to do."""
        if icon_name:
            self._icon.show_icon(icon_name, Tone.OFF)
        self._text.show_text(text)
        self._detail.show_text(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{text} {detail}".strip())
