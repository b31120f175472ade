"""Rows beside the journal: visits, people, replies, contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.commands import Reply
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.facts import (
    PaymentPaid,
    PaymentRequested,
    RefundMade,
    RefundRequested,
    VisitConcluded,
)
from carcheck_desktop.domain.facts.ending import VisitClosed
from carcheck_desktop.domain.facts.papers import PaperQueued
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.payment import PaymentMethod
from carcheck_desktop.domain.ports import UnitOfWork, UserRow
from carcheck_desktop.domain.private import Presenter, VisitPrivate
from carcheck_desktop.domain.ticket import TicketSecret
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import Stage, stage
from carcheck_desktop.store import free_bytes
from carcheck_desktop.store.blobs import FileBlobs
from carcheck_desktop.store.tables.repositories import SqlDoneCommands
from tests.store.conftest import Database
from tests.store.facts import curve, record, visit_opened, whole_visit

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_view_comes_back_as_it_was_put(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        whole_visit(unit, "visit-1")
        put = unit.visits.get("visit-1")
    with store.read() as unit:
        stored = unit.visits.get("visit-1")
        assert unit.visits.get("visit-2") is None
    assert stored == put
    assert stored is not None
    assert stage(stored) is Stage.IN_LANE
    assert stored.attempts[0].items[0].service_brake is not None


def test_a_plate_finds_its_newest_visit_and_an_id_its_own(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        record(unit, visit_opened("visit-1"))
    database.clock.set_back_or_forward(timedelta(seconds=1))
    with store.begin() as unit:
        record(unit, visit_opened("visit-2"))
        record(unit, visit_opened("visit-3", "渝B99999"))
    with store.read() as unit:
        found = [unit.visits.find(wanted) for wanted in ("渝A12345", "visit-1", "渝B99999", "渝C00000")]
    assert [view.visit_id if view else None for view in found] == ["visit-2", "visit-1", "visit-3", None]


def test_the_newest_visit_is_the_one_opened_last_although_the_clock_was_set_back(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        record(unit, visit_opened("visit-1"))
    database.clock.set_back_or_forward(timedelta(days=-1))
    with store.begin() as unit:
        record(unit, visit_opened("visit-2"))
    with store.read() as unit:
        newest = unit.visits.find("渝A12345")
        shown = [view.visit_id for view in unit.visits.open_ones()]
    assert newest is not None
    assert newest.visit_id == "visit-2"
    assert shown == ["visit-1", "visit-2"]


def test_a_concluded_visit_waits_a_week_for_its_owner(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        record(unit, visit_opened("visit-1"))
        record(unit, visit_opened("visit-2"))
        record(unit, VisitConcluded("visit-1", "attempt-1", Outcome.PASS, ()))
    shown = []
    for later in (timedelta(), timedelta(days=6, hours=23), timedelta(hours=2)):
        database.clock.set_back_or_forward(later)
        with store.read() as unit:
            shown.append([view.visit_id for view in unit.visits.open_ones()])
    assert shown == [["visit-1", "visit-2"], ["visit-1", "visit-2"], ["visit-2"]]


def test_what_is_unfinished_is_found_however_old_and_what_is_done_is_not(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        for number in range(1, 6):
            record(unit, visit_opened(f"visit-{number}", f"渝A0000{number}"))
        record(unit, VisitConcluded("visit-1", "attempt-1", Outcome.PASS, ()))
        paid(unit, "visit-2")
        record(unit, RefundRequested("visit-2", "payment-visit-2", "refund-1", 100, "退", None, ""))
        paid(unit, "visit-3")
        record(unit, PaperQueued("visit-4", "paper-1", DocumentKind.RECEIPT, "000001", "d", "counter"))
        for number in range(2, 6):
            record(unit, VisitClosed(f"visit-{number}"))
    database.clock.set_back_or_forward(timedelta(days=400))
    with store.read() as unit:
        assert [view.visit_id for view in unit.visits.unfinished()] == ["visit-1", "visit-2", "visit-4"]
        assert unit.visits.open_ones() == []
    with store.begin() as unit:
        record(unit, RefundMade("visit-2", "payment-visit-2", "refund-1", 100, 2, "退", "", "", simulated=True))
        record(unit, VisitClosed("visit-1"))
    with store.read() as unit:
        assert [view.visit_id for view in unit.visits.unfinished()] == ["visit-4"]


def paid(unit: UnitOfWork, visit_id: str) -> None:
    """A customer pays with a code."""
    payment_id = f"payment-{visit_id}"
    record(unit, PaymentRequested(visit_id, payment_id, 100, "neutral", "1234"))
    paid = PaymentPaid(visit_id, payment_id, PaymentMethod.SCAN, 100, 1, 100, 0, "ref", simulated=True)
    record(unit, paid)


def test_numbers_have_no_gaps_even_after_work_that_was_undone(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        assert [unit.numbers.next("ticket"), unit.numbers.next("ticket"), unit.numbers.next("receipt")] == [1, 2, 1]

    def broken_off() -> None:
        with store.begin() as unit:
            assert unit.numbers.next("ticket") == 3
            raise RuntimeError("nothing of this was done")

    with pytest.raises(RuntimeError):
        broken_off()
    with store.begin() as unit:
        assert unit.numbers.next("ticket") == 3


def half(unit: UnitOfWork) -> None:
    """Take a car in and a number, and then find that it cannot be."""
    with unit.whole_or_nothing():
        record(unit, visit_opened("visit-2", "渝A00002"))
        assert unit.numbers.next("receipt") == 1
        raise DataError("store.journal.gap")


def test_what_is_refused_half_way_leaves_nothing_and_the_journal_goes_on_without_a_gap(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        record(unit, visit_opened("visit-1"))
        with pytest.raises(DataError):
            half(unit)
        with unit.whole_or_nothing():
            record(unit, visit_opened("visit-3", "渝A00003"))
        assert [entry.subject for _, entry in unit.added] == ["visit-1", "visit-3"]
    with store.read() as unit:
        assert [view.visit_id for view in unit.visits.open_ones()] == ["visit-1", "visit-3"]
    assert database.verify().is_whole


def test_a_car_that_came_is_there_until_it_is_taken_in(database: Database) -> None:
    store = database.open()
    early, late = (
        ArrivalView(f"visit-{n}", f"渝A0000{n}", PlateKind.SMALL_CAR, Channel.APP, None, AT + timedelta(n), "guide")
        for n in (1, 2)
    )
    with store.begin() as unit:
        unit.arrivals.put(late)
        unit.arrivals.put(early)
        assert unit.arrivals.open_ones() == [early, late]
        unit.arrivals.put(replace(early, is_open=False))
    with store.read() as unit:
        assert unit.arrivals.open_ones() == [late]
        assert unit.arrivals.get("visit-1") == replace(early, is_open=False)
        assert unit.arrivals.get("visit-3") is None


def test_a_tickets_secret_is_kept_for_printing_it_again(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        unit.tickets.put(TicketSecret("visit-1", "B017", "s" * 22))
    with store.read() as unit:
        assert unit.tickets.get("visit-1") == TicketSecret("visit-1", "B017", "s" * 22)
        assert unit.tickets.get("visit-2") is None
    assert "s" * 22 not in repr(TicketSecret("visit-1", "B017", "s" * 22))


def test_people_are_kept_and_changed(database: Database) -> None:
    store = database.open()
    first = UserRow("李敏", Role.CLERK, "hash", 0, False)
    with store.begin() as unit:
        unit.users.put(first)
        unit.users.put(UserRow("Ann", Role.MANAGER, "hash", 0, False))
    locked = UserRow("李敏", Role.CLERK, "hash", 5, True)
    with store.begin() as unit:
        assert unit.users.get("李敏") == first
        unit.users.put(locked)
    with store.read() as unit:
        assert unit.users.get("李敏") == locked
        assert [user.name for user in unit.users.all()] == ["Ann", "李敏"]
        assert unit.users.get("nobody") is None


def test_a_reply_is_remembered_with_its_refusal(database: Database) -> None:
    store = database.open()
    reply = Reply(
        "command-1", False, Problem("domain.access.expired", {"kind": "start_attempt", "late_s": 3}), {"a": [1]}
    )
    with store.begin() as unit:
        unit.done.put(reply, database.clock.now())
    with store.begin() as unit:
        assert unit.done.get("command-1") == reply
        assert unit.done.get("command-2") is None
        assert isinstance(unit.done, SqlDoneCommands)
        assert unit.done.forget_before(database.clock.now()) == 0
        assert unit.done.forget_before(database.clock.now() + timedelta(seconds=1)) == 1


def test_contents_are_kept_by_digest_and_twice_is_once(database: Database, lane_database: Database) -> None:
    for each, node in ((database, "service"), (lane_database, "lane-1")):
        store = each.open(node)
        with store.begin() as unit:
            digest = unit.blobs.put(curve())
            assert unit.blobs.put(curve()) == digest == digest_of(curve())
        with store.read() as unit:
            assert unit.blobs.has(digest)
            assert unit.blobs.get(digest) == curve()
            assert not unit.blobs.has("0" * 64)
            assert unit.blobs.get("0" * 64) is None


def test_a_file_lies_under_its_digest_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    digest = blobs.put(b"photo")
    (folder,) = tmp_path.iterdir()
    (file,) = folder.iterdir()
    assert folder.name + file.name == digest
    assert list(blobs.all()) == [digest]


def test_a_changed_content_is_never_handed_out(database: Database) -> None:
    store = database.open()
    assert isinstance(store.blobs, FileBlobs)
    digest = store.blobs.put(curve())
    store.blobs.path_of(digest).write_bytes(curve(301))
    with pytest.raises(DataError) as refused:
        store.blobs.get(digest)
    assert refused.value.problem.params["found"] == digest_of(curve(301))


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_no_digest_never_reaches_the_disk(tmp_path: Path, name: str) -> None:
    for ask in (FileBlobs(tmp_path).get, FileBlobs(tmp_path).has):
        with pytest.raises(DataError) as refused:
            ask(name)
        assert refused.value.code == "store.blobs.no_digest"


def test_the_free_room_is_that_of_the_disk_although_the_folder_is_not_there_yet(
    sqlite: Database, tmp_path: Path
) -> None:
    assert free_bytes(tmp_path / "not" / "there") > 0
    assert (sqlite.open().free_bytes() or 0) > 0


def test_a_vehicle_is_found_by_plate_of_its_kind_and_by_vin_newest_first(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        for visit_id, plate, vin in (
            ("visit-1", "渝A12345", "V1"),
            ("visit-2", "渝A12345", "V1"),
            ("visit-3", "渝B1", ""),
        ):
            fact = visit_opened(visit_id, plate)
            record(unit, replace(fact, vehicle=replace(fact.vehicle, vin=vin)))
    with store.read() as unit:
        of_plate = unit.visits.of_vehicle("渝A12345", PlateKind.SMALL_CAR)
        assert [view.visit_id for view in of_plate] == ["visit-2", "visit-1"]
        assert unit.visits.of_vehicle("渝A12345", PlateKind.TRAILER) == []
        assert [view.visit_id for view in unit.visits.of_vin("V1")] == ["visit-2", "visit-1"]
        assert unit.visits.of_vin("") == []


def test_personal_data_come_back_as_they_were_put(database: Database) -> None:
    consented = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    private = VisitPrivate("visit-1", "ab" * 16, "王建国", Presenter("王丽", "13800005678", "2026-1", consented))
    with database.open().begin() as unit:
        unit.privates.put(private)
        assert unit.privates.get("visit-1") == private
        assert unit.privates.get("visit-2") is None
    assert "138" not in repr(private)
    assert "王" not in repr(private)
