"""What painted parts share: type for a density, texts that fit, notes where there is nothing to draw; no state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen
from PySide6.QtWidgets import QFrame, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import RADIUS_S, TYPE, Tone
from carcheck_desktop.ui.widgets.data.states import Phase

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPaintEvent

    from carcheck_desktop.ui.theme.look import Look

SMALLEST = 0.75
"""A text is made this much smaller before it is cut."""
PHASE_ICON = {
    Phase.EMPTY: "inbox",
    Phase.LOADING: "loader-circle",
    Phase.OFFLINE: "cloud-off",
    Phase.ERROR: "circle-alert",
    Phase.STALE: "history",
}


def text_px(look: Look, level: str) -> int:
    """Return the size in pixels of a step of the type scale."""
    return look.text_px(level)


def small(level: str) -> str:
    """Return the step for what stands below a text of this step: what hangs on a wall has nothing for near eyes."""
    return "wall_caption" if level.startswith("wall_") else "caption"


def unit_px(look: Look, level: str, design_px: float) -> float:
    """Return a length of the design in pixels, as much larger as the letters are than those of a desk."""
    return design_px * max(look.scale, text_px(look, level) / TYPE.strong)


def text_font(look: Look, level: str, *, bold: bool = False) -> QFont:
    """Return the font of a step of the type scale."""
    return font(text_px(look, level), bold=bold)


def draw_fitted(painter: QPainter, box: QRectF, text: str, flags: Qt.AlignmentFlag = qt.LEFT | qt.MIDDLE) -> bool:
    """Draw one line with the painter's font and pen: smaller before it is cut; return whether it was cut."""
    used = painter.font()
    wanted = used.pixelSize()
    size = wanted
    while painter.fontMetrics().horizontalAdvance(text) > box.width() and size > wanted * SMALLEST:
        size -= 1
        used.setPixelSize(size)
        painter.setFont(used)
    shown = painter.fontMetrics().elidedText(text, qt.ELIDE_RIGHT, int(box.width()))
    painter.drawText(box, flags, shown)
    return shown != text


def draw_note(painter: QPainter, box: QRectF, look: Look, phase: Phase, note: str, level: str = "body") -> None:
    """Draw why there is nothing here: a sign and a sentence, side by side in the middle of the place."""
    colours = look.palette.tones[Tone.BAD if phase is Phase.ERROR else Tone.OFF]
    painter.setFont(text_font(look, level))
    side = painter.fontMetrics().height()
    gap = side * 0.4
    width = min(box.width(), painter.fontMetrics().horizontalAdvance(note) + side + gap + 1)
    left = box.center().x() - width / 2
    draw_icon(painter, PHASE_ICON[phase], colours.ink, QRectF(left, box.center().y() - side / 2, side, side))
    painter.setPen(QColor(colours.ink))
    draw_fitted(painter, QRectF(left + side + gap, box.top(), width - side - gap, box.height()), note)


def paints_pixels(painter: QPainter) -> bool:
    """Say whether a picture drawn before may stand for the words in it: paper, and who reads them, want the words."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def greyed(look: Look) -> Look:
    """Return a look without states: what is disabled can still be read, but nothing in it calls."""
    off = look.palette.tones[Tone.OFF]
    palette = replace(
        look.palette,
        tones=dict.fromkeys(look.palette.tones, off),
        text=off.ink,
        text_muted=off.ink,
        curve_left=off.ink,
        curve_right=off.ink,
        curve_sum=off.ink,
        curve_limit=off.ink,
    )
    return replace(look, palette=palette)


class Painted(QWidget):
    """A part that paints itself: follows the look, shows focus, pales while disabled."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def begin(self) -> QPainter:
        """Return a painter for this part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def look(self) -> Look:
        """Return the look to paint with: that of the window, in greys while this part is disabled."""
        worn = look_of(self)
        return worn if self.isEnabled() else greyed(worn)

    def finish(self, painter: QPainter) -> None:
        """Draw the ring of the focus and end painting."""
        if self.hasFocus():
            draw_focus(painter, self)
        painter.end()


def draw_focus(painter: QPainter, widget: QWidget, place: QRectF | None = None) -> None:
    """Draw the ring of the focus around a part or a place in it."""
    look = look_of(widget)
    width = max(2, look.px(2))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.palette.focus), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    box = QRectF(widget.rect()) if place is None else place
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), RADIUS_S, RADIUS_S)


class Pressable(QFrame):
    """A card that may be pressed, by mouse, Enter or blank; `opens` says whether it is."""

    pressed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.key = ""
        self._opens = False

    def set_opens(self, opens: bool) -> None:
        """Make it a tab stop that can be pressed, or take that away."""
        if opens != self._opens:
            self._opens = opens
            self.setFocusPolicy(qt.STRONG_FOCUS if opens else qt.NO_FOCUS)
            self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._opens and self.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            draw_focus(painter, self)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
