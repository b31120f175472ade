"""What supervision knows of one exhaust report: only what the report and its process data say themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Method(StrEnum):
    """How exhaust was tested."""

    TWO_SPEED_IDLE = "two_speed_idle"
    ASM = "asm"
    VMAS = "vmas"
    TRANSIENT = "transient"
    LUGDOWN = "lugdown"
    FREE_ACCELERATION = "free_acceleration"


UNLOADED = frozenset((Method.TWO_SPEED_IDLE, Method.FREE_ACCELERATION))


@dataclass(frozen=True, slots=True)
class Report:
    """One exhaust report with as much of its process data as there is; each rule looks at what is given.

    Series have one value per second.
    """

    report: str
    """Its number, once in the list."""
    vin: str | None = None
    """As registered."""
    model: str | None = None
    """Vehicle model."""
    obd_vin: str | None = None
    """As the diagnosis answered; empty where it answered none."""
    cal_id: str | None = None
    """CAL ID of the engine's control unit."""
    cvn: str | None = None
    """CVN that belongs to it."""
    open_monitors: int | None = None
    """Readiness monitors that are not complete."""
    cleared_km: Decimal | None = None
    """Distance since fault codes were cleared."""
    method: Method | None = None
    """How it was tested."""
    method_reason: str | None = None
    """Why by a method without load."""
    fits_dynamometer: bool | None = None
    """Whether the vehicle fits the dynamometer."""
    is_heavy: bool | None = None
    """Total mass above 3500 kg."""
    tested_at: datetime | None = None
    """When."""
    has_passed: bool | None = None
    """How it ended."""
    has_repair_record: bool | None = None
    """Whether a repair was recorded since the test before."""
    co_percent: tuple[Decimal, ...] | None = None
    co2_percent: tuple[Decimal, ...] | None = None
    o2_percent: tuple[Decimal, ...] | None = None
    excess_air: tuple[Decimal, ...] | None = None
    """λ."""
    flow_at_50_kmh_lps: Decimal | None = None
    """Exhaust flow at 50 km/h."""
    rpm: tuple[int, ...] | None = None
    """Engine speed of the tachometer."""
    rpm_is_skipped: bool = False
    """Whether the engine speed was skipped."""
    obd_rpm: tuple[int, ...] | None = None
    """Engine speed of the diagnosis."""
    k_per_m: tuple[Decimal, ...] | None = None
    """Smoke results of the report: of each acceleration, or of both points; no readings second by second."""
    rated_power_kW: Decimal | None = None
    corrected_power_kW: Decimal | None = None
    max_power_kW: Decimal | None = None
    """Highest wheel power of the scan."""
    power_at_80_kW: Decimal | None = None
    """Wheel power at the 80 % point."""
    velocity_at_max_power_kmh: Decimal | None = None
    """Roller speed of the highest power (VelMaxHP)."""
    curve: tuple[Decimal, ...] | None = None
    """Any measured curve; compared between reports sample for sample."""
    counters: tuple[int, ...] | None = None
    """Counter of the process data, from 1."""
    times: tuple[datetime, ...] | None = None
    """Moments of the process data."""
    software: str | None = None
    """Version of the lane software."""
    registered_software: str | None = None
    photos_demanded: tuple[str, ...] | None = None
    """Names of the photos and videos demanded."""
    photos_taken: tuple[str, ...] | None = None
    """Names of those that are there."""
    analyser_tube_m: Decimal | None = None
    """Sampling tube with probe."""
    opacimeter_tube_m: Decimal | None = None
    """Sampling tube with probe."""


@dataclass(frozen=True, slots=True)
class Supervision:
    """Reports to be looked at together. Each rule that finds something gives a card that does not count: a flag is no verdict."""

    reports: tuple[Report, ...]
    """At least one."""
    watched_cal_ids: tuple[str, ...] = ()
    """CAL IDs known from forged tests (红码)."""
