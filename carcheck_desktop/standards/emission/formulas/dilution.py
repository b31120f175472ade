"""Dilution factor DF (稀释修正系数): what exhaust that air got into would have shown undiluted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

BY_FUEL = {
    ExhaustFuel.PETROL: "dilution_a_petrol",
    ExhaustFuel.LPG: "dilution_a_lpg",
    ExhaustFuel.NATURAL_GAS: "dilution_a_natural_gas",
}


@dataclass(frozen=True, slots=True)
class DilutionConstants:
    """`a` of the fuel, the factor of the share of CO2, and what a factor is at most."""

    a: Fraction
    share: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Dilution:
    """The share X of CO2 in CO2 and CO, the CO2 of undiluted exhaust in percent, and the factor before and after it is clamped."""

    share: Fraction
    corrected_co2: Fraction
    factor: Fraction
    unclamped: Fraction

    @property
    def is_clamped(self) -> bool:
        """Say whether the factor was too large to be used."""
        return self.factor < self.unclamped


def dilution_constants(case: Case, fuel: ExhaustFuel) -> DilutionConstants:
    """Return the constants of a fuel on the day."""
    return DilutionConstants(
        Fraction(case.constant(BY_FUEL[fuel])),
        Fraction(case.constant("dilution_co_share")),
        Fraction(case.constant("dilution_most")),
    )


def dilution(constants: DilutionConstants, co: Fraction, co2: Fraction) -> Dilution:
    """Return the dilution of an exhaust by its CO and CO2 in percent, which must not both be zero.

    X = CO2/(CO2 + CO); CO2 undiluted = 100 X/(a + 1.88 X); DF = that/CO2, at most 3. A factor below 1 stays as it is.
    """
    share = co2 / (co2 + co)
    corrected = 100 * share / (constants.a + constants.share * share)
    factor = _unclamped(constants, co, co2)
    return Dilution(share, corrected, min(factor, constants.most), factor)


def dilution_factor(constants: DilutionConstants, co: Fraction, co2: Fraction) -> Fraction:
    """Return DF alone."""
    return min(_unclamped(constants, co, co2), constants.most)


def _unclamped(constants: DilutionConstants, co: Fraction, co2: Fraction) -> Fraction:
    """Return CO2 undiluted/CO2 without a division by CO2, which may be zero."""
    return 100 / (constants.a * (co2 + co) + constants.share * co2)
