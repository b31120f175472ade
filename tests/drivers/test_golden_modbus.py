"""Golden bytes of the Modbus drivers: driver and simulator each meet the page, not each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.devices.api import Area, DeviceError, ModbusSimulator, Offer, Register, Side, Value
from drivers.carcheck_roller_brake import DRIVER as BRAKE
from drivers.carcheck_roller_brake import protocol as brake
from drivers.carcheck_weight import DRIVER as WEIGHT
from drivers.modbus_io import DRIVER as IO
from tests.drivers.wire import Slaves, crc16, each_bit, golden, rig, scripted

OFFERS: dict[str, Offer] = {
    "carcheck_roller_brake": BRAKE.offers["BrakeTester"],
    "carcheck_weight": WEIGHT.offers["AxleScale"],
    "modbus_io": IO.offers["DigitalIo"],
}
ALL = [(name, item) for name in OFFERS for item in golden(name)]
READS = [(name, item) for name, item in ALL if not item.get("writes") and "exception" not in item["means"]]
WRITES = [(name, item) for name, item in ALL if item.get("writes")]


def named(case: tuple[str, dict[str, Any]]) -> str:
    return f"{case[0]}-{case[1]['name']}"


def sent_and_answered(item: dict[str, Any]) -> tuple[bytes, bytes]:
    return bytes.fromhex(item["sent"]), bytes.fromhex(item["answered"])


def device_of(driver: Any, item: dict[str, Any]) -> Any:
    """The Modbus unit a golden exchange is about: a pad of the scale, or the driver itself."""
    pads = {pad.side.value: pad for pad in getattr(driver, "pads", ())}
    return pads[item["side"]] if pads else driver


def registers(driver: Any, means: dict[str, Any]) -> list[tuple[Register, Value]]:
    """Return each point named in a meaning with its value; `inputs` and `outputs` are rows of bits."""
    found: list[tuple[Register, Value]] = []
    for name, value in means.items():
        if name in ("inputs", "outputs"):
            found += [(driver.points[f"{name[:-1]}_{number}"], bool(bit)) for number, bit in enumerate(value)]
        elif name not in ("output", "on"):
            found.append((driver.points[name], Decimal(value) if isinstance(value, str) else value))
    return found


def ask(driver: Any, item: dict[str, Any]) -> dict[str, Value | None] | tuple[list[int], list[int]]:
    if "samples" in item:
        first, last = item["samples"]
        left, right = driver._samples([(first, last - first + 1)], 1000)
        return left, right
    points = [register for register, _ in registers(driver, item["means"])]
    return {reading.point: reading.value for reading in device_of(driver, item).read_many(points)}


@pytest.mark.parametrize(("name", "item"), ALL, ids=map(named, ALL))
def test_the_check_bytes_of_the_page_are_right(name: str, item: dict[str, Any]) -> None:
    for frame in sent_and_answered(item):
        assert crc16(frame[:-2]) == frame[-2:]
    assert item["cites"].startswith("convention-modbus-project.md") or "io-adam" in item["cites"]


@pytest.mark.parametrize(("name", "item"), READS, ids=map(named, READS))
def test_the_driver_asks_and_understands_what_the_page_says(name: str, item: dict[str, Any]) -> None:
    driver, script = scripted(OFFERS[name], sent_and_answered(item), **item.get("options", {}))
    found = ask(driver, item)
    assert not script.left
    if isinstance(found, tuple):
        assert found == (item["means"]["left"], item["means"]["right"])
    else:
        assert found == {register.name: value for register, value in registers(driver, item["means"])} or all(
            found[register.name] == pytest.approx(value) for register, value in registers(driver, item["means"])
        )


@pytest.mark.parametrize(("name", "item"), READS, ids=map(named, READS))
def test_one_changed_bit_of_an_answer_is_never_a_value(name: str, item: dict[str, Any]) -> None:
    sent, answered = sent_and_answered(item)
    for spoilt in list(each_bit(answered))[:: 1 + len(answered) // 20]:
        driver, _ = scripted(OFFERS[name], (sent, spoilt), (sent, spoilt), **item.get("options", {}))
        with pytest.raises(DeviceError):
            ask(driver, item)


@pytest.mark.parametrize(("name", "item"), WRITES, ids=map(named, WRITES))
def test_the_driver_writes_what_the_page_says(name: str, item: dict[str, Any]) -> None:
    def write(answer: bytes) -> None:
        driver, script = scripted(OFFERS[name], (sent, answer), **item.get("options", {}))
        means = item["means"]
        if "output" in means:
            driver.set_output(means["output"], on=means["on"])
        elif len(means) == 1:
            (point, value), *_ = registers(driver, means)
            device_of(driver, item).write(point, value)
        else:
            driver.write_many(registers(driver, means))
        assert not script.left

    sent, answered = sent_and_answered(item)
    write(answered)
    for spoilt in each_bit(answered):
        with pytest.raises(DeviceError):
            write(spoilt)


@pytest.mark.parametrize(("name", "item"), ALL, ids=map(named, ALL))
def test_the_simulator_answers_what_the_page_says(name: str, item: dict[str, Any]) -> None:
    stand = rig(OFFERS[name], **item.get("options", {}))
    sent, answered = sent_and_answered(item)
    unit: Any = stand.units[sent[0]]
    assert isinstance(unit, ModbusSimulator)
    means = item["means"]
    if "samples" in item:
        for at, pair in enumerate(zip(means["left"], means["right"], strict=True)):
            address = brake.ring_address(item["samples"][0] + at, 1000)
            unit.put_cells(Area.INPUT, address, [force & 0xFFFF for force in pair])
    elif not item.get("writes") and "exception" not in means:
        if "inputs" in means:
            unit.forced = {number: bool(bit) for number, bit in enumerate(means["inputs"])}
        for register, value in registers(stand.driver, means):
            unit.put(register, value)
    assert Slaves(stand.units)(sent) == answered
    if item.get("writes"):
        kept = {f"output_{means['output']}": means["on"]} if "output" in means else means
        kept_points = {point: unit.points[point] for point in kept}
        assert {name: unit.get(point) for name, point in kept_points.items() if isinstance(point, Register)} == kept


@pytest.mark.parametrize(("name", "item"), ALL, ids=map(named, ALL))
def test_one_changed_bit_of_a_request_gets_no_answer(name: str, item: dict[str, Any]) -> None:
    stand = rig(OFFERS[name], **item.get("options", {}))
    for spoilt in each_bit(bytes.fromhex(item["sent"])):
        assert Slaves(stand.units)(spoilt) == b""


def test_a_scale_gives_the_masses_and_troubles_of_the_page() -> None:
    for item in golden("carcheck_weight"):
        if "kg" not in item and "trouble" not in item:
            continue
        driver, _ = scripted(OFFERS["carcheck_weight"], sent_and_answered(item), **item.get("options", {}))
        pad = device_of(driver, item)
        if "trouble" in item:
            with pytest.raises(DeviceError) as failed:
                pad.mass()
            assert failed.value.code == f"carcheck_weight.{item['trouble']}"
        else:
            mass, bits = pad.mass()
            assert (mass, bool(bits & 1)) == (Decimal(item["kg"]), item["stable"])
            assert str(mass) == item["kg"]


def test_a_bench_says_its_flags_errors_reasons_and_refusals_as_the_page_does() -> None:
    for item in golden("carcheck_roller_brake"):
        means = item["means"]
        if "flags" in item:
            flags = brake.Status(0)
            for word in item["flags"]:
                flags |= brake.Status[word.upper()]
            assert flags == means["status"], item["name"]
        if "error_word" in item:
            assert brake.BenchError(means["error"]).words == f"carcheck_roller_brake.error.{item['error_word']}"
        if "reason" in item:
            assert brake.Stopped(means["stop_reason"]).reason.value == item["reason"]
        if "refusal" in item:
            assert brake.Refusal(means["refusal"]).words == f"carcheck_roller_brake.refusal.{item['refusal']}"


def test_an_exception_answer_is_told_with_its_code() -> None:
    item = next(one for one in golden("carcheck_roller_brake") if one["name"] == "read_behind_the_ring_header")
    driver, _ = scripted(OFFERS["carcheck_roller_brake"], sent_and_answered(item))
    with pytest.raises(DeviceError) as refused:
        driver.read_words(Area.INPUT, 106, 1)
    assert refused.value.problem.params["exception"] == 2


def test_left_and_right_units_are_asked_apart() -> None:
    exchanges = {item["name"]: sent_and_answered(item) for item in golden("carcheck_weight")}
    driver, script = scripted(
        OFFERS["carcheck_weight"], exchanges["left_settled"], exchanges["right_settled"],
    )  # fmt: skip
    loads = driver.loads()
    assert (loads.left_kg, loads.right_kg, loads.stable) == (Decimal(412), Decimal(405), True)
    assert not script.left
    assert [pad.side for pad in driver.pads] == [Side.LEFT, Side.RIGHT]


def test_a_value_outside_its_range_is_kept_and_marked() -> None:
    item = next(one for one in golden("carcheck_roller_brake") if "out_of_range" in one)
    driver, _ = scripted(OFFERS["carcheck_roller_brake"], sent_and_answered(item))
    marked = [reading.point for reading in driver.live() if not reading.is_good]
    assert marked == item["out_of_range"]
