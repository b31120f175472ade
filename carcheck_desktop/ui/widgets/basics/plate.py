"""A number plate as it looks on the car."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import appear
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import OTHER_PLATE, PLATE_COLOURS
from carcheck_desktop.ui.widgets.basics.states import PlateState

SPLIT_AT = 0.3
"""Where a plate of two colours changes, as a part of its width."""


def plate_ground(kind: str, box: QRectF, split_at: float = SPLIT_AT) -> tuple[QLinearGradient, str]:
    """Return the ground of a plate of a kind in its place, and the colour of its signs."""
    colours = PLATE_COLOURS.get(kind, OTHER_PLATE)
    ground = QLinearGradient(box.topLeft(), box.topRight() if colours.is_split else box.bottomLeft())
    ground.setColorAt(split_at if colours.is_split else 0, QColor(colours.first))
    ground.setColorAt(split_at + 0.001 if colours.is_split else 1, QColor(colours.second))
    return ground, colours.ink


def draw_plate(painter: QPainter, state: PlateState, box: QRectF) -> None:
    """Draw a plate as it looks on the car."""
    ground, ink = plate_ground(state.kind, box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
    """A plate, `height_px` high at scale 1."""

    def __init__(self, name: str, height_px: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._height_px = height_px
        self._state: PlateState | None = None
        self.setSizePolicy(qt.FIXED, qt.FIXED)
        self._fit()

    def show_plate(self, state: PlateState | None) -> None:
        """Show another plate, or none."""
        appear(self, state is not None)
        if state is None or state == self._state:
            return
        self._state = state
        self.setAccessibleName(state.text)
        self._fit()
        self.update()

    def _fit(self) -> None:
        height = look_of(self).px(self._height_px)
        width = plate_width(self._state, height) if self._state is not None else 0
        self.setFixedSize(round(width), height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter = QPainter(self)
        draw_plate(painter, self._state, QRectF(0, 0, self.width(), self.height()))
        painter.end()
