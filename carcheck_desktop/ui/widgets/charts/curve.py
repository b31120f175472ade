"""The live curve of both wheels with what is demanded of their sum; pyqtgraph is loaded when first shown.

Samples are collected by their number as they arrive and painted by one timer at 25 fps, never per
sample. A sample that never arrived is a gap in the line, not a guess.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.qt import NO_FOCUS
from carcheck_desktop.ui.widgets.charts.curve_samples import Samples

FRAME_MS = 40
LEAST_SPAN_S = 8.0
LEAST_TOP_DAN = 100.0
HEADROOM = 1.28


class CurveView(QWidget):
    """Both wheels, their sum and the demanded sum over time, in daN and seconds."""

    def __init__(self, name: str, words: dict[str, str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words["title"])
        self._words = words
        self._samples = Samples()
        self._demanded: float | None = None
        self._needed = ""
        self._dirty = True
        self._plot: Any = None
        self._lines: dict[str, Any] = {}
        self._limit: Any = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.paint_now)

    def show_curve(self, samples: Samples, demanded_sum_daN: float | None) -> None:
        """Draw these samples from now on; they may grow meanwhile."""
        if samples is not self._samples or demanded_sum_daN != self._demanded:
            self._samples, self._demanded = samples, demanded_sum_daN
            self._dirty = True

    def show_needed(self, text: str) -> None:
        """Say at the limit's line what is needed."""
        if text != self._needed:
            self._needed = text
            self._dirty = True

    def grown(self) -> None:
        """Say that samples were added; the next frame draws them."""
        self._dirty = True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._plot is not None:
            self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # after the first paint: loading pyqtgraph costs more than the whole rest of the window
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paint_now(self) -> None:
        """Draw what has changed since the last frame."""
        if self._plot is None:
            self._build()
        if not self._dirty:
            return
        self._dirty = False
        seconds = self._samples.seconds()
        values = {"left": self._samples.left_daN, "right": self._samples.right_daN, "sum": self._samples.sum_daN()}
        for name, line in self._lines.items():
            line.setData(seconds, values[name])
        self._fit(seconds)

    def _fit(self, seconds: list[float]) -> None:
        top = max(self._samples.top_sum() or 0.0, self._demanded or 0.0, LEAST_TOP_DAN) * HEADROOM
        span = max(LEAST_SPAN_S, (seconds[-1] if seconds else 0.0) * 1.05)
        self._plot.setXRange(0, span, padding=0)
        self._plot.setYRange(0, top, padding=0)
        self._limit.setVisible(self._demanded is not None)
        if self._demanded is not None:
            self._limit.setValue(self._demanded)
            self._limit.label.setFormat(self._needed)

    def _build(self) -> None:
        import pyqtgraph as pg  # noqa: PLC0415 - 0.8 s to load, so only when a curve is on the screen

        plot = pg.PlotWidget()
        plot.setObjectName(f"{self.objectName()}_plot")
        plot.setAccessibleName(self._words["title"])
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.setFocusPolicy(NO_FOCUS)
        plot.showGrid(x=True, y=True, alpha=0.18)
        self._plot = plot
        for name in ("sum", "left", "right"):
            self._lines[name] = plot.plot(antialias=True, connect="finite")
        self._limit = pg.InfiniteLine(angle=0, label="", labelOpts={"position": 0.02, "anchors": [(0, 1), (0, 1)]})
        plot.addItem(self._limit)
        self._box.addWidget(plot)
        self._dress()

    def _dress(self) -> None:
        """Take colours and text sizes from the window's look."""
        import pyqtgraph as pg  # noqa: PLC0415 - as above

        look = look_of(self)
        palette = look.palette
        self._plot.setBackground(palette.surface)
        self._lines["sum"].setPen(pg.mkPen(palette.curve_sum, width=2.5))
        self._lines["left"].setPen(pg.mkPen(palette.curve_left, width=2))
        self._lines["right"].setPen(pg.mkPen(palette.curve_right, width=2, dash=[5, 2.5]))
        self._limit.setPen(pg.mkPen(palette.curve_limit, width=2, dash=[8, 5]))
        self._limit.label.setColor(palette.curve_limit)
        self._limit.label.setFont(font(look.text_px("body"), bold=True))
        caption_px = look.text_px("caption")
        for side, label in (("left", self._words["force"]), ("bottom", self._words["time"])):
            axis = self._plot.getAxis(side)
            axis.setPen(palette.border_strong)
            axis.setTextPen(palette.text_muted)
            axis.setTickFont(font(caption_px))
            axis.enableAutoSIPrefix(False)
            axis.setLabel(label, **{"font-size": f"{caption_px}px"})
