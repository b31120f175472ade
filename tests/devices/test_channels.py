"""Ports: the Windows way over pyserial, names of USB adapters, dead connections, causes of a refusal."""

from __future__ import annotations

import errno
import os
import socket
import threading
from types import SimpleNamespace

import pytest
import serial
from serial.tools import list_ports

from carcheck_desktop.devices.machinery.modbus.codec import Framing
from carcheck_desktop.devices.machinery.serving import ModbusUnits
from carcheck_desktop.devices.machinery.wire.channels import (
    OpenError,
    PySerialChannel,
    TcpChannel,
    _cause_of,
    open_channel,
)
from carcheck_desktop.devices.machinery.wire.ports import PortSettings, serial_path
from tests.devices.plant import Watched, free_tcp, simulator, wait_until


def test_the_windows_way_moves_bytes_and_keeps_its_deadline() -> None:
    channel = PySerialChannel(serial.serial_for_url("loop://", timeout=0))
    assert channel.read(0.01) == b""
    channel.write(b"abc")
    assert channel.read(0.5) == b"abc"
    channel.close()


def adapter(device: str, vid: int, serial_number: str) -> SimpleNamespace:
    return SimpleNamespace(device=device, vid=vid, pid=0x6001, serial_number=serial_number)


def test_a_usb_adapter_is_found_by_its_numbers_wherever_it_was_plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = [adapter("COM7", 0x0403, "A"), adapter("COM4", 0x0403, "B"), adapter("COM1", 0x1A86, "")]
    monkeypatch.setattr(list_ports, "comports", lambda: at_hand)
    assert serial_path("usb:0403:6001:B") == "COM4"
    assert serial_path("usb:0403:6001:A") == "COM7"
    assert serial_path("usb:0403:6001") == "COM4"
    assert serial_path("usb:1a86:6001") == "COM1"
    with pytest.raises(OpenError) as refused:
        open_channel(PortSettings("usb:0403:6001:C"))
    assert refused.value.cause == "absent"


@pytest.mark.skipif(os.name == "nt", reason="error numbers of POSIX")
@pytest.mark.parametrize(
    ("number", "cause"),
    [(errno.ENOENT, "absent"), (errno.ENXIO, "absent"), (errno.EBUSY, "busy"), (errno.EACCES, "forbidden")],
)
def test_why_a_port_does_not_open(number: int, cause: str) -> None:
    assert _cause_of(OSError(number, "no"), "/dev/null") == cause


def test_nobody_listening_is_absent() -> None:
    with pytest.raises(OpenError) as refused:
        open_channel(PortSettings(free_tcp()))
    assert refused.value.cause == "absent"


def test_a_closed_connection_is_an_error_and_not_silence() -> None:
    near, far = socket.socketpair(socket.AF_INET) if os.name == "nt" else _tcp_pair()
    channel = TcpChannel(near)
    far.sendall(b"last words")
    far.close()
    assert channel.read(0.5) == b"last words"
    with pytest.raises(ConnectionResetError):
        channel.read(0.5)
    channel.close()


def _tcp_pair() -> tuple[socket.socket, socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        far, _ = listener.accept()
    return near, far


def test_a_connection_that_died_in_silence_is_opened_anew() -> None:
    settings = PortSettings(free_tcp())
    instrument = simulator()
    instrument.advance(1.0, 0.0)
    stop = threading.Event()

    def serve(listener: socket.socket) -> None:
        """The first connection swallows everything, as a gateway that forgot it; the second answers."""
        swallowing, _ = listener.accept()
        answering, _ = listener.accept()
        answering.settimeout(0.05)
        units = ModbusUnits({1: instrument}, Framing.TCP)
        while not stop.is_set():
            try:
                data = answering.recv(300)
            except TimeoutError:
                continue
            for _, answer in units.on_bytes(data):
                answering.sendall(answer)
        swallowing.close()
        answering.close()

    with socket.create_server(settings.address) as listener:
        server = threading.Thread(target=serve, args=(listener,))
        server.start()
        try:
            with Watched(settings) as one:
                one.wait_for("devices.no_reply")
                wait_until(lambda: one.codes[-1] == "attached", 8.0)
                assert "devices.port_absent" not in one.codes
        finally:
            stop.set()
            server.join()
