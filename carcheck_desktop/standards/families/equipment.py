"""What a table of emission equipment checks and supervision rules (HJ 1237 and HJ 1238) must hold."""

from __future__ import annotations

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.axes import Bounds, Compared
from carcheck_desktop.standards.families.equipment_axes import (
    Active,
    AirKind,
    AnalyserClass,
    Check,
    City,
    Component,
    FilterPoint,
    GasRange,
    LoadFuel,
    MonthlyRule,
    OxygenSensor,
    ResponseEdge,
)
from carcheck_desktop.standards.families.family import Judged

BY_CLASS = {"analyser_class": AnalyserClass, "range": GasRange}
GASES = {
    Component.HC: Quantity.ANALYSER_HC,
    Component.CO: Quantity.ANALYSER_CO,
    Component.CO2: Quantity.ANALYSER_CO2,
    Component.NO: Quantity.ANALYSER_NO,
    Component.NO2: Quantity.ANALYSER_NO2,
    Component.O2: Quantity.ANALYSER_O2,
}
"""What each channel's error is judged as."""
PERCENT_GASES = frozenset((Component.CO, Component.CO2, Component.O2))
JUDGED = {
    Quantity.COAST_DOWN_ERROR: Judged(Unit.PERCENT, {}),
    Quantity.PARASITIC_POWER: Judged(Unit.KILOWATT, {}),
    Quantity.LOAD_ERROR: Judged(Unit.PERCENT, {"fuel": LoadFuel}),
    **{
        quantity: Judged(Unit.PERCENT if gas in PERCENT_GASES else Unit.PPM, BY_CLASS)
        for gas, quantity in GASES.items()
    },
    Quantity.O2_SPAN_ERROR: Judged(Unit.PERCENT, {"sensor": OxygenSensor}),
    Quantity.OPACIMETER_ERROR: Judged(Unit.PERCENT, {"point": FilterPoint}),
    Quantity.ANALYSER_RESIDUE: Judged(Unit.PPM, {}),
    Quantity.AIR_HC: Judged(Unit.PPM, {"air": AirKind}),
    Quantity.AIR_CO: Judged(Unit.PERCENT, {"air": AirKind}),
    Quantity.AIR_NO: Judged(Unit.PPM, {"air": AirKind}),
    Quantity.CONVERTER_EFFICIENCY: Judged(Unit.PERCENT, {}),
    Quantity.RESPONSE_TIME: Judged(Unit.SECOND, {"component": Component, "edge": ResponseEdge}),
    Quantity.TEMPERATURE_ERROR: Judged(Unit.DEGREE_CELSIUS, {}),
    Quantity.HUMIDITY_ERROR: Judged(Unit.PERCENT, {}),
    Quantity.PRESSURE_ERROR: Judged(Unit.KILOPASCAL, {}),
    Quantity.TACHOMETER_ERROR: Judged(Unit.REVOLUTIONS_PER_MINUTE, {}),
    Quantity.CHECK_AGE: Judged(Unit.HOUR, {"check": Check, "city": City}),
}
COMPUTED = {
    Quantity.COAST_DOWN_TIME: Unit.SECOND,
    Quantity.COAST_DOWN_SHORTEST: Unit.SECOND,
    Quantity.COAST_DOWN_LONGEST: Unit.SECOND,
    Quantity.NOMINAL_HC: Unit.PPM,
    Quantity.ANALYSER_RELATIVE_ERROR: Unit.PERCENT,
    Quantity.FLAGGED_REPORTS: Unit.NONE,
}
RULES = (
    "obd_vin", "obd_vin_unread", "same_calibration", "watched_calibration", "code_cleared", "diluted", "oxygen",
    "excess_air", "little_exhaust", "no_smoke", "wheel_power", "power_at_80", "velocity_at_max_power", "engine_speed_zero",
    "engine_speed_differs", "same_curve", "quick_retest", "method_relaxed", "software", "time_travel", "counter",
    "missing_photos", "analyser_tube", "opacimeter_tube",
)  # fmt: skip
"""The rules of supervision, in the order in which they are looked at; each is a setting `rule_<id>` and so has its source."""
CONSTANTS = (
    "high_from_CO_percent",
    "high_from_CO2_percent",
    "high_from_HC_ppm",
    "high_from_NO_ppm",
    "supervision_calibration_models",
    "supervision_co_co2_percent",
    "supervision_cleared_km",
    "supervision_excess_air_high",
    "supervision_excess_air_low",
    "supervision_flow_L_s",
    "supervision_monitors",
    "supervision_o2_percent",
    "supervision_opacimeter_tube_m",
    "supervision_analyser_tube_m",
    "supervision_power_percent",
    "supervision_power_at_80_percent",
    "supervision_retest_minutes",
    "supervision_rpm_percent",
    "supervision_second_gap_s",
    "supervision_smoke_per_m",
    "supervision_velocity_high_kmh",
    "supervision_velocity_low_kmh",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "check_compared": tuple(Compared),
    "residue_bounds": tuple(Bounds),
    "city": tuple(City),
    "parasitic_schedule": tuple(MonthlyRule),
    **{f"rule_{rule}": tuple(Active) for rule in RULES},
}
