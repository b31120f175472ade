"""The virtual world gives every instrument the same car, at any speed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.twin.car import Actuation, make_car, with_worn_pad
from carcheck_desktop.twin.people import DRIVE_S, REACTION_S, VirtualDriver
from carcheck_desktop.twin.scenario import arrivals
from carcheck_desktop.twin.world import VirtualWorld

PLATE = "渝AB123C"


def world_with_car() -> VirtualWorld:
    world = VirtualWorld(seed=1)
    world.enter("1", make_car(1, PLATE, 1400))
    return world


def test_a_car_stands_on_one_place_at_a_time() -> None:
    world = world_with_car()
    world.drive_onto("1", "scale", 1, 10.0)
    world.drive_onto("1", "bench", 1, 20.0)
    assert world.wheel("1/scale", Side.LEFT, 9.9) is None
    assert world.wheel("1/scale", Side.LEFT, 10.0) is not None
    assert world.wheel("1/scale", Side.LEFT, 20.0) is None
    assert world.is_occupied("1/bench", 20.0)
    world.leave("1", 30.0)
    assert not world.is_occupied("1/bench", 30.0)


def test_the_wheels_carry_the_whole_car_and_its_driver() -> None:
    car = make_car(7, PLATE, 1400)
    whole = sum(wheel.load_kg for axle in car.axles for wheel in axle)
    assert whole == pytest.approx(1475)


def test_a_pressed_pedal_brakes_and_a_released_one_does_not() -> None:
    world = world_with_car()
    world.drive_onto("1", "bench", 1, 0.0)
    world.press_pedal("1", Actuation(5.0, ramp_s=3.0))
    forces = [world.wheel("1/bench", Side.LEFT, at).brake_daN for at in (5.0, 6.0, 7.0, 9.0)]  # type: ignore[union-attr]
    assert forces[0] == 0
    assert forces == sorted(forces)
    world.release("1", 10.0)
    assert world.wheel("1/bench", Side.LEFT, 10.6).brake_daN == 0  # type: ignore[union-attr]


def test_the_lever_holds_only_the_parking_axle() -> None:
    car = make_car(1, PLATE, 1400)
    lever = Actuation(0.0, 1.0)
    assert car.brake_daN(1, Side.LEFT, 5.0, pedal=None, lever=lever) == 0
    assert car.brake_daN(2, Side.LEFT, 5.0, pedal=None, lever=lever) > 0


def test_a_worn_pad_brakes_less_and_later() -> None:
    car = make_car(1, PLATE, 1400)
    worn = with_worn_pad(car, 1, Side.RIGHT)
    pedal = Actuation(0.0, 3.0)

    def force(which: Side, at_s: float) -> float:
        return worn.brake_daN(1, which, at_s, pedal=pedal, lever=None)

    assert force(Side.RIGHT, 3.5) < 0.6 * force(Side.LEFT, 3.5)
    assert force(Side.RIGHT, 0.1) == 0 < force(Side.LEFT, 0.1)


def test_with_the_engine_off_the_pedal_does_little() -> None:
    car = make_car(1, PLATE, 1400)
    dead = replace(car, engine_on=False)
    pedal = Actuation(0.0, 1.0)
    assert dead.brake_daN(1, Side.LEFT, 2.0, pedal=pedal, lever=None) < 0.5 * car.brake_daN(
        1, Side.LEFT, 2.0, pedal=pedal, lever=None
    )


def test_the_same_seed_brings_the_same_day_and_another_seed_another() -> None:
    today = date(2026, 1, 5)
    assert arrivals(1, 3, "渝", today) == arrivals(1, 3, "渝", today)
    assert arrivals(1, 3, "渝", today) != arrivals(2, 3, "渝", today)


def test_noise_depends_on_nothing_but_its_arguments() -> None:
    world = world_with_car()
    first = [world.noise("1/bench", "left", step) for step in range(200)]
    assert first == [world.noise("1/bench", "left", step) for step in range(200)]
    assert abs(sum(first) / 200) < 0.3


@pytest.mark.parametrize("late_s", [0.0, 0.5, 1.9])
def test_the_driver_counts_from_the_moment_he_was_asked(late_s: float) -> None:
    world = world_with_car()
    driver = VirtualDriver("1", world)
    driver.act("axle_on_bench", 1, due_s=100.0)
    driver.act("pedal", 1, due_s=110.0)
    before = world.wheel("1/bench", Side.LEFT, 100.0 + DRIVE_S)
    assert before is not None
    pressed = world.wheel("1/bench", Side.LEFT, 110.0 + REACTION_S + 1.0 + late_s)
    assert pressed is not None
    assert pressed.brake_daN > 0
