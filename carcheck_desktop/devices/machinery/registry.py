"""From names in station.toml to instruments: drivers found by name, lines shared, handles made.

The only place in devices that loads modules by name; nobody imports a driver.
"""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

import drivers
from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.devices.api import (
    KINDS,
    AxleScaleDriver,
    BrakeTesterDriver,
    DeviceContext,
    DigitalIoDriver,
    DriverInfo,
    GasAnalyserDriver,
    InstrumentUsed,
    Offer,
    OptionValue,
    Origin,
    WireKind,
)
from carcheck_desktop.devices.machinery.gas_handle import GasAnalyserHandle
from carcheck_desktop.devices.machinery.handles import (
    AxleScaleHandle,
    BrakeTesterHandle,
    DigitalIoHandle,
)
from carcheck_desktop.devices.machinery.lines.health import Attachment, OnHealth
from carcheck_desktop.devices.machinery.lines.line import Line
from carcheck_desktop.devices.machinery.modbus.master import ANSWER_S, LineModbusMaster
from carcheck_desktop.devices.machinery.rolling import StopOutput
from carcheck_desktop.devices.machinery.wire.ports import PortSettings, is_unreal
from carcheck_desktop.devices.machinery.wire.wire_log import FileWireLog

MOST_LOAD = 0.9
"""A line must not be planned fuller than this."""


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """One `[[lane.device]]`. None means the driver's own default; `answer_s` is how long it may think."""

    name: str
    kind: str
    driver: str
    port: str
    baud: int | None = None
    parity: str | None = None
    unit: int | None = None
    place: str = ""
    answer_s: float = ANSWER_S
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SettledDevice:
    """A configuration with its driver's offer, every default filled in and everything checked."""

    config: DeviceConfig
    info: DriverInfo
    offer: Offer
    settings: PortSettings
    unit: int
    options: dict[str, OptionValue]
    stop_output: tuple[str, int] | None = None

    @property
    def name(self) -> str:
        """The device's name."""
        return self.config.name


def driver_names() -> tuple[str, ...]:
    """Return the folders under drivers/, sorted."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(drivers.__path__) if found.ispkg))


def find_driver(name: str) -> DriverInfo:
    """Load one driver folder; raise `UsageError` when there is none of this name."""
    if name not in driver_names():
        raise UsageError("devices.driver_unknown", driver=name, known=", ".join(driver_names()) or "-")
    info = importlib.import_module(f"drivers.{name}").DRIVER
    if not isinstance(info, DriverInfo):
        raise UsageError("devices.driver_unknown", driver=name, known=", ".join(driver_names()))
    return info


def settle(configs: Sequence[DeviceConfig], *, training: bool, speed: float = 1.0) -> list[SettledDevice]:
    """Check all devices of a process together; raise `UsageError` naming device, key and what is right."""
    settled: list[SettledDevice] = []
    for config in configs:
        if any(other.name == config.name for other in settled):
            raise UsageError("devices.name_twice", device=config.name)
        one = _settle_one(config)
        if not training and is_unreal(config.port) and config.port.startswith("tcp:"):
            raise UsageError("devices.station_is_real", device=config.name, port=config.port)
        settled.append(one)
    _check_lines(settled, speed)
    return [_with_stop_output(one, settled) for one in settled]


def _settle_one(config: DeviceConfig) -> SettledDevice:
    info = find_driver(config.driver)
    offer = info.offers.get(config.kind)
    if config.kind not in KINDS or offer is None:
        raise UsageError(
            "devices.kind_unknown",
            device=config.name,
            kind=config.kind,
            driver=config.driver,
            known=", ".join(info.offers),
        )
    baud = offer.baud if config.baud is None else config.baud
    settings = PortSettings(config.port, baud, config.parity or offer.parity)
    settings.validate()
    unit = offer.unit if config.unit is None else config.unit
    return SettledDevice(config, info, offer, settings, unit, offer.settle(config.driver, config.options))


def _check_lines(settled: Sequence[SettledDevice], speed: float) -> None:
    for name in {one.settings.name for one in settled}:
        sharing = [one for one in settled if one.settings.name == name]
        first = sharing[0]
        if len({one.settings for one in sharing}) > 1:
            raise UsageError("devices.port_settings_differ", port=name, devices=", ".join(one.name for one in sharing))
        if len(sharing) > 1 and any(one.offer.wire is WireKind.FRAMES for one in sharing):
            raise UsageError("devices.port_not_shared", port=name, devices=", ".join(one.name for one in sharing))
        capacity = first.settings.bytes_per_s
        load = sum(one.offer.load(capacity, speed) for one in sharing if capacity and one.offer.load)
        if load > MOST_LOAD:
            raise UsageError(
                "devices.line_overloaded",
                port=name,
                baud=first.settings.baud,
                speed=f"{speed:g}",
                percent=round(load * 100),
            )


def _with_stop_output(one: SettledDevice, settled: Sequence[SettledDevice]) -> SettledDevice:
    """Resolve `stop_output = "io:0"`: a device's name, or a driver's where only one device has it."""
    wired = str(one.options.get("stop_output", ""))
    if not wired:
        return one
    name, _, channel = wired.rpartition(":")
    found = [
        other for other in settled if other.config.kind == "DigitalIo" and name in (other.name, other.config.driver)
    ]
    exact = [other for other in found if other.name == name] or found
    if len(exact) != 1 or not channel.isdigit():
        known = ", ".join(other.name for other in settled if other.config.kind == "DigitalIo")
        raise UsageError("devices.stop_output_wrong", device=one.name, value=wired, known=known or "-")
    output = (exact[0].name, int(channel))
    options = {**one.options, "stop_output": f"{output[0]}:{output[1]}"}
    return SettledDevice(one.config, one.info, one.offer, one.settings, one.unit, options, output)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the process gives to its instruments. `wire_logs` None keeps no wire log (a probe)."""

    training: bool
    on_health: OnHealth
    now: Callable[[], datetime]
    wire_logs: Path | None
    speed: float = 1.0


class Instruments:
    """All instruments of a process behind their lines. `start` once, `close` at the end."""

    def __init__(self, configs: Sequence[DeviceConfig], around: Surroundings) -> None:
        self.settled = settle(configs, training=around.training, speed=around.speed)
        self.lines: dict[str, Line] = {}
        self.brake_testers: dict[str, BrakeTesterHandle] = {}
        self.axle_scales: dict[str, AxleScaleHandle] = {}
        self.gas_analysers: dict[str, GasAnalyserHandle] = {}
        self.digital_ios: dict[str, DigitalIoHandle] = {}
        self._around = around
        for one in self.settled:
            self._add(one)
        for one in self.settled:
            if one.stop_output is not None and one.name in self.brake_testers:
                device, channel = one.stop_output
                self.brake_testers[one.name].stop_output = StopOutput(self.digital_ios[device], channel)

    @property
    def handles(self) -> dict[str, BrakeTesterHandle | AxleScaleHandle | GasAnalyserHandle | DigitalIoHandle]:
        """Every handle by its device's name."""
        return {**self.brake_testers, **self.axle_scales, **self.gas_analysers, **self.digital_ios}

    def start(self) -> None:
        """Open every port; what is missing is told through `on_health` and tried again."""
        for line in self.lines.values():
            line.start()

    def close(self) -> None:
        """Let go of every port and end every thread."""
        for line in self.lines.values():
            line.close()

    def _add(self, one: SettledDevice) -> None:
        around = self._around
        line = self._line(one.settings)
        origin = Origin.SIMULATOR if around.training else Origin.HARDWARE
        driver = one.offer.driver(_context(one, line, origin, around.now))
        attachment = Attachment(one.name, driver, around.on_health, around.now)
        line.attach(attachment)
        used = InstrumentUsed(one.name, one.info.name, one.info.version, one.settings.name)
        kind = one.config.kind
        if kind == "BrakeTester":
            bench = cast("BrakeTesterDriver", driver)
            self.brake_testers[one.name] = BrakeTesterHandle(line, attachment, bench, used, origin)
        elif kind == "AxleScale":
            scale = cast("AxleScaleDriver", driver)
            self.axle_scales[one.name] = AxleScaleHandle(line, attachment, scale, used, origin)
        elif kind == "GasAnalyser":
            analyser = cast("GasAnalyserDriver", driver)
            self.gas_analysers[one.name] = GasAnalyserHandle(line, attachment, analyser, used, origin)
        else:
            self.digital_ios[one.name] = DigitalIoHandle(
                line, attachment, cast("DigitalIoDriver", driver), used, origin
            )

    def _line(self, settings: PortSettings) -> Line:
        line = self.lines.get(settings.name)
        if line is None:
            folder = self._around.wire_logs
            log = None if folder is None else FileWireLog(folder, settings)
            line = self.lines[settings.name] = Line(settings, log, may_be_unreal=self._around.training)
        return line


def _context(one: SettledDevice, line: Line, origin: Origin, now: Callable[[], datetime]) -> DeviceContext:
    return DeviceContext(
        name=one.name,
        port=one.settings.name,
        unit=one.unit,
        place=one.config.place,
        origin=origin,
        transport=line.transport,
        modbus=LineModbusMaster(line.transport, one.name, one.config.answer_s),
        now=now,
        real_s=time.monotonic,
        options=one.options,
    )
