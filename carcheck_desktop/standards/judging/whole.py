"""What is judged over several axles: the parking brake (驻车制动) and the whole vehicle (整车制动率).

Both divide by the static load of all axles. Lost samples can only hide more force: a pass stands,
a fail does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.cards import Doubt, Subject, invalid, is_met, judged, not_judged
from carcheck_desktop.standards.classes import brake_class
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.judging.selecting import parking_limit
from carcheck_desktop.standards.plan import PARKING_ITEM
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from carcheck_desktop.domain.measurements import AxleWeighing, ParkingBrakeRun
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.judging.selecting import ParkingLimit
    from carcheck_desktop.standards.judging.service import Axle


@dataclass(frozen=True, slots=True)
class _Forces:
    """The runs' curves by axle with the first sample under the pedal, and the load that divides."""

    traces: Mapping[int, tuple[brakes.Trace, int]]
    load_kg: Decimal | Fraction
    daN_per_kg: Decimal

    @property
    def sum_daN(self) -> int:
        return sum(trace.sum_daN for trace, _ in self.traces.values())

    @property
    def rate(self) -> Fraction:
        return brakes.rate(self.sum_daN, self.load_kg, self.daN_per_kg)

    @property
    def lost(self) -> int | None:
        found = (counting.lost_after_press(trace, press_index) for trace, press_index in self.traces.values())
        return next((index for index in found if index is not None), None)

    def inputs(self) -> dict[str, str]:
        named = {"vehicle_kg": plain(self.load_kg)}
        for axle, (trace, _) in sorted(self.traces.items()):
            named[f"axle{axle}_left_max_daN"] = str(trace.left.force_daN)
            named[f"axle{axle}_right_max_daN"] = str(trace.right.force_daN)
        return named


def parking_card(case: Case, runs: Mapping[int, tuple[ParkingBrakeRun, brakes.Trace]]) -> VerdictCard:
    """Judge the parking brake over all its axles; `runs` holds the latest one of each."""
    chosen = parking_limit(case)
    daN_per_kg = case.constant("daN_per_kg")
    masses = {
        "daN_per_kg": plain(daN_per_kg),
        "total_mass_kg": str(case.vehicle.total_mass_kg),
        "curb_mass_kg": str(case.vehicle.curb_mass_kg),
    }
    bare = Subject(PARKING_ITEM, Quantity.PARKING_BRAKE_RATE, chosen.limit, masses)
    problem = _parking_problem(case, runs)
    if problem is not None:
        return invalid(case, bare, problem)
    absent = [axle for axle in case.vehicle.parking_axles or () if axle not in runs]
    if absent or not runs:
        return not_judged(case, bare, Message("standards.missing.parking_axle", {"axle": absent[0] if absent else 0}))
    traces = {axle: (trace, run.press_index) for axle, (run, trace) in runs.items()}
    forces = _Forces(traces, next(run.vehicle_kg for run, _ in runs.values()), daN_per_kg)
    subject = Subject(PARKING_ITEM, Quantity.PARKING_BRAKE_RATE, chosen.limit, masses | forces.inputs())
    if forces.sum_daN == 0:
        return invalid(case, subject, Message("standards.invalid.no_force"))
    return _judged(case, subject, forces, _ratio_doubt(case, chosen, forces))


def whole_card(case: Case, weighings: Mapping[int, AxleWeighing], runs: Mapping[int, Axle]) -> VerdictCard:
    """Judge the whole-vehicle rate from the latest weighing and service run (B item) of every axle."""
    limit = case.limit(Quantity.WHOLE_VEHICLE_BRAKE_RATE, brake_class=brake_class(case))
    daN_per_kg = case.constant("daN_per_kg")
    bare = Subject(WHOLE_ITEM, Quantity.WHOLE_VEHICLE_BRAKE_RATE, limit, {"daN_per_kg": plain(daN_per_kg)})
    axles = range(1, case.vehicle.require("axles", case.vehicle.axles) + 1)
    for axle in axles:
        if axle not in weighings or axle not in runs:
            return not_judged(case, bare, Message("standards.missing.axle", {"axle": axle}))
    loads_kg = {axle: (weighings[axle].left_kg, weighings[axle].right_kg) for axle in axles}
    problem = counting.load_problem(*(load for pair in loads_kg.values() for load in pair)) or _run_problem(runs)
    if problem is not None:
        return invalid(case, bare, problem)
    axle_kg = {axle: brakes.total_kg(pair) for axle, pair in loads_kg.items()}
    traces = {axle: (runs[axle].trace, runs[axle].run.press_index) for axle in axles}
    forces = _Forces(traces, sum(axle_kg.values(), Fraction(0)), daN_per_kg)
    named = {f"axle{axle}_kg": plain(load_kg) for axle, load_kg in axle_kg.items()}
    subject = Subject(WHOLE_ITEM, Quantity.WHOLE_VEHICLE_BRAKE_RATE, limit, bare.inputs | forces.inputs() | named)
    return _judged(case, subject, forces, [])


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
    return _mass_problem(case)


def _mass_problem(case: Case) -> Message | None:
    curb_kg, total_kg = case.vehicle.curb_mass_kg or 0, case.vehicle.total_mass_kg or 0
    if 0 < curb_kg <= total_kg:
        return None
    return Message("standards.invalid.masses", {"curb_mass_kg": curb_kg, "total_mass_kg": total_kg})


def _run_problem(runs: Mapping[int, Axle]) -> Message | None:
    for axle, run in sorted(runs.items()):
        if run.problem is not None:
            return Message("standards.invalid.axle_run", {"axle": axle})
    return None


def _ratio_doubt(case: Case, chosen: ParkingLimit, forces: _Forces) -> list[Doubt]:
    """Return the doubt about masses exactly at the ratio where the other limit turns the verdict."""
    if chosen.other is None:
        return []
    value = case.rounded(Quantity.PARKING_BRAKE_RATE, forces.rate)
    if is_met(chosen.other, value) == is_met(chosen.limit, value):
        return []
    ratio = plain(case.constant("parking_mass_ratio"))
    reason = Message("standards.doubt.mass_ratio", {"ratio": ratio, "other": plain(chosen.other.value)})
    return [Doubt(case.choice_confidence("parking_at_mass_ratio"), reason)]


def _judged(case: Case, subject: Subject, forces: _Forces, doubts: list[Doubt]) -> VerdictCard:
    card = judged(case, subject, forces.rate, doubts)
    lost = forces.lost
    if card.outcome is Outcome.FAIL and lost is not None:
        return invalid(case, subject, counting.hidden(lost))
    return card
