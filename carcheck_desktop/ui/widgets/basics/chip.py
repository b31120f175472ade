"""An icon and a word on the soft ground of a tone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import row


class Chip(QFrame):
    """An icon and a word on the soft ground of a tone."""

    def __init__(self, name: str, icon_px: int = 16) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "chip")
        self.setAttribute(qt.STYLED)
        self._icon = Icon(icon_px)
        self._label = Label()
        self.setLayout(row(self._icon, self._label, spacing=SPACE_XS + 2, margins=(10, 3, SPACE_M, 3)))
        self.setSizePolicy(qt.FIXED, qt.FIXED)

    def show_chip(self, tone: Tone, icon: str, text: str) -> None:
        """Show another state."""
        restyle(self, tone=tone.value)
        self._icon.show_icon(icon, tone)
        self._label.show_text(text)
        self.setAccessibleName(text)
