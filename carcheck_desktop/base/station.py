"""The station file: wiring only, validated as a whole, every mistake named with file, key and value.

What lives here: reading `station.toml` and the walk through its sections. Prices, hours, users and approvals are
versioned records in the database; secrets are in the key store.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.base.station_marks import (
    CHANNELS,
    DEVICE_KINDS,
    LANGUAGES,
    PORT,
    TOP,
    Marks,
    host_of,
    is_loopback,
    said,
    tcp_port,
)
from carcheck_desktop.base.station_printers import (
    CONNECTIONS,
    ENCODINGS,
    ConnectionKind,
    StationPrinter,
    named,
    wrong_connection,
)
from carcheck_desktop.base.station_shape import Station, StationDevice, StationLane, StationUplink, StationWeb

__all__ = [
    "CHANNELS",
    "Station",
    "StationDevice",
    "StationFileError",
    "StationLane",
    "StationUplink",
    "StationWeb",
    "read_station",
]


class StationFileError(UsageError):
    """The station file cannot be used; `problems` has every mistake, the first one is `problem`."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(first.code, **first.params)
        self.problems = problems


def read_station(path: Path) -> Station:
    """Read and check a station file; raise `StationFileError` that names every mistake."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StationFileError([said("unreadable", path, detail=error.strerror)]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StationFileError([said("not_toml", path, detail=error)]) from error
    checker = Checker(path.resolve())
    station = checker.station(plain)
    if checker.problems:
        raise StationFileError(checker.problems)
    return station


class Checker(Marks):
    """Walks the parsed file once, section by section."""

    def station(self, plain: dict[str, Any]) -> Station:
        """Return the station as far as it could be read."""
        for key in plain:
            if key not in TOP:
                self._wrong("unknown_key", key, known=", ".join(TOP))
        station = self._section("station", plain.get("station", {}), "station")
        database = self._section("database", plain.get("database", {}), "database")
        service = self._section("service", plain.get("service", {}), "service")
        self._one_of("station.language", station["language"], LANGUAGES)
        lanes = self._lanes(plain.get("lane", []))
        uplinks = self._uplinks(plain.get("uplink", []), is_training=station["training"])
        printers = self._printers(plain.get("printer", []), is_training=station["training"])
        far = [
            (f"uplink[{n}].url", each.port)
            for n, each in enumerate(uplinks, 1)
            if station["training"] and host_of(each.url)
        ]
        far += [
            (f"printer[{n}].connection", each.address[1])
            for n, each in enumerate(printers, 1)
            if each.kind is ConnectionKind.TCP and is_loopback(each.address[0])
        ]
        web = self._web(plain["web"]) if "web" in plain else None
        own = [("service.link_port", service["link_port"]), *([("web.port", web.port)] if web else [])]
        own += [(f"lane[{n}].link_port", lane.link_port) for n, lane in enumerate(lanes, 1)]
        self._ports(own + far)
        return Station(
            path=self.path,
            code=station["code"],
            name=station["name"],
            province=station["province"],
            language=station["language"],
            training=station["training"],
            database=database["url"],
            data=self.path.parent / database["data"],
            link_port=service["link_port"],
            lanes=lanes,
            uplinks=uplinks,
            printers=printers,
            web=web,
        )

    def _web(self, plain: object) -> StationWeb:
        """Check where the owner's pages are; a phone that scans a ticket opens the address as it stands here."""
        values = self._section("web", plain, "web")
        if values["address"] and not host_of(values["address"]):
            self._wrong("wrong_value", "web.address", value=values["address"], right="https://host[:port]")
        return StationWeb(values["host"], values["port"], values["address"].rstrip("/"))

    def _lanes(self, plain: object) -> tuple[StationLane, ...]:
        if not isinstance(plain, list):
            self._wrong("wrong_type", "lane", value=plain, expected="[[lane]]")
            return ()
        lanes = []
        for number, each in enumerate(plain, 1):
            place = f"lane[{number}]"
            values = self._section("lane", each, place)
            self._name(f"{place}.name", values["name"])
            devices = tuple(
                self._device(one, f"{place}.device[{index}]") for index, one in enumerate(values["device"], 1)
            )
            self._unique(f"{place}.device", [device.name for device in devices])
            lanes.append(StationLane(values["name"], values["link_port"], devices))
        self._unique("lane", [lane.name for lane in lanes])
        return tuple(lanes)

    def _device(self, plain: object, place: str) -> StationDevice:
        values = self._section("lane.device", plain, place)
        self._one_of(f"{place}.kind", values["kind"], DEVICE_KINDS)
        self._one_of(f"{place}.parity", values["parity"], ("N", "E", "O"))
        self._name(f"{place}.name", values["name"])
        if values["port"] and not PORT.fullmatch(values["port"]):
            right = "COM3 | /dev/serial/by-id/… | usb:VID:PID[:SERIAL] | tcp://host:port"
            self._wrong("wrong_value", f"{place}.port", value=values["port"], right=right)
        if not 0 < tcp_port(values["port"]) <= 65535:
            self._wrong("wrong_value", f"{place}.port", value=values["port"], right="tcp://host:1 … 65535")
        if values["unit"] is not None and not 0 <= values["unit"] <= 255:
            self._wrong("wrong_value", f"{place}.unit", value=values["unit"], right="0 … 255")
        if values["baud"] is not None and not 300 <= values["baud"] <= 4_000_000:
            self._wrong("wrong_value", f"{place}.baud", value=values["baud"], right="300 … 4000000")
        return StationDevice(**values)

    def _uplinks(self, plain: object, *, is_training: bool) -> tuple[StationUplink, ...]:
        if not isinstance(plain, list):
            self._wrong("wrong_type", "uplink", value=plain, expected="[[uplink]]")
            return ()
        uplinks = []
        for number, each in enumerate(plain, 1):
            place = f"uplink[{number}]"
            values = self._section("uplink", each, place)
            self._one_of(f"{place}.channel", values["channel"], CHANNELS)
            self._name(f"{place}.profile", values["profile"])
            if values["url"]:
                self._url(f"{place}.url", values["url"], is_training=is_training)
            uplinks.append(StationUplink(**values))
        self._unique("uplink", [each.channel for each in uplinks])
        return tuple(uplinks)

    def _printers(self, plain: object, *, is_training: bool) -> tuple[StationPrinter, ...]:
        """Check the printers; a training station prints on simulated ones, a real one never does."""
        if not isinstance(plain, list):
            self._wrong("wrong_type", "printer", value=plain, expected="[[printer]]")
            return ()
        printers = []
        for number, each in enumerate(plain, 1):
            place = f"printer[{number}]"
            values = self._section("printer", each, place)
            self._name(f"{place}.place", values["place"])
            self._one_of(f"{place}.encoding", values["encoding"], ENCODINGS)
            if not values["connection"]:
                continue
            if wrong_connection(values["connection"]):
                self._wrong("wrong_value", f"{place}.connection", value=values["connection"], right=CONNECTIONS)
                continue
            printer = StationPrinter(**values)
            if printer.kind is ConnectionKind.TCP and is_loopback(printer.address[0]) is not is_training:
                right = f"tcp://{'127.0.0.1' if is_training else 'host'}:port (training = {str(is_training).lower()})"
                self._wrong("wrong_value", f"{place}.connection", value=printer.connection, right=right)
            printers.append(printer)
        self._unique("printer.connection", [each.connection for each in printers])
        return tuple(named(printers))
