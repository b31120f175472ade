"""How a folder under drivers/ says what it offers: `DRIVER = DriverInfo(...)` in its `__init__.py`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.devices.api.points import PointTable
from carcheck_desktop.devices.api.readings import Value
from carcheck_desktop.devices.api.simulator import Faults
from carcheck_desktop.devices.api.wire import DeviceContext

if TYPE_CHECKING:
    from carcheck_desktop.devices.api.simulator import Simulator, SimulatorContext

OptionValue = Value | str


class Driver(Protocol):
    """What every driver has besides the methods of its kind; called by its line's thread only."""

    def identify(self) -> str:
        """Ask who is there and return a text for people; raises `WrongIdentityError`.

        Called after each connect, before anything else.
        """
        ...

    def check_health(self) -> None:
        """Raise the diagnosis when the instrument is not well; called about twice a second when idle."""
        ...


class WireKind(StrEnum):
    """What is spoken on the line."""

    MODBUS = "modbus"
    FRAMES = "frames"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a site may set under `[lane.device.options]`.

    The default's type is the option's type (bool, int, Decimal or str). `low` and `high` bound
    numbers, `choices` lists allowed values. `doubtful`: the source is silent and this is our
    reading, shown as such. `words` is the catalogue code that says what it does.
    """

    name: str
    default: OptionValue
    words: str
    doubtful: bool = False
    choices: tuple[OptionValue, ...] = ()
    low: OptionValue | None = None
    high: OptionValue | None = None

    def accept(self, driver: str, given: object) -> OptionValue:
        """Return the value in the option's type; raise `UsageError` naming option and what is right."""
        value = _converted(self.default, given)
        if value is None or not self._allows(value):
            raise UsageError(
                "devices.option_wrong", driver=driver, option=self.name, value=given, expected=self.expected()
            )
        return value

    def expected(self) -> str:
        """Return what would be right, as text."""
        if self.choices:
            return " | ".join(str(choice) for choice in self.choices)
        bounds = "" if self.low is None and self.high is None else f" {self.low}…{self.high}"
        return f"{type(self.default).__name__}{bounds}"

    def _allows(self, value: OptionValue) -> bool:
        if self.choices and value not in self.choices:
            return False
        if isinstance(value, str):
            return True
        if isinstance(self.low, (int, float, Decimal)) and value < self.low:
            return False
        return not (isinstance(self.high, (int, float, Decimal)) and value > self.high)


def _converted(default: OptionValue, given: object) -> OptionValue | None:
    if isinstance(default, bool) or isinstance(given, bool):
        return given if isinstance(default, bool) and isinstance(given, bool) else None
    if isinstance(default, int):
        return given if isinstance(given, int) else None
    if isinstance(default, (Decimal, float)):
        return _decimal(given)
    return given if isinstance(given, str) else None


def _decimal(given: object) -> Decimal | None:
    if not isinstance(given, (int, float, str, Decimal)):
        return None
    try:
        return Decimal(str(given))
    except InvalidOperation:
        return None


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind that a driver folder fulfils.

    `driver` makes the class that fulfils the kind's `…Driver` protocol and `Driver`. `simulator`
    makes the other side: Modbus unit -> simulator ({0: simulator} where frames are spoken). `load`
    returns which share of a line (bytes a second one way, clock's speed) the device needs, 1.0 = all.
    `faults` makes the simulator's switches, where it has more than the common ones.
    """

    driver: Callable[[DeviceContext], Driver]
    simulator: Callable[[SimulatorContext], Mapping[int, Simulator]]
    points: PointTable
    wire: WireKind
    baud: int
    parity: str = "N"
    unit: int = 1
    options: tuple[Option, ...] = ()
    load: Callable[[float, float], float] | None = None
    faults: Callable[[], Faults] = Faults

    def settle(self, driver: str, given: Mapping[str, object]) -> dict[str, OptionValue]:
        """Return every option with the given or the default value; refuse unknown names."""
        known = {option.name: option for option in self.options}
        for name in given:
            if name not in known:
                raise UsageError(
                    "devices.option_unknown", driver=driver, option=name, known=", ".join(sorted(known)) or "-"
                )
        return {
            name: option.accept(driver, given[name]) if name in given else option.default
            for name, option in known.items()
        }


FETCH_S = 0.2
RUN_PAIRS = 62
READ_OVERHEAD = 13
RING_HEADER_BYTES = READ_OVERHEAD + 12
RING_AGAIN_BYTES = READ_OVERHEAD + 4


def line_load(bytes_per_s: float, samples_per_s: float, fetch_s: float = FETCH_S) -> float:
    """Return the share of a line that fetching a curve ring costs (carcheck's Modbus convention).

    Each fetch reads the header, the new pairs in runs of at most 62, and the newest number again:
    100 samples a second every 0.2 s are 675 bytes a second, 70 % of 9600 baud 8N1.
    """
    pairs = samples_per_s * fetch_s
    runs = math.ceil(pairs / RUN_PAIRS)
    per_fetch = RING_HEADER_BYTES + RING_AGAIN_BYTES + runs * READ_OVERHEAD + 4 * pairs
    return per_fetch / fetch_s / bytes_per_s


@dataclass(frozen=True, slots=True)
class DriverInfo:
    """What a driver folder is: `name` equals the folder, `source` names page and confidence."""

    name: str
    version: str
    source: str
    offers: Mapping[str, Offer] = field(default_factory=dict)
