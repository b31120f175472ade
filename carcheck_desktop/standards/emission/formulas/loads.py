"""Reference mass (基准质量) and the loads of the steady-state modes at the roller."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.standards.emission.formulas.figures import MASS_KG, within

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.standards.case import Case


def reference_mass(case: Case, curb_mass_kg: Decimal | int) -> Fraction:
    """Return the reference mass in kg: curb mass + 100; raise `DataError` for a mass that cannot be."""
    return within("curb_mass_kg", curb_mass_kg, MASS_KG) + Fraction(case.constant("reference_mass_added_kg"))


def asm_power(case: Case, mode: str, reference_mass_kg: Fraction) -> Fraction:
    """Return the total power at the roller in kW of `asm5025` (RM/148) or `asm2540` (RM/185)."""
    return reference_mass_kg / Fraction(case.constant(f"{mode}_kg_per_kW"))
