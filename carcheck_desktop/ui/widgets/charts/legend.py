"""The legend of a curve: each line's sign, word and newest value, painted in one go.

Labels would lay the window out anew whenever a figure changes its width; here only the pixels of a
figure that changed are painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.charts.curve_paint import DASH
from carcheck_desktop.ui.widgets.data.painting import Painted, text_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.theme.look import Look
    from carcheck_desktop.ui.widgets.charts.curve_samples import Trace
    from carcheck_desktop.ui.widgets.charts.states import LineState

Places = tuple["LineState", tuple[QRectF, QRectF, QRectF]]
WIDEST = "00000"
SWATCH_PX = 26


class Legend(Painted):
    """Signs, words and figures side by side; `only_figures` leaves out all but the figures."""

    def __init__(self, name: str, unit: str, lines: tuple[LineState, ...], *, only_figures: bool = False) -> None:
        super().__init__(name)
        self._unit = unit
        self._lines = lines
        self._only_figures = only_figures
        self._texts = dict.fromkeys((line.key for line in lines), "")
        self._placed: tuple[tuple[Look, bool], list[Places]] | None = None
        self.setSizePolicy(qt.PREFERRED, qt.FIXED)
        self.setAccessibleName(", ".join(line.label for line in lines))

    def show_values(self, trace: Trace) -> None:
        """Show the newest values."""
        for line, parts in self._places():
            value = trace.last(line.key)
            text = f"{'–' if value is None else f'{value:.{line.decimals}f}'} {self._unit}".strip()
            if text != self._texts[line.key]:
                self._texts[line.key] = text
                self.update(parts[2].toAlignedRect())

    def _places(self) -> list[Places]:
        """Return each line with the places of its sign, word and figure; words only where there is room."""
        look = look_of(self)
        has_words = self.width() >= self.sizeHint().width()
        if self._placed is None or self._placed[0] != (look, has_words):
            self._placed = ((look, has_words), list(self._lay_out(look, has_words=has_words)))
        return self._placed[1]

    def _lay_out(self, look: Look, *, has_words: bool) -> Iterator[Places]:
        words, figures = QFontMetricsF(text_font(look, "body")), QFontMetricsF(text_font(look, "strong", bold=True))
        height, at = figures.height(), 0.0
        for line in self._lines:
            decimals = f".{'0' * line.decimals}" if line.decimals else ""
            width = figures.horizontalAdvance(f"{WIDEST}{decimals} {self._unit}") + 2
            sign, word = QRectF(), QRectF()
            if not self._only_figures:
                sign = QRectF(at, 0, look.px(SWATCH_PX), height)
                at = sign.right() + SPACE_S
                if has_words:
                    word = QRectF(at, 0, words.horizontalAdvance(line.label) + 2, height)
                    at = word.right() + SPACE_S
            yield line, (sign, word, QRectF(at, 0, width, height))
            at += width + SPACE_M

    def _needed(self, *, has_words: bool) -> QSize:
        places = [parts[2] for _, parts in self._lay_out(look_of(self), has_words=has_words)]
        return QSize(round(places[-1].right()) + 1, round(places[-1].height()) + 1) if places else QSize(0, 0)

    def sizeHint(self) -> QSize:
        return self._needed(has_words=True)

    def minimumSizeHint(self) -> QSize:
        return self._needed(has_words=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self.look()
        painter = self.begin()
        for line, (sign, word, figure) in self._places():
            if not self._only_figures:
                self._sign(painter, line, sign)
                painter.setFont(text_font(look, "body"))
                painter.setPen(QColor(look.palette.text))
                if not word.isNull():
                    painter.drawText(word, qt.LEFT | qt.MIDDLE, line.label)
            painter.setFont(text_font(look, "strong", bold=True))
            painter.setPen(QColor(look.palette.text))
            side = qt.RIGHT if self._only_figures else qt.LEFT
            painter.drawText(figure, side | qt.MIDDLE, self._texts[line.key])
        self.finish(painter)

    def _sign(self, painter: QPainter, line: LineState, box: QRectF) -> None:
        look = self.look()
        pen = QPen(QColor(getattr(look.palette, line.ink)), max(3.0, look.px(3)))
        if line.dashed:
            pen.setDashPattern([part * 0.5 for part in DASH])
        painter.setPen(pen)
        middle = box.center().y()
        painter.drawLine(QPointF(box.left() + 1, middle), QPointF(box.right() - 1, middle))
