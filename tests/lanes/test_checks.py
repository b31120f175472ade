"""What a lane refuses to do and why, each rule by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.facts import DeviceAttached, DeviceLost
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import (
    AttemptState,
    AttemptView,
    DeviceView,
    ItemState,
    ItemView,
    LaneView,
    VisitView,
)
from carcheck_desktop.lanes import checks
from tests.domain.samples import PLAN, PROBLEM, VEHICLE

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ABOUT = ("1", "bench", "BrakeTester", "carcheck_roller_brake", "COM3")
OPEN_STATES = (AttemptState.RUNNING, AttemptState.INTERRUPTED)
ENDED_STATES = (AttemptState.COMPLETE, AttemptState.ABORTED)


def attempt(state: AttemptState = AttemptState.RUNNING, lane: str = "1", **items: ItemState) -> AttemptView:
    shown = tuple(ItemView(name, ItemKind.SERVICE_BRAKE, 1, Message("x"), state=each) for name, each in items.items())
    return AttemptView(
        "attempt-1", "visit-1", lane, 1, VEHICLE, InspectionKind.IN_USE, "e", "h", AT, shown, state=state
    )  # fmt: skip


def visit(*attempts: AttemptView) -> VisitView:
    return VisitView("visit-1", VEHICLE, InspectionKind.IN_USE, PLAN, "e", "h", AT, "li", AT, attempts=attempts)


def device(name: str, problem: Problem | None = None, identity: str = "magic=1") -> DeviceView:
    return DeviceView(name, "BrakeTester", "carcheck_roller_brake", "COM3", identity, AT, problem)


def lane(**changes: object) -> LaneView:
    return replace(LaneView("1", "lane-1"), **changes)  # type: ignore[arg-type]


def refusal(check: Callable[[], object]) -> dict[str, str | int]:
    """Return code and parameters of the refusal."""
    with pytest.raises(RefusedError) as caught:
        check()
    return {"code": caught.value.code, **caught.value.problem.params}


def test_a_stopped_lane_moves_nothing_and_says_who_stopped_it() -> None:
    said = refusal(lambda: checks.require_movable(lane(stopped=True, stopped_by="li"), ()))
    assert (said["code"], said["actor"]) == ("lanes.door.stopped", "li")
    assert refusal(lambda: checks.require_movable(lane(stopped=True), ()))["actor"] == "-"


def test_an_instrument_that_does_not_answer_is_named_with_its_port() -> None:
    view = lane(devices=(device("bench"), device("scale", PROBLEM)))
    said = refusal(lambda: checks.require_movable(view, {"bench", "scale"}))
    assert (said["code"], said["device"], said["port"]) == ("lanes.door.device_lost", "scale", "COM3")


def test_an_instrument_that_no_item_needs_does_not_hold_the_lane_up() -> None:
    checks.require_movable(lane(devices=(device("bench"), device("lamps", PROBLEM))), {"bench"})


def test_one_that_has_not_been_heard_of_yet_is_tried() -> None:
    checks.require_movable(lane(), {"bench"})


@pytest.mark.parametrize("state", OPEN_STATES)
def test_a_second_car_waits_until_the_first_has_gone(state: AttemptState) -> None:
    said = refusal(lambda: checks.require_empty(lane(attempt=attempt(state))))
    assert (said["code"], said["plate"]) == ("lanes.door.lane_busy", VEHICLE.plate)


@pytest.mark.parametrize("state", ENDED_STATES)
def test_a_lane_whose_car_is_done_takes_the_next(state: AttemptState) -> None:
    checks.require_empty(lane(attempt=attempt(state)))
    checks.require_empty(lane())


@pytest.mark.parametrize("state", OPEN_STATES)
def test_a_car_is_not_in_two_lanes_at_once(state: AttemptState) -> None:
    said = refusal(lambda: checks.require_nowhere_else(lane(), visit(attempt(state, lane="2"))))
    assert (said["code"], said["other"]) == ("lanes.door.in_other_lane", "2")


def test_an_attempt_that_ended_elsewhere_or_is_this_lanes_own_is_no_hindrance() -> None:
    elsewhere = [attempt(state, lane="2") for state in ENDED_STATES]
    checks.require_nowhere_else(lane(), visit(*elsewhere, attempt(AttemptState.INTERRUPTED, lane="1")))


def test_every_attempt_of_the_car_is_looked_at_not_only_the_newest() -> None:
    both = visit(attempt(AttemptState.INTERRUPTED, lane="2"), attempt(AttemptState.ABORTED, lane="1"))
    assert refusal(lambda: checks.require_nowhere_else(lane(), both))["code"] == "lanes.door.in_other_lane"


@pytest.mark.parametrize("state", ENDED_STATES)
def test_an_attempt_that_is_over_is_not_found_any_more(state: AttemptState) -> None:
    said = refusal(lambda: checks.require_attempt(lane(attempt=attempt(state)), "attempt-1"))
    assert (said["code"], said["attempt"]) == ("lanes.door.no_such_attempt", "attempt-1")


@pytest.mark.parametrize("view", [lane(), lane(attempt=attempt())])
def test_a_window_that_shows_an_old_attempt_commands_nothing(view: LaneView) -> None:
    for check in (checks.require_attempt, checks.require_interrupted):
        said = refusal(lambda check=check: check(view, "attempt-0"))  # type: ignore[misc]
        assert said["code"] == "lanes.door.no_such_attempt"
    assert refusal(lambda: checks.require_repeatable(view, "attempt-0", "B1"))["code"] == "lanes.door.no_such_attempt"


def test_only_what_is_interrupted_can_be_resumed() -> None:
    waiting = attempt(AttemptState.INTERRUPTED)
    assert checks.require_interrupted(lane(attempt=waiting), "attempt-1") is waiting
    said = refusal(lambda: checks.require_interrupted(lane(attempt=attempt()), "attempt-1"))
    assert said["code"] == "lanes.door.not_interrupted"


@pytest.mark.parametrize("state", [ItemState.PLANNED, ItemState.RUNNING, ItemState.VOID])
def test_only_what_was_measured_can_be_repeated(state: ItemState) -> None:
    view = lane(attempt=attempt(B1=state, B2=ItemState.DONE))
    said = refusal(lambda: checks.require_repeatable(view, "attempt-1", "B1"))
    assert (said["code"], said["item"]) == ("lanes.door.nothing_to_repeat", "B1")
    checks.require_repeatable(view, "attempt-1", "B2")


def test_an_item_that_is_not_of_this_car_cannot_be_repeated() -> None:
    view = lane(attempt=attempt(B1=ItemState.DONE))
    assert refusal(lambda: checks.require_repeatable(view, "attempt-1", "B9"))["item"] == "B9"


def test_nothing_is_repeated_while_the_attempt_waits_for_a_person() -> None:
    view = lane(attempt=attempt(AttemptState.INTERRUPTED, B1=ItemState.DONE))
    assert refusal(lambda: checks.require_repeatable(view, "attempt-1", "B1"))["code"] == "lanes.door.not_running"


@pytest.mark.parametrize(
    ("known", "fact", "is_news"),
    [
        (None, DeviceAttached(*ABOUT, "magic=1"), True),
        (None, DeviceLost(*ABOUT, PROBLEM), True),
        (device("bench"), DeviceAttached(*ABOUT, "magic=1"), False),
        (device("bench"), DeviceAttached(*ABOUT, "magic=2"), True),
        (device("bench"), DeviceLost(*ABOUT, PROBLEM), True),
        (device("bench", PROBLEM), DeviceAttached(*ABOUT, "magic=1"), True),
        (device("bench", PROBLEM), DeviceLost(*ABOUT, replace(PROBLEM, params={"waited_ms": 3})), False),
        (device("bench", PROBLEM), DeviceLost(*ABOUT, Problem("devices.no_bytes")), True),
        (device("scale", PROBLEM), DeviceLost(*ABOUT, PROBLEM), True),
    ],
)
def test_an_instrument_is_written_down_once_a_change(
    known: DeviceView | None, fact: DeviceAttached | DeviceLost, is_news: bool
) -> None:
    assert checks.is_news(lane(devices=() if known is None else (known,)), fact) is is_news
