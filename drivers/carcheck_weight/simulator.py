"""The transmitters' side: a load cell that settles, increments, stable bit, zero and tare."""

from __future__ import annotations

from collections import deque
from typing import ClassVar

from carcheck_desktop.devices.api import Area, ModbusSimulator, Register, Side, SimulatorContext
from carcheck_desktop.devices.api.physics import LoadCell
from drivers.carcheck_weight import protocol as p

NOISE_KG = 0.15
STABLE_STEPS = 10
"""The stable bit needs half a second within one increment."""
OVERLOAD_INCREMENTS = 9
UNDERLOAD_INCREMENTS = 20
ZERO_SHARE = 0.04
"""A transmitter sets to zero only near its own zero: 4 % of the capacity."""


class WeightPadSimulator(ModbusSimulator):
    """One weight transmitter of carcheck's Modbus convention; `is_broken` is its sensor fault."""

    points = p.POINTS
    identity = p.IDENTITY
    spans: ClassVar = {Area.INPUT: (range(16),), Area.HOLDING: (range(1),)}
    step_s = 0.05

    def __init__(self, context: SimulatorContext, side: Side) -> None:
        options = context.options
        self.side = side
        self.decimals = int(options.get("decimals", 0))
        self.division = int(options.get("division", 1))
        self.capacity_kg = float(options.get("capacity_kg", 5000))
        self.is_broken = False
        super().__init__(context)
        self._begin()

    def _begin(self) -> None:
        self.cell = LoadCell()
        self.zero_kg = 0.0
        self.tare = 0
        self.gross = 0
        self._is_tared = False
        self._cycle = 0
        self._recent: deque[int] = deque(maxlen=STABLE_STEPS)
        self.blank()
        self.put(p.DECIMALS, self.decimals)
        self.put(p.DIVISION, self.division)

    def power_up(self) -> None:
        """Begin with the zero of the factory and no tare."""
        self._begin()

    @property
    def increment_kg(self) -> float:
        """What one increment weighs."""
        return float(p.mass_kg(1, self.division, self.decimals))

    def step(self) -> None:
        """Follow the load and judge whether it stands still."""
        self._cycle += 1
        wheel = self.world.wheel(self.context.place, self.side, self.at_s)
        self.cell.step(self.step_s, wheel.load_kg if wheel else 0.0)
        noise_kg = NOISE_KG * self.world.noise(self.context.place, f"pad_{self.side.value}", self.step_number)
        self.gross = round((self.cell.load_kg - self.zero_kg + noise_kg) / self.increment_kg)
        self._recent.append(self.gross)

    def before_read(self, area: Area, address: int, count: int) -> None:  # noqa: ARG002 - the hook's signature
        """Bring the measured registers up to date."""
        if area is Area.INPUT and self._cycle:
            self.put(p.HEARTBEAT, (self._cycle // 2 - 1) % 0xFFFF + 1)
            self.put(p.SEQUENCE, (self._cycle - 1) % 0xFFFF + 1)
            self.put(p.STATUS, self._status())
            self.put(p.GROSS, self.gross)
            self.put(p.NET, self.gross - self.tare)

    def on_write(self, registers: tuple[Register, ...]) -> None:
        """Carry out zero, tare and clear tare."""
        command = self.get(registers[0])
        if command == p.Command.ZERO and abs(self.cell.load_kg) <= ZERO_SHARE * self.capacity_kg:
            self.zero_kg = self.cell.load_kg
            self.gross = 0
        elif command == p.Command.TARE:
            self.tare, self._is_tared = self.gross, True
        elif command == p.Command.CLEAR_TARE:
            self.tare, self._is_tared = 0, False

    def _status(self) -> p.Status:
        if self.is_broken:
            return p.Status.SENSOR_FAULT
        status = p.Status.NET if self._is_tared else p.Status(0)
        if len(self._recent) == STABLE_STEPS and max(self._recent) - min(self._recent) <= 1:
            status |= p.Status.STABLE
        if self.gross == 0:
            status |= p.Status.ZERO
        if self.gross > self.capacity_kg / self.increment_kg + OVERLOAD_INCREMENTS:
            status |= p.Status.OVERLOAD
        if self.gross < -UNDERLOAD_INCREMENTS:
            status |= p.Status.UNDERLOAD
        return status
