"""Two-speed idle (双怠速法, GB 18285 annex A): what is demanded, when a test cannot count, means, excess air.

Pure; the numbers come from the tables. Whoever measures asks `demand_of` and `given_up`, and never judges.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.domain.exhaust import (
    DemandedLimit,
    IdleEnd,
    IdlePhase,
    PhaseDemand,
    TwoSpeedIdleDemand,
)
from carcheck_desktop.domain.verdicts import Comparison
from carcheck_desktop.standards.families.petrol import IDLE
from carcheck_desktop.standards.loading.edition import Bound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from decimal import Decimal

    from carcheck_desktop.domain.exhaust import ExhaustSecond
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.standards.loading.edition import Edition, Limit

IN_PIPE = frozenset(
    (
        IdlePhase.HIGH_RISE, IdlePhase.HIGH_SETTLE, IdlePhase.HIGH_SAMPLE,
        IdlePhase.IDLE_FALL, IdlePhase.IDLE_SETTLE, IdlePhase.IDLE_SAMPLE,
    )
)  # fmt: skip
"""The phases in which the probe must see undiluted exhaust."""


def demand_of(tables: Edition, vehicle: Vehicle, on: date) -> TwoSpeedIdleDemand:
    """Return what a test of this vehicle asks for on the day; raise `DataError` outside the edition."""
    tables.require_in_force(on)

    def whole(key: str) -> int:
        return tables.whole(key, on)

    is_light = vehicle.total_mass_kg <= whole("light_to_kg")
    high, band = whole("high_idle_rpm_light" if is_light else "high_idle_rpm_heavy"), whole("high_idle_band_rpm")
    fast = int(Fraction(whole("rated_rpm") * whole("warm_up_percent"), 100))
    bounds = {
        "fast": (fast - whole("warm_up_band_rpm"), fast + whole("warm_up_band_rpm")),
        "high": (high - band, high + band),
        "idle": (whole("idle_low_rpm"), whole("idle_high_rpm")),
    }
    settle_s, sample_s = whole("settle_s"), whole("sample_s")
    phases = (
        PhaseDemand(IdlePhase.ACCELERATE, 0, *bounds["fast"]),
        PhaseDemand(IdlePhase.HOLD, whole("hold_s"), *bounds["fast"]),
        PhaseDemand(IdlePhase.PROBE_IN, 0, *bounds["idle"]),
        PhaseDemand(IdlePhase.HIGH_RISE, 0, *bounds["high"]),
        PhaseDemand(IdlePhase.HIGH_SETTLE, settle_s, *bounds["high"]),
        PhaseDemand(IdlePhase.HIGH_SAMPLE, sample_s, *bounds["high"]),
        PhaseDemand(IdlePhase.IDLE_FALL, 0, *bounds["idle"]),
        PhaseDemand(IdlePhase.IDLE_SETTLE, settle_s, *bounds["idle"]),
        PhaseDemand(IdlePhase.IDLE_SAMPLE, sample_s, *bounds["idle"]),
        PhaseDemand(IdlePhase.PROBE_OUT, 0, *bounds["idle"]),
    )
    chosen = tables.choice("limit_set", on)
    limits = [tables.limit(quantity, on, limit_set=chosen) for quantity in IDLE]
    return TwoSpeedIdleDemand(
        phases=phases,
        limits=tuple(side for limit in limits for side in _sides(limit)),
        dilution_percent=tables.constant("dilution_percent", on),
        stall_rpm=whole("stall_rpm"),
        oil_from_C=tables.constant("oil_from_C", on),
        residue_hc_below_ppm=tables.constant("residue_hc_below_ppm", on),
    )


def _sides(limit: Limit) -> list[DemandedLimit]:
    """Return a limit of one or two bounds as whoever draws it needs it."""
    shown = []
    if limit.bound in (Bound.AT_LEAST, Bound.BETWEEN):
        shown.append(DemandedLimit(limit.quantity, Comparison.AT_LEAST, limit.figures[0], limit.unit))
    if limit.bound in (Bound.AT_MOST, Bound.BETWEEN):
        shown.append(DemandedLimit(limit.quantity, Comparison.AT_MOST, limit.figures[-1], limit.unit))
    return shown


def in_band(rpm: int, low_rpm: int | None, high_rpm: int | None) -> bool:
    """Say whether an engine speed lies in a band; both ends belong to it."""
    return (low_rpm is None or rpm >= low_rpm) and (high_rpm is None or rpm <= high_rpm)


def given_up(demand: TwoSpeedIdleDemand, second: ExhaustSecond) -> IdleEnd | None:
    """Say whether one second ends the test at once: the engine stalled, or the exhaust is diluted (CO + CO2)."""
    if second.rpm < demand.stall_rpm:
        return IdleEnd.STALLED
    if second.phase in IN_PIPE and second.co_percent + second.co2_percent < demand.dilution_percent:
        return IdleEnd.DILUTED
    return None


def mean(seconds: Sequence[ExhaustSecond], value: Callable[[ExhaustSecond], Decimal]) -> Fraction:
    """Return the arithmetic mean over seconds; there must be one."""
    return sum((Fraction(value(each)) for each in seconds), Fraction(0)) / len(seconds)


def excess_air(tables: Edition, on: date, seconds: Sequence[ExhaustSecond]) -> Fraction:
    """Return the excess-air coefficient (过量空气系数 λ) of the means of CO, CO2, HC and O2, by Brettschneider's formula.

    The means of CO and CO2 must not both be zero.
    """
    co, co2 = mean(seconds, lambda each: each.co_percent), mean(seconds, lambda each: each.co2_percent)
    hc, o2 = mean(seconds, lambda each: each.hc_ppm), mean(seconds, lambda each: each.o2_percent)
    hcv, ocv, k1, gas = (
        Fraction(tables.constant(key, on)) for key in ("lambda_hcv", "lambda_ocv", "lambda_k1", "lambda_water_gas")
    )
    water = Fraction(0) if co2 == 0 else hcv / 4 * gas / (gas + co / co2)
    had = co2 + co / 2 + o2 + (water - ocv / 2) * (co2 + co)
    return had / ((1 + hcv / 4 - ocv / 2) * (co2 + co + k1 * hc))
