"""Figures of a record that a rule cannot do without, or that nobody can have measured: refused by the field's name."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.rounding import cut, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from carcheck_desktop.standards.loading.edition import Bound, Limit

T = TypeVar("T")
SHOWN_DECIMALS = 6
"""Of a figure that goes on without end; the card itself has more."""


def required(field: str, value: T | None) -> T:
    """Return a value that must be there; raise `DataError` naming the field when nobody gave it."""
    if value is None:
        raise DataError("standards.record.missing", field=field)
    return value


def between(
    field: str,
    value: Decimal,
    low: Decimal | int,
    high: Decimal | int,
    *,
    above: bool = False,
    below: bool = False,
) -> Fraction:
    """Return a figure exactly, from `low` to `high`, both included; `above` leaves `low` itself out, `below` leaves out `high`.

    Raises `DataError` `standards.record.wrong_value` with what is allowed, also for what is no number.
    """
    if not value.is_finite() or not low <= value <= high or (above and value == low) or (below and value == high):
        allowed = f"{'>' if above else '>='} {low}, {'<' if below else '<='} {high}"
        raise DataError("standards.record.wrong_value", field=field, value=plain(value), allowed=allowed)
    return Fraction(value)


def all_between(
    field: str, values: Iterable[Decimal], low: Decimal | int, high: Decimal | int, *, below: bool = False
) -> tuple[Fraction, ...]:
    """Return several figures exactly, each as `between` does; the error names the place from 0."""
    return tuple(between(f"{field}[{place}]", value, low, high, below=below) for place, value in enumerate(values))


def only_one(**given: object) -> str:
    """Return the name of the one value that is there; raise `DataError` when there is none, or more than one."""
    found = [name for name, value in given.items() if value is not None]
    if not found:
        raise DataError("standards.record.missing", field=" | ".join(given))
    if len(found) > 1:
        raise DataError("standards.record.wrong_value", field=found[1], value="", allowed=f"{found[0]} | {found[1]}")
    return found[0]


def expected(limit: Limit, *bounds: Bound) -> Limit:
    """Return a limit whose comparison its quantity can be held against; raise `DataError` for another that a platform sent."""
    if limit.bound not in bounds:
        allowed = ", ".join(f'"{each}"' for each in bounds if each.value != "none")
        raise DataError(
            "standards.record.wrong_value", field=f"limits.{limit.quantity}", value=limit.bound.value, allowed=allowed
        )
    return limit


def short(figure: str) -> str:
    """Return a figure of a card with no more decimals than a reader follows."""
    return plain(cut(Fraction(figure), SHOWN_DECIMALS))
