"""The rules that look at one report at a time: each says what it found, or nothing. Thresholds are constants of the tables."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.supervision.reports import UNLOADED, Method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.supervision.reports import Report

Threshold: TypeAlias = Callable[[str], Decimal]
"""Returns a constant of the tables by its name without `supervision_`."""


def obd_vin(report: Report, _threshold: Threshold) -> str | None:
    """Another VIN than the registered one; an empty answer is a rule of its own."""
    answered, registered = sign(report.obd_vin), sign(report.vin)
    return f"{answered} ≠ {registered}" if answered and registered and answered != registered else None


def obd_vin_unread(report: Report, _threshold: Threshold) -> str | None:
    """A diagnosis that answered without a VIN."""
    return "-" if report.obd_vin is not None and not sign(report.obd_vin) else None


def code_cleared(report: Report, threshold: Threshold) -> str | None:
    """Too many open monitors, or hardly any distance since codes were cleared."""
    if report.open_monitors is not None and report.open_monitors > threshold("monitors"):
        return f"{report.open_monitors} > {plain(threshold('monitors'))}"
    return _below(report.cleared_km, threshold("cleared_km"), "km")


def diluted(report: Report, threshold: Threshold) -> str | None:
    """CO + CO2 below the threshold in any second."""
    if report.co_percent is None or report.co2_percent is None:
        return None
    same_length(co_percent=report.co_percent, co2_percent=report.co2_percent)
    sums = [Fraction(co) + Fraction(co2) for co, co2 in zip(report.co_percent, report.co2_percent, strict=True)]
    return _below(min(sums, default=None), threshold("co_co2_percent"), "%")


def oxygen(report: Report, threshold: Threshold) -> str | None:
    """Air in the sample of two-speed idle."""
    if report.method not in (None, Method.TWO_SPEED_IDLE) or not report.o2_percent:
        return None
    highest, limit = max(report.o2_percent), threshold("o2_percent")
    return f"O2 {plain(highest)} ≥ {plain(limit)} %" if highest >= limit else None


def excess_air(report: Report, threshold: Threshold) -> str | None:
    """Excess air out of range while sampling."""
    if not report.excess_air:
        return None
    low, high = threshold("excess_air_low"), threshold("excess_air_high")
    return _below(min(report.excess_air), low, "") or _above(max(report.excess_air), high, "")


def little_exhaust(report: Report, threshold: Threshold) -> str | None:
    """Hardly any exhaust in the flow meter at 50 km/h."""
    return _below(report.flow_at_50_kmh_lps, threshold("flow_L_s"), "L/s")


def no_smoke(report: Report, threshold: Threshold) -> str | None:
    """Smoke so near to none that the probe was not in the pipe."""
    return _below(min(report.k_per_m or (), default=None), threshold("smoke_per_m"), "m⁻¹")


def wheel_power(report: Report, threshold: Threshold) -> str | None:
    """More power at the wheels than an engine leaves there."""
    return _above(_percent(report.corrected_power_kW, report.rated_power_kW), threshold("power_percent"), "%")


def power_at_80(report: Report, threshold: Threshold) -> str | None:
    """Hardly any power at the 80 % point."""
    return _below(_percent(report.power_at_80_kW, report.max_power_kW), threshold("power_at_80_percent"), "%")


def velocity_at_max_power(report: Report, threshold: Threshold) -> str | None:
    """A heavy vehicle whose highest power comes at a speed that it does not have."""
    speed = report.velocity_at_max_power_kmh
    if not report.is_heavy or speed is None:
        return None
    low, high = threshold("velocity_low_kmh"), threshold("velocity_high_kmh")
    return _below(speed, low, "km/h") or _above(speed, high, "km/h")


def engine_speed_zero(report: Report, _threshold: Threshold) -> str | None:
    """An engine speed of zero, or skipped, while the test ran."""
    if report.rpm_is_skipped:
        return "-"
    return "0 r/min" if report.rpm is not None and 0 in report.rpm else None


def engine_speed_differs(report: Report, threshold: Threshold) -> str | None:
    """Engine speeds of diagnosis and tachometer that differ by more than a share of the tachometer's."""
    if report.rpm is None or report.obd_rpm is None:
        return None
    same_length(rpm=report.rpm, obd_rpm=report.obd_rpm)
    limit = threshold("rpm_percent")
    for measured, answered in zip(report.rpm, report.obd_rpm, strict=True):
        if 100 * abs(answered - measured) > limit * measured:
            return f"{answered} / {measured} r/min"
    return None


def method_relaxed(report: Report, _threshold: Threshold) -> str | None:
    """A test without load of a vehicle that fits the dynamometer, and no reason given."""
    is_relaxed = report.method in UNLOADED and report.fits_dynamometer and not (report.method_reason or "").strip()
    return str(report.method) if is_relaxed else None


def software(report: Report, _threshold: Threshold) -> str | None:
    """Another version of the lane software than the registered one."""
    if report.software is None or report.registered_software is None or report.software == report.registered_software:
        return None
    return f"{report.software} ≠ {report.registered_software}"


def time_travel(report: Report, threshold: Threshold) -> str | None:
    """Times of the process that do not go on, or leave out seconds."""
    most = timedelta(microseconds=int(threshold("second_gap_s") * 1_000_000))
    for before, after in itertools.pairwise(report.times or ()):
        if (before.tzinfo is None) != (after.tzinfo is None):
            raise DataError("standards.record.wrong_value", field="times", value=after, allowed=before)
        if not timedelta(0) < after - before <= most:
            return f"{before.isoformat()} → {after.isoformat()}"
    return None


def counter(report: Report, _threshold: Threshold) -> str | None:
    """A counter that does not start at one, or does not go on by one."""
    for wanted, number in enumerate(report.counters or (), 1):
        if number != wanted:
            return f"{number} ≠ {wanted}"
    return None


def missing_photos(report: Report, _threshold: Threshold) -> str | None:
    """Photos of set moments that are not there."""
    missing = [each for each in report.photos_demanded or () if each not in (report.photos_taken or ())]
    return ", ".join(missing) or None


def analyser_tube(report: Report, threshold: Threshold) -> str | None:
    """A sampling tube of an analyser that is too long."""
    return _from(report.analyser_tube_m, threshold("analyser_tube_m"), "m")


def opacimeter_tube(report: Report, threshold: Threshold) -> str | None:
    """A sampling tube of an opacimeter that is too long."""
    return _from(report.opacimeter_tube_m, threshold("opacimeter_tube_m"), "m")


def sign(text: str | None) -> str:
    """Return an identification as it is compared: without blanks, in capitals; empty where there is none."""
    return "".join((text or "").split()).upper()


def same_length(**series: tuple[object, ...]) -> None:
    """Raise `DataError` naming the second of two series that have not as many values."""
    (_, first), (name, second) = series.items()
    if len(first) != len(second):
        raise DataError("standards.record.wrong_value", field=name, value=len(second), allowed=str(len(first)))


def _percent(part: Decimal | None, whole: Decimal | None) -> Fraction | None:
    if part is None or not whole:
        return None
    return Fraction(part) * 100 / Fraction(whole)


def _below(value: Decimal | Fraction | None, limit: Decimal, unit: str) -> str | None:
    return None if value is None or value >= limit else f"{plain(value)} < {plain(limit)} {unit}".rstrip()


def _above(value: Decimal | Fraction | None, limit: Decimal, unit: str) -> str | None:
    return None if value is None or value <= limit else f"{plain(value)} > {plain(limit)} {unit}".rstrip()


def _from(value: Decimal | None, limit: Decimal, unit: str) -> str | None:
    return None if value is None or value < limit else f"{plain(value)} ≥ {plain(limit)} {unit}"


BY_REPORT: Mapping[str, Callable[[Report, Threshold], str | None]] = {
    each.__name__: each
    for each in (
        obd_vin, obd_vin_unread, code_cleared, diluted, oxygen, excess_air, little_exhaust, no_smoke, wheel_power,
        power_at_80, velocity_at_max_power, engine_speed_zero, engine_speed_differs, method_relaxed, software,
        time_travel, counter, missing_photos, analyser_tube, opacimeter_tube,
    )
}  # fmt: skip
"""By the rule's name in the tables."""
