"""Plates in the proportions of the real ones, which are read from the farthest: high, narrow signs.

GA 36: 440 x 140 mm with seven signs of 45 x 90 mm, 480 mm with eight. What is hidden is a bar, so that
nobody takes a dot for a sign. A painted plate is kept: the same car stands on the board for an hour.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTransform

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.widgets.basics.plate import SPLIT_AT, plate_ground
from carcheck_desktop.ui.widgets.basics.states import PlateState

SIGN_HEIGHT = 90 / 140
SIGN_WIDTH, HAN_WIDTH = 0.8, 0.92
"""Of the room that a sign has."""
EDGE = 0.09
GAP = 0.42
"""The gap with the dot behind the authority's letter, in signs."""
USUAL = 7
HIDDEN = "*"
DRAWN_PX = 200
KEPT = 48
"""Painted plates that are kept: those of a page and of the lanes; at 4K one is half a megabyte."""


def plate_ratio(text: str) -> float:
    """Return width to height: 440 to 140 with seven signs, and 40 mm more for each further one."""
    return (440 + 40 * max(0, len(text) - USUAL)) / 140


@lru_cache(maxsize=KEPT)
def plate_picture(plate: PlateState, width: int, height: int) -> QPixmap:
    """Return the plate painted in so many pixels."""
    picture = QPixmap(max(1, width), max(1, height))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    spots = _spots(plate.text, width, height)
    ink = _ground(painter, plate, QRectF(0, 0, width, height), _split(spots, width))
    for number, spot in enumerate(spots):
        _sign(painter, plate.text[number], spot, ink)
    painter.end()
    return picture


def _split(spots: list[QRectF], width: int) -> float:
    """Return where a plate of two colours changes: in the gap behind the authority's letter (GA 36-2018)."""
    return (spots[1].right() + spots[2].left()) / 2 / width if len(spots) > 3 else SPLIT_AT


def _ground(painter: QPainter, plate: PlateState, box: QRectF, split_at: float) -> QColor:
    ground, letters = plate_ground(plate.kind, box, split_at)
    radius = box.height() / 9
    painter.setPen(qt.NO_PEN)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, radius, radius)
    inset = box.height() * 0.035
    painter.setPen(QPen(QColor(letters), max(1.0, box.height() / 45)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius * 0.8, radius * 0.8)
    return QColor(letters)


def _spots(text: str, width: int, height: int) -> list[QRectF]:
    """Return the room of each sign, the gap of the dot left out behind the second."""
    edge = height * EDGE
    has_dot = len(text) > 3
    pitch = (width - 2 * edge) / max(1.0, len(text) + (GAP if has_dot else 0.0))
    high = height * SIGN_HEIGHT
    top = (height - high) / 2
    shifts = [GAP * pitch if has_dot and number > 1 else 0.0 for number in range(len(text))]
    return [QRectF(edge + number * pitch + shift, top, pitch, high) for number, shift in enumerate(shifts)]


def _sign(painter: QPainter, sign: str, spot: QRectF, ink: QColor) -> None:
    painter.setPen(qt.NO_PEN)
    if sign == HIDDEN:
        faint = QColor(ink)
        faint.setAlphaF(0.45)
        painter.setBrush(faint)
        wide = spot.width() * SIGN_WIDTH
        bar = QRectF(spot.center().x() - wide / 2, spot.top() + spot.height() * 0.12, wide, spot.height() * 0.76)
        painter.drawRoundedRect(bar, wide * 0.16, wide * 0.16)
        return
    path = _shape(sign)
    shape = path.boundingRect()
    if shape.isEmpty():
        return
    upright = spot.height() / (shape.height() if not sign.isascii() else _capital())
    share = SIGN_WIDTH if sign.isascii() else HAN_WIDTH
    across = min(upright, spot.width() * share / shape.width())
    middle = shape.center()
    place = QTransform.fromTranslate(spot.center().x(), spot.center().y()).scale(across, upright)
    painter.setBrush(ink)
    painter.drawPath(place.translate(-middle.x(), -middle.y()).map(path))


@lru_cache(maxsize=128)
def _shape(sign: str) -> QPainterPath:
    path = QPainterPath()
    path.addText(QPointF(0, 0), font(DRAWN_PX, bold=True), sign)
    return path


@lru_cache(maxsize=1)
def _capital() -> float:
    """Return how high a capital is at the size in which signs are drawn."""
    return QFontMetricsF(font(DRAWN_PX, bold=True)).tightBoundingRect("H").height()
