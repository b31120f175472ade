"""Exact numbers to decimals: half up as the safety tables demand, half even as GB/T 8170, and cutting for the record.

Works on fractions alone, so no decimal context of the caller can change a digit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

EXACT_DECIMALS = 12
"""Decimals of `VerdictCard.exact`, from where on the exact value is cut."""
MOST_DECIMALS = 28
"""Decimals of a number that is shown by itself."""


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded to `decimals` places, a half going away from zero."""
    top, bottom = value.numerator, value.denominator
    units = (2 * abs(top) * 10**decimals + bottom) // (2 * bottom)
    return _decimal(top < 0, units, decimals)


def half_even(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded to `decimals` places, a half going to the even digit (GB/T 8170)."""
    top, bottom = value.numerator, value.denominator
    units, rest = divmod(abs(top) * 10**decimals, bottom)
    is_up = 2 * rest > bottom or (2 * rest == bottom and units % 2 == 1)
    return _decimal(top < 0, units + is_up, decimals)


def cut(value: Fraction, decimals: int = EXACT_DECIMALS) -> Decimal:
    """Return `value` with the decimals after `decimals` cut off; exact where it ends before."""
    top, bottom = value.numerator, value.denominator
    if bottom == 1:
        return Decimal(top)
    digits = str(abs(top) * 10**decimals // bottom)
    zeros = min(decimals, len(digits) - len(digits.rstrip("0")))
    units = int(digits[: len(digits) - zeros] or "0")
    return _decimal(top < 0, units, decimals - zeros if units else 0)


def decimals_of(value: Decimal) -> int:
    """Return how many places a finite decimal is written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal | Fraction | int) -> str:
    """Return the digits without an exponent and without needless zeros; NaN and infinity by name."""
    if not isinstance(value, Decimal):
        return f"{cut(Fraction(value), MOST_DECIMALS):f}"
    if not value.is_finite():
        return str(value)
    digits = f"{value:f}"
    _, point, places = digits.partition(".")
    if len(places) > MOST_DECIMALS:
        return f"{cut(Fraction(value), MOST_DECIMALS):f}"
    shown = digits.rstrip("0").rstrip(".") if point else digits
    return shown if value else "0"


def total(values: Iterable[Decimal | Fraction | int]) -> Fraction:
    """Return the exact sum of finite numbers: tops are added by their bottoms, as a curve's or a minute's have few."""
    tops: dict[int, int] = {}
    for value in values:
        top, bottom = value.as_integer_ratio()
        tops[bottom] = tops.get(bottom, 0) + top
    return sum((Fraction(top, bottom) for bottom, top in tops.items()), Fraction(0))


def _decimal(negative: bool, units: int, decimals: int) -> Decimal:
    """Return a number from its digits; a text is read exactly in any context."""
    sign = "-" if negative and units else ""
    return Decimal(f"{sign}{units}E-{decimals}") if decimals else Decimal(f"{sign}{units}")
