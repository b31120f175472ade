"""The wire log: what went over the wire can be read back, byte for byte, and decoded again."""

from __future__ import annotations

import errno
import logging
import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.devices.machinery.modbus.codec import Framing, Request
from carcheck_desktop.devices.machinery.modbus.decode import modbus_exchanges
from carcheck_desktop.devices.machinery.wire import wire_log
from carcheck_desktop.devices.machinery.wire.ports import PortSettings
from carcheck_desktop.devices.machinery.wire.wire_log import (
    EVENT,
    FOREIGN,
    RECEIVED,
    SENT,
    FileWireLog,
    read_wire_log,
    wire_log_settings,
)
from tests.devices.plant import PRESSURE, TARGET, TEMPERATURE, Watched, free_tcp, pty_settings, served, simulator

PORT = PortSettings("/dev/serial/by-id/usb-FTDI_1", 38400, "E")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(st.sampled_from([SENT, RECEIVED]), st.binary(min_size=1, max_size=50)), max_size=20))
def test_what_was_moved_is_read_back(tmp_path: Path, moved: list[tuple[str, bytes]]) -> None:
    log = FileWireLog(tmp_path, PORT)
    for mark, data in moved:
        log.bytes_moved(mark, data)
    log.close()
    records = list(read_wire_log(log.path))
    assert [(one.mark, one.data) for one in records] == moved
    assert [one.monotonic_s for one in records] == sorted(one.monotonic_s for one in records)
    assert wire_log_settings(log.path) == PORT


def test_foreign_bytes_and_events_are_read_back_and_are_in_the_file_at_once(tmp_path: Path) -> None:
    log = FileWireLog(tmp_path, PORT)
    log.bytes_moved(SENT, b"\x01")
    log.foreign(b"\xf8\x00", "noise")
    log.event("lost\ta\nport")
    found = [(one.mark, one.data, one.text) for one in read_wire_log(log.path)]
    assert found == [(SENT, b"\x01", ""), (FOREIGN, b"\xf8\x00", "noise"), (EVENT, b"", "lost a port")]
    log.close()


def test_bytes_reach_the_file_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_log, "FLUSH_S", 0.05)
    log = FileWireLog(tmp_path, PORT)
    log.bytes_moved(SENT, b"\x01")
    assert list(read_wire_log(log.path)) == []
    time.sleep(0.06)
    log.flush_if_due()
    assert len(list(read_wire_log(log.path))) == 1
    log.close()


def test_a_file_that_has_grown_is_followed_by_the_next_part(tmp_path: Path) -> None:
    log = FileWireLog(tmp_path, PORT, rotate_bytes=2000)
    for number in range(100):
        log.foreign(number.to_bytes(2, "big"), "noise")
    log.close()
    parts = sorted(tmp_path.glob("*.wire"))
    assert len(parts) > 2
    assert [int.from_bytes(one.data, "big") for part in parts for one in read_wire_log(part)] == list(range(100))


def test_a_log_cut_by_a_killed_process_is_read_up_to_the_cut(tmp_path: Path) -> None:
    log = FileWireLog(tmp_path, PORT)
    for number in range(3):
        log.bytes_moved(SENT, bytes((number,)))
    log.close()
    log.path.write_bytes(log.path.read_bytes()[:-5])
    assert [one.data for one in read_wire_log(log.path)] == [b"\0", b"\1"]


@pytest.mark.parametrize(("line", "damage"), [(1, "something else"), (2, "no\ttabs"), (3, "2026\t1\t>\tzz")])
def test_a_damaged_line_is_named(tmp_path: Path, line: int, damage: str) -> None:
    log = FileWireLog(tmp_path, PORT)
    for number in range(3):
        log.bytes_moved(SENT, bytes((number,)))
    log.close()
    lines = log.path.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = damage
    log.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as damaged:
        list(read_wire_log(log.path))
    assert damaged.value.problem.params["line"] == line


class FullDisk:
    """A file on a disk without room."""

    closed = False

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


def test_a_full_disk_does_not_stop_the_line_and_nothing_is_lost_when_there_is_room_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log = FileWireLog(tmp_path, PORT)
    file = log._file
    log._file = FullDisk()  # type: ignore[assignment]
    with caplog.at_level(logging.ERROR):
        for number in range(5):
            log.foreign(bytes((number,)), "noise")
    assert log.failure
    assert len(caplog.records) == 1
    log._file = file
    log.close()
    assert not vars(log)["failure"]
    assert [one.data for one in read_wire_log(log.path)] == [bytes((number,)) for number in range(5)]


def test_a_folder_that_cannot_be_written_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "wire").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageError) as refused:
        FileWireLog(tmp_path / "wire", PORT)
    assert refused.value.code == "devices.wire_log_unwritable"


@pytest.mark.skipif(os.name == "nt", reason="far ends of serial ports are ptys here")
@pytest.mark.parametrize("framing", Framing)
def test_values_decoded_from_the_log_equal_the_readings(tmp_path: Path, framing: Framing) -> None:
    settings = pty_settings(tmp_path) if framing is Framing.RTU else PortSettings(free_tcp())
    log = FileWireLog(tmp_path / "wire", settings)
    with served(settings, {1: simulator()}), Watched(settings, log) as one:
        one.wait_for("attached")
        readings = one.line.call(lambda: one.device.read_many((TEMPERATURE, PRESSURE)), one.attachment)
        one.line.call(lambda: one.device.write(TARGET, -7), one.attachment)
    exchanges = list(modbus_exchanges(read_wire_log(log.path), framing))
    by_address = {(each.request.function, each.request.address): each for each in exchanges}
    pressure, target = by_address[4, 10], by_address[6, 0]
    assert pressure.answer is not None
    assert PRESSURE.raw_of(pressure.answer.values) == readings[1].value
    assert target.request.values == (0x10000 - 7,)
    assert target.answer is not None
    assert all(each.answer is not None for each in exchanges)
    first = exchanges[0].request
    assert first == Request(1, 4, 0, 1, (), first.tid)
