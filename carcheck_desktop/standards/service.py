"""One axle under the service brake (行车制动): does the run count, its brake rate, its imbalance."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes, counting
from carcheck_desktop.standards.cards import Case, Doubt, Subject, invalid, is_met, judged, rounded
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.selecting import imbalance_branch, rate_limit
from carcheck_desktop.standards.tables import Branch, WindowEnd

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.domain.measurements import Curve, ServiceBrakeRun
    from carcheck_desktop.standards.tables import Limit


def problem_of(case: Case, run: ServiceBrakeRun, curve: Curve) -> Message | None:
    """Say why the run does not count, if it does not."""
    if not 1 <= run.axle <= case.vehicle.axles:
        return Message("standards.invalid.no_such_axle", {"axle": run.axle, "axles": case.vehicle.axles})
    zero_band_daN = case.tables.constant("zero_band_daN", case.on)
    problem = counting.run_problem(curve, run.press_index, run.stop_reason, zero_band_daN)
    problem = problem or counting.load_problem(run.left_kg, run.right_kg)
    if problem is not None:
        return problem
    left, right = brakes.peaks(curve)
    if left.index < 0 and right.index < 0:
        return Message("standards.invalid.no_force")
    if left.index < 0:
        return Message("standards.invalid.no_force_left")
    if right.index < 0:
        return Message("standards.invalid.no_force_right")
    return counting.rising_problem(curve, run.stop_reason, (left, right))


def rate_card(case: Case, run: ServiceBrakeRun, curve: Curve) -> VerdictCard:
    """Judge the axle brake rate (轴制动率).

    Force that was lost can only have been more, so a pass stands and a fail does not count.
    """
    limit = _rate_limit(case, run.axle)
    subject = Subject(_item(run), Quantity.AXLE_BRAKE_RATE, limit, _inputs(case, run, curve))
    problem = problem_of(case, run, curve)
    if problem is not None:
        return invalid(case, subject, problem)
    is_locked = run.stop_reason in brakes.LOCKED
    advice = Message("standards.advice.locked", {"axle": run.axle}) if is_locked else None
    card = judged(case, subject, _rate(case, run, curve), advice=advice)
    lost = counting.lost_after_press(curve, run.press_index)
    if card.outcome is Outcome.FAIL and lost is not None:
        return invalid(case, subject, counting.hidden(lost))
    return card


def imbalance_card(case: Case, run: ServiceBrakeRun, curve: Curve) -> VerdictCard:
    """Judge the imbalance (制动不平衡率) over the build-up, in the branch the rounded rate chooses."""
    inputs = _inputs(case, run, curve)
    open_subject = Subject(_item(run), Quantity.IMBALANCE, None, inputs)
    problem = problem_of(case, run, curve)
    if problem is not None:
        return invalid(case, open_subject, problem)
    setting = case.tables.settings.at("imbalance_window_end", case.on)
    end = WindowEnd(setting.value)
    window = brakes.build_up(curve, end, run.stop_reason)
    if window is None:
        return invalid(case, open_subject, Message("standards.invalid.no_build_up"))
    rate = rounded(case, Quantity.AXLE_BRAKE_RATE, _rate(case, run, curve))
    limit = _imbalance_limit(case, run.axle, rate)
    difference = brakes.greatest_difference(curve, window)
    subject = Subject(_item(run), Quantity.IMBALANCE, limit, inputs | {
        "axle_brake_rate_percent": plain(rate),
        "divided_by": "axle_load" if limit.branch is Branch.RATE_BELOW else "larger_wheel_force",
        "window_end": end.value,
        "window_start_index": str(window.start),
        "window_end_index": str(window.end),
        "difference_left_daN": str(difference.left_daN),
        "difference_right_daN": str(difference.right_daN),
        "difference_index": str(difference.index),
    })  # fmt: skip
    exact = brakes.imbalance(difference.size_daN, _base_daN(case, run, curve, limit.branch))
    card = judged(case, subject, exact, _window_doubt(case, run, curve, limit, end))
    lost = _hiding(case, run, curve, window, difference)
    if card.outcome is Outcome.FAIL:
        lost = counting.lost_after_press(curve, run.press_index)
    return card if lost is None else invalid(case, subject, counting.hidden(lost))


def _hiding(
    case: Case, run: ServiceBrakeRun, curve: Curve, window: brakes.Window, difference: brakes.Difference
) -> int | None:
    """Return a lost sample that may turn the pass of an imbalance into a fail.

    Besides one of the build-up that is any at all, where more force would lift a rear axle into
    the branch of the strong and the difference does not pass there as well.
    """
    lost = counting.lost_in(curve, window, run.press_index)
    if lost is not None:
        return lost
    lost = counting.lost_after_press(curve, run.press_index)
    strong = _imbalance_limit(case, run.axle, case.tables.constant("imbalance_branch_rate", case.on))
    exact = brakes.imbalance(difference.size_daN, _base_daN(case, run, curve, strong.branch))
    return None if is_met(strong, rounded(case, Quantity.IMBALANCE, exact)) else lost


def _window_doubt(case: Case, run: ServiceBrakeRun, curve: Curve, limit: Limit, end: WindowEnd) -> list[Doubt]:
    """Return the doubt about the end of the build-up where the other reading turns the verdict."""
    other = WindowEnd.EARLIER_PEAK if end is WindowEnd.LATER_PEAK else WindowEnd.LATER_PEAK
    base_daN = _base_daN(case, run, curve, limit.branch)
    verdicts = []
    for reading in (end, other):
        window = brakes.build_up(curve, reading, run.stop_reason)
        size_daN = brakes.greatest_difference(curve, window).size_daN if window else None
        exact = brakes.imbalance(size_daN, base_daN) if size_daN is not None else None
        verdicts.append(exact is not None and is_met(limit, rounded(case, Quantity.IMBALANCE, exact)))
    if verdicts[0] == verdicts[1]:
        return []
    confidence = case.tables.settings.at("imbalance_window_end", case.on).ground.confidence
    if end is WindowEnd.LATER_PEAK:
        return [Doubt(confidence, Message("standards.doubt.window_later_peak"))]
    return [Doubt(confidence, Message("standards.doubt.window_earlier_peak"))]


def _load_kg(run: ServiceBrakeRun) -> Fraction:
    return brakes.total_kg((run.left_kg, run.right_kg))


def _rate(case: Case, run: ServiceBrakeRun, curve: Curve) -> Fraction:
    left, right = brakes.peaks(curve)
    return brakes.rate(left.force_daN + right.force_daN, _load_kg(run), _gravity(case))


def _base_daN(case: Case, run: ServiceBrakeRun, curve: Curve, branch: Branch) -> Fraction:
    if branch is Branch.RATE_BELOW:
        return brakes.weight_daN(_load_kg(run), _gravity(case))
    left, right = brakes.peaks(curve)
    return Fraction(max(left.force_daN, right.force_daN))


def _inputs(case: Case, run: ServiceBrakeRun, curve: Curve) -> dict[str, str]:
    left, right = brakes.peaks(curve)
    is_weight = counting.load_problem(run.left_kg, run.right_kg) is None
    return {
        "left_max_daN": str(left.force_daN),
        "right_max_daN": str(right.force_daN),
        "left_kg": plain(run.left_kg),
        "right_kg": plain(run.right_kg),
        "load_kg": plain(_load_kg(run)) if is_weight else "",
        "daN_per_kg": plain(_gravity(case)),
        "stop_reason": run.stop_reason.value,
    }


def _rate_limit(case: Case, axle: int) -> Limit | None:
    if not 1 <= axle <= case.vehicle.axles:
        return None
    return rate_limit(case.tables, case.vehicle, case.inspection, case.on, axle)


def _imbalance_limit(case: Case, axle: int, rounded_rate: Decimal) -> Limit:
    place, branch = imbalance_branch(case.tables, case.on, axle, rounded_rate)
    return case.tables.limit(case.vehicle.category, case.inspection, (Quantity.IMBALANCE, place, branch), case.on)


def _gravity(case: Case) -> Decimal:
    return case.tables.constant("daN_per_kg", case.on)


def _item(run: ServiceBrakeRun) -> str:
    return f"B{run.axle}"
