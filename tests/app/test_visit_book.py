"""What a lane remembers of the station's visits while the service is away, and after it was started again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carcheck_desktop.app.visit_book import ServiceBook
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.facts.ending import RecheckOpened, VisitWithdrawn
from carcheck_desktop.domain.journal import ZERO_HASH, seal
from carcheck_desktop.domain.station import PROTOCOL, Handshake, Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import VisitView, plan_now
from carcheck_desktop.link.client.events import FactArrived, LinkDown, LinkEvent, LinkUp, SnapshotTaken
from tests.domain.samples import PLAN, VEHICLE

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
KEY = "ab" * 32
TABLE_FILE = "gb38900-2020.toml"


def visit(number: int = 1, **changes: object) -> VisitView:
    view = VisitView(f"visit-{number}", VEHICLE, InspectionKind.IN_USE, PLAN, "e", "h", AT, "wang", AT)
    return replace(view, **changes)  # type: ignore[arg-type]


def up(public_key: str = KEY) -> LinkUp:
    return LinkUp(
        Handshake(
            PROTOCOL, "0.1.0", "service", "service", "e", "1", "站", training=True, language="zh_CN",
            public_key=public_key, now=AT, clock_speed=1.0, tables={}, lanes=(),
        )
    )  # fmt: skip


def snapshot(*visits: VisitView) -> SnapshotTaken:
    return SnapshotTaken(Snapshot("e", 0, {}, visits, ()))


def arrived(fact: f.Fact) -> FactArrived:
    return FactArrived(1, seal(fact, node="service", seq=1, at=AT, actor="wang", blobs=(), previous=ZERO_HASH))


def opened(number: int) -> f.VisitOpened:
    return f.VisitOpened(f"visit-{number}", VEHICLE, InspectionKind.IN_USE, PLAN, "e", "h")


def heard(path: Path, *events: LinkEvent) -> ServiceBook:
    """Return a book that was told these events."""
    book = ServiceBook(path)
    for event in events:
        book.mailbox.put(event)
    return book


def known(book: ServiceBook) -> list[str]:
    """Return which of the first three visits may be taken onto the lane."""
    return [each for each in ("visit-1", "visit-2", "visit-3") if asyncio.run(book.order(each)) is not None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lane-1" / "visits.json"


def test_a_lane_that_has_heard_of_nothing_knows_no_visit_and_no_key(path: Path) -> None:
    book = ServiceBook(path)
    assert (book.public_key, known(book)) == ("", [])
    assert not path.exists()


def test_after_a_restart_without_the_service_the_lane_still_knows_its_cars_and_who_may_sign_in(path: Path) -> None:
    before = heard(path, up(), snapshot(visit(1), visit(2)), LinkDown(Problem("link.unreachable"), AT))
    again = ServiceBook(path)
    assert (again.public_key, known(again)) == (KEY, ["visit-1", "visit-2"])
    assert asyncio.run(again.order("visit-2")) == asyncio.run(before.order("visit-2")) == visit(2)


def test_a_car_that_was_taken_in_since_the_snapshot_is_known_too(path: Path) -> None:
    heard(path, snapshot(visit(1)), arrived(opened(2)))
    assert known(ServiceBook(path)) == ["visit-1", "visit-2"]


def test_a_new_snapshot_forgets_what_is_no_longer_there(path: Path) -> None:
    heard(path, snapshot(visit(1), visit(2)), snapshot(visit(3)))
    assert known(ServiceBook(path)) == ["visit-3"]


def test_a_passed_visit_is_not_measured_again_by_accident(path: Path) -> None:
    passed = f.VisitConcluded("visit-1", "attempt-1", Outcome.PASS, ())
    book = heard(path, snapshot(visit(1), visit(2)), arrived(passed))
    assert known(book) == known(ServiceBook(path)) == ["visit-2"]
    assert known(heard(path, snapshot(visit(1, conclusion=Outcome.PASS), visit(2)))) == ["visit-2"]


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.INVALID])
def test_a_failed_visit_is_kept_for_its_recheck_until_it_is_closed(path: Path, outcome: Outcome) -> None:
    book = heard(path, snapshot(visit(1)), arrived(f.VisitConcluded("visit-1", "attempt-1", outcome, ())))
    assert known(book) == ["visit-1"]
    assert known(heard(path, snapshot(visit(1, conclusion=outcome, ended_at=AT)))) == []


def test_a_visit_that_was_given_up_is_known_to_be_so(path: Path) -> None:
    book = heard(path, snapshot(visit(1), visit(2)))
    assert not book.is_withdrawn("visit-1")
    book.mailbox.put(arrived(VisitWithdrawn("visit-1", WithdrawReason.OWNER, "")))
    assert (book.is_withdrawn("visit-1"), book.is_withdrawn("visit-2"), book.is_withdrawn("visit-9")) == (
        True,
        False,
        False,
    )


def test_a_recheck_of_a_visit_that_was_forgotten_is_known_again(path: Path) -> None:
    again = RecheckOpened(
        "visit-7", 1, VEHICLE, InspectionKind.IN_USE, PLAN[1:], PLAN, "e", "h", {"e": "h"}, (), 2, None
    )  # fmt: skip
    book = heard(path, snapshot(visit(1)), arrived(again))
    order = asyncio.run(book.order("visit-7"))
    assert order is not None
    assert (plan_now(order), order.recheck and order.recheck.attempts_before) == (PLAN[1:], 2)


def test_that_the_money_is_taken_first_is_known_from_the_handshake_and_after_a_restart(path: Path) -> None:
    assert ServiceBook(path).pay_later
    told = up()
    strict = LinkUp(replace(told.handshake, pay_later=False))
    assert not heard(path, told, strict).pay_later
    assert not ServiceBook(path).pay_later
    assert heard(path, told).pay_later


def test_attempts_of_other_lanes_are_part_of_what_is_known(path: Path) -> None:
    started = f.AttemptStarted("attempt-1", "visit-1", "2", 1, VEHICLE, InspectionKind.IN_USE, PLAN, "e", "h")
    heard(path, snapshot(visit(1)), arrived(started))
    order = asyncio.run(ServiceBook(path).order("visit-1"))
    assert order is not None
    assert [(attempt.attempt_id, attempt.lane) for attempt in order.attempts] == [("attempt-1", "2")]


def test_the_tables_of_the_last_handshake_are_remembered(path: Path) -> None:
    shaken = up()
    heard(path, LinkUp(replace(shaken.handshake, tables={TABLE_FILE: "cd" * 32, "other.toml": "ef" * 32})))
    assert ServiceBook(path).tables == {TABLE_FILE: "cd" * 32, "other.toml": "ef" * 32}


def test_a_service_with_another_key_replaces_the_old_one(path: Path) -> None:
    heard(path, up(), up("cd" * 32))
    assert ServiceBook(path).public_key == "cd" * 32


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"visits": 3}', b"\xff\xfe\x00", b'{"visits": {"a": {}}}'])
def test_a_damaged_file_is_begun_anew_and_the_lane_starts(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    book = ServiceBook(path)
    assert known(book) == []
    book.mailbox.put(snapshot(visit(1)))
    assert known(ServiceBook(path)) == ["visit-1"]


def test_where_nothing_can_be_written_the_running_lane_knows_its_cars_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "lane-1").write_text("a file where the folder should be", encoding="utf-8")
    book = heard(tmp_path / "lane-1" / "visits.json", up(), snapshot(visit(1)))
    assert (book.public_key, known(book)) == (KEY, ["visit-1"])


def test_a_write_that_breaks_off_leaves_the_file_of_before(path: Path) -> None:
    heard(path, snapshot(visit(1)))
    path.with_suffix(".new").write_bytes(b'{"visits": {"visit-9"')
    assert known(ServiceBook(path)) == ["visit-1"]


def test_facts_of_visits_that_are_not_known_change_nothing(path: Path) -> None:
    heard(path, snapshot(visit(1)))
    before = path.read_bytes()
    stranger = f.AttemptResumed("attempt-7", "visit-7", "1")
    assert known(heard(path, arrived(stranger), arrived(f.StopReleased("1")))) == ["visit-1"]
    assert path.read_bytes() == before


def test_facts_of_a_newer_service_and_estimates_are_passed_over(tmp_path: Path) -> None:
    strange = arrived(opened(1))
    strange = replace(strange, entry=replace(strange.entry, version=9))
    told = f.EstimateGiven("visit-2", AT, None, None, Message("desk.estimate.basis_table"))
    path = tmp_path / "book.json"
    book = heard(path, up(), strange, arrived(opened(2)), arrived(told))
    assert asyncio.run(book.order("visit-1")) is None
    second = asyncio.run(book.order("visit-2"))
    assert second is not None
    assert second.estimate is None
