"""Exponentials, logarithms and powers with an exponent of any kind: the only figures of a verdict that are not exact.

Every result is a Decimal of 28 digits, worked out in contexts of its own, so that neither the caller's context nor the
machine changes a digit. A station that judges the same data in ten years finds the same figure.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = Decimal | Fraction | int

DIGITS = 28
GUARD_DIGITS = 20
"""Carried besides while a figure is worked out, so that its last digit is the nearest one."""
TRAPS = [InvalidOperation, DivisionByZero, Overflow]
RESULT = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=TRAPS)
WORK = Context(prec=DIGITS + GUARD_DIGITS, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=TRAPS)


def exp(value: Number) -> Decimal:
    """Return e to the power of `value`; raise `ValueError` for what is no number and `decimal.Overflow` beyond all range."""
    return _result(WORK.copy().exp(_working(value)))


def ln(value: Number) -> Decimal:
    """Return the natural logarithm of a number above 0; raise `ValueError` for any other."""
    return _result(WORK.copy().ln(_positive(value)))


def power(base: Number, exponent: Number) -> Decimal:
    """Return a base above 0 to the power of any exponent; raise `ValueError` for any other base."""
    context = WORK.copy()
    logarithm = context.ln(_positive(base))
    return _result(context.exp(context.multiply(_working(exponent), logarithm)))


def _positive(value: Number) -> Decimal:
    number = _working(value)
    if number <= 0:
        raise ValueError(f"{value} is not above 0")
    return number


def _working(value: Number) -> Decimal:
    """Return a number with the digits to work with; a fraction that does not end is cut where no result sees it."""
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value} is no number")
    if isinstance(value, Fraction):
        return WORK.copy().divide(Decimal(value.numerator), Decimal(value.denominator))
    return WORK.copy().plus(Decimal(value))


def _result(value: Decimal) -> Decimal:
    return RESULT.copy().plus(value)
