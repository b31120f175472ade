"""Golden bytes of the single-byte family: parser and driver each against the page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api import (
    AnalyserNotReadyError,
    DeviceError,
    GarbledError,
    GasAction,
    GasProgress,
    GasSource,
    NoReplyError,
    ReadingUnusableError,
    RefusedByDeviceError,
    Rejected,
    WrongIdentityError,
)
from drivers.nanhua_nha50x import DRIVER
from drivers.nanhua_nha50x import protocol as p
from tests.drivers.exhaust import as_golden, status_of
from tests.drivers.wire import each_bit, golden, scripted

OFFER = DRIVER.offers["GasAnalyser"]
PAGE = {item["name"]: item for item in golden("nanhua_nha50x")}
VARIANTS = {item["name"]: item for item in golden("nanhua_nha50x", "variants.json")}
FRAMES = golden("nanhua_nha50x", "frames.json")
BLOCKS = [name for name, item in (PAGE | VARIANTS).items() if len(bytes.fromhex(item["answered"][0])) > 2]
READINGS = [name for name in BLOCKS if "co_percent" in (PAGE | VARIANTS)[name]["means"]]
STATES = [name for name, item in PAGE.items() if "state" in item["means"]]
PUMPS = [name for name, item in PAGE.items() if "pump" in item["means"]]
MEASURING = (b"\x26", b"\x01")
WAITING = {"nha503": (b"\x26", b"\x01"), "fla502": (b"\x22", b"\x01"), "nha501a": (b"\x14", b"W")}


def bytes_of(item: dict[str, Any]) -> tuple[bytes, bytes]:
    return bytes.fromhex(item["sent"]), b"".join(bytes.fromhex(one) for one in item["answered"])


def options_of(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("variant", "data_bytes", "oil_scale") if name in item}


def asked(name: str, answered: bytes) -> Any:
    """Have the driver ask what a golden exchange asks, answered by these bytes, however often."""
    item = (PAGE | VARIANTS)[name]
    exchange = (bytes_of(item)[0], answered)
    if name.startswith("environment"):
        return scripted(OFFER, exchange, exchange)[0].environment()
    before = WAITING.get(item.get("variant", ""), MEASURING)
    return scripted(OFFER, before, exchange, exchange, **options_of(item))[0].read()


@pytest.mark.parametrize("name", PAGE | VARIANTS)
def test_every_block_of_the_page_ends_with_its_plain_sum(name: str) -> None:
    item = (PAGE | VARIANTS)[name]
    assert item["cites"].startswith("gas-nanhua-nha50x.md")
    for text in item["answered"]:
        data = bytes.fromhex(text)
        if len(data) > 2:
            total = 0
            for byte in data[:-1]:
                total = (total + byte) % 256
            assert data[-1] == total


@pytest.mark.parametrize("name", READINGS)
def test_a_data_block_is_read_exactly_as_the_page_says(name: str) -> None:
    item = (PAGE | VARIANTS)[name]
    assert as_golden(asked(name, bytes_of(item)[1])) == {**item["means"], "flags": sorted(item["means"]["flags"])}


@pytest.mark.parametrize("name", ["environment", "environment_frost"])
def test_room_air_is_read_exactly(name: str) -> None:
    means = PAGE[name]["means"]
    air = asked(name, bytes_of(PAGE[name])[1])
    assert {each: str(getattr(air, each)) for each in means} == means


@pytest.mark.parametrize("name", BLOCKS)
def test_one_changed_bit_spoils_a_block(name: str) -> None:
    for spoilt in each_bit(bytes_of((PAGE | VARIANTS)[name])[1]):
        with pytest.raises(DeviceError):
            asked(name, spoilt)


@pytest.mark.parametrize("name", STATES)
def test_a_status_byte_means_what_the_page_says(name: str) -> None:
    item = PAGE[name]
    status = scripted(OFFER, bytes_of(item))[0].status()
    assert status_of(status) == {**item["means"], "flags": []}
    assert status.code == item["answered"][0]


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_read_unless_the_analyser_is_ready(name: str) -> None:
    item = PAGE[name]
    if item["means"]["state"] in ("ready", "measuring"):
        return
    with pytest.raises(AnalyserNotReadyError) as refused:
        scripted(OFFER, bytes_of(item))[0].read()
    assert refused.value.problem.params["code"] == item["answered"][0]


def test_how_long_it_warms_up_is_told() -> None:
    driver, script = scripted(OFFER, (b"\x26", b"\x02"), bytes_of(PAGE["warm_up_left"]))
    with pytest.raises(AnalyserNotReadyError) as refused:
        driver.read()
    assert refused.value.code == "devices.gas.warming_up"
    assert refused.value.problem.params["left_s"] == PAGE["warm_up_left"]["means"]["seconds_left"]
    assert not script.left


@pytest.mark.parametrize("name", PUMPS)
def test_the_pump_is_told_by_the_decimal_codes(name: str) -> None:
    sent, answered = bytes_of(PAGE[name])
    driver, script = scripted(OFFER, (sent, answered))
    driver.pump(GasSource(PAGE[name]["means"]["pump"]))
    assert not script.left
    for spoilt in each_bit(answered):
        with pytest.raises(DeviceError):
            scripted(OFFER, (sent, spoilt))[0].pump(GasSource(PAGE[name]["means"]["pump"]))
    with pytest.raises(RefusedByDeviceError):
        scripted(OFFER, (sent, b"\x15"))[0].pump(GasSource(PAGE[name]["means"]["pump"]))


def test_codes_are_decimal_and_never_read_as_hex() -> None:
    # the trap of the page: 10h…42h where the vendor's table has decimal 10…42
    assert {query.name: query.command for query in p.POINTS.queries} == {
        "data": 1, "environment": 2, "status": 0x26, "warm_up_left": 0x27, "pump_sample": 0x23, "pump_ambient": 0x22,
        "blow_back": 5, "stop": 6, "leak_check": 7, "zero": 8,
    }  # fmt: skip
    assert (p.NHA503.read, p.NHA503.sample, p.NHA503.ambient, p.NHA503.status) == (0x81, 4, 3, 0x26)
    assert (p.FLA502.status, p.FLA502.warm_up_left) == (0x22, 0x23)
    assert (p.NHA501A.zero, p.NHA501A.status, p.NHA501A.read) == (0x0C, 0x14, 3)


@pytest.mark.parametrize("action", [GasAction.ZERO, GasAction.LEAK_CHECK])
@pytest.mark.parametrize(("end", "outcome"), [(b"\x00", GasProgress.PASSED), (b"\x01", GasProgress.FAILED)])
def test_an_action_is_asked_by_its_own_command_until_it_ends(
    action: GasAction, end: bytes, outcome: GasProgress
) -> None:
    sent, running = bytes_of(PAGE[action.value])
    driver, script = scripted(OFFER, (sent, running), (sent, running), (sent, b"\x06"), (sent, end))
    driver.begin(action)
    assert [driver.progress(action) for _ in range(3)] == [GasProgress.RUNNING, GasProgress.RUNNING, outcome]
    assert not script.left
    with pytest.raises(DeviceError) as unknown:
        driver.progress(action)
    assert unknown.value.code == "nanhua_nha50x.not_begun"


def test_a_failed_leak_check_stays_with_every_reading_until_one_passes() -> None:
    data = bytes_of(PAGE["data"])
    leak = b"\x07"
    driver, _ = scripted(OFFER, (leak, b"\x05"), (leak, b"\x01"), MEASURING, data, (leak, b"\x00"), MEASURING, data)
    driver.begin(GasAction.LEAK_CHECK)
    assert driver.progress(GasAction.LEAK_CHECK) is GasProgress.FAILED
    assert not driver.read().is_usable
    driver.begin(GasAction.LEAK_CHECK)
    assert driver.progress(GasAction.LEAK_CHECK) is GasProgress.PASSED
    assert driver.read().is_usable


def test_a_result_that_comes_unasked_is_not_asked_for_again() -> None:
    driver, script = scripted(OFFER, (b"\x08", b"\x05"))
    driver.begin(GasAction.ZERO)
    driver.context.transport.waiting = b"\x00"
    assert driver.progress(GasAction.ZERO) is GasProgress.PASSED
    assert not script.left


def test_a_byte_that_comes_unasked_is_no_result_when_nothing_runs_or_the_site_says_so() -> None:
    driver, _ = scripted(OFFER, bytes_of(PAGE["status"]))
    driver.context.transport.waiting = b"\x01"
    assert driver.status().flags == frozenset()
    assert driver.context.transport.foreign == [(b"\x01", "late")]
    driver, script = scripted(OFFER, (b"\x08", b"\x05"), (b"\x08", b"\x05"), unasked_result="ignored")
    driver.begin(GasAction.ZERO)
    driver.context.transport.waiting = b"\x00"
    assert driver.progress(GasAction.ZERO) is GasProgress.RUNNING
    assert not script.left


def test_bytes_behind_a_one_byte_answer_spoil_it() -> None:
    for answer in (b"\x00\xff", b"\x01\x00", bytes.fromhex("06 61 0A 00 40 00 00 00 00 00 4F")):
        with pytest.raises(GarbledError):
            scripted(OFFER, (b"\x26", answer), (b"\x26", answer))[0].status()


def test_an_answer_that_is_late_is_waited_out_and_never_taken_for_the_next_one() -> None:
    # "zero: done" comes 1.5 s late and must not become "status: ready"
    driver, script = scripted(OFFER, (b"\x26", b""), (b"\x26", b"\x02"), bytes_of(PAGE["warm_up_left"]))
    wire = driver.context.transport
    with pytest.raises(NoReplyError):
        driver.status()
    wire.late.append((wire.clock.at_s + 0.7, b"\x00"))
    assert driver.status().state.value == "warming_up"
    assert (b"\x00", "late") in wire.foreign
    assert not script.left


def test_a_silent_analyser_is_no_reply_and_a_torn_block_is_garbled() -> None:
    with pytest.raises(NoReplyError):
        scripted(OFFER, (b"\x26", b""))[0].status()
    whole = bytes_of(PAGE["data"])[1]
    for length in range(1, len(whole)):
        if length in p.LAYOUTS:
            continue
        with pytest.raises(GarbledError):
            asked("data", whole[:length])
    with pytest.raises(NoReplyError):
        asked("data", b"")


def test_a_refused_read_is_named_with_its_command() -> None:
    with pytest.raises(RefusedByDeviceError) as refused:
        asked("data", b"\x15")
    assert refused.value.problem.params["command"] == "1 (01h)"


def test_other_firmware_is_named_with_the_setting_that_mends_it() -> None:
    with pytest.raises(DeviceError) as other:
        asked("data", bytes_of(VARIANTS["old_firmware_data"])[1])
    assert other.value.code == "nanhua_nha50x.other_length"
    assert (other.value.problem.params["expected"], other.value.problem.params["found"]) == (21, 19)
    with pytest.raises(DeviceError) as longer:
        asked("old_firmware_data", bytes_of(PAGE["data"])[1])
    assert longer.value.problem.params.get("found", 21) == 21


def test_what_cannot_be_is_not_a_value() -> None:
    # CO2 40.00 %
    block = p.block(bytes.fromhex("002A 000D 0FA0 003A 00D3 09BA 032A 0000 00 0066"))
    with pytest.raises(ReadingUnusableError):
        asked("data", block)
    # no oil pickup: FFFFh
    block = p.block(bytes.fromhex("002A 000D 057D 003A 00D3 09BA FFFF 0000 00 0066"))
    assert asked("data", block).oil_temperature_C is None


@pytest.mark.parametrize(
    ("variant", "exchanges"),
    [
        ("nha503v", [(b"\x26", b"W")]),
        ("nha503v", [(b"\x26", b"\x37")]),
        ("nha501a", [(b"\x14", b"\x00")]),
        ("nha503v", [(b"\x26", b"\x00"), (b"\x02", b"\x15")]),
        ("nha503v", [(b"\x26", b"\x00"), (b"\x02", bytes.fromhex("06 7FFF 03F5 01C8 45"))]),
    ],
)
def test_a_stranger_is_not_taken_for_the_model_that_is_set(variant: str, exchanges: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(WrongIdentityError):
        scripted(OFFER, *exchanges, variant=variant)[0].identify()


def test_who_is_there_is_said_with_room_air() -> None:
    driver, _ = scripted(OFFER, (b"\x26", b"\x02"), bytes_of(PAGE["environment"]))
    assert driver.identify() == "NHA-503V, 23.5 °C, 101.3 kPa, 45.6 %"


def test_a_model_without_a_command_says_so_before_anything_is_sent() -> None:
    driver, _ = scripted(OFFER, variant="nha501a")
    for cannot in (
        lambda: driver.begin(GasAction.LEAK_CHECK),
        lambda: driver.begin(GasAction.HC_RESIDUE),
        lambda: driver.pump(GasSource.BLOW_BACK),
        driver.environment,
    ):
        with pytest.raises(DeviceError) as refused:
            cannot()
        assert refused.value.code == "devices.gas.cannot"
    assert GasAction.LEAK_CHECK not in driver.abilities.actions
    assert not driver.abilities.tells_low_flow


def test_what_came_garbled_is_asked_for_once_more_but_a_command_is_never_said_twice() -> None:
    sent, whole = bytes_of(PAGE["data"])
    driver, script = scripted(OFFER, MEASURING, (sent, next(each_bit(whole))), (sent, whole))
    assert as_golden(driver.read()) == PAGE["data"]["means"]
    assert not script.left
    with pytest.raises(GarbledError):
        scripted(OFFER, (b"\x08", b"\x99"))[0].begin(GasAction.ZERO)


# ---------------------------------------------------------------- collected frames


DUE = {21: (p.Shape.BLOCK, 21), 8: (p.Shape.BLOCK, 8), 1: (p.Shape.BYTE, 1)}


@pytest.mark.parametrize("frame", FRAMES, ids=[f"{frame['note']} {frame['hex'][:5]}" for frame in FRAMES])
def test_collected_frames_are_taken_and_refused_as_they_say(frame: dict[str, Any]) -> None:
    data, decoded = bytes.fromhex(frame["hex"]), frame["decoded"]
    if frame["direction"] == "host->device":
        codes = {query.command: query.name for query in p.POINTS.queries}
        assert decoded["command"].startswith({"data": "read data"}.get(codes[data[0]], codes[data[0]]))
        return
    parser = p.AnswerParser()
    parser.expect(*DUE[len(data)])
    items = parser.feed(data)
    if frame["expect"] == "reject":
        assert not any(isinstance(item, p.Answer) for item in items)
        return
    (answer,) = items
    assert isinstance(answer, p.Answer)
    assert answer.is_refusal == (frame["expect"] == "error-answer")
    assert values_of(answer.raw, decoded) == decoded


def values_of(raw: bytes, decoded: dict[str, Any]) -> dict[str, Any]:
    """What our words read out of a collected frame, under the names that it uses."""
    if "hc_ppm" in decoded:
        words = {"hc_ppm": p.HC, "co_pct": p.CO, "co2_pct": p.CO2, "o2_pct": p.O2, "no_ppm": p.NO, "rpm": p.SPEED,
                 "oil_c": p.OIL, "flow_word": p.FLOW, "lambda": p.LAMBDA}  # fmt: skip
        bits = raw[p.FLAGS.start]
        return {
            **{name: float(word.of(raw)) for name, word in words.items()},
            "flags": bits,
            "low_flow": p.FLOW.raw(raw) == p.LOW_FLOW,
            "o2_aged": bool(bits & p.O2_AGED),
            "no_aged": bool(bits & p.NO_AGED),
        }
    if "t_c" in decoded:
        words = {"t_c": p.TEMPERATURE, "p_kpa": p.PRESSURE, "rh_pct": p.HUMIDITY}
        return {"block": "environment", **{name: float(word.of(raw)) for name, word in words.items()}}
    if "status" in decoded:
        return {"status": {"ready": "ready, pump off"}[p.PLAIN_STATES[raw[0]].value]}
    return {"nak": True} if raw == b"\x15" else {"ack": raw == b"\x06"}


# ---------------------------------------------------------------- whatever comes


words = st.sampled_from([p.HC, p.CO, p.CO_FLA, p.CO2, p.O2, p.NO, p.OIL, p.OIL_WHOLE, p.SPEED, p.LAMBDA])


@given(words, st.integers(-0x8000, 0x7FFF))
def test_a_word_that_was_written_is_read_as_it_was(word: p.Word, number: int) -> None:
    value = max(number, -0x8000 if word.signed else 0) * word.scale
    block = bytes(word.field.start) + word.put(float(value))
    assert word.of(block) == value


@given(st.binary(max_size=18), st.lists(st.integers(1, 5), max_size=8))
def test_a_block_is_found_however_its_bytes_are_split(body: bytes, cuts: list[int]) -> None:
    block = p.block(body)
    parser = p.AnswerParser()
    parser.expect(p.Shape.BLOCK, len(block))
    items: list[Any] = []
    at = 0
    for cut in [*cuts, len(block)]:
        items += parser.feed(block[at : at + cut])
        at += cut
    assert items == [p.Answer(block, p.Shape.BLOCK)]


@given(st.binary(max_size=40), st.sampled_from([(p.Shape.BLOCK, 21), (p.Shape.BLOCK, 8), (p.Shape.WORD, 2)]))
def test_noise_is_never_lost_and_never_more_than_one_answer(noise: bytes, due: tuple[p.Shape, int]) -> None:
    parser = p.AnswerParser()
    parser.expect(*due)
    items = parser.feed(noise)
    assert b"".join(item.data if isinstance(item, Rejected) else item.raw for item in items) + parser.reset() == noise
    assert sum(isinstance(item, p.Answer) for item in items) <= 1


@given(st.binary(min_size=1, max_size=6).filter(lambda noise: not {0x06, 0x15} & set(noise)))
def test_a_block_behind_noise_is_found(noise: bytes) -> None:
    assert as_golden(asked("data", noise + bytes_of(PAGE["data"])[1])) == PAGE["data"]["means"]


def test_a_value_is_exact_to_its_last_digit() -> None:
    reading = asked("data", bytes_of(PAGE["data"])[1])
    assert (reading.co_percent, reading.lambda_value) == (Decimal("0.13"), Decimal("1.02"))
