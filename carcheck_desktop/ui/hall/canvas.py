"""A part of the board on the screen: it keeps its pieces and paints again only those that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme import qt

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.hall.art.pieces import Piece

EDGE_PX = 2
"""Smooth edges reach this far beyond a piece's place."""


class Canvas(QWidget):
    """Shows pieces on a ground; nothing on it takes the focus or a pointer."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(qt.NO_FOCUS)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._pieces: tuple[Piece, ...] = ()
        self._ground = "#000000"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What is shown."""
        return self._pieces

    def show_pieces(self, pieces: tuple[Piece, ...], ground: str, spoken: str) -> None:
        """Show other pieces; only the places of those that differ are painted."""
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
        before, self._pieces = self._pieces, pieces
        if ground != self._ground or not _is_alike(before, pieces):
            self._ground = ground
            self.update()
            return
        for old, new in zip(before, pieces, strict=True):
            if old != new:
                self.update(_around(old).united(_around(new)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        region = event.region()
        painter.setClipRegion(region)
        painter.fillRect(region.boundingRect(), QColor(self._ground))
        for piece in self._pieces:
            if region.intersects(_around(piece)):
                piece.paint(painter)
        painter.end()


def _is_alike(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> bool:
    """Say whether both have the same kinds of pieces in the same order."""
    return len(before) == len(after) and all(type(a) is type(b) for a, b in zip(before, after, strict=True))


def _around(piece: Piece) -> QRect:
    left, top, width, height = piece.box
    return QRect(int(left) - EDGE_PX, int(top) - EDGE_PX, int(width) + 2 * EDGE_PX + 1, int(height) + 2 * EDGE_PX + 1)
