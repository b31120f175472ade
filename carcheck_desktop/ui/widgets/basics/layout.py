"""Layouts and empty grounds in one line of code; distances grow and shrink with the look, as texts do."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S

Margins = tuple[int, int, int, int]
Direction = QBoxLayout.Direction


class Line(QBoxLayout):
    """Parts in a line; spacing and margins (left, top, right, bottom) are those of scale 1."""

    def __init__(self, direction: QBoxLayout.Direction, spacing: int, margins: Margins) -> None:
        super().__init__(direction)
        self._made = (spacing, *margins)
        self._scale = 0.0
        self._fit(1.0)

    def invalidate(self) -> None:
        """Take the distances of the look; Qt asks for this whenever a look may have changed."""
        parent = self.parentWidget()
        if parent is not None:
            self._fit(look_of(parent).scale)
        super().invalidate()

    def _fit(self, scale: float) -> None:
        if scale != self._scale:
            self._scale = scale
            spacing, left, top, right, bottom = (round(gap * scale) for gap in self._made)
            self.setSpacing(spacing)
            self.setContentsMargins(left, top, right, bottom)


def row(*parts: QWidget, spacing: int = SPACE_S, margins: Margins = (0, 0, 0, 0)) -> Line:
    """Return parts side by side."""
    made = Line(Direction.LeftToRight, spacing, margins)
    for part in parts:
        made.addWidget(part)
    return made


def column(*parts: QWidget, spacing: int = SPACE_S, margins: Margins = (0, 0, 0, 0)) -> Line:
    """Return parts below each other."""
    made = Line(Direction.TopToBottom, spacing, margins)
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
