"""A whole visit as lane and desk store it: weighed, braked, lever, exhaust, judged by the tables, concluded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.conclusions import conclusion_of
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.measurements import (
    AxleWeighing,
    Curve,
    Effort,
    InstrumentUsed,
    Origin,
    ParkingBrakeRun,
    ServiceBrakeRun,
    StopReason,
)
from carcheck_desktop.domain.ports import UnitOfWork
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind, PlannedItem, Purpose, VerdictCard, worst
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.standards.rulebook import Rulebook
from carcheck_desktop.standards.verdicts import judge_parking, judge_service_brake
from tests.standards.emission.runs import CAR, clean
from tests.store.facts import record

ASKED = Message("plan.always")
PLAN = (
    PlannedItem("DB", ItemKind.TWO_SPEED_IDLE, 0, ASKED, (Purpose.EMISSION,)),
    PlannedItem("W1", ItemKind.AXLE_WEIGHING, 1, ASKED),
    PlannedItem("W2", ItemKind.AXLE_WEIGHING, 2, ASKED),
    PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, ASKED),
    PlannedItem("B2", ItemKind.SERVICE_BRAKE, 2, ASKED),
    PlannedItem("B0", ItemKind.PARKING_BRAKE, 2, ASKED),
)
LOADS_KG = {1: Decimal(420), 2: Decimal(300)}
"""Of each wheel."""
EFFORT = Effort(300, 0, 9120, Decimal("6.4"), {})
USED = (InstrumentUsed("bench", "carcheck_roller_brake", "1", "COM3"),)
PRESS = 20


def press(peak_daN: int, *, lag: int = 4, lost: tuple[int, ...] = ()) -> Curve:
    """Drag, a rise whose right side comes a little later, and a hold."""
    sides = [
        tuple(5 + (peak_daN - 5) * min(100, max(0, index - PRESS - late)) // 100 for index in range(180))
        for late in (0, lag)
    ]
    left, right = (tuple(0 if index in lost else force for index, force in enumerate(side)) for side in sides)
    return Curve(10, left, right, lost)


class StoredVisit:
    """One visit that is written into a database fact by fact."""

    def __init__(self, uow: UnitOfWork, rules: Rulebook, visit_id: str, plate: str = "粤B12345") -> None:
        self._uow = uow
        self._rules = rules
        self.visit_id = visit_id
        self._car = replace(CAR, plate=plate)
        edition = rules.safety
        record(
            uow,
            f.VisitOpened(visit_id, self._car, InspectionKind.IN_USE, PLAN, edition.edition, edition.table_hash),
        )

    def attempt(self, number: int = 1, *, peaks: dict[int, int] | None = None, lost: tuple[int, ...] = ()) -> VisitView:
        """Do every item; `peaks` are the greatest force of a wheel by axle."""
        edition = self._rules.safety
        self._number, attempt_id = number, f"a{number}-{self.visit_id}"
        self._attempt_id = attempt_id
        record(
            self._uow,
            f.AttemptStarted(
                attempt_id, self.visit_id, "1", number, self._car, InspectionKind.IN_USE, PLAN, edition.edition,
                edition.table_hash,
            ),
        )  # fmt: skip
        on = inspection_date(self.view().attempts[-1].started_at)
        case = (edition, self._car, InspectionKind.IN_USE, on)
        self._exhaust()
        for axle, load in LOADS_KG.items():
            self._done(PLAN[axle], (), weighing=AxleWeighing(axle, load, load))
        for axle, load in LOADS_KG.items():
            curve = press((peaks or {}).get(axle, 300 if axle == 1 else 220), lost=lost)
            run = ServiceBrakeRun(
                axle, load, load, Decimal(4), Decimal(4), PRESS, StopReason.BOTH_LOCKED, self._kept(curve)
            )
            self._done(PLAN[2 + axle], judge_service_brake(*case, run, curve), run.curve_digest, service_brake=run)
        curve = press(190)
        lever = ParkingBrakeRun(2, sum(2 * load for load in LOADS_KG.values()), PRESS, StopReason.TIME_OUT, self._kept(curve))  # type: ignore[arg-type]  # fmt: skip
        self._done(PLAN[5], judge_parking(*case, [(lever, curve)]), lever.curve_digest, parking_brake=lever)
        record(self._uow, f.AttemptEnded(attempt_id, self.visit_id, "1", f.AttemptEnd.COMPLETE, ""))
        return self.view()

    def conclude(self) -> VisitView:
        """Conclude as the desk does."""
        record(self._uow, conclusion_of(self.view(), self._uow.blobs, self._rules))
        return self.view()

    def view(self) -> VisitView:
        found = self._uow.visits.get(self.visit_id)
        assert found is not None
        return found

    def _exhaust(self) -> None:
        assert self._rules.emission is not None
        run, seconds = clean()
        content = to_json(seconds).encode()
        run = replace(run, record_digest=digest_of(content))
        on = inspection_date(self.view().attempts[-1].started_at)
        self._uow.blobs.put(content)
        cards = judge_two_speed_idle(self._rules.emission, on, run, seconds)
        self._done(PLAN[0], cards, run.record_digest, two_speed_idle=run)

    def _kept(self, curve: Curve) -> str:
        return self._uow.blobs.put(to_json(curve).encode())

    def _done(self, plan: PlannedItem, cards: tuple[VerdictCard, ...], *digests: str, **results: object) -> None:
        run_id = f"r{self._number}-{self.visit_id}-{plan.item}"
        begun = (run_id, self.visit_id, self._attempt_id, "o", "1", plan.item, plan.kind, plan.axle)
        record(self._uow, f.ItemStarted(*begun, None))
        outcome = worst([card.outcome for card in cards])
        done = f.ItemFinished(*begun, cards, outcome, Origin.SIMULATOR, USED, EFFORT, **results)  # type: ignore[arg-type]
        record(self._uow, done, blobs=digests)
