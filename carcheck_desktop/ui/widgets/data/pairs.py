"""A key-value list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
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
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

ORIGIN_ICON, DOUBT_ICON = "history", "triangle-alert"


@dataclass(frozen=True, slots=True)
class _Line:
    """The parts of one line."""

    holder: QWidget
    label: Label
    value: Label
    mark: Icon

    @property
    def width_px(self) -> int:
        """The room in which nothing of it breaks into lines."""
        texts = sum(each.fontMetrics().horizontalAdvance(each.text()) for each in (self.label, self.value))
        mark = self.mark.sizeHint().width() + SPACE_XS + 2 if not self.mark.isHidden() else 0
        return texts + mark + SPACE_XS + 4

    def stand_on_one_line(self) -> None:
        """Let the small letters of the label stand on the line of the value's first words."""
        lower = self.value.fontMetrics().ascent() - self.label.fontMetrics().ascent()
        self.label.setContentsMargins(0, max(0, lower), 0, 0)

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
    `wraps` takes fewer columns where they would break values into lines, and breaks long ones at last
    instead of growing.
    """

    def __init__(self, name: str, columns: int = 3, *, copies: bool = False, wraps: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._most = self._columns = columns
        self._wraps = wraps
        self._chosen = 0
        self._pairs: tuple[PairState, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(*((SPACE_XS,) * 4 if copies else (0, 0, 0, 0)))
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_XS)
        if not wraps:
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
        self._arrange()

    def _arrange(self) -> None:
        """Stand in as many columns as leave every value in one line, each as wide as it needs; two at least."""
        if not self._wraps or not self._pairs:
            return
        lines = self._lines[: len(self._pairs)]
        fitting = (n for n in range(self._most, 1, -1) if self._fits(_widths(lines, n)))
        columns = next(fitting, min(2, self._most))
        if columns != self._columns:
            self._columns = columns
            for number, line in enumerate(self._lines):
                self._grid.addWidget(line.holder, number // columns, number % columns)
        for line in lines:
            line.stand_on_one_line()
        widths = _widths(lines, columns)
        for number in range(self._most):
            self._grid.setColumnStretch(number, widths[number] if number < len(widths) else 0)

    def _fits(self, widths: list[int]) -> bool:
        return sum(widths) + SPACE_L * (len(widths) - 1) <= self.width()

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
            for part in parts:
                line.setAlignment(part, qt.TOP)
        else:
            line.addStretch(1)
        holder.setLayout(line)
        self._grid.addWidget(holder, number // self._columns, number % self._columns)
        self._lines.append(_Line(holder, label, value, mark))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

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


def _widths(lines: list[_Line], columns: int) -> list[int]:
    """Return the width that each of so many columns needs."""
    return [max(line.width_px for line in lines[number::columns]) for number in range(min(columns, len(lines)))]
