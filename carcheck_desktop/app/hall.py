"""The process of one screen of the hall: its window on its own monitor, without a pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.app.windows import run_window
from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.board import BoardContent
    from carcheck_desktop.link.client.thread import LinkThread
    from carcheck_desktop.ui.hall.window import HallWindow

BOTH = "both"


@dataclass(frozen=True, slots=True)
class HallScreen:
    """Which screen this is, what it shows and where; `language` None is the station's, `BOTH` takes turns."""

    name: str = ""
    display: str = ""
    contents: tuple[BoardContent, ...] = ()
    language: str | None = None
    is_windowed: bool = False
    is_mute: bool = False


def run_hall(station: Station, clock_url: str | None, screen: HallScreen) -> int:
    """Run one screen of the hall until it is ended; return Qt's exit code."""

    def made(links: LinkThread) -> QWidget:
        from carcheck_desktop.ui.hall.presenter import HallOptions
        from carcheck_desktop.ui.hall.window import HallWindow

        window = HallWindow(
            links.link(station.service_url, peer="service"),
            *(Catalogue(language) for language in languages(screen.language, station.language)),
            lane_links=lambda address: links.link(address.url, peer=address.lane),
            options=HallOptions(screen.name, screen.contents, sounds=not screen.is_mute),
        )
        window.start()
        if not screen.is_windowed:
            _keep(window, screen.display)
        return window

    return run_window("hall", station, clock_url, made, full_screen=not screen.is_windowed)


def languages(wanted: str | None, usual: str) -> tuple[str, ...]:
    """Return the languages of a screen, the station's first where both take turns."""
    if wanted == BOTH:
        return (usual, *(each for each in LANGUAGES if each != usual))
    return (wanted or usual,)


def _keep(window: HallWindow, display: str) -> None:
    """Let the window live on its own monitor and hide the pointer over all of it."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QGuiApplication

    from carcheck_desktop.ui.hall.screens import ScreenKeeper

    QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
    # a window that hides because its monitor is away does not end the process; one that is closed does
    QGuiApplication.setQuitOnLastWindowClosed(False)
    window.destroyed.connect(QGuiApplication.quit)
    keeper = ScreenKeeper(window, display, tell=window.stands_elsewhere)
    QTimer.singleShot(0, keeper.place)
