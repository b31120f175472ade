"""The lanes' journals come in exactly once, and a complete attempt is concluded in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.desk.ledger import take_in
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.journal import Entry, hash_of
from carcheck_desktop.domain.measurements import (
    AxleWeighing,
    Curve,
    Effort,
    InstrumentUsed,
    Origin,
    ServiceBrakeRun,
    StopReason,
)
from carcheck_desktop.domain.ports import IntakeResult
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, PlannedItem
from carcheck_desktop.domain.views import Stage, VisitView, stage
from carcheck_desktop.standards.verdicts import judge_service_brake
from carcheck_desktop.store.opening import Opening, open_store
from tests.desk.conftest import DeskUnderTest

EFFORT = Effort(200, 0, 1000, Decimal(12), {"drag": Decimal("3.00")})
USED = (InstrumentUsed("bench", "carcheck_roller_brake", "1", "COM3"),)
LOADS_KG = {1: Decimal(420), 2: Decimal(300)}


def curve(peak_daN: int) -> Curve:
    """Return a press that rises evenly to a peak on both sides."""
    rise = tuple(peak_daN * step // 100 for step in range(101))
    return Curve(10, rise, rise)


class LaneUnderTest:
    """A lane that writes a whole attempt into its own journal, as a lane process does."""

    def __init__(self, folder: Path, desk: DeskUnderTest, visit: VisitView) -> None:
        self._desk = desk
        self._visit = visit
        self._store = open_store(
            folder / "lane.db",
            node="lane-1",
            key=SigningKey.generate(),
            clock=desk.clock,
            blob_folder=None,
            opening=Opening("5001009", "示范检验站", training=True, software="test"),
        )
        self.blobs: list[bytes] = []

    def run(self, *, peak_daN: int) -> None:
        """Record every item of the visit's plan."""
        visit = self._visit
        self._add(
            f.AttemptStarted(
                "attempt-1", visit.visit_id, "1", 1, visit.vehicle, visit.inspection, visit.plan,
                visit.edition, visit.table_hash,
            )
        )  # fmt: skip
        for item in visit.plan:
            if item.kind is not ItemKind.PARKING_BRAKE:
                self._item(item, peak_daN)
        self._add(f.AttemptEnded("attempt-1", visit.visit_id, "1", f.AttemptEnd.COMPLETE, ""))

    def entries(self) -> list[Entry]:
        """Return the journal."""
        with self._store.read() as uow:
            return uow.journal.of_node("lane-1", 0)

    def close(self) -> None:
        """Let go of the journal."""
        self._store.close()

    def _item(self, item: PlannedItem, peak_daN: int) -> None:
        load_kg = LOADS_KG[item.axle]
        started = (f"run-{item.item}", self._visit.visit_id, "attempt-1", "occupancy-1", "1", item.item, item.kind)
        self._add(f.ItemStarted(*started, item.axle, None))
        if item.kind is ItemKind.AXLE_WEIGHING:
            weighing = AxleWeighing(item.axle, load_kg, load_kg)
            done = (Outcome.NOT_JUDGED, Origin.SIMULATOR, USED, EFFORT)
            self._add(f.ItemFinished(*started, item.axle, (), *done, weighing=weighing))
            return
        shape = curve(peak_daN)
        content = to_json(shape).encode()
        run = ServiceBrakeRun(
            item.axle, load_kg, load_kg, Decimal(4), Decimal(4), 0, StopReason.BOTH_LOCKED, digest_of(content)
        )
        vehicle, day = self._visit.vehicle, self._desk.clock.now().date()
        cards = judge_service_brake(self._desk.tables.safety, vehicle, InspectionKind.IN_USE, day, run, shape)
        done = (cards[0].outcome, Origin.SIMULATOR, USED, EFFORT)
        self._add(f.ItemFinished(*started, item.axle, cards, *done, service_brake=run), content)

    def _add(self, fact: f.Fact, *blobs: bytes) -> None:
        self.blobs += blobs
        with self._store.begin() as uow:
            uow.journal.append(fact, actor="li", blobs=[uow.blobs.put(each) for each in blobs])


@pytest.fixture
def visit(desk: DeskUnderTest) -> VisitView:
    young = desk.clock.now().date().replace(year=2020)
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK), registered_on=young)
    with desk.store.read() as uow:
        found = uow.visits.get(reply.result["visit_id"])
    assert found is not None
    return found


@pytest.fixture
def lane(
    desk: DeskUnderTest, visit: VisitView, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[LaneUnderTest]:
    lane = LaneUnderTest(tmp_path, desk, visit)
    lane.run(peak_daN=getattr(request, "param", 300))
    yield lane
    lane.close()


@pytest.fixture
def journal(desk: DeskUnderTest, lane: LaneUnderTest) -> list[Entry]:
    """A complete attempt's entries whose curves have arrived before them."""
    desk.writer.call(lambda uow: [uow.blobs.put(each) for each in lane.blobs])
    return lane.entries()


def taken(desk: DeskUnderTest, entries: Sequence[Entry]) -> IntakeResult:
    return desk.writer.call(lambda uow: take_in(uow, entries, desk.tables))


def seen(desk: DeskUnderTest, visit: VisitView) -> VisitView:
    with desk.store.read() as uow:
        found = uow.visits.get(visit.visit_id)
    assert found is not None
    return found


def test_a_complete_attempt_is_concluded_with_the_whole_vehicle_rate(
    desk: DeskUnderTest, visit: VisitView, journal: list[Entry]
) -> None:
    assert taken(desk, journal).taken == len(journal)
    after = seen(desk, visit)
    assert stage(after) is Stage.PASSED
    assert after.conclusion_cards[-1].quantity.value == "whole_vehicle_brake_rate"
    assert str(after.conclusion_cards[-1].rounded) == "85.0"


@pytest.mark.parametrize("lane", [150], indirect=True)
def test_weak_brakes_fail_the_visit(desk: DeskUnderTest, visit: VisitView, journal: list[Entry]) -> None:
    taken(desk, journal)
    assert stage(seen(desk, visit)) is Stage.FAILED


def test_the_same_entries_again_change_nothing(desk: DeskUnderTest, visit: VisitView, journal: list[Entry]) -> None:
    taken(desk, journal)
    before = seen(desk, visit)
    assert taken(desk, journal).taken == 0
    assert seen(desk, visit) == before
    assert len(desk.facts("visit_concluded")) == 1


def test_a_gap_stops_the_intake_and_keeps_what_came_before(
    desk: DeskUnderTest, visit: VisitView, journal: list[Entry]
) -> None:
    result = taken(desk, [*journal[:3], *journal[4:]])
    assert (result.taken, result.heads["lane-1"]) == (3, 3)
    assert result.refusal is not None
    assert taken(desk, journal).taken == len(journal) - 3
    assert stage(seen(desk, visit)) is Stage.PASSED


def test_a_fact_that_cannot_be_read_stops_the_intake_and_keeps_what_came_before(
    desk: DeskUnderTest, journal: list[Entry]
) -> None:
    strange = replace(journal[3], kind="of_a_newer_program")
    strange = replace(strange, hash=hash_of(strange))
    result = taken(desk, [*journal[:3], strange, *journal[4:]])
    assert (result.taken, result.heads["lane-1"]) == (3, 3)
    assert result.refusal is not None
    assert result.refusal.code == "domain.journal.unknown_fact"


def test_in_pieces_it_comes_to_the_same(desk: DeskUnderTest, visit: VisitView, journal: list[Entry]) -> None:
    for entry in journal:
        assert taken(desk, [entry]).taken == 1
    assert stage(seen(desk, visit)) is Stage.PASSED


def test_an_entry_whose_curve_has_not_arrived_waits(desk: DeskUnderTest, visit: VisitView, lane: LaneUnderTest) -> None:
    result = taken(desk, lane.entries())
    assert result.refusal is not None
    assert seen(desk, visit).conclusion is None
