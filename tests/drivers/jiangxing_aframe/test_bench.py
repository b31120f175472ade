"""The make without a stop command, through the wire: streams, silence, contactor, and the scale beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.devices.api import (
    DeviceError,
    GarbledError,
    NoReplyError,
    Side,
    StopReason,
    WrongIdentityError,
)
from drivers.jiangxing_aframe import DRIVER
from drivers.jiangxing_aframe import protocol as p
from tests.drivers.wire import Car, Rig, rig, scripted

BENCH = DRIVER.offers["BrakeTester"]
SCALE = DRIVER.offers["AxleScale"]
SHARED = {"weigh_place", "stop_output"}


def ready(car: Car | None = None, **options: Any) -> Rig:
    stand = rig(BENCH, car, **options)
    stand.driver.identify()
    stand.driver.lift(up=False)
    stand.go_on(2.1)
    return stand


def run(stand: Rig, most: int = 200, step_s: float = 0.2) -> tuple[list[int], list[int], set[int]]:
    left: list[int] = []
    right: list[int] = []
    lost: set[int] = set()
    for _ in range(most):
        stand.go_on(step_s)
        block = stand.driver.fetch_curve(len(left))
        left += block.left_daN
        right += block.right_daN
        lost |= set(block.lost)
        if block.ended:
            return left, right, lost
    raise AssertionError("the test never ended")


def test_the_make_says_what_it_cannot_do() -> None:
    abilities = ready().driver.abilities
    able = (abilities.separate_start, abilities.confirmed_stop, abilities.lock_state, abilities.device_clock)
    assert not any(able)
    assert abilities.interval_ms == 50


def test_one_side_alone_is_refused_by_the_driver() -> None:
    stand = ready()
    with pytest.raises(DeviceError) as refused:
        stand.driver.start(Side.LEFT)
    assert refused.value.code == "jiangxing_aframe.no_separate_start"


def test_a_brake_test_streams_its_curve_and_ends_by_its_record() -> None:
    stand = ready(Car(press_s=5.0, right_share=0.8))
    stand.driver.start(None)
    assert stand.driver.status().is_testing
    assert stand.driver.status().vehicle_in is None, "nothing is asked while records stream"
    left, right, lost = run(stand)
    assert max(left) == pytest.approx(0.75 * 420 * 0.98, abs=8)
    assert max(right) < max(left)
    assert not lost
    status = stand.driver.status()
    assert (status.stop_reason, status.vehicle_in) == (StopReason.NOT_REPORTED, True)
    result = {reading.point: reading.value for reading in stand.driver.results()}
    assert (result["max_left"], result["max_right"]) == (max(left), max(right))


def test_67_does_not_stop_the_rollers_and_only_the_contactor_does() -> None:
    stand = ready(stop_output="io:0")
    stand.driver.start(None)
    stand.go_on(2.0)
    stand.driver.stop()
    stand.go_on(1.0)
    assert stand.simulator.bench.is_turning
    assert not stand.driver.fetch_curve(0).ended
    with pytest.raises(DeviceError) as refused:
        stand.driver.lift(up=True)
    assert refused.value.code == "jiangxing_aframe.test_running"
    stand.outputs["io:0"] = False
    left, _, _ = run(stand)
    assert not stand.simulator.bench.is_turning
    assert left


def test_after_a_cut_one_second_of_silence_is_the_end() -> None:
    stand = ready(stop_output="io:0")
    stand.driver.start(None)
    stand.go_on(3.0)
    stand.driver.fetch_curve(0)
    stand.driver.stop()
    stand.outputs["io:0"] = False
    stand.go_on(0.1)
    stand.driver.fetch_curve(0)
    stand.go_on(0.8)
    assert not stand.driver.fetch_curve(0).ended
    stand.go_on(0.3)
    assert stand.driver.fetch_curve(0).ended


def test_silence_without_a_stop_is_an_error_and_no_end() -> None:
    stand = ready()
    stand.driver.start(None)
    stand.go_on(2.0)
    stand.driver.fetch_curve(0)
    stand.faults.silent = True
    stand.go_on(1.1)
    with pytest.raises(NoReplyError):
        stand.driver.fetch_curve(0)


def test_a_start_that_brings_no_record_is_an_error() -> None:
    stand = ready(stop_output="io:0")
    stand.outputs["io:0"] = False
    stand.driver.start(None)
    stand.go_on(9.0)
    assert not stand.driver.fetch_curve(0).ended
    stand.go_on(1.5)
    with pytest.raises(NoReplyError):
        stand.driver.fetch_curve(0)


def test_garbled_records_are_lost_samples_with_their_place() -> None:
    stand = ready(Car(press_s=1e9))
    stand.driver.start(None)
    stand.go_on(2.0)
    good = len(stand.driver.fetch_curve(0).left_daN)
    stand.faults.wrong_checksum = True
    stand.go_on(0.5)
    stand.driver.fetch_curve(0)
    stand.faults.clear()
    stand.go_on(0.5)
    block = stand.driver.fetch_curve(good)
    assert len(block.lost) == 10
    assert block.lost[0] == good + 1
    assert all(block.left_daN[number - good - 1] == 0 for number in block.lost)
    assert len(block.left_daN) == 20
    assert [why for _, why in stand.transport.foreign].count("checksum") == 10


def test_digits_are_checked_before_they_are_numbers() -> None:
    ack, start = p.frame(0x66), p.frame(0x66)
    odd = p.frame(0x6D, b"01a00187")
    driver, _ = scripted(BENCH, (start, ack + p.frame(0x6D, b"00100011") + odd + p.frame(0x6D, b"00120013")))
    driver.start(None)
    block = driver.fetch_curve(0)
    assert (block.left_daN, block.lost) == ((10, 0, 12), (2,))
    letters, _ = scripted(BENCH, (p.frame(0x68), p.frame(0x68, b"04120O0507310719")))
    with pytest.raises(GarbledError):
        letters.weigh()


def test_a_stray_byte_between_records_costs_no_sample() -> None:
    ack = p.frame(0x66)
    driver, _ = scripted(BENCH, (ack, ack + p.frame(0x6D, b"00100011") + b"\x00\xff" + p.frame(0x6D, b"00120013")))
    driver.start(None)
    assert driver.fetch_curve(0).lost == ()


@pytest.mark.parametrize(
    "options",
    [
        {"acknowledge": "any"},
        {"first_drag_message": "absent"},
        {"second_drag_message": "absent"},
        {"record_rate_hz": 10},
        {"record_command": 0x31},
        {"zero_command": 0x44},
        {"hold_stops": "yes"},
        {"barrier_free_byte": 0x30},
        {"end_after_cut": "end_record", "stop_output": "io:0"},
    ],
    ids=str,
)
def test_driver_and_simulator_agree_under_each_other_reading(options: dict[str, Any]) -> None:
    stand = ready(Car(press_s=3.5), **options)
    stand.driver.zero()
    stand.driver.start(None)
    stand.go_on(2.0)
    stand.driver.fetch_curve(0)
    if "stop_output" in options or "hold_stops" in options:
        stand.driver.stop()
        stand.outputs["io:0"] = False
    left, _, lost = run(stand)
    assert len(left) > 5
    assert not lost


def test_every_doubtful_reading_is_an_option_of_both_sides() -> None:
    doubtful = {option.name for offer in DRIVER.offers.values() for option in offer.options if option.doubtful}
    plain = {option.name for offer in DRIVER.offers.values() for option in offer.options if not option.doubtful}
    assert plain == SHARED
    readings = {"acknowledge", "first_drag_message", "second_drag_message", "record_rate_hz", "force_unit", "third_group",
                "zero_command", "stable_readings", "end_reason", "end_record", "record_command", "silence_s",
                "barrier_free_byte", "acknowledge_means", "wrong_sum_request", "start_without_vehicle"}  # fmt: skip
    assert readings <= doubtful


def test_a_bench_that_answers_as_something_else_is_a_wrong_identity() -> None:
    for offer in (BENCH, SCALE):
        stand = rig(offer)
        stand.faults.wrong_identity = True
        with pytest.raises(WrongIdentityError):
            stand.driver.identify()


def test_the_scale_is_stable_after_three_equal_readings() -> None:
    stand = rig(SCALE)
    stand.driver.identify()
    stand.go_on(0.2)
    assert not any(stand.driver.loads().stable for _ in range(2))
    stand.go_on(4.0)
    loads = [stand.driver.loads() for _ in range(4)]
    assert [one.stable for one in loads] == [False, False, True, True]
    assert loads[-1].left_kg == pytest.approx(Decimal(420), abs=1)


def test_a_third_group_that_is_not_the_sum_is_no_value_unless_the_site_says_so() -> None:
    sent, answer = p.frame(0x68), p.frame(0x68, b"004120040500999")
    strict, _ = scripted(SCALE, (sent, answer))
    with pytest.raises(GarbledError):
        strict.loads()
    lenient, _ = scripted(SCALE, (sent, answer), third_group="unknown")
    assert lenient.loads().left_kg == 412


def test_an_empty_scale_is_set_to_zero() -> None:
    car = Car(left_kg=3.0, right_kg=2.0)
    stand = rig(SCALE, car)
    stand.go_on(3.0)
    assert stand.driver.loads().left_kg == 3
    stand.driver.zero()
    assert stand.driver.loads().left_kg == 0
