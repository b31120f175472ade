"""Ways to a printer: a TCP connection, or a serial line opened by python-escpos; bytes go through with our own deadlines.

python-escpos makes our pages and opens the serial line, but it does not carry pages: its `sendall` waits without saying how far it
came, its connection is left open when nobody answers, closing a serial line waits for ever on a printer that stalls, and reading
takes up to sixteen bytes or a whole time-out, of which nothing at all counts as paper.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
from typing import TYPE_CHECKING, Any, Protocol

from carcheck_desktop.base.station_printers import ConnectionKind

if TYPE_CHECKING:
    from carcheck_desktop.base.station_printers import StationPrinter

READ = 4096
CHUNK = 1024
FEW = 4096
"""Bytes that wait in this PC for a printer that is not ready: as few as it lets us have, they are what an abort throws away."""
WRITE_S = 10.0
"""On Windows, where a line tells of no room: longer than this for a chunk is an error."""
NO_LINGER = struct.pack("ii", 1, 0)


class UnreachableError(Exception):
    """Nothing answers there, or somebody else has it; never leaves the spool."""


class Face(Protocol):
    """An open way to a printer; what goes wrong with it is an `OSError`."""

    def send(self, data: bytes, wait_s: float) -> int:
        """Hand over the beginning of `data` and return how many bytes were taken; 0 when there was no room for so long."""
        ...

    def read(self, wait_s: float) -> bytes:
        """Return what has come; empty when nothing came for so long. A closed connection is an `OSError`."""
        ...

    def close(self, *, abort: bool) -> None:
        """Let go of it; `abort` throws away what has not left this PC yet."""
        ...


class TcpFace:
    """A TCP connection to a printer, without Nagle's delay."""

    def __init__(self, address: tuple[str, int], connect_s: float) -> None:
        try:
            self._socket = socket.create_connection(address, timeout=connect_s)
        except OSError as error:
            raise UnreachableError(_said(error)) from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, FEW)
        self._socket.setblocking(False)

    def send(self, data: bytes, wait_s: float) -> int:
        """Hand over the beginning of `data`."""
        if not select.select([], [self._socket], [], wait_s)[1]:
            return 0
        with contextlib.suppress(BlockingIOError):
            return self._socket.send(data[:CHUNK])
        return 0

    def read(self, wait_s: float) -> bytes:
        """Return what has come."""
        if not select.select([self._socket], [], [], wait_s)[0]:
            return b""
        with contextlib.suppress(BlockingIOError):
            data = self._socket.recv(READ)
            if not data:
                raise ConnectionResetError("closed by the printer")
            return data
        return b""

    def close(self, *, abort: bool) -> None:
        """Let go of it."""
        if abort:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        self._socket.close()


class SerialFace:
    """A serial line, opened for this program alone."""

    def __init__(self, path: str, baud: int) -> None:
        # the library loads pictures and profiles: not before something is printed
        from escpos.exceptions import Error  # noqa: PLC0415
        from escpos.printer import Serial  # noqa: PLC0415

        printer = Serial(path, baudrate=baud, timeout=0)
        try:
            printer.open()
            self._line: Any = printer.device
            self._line.exclusive = True
            self._line.write_timeout = WRITE_S
        except (Error, OSError) as error:
            raise UnreachableError(_said(error)) from error

    def send(self, data: bytes, wait_s: float) -> int:
        """Hand over the beginning of `data`, past pyserial where it would turn in a circle without room (POSIX)."""
        if os.name == "nt":
            return int(self._line.write(data[:CHUNK]) or 0)
        fd: int = self._line.fileno()
        if not select.select([], [fd], [], wait_s)[1]:
            return 0
        with contextlib.suppress(BlockingIOError):
            return os.write(fd, data[:CHUNK])
        return 0

    def read(self, wait_s: float) -> bytes:
        """Return what has come; waits for the first byte only."""
        waiting = self._line.in_waiting
        self._line.timeout = 0 if waiting else wait_s
        return bytes(self._line.read(max(1, waiting)))

    def close(self, *, abort: bool) -> None:
        """Let go of it."""
        with contextlib.suppress(OSError):
            if abort:
                self._line.reset_output_buffer()
        self._line.close()


def open_face(printer: StationPrinter, connect_s: float) -> Face:
    """Open the way to a printer; raise `UnreachableError` with the reason."""
    if printer.kind is ConnectionKind.TCP:
        return TcpFace(printer.address, connect_s)
    return SerialFace(*printer.line)


def _said(error: Exception) -> str:
    cause = error.__context__ if isinstance(error.__context__, OSError) else error
    return getattr(cause, "strerror", None) or str(cause).strip().splitlines()[-1]
