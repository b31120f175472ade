"""A number plate as it looks on the car."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.widgets.basics.states import PlateState

PLATE_GROUNDS: dict[str, tuple[str, str, str]] = {
    "01": ("#f5b800", "#f5b800", "#10151a"),
    "02": ("#1a4fa3", "#1a4fa3", "#ffffff"),
    "51": ("#f5c518", "#57b56c", "#10151a"),
    "52": ("#eef7ef", "#5fbf78", "#10151a"),
}
"""Plate kind (GA/T 16.7) -> upper ground, lower ground, letters; others are drawn white."""


OTHER_GROUND = ("#ffffff", "#ffffff", "#10151a")


def draw_plate(painter: QPainter, state: PlateState, box: QRectF) -> None:
    """Draw a plate as it looks on the car."""
    upper, lower, ink = PLATE_GROUNDS.get(state.kind, OTHER_GROUND)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(box.topLeft(), QPointF(box.left(), box.bottom()))
    ground.setColorAt(0, QColor(upper))
    ground.setColorAt(1, QColor(lower))
    painter.setBrush(ground)
    painter.setPen(QPen(QColor(ink), max(1.0, box.height() / 40)))
    radius = box.height() / 7
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(QColor(ink))
    painter.setFont(font(round(box.height() * 0.6), bold=True))
    painter.drawText(box, qt.CENTRE, spaced_plate(state.text))
    painter.restore()


def spaced_plate(text: str) -> str:
    """Return the plate with the dot that stands behind the authority's letter."""
    # hidden characters stand on the middle of the line, as on a covered plate
    shown = text.replace("*", "•")
    return f"{shown[:2]}·{shown[2:]}" if len(shown) > 3 else shown


def plate_width(state: PlateState, height_px: float) -> float:
    """Return how wide a plate of this height is."""
    return max(height_px * 3.2, height_px * 0.6 * (0.62 * len(state.text) + 2.0))


class Plate(QWidget):
    """A plate."""

    def __init__(self, name: str, height_px: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._height_px = height_px
        self._state: PlateState | None = None
        self.setSizePolicy(qt.FIXED, qt.FIXED)
        self.setFixedHeight(height_px)

    def show_plate(self, state: PlateState | None) -> None:
        """Show another plate, or none."""
        self.setVisible(state is not None)
        if state is None or state == self._state:
            return
        self._state = state
        self.setAccessibleName(state.text)
        self.setFixedWidth(round(plate_width(state, self._height_px)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter = QPainter(self)
        draw_plate(painter, self._state, QRectF(0, 0, self.width(), self.height()))
        painter.end()
