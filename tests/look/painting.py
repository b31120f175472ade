"""Every text that a window paints, whoever paints it: labels, delegates, charts and paintEvents alike.

The window is rendered into a paint device that writes down each text with its place, font and
colour. No picture is made here and nothing is judged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainterPath,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QTextItem

METRIC = QPaintDevice.PaintDeviceMetric
FIXED_METRICS = {
    METRIC.PdmWidthMM: 340, METRIC.PdmHeightMM: 190, METRIC.PdmNumColors: 1 << 24, METRIC.PdmDepth: 32,
    METRIC.PdmDpiX: 96, METRIC.PdmDpiY: 96, METRIC.PdmPhysicalDpiX: 96, METRIC.PdmPhysicalDpiY: 96,
    METRIC.PdmDevicePixelRatio: 1, METRIC.PdmDevicePixelRatioScaled: 1 << 16,
}  # fmt: skip


@dataclass(frozen=True)
class DrawnText:
    """One run of text on one line; places in logical pixels of the window that was rendered."""

    text: str
    ink: QRectF
    """Where its letters are."""
    line: QRectF
    """From the start to the end of the run, over the height of its font."""
    clip: QRectF
    """What its painter let through."""
    widget: QWidget
    """The part that painted it."""
    font: QFont
    size_px: float
    colour: QColor
    alpha: int

    @property
    def where(self) -> str:
        """Name the part that painted the text, by the nearest names."""
        return path_of(self.widget)


def path_of(widget: QWidget) -> str:
    """Return the names of a widget and the named ones around it, outermost first."""
    names: list[str] = []
    each: QWidget | None = widget
    while each is not None and len(names) < 3:
        if each.objectName() and not each.objectName().startswith("qt_"):
            names.append(each.objectName())
        each = each.parentWidget()
    return "/".join(reversed(names)) or type(widget).__name__


class _Turns(QObject):
    """Knows whose turn it is to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.widget: QWidget | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widget = watched
        return False


class _Engine(QPaintEngine):
    """Writes texts down; every other drawing goes nowhere."""

    def __init__(self, turns: _Turns) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.texts: list[DrawnText] = []
        self._turns = turns

    def begin(self, pdev: QPaintDevice) -> bool:
        self.setActive(True)
        return True

    def end(self) -> bool:
        self.setActive(False)
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        return

    def drawTextItem(self, p: QPointF | QPoint | QPainterPath.Element, textItem: QTextItem) -> None:
        widget, text = self._turns.widget, textItem.text()
        if widget is None or not text.strip():
            return
        painter = self.painter()
        to_device: QTransform = painter.deviceTransform()
        font = textItem.font()
        start = QPointF(p.x, p.y) if isinstance(p, QPainterPath.Element) else QPointF(p)
        ink = QFontMetricsF(font).tightBoundingRect(text).translated(start)
        line = QRectF(
            start.x(), start.y() - textItem.ascent(), textItem.width(), textItem.ascent() + textItem.descent()
        )
        everything = QRectF(-1e6, -1e6, 2e6, 2e6)
        clip = to_device.mapRect(painter.clipBoundingRect()) if painter.hasClipping() else everything
        scale = abs(to_device.determinant()) ** 0.5
        colour = painter.pen().color()
        self.texts.append(
            DrawnText(
                text, to_device.mapRect(ink), to_device.mapRect(line), clip, widget, font,
                QFontInfo(font).pixelSize() * scale, colour, round(colour.alpha() * painter.opacity()),
            )
        )  # fmt: skip

    def _nothing(self, *_: Any) -> None:
        return

    drawPixmap: Any = _nothing
    drawTiledPixmap: Any = _nothing
    drawImage: Any = _nothing
    drawPath: Any = _nothing
    drawRects: Any = _nothing
    drawLines: Any = _nothing
    drawPolygon: Any = _nothing
    drawPoints: Any = _nothing
    drawEllipse: Any = _nothing


class _Device(QPaintDevice):
    def __init__(self, size: QSize, turns: _Turns) -> None:
        super().__init__()
        self.engine = _Engine(turns)
        self._size = size

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        if metric == METRIC.PdmWidth:
            return self._size.width()
        return self._size.height() if metric == METRIC.PdmHeight else FIXED_METRICS.get(metric, 1)


def texts_of(window: QWidget) -> list[DrawnText]:
    """Render the window and return its texts in the order in which they were painted."""
    app = QApplication.instance()
    assert app is not None
    turns = _Turns()
    device = _Device(window.size(), turns)
    app.installEventFilter(turns)
    try:
        window.render(device, QPoint(0, 0))
    finally:
        app.removeEventFilter(turns)
    return _joined(device.engine.texts)


def _joined(runs: list[DrawnText]) -> list[DrawnText]:
    """Join the runs of one line: Qt paints Han and Latin letters of one word apart."""
    made: list[DrawnText] = []
    for run in runs:
        last = made[-1] if made else None
        if last is not None and _goes_on(last, run):
            made[-1] = replace(
                last, text=last.text + run.text, ink=last.ink.united(run.ink), line=last.line.united(run.line)
            )
        else:
            made.append(run)
    return made


def _goes_on(last: DrawnText, run: DrawnText) -> bool:
    is_same = last.widget is run.widget and last.colour == run.colour and last.size_px == run.size_px
    on_line = abs(last.line.bottom() - run.line.bottom()) < 0.6 and abs(last.line.right() - run.line.left()) < 1.5
    return is_same and on_line


def room_of(widget: QWidget, window: QWidget) -> QRectF:
    """Return where the widget can be seen, in the window; what can be scrolled to counts as seen."""
    room = _place(widget, window)
    each = widget
    while each is not window:
        parent = each.parentWidget()
        if parent is None:
            break
        area = parent.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is parent and parent is not window:
            return room.intersected(_scrolled_to(area, window))
        room = room.intersected(_place(parent, window))
        each = parent
    return room


def in_sight(widget: QWidget, window: QWidget) -> QRectF:
    """Return where the widget is seen now, in the window; what would have to be scrolled to lies below something else."""
    room = _place(widget, window)
    each: QWidget | None = widget
    while each is not None and each is not window:
        each = each.parentWidget()
        if each is not None:
            room = room.intersected(_place(each, window))
    return room


def _place(widget: QWidget, window: QWidget) -> QRectF:
    return QRectF(widget.rect()).translated(QPointF(widget.mapTo(window, QPoint(0, 0))))


def _scrolled_to(area: QScrollArea, window: QWidget) -> QRectF:
    """Return the part of an area's contents that its bars bring in sight, where they lie now.

    What is around the area cuts its viewport, not what is further down in it: at either end of a bar as much
    of the contents stays hidden as the viewport itself is cut there.
    """
    viewport, contents = area.viewport(), area.widget()
    whole, place = _place(viewport, window), room_of(viewport, window)
    if contents is None or place.isEmpty():
        return place
    inner, seen = _place(contents, window), QRectF(place)
    upright, level = area.verticalScrollBar(), area.horizontalScrollBar()
    if upright.isVisibleTo(area) and upright.maximum() > upright.minimum():
        place.setTop(inner.top() + seen.top() - whole.top())
        place.setBottom(inner.bottom() + seen.bottom() - whole.bottom())
    if level.isVisibleTo(area) and level.maximum() > level.minimum():
        place.setLeft(inner.left() + seen.left() - whole.left())
        place.setRight(inner.right() + seen.right() - whole.right())
    return place
