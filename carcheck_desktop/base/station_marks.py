"""The checks of a station file's single values: types, names, addresses, ports; each mistake with key, value and what would be right."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from carcheck_desktop.base.messages import Problem, params_of
from carcheck_desktop.base.station_printers import (
    PRINTER_SHAPE,
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


def tcp_port(port: str) -> int:
    """Return the number behind the last colon of a `tcp://` port, 1 for every other kind."""
    return int(port.rpartition(":")[2]) if port.startswith("tcp://") and PORT.fullmatch(port) else 1


def host_of(url: str) -> str:
    """Return the host of a plain address; "" for what is none or holds a name, a password or a query."""
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in ("http", "https") and parts.port != 0 and not _has_more(parts)
        return (parts.hostname or "") if is_good else ""
    except ValueError:  # a port out of range, brackets that do not close
        return ""


def _has_more(parts: SplitResult) -> bool:
    return "@" in parts.netloc or bool(parts.query or parts.fragment) or any(blank in parts.geturl() for blank in " \\")


def is_loopback(host: str) -> bool:
    """Say whether a host is this PC."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def said(code: str, path: Path, **params: object) -> Problem:
    """Return a mistake of the file at `path`."""
    return Problem(f"base.station.{code}", params_of({"path": path, **params}))


class Marks:
    """Checks one value at a time against the file's shape and collects every mistake."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def _url(self, key: str, url: str, *, is_training: bool) -> None:
        """Check an address outside: a training station asks only its own simulation, a real one never does."""
        host, right = host_of(url), "http://host:port/path | https://host:port/path"
        if host and is_training and (not is_loopback(host) or url.startswith("https")):
            host, right = "", "http://127.0.0.1:port (training)"
        elif host and not is_training and is_loopback(host):
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

    def _ports(self, ports: list[tuple[str, int]]) -> None:
        taken: dict[int, str] = {}
        for key, port in ports:
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
        self.problems.append(said(code, self.path, key=key, **params))
