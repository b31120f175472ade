"""A curve over time that grows while it is looked at: lines, limits, where a limit was reached, the greatest value.

What stands still (grid, axes, what was drawn before) is kept as a picture; a frame draws only the
samples that came since the last one and asks Qt for that piece of the window alone. One timer at
25 fps, never one repaint per sample. A sample that never arrived is a gap in the line, not a guess.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.widgets.charts.axis import Scale, grown
from carcheck_desktop.ui.widgets.charts.curve_paint import (
    Pencil,
    Plotting,
    draw_ground,
    draw_overlay,
    headroom,
    margins,
)
from carcheck_desktop.ui.widgets.charts.curve_samples import Trace
from carcheck_desktop.ui.widgets.charts.states import PlotState
from carcheck_desktop.ui.widgets.data.painting import Painted, paints_pixels

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent

FRAME_MS = 40
QUIET_S = 2
"""A running curve that has not grown for so long says so."""
NO_PLOT = PlotState("", "", ())


class Canvas:
    """What stands still of one plotting: a picture to which the samples that came since are added."""

    def __init__(self, plotting: Plotting, trace: Trace, size: QSize, ratio: float) -> None:
        self.plotting = plotting
        self._trace = trace
        self._width = size.width()
        self._picture = QPixmap(size * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(plotting.look.palette.surface))
        painter = QPainter(self._picture)
        draw_ground(painter, plotting)
        painter.end()
        self._pencils = {line.key: Pencil(line, plotting) for line in plotting.plot.lines}
        self.count = 0
        self.revision = trace.revision
        self.add()

    def add(self) -> QRect:
        """Draw the samples that came since the last frame; return where the window has to be painted."""
        count = len(self._trace)
        if count == self.count:
            return QRect()
        self.count = count
        left = min((pencil.tail_left(self._trace) for pencil in self._pencils.values()), default=0.0)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key, pencil in self._pencils.items():
            pencil.go_on(painter, self._trace, self._trace.columns[key])
        painter.end()
        right = self.plotting.spot(self._trace.at_s(count), 0).x()
        return QRect(int(left) - 4, 0, int(right - left) + 8, round(self._picture.deviceIndependentSize().height()))

    def draw(self, painter: QPainter, piece: QRectF) -> None:
        """Draw a piece of it, and the ends of the lines that are not in the picture yet."""
        pencils = self._pencils
        if paints_pixels(painter):
            ratio = self._picture.devicePixelRatio()
            source = QRectF(piece.x() * ratio, piece.y() * ratio, piece.width() * ratio, piece.height() * ratio)
            painter.drawPixmap(piece, self._picture, source)
        else:
            painter.fillRect(piece, QColor(self.plotting.look.palette.surface))
            draw_ground(painter, self.plotting)
            pencils = {line.key: Pencil(line, self.plotting) for line in self.plotting.plot.lines}
        for key, pencil in pencils.items():
            pencil.draw_tail(painter, self._trace, self._trace.columns[key])


class CurveView(Painted):
    """Lines of a trace over time with their limits; `compact` has no axes, for six lanes on one screen.

    `plot` is what is drawn.
    """

    quiet = Signal(int)
    """Whole seconds since the last sample of a running curve, 0 when samples come again."""

    def __init__(self, name: str, *, compact: bool = False, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(name)
        self.compact = compact
        self._now_s = now_s
        self.plot = NO_PLOT
        self._trace = Trace(())
        self._words: tuple[str, ...] = ()
        self._canvas: Canvas | None = None
        self._crossings: dict[int, int] = {}
        self._searched = 0
        self._overlay = QRect()
        self._dirty = True
        self._grew_at_s = now_s()
        self._quiet_s = 0
        self.setSizePolicy(qt.GROWING, qt.GROWING)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.paint_now)

    @property
    def drawn(self) -> int:
        """How many samples the picture has."""
        return self._canvas.count if self._canvas is not None else 0

    @property
    def crossings(self) -> dict[int, int]:
        """Number of the first sample that reached a limit, by the limit's number."""
        return self._crossings

    def show_plot(self, plot: PlotState, trace: Trace) -> None:
        """Draw this trace from now on; it may grow meanwhile."""
        if plot == self.plot and trace is self._trace:
            return
        if trace is not self._trace or plot.limits != self.plot.limits:
            self._crossings, self._searched = {}, 0
        if trace is not self._trace or plot.is_running != self.plot.is_running:
            self._grew_at_s = self._now_s()
        self.plot, self._trace = plot, trace
        self.setAccessibleName(plot.title)
        self._anew()

    def show_limits(self, words: tuple[str, ...]) -> None:
        """Say something else at the limits' lines."""
        if words != self._words:
            self._words = words
            self._dirty = True

    def grown(self) -> None:
        """Say that samples were added; the next frame draws them."""
        self._dirty = True
        self._grew_at_s = self._now_s()

    def look_for_limits(self) -> None:
        """Look for limits that were reached since the last look."""
        if self._canvas is None or self._canvas.revision != self._trace.revision:
            self._crossings, self._searched = {}, 0
        for number, limit in enumerate(self.plot.limits):
            if number not in self._crossings and limit.line in self._trace.columns:
                found = self._trace.first_at(limit.line, limit.value, self._searched, above=limit.is_most)
                if found is not None:
                    self._crossings[number] = found
        self._searched = len(self._trace)

    def paint_now(self) -> None:
        """Draw what has changed since the last frame."""
        self._tell_quiet()
        if not self._dirty or self.width() < 2 or self.height() < 2:
            return
        self._dirty = False
        self.look_for_limits()
        wanted = self._wanted()
        canvas = self._canvas
        if canvas is None or wanted != canvas.plotting or self._trace.revision != canvas.revision:
            self._redraw(wanted)
            self.update()
            return
        self.update(canvas.add())
        self._move_overlay(wanted)

    def _wanted(self) -> Plotting:
        plot, trace, look = self.plot, self._trace, look_of(self)
        found = [trace.top(line.key) for line in plot.lines]
        tops = [each[1] for each in found if each is not None]
        top = max([*tops, *(limit.value for limit in plot.limits), 0.0])
        left, above, right, below = margins(plot, look, compact=self.compact)
        box = QRectF(left, above, max(1.0, self.width() - left - right), max(1.0, self.height() - above - below))
        room = headroom(plot, look, box.height(), compact=self.compact)
        return Plotting(
            plot,
            box,
            Scale(0.0, grown(trace.at_s(len(trace)), plot.least_span_s), box.width()),
            Scale(0.0, grown(top * room, plot.least_top), box.height()),
            look,
            self.compact,
        )

    def _redraw(self, plotting: Plotting) -> Canvas:
        self._canvas = Canvas(plotting, self._trace, self.size(), self.devicePixelRatioF())
        self._overlay = QRect()
        return self._canvas

    def _move_overlay(self, plotting: Plotting) -> None:
        """Repaint where marks and words were and where they are now."""
        place = draw_overlay(None, plotting, self._trace, self._words, self._crossings).toAlignedRect()
        self.update(self._overlay.united(place))
        self._overlay = place

    def _tell_quiet(self) -> None:
        passed_s = int(self._now_s() - self._grew_at_s) if self.plot.is_running and len(self._trace) else 0
        quiet_s = passed_s if passed_s >= QUIET_S else 0
        if quiet_s != self._quiet_s:
            self._quiet_s = quiet_s
            self.quiet.emit(quiet_s)

    def _anew(self) -> None:
        self._canvas = None
        self._dirty = True

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(180), look.px(60)) if self.compact else QSize(look.px(420), look.px(220))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(80), look.px(36)) if self.compact else QSize(look.px(160), look.px(90))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas = self._canvas
        if canvas is None:
            # the first picture, and the one after a resize, are never a blank place
            self.look_for_limits()
            canvas = self._redraw(self._wanted())
        painter = self.begin()
        canvas.draw(painter, QRectF(event.rect()))
        draw_overlay(painter, canvas.plotting, self._trace, self._words, self._crossings)
        self.finish(painter)
