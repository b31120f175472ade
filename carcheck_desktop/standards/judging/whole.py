"""What is judged over several axles: the parking brake (驻车制动) and the whole vehicle (整车制动率).

Both divide by the static load of all axles. Lost samples can only hide more force: a pass stands,
a fail does not count. `parked` and `whole` judge sums, whoever recorded them; the cards of stored runs are made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.cards import Doubt, Subject, invalid, is_met, judged, not_judged
from carcheck_desktop.standards.families.axes import Tester
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.judging.selecting import class_doubts, limit_of_class, parking_limit
from carcheck_desktop.standards.plan import PARKING_ITEM
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from carcheck_desktop.domain.measurements import AxleWeighing, ParkingBrakeRun
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.judging.axle import Axle
    from carcheck_desktop.standards.judging.selecting import ParkingLimit


@dataclass(frozen=True, slots=True)
class Sums:
    """The maxima of both wheels of each axle, or their sums under axle 0, and the load of all axles that divides."""

    wheels: Mapping[int, tuple[brakes.Force, brakes.Force]]
    load_kg: Decimal | Fraction
    daN_per_kg: Decimal
    lost: int | None = None

    @property
    def sum_daN(self) -> brakes.Force:
        """All forces together."""
        return sum(left + right for left, right in self.wheels.values())

    @property
    def rate(self) -> Fraction:
        """The exact rate."""
        return brakes.rate(self.sum_daN, self.load_kg, self.daN_per_kg)

    def inputs(self) -> dict[str, str]:
        """Return the numbers a card rests on."""
        named = {"vehicle_kg": plain(self.load_kg)}
        for axle, (left, right) in sorted(self.wheels.items()):
            prefix = f"axle{axle}" if axle else "sum"
            named |= {f"{prefix}_left_max_daN": plain(left), f"{prefix}_right_max_daN": plain(right)}
        return named


@dataclass(frozen=True, slots=True)
class Lever:
    """The parking brake before its forces: which limit holds, and the card of what is known so far."""

    case: Case
    chosen: ParkingLimit
    bare: Subject

    def judged(self, sums: Sums, tester: Tester = Tester.ROLLER) -> VerdictCard:
        """Judge the rate over all parking axles."""
        subject = Subject(PARKING_ITEM, self.bare.quantity, self.chosen.limit, self.bare.inputs | sums.inputs())
        if sums.sum_daN == 0:
            return invalid(self.case, subject, Message("standards.invalid.no_force"))
        value = self.case.rounded(Quantity.PARKING_BRAKE_RATE, sums.rate)
        doubts = _ratio_doubt(self.case, self.chosen, value) or _plate_doubt(self.chosen, value, tester)
        return _judged(self.case, subject, sums, doubts)


def lever(case: Case) -> Lever:
    """Choose the parking limit; raise `DataError` naming the mass that is not known."""
    chosen = parking_limit(case)
    masses = {
        "daN_per_kg": plain(case.constant("daN_per_kg")),
        "total_mass_kg": str(case.vehicle.total_mass_kg),
        "curb_mass_kg": str(case.vehicle.curb_mass_kg),
    }
    return Lever(case, chosen, Subject(PARKING_ITEM, Quantity.PARKING_BRAKE_RATE, chosen.limit, masses))


def whole_subject(case: Case, quantity: Quantity = Quantity.WHOLE_VEHICLE_BRAKE_RATE) -> Subject:
    """Choose the limit of the whole vehicle, unladen or laden."""
    limit = limit_of_class(case, quantity)
    return Subject(WHOLE_ITEM, quantity, limit, {"daN_per_kg": plain(case.constant("daN_per_kg"))})


def whole(case: Case, bare: Subject, sums: Sums, named: Mapping[str, str] | None = None) -> VerdictCard:
    """Judge the rate of the whole vehicle; `named` are more numbers for its card."""
    inputs = {**bare.inputs, **sums.inputs(), **(named or {})}
    is_unladen = bare.quantity is Quantity.WHOLE_VEHICLE_BRAKE_RATE
    advice = Message("standards.advice.judge_laden") if is_unladen else None
    doubts = class_doubts(case, bare.limit, sums.rate) if bare.limit is not None else []
    return _judged(case, Subject(bare.item, bare.quantity, bare.limit, inputs), sums, doubts, advice)


def mass_problem(case: Case) -> Message | None:
    """Say so when curb and total mass cannot both be true."""
    curb_kg, total_kg = case.vehicle.curb_mass_kg or 0, case.vehicle.total_mass_kg or 0
    if 0 < curb_kg <= total_kg:
        return None
    return Message("standards.invalid.masses", {"curb_mass_kg": curb_kg, "total_mass_kg": total_kg})


def parking_card(case: Case, runs: Mapping[int, tuple[ParkingBrakeRun, brakes.Trace]]) -> VerdictCard:
    """Judge the parking brake over all its axles; `runs` holds the latest one of each."""
    before = lever(case)
    problem = _parking_problem(case, runs)
    if problem is not None:
        return invalid(case, before.bare, problem)
    absent = [axle for axle in case.vehicle.parking_axles or () if axle not in runs]
    if absent or not runs:
        reason = Message("standards.missing.parking_axle", {"axle": absent[0] if absent else 0})
        return not_judged(case, before.bare, reason)
    wheels = {axle: (trace.left.force_daN, trace.right.force_daN) for axle, (_, trace) in runs.items()}
    found = (counting.lost_after_press(trace, run.press_index) for run, trace in runs.values())
    lost = next((index for index in found if index is not None), None)
    vehicle_kg = next(run.vehicle_kg for run, _ in runs.values())
    return before.judged(Sums(wheels, vehicle_kg, case.constant("daN_per_kg"), lost))


def whole_card(case: Case, weighings: Mapping[int, AxleWeighing], runs: Mapping[int, Axle]) -> VerdictCard:
    """Judge the whole-vehicle rate from the latest weighing and service run (B item) of every axle."""
    bare = whole_subject(case)
    axles = range(1, case.vehicle.require("axles", case.vehicle.axles) + 1)
    for axle in axles:
        if axle not in weighings or axle not in runs:
            return not_judged(case, bare, Message("standards.missing.axle", {"axle": axle}))
    loads_kg = {axle: (weighings[axle].left_kg, weighings[axle].right_kg) for axle in axles}
    problem = counting.load_problem(*(load for pair in loads_kg.values() for load in pair)) or run_problem(runs)
    if problem is not None:
        return invalid(case, bare, problem)
    axle_kg = {axle: brakes.total_kg(pair) for axle, pair in loads_kg.items()}
    named = {f"axle{axle}_kg": plain(load_kg) for axle, load_kg in axle_kg.items()}
    sums = sums_of({axle: runs[axle] for axle in axles}, sum(axle_kg.values(), Fraction(0)), case)
    return whole(case, bare, sums, named)


def sums_of(runs: Mapping[int, Axle], load_kg: Fraction, case: Case) -> Sums:
    """Return the forces of these axles over a load."""
    wheels = {axle: (run.left_daN, run.right_daN) for axle, run in runs.items()}
    lost = next((run.lost for run in runs.values() if run.lost is not None), None)
    return Sums(wheels, load_kg, case.constant("daN_per_kg"), lost)


def run_problem(runs: Mapping[int, Axle]) -> Message | None:
    """Say so when an axle's run does not count, so that no sum does."""
    for axle, run in sorted(runs.items()):
        if run.problem is not None:
            return Message("standards.invalid.axle_run", {"axle": axle})
    return None


def _parking_problem(case: Case, runs: Mapping[int, tuple[ParkingBrakeRun, brakes.Trace]]) -> Message | None:
    zero_band_daN = case.constant("zero_band_daN")
    for axle, (run, trace) in sorted(runs.items()):
        if axle not in (case.vehicle.parking_axles or ()):
            return Message("standards.invalid.not_a_parking_axle", {"axle": axle})
        problem = counting.run_problem(trace, run.press_index, run.stop_reason, zero_band_daN)
        problem = problem or counting.load_problem(run.vehicle_kg)
        if problem is not None:
            return problem
    loads_kg = {run.vehicle_kg for run, _ in runs.values()}
    if len(loads_kg) > 1:
        shown = ", ".join(plain(load_kg) for load_kg in sorted(loads_kg))
        return Message("standards.invalid.loads_differ", {"loads_kg": shown})
    return mass_problem(case)


def _ratio_doubt(case: Case, chosen: ParkingLimit, value: Decimal) -> list[Doubt]:
    """Return the doubt about masses exactly at the ratio where the other limit turns the verdict."""
    if chosen.other is None:
        return []
    if is_met(chosen.other, value) == is_met(chosen.limit, value):
        return []
    ratio = plain(case.constant("parking_mass_ratio"))
    reason = Message("standards.doubt.mass_ratio", {"ratio": ratio, "other": plain(chosen.other.value)})
    return [Doubt(case.choice_confidence("parking_at_mass_ratio"), reason)]


def _plate_doubt(chosen: ParkingLimit, value: Decimal, tester: Tester) -> list[Doubt]:
    """Return the doubt about the lower limit on a plate, which one program grants on rollers only (L6)."""
    if tester is Tester.ROLLER or is_met(chosen.full, value) == is_met(chosen.limit, value):
        return []
    reason = Message("standards.doubt.parking_on_plate", {"other": plain(chosen.full.value)})
    return [Doubt(Confidence.SINGLE_SOURCE, reason)]


def _judged(
    case: Case, subject: Subject, sums: Sums, doubts: list[Doubt], advice: Message | None = None
) -> VerdictCard:
    card = judged(case, subject, sums.rate, doubts, advice)
    if card.outcome is Outcome.FAIL and sums.lost is not None:
        return invalid(case, subject, counting.hidden(sums.lost))
    return card
