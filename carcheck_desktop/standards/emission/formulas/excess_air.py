"""Excess-air coefficient (过量空气系数 λ) by Brettschneider's formula."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.standards.emission.formulas.figures import shown
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.standards.loading.edition import Edition

HYDROGEN = {
    ExhaustFuel.PETROL: "lambda_hcv",
    ExhaustFuel.LPG: "lambda_hcv_lpg",
    ExhaustFuel.NATURAL_GAS: "lambda_hcv_natural_gas",
}
"""Which constant has the hydrogen to carbon ratio of a fuel."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """Dry exhaust: `co`, `co2`, `o2` in percent by volume, `hc` in 10⁻⁶ of n-hexane."""

    co: Fraction
    co2: Fraction
    o2: Fraction
    hc: Fraction

    @property
    def inputs(self) -> dict[str, str]:
        """The gases by name with unit."""
        return {
            "co_percent": shown(self.co), "co2_percent": shown(self.co2),
            "hc_ppm": shown(self.hc), "o2_percent": shown(self.o2),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Hydrogen and oxygen to carbon of the fuel, `k1` from 10⁻⁶ of hexane to percent of carbon, and the water gas constant."""

    hcv: Fraction
    ocv: Fraction
    k1: Fraction
    water_gas: Fraction

    @property
    def inputs(self) -> dict[str, str]:
        """The constants by the names of the formula."""
        return {
            "Hcv": shown(self.hcv),
            "Ocv": shown(self.ocv),
            "K1": shown(self.k1),
            "water_gas": shown(self.water_gas),
        }


def coefficients(edition: Edition, on: date, fuel: ExhaustFuel) -> Coefficients:
    """Return the constants of a fuel on the day; the gases have no oxygen in them."""
    ocv = Fraction(edition.constant("lambda_ocv", on)) if fuel is ExhaustFuel.PETROL else Fraction(0)
    return Coefficients(
        Fraction(edition.constant(HYDROGEN[fuel], on)),
        ocv,
        Fraction(edition.constant("lambda_k1", on)),
        Fraction(edition.constant("lambda_water_gas", on)),
    )


def excess_air(mixture: Mixture, fuel: Coefficients) -> Fraction:
    """Return λ of an exhaust that has CO or CO2 in it."""
    co, co2 = mixture.co, mixture.co2
    water = Fraction(0) if co2 == 0 else fuel.hcv / 4 * fuel.water_gas / (fuel.water_gas + co / co2)
    had = co2 + co / 2 + mixture.o2 + (water - fuel.ocv / 2) * (co2 + co)
    return had / ((1 + fuel.hcv / 4 - fuel.ocv / 2) * (co2 + co + fuel.k1 * mixture.hc))
