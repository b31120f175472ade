"""Lugging down (加载减速法, GB 3847 annex B): power, smoke at both points, NOx, and when a test does not count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.cards import Doubt, Judgement, Subject, computed, invalid, not_judged
from carcheck_desktop.standards.diesel import altitude
from carcheck_desktop.standards.diesel.holding import LUGDOWN, by_set, figures, held, mean
from carcheck_desktop.standards.diesel.power import (
    COLDEST_C,
    HOTTEST_C,
    MOST_KW,
    Correction,
    PowerCorrection,
    correction,
    power_card,
)
from carcheck_desktop.standards.diesel.smoke import HIGHEST_K_PER_M, opacity
from carcheck_desktop.standards.families.diesel import AmbientStop
from carcheck_desktop.standards.records.figures import all_between, between, only_one, required
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import Computed, VerdictCard
    from carcheck_desktop.standards.case import Case

MOST_PPM = 20000
MOST_RPM = 20000
MOST_KMH = 200
LONGEST_S = 36000
STOPS = {AmbientStop.ABOVE_45_C: Decimal(45), AmbientStop.ABOVE_40_C: Decimal(40)}


class LugdownPart(StrEnum):
    """One result of a test."""

    POWER = "power"
    K100 = "k100"
    K80 = "k80"
    NOX = "nox"


SMOKE = {LugdownPart.K100: Quantity.LUGDOWN_K100, LugdownPart.K80: Quantity.LUGDOWN_K80}
QUANTITIES = {LugdownPart.POWER: Quantity.LUGDOWN_POWER, **SMOKE, LugdownPart.NOX: Quantity.LUGDOWN_NOX}


@dataclass(frozen=True, slots=True)
class Lugdown:
    """One test by lugging down, whole or some of its results.

    Power: measured with the air, measured with its factor, or corrected. Smoke and NOx: a mean, or the nine values of the nine
    seconds. A test that stopped after the power scan, because the power is too low, has no smoke and no NOx: leave them out (0 is a
    measured zero); they are not judged and the power fails. Without `parts` a whole test is meant, and whatever else is missing is
    `not_judged`; to have the power alone judged give `parts: ["power"]`, or use the kind `power_correction`.
    """

    parts: tuple[LugdownPart, ...] | None = None
    """The results that the record is about; without it all four."""
    measured_power_kW: Decimal | None = None
    """Highest wheel power as measured."""
    correction_factor: Decimal | None = None
    """Power correction factor, where it is not computed from the air."""
    corrected_power_kW: Decimal | None = None
    """Highest wheel power, already corrected."""
    rated_power_kW: Decimal | None = None
    """Without it the vehicle's own."""
    temperature_C: Decimal | None = None
    """Of the air; above 45 °C the test does not count (setting `ambient_stop`)."""
    pressure_kPa: Decimal | None = None
    """Of the air."""
    relative_humidity_percent: Decimal | None = None
    """Recorded only: no source has a formula that uses it."""
    is_turbocharged: bool | None = None
    """Without it the vehicle's own."""
    fm: Decimal | None = None
    """Exponent of the engine; without it the tables'."""
    altitude_m: Decimal | None = None
    """Height of the station above the sea; above 1500 m the limit of k grows (setting `altitude_allowance`)."""
    k100_per_m: Decimal | None = None
    """Mean light absorption at the 100 % point."""
    k100_each_second_per_m: tuple[Decimal, ...] | None = None
    """Its nine values."""
    k80_per_m: Decimal | None = None
    """Mean light absorption at the 80 % point."""
    k80_each_second_per_m: tuple[Decimal, ...] | None = None
    """Its nine values."""
    nox80_ppm: Decimal | None = None
    """Mean NOx at the 80 % point."""
    nox80_each_second_ppm: tuple[Decimal, ...] | None = None
    """Its nine values."""
    lowest_co2_percent: Decimal | None = None
    """Lowest CO2 while loaded; below 2 % the test does not count."""
    duration_s: Decimal | None = None
    """Of the whole test; above 5 min it does not count."""
    rated_rpm: int | None = None
    """Rated engine speed."""
    highest_rpm: int | None = None
    """Highest engine speed without load (MaxRPM)."""
    speed_at_highest_rpm_kmh: Decimal | None = None
    """Roller speed at `highest_rpm`; the three give the calculated speed of the highest power."""
    is_aborted: bool = False
    """Whether the test was broken off; then it does not count."""
    abort_reason: str = ""
    """Why, in your own words; shown with the result."""


@dataclass(frozen=True, slots=True)
class _Result:
    """The mean of one point with the numbers that went in."""

    exact: Fraction
    inputs: dict[str, str]


def judge_lugdown(case: Case, record: Lugdown) -> Judgement:
    """Judge power, k at both points and NOx; raise `DataError` naming a field that cannot be used.

    A test that does not count has `invalid` cards only, and no figures.
    """
    parts = tuple(part for part in LugdownPart if record.parts is None or part in record.parts)
    if not parts:
        raise DataError("standards.record.missing", field="parts")
    problem = _problem(case, record) or _short_sample(case, record, parts)
    if problem is not None:
        return Judgement(tuple(_invalid(case, part, problem) for part in parts))
    found = Judgement(computed=_speed(case, record))
    doubts = _ambient_doubts(case, record)
    for part in parts:
        if part is LugdownPart.POWER:
            found += _power(case, record, doubts)
        else:
            found += _point(case, record, part, found.cards, doubts)
    return found


def _problem(case: Case, record: Lugdown) -> Message | None:
    """Say why the test does not count; None when it does."""
    if record.is_aborted:
        return Message("standards.diesel.aborted", {"reason": record.abort_reason or "-"})
    if record.temperature_C is not None:
        between("temperature_C", record.temperature_C, COLDEST_C, HOTTEST_C)
        highest = STOPS[AmbientStop(case.choice("ambient_stop"))]
        if record.temperature_C > highest:
            params: dict[str, str | int] = {"temperature": plain(record.temperature_C), "highest": plain(highest)}
            return Message("standards.diesel.too_hot", params)
    if record.duration_s is not None:
        between("duration_s", record.duration_s, 0, LONGEST_S)
        longest = case.constant("longest_test_s")
        if record.duration_s > longest:
            params = {"seconds": plain(record.duration_s), "longest": plain(longest)}
            return Message("standards.diesel.too_long", params)
    if record.lowest_co2_percent is not None:
        between("lowest_co2_percent", record.lowest_co2_percent, 0, 100)
        lowest = case.constant("co2_lowest_percent")
        if record.lowest_co2_percent < lowest:
            params = {"co2": plain(record.lowest_co2_percent), "lowest": plain(lowest)}
            return Message("standards.diesel.little_co2", params)
    return None


def _short_sample(case: Case, record: Lugdown, parts: tuple[LugdownPart, ...]) -> Message | None:
    """Say which point was not sampled for as long as it has to be."""
    wanted = int(case.constant("sample_s"))
    series = {
        LugdownPart.K100: record.k100_each_second_per_m,
        LugdownPart.K80: record.k80_each_second_per_m,
        LugdownPart.NOX: record.nox80_each_second_ppm,
    }
    for part, values in series.items():
        if part in parts and values is not None and len(values) != wanted:
            return Message(
                "standards.diesel.short_sample", {"part": part.value, "seconds": len(values), "wanted": wanted}
            )
    return None


def _invalid(case: Case, part: LugdownPart, problem: Message) -> VerdictCard:
    chosen, shown = by_set(case)
    limit = None if part is LugdownPart.POWER else case.limit(QUANTITIES[part], limit_set=chosen)
    return invalid(case, Subject(LUGDOWN, QUANTITIES[part], limit, shown), problem)


def _power(case: Case, record: Lugdown, doubts: list[Doubt]) -> Judgement:
    if record.parts is None and record.measured_power_kW is None and record.corrected_power_kW is None:
        return Judgement((_missing(case, LugdownPart.POWER, Message("standards.diesel.not_measured")),))
    rated_kW = record.rated_power_kW if record.rated_power_kW is not None else case.vehicle.rated_power_kW
    rated_kW = case.vehicle.require("rated_power_kW", rated_kW)
    rated = between("rated_power_kW", rated_kW, 0, MOST_KW, above=True)
    given = only_one(measured_power_kW=record.measured_power_kW, corrected_power_kW=record.corrected_power_kW)
    if record.corrected_power_kW is not None:
        exact = between(given, record.corrected_power_kW, 0, MOST_KW)
        card, share = power_card(case, exact, rated, {"corrected_power_kW": plain(exact)}, doubts)
        return Judgement((card,), (share,))
    measured = between(given, required(given, record.measured_power_kW), 0, MOST_KW)
    found = _correction(case, record)
    exact = measured * found.factor
    inputs = found.inputs | {"measured_power_kW": plain(measured), "correction_factor": plain(found.factor)}
    card, share = power_card(case, exact, rated, inputs, doubts)
    numbers = (*found.computed(case), computed(case, Quantity.CORRECTED_POWER, exact, inputs), share)
    return Judgement((card,), numbers)


def _correction(case: Case, record: Lugdown) -> Correction:
    if record.correction_factor is not None:
        return Correction(between("correction_factor", record.correction_factor, 0, 5, above=True), {})
    air = PowerCorrection(
        required("temperature_C", record.temperature_C),
        required("pressure_kPa", record.pressure_kPa),
        record.is_turbocharged,
        fm=record.fm,
    )
    return correction(case, air)


def _point(
    case: Case, record: Lugdown, part: LugdownPart, judged_before: tuple[VerdictCard, ...], doubts: list[Doubt]
) -> Judgement:
    """Judge what was measured at one point; without it say why there is nothing to judge."""
    result = _result(record, part)
    if result is None:
        if any(card.quantity is Quantity.LUGDOWN_POWER and card.outcome is Outcome.FAIL for card in judged_before):
            return Judgement((_missing(case, part, Message("standards.diesel.stopped_low_power")),))
        if record.parts is not None:
            raise DataError("standards.record.missing", field=f"{_field(part)} | {_series(part)}")
        return Judgement((_missing(case, part, Message("standards.diesel.not_measured")),))
    chosen, shown = by_set(case)
    limit = case.limit(QUANTITIES[part], limit_set=chosen)
    inputs, advice = result.inputs | shown, Message("standards.advice.nox")
    if part in SMOKE:
        advice = Message("standards.advice.smoke")
        path_m = Fraction(case.constant("opacity_path_m"))
        inputs |= {"path_m": plain(path_m), "opacity_percent": plain(opacity(result.exact, path_m))}
        limit, more, doubt = altitude.allowed(case, limit, record.altitude_m, result.exact)
        inputs |= more
        doubts = [*doubts, *doubt]
    elif record.relative_humidity_percent is not None:
        humidity = between("relative_humidity_percent", record.relative_humidity_percent, 0, 100)
        inputs |= {"relative_humidity_percent": plain(humidity)}
    card = held(case, Subject(LUGDOWN, QUANTITIES[part], limit, inputs), result.exact, advice, doubts)
    return Judgement((card,))


def _result(record: Lugdown, part: LugdownPart) -> _Result | None:
    """Return the value of a point, given as a mean or second by second; None when there is none."""
    given: Decimal | None = getattr(record, _field(part))
    series: tuple[Decimal, ...] | None = getattr(record, _series(part))
    if given is None and series is None:
        return None
    only_one(**{_field(part): given, _series(part): series})
    most = MOST_PPM if part is LugdownPart.NOX else HIGHEST_K_PER_M
    if series is not None:
        values = all_between(_series(part), series, 0, most)
        return _Result(mean(values), {"each_second": figures(values), "seconds": str(len(values))})
    exact = between(_field(part), required(_field(part), given), 0, most)
    return _Result(exact, {"mean": plain(exact)})


def _field(part: LugdownPart) -> str:
    return "nox80_ppm" if part is LugdownPart.NOX else f"{part}_per_m"


def _series(part: LugdownPart) -> str:
    return "nox80_each_second_ppm" if part is LugdownPart.NOX else f"{part}_each_second_per_m"


def _missing(case: Case, part: LugdownPart, reason: Message) -> VerdictCard:
    chosen, shown = by_set(case)
    limit = None if part is LugdownPart.POWER else case.limit(QUANTITIES[part], limit_set=chosen)
    return not_judged(case, Subject(LUGDOWN, QUANTITIES[part], limit, shown), reason)


def _speed(case: Case, record: Lugdown) -> tuple[Computed, ...]:
    """Return the calculated roller speed of the highest power, where its three numbers are given."""
    if record.rated_rpm is None or record.highest_rpm is None or record.speed_at_highest_rpm_kmh is None:
        return ()
    rated = between("rated_rpm", Decimal(record.rated_rpm), 0, MOST_RPM, above=True)
    highest = between("highest_rpm", Decimal(record.highest_rpm), 0, MOST_RPM, above=True)
    speed = between("speed_at_highest_rpm_kmh", record.speed_at_highest_rpm_kmh, 0, MOST_KMH)
    inputs = {
        "rated_rpm": plain(rated),
        "highest_rpm": plain(highest),
        "speed_at_highest_rpm_kmh": plain(speed),
    }
    return (computed(case, Quantity.VELOCITY_AT_MAX_POWER, speed * rated / highest, inputs),)


def _ambient_doubts(case: Case, record: Lugdown) -> list[Doubt]:
    """Say where the test counts by one reading of the highest air temperature only."""
    celsius = record.temperature_C
    if celsius is None or celsius <= min(STOPS.values()):
        return []
    reason = Message("standards.doubt.ambient_stop", {"temperature": plain(celsius)})
    return [Doubt(case.choice_confidence("ambient_stop"), reason)]
