"""Names of ports as station.toml writes them, and what stands behind a name at this moment."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.base.errors import UsageError

USB_NAME = re.compile(r"usb:([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?::(.+))?")
TCP_NAME = re.compile(r"tcp://(\[[0-9A-Fa-f:]+\]|[^:/\[\]]+):(\d{1,5})")
BITS_PER_BYTE = {"N": 10, "E": 11, "O": 11}


class PortKind(StrEnum):
    """How a port is opened."""

    SERIAL = "serial"
    TCP = "tcp"


@dataclass(frozen=True, slots=True)
class PortSettings:
    """One physical line. `name` is what station.toml says and never changes; `baud` 0 means TCP."""

    name: str
    baud: int = 9600
    parity: str = "N"

    @property
    def kind(self) -> PortKind:
        """How it is opened."""
        return PortKind.TCP if self.name.startswith("tcp:") else PortKind.SERIAL

    @property
    def bytes_per_s(self) -> float | None:
        """What the line carries a second in one direction; None where nothing limits it."""
        return None if self.kind is PortKind.TCP else self.baud / BITS_PER_BYTE[self.parity]

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of a TCP name."""
        match = TCP_NAME.fullmatch(self.name)
        if match is None:
            raise UsageError("devices.port_name_wrong", port=self.name)
        return match[1].strip("[]"), int(match[2])

    @property
    def slug(self) -> str:
        """The name as it can stand in a file's name."""
        return re.sub(r"[^A-Za-z0-9.-]+", "_", self.name).strip("_")

    def validate(self) -> None:
        """Raise `UsageError` when the name, the speed or the parity cannot be right."""
        if self.kind is PortKind.TCP:
            if not 0 < self.address[1] < 0x10000:
                raise UsageError("devices.port_name_wrong", port=self.name)
            return
        if not self.name or (self.name.startswith("usb:") and not USB_NAME.fullmatch(self.name)):
            raise UsageError("devices.port_name_wrong", port=self.name or "-")
        if self.baud < 300 or self.parity not in BITS_PER_BYTE:
            raise UsageError("devices.port_settings_wrong", port=self.name, baud=self.baud, parity=self.parity)


def serial_path(name: str) -> str | None:
    """Return what to open for a serial name now, None when nothing is plugged in there.

    `usb:VID:PID[:SERIAL]` is looked for among the ports at hand, so that renumbering does not matter.
    """
    match = USB_NAME.fullmatch(name)
    if match is None:
        return name
    # slow to import, and only needed for names of this form
    from serial.tools import list_ports  # noqa: PLC0415

    vid, pid = int(match[1], 16), int(match[2], 16)
    found = sorted(
        port.device
        for port in list_ports.comports()
        if (port.vid, port.pid) == (vid, pid) and match[3] in (None, port.serial_number)
    )
    return found[0] if found else None


def is_unreal(name: str) -> bool:
    """Say whether a port can only lead to a simulator: a pseudo-terminal or this PC's loopback."""
    if name.startswith("tcp:"):
        host = PortSettings(name).address[0]
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")
    if name.startswith("usb:"):
        return False
    return os.path.realpath(name).startswith("/dev/pts/")
