"""Golden bytes of the "41 LEN CMD" family: parser, drivers and simulators each against the page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api import DeviceError, Rejected
from drivers.jiangxing_aframe import DRIVER
from drivers.jiangxing_aframe import protocol as p
from tests.drivers.wire import Car, Rig, each_bit, golden, rig, scripted

PAGE = {item["name"]: item for item in golden("jiangxing_aframe")}
FRAMES = golden("jiangxing_aframe", "frames.json")
COMMANDS = ["lift_up", "lift_down", "platform_up", "platform_down", "zero", "hold"]
RUNS = [name for name, item in PAGE.items() if "left" in item["means"] and "ended" in item["means"]]


def bytes_of(item: dict[str, Any]) -> tuple[bytes, bytes]:
    return bytes.fromhex(item["sent"]), b"".join(bytes.fromhex(one) for one in item["answered"])


def scripted_for(name: str) -> tuple[Any, Any]:
    item = PAGE[name]
    return scripted(DRIVER.offers[item["kind"]], bytes_of(item))


def do(driver: Any, name: str) -> None:
    actions: dict[str, Any] = {
        "lift_up": lambda: driver.lift(up=True),
        "lift_down": lambda: driver.lift(up=False),
        "platform_up": lambda: driver.platform(up=True),
        "platform_down": lambda: driver.platform(up=False),
        "zero": driver.zero,
        "hold": getattr(driver, "stop", None),
        "scale_zero": driver.zero,
    }
    actions[name]()


@pytest.mark.parametrize("name", PAGE)
def test_every_frame_of_the_page_sums_to_zero_but_the_spoilt_one(name: str) -> None:
    item = PAGE[name]
    for text in [item["sent"], *item["answered"]]:
        data = bytes.fromhex(text)
        if "lost" not in item["means"] or item["answered"].index(text) != 3:
            assert sum(data) % 256 == 0
            assert data[1] == len(data)
    assert item["cites"].startswith("bench-aframe-jiangxing.md")


@pytest.mark.parametrize("frame", FRAMES, ids=[frame["note"] for frame in FRAMES])
def test_the_parser_takes_and_refuses_what_the_collected_frames_say(frame: dict[str, Any]) -> None:
    data = bytes.fromhex(frame["hex"])
    items = p.AFrameParser().feed(data)
    if frame["expect"] == "decode":
        assert items == [p.Frame(data)]
    else:
        assert all(isinstance(item, Rejected) for item in items)
        assert b"".join(item.data for item in items if isinstance(item, Rejected)) == data


def test_collected_records_mean_what_they_say() -> None:
    decoded = {tuple(frame["decoded"]): p.Frame(bytes.fromhex(frame["hex"])) for frame in FRAMES if frame["decoded"]}
    live = decoded["live_l", "live_r"]
    assert live.forces == (210, 187)
    assert decoded[("end_of_test",)].is_end
    assert not live.is_end


@pytest.mark.parametrize("name", [*COMMANDS, "scale_zero"])
def test_commands_are_the_pages_bytes_and_want_their_acknowledge(name: str) -> None:
    driver, script = scripted_for(name)
    do(driver, name)
    assert not script.left
    sent, answered = bytes_of(PAGE[name])
    for spoilt in each_bit(answered):
        deaf, _ = scripted(DRIVER.offers[PAGE[name]["kind"]], (sent, spoilt))
        with pytest.raises(DeviceError):
            do(deaf, name)


@pytest.mark.parametrize("name", ["weigh", "result", "barriers_in_place", "barriers_brake_only", "scale_weigh"])
def test_answers_are_understood_and_one_changed_bit_is_never_a_value(name: str) -> None:
    def ask(driver: Any) -> dict[str, Any]:
        if name == "scale_weigh":
            loads = driver.loads()
            return {"left": int(loads.left_kg), "right": int(loads.right_kg)}
        if name.startswith("barriers"):
            weigh, brake = driver.barriers()
            return {"weigh_place": weigh, "brake_place": brake}
        readings = driver.weigh() if name == "weigh" else driver.results()
        assert all(reading.is_good for reading in readings)
        return {reading.point: reading.value for reading in readings}

    driver, script = scripted_for(name)
    assert ask(driver).items() <= PAGE[name]["means"].items()
    assert not script.left
    sent, answered = bytes_of(PAGE[name])
    for spoilt in each_bit(answered):
        deaf, _ = scripted(DRIVER.offers[PAGE[name]["kind"]], (sent, spoilt))
        with pytest.raises(DeviceError):
            ask(deaf)


@pytest.mark.parametrize("name", RUNS)
def test_a_run_of_the_page_becomes_its_curve(name: str) -> None:
    driver, script = scripted_for(name)
    driver.start(None)
    block = driver.fetch_curve(0)
    means = PAGE[name]["means"]
    assert (list(block.left_daN), list(block.right_daN)) == (means["left"], means["right"])
    assert list(block.lost) == means.get("lost", [])
    assert block.ended
    assert not script.left


def test_one_changed_bit_of_a_run_loses_that_record_and_no_other() -> None:
    sent, _ = bytes_of(PAGE["test_run"])
    ack, drag, *records, end = (bytes.fromhex(one) for one in PAGE["test_run"]["answered"])
    for spoilt in each_bit(records[1]):
        driver, _ = scripted(DRIVER.offers["BrakeTester"], (sent, ack + drag + records[0] + spoilt + records[2] + end))
        driver.start(None)
        block = driver.fetch_curve(0)
        if not block.ended:
            # a changed length waits for more bytes; the silence after the end decides
            driver.context.transport.clock.go_on(1.1)
            block = driver.fetch_curve(0)
        assert block.left_daN == (12, 0, 240), spoilt.hex(" ")
        assert block.lost == (2,)
        assert block.ended


@pytest.mark.parametrize("name", [*COMMANDS, "scale_zero"])
def test_the_simulators_acknowledge_as_the_page_does(name: str) -> None:
    stand = rig(DRIVER.offers[PAGE[name]["kind"]])
    sent, answered = bytes_of(PAGE[name])
    assert stand.simulator.on_bytes(sent, 0.0) == answered
    for spoilt in each_bit(sent):
        assert rig(DRIVER.offers[PAGE[name]["kind"]]).simulator.on_bytes(spoilt, 0.0) == b""


def standing(kind: str, left_kg: float, right_kg: float, places: tuple[str, ...]) -> Rig:
    car = Car(left_kg=left_kg, right_kg=right_kg, places=places)
    car.noise = lambda place, channel, step: 0.0  # type: ignore[method-assign]
    return rig(DRIVER.offers[kind], car)


def test_the_simulated_scale_answers_the_pages_bytes_for_its_load() -> None:
    stand = standing("AxleScale", 412, 405, ("brake",))
    stand.go_on(5.0)
    sent, answered = bytes_of(PAGE["scale_weigh"])
    assert stand.simulator.on_bytes(sent, 0.0) == answered


def test_the_simulated_bench_answers_the_pages_bytes() -> None:
    stand = standing("BrakeTester", 731, 719, ("weigh", "brake"))
    sent, answered = bytes_of(PAGE["barriers_in_place"])
    assert stand.simulator.on_bytes(sent, 0.0) == answered
    stand.simulator._greatest, stand.simulator._apart = (2140, 1985), (1333, 1512)
    sent, answered = bytes_of(PAGE["result"])
    assert stand.simulator.on_bytes(sent, 0.0) == answered
    assert p.frame(0x68, p.numbers((412, 405, 731, 719), 4)) == bytes_of(PAGE["weigh"])[1]
    assert p.frame(0x6D, p.numbers((210, 187), 4)) == bytes.fromhex(PAGE["test_run"]["answered"][3])
    stand.driver.lift(up=False)
    stand.go_on(2.1)
    answer = stand.simulator.on_bytes(bytes_of(PAGE["weigh"])[0], 0.0)
    assert answer == p.frame(0x68, b"0731071907310719")


def test_literals_with_a_wrong_sum_get_no_answer() -> None:
    stand = rig(DRIVER.offers["BrakeTester"])
    for literal in ("41 04 48 72", "41 04 4C 6E"):
        assert stand.simulator.on_bytes(bytes.fromhex(literal), 0.0) == b""


RECORDS = st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=1, max_size=8)


@given(RECORDS, st.data())
def test_any_split_of_the_stream_gives_the_same_records(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    stream = b"".join(p.frame(0x6D, p.numbers(pair, 4)) for pair in pairs)
    parser, found = p.AFrameParser(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        found += [item.forces for item in parser.feed(stream[:size]) if isinstance(item, p.Frame)]
        stream = stream[size:]
    assert found == pairs


@given(RECORDS, st.binary(max_size=30), st.integers(0, 8))
def test_noise_never_hides_more_than_it_touches(pairs: list[tuple[int, int]], noise: bytes, at: int) -> None:
    frames = [p.frame(0x6D, p.numbers(pair, 4)) for pair in pairs]
    at = min(at, len(frames))
    parser = p.AFrameParser()
    stream = b"".join(frames[:at]) + noise + b"".join(frames[at:])
    items = [*parser.feed(stream), *parser.settle()]
    found = [item.forces for item in items if isinstance(item, p.Frame) and item.raw in frames]
    assert [pair for pair in found if pair in pairs][:at] == pairs[:at]
    assert len([one for one in found if one in pairs]) >= len(pairs) or b"A" in noise


@given(st.binary(max_size=200))
def test_the_parser_loses_no_byte(data: bytes) -> None:
    parser = p.AFrameParser()
    items = [*parser.feed(data), *parser.settle()]
    assert b"".join(item.data if isinstance(item, Rejected) else item.raw for item in items) == data
