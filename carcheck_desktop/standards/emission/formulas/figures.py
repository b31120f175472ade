"""Plausible ranges of what instruments give, and figures as cards show them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.rounding import half_even, plain, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PERCENT = (Decimal(0), Decimal(100))
MILLIONTHS = (Decimal(0), Decimal(1_000_000))
SPEED_KMH = (Decimal(0), Decimal(250))
RPM = (Decimal(0), Decimal(20_000))
TEMPERATURE_C = (Decimal(-50), Decimal(70))
PRESSURE_KPA = (Decimal(40), Decimal(120))
MASS_KG = (Decimal(1), Decimal(100_000))
FLOW_L_PER_S = (Decimal(0), Decimal(1000))
GRAM_PER_KM = (Decimal(0), Decimal(10_000))
SHOWN_DECIMALS = 6


def within(field: str, value: Decimal | Fraction | int, span: tuple[Decimal, Decimal]) -> Fraction:
    """Return a value as an exact fraction; raise `DataError` naming the field for NaN and what lies outside a range."""
    low, high = span
    if isinstance(value, Decimal) and not value.is_finite():
        raise out_of_range(field, value, f"{low} – {high}")
    exact = Fraction(value)
    if not low <= exact <= high:
        raise out_of_range(field, exact, f"{low} – {high}")
    return exact


def check_rows(field: str, rows: Sequence[object], spans: Mapping[str, tuple[Decimal, Decimal]]) -> None:
    """See that every figure of every second lies in its range; raise `DataError` naming the place of the first that does not.

    A figure that was not given is passed over.
    """
    for index, row in enumerate(rows):
        for name, (low, high) in spans.items():
            value = getattr(row, name)
            if value is None or ((isinstance(value, int) or value.is_finite()) and low <= value <= high):
                continue
            within(f"{field}[{index}].{name}", value, (low, high))


def out_of_range(field: str, value: Decimal | Fraction | int | str, allowed: str) -> DataError:
    """Return the error of a value that cannot be."""
    text = value if isinstance(value, str) else plain(Decimal(value) if isinstance(value, int) else value)
    return DataError("standards.record.wrong_value", field=field, value=text, allowed=allowed)


def missing(field: str) -> DataError:
    """Return the error of a value that nobody gave and that is needed."""
    return DataError("standards.record.missing", field=field)


def required(field: str, value: Decimal | None, span: tuple[Decimal, Decimal]) -> Fraction:
    """Return a value that a formula cannot do without; raise `DataError` where it is missing or cannot be."""
    if value is None:
        raise missing(field)
    return within(field, value, span)


def mean(values: Iterable[Fraction | Decimal]) -> Fraction:
    """Return the arithmetic mean; there must be a value."""
    taken = list(values)
    return total(taken) / len(taken)


def shown(value: Fraction | Decimal | int) -> str:
    """Return a figure as a card's inputs have it: at most six decimals, without needless zeros."""
    if isinstance(value, Decimal):
        text = plain(value)
        if len(text.partition(".")[2]) <= SHOWN_DECIMALS:
            return text
    return plain(half_even(Fraction(value), SHOWN_DECIMALS))


def listed(values: Iterable[Fraction | Decimal | int]) -> str:
    """Return figures one after another, in their order."""
    return ", ".join(shown(value) for value in values)
