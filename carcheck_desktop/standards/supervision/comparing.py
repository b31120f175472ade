"""The rules that compare reports with each other: calibrations, curves, retests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.supervision.rules import sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.supervision.reports import Report, Supervision
    from carcheck_desktop.standards.supervision.rules import Threshold

Found: TypeAlias = "dict[str, str]"
"""What was found, by the report's name."""


def same_calibration(record: Supervision, threshold: Threshold) -> Found:
    """One CAL ID with one CVN on several models; a report without all three is not compared."""
    groups: dict[tuple[str, str], list[Report]] = {}
    for each in record.reports:
        key = (sign(each.cal_id), sign(each.cvn))
        if all(key) and sign(each.model):
            groups.setdefault(key, []).append(each)
    found: Found = {}
    for (cal_id, cvn), reports in groups.items():
        models = dict.fromkeys(sign(each.model) for each in reports)
        if len(models) >= threshold("calibration_models"):
            found |= {each.report: f"{cal_id} / {cvn}: {', '.join(models)}" for each in reports}
    return found


def watched_calibration(record: Supervision, _threshold: Threshold) -> Found:
    """A CAL ID of the list of those known from forged tests."""
    watched = {sign(each) for each in record.watched_cal_ids} - {""}
    return {each.report: sign(each.cal_id) for each in record.reports if sign(each.cal_id) in watched}


def same_curve(record: Supervision, _threshold: Threshold) -> Found:
    """Two tests with the same curve, sample for sample; a curve that never changes says nothing."""
    groups: dict[tuple[Decimal, ...], list[str]] = {}
    for each in record.reports:
        if each.curve is not None and len(set(each.curve)) > 1:
            groups.setdefault(each.curve, []).append(each.report)
    return {name: ", ".join(names) for names in groups.values() if len(names) > 1 for name in names}


def quick_retest(record: Supervision, threshold: Threshold) -> Found:
    """A vehicle that passed shortly after it had failed, without a repair that was recorded."""
    most = timedelta(minutes=int(threshold("retest_minutes")))
    found: Found = {}
    for vin, reports in _by_vin(record.reports).items():
        for after in reports:
            if not after.has_passed or after.has_repair_record or after.tested_at is None:
                continue
            for before in reports:
                if before.has_passed is not False or before.tested_at is None:
                    continue
                if timedelta(0) < _between(before, after) < most:
                    found[after.report] = f"{vin}: {before.report} + {_between(before, after)}"
    return found


def _by_vin(reports: Sequence[Report]) -> dict[str, list[Report]]:
    groups: dict[str, list[Report]] = {}
    for each in reports:
        if sign(each.vin):
            groups.setdefault(sign(each.vin), []).append(each)
    return groups


def _between(before: Report, after: Report) -> timedelta:
    if before.tested_at is None or after.tested_at is None:
        raise ValueError("both tests need their times")
    if (before.tested_at.tzinfo is None) != (after.tested_at.tzinfo is None):
        raise DataError(
            "standards.record.wrong_value", field="tested_at", value=after.tested_at, allowed=before.tested_at
        )
    return after.tested_at - before.tested_at


COMPARING: Mapping[str, Callable[[Supervision, Threshold], Found]] = {
    each.__name__: each for each in (same_calibration, watched_calibration, same_curve, quick_retest)
}
"""By the rule's name in the tables."""
