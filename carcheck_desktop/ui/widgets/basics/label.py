"""A text of the type scale."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import Tone


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
        # at fractional scales letters are up to a pixel wider than their whole-numbered measure
        metrics, width = self.fontMetrics(), max(0, self.contentsRect().width() - 1)
        shown = metrics.elidedText(self._whole, qt.ELIDE_RIGHT, width)
        less = width
        # Qt leaves the … a pixel or two more than there is
        while less > 0 and shown != self._whole and metrics.horizontalAdvance(shown) > width:
            less -= 1
            shown = metrics.elidedText(self._whole, qt.ELIDE_RIGHT, less)
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._elided and event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self._fit()
