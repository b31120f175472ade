"""The vehicle as its licence and the station know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PlateKind(StrEnum):
    """Kind of plate (号牌种类), code table of GA/T 16.7."""

    LARGE_CAR = "01"
    SMALL_CAR = "02"
    NEW_ENERGY_LARGE = "51"
    NEW_ENERGY_SMALL = "52"


class VehicleCategory(StrEnum):
    """The categories whose limits are known so far (vehicle type, GA 802)."""

    SMALL_PASSENGER = "small_passenger"
    """小型载客汽车: passenger car of up to nine seats."""


class Use(StrEnum):
    """What the vehicle is registered for (使用性质)."""

    PRIVATE = "private"
    COMMERCIAL = "commercial"


class InspectionKind(StrEnum):
    """Which limits apply (检验类别): registration (jylb 00) or in use (every other)."""

    REGISTRATION = "registration"
    IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What intake captured once and every later place uses.

    Masses are whole kilograms; `parking_axles` names the axles the parking brake acts on.
    """

    plate: str
    plate_kind: PlateKind
    category: VehicleCategory
    use: Use
    curb_mass_kg: int
    total_mass_kg: int
    seats: int
    axles: int
    parking_axles: tuple[int, ...]
    registered_on: date
    manufactured_on: date


def masked_plate(plate: str) -> str:
    """Return the plate as strangers may see it: the middle two of its characters hidden."""
    if len(plate) < 6:
        return plate[:1] + "*" * max(0, len(plate) - 1)
    return plate[:3] + "**" + plate[5:]
