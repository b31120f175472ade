"""Open ports: serial over the file descriptor (POSIX) or pyserial (Windows), and TCP.

A channel moves bytes and waits; it knows no frame, no device and no wire log. Opening raises one of
the `Port…` causes, anything that fails later is an `OSError` of the channel that must be closed.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import time
from typing import Protocol

import serial

from carcheck_desktop.devices.machinery.wire.ports import PortKind, PortSettings, serial_path

CONNECT_S = 1.0
WRITE_S = 2.0
CHUNK = 4096


class OpenError(Exception):
    """A port that cannot be opened: `cause` is `absent`, `busy` or `forbidden`; never leaves the machinery."""

    def __init__(self, cause: str, detail: str) -> None:
        self.cause = cause
        self.detail = detail
        super().__init__(f"{cause}: {detail}")


class Channel(Protocol):
    """An open port."""

    def read(self, timeout_s: float) -> bytes:
        """Return what has come, waiting at most `timeout_s`; empty when nothing came."""
        ...

    def write(self, data: bytes) -> None:
        """Send all bytes."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


class PosixSerialChannel:
    """A serial port opened by pyserial for its settings and used through its file descriptor."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port
        self._fd: int = port.fileno()
        self._poller = select.poll()
        self._poller.register(self._fd, select.POLLIN)

    def read(self, timeout_s: float) -> bytes:
        """Return what has come; an end of file or a hang-up is an OSError."""
        events = self._poller.poll(max(0.0, timeout_s) * 1000)
        if not events:
            return b""
        try:
            data = os.read(self._fd, CHUNK)
        except BlockingIOError:
            return b""
        if not data:
            raise OSError(errno.EIO, "device reports readiness to read but returned no data")
        return data

    def write(self, data: bytes) -> None:
        """Send all bytes, waiting for room at most `WRITE_S`."""
        sent = 0
        while sent < len(data):
            try:
                sent += os.write(self._fd, data[sent:])
            except BlockingIOError:
                _wait_for_room(self._fd)

    def close(self) -> None:
        """Let go of the port."""
        self._port.close()


def _wait_for_room(fd: int) -> None:
    if not select.select([], [fd], [], WRITE_S)[1]:
        raise OSError(errno.ETIMEDOUT, "the port takes no bytes")


class PySerialChannel:
    """A serial port through pyserial, for Windows."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port
        port.write_timeout = WRITE_S

    def read(self, timeout_s: float) -> bytes:
        """Return what has come; waits for the first byte only."""
        waiting = self._port.in_waiting
        self._port.timeout = 0 if waiting else max(0.0, timeout_s)
        return bytes(self._port.read(max(1, waiting)))

    def write(self, data: bytes) -> None:
        """Send all bytes."""
        self._port.write(data)

    def close(self) -> None:
        """Let go of the port."""
        self._port.close()


class TcpChannel:
    """A TCP connection without Nagle's delay."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)

    def read(self, timeout_s: float) -> bytes:
        """Return what has come; a closed connection is an OSError."""
        if not select.select([self._socket], [], [], max(0.0, timeout_s))[0]:
            return b""
        try:
            data = self._socket.recv(CHUNK)
        except BlockingIOError:
            return b""
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "closed by the other end")
        return data

    def write(self, data: bytes) -> None:
        """Send all bytes, waiting for room at most `WRITE_S`."""
        self._socket.settimeout(WRITE_S)
        try:
            self._socket.sendall(data)
        finally:
            self._socket.setblocking(False)

    def close(self) -> None:
        """Let go of the connection."""
        self._socket.close()


def open_channel(settings: PortSettings) -> Channel:
    """Open a port exclusively; raise `OpenError` with the cause."""
    return _open_tcp(settings) if settings.kind is PortKind.TCP else _open_serial(settings)


def _open_tcp(settings: PortSettings) -> Channel:
    try:
        return TcpChannel(socket.create_connection(settings.address, timeout=CONNECT_S))
    except OSError as error:
        raise OpenError("absent", _said(error)) from error


def _open_serial(settings: PortSettings) -> Channel:
    path = serial_path(settings.name)
    if path is None:
        raise OpenError("absent", f"{settings.name}: no such USB device")
    try:
        port = serial.Serial(path, settings.baud, parity=settings.parity, timeout=0, exclusive=True)
    except (OSError, ValueError) as error:
        raise OpenError(_cause_of(error, path), _said(error)) from error
    return PySerialChannel(port) if os.name == "nt" else PosixSerialChannel(port)


def _cause_of(error: Exception, path: str) -> str:
    number = getattr(error, "errno", None)
    if number in (errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK):
        return "busy"
    if os.name == "nt":
        return "busy" if "PermissionError" in str(error) else "absent"
    if number in (errno.EACCES, errno.EPERM):
        return "forbidden"
    # pyserial reports a lock held by somebody else without a number
    return "busy" if number is None and os.path.exists(path) else "absent"  # noqa: PTH110 - a device, maybe a COM name


def _said(error: Exception) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if isinstance(number, int) else str(error)


def real_s() -> float:
    """Return the monotonic real seconds that deadlines and watchdogs count."""
    return time.monotonic()
