"""Exponentials, logarithms and powers: known digits, the same in every context, in order."""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.standards.powers import exp, ln, power

WRONG = "is not above 0|is no number"
POSITIVE = st.decimals("0.0001", "10000", places=6)


@pytest.mark.parametrize(
    ("found", "digits"),
    [
        (exp(1), "2.718281828459045235360287471"),
        (exp(0), "1"),
        (ln(2), "0.6931471805599453094172321215"),
        (ln(Fraction(9, 10)), "-0.1053605156578263012275009808"),
        (ln(1), "0"),
        (power(2, Fraction(1, 2)), "1.414213562373095048801688724"),
        (power(2, 10), "1024"),
        (power(Decimal("0.25"), Decimal("-0.5")), "2"),
        (power(7, 0), "1"),
    ],
)
def test_known_digits(found: Decimal, digits: str) -> None:
    assert found == Decimal(digits)


@pytest.mark.parametrize("value", [0, Decimal(-1), Decimal("NaN"), Decimal("Infinity"), Fraction(-1, 3)])
def test_no_logarithm_of_what_has_none(value: Decimal) -> None:
    with pytest.raises(ValueError, match=WRONG):
        ln(value)
    with pytest.raises(ValueError, match=WRONG):
        power(value, Decimal("1.2"))


def test_no_exponential_of_what_is_no_number() -> None:
    with pytest.raises(ValueError, match=WRONG):
        exp(Decimal("NaN"))


def test_the_context_of_the_caller_changes_no_digit() -> None:
    usual = exp(Decimal("0.7")), ln(Fraction(7, 3)), power(Fraction(99, 95), Decimal("1.2"))
    with localcontext() as context:
        context.prec = 4
        context.rounding = "ROUND_UP"
        assert (exp(Decimal("0.7")), ln(Fraction(7, 3)), power(Fraction(99, 95), Decimal("1.2"))) == usual


def test_the_context_of_the_caller_is_left_as_it_was() -> None:
    before = dict(getcontext().flags)
    power(Decimal("1.054"), Decimal("1.2"))
    assert dict(getcontext().flags) == before


@given(POSITIVE, POSITIVE)
def test_larger_numbers_have_larger_logarithms(one: Decimal, other: Decimal) -> None:
    assert (ln(one) < ln(other)) == (one < other)


@given(st.decimals("-50", "50", places=4), st.decimals("-50", "50", places=4))
def test_larger_exponents_have_larger_exponentials(one: Decimal, other: Decimal) -> None:
    assert (exp(one) < exp(other)) == (one < other)


@given(POSITIVE, POSITIVE, st.sampled_from([Decimal("0.7"), Decimal("1.2"), Decimal("1.5")]))
def test_powers_keep_the_order_of_their_bases(one: Decimal, other: Decimal, exponent: Decimal) -> None:
    assert (power(one, exponent) < power(other, exponent)) == (one < other)


@given(POSITIVE)
def test_an_exponential_undoes_a_logarithm(value: Decimal) -> None:
    assert abs(exp(ln(value)) - value) <= value * Decimal("1e-26")


@given(POSITIVE, st.sampled_from([Decimal("0.7"), Decimal("1.2"), Decimal("1.5")]))
def test_a_power_undoes_its_own(value: Decimal, exponent: Decimal) -> None:
    assert abs(power(power(value, exponent), Fraction(1) / Fraction(exponent)) - value) <= value * Decimal("1e-26")


@given(st.fractions(Fraction(1, 1000), Fraction(1000)))
def test_a_fraction_and_its_decimal_agree(value: Fraction) -> None:
    with localcontext() as context:
        context.prec = 60
        shown = Decimal(value.numerator) / Decimal(value.denominator)
    assert ln(value) == ln(shown)
