"""One axle on a bench: its brake rate and its imbalance, whoever measured it and however it was recorded.

A stored run (`service`) and a record of a file (`bench`) both become an `Axle`; what the cards say is decided here once.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.cards import Doubt, Subject, invalid, is_met, judged
from carcheck_desktop.standards.families.axes import Place, PlateLoad, RateBranch, Tester, WindowEnd
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.judging.selecting import branch_of, imbalance_of, rate_of
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

WINDOW_ENDS = {Tester.ROLLER: "imbalance_window_end_roller", Tester.PLATE: "imbalance_window_end_plate"}
"""The setting that says where the build-up ends, by tester."""


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

    @property
    def branch(self) -> RateBranch:
        """The case of the imbalance; a front axle has only one."""
        rate = self.rounded_rate
        if self.bench.place is Place.FRONT or rate is None:
            return RateBranch.RATE_FROM
        return branch_of(self.case, rate)

    def difference(
        self, end: WindowEnd, idle_percent: Decimal
    ) -> tuple[brakes.Window | None, brakes.Difference | None]:
        """Return the build-up and where the wheels differ most in it, under one reading of where it ends."""
        if self.trace is None:
            return None, self.pair
        window = brakes.build_up(self.trace, end, idle_percent, locked=self.bench.is_locked)
        return window, None if window is None else brakes.greatest_difference(self.trace, window)


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
    card = judged(case, subject, axle.rate, advice=advice)
    if card.outcome is Outcome.FAIL and axle.lost is not None:
        return invalid(case, subject, counting.hidden(axle.lost))
    return card


def imbalance_card(axle: Axle) -> VerdictCard:
    """Judge the imbalance (制动不平衡率), in the branch the rounded rate chooses.

    A lost sample may have held a greater difference (worse) or a larger maximum (better): with one
    there is no imbalance at all.
    """
    case, inputs = axle.case, dict(axle.inputs)
    bare = Subject(axle.bench.item, Quantity.IMBALANCE, None, inputs)
    if axle.problem is not None:
        return invalid(case, bare, axle.problem)
    end = WindowEnd(case.choice(WINDOW_ENDS[axle.bench.tester]))
    window, difference = axle.difference(end, _idle_percent(axle))
    if difference is None:
        return invalid(case, bare, Message("standards.invalid.no_build_up"))
    limit, of_load = imbalance_of(case, axle.bench.place, axle.branch), _is_of_load(axle)
    inputs |= _imbalance_inputs(axle, end, window, difference)
    subject = Subject(axle.bench.item, Quantity.IMBALANCE, limit, inputs)
    if axle.lost is not None:
        return invalid(case, subject, counting.hidden(axle.lost))
    exact = brakes.imbalance(difference.size_daN, _base_daN(axle, of_load=of_load))
    return judged(case, subject, exact, [*_window_doubts(axle, limit, end), *_base_doubts(axle, limit, difference)])


def _is_absent(axle: Axle) -> bool:
    return axle.problem is not None and axle.problem.code == counting.NO_SUCH_AXLE


def _is_of_load(axle: Axle) -> bool:
    """Say whether the difference is divided by the axle load: at a weak rear axle."""
    return axle.branch is RateBranch.RATE_BELOW


def _idle_percent(axle: Axle) -> Decimal:
    return axle.case.constant("idle_wheel_percent")


def _base_daN(axle: Axle, *, of_load: bool) -> Fraction:
    """Return what the difference is divided by: the axle's weight or the larger wheel force."""
    if not of_load:
        return Fraction(brakes.larger(axle.left_daN, axle.right_daN))
    return brakes.weight_daN(_divisor_kg(axle, PlateLoad(axle.case.choice("plate_imbalance_load"))), axle.daN_per_kg)


def _divisor_kg(axle: Axle, choice: PlateLoad) -> Fraction:
    """Return the load below an imbalance: what the rate divides by, or the static load where that reading is chosen."""
    return axle.static_kg if choice is PlateLoad.STATIC and axle.static_kg is not None else axle.load_kg


def _imbalance_inputs(
    axle: Axle, end: WindowEnd, window: brakes.Window | None, difference: brakes.Difference
) -> dict[str, str]:
    case, rate, of_load = axle.case, axle.rounded_rate, _is_of_load(axle)
    found = {
        "imbalance_branch_rate_percent": plain(case.constant("imbalance_branch_rate")),
        "divided_by": "axle_load" if of_load else "larger_wheel_force",
        "difference_left_daN": plain(difference.left_daN),
        "difference_right_daN": plain(difference.right_daN),
    }
    if rate is not None:
        found["axle_brake_rate_percent"] = plain(rate)
    if of_load and axle.static_kg is not None:
        found["divided_by_kg"] = plain(_divisor_kg(axle, PlateLoad(case.choice("plate_imbalance_load"))))
    if window is not None:
        found |= {
            "window_end": end.value,
            "window_start_index": str(window.start),
            "window_end_index": str(window.end),
            "difference_index": str(difference.index),
        }
    return found


def _passes(axle: Axle, limit: Limit, end: WindowEnd, idle_percent: Decimal) -> bool:
    """Say whether the imbalance would pass under one reading of where the build-up ends."""
    _, difference = axle.difference(end, idle_percent)
    return difference is not None and _is_met(axle, limit, difference, _base_daN(axle, of_load=_is_of_load(axle)))


def _is_met(axle: Axle, limit: Limit, difference: brakes.Difference, base_daN: Fraction) -> bool:
    exact = brakes.imbalance(difference.size_daN, base_daN)
    return is_met(limit, axle.case.rounded(Quantity.IMBALANCE, exact))


LATER, EARLIER = WindowEnd.LATER_PEAK, WindowEnd.EARLIER_PEAK
READINGS = {
    Tester.ROLLER: (LATER, EARLIER),
    Tester.PLATE: (WindowEnd.SUM_PEAK, LATER, EARLIER),
}
"""The readings of where a build-up ends that somebody holds, by tester."""


def _window_doubts(axle: Axle, limit: Limit, end: WindowEnd) -> Iterator[Doubt]:
    """Yield the doubts about the end of the build-up where another reading turns the verdict."""
    if axle.trace is None:
        return
    case, idle_percent = axle.case, _idle_percent(axle)
    is_good = _passes(axle, limit, end, idle_percent)
    tester = axle.bench.tester
    if any(_passes(axle, limit, other, idle_percent) != is_good for other in READINGS[tester]):
        yield Doubt(case.choice_confidence(WINDOW_ENDS[tester]), Message(f"standards.doubt.window_{end.value}"))
    if _passes(axle, limit, end, Decimal(0)) != is_good:
        confidence = case.constant_confidence("idle_wheel_percent")
        yield Doubt(confidence, Message("standards.doubt.idle_wheel", {"percent": plain(idle_percent)}))


def _base_doubts(axle: Axle, limit: Limit, difference: brakes.Difference) -> Iterator[Doubt]:
    """Yield the doubt about the load that divides on a plate, where the other load turns the verdict."""
    if axle.static_kg is None or not _is_of_load(axle):
        return
    chosen = PlateLoad(axle.case.choice("plate_imbalance_load"))
    bases = {each: brakes.weight_daN(_divisor_kg(axle, each), axle.daN_per_kg) for each in PlateLoad}
    if len({_is_met(axle, limit, difference, base_daN) for base_daN in bases.values()}) > 1:
        yield Doubt(
            axle.case.choice_confidence("plate_imbalance_load"), Message(f"standards.doubt.plate_load_{chosen.value}")
        )
