"""GB 18285's edition as frozen tables; `parse_emission` is the only way in and as strict as `tables.parse`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Quantity
from carcheck_desktop.standards.loading.dated import Ground, History, history
from carcheck_desktop.standards.loading.rows import (
    Constant,
    Rounding,
    Setting,
    Source,
    constant,
    days,
    ground,
    opened,
    require,
    rounding,
    setting,
    sources_of,
)

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.standards.loading.reading import Row


class LimitSet(StrEnum):
    """Which of the two sets of limits (限值 a / b) a station is held to."""

    A = "a"
    B = "b"


class Bounds(StrEnum):
    """Whether exactly at a bound of the excess-air coefficient still passes."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class Compared(StrEnum):
    """Which value is held against a limit (修约值比较 or 全数值比较)."""

    ROUNDED = "rounded"
    FULL = "full"


class TractionControl(StrEnum):
    """Whether a traction control that cannot be switched off keeps a car from the dynamometer."""

    FITS = "fits"
    DOES_NOT = "does_not"


UNITS = {
    Quantity.HIGH_IDLE_CO: Unit.PERCENT,
    Quantity.HIGH_IDLE_HC: Unit.PPM,
    Quantity.HIGH_IDLE_LAMBDA: Unit.NONE,
    Quantity.IDLE_CO: Unit.PERCENT,
    Quantity.IDLE_HC: Unit.PPM,
}
"""What is judged, each in its unit."""
CASES = tuple(
    (quantity, comparison)
    for quantity in UNITS
    for comparison in (Comparison.AT_LEAST, Comparison.AT_MOST)
    if comparison is Comparison.AT_MOST or quantity is Quantity.HIGH_IDLE_LAMBDA
)
"""Every limit that both sets must have."""
CONSTANTS = (
    "dilution_percent",
    "high_idle_band_rpm",
    "high_idle_rpm_heavy",
    "high_idle_rpm_light",
    "hold_s",
    "idle_high_rpm",
    "idle_low_rpm",
    "lambda_hcv",
    "lambda_k1",
    "lambda_ocv",
    "lambda_water_gas",
    "light_to_kg",
    "oil_from_C",
    "rated_rpm",
    "residue_hc_below_ppm",
    "sample_s",
    "settle_s",
    "stall_rpm",
    "warm_up_band_rpm",
    "warm_up_percent",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "limit_set": tuple(LimitSet),
    "lambda_bounds": tuple(Bounds),
    "compared": tuple(Compared),
    "traction_control": tuple(TractionControl),
}


@dataclass(frozen=True, slots=True)
class EmissionLimit:
    """What a quantity is held against under one set of limits."""

    key: str
    quantity: Quantity
    set: LimitSet
    comparison: Comparison
    value: Decimal
    unit: str
    ground: Ground

    @property
    def slot(self) -> str:
        """Set, quantity and side as one name."""
        return _slot(self.set, (self.quantity, self.comparison))


@dataclass(frozen=True, slots=True)
class EmissionTables:
    """One edition as it was parsed; `table_hash` is the SHA-256 of the file's bytes."""

    edition: str
    title: str
    valid_from: date
    valid_until: date | None
    table_hash: str
    sources: tuple[Source, ...]
    limits: History[EmissionLimit]
    constants: History[Constant]
    settings: History[Setting]
    roundings: History[Rounding]

    def require_in_force(self, on: date) -> None:
        """Raise `DataError` unless the edition is in force on the day."""
        if on < self.valid_from or (self.valid_until is not None and on > self.valid_until):
            raise DataError("standards.tables.not_in_force", edition=self.edition, on=on.isoformat())

    def constant(self, key: str, on: date) -> Decimal:
        """Return a constant's value on the day."""
        return self.constants.at(key, on).value

    def whole(self, key: str, on: date) -> int:
        """Return a constant that counts something."""
        return int(self.constant(key, on))

    def limit(self, case: tuple[Quantity, Comparison], on: date) -> EmissionLimit:
        """Return the limit of a quantity and side under the set that holds on the day."""
        chosen = LimitSet(self.settings.at("limit_set", on).value)
        return self.limits.at(_slot(chosen, case), on)

    def doubtful(self) -> tuple[EmissionLimit | Constant | Setting | Rounding, ...]:
        """Return every row that still needs the text of the standard."""
        rows: tuple[EmissionLimit | Constant | Setting | Rounding, ...] = (
            *self.limits.all(), *self.constants.all(), *self.settings.all(), *self.roundings.all()
        )  # fmt: skip
        return tuple(row for row in rows if row.ground.confidence is not Confidence.SOURCED)


def parse_emission(content: bytes) -> EmissionTables:
    """Read a table file; raise `DataError` that names the key and value that cannot be used."""
    file = opened(content)
    edition = file.row("edition")
    first, last = days(edition)
    sources = sources_of(file)
    known = frozenset(source.id for source in sources)
    tables = EmissionTables(
        edition=edition.text("id"),
        title=edition.text("title"),
        valid_from=first,
        valid_until=last,
        table_hash=digest_of(content),
        sources=sources,
        limits=History(history((_limit(row, known) for row in file.rows("limit")), first, last)),
        constants=History(history((constant(row, known, CONSTANTS) for row in file.rows("constant")), first, last)),
        settings=History(history((setting(row, known, SETTINGS) for row in file.rows("setting")), first, last)),
        roundings=History(history((rounding(row, known) for row in file.rows("rounding")), first, last)),
    )
    edition.done()
    file.done()
    require("limit", [_slot(chosen, case) for chosen in LimitSet for case in CASES], tables.limits.rows)
    require("constant", CONSTANTS, tables.constants.rows)
    require("setting", SETTINGS, tables.settings.rows)
    require("rounding", UNITS, tables.roundings.rows)
    return tables


def _slot(chosen: LimitSet, case: tuple[Quantity, Comparison]) -> str:
    return ".".join((chosen, *case))


def _limit(row: Row, known: frozenset[str]) -> EmissionLimit:
    key, case = row.text("key"), (row.choice("quantity", Quantity), row.choice("comparison", Comparison))
    if case not in CASES:
        raise row.refuse("quantity", " ".join(case), ", ".join(" ".join(each) for each in CASES))
    chosen, value, unit = row.choice("set", LimitSet), row.number("value"), row.text("unit")
    if value < 0:
        raise row.refuse("value", value, ">= 0")
    if unit != UNITS[case[0]]:
        raise row.refuse("unit", unit, UNITS[case[0]])
    return EmissionLimit(key, case[0], chosen, case[1], value, unit, ground(row, known))
