"""The station file: wiring only, validated as a whole, every mistake named with file, key and value.

What lives here: the shape of `station.toml` and its checks. Prices, hours, users and approvals are
versioned records in the database; secrets are in the key store.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.messages import Problem, params_of
from carcheck_desktop.base.station_printers import (
    CONNECTIONS,
    ENCODINGS,
    PRINTER_SHAPE,
    ConnectionKind,
    StationPrinter,
    named,
    wrong_connection,
)

DEVICE_KINDS = ("BrakeTester", "AxleScale", "DigitalIo", "GasAnalyser")
LANGUAGES = ("zh_CN", "en")
CHANNELS = ("vehicle_lookup", "payment", "insurance")
"""What a station may ask of others outside; each at most once in a file."""
PORT = re.compile(r"COM\d+|/[^\x00-\x1f\x7f]*\S|tcp://[\w.\-\[\]:]+:\d{1,5}|usb:[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(:\S+)?")
NAME = re.compile(r"[A-Za-z0-9_\-]{1,32}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
LONGEST = 300
"""Characters that any text of a station file may have."""


class StationFileError(UsageError):
    """The station file cannot be used; `problems` has every mistake, the first one is `problem`."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(first.code, **first.params)
        self.problems = problems


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


SHAPE: dict[str, dict[str, tuple[type, object]]] = {
    "station": {
        "code": (str, ...),
        "name": (str, ...),
        "province": (str, ""),
        "language": (str, "zh_CN"),
        "training": (bool, False),
    },
    "database": {"url": (str, "carcheck.db"), "data": (str, "data")},
    "service": {"link_port": (int, 8460)},
    "lane": {"name": (str, ...), "link_port": (int, ...), "device": (list, [])},
    "lane.device": {
        "name": (str, ...),
        "kind": (str, ...),
        "driver": (str, ...),
        "port": (str, ...),
        "place": (str, ...),
        "baud": (int, None),
        "parity": (str, None),
        "unit": (int, None),
        "options": (dict, {}),
    },
    "uplink": {"channel": (str, ...), "profile": (str, ...), "url": (str, ...)},
    "printer": PRINTER_SHAPE,
    "web": {"host": (str, "127.0.0.1"), "port": (int, ...), "address": (str, ...)},
}
"""Section -> key -> (type, default); `...` marks a key that must be there."""

TOP = ("station", "database", "service", "lane", "uplink", "printer", "web")


def read_station(path: Path) -> Station:
    """Read and check a station file; raise `StationFileError` that names every mistake."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StationFileError([_said("unreadable", path, detail=error.strerror)]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StationFileError([_said("not_toml", path, detail=error)]) from error
    checker = _Checker(path.resolve())
    station = checker.station(plain)
    if checker.problems:
        raise StationFileError(checker.problems)
    return station


def _tcp_port(port: str) -> int:
    """Return the number behind the last colon of a `tcp://` port, 1 for every other kind."""
    return int(port.rpartition(":")[2]) if port.startswith("tcp://") and PORT.fullmatch(port) else 1


def _host(url: str) -> str:
    """Return the host of a plain address; "" for what is none or holds a name, a password or a query."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and parts.port != 0 and not _has_more(parts)
        return (parts.hostname or "") if is_good else ""
    except ValueError:  # a port out of range, brackets that do not close
        return ""


def _has_more(parts: SplitResult) -> bool:
    return "@" in parts.netloc or bool(parts.query or parts.fragment) or any(blank in parts.geturl() for blank in " \\")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _said(code: str, path: Path, **params: object) -> Problem:
    return Problem(f"base.station.{code}", params_of({"path": path, **params}))


class _Checker:
    """Walks the parsed file once and collects every mistake."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

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
            if station["training"] and _host(each.url)
        ]
        far += [
            (f"printer[{n}].connection", each.address[1])
            for n, each in enumerate(printers, 1)
            if each.kind is ConnectionKind.TCP and _is_loopback(each.address[0])
        ]
        web = self._web(plain["web"]) if "web" in plain else None
        own = [("service.link_port", service["link_port"]), *([("web.port", web.port)] if web else [])]
        self._ports(own, lanes, far)
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
        if values["address"] and not _host(values["address"]):
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
        if not 0 < _tcp_port(values["port"]) <= 65535:
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
            if printer.kind is ConnectionKind.TCP and _is_loopback(printer.address[0]) is not is_training:
                right = f"tcp://{'127.0.0.1' if is_training else 'host'}:port (training = {str(is_training).lower()})"
                self._wrong("wrong_value", f"{place}.connection", value=printer.connection, right=right)
            printers.append(printer)
        self._unique("printer.connection", [each.connection for each in printers])
        return tuple(named(printers))

    def _url(self, key: str, url: str, *, is_training: bool) -> None:
        """Check an address outside: a training station asks only its own simulation, a real one never does."""
        host, right = _host(url), "http://host:port/path | https://host:port/path"
        if host and is_training and (not _is_loopback(host) or url.startswith("https")):
            host, right = "", "http://127.0.0.1:port (training)"
        elif host and not is_training and _is_loopback(host):
            host, right = "", f"{right} (not this PC: training = false)"
        if not host:
            self._wrong("wrong_value", key, value=re.sub(r"//[^/]*@", "//…@", url), right=right)

    def _section(self, section: str, plain: object, place: str) -> dict[str, Any]:
        shape = SHAPE[section]
        if not isinstance(plain, dict):
            self._wrong("wrong_type", place, value=plain, expected="[table]")
            plain = {}
        for key in plain:
            if key not in shape:
                self._wrong("unknown_key", f"{place}.{key}", known=", ".join(shape))
        return {key: self._value(place, key, plain) for key in shape}

    def _value(self, place: str, key: str, plain: dict[str, Any]) -> Any:  # noqa: ANN401
        section = re.sub(r"\[\d+\]", "", place)
        kind, default = SHAPE[section][key]
        if key not in plain:
            if default is ...:
                self._wrong("missing_key", f"{place}.{key}", expected=kind.__name__)
                return kind()
            return default
        value = plain[key]
        if type(value) is not kind:
            self._wrong("wrong_type", f"{place}.{key}", value=value, expected=kind.__name__)
            return kind()
        if isinstance(value, str):
            self._text(f"{place}.{key}", value, is_needed=default is ...)
        return value

    def _text(self, key: str, value: str, *, is_needed: bool) -> None:
        if is_needed and not value.strip():
            self._wrong("wrong_value", key, value='""', right='"…"')
        elif len(value) > LONGEST or UNPRINTABLE.search(value):
            self._wrong("wrong_value", key, value=repr(value[:40]), right=f'"…" (1 … {LONGEST}, U+0020 …)')

    def _ports(self, named: list[tuple[str, int]], lanes: tuple[StationLane, ...], far: list[tuple[str, int]]) -> None:
        named += [(f"lane[{n}].link_port", lane.link_port) for n, lane in enumerate(lanes, 1)]
        taken: dict[int, str] = {}
        for key, port in named + far:
            if not 1 <= port <= 65535:
                self._wrong("wrong_value", key, value=port, right="1 … 65535")
            elif port in taken:
                self._wrong("twice", key, value=port, other=taken[port])
            taken.setdefault(port, key)

    def _one_of(self, key: str, value: str | None, known: tuple[str, ...]) -> None:
        if value and value not in known:
            self._wrong("wrong_value", key, value=value, right=" | ".join(known))

    def _name(self, key: str, value: str) -> None:
        if value and not NAME.fullmatch(value):
            self._wrong("wrong_value", key, value=value, right="A-Z a-z 0-9 _ -")

    def _unique(self, key: str, names: list[str]) -> None:
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self._wrong("twice", key, value=name, other=key)

    def _wrong(self, code: str, key: str, **params: object) -> None:
        self.problems.append(_said(code, self.path, key=key, **params))
