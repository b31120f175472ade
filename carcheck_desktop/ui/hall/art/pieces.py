"""The pieces a part of the board consists of: frozen, each with its place, each able to paint itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from carcheck_desktop.ui.hall.art.fit import (
    LEAST_PX,
    LINE,
    SMALLEST,
    Box,
    Fitted,
    Type,
    fit,
    lines_height,
    metrics,
    width_of,
)
from carcheck_desktop.ui.hall.art.plates import plate_picture
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.tokens import RADIUS_L
from carcheck_desktop.ui.widgets.data.path.paint import draw_mark, draw_stage_path

if TYPE_CHECKING:
    from carcheck_desktop.ui.theme.look import Look
    from carcheck_desktop.ui.theme.tokens import Palette, Tone
    from carcheck_desktop.ui.widgets.basics.states import PlateState
    from carcheck_desktop.ui.widgets.data.states import Mark, StagePathState

Side = Literal["left", "right", "centre"]
ALIGNMENT = {"left": qt.LEFT, "right": qt.RIGHT, "centre": qt.CENTRE}


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled place with rounded corners and, where wanted, a border."""

    box: Box
    fill: str
    line: str = ""
    radius: float = 0.0
    line_px: float = 0.0

    def paint(self, painter: QPainter) -> None:
        half = self.line_px / 2
        painter.setPen(QPen(QColor(self.line), self.line_px) if self.line else qt.NO_PEN)
        painter.setBrush(QColor(self.fill))
        box = self.box.rect().adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, self.radius, self.radius)


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text at the size at which they fit; `role` names what they are, `ground` what is under them."""

    box: Box
    role: str
    fitted: Fitted
    colour: str
    ground: str
    bold: bool = False
    side: Side = "left"

    def paint(self, painter: QPainter) -> None:
        size = self.fitted.size_px
        painter.setFont(font(size, bold=self.bold))
        painter.setPen(QColor(self.colour))
        left, top, width, height = self.box
        measures = metrics(size, self.bold)
        # the height of a line of this font is more than it needs: capitals and Chinese stand in the middle
        first = top + (height - lines_height(len(self.fitted.lines), size)) / 2
        for number, line in enumerate(self.fitted.lines):
            wide = measures.horizontalAdvance(line)
            shift = {"left": 0.0, "right": width - wide, "centre": (width - wide) / 2}[self.side]
            base = first + number * size * LINE + (size * LINE) / 2 + size * 0.38
            painter.drawText(round(left + shift), round(base), line)


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon."""

    box: Box
    name: str
    colour: str

    def paint(self, painter: QPainter) -> None:
        draw_icon(painter, self.name, self.colour, self.box.rect())


@dataclass(frozen=True, slots=True)
class PlateArt:
    """A plate as it looks on the car."""

    box: Box
    plate: PlateState

    def paint(self, painter: QPainter) -> None:
        picture = plate_picture(self.plate, round(self.box.width), round(self.box.height))
        painter.drawPixmap(round(self.box.left), round(self.box.top), picture)


@dataclass(frozen=True, slots=True)
class Way:
    """A car's way through the station, one line high."""

    box: Box
    path: StagePathState
    look: Look
    level: str

    def paint(self, painter: QPainter) -> None:
        draw_stage_path(painter, self.path, self.box.rect(), self.look, self.level)


@dataclass(frozen=True, slots=True)
class MarkArt:
    """One mark of the way by itself, as the legend explains it."""

    box: Box
    mark: Mark
    palette: Palette

    def paint(self, painter: QPainter) -> None:
        draw_mark(painter, self.mark, self.box.rect(), self.palette)


@dataclass(frozen=True, slots=True)
class Ticks:
    """The seconds that a page still stands, one tick each."""

    box: Box
    left: int
    total: int
    colour: str
    spent: str

    def paint(self, painter: QPainter) -> None:
        pitch = self.box.width / max(1, self.total)
        painter.setPen(qt.NO_PEN)
        for number in range(self.total):
            painter.setBrush(QColor(self.colour if number < self.left else self.spent))
            spot = QRectF(self.box.left + number * pitch, self.box.top, pitch * 0.66, self.box.height)
            painter.drawRoundedRect(spot, 2, 2)


Piece = Ground | Text | Sign | PlateArt | Way | MarkArt | Ticks


@dataclass(slots=True)
class Sheet:
    """Collects the pieces of one part of the board on one ground colour."""

    look: Look
    ground: str
    pieces: list[Piece] = field(default_factory=list)

    def put(self, *pieces: Piece) -> None:
        """Add pieces; later ones are painted over earlier ones."""
        self.pieces.extend(pieces)

    def type(self, level: str, *, bold: bool = False, smallest: float = SMALLEST) -> Type:
        """Return a step of the type scale in pixels."""
        size = self.look.text_px(level)
        return Type(size, bold, max(round(size * smallest), math.ceil(LEAST_PX * self.look.scale)))

    def text(self, box: Box, role: str, words: str, wanted: Type, ink: str = "", side: Side = "left") -> Text:
        """Add a text fitted into its place, in the colour of plain text without an `ink`."""
        fitted = fit(words, wanted, round(box.width, 1), round(box.height, 1))
        made = Text(box, role, fitted, ink or self.look.palette.text, self.ground, wanted.bold, side)
        if words:
            self.put(made)
        return made

    def card(self, box: Box, tone: Tone | None = None) -> None:
        """Add the ground everything else stands on."""
        palette, look = self.look.palette, self.look
        line = palette.border if tone is None else palette.tones[tone].line
        self.put(Ground(box, self.ground, line, look.px(RADIUS_L), max(1, look.px(2))))


def natural_width(words: str, wanted: Type) -> float:
    """Return how wide a text is at the size it wants."""
    return width_of(words, wanted.size_px, wanted.bold) + 2
