"""The people of a training day: they sign in, act on what the link tells, and never twice."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.commands import (
    Command,
    LookUpVehicle,
    OpenVisit,
    Reply,
    ResumeAttempt,
    SignIn,
    StartAttempt,
)
from carcheck_desktop.domain.intake import AuthorityVehicle, LookupAnswer, ValueOrigin
from carcheck_desktop.domain.journal import ZERO_HASH, seal
from carcheck_desktop.domain.station import Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.views import LaneView, VisitView
from carcheck_desktop.link.client.events import FactArrived, SnapshotTaken
from carcheck_desktop.twin.day import RETRY_S, Person, VirtualDay
from carcheck_desktop.twin.scenario import arrivals
from carcheck_desktop.twin.world import VirtualWorld

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
SERVICE, LANE = "http://service", "http://lane"
CARS = arrivals(1, 3, "渝", date(2026, 1, 5))


@dataclass
class Desk:
    """A door that notes what is handed in and answers at once."""

    refuse: bool = False
    given: list[tuple[str, Command]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def send(self, url: str, command: Command) -> Future[Reply]:
        self.given.append((url, command))
        reply: Future[Reply] = Future()
        if self.refuse:
            reply.set_result(Reply("1", accepted=False, refusal=Problem("desk.intake.already_here")))
        else:
            reply.set_result(Reply("1", accepted=True, result=self.result(command)))
        return reply

    def result(self, command: Command) -> dict[str, Any]:
        if isinstance(command, LookUpVehicle):
            car = next(each.vehicle for each in CARS if each.vehicle.plate == command.plate)
            told = AuthorityVehicle(car.plate, car.plate_kind, vin=car.vin, owner="示例车主")
            found: dict[str, Any] = to_plain(LookupAnswer("lookup-1", authority=told))
            return found
        return {"token": "signed"} if isinstance(command, SignIn) else {}

    def signed_in(self, token: str) -> None:
        self.tokens.append(token)

    def kinds(self) -> list[str]:
        return [command.kind for _, command in self.given]


@dataclass
class Plugs:
    """Notes which plugs are pulled and put back."""

    moves: list[str] = field(default_factory=list)

    def unplug(self, device: str) -> None:
        self.moves.append(f"out {device}")

    def plug(self, device: str) -> None:
        self.moves.append(f"in {device}")


@dataclass
class Scene:
    """A day with its people and everything around it."""

    day: VirtualDay
    clock: VirtualClock
    plugs: Plugs
    clerk: Desk
    controller: Desk
    real_s: float = 0.0
    pos: int = 0

    def tick(self, times: int = 1, step_s: float = 0.5) -> None:
        for _ in range(times):
            self.real_s += step_s
            self.day.tick([], self.real_s)

    def service(self, *visits: VisitView) -> None:
        self.day.tick([SnapshotTaken(Snapshot("e", 0, {}, visits, ()), "service")], self.real_s)

    def lane(self, view: LaneView) -> None:
        self.day.tick([SnapshotTaken(Snapshot("e", 0, {}, (), (view,)), "1")], self.real_s)

    def fact(self, fact: f.Fact, peer: str = "1") -> None:
        self.pos += 1
        entry = seal(fact, node="lane-1", seq=self.pos, at=AT, actor="li", blobs=(), previous=ZERO_HASH)
        self.day.tick([FactArrived(self.pos, entry, peer)], self.real_s)


@pytest.fixture
def scene() -> Scene:
    clock, plugs, clerk, controller = VirtualClock(), Plugs(), Desk(), Desk()
    day = VirtualDay(
        CARS, VirtualWorld(1), clock, plugs, SERVICE, {"1": LANE},
        Person("clerk", "1", clerk, SERVICE), Person("controller", "1", controller, SERVICE),
    )  # fmt: skip
    return Scene(day, clock, plugs, clerk, controller)


def visit_of(number: int, visit_id: str = "visit-1") -> VisitView:
    return VisitView(visit_id, CARS[number].vehicle, InspectionKind.IN_USE, (), "e", "h", AT, "li", AT)


def started(number: int) -> f.AttemptStarted:
    return f.AttemptStarted("attempt-1", "visit-1", "1", 1, CARS[number].vehicle, InspectionKind.IN_USE, (), "e", "h")


def prompt(expects: str, axle: int, due_s: float = 0.0) -> f.PromptShown:
    return f.PromptShown(f"prompt-{expects}-{axle}", "visit-1", "1", expects, axle, due_s, Message("m.x"))


def test_nobody_acts_before_the_station_is_known(scene: Scene) -> None:
    scene.tick(5)
    assert scene.clerk.given == scene.controller.given == []


def test_the_clerk_signs_in_and_takes_the_first_car_in(scene: Scene) -> None:
    scene.service()
    scene.tick(5)
    assert scene.clerk.kinds() == ["sign_in", "look_up_vehicle", "open_visit"]
    assert scene.clerk.tokens == ["signed"]


def test_what_the_register_told_keeps_that_origin_and_the_rest_was_read_or_seen(scene: Scene) -> None:
    scene.service()
    scene.tick(5)
    (opened,) = [command for _, command in scene.clerk.given if isinstance(command, OpenVisit)]
    assert (opened.lookup_id, opened.owner) == ("lookup-1", "示例车主")
    told = {name: opened.origins[name] for name in ("vin", "colour", "drive", "owner")}
    assert told == {
        "vin": ValueOrigin.AUTHORITY,
        "colour": ValueOrigin.LICENCE,
        "drive": ValueOrigin.TYPED,
        "owner": ValueOrigin.AUTHORITY,
    }


def test_the_next_car_comes_later(scene: Scene) -> None:
    scene.service()
    scene.tick(4)
    scene.service(visit_of(0))
    scene.tick(4)
    assert scene.clerk.kinds().count("open_visit") == 1
    asyncio.run(scene.clock.advance(30))
    scene.tick(4)
    opened = [command for _, command in scene.clerk.given if isinstance(command, OpenVisit)]
    assert [each.vehicle for each in opened] == [CARS[0].vehicle, CARS[1].vehicle]


def test_a_car_that_is_here_already_is_not_taken_in_again(scene: Scene) -> None:
    scene.service(*(visit_of(number, f"visit-{number}") for number in range(3)))
    asyncio.run(scene.clock.advance(100))
    scene.tick(10)
    assert "open_visit" not in scene.clerk.kinds()


def test_what_is_refused_is_tried_again_only_after_a_while(scene: Scene) -> None:
    scene.clerk.refuse = True
    scene.service()
    scene.tick(3, step_s=RETRY_S / 5)
    assert len(scene.clerk.given) == 1
    scene.tick(10, step_s=RETRY_S / 5)
    assert 2 <= len(scene.clerk.given) <= 3


def test_the_controller_starts_the_waiting_car_on_the_free_lane(scene: Scene) -> None:
    scene.service(visit_of(0))
    scene.lane(LaneView("1", "lane-1"))
    scene.tick(4)
    assert (LANE, StartAttempt("1", "visit-1")) in scene.controller.given


def test_the_controller_resumes_only_when_every_instrument_is_back(scene: Scene) -> None:
    scene.service(visit_of(2))
    scene.lane(LaneView("1", "lane-1"))
    scene.fact(started(2))
    about = ("1", "bench", "BrakeTester", "carcheck_roller_brake", "COM3")
    scene.fact(f.DeviceLost(*about, diagnosis=Problem("devices.port_absent")))
    scene.fact(f.AttemptInterrupted("attempt-1", "visit-1", "1", Problem("devices.port_absent")))
    scene.tick(8)
    assert "resume_attempt" not in scene.controller.kinds()
    scene.fact(f.DeviceAttached(*about, identity="x"))
    scene.tick(8)
    assert (LANE, ResumeAttempt("1", "attempt-1")) in scene.controller.given


def test_the_car_of_the_attempt_enters_the_world_and_follows_the_prompts(scene: Scene) -> None:
    scene.lane(LaneView("1", "lane-1"))
    scene.fact(started(0))
    car = scene.day.world.car_in("1")
    assert car is not None
    assert car.plate == CARS[0].vehicle.plate
    scene.fact(prompt("axle_on_scale", 1, due_s=10.0))
    assert scene.day.world.is_occupied("1/scale", 20.0)


def test_the_scenarios_plug_is_pulled_once_and_put_back(scene: Scene) -> None:
    assert CARS[2].fault is not None
    scene.lane(LaneView("1", "lane-1"))
    scene.fact(started(2))
    for again in range(2):
        scene.fact(replace(prompt("pedal", 2, due_s=0.0), prompt_id=f"prompt-{again}"))
        asyncio.run(scene.clock.advance(10))
        scene.tick(20)
    assert scene.plugs.moves == ["out 1/bench", "in 1/bench"]


def test_a_sound_car_keeps_its_plugs(scene: Scene) -> None:
    scene.lane(LaneView("1", "lane-1"))
    scene.fact(started(0))
    scene.fact(prompt("pedal", 2))
    asyncio.run(scene.clock.advance(10))
    scene.tick(20)
    assert scene.plugs.moves == []


def test_the_day_is_over_when_every_car_is_concluded(scene: Scene) -> None:
    from carcheck_desktop.domain.verdicts import Outcome

    visits = [replace(visit_of(number, f"v{number}"), conclusion=Outcome.PASS) for number in range(3)]
    scene.service(*visits[:2])
    assert not scene.day.is_over
    scene.service(*visits)
    assert scene.day.is_over
