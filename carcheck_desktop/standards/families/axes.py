"""By what limits are chosen: the words of `when` in a table file."""

from __future__ import annotations

from enum import StrEnum


class BrakeClass(StrEnum):
    """The rows of the bench brake table of GB 7258-2017, 7.11.1.1."""

    LIGHT = "light"
    """Passenger cars of up to nine seats, and other cars of up to 3500 kg total mass."""
    BUS = "bus"
    """Buses of more than 3500 kg total mass."""
    ARTICULATED_BUS = "articulated_bus"
    OTHER = "other"
    """Other motor vehicles of more than 3500 kg total mass."""
    SPECIAL_LOW_RATIO = "special_low_ratio"
    """Special-purpose vehicles whose total mass is at most 1.2 times the curb mass."""
    ROAD_TRAIN = "road_train"
    TRAILER = "trailer"
    THREE_WHEELED = "three_wheeled"
    """三轮汽车."""
    MOTORCYCLE = "motorcycle"
    """Ordinary motorcycles with two wheels, or with a side car."""
    TRICYCLE = "tricycle"
    """正三轮摩托车."""
    MOPED = "moped"


class Place(StrEnum):
    """Front and rear axles as GB 7258 counts them."""

    FRONT = "front"
    REAR = "rear"


class RateBranch(StrEnum):
    """Which case of the imbalance, by the axle's rounded rate."""

    RATE_FROM = "rate_from"
    RATE_BELOW = "rate_below"


class MassRatio(StrEnum):
    """Which case of the parking brake, by total over curb mass."""

    FROM = "mass_ratio_from"
    BELOW = "mass_ratio_below"


class Tester(StrEnum):
    """What the brakes are measured on."""

    ROLLER = "roller"
    PLATE = "plate"


class WindowEnd(StrEnum):
    """Where the build-up of an imbalance ends, as long as no wheel locks."""

    LATER_PEAK = "later_peak"
    EARLIER_PEAK = "earlier_peak"
    SUM_PEAK = "sum_peak"


class PlateLoad(StrEnum):
    """What divides the imbalance of a weak rear axle on a plate where the rate divides by the dynamic load."""

    DYNAMIC = "dynamic"
    STATIC = "static"


class FirstTrailerAxle(StrEnum):
    """Whether the first axle of a trailer is tested loaded."""

    TESTED = "tested"
    SPARED = "spared"


class RoadDecision(StrEnum):
    """What a road test rests on: distance and deceleration both, or either of them."""

    BOTH = "both"
    EITHER = "either"


class RoadClass(StrEnum):
    """The rows of the road test tables of GB 7258-2017, 7.10."""

    CAR = "car"
    """乘用车: passenger cars of up to nine seats."""
    LIGHT = "light"
    """Other cars of up to 3500 kg total mass."""
    LOW_SPEED = "low_speed"
    """低速货车."""
    OTHER = "other"
    TRAIN = "train"
    """Road trains and articulated buses."""
    TRAILER = "trailer"
    THREE_WHEELED = "three_wheeled"
    """三轮汽车."""
    MOTORCYCLE = "motorcycle"
    SIDECAR = "sidecar"
    TRICYCLE = "tricycle"
    """正三轮摩托车."""
    MOPED = "moped"


class Lading(StrEnum):
    """How a vehicle was laden in a road test."""

    UNLADEN = "unladen"
    LADEN = "laden"


class BrakeForce(StrEnum):
    """Which limit of the coordination time holds: what presses the brake, but trains by themselves."""

    AIR = "air"
    HYDRAULIC = "hydraulic"
    TRAIN_OR_OTHER = "train_or_other"


class YearCount(StrEnum):
    """How a vehicle's years are counted."""

    DATE_EXACT = "date_exact"
    CALENDAR = "calendar"


class LimitSet(StrEnum):
    """Which of the two sets of exhaust limits (限值 a / b) a station is held to."""

    A = "a"
    B = "b"


class Bounds(StrEnum):
    """Whether exactly at a bound of the excess-air coefficient still passes."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class Compared(StrEnum):
    """Which value is held against a limit (修约值比较 or 全数值比较)."""

    ROUNDED = "rounded"
    FULL = "full"


class TractionControl(StrEnum):
    """Whether a traction control that cannot be switched off keeps a car from the dynamometer."""

    COUNTS = "counts"
    DOES_NOT_COUNT = "does_not_count"


class OutOfBand(StrEnum):
    """What becomes of a sample of two-speed idle with an engine speed out of its band."""

    CONTIGUOUS = "contiguous"
    SKIP = "skip"


class DrivingMode(StrEnum):
    """The loaded methods (简易工况法) of which a province uses one."""

    ASM = "asm"
    VMAS = "vmas"
    TRANSIENT = "transient"


class AsmRestart(StrEnum):
    """From when the clock of a steady-state mode runs again after it was put back."""

    AT_ONCE = "at_once"
    STEADY_FIRST = "steady_first"


class IdleBand(StrEnum):
    """What becomes of a second of idle whose engine speed lies out of the band of the tables."""

    REMARK = "remark"
    """It counts, and the card says so."""
    APPLIED = "applied"
    """It does not count."""


class Switch(StrEnum):
    """Whether a rule that is not well known is applied."""

    ON = "on"
    OFF = "off"


class FlowOf(StrEnum):
    """With which dilution ratio the exhaust flow that is shown is worked out."""

    ROUNDED_RATIO = "rounded_ratio"
    EXACT_RATIO = "exact_ratio"


class FirstDay(StrEnum):
    """Whether a decisive day itself belongs to what comes after it."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class GasHc(StrEnum):
    """What becomes of the HC of natural gas."""

    RECORDED = "recorded"
    JUDGED = "judged"
