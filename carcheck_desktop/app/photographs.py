"""Pictures of both windows in both languages at the moments that matter, without a display.

The windows are the real ones, following the station over the link; only nobody sits before them.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import clock_from
from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.domain.verdicts import ItemKind, Outcome
from carcheck_desktop.domain.views import AttemptState, LaneView, Stage, VisitView, stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.station import LaneAddress
    from carcheck_desktop.link.client.thread import FollowedPeer
    from carcheck_desktop.ui.control.window import ControlWindow
    from carcheck_desktop.ui.hall.window import HallWindow

PRESSED_S = 3.4
"""Station seconds after the prompt when a curve is worth a picture: reaction and most of the ramp."""
SAMPLING_S = 30.0
"""The same after the driver was asked for high idle: 2 s reaction, 15 s to settle, in the middle of the sample."""
SETTLE_S = 0.05
"""Real seconds for the windows to paint what has just come."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that deserves a picture, once."""

    name: str
    is_now: bool


class Photographer:
    """Owns the windows; `look` from time to time, `finish` for the last picture, `close` at the end."""

    def __init__(self, station: Station, clock_url: str, folder: Path) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from PySide6.QtWidgets import QApplication

        from carcheck_desktop.app.windows import log_qt_messages
        from carcheck_desktop.link.client.thread import LinkThread
        from carcheck_desktop.ui.control.window import ControlWindow
        from carcheck_desktop.ui.hall.window import HallWindow
        from carcheck_desktop.ui.theme.apply import set_up

        self._clock = clock_from(clock_url, station)
        self._folder = folder
        self._taken: set[str] = set()
        self._written: list[Path] = []
        log_qt_messages()
        self._app = QApplication.instance() or QApplication(["carcheck"])
        set_up(self._app)
        self._links = LinkThread(node="pictures", clock=self._clock, name="pictures").start()
        self._control: dict[str, ControlWindow] = {}
        self._hall: dict[str, HallWindow] = {}
        for language in LANGUAGES:
            words = Catalogue(language)
            service = self._links.link(station.service_url, peer="service")
            control = ControlWindow(service, self._lane_link, words)
            control.resize(1920, 1080)
            hall = HallWindow(
                self._links.link(station.service_url, peer="service"), words, lane_links=self._lane_of_hall
            )
            hall.resize(1920, 1080)
            self._control[language], self._hall[language] = control, hall
            control.start()
            hall.start()
            control.show()
            hall.show()

    def look(self, duration_s: float) -> None:
        """Let the windows live for a while and take the pictures that are due."""
        end_s = time.monotonic() + duration_s
        while time.monotonic() < end_s:
            self._app.processEvents()
            for moment in self._moments():
                if moment.is_now and moment.name not in self._taken:
                    self._take(moment.name)
            time.sleep(0.01)  # Qt's events are asked for, not waited for

    def finish(self) -> list[Path]:
        """Take the last picture and return every file."""
        self.look(1.0)
        self._take("finished")
        return self._written

    def close(self) -> None:
        """Close the windows and their links."""
        for window in (*self._control.values(), *self._hall.values()):
            window.close()
        self._control.clear()
        self._hall.clear()
        self._app.processEvents()
        self._links.stop()

    def _lane_of_hall(self, address: LaneAddress) -> FollowedPeer:
        return self._links.link(address.url, peer=address.lane)

    def _lane_link(self, address: LaneAddress) -> FollowedPeer:
        return self._links.link(address.url, samples=True, peer=address.lane)

    def _moments(self) -> Iterable[Moment]:
        station = self._control[LANGUAGES[0]].station
        visits = tuple(station.visits.values())
        for lane in station.lanes.values():
            yield from self._lane_moments(lane)
        yield Moment("waiting", any(stage(visit) is Stage.WAITING for visit in visits))
        yield Moment("failed", _has(visits, Outcome.FAIL))

    def _lane_moments(self, lane: LaneView) -> Iterable[Moment]:
        running = _running_kind(lane)
        yield Moment("weighing", running is ItemKind.AXLE_WEIGHING)
        is_braking = running in (ItemKind.SERVICE_BRAKE, ItemKind.PARKING_BRAKE)
        is_pressed = (
            lane.prompt is not None
            and lane.prompt.expects in ("pedal", "parking_lever")
            and self._clock.monotonic() >= lane.prompt.due_s + PRESSED_S
        )
        name = "parking" if running is ItemKind.PARKING_BRAKE else "braking"
        yield Moment(name, is_braking and is_pressed)
        is_sampling = (
            lane.prompt is not None
            and lane.prompt.expects == "rev_high"
            and self._clock.monotonic() >= lane.prompt.due_s + SAMPLING_S
        )
        yield Moment("exhaust", is_sampling)
        yield Moment("device-lost", any(device.problem for device in lane.devices))
        state = None if lane.attempt is None else lane.attempt.state
        yield Moment("interrupted", state is AttemptState.INTERRUPTED)
        results = () if lane.attempt is None else lane.attempt.items
        yield Moment("verdict", any(item.item == "B1" and item.cards for item in results))

    def _take(self, moment: str) -> None:
        from carcheck_desktop.ui.widgets.picture import save_picture

        self._taken.add(moment)
        settled_s = time.monotonic() + SETTLE_S
        while time.monotonic() < settled_s:
            self._app.processEvents()
        for language in LANGUAGES:
            for name, window in (("control", self._control[language]), ("hall", self._hall[language])):
                path = self._folder / f"{len(self._taken):02d}-{moment}-{name}-{language}.png"
                self._written.append(save_picture(window, path))


def _running_kind(lane: LaneView) -> ItemKind | None:
    items = () if lane.attempt is None else lane.attempt.items
    return next((item.kind for item in items if item.item == lane.running_item), None)


def _has(visits: tuple[VisitView, ...], outcome: Outcome) -> bool:
    return any(visit.conclusion is outcome for visit in visits)
