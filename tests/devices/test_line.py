"""A line: who goes first, what is refused, what is told about a device, and coming back."""

from __future__ import annotations

import contextlib
import logging
import os
import pty
import threading
import time
import tty
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest
import serial

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.devices.api import Faults, GarbledError, NoReplyError, PortAbsentError
from carcheck_desktop.devices.api import modbus as modbus_module
from carcheck_desktop.devices.machinery.lines.diagnosis import SIX_CAUSES, DriverFaultError, LineBusyError
from carcheck_desktop.devices.machinery.lines.jobs import PATIENCE_S, Priority
from carcheck_desktop.devices.machinery.lines.line import Line
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from tests.devices.plant import (
    MAGIC,
    PRESSURE,
    TARGET,
    TEMPERATURE,
    ThermometerSimulator,
    Watched,
    free_tcp,
    pty_settings,
    served,
    simulator,
    wait_until,
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="far ends of serial ports are ptys here")


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def instrument(faults: Faults) -> ThermometerSimulator:
    return simulator(faults)


@pytest.fixture
def settings(tmp_path: Path) -> PortSettings:
    return pty_settings(tmp_path)


@pytest.fixture
def watched(settings: PortSettings, instrument: ThermometerSimulator) -> Iterator[Watched]:
    with served(settings, {1: instrument}), Watched(settings) as one:
        one.wait_for("attached")
        yield one


def test_a_device_is_identified_and_read(watched: Watched) -> None:
    readings = watched.line.call(lambda: watched.device.read_many((PRESSURE, TEMPERATURE)), watched.attachment)
    assert [(one.point, str(one.value), one.unit.value) for one in readings] == [
        ("pressure", "101.25", "kPa"),
        ("temperature", "21.5", "°C"),
    ]
    assert all(one.is_good and one.device == "thermometer" and one.origin == "simulator" for one in readings)
    assert watched.told[0][1].identity == "magic=23205"


def held(watched: Watched) -> threading.Event:
    """Keep the line busy until the event is set."""
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        go_on.wait(5)

    watched.line.submit(None, Priority.POLL, hold)
    assert begun.wait(2)
    return go_on


def test_urgent_jobs_go_first_and_the_rest_in_order(watched: Watched) -> None:
    go_on, order = held(watched), []

    def note(what: str) -> Future[None]:
        priority = Priority[what.split(maxsplit=1)[0].upper()]
        return watched.line.submit(watched.attachment, priority, lambda: order.append(what))

    waiting = [note(what) for what in ("poll", "read 1", "read 2", "command", "keep_alive", "stop 1", "stop 2")]
    go_on.set()
    for future in waiting:
        future.result(2)
    assert order == ["stop 1", "stop 2", "keep_alive", "command", "read 1", "read 2", "poll"]


def test_a_job_that_waited_too_long_is_refused_instead_of_done_late(watched: Watched) -> None:
    go_on, done = held(watched), []
    late = watched.line.submit(watched.attachment, Priority.COMMAND, lambda: done.append(1), patience_s=0.05)
    time.sleep(0.1)
    go_on.set()
    with pytest.raises(LineBusyError):
        late.result(2)
    assert done == []


def test_a_stop_is_never_too_late(watched: Watched) -> None:
    go_on, done = held(watched), []
    late = watched.line.submit(watched.attachment, Priority.STOP, lambda: done.append(1), patience_s=0.0)
    time.sleep(0.05)
    go_on.set()
    late.result(2)
    assert done == [1]


def test_a_cancelled_job_is_not_done(watched: Watched) -> None:
    go_on, done = held(watched), []
    waiting = watched.line.submit(watched.attachment, Priority.COMMAND, lambda: done.append(1))
    assert waiting.cancel()
    go_on.set()
    watched.line.call(lambda: None)
    assert done == []
    with pytest.raises(CancelledError):
        waiting.result(0)


def test_a_mistake_in_a_driver_is_reported_and_the_line_lives(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(DriverFaultError), caplog.at_level(logging.CRITICAL):
        watched.line.call(lambda: 1 // 0, watched.attachment)
    assert watched.codes[-1] == "devices.driver_fault"
    wait_until(lambda: watched.codes[-1] == "attached")
    assert watched.line.call(lambda: watched.device.read(PRESSURE), watched.attachment).is_good


def test_a_closed_line_refuses(settings: PortSettings) -> None:
    line = Line(settings)
    line.start()
    line.close()
    with pytest.raises(PortAbsentError):
        line.submit(None, Priority.READ, lambda: None).result(1)


# ------------------------------------------------------------------ six causes


def test_an_absent_port_is_told_as_absent(settings: PortSettings) -> None:
    with Watched(settings) as one:
        problem = one.wait_for("devices.port_absent").problem
        assert problem is not None
        assert problem.params["port"] == settings.name
        assert problem.params["device"] == "thermometer"
        with pytest.raises(PortAbsentError):
            one.line.call(lambda: None, one.attachment)


def test_a_port_held_by_another_program_is_told_as_busy(
    settings: PortSettings, instrument: ThermometerSimulator
) -> None:
    with served(settings, {1: instrument}):
        holder = serial.Serial(settings.name, exclusive=True)
        with Watched(settings) as one:
            one.wait_for("devices.port_busy")
            holder.close()
            one.wait_for("attached")


def test_a_silent_device_is_told_as_no_reply(watched: Watched, faults: Faults) -> None:
    begun_s = time.monotonic()
    faults.silent = True
    watched.wait_for("devices.no_reply")
    assert watched.told[-1][0] - begun_s < 1.0
    with pytest.raises(NoReplyError):
        watched.line.call(lambda: watched.device.read(PRESSURE), watched.attachment)
    faults.silent = False
    wait_until(lambda: watched.codes[-1] == "attached")


@pytest.mark.parametrize("fault", ["garbled", "wrong_checksum"])
def test_bytes_without_a_valid_frame_are_told_with_the_bytes(watched: Watched, faults: Faults, fault: str) -> None:
    setattr(faults, fault, True)
    problem = watched.wait_for("devices.garbled").problem
    assert problem is not None
    assert str(problem.params["bytes"]).startswith("01 04")
    assert watched.line.transport.counts.foreign_bytes > 0


def test_noise_on_the_line_is_told_with_the_bytes(settings: PortSettings) -> None:
    """A line of another speed: something comes, never a frame."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    os.set_blocking(master, False)
    stop = threading.Event()

    def babble() -> None:
        while not stop.wait(0.02):
            os.write(master, b"\xf8\x80\x00\xff")

    babbler = threading.Thread(target=babble)
    babbler.start()
    try:
        with Watched(PortSettings(os.ttyname(slave), 115200)) as one:
            problem = one.wait_for("devices.garbled").problem
            assert problem is not None
            assert "F8 80 00 FF" in str(problem.params["bytes"])
    finally:
        stop.set()
        babbler.join()
        os.close(slave)
        os.close(master)


def test_another_device_is_told_as_wrong_identity(
    settings: PortSettings, instrument: ThermometerSimulator, faults: Faults
) -> None:
    faults.wrong_identity = True
    with served(settings, {1: instrument}), Watched(settings) as one:
        problem = one.wait_for("devices.wrong_identity").problem
        assert problem is not None
        assert problem.params["expected"] == "magic=23205"
        done: list[int] = []
        with pytest.raises(DeviceError):
            one.line.call(lambda: done.append(1), one.attachment, Priority.COMMAND)
        assert done == []
        faults.wrong_identity = False
        one.wait_for("attached")


@pytest.fixture
def soon_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two real seconds are long for a test."""
    assert modbus_module.STALE_AFTER_S == 2.0
    monkeypatch.setattr(modbus_module, "STALE_AFTER_S", 0.6)


def test_a_frozen_heartbeat_is_told_as_stale_until_it_beats_again(
    soon_stale: None, watched: Watched, faults: Faults
) -> None:
    faults.stuck = True
    problem = watched.wait_for("devices.stale").problem
    assert problem is not None
    assert int(problem.params["frozen_ms"]) >= 600
    time.sleep(0.8)
    assert watched.codes[-1] == "devices.stale"
    faults.stuck = False
    wait_until(lambda: watched.codes[-1] == "attached")


def test_the_six_causes_differ() -> None:
    assert len(set(SIX_CAUSES)) == 6


# ------------------------------------------------------------------ coming back


@pytest.mark.parametrize("kind", ["pty", "tcp"])
def test_a_pulled_line_is_told_within_a_second_and_found_again(
    kind: str, tmp_path: Path, instrument: ThermometerSimulator, faults: Faults
) -> None:
    settings = pty_settings(tmp_path) if kind == "pty" else PortSettings(free_tcp())
    with served(settings, {1: instrument}), Watched(settings) as one:
        one.wait_for("attached")
        pulled_s = time.monotonic()
        faults.unplugged = True
        one.wait_for("devices.port_absent")
        assert one.told[-1][0] - pulled_s < 1.0
        faults.unplugged = False
        wait_until(lambda: one.codes[-1] == "attached")
        assert one.line.call(lambda: one.device.read(PRESSURE), one.attachment).is_good


def test_a_line_pulled_in_mid_read_fails_the_read_with_its_cause(watched: Watched, faults: Faults) -> None:
    faults.late_s = 0.15
    reading = watched.line.submit(watched.attachment, Priority.READ, lambda: watched.device.read(PRESSURE))
    time.sleep(0.05)
    faults.unplugged = True
    with pytest.raises(PortAbsentError):
        reading.result(2)


def test_a_command_for_a_lost_line_is_refused_and_never_done_after_the_return(
    watched: Watched, faults: Faults, instrument: ThermometerSimulator
) -> None:
    faults.unplugged = True
    watched.wait_for("devices.port_absent")
    with pytest.raises(PortAbsentError):
        watched.line.call(lambda: watched.device.write(TARGET, 50), watched.attachment, Priority.COMMAND)
    faults.unplugged = False
    wait_until(lambda: watched.codes[-1] == "attached")
    assert instrument.get(TARGET) == 0


def test_a_reboot_in_mid_answer_is_told(watched: Watched, faults: Faults, instrument: ThermometerSimulator) -> None:
    wait_until(lambda: instrument.beats >= 4)
    time.sleep(0.5)
    faults.reboot_mid_answer = True
    wait_until(lambda: watched.codes[-1] in ("devices.restarted", "devices.garbled"))
    wait_until(lambda: watched.codes[-1] == "attached")


def test_a_lost_device_is_told_once_and_not_every_time(
    watched: Watched, faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    faults.silent = True
    watched.wait_for("devices.no_reply")
    time.sleep(1.5)
    assert watched.codes.count("devices.no_reply") == 1
    assert sum("devices.no_reply" in record.message for record in caplog.records) == 1


def test_an_answer_that_comes_late_is_never_taken_for_the_next_one(watched: Watched, faults: Faults) -> None:
    watched.wait_for("attached")
    for late_s in (0.21, 0.27, 0.35, 0.45):
        faults.late_s = late_s
        with contextlib.suppress(NoReplyError, GarbledError):
            value = watched.line.call(lambda: watched.device.read(PRESSURE), None).value
            assert value == 101.25
        faults.late_s = 0.0
        for _ in range(3):
            with contextlib.suppress(NoReplyError, GarbledError):
                assert watched.line.call(lambda: watched.device.read(MAGIC), None).value == 0x5AA5
                assert str(watched.line.call(lambda: watched.device.read(TEMPERATURE), None).value) == "21.5"


def test_reads_without_end_do_not_hide_a_frozen_heartbeat(soon_stale: None, watched: Watched, faults: Faults) -> None:
    faults.stuck = True
    end_s = time.monotonic() + 4.0
    while "devices.stale" not in watched.codes and time.monotonic() < end_s:
        watched.line.submit(None, Priority.READ, lambda: time.sleep(0.002)).result(2)
    assert "devices.stale" in watched.codes


def test_the_patience_of_a_line_is_shorter_than_a_bench_watchdog() -> None:
    assert PATIENCE_S < 3.0
