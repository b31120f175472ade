"""The car behaves as cars do, for every pedal, axle and moment: more foot is never less force, left is not right."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.domain.vehicle import Vehicle
from carcheck_desktop.twin.car import DRIVER_KG, Actuation, Car, Wheel, make_car, with_worn_pad
from carcheck_desktop.twin.scenario import Trouble, arrivals

PLATE = "渝AB123C"
TODAY = date(2026, 1, 5)

seconds = st.floats(0.0, 60.0)
loads_kg = st.floats(150.0, 900.0)
forces_daN = st.floats(0.0, 800.0)
sides = st.sampled_from(Side)
axles = st.sampled_from((1, 2))
wheels = st.builds(
    Wheel, load_kg=loads_kg, pedal_gain_daN=forces_daN, lever_gain_daN=forces_daN, lag_s=st.floats(0.0, 0.3),
    drag_daN=st.floats(0.0, 20.0), adhesion=st.floats(0.3, 0.9),
)  # fmt: skip
cars = st.builds(
    Car, plate=st.just(PLATE), axles=st.tuples(st.tuples(wheels, wheels), st.tuples(wheels, wheels)),
    parking_axles=st.sampled_from(((2,), (1, 2))), engine_on=st.booleans(),
)  # fmt: skip
presses = st.builds(Actuation, pressed_at_s=st.floats(0.0, 20.0), ramp_s=st.floats(0.1, 6.0))
seeds = st.integers(0, 10_000)


def mirrored(car: Car) -> Car:
    """Return the car seen in a mirror."""
    return replace(car, axles=tuple((right, left) for left, right in car.axles))


def other(side: Side) -> Side:
    return Side.RIGHT if side is Side.LEFT else Side.LEFT


@given(presses, seconds, seconds)
def test_a_held_pedal_only_ever_goes_down_and_stays_between_nothing_and_all(
    press: Actuation, one_s: float, two_s: float
) -> None:
    earlier, later = sorted((one_s, two_s))
    assert 0.0 <= press.level(earlier) <= press.level(later) <= 1.0
    assert press.level(press.pressed_at_s) == 0.0
    assert press.level(press.pressed_at_s + press.ramp_s + 0.001) == 1.0


@given(presses, st.floats(0.0, 30.0), seconds)
def test_a_released_pedal_is_up_a_moment_later_and_never_further_down_than_a_held_one(
    press: Actuation, held_s: float, at_s: float
) -> None:
    released = replace(press, released_at_s=press.pressed_at_s + held_s)
    assert 0.0 <= released.level(at_s) <= press.level(at_s)
    assert released.level(press.pressed_at_s + held_s + 0.301) == pytest.approx(0.0, abs=1e-6)


@given(cars, axles, sides, presses, seconds, seconds)
def test_more_pedal_is_never_less_force(
    car: Car, axle: int, side: Side, press: Actuation, one_s: float, two_s: float
) -> None:
    earlier, later = sorted((one_s, two_s))
    before = car.brake_daN(axle, side, earlier, pedal=press, lever=None)
    assert 0.0 <= before <= car.brake_daN(axle, side, later, pedal=press, lever=None)


@given(cars, axles, sides, presses, presses, seconds)
def test_a_mirrored_car_brakes_the_other_way_round(
    car: Car, axle: int, side: Side, pedal: Actuation, lever: Actuation, at_s: float
) -> None:
    seen = mirrored(car).brake_daN(axle, other(side), at_s, pedal=pedal, lever=lever)
    assert seen == car.brake_daN(axle, side, at_s, pedal=pedal, lever=lever)
    assert mirrored(car).wheel(axle, side) == car.wheel(axle, other(side))


@given(cars, axles, sides, presses, presses, seconds)
def test_foot_and_hand_together_hold_what_the_stronger_holds_alone(
    car: Car, axle: int, side: Side, pedal: Actuation, lever: Actuation, at_s: float
) -> None:
    foot = car.brake_daN(axle, side, at_s, pedal=pedal, lever=None)
    hand = car.brake_daN(axle, side, at_s, pedal=None, lever=lever)
    assert car.brake_daN(axle, side, at_s, pedal=pedal, lever=lever) == max(foot, hand)


@given(cars, axles, sides, presses, seconds)
def test_a_lever_does_nothing_at_an_axle_without_a_parking_brake(
    car: Car, axle: int, side: Side, lever: Actuation, at_s: float
) -> None:
    force_daN = car.brake_daN(axle, side, at_s, pedal=None, lever=lever)
    assert force_daN == 0.0 or axle in car.parking_axles


@given(cars, axles, sides, presses, seconds)
def test_a_dead_engine_never_brakes_better(car: Car, axle: int, side: Side, press: Actuation, at_s: float) -> None:
    alive, dead = replace(car, engine_on=True), replace(car, engine_on=False)
    weak = dead.brake_daN(axle, side, at_s, pedal=press, lever=None)
    assert weak <= alive.brake_daN(axle, side, at_s, pedal=press, lever=None)
    assert dead.brake_daN(axle, side, at_s, pedal=None, lever=press) == alive.brake_daN(
        axle, side, at_s, pedal=None, lever=press
    )


@given(cars, axles, sides, presses, seconds)
def test_a_worn_pad_weakens_its_own_wheel_and_no_other(
    car: Car, worn_axle: int, worn_side: Side, press: Actuation, at_s: float
) -> None:
    worn = with_worn_pad(car, worn_axle, worn_side)
    for axle, side in itertools.product((1, 2), Side):
        before = car.brake_daN(axle, side, at_s, pedal=press, lever=None)
        after = worn.brake_daN(axle, side, at_s, pedal=press, lever=None)
        assert after <= before if (axle, side) == (worn_axle, worn_side) else after == before
        assert worn.wheel(axle, side).load_kg == car.wheel(axle, side).load_kg


@given(seeds, st.integers(1000, 2500))
def test_a_sound_car_carries_its_mass_and_locks_its_wheels(seed: int, curb_mass_kg: int) -> None:
    car = make_car(seed, PLATE, curb_mass_kg)
    wheels = [wheel for axle in car.axles for wheel in axle]
    assert sum(wheel.load_kg for wheel in wheels) == pytest.approx(curb_mass_kg + DRIVER_KG)
    for wheel in wheels:
        assert wheel.pedal_gain_daN > wheel.adhesion * wheel.load_kg * 0.98
        assert wheel.drag_daN < 0.05 * wheel.pedal_gain_daN
    front, rear = (sum(wheel.load_kg for wheel in axle) for axle in car.axles)
    assert front > rear


@given(seeds, seeds)
def test_the_same_seed_and_plate_are_the_same_car(one: int, two: int) -> None:
    assert make_car(one, PLATE, 1400) == make_car(one, PLATE, 1400)
    assert (make_car(one, PLATE, 1400) == make_car(two, PLATE, 1400)) == (one == two)
    assert make_car(one, PLATE, 1400) != make_car(one, "渝AB123D", 1400)


def believable(vehicle: Vehicle) -> bool:
    return (
        300 < vehicle.curb_mass_kg <= vehicle.total_mass_kg <= 4500
        and vehicle.manufactured_on <= vehicle.registered_on <= TODAY
        and (TODAY - vehicle.registered_on).days > 10 * 365
    )


@given(seeds, st.integers(0, 9))
def test_every_day_brings_cars_that_the_intake_takes_and_each_trouble_in_turn(seed: int, count: int) -> None:
    from carcheck_desktop.desk.counter.checks import vehicle_problems

    day = arrivals(seed, count, "渝", TODAY)
    assert len(day) == count
    for number, arrival in enumerate(day):
        assert list(vehicle_problems(arrival.vehicle, TODAY)) == []
        assert believable(arrival.vehicle)
        assert arrival.car.plate == arrival.vehicle.plate
        story = number % 6
        sound = make_car(seed, arrival.vehicle.plate, arrival.vehicle.curb_mass_kg)
        assert (arrival.at_gate, arrival.vehicle.seats == 7, bool(arrival.brought_by)) == (story == 0,) * 3
        assert (arrival.car.axles != sound.axles) == (story == 1)
        assert arrival.mended == (sound if story == 1 else None)
        assert (arrival.fault is not None) == (story == 2)
        assert arrival.is_insured == (story != 3)
        assert (arrival.car.engine != sound.engine) == (story == 4)
        assert (arrival.trouble is Trouble.PAPER_OUT) == (story == 5)


@given(seeds)
def test_a_longer_day_begins_like_a_shorter_one(seed: int) -> None:
    assert arrivals(seed, 9, "渝", TODAY)[:4] == arrivals(seed, 4, "渝", TODAY)
