"""One stored run of an axle under the service brake on rollers (行车制动): does it count, and what is judged of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.judging.axle import Axle, Bench
from carcheck_desktop.standards.judging.selecting import place_of
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.measurements import Curve, ServiceBrakeRun
    from carcheck_desktop.standards.case import Case


def axle_of(case: Case, run: ServiceBrakeRun, curve: Curve) -> Axle:
    """Read a run and its curve."""
    trace = brakes.trace(curve, run.press_index)
    left_daN, right_daN = trace.left.force_daN, trace.right.force_daN
    daN_per_kg = case.constant("daN_per_kg")
    is_weight = counting.load_problem(run.left_kg, run.right_kg) is None
    load_kg = brakes.total_kg((run.left_kg, run.right_kg)) if is_weight else Fraction(0)
    return Axle(
        case=case,
        bench=Bench(f"B{run.axle}", run.axle, place_of(case, run.axle), is_locked=run.stop_reason in brakes.LOCKED),
        left_daN=left_daN,
        right_daN=right_daN,
        load_kg=load_kg,
        rate=brakes.rate(left_daN + right_daN, load_kg, daN_per_kg) if is_weight else None,
        inputs={
            "left_max_daN": plain(left_daN),
            "right_max_daN": plain(right_daN),
            "left_kg": plain(run.left_kg),
            "right_kg": plain(run.right_kg),
            "load_kg": plain(load_kg) if is_weight else "",
            "daN_per_kg": plain(daN_per_kg),
            "stop_reason": run.stop_reason.value,
        },
        problem=_problem(case, run, trace),
        trace=trace,
        lost=counting.lost_after_press(trace, run.press_index),
    )


def absent(case: Case, axle: int) -> Message | None:
    """Say so when the vehicle has no such axle; a record that does not say how many there are is believed."""
    axles = case.vehicle.axles
    if axle >= 1 and (axles is None or axle <= axles):
        return None
    return Message(counting.NO_SUCH_AXLE, {"axle": axle, "axles": axles or 0})


def _problem(case: Case, run: ServiceBrakeRun, trace: brakes.Trace) -> Message | None:
    return (
        absent(case, run.axle)
        or counting.run_problem(trace, run.press_index, run.stop_reason, case.constant("zero_band_daN"))
        or counting.load_problem(run.left_kg, run.right_kg)
        or counting.force_problem(trace.left.force_daN, trace.right.force_daN, trace.curve)
    )
