"""What all records of this room share: numbers that can be, either-or fields, and why nothing is judged.

How a field is read from plain data is not here (`records`).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import VehicleCategory
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.rounding import cut, half_up, plain
from carcheck_desktop.standards.traits import TRAILERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.loading.edition import Limit

T = TypeVar("T")
MOTORCYCLES = frozenset(
    (
        VehicleCategory.MOTORCYCLE,
        VehicleCategory.SIDECAR_MOTORCYCLE,
        VehicleCategory.TRICYCLE_MOTORCYCLE,
        VehicleCategory.MOPED,
    )
)
FEW_WHEELS = MOTORCYCLES | {VehicleCategory.THREE_WHEELED}
"""Vehicles of two or three wheels."""
NO_STEERED_AXLE_ASKED = FEW_WHEELS | TRAILERS


def missing(field: str) -> DataError:
    """Return the error of a field that must be there."""
    return DataError("standards.record.missing", field=field)


def wrong(field: str, value: object, allowed: str) -> DataError:
    """Return the error of a value that cannot be used."""
    return DataError("standards.record.wrong_value", field=field, value=value, allowed=allowed)


def within(field: str, value: Decimal, low: int, high: int) -> Decimal:
    """Return a number that can be a measurement; raise `DataError` for NaN, infinity and what no vehicle has.

    The two figures are this program's bounds of the possible and no limits of a standard.
    """
    if not value.is_finite() or not low <= value <= high:
        raise wrong(field, plain(value), f"{low} … {high}")
    return value


def positive(field: str, value: Decimal, high: int) -> Decimal:
    """Return a number above zero that can be a measurement."""
    if not value.is_finite() or not 0 < value <= high:
        raise wrong(field, plain(value), f"> 0 … {high}")
    return value


def needed(field: str, value: T | None) -> T:
    """Return a field's value; raise `DataError` naming it when nobody gave it."""
    if value is None:
        raise missing(field)
    return value


def refuse_both(field: str, other: str, *, both: bool) -> None:
    """Refuse a record that gives a value and what it would be computed from."""
    if both:
        raise wrong(field, field, other)


def with_reason(card: VerdictCard, limit: Limit, reasons: Mapping[str, Message]) -> VerdictCard:
    """Say on the card of a case without a limit why there is none; `reasons` by the row's key."""
    if limit.bound is Bound.NONE and limit.key in reasons:
        return replace(card, reason=reasons[limit.key])
    return card


def replaced(limit: Limit, low: Decimal, high: Decimal) -> Limit:
    """Return a limit as a range, where the row's figures have to be worked out for the vehicle first."""
    return replace(limit, bound=Bound.BETWEEN, figures=(low, high))


def in_percent(deviation: Fraction, reference: Fraction) -> dict[str, str]:
    """Return a deviation in percent of its reference: to one decimal as it is uploaded, and as exact as a card is."""
    percent = deviation * 100 / reference
    return {"deviation_percent": f"{half_up(percent, 1):f}", "deviation_percent_exact": plain(cut(percent))}
