"""The people of a training day: a driver who does what is asked, a controller who never starts what must not move."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from carcheck_desktop.base.messages import Message
from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.domain.commands import ResumeAttempt, StartAttempt
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import AttemptState, AttemptView, DeviceView, LaneView, PromptView, VisitView
from carcheck_desktop.twin.car import Actuation, make_car
from carcheck_desktop.twin.people import DRIVE_S, PEDAL_RAMP_S, REACTION_S, Greeter, VirtualController, VirtualDriver
from carcheck_desktop.twin.world import ROLLING_S, VirtualWorld
from tests.domain.samples import PLAN, PROBLEM, VEHICLE

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
CAR = make_car(1, VEHICLE.plate, 1400)


@pytest.fixture
def world() -> VirtualWorld:
    world = VirtualWorld(1)
    world.enter("1", CAR)
    return world


@pytest.fixture
def driver(world: VirtualWorld) -> VirtualDriver:
    return VirtualDriver("1", world)


def force_daN(world: VirtualWorld, at_s: float, side: Side = Side.LEFT) -> float:
    wheel = world.wheel("1/bench", side, at_s)
    assert wheel is not None
    return wheel.brake_daN


def prompt(number: int, expects: str, axle: int = 1, due_s: float = 0.0) -> PromptView:
    return PromptView(f"prompt-{number}", expects, axle, due_s, Message("x"), AT)


def attempt(state: AttemptState, visit_id: str = "visit-1") -> AttemptView:
    return AttemptView("attempt-1", visit_id, "1", 1, VEHICLE, InspectionKind.IN_USE, "e", "h", AT, (), state=state)


def visit(number: int, minutes: int = 0, **changes: object) -> VisitView:
    opened = AT + timedelta(minutes=minutes)
    view = VisitView(f"visit-{number}", VEHICLE, InspectionKind.IN_USE, PLAN, "e", "h", opened, "li", opened)
    return replace(view, **changes)  # type: ignore[arg-type]


def lane(name: str = "1", **changes: object) -> LaneView:
    return replace(LaneView(name, f"lane-{name}"), **changes)  # type: ignore[arg-type]


BROKEN = DeviceView("bench", "BrakeTester", "d", "COM3", "", AT, PROBLEM)


@pytest.mark.parametrize(("expects", "place"), [("axle_on_scale", "1/scale"), ("axle_on_bench", "1/bench")])
@pytest.mark.parametrize("axle", [1, 2])
def test_the_asked_axle_rolls_onto_the_asked_position(
    world: VirtualWorld, driver: VirtualDriver, expects: str, place: str, axle: int
) -> None:
    driver.act(expects, axle, due_s=100.0)
    arrives_s = 100.0 + DRIVE_S
    for side in Side:
        wheel = world.wheel(place, side, arrives_s)
        assert wheel is not None
        assert wheel.load_kg == CAR.wheel(axle, side).load_kg
    assert not world.is_occupied(place, arrives_s - 0.01)
    assert world.wheel("1/scale" if place == "1/bench" else "1/bench", Side.LEFT, arrives_s) is None


def test_the_pedal_goes_down_slowly_after_a_human_moment(world: VirtualWorld, driver: VirtualDriver) -> None:
    driver.act("axle_on_bench", 1, due_s=0.0)
    driver.act("pedal", 1, due_s=20.0)
    assert force_daN(world, 20.0 + REACTION_S) == 0.0
    half, full = (force_daN(world, 20.0 + REACTION_S + PEDAL_RAMP_S * part) for part in (0.5, 1.1))
    assert 0.4 * full < half < 0.6 * full


def test_the_lever_holds_the_rear_axle_and_release_lets_go_of_everything(
    world: VirtualWorld, driver: VirtualDriver
) -> None:
    driver.act("axle_on_bench", 2, due_s=0.0)
    driver.act("parking_lever", 2, due_s=20.0)
    assert force_daN(world, 26.0) > 0.0
    driver.act("release", 2, due_s=30.0)
    assert force_daN(world, 31.0) == 0.0
    driver.act("pedal", 2, due_s=40.0)
    assert force_daN(world, 46.0) > 0.0


def test_driving_on_lets_go_of_the_brakes(world: VirtualWorld, driver: VirtualDriver) -> None:
    driver.act("axle_on_bench", 1, due_s=0.0)
    driver.act("pedal", 1, due_s=10.0)
    driver.act("axle_on_bench", 2, due_s=20.0)
    assert not world.is_occupied("1/bench", 20.0 + DRIVE_S - ROLLING_S)
    assert force_daN(world, 20.0 + DRIVE_S) == 0.0


def test_after_the_last_item_the_car_is_gone(world: VirtualWorld, driver: VirtualDriver) -> None:
    driver.act("axle_on_bench", 2, due_s=0.0)
    driver.act("driven_off", 0, due_s=50.0)
    assert world.is_occupied("1/bench", 50.0 + DRIVE_S - 0.01)
    assert not world.is_occupied("1/bench", 50.0 + DRIVE_S)


def test_a_prompt_is_acted_on_once_however_often_it_is_seen(world: VirtualWorld, driver: VirtualDriver) -> None:
    driver.see(None)
    driver.see(prompt(1, "axle_on_bench"))
    driver.see(prompt(2, "pedal", due_s=10.0))
    before = force_daN(world, 14.0)
    world.release("1", 15.0)
    driver.see(prompt(2, "pedal", due_s=10.0))
    assert (force_daN(world, 14.0), force_daN(world, 16.0)) == (before, 0.0)


def test_a_prompt_that_the_driver_does_not_know_is_noted_and_nothing_moves(
    world: VirtualWorld, driver: VirtualDriver, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        driver.act("somersault", 1, due_s=0.0)
    assert "somersault" in caplog.text
    assert not any(world.is_occupied(place, 100.0) for place in ("1/scale", "1/bench"))


def test_the_first_car_that_came_is_taken_first() -> None:
    chief = VirtualController(("1",))
    waiting = (visit(2, minutes=5), visit(1, minutes=1), visit(3, minutes=9))
    assert chief.next_command(waiting, {"1": lane()}) == StartAttempt("1", "visit-1")


@pytest.mark.parametrize(
    "view",
    [
        lane(stopped=True),
        lane(devices=(BROKEN,)),
        lane(occupied_by="visit-9"),
        lane(attempt=attempt(AttemptState.RUNNING, "visit-9")),
        lane(attempt=attempt(AttemptState.INTERRUPTED), stopped=True),
        lane(attempt=attempt(AttemptState.INTERRUPTED), devices=(BROKEN,)),
        lane(attempt=attempt(AttemptState.COMPLETE, "visit-9"), occupied_by="visit-9"),
    ],
)
def test_a_lane_that_must_not_move_is_left_alone(view: LaneView) -> None:
    assert VirtualController(("1",)).next_command((visit(1),), {"1": view}) is None


def test_an_interrupted_attempt_is_resumed_before_another_car_is_taken() -> None:
    view = lane(attempt=attempt(AttemptState.INTERRUPTED))
    assert VirtualController(("1",)).next_command((visit(2),), {"1": view}) == ResumeAttempt("1", "attempt-1")


@pytest.mark.parametrize("state", [AttemptState.COMPLETE, AttemptState.ABORTED])
def test_a_lane_whose_car_has_gone_takes_the_next(state: AttemptState) -> None:
    view = lane(attempt=attempt(state, "visit-9"))
    assert VirtualController(("1",)).next_command((visit(1),), {"1": view}) == StartAttempt("1", "visit-1")


def test_a_busy_lane_does_not_keep_the_free_one_from_working() -> None:
    views = {"1": lane(stopped=True), "2": lane("2")}
    assert VirtualController(("1", "2")).next_command((visit(1),), views) == StartAttempt("2", "visit-1")
    assert VirtualController(("1", "3")).next_command((visit(1),), views) is None


@pytest.mark.parametrize(
    "done", [visit(1, conclusion=Outcome.PASS), visit(1, attempts=(attempt(AttemptState.RUNNING),))]
)
def test_a_car_that_is_measured_or_being_measured_is_not_started(done: VisitView) -> None:
    assert VirtualController(("1",)).next_command((done,), {"1": lane()}) is None


def test_the_car_of_the_attempt_queues_once_and_keeps_its_place(world: VirtualWorld) -> None:
    other = make_car(2, "渝A99999", 1300)
    greeter = Greeter(world, {CAR.plate: CAR, other.plate: other})
    world.drive_onto("1", "bench", 1, 5.0)
    greeter.see(lane(attempt=attempt(AttemptState.RUNNING)))
    assert world.is_occupied("1/bench", 6.0)
    greeter.see(lane())
    assert world.car_in("1") == CAR
    stranger = replace(attempt(AttemptState.RUNNING), vehicle=replace(VEHICLE, plate=other.plate))
    greeter.see(lane(attempt=stranger))
    assert world.car_in("1") == other
    assert not world.is_occupied("1/bench", 6.0)


def test_a_car_that_the_scenario_does_not_have_changes_nothing(world: VirtualWorld) -> None:
    stranger = replace(attempt(AttemptState.RUNNING), vehicle=replace(VEHICLE, plate="渝A00000"))
    Greeter(world, {CAR.plate: CAR}).see(lane(attempt=stranger))
    assert world.car_in("1") == CAR


def test_an_empty_lane_has_no_wheels_and_nothing_to_press() -> None:
    world = VirtualWorld(1)
    world.press_pedal("1", Actuation(0.0, 1.0))
    world.drive_onto("1", "bench", 1, 0.0)
    world.leave("1", 1.0)
    assert world.car_in("1") is None
    assert world.wheel("1/bench", Side.LEFT, 5.0) is None
    assert not world.is_occupied("1/bench", 5.0)
