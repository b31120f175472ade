"""Golden bytes of the "DID CMD LB" family: parser and driver each against the page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api import (
    AnalyserNotReadyError,
    DeviceError,
    GarbledError,
    GasAction,
    GasFlag,
    GasProgress,
    GasSource,
    NoReplyError,
    ReadingUnusableError,
    RefusedByDeviceError,
    Rejected,
    WrongIdentityError,
)
from drivers.mingquan_mqw50a import DRIVER
from drivers.mingquan_mqw50a import protocol as p
from tests.drivers.exhaust import as_golden, status_of
from tests.drivers.wire import each_bit, golden, scripted

OFFER = DRIVER.offers["GasAnalyser"]
PAGE = {item["name"]: item for item in golden("mingquan_mqw50a")}
FRAMES = golden("mingquan_mqw50a", "frames.json")
READINGS = {"data": "mqw50a", "short_data": "mqw50b"}
STATES = [name for name, item in PAGE.items() if "state" in item["means"]]
ACTIONS = [name for name, item in PAGE.items() if "action" in item["means"]]
PUMPS = ["start_measuring", "pump_ambient", "blow_back"]


def bytes_of(name: str) -> tuple[bytes, bytes]:
    item = PAGE[name]
    return bytes.fromhex(item["sent"]), b"".join(bytes.fromhex(one) for one in item["answered"])


MEASURING = bytes_of("status")


def asked(name: str, answered: bytes, status: tuple[bytes, bytes] = MEASURING) -> Any:
    """Have the driver read what a golden exchange asks, answered by these bytes."""
    exchange = (bytes_of(name)[0], answered)
    return scripted(OFFER, status, exchange, exchange, variant=READINGS[name])[0].read()


@pytest.mark.parametrize("name", PAGE)
def test_every_frame_of_the_page_sums_to_zero_and_tells_its_length(name: str) -> None:
    item = PAGE[name]
    assert item["cites"].startswith("gas-mingquan-mqw50a.md")
    for text in [item["sent"], *item["answered"]]:
        data = bytes.fromhex(text)
        assert sum(data) % 256 == 0
        assert data[2] == len(data) - 1


@pytest.mark.parametrize("name", READINGS)
def test_a_data_answer_is_read_exactly_as_the_page_says(name: str) -> None:
    assert as_golden(asked(name, bytes_of(name)[1])) == PAGE[name]["means"]


@pytest.mark.parametrize("name", READINGS)
def test_one_changed_bit_spoils_a_data_answer(name: str) -> None:
    for spoilt in each_bit(bytes_of(name)[1]):
        with pytest.raises(DeviceError):
            asked(name, spoilt)


def test_room_air_is_in_the_long_answer_only() -> None:
    driver, _ = scripted(OFFER, bytes_of("data"))
    air = driver.environment()
    assert [str(value) for value in (air.temperature_C, air.pressure_kPa, air.humidity_percent)] == [
        "23.9", "101.2", "48.6",
    ]  # fmt: skip
    driver, _ = scripted(OFFER, variant="mqw50b")
    assert not driver.abilities.environment
    with pytest.raises(DeviceError) as refused:
        driver.environment()
    assert refused.value.code == "devices.gas.cannot"


@pytest.mark.parametrize("name", STATES)
def test_the_status_bits_mean_what_the_page_says(name: str) -> None:
    status = scripted(OFFER, bytes_of(name))[0].status()
    assert status_of(status) == {**PAGE[name]["means"], "flags": sorted(PAGE[name]["means"]["flags"])}
    for spoilt in each_bit(bytes_of(name)[1]):
        with pytest.raises(DeviceError):
            scripted(OFFER, (bytes_of(name)[0], spoilt), (bytes_of(name)[0], spoilt))[0].status()


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_read_unless_the_analyser_is_ready_and_flags_come_with_the_values(name: str) -> None:
    means = PAGE[name]["means"]
    if means["state"] == "measuring":
        reading = asked("data", bytes_of("data")[1], bytes_of(name))
        assert sorted(reading.flags) == sorted(means["flags"])
        assert reading.is_usable == (not set(means["flags"]) - {"zero_wanted"})
        return
    with pytest.raises(AnalyserNotReadyError) as refused:
        scripted(OFFER, bytes_of(name))[0].read()
    assert refused.value.problem.params["state"] == f"AnalyserState.{means['state']}"


def test_values_of_a_standing_pump_are_not_used() -> None:
    reading = asked("data", bytes_of("data")[1], (MEASURING[0], bytes.fromhex("06 61 0A 00 00 00 00 00 00 00 8F")))
    assert reading.flags == {GasFlag.PUMP_OFF}
    assert not reading.is_usable


def test_a_broken_oil_sensor_takes_only_the_oil_temperature_away() -> None:
    reading = asked("data", bytes_of("data")[1], (MEASURING[0], bytes.fromhex("06 61 0A 00 40 80 00 00 00 00 CF")))
    assert reading.oil_temperature_C is None
    assert reading.is_usable
    assert str(reading.co2_percent) == "14.32"


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_runs_while_its_bit_is_set_and_then_its_failure_bit_tells(name: str) -> None:
    action = GasAction(PAGE[name]["means"]["action"])
    bit = {GasAction.LEAK_CHECK: 0x01, GasAction.HC_RESIDUE: 0x02, GasAction.ZERO: 0x04}[action]
    busy = bytes.fromhex("06 61 0A 40 C0 00 00 00 00 00 8F")
    ask = MEASURING[0]
    failed = bytes((0x06, 0x61, 0x0A, 0, 0x40, bit, 0, 0, 0, 0, 0x4F - bit))
    for end, outcome in ((MEASURING[1], GasProgress.PASSED), (failed, GasProgress.FAILED)):
        driver, script = scripted(OFFER, bytes_of(name), (ask, busy), (ask, end))
        driver.begin(action)
        assert driver.progress(action) is GasProgress.RUNNING
        assert driver.progress(action) is outcome
        assert not script.left


def test_an_accepted_action_that_never_shows_has_no_result() -> None:
    driver, _ = scripted(OFFER, bytes_of("zero"), MEASURING, MEASURING)
    driver.begin(GasAction.ZERO)
    assert driver.progress(GasAction.ZERO) is GasProgress.RUNNING
    driver.context.transport.clock.go_on(3.0)
    with pytest.raises(DeviceError) as unseen:
        driver.progress(GasAction.ZERO)
    assert unseen.value.code == "mingquan_mqw50a.action_not_seen"
    with pytest.raises(DeviceError) as unknown:
        driver.progress(GasAction.ZERO)
    assert unknown.value.code == "mingquan_mqw50a.not_begun"


@pytest.mark.parametrize("name", [*ACTIONS, *PUMPS])
def test_commands_are_the_pages_bytes_and_want_their_acknowledge(name: str) -> None:
    sent, answered = bytes_of(name)

    def do(answer: bytes) -> Any:
        driver, script = scripted(OFFER, (sent, answer))
        means = PAGE[name]["means"]
        driver.begin(GasAction(means["action"])) if "action" in means else driver.pump(GasSource(means["pump"]))
        return script

    assert not do(answered).left
    for spoilt in each_bit(answered):
        with pytest.raises(DeviceError):
            do(spoilt)
    with pytest.raises(RefusedByDeviceError):
        do(bytes((0x15, sent[1], 0x03, -(0x15 + sent[1] + 3) & 0xFF)))


def test_pump_off_stops_a_running_action_first() -> None:
    driver, script = scripted(OFFER, bytes_of("status_zeroing"), bytes_of("stop_action"), bytes_of("stop_measuring"))
    driver.pump(GasSource.OFF)
    assert not script.left
    driver, script = scripted(OFFER, MEASURING, bytes_of("stop_measuring"))
    driver.pump(GasSource.OFF)
    assert not script.left


def test_the_encoder_is_right_for_every_sum_and_mends_the_published_slip() -> None:
    # one public driver is wrong for check bytes from F0 on, another sends 68 with 93 and 92
    for byte in range(256):
        assert sum(p.frame(0x02, 0x68, bytes((byte,)))) % 256 == 0
    assert p.frame(0x02, 0x68, b"\x00") == bytes.fromhex("02 68 04 00 92")
    assert p.frame(0x02, 0x68, b"\x01") == bytes.fromhex("02 68 04 01 91")


def test_silence_noise_and_torn_answers_are_named() -> None:
    whole = bytes_of("data")[1]
    with pytest.raises(NoReplyError):
        asked("data", b"")
    for length in range(1, len(whole)):
        with pytest.raises(GarbledError):
            asked("data", whole[:length])
    assert as_golden(asked("data", b"\x00\xff\x00" + whole)) == PAGE["data"]["means"]


def test_what_cannot_be_is_not_a_value() -> None:
    # CO2 40.00 %
    data = bytes.fromhex("0FA0 0007 0025 00B6 0029 01E6 0338 00EF 09B0 03CD 03F4 03F4")
    with pytest.raises(ReadingUnusableError):
        asked("data", p.frame(0x06, 0x60, data))


def test_small_negative_values_are_kept() -> None:
    data = bytes.fromhex("0004 FFFF FFFE FFFD 082A 01E6 00EB 00EF 0000 03CD 0000 03F4")
    reading = asked("data", p.frame(0x06, 0x60, data))
    assert (str(reading.co_percent), str(reading.hc_ppm), str(reading.no_ppm)) == ("-0.01", "-2", "-3")
    assert reading.lambda_value is None


@pytest.mark.parametrize(
    "answer", ["15 61 03 87", "06 30 03 C7", "06 61 03 96", "06 A3 17" + " 00" * 20 + " 40"],
)  # fmt: skip
def test_a_stranger_is_not_taken_for_an_analyser(answer: str) -> None:
    with pytest.raises(WrongIdentityError):
        scripted(OFFER, (MEASURING[0], bytes.fromhex(answer)))[0].identify()


def test_what_came_garbled_is_asked_for_once_more_but_a_command_is_never_said_twice() -> None:
    sent, whole = bytes_of("data")
    driver, script = scripted(OFFER, MEASURING, (sent, next(each_bit(whole))), (sent, whole))
    assert as_golden(driver.read()) == PAGE["data"]["means"]
    assert not script.left
    with pytest.raises(GarbledError):
        scripted(OFFER, (bytes_of("zero")[0], bytes_of("zero")[1][:-1]))[0].begin(GasAction.ZERO)


# ---------------------------------------------------------------- collected frames


@pytest.mark.parametrize("frame", FRAMES, ids=[f"{frame['note']} {frame['hex'][:8]}" for frame in FRAMES])
def test_collected_frames_are_taken_and_refused_as_they_say(frame: dict[str, Any]) -> None:
    data = bytes.fromhex(frame["hex"])
    parser = p.MqwParser(p.HOST) if frame["direction"] == "host->device" else p.MqwParser()
    items = [*parser.feed(data), *parser.settle()]
    if frame["expect"] == "reject":
        assert items
        assert all(isinstance(item, Rejected) for item in items)
        return
    (found,) = items
    assert isinstance(found, p.Frame)
    assert (found.did == p.NEGATIVE) == (frame["expect"] == "error-answer")
    decoded = frame["decoded"]
    assert decoded_of(found, decoded) == decoded


def decoded_of(found: p.Frame, decoded: dict[str, Any]) -> dict[str, Any]:
    """What we read out of a collected frame, under the names that it uses."""
    if "co2_pct" in decoded:
        names = {"co2_pct": "co2", "co_pct": "co", "hc_ppm": "hc", "no_ppm": "no", "o2_pct": "o2", "rh_pct": "humidity",
                 "oil_c": "oil_temperature", "ambient_c": "ambient_temperature", "rpm": "engine_speed",
                 "line_kpa": "line_pressure", "lambda": "lambda", "ambient_kpa": "ambient_pressure", "pef": "pef"}  # fmt: skip
        words = p.SHORT if "variant" in decoded else p.LONG
        told = {"variant": decoded["variant"]} if "variant" in decoded else {}
        return told | {name: float(words[ours].of(found.raw)) for name, ours in names.items() if ours in words}
    if "nak" in decoded:
        return {"nak": True, "command": found.command}
    if "ack_of" in decoded:
        return {"ack_of": found.command}
    if "command" in decoded:
        return {"command": p.Command(found.command).name.lower()}
    running, general, failed = found.data[:3]
    bits = {
        "warming_up": running & p.Running.WARMING_UP, "zeroing": running & p.Running.ZEROING,
        "low_flow": running & p.Running.LOW_FLOW, "action_in_progress": general & p.General.ACTION,
        "pump_on": general & p.General.PUMP_ON, "zero_failed": failed & p.Failed.ZERO,
        "leak_found": failed & p.Failed.LEAK,
    }  # fmt: skip
    return {name: bool(bits[name]) for name in decoded}


# ---------------------------------------------------------------- whatever comes


frames = st.builds(
    p.frame, st.sampled_from([0x06, 0x15]), st.integers(0, 255), st.binary(max_size=p.MOST_LB - p.LEAST_LB)
)


@given(st.lists(frames, min_size=1, max_size=4), st.lists(st.integers(1, 7), max_size=10))
def test_frames_are_found_however_their_bytes_are_split_and_merged(sent: list[bytes], cuts: list[int]) -> None:
    data, parser, items, at = b"".join(sent), p.MqwParser(), [], 0
    for cut in [*cuts, len(data)]:
        items += parser.feed(data[at : at + cut])
        at += cut
    assert items == [p.Frame(one) for one in sent]


@given(st.binary(max_size=60))
def test_no_byte_is_lost_whatever_comes(noise: bytes) -> None:
    parser = p.MqwParser()
    items = [*parser.feed(noise), *parser.settle()]
    assert b"".join(item.raw if isinstance(item, p.Frame) else item.data for item in items) == noise


@given(st.binary(min_size=1, max_size=8).filter(lambda noise: not {0x06, 0x15} & set(noise)))
def test_an_answer_behind_noise_is_found(noise: bytes) -> None:
    assert as_golden(asked("data", noise + bytes_of("data")[1])) == PAGE["data"]["means"]


@given(st.sampled_from(sorted(p.LONG)), st.integers(-0x8000, 0x7FFF))
def test_a_word_that_was_written_is_read_as_it_was(name: str, number: int) -> None:
    word = p.LONG[name]
    value = number * word.scale
    assert word.of(bytes(word.field.start) + word.put(float(value))) == value
