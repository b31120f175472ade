"""One axle under the service brake (行车制动): does the run count, its brake rate, its imbalance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.cards import Doubt, Subject, invalid, is_met, judged
from carcheck_desktop.standards.families.axes import WindowEnd
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.judging.selecting import imbalance_limit, is_of_load, rate_limit
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.measurements import Curve, ServiceBrakeRun
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit


@dataclass(frozen=True, slots=True)
class Axle:
    """One run of an axle ready to be judged; `problem` says why it does not count, if it does not."""

    case: Case
    run: ServiceBrakeRun
    trace: brakes.Trace
    daN_per_kg: Decimal
    problem: Message | None

    @property
    def item(self) -> str:
        """The item code of GB 38900."""
        return f"B{self.run.axle}"

    @property
    def load_kg(self) -> Fraction:
        """The static load the run is judged with; only of a run that counts."""
        return brakes.total_kg((self.run.left_kg, self.run.right_kg))

    @property
    def rate(self) -> Fraction:
        """The exact axle brake rate; only of a run that counts."""
        return brakes.rate(self.trace.sum_daN, self.load_kg, self.daN_per_kg)

    @property
    def lost_after_press(self) -> int | None:
        """A lost sample that can hide more force than was seen."""
        return counting.lost_after_press(self.trace, self.run.press_index)

    @property
    def idle_percent(self) -> Decimal:
        """Share of the larger maximum below which a wheel hardly brakes."""
        return self.case.constant("idle_wheel_percent")

    def build_up(self, end: WindowEnd, idle_percent: Decimal) -> brakes.Window | None:
        """Return the build-up under one reading of where it ends."""
        return brakes.build_up(self.trace, end, self.run.stop_reason, idle_percent)

    def base_daN(self, *, of_load: bool) -> Fraction:
        """Return what the difference is divided by: the axle's weight or the larger wheel force."""
        if of_load:
            return brakes.weight_daN(self.load_kg, self.daN_per_kg)
        return Fraction(self.trace.larger_daN)

    def inputs(self) -> dict[str, str]:
        """Return the numbers every card of the axle rests on."""
        run = self.run
        is_weight = counting.load_problem(run.left_kg, run.right_kg) is None
        return {
            "left_max_daN": str(self.trace.left.force_daN),
            "right_max_daN": str(self.trace.right.force_daN),
            "left_kg": plain(run.left_kg),
            "right_kg": plain(run.right_kg),
            "load_kg": plain(self.load_kg) if is_weight else "",
            "daN_per_kg": plain(self.daN_per_kg),
            "stop_reason": run.stop_reason.value,
        }


def axle_of(case: Case, run: ServiceBrakeRun, curve: Curve) -> Axle:
    """Read a run and its curve."""
    trace = brakes.trace(curve, run.press_index)
    return Axle(case, run, trace, case.constant("daN_per_kg"), _problem(case, run, trace))


def rate_card(axle: Axle) -> VerdictCard:
    """Judge the axle brake rate (轴制动率).

    Force that was lost can only have been more, so a pass stands and a fail does not count.
    """
    case, is_there = axle.case, _is_there(axle.case, axle.run.axle)
    limit = rate_limit(case, axle.run.axle) if is_there else None
    subject = Subject(axle.item, Quantity.AXLE_BRAKE_RATE, limit, axle.inputs())
    if axle.problem is not None:
        return invalid(case, subject, axle.problem)
    is_locked = axle.run.stop_reason in brakes.LOCKED
    advice = Message("standards.advice.locked", {"axle": axle.run.axle}) if is_locked else None
    card = judged(case, subject, axle.rate, advice=advice)
    lost = axle.lost_after_press
    if card.outcome is Outcome.FAIL and lost is not None:
        return invalid(case, subject, counting.hidden(lost))
    return card


def imbalance_card(axle: Axle) -> VerdictCard:
    """Judge the imbalance (制动不平衡率) over the build-up, in the branch the rounded rate chooses.

    A lost sample may have held a greater difference (worse) or a larger maximum (better): with one
    there is no imbalance at all.
    """
    case, inputs = axle.case, axle.inputs()
    bare = Subject(axle.item, Quantity.IMBALANCE, None, inputs)
    if axle.problem is not None:
        return invalid(case, bare, axle.problem)
    end = WindowEnd(case.choice("imbalance_window_end_roller"))
    window = axle.build_up(end, axle.idle_percent)
    if window is None:
        return invalid(case, bare, Message("standards.invalid.no_build_up"))
    rate = case.rounded(Quantity.AXLE_BRAKE_RATE, axle.rate)
    limit, of_load = imbalance_limit(case, axle.run.axle, rate), is_of_load(case, axle.run.axle, rate)
    difference = brakes.greatest_difference(axle.trace, window)
    inputs |= {"axle_brake_rate_percent": plain(rate), "window_end": end.value}
    subject = Subject(
        axle.item, Quantity.IMBALANCE, limit, inputs | _build_up_inputs(case, window, difference, of_load=of_load)
    )
    exact = brakes.imbalance(difference.size_daN, axle.base_daN(of_load=of_load))
    lost = axle.lost_after_press
    if lost is not None:
        return invalid(case, subject, counting.hidden(lost))
    return judged(case, subject, exact, _window_doubt(axle, limit, end, of_load=of_load))


def _problem(case: Case, run: ServiceBrakeRun, trace: brakes.Trace) -> Message | None:
    if not _is_there(case, run.axle):
        return Message("standards.invalid.no_such_axle", {"axle": run.axle, "axles": case.vehicle.axles or 0})
    zero_band_daN = case.constant("zero_band_daN")
    problem = counting.run_problem(trace, run.press_index, run.stop_reason, zero_band_daN)
    problem = problem or counting.load_problem(run.left_kg, run.right_kg)
    return problem or _no_force(trace)


def _no_force(trace: brakes.Trace) -> Message | None:
    """Say so when a wheel shows no force at all: even an idle wheel drags, so its channel is dead."""
    is_left, is_right = trace.left.index >= 0, trace.right.index >= 0
    if is_left and is_right:
        return None
    if is_left:
        return Message("standards.invalid.no_force_right")
    if is_right:
        return Message("standards.invalid.no_force_left")
    return Message("standards.invalid.no_force")


def _build_up_inputs(
    case: Case, window: brakes.Window, difference: brakes.Difference, *, of_load: bool
) -> dict[str, str]:
    return {
        "imbalance_branch_rate_percent": plain(case.constant("imbalance_branch_rate")),
        "divided_by": "axle_load" if of_load else "larger_wheel_force",
        "window_start_index": str(window.start),
        "window_end_index": str(window.end),
        "difference_left_daN": str(difference.left_daN),
        "difference_right_daN": str(difference.right_daN),
        "difference_index": str(difference.index),
    }


def _is_there(case: Case, axle: int) -> bool:
    """Say whether the vehicle has the axle; a record that does not say how many there are is believed."""
    return axle >= 1 and (case.vehicle.axles is None or axle <= case.vehicle.axles)


def _passes(axle: Axle, limit: Limit, end: WindowEnd, idle_percent: Decimal, *, of_load: bool) -> bool:
    """Say whether the imbalance would pass under one reading of where the build-up ends."""
    window = axle.build_up(end, idle_percent)
    if window is None:
        return False
    difference_daN = brakes.greatest_difference(axle.trace, window).size_daN
    exact = brakes.imbalance(difference_daN, axle.base_daN(of_load=of_load))
    return is_met(limit, axle.case.rounded(Quantity.IMBALANCE, exact))


def _window_doubt(axle: Axle, limit: Limit, end: WindowEnd, *, of_load: bool) -> list[Doubt]:
    """Return the doubts about the end of the build-up where another reading turns the verdict."""
    case, idle_percent = axle.case, axle.idle_percent
    is_good = _passes(axle, limit, end, idle_percent, of_load=of_load)
    doubts = []
    others = (WindowEnd.LATER_PEAK, WindowEnd.EARLIER_PEAK)
    if any(_passes(axle, limit, other, idle_percent, of_load=of_load) != is_good for other in others):
        confidence = case.choice_confidence("imbalance_window_end_roller")
        is_late = end is WindowEnd.LATER_PEAK
        later, earlier = Message("standards.doubt.window_later_peak"), Message("standards.doubt.window_earlier_peak")
        doubts.append(Doubt(confidence, later if is_late else earlier))
    if _passes(axle, limit, end, Decimal(0), of_load=of_load) != is_good:
        confidence = case.constant_confidence("idle_wheel_percent")
        doubts.append(Doubt(confidence, Message("standards.doubt.idle_wheel", {"percent": plain(idle_percent)})))
    return doubts
