"""Static wheel loads of one axle (轴荷): the roller bench is judged with the load that rests on the scale.

Read on the standing vehicle, brakes released, until the indicator says stable and means it: GB 38900
annex D takes the static load from the scale before the test.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.measurements import AxleWeighing, Effort
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.parts import Measured
from carcheck_desktop.lanes.steps.arriving import show_loads
from carcheck_desktop.lanes.steps.run import wait_until

if TYPE_CHECKING:
    from carcheck_desktop.devices.api.kinds import WheelLoads
    from carcheck_desktop.lanes.steps.run import ItemRun

LEAST_AXLE_KG = Decimal(100)
"""Both pads together: less is no axle of a car."""
STABLE_READINGS = 5
SPREAD_KG = Decimal(3)
"""How far stable readings of one pad may lie apart."""
WEIGH_LIMIT_S = 60.0
TENTH = Decimal("0.1")


class _Settling:
    """The newest readings in a row that are stable, heavy enough and agree."""

    def __init__(self) -> None:
        self.readings: list[WheelLoads] = []
        self.last: WheelLoads | None = None

    def add(self, loads: WheelLoads) -> bool:
        self.last = loads
        if not loads.stable or loads.left_kg + loads.right_kg < LEAST_AXLE_KG:
            self.readings.clear()
            return False
        self.readings.append(loads)
        while self._spread() > SPREAD_KG:
            self.readings.pop(0)
        return len(self.readings) >= STABLE_READINGS

    def _spread(self) -> Decimal:
        left = [loads.left_kg for loads in self.readings]
        right = [loads.right_kg for loads in self.readings]
        return max(max(left) - min(left), max(right) - min(right))


async def axle_weighing(run: ItemRun) -> Measured:
    """Record both pads when five readings in a row are stable and agree; the last one counts.

    Raises `StepError` with what was seen when that does not come within a minute.
    """
    scale = run.need_scale()
    began_s, bytes_before = run.clock.monotonic(), scale.wire_bytes
    settling = _Settling()

    async def look() -> bool:
        loads = await scale.loads()
        show_loads(run.live, scale, loads)
        return settling.add(loads)

    def too_late() -> StepError:
        seen = settling.last
        left, right = (seen.left_kg, seen.right_kg) if seen else ("-", "-")
        return StepError(
            "lanes.timeout.weighing", axle=run.axle, limit_s=int(WEIGH_LIMIT_S), left_kg=left, right_kg=right
        )

    await wait_until(run.clock, look, WEIGH_LIMIT_S, too_late)
    loads = settling.readings[-1]
    effort = Effort(
        samples=STABLE_READINGS,
        lost_samples=0,
        wire_bytes=scale.wire_bytes - bytes_before,
        duration_s=Decimal(str(run.clock.monotonic() - began_s)).quantize(TENTH),
        dwell_s={},
    )
    return Measured(
        scale.origin, (scale.instrument,), effort, weighing=AxleWeighing(run.axle, loads.left_kg, loads.right_kg)
    )
