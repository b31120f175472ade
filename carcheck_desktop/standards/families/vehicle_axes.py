"""By what the limits of the rest of safety are chosen: the words of `when` beside a vehicle's category and the kind of inspection."""

from __future__ import annotations

from enum import StrEnum


class Steering(StrEnum):
    """Which steered axle a sideslip is of, and how its wheels are hung."""

    DEPENDENT = "dependent"
    """The only steered axle, not independently hung."""
    TWIN_FIRST = "twin_first"
    TWIN_SECOND = "twin_second"
    INDEPENDENT = "independent"
    NOT_ASKED = "not_asked"
    """三轮汽车, motorcycles and trailers."""


class LampClass(StrEnum):
    """The rows of the table of high-beam intensities of GB 7258."""

    THREE_WHEELED = "three_wheeled"
    SLOW_CAR = "slow_car"
    """Cars whose design speed stays below 70 km/h."""
    CAR = "car"
    MOTORCYCLE = "motorcycle"
    MOPED = "moped"
    NONE = "none"
    """Trailers."""


class LampCount(StrEnum):
    """How many high beams a vehicle has (一灯制, 二灯制, 四灯制)."""

    ONE = "one"
    TWO = "two"
    FOUR = "four"


class LampHeight(StrEnum):
    """Which case of the low beam, by the height of the lamp's centre."""

    LOW = "low"
    HIGH = "high"


class Side(StrEnum):
    """Which side of the vehicle, seen from the driver."""

    LEFT = "left"
    RIGHT = "right"


class WheelCount(StrEnum):
    """Which case of the speedometer."""

    FOUR = "four"
    TWO_OR_THREE = "two_or_three"


class Registered(StrEnum):
    """Whether a vehicle was registered early enough to be spared the weighing of the empty vehicle in use."""

    BEFORE = "before"
    FROM = "from"


class Wheel(StrEnum):
    """Which wheel a tread depth is of."""

    STEERED = "steered"
    OTHER = "other"


class Legacy(StrEnum):
    """What a station's own measurement of a dropped item does: shown beside its old limit, or part of the conclusion."""

    COMPARED = "compared"
    COUNTED = "counted"


class Exceptions(StrEnum):
    """Whether the headlamp exceptions of E.3.1.3 hold."""

    GRANTED = "granted"
    NOT_GRANTED = "not_granted"


class CycleGroup(StrEnum):
    """The rows of the inspection cycle (检验周期)."""

    PRIVATE_SMALL = "private_small"
    """Non-commercial small and micro passenger cars of up to nine seats and large saloons, no minibus, nothing excluded."""
    PRIVATE_SMALL_EXCLUDED = "private_small_excluded"
    """面包车, and small cars that are excluded from mark-only treatment."""
    MOTORCYCLE = "motorcycle"
    MOTORCYCLE_EXCLUDED = "motorcycle_excluded"
    COMMERCIAL_PASSENGER = "commercial_passenger"
    GOODS_OR_LARGE = "goods_or_large"
    """Goods vehicles, and large and medium non-commercial passenger vehicles."""
    SCHOOL_BUS = "school_bus"
    OTHER = "other"
    """Trailers, special vehicles, 三轮汽车."""
