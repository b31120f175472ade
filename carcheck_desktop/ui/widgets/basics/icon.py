"""An icon in the colour of a tone."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from carcheck_desktop.ui.theme.icons import pixmap
from carcheck_desktop.ui.theme.tokens import LIGHT, Palette, Tone


class Icon(QLabel):
    """An icon in the colour of a tone."""

    def __init__(self, size_px: int, palette: Palette = LIGHT) -> None:
        super().__init__()
        self._size_px = size_px
        self._palette = palette
        self._shown = ("", "")
        self.setFixedSize(size_px, size_px)

    def show_icon(self, name: str, tone: Tone, colour: str | None = None) -> None:
        """Draw another icon; nothing for an empty name."""
        ink = colour or self._palette.tones[tone].ink
        if (name, ink) == self._shown:
            return
        self._shown = (name, ink)
        if name:
            self.setPixmap(pixmap(name, ink, self._size_px, max(1.0, self.devicePixelRatioF())))
        else:
            self.clear()
