"""The hall board: paints the presenter's state; no pointer, no dialog, nothing to press."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from carcheck_desktop.ui.bridge.pump import Pump
from carcheck_desktop.ui.bridge.station import Heard, Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.hall.presenter import HallPresenter
from carcheck_desktop.ui.hall.row import ROW_PX, HallRowView
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import open_size, restyle
from carcheck_desktop.ui.theme.density import WALL_DENSITY
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import WALL, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row

if TYPE_CHECKING:
    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link
    from carcheck_desktop.ui.hall.state import HallState

REFRESH_MS = 500
MOST_ROWS = 12
GAP_PX = 12
DESIGNED = (1920, 1080)


class HallWindow(QMainWindow):
    """One row a car: masked plate, stage, progress, time; pages when there are more."""

    def __init__(self, service: Link, catalogue: Catalogue) -> None:
        super().__init__()
        self.setObjectName("hall_window")
        self.setAttribute(qt.CLOSE_DELETES)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.words = Words(catalogue)
        self.station = Station(service, None)
        self.presenter = HallPresenter(self.station, self.words, time.monotonic)
        self._shown: HallState | None = None
        self._scale = 1.0
        self._build()
        self.setWindowTitle(self.words("ui.hall.name"))
        self.setAccessibleName(self.words("ui.hall.name"))
        self.setMinimumSize(960, 540)
        self.resize(open_size(DESIGNED))
        self._rescale()
        self._pump = Pump(self.station, self._take, self)
        self._tick = QTimer(self)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self.refresh)
        self.refresh()

    def start(self) -> None:
        """Connect, and follow the station from now on."""
        self.station.start()
        self._pump.start()
        self._tick.start()

    def _build(self) -> None:
        words = self.words
        self._station = Label("", "wall_title", elided=True)
        self._title = Label(words("ui.hall.title"), "wall_muted")
        self._counts = [Label("", "wall_body"), Label("", "wall_body")]
        self._training = Label(words("ui.hall.training"), "wall_training")
        self._training.setObjectName("training_ribbon")
        self._training.setSizePolicy(qt.FIXED, qt.FIXED)
        self._clock = Label("", "wall_clock")
        self._clock.setObjectName("clock")
        header = panel("bar", "hall_header")
        self._head: QHBoxLayout = row()
        names = column(self._station, self._title, spacing=0)
        self._head.addLayout(names, 1)
        for part in (self._training, *self._counts, self._clock):
            self._head.addWidget(part)
        header.setLayout(self._head)
        self._stale = panel("banner", "stale_banner")
        self._stale_texts = (Label("", "wall_strong"), Label("", "wall_body", elided=True))
        self._stale_line: QHBoxLayout = row(*self._stale_texts)
        self._stale.setLayout(self._stale_line)
        self._stale.hide()
        self._rows = [HallRowView(number) for number in range(MOST_ROWS)]
        board = panel("clear", "hall_rows")
        self._board: QVBoxLayout = column(*self._rows)
        self._board.addStretch(1)
        board.setLayout(self._board)
        self._body = QStackedWidget()
        self._body.addWidget(self._build_empty())
        self._body.addWidget(board)
        self._legend = Label(words("ui.hall.legend"), "wall_muted")
        self._page = Label("", "wall_body")
        footer = panel("clear", "hall_footer")
        self._foot: QHBoxLayout = row(self._legend)
        self._foot.addStretch(1)
        self._foot.addWidget(self._page)
        footer.setLayout(self._foot)
        whole = column(header, self._stale, self._body, footer, spacing=0)
        whole.setStretch(2, 1)
        centre = panel("canvas", "hall_body")
        centre.setLayout(whole)
        self.setCentralWidget(centre)

    def _build_empty(self) -> QWidget:
        empty = panel("clear", "hall_empty")
        self._empty_icon = Icon(160)
        self._empty_texts = (Label("", "wall_clock"), Label("", "wall_body"))
        whole = column(spacing=16)
        whole.addStretch(1)
        whole.addWidget(self._empty_icon, 0, qt.CENTRE)
        for text in self._empty_texts:
            text.setAlignment(qt.CENTRE)
            whole.addWidget(text)
        whole.addStretch(1)
        empty.setLayout(whole)
        return empty

    def _take(self, heard: Heard) -> None:
        self.presenter.heard()
        if heard.changed:
            self.refresh()

    def _per_page(self) -> int:
        """Return how many rows fit below the header and above the footer."""
        room = self._body.height() - round(2 * 20 * self._scale)
        return max(1, min(MOST_ROWS, room // round((ROW_PX + GAP_PX) * self._scale)))

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        state = self.presenter.state(self._per_page())
        if state == self._shown:
            return
        self._shown = state
        self._station.show_text(state.station)
        self._training.setVisible(state.training)
        for label, text in zip(self._counts, (state.waiting, state.on_lanes), strict=True):
            label.show_text(text)
        self._clock.show_text(state.clock)
        self._show_stale(state)
        for number, view in enumerate(self._rows):
            view.show_row(state.rows[number] if number < len(state.rows) else None, self._scale)
        self._page.show_text(state.page_text)
        for label, text in zip(self._empty_texts, (state.empty, state.empty_detail), strict=True):
            label.show_text(text)
        self._empty_icon.show_icon(state.empty_icon, Tone.OFF)
        self._body.setCurrentIndex(0 if state.empty else 1)

    def _show_stale(self, state: HallState) -> None:
        restyle(self._stale, tone=Tone.CAUTION.value)
        for label, text in zip(self._stale_texts, (state.stale, state.stale_detail), strict=True):
            label.show_text(text)
        self._stale.setAccessibleName(f"{state.stale} {state.stale_detail}".strip())
        self._stale.setVisible(bool(state.stale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()
        self.refresh()

    def _rescale(self) -> None:
        """Keep the same look on every size of screen: everything grows with it."""
        scale = min(self.width() / DESIGNED[0], self.height() / DESIGNED[1])
        if abs(scale - self._scale) < 0.005 and self.styleSheet():
            return
        self._scale = scale
        wear(self, Look(WALL, WALL_DENSITY, scale))
        side, small = round(36 * scale), round(14 * scale)
        self._head.setContentsMargins(side, small, side, small)
        self._head.setSpacing(round(36 * scale))
        self._stale_line.setContentsMargins(side, small, side, small)
        self._stale_line.setSpacing(side)
        self._board.setContentsMargins(side, round(20 * scale), side, 0)
        self._board.setSpacing(round(GAP_PX * scale))
        self._foot.setContentsMargins(side, 0, side, small)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the link and the timers, so that nothing keeps the window alive."""
        self._pump.stop()
        self._tick.stop()
        self.station.close()
        super().closeEvent(event)
