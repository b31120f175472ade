"""Monitors of a virtual X server that come and go (RandR 1.5 monitors), for tests; `python -m` is the watched window."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import sys


class _Info(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("mwidth", ctypes.c_int),
        ("mheight", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    ]


class Monitors:
    """Adds and removes monitors of a running X server."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._randr = ctypes.CDLL("libXrandr.so.2")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XInternAtom.restype = ctypes.c_ulong
        opened = self._x.XOpenDisplay(display.encode())
        assert opened, f"no X server {display}"
        self._display = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._randr.XRRGetScreenResources.restype = ctypes.POINTER(ctypes.c_ulong)

    def plug(self, name: str, left: int, size: tuple[int, int], *, primary: bool = False) -> None:
        """Add a monitor at the top of the desktop."""
        info = _Info(self._atom(name), int(primary), 0, 0, left, 0, *size, 500, 300, None)
        self._randr.XRRSetMonitor(self._display, self._root, ctypes.byref(info))
        self._x.XSync(self._display, 0)

    def unplug(self, name: str) -> None:
        """Remove a monitor."""
        self._randr.XRRDeleteMonitor(self._display, self._root, ctypes.c_ulong(self._atom(name)))
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))


def watched(wanted: str) -> int:
    """Show a plain window that a keeper holds, and print where it is whenever that changes."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    from carcheck_desktop.ui.hall.screens import ScreenKeeper

    app = QApplication([])
    window = QMainWindow()
    window.setWindowTitle("kept")
    keeper = ScreenKeeper(window, wanted)
    keeper.place()
    told: list[str] = []

    def tell() -> None:
        place = window.geometry()
        now = {
            "shown": window.isVisible(),
            "full": window.isFullScreen(),
            "at": [place.x(), place.y(), place.width(), place.height()],
            "screens": [screen.name() for screen in app.screens()],
        }
        line = json.dumps(now)
        if told[-1:] != [line]:
            told.append(line)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(tell)
    timer.start(50)
    return app.exec()


if __name__ == "__main__":
    sys.exit(watched(sys.argv[1] if len(sys.argv) > 1 else ""))
