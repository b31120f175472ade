"""Two-speed idle (双怠速法, GB 18285 annex A): what is demanded, and when a second ends the test.

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
    from datetime import date

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
