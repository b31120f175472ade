"""Dilution ratio k and exhaust flow of the transient loaded mode, and the mass of a gas in a second."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

LITRES_PER_M3 = 1000
SHARES = {"co": Fraction(1, 100), "hc": Fraction(1, 1_000_000), "nox": Fraction(1, 1_000_000)}
"""From the unit of a reading to a share of the volume."""


def dilution_ratio(ambient: Fraction, diluted: Fraction, raw: Fraction) -> Fraction | None:
    """Return (O2 ambient − O2 diluted)/(O2 ambient − O2 raw); None where the oxygens cannot be those of a mixture."""
    if not raw < ambient or not raw <= diluted <= ambient:
        return None
    return (ambient - diluted) / (ambient - raw)


def density(case: Case, gas: str) -> Fraction:
    """Return the density in g/L at 0 °C of `co`, `hc` (as hexane) or `nox` (as NO2)."""
    pressure, constant, zero, molar = (
        Fraction(case.constant(f"vmas_{key}")) for key in ("pressure_Pa", "gas_constant", "zero_K", f"molar_{gas}")
    )
    return pressure * molar / constant / zero / LITRES_PER_M3
