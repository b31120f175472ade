"""The vehicle as its licence and the station know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from carcheck_desktop.domain.board import masked_plate

__all__ = ["InspectionKind", "PlateKind", "Use", "Vehicle", "VehicleCategory", "masked_plate"]


class PlateKind(StrEnum):
    """Kind of plate (号牌种类), the whole code table of GA/T 16.7 as the platforms use it.

    Regions are said to have more (C1, C2, X1); those are not known well enough to be named here.
    """

    LARGE_CAR = "01"
    SMALL_CAR = "02"
    EMBASSY_CAR = "03"
    CONSULATE_CAR = "04"
    OVERSEAS_CAR = "05"
    FOREIGN_CAR = "06"
    MOTORCYCLE = "07"
    MOPED = "08"
    EMBASSY_MOTORCYCLE = "09"
    CONSULATE_MOTORCYCLE = "10"
    OVERSEAS_MOTORCYCLE = "11"
    FOREIGN_MOTORCYCLE = "12"
    LOW_SPEED_VEHICLE = "13"
    TRACTOR = "14"
    TRAILER = "15"
    TRAINING_CAR = "16"
    TRAINING_MOTORCYCLE = "17"
    TEST_CAR = "18"
    TEST_MOTORCYCLE = "19"
    TEMPORARY_ENTRY_CAR = "20"
    TEMPORARY_ENTRY_MOTORCYCLE = "21"
    TEMPORARY = "22"
    POLICE_CAR = "23"
    POLICE_MOTORCYCLE = "24"
    OLD_FARM_VEHICLE = "25"
    HONG_KONG = "26"
    MACAO = "27"
    ARMED_POLICE = "31"
    MILITARY = "32"
    NO_PLATE = "41"
    FALSE_PLATE = "42"
    MISUSED_PLATE = "43"
    NEW_ENERGY_LARGE = "51"
    NEW_ENERGY_SMALL = "52"
    OTHER = "99"


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
