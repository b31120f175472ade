"""The sign that something is being done; it stands still where motion is not wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import Tone

TURN_STEPS = 12


class Spinner(QWidget):
    """A turning ring, `size_px` large at scale 1, that costs nothing while it is not seen."""

    def __init__(self, size_px: int) -> None:
        super().__init__()
        self._size_px = size_px
        self._step = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self._fit()

    def _fit(self) -> None:
        size_px = look_of(self).px(self._size_px)
        self.setFixedSize(size_px, size_px)

    def _roll(self) -> None:
        turn_ms = look_of(self).motion.turn_ms
        if turn_ms and self.isVisible():
            self._timer.start(turn_ms // TURN_STEPS)
        else:
            self._timer.stop()

    def _turn(self) -> None:
        self._step = (self._step + 1) % TURN_STEPS
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._roll()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
            self._roll()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        half = self.width() / 2
        painter.translate(half, half)
        painter.rotate(360 / TURN_STEPS * self._step)
        colour = look_of(self).palette.tones[Tone.RUNNING].ink
        draw_icon(painter, "loader-circle", colour, QRectF(-half, -half, self.width(), self.height()))
        painter.end()
