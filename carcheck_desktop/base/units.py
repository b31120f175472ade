"""The units carcheck measures in, and the one conversion that verdicts rest on."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """A unit of measurement; the value is its symbol as printed."""

    NONE = ""
    DAN = "daN"
    KILOGRAM = "kg"
    PERCENT = "%"
    KILOMETRE_PER_HOUR = "km/h"
    SECOND = "s"
    MILLISECOND = "ms"
    DEGREE_CELSIUS = "°C"
    KILOPASCAL = "kPa"
    PPM = "10⁻⁶"
    REVOLUTIONS_PER_MINUTE = "r/min"
    CANDELA = "cd"
    KILOWATT = "kW"
    METRE = "m"
    MILLIMETRE = "mm"
    KILOMETRE = "km"
    METRE_PER_KILOMETRE = "m/km"
    METRE_PER_SECOND_SQUARED = "m/s²"
    PER_METRE = "m⁻¹"
    GRAM_PER_KILOMETRE = "g/km"
    MILLIGRAM_PER_SECOND = "mg/s"
    LITRE_PER_SECOND = "L/s"
    HOUR = "h"


def behind(unit: str) -> str:
    """Return a unit as it stands behind a figure: millionths with their sign, or 11 of them would read as 1 110."""
    return f"×{unit}" if unit == Unit.PPM else unit


DAN_PER_KG = Decimal("0.98")
"""Weight of one kilogram in 10 N with g = 9.8 m/s², as every source of the brake formulas uses it."""
