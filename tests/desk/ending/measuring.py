"""A lane's journal that measures attempts of a visit as strong as a test wants them, and ships them to the desk."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.desk.ledger import take_in
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
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, PlannedItem, VerdictCard, worst
from carcheck_desktop.domain.views import VisitView, plan_now
from carcheck_desktop.standards.verdicts import judge_parking, judge_service_brake
from carcheck_desktop.store.opening import Opening, open_store
from tests.desk.conftest import DeskUnderTest

EFFORT = Effort(200, 0, 1000, Decimal(12), {"drag": Decimal("3.00")})
USED = (InstrumentUsed("bench", "carcheck_roller_brake", "1", "COM3"),)
LOADS_KG = {1: Decimal(420), 2: Decimal(300)}
STRONG, WEAK = 300, 40
"""Peaks in daN a side: a good brake, and one that fails on any axle and as a parking brake."""


def seen(desk: DeskUnderTest, visit_id: str) -> VisitView:
    """Return a visit as the desk has it."""
    with desk.store.read() as uow:
        found = uow.visits.get(visit_id)
    assert found is not None
    return found


class LaneOfTheTest:
    """Writes attempts into its own journal and hands them in; `loads_kg` is what its scale shows per wheel."""

    def __init__(self, folder: Path, desk: DeskUnderTest) -> None:
        self._desk = desk
        self._count = 0
        self.loads_kg = dict(LOADS_KG)
        opening = Opening("5001009", "示范检验站", training=True, software="test")
        self._store = open_store(
            folder / "lane.db",
            node="lane-1",
            key=SigningKey.generate(),
            clock=desk.clock,
            blob_folder=None,
            opening=opening,
        )

    def close(self) -> None:
        self._store.close()

    def begin(self, visit_id: str, known: VisitView | None = None) -> str:
        """Let a car onto the lane as the lane knows it; return the attempt."""
        visit = known or seen(self._desk, visit_id)
        self._count += 1
        attempt_id = f"attempt-{self._count}"
        number = max([each.number for each in visit.attempts], default=0) + 1
        started = f.AttemptStarted(
            attempt_id, visit_id, "1", number, visit.vehicle, visit.inspection, plan_now(visit), visit.edition,
            visit.table_hash, visit.tables,
        )  # fmt: skip
        self._add(started)
        self.ship()
        return attempt_id

    def measure(
        self, visit_id: str, peaks_daN: Mapping[str, int] | None = None, known: VisitView | None = None
    ) -> str:  # fmt: skip
        """Do a whole attempt; every brake is strong but those that are named."""
        attempt_id = self.begin(visit_id, known)
        visit = known or seen(self._desk, visit_id)
        for item in plan_now(visit):
            self._item(visit, attempt_id, item, (peaks_daN or {}).get(item.item, STRONG))
        self.end(visit_id, attempt_id)
        return attempt_id

    def weigh(self, visit_id: str, attempt_id: str) -> None:
        """Do only the first item of an attempt."""
        visit = seen(self._desk, visit_id)
        self._item(visit, attempt_id, plan_now(visit)[0], STRONG)
        self.ship()

    def end(self, visit_id: str, attempt_id: str, end: f.AttemptEnd = f.AttemptEnd.COMPLETE) -> None:
        self._add(f.AttemptEnded(attempt_id, visit_id, "1", end, "" if end is f.AttemptEnd.COMPLETE else "withdrawn"))
        self.ship()

    def ship(self) -> None:
        """Hand in everything that the desk does not know."""
        with self._store.read() as uow:
            entries = uow.journal.of_node("lane-1", 0)
        refusal = self._desk.writer.call(lambda uow: take_in(uow, entries, self._desk.tables)).refusal
        assert refusal is None, refusal

    def _item(self, visit: VisitView, attempt_id: str, item: PlannedItem, peak_daN: int) -> None:
        load_kg = self.loads_kg.get(item.axle, Decimal(0))
        run_id = f"run-{attempt_id}-{item.item}"
        started = (run_id, visit.visit_id, attempt_id, "occupancy-1", "1", item.item, item.kind)
        self._add(f.ItemStarted(*started, item.axle, None))
        if item.kind is ItemKind.AXLE_WEIGHING:
            weighing = AxleWeighing(item.axle, load_kg, load_kg)
            done = (Outcome.NOT_JUDGED, Origin.SIMULATOR, USED, EFFORT)
            self._add(f.ItemFinished(*started, item.axle, (), *done, weighing=weighing))
            return
        rise = tuple(peak_daN * step // 100 for step in range(101))
        shape = Curve(10, rise, rise)
        content = to_json(shape).encode()
        case = (self._desk.tables.safety, visit.vehicle, visit.inspection, inspection_date(self._desk.clock.now()))
        cards: tuple[VerdictCard, ...]
        if item.kind is ItemKind.SERVICE_BRAKE:
            run = ServiceBrakeRun(
                item.axle, load_kg, load_kg, Decimal(4), Decimal(4), 0, StopReason.BOTH_LOCKED, digest_of(content)
            )
            cards = judge_service_brake(*case, run, shape)
            fact = f.ItemFinished(*started, item.axle, cards, *_done(cards), service_brake=run)
        else:
            whole_kg = 2 * sum(self.loads_kg.values(), Decimal(0))
            parking = ParkingBrakeRun(item.axle, whole_kg, 0, StopReason.BOTH_LOCKED, digest_of(content))
            cards = judge_parking(*case, [(parking, shape)])
            fact = f.ItemFinished(*started, item.axle, cards, *_done(cards), parking_brake=parking)
        self._add(fact, content)

    def _add(self, fact: f.Fact, *blobs: bytes) -> None:
        if blobs:
            self._desk.writer.call(lambda uow: [uow.blobs.put(each) for each in blobs])
        with self._store.begin() as uow:
            uow.journal.append(fact, actor="li", blobs=[uow.blobs.put(each) for each in blobs])


def _done(cards: tuple[VerdictCard, ...]) -> tuple[Outcome, Origin, tuple[InstrumentUsed, ...], Effort]:
    return worst([card.outcome for card in cards]), Origin.SIMULATOR, USED, EFFORT
