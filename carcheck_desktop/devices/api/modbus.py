"""The base of drivers that speak Modbus: points in, readings out, one request a block."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

from carcheck_desktop.devices.api.errors import ReadingUnusableError, RestartedError, StaleError, WrongIdentityError
from carcheck_desktop.devices.api.points import MAX_WRITE_WORDS, Area, Block, PointTable, Register, WordOrder
from carcheck_desktop.devices.api.readings import Quality, Reading, Value
from carcheck_desktop.devices.api.wire import DeviceContext

WRAP_WITHIN = 1000
"""Beats on both sides of 65535 within which a smaller number is the next round, not a restart."""
STALE_AFTER_S = 2.0
"""A heartbeat that stands still for so long (real seconds) means old values."""


class ModbusDevice:
    """One Modbus unit described by `points`.

    `identity` are registers with the values that prove the unit; `heartbeat` a counter that must
    change. `word_order` comes from the option of that name where a driver has one.
    """

    points: ClassVar[PointTable]
    identity: ClassVar[tuple[tuple[Register, Value], ...]] = ()
    heartbeat: ClassVar[Register | None] = None

    def __init__(self, context: DeviceContext, unit: int | None = None) -> None:
        self.context = context
        self.unit = context.unit if unit is None else unit
        self.word_order = WordOrder(str(context.options.get("word_order", WordOrder.ABCD.value)))
        self._plans: dict[tuple[str, ...], tuple[Block, ...]] = {}
        self._beat: int | None = None
        self._frozen: int | None = None
        self._beat_since_s = 0.0

    def read(self, point: Register) -> Reading[Value]:
        """Read one point."""
        return self.read_many((point,))[0]

    def read_many(self, points: Sequence[Register]) -> list[Reading[Value]]:
        """Read points in as few requests as the table allows; the answers come in the order asked."""
        context, order = self.context, self.word_order
        found: dict[str, Reading[Value]] = {}
        for block in self._plan(points):
            cells = context.modbus.read(self.unit, block.area, block.address, block.count)
            now = context.now()
            for register, offset in block.registers:
                raw = register.raw_of(cells[offset : offset + 2], order)
                value, quality = register.value_of(raw)
                found[register.name] = Reading(
                    register.name, value, register.unit, quality, context.origin, context.name, now
                )
        return [found[point.name] for point in points]

    def read_words(self, area: Area, address: int, count: int) -> list[int]:
        """Read raw words or bits in one request."""
        return self.context.modbus.read(self.unit, area, address, count)

    def write(self, point: Register, value: Value) -> None:
        """Write one point in one request (FC 05, 06; FC 16 for 32-bit numbers)."""
        cells = point.cells_of(value, self.word_order)
        self.context.modbus.write(self.unit, point.area, point.address, cells)

    def write_many(self, values: Sequence[tuple[Register, Value]]) -> None:
        """Write neighbouring holding registers in one FC 16 request, in address order."""
        cells: list[int] = []
        start = values[0][0].address
        for point, value in values:
            if point.area is not Area.HOLDING or point.address != start + len(cells):
                raise ValueError(f"{point.name} does not follow its neighbour")
            cells += point.cells_of(value, self.word_order)
        if len(cells) > MAX_WRITE_WORDS:
            raise ValueError(f"{len(cells)} words in one request")
        self.context.modbus.write(self.unit, Area.HOLDING, start, cells)

    def number(self, reading: Reading[Value]) -> Value:
        """Return a reading's value; raise `ReadingUnusableError` unless its quality is good."""
        if reading.value is None or reading.quality is not Quality.GOOD:
            raise ReadingUnusableError(self.context.name, self.context.port, reading.point, reading.quality)
        return reading.value

    def identify(self) -> str:
        """Compare the identity registers; raise `WrongIdentityError` at the first difference."""
        readings = self.read_many([register for register, _ in self.identity])
        self._compare(readings)
        self._refuse_frozen()
        self._beat = None
        return ", ".join(f"{reading.point}={reading.value}" for reading in readings)

    def check_health(self) -> None:
        """Read identity and heartbeat; raise `WrongIdentityError`, `StaleError` or `RestartedError`."""
        beat = () if self.heartbeat is None else (self.heartbeat,)
        readings = self.read_many([*(register for register, _ in self.identity), *beat])
        self._compare(readings[: len(self.identity)])
        if beat:
            self.observe_heartbeat(int(self.number(readings[-1])))

    def _compare(self, readings: Sequence[Reading[Value]]) -> None:
        for reading, (register, expected) in zip(readings, self.identity, strict=True):
            if not _equal(reading.value, expected):
                raise WrongIdentityError(
                    self.context.name, self.context.port, f"{register.name}={expected}", reading.value
                )

    def observe_heartbeat(self, beat: int) -> None:
        """Judge a heartbeat that was read together with other values."""
        now_s = self.context.real_s()
        before, self._beat = self._beat, beat
        if before is None or beat != before:
            self._beat_since_s = now_s
            if before is not None and beat < before and not _wrapped(before, beat):
                raise RestartedError(self.context.name, self.context.port, f"{before} -> {beat}")
        elif now_s - self._beat_since_s >= STALE_AFTER_S:
            self._frozen = beat
            raise StaleError(self.context.name, self.context.port, beat, now_s - self._beat_since_s)

    def _refuse_frozen(self) -> None:
        """A unit whose heartbeat stood still is itself again only when it beats."""
        if self._frozen is None or self.heartbeat is None:
            return
        beat = self.read(self.heartbeat).value
        if beat == self._frozen:
            frozen_s = self.context.real_s() - self._beat_since_s
            raise StaleError(self.context.name, self.context.port, self._frozen, frozen_s)
        self._frozen = None

    def _plan(self, points: Sequence[Register]) -> tuple[Block, ...]:
        key = tuple(point.name for point in points)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self.points.plan(points)
        return plan


def _wrapped(before: int, beat: int) -> bool:
    return before > 0xFFFF - WRAP_WITHIN and beat < WRAP_WITHIN


def _equal(found: Value | None, expected: Value) -> bool:
    if isinstance(expected, float) and isinstance(found, (int, float)):
        return math.isclose(float(found), expected, rel_tol=1e-6)
    return found == expected
