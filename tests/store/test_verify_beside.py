"""`verify` and what stands beside the visits: arrivals, tickets, numbers without gaps, the record of an exhaust."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.facts.papers import PaperQueued, PaperVoided
from carcheck_desktop.domain.folding.custody import fold_arrival
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.numbers import CERTIFICATES, RECEIPTS, REPORTS, VOIDS
from carcheck_desktop.domain.payment import PaymentMethod
from carcheck_desktop.domain.ports import UnitOfWork
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.ticket import TicketSecret, number_of, secret_digest, sequence_of
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.store.blobs import FileBlobs
from tests.domain.samples import SAMPLES
from tests.store.conftest import Database
from tests.store.facts import attempt_started, record, visit_opened
from tests.store.test_verify import codes, only

SECRETS = ("kept-secret-number-one", "kept-secret-number-two")


def note(unit: UnitOfWork, visit_id: str, plate: str) -> None:
    """A car comes, as the desk writes it down."""
    fact = f.ArrivalNoted(visit_id, plate, PlateKind.SMALL_CAR, Channel.WALK_IN, None)
    view = fold_arrival(None, unit.journal.append(fact, actor="zhao"))
    assert view is not None
    unit.arrivals.put(view)


def ticket(unit: UnitOfWork, visit_id: str, secret: str, database: Database) -> None:
    """A visit gets its ticket, as the desk gives it."""
    counted = unit.numbers.next(sequence_of(Channel.WALK_IN, inspection_date(database.clock.now())))
    kept = TicketSecret(visit_id, number_of(Channel.WALK_IN, counted), secret)
    unit.tickets.put(kept)
    record(unit, f.TicketIssued(visit_id, kept.number, secret_digest(secret)))


def paid(unit: UnitOfWork, number: int) -> None:
    fact = f.PaymentPaid(
        "visit-1", f"payment-{number}", PaymentMethod.CASH, 100, number, 100, 0, "", simulated=False
    )  # fmt: skip
    record(unit, fact)


@pytest.fixture
def day(database: Database) -> Database:
    """Two cars with tickets, two that only came, and every kind of number."""
    with database.open().begin() as unit:
        for visit_id, secret in zip(("visit-1", "visit-2"), SECRETS, strict=True):
            record(unit, visit_opened(visit_id, f"渝A0000{visit_id[-1]}"))
            ticket(unit, visit_id, secret, database)
        note(unit, "visit-3", "渝A00003")
        note(unit, "visit-4", "渝A00004")
        for _ in range(3):
            paid(unit, unit.numbers.next(RECEIPTS))
        report = f"{unit.numbers.next(REPORTS):06d}"
        for revision in (1, 2):
            made = f.ReportMade(
                "visit-1", f"report-{revision}", report, revision, "attempt-1", Outcome.PASS, "d", "0.1.0", "e", "h"
            )
            record(unit, made)
        number = f"{unit.numbers.next(CERTIFICATES):06d}"
        record(unit, PaperQueued("visit-1", "paper-1", DocumentKind.CERTIFICATE, number, "d", "pickup"))
        record(unit, PaperVoided("visit-1", "paper-1", unit.numbers.next(VOIDS), "卡纸"))
        record(unit, PaperQueued("visit-1", "paper-2", DocumentKind.CERTIFICATE, number, "d", "pickup", 2, "paper-1"))
    return database


def test_a_day_of_tickets_papers_and_money_that_nobody_touched_is_whole(day: Database) -> None:
    assert codes(day.verify()) == []


def test_a_ticket_whose_secret_was_changed_is_named_and_no_secret_is_said(day: Database) -> None:
    day.tamper("UPDATE ticket SET secret = 'somebody-elses-secret!' WHERE visit_id = 'visit-1'")
    finding = only(day.verify(), "ticket_changed")
    assert finding.params == {"visit_id": "visit-1", "number": "A001"}


def test_a_ticket_with_another_number_a_lost_and_a_made_up_one_are_named(day: Database) -> None:
    day.tamper(
        "UPDATE ticket SET number = 'A009' WHERE visit_id = 'visit-1'",
        "DELETE FROM ticket WHERE visit_id = 'visit-2'",
        "INSERT INTO ticket (visit_id, number, secret) VALUES ('visit-9', 'A010', 'x')",
    )
    assert codes(day.verify()) == ["ticket_changed", "ticket_missing", "ticket_extra"]


def test_a_car_that_came_and_was_changed_lost_or_made_up_is_named(day: Database) -> None:
    day.tamper(
        "UPDATE arrival SET plate = '渝B99999' WHERE visit_id = 'visit-3'",
        "DELETE FROM arrival WHERE visit_id = 'visit-4'",
        "INSERT INTO arrival (visit_id, plate, arrived_at, is_open, view) "
        "VALUES ('visit-9', '渝A00009', '2026-01-05T08:00:00.000000+00:00', true, '{}')",
    )
    report = day.verify()
    assert codes(report) == ["arrival_changed", "arrival_extra", "arrival_missing"]
    assert report.findings[0].params["columns"] == "plate"


def test_an_arrival_that_was_shut_behind_the_programs_back_is_named(day: Database) -> None:
    day.tamper("UPDATE arrival SET is_open = false WHERE visit_id = 'visit-3'")
    assert only(day.verify(), "arrival_changed").params["columns"] == "is_open"


@pytest.mark.parametrize("name", [RECEIPTS, REPORTS, CERTIFICATES, VOIDS])
def test_a_counter_that_was_set_forward_or_back_is_named(day: Database, name: str) -> None:
    day.tamper(f"UPDATE number SET last = last + 5 WHERE name = '{name}'")
    finding = only(day.verify(), "number_row")
    assert (finding.params["name"], int(finding.params["found"]) - int(finding.params["expected"])) == (name, 5)


def test_a_counter_that_was_deleted_would_give_every_number_again(day: Database) -> None:
    day.tamper(f"DELETE FROM number WHERE name = '{RECEIPTS}'")
    assert only(day.verify(), "number_row").params == {"name": RECEIPTS, "found": 0, "expected": 3}


def test_a_receipt_that_is_missing_in_the_row_of_numbers_is_named(day: Database) -> None:
    with day.opened[0].begin() as unit:
        for _ in range(3):
            last = unit.numbers.next(RECEIPTS)
        paid(unit, last)
    finding = only(day.verify(), "number_gap")
    assert finding.params == {"name": RECEIPTS, "count": 2, "missing": "4, 5", "last": 6}


def test_a_receipt_number_that_was_given_twice_is_named_with_its_entry(day: Database) -> None:
    with day.opened[0].begin() as unit:
        paid(unit, 3)
    finding = only(day.verify(), "number_twice")
    assert (finding.params["name"], finding.params["number"], finding.params["node"]) == (RECEIPTS, 3, "service")


def test_a_ticket_whose_command_was_given_just_before_midnight_belongs_to_that_day(database: Database) -> None:
    with database.open().begin() as unit:
        record(unit, visit_opened("visit-1"))
        ticket(unit, "visit-1", SECRETS[0], database)
        record(unit, visit_opened("visit-2", "渝A00002"))
        today = inspection_date(database.clock.now())
        sequence = sequence_of(Channel.WALK_IN, today)
        left = timedelta(days=1) - timedelta(hours=database.clock.now().hour + 8)
        unit.tickets.put(TicketSecret("visit-2", number_of(Channel.WALK_IN, unit.numbers.next(sequence)), SECRETS[1]))
        asyncio.run(database.clock.advance(left.total_seconds()))
        assert inspection_date(database.clock.now()) > today
        record(unit, f.TicketIssued("visit-2", "A002", secret_digest(SECRETS[1])))
    assert codes(database.verify()) == []


def test_the_record_of_an_exhaust_that_was_changed_or_deleted_is_named(database: Database) -> None:
    sample = next(each for each in SAMPLES if isinstance(each, f.ItemFinished) and each.two_speed_idle is not None)
    run = sample.two_speed_idle
    assert run is not None
    content = b'{"co":"0.12","seconds":30}'
    digest = digest_of(content)
    with database.open().begin() as unit:
        record(unit, visit_opened("visit-1"))
        record(unit, attempt_started("visit-1", "attempt-1"))
        fact = replace(sample, visit_id="visit-1", attempt_id="attempt-1",
                       two_speed_idle=replace(run, record_digest=digest))  # fmt: skip
        assert unit.blobs.put(content) == digest
        record(unit, fact, blobs=(digest,))
    assert codes(database.verify()) == []
    change_blob(database, digest, content.replace(b"0.12", b"0.02"))
    assert only(database.verify(), "blob_changed").params["digest"] == digest
    change_blob(database, digest, None)
    assert only(database.verify(), "blob_missing").params["kind"] == "item_finished"


def change_blob(database: Database, digest: str, content: bytes | None) -> None:
    """Write over a blob, or delete it, with whatever tool."""
    assert database.blob_folder is not None
    path = FileBlobs(database.blob_folder).path_of(digest)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
