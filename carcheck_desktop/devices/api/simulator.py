"""The other side of the wire: physics with time as an argument, and faults common to all.

A simulator knows no wire and no clock. `machinery.serving` puts it behind a port, calls `advance`
and applies the faults that concern bytes; those that concern values are applied here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from carcheck_desktop.devices.api.points import Access, Area, PointTable, Register, WordOrder
from carcheck_desktop.devices.api.readings import Value
from carcheck_desktop.devices.api.world import World


@dataclass(slots=True)
class Faults:
    """Switches that a scenario or a test throws while a simulator runs.

    On the bytes: `silent` never answers, `late_s` answers so many real seconds later, `garbled`
    damages the middle of each answer, `wrong_checksum` damages its end, `reboot_mid_answer` sends
    half of the next answer, restarts and clears itself, `unplugged` takes the port away.
    On the values: `stuck` freezes them with the heartbeat, `wrong_identity` answers as another make.
    """

    silent: bool = False
    late_s: float = 0.0
    garbled: bool = False
    wrong_checksum: bool = False
    stuck: bool = False
    wrong_identity: bool = False
    reboot_mid_answer: bool = False
    unplugged: bool = False

    def clear(self) -> None:
        """Switch every fault off."""
        for name, value in vars_of(type(self)()).items():
            setattr(self, name, value)


def vars_of(faults: Faults) -> dict[str, bool | float]:
    """Return every switch with its position."""
    return {each.name: getattr(faults, each.name) for each in fields(faults)}


@dataclass(frozen=True, slots=True)
class SimulatorContext:
    """Everything a simulator is made of; `outputs` tells whether a wired output allows motors.

    `outputs(name)` returns the state of a digital output such as `io:0` (device and channel), so
    that a bench feels its contactor; True when nothing is wired. `switch(name, on)` is how an I/O
    simulator tells of its outputs.
    """

    name: str
    unit: int
    place: str
    world: World
    options: Mapping[str, Value | str]
    faults: Faults = field(default_factory=Faults)
    outputs: Callable[[str], bool] = lambda _name: True
    switch: Callable[[str, bool], None] = lambda _name, _on: None


class _FrozenAfterConstruction(type):
    def __call__(cls, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as every metaclass
        made = super().__call__(*args, **kwargs)
        object.__setattr__(made, "_is_complete", True)
        return made


class Simulator(metaclass=_FrozenAfterConstruction):
    """One simulated instrument. After construction no new attribute can appear, so a misspelling fails."""

    step_s: ClassVar[float] = 0.01
    _is_complete = False

    def __init__(self, context: SimulatorContext) -> None:
        self.context = context
        self.world = context.world
        self.faults = context.faults
        self.at_s = 0.0
        self.real_s = 0.0
        self._steps: int | None = None

    def __setattr__(self, name: str, value: object) -> None:
        if self._is_complete and not hasattr(self, name):
            raise AttributeError(f"{type(self).__name__} has no attribute {name}")
        object.__setattr__(self, name, value)

    def advance(self, to_s: float, real_s: float) -> None:
        """Step through the simulation's time up to `to_s`; `real_s` is what watchdogs count.

        The first call only sets the clocks. While `stuck`, time passes and nothing moves.
        """
        target = int(to_s / self.step_s + 1e-9)
        if self._steps is None:
            self._steps, self.at_s, self.real_s = target, target * self.step_s, real_s
            self.power_up()
            return
        self.real_s = real_s
        while self._steps < target:
            self._steps += 1
            self.at_s = self._steps * self.step_s
            if not self.faults.stuck:
                self.step()

    @property
    def step_number(self) -> int:
        """The number of the current step, the same at every speed; for `World.noise`."""
        return self._steps or 0

    def step(self) -> None:
        """Move everything on by `step_s` to `self.at_s`; watchdogs compare with `self.real_s`."""

    def power_up(self) -> None:
        """Begin as after switching on; called at the first moment and after a reboot."""

    def on_bytes(self, data: bytes, at_s: float) -> bytes:
        """Take bytes from the host and return the answer; for instruments that speak in frames."""
        raise NotImplementedError

    def take_output(self) -> list[bytes]:
        """Return the frames that the instrument sends unasked since the last call."""
        return []


class RegisterError(Exception):
    """A Modbus request that a simulated unit refuses: 1 function, 2 address, 3 value, 4 failure."""

    def __init__(self, exception: int) -> None:
        self.exception = exception
        super().__init__(f"exception {exception}")


class ModbusSimulator(Simulator):
    """A simulated Modbus unit on the same table of points as the driver.

    `spans` are the addresses that can be read without gaps; without an entry only the points' own
    addresses. `identity` as in the driver: those registers answer wrong while `wrong_identity`.
    """

    points: ClassVar[PointTable]
    identity: ClassVar[tuple[tuple[Register, Value], ...]] = ()
    spans: ClassVar[Mapping[Area, Sequence[range]]] = {}

    def __init__(self, context: SimulatorContext) -> None:
        super().__init__(context)
        self.word_order = WordOrder(str(context.options.get("word_order", WordOrder.ABCD.value)))
        self._cells: dict[Area, dict[int, int]] = {area: {} for area in Area}
        self._writable: dict[Area, dict[int, Register]] = {area: {} for area in Area}
        self.blank()

    def blank(self) -> None:
        """Set every cell to zero and the identity to its values."""
        for area, ranges in self.spans.items():
            self._cells[area].update((address, 0) for span in ranges for address in span)
        for register in self.points.registers:
            for address in range(register.address, register.end):
                self._cells[register.area][address] = 0
                if register.access is not Access.READ:
                    self._writable[register.area][address] = register
        for register, value in self.identity:
            self.put(register, value)

    def put(self, register: Register, value: Value) -> None:
        """Set a point to a scaled value."""
        for offset, cell in enumerate(register.cells_of(value, self.word_order)):
            self._cells[register.area][register.address + offset] = cell

    def get(self, register: Register) -> Value | None:
        """Return a point's scaled value."""
        cells = self._cells[register.area]
        raw = register.raw_of([cells[address] for address in range(register.address, register.end)], self.word_order)
        return register.value_of(raw)[0]

    def read_cells(self, area: Area, address: int, count: int) -> list[int]:
        """Answer a read request from the wire; raise `RegisterError` outside the map."""
        self.before_read(area, address, count)
        cells = self._cells[area]
        try:
            found = [cells[one] for one in range(address, address + count)]
        except KeyError:
            raise RegisterError(2) from None
        if self.faults.wrong_identity:
            for register, _ in self.identity:
                for one in range(register.address, register.end):
                    if register.area is area and address <= one < address + count:
                        found[one - address] ^= 0x0FF0
        return found

    def write_cells(self, area: Area, address: int, values: Sequence[int]) -> None:
        """Carry out a write request from the wire; raise `RegisterError` on a read-only address."""
        writable = self._writable[area]
        touched: dict[str, Register] = {}
        for one in range(address, address + len(values)):
            if one not in writable:
                raise RegisterError(2)
            touched[writable[one].name] = writable[one]
        self._cells[area].update(zip(range(address, address + len(values)), values, strict=True))
        self.on_write(tuple(touched.values()))

    def put_cells(self, area: Area, address: int, values: Sequence[int]) -> None:
        """Set raw cells, for example of a ring that no point names."""
        self._cells[area].update(zip(range(address, address + len(values)), values, strict=True))

    def before_read(self, area: Area, address: int, count: int) -> None:
        """Hook: bring cells up to date that are only computed when somebody looks."""

    def on_write(self, registers: tuple[Register, ...]) -> None:
        """Hook: the host has written these points in one request; their values are in place."""
