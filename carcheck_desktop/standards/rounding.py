"""Exact numbers to decimals: half up as the safety tables demand, half even as GB/T 8170, and cutting for the record.

Works on fractions alone, so no decimal context of the caller can change a digit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

EXACT_DECIMALS = 12
"""Decimals of `VerdictCard.exact`, from where on the exact value is cut."""


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded to `decimals` places, a half going away from zero."""
    scaled = abs(value) * 10**decimals
    return _decimal(value < 0, int(scaled + Fraction(1, 2)), decimals)


def half_even(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded to `decimals` places, a half going to the even digit (GB/T 8170)."""
    scaled = abs(value) * 10**decimals
    units, rest = int(scaled), scaled - int(scaled)
    is_up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and units % 2 == 1)
    return _decimal(value < 0, units + is_up, decimals)


def cut(value: Fraction, decimals: int = EXACT_DECIMALS) -> Decimal:
    """Return `value` with the decimals after `decimals` cut off; exact where it ends before."""
    units = int(abs(value) * 10**decimals)
    while decimals and units % 10 == 0:
        units //= 10
        decimals -= 1
    return _decimal(value < 0, units, decimals)


def decimals_of(value: Decimal) -> int:
    """Return how many places a finite decimal is written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal | Fraction | int) -> str:
    """Return the digits without an exponent and without needless zeros; NaN and infinity by name."""
    if isinstance(value, Decimal) and not value.is_finite():
        return str(value)
    return f"{cut(Fraction(value), 28):f}"


def _decimal(negative: bool, units: int, decimals: int) -> Decimal:
    digits = tuple(int(digit) for digit in str(units))
    return Decimal((int(negative and units > 0), digits, -decimals))
