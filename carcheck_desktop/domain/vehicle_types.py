"""Vehicle type codes of the licence (机动车类型, GA/T 16.4) and what they mean to the rules.

The first letter is the family, the second sign its size, the third the body. The codes are those that public programs of
the field list; the table itself was not read. Wheeled machines (J), trams, farm tractors (T) and others have no category.
"""

from __future__ import annotations

from carcheck_desktop.domain.vehicle import VehicleCategory as Category

TYPES = {
    "K14": Category.ARTICULATED_PASSENGER,
    "K24": Category.ARTICULATED_PASSENGER,
    "K1": Category.LARGE_PASSENGER,
    "K2": Category.MEDIUM_PASSENGER,
    "K3": Category.SMALL_PASSENGER,
    "K4": Category.SMALL_PASSENGER,
    "H1": Category.HEAVY_GOODS,
    "H2": Category.MEDIUM_GOODS,
    "H3": Category.LIGHT_GOODS,
    "H4": Category.MICRO_GOODS,
    "H5": Category.LOW_SPEED_GOODS,
    "Q1": Category.HEAVY_TRACTOR_UNIT,
    "Q2": Category.MEDIUM_TRACTOR_UNIT,
    "Q3": Category.LIGHT_TRACTOR_UNIT,
    "Z1": Category.HEAVY_SPECIAL,
    "Z2": Category.MEDIUM_SPECIAL,
    "Z3": Category.LIGHT_SPECIAL,
    "Z4": Category.LIGHT_SPECIAL,
    "Z5": Category.HEAVY_SPECIAL,
    "Z7": Category.LIGHT_SPECIAL,
    "G1": Category.HEAVY_TRAILER,
    "G2": Category.MEDIUM_TRAILER,
    "G3": Category.LIGHT_TRAILER,
    "B1": Category.HEAVY_TRAILER,
    "B2": Category.MEDIUM_TRAILER,
    "B3": Category.LIGHT_TRAILER,
    "N1": Category.THREE_WHEELED,
    "M11": Category.TRICYCLE_MOTORCYCLE,
    "M12": Category.MOPED,
    "M13": Category.TRICYCLE_MOTORCYCLE,
    "M14": Category.TRICYCLE_MOTORCYCLE,
    "M15": Category.SIDECAR_MOTORCYCLE,
    "M21": Category.MOTORCYCLE,
    "M22": Category.MOPED,
}
"""By how a code begins; a longer beginning goes before a shorter one."""
MINIBUSES = ("K39", "K49")
"""小型 and 微型面包车."""


def category_of(vehicle_type: str) -> Category | None:
    """Return the category of a type code; None for one whose limits are not known here."""
    code = vehicle_type.strip().upper()
    return TYPES.get(code[:3]) or TYPES.get(code[:2])
