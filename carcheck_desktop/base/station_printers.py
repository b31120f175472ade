"""The printers of a station file: their shape, how a connection is written, and what cannot be right about one.

What lives here is wiring only. What a printer can do and how it is spoken to is `printing`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PRINTER_SHAPE: dict[str, tuple[type, object]] = {
    "place": (str, ...),
    "connection": (str, ...),
    "profile": (str, "default"),
    "encoding": (str, "gb18030"),
}
ENCODINGS = ("gb18030",)
"""How text goes to a printer; Chinese printers know no other (FS & and two or four bytes a character)."""
CONNECTIONS = "tcp://host:port | serial:COM3[@baud] | serial:/dev/…[@baud] | usb:VID:PID | win:NAME | file:folder"
TCP = re.compile(r"tcp://(\[[0-9A-Fa-f:]+\]|[^:/\[\]\s@]+):(\d{1,5})")
SERIAL = re.compile(r"serial:(COM\d+|/[^\x00-\x1f\x7f@]*[^\s@])(?:@(\d{1,7}))?")
OTHERS = re.compile(r"usb:[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(?::\S+)?|win:\S.*|file:\S.*")
USUAL_BAUD = 19200
"""Of a serial receipt printer as it leaves the factory (TM series: 38400 or 19200 by switch; most others 19200)."""
SLOWEST_BAUD, FASTEST_BAUD = 1200, 921600


class ConnectionKind(StrEnum):
    """How a printer is reached."""

    TCP = "tcp"
    SERIAL = "serial"
    USB = "usb"
    WIN = "win"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class StationPrinter:
    """One printer: `place` is where people stand who want its papers, `profile` the name of its model's abilities.

    Several printers of one place are asked in the order of the file. `name` tells them apart: the place, then `-2`, `-3` …
    """

    place: str
    connection: str
    profile: str = "default"
    encoding: str = "gb18030"
    name: str = ""

    @property
    def kind(self) -> ConnectionKind:
        """How it is reached."""
        return ConnectionKind(self.connection.partition(":")[0])

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of a `tcp://` connection."""
        match = TCP.fullmatch(self.connection)
        if match is None:
            raise ValueError(self.connection)
        return match[1].strip("[]"), int(match[2])

    @property
    def line(self) -> tuple[str, int]:
        """Path and speed in baud of a `serial:` connection."""
        match = SERIAL.fullmatch(self.connection)
        if match is None:
            raise ValueError(self.connection)
        return match[1], int(match[2] or USUAL_BAUD)

    @property
    def target(self) -> str:
        """What stands behind the kind: a folder, a queue's name, a USB number."""
        return self.connection.partition(":")[2]


def wrong_connection(connection: str) -> bool:
    """Say whether a connection is written in a way that cannot be meant."""
    match = TCP.fullmatch(connection)
    if match is not None:
        return not 0 < int(match[2]) <= 65535
    match = SERIAL.fullmatch(connection)
    if match is not None:
        return not SLOWEST_BAUD <= int(match[2] or USUAL_BAUD) <= FASTEST_BAUD
    return not OTHERS.fullmatch(connection)


def named(printers: Sequence[StationPrinter]) -> Iterator[StationPrinter]:
    """Return the printers with their names, in the order of the file."""
    seen: dict[str, int] = {}
    for each in printers:
        count = seen[each.place] = seen.get(each.place, 0) + 1
        name = each.place if count == 1 else f"{each.place}-{count}"
        yield StationPrinter(each.place, each.connection, each.profile, each.encoding, name)
