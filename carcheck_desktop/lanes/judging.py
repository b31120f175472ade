"""The lane's judge: hands raw measurements to standards and nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.standards.demand import Loads, demanded_sum_daN
from carcheck_desktop.standards.emission.idle import demand_of
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.standards.verdicts import judge_parking, judge_service_brake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carcheck_desktop.domain.exhaust import TwoSpeedIdleDemand
    from carcheck_desktop.domain.measurements import AxleWeighing
    from carcheck_desktop.domain.verdicts import PlannedItem, VerdictCard
    from carcheck_desktop.domain.views import AttemptView
    from carcheck_desktop.lanes.parts import Measured
    from carcheck_desktop.standards.rulebook import Rulebook

    Find = Callable[[Mapping[str, str]], Rulebook | None]


class StandardsJudge:
    """Judges with a station's tables, as valid on the day the attempt began."""

    def __init__(self, rules: Rulebook, find: Find | None = None) -> None:
        self.rules = rules
        self._find = find

    def follow(self, tables: Mapping[str, str]) -> None:
        """Take up the tables that the service works with, given as hash by file, where they are here; slow."""
        if self._find is None or not tables or set(self.hashes.values()) <= set(tables.values()):
            return
        self.rules = self._find(tables) or self.rules

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of the table file of each edition that is known here."""
        return self.rules.every_hash

    def demanded_sum_daN(self, attempt: AttemptView, item: PlannedItem) -> Decimal | None:
        """Return the sum of both wheels that the item's limit asks for, from the weighed loads."""
        weighed = weighings(attempt)
        axle = weighed.get(item.axle)
        loads = Loads(axle_kg(axle) if axle else Decimal(0), vehicle_kg(attempt))
        on = inspection_date(attempt.started_at)
        return demanded_sum_daN(self.rules.on(on).safety, attempt.vehicle, attempt.inspection, on, item, loads)

    def demand(self, attempt: AttemptView, item: PlannedItem) -> TwoSpeedIdleDemand | None:
        """Return what a test of the exhaust asks for, None for every other item."""
        on = inspection_date(attempt.started_at)
        emission = self.rules.on(on).emission
        if item.kind is not ItemKind.TWO_SPEED_IDLE or emission is None:
            return None
        return demand_of(emission, attempt.vehicle, on)

    def judge(self, attempt: AttemptView, measured: Measured) -> tuple[VerdictCard, ...]:
        """Return the cards of one item; a weighing has none."""
        on = inspection_date(attempt.started_at)
        rules = self.rules.on(on)
        if measured.two_speed_idle is not None and measured.exhaust is not None and rules.emission is not None:
            return judge_two_speed_idle(rules.emission, on, measured.two_speed_idle, measured.exhaust)
        case = (rules.safety, attempt.vehicle, attempt.inspection, on)
        if measured.curve is None:
            return ()
        if measured.service_brake is not None:
            return judge_service_brake(*case, measured.service_brake, measured.curve)
        if measured.parking_brake is not None:
            return judge_parking(*case, [(measured.parking_brake, measured.curve)])
        return ()


def weighings(attempt: AttemptView) -> dict[int, AxleWeighing]:
    """Return the attempt's newest weighing of each axle."""
    return {item.weighing.axle: item.weighing for item in attempt.items if item.weighing is not None}


def axle_kg(weighing: AxleWeighing) -> Decimal:
    """Return the static load of an axle."""
    return weighing.left_kg + weighing.right_kg


def vehicle_kg(attempt: AttemptView) -> Decimal:
    """Return the static load of all weighed axles."""
    return sum((axle_kg(weighing) for weighing in weighings(attempt).values()), Decimal(0))
