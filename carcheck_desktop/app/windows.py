"""The window processes: Qt in the main thread, the links in one other."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import clock_from, make_data_folder
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.logs import set_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication, QWidget

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.link.client.thread import LinkThread
    from carcheck_desktop.ui.control.window import ControlWindow
    from carcheck_desktop.ui.counter.window import CounterWindow
    from carcheck_desktop.ui.frame.window import DeskWindow
    from carcheck_desktop.ui.gallery.choice import Choice

STEP = "CARCHECK_WINDOW_STEP"
"""Where a window stands among those that were opened with it; only `one_pc` says so."""
SHARE, TITLE_PX = 0.75, 30
MOST_WINDOWS = 20
"""So many windows of one kind on one PC have logs that go on after a restart."""


def run_control(
    station: Station, clock_url: str | None, language: str | None, *, theme: str | None = None, full_screen: bool
) -> int:
    """Run the control window until it is closed; return Qt's exit code. Without `theme` it follows the system."""

    def made(links: LinkThread) -> QWidget:
        from carcheck_desktop.ui.control.window import ControlWindow

        words = Catalogue(language or station.language)
        window = ControlWindow(
            links.link(station.service_url, peer="service"),
            lambda address: links.link(address.url, samples=True, peer=address.lane),
            words,
        )
        _dress(window, theme)
        window.start()
        return window

    return run_window("control", station, clock_url, made, full_screen=full_screen)


def run_counter(
    station: Station, clock_url: str | None, language: str | None, *, theme: str | None = None, full_screen: bool,
    number: str = "",
) -> int:  # fmt: skip
    """Run the counter window until it is closed; return Qt's exit code. Without `theme` it follows the system.

    `number` is this window's, as owners are called to it.
    """

    def made(links: LinkThread) -> QWidget:
        from carcheck_desktop.ui.counter.window import CounterWindow

        window = CounterWindow(links.link(station.service_url, peer="service"), Catalogue(language or station.language))
        window.presenter.window = number
        _dress(window, theme)
        window.start()
        return window

    return run_window("counter", station, clock_url, made, full_screen=full_screen)


def run_signing(
    station: Station, clock_url: str | None, language: str | None, *, theme: str | None = None, full_screen: bool
) -> int:
    """Run the signer's window until it is closed; return Qt's exit code. Without `theme` it follows the system."""

    def made(links: LinkThread) -> QWidget:
        from carcheck_desktop.ui.signing.window import SigningWindow

        window = SigningWindow(links.link(station.service_url, peer="service"), Catalogue(language or station.language))
        _dress(window, theme)
        window.start()
        return window

    return run_window("signing", station, clock_url, made, full_screen=full_screen)


def run_keys(
    station: Station, clock_url: str | None, language: str | None, *, theme: str | None = None, full_screen: bool
) -> int:
    """Run the keys window until it is closed; return Qt's exit code. Without `theme` it follows the system."""

    def made(links: LinkThread) -> QWidget:
        from carcheck_desktop.ui.keys.window import KeysWindow

        window = KeysWindow(links.link(station.service_url, peer="service"), Catalogue(language or station.language))
        _dress(window, theme)
        window.start()
        return window

    return run_window("keys", station, clock_url, made, full_screen=full_screen)


def run_pickup(
    station: Station, clock_url: str | None, language: str | None, *, theme: str | None = None, full_screen: bool
) -> int:
    """Run the pickup window until it is closed; return Qt's exit code. Without `theme` it follows the system."""

    def made(links: LinkThread) -> QWidget:
        from carcheck_desktop.ui.pickup.window import PickupWindow

        window = PickupWindow(links.link(station.service_url, peer="service"), Catalogue(language or station.language))
        _dress(window, theme)
        window.start()
        return window

    return run_window("pickup", station, clock_url, made, full_screen=full_screen)


def _dress(window: ControlWindow | CounterWindow | DeskWindow, theme: str | None) -> None:
    """Give the window the theme that was asked for; else high contrast whenever the system asks for it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    from carcheck_desktop.ui.theme.tokens import CONTRAST, LIGHT

    if theme is not None:
        window.show_palette(CONTRAST if theme == "contrast" else LIGHT)
        return
    style = QGuiApplication.styleHints()  # its hints live as long as this name: Python's binding frees them with it
    hints = style.accessibility()

    def follow() -> None:
        is_high = style.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        window.show_palette(CONTRAST if is_high else LIGHT)

    hints.contrastPreferenceChanged.connect(follow)
    follow()


def own_log(folder: Path, name: str) -> tuple[QLockFile, str]:
    """Return a name for this process's log that no other running window has, and the lock that keeps it.

    A log that is turned over must belong to one process: Windows renames no file that another one holds.
    """
    from PySide6.QtCore import QLockFile

    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, MOST_WINDOWS):
        tried = name if number == 1 else f"{name}-{number}"
        lock = QLockFile(str(folder / f"{tried}.lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            return lock, tried
    return lock, f"{name}-{os.getpid()}"


def run_gallery(choice: Choice) -> int:
    """Run the gallery until it is closed; it needs no station and connects to nothing."""
    from PySide6.QtWidgets import QApplication

    from carcheck_desktop.ui.gallery.pages import PAGES
    from carcheck_desktop.ui.gallery.window import GalleryWindow
    from carcheck_desktop.ui.theme.apply import set_up as dress

    log_qt_messages()
    app = QApplication(sys.argv[:1])
    dress(app, choice.palette)
    window = GalleryWindow(PAGES, choice)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no timer gives Python its turns here, and there is nothing to close
    window.show()
    return app.exec()


def run_window(
    name: str, station: Station, clock_url: str | None, made: Callable[[LinkThread], QWidget], *, full_screen: bool
) -> int:
    """Run the window that `made` returns until it is closed; return Qt's exit code."""
    gc.disable()  # nothing that is loaded now ever becomes garbage: looking for it cost an eighth of the start
    from PySide6.QtWidgets import QApplication

    from carcheck_desktop.ui.theme.apply import set_up as dress

    logs = make_data_folder(station).logs
    lock, log_name = own_log(logs, name)
    set_up(logs, log_name)
    log_qt_messages()
    app = QApplication(sys.argv[:1])
    dress(app)
    from carcheck_desktop.link.client.thread import LinkThread

    with LinkThread(node=name, clock=clock_from(clock_url, station), name=f"{name}-link") as links:
        window = made(links)
        _end_with_signals(app)
        if full_screen:
            window.showFullScreen()
        else:
            _stand(window, os.environ.get(STEP, ""))
            window.show()
        gc.freeze()
        gc.enable()
        code = app.exec()
    lock.unlock()
    return code


def _stand(window: QWidget, step: str) -> None:
    """Place one of several windows of one display; `step` is such as "2/5", "" leaves the place to the system.

    Each takes three quarters of the display, or its smallest size, and stands a step below and beside the one before.
    """
    at, _, last = step.partition("/")
    screen = window.screen()
    if not (at.isdecimal() and last.isdecimal() and int(last)) or screen is None:
        return
    room, share = screen.availableGeometry(), min(1.0, int(at) / int(last))
    window.resize(int(room.width() * SHARE), int(room.height() * SHARE))
    spare_x, spare_y = max(0, room.width() - window.width()), max(0, room.height() - window.height() - TITLE_PX)
    window.move(room.x() + int(spare_x * share), room.y() + int(spare_y * share))


def log_qt_messages() -> None:
    """Send what Qt says to this process's log instead of the console."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}
    quiet = "does not support"  # the offscreen platform says so of every window

    def heard(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        level = logging.DEBUG if text and quiet in text else levels.get(kind, logging.WARNING)
        logging.getLogger("qt").log(level, "%s", text)

    qInstallMessageHandler(heard)


def _end_with_signals(app: QApplication) -> None:
    """Let SIGTERM and Ctrl-C close the window; the window's own timers give Python its turns."""
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda *_: app.quit())
