"""Small parts: labels of the type scale, icons, chips, cards, plates and banners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import pixmap
from carcheck_desktop.ui.theme.tokens import LIGHT, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Palette, Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.widgets.states import BannerState, PairState, PlateState


class Label(QLabel):
    """A text of the type scale; `elided` ones end in … and show the whole as a tool tip."""

    def __init__(self, text: str = "", style: str = "", *, wrap: bool = False, elided: bool = False) -> None:
        super().__init__()
        self._elided = elided
        self._whole = text
        self.setTextFormat(qt.PLAIN_TEXT)
        self.setWordWrap(wrap)
        if style:
            self.setProperty("level", style)
        if elided:
            self.setMinimumWidth(24)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self.setProperty("elided", True)
        self.setText(text)

    def show_text(self, text: str, tone: Tone | None = None) -> None:
        """Show another text; nothing is painted when it is the same."""
        if tone is not None:
            restyle(self, tone=tone.value)
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._fit()

    def _fit(self) -> None:
        if not self._elided:
            self.setText(self._whole)
            return
        shown = self.fontMetrics().elidedText(self._whole, qt.ELIDE_RIGHT, max(0, self.contentsRect().width()))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def sizeHint(self) -> QSize:
        """Return room for the whole text."""
        if not self._elided:
            return super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elided:
            self._fit()


class Icon(QLabel):
    """An icon in the colour of a tone."""

    def __init__(self, size_px: int, palette: Palette = LIGHT) -> None:
        super().__init__()
        self._size_px = size_px
        self._palette = palette
        self._shown = ("", "")
        self.setFixedSize(size_px, size_px)

    def show_icon(self, name: str, tone: Tone, colour: str | None = None) -> None:
        """Draw another icon; nothing for an empty name."""
        ink = colour or self._palette.tones[tone].ink
        if (name, ink) == self._shown:
            return
        self._shown = (name, ink)
        if name:
            self.setPixmap(pixmap(name, ink, self._size_px, max(1.0, self.devicePixelRatioF())))
        else:
            self.clear()


def row(*parts: QWidget, spacing: int = SPACE_S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return parts side by side."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    for part in parts:
        made.addWidget(part)
    return made


def column(*parts: QWidget, spacing: int = SPACE_S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return parts below each other."""
    made = QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    for part in parts:
        made.addWidget(part)
    return made


def panel(kind: str, name: str) -> QFrame:
    """Return an empty ground of one kind (card, bar, sunken, footer, clear …)."""
    made = QFrame()
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setAttribute(qt.STYLED)
    return made


class Chip(QFrame):
    """An icon and a word on the soft ground of a tone."""

    def __init__(self, name: str, palette: Palette = LIGHT, icon_px: int = 16) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "chip")
        self.setAttribute(qt.STYLED)
        self._icon = Icon(icon_px, palette)
        self._label = Label()
        self.setLayout(row(self._icon, self._label, spacing=SPACE_XS + 2, margins=(10, 3, SPACE_M, 3)))
        self.setSizePolicy(qt.FIXED, qt.FIXED)

    def show_chip(self, tone: Tone, icon: str, text: str) -> None:
        """Show another state."""
        restyle(self, tone=tone.value)
        self._icon.show_icon(icon, tone)
        self._label.show_text(text)
        self.setAccessibleName(text)


class Banner(QFrame):
    """A strip across the window, hidden while there is nothing to say; `narrow` ones put the detail below."""

    def __init__(self, name: str, palette: Palette = LIGHT, icon_px: int = 20, *, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
        self._icon = Icon(icon_px, palette)
        self._text = Label("", "strong", wrap=narrow)
        self._detail = Label("", wrap=True)
        line = row(self._icon, spacing=SPACE_M, margins=(SPACE_M, 6, SPACE_M, 6))
        if narrow:
            line.addLayout(column(self._text, self._detail, spacing=2), 1)
        else:
            line.addWidget(self._text)
            line.addWidget(self._detail, 1)
        self.setLayout(line)
        self.hide()

    def show_banner(self, state: BannerState | None) -> None:
        """Show or hide."""
        if state is not None:
            restyle(self, tone=state.tone.value)
            self._icon.show_icon(state.icon, state.tone)
            self._text.show_text(state.text)
            self._text.setVisible(bool(state.text))
            self._detail.show_text(state.detail)
            self._detail.setVisible(bool(state.detail))
            self.setAccessibleName(f"{state.text} {state.detail}".strip())
        self.setVisible(state is not None)


PLATE_GROUNDS: dict[str, tuple[str, str, str]] = {
    "01": ("#f5b800", "#f5b800", "#10151a"),
    "02": ("#1a4fa3", "#1a4fa3", "#ffffff"),
    "51": ("#f5c518", "#57b56c", "#10151a"),
    "52": ("#eef7ef", "#5fbf78", "#10151a"),
}
"""Plate kind (GA/T 16.7) -> upper ground, lower ground, letters; others are drawn white."""
OTHER_GROUND = ("#ffffff", "#ffffff", "#10151a")


def draw_plate(painter: QPainter, state: PlateState, box: QRectF) -> None:
    """Draw a plate as it looks on the car."""
    upper, lower, ink = PLATE_GROUNDS.get(state.kind, OTHER_GROUND)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(box.topLeft(), QPointF(box.left(), box.bottom()))
    ground.setColorAt(0, QColor(upper))
    ground.setColorAt(1, QColor(lower))
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
    """A plate."""

    def __init__(self, name: str, height_px: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._height_px = height_px
        self._state: PlateState | None = None
        self.setSizePolicy(qt.FIXED, qt.FIXED)
        self.setFixedHeight(height_px)

    def show_plate(self, state: PlateState | None) -> None:
        """Show another plate, or none."""
        self.setVisible(state is not None)
        if state is None or state == self._state:
            return
        self._state = state
        self.setAccessibleName(state.text)
        self.setFixedWidth(round(plate_width(state, self._height_px)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        painter = QPainter(self)
        draw_plate(painter, self._state, QRectF(0, 0, self.width(), self.height()))
        painter.end()


class Pairs(QWidget):
    """A key-value list: short label and value side by side, in so many columns as are asked for."""

    def __init__(self, name: str, columns: int = 3) -> None:
        super().__init__()
        self.setObjectName(name)
        self._columns = columns
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_XS)
        self._grid.setColumnStretch(columns, 1)
        self.setLayout(self._grid)
        self._parts: list[tuple[QWidget, Label, Label]] = []

    def show_pairs(self, pairs: tuple[PairState, ...]) -> None:
        """Show these pairs."""
        while len(self._parts) < len(pairs):
            self._add()
        for index, (holder, label, value) in enumerate(self._parts):
            holder.setVisible(index < len(pairs))
            if index < len(pairs):
                label.show_text(pairs[index].label)
                label.setVisible(bool(pairs[index].label))
                value.show_text(pairs[index].value)
        self.setAccessibleName(", ".join(f"{pair.label} {pair.value}".strip() for pair in pairs))

    def _add(self) -> None:
        number = len(self._parts)
        label, value = Label("", "caption"), Label("", "value")
        holder = panel("clear", f"{self.objectName()}_{number}")
        line = row(label, value, spacing=SPACE_XS + 2)
        line.addStretch(1)
        holder.setLayout(line)
        self._grid.addWidget(holder, number // self._columns, number % self._columns)
        self._parts.append((holder, label, value))
