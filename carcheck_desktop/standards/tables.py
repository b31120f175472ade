"""One standard's edition as frozen tables: limits, constants, choices and rounding, all dated.

`parse` is the only way in. It refuses what it does not know, what is missing, and rows that
overlap or leave a gap. What the figures mean is in `brakes`, `plan` and `verdicts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.vehicle import InspectionKind, VehicleCategory
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Quantity
from carcheck_desktop.standards.loading.dated import Ground, History, history
from carcheck_desktop.standards.loading.rows import (
    Constant,
    Mode,
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

__all__ = [
    "Branch",
    "Constant",
    "Limit",
    "Mode",
    "Place",
    "Rounding",
    "Setting",
    "Source",
    "Tables",
    "WindowEnd",
    "YearCount",
    "parse",
]


class Place(StrEnum):
    """Which part of the vehicle a limit is for; front and rear as GB 7258 counts axles."""

    FRONT = "front"
    REAR = "rear"
    WHOLE = "whole"


class Branch(StrEnum):
    """Which case of a limit: by the axle's rounded rate, or by total over curb mass."""

    ANY = "any"
    RATE_FROM = "rate_from"
    RATE_BELOW = "rate_below"
    MASS_RATIO_FROM = "mass_ratio_from"
    MASS_RATIO_BELOW = "mass_ratio_below"


class WindowEnd(StrEnum):
    """Where the build-up of an imbalance ends, as long as no wheel locks."""

    LATER_PEAK = "later_peak"
    EARLIER_PEAK = "earlier_peak"


class YearCount(StrEnum):
    """How a vehicle's years are counted."""

    DATE_EXACT = "date_exact"
    CALENDAR = "calendar"


CASES = (
    (Quantity.AXLE_BRAKE_RATE, Place.FRONT, Branch.ANY),
    (Quantity.AXLE_BRAKE_RATE, Place.REAR, Branch.ANY),
    (Quantity.IMBALANCE, Place.FRONT, Branch.ANY),
    (Quantity.IMBALANCE, Place.REAR, Branch.RATE_FROM),
    (Quantity.IMBALANCE, Place.REAR, Branch.RATE_BELOW),
    (Quantity.WHOLE_VEHICLE_BRAKE_RATE, Place.WHOLE, Branch.ANY),
    (Quantity.PARKING_BRAKE_RATE, Place.WHOLE, Branch.MASS_RATIO_FROM),
    (Quantity.PARKING_BRAKE_RATE, Place.WHOLE, Branch.MASS_RATIO_BELOW),
)
"""Every limit a category must have, for each kind of inspection."""
QUANTITIES = tuple(dict.fromkeys(quantity for quantity, _, _ in CASES))

CONSTANTS = (
    "daN_per_kg",
    "front_axles",
    "idle_wheel_percent",
    "imbalance_branch_rate",
    "parking_mass_ratio",
    "parking_seats_from",
    "parking_years_over",
    "zero_band_daN",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "imbalance_window_end": tuple(WindowEnd),
    "ten_year_count": tuple(YearCount),
    "parking_at_mass_ratio": (Branch.MASS_RATIO_FROM, Branch.MASS_RATIO_BELOW),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """What a quantity is held against, for one category, kind of inspection, place and branch."""

    key: str
    quantity: Quantity
    category: VehicleCategory
    inspection: InspectionKind
    place: Place
    branch: Branch
    comparison: Comparison
    value: Decimal
    unit: str
    ground: Ground

    @property
    def slot(self) -> str:
        """Category, inspection, quantity, place and branch as one name."""
        return _slot(self.category, self.inspection, (self.quantity, self.place, self.branch))


@dataclass(frozen=True, slots=True)
class Tables:
    """One edition as it was parsed; `table_hash` is the SHA-256 of the file's bytes."""

    edition: str
    title: str
    limits_of: str
    valid_from: date
    valid_until: date | None
    table_hash: str
    sources: tuple[Source, ...]
    limits: History[Limit]
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

    def limit(
        self, category: VehicleCategory, inspection: InspectionKind, case: tuple[Quantity, Place, Branch], on: date
    ) -> Limit:
        """Return the limit of a case on the day; raise `DataError` if the tables have none."""
        return self.limits.at(_slot(category, inspection, case), on)

    def doubtful(self) -> tuple[Limit | Constant | Setting | Rounding, ...]:
        """Return every row that still needs the paid text."""
        rows: tuple[Limit | Constant | Setting | Rounding, ...] = (
            *self.limits.all(), *self.constants.all(), *self.settings.all(), *self.roundings.all()
        )  # fmt: skip
        return tuple(row for row in rows if row.ground.confidence is not Confidence.SOURCED)


def parse(content: bytes) -> Tables:
    """Read a table file; raise `DataError` that names the key and value that cannot be used."""
    file = opened(content)
    edition = file.row("edition")
    first, last = days(edition)
    sources = sources_of(file)
    known = frozenset(source.id for source in sources)
    tables = Tables(
        edition=edition.text("id"),
        title=edition.text("title"),
        limits_of=edition.text("limits_of"),
        valid_from=first,
        valid_until=last,
        table_hash=digest_of(content),
        sources=sources,
        limits=History(history((each for row in file.rows("limit") for each in _limits(row, known)), first, last)),
        constants=History(history((constant(row, known, CONSTANTS) for row in file.rows("constant")), first, last)),
        settings=History(history((setting(row, known, SETTINGS) for row in file.rows("setting")), first, last)),
        roundings=History(history((rounding(row, known) for row in file.rows("rounding")), first, last)),
    )
    edition.done()
    file.done()
    _check_rules(tables)
    _check_complete(tables)
    return tables


def _slot(category: VehicleCategory, inspection: InspectionKind, case: tuple[Quantity, Place, Branch]) -> str:
    return ".".join((category, inspection, *case))


def _limits(row: Row, known: frozenset[str]) -> list[Limit]:
    """Return one limit for each category and kind of inspection that the row names."""
    key = row.text("key")
    case = (row.choice("quantity", Quantity), row.choice("place", Place), row.choice("branch", Branch))
    if case not in CASES:
        raise row.refuse("branch", ".".join(case), ", ".join(".".join(each) for each in CASES))
    value, comparison, unit = row.number("value"), row.choice("comparison", Comparison), row.text("unit")
    if value < 0:
        raise row.refuse("value", value, ">= 0")
    if unit != Unit.PERCENT:
        raise row.refuse("unit", unit, Unit.PERCENT)
    categories = row.choices("categories", VehicleCategory)
    inspections = row.choices("inspections", InspectionKind)
    rests_on = ground(row, known)
    return [
        Limit(key, case[0], category, inspection, case[1], case[2], comparison, value, unit, rests_on)
        for category in categories
        for inspection in inspections
    ]


def _check_rules(tables: Tables) -> None:
    """See that a rule name, which verdict cards keep, always means the same case."""
    cases: dict[str, str] = {}
    for limit in tables.limits.all():
        case = ".".join((limit.quantity, limit.place, limit.branch))
        if cases.setdefault(limit.key, case) != case:
            raise DataError("standards.tables.double_rule", key=limit.key, first=cases[limit.key], second=case)


def _check_complete(tables: Tables) -> None:
    categories = {limit.category for limit in tables.limits.all()} or set(VehicleCategory)
    wanted = [_slot(cat, kind, case) for cat in sorted(categories) for kind in InspectionKind for case in CASES]
    require("limit", wanted, tables.limits.rows)
    require("constant", CONSTANTS, tables.constants.rows)
    require("setting", SETTINGS, tables.settings.rows)
    require("rounding", QUANTITIES, tables.roundings.rows)
