"""The hall board: shows the presenter's state; no pointer, no dialog, nothing to press.

Whether a screen may go to sleep is for the operating system to say: docs/hall.md tells how.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from carcheck_desktop.ui.bridge.pump import Pump
from carcheck_desktop.ui.bridge.station import Heard, Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.hall.art.panels import day_lines
from carcheck_desktop.ui.hall.body import HallBody
from carcheck_desktop.ui.hall.presenter import HallOptions, HallPresenter
from carcheck_desktop.ui.hall.sound import Chime
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import open_size
from carcheck_desktop.ui.theme.density import WALL_DENSITY
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import WALL, WALL_SCREEN, wall_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.ui.bridge.protocols import Link
    from carcheck_desktop.ui.bridge.station import LaneLinks
    from carcheck_desktop.ui.hall.canvas import Canvas
    from carcheck_desktop.ui.hall.state import HallState

REFRESH_MS = 500
LEAST = (480, 480)


class HallWindow(QMainWindow):
    """One screen of the hall: the cars page by page, the lanes, announcements, hours, as its rules say."""

    def __init__(
        self,
        service: Link,
        *catalogues: Catalogue,
        lane_links: LaneLinks | None = None,
        options: HallOptions | None = None,
    ) -> None:
        """Make the window; with several catalogues the languages take turns."""
        super().__init__()
        self.setObjectName("hall_window")
        self.setAttribute(qt.CLOSE_DELETES)
        self.setCursor(Qt.CursorShape.BlankCursor)
        languages = [Words(each) for each in catalogues]
        self.words = languages[0]
        self.station = Station(service, lane_links)
        self.presenter = HallPresenter(self.station, languages, time.monotonic, options)
        self._shown: HallState | None = None
        self._laid_out: object = None
        self.body = HallBody()
        self._chime = Chime(self) if options is not None and options.sounds else None
        self.setCentralWidget(self.body)
        self.setWindowTitle(self.words("ui.hall.name"))
        self.setAccessibleName(self.words("ui.hall.name"))
        self.setMinimumSize(*LEAST)
        self.resize(open_size(WALL_SCREEN))
        self._pump = Pump(self.station, self._take, self)
        self._tick = QTimer(self)
        self._tick.setInterval(REFRESH_MS)
        self._tick.timeout.connect(self.refresh)
        self.refresh()

    @property
    def state(self) -> HallState | None:
        """What is shown."""
        return self._shown

    @property
    def row_views(self) -> Sequence[Canvas]:
        """The places of the cars, in order; those without a car are hidden."""
        return self.body.row_views

    def start(self) -> None:
        """Connect, and follow the station from now on."""
        self.station.start()
        self._pump.start()
        self._tick.start()

    def stands_elsewhere(self, wanted: str, known: tuple[str, ...]) -> None:
        """Say in the foot that the wanted monitor is not among the known ones; with an empty `wanted` no more."""
        self.presenter.stands_elsewhere(wanted, known)
        self.refresh()

    def _take(self, heard: Heard) -> None:
        self.presenter.heard()
        if self.presenter.is_called() and self._chime is not None:
            self._chime.play()
        if heard.changed:
            self.refresh()

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        state = self.presenter.state(self.body.fits)
        shape = self._shape(state)
        if shape != self._laid_out:
            self._laid_out = shape
            look = Look(WALL, WALL_DENSITY, wall_scale(self.width(), self.height()))
            wear(self, look)
            self.body.setGeometry(self.rect())
            self.body.lay_out(state, look)
            state = self.presenter.state(self.body.fits)
        elif state == self._shown:
            return
        self._shown = state
        self.body.show_state(state)

    def _shape(self, state: HallState) -> object:
        """Return what decides where the parts stand."""
        lanes = tuple(lane.name for lane in state.lanes.rows) if state.lanes else ()
        days = state.hours.days if state.hours else ()
        lines = tuple(day_lines(day) for day in days)
        notices = state.notices.notices if state.notices else ()
        prices = len(state.prices.rows) if state.prices else 0
        calls = len(state.calls.rows) if state.calls else 0
        return (self.width(), self.height(), state.contents, bool(state.stale), lanes, lines, notices, prices, calls)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the link and the timers, so that nothing keeps the window alive."""
        self._pump.stop()
        self._tick.stop()
        self.station.close()
        super().closeEvent(event)
