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
    """One exhaust report; only `report` must be given, a rule looks at what is there.

    `obd_vin` is the VIN that the diagnosis answered (empty: it answered none). `open_monitors`, `cleared_km`: readiness and
    distance since the codes were cleared. Process data are series of one value per second: `co_percent`, `co2_percent`,
    `o2_percent`, `excess_air`, `rpm` (an empty place is a skipped second: `rpm_is_skipped`), `obd_rpm`, `curve` (any measured curve,
    such as k or CO), `counters`, `times`. `flow_at_50_L_s` is the exhaust flow at 50 km/h; `k_per_m` every smoke value of the report.
    Powers are in kW, `velocity_at_max_power_kmh` is the roller speed of the highest power. `has_repair_record` says whether an
    M-station sent a repair between two tests. Tube lengths include the probe.
    """

    report: str
    vin: str | None = None
    model: str | None = None
    obd_vin: str | None = None
    cal_id: str | None = None
    cvn: str | None = None
    open_monitors: int | None = None
    cleared_km: Decimal | None = None
    method: Method | None = None
    method_reason: str | None = None
    fits_dynamometer: bool | None = None
    is_heavy: bool | None = None
    tested_at: datetime | None = None
    has_passed: bool | None = None
    has_repair_record: bool | None = None
    co_percent: tuple[Decimal, ...] | None = None
    co2_percent: tuple[Decimal, ...] | None = None
    o2_percent: tuple[Decimal, ...] | None = None
    excess_air: tuple[Decimal, ...] | None = None
    flow_at_50_L_s: Decimal | None = None
    rpm: tuple[int, ...] | None = None
    rpm_is_skipped: bool = False
    obd_rpm: tuple[int, ...] | None = None
    k_per_m: tuple[Decimal, ...] | None = None
    rated_power_kW: Decimal | None = None
    corrected_power_kW: Decimal | None = None
    max_power_kW: Decimal | None = None
    power_at_80_kW: Decimal | None = None
    velocity_at_max_power_kmh: Decimal | None = None
    curve: tuple[Decimal, ...] | None = None
    counters: tuple[int, ...] | None = None
    times: tuple[datetime, ...] | None = None
    software: str | None = None
    registered_software: str | None = None
    photos_demanded: tuple[str, ...] | None = None
    photos_taken: tuple[str, ...] | None = None
    analyser_tube_m: Decimal | None = None
    opacimeter_tube_m: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Supervision:
    """Reports to be looked at together, each under a name of its own.

    `watched_cal_ids` are calibration ids that are known from forged tests (红码).
    """

    reports: tuple[Report, ...]
    watched_cal_ids: tuple[str, ...] = ()
