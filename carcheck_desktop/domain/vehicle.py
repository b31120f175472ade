"""The vehicle as its licence and the station know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from carcheck_desktop.domain.board import masked_plate

__all__ = [
    "BrakeSource",
    "Colour",
    "Drive",
    "Fuel",
    "InspectionKind",
    "LampSystem",
    "PlateKind",
    "Suspension",
    "Use",
    "UseCode",
    "Vehicle",
    "VehicleCategory",
    "masked_plate",
    "use_of",
]


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
    """The kinds of vehicle whose limits the tables know (vehicle type, GA/T 16.4)."""

    SMALL_PASSENGER = "small_passenger"
    """小型 and 微型载客汽车: passenger car of up to nine seats (K3, K4)."""
    MEDIUM_PASSENGER = "medium_passenger"
    LARGE_PASSENGER = "large_passenger"
    ARTICULATED_PASSENGER = "articulated_passenger"
    HEAVY_GOODS = "heavy_goods"
    MEDIUM_GOODS = "medium_goods"
    LIGHT_GOODS = "light_goods"
    MICRO_GOODS = "micro_goods"
    LOW_SPEED_GOODS = "low_speed_goods"
    HEAVY_TRACTOR_UNIT = "heavy_tractor_unit"
    MEDIUM_TRACTOR_UNIT = "medium_tractor_unit"
    LIGHT_TRACTOR_UNIT = "light_tractor_unit"
    HEAVY_SPECIAL = "heavy_special"
    MEDIUM_SPECIAL = "medium_special"
    LIGHT_SPECIAL = "light_special"
    """专项作业车."""
    HEAVY_TRAILER = "heavy_trailer"
    MEDIUM_TRAILER = "medium_trailer"
    LIGHT_TRAILER = "light_trailer"
    ROAD_TRAIN = "road_train"
    """A tractor unit and its trailer tested as one."""
    THREE_WHEELED = "three_wheeled"
    """三轮汽车."""
    MOTORCYCLE = "motorcycle"
    SIDECAR_MOTORCYCLE = "sidecar_motorcycle"
    TRICYCLE_MOTORCYCLE = "tricycle_motorcycle"
    MOPED = "moped"


class Use(StrEnum):
    """What the vehicle is registered for (使用性质)."""

    PRIVATE = "private"
    COMMERCIAL = "commercial"


class InspectionKind(StrEnum):
    """Which limits apply (检验类别): registration (jylb 00) or in use (every other)."""

    REGISTRATION = "registration"
    IN_USE = "in_use"


class UseCode(StrEnum):
    """What the licence says of the use (使用性质), letters of GA/T 16.3; regions have more (Q and Z vary)."""

    NON_COMMERCIAL = "A"
    COACH = "B"
    CITY_BUS = "C"
    TAXI = "D"
    TOURIST = "E"
    GOODS = "F"
    RENTAL = "G"
    POLICE = "H"
    FIRE = "I"
    AMBULANCE = "J"
    RESCUE = "K"
    FORMER_COMMERCIAL = "L"
    FORMER_TAXI = "M"
    TRAINING = "N"
    NURSERY_BUS = "O"
    PRIMARY_SCHOOL_BUS = "P"
    OTHER_SCHOOL_BUS = "Q"
    DANGEROUS_GOODS = "R"
    SCHOOL_BUS = "S"
    RIDE_HAILING = "T"
    FORMER_RIDE_HAILING = "U"


class Fuel(StrEnum):
    """Kind of energy (燃料种类), letters of GA/T 16.9; a vehicle has up to three of them."""

    PETROL = "A"
    DIESEL = "B"
    ELECTRIC = "C"
    MIXED_OIL = "D"
    NATURAL_GAS = "E"
    LPG = "F"
    METHANOL = "L"
    ETHANOL = "M"
    SOLAR = "N"
    HYBRID = "O"
    HYDROGEN = "P"
    BIOFUEL = "Q"
    NONE = "Y"
    OTHER = "Z"


class Colour(StrEnum):
    """Colour of the body (车身颜色), letters of GA/T 16.8; a vehicle has up to five of them."""

    WHITE = "A"
    GREY = "B"
    YELLOW = "C"
    PINK = "D"
    RED = "E"
    PURPLE = "F"
    GREEN = "G"
    BLUE = "H"
    BROWN = "I"
    BLACK = "J"
    OTHER = "Z"


class Drive(StrEnum):
    """Which wheels are driven (驱动形式); it decides whether and how a roller bench may be used."""

    FRONT = "front"
    REAR = "rear"
    ALL_SWITCHABLE = "all_switchable"
    ALL_PERMANENT = "all_permanent"


class LampSystem(StrEnum):
    """Headlamps (前照灯制), codes `qzdz` of the supervision platform."""

    FOUR_HIGH_LOW = "01"
    FOUR_HIGH = "02"
    TWO_HIGH_LOW = "03"
    TWO_LOW = "04"
    ONE_HIGH = "05"


class Suspension(StrEnum):
    """Front suspension (转向轴悬架形式); sideslip has no limit for independent ones."""

    INDEPENDENT = "independent"
    DEPENDENT = "dependent"


class BrakeSource(StrEnum):
    """What presses the brake (制动力源)."""

    AIR = "air"
    HYDRAULIC = "hydraulic"
    AIR_OVER_OIL = "air_over_oil"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What intake captured once and every later place uses; no personal data (see `domain.private`).

    Masses are whole kilograms; `parking_axles` names the axles the parking brake acts on. From `vin` on, "" and
    None say that nobody recorded it. `vehicle_type` (GA/T 16.4), `use_code` (16.3), `fuel` (16.9) and `colour`
    (16.8) are the licence's own codes as text: the tables are open, and old records keep old codes.
    `use` is what the rules ask for, `use_code` what the licence says.
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
    vin: str = ""
    engine_number: str = ""
    brand_model: str = ""
    vehicle_type: str = ""
    use_code: str = ""
    colour: str = ""
    fuel: str = ""
    displacement_ml: int | None = None
    power_kW: Decimal | None = None
    valid_until: date | None = None
    drive: Drive | None = None
    lamp_system: LampSystem | None = None
    front_suspension: Suspension | None = None
    brake_source: BrakeSource | None = None
    has_traction_control_always_on: bool | None = None


SMALL_TYPES = ("K3", "K4")
"""小型 and 微型载客汽车 of GA/T 16.4."""
COMMERCIAL_CODES = frozenset("BCDEFGRT")


def use_of(use_code: str) -> Use | None:
    """Return what the rules ask for behind a GA/T 16.3 letter; None where a person must say it.

    Converted vehicles (营转非 and the like) and special ones are not told apart well enough by the letter.
    """
    if use_code == UseCode.NON_COMMERCIAL:
        return Use.PRIVATE
    return Use.COMMERCIAL if use_code in COMMERCIAL_CODES and use_code else None
