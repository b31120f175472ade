"""Free acceleration (自由加速法, GB 3847 annex A): the mean of the peaks of the last accelerations against the limit of k."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Doubt, Judgement, Subject, computed, invalid
from carcheck_desktop.standards.diesel.holding import FREE_ACCELERATION, by_set, figures, held, mean
from carcheck_desktop.standards.diesel.opacity import ALL_PERCENT, path_of
from carcheck_desktop.standards.diesel.smoke import HIGHEST_K_PER_M, absorption, opacity
from carcheck_desktop.standards.families.diesel import CutOffSpeed
from carcheck_desktop.standards.records.figures import all_between, only_one
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case


@dataclass(frozen=True, slots=True)
class FreeAcceleration:
    """One test of free acceleration: every measured acceleration in its order, of which the last three count.

    The accelerations that only blow out the pipe are no part of it. Give the peaks in one of three ways.
    """

    peak_k_per_m: tuple[Decimal, ...] | None = None
    """Peak light absorption of each acceleration."""
    peak_N_percent: tuple[Decimal, ...] | None = None
    """Peak opacity of each acceleration."""
    k_series_per_m: tuple[tuple[Decimal, ...], ...] | None = None
    """All readings of each acceleration; the highest counts."""
    path_m: Decimal | None = None
    """Effective path of the light; without it 0.430 m."""
    reached_rpm: tuple[int, ...] | None = None
    """Highest engine speed of each acceleration."""
    cut_off_rpm: int | None = None
    """Governed engine speed; a counting acceleration below it makes the test invalid (setting `cut_off_speed`)."""
    is_aborted: bool = False
    """Whether the test was broken off; then it does not count."""
    abort_reason: str = ""
    """Why, in your own words; shown with the result."""


def judge_free_acceleration(case: Case, record: FreeAcceleration) -> Judgement:
    """Judge the mean of the last accelerations; opacity is shown beside it and not judged.

    Raises `DataError` naming a field that cannot be used. A test that does not count is `invalid`.
    """
    path_m = path_of(case, record.path_m)
    peaks = _peaks(record, path_m)
    chosen, inputs = by_set(case)
    inputs |= {"peaks_per_m": figures(peaks)}
    limit = case.limit(Quantity.FREE_ACCELERATION_K, limit_set=chosen)
    problem = _problem(case, record, len(peaks))
    if problem is not None:
        subject = Subject(FREE_ACCELERATION, Quantity.FREE_ACCELERATION_K, limit, inputs)
        return Judgement((invalid(case, subject, problem),))
    wanted = int(case.constant("accelerations_used"))
    used = peaks[-wanted:]
    exact = mean(used)
    numbers = ", ".join(str(number) for number in range(len(peaks) - wanted + 1, len(peaks) + 1))
    inputs |= {"used_accelerations": numbers, "used_per_m": figures(used)}
    smoke_percent = opacity(exact, path_m)
    inputs |= {"path_m": plain(path_m), "opacity_percent": plain(smoke_percent)}
    subject = Subject(FREE_ACCELERATION, Quantity.FREE_ACCELERATION_K, limit, inputs)
    shown = {"k_per_m": plain(exact), "path_m": plain(path_m)}
    advice = Message("standards.advice.smoke")
    card = held(case, subject, exact, advice, _doubts(case, record))
    return Judgement((card,), (computed(case, Quantity.OPACITY, smoke_percent, shown),))


def _peaks(record: FreeAcceleration, path_m: Fraction) -> tuple[Fraction, ...]:
    given = only_one(
        peak_k_per_m=record.peak_k_per_m, peak_N_percent=record.peak_N_percent, k_series_per_m=record.k_series_per_m
    )
    if record.peak_k_per_m is not None:
        return all_between(given, record.peak_k_per_m, 0, HIGHEST_K_PER_M)
    if record.peak_N_percent is not None:
        opacities = all_between(given, record.peak_N_percent, 0, ALL_PERCENT, below=True)
        return tuple(absorption(each, path_m) for each in opacities)
    peaks = []
    for number, series in enumerate(record.k_series_per_m or ()):
        readings = all_between(f"{given}[{number}]", series, 0, HIGHEST_K_PER_M)
        if not readings:
            raise DataError("standards.record.missing", field=f"{given}[{number}]")
        peaks.append(max(readings))
    return tuple(peaks)


def _problem(case: Case, record: FreeAcceleration, measured: int) -> Message | None:
    """Say why a test does not count; None when it does."""
    if record.is_aborted:
        return Message("standards.diesel.aborted", {"reason": record.abort_reason or "-"})
    wanted = int(case.constant("accelerations_used"))
    if measured < wanted:
        return Message("standards.diesel.few_accelerations", {"measured": measured, "wanted": wanted})
    slow = _slow(case, record, measured)
    if slow is None or case.choice("cut_off_speed") == CutOffSpeed.RECORDED:
        return None
    return slow


def _slow(case: Case, record: FreeAcceleration, measured: int) -> Message | None:
    """Name the first used acceleration whose engine did not reach its governed speed."""
    if record.reached_rpm is None:
        return None
    if len(record.reached_rpm) != measured:
        raise DataError(
            "standards.record.wrong_value", field="reached_rpm", value=len(record.reached_rpm), allowed=str(measured)
        )
    if any(each < 0 for each in record.reached_rpm):
        raise DataError(
            "standards.record.wrong_value", field="reached_rpm", value=min(record.reached_rpm), allowed=">= 0"
        )
    if record.cut_off_rpm is None:
        return None
    first = max(0, measured - int(case.constant("accelerations_used")))
    for number, rpm in enumerate(record.reached_rpm[first:], first + 1):
        if rpm < record.cut_off_rpm:
            params: dict[str, str | int] = {"number": number, "rpm": rpm, "cut_off_rpm": record.cut_off_rpm}
            return Message("standards.diesel.slow_acceleration", params)
    return None


def _doubts(case: Case, record: FreeAcceleration) -> list[Doubt]:
    """Say where a test counts only because an engine speed that was not reached is merely recorded."""
    slow = _slow(case, record, _count(record))
    return [] if slow is None else [Doubt(case.choice_confidence("cut_off_speed"), slow)]


def _count(record: FreeAcceleration) -> int:
    return len(record.peak_k_per_m or record.peak_N_percent or record.k_series_per_m or ())
