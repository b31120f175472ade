"""The far ends of ports, for simulators: a pseudo-terminal linked at a serial path, or a TCP listener."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
from pathlib import Path
from typing import Protocol

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.devices.machinery.wire.ports import PortKind, PortSettings

CHUNK = 4096


class Endpoint(Protocol):
    """One far end; opened and closed as somebody plugs and unplugs it."""

    @property
    def is_open(self) -> bool:
        """Whether it is plugged in."""
        ...

    def open(self) -> None:
        """Plug in."""
        ...

    def close(self) -> None:
        """Unplug: whoever has it open at the other side loses it."""
        ...

    def read(self, timeout_s: float) -> bytes:
        """Return what the host has sent, waiting at most `timeout_s`."""
        ...

    def write(self, data: bytes) -> None:
        """Send to the host; what nobody takes is lost, as on a real line."""
        ...


class PtyEndpoint:
    """A pseudo-terminal whose host side is linked at `path` (POSIX only)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._master = -1
        self._slave = -1

    @property
    def is_open(self) -> bool:
        """Whether it is plugged in."""
        return self._master >= 0

    def open(self) -> None:
        """Make the pair and the link; a link left behind by a killed simulator is replaced."""
        # absent on Windows
        import tty  # noqa: PLC0415

        is_ours = self._path.is_symlink() and str(self._path.readlink()).startswith("/dev/pts/")
        if os.path.lexists(self._path) and not is_ours:
            raise UsageError("devices.path_taken", path=self._path)
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        beside.unlink(missing_ok=True)
        beside.symlink_to(os.ttyname(self._slave))
        beside.replace(self._path)

    def close(self) -> None:
        """Take link and pair away."""
        if not self.is_open:
            return
        with contextlib.suppress(OSError):
            if self._path.readlink() == Path(os.ttyname(self._slave)):
                self._path.unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def read(self, timeout_s: float) -> bytes:
        """Return what the host has sent."""
        if not select.select([self._master], [], [], timeout_s)[0]:
            return b""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._master, CHUNK)
        return b""

    def write(self, data: bytes) -> None:
        """Send to the host."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._master, data)


class TcpEndpoint:
    """A TCP listener that serves one host at a time and turns a second one away."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._listener: socket.socket | None = None
        self._host: socket.socket | None = None

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._listener is not None

    def open(self) -> None:
        """Listen; raises `UsageError` when the address cannot be had."""
        try:
            self._listener = socket.create_server(self._address)
        except OSError as error:
            raise UsageError(
                "devices.address_taken", address=f"{self._address[0]}:{self._address[1]}", detail=error.strerror
            ) from error

    def close(self) -> None:
        """Drop the host and stop listening."""
        for one in (self._host, self._listener):
            if one is not None:
                one.close()
        self._host = self._listener = None

    def read(self, timeout_s: float) -> bytes:
        """Return what the host has sent; accepts a host meanwhile."""
        listener, host = self._listener, self._host
        if listener is None:
            return b""
        watched = [listener] if host is None else [listener, host]
        ready = select.select(watched, [], [], timeout_s)[0]
        # the host first: it may have gone, and then the newcomer may have its place
        data = self._receive(host) if host is not None and host in ready else b""
        if listener in ready:
            self._accept(listener)
        return data

    def write(self, data: bytes) -> None:
        """Send to the host, if any."""
        if self._host is None:
            return
        try:
            self._host.sendall(data)
        except OSError:
            self._drop_host()

    def _accept(self, listener: socket.socket) -> None:
        newcomer, _ = listener.accept()
        if self._host is not None:
            newcomer.close()
            return
        newcomer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        newcomer.settimeout(1.0)
        self._host = newcomer

    def _receive(self, host: socket.socket) -> bytes:
        try:
            data = host.recv(CHUNK)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
                return b""
            data = b""
        if not data:
            self._drop_host()
        return data

    def _drop_host(self) -> None:
        if self._host is not None:
            self._host.close()
            self._host = None


def endpoint_for(settings: PortSettings) -> Endpoint:
    """Return the far end for a port of a station file; raise `UsageError` where none can be made."""
    if settings.kind is PortKind.TCP:
        return TcpEndpoint(settings.address)
    if os.name == "nt" or not settings.name.startswith("/"):
        raise UsageError("devices.cannot_simulate_port", port=settings.name)
    return PtyEndpoint(Path(settings.name))
