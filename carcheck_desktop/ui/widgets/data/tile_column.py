"""Instrument tiles below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_S
from carcheck_desktop.ui.widgets.basics.layout import column
from carcheck_desktop.ui.widgets.data.device_tile import DeviceTile
from carcheck_desktop.ui.widgets.data.states import TileState

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class TileColumn(QScrollArea):
    """Instrument tiles below each other; as high as they are, scrolling only when they must."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setWidgetResizable(True)
        self.setFrameShape(qt.NO_FRAME)
        self.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
        self.setFocusPolicy(qt.NO_FOCUS)
        self._inner = QWidget()
        self._inner.setProperty("kind", "clear")
        self._tiles: list[DeviceTile] = []
        self._box = column(spacing=SPACE_S)
        self._box.addStretch(1)
        self._inner.setLayout(self._box)
        self.setWidget(self._inner)

    def show_tiles(self, states: tuple[TileState, ...]) -> None:
        """Show these tiles, those with a problem first."""
        ordered = sorted(states, key=lambda state: (not state.cause, state.key))
        while len(self._tiles) < len(ordered):
            tile = DeviceTile(f"device_tile_{len(self._tiles)}")
            self._box.insertWidget(len(self._tiles), tile)
            self._tiles.append(tile)
        for number, tile in enumerate(self._tiles):
            tile.setVisible(number < len(ordered))
            if number < len(ordered):
                tile.show_tile(ordered[number])
        self.fit()

    def fit(self) -> None:
        """Take the height that the tiles need, at most half of the window's."""
        width = max(120, self.viewport().width())
        inner = self._box.heightForWidth(width) if self._box.hasHeightForWidth() else self._inner.sizeHint().height()
        most = round(self.window().height() * 0.42)
        # what Qt takes for the least height has no room for wrapped advice: it scrolls instead of being squeezed
        self._inner.setMinimumHeight(inner)
        self.setFixedHeight(max(24, min(inner + 2, most)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # words, letters or their size have changed
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
