"""Rounding half up and cutting, without a decimal context and without binary fractions."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.standards.rounding import cut, decimals_of, half_even, half_up, plain, total


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("59.95", "60.0"),
        ("59.949999999999999999999", "59.9"),
        ("5.05", "5.1"),
        ("0.05", "0.1"),
        ("-5.05", "-5.1"),
        ("-0.04", "0.0"),
        ("24", "24.0"),
    ],
)
def test_a_half_goes_away_from_zero(value: str, shown: str) -> None:
    assert str(half_up(Fraction(value), 1)) == shown


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6), st.integers(0, 6))
def test_rounding_agrees_with_the_decimal_library(value: Fraction, decimals: int) -> None:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        expected = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(value, decimals) == expected


@given(st.fractions(min_value=0, max_value=1000, max_denominator=10**6))
def test_cutting_never_adds_and_loses_less_than_the_last_digit(value: Fraction) -> None:
    kept = Fraction(cut(value))
    assert 0 <= value - kept < Fraction(1, 10**12)


def test_cutting_keeps_a_short_value_short() -> None:
    assert str(cut(Fraction(24))) == "24"
    assert str(cut(Fraction(1, 8))) == "0.125"
    assert str(cut(Fraction(2, 3))) == "0.666666666666"


def test_a_callers_decimal_context_changes_no_digit() -> None:
    value = Fraction(1234567, 3)
    with localcontext() as context:
        context.prec, context.rounding = 3, ROUND_DOWN
        assert str(half_up(value, 1)) == "411522.3"
        assert str(cut(value)) == "411522.333333333333"


def test_digits_are_shown_without_exponent() -> None:
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("60.00")) == "60"
    assert plain(Decimal("NaN")) == "NaN"
    assert decimals_of(Decimal("60.00")) == 2
    assert decimals_of(Decimal("1E+3")) == 0


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)


@given(st.lists(NUMBERS | st.fractions(), max_size=20))
def test_a_total_is_the_exact_sum(values: list[Decimal | Fraction]) -> None:
    assert total(values) == sum((Fraction(value) for value in values), Fraction(0))


@given(st.fractions(), st.integers(min_value=0, max_value=6))
def test_rounding_is_as_the_definition_says(value: Fraction, decimals: int) -> None:
    step = Fraction(1, 10**decimals)
    for rounded, is_up_at_half in ((half_up(value, decimals), True), (half_even(value, decimals), None)):
        rest = abs(value) - abs(Fraction(rounded))
        assert abs(rest) <= step / 2
        if rest in (step / 2, -step / 2):
            assert rest < 0 if is_up_at_half else (abs(Fraction(rounded)) / step) % 2 == 0
    taken = cut(value, decimals)
    assert 0 <= abs(value) - abs(Fraction(taken)) < step
    assert decimals_of(taken) <= decimals


@given(NUMBERS)
def test_a_number_is_shown_in_plain_digits_without_needless_zeros(value: Decimal) -> None:
    shown = plain(value)
    assert "E" not in shown
    assert not ("." in shown and shown.endswith("0"))
    assert shown == plain(Fraction(value))


@pytest.mark.parametrize(("written", "shown"), [("-0.00", "0"), ("1E+3", "1000"), ("-1.50", "-1.5"), ("1E-40", "0")])
def test_odd_numbers_are_shown_plainly(written: str, shown: str) -> None:
    assert plain(Decimal(written)) == shown
