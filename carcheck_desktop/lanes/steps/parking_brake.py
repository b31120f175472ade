"""Parking brake (驻车制动) on the rollers: item B0 of GB 38900, on the axle the lever acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.domain.measurements import ParkingBrakeRun
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.judging import vehicle_kg, weighings
from carcheck_desktop.lanes.parts import Measured
from carcheck_desktop.lanes.steps.rollers import Ask, measure_on_rollers

if TYPE_CHECKING:
    from carcheck_desktop.lanes.steps.run import ItemRun

PULL = Ask("parking_lever", "lanes.prompt.pull_lever")


async def parking_brake(run: ItemRun) -> Measured:
    """Measure the drag, let the driver pull the lever, record every sample.

    Raises `StepError` where an axle of the vehicle was not weighed, and as `measure_on_rollers`.
    """
    for axle in range(1, run.attempt.vehicle.axles + 1):
        if axle not in weighings(run.attempt):
            raise StepError("lanes.brake.not_weighed", axle=axle)
    bench = run.need_bench()
    record = await measure_on_rollers(run, PULL)
    blob = to_json(record.curve).encode()
    parking = ParkingBrakeRun(
        axle=run.axle,
        vehicle_kg=vehicle_kg(run.attempt),
        press_index=record.press_index,
        stop_reason=record.stop_reason,
        curve_digest=digest_of(blob),
    )
    return Measured(
        bench.origin, (bench.instrument,), record.effort, parking_brake=parking, curve=record.curve, blob=blob
    )
