"""One axle on a bench: its brake rate and its imbalance, whoever measured it and however it was recorded.

A stored run (`service`) and a record of a file (`bench`) both become an `Axle`; what the cards say is decided here once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import VehicleCategory
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.cards import Doubt, Subject, invalid, is_met, judged
from carcheck_desktop.standards.families.axes import BrakeClass, Place, PlateLoad, RateBranch, Tester, WindowEnd
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.judging.selecting import branch_of, class_doubts, imbalance_of, rate_of
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

WINDOW_ENDS = {Tester.ROLLER: "imbalance_window_end_roller", Tester.PLATE: "imbalance_window_end_plate"}
"""The setting that says where the build-up ends, by tester."""
TRACTOR_AXLES = (1, 2)
"""Axles of a road train that are the tractor's, however many it has; which of the others are nobody says."""


@dataclass(frozen=True, slots=True)
class Bench:
    """How an axle was measured: item code, number (0 where nobody gave one), front or rear, on what, and whether it was loaded."""

    item: str
    axle: int
    place: Place
    tester: Tester = Tester.ROLLER
    is_loaded: bool = False
    is_locked: bool = False

    @property
    def rate_quantity(self) -> Quantity:
        """Which of the two rates it is."""
        return Quantity.LOADED_AXLE_BRAKE_RATE if self.is_loaded else Quantity.AXLE_BRAKE_RATE


@dataclass(frozen=True, slots=True)
class Axle:
    """One axle ready to be judged; `problem` says why it does not count, if it does not.

    `load_kg` is the load that divides: static, dynamic or loaded; 0 where none is known. `static_kg` is the static load where
    another one divides. `rate` is the exact brake rate, None where nothing tells it. Where the wheels differ most is looked
    for in `trace`, or is `pair` as a bench gave it. `inputs` are the numbers that every card of the axle rests on.
    """

    case: Case
    bench: Bench
    left_daN: brakes.Force
    right_daN: brakes.Force
    load_kg: Fraction
    rate: Fraction | None
    inputs: dict[str, str]
    problem: Message | None = None
    trace: brakes.Trace | None = None
    pair: brakes.Difference | None = None
    lost: int | None = None
    static_kg: Fraction | None = None

    @property
    def daN_per_kg(self) -> Decimal:
        """The weight of a kilogram."""
        return self.case.constant("daN_per_kg")

    @property
    def rounded_rate(self) -> Decimal | None:
        """The rate as it is judged and chooses the branch of the imbalance."""
        return None if self.rate is None else self.case.rounded(self.bench.rate_quantity, self.rate)

    def branch(self, rounded_rate: Decimal | None) -> RateBranch:
        """Return the case of the imbalance that the rounded rate chooses; a front axle has only one."""
        if self.bench.place is Place.FRONT or rounded_rate is None:
            return RateBranch.RATE_FROM
        return branch_of(self.case, rounded_rate)


@dataclass(frozen=True, slots=True)
class _Branch:
    """Which case of the imbalance an axle is in: its rounded rate, the limit, and what divides."""

    axle: Axle
    rate: Decimal | None
    limit: Limit
    of_load: bool
    load_kg: Fraction
    base_daN: Fraction

    def value(self, difference: brakes.Difference) -> Fraction:
        """Return the exact imbalance."""
        return brakes.imbalance(difference.size_daN, self.base_daN)

    def is_good(self, difference: brakes.Difference | None) -> bool:
        """Say whether a difference would pass."""
        if difference is None:
            return False
        return is_met(self.limit, self.axle.case.rounded(Quantity.IMBALANCE, self.value(difference)))


def rate_card(axle: Axle, limit: Limit | None = None) -> VerdictCard:
    """Judge the brake rate of an axle (轴制动率); raise `DataError` naming the fact that its limit wants.

    `limit` stands where the caller knows it. Force that was lost can only have been more, so a pass stands and a fail does
    not count.
    """
    case, bench = axle.case, axle.bench
    if limit is None and not _is_absent(axle):
        limit = rate_of(case, bench.place, bench.tester, loaded=bench.is_loaded)
    subject = Subject(bench.item, bench.rate_quantity, limit, axle.inputs)
    if axle.problem is not None:
        return invalid(case, subject, axle.problem)
    if axle.rate is None:
        raise ValueError("a rate wants a load")
    advice = Message("standards.advice.locked", {"axle": bench.axle}) if bench.is_locked else None
    card = judged(case, subject, axle.rate, _rate_doubts(axle, limit), advice)
    if card.outcome is Outcome.FAIL and axle.lost is not None:
        return invalid(case, subject, counting.hidden(axle.lost))
    return card


def imbalance_card(axle: Axle) -> VerdictCard:
    """Judge the imbalance (制动不平衡率), in the branch the rounded rate chooses.

    A lost sample may have held a greater difference (worse) or a larger maximum (better): with one
    there is no imbalance at all.
    """
    case, inputs = axle.case, dict(axle.inputs)
    bare = Subject(axle.bench.item, Quantity.IMBALANCE, _no_limit(axle), inputs)
    if axle.problem is not None:
        return invalid(case, bare, axle.problem)
    end = WindowEnd(case.choice(WINDOW_ENDS[axle.bench.tester]))
    window = _window(axle, end, _idle_percent(axle))
    difference = _difference(axle, window)
    if difference is None:
        return invalid(case, bare, Message("standards.invalid.no_build_up"))
    branch = _branch(axle)
    inputs |= _imbalance_inputs(branch, difference)
    if axle.trace is not None:
        inputs |= _curve_inputs(axle, axle.trace, end, window) | {"difference_index": str(difference.index)}
    subject = Subject(axle.bench.item, Quantity.IMBALANCE, branch.limit, inputs)
    if axle.lost is not None:
        return invalid(case, subject, counting.hidden(axle.lost))
    doubts = [
        *_window_doubts(branch, end, window, difference),
        *_base_doubts(branch, difference),
        *_column_doubts(branch, difference),
    ]
    return judged(case, subject, branch.value(difference), doubts)


def _rate_doubts(axle: Axle, limit: Limit | None) -> list[Doubt]:
    """Return what is not well known of the row that a rate is judged by, where it decides."""
    case, bench, rate = axle.case, axle.bench, axle.rate
    if limit is None or rate is None:
        return []
    if not bench.is_loaded:
        return class_doubts(case, limit, rate, tester=bench.tester, place=bench.place)
    if case.vehicle.category is not VehicleCategory.ROAD_TRAIN or bench.axle in TRACTOR_AXLES:
        return []
    value, other = case.rounded(limit.quantity, rate), case.limit(limit.quantity, brake_class=BrakeClass.TRAILER)
    if is_met(other, value) == is_met(limit, value):
        return []
    return [Doubt(Confidence.DISPUTED, Message("standards.doubt.loaded_train", {"other": plain(other.value)}))]


def _no_limit(axle: Axle) -> Limit | None:
    """Return the row that says that an axle has no limit of the imbalance; None for one that has, or that is not there."""
    if _is_absent(axle):
        return None
    limits = [imbalance_of(axle.case, axle.bench.place, branch) for branch in RateBranch]
    return limits[0] if all(each.bound is Bound.NONE for each in limits) else None


def _difference(axle: Axle, window: brakes.Window | None) -> brakes.Difference | None:
    """Return where the wheels differ most: in the build-up, or as a bench gave it; where one wheel alone braked, at its peak."""
    if axle.trace is None:
        return axle.pair
    return brakes.missing_wheel(axle.trace) if window is None else brakes.greatest_difference(axle.trace, window)


def _curve_inputs(axle: Axle, trace: brakes.Trace, end: WindowEnd, window: brakes.Window | None) -> dict[str, str]:
    """Name both peaks and the build-up with the end that was really used, which a locked wheel may have moved."""
    found = {
        name: str(peak.index)
        for name, peak in (("left_max_index", trace.left), ("right_max_index", trace.right))
        if peak.index >= 0
    }
    if axle.bench.is_locked:
        found["wheel_locked"] = "true"
    if window is None:
        return found
    used = brakes.end_used(trace, end, _idle_percent(axle), locked=axle.bench.is_locked)
    places = {"window_start_index": str(window.start), "window_end_index": str(window.end)}
    return found | {"window_end": used.value} | places


def _is_absent(axle: Axle) -> bool:
    return axle.problem is not None and axle.problem.code == counting.NO_SUCH_AXLE


def _idle_percent(axle: Axle) -> Decimal:
    return axle.case.constant("idle_wheel_percent")


def _window(axle: Axle, end: WindowEnd, idle_percent: Decimal) -> brakes.Window | None:
    """Return the build-up of a curve under one reading of where it ends."""
    if axle.trace is None:
        return None
    return brakes.build_up(axle.trace, end, idle_percent, locked=axle.bench.is_locked)


def _branch(axle: Axle) -> _Branch:
    case, rate = axle.case, axle.rounded_rate
    branch = axle.branch(rate)
    limit, of_load = imbalance_of(case, axle.bench.place, branch), branch is RateBranch.RATE_BELOW
    if not of_load:
        return _Branch(axle, rate, limit, of_load, axle.load_kg, Fraction(brakes.larger(axle.left_daN, axle.right_daN)))
    load_kg = _divisor_kg(axle, PlateLoad(case.choice("plate_imbalance_load")))
    return _Branch(axle, rate, limit, of_load, load_kg, brakes.weight_daN(load_kg, axle.daN_per_kg))


def _divisor_kg(axle: Axle, choice: PlateLoad) -> Fraction:
    """Return the load below an imbalance: what the rate divides by, or the static load where that reading is chosen."""
    return axle.static_kg if choice is PlateLoad.STATIC and axle.static_kg is not None else axle.load_kg


def _imbalance_inputs(branch: _Branch, difference: brakes.Difference) -> dict[str, str]:
    found = {
        "imbalance_branch_rate_percent": plain(branch.axle.case.constant("imbalance_branch_rate")),
        "divided_by": "axle_load" if branch.of_load else "larger_wheel_force",
        "difference_left_daN": plain(difference.left_daN),
        "difference_right_daN": plain(difference.right_daN),
    }
    if branch.rate is not None:
        found["axle_brake_rate_percent"] = plain(branch.rate)
    if branch.of_load and branch.axle.static_kg is not None:
        found["divided_by_kg"] = plain(branch.load_kg)
    return found


LATER, EARLIER = WindowEnd.LATER_PEAK, WindowEnd.EARLIER_PEAK
READINGS = {
    Tester.ROLLER: (LATER, EARLIER),
    Tester.PLATE: (WindowEnd.SUM_PEAK, LATER, EARLIER),
}
"""The readings of where a build-up ends that somebody holds, by tester."""


def _window_doubts(
    branch: _Branch, end: WindowEnd, chosen: brakes.Window | None, difference: brakes.Difference
) -> Iterator[Doubt]:
    """Yield the doubts about the end of the build-up where another reading turns the verdict."""
    axle = branch.axle
    if axle.trace is None:
        return
    case, idle_percent, trace = axle.case, _idle_percent(axle), axle.trace
    is_good = branch.is_good(difference)

    def turns(other: WindowEnd, percent: Decimal) -> bool:
        window = _window(axle, other, percent)
        if window == chosen:
            return False
        return branch.is_good(None if window is None else brakes.greatest_difference(trace, window)) != is_good

    tester = axle.bench.tester
    if any(turns(other, idle_percent) for other in READINGS[tester] if other is not end):
        yield Doubt(case.choice_confidence(WINDOW_ENDS[tester]), Message(f"standards.doubt.window_{end.value}"))
    if turns(end, Decimal(0)):
        confidence = case.constant_confidence("idle_wheel_percent")
        yield Doubt(confidence, Message("standards.doubt.idle_wheel", {"percent": plain(idle_percent)}))


def _base_doubts(branch: _Branch, difference: brakes.Difference) -> Iterator[Doubt]:
    """Yield the doubt about the load that divides on a plate, where the other load turns the verdict."""
    axle = branch.axle
    if axle.static_kg is None or not branch.of_load:
        return
    chosen = PlateLoad(axle.case.choice("plate_imbalance_load"))
    loads_kg = [_divisor_kg(axle, each) for each in PlateLoad]
    others = [replace(branch, base_daN=brakes.weight_daN(load_kg, axle.daN_per_kg)) for load_kg in loads_kg]
    if len({other.is_good(difference) for other in others}) > 1:
        yield Doubt(
            axle.case.choice_confidence("plate_imbalance_load"), Message(f"standards.doubt.plate_load_{chosen.value}")
        )


def _column_doubts(branch: _Branch, difference: brakes.Difference) -> Iterator[Doubt]:
    """Yield the doubt about a loaded second steering axle: the one source says no more than that loaded axles are the same."""
    axle = branch.axle
    if not axle.bench.is_loaded or axle.bench.place is Place.REAR or axle.rate is None or axle.load_kg == 0:
        return
    as_rear = _branch(replace(axle, bench=replace(axle.bench, place=Place.REAR)))
    if as_rear.is_good(difference) != branch.is_good(difference):
        yield Doubt(Confidence.DISPUTED, Message("standards.doubt.loaded_front", {"other": plain(as_rear.limit.value)}))
