"""A small instrument of the tests' own with its simulator, and a port to put it behind."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from carcheck_desktop.devices.api import (
    Access,
    Area,
    Codec,
    DeviceContext,
    Faults,
    GasState,
    ModbusDevice,
    ModbusSimulator,
    Origin,
    PointTable,
    Quality,
    Register,
    Side,
    SimulatorContext,
    Unit,
    WheelState,
)
from carcheck_desktop.devices.machinery.lines.health import Attachment, DeviceHealth
from carcheck_desktop.devices.machinery.lines.line import Line
from carcheck_desktop.devices.machinery.modbus.codec import Framing
from carcheck_desktop.devices.machinery.modbus.master import LineModbusMaster
from carcheck_desktop.devices.machinery.serving import ModbusUnits, SimulatedPort
from carcheck_desktop.devices.machinery.wire.ports import PortKind, PortSettings
from carcheck_desktop.devices.machinery.wire.wire_log import WireLog

MAGIC = Register("magic", Area.INPUT, 0)
BEAT = Register("beat", Area.INPUT, 1)
TEMPERATURE = Register(
    "temperature",
    Area.INPUT,
    2,
    Codec.I16,
    Unit.DEGREE_CELSIUS,
    Decimal("0.1"),
    valid=(-40, 80),
    sentinels={0x7FFF: Quality.SENSOR_FAULT},
)
PRESSURE = Register("pressure", Area.INPUT, 10, Codec.F32, Unit.KILOPASCAL, valid=(80, 120))
TARGET = Register("target", Area.HOLDING, 0, Codec.I16, Unit.DEGREE_CELSIUS, access=Access.READ_WRITE)
SERIAL = Register("serial", Area.HOLDING, 1, Codec.U32, access=Access.READ_WRITE)
HEATER = Register("heater", Area.COIL, 0, Codec.BIT, access=Access.READ_WRITE)
POINTS = PointTable(MAGIC, BEAT, TEMPERATURE, PRESSURE, TARGET, SERIAL, HEATER)
IDENTITY = ((MAGIC, 0x5AA5),)


class Thermometer(ModbusDevice):
    """A thermometer that beats twice a second."""

    points = POINTS
    identity = IDENTITY
    heartbeat = BEAT


class ThermometerSimulator(ModbusSimulator):
    """Its other side."""

    points = POINTS
    identity = IDENTITY

    def __init__(self, context: SimulatorContext) -> None:
        super().__init__(context)
        self.beats = 0
        self.starts = 0
        self.written: tuple[str, ...] = ()

    def power_up(self) -> None:
        self.beats = 0
        self.starts += 1
        self.blank()
        self.put(TEMPERATURE, Decimal("21.5"))
        self.put(PRESSURE, 101.25)

    def step(self) -> None:
        if self.step_number % 25 == 0:
            self.beats += 1
            self.put(BEAT, self.beats)

    def on_write(self, registers: tuple[Register, ...]) -> None:
        self.written = tuple(register.name for register in registers)


class EmptyWorld:
    """Nothing stands anywhere."""

    def wheel(self, place: str, side: Side, at_s: float) -> WheelState | None:
        return None

    def is_occupied(self, place: str, at_s: float) -> bool:
        return False

    def gas(self, place: str, at_s: float) -> GasState | None:
        return None

    def noise(self, place: str, channel: str, step: int) -> float:
        return 0.0


def simulator(faults: Faults | None = None, unit: int = 1) -> ThermometerSimulator:
    return ThermometerSimulator(
        SimulatorContext("thermometer", unit, "here", EmptyWorld(), {}, faults if faults is not None else Faults())
    )


def free_tcp() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{probe.getsockname()[1]}"


def utc() -> datetime:
    return datetime.now(UTC)


@contextmanager
def served(
    settings: PortSettings, units: Mapping[int, ModbusSimulator], *, pace: bool = False
) -> Iterator[SimulatedPort]:
    framing = Framing.TCP if settings.kind is PortKind.TCP else Framing.RTU
    port = SimulatedPort(settings, ModbusUnits(units, framing), list(units.values()), pace)
    port.start(time.monotonic)
    try:
        yield port
    finally:
        port.close()


class Watched:
    """A line with one thermometer on it and everything it told."""

    def __init__(self, settings: PortSettings, log: WireLog | None = None) -> None:
        self.line = Line(settings, log)
        self.told: list[tuple[float, DeviceHealth]] = []
        self.device = Thermometer(self.context("thermometer", 1))
        self.attachment = Attachment("thermometer", self.device, self._tell, utc)
        self.line.attach(self.attachment)

    def context(self, name: str, unit: int) -> DeviceContext:
        line = self.line
        return DeviceContext(
            name=name,
            port=line.settings.name,
            unit=unit,
            place="here",
            origin=Origin.SIMULATOR,
            transport=line.transport,
            modbus=LineModbusMaster(line.transport, name),
            now=utc,
            real_s=time.monotonic,
        )

    def _tell(self, health: DeviceHealth) -> None:
        self.told.append((time.monotonic(), health))

    @property
    def codes(self) -> list[str]:
        return [health.problem.code if health.problem else "attached" for _, health in self.told]

    def wait_for(self, code: str, within_s: float = 4.0) -> DeviceHealth:
        wait_until(lambda: code in self.codes, within_s, lambda: f"{code} not in {self.codes}")
        return next(
            health for _, health in self.told if (health.problem.code if health.problem else "attached") == code
        )

    def __enter__(self) -> Watched:
        self.line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()


def wait_until(holds: Callable[[], bool], within_s: float = 4.0, say: Callable[[], str] = lambda: "") -> None:
    end_s = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end_s, say() or "waited too long"
        time.sleep(0.005)


def pty_settings(folder: Path, baud: int = 115200) -> PortSettings:
    return PortSettings(str(folder / "port"), baud)
