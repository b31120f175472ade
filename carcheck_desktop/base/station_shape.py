"""What a station file comes to, as types: wiring only, relative paths from where the file lies."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.station_printers import (
    StationPrinter,
)


@dataclass(frozen=True, slots=True)
class StationDevice:
    """One instrument: `place` is where it stands (`<lane>/<position>`), `unit` its bus address.

    None means the driver's own default.
    """

    name: str
    kind: str
    driver: str
    port: str
    place: str
    baud: int | None = None
    parity: str | None = None
    unit: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StationLane:
    """One lane of the station and the address its process serves the link at."""

    name: str
    link_port: int
    devices: tuple[StationDevice, ...]

    @property
    def node(self) -> str:
        """The node that writes this lane's journal."""
        return f"lane-{self.name}"


@dataclass(frozen=True, slots=True)
class StationUplink:
    """Somebody outside who is asked or told: `channel` for what, `profile` in which words, `url` where.

    In training it is this PC, where the simulation answers.
    """

    channel: str
    profile: str
    url: str

    @property
    def port(self) -> int:
        """The TCP port of the address."""
        parts = urlsplit(self.url)
        return parts.port or {"https": 443}.get(parts.scheme, 80)


@dataclass(frozen=True, slots=True)
class StationWeb:
    """Where the owner's pages are served, and the address under which phones reach them (what a ticket's code says)."""

    host: str
    port: int
    address: str


@dataclass(frozen=True, slots=True)
class Station:
    """The whole file; `folder` is where it lies, the base of every relative path."""

    path: Path
    code: str
    name: str
    province: str
    language: str
    training: bool
    database: str
    data: Path
    link_port: int
    lanes: tuple[StationLane, ...]
    uplinks: tuple[StationUplink, ...] = ()
    printers: tuple[StationPrinter, ...] = ()
    web: StationWeb | None = None

    @property
    def folder(self) -> Path:
        """The folder of the station file."""
        return self.path.parent

    @property
    def service_url(self) -> str:
        """Where the service serves the link."""
        return f"http://127.0.0.1:{self.link_port}"

    def lane(self, name: str) -> StationLane:
        """Return one lane; raise `UsageError` naming those that there are."""
        for lane in self.lanes:
            if lane.name == name:
                return lane
        known = ", ".join(lane.name for lane in self.lanes)
        raise UsageError("base.station.no_such_lane", lane=name, known=known, path=self.path)

    def uplink(self, channel: str) -> StationUplink | None:
        """Return who is asked over a channel, or None when the station has nobody there."""
        return next((each for each in self.uplinks if each.channel == channel), None)
