"""An icon in the colour of a tone."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel

from carcheck_desktop.ui.theme.icons import pixmap
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import Tone


class Icon(QLabel):
    """An icon in the colour of a tone, `size_px` large at scale 1; it follows the look of its window."""

    def __init__(self, size_px: int) -> None:
        super().__init__()
        self._size_px = size_px
        self._asked = ("", Tone.NEUTRAL, "")
        self._drawn: tuple[str, str, int] | None = None
        self._draw()

    def show_icon(self, name: str, tone: Tone, colour: str = "") -> None:
        """Draw another icon, nothing for an empty name; `colour` names a token of the palette in place of the tone."""
        self._asked = (name, tone, colour)
        self._draw()

    def _draw(self) -> None:
        look = look_of(self)
        name, tone, colour = self._asked
        ink: str = getattr(look.palette, colour) if colour else look.palette.tones[tone].ink
        size_px = look.px(self._size_px)
        if (name, ink, size_px) == self._drawn:
            return
        self._drawn = (name, ink, size_px)
        self.setFixedSize(size_px, size_px)
        if name:
            self.setPixmap(pixmap(name, ink, size_px, max(1.0, self.devicePixelRatioF())))
        else:
            self.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
