"""A key-value list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import QGridLayout, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import panel, row
from carcheck_desktop.ui.widgets.data.painting import draw_focus
from carcheck_desktop.ui.widgets.data.states import PairState

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

ORIGIN_ICON, DOUBT_ICON = "history", "triangle-alert"


@dataclass(frozen=True, slots=True)
class _Line:
    """The parts of one line."""

    holder: QWidget
    label: Label
    value: Label
    mark: Icon

    def show_pair(self, pair: PairState) -> None:
        """Show another pair."""
        self.label.show_text(pair.label)
        self.label.setVisible(bool(pair.label))
        self.value.show_text(pair.value)
        tone = Tone.CAUTION if pair.doubt else Tone.NEUTRAL
        self.mark.show_icon(DOUBT_ICON if pair.doubt else ORIGIN_ICON if pair.origin else "", tone)
        self.mark.setVisible(bool(pair.doubt or pair.origin))
        said = " · ".join(part for part in (pair.origin, pair.doubt) if part)
        self.holder.setToolTip(said)
        self.mark.setAccessibleName(said)


class Pairs(QWidget):
    """A key-value list: short label and value side by side, in so many columns as are asked for.

    One that `copies` is a tab stop: the arrow keys choose a value and Ctrl+C copies it. One that
    `wraps` breaks long values into lines instead of growing.
    """

    def __init__(self, name: str, columns: int = 3, *, copies: bool = False, wraps: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._columns = columns
        self._wraps = wraps
        self._chosen = 0
        self._pairs: tuple[PairState, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(*((SPACE_XS,) * 4 if copies else (0, 0, 0, 0)))
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_XS)
        if wraps:
            for number in range(columns):
                self._grid.setColumnStretch(number, 1)
        else:
            self._grid.setColumnStretch(columns, 1)
        self.setLayout(self._grid)
        self._lines: list[_Line] = []
        self.setFocusPolicy(qt.STRONG_FOCUS if copies else qt.NO_FOCUS)

    def show_pairs(self, pairs: tuple[PairState, ...]) -> None:
        """Show these pairs."""
        if pairs == self._pairs:
            return
        self._pairs = pairs
        while len(self._lines) < len(pairs):
            self._add()
        for index, line in enumerate(self._lines):
            line.holder.setVisible(index < len(pairs))
            if index < len(pairs):
                line.show_pair(pairs[index])
        self._chosen = min(self._chosen, max(0, len(pairs) - 1))
        self.setAccessibleName(", ".join(pair.spoken for pair in pairs))

    @property
    def chosen(self) -> PairState | None:
        """The pair that Ctrl+C copies."""
        return self._pairs[self._chosen] if self._pairs else None

    def _add(self) -> None:
        number = len(self._lines)
        label, value, mark = Label("", "caption"), Label("", "value", wrap=self._wraps), Icon(14)
        holder = panel("clear", f"{self.objectName()}_{number}")
        # beside a value that takes the whole line the mark would stand far from it
        parts = (label, mark, value) if self._wraps else (label, value, mark)
        line = row(*parts, spacing=SPACE_XS + 2)
        if self._wraps:
            line.setStretch(2, 1)
            line.setAlignment(mark, qt.TOP)
            line.setAlignment(label, qt.TOP)
        else:
            line.addStretch(1)
        holder.setLayout(line)
        self._grid.addWidget(holder, number // self._columns, number % self._columns)
        self._lines.append(_Line(holder, label, value, mark))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: self._columns, Qt.Key.Key_Up: -self._columns
        }  # fmt: skip
        if event.matches(QKeySequence.StandardKey.Copy) and self.chosen is not None:
            QGuiApplication.clipboard().setText(self.chosen.value)
        elif event.key() in steps and 0 <= self._chosen + steps[Qt.Key(event.key())] < len(self._pairs):
            self._chosen += steps[Qt.Key(event.key())]
            self.setAccessibleDescription(self._pairs[self._chosen].spoken)
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self._pairs:
            painter = QPainter(self)
            place = QRectF(self._lines[self._chosen].holder.geometry()).adjusted(-3, -2, 3, 2)
            draw_focus(painter, self, place)
            painter.end()
