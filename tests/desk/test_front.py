"""What the service tells over the link: one moment at a time, whole records, lanes where they are now."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.base.errors import CarcheckError, StorageError
from carcheck_desktop.desk.front import ServiceFront
from carcheck_desktop.desk.people import WRONG_PINS_ALLOWED, add_user, count_sign_in
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AddUser, SignIn
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.ports import UnitOfWork, UserRow
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress
from carcheck_desktop.domain.views import AttemptState, Stage, VisitView, stage
from tests.desk.conftest import DeskUnderTest
from tests.desk.test_ledger import LaneUnderTest, journal, lane, seen, taken, visit

__all__ = ["journal", "lane", "visit"]
LANE = LaneAddress("1", "lane-1", "http://127.0.0.1:8461")


@pytest.fixture
def front(desk: DeskUnderTest) -> ServiceFront:
    introduction = Handshake(
        PROTOCOL, "0.1.0", "service", "service", desk.store.epoch, "5001009", "站", training=True, language="zh_CN",
        public_key=desk.key.public_hex, now=desk.clock.now(), clock_speed=1.0, tables={}, lanes=(LANE,),
    )  # fmt: skip
    return ServiceFront(desk.store, desk.writer, desk.clock, desk.tables, introduction)


def test_the_handshake_tells_the_time_of_now(desk: DeskUnderTest, front: ServiceFront) -> None:
    before = front.handshake().now
    asyncio.run(desk.clock.advance(60))
    assert front.handshake().now - before == timedelta(seconds=60)


def test_a_lane_that_moved_is_found_at_its_newest_address(front: ServiceFront) -> None:
    front.register_lane(replace(LANE, url="http://127.0.0.1:9998"))
    moved = replace(LANE, url="http://127.0.0.1:9999")
    front.register_lane(moved)
    assert front.handshake().lanes == (moved,)


@pytest.mark.parametrize("stranger", [replace(LANE, lane="2"), replace(LANE, node="lane-2"), replace(LANE, lane="")])
def test_a_lane_that_the_station_file_does_not_name_is_nobodys_address(
    front: ServiceFront, stranger: LaneAddress
) -> None:
    with pytest.raises(CarcheckError) as caught:
        front.register_lane(stranger)
    assert caught.value.problem.params["known"] == "1"
    assert front.handshake().lanes == (LANE,)


def test_the_snapshot_and_its_place_are_of_one_moment(
    desk: DeskUnderTest, front: ServiceFront, visit: VisitView
) -> None:
    shown = front.snapshot()
    assert shown.visits == (visit,)
    assert (shown.epoch, shown.heads) == (desk.store.epoch, front.heads())
    with desk.store.read() as uow:
        assert shown.pos == uow.journal.position()


def test_a_record_has_everything_that_was_journaled_of_the_visit_and_every_curve(
    front: ServiceFront, visit: VisitView, lane: LaneUnderTest, desk: DeskUnderTest, journal: list[Entry]
) -> None:
    assert asyncio.run(front.take_in(journal)).taken == len(journal)
    record = front.show(visit.visit_id)
    assert record is not None
    assert record == front.show(visit.vehicle.plate)
    kinds = [entry.kind for entry in record.entries if entry.kind != "ticket_issued"]
    assert kinds[:2] == ["visit_opened", "attempt_started"]
    assert record.entries[-1].kind == "visit_concluded"
    assert record.visit == seen(desk, visit)
    runs = [item.service_brake for item in record.visit.attempts[0].items if item.service_brake]
    assert set(record.curves) == {run.curve_digest for run in runs}


def test_a_curve_that_is_lost_is_an_error_and_no_shorter_record(
    front: ServiceFront, visit: VisitView, journal: list[Entry], tmp_path: Path
) -> None:
    asyncio.run(front.take_in(journal))
    for path in (tmp_path / "blobs").rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(StorageError) as caught:
        front.show(visit.visit_id)
    assert caught.value.code == "desk.front.curve_missing"


def test_what_nobody_ever_saw_is_not_shown(front: ServiceFront) -> None:
    assert front.show("visit-0") is None
    assert front.show("渝A00000") is None


def test_an_attempt_that_was_broken_off_concludes_nothing_and_the_car_waits_again(
    desk: DeskUnderTest, visit: VisitView, tmp_path: Path
) -> None:
    broken_off = AbortedLane(tmp_path, desk, visit)
    broken_off.run(peak_daN=300)
    desk.writer.call(lambda uow: [uow.blobs.put(each) for each in broken_off.blobs])
    try:
        assert taken(desk, broken_off.entries()).refusal is None
    finally:
        broken_off.close()
    after = seen(desk, visit)
    assert desk.facts("visit_concluded") == []
    assert (after.attempts[0].state, after.conclusion, stage(after)) == (AttemptState.ABORTED, None, Stage.WAITING)


class AbortedLane(LaneUnderTest):
    """A lane whose person breaks the attempt off after the last item."""

    def _add(self, fact: f.Fact, *blobs: bytes) -> None:
        if isinstance(fact, f.AttemptEnded):
            fact = replace(fact, end=f.AttemptEnd.ABORTED, reason="wrong car")
        super()._add(fact, *blobs)


class StrangeLane(LaneUnderTest):
    """A lane that measured a visit of which this service knows nothing."""

    def _add(self, fact: f.Fact, *blobs: bytes) -> None:
        elsewhere: Any = fact
        super()._add(replace(elsewhere, visit_id="visit-of-another-database"), *blobs)


def test_a_visit_that_is_not_known_is_taken_into_the_ledger_and_stops_nothing(
    desk: DeskUnderTest, visit: VisitView, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    strange = StrangeLane(tmp_path, desk, visit)
    strange.run(peak_daN=300)
    desk.writer.call(lambda uow: [uow.blobs.put(each) for each in strange.blobs])
    entries = strange.entries()
    strange.close()
    assert taken(desk, entries).taken == len(entries)
    assert desk.facts("visit_concluded") == []
    assert "visit-of-another-database" in caplog.text


# -- people ----------------------------------------------------------------------------------------


def tried(desk: DeskUnderTest, row: UserRow, *, is_right: bool) -> tuple[UserRow | None, UserRow]:
    """Let somebody with this row try to sign in; return who was let in, and the row after it."""

    def work(uow: UnitOfWork) -> tuple[UserRow | None, UserRow | None]:
        uow.users.put(row)
        let_in = count_sign_in(uow, SignIn(row.name, "x"), "pc-1", is_right=is_right)
        return let_in, uow.users.get(row.name)

    let_in, after = desk.writer.call(work)
    assert after is not None
    return let_in, after


@pytest.mark.parametrize(
    ("before", "is_right", "is_let_in", "after"),
    [
        ((0, False), True, True, (0, False)),
        ((WRONG_PINS_ALLOWED - 1, False), True, True, (0, False)),
        ((0, False), False, False, (1, False)),
        ((WRONG_PINS_ALLOWED - 2, False), False, False, (WRONG_PINS_ALLOWED - 1, False)),
        ((WRONG_PINS_ALLOWED - 1, False), False, False, (WRONG_PINS_ALLOWED, True)),
        ((WRONG_PINS_ALLOWED, True), True, False, (WRONG_PINS_ALLOWED, True)),
        ((WRONG_PINS_ALLOWED, True), False, False, (WRONG_PINS_ALLOWED + 1, True)),
        ((0, True), True, False, (0, True)),
        ((0, True), False, False, (1, True)),
    ],
)
def test_every_try_at_the_door_is_counted(
    desk: DeskUnderTest, before: tuple[int, bool], is_right: bool, is_let_in: bool, after: tuple[int, bool]
) -> None:
    wrong, locked = before
    let_in, row = tried(desk, UserRow("li", Role.CLERK, "hash", wrong, locked=locked), is_right=is_right)
    assert (let_in is not None) == is_let_in
    assert (row.wrong_pins, row.locked) == after
    assert len(desk.facts("sign_in_refused")) == (0 if is_let_in else 1)


@pytest.mark.parametrize("name", ["", " ", " li", "li ", "a" * 41, "li\n", "li\x00", "a/b", "<li>", "'; drop"])
def test_a_name_that_nobody_could_type_or_read_is_not_taken(desk: DeskUnderTest, name: str) -> None:
    with pytest.raises(CarcheckError) as caught:
        desk.writer.call(lambda uow: add_user(uow, AddUser(name, Role.CLERK, "2468"), actor="boss"))
    assert caught.value.code == "desk.people.bad_name"


@pytest.mark.parametrize("name", ["li", "李敏", "Wang-2", "O.K. Chen", "a" * 40])
def test_names_as_people_have_them_are_taken(desk: DeskUnderTest, name: str) -> None:
    desk.person(name, Role.CLERK)
    with desk.store.read() as uow:
        row = uow.users.get(name)
    assert row is not None
    assert (row.role, row.wrong_pins, row.locked) == (Role.CLERK, 0, False)
    assert "2468" not in row.pin_hash
