"""A real station whose clerk and controller are the test: real processes, ports, files and HTTP."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from carcheck_desktop.app.children import Children
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.parts import clock_from, folders_of
from carcheck_desktop.base.clock import Clock
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import (
    Command,
    OpenVisit,
    Reply,
    SignIn,
    StartAttempt,
)
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.views import AttemptState, LaneView
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.store.reading import reading
from carcheck_desktop.twin.scenario import Arrival, arrivals
from tests.station.days import wait_for

PIN = "246810"
CARS = 7
SOUND = (0, 3, 6)
"""The numbers of the scenario's cars with which nothing happens by itself."""


@dataclass
class Hostile:
    """A running station whose clerk and controller are the test; cars and drivers are the simulation's."""

    station: Station
    children: Children
    links: LinkThread
    clock: Clock
    console: str
    cars: tuple[Arrival, ...]
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def lane_url(self) -> str:
        return f"http://127.0.0.1:{self.station.lanes[0].link_port}"

    def send(self, url: str, command: Command, token: str | None = None, expiry_s: float = 5.0) -> Reply:
        peer = self.links.peer(url)
        return peer.ask(lambda client: client.command(command, token=token, expiry_s=expiry_s)).result(30)

    def lane(self, command: Command, who: str | None = "controller") -> Reply:
        return self.send(self.lane_url, command, self.tokens[who] if who else None)

    def view(self) -> LaneView:
        (view,) = self.links.peer(self.lane_url).ask(lambda client: client.snapshot()).result(30).lanes
        return view

    def until(self, is_so: Callable[[LaneView], bool], limit_s: float = 40.0) -> float:
        """Wait for the lane's view; return the seconds it took."""
        began_s = time.monotonic()
        while not is_so(self.view()):
            assert time.monotonic() - began_s < limit_s, self.view()
            time.sleep(0.01)
        return time.monotonic() - began_s

    def fault(self, device: str, **switches: bool) -> None:
        """Throw switches at the simulation's console."""
        url = f"{self.console}/faults/1/{device}"
        body = json.dumps(switches).encode()
        asked = urllib.request.Request(url, body, {"content-type": "application/json"}, method="POST")
        urllib.request.urlopen(asked, timeout=5).close()

    def drive_in(self, number: int) -> str:
        """Take a car in and onto the lane; return its visit."""
        opened = self.send(
            self.station.service_url, OpenVisit(self.cars[number].vehicle, InspectionKind.IN_USE), self.tokens["clerk"]
        )
        visit_id = str(opened.result["visit_id"])
        wait_for(lambda: self.lane(StartAttempt("1", visit_id)).accepted, 20)
        return visit_id

    def attempt_id(self) -> str:
        attempt = self.view().attempt
        assert attempt is not None
        return attempt.attempt_id

    def facts(self) -> list[f.Fact]:
        """Read the lane's own journal, as anybody with the file can."""
        return [entry.fact() for entry in self.entries()]

    def entries(self) -> list[Entry]:
        with reading(folders_of(self.station).journal("lane-1"), blob_folder=None) as unit:
            return unit.journal.of_node("lane-1", 0, 5000)


@contextmanager
def hostile_station(folder: Path, *, analyser: str, speed: float) -> Iterator[Hostile]:
    """Run a station in processes of its own; `analyser` as the demonstration's station file has it."""
    station = read_station(write_demo_station(folder, analyser=analyser))
    for name, role in (("clerk", Role.CLERK), ("controller", Role.LANE_CONTROLLER)):
        add_person(station, name, role, PIN)
    children = Children(station.path, folders_of(station).logs)
    try:
        world = children.start("simulate", "simulate", "--speed", str(speed), "--seed", "1", "--vehicles", str(CARS))
        console = str(world.told["clock"])
        children.start("service", "service", "--clock", console)
        children.start("lane-1", "lane", "--lane", "1", "--clock", console)
        clock = clock_from(console, station)
        cars = arrivals(1, CARS, station.province, inspection_date(clock.epoch))  # type: ignore[attr-defined]
        with LinkThread(node="test", clock=clock) as links:
            made = Hostile(station, children, links, clock, console, cars)
            for name in ("clerk", "controller"):
                made.tokens[name] = str(made.send(station.service_url, SignIn(name, PIN)).result["token"])
            yield made
    finally:
        children.end()


def is_cut_off(view: LaneView) -> bool:
    return view.attempt is not None and view.attempt.state is AttemptState.INTERRUPTED


def is_complete(view: LaneView) -> bool:
    return view.attempt is not None and view.attempt.state is AttemptState.COMPLETE


def problem_of(view: LaneView, device: str) -> str | None:
    return next(each.problem.code if each.problem else None for each in view.devices if each.device == device)
