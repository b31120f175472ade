"""Which fuel an exhaust came from: the constants of excess air and dilution, and whether HC is judged, go by it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import Fuel

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case


class ExhaustFuel(StrEnum):
    """What a spark-ignition engine burnt during a test (燃料)."""

    PETROL = "petrol"
    LPG = "lpg"
    """液化石油气."""
    NATURAL_GAS = "natural_gas"
    """天然气; its HC is recorded and not judged."""


BY_LETTER = {
    Fuel.PETROL: ExhaustFuel.PETROL,
    Fuel.LPG: ExhaustFuel.LPG,
    Fuel.NATURAL_GAS: ExhaustFuel.NATURAL_GAS,
}
"""Letters of GA/T 16.9."""
NO_EXHAUST = frozenset((Fuel.ELECTRIC.value, Fuel.SOLAR.value, Fuel.NONE.value))
"""Letters of what has no exhaust."""


def fuels_of(letters: str) -> tuple[ExhaustFuel, ...]:
    """Return the fuels of a licence's letters that a petrol engine is tested with, in the order petrol, LPG, natural gas."""
    return tuple(fuel for letter, fuel in BY_LETTER.items() if letter in letters.upper())


def fuel_of(case: Case, given: ExhaustFuel | None) -> ExhaustFuel:
    """Return what a measurement says it ran on, else the only fuel of the vehicle.

    Raises `DataError`: `fuel` is missing where neither tells, or where the vehicle has several; it is wrong where the
    vehicle does not run on it.
    """
    letters = (case.vehicle.fuel or "").upper()
    known = fuels_of(letters)
    if given is not None:
        is_other = Fuel.DIESEL in letters or (letters and not set(letters) - NO_EXHAUST)
        if given not in known if known else is_other:
            allowed = f"{', '.join(known) or '-'} (vehicle.fuel {letters})"
            raise DataError("standards.record.wrong_value", field="fuel", value=given.value, allowed=allowed)
        return given
    if len(known) != 1:
        raise DataError("standards.record.missing", field="fuel")
    return known[0]
