"""The one timer of a window: every 30 ms it drains the station and calls the window; Qt only here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from carcheck_desktop.ui.bridge.station import Heard, Station

LOG = logging.getLogger(__name__)
DRAIN_MS = 30


class Pump:
    """Drains the station in Qt's main thread and hands on what it heard."""

    def __init__(self, station: Station, take: Callable[[Heard], None], parent: QObject) -> None:
        self._station = station
        self._take = take
        self._timer = QTimer(parent)
        self._timer.setObjectName("pump")
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self.once)

    def start(self) -> None:
        """Begin to drain."""
        self._timer.start()

    def stop(self) -> None:
        """End; nothing is called any more."""
        self._timer.stop()

    def once(self) -> None:
        """Drain now."""
        try:
            self._take(self._station.drain())
        except Exception:
            # the Qt edge: an error in one drain is reported and must not end the window's timer
            LOG.exception("a window could not show what it heard")
