"""Keeps the board on its own monitor: full screen there, away while it is unplugged, back by itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    Tell = Callable[[str, tuple[str, ...]], None]
    """Takes the wanted monitor and the known ones; "" when the window stands where it should."""

LOG = logging.getLogger(__name__)
SETTLE_MS = 400
"""Monitors come and go in bursts; window managers move windows in between."""


class Monitor(Protocol):
    """What is asked of a monitor; `QScreen` has it."""

    def name(self) -> str:
        """The connector or what the system calls it."""
        ...

    def manufacturer(self) -> str:
        """Who made it."""
        ...

    def model(self) -> str:
        """Which one it is."""
        ...

    def serialNumber(self) -> str:
        """The very one."""
        ...

    def geometry(self) -> QRect:
        """Its place on the desktop in logical pixels."""
        ...


def chosen(monitors: Sequence[Monitor], wanted: str) -> Monitor | None:
    """Return the monitor with this number (from 1), name, model or serial number; None when it is not there."""
    if wanted.isdecimal() and not any(each.name() == wanted for each in monitors):
        number = int(wanted)
        return monitors[number - 1] if 1 <= number <= len(monitors) else None
    for each in monitors:
        names = (each.name(), each.model(), each.serialNumber(), f"{each.manufacturer()} {each.model()}")
        if wanted.casefold() in (name.casefold() for name in names if name):
            return each
    return None


class ScreenKeeper(QObject):
    """Watches the monitors of this PC for one window; whoever makes it lets the process live without a visible one.

    `wanted` is a number, a name or empty. The monitor that was found first is the window's own from then
    on, by its name: a number would mean another one once a monitor is gone. While its own monitor is away the
    window hides, so that it covers nobody's work. A wanted one that was never there may be named wrongly: the
    window stands on the primary monitor and `tell` says so (wanted, known ones; "" once it was found).
    """

    def __init__(
        self,
        window: QWidget,
        wanted: str = "",
        monitors: Callable[[], Sequence[QScreen]] = QGuiApplication.screens,
        tell: Tell | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = wanted
        self._monitors = monitors
        self._tell = tell
        self._own: str | None = None
        self._told: tuple[str, tuple[str, ...]] = ("", ())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.place)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
                signal.connect(self._changed)
            for screen in app.screens():
                screen.geometryChanged.connect(self._changed)

    def _changed(self, what: object) -> None:
        if hasattr(what, "geometryChanged"):
            what.geometryChanged.connect(self._changed)
        if self._own is not None and self._wanted and self.own() is None:
            self._window.hide()  # at once: systems move it onto somebody's work
        self._timer.start()

    def own(self) -> QScreen | None:
        """Return the window's own monitor; None while it is away."""
        monitors = list(self._monitors())
        if self._own is not None:
            return next((each for each in monitors if each.name() == self._own), None)
        if self._wanted:
            found = chosen(monitors, self._wanted)
            return next((each for each in monitors if each is found), None)
        return monitors[0] if monitors else None

    def place(self) -> None:
        """Put the window full screen on its own monitor, or away while that is not there."""
        screen = self.own()
        known = tuple(each.name() for each in self._monitors())
        if screen is None and self._wanted:
            LOG.warning("the board's monitor %s is not there (there are: %s)", self._own or self._wanted, known)
        if screen is None and self._wanted and self._own is not None:
            self._window.hide()
            return
        self._say("" if screen is not None or not self._wanted else self._wanted, known)
        if screen is None:
            screen = next(iter(self._monitors()), None)  # the first one is the primary one
        else:
            self._own = screen.name()
        if screen is not None:
            self._cover(screen)

    def _say(self, wanted: str, known: tuple[str, ...]) -> None:
        """Tell whether the window stands where it should, when that changes."""
        now = (wanted, known if wanted else ())
        if self._tell is not None and now != self._told:
            self._tell(*now)
        self._told = now

    def _cover(self, screen: QScreen) -> None:
        window = self._window
        if window.isVisible() and window.isFullScreen() and window.geometry() == screen.geometry():
            return
        # a window that is full screen already is not moved: it is made a plain one first
        window.showNormal()
        handle = window.windowHandle()
        if handle is not None:
            handle.setScreen(screen)
        window.setGeometry(screen.geometry())
        window.showFullScreen()
