"""Humidity factor kH (湿度修正系数) of NO, from temperature, relative humidity and pressure of the air."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.standards.emission.formulas.figures import (
    PERCENT,
    PRESSURE_KPA,
    TEMPERATURE_C,
    out_of_range,
    required,
    shown,
    within,
)
from carcheck_desktop.standards.families.axes import Switch
from carcheck_desktop.standards.powers import exp
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

FACTOR = (Decimal("0.3"), Decimal(3))
"""Beyond this no air makes a factor."""
SAME_PRESSURE = Fraction(1, 200)
"""By how much (of itself) a given saturation pressure may lie above that of 30 °C and still be taken for it."""


@dataclass(frozen=True, slots=True)
class Ambient:
    """The air of the test.

    `saturation_pressure_kPa` is that of water at `temperature_C` (above 30 °C that of 30 °C); without it, it is worked out.
    `humidity_factor` goes before all others, where the lane has kept only that.
    """

    temperature_C: Decimal | None = None
    humidity_percent: Decimal | None = None
    pressure_kPa: Decimal | None = None
    saturation_pressure_kPa: Decimal | None = None
    humidity_factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Humidity:
    """kH with what led to it; `absolute` (g of water per kg of dry air) is None where kH itself was given."""

    factor: Fraction
    absolute: Fraction | None
    inputs: dict[str, str]


def humidity(case: Case, air: Ambient, place: str = "") -> Humidity:
    """Return kH = 1/(1 − 0.0047 (H − 75)) with H = 43.478 RH Pd/(PB − Pd RH/100).

    Raises `DataError` naming the field that is missing or cannot be, `place` before its name.
    """
    if air.humidity_factor is not None:
        given = within(f"{place}humidity_factor", air.humidity_factor, FACTOR)
        return Humidity(given, None, {"kH": shown(given), "kH_given": "yes"})
    relative = required(f"{place}humidity_percent", air.humidity_percent, PERCENT)
    pressure = required(f"{place}pressure_kPa", air.pressure_kPa, PRESSURE_KPA)
    saturation, inputs = _saturation(case, air, place)
    scale, slope, reference = (Fraction(case.constant(f"humidity_{name}")) for name in ("scale", "slope", "reference"))
    absolute = scale * relative * saturation / (pressure - saturation * relative / 100)
    factor = 1 / (1 - slope * (absolute - reference)) if slope * (absolute - reference) < 1 else Fraction(0)
    if not FACTOR[0] <= factor <= FACTOR[1]:
        raise out_of_range(f"{place}humidity_percent", relative, f"kH {FACTOR[0]} – {FACTOR[1]}")
    inputs |= {
        "humidity_percent": shown(relative), "pressure_kPa": shown(pressure), "H": shown(absolute), "kH": shown(factor),
    }  # fmt: skip
    return Humidity(factor, absolute, inputs)


def air_problem(case: Case, temperature_C: Decimal | None) -> Message | None:
    """Say that the loaded methods are not run in air so cold or so hot; None where it is neither, or the rule is off."""
    if temperature_C is None or case.choice("driving_ambient") == Switch.OFF:
        return None
    low, high = -case.constant("driving_frost_C"), case.constant("driving_to_C")
    if low <= temperature_C <= high:
        return None
    params: dict[str, Param] = {"temperature": plain(temperature_C), "low": plain(low), "high": plain(high)}
    return Message("standards.exhaust.ambient", params)


def saturation_kPa(case: Case, temperature_C: Fraction) -> Fraction:
    """Return the saturation pressure of water by Buck's formula; above 30 °C that of 30 °C."""
    at = min(temperature_C, Fraction(case.constant("humidity_to_C")))
    base, slope, curve, shift = (
        Fraction(case.constant(key))
        for key in ("saturation_kPa", "saturation_slope", "saturation_curve_C", "saturation_base_C")
    )
    return base * Fraction(exp((slope - at / curve) * at / (shift + at)))


def _saturation(case: Case, air: Ambient, place: str) -> tuple[Fraction, dict[str, str]]:
    """Return the saturation pressure to use, and how it came about."""
    highest = Fraction(case.constant("humidity_to_C"))
    known = None if air.temperature_C is None else within(f"{place}temperature_C", air.temperature_C, TEMPERATURE_C)
    if air.saturation_pressure_kPa is None:
        temperature = required(f"{place}temperature_C", air.temperature_C, TEMPERATURE_C)
        used, how = saturation_kPa(case, temperature), "worked_out"
    else:
        used, how = (
            within(f"{place}saturation_pressure_kPa", air.saturation_pressure_kPa, (Decimal("0.01"), Decimal(20))),
            "given",
        )
        ceiling = saturation_kPa(case, highest)
        if known is not None and known > highest and used > ceiling * (1 + SAME_PRESSURE):
            used, how = ceiling, "clamped"
    inputs = {"saturation_pressure_kPa": shown(used), "saturation_pressure": how}
    if known is not None:
        inputs |= {"temperature_C": shown(known), "temperature_used_C": shown(min(known, highest))}
    return used, inputs
