"""One car on the board, painted in one go so that only changed rows cost anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.hall.state import HallRow, Step
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.tokens import TYPE, WALL, Tone
from carcheck_desktop.ui.widgets.basics.plate import draw_plate, plate_width

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ROW_PX = 124
PLATE_PX = 98
STAGE_AT, STEPS_AT, TIME_AT, END_AT = 0.265, 0.60, 0.825, 0.985
"""Where the columns begin, as parts of the row's width."""
SPLIT, EDGE = 0.57, 0.05


class HallRowView(QWidget):
    """Plate, stage, path of items and time of one car."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setObjectName(f"hall_row_{number}")
        self._row: HallRow | None = None
        self._scale = 1.0

    @property
    def row(self) -> HallRow | None:
        """What is shown."""
        return self._row

    def show_row(self, row: HallRow | None, scale: float) -> None:
        """Show another car, or nothing."""
        if row == self._row and scale == self._scale:
            return
        self._row, self._scale = row, scale
        self.setFixedHeight(round(ROW_PX * scale))
        self.setAccessibleName(row.spoken if row else "")
        self.setVisible(row is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        row = self._row
        if row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, row)
        width, height = float(self.width()), float(self.height())
        plate_height = PLATE_PX * self._scale
        plate_box = QRectF(28 * self._scale, (height - plate_height) / 2, 0, plate_height)
        plate_box.setWidth(min(plate_width(row.plate, plate_height), width * STAGE_AT - 46 * self._scale))
        draw_plate(painter, row.plate, plate_box)
        self._stage(painter, row, QRectF(width * STAGE_AT, 0, width * (STEPS_AT - STAGE_AT), height))
        self._steps(painter, row, QRectF(width * STEPS_AT, 0, width * (TIME_AT - STEPS_AT), height))
        self._time(painter, row, QRectF(width * TIME_AT, 0, width * (END_AT - TIME_AT), height))
        painter.end()

    def _time(self, painter: QPainter, row: HallRow, box: QRectF) -> None:
        upper, lower = _lines(box)
        self._text(painter, upper, row.waited, (TYPE.wall_body, WALL.text), bold=True, right=True)
        self._text(painter, lower, row.waited_for, (TYPE.wall_caption, WALL.text_muted), bold=False, right=True)

    def _ground(self, painter: QPainter, row: HallRow) -> None:
        colours = WALL.tones[row.tone]
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = 14 * self._scale
        painter.setPen(QPen(QColor(colours.line), max(1.0, 2 * self._scale)))
        painter.setBrush(QColor(WALL.surface if row.tone is Tone.NEUTRAL else colours.soft))
        painter.drawRoundedRect(box, radius, radius)

    def _stage(self, painter: QPainter, row: HallRow, box: QRectF) -> None:
        side = 62 * self._scale
        ink = WALL.tones[row.tone].ink
        draw_icon(painter, row.icon, ink, QRectF(box.left(), box.center().y() - side / 2, side, side))
        box.setLeft(box.left() + side + 24 * self._scale)
        upper, lower = _lines(box)
        self._text(painter, upper, row.stage, (TYPE.wall_strong, ink), bold=True)
        self._text(painter, lower, row.where, (TYPE.wall_caption, WALL.text_muted), bold=False)

    def _text(
        self, painter: QPainter, box: QRectF, text: str, look: tuple[int, str], *, bold: bool, right: bool = False
    ) -> None:
        """Draw one line; a text that is too long is made smaller before it is cut."""
        size_px, colour = look
        room = round(box.width() - 12 * self._scale)
        size = round(size_px * self._scale)
        painter.setFont(font(size, bold=bold))
        while painter.fontMetrics().horizontalAdvance(text) > room and size > size_px * self._scale * 0.7:
            size -= 1
            painter.setFont(font(size, bold=bold))
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, qt.ELIDE_RIGHT, room)
        painter.drawText(box, (qt.RIGHT if right else qt.LEFT) | qt.MIDDLE, shown)

    def _steps(self, painter: QPainter, row: HallRow, box: QRectF) -> None:
        """Draw the path: done ones filled, the present one ringed, the rest open."""
        scale = self._scale
        label_width = 92 * scale
        side = min(46 * scale, (box.width() - label_width) / max(1, len(row.steps)) - 8 * scale)
        pitch = side + 10 * scale
        middle = box.center().y()
        for number, step in enumerate(row.steps):
            spot = QRectF(box.left() + number * pitch, middle - side / 2, side, side)
            self._dot(painter, spot, step, row.tone)
        label = QRectF(box.left() + len(row.steps) * pitch + 4 * scale, box.top(), label_width, box.height())
        self._text(painter, label, row.progress, (TYPE.wall_caption, WALL.text), bold=True)

    def _dot(self, painter: QPainter, spot: QRectF, step: Step, tone: Tone) -> None:
        now, open_ = WALL.tones[Tone.RUNNING], WALL.tones[Tone.OFF]
        is_passed = tone is Tone.GOOD
        inset = spot.width() * 0.08
        ring = spot.adjusted(inset, inset, -inset, -inset)
        width = spot.width() * 0.08
        if step is Step.DONE:
            painter.setPen(qt.NO_PEN)
            # done is not passed: the check mark is only for a car that has passed
            painter.setBrush(QColor(WALL.tones[Tone.GOOD].ink if is_passed else WALL.text_muted))
            painter.drawEllipse(ring)
            if is_passed:
                mark = ring.width() * 0.2
                draw_icon(painter, "check", WALL.canvas, ring.adjusted(mark, mark, -mark, -mark))
        elif step is Step.NOW:
            painter.setPen(QPen(QColor(now.ink), width * 1.6))
            painter.setBrush(QColor(now.soft))
            painter.drawEllipse(ring)
            core = ring.width() * 0.3
            painter.setPen(qt.NO_PEN)
            painter.setBrush(QColor(now.ink))
            painter.drawEllipse(ring.adjusted(core, core, -core, -core))
        else:
            painter.setPen(QPen(QColor(open_.line), width))
            painter.setBrush(QColor(WALL.sunken))
            painter.drawEllipse(ring)


def _lines(box: QRectF) -> tuple[QRectF, QRectF]:
    """Return the boxes of the upper and the lower line of a row."""
    upper, lower = QRectF(box), QRectF(box)
    upper.setBottom(box.top() + box.height() * SPLIT)
    lower.setTop(box.top() + box.height() * SPLIT)
    upper.setTop(box.top() + box.height() * EDGE)
    lower.setBottom(box.bottom() - box.height() * EDGE)
    return upper, lower
