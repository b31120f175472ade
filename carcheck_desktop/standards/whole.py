"""What is judged over several axles: the parking brake (驻车制动) and the whole vehicle (整车制动率).

Both divide by the static load of all axles. Lost samples can only hide more force: a pass stands,
a fail does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes, counting
from carcheck_desktop.standards.cards import Case, Doubt, Subject, invalid, is_met, judged, not_judged, rounded
from carcheck_desktop.standards.plan import PARKING_ITEM
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.selecting import parking_limit
from carcheck_desktop.standards.service import problem_of
from carcheck_desktop.standards.tables import Branch, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from carcheck_desktop.domain.measurements import AxleWeighing, Curve, ParkingBrakeRun, ServiceBrakeRun
    from carcheck_desktop.standards.selecting import ParkingLimit

WHOLE_ITEM = "whole"
ParkingRuns = dict[int, tuple["ParkingBrakeRun", "Curve"]]
ServiceRuns = dict[int, tuple["ServiceBrakeRun", "Curve"]]


@dataclass(frozen=True, slots=True)
class _Forces:
    """The wheels' maxima by axle, and the load they are divided by."""

    by_axle: Mapping[int, tuple[int, int]]
    load_kg: Decimal | Fraction

    @property
    def sum_daN(self) -> int:
        return sum(left + right for left, right in self.by_axle.values())

    def inputs(self) -> dict[str, str]:
        named = {"vehicle_kg": plain(self.load_kg)}
        for axle, (left, right) in sorted(self.by_axle.items()):
            named |= {f"axle{axle}_left_max_daN": str(left), f"axle{axle}_right_max_daN": str(right)}
        return named


def parking_card(case: Case, runs: ParkingRuns) -> VerdictCard:
    """Judge the parking brake over all its axles; `runs` holds the latest one of each."""
    chosen = parking_limit(case.tables, case.vehicle, case.inspection, case.on)
    masses = {
        "daN_per_kg": _gravity(case),
        "total_mass_kg": str(case.vehicle.total_mass_kg),
        "curb_mass_kg": str(case.vehicle.curb_mass_kg),
    }
    bare = Subject(PARKING_ITEM, Quantity.PARKING_BRAKE_RATE, chosen.limit, masses)
    problem = _parking_problem(case, runs)
    if problem is not None:
        return invalid(case, bare, problem)
    for axle in case.vehicle.parking_axles:
        if axle not in runs:
            return not_judged(case, bare, Message("standards.missing.parking_axle", {"axle": axle}))
    forces = _forces({axle: curve for axle, (_, curve) in runs.items()}, _any_load(runs))
    subject = Subject(PARKING_ITEM, Quantity.PARKING_BRAKE_RATE, chosen.limit, masses | forces.inputs())
    if forces.sum_daN == 0:
        return invalid(case, subject, Message("standards.invalid.no_force"))
    card = judged(case, subject, _rate(case, forces), _ratio_doubt(case, chosen, forces))
    return _unless_hidden(case, subject, card, ((curve, run.press_index) for run, curve in runs.values()))


def whole_card(case: Case, weighings: Mapping[int, AxleWeighing], runs: ServiceRuns) -> VerdictCard:
    """Judge the whole-vehicle rate from the latest weighing and service run (B item) of every axle."""
    quantity_case = (Quantity.WHOLE_VEHICLE_BRAKE_RATE, Place.WHOLE, Branch.ANY)
    limit = case.tables.limit(case.vehicle.category, case.inspection, quantity_case, case.on)
    bare = Subject(WHOLE_ITEM, Quantity.WHOLE_VEHICLE_BRAKE_RATE, limit, {"daN_per_kg": _gravity(case)})
    axles = range(1, case.vehicle.axles + 1)
    for axle in axles:
        if axle not in weighings or axle not in runs:
            return not_judged(case, bare, Message("standards.missing.axle", {"axle": axle}))
    loads_kg = [load for axle in axles for load in (weighings[axle].left_kg, weighings[axle].right_kg)]
    problem = counting.load_problem(*loads_kg) or _run_problem(case, runs)
    if problem is not None:
        return invalid(case, bare, problem)
    forces = _forces({axle: runs[axle][1] for axle in axles}, brakes.total_kg(loads_kg))
    by_axle_kg = {
        f"axle{axle}_kg": plain(brakes.total_kg((weighings[axle].left_kg, weighings[axle].right_kg))) for axle in axles
    }
    subject = Subject(WHOLE_ITEM, Quantity.WHOLE_VEHICLE_BRAKE_RATE, limit, bare.inputs | forces.inputs() | by_axle_kg)
    card = judged(case, subject, _rate(case, forces))
    return _unless_hidden(case, subject, card, ((curve, run.press_index) for run, curve in runs.values()))


def _parking_problem(case: Case, runs: ParkingRuns) -> Message | None:
    zero_band_daN = case.tables.constant("zero_band_daN", case.on)
    for axle, (run, curve) in sorted(runs.items()):
        if axle not in case.vehicle.parking_axles:
            return Message("standards.invalid.not_a_parking_axle", {"axle": axle})
        problem = counting.run_problem(curve, run.press_index, run.stop_reason, zero_band_daN)
        problem = problem or counting.load_problem(run.vehicle_kg)
        problem = problem or counting.rising_problem(curve, run.stop_reason, brakes.peaks(curve))
        if problem is not None:
            return problem
    loads_kg = {run.vehicle_kg for run, _ in runs.values()}
    if len(loads_kg) > 1:
        shown = ", ".join(plain(load_kg) for load_kg in sorted(loads_kg))
        return Message("standards.invalid.loads_differ", {"loads_kg": shown})
    return _mass_problem(case)


def _mass_problem(case: Case) -> Message | None:
    curb_kg, total_kg = case.vehicle.curb_mass_kg, case.vehicle.total_mass_kg
    if 0 < curb_kg <= total_kg:
        return None
    return Message("standards.invalid.masses", {"curb_mass_kg": curb_kg, "total_mass_kg": total_kg})


def _run_problem(case: Case, runs: ServiceRuns) -> Message | None:
    for axle, (run, curve) in sorted(runs.items()):
        if problem_of(case, run, curve) is not None:
            return Message("standards.invalid.axle_run", {"axle": axle})
    return None


def _ratio_doubt(case: Case, chosen: ParkingLimit, forces: _Forces) -> list[Doubt]:
    """Return the doubt about a ratio of exactly 1.2 where the other limit turns the verdict."""
    if chosen.other is None or chosen.choice is None:
        return []
    value = rounded(case, Quantity.PARKING_BRAKE_RATE, _rate(case, forces))
    if is_met(chosen.other, value) == is_met(chosen.limit, value):
        return []
    reason = Message("standards.doubt.mass_ratio", {"other": plain(chosen.other.value)})
    return [Doubt(chosen.choice.ground.confidence, reason)]


def _unless_hidden(case: Case, subject: Subject, card: VerdictCard, curves: Iterable[tuple[Curve, int]]) -> VerdictCard:
    lost = [counting.lost_after_press(curve, press_index) for curve, press_index in curves]
    hiding = [index for index in lost if index is not None]
    if card.outcome is Outcome.FAIL and hiding:
        return invalid(case, subject, counting.hidden(hiding[0]))
    return card


def _forces(curves: Mapping[int, Curve], load_kg: Decimal | Fraction) -> _Forces:
    found = {axle: brakes.peaks(curve) for axle, curve in curves.items()}
    return _Forces({axle: (left.force_daN, right.force_daN) for axle, (left, right) in found.items()}, load_kg)


def _rate(case: Case, forces: _Forces) -> Fraction:
    return brakes.rate(forces.sum_daN, forces.load_kg, case.tables.constant("daN_per_kg", case.on))


def _any_load(runs: ParkingRuns) -> Decimal:
    return next(run.vehicle_kg for run, _ in runs.values())


def _gravity(case: Case) -> str:
    return plain(case.tables.constant("daN_per_kg", case.on))
