"""The palette: every colour, every pair of ink and ground with its contrast, every tone as a chip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from carcheck_desktop.ui.gallery.samples import colours_of
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import (
    LIGHT,
    RADIUS_M,
    SPACE_L,
    SPACE_S,
    TONE_ICON,
    Tone,
    contrast,
    text_pairs,
)
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.ui.bridge.words import Words

SWATCH_PX, PAIR_PX = (150, 64), (300, 44)
COLUMNS = {"swatch": 6, "pair": 3, "chip": 5}


class Painted(QWidget):
    """A piece of colour with its words, painted in the palette that the window wears."""

    def __init__(self, name: str, size_px: tuple[int, int], texts: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(" / ".join(texts))
        self._size_px = size_px
        self.texts = texts

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def sizeHint(self) -> QSize:
        """Return room for the designed size, or for longer words."""
        look = look_of(self)
        measured = QFontMetrics(font(look.text_px("body"), bold=True))
        widest = max(measured.horizontalAdvance(text) for text in (self.line(), *self.texts[:1]))
        height = max(look.px(self._size_px[1]), round(measured.height() * 1.2) * self.lines() + look.px(SPACE_S))
        return QSize(max(look.px(self._size_px[0]), widest + look.px(2 * SPACE_L)), height)

    def line(self) -> str:
        """Return the longest line that is painted."""
        return ""

    def lines(self) -> int:
        """Return how many lines are painted."""
        return 1

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


class Swatch(Painted):
    """One colour of the palette with its word below."""

    def __init__(self, token: str, word: str) -> None:
        super().__init__(f"swatch_{token}", SWATCH_PX, (word,))
        self._token = token

    def lines(self) -> int:
        return 3

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of(self)
        colour = getattr(look.palette, self._token)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line_px = round(QFontMetrics(font(look.text_px("body"))).height() * 1.2)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        box.setBottom(box.bottom() - 2 * line_px)
        painter.setPen(QPen(QColor(look.palette.border_strong), 1))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box, look.px(RADIUS_M), look.px(RADIUS_M))
        for number, (text, ink) in enumerate(((self.texts[0], "text"), (colour, "text_muted"))):
            painter.setPen(QColor(getattr(look.palette, ink)))
            painter.setFont(font(look.text_px("body"), bold=not number))
            place = QRectF(0, box.bottom() + number * line_px, self.width(), line_px)
            painter.drawText(place, qt.LEFT | qt.MIDDLE, text)
        painter.end()


class PairSample(Painted):
    """An ink on its ground with the contrast as it is reckoned now."""

    def __init__(self, pair: str, ink: str, ground: str) -> None:
        super().__init__(f"pair_{pair.replace(' / ', '_on_')}", PAIR_PX, (ink, ground))
        self._pair = pair

    def line(self) -> str:
        return self._text()

    def _text(self) -> str:
        ink, ground = text_pairs(look_of(self).palette)[self._pair]
        return f"{' / '.join(self.texts)}   {contrast(ink, ground):.1f} : 1"

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of(self)
        ink, ground = text_pairs(look.palette)[self._pair]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.palette.border), 1))
        painter.setBrush(QColor(ground))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, look.px(RADIUS_M), look.px(RADIUS_M))
        painter.setPen(QColor(ink))
        painter.setFont(font(look.text_px("body"), bold=True))
        painter.drawText(box.adjusted(look.px(SPACE_L), 0, 0, 0), qt.LEFT | qt.MIDDLE, self._text())
        painter.end()


def colours(words: Words) -> QWidget:
    """Return the page."""
    page = panel("canvas", "page_colours")
    swatches = [Swatch(token, words(f"gallery.token.{token}")) for token in colours_of(LIGHT)]
    whole = column(
        _card(words, "palette", swatches, COLUMNS["swatch"]),
        _card(words, "tones", [_tone_chip(words, tone) for tone in Tone], COLUMNS["chip"]),
        _card(words, "contrast", [_pair(words, pair) for pair in text_pairs(LIGHT)], COLUMNS["pair"]),
        spacing=SPACE_L,
        margins=(0, 0, SPACE_L, SPACE_L),
    )
    whole.addStretch(1)
    page.setLayout(whole)
    return page


def _pair(words: Words, pair: str) -> PairSample:
    return PairSample(pair, *(words(f"gallery.token.{name}") for name in pair.split(" / ")))


def _tone_chip(words: Words, tone: Tone) -> Chip:
    chip = Chip(f"chip_{tone.value}")
    chip.show_chip(tone, TONE_ICON[tone], words(f"gallery.token.{tone.value}"))
    return chip


def _card(words: Words, name: str, parts: Sequence[QWidget], columns: int) -> QFrame:
    card = panel("card", f"card_{name}")
    grid = QGridLayout()
    grid.setSpacing(SPACE_S)
    alignment = (qt.LEFT,) if isinstance(parts[0], Chip) else ()
    for number, part in enumerate(parts):
        grid.addWidget(part, number // columns, number % columns, *alignment)
    for number in range(columns):
        grid.setColumnStretch(number, 1)
    whole = column(Label(words(f"gallery.component.{name}"), "section"), margins=(SPACE_L, SPACE_L, SPACE_L, SPACE_L))
    whole.addLayout(grid)
    card.setLayout(whole)
    return card
