"""What holds for every wheel on every roller: no force from nothing, no tyre above its grip, mirror images alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carcheck_desktop.devices.api import GasState, Side, WheelState
from carcheck_desktop.devices.api.physics import DAN_PER_KG, LoadCell, RollerBench, RollerSide

STEP_S = 0.01

wheels = st.builds(
    WheelState, load_kg=st.floats(100.0, 900.0), brake_daN=st.floats(0.0, 900.0), drag_daN=st.floats(0.0, 15.0),
    adhesion=st.floats(0.3, 0.9),
)  # fmt: skip
some_wheels = st.lists(st.none() | wheels, min_size=1, max_size=4)
few = settings(max_examples=40)


def turned(side: RollerSide, seconds: float, wheel: WheelState | None) -> list[float]:
    """Step a side and return its forces."""
    forces = []
    for _ in range(round(seconds / STEP_S)):
        side.step(STEP_S, wheel)
        forces.append(side.force_daN)
    return forces


def running(speed_kmh: float = 2.5) -> RollerSide:
    side = RollerSide(speed_kmh)
    side.motor_on = True
    turned(side, 1.5, None)
    return side


@few
@given(some_wheels)
def test_a_roller_never_runs_backwards_or_above_its_speed_and_a_wheel_never_faster_than_it(
    stands: list[WheelState | None],
) -> None:
    side = running()
    for wheel in stands:
        for _ in range(40):
            side.step(STEP_S, wheel)
            assert 0.0 <= side.speed_kmh <= side.nominal_kmh + 1e-9
            assert 0.0 <= side.wheel_kmh <= side.speed_kmh * 1.001  # the rollers give way within one step
            assert -0.1 <= side.slip_percent <= 100.0
            assert side.force_daN >= 0.0


@few
@given(wheels)
def test_the_force_is_what_the_brake_holds_or_what_the_tyre_can(wheel: WheelState) -> None:
    side = running()
    steady = turned(side, 1.5, wheel)[-1]
    grip_daN = wheel.adhesion * wheel.load_kg * DAN_PER_KG
    wanted_daN = wheel.brake_daN + wheel.drag_daN
    if wanted_daN <= grip_daN:
        assert steady == pytest.approx(wanted_daN, abs=1.0)
        assert side.slip_percent < 5.0
    elif wanted_daN > 1.05 * grip_daN:
        assert steady == pytest.approx(side.SLIDING_GRIP * grip_daN, abs=1.0)
        assert side.slip_percent == pytest.approx(100.0)


@few
@given(wheels, st.floats(0.0, 300.0))
def test_more_brake_never_shows_less_force_while_the_tyre_holds(wheel: WheelState, more_daN: float) -> None:
    grip_daN = wheel.adhesion * wheel.load_kg * DAN_PER_KG - wheel.drag_daN
    stronger = replace(wheel, brake_daN=min(wheel.brake_daN + more_daN, max(0.0, grip_daN)))
    weaker = replace(wheel, brake_daN=min(wheel.brake_daN, stronger.brake_daN))
    assert turned(running(), 1.0, weaker)[-1] <= turned(running(), 1.0, stronger)[-1] + 1e-6


@few
@given(some_wheels)
def test_a_motor_that_is_off_always_comes_to_rest_without_force(stands: list[WheelState | None]) -> None:
    side = running()
    side.motor_on = False
    for wheel in stands:
        turned(side, 1.0, wheel)
    turned(side, 1.0, stands[-1])
    assert (side.speed_kmh, side.wheel_kmh) == (0.0, 0.0)
    assert side.force_daN == pytest.approx(0.0, abs=0.01)


@few
@given(wheels)
def test_standing_rollers_feel_no_brake(wheel: WheelState) -> None:
    assert turned(RollerSide(), 0.5, wheel)[-1] == 0.0


@few
@given(wheels)
def test_the_same_steps_give_the_same_numbers_to_the_bit(wheel: WheelState) -> None:
    assert turned(running(), 0.5, wheel) == turned(running(), 0.5, wheel)


@dataclass
class Stand:
    """A world with one axle on the rollers and no noise."""

    wheels: dict[Side, WheelState] = field(default_factory=dict)

    def wheel(self, place: str, side: Side, at_s: float) -> WheelState | None:
        return self.wheels.get(side)

    def is_occupied(self, place: str, at_s: float) -> bool:
        return bool(self.wheels)

    def gas(self, place: str, at_s: float) -> GasState | None:
        return None

    def noise(self, place: str, channel: str, step: int) -> float:
        return 0.0


def bench_of(**wheels: WheelState) -> RollerBench:
    """Return a bench with its lift down."""
    bench = RollerBench(Stand({Side(name): wheel for name, wheel in wheels.items()}), "bench", STEP_S)
    bench.lift = bench.lift_to = 0.0
    return bench


def stepped(bench: RollerBench, seconds: float) -> dict[Side, int]:
    for step in range(round(seconds / STEP_S)):
        bench.step(step * STEP_S)
    return {side: bench.force_daN(side, 0) for side in Side}


@few
@given(wheels, wheels)
def test_a_mirrored_car_gives_mirrored_forces(left: WheelState, right: WheelState) -> None:
    seen = []
    for bench in (bench_of(left=left, right=right), bench_of(left=right, right=left)):
        bench.switch(*Side)
        seen.append(stepped(bench, 1.0))
    straight, mirrored = seen
    assert (straight[Side.LEFT], straight[Side.RIGHT]) == (mirrored[Side.RIGHT], mirrored[Side.LEFT])


@few
@given(wheels, wheels)
def test_one_side_running_leaves_the_other_at_rest(left: WheelState, right: WheelState) -> None:
    bench = bench_of(left=left, right=right)
    bench.switch(Side.RIGHT)
    assert stepped(bench, 0.5)[Side.LEFT] == 0
    assert bench.rollers[Side.LEFT].speed_kmh == 0.0
    assert bench.is_turning


@few
@given(wheels, wheels)
def test_zeroing_at_rest_changes_nothing_and_under_force_takes_it_away(left: WheelState, right: WheelState) -> None:
    bench = bench_of(left=left, right=right)
    bench.zero()
    bench.switch(*Side)
    stepped(bench, 1.0)
    bench.zero()
    assert [bench.force_daN(side, 0) for side in Side] == [0, 0]


def test_a_jammed_lift_stays_where_it_is_and_says_that_it_has_not_arrived() -> None:
    bench = bench_of()
    bench.lift_to, bench.lift_jammed = 1.0, True
    stepped(bench, 3.0)
    assert (bench.lift, bench.is_lift_moving) == (0.0, True)
    bench.lift_jammed = False
    stepped(bench, 3.0)
    assert (bench.lift, bench.is_lift_moving) == (1.0, False)


@pytest.mark.parametrize("wheels", [{}, {"left": WheelState(400, 0, 5, 0.7)}])
def test_a_car_is_seated_only_with_both_wheels(wheels: dict[str, WheelState]) -> None:
    assert not bench_of(**wheels).is_seated(0.0)


@given(st.floats(0.01, 2.0), st.lists(st.tuples(st.floats(0.001, 1.0), st.floats(0.0, 900.0)), max_size=20))
def test_a_pad_never_shows_more_or_less_than_has_rested_on_it(
    settling_s: float, loads: list[tuple[float, float]]
) -> None:
    cell = LoadCell(settling_s)
    seen_kg = [0.0]
    for dt_s, load_kg in loads:
        seen_kg.append(load_kg)
        before_kg = cell.load_kg
        cell.step(dt_s, load_kg)
        assert min(before_kg, load_kg) - 1e-9 <= cell.load_kg <= max(before_kg, load_kg) + 1e-9
    assert min(seen_kg) - 1e-9 <= cell.load_kg <= max(seen_kg) + 1e-9


@given(st.floats(0.05, 1.0), st.floats(10.0, 900.0), st.integers(1, 50))
def test_a_pad_settles_the_same_in_one_step_or_in_many(settling_s: float, load_kg: float, parts: int) -> None:
    once, often = LoadCell(settling_s), LoadCell(settling_s)
    once.step(0.5, load_kg)
    for _ in range(parts):
        often.step(0.5 / parts, load_kg)
    assert often.load_kg == pytest.approx(once.load_kg, rel=1e-9)
