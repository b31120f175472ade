"""The command handshake and the curve's ring, byte for byte against golden exchanges."""

from __future__ import annotations

from typing import Any

import pytest

from carcheck_desktop.devices.api import DeviceError, RefusedByDeviceError, RestartedError, Side, StaleError, StopReason
from drivers.carcheck_roller_brake import DRIVER
from tests.drivers.wire import crc16, golden, scripted

OFFER = DRIVER.offers["BrakeTester"]
PAGE = {
    item["name"]: (bytes.fromhex(item["sent"]), bytes.fromhex(item["answered"]))
    for item in golden("carcheck_roller_brake")
}


def frame(text: str) -> bytes:
    body = bytes.fromhex(text)
    return body + crc16(body)


def ack(number: int) -> tuple[bytes, bytes]:
    return PAGE["ack_one"][0], frame(f"01 03 02 {number:04x}")


def command(code: int, number: int) -> tuple[bytes, bytes]:
    return frame(f"01 10 0000 0002 04 {code:04x} {number:04x}"), frame("01 10 0000 0002")


def header(newest: int, time_ms: int = 0, length: int = 1000) -> tuple[bytes, bytes]:
    return PAGE["ring_empty"][0], frame(f"01 04 0c {newest:08x} {time_ms:08x} 000a {length:04x}")


def newest(number: int) -> tuple[bytes, bytes]:
    return PAGE["newest_again"][0], frame(f"01 04 04 {number:08x}")


def health(status: int, beat: int = 7) -> tuple[bytes, bytes]:
    return PAGE["status_vehicle_waits"][0], frame(f"01 04 0a {beat:04x} 0001 {status:04x} 0000 0000")


def pairs(first_address: int, values: list[tuple[int, int]]) -> tuple[bytes, bytes]:
    data = b"".join((force & 0xFFFF).to_bytes(2, "big") for pair in values for force in pair)
    return frame(f"01 04 {first_address:04x} {len(data) // 2:04x}"), frame(f"01 04 {len(data):02x} {data.hex()}")


def talk(*exchanges: tuple[bytes, bytes]) -> tuple[Any, Any]:
    return scripted(OFFER, *exchanges)


def test_the_first_command_reads_the_acknowledge_and_counts_on_from_it() -> None:
    driver, script = talk(
        PAGE["ack_after_power_up"], PAGE["command_lift_down"], PAGE["ack_one"], PAGE["refusal_none"],
        command(1, 2), ack(2), PAGE["refusal_none"],
    )  # fmt: skip
    driver.lift(up=False)
    driver.lift(up=True)
    assert not script.left


@pytest.mark.parametrize(
    ("side", "name"), [(Side.LEFT, "start_left"), (Side.RIGHT, "start_right"), (None, "start_both")]
)
def test_a_start_brings_the_settings_and_names_its_side(side: Side | None, name: str) -> None:
    driver, script = talk(
        PAGE["settings_default"], PAGE["ack_after_power_up"], PAGE[f"command_{name}"], PAGE["ack_one"],
        PAGE["refusal_none"],
    )  # fmt: skip
    driver.start(side)
    assert not script.left


def test_settings_of_the_station_are_written_before_the_motors() -> None:
    driver, script = scripted(
        OFFER, PAGE["settings_default"], PAGE["settings_written"], PAGE["ack_after_power_up"],
        PAGE["command_start_both"], PAGE["ack_one"], PAGE["refusal_none"], slip_limit_percent=30, time_out_s=20,
    )  # fmt: skip
    driver.start(None)
    assert not script.left


def test_number_0_is_skipped() -> None:
    driver, script = talk(ack(0xFFFF), PAGE["command_after_wrap"], ack(1), PAGE["refusal_none"])
    driver.stop()
    assert not script.left


def test_a_lost_answer_is_not_repeated_when_the_bench_has_heard() -> None:
    sent, _ = PAGE["command_lift_up"]
    driver, script = talk(PAGE["ack_after_power_up"], (sent, b""), PAGE["ack_one"], PAGE["refusal_none"])
    driver.lift(up=True)
    assert not script.left


def test_a_command_is_repeated_with_the_same_number_only_while_unheard() -> None:
    sent, _ = PAGE["command_lift_up"]
    silent = [PAGE["ack_after_power_up"]] * 80
    driver, script = talk(PAGE["ack_after_power_up"], (sent, b""), *silent, PAGE["command_lift_up"], PAGE["ack_one"],
                          PAGE["refusal_none"])  # fmt: skip
    seen: list[bytes] = []
    real = script.__class__.__call__

    def lenient(one: bytes) -> bytes:
        seen.append(one)
        while script.left and script.left[0][0] != one and script.left[0] == PAGE["ack_after_power_up"]:
            script.left.pop(0)
        return bytes(real(script, one))

    driver.context.modbus.exchange = lenient
    driver.lift(up=True)
    assert seen.count(sent) == 2
    assert not script.left


def test_a_number_that_may_be_under_way_is_not_used_for_the_stop() -> None:
    """Otherwise the bench would take the stop for a repeat of the start."""
    driver, _ = talk()
    answers = {PAGE["ack_one"][0]: frame("01 03 02 0000"), PAGE["settings_default"][0]: PAGE["settings_default"][1]}
    driver.context.modbus.exchange = lambda sent: answers.get(sent, b"")
    with pytest.raises(DeviceError):
        driver.start(None)
    late = iter([frame("01 03 02 0000"), frame("01 03 02 0001"), frame("01 03 02 0002")])
    seen: list[bytes] = []

    def bench(sent: bytes) -> bytes:
        seen.append(sent)
        if sent == PAGE["ack_one"][0]:
            return next(late)
        return PAGE["refusal_none"][1] if sent == PAGE["refusal_none"][0] else frame("01 10 0000 0002")

    driver.context.modbus.exchange = bench
    driver.stop()
    assert seen[1] == command(6, 2)[0]


@pytest.mark.parametrize("why", ["busy", "error_pending", "no_host_alive", "contactor_off"])
def test_a_refusal_is_told_with_its_reason_and_the_number_is_used_up(why: str) -> None:
    driver, script = talk(
        PAGE["ack_after_power_up"], PAGE["command_lift_up"], PAGE["ack_one"], PAGE[f"refusal_{why}"],
        command(2, 2), ack(2), PAGE["refusal_none"],
    )  # fmt: skip
    with pytest.raises(RefusedByDeviceError) as refused:
        driver.lift(up=True)
    assert refused.value.problem.params["reason"] == f"carcheck_roller_brake.refusal.{why}"
    driver.lift(up=False)
    assert not script.left


def test_a_bench_that_never_acknowledges_is_an_error() -> None:
    driver, _ = talk()
    driver.context.modbus.exchange = lambda sent: (
        frame("01 03 02 0000") if sent == PAGE["ack_one"][0] else frame("01 10 0000 0002")
    )
    with pytest.raises(DeviceError) as failed:
        driver.lift(up=True)
    assert failed.value.code == "carcheck_roller_brake.not_acknowledged"


def test_another_master_is_found_out() -> None:
    driver, _ = talk(ack(5), command(1, 6), ack(40))
    with pytest.raises(DeviceError) as failed:
        driver.lift(up=True)
    assert failed.value.code == "carcheck_roller_brake.foreign_master"


def test_an_acknowledge_back_at_0_is_a_restart() -> None:
    driver, _ = talk(ack(5), command(1, 6), ack(0))
    with pytest.raises(RestartedError):
        driver.lift(up=True)


def test_a_stop_reaches_a_bench_that_has_restarted() -> None:
    driver, script = talk(ack(5), command(1, 6), ack(6), PAGE["refusal_none"],
                          ack(0), command(6, 1), ack(1), PAGE["refusal_none"])  # fmt: skip
    driver.lift(up=True)
    driver.stop()
    assert not script.left


def test_the_host_shows_that_it_lives() -> None:
    driver, script = talk(PAGE["host_alive"])
    driver.keep_alive()
    assert not script.left


def test_the_status_of_a_locked_wheel() -> None:
    driver, _ = talk(PAGE["status_left_wheel_locked"], PAGE["stop_reason_left_locked"])
    status = driver.status()
    assert (status.vehicle_in, status.lift_up, status.is_testing) == (True, False, False)
    assert (status.stop_reason, status.error) == (StopReason.LEFT_LOCKED, None)


def test_the_status_of_running_motors_asks_for_no_reason() -> None:
    driver, script = talk(PAGE["status_both_motors_run"])
    status = driver.status()
    assert (status.left_running, status.right_running, status.is_testing) == (True, True, True)
    assert status.stop_reason is StopReason.NONE
    assert not script.left


def test_the_identity_is_proven_and_the_interval_compared() -> None:
    driver, script = talk(PAGE["identity"], PAGE["ring_constants"], PAGE["ack_after_power_up"])
    assert "test_value=1234.5" in driver.identify()
    assert not script.left
    slow, _ = talk(PAGE["identity"], (PAGE["ring_constants"][0], frame("01 04 04 0014 03e8")))
    with pytest.raises(DeviceError) as failed:
        slow.identify()
    assert failed.value.code == "devices.wrong_identity"


def test_a_wrong_word_order_is_a_wrong_identity() -> None:
    driver, _ = talk((PAGE["identity"][0], PAGE["identity_low_word_first"][1]))
    with pytest.raises(DeviceError) as failed:
        driver.identify()
    assert failed.value.code == "devices.wrong_identity"


def test_a_heartbeat_that_stands_still_for_two_seconds_is_stale() -> None:
    driver, _ = talk()
    driver.context.modbus.exchange = lambda _sent: health(3)[1]
    clock = driver.context.modbus.clock
    driver._health()
    clock.go_on(1.9)
    driver._health()
    clock.go_on(0.2)
    with pytest.raises(StaleError):
        driver._health()


def test_a_heartbeat_back_at_0_is_a_restart_and_its_wrap_is_none() -> None:
    driver, _ = talk(health(3, 65535), health(3, 0), health(3, 5), health(3, 0))
    driver._health()
    driver._health()
    driver._health()
    with pytest.raises(RestartedError):
        driver._health()


def test_new_samples_are_fetched_in_one_run_and_the_number_read_again() -> None:
    driver, script = talk(header(3, 100000), PAGE["samples_one_to_three"], newest(5))
    block = driver.fetch_curve(0)
    assert (block.first, block.left_daN, block.right_daN) == (1, (5, 18, -1), (6, 17, 30000))
    assert (block.newest, block.device_time_ms, block.lost, block.ended) == (3, 100000, (), False)
    assert not script.left


def test_a_run_over_the_ring_end_is_two_reads() -> None:
    driver, script = talk(
        header(1001), PAGE["samples_to_the_ring_end"], PAGE["samples_from_the_ring_start"], newest(1003)
    )
    block = driver.fetch_curve(997)
    assert (block.first, block.left_daN) == (998, (101, 102, 103, 104))
    assert not script.left


def test_more_than_62_pairs_are_several_reads() -> None:
    rest = pairs(1126, [(63, 163)])
    driver, script = talk(header(63), PAGE["samples_sixty_two"], rest, newest(70))
    block = driver.fetch_curve(0)
    assert block.left_daN == tuple(range(1, 64))
    assert not script.left


def test_what_the_ring_had_overwritten_before_is_lost() -> None:
    driver, script = talk(header(130, length=100), pairs(1062, [(n, n) for n in range(31, 93)]),
                          pairs(1186, [(n, n) for n in range(93, 100)]),
                          pairs(1000, [(n, n) for n in range(100, 131)]), newest(130),
                          health(0x8F), )  # fmt: skip
    block = driver.fetch_curve(20)
    assert block.lost == tuple(range(21, 31))
    assert (block.first, block.left_daN) == (31, tuple(range(31, 131)))
    assert not script.left


def test_what_is_overwritten_while_it_is_read_is_lost_and_never_a_value() -> None:
    driver, _ = talk(header(100, length=100), pairs(1002, [(n, n) for n in range(1, 63)]),
                     pairs(1126, [(n, n) for n in range(63, 100)]), pairs(1000, [(100, 100)]), newest(107))  # fmt: skip
    block = driver.fetch_curve(0)
    assert block.lost == tuple(range(1, 8))
    assert (block.first, block.left_daN) == (8, tuple(range(8, 101)))


def test_the_test_has_ended_when_the_bench_rests_and_nothing_is_missing() -> None:
    driver, script = talk(header(3), PAGE["samples_one_to_three"], newest(3), health(0x113), newest(3))
    assert driver.fetch_curve(0).ended
    assert not script.left


def test_a_sample_that_came_with_the_end_is_fetched_first() -> None:
    driver, _ = talk(header(3), PAGE["samples_one_to_three"], newest(3), health(0x113), newest(4))
    assert not driver.fetch_curve(0).ended


def test_a_sample_number_that_falls_back_is_a_restart() -> None:
    driver, _ = talk(header(0))
    with pytest.raises(RestartedError):
        driver.fetch_curve(20)
