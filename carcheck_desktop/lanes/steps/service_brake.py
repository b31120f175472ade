"""Service brake of one axle (行车制动) on the rollers: items B1 to B5 of GB 38900."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.domain.measurements import ServiceBrakeRun
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.judging import weighings
from carcheck_desktop.lanes.parts import Measured
from carcheck_desktop.lanes.steps.rollers import Ask, measure_on_rollers

if TYPE_CHECKING:
    from carcheck_desktop.lanes.steps.run import ItemRun

PRESS = Ask("pedal", "lanes.prompt.press_slowly")


async def service_brake(run: ItemRun) -> Measured:
    """Measure the drag, let the driver press slowly to the stop, record every sample.

    Raises `StepError` where the axle was not weighed before, and as `measure_on_rollers` does.
    """
    load = weighings(run.attempt).get(run.axle)
    if load is None:
        raise StepError("lanes.brake.not_weighed", axle=run.axle)
    bench = run.need_bench()
    record = await measure_on_rollers(run, PRESS)
    blob = to_json(record.curve).encode()
    service = ServiceBrakeRun(
        axle=run.axle,
        left_kg=load.left_kg,
        right_kg=load.right_kg,
        drag_left_daN=record.drag_left_daN,
        drag_right_daN=record.drag_right_daN,
        press_index=record.press_index,
        stop_reason=record.stop_reason,
        curve_digest=digest_of(blob),
    )
    return Measured(
        bench.origin, (bench.instrument,), record.effort, service_brake=service, curve=record.curve, blob=blob
    )
