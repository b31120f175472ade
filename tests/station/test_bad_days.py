"""Bad days at a real station: real processes, ports, files and HTTP; what goes wrong is told, never recorded."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from carcheck_desktop.app.children import Children
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person, verify_station
from carcheck_desktop.app.parts import clock_from, folders_of
from carcheck_desktop.base.clock import Clock
from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import (
    Command,
    OpenVisit,
    ReleaseStop,
    Reply,
    ResumeAttempt,
    SignIn,
    StartAttempt,
    StopLane,
)
from carcheck_desktop.domain.journal import Entry, seal
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.views import AttemptState, ItemState, LaneView
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.store.reading import reading
from carcheck_desktop.twin.scenario import Arrival, arrivals
from tests.station.days import wait_for

PIN = "246810"
SPEED = 10.0
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


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("bad-days")
    station = read_station(write_demo_station(folder, analyser=""))
    for name, role in (("clerk", Role.CLERK), ("controller", Role.LANE_CONTROLLER)):
        add_person(station, name, role, PIN)
    children = Children(station.path, folders_of(station).logs)
    try:
        world = children.start("simulate", "simulate", "--speed", str(SPEED), "--seed", "1", "--vehicles", str(CARS))
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


def pressing(view: LaneView) -> bool:
    return view.prompt is not None and view.prompt.expects == "pedal"


def is_cut_off(view: LaneView) -> bool:
    return view.attempt is not None and view.attempt.state is AttemptState.INTERRUPTED


def is_complete(view: LaneView) -> bool:
    return view.attempt is not None and view.attempt.state is AttemptState.COMPLETE


def problem_of(view: LaneView, device: str) -> str | None:
    return next(each.problem.code if each.problem else None for each in view.devices if each.device == device)


def test_a_line_pulled_in_mid_brake_is_on_screen_within_a_second_and_its_item_repeated(hostile: Hostile) -> None:
    visit_id = hostile.drive_in(SOUND[0])
    hostile.until(pressing)
    hostile.fault("bench", unplugged=True)
    assert hostile.until(lambda view: problem_of(view, "bench") == "devices.port_absent") < 1.0
    hostile.until(is_cut_off)
    time.sleep(1.5)  # nothing goes on by itself, and the plug is away for longer than a moment
    refused = hostile.lane(ResumeAttempt("1", hostile.attempt_id()))
    assert refused.refusal is not None
    assert refused.refusal.code == "lanes.door.device_lost"
    hostile.fault("bench", unplugged=False)
    hostile.until(lambda view: problem_of(view, "bench") is None)
    assert hostile.lane(ResumeAttempt("1", hostile.attempt_id())).accepted
    hostile.until(is_complete)
    mine = [fact for fact in hostile.facts() if getattr(fact, "visit_id", "") == visit_id]
    voided = [fact for fact in mine if isinstance(fact, f.ItemVoided)]
    finished = [fact for fact in mine if isinstance(fact, f.ItemFinished)]
    assert [(each.item, each.will_repeat) for each in voided] == [("B1", True)]
    assert voided[0].run_id not in {each.run_id for each in finished}
    assert [each.item for each in finished] == ["W1", "W2", "B1", "B2", "B0"]


def test_damaged_answers_of_the_scale_are_logged_with_their_bytes_and_never_a_load(hostile: Hostile) -> None:
    visit_id = hostile.drive_in(SOUND[1])
    hostile.until(lambda view: view.prompt is not None and view.prompt.expects == "axle_on_scale")
    hostile.fault("scale", garbled=True)
    hostile.until(lambda view: problem_of(view, "scale") == "devices.garbled")
    hostile.until(is_cut_off)
    problem = next(each.problem for each in hostile.view().devices if each.device == "scale")
    assert problem is not None
    hostile.fault("scale", garbled=False)
    hostile.until(lambda view: problem_of(view, "scale") is None)
    assert not [fact for fact in hostile.facts() if isinstance(fact, f.ItemFinished) and fact.visit_id == visit_id]
    assert hostile.lane(ResumeAttempt("1", hostile.attempt_id())).accepted
    hostile.until(is_complete)
    last_bytes = bytes.fromhex(str(problem.params["bytes"]).removeprefix("…"))
    assert any(last_bytes in received for received in received_from(hostile, "scale"))


def received_from(hostile: Hostile, device: str) -> list[bytes]:
    """Return what came over a device's wire: the pieces of each answer put together."""
    (log,) = (folders_of(hostile.station).wire / "lane-1").glob(f"*{device}*.wire")
    answers = [b""]
    for line in log.read_text(encoding="utf-8").splitlines()[1:]:
        mark, content = line.split("\t")[2:4]
        if mark == "<":
            answers[-1] += bytes.fromhex(content)
        elif mark == ">":
            answers.append(b"")
    return answers


def test_anybody_stops_the_rollers_as_often_as_needed_and_only_a_controller_lets_them_go_on(hostile: Hostile) -> None:
    hostile.drive_in(SOUND[2])
    hostile.until(pressing)
    assert hostile.lane(StopLane("1"), None).accepted
    view = hostile.view()
    assert view.stopped
    assert is_cut_off(view)
    assert view.attempt is not None
    assert {item.item: item.state for item in view.attempt.items}["B1"] is ItemState.VOID
    for who, code in (("clerk", "domain.access.role_may_not"), (None, "domain.access.nobody_signed_in")):
        refused = hostile.lane(ReleaseStop("1"), who).refusal
        assert refused is not None
        assert refused.code == code
    assert hostile.lane(ReleaseStop("1")).accepted
    assert hostile.lane(ResumeAttempt("1", view.attempt.attempt_id)).accepted
    hostile.until(is_complete)
    done = [fact for fact in hostile.facts() if isinstance(fact, f.ItemFinished) and fact.item == "B1"]
    assert len({fact.visit_id for fact in done}) == len(done)


def test_who_may_not_or_comes_too_late_moves_nothing_and_is_in_the_journal(hostile: Hostile) -> None:
    start = StartAttempt("1", "visit-1")
    forged = SigningKey.generate().token(
        {"sid": "s", "sub": "controller", "role": "lane_controller", "node": "x", "exp": 2**33}
    )
    cases = {
        "domain.access.role_may_not": (hostile.tokens["clerk"], 5.0),
        "base.keys.bad_token": (forged, 5.0),
        "lanes.door.good_too_long": (hostile.tokens["controller"], 3600.0),
    }
    for code, (token, expiry_s) in cases.items():
        reply = hostile.send(hostile.lane_url, start, token, expiry_s)
        assert reply.refusal is not None
        assert reply.refusal.code == code
    refused = [fact for fact in hostile.facts() if isinstance(fact, f.CommandRefused)]
    assert [fact.reason.code for fact in refused[-len(cases) :]] == list(cases)


def test_an_entry_that_no_lane_wrote_is_found_by_verify(hostile: Hostile) -> None:
    """Last: from here on the lane's journal is not taken any more, and the lane's log says so."""
    service = hostile.links.peer(hostile.station.service_url)
    written = hostile.entries()[-1]
    wait_for(lambda: service.ask(lambda client: client.heads()).result(5).get("lane-1") == written.seq, 10)
    assert {node: report.is_whole for node, report in verify_station(hostile.station).items()} == {
        "service": True, "lane-1": True
    }  # fmt: skip
    forged = seal(
        f.StopReleased("1"), node="lane-1", seq=written.seq + 1, at=written.at, actor="nobody", blobs=(),
        previous=written.hash,
    )  # fmt: skip
    body = to_json([forged]).encode()
    asked = urllib.request.Request(
        f"{hostile.station.service_url}/journal", body, {"content-type": "application/json"}, method="POST"
    )
    urllib.request.urlopen(asked, timeout=5).close()
    (finding,) = verify_station(hostile.station)["service"].findings
    assert (finding.code, finding.params["found"]) == ("store.verify.not_the_lanes", forged.hash)
