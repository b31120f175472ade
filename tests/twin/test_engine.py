"""The twin's engine: an oracle that knows its causes, and says nothing of verdicts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.twin.car import make_car
from carcheck_desktop.twin.engine import ROOM_AIR, Engine, Exhaust, Pedal, cold, make_engine, smoky, stalling
from carcheck_desktop.twin.people import VirtualDriver
from carcheck_desktop.twin.world import VirtualWorld

SOUND = make_engine(1, "渝AB123C")


def excess_air(gas: Exhaust) -> float:
    """Brettschneider's formula, written once more from the reference page."""
    hcv, ocv, k1 = 1.7261, 0.0176, 6e-4
    burnt = gas.co_percent + gas.co2_percent
    water = hcv / 4 * 3.5 / (3.5 + gas.co_percent / gas.co2_percent) - ocv / 2
    had = gas.co2_percent + gas.co_percent / 2 + gas.o2_percent + water * burnt
    return had / ((1 + hcv / 4 - ocv / 2) * (burnt + k1 * gas.hc_ppm))


@given(st.floats(0.97, 1.15), st.floats(0.0, 0.99), st.sampled_from([800.0, 2500.0]))
def test_the_excess_air_of_the_exhaust_is_that_of_the_mixture(mixture: float, conversion: float, rpm: float) -> None:
    gas = Engine(mixture=mixture, conversion=conversion).exhaust(rpm)
    assert gas.co_percent + gas.co2_percent > 6
    assert excess_air(gas) >= mixture - 1e-6  # where no oxygen is left at all it can only be more
    if gas.o2_percent > 0:
        assert excess_air(gas) == pytest.approx(mixture, abs=1e-6)


def test_a_dead_catalyst_lets_through_what_a_sound_one_converts() -> None:
    clean, dirty = SOUND.exhaust(800), smoky(SOUND).exhaust(800)
    assert dirty.co_percent > 10 * clean.co_percent
    assert dirty.hc_ppm > 5 * clean.hc_ppm


@given(st.lists(st.floats(0.5, 30), min_size=1, max_size=6), st.floats(0, 200))
def test_the_speed_stays_between_idle_and_what_was_held(gaps: list[float], at_s: float) -> None:
    at, pedals = 0.0, []
    for number, gap in enumerate(gaps):
        at += gap
        pedals.append(Pedal(at, 2500.0 if number % 2 == 0 else None))
    speed = SOUND.speed_rpm(tuple(pedals), at_s)
    assert SOUND.idle_rpm - 1e-6 <= speed <= 2500.0


def test_oil_warms_up_and_faster_while_the_pedal_is_held() -> None:
    engine = cold(SOUND)
    idling = [engine.oil_temperature_C(0.0, (), at_s) for at_s in range(0, 600, 60)]
    assert all(before < after for before, after in pairwise(idling))
    held = engine.oil_temperature_C(0.0, (Pedal(0.0, 2500.0),), 120.0)
    assert held > engine.oil_temperature_C(0.0, (), 120.0)
    assert held < 95


def test_an_engine_that_dies_runs_again_after_a_while_and_breathes_out_room_air() -> None:
    engine, pedals = stalling(SOUND, after_s=10.0), (Pedal(5.0, 2500.0),)
    assert engine.speed_rpm(pedals, 14.9) > 2000
    assert engine.speed_rpm(pedals, 15.1) == 0.0
    assert engine.exhaust(0.0) == ROOM_AIR
    assert engine.speed_rpm(pedals, 60.0) > 2000


def test_the_same_seed_and_plate_make_the_same_engine() -> None:
    assert make_car(3, "粤B1", 1300).engine == make_car(3, "粤B1", 1300).engine != make_car(4, "粤B1", 1300).engine


def test_the_analyser_sees_the_car_only_where_it_stands_and_only_with_its_probe_in() -> None:
    world = VirtualWorld(1)
    world.enter("1", make_car(1, "渝AB123C", 1400))
    driver = VirtualDriver("1", world)
    driver.act("at_emission", 0, 10.0)
    assert world.gas("1/emission", 12.0) is None
    seen = world.gas("1/emission", 20.0)
    assert seen is not None
    assert (seen.probe_in, seen.engine_speed_rpm > 700) == (False, True)
    driver.act("probe_in", 0, 30.0)
    assert world.gas("1/emission", 35.0).probe_in is False  # type: ignore[union-attr]
    assert world.gas("1/emission", 37.0).probe_in is True  # type: ignore[union-attr]
    driver.act("axle_on_scale", 1, 60.0)
    assert world.gas("1/emission", 63.0) is None
    assert world.wheel("1/scale", Side.LEFT, 65.0) is not None


def test_the_driver_brings_the_engine_to_the_middle_of_what_is_asked() -> None:
    from carcheck_desktop.base.messages import Message

    world = VirtualWorld(1)
    world.enter("1", make_car(1, "渝AB123C", 1400))
    driver = VirtualDriver("1", world)
    driver.act("at_emission", 0, 0.0)
    driver.act("rev_fast", 0, 10.0, Message("lanes.prompt.rev_fast", {"low": 3620, "high": 4220, "duration_s": 30}))
    seen = world.gas("1/emission", 30.0)
    assert seen is not None
    assert seen.engine_speed_rpm == pytest.approx(3920, abs=5)
    driver.act("rev_idle", 0, 40.0)
    assert world.gas("1/emission", 60.0).engine_speed_rpm < 900  # type: ignore[union-attr]
