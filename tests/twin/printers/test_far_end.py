"""A fake printer at its port: over TCP and over a serial line, with what came out as files."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.station_printers import StationPrinter
from carcheck_desktop.twin.printers.far_end import FakePrinter

PAGE = b"\x1b@A017\n\x1dV\x00"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[tuple[FakePrinter, int]]:
    port = free_port()
    made = FakePrinter(
        StationPrinter("pickup", f"tcp://127.0.0.1:{port}"), tmp_path / "tray", ScaledClock.starting_now(50.0)
    )
    made.start()
    yield made, port
    made.stop()


def connected(port: int) -> socket.socket:
    host = socket.create_connection(("127.0.0.1", port), timeout=2.0)
    host.settimeout(2.0)
    return host


def soon(what: Path, pattern: str, count: int) -> list[Path]:
    until = time.monotonic() + 2.0
    while time.monotonic() < until and len(list(what.glob(pattern))) < count:
        time.sleep(0.005)
    return sorted(what.glob(pattern))


def test_pages_fall_into_the_tray_as_files_with_their_times(printer: tuple[FakePrinter, int], tmp_path: Path) -> None:
    with connected(printer[1]) as host:
        host.sendall(PAGE + b"\x10\x04\x01" + PAGE)
        assert host.recv(9) == b"\x12"
        pages = soon(tmp_path / "tray", "*.escpos", 2)
    assert [page.name for page in pages] == ["00001.escpos", "00002.escpos"]
    assert pages[0].read_bytes() == PAGE
    lines = [json.loads(line) for line in (tmp_path / "tray" / "log.jsonl").read_text().splitlines()]
    assert [line["file"] for line in lines if line["event"] == "escpos"] == ["00001.escpos", "00002.escpos"]


def test_it_serves_one_host_at_a_time(printer: tuple[FakePrinter, int]) -> None:
    with connected(printer[1]) as first:
        first.sendall(b"\x10\x04\x01")
        assert first.recv(9) == b"\x12"
        with connected(printer[1]) as second:
            assert second.recv(9) == b""
        first.sendall(b"\x10\x04\x04")
        assert first.recv(9) == b"\x12"


def test_a_power_cut_drops_the_host_and_what_was_not_printed(printer: tuple[FakePrinter, int], tmp_path: Path) -> None:
    with connected(printer[1]) as host:
        host.sendall(b"A017\n")
        host.sendall(b"\x10\x04\x01")
        assert host.recv(9) == b"\x12"
        time.sleep(0.02)
        printer[0].switch({"power_off": True})
        assert host.recv(9) == b""
    time.sleep(0.05)
    with pytest.raises(ConnectionRefusedError):
        connected(printer[1])
    printer[0].switch({"power_off": False})
    deadline = time.monotonic() + 2.0
    while time.monotonic() < deadline:
        try:
            with connected(printer[1]) as host:
                host.sendall(PAGE)
                assert len(soon(tmp_path / "tray", "*.escpos", 1)) == 1
            break
        except ConnectionRefusedError:
            time.sleep(0.01)
    assert [each.name for each in soon(tmp_path / "tray", "*.torn", 1)] == ["00001.torn"]


def test_a_stalled_printer_takes_nothing_and_goes_on_later(printer: tuple[FakePrinter, int], tmp_path: Path) -> None:
    printer[0].switch({"stall": True})
    with connected(printer[1]) as host:
        host.sendall(PAGE + b"\x10\x04\x01")
        host.settimeout(0.1)
        with pytest.raises(TimeoutError):
            host.recv(9)
        printer[0].switch({"stall": False})
        host.settimeout(2.0)
        assert host.recv(9) == b"\x12"
        assert len(soon(tmp_path / "tray", "*.escpos", 1)) == 1


def test_it_stands_at_a_serial_line_too(tmp_path: Path) -> None:
    path = tmp_path / "line"
    made = FakePrinter(
        StationPrinter("keys", f"serial:{path}@115200"), tmp_path / "tray", ScaledClock.starting_now(50.0)
    )
    made.start()
    try:
        line = os.open(path, os.O_RDWR | os.O_NOCTTY)
        os.write(line, PAGE + b"\x10\x04\x01")
        assert os.read(line, 9) == b"\x12"
        assert soon(tmp_path / "tray", "*.escpos", 1)[0].read_bytes() == PAGE
        os.close(line)
    finally:
        made.stop()
    assert not path.exists()
