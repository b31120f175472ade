"""A window of somebody who signs in: links, timers, colours and scale; what it shows is its body's and presenter's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow

from carcheck_desktop.ui.bridge.pump import Pump
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import open_size
from carcheck_desktop.ui.theme.look import look_of, wear

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.station import Heard, Station
    from carcheck_desktop.ui.theme.tokens import Palette

REFRESH_MS = 1000
SMALLEST, DESIGNED = (1180, 660), (1366, 768)
LEAST_SCALE, ROOMY_ENOUGH, GROWTH = 0.75, 1.0, 0.7


class Shown(Protocol):
    """What makes the state of a window."""

    def end_shift(self) -> None:
        """End a session whose time is over."""
        ...

    def state(self) -> Any:  # noqa: ANN401 - each window has a state of its own, and compares it with the last one
        """Return everything the window paints."""
        ...


class Body(QFrame):
    """What paints the state of a window."""

    def show_state(self, state: Any) -> None:  # noqa: ANN401 - see `Shown`
        """Paint a state; parts that stayed the same are left alone."""
        raise NotImplementedError

    def set_scale(self, scale: float) -> None:
        """Take widths that follow the scale."""
        raise NotImplementedError


class DeskWindow(QMainWindow):
    """A window whose presenter makes states and whose body paints them."""

    def __init__(self, name: str, title: str, station: Station) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAttribute(qt.CLOSE_DELETES)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.station = station
        self._scale = 0.0
        self._painted: Any = None
        self._shown: Shown | None = None
        self._body: Body | None = None

    def begin(self, presenter: Shown, body: Body) -> None:
        """Take presenter and body, and show the first state."""
        self._shown, self._body = presenter, body
        self.setCentralWidget(body)
        self.setMinimumSize(open_size(SMALLEST))
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

    def listen(self, keys: dict[str, Callable[[], object]]) -> None:
        """Take keys wherever the focus is; held down they count once."""
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, action)
            shortcut.setAutoRepeat(False)

    def _take(self, heard: Heard) -> None:
        if self._shown is not None:
            self._shown.end_shift()
        if heard.changed:
            self.heard(heard)
            self.refresh()

    def heard(self, heard: Heard) -> None:
        """Something came; what there is to be done about it before it is painted."""

    def refresh(self) -> None:
        """Paint what has changed since the last time."""
        if self._shown is None or self._body is None:
            return
        state = self._shown.state()
        if state != self._painted:
            self._painted = state
            self._body.show_state(state)

    def then(self, action: Callable[[], object]) -> None:
        """Do something and paint what came of it."""
        action()
        self.refresh()

    # -- Qt ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()

    def _rescale(self) -> None:
        """Give larger screens larger text as well as more room; on small ones everything stays in sight."""
        ratio = min(self.width() / DESIGNED[0], self.height() / DESIGNED[1])
        scale = 1 + (ratio - 1) * GROWTH if ratio > 1 else max(LEAST_SCALE, min(1.0, ratio / ROOMY_ENOUGH))
        scale = round(scale, 2)
        if scale != self._scale and self._body is not None:
            self._scale = scale
            wear(self, replace(look_of(self), scale=scale))
            self._body.set_scale(scale)

    def show_palette(self, palette: Palette) -> None:
        """Wear other colours, such as when the system asks for high contrast."""
        wear(self, replace(look_of(self), palette=palette))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of links and timers, so that nothing keeps the window alive."""
        self._pump.stop()
        self._tick.stop()
        self.station.close()
        super().closeEvent(event)
