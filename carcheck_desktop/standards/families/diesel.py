"""What an edition of GB 3847 must hold."""

from __future__ import annotations

from enum import StrEnum

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.axes import Compared, LimitSet
from carcheck_desktop.standards.families.family import Judged


class AmbientStop(StrEnum):
    """Above which air temperature a test by lugging down does not count; sources disagree."""

    ABOVE_45_C = "above_45_C"
    ABOVE_40_C = "above_40_C"


class AltitudeAllowance(StrEnum):
    """How the smoke limit of lugging down grows with altitude."""

    NONE = "none"
    STEPWISE = "stepwise"
    """By whole steps of height."""
    LINEAR = "linear"


class CutOffSpeed(StrEnum):
    """What becomes of a free acceleration that did not reach the governed engine speed."""

    DEMANDED = "demanded"
    """The test does not count."""
    RECORDED = "recorded"


BY_SET = {"limit_set": LimitSet}
JUDGED = {
    # the limit in kW is a share of the rated power, so no table has a figure for it: only a platform may send one
    Quantity.FREE_ACCELERATION_K: Judged(Unit.PER_METRE, BY_SET),
    Quantity.LUGDOWN_K100: Judged(Unit.PER_METRE, BY_SET),
    Quantity.LUGDOWN_K80: Judged(Unit.PER_METRE, BY_SET),
    Quantity.LUGDOWN_NOX: Judged(Unit.PPM, BY_SET),
    Quantity.WHEEL_POWER_SHARE: Judged(Unit.PERCENT, BY_SET),
    Quantity.LUGDOWN_POWER: Judged(Unit.KILOWATT, BY_SET),
    Quantity.RINGELMANN: Judged(Unit.NONE, BY_SET),
}
COMPUTED = {
    Quantity.LIGHT_ABSORPTION: Unit.PER_METRE,
    Quantity.OPACITY: Unit.PERCENT,
    Quantity.ATMOSPHERIC_FACTOR: Unit.NONE,
    Quantity.POWER_CORRECTION_FACTOR: Unit.NONE,
    Quantity.CORRECTED_POWER: Unit.KILOWATT,
    Quantity.VELOCITY_AT_MAX_POWER: Unit.KILOMETRE_PER_HOUR,
}
CONSTANTS = (
    "accelerations_used",
    "altitude_from_m",
    "altitude_k_most_per_m",
    "altitude_k_per_step_per_m",
    "altitude_step_m",
    "co2_lowest_percent",
    "engine_factor_fm",
    "kelvin_offset",
    "longest_test_s",
    "opacity_path_m",
    "power_doubt_percent",
    "reference_pressure_kPa",
    "reference_temperature_K",
    "sample_s",
    "suction_pressure_exponent",
    "suction_temperature_exponent",
    "turbo_pressure_exponent",
    "turbo_temperature_exponent",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "limit_set": tuple(LimitSet),
    "compared": tuple(Compared),
    "ambient_stop": tuple(AmbientStop),
    "altitude_allowance": tuple(AltitudeAllowance),
    "cut_off_speed": tuple(CutOffSpeed),
}
