"""Pictures of every window in both languages at the moments that matter, without a display.

The windows are the real ones, following the station over the link, signed in where their people sign in; only nobody sits
before them: they look and give no command but sign-in and look-up.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Protocol

from carcheck_desktop.app.parts import clock_from
from carcheck_desktop.app.picture_moments import Moment, moments_of_lanes, moments_of_visits
from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.frame.asking import SIGN_IN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.station import LaneAddress
    from carcheck_desktop.link.client.thread import FollowedPeer

SETTLE_S = 0.05
"""Real seconds for the windows to paint what has just come."""
LARGE, ORDINARY = (1920, 1080), (1366, 768)
NAMES = ("control", "hall", "counter", "keys", "pickup", "signing")


class Window(Protocol):
    """What all windows have in common."""

    station: Any

    def start(self) -> None:
        """Begin to follow the station."""
        ...

    def show(self) -> None:
        """Show it."""
        ...


class Photographer:
    """Owns the windows; `look` from time to time, `finish` for the last picture, `close` at the end.

    `people` are name and PIN of who signs in at a window; a window without one stays at its sign-in. `plate` is looked up at
    the counter before the first car comes.
    """

    def __init__(
        self,
        station: Station,
        clock_url: str,
        folder: Path,
        people: Mapping[str, tuple[str, str]] | None = None,
        plate: str = "",
    ) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from PySide6.QtWidgets import QApplication

        from carcheck_desktop.app.windows import log_qt_messages
        from carcheck_desktop.link.client.thread import LinkThread
        from carcheck_desktop.ui.theme.apply import set_up

        self._station = station
        self._clock = clock_from(clock_url, station)
        self._folder = folder
        self._people = people or {}
        self._plate = plate
        self._asked: set[tuple[str, str]] = set()
        self._taken: set[str] = set()
        self._written: list[Path] = []
        log_qt_messages()
        self._app = QApplication.instance() or QApplication(["carcheck"])
        set_up(self._app)
        self._links = LinkThread(node="pictures", clock=self._clock, name="pictures").start()
        self._windows: dict[tuple[str, str], Any] = {}
        for language in LANGUAGES:
            for name in NAMES:
                window: Any = self._made(name, Catalogue(language))
                window.resize(*(LARGE if name in ("control", "hall") else ORDINARY))
                window.start()
                window.show()
                self._windows[name, language] = window

    def look(self, duration_s: float) -> None:
        """Let the windows live for a while and take the pictures that are due."""
        end_s = time.monotonic() + duration_s
        while time.monotonic() < end_s:
            self._app.processEvents()
            self._sign_in()
            self._look_up()
            due = next(
                (each for each in self._moments() if each.name not in self._taken and self._is_ready(each)), None
            )
            if due is not None:
                self._take(due)
            time.sleep(0.01)  # Qt's events are asked for, not waited for

    def finish(self) -> list[Path]:
        """Take the last picture and return every file."""
        self.look(1.0)
        self._take(Moment("finished", NAMES))
        return self._written

    def close(self) -> None:
        """Close the windows and their links."""
        for window in self._windows.values():
            window.close()
        self._windows.clear()
        self._app.processEvents()
        self._links.stop()

    def _made(self, name: str, words: Catalogue) -> QWidget:
        service = self._links.link(self._station.service_url, peer="service")
        if name == "control":
            from carcheck_desktop.ui.control.window import ControlWindow

            return ControlWindow(service, self._lane_link, words)
        if name == "hall":
            from carcheck_desktop.ui.hall.window import HallWindow

            return HallWindow(service, words, lane_links=self._lane_of_hall)
        from carcheck_desktop.ui.counter.window import CounterWindow
        from carcheck_desktop.ui.keys.window import KeysWindow
        from carcheck_desktop.ui.pickup.window import PickupWindow
        from carcheck_desktop.ui.signing.window import SigningWindow

        kinds = {"counter": CounterWindow, "keys": KeysWindow, "pickup": PickupWindow, "signing": SigningWindow}
        made: QWidget = kinds[name](service, words)
        return made

    def _lane_of_hall(self, address: LaneAddress) -> FollowedPeer:
        return self._links.link(address.url, peer=address.lane)

    def _lane_link(self, address: LaneAddress) -> FollowedPeer:
        return self._links.link(address.url, samples=True, peer=address.lane)

    def _sign_in(self) -> None:
        """Let somebody sign in at each window that has nobody: one after the other, and once more when nothing came of it."""
        for (name, _), window in self._windows.items():
            if (
                name not in self._people
                or window.station.session is not None
                or not window.station.service.has_snapshot
            ):
                continue
            if not window.presenter.is_asking(SIGN_IN):
                window.presenter.sign_in(*self._people[name])
            return

    def _look_up(self) -> None:
        """Ask at each counter for the plate that was given, once."""
        for language in LANGUAGES:
            window = self._windows["counter", language]
            if self._plate and ("plate", language) not in self._asked and window.station.session is not None:
                self._asked.add(("plate", language))
                window.presenter.type_plate(self._plate)
                window.act("look_up")

    def _moments(self) -> Iterator[Moment]:
        station = self._windows["control", LANGUAGES[0]].station
        yield from moments_of_lanes(station.lanes.values(), self._clock.monotonic())
        desk = self._windows["counter", LANGUAGES[0]].station
        yield from moments_of_visits(tuple(desk.visits.values()), desk.arrivals.values(), self._clock.now())

        counters = [self._windows["counter", language].presenter for language in LANGUAGES]
        if all(each.page in (Page.KNOWN, Page.LICENCE) for each in counters):
            yield Moment("intake", ("counter",))

    def _is_ready(self, moment: Moment) -> bool:
        """Say whether everybody of the moment's windows has signed in."""
        windows = [
            self._windows[name, language] for name in moment.windows if name in self._people for language in LANGUAGES
        ]
        return all(window.station.session is not None for window in windows)

    def _take(self, moment: Moment) -> None:
        from carcheck_desktop.ui.widgets.picture import save_picture

        self._taken.add(moment.name)
        windows = [(name, language) for name in moment.windows for language in LANGUAGES]
        for name, language in windows:
            self._turn_to(name, self._windows[name, language], moment)
        settled_s = time.monotonic() + SETTLE_S
        while time.monotonic() < settled_s:
            self._app.processEvents()
        for name, language in windows:
            path = self._folder / f"{len(self._taken):02d}-{moment.name}-{name}-{language}.png"
            self._written.append(save_picture(self._windows[name, language], path))

    def _turn_to(self, name: str, window: Any, moment: Moment) -> None:  # noqa: ANN401 - windows of several kinds
        """Let a window look at the visit of the moment, as whoever sits there would."""
        if name in ("control", "hall") or window.station.session is None:
            return
        presenter, visit_id = window.presenter, moment.visit_id
        if moment.name == "intake":
            return
        if name == "counter":
            presenter.begin()
            presenter.pay_later()
            presenter.show_visit(visit_id)
            if moment.name == "money-on-its-way":
                presenter.pay_for(visit_id)
        else:
            presenter.choose(visit_id)
        window.refresh()
