"""Prices: what a manager publishes, and what one visit is charged by it; pure. Amounts are whole fen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from carcheck_desktop.domain.vehicle import InspectionKind, Use, Vehicle, VehicleCategory


@dataclass(frozen=True, slots=True)
class PriceRule:
    """Whom a line of the list is for; an empty tuple is any, `recheck` None is both."""

    categories: tuple[VehicleCategory, ...] = ()
    uses: tuple[Use, ...] = ()
    purposes: tuple[InspectionKind, ...] = ()
    recheck: bool | None = None


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a price list, in both languages; `code` is its name within the list."""

    code: str
    name_zh: str
    name_en: str
    amount_fen: int
    applies: PriceRule = PriceRule()


@dataclass(frozen=True, slots=True)
class PriceListView:
    """A published price list, good from `valid_from` through `valid_until` (None: until a later one begins)."""

    revision: int
    valid_from: date
    valid_until: date | None
    lines: tuple[PriceLine, ...]
    published_at: datetime
    published_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One line of what a visit costs, and the revision of the list it comes from."""

    code: str
    name_zh: str
    name_en: str
    amount_fen: int
    revision: int


def charge(
    prices: PriceListView, vehicle: Vehicle, inspections: tuple[InspectionKind, ...], *, recheck: bool = False
) -> tuple[ChargeLine, ...]:
    """Return what a visit costs by a list, line by line; nothing when no line is for this vehicle."""
    return tuple(
        ChargeLine(line.code, line.name_zh, line.name_en, line.amount_fen, prices.revision)
        for line in prices.lines
        if _applies(line.applies, vehicle, inspections, recheck=recheck)
    )


def total_fen(lines: tuple[ChargeLine, ...]) -> int:
    """Return the sum of a charge."""
    return sum(line.amount_fen for line in lines)


def _applies(rule: PriceRule, vehicle: Vehicle, inspections: tuple[InspectionKind, ...], *, recheck: bool) -> bool:
    return (
        (not rule.categories or vehicle.category in rule.categories)
        and (not rule.uses or vehicle.use in rule.uses)
        and (not rule.purposes or bool(set(inspections) & set(rule.purposes)))
        and (rule.recheck is None or rule.recheck is recheck)
    )
