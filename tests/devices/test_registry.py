"""From station.toml's words to instruments: what is refused, what is shared, what is found."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.devices.api import KINDS, Option, Origin, line_load
from carcheck_desktop.devices.machinery.lines.health import DeviceHealth
from carcheck_desktop.devices.machinery.probing import probe
from carcheck_desktop.devices.machinery.registry import (
    DeviceConfig,
    Instruments,
    Surroundings,
    driver_names,
    find_driver,
    settle,
)
from carcheck_desktop.devices.machinery.serving import SimulatedInstruments
from carcheck_desktop.devices.machinery.wire.ports import PortSettings, is_unreal, serial_path
from tests.devices.plant import EmptyWorld, free_tcp, utc, wait_until

BENCH = DeviceConfig("bench", "BrakeTester", "carcheck_roller_brake", "COM3")
SCALE = DeviceConfig("scale", "AxleScale", "carcheck_weight", "COM4", unit=2)
IO = DeviceConfig("io", "DigitalIo", "modbus_io", "COM5", unit=4)


def config(base: DeviceConfig, **changed: Any) -> DeviceConfig:
    fields = {name: getattr(base, name) for name in DeviceConfig.__slots__}
    return DeviceConfig(**{**fields, **changed})


def refusal(*configs: DeviceConfig, training: bool = True, speed: float = 1.0) -> UsageError:
    with pytest.raises(UsageError) as refused:
        settle(configs, training=training, speed=speed)
    return refused.value


@pytest.mark.parametrize("name", driver_names())
def test_every_driver_folder_declares_itself_under_its_own_name(name: str) -> None:
    info = find_driver(name)
    assert info.name == name
    assert info.version
    assert info.source
    assert set(info.offers) <= set(KINDS)
    assert info.offers
    for offer in info.offers.values():
        assert offer.settle(name, {}) == {option.name: option.default for option in offer.options}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (config(BENCH, driver="no_such"), "devices.driver_unknown"),
        (config(BENCH, kind="AxleScale"), "devices.kind_unknown"),
        (config(BENCH, kind="Toaster"), "devices.kind_unknown"),
        (config(BENCH, port=""), "devices.port_name_wrong"),
        (config(BENCH, port="usb:12"), "devices.port_name_wrong"),
        (config(BENCH, port="tcp://nowhere"), "devices.port_name_wrong"),
        (config(BENCH, port="tcp://host:70000"), "devices.port_name_wrong"),
        (config(BENCH, baud=50), "devices.port_settings_wrong"),
        (config(BENCH, parity="X"), "devices.port_settings_wrong"),
        (config(BENCH, options={"no_such": 1}), "devices.option_unknown"),
        (config(BENCH, options={"word_order": "BADC"}), "devices.option_wrong"),
        (config(BENCH, options={"stop_output": "io:0"}), "devices.stop_output_wrong"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_reason(wrong: DeviceConfig, code: str) -> None:
    assert refusal(wrong).code == code


def test_two_devices_need_two_names() -> None:
    assert refusal(BENCH, config(SCALE, name="bench")).code == "devices.name_twice"


def test_devices_on_one_port_must_agree_on_its_speed() -> None:
    refused = refusal(config(SCALE, baud=9600), config(IO, port="COM4", baud=19200))
    assert refused.code == "devices.port_settings_differ"
    assert refused.problem.params["devices"] == "scale, io"


def test_the_contactor_is_found_by_device_or_by_driver() -> None:
    for wired in ("io:3", "modbus_io:3"):
        bench = settle([config(BENCH, options={"stop_output": wired}), IO], training=True)[0]
        assert bench.stop_output == ("io", 3)
        assert bench.options["stop_output"] == "io:3"


def test_a_contactor_that_two_devices_could_have_must_be_named() -> None:
    other = config(IO, name="io2", port="COM6")
    bench = config(BENCH, options={"stop_output": "modbus_io:3"})
    assert refusal(bench, IO, other).code == "devices.stop_output_wrong"
    named = config(BENCH, options={"stop_output": "io2:3"})
    assert settle([named, IO, other], training=True)[0].stop_output == ("io2", 3)


def test_a_real_station_refuses_this_pc_as_a_device() -> None:
    for port in ("tcp://127.0.0.1:502", "tcp://localhost:502", "tcp://[::1]:502"):
        assert refusal(config(BENCH, port=port), training=False).code == "devices.station_is_real"
    settle([config(BENCH, port="tcp://192.168.1.20:502")], training=False)


def test_line_load_gives_the_figures_of_the_convention() -> None:
    # protocols/convention-modbus-project.md, "Curve ring": 675 bytes a second, 70 % of 9600, 18 % of 38400, 6 % of 115200
    assert line_load(1.0, 100, 0.2) == pytest.approx(675)
    assert [round(line_load(baud / 10, 100, 0.2) * 100) for baud in (9600, 38400, 115200)] == [70, 18, 6]
    assert 0.73 < line_load(11520, 2000, 0.2) < 0.80


@pytest.mark.parametrize(
    ("given", "accepted"), [(25, 25), (0, None), (101, None), ("25", None), (True, None), (2.5, None)]
)
def test_an_option_takes_its_own_type_within_its_bounds(given: object, accepted: int | None) -> None:
    option = Option("slip", 30, "w", low=1, high=100)
    if accepted is not None:
        assert option.accept("d", given) == accepted
        return
    with pytest.raises(UsageError) as refused:
        option.accept("d", given)
    assert refused.value.problem.params["expected"] == "int 1…100"


def test_a_decimal_option_is_exact() -> None:
    assert Option("scale", Decimal("1"), "w").accept("d", 0.1) == Decimal("0.1")
    with pytest.raises(UsageError):
        Option("scale", Decimal("1"), "w").accept("d", "one")
    with pytest.raises(UsageError):
        Option("on", True, "w").accept("d", 1)


def test_port_names(tmp_path: Path) -> None:
    assert PortSettings("/dev/serial/by-id/usb-FTDI_1").slug == "dev_serial_by-id_usb-FTDI_1"
    assert PortSettings("tcp://[::1]:502").address == ("::1", 502)
    assert serial_path("COM10") == "COM10"
    assert serial_path("usb:FFFF:FFFF:none") is None
    assert not is_unreal("usb:1234:5678")
    assert not is_unreal("COM3")


@pytest.mark.skipif(os.name == "nt", reason="far ends of serial ports are ptys here")
def test_a_whole_station_of_instruments_over_shared_lines(tmp_path: Path) -> None:
    shared, alone = str(tmp_path / "shared"), free_tcp()
    configs = [
        config(BENCH, port=alone, options={"stop_output": "io:0"}),
        config(SCALE, port=shared, baud=115200),
        config(IO, port=shared, baud=115200),
    ]
    told: list[DeviceHealth] = []
    far = SimulatedInstruments(configs, EmptyWorld(), time.monotonic)
    far.start()
    near = Instruments(configs, Surroundings(True, told.append, utc, tmp_path / "wire"))
    assert len(near.lines) == 2
    near.start()
    try:
        wait_until(lambda: {one.device for one in told if one.problem is None} == {"bench", "scale", "io"})
        assert set(near.handles) == {"bench", "scale", "io"}
        assert all(one.origin is Origin.SIMULATOR for one in near.handles.values())
        assert near.brake_testers["bench"].stop_output is not None
        assert near.brake_testers["bench"].wire_bytes > 0
        assert near.brake_testers["bench"].instrument.driver == "carcheck_roller_brake"
        found = probe(settle(configs, training=True)[1], training=True, now=utc)
        assert found.problem is not None
        assert found.problem.code == "devices.port_busy"
    finally:
        near.close()
    try:
        assert len(list((tmp_path / "wire").glob("*.wire"))) == 2
        found = probe(settle(configs, training=True)[1], training=True, now=utc)
        assert (found.problem, found.identity != "") == (None, True)
        found = probe(settle(configs, training=True)[1], training=False, now=utc)
        assert found.problem is not None
        assert found.problem.code == "devices.port_unreal"
    finally:
        far.close()
    assert not (tmp_path / "shared").exists()


@pytest.mark.skipif(os.name == "nt", reason="far ends of serial ports are ptys here")
def test_a_far_end_is_not_put_over_something_real(tmp_path: Path) -> None:
    taken = tmp_path / "port"
    taken.write_text("a file", encoding="utf-8")
    far = SimulatedInstruments([config(SCALE, port=str(taken))], EmptyWorld(), time.monotonic)
    with pytest.raises(UsageError) as refused:
        far.start()
    assert refused.value.code == "devices.path_taken"
    assert taken.read_text(encoding="utf-8") == "a file"


@pytest.mark.skipif(os.name == "nt", reason="far ends of serial ports are ptys here")
def test_the_link_of_a_real_adapter_is_left_alone_and_that_of_a_killed_simulator_replaced(tmp_path: Path) -> None:
    real, left_behind = tmp_path / "by-id", tmp_path / "old"
    real.symlink_to("../../ttyUSB0")
    left_behind.symlink_to("/dev/pts/99999")
    far = SimulatedInstruments([config(SCALE, port=str(real))], EmptyWorld(), time.monotonic)
    with pytest.raises(UsageError):
        far.start()
    assert str(real.readlink()) == "../../ttyUSB0"
    far = SimulatedInstruments([config(SCALE, port=str(left_behind))], EmptyWorld(), time.monotonic)
    far.start()
    assert left_behind.exists()
    far.close()
    assert not left_behind.is_symlink()


def test_a_windows_port_cannot_be_simulated() -> None:
    with pytest.raises(UsageError) as refused:
        SimulatedInstruments([SCALE], EmptyWorld(), time.monotonic)
    assert refused.value.code == "devices.cannot_simulate_port"
