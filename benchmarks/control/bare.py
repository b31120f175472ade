"""The peers: a window with six plots and nothing else, fed in its own process; usage: pyqtgraph|thin|painter SECONDS.

No link, no words, no state: what drawing six growing curves at 25 frames a second costs by itself.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from benchmarks.control.feeding import BATCH, LANES, RUN_S, force
from benchmarks.control.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME_MS, INTERVAL_S = 40, 0.01
COLOURS = ("#0072b2", "#c65300", "#15202b")
Curve = tuple[list[float], list[float], list[float], list[float]]


class Painted(QWidget):
    """One plot by QPainter: three whole polylines, a limit, no axes."""

    def __init__(self) -> None:
        super().__init__()
        self.curve: Curve = ([], [], [], [])

    def show_curve(self, curve: Curve) -> None:
        self.curve = curve
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        across, up = self.width() / RUN_S, self.height() / 650
        painter.setPen(QPen(QColor("#7a1fa2"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, self.height() - 464 * up), QPointF(self.width(), self.height() - 464 * up))
        seconds = self.curve[0]
        for colour, values in zip(COLOURS, self.curve[1:], strict=True):
            points = [
                QPointF(at * across, self.height() - value * up) for at, value in zip(seconds, values, strict=True)
            ]
            painter.setPen(QPen(QColor(colour), 2))
            painter.drawPolyline(QPolygonF(points))
        painter.end()


def graph(*, thin: bool) -> tuple[QWidget, Callable[[Curve], None]]:
    """Return one plot by pyqtgraph with axes and a limit; `thin` is its fast path: hairlines with steps."""
    import pyqtgraph as pg

    plot: Any = pg.PlotWidget(background="#ffffff")
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.showGrid(x=True, y=True, alpha=0.18)
    plot.setXRange(0, RUN_S, padding=0)
    plot.setYRange(0, 650, padding=0)
    pens = [pg.mkPen(colour, width=1 if thin else 2) for colour in COLOURS]
    lines = [plot.plot(pen=pen, antialias=not thin) for pen in pens]
    plot.addItem(pg.InfiniteLine(pos=464, angle=0, pen=pg.mkPen("#7a1fa2", width=2, dash=[8, 5])))

    def show(curve: Curve) -> None:
        for line, values in zip(lines, curve[1:], strict=True):
            line.setData(curve[0], values)

    return plot, show


class Window(QWidget):
    """Six plots in a grid."""

    def __init__(self, kind: str, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self._ticks = 0
        self._shows: list[Callable[[Curve], None]] = []
        self._curves: list[Curve] = [([], [], [], []) for _ in LANES]
        grid = QGridLayout(self)
        for number, _ in enumerate(LANES):
            if kind != "painter":
                plot, show = graph(thin=kind == "thin")
            else:
                painted = Painted()
                plot, show = painted, painted.show_curve
            self._shows.append(show)
            grid.addWidget(plot, number // 3, number % 3)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(FRAME_MS)

    def _tick(self) -> None:
        self._ticks += 1
        for lane, (curve, show) in enumerate(zip(self._curves, self._shows, strict=True)):
            if (self._ticks + lane * 50) % round(RUN_S * 1000 / FRAME_MS) == 0:
                for column in curve:
                    column.clear()
            for number in range(len(curve[0]) + 1, len(curve[0]) + 1 + BATCH):
                left = float(force(number, lane))
                for column, value in zip(curve, (number * INTERVAL_S, left, 0.93 * left, 1.93 * left), strict=True):
                    column.append(value)
            show(curve)

    def event(self, event: QEvent) -> bool:
        return self._watch.frame(event, super().event)


def main(kind: str, seconds: float) -> int:
    """Show it."""
    app = QApplication(sys.argv[:1])
    window = Window(kind, Watch(seconds))
    window.resize(1920, 1080)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
