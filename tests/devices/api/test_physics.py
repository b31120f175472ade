"""The shared bodies: rollers that a braked wheel holds back, slips on and locks; a cell that settles."""

from __future__ import annotations

import pytest

from carcheck_desktop.devices.api import Side, WheelState
from carcheck_desktop.devices.api.physics import LoadCell, RollerBench, RollerSide
from tests.drivers.wire import Car

STEP_S = 0.01


def roll(side: RollerSide, seconds: float, wheel: WheelState | None) -> None:
    for _ in range(round(seconds / STEP_S)):
        side.step(STEP_S, wheel)


def running(wheel: WheelState | None) -> RollerSide:
    side = RollerSide()
    side.motor_on = True
    roll(side, 2.0, wheel)
    return side


def test_free_rollers_reach_their_speed_and_hold_nothing() -> None:
    side = running(None)
    assert side.speed_kmh == pytest.approx(2.5, abs=0.01)
    assert side.force_daN == pytest.approx(0, abs=0.1)


def test_a_gripping_wheel_hands_back_drag_and_brake() -> None:
    side = running(WheelState(400, 150, 10, 0.7))
    assert side.force_daN == pytest.approx(160, abs=0.5)
    assert side.slip_percent < 3


def test_a_brake_beyond_the_grip_locks_the_wheel_at_the_sliding_force() -> None:
    side = running(WheelState(400, 100, 10, 0.7))
    roll(side, 0.5, WheelState(400, 500, 10, 0.7))
    grip_daN = 0.7 * 400 * 0.98
    assert side.slip_percent == pytest.approx(100)
    assert side.force_daN == pytest.approx(0.95 * grip_daN, rel=0.01)


def test_a_released_brake_lets_the_wheel_turn_again() -> None:
    side = running(WheelState(400, 100, 10, 0.7))
    roll(side, 0.5, WheelState(400, 500, 10, 0.7))
    roll(side, 1.0, WheelState(400, 0, 10, 0.7))
    assert side.slip_percent < 1
    assert side.force_daN == pytest.approx(10, abs=0.5)


def test_a_slow_pedal_slips_first_and_locks_within_a_tenth_of_a_second() -> None:
    side = running(WheelState(400, 0, 10, 0.7))
    slips = []
    for step in range(300):
        side.step(STEP_S, WheelState(400, 120 * step * STEP_S, 10, 0.7))
        slips.append(side.slip_percent)
    began = next(step for step, slip in enumerate(slips) if slip > 3)
    locked = next(step for step, slip in enumerate(slips) if slip >= 25)
    assert 1 <= locked - began <= 10


def test_rollers_run_down_when_the_motor_is_off() -> None:
    side = running(WheelState(400, 0, 10, 0.7))
    side.motor_on = False
    roll(side, 2.0, WheelState(400, 0, 10, 0.7))
    assert (side.speed_kmh, side.wheel_kmh) == (0, 0)
    assert side.force_daN == pytest.approx(0, abs=0.01)


def test_a_lifted_axle_rests_on_no_roller() -> None:
    bench = RollerBench(Car(), "brake", STEP_S)
    assert not bench.is_seated(0.0)
    bench.lift_to = 0.0
    steps = 0
    while bench.is_lift_moving:
        steps += 1
        bench.step(steps * STEP_S)
    assert steps == pytest.approx(200, abs=1)
    assert bench.is_seated(3.0)
    assert bench.load_kg(Side.LEFT, 3.0, 1) == pytest.approx(420, abs=2)


def test_motors_are_added_and_switched_off_together() -> None:
    bench = RollerBench(Car(), "brake", STEP_S)
    bench.switch(Side.LEFT)
    bench.switch(Side.RIGHT)
    assert all(roller.motor_on for roller in bench.rollers.values())
    bench.switch()
    assert not any(roller.motor_on for roller in bench.rollers.values())


def test_a_load_cell_settles_to_its_load() -> None:
    cell = LoadCell(0.25)
    for _ in range(5):
        cell.step(0.05, 400)
    assert cell.load_kg == pytest.approx(400 * (1 - 0.3679), rel=0.001)
    for _ in range(40):
        cell.step(0.05, 400)
    assert cell.load_kg == pytest.approx(400, abs=0.5)
