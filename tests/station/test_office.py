"""Six visits from gate to pickup, told from outside: printed bytes, the provider's own ledger, the feed."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

from carcheck_desktop.domain.custody import OWNER
from carcheck_desktop.domain.ports import VisitRecord
from carcheck_desktop.domain.verdicts import Outcome
from tests.station.days import Day

SPEED = 20
CERTIFICATE, REPORT, FAILED_PAGE, RECEIPT = "机动车检验合格通知单", "机动车检验报告", "检验不合格项目告知单", "收费单"


def pages(day: Day, tray: str, kind: str = "escpos") -> list[str]:
    """Return the text of every page in a tray; what is not text is left out."""
    files = sorted((day.folder / "data" / "printed").glob(f"{tray}/*.{kind}"))
    return [text_of(page.read_bytes()) for page in files]


def text_of(content: bytes) -> str:
    """Return the Chinese mode's runs of a page: everything between FS & and FS . is GB 18030."""
    return "\n".join(run.decode("gb18030", "replace") for run in re.findall(rb"\x1c&(.*?)\x1c\.", content, re.DOTALL))


def of_car(record: VisitRecord, texts: list[str], title: str) -> list[str]:
    return [text for text in texts if title in text and record.visit.vehicle.plate in text.replace("\n", "")]


def facts(record: VisitRecord, kind: str) -> list[tuple[datetime, dict[str, Any]]]:
    """Return the facts of a kind as the feed tells them."""
    return [(entry.at, json.loads(entry.payload)) for entry in record.entries if entry.kind == kind]


def test_every_visit_is_closed_with_key_and_licence_back_and_nothing_owed(day: Day) -> None:
    assert len(day.records) == 6
    for record in day.records:
        visit = record.visit
        assert visit.ended_at is not None
        assert visit.withdrawal is None
        assert (visit.custody.key, visit.custody.licence) == (OWNER, OWNER)
        assert len(visit.custody.chain) >= 4
    outcomes = [record.visit.conclusion for record in day.records]
    assert outcomes == [Outcome.PASS] * 4 + [Outcome.FAIL, Outcome.PASS]


def test_the_first_car_is_the_articles_and_its_key_was_handed_over_before_its_intake(day: Day) -> None:
    visit = day.records[0].visit
    assert (visit.vehicle.seats, visit.channel.value, visit.arrived_at is not None) == (7, "app", True)
    assert visit.booking_id
    assert visit.private_digest
    first = visit.custody.chain[0]
    assert first.from_ == OWNER
    assert first.at < visit.opened_at


def test_by_the_providers_own_ledger_no_order_was_charged_twice_and_each_visit_paid_what_it_costs(day: Day) -> None:
    rows = [json.loads(line) for line in (day.folder / "data" / "simulated-payment.jsonl").read_text().splitlines()]
    charged = {row["order"]: row["amount_fen"] for row in rows if row["what"] == "charged"}
    assert len(charged) == sum(row["what"] == "charged" for row in rows) == 3
    scanned: dict[str, int] = {}
    for record in day.records:
        told = [fact for _, fact in facts(record, "payment_paid")]
        assert sum(fact["amount_fen"] for fact in told) == (160_00 if record is day.records[1] else 120_00)
        scanned |= {fact["payment_id"]: fact["amount_fen"] for fact in told if fact["method"] == "scan"}
    assert scanned == charged
    assert facts(day.records[2], "payment_uncertain"), "the late answer was never late"


def test_of_every_passed_car_exactly_one_notice_lies_in_the_tray_and_of_every_report_one_whole_page(day: Day) -> None:
    tray = pages(day, "pickup")
    for record in day.records:
        visit = record.visit
        assert len(of_car(record, tray, CERTIFICATE)) == (visit.conclusion is Outcome.PASS)
        assert len(of_car(record, tray, REPORT)) == len(visit.signing.reports)
    assert len(of_car(day.records[1], tray, FAILED_PAGE)) == len(of_car(day.records[4], tray, FAILED_PAGE)) == 1


def test_the_paper_ran_out_in_mid_report_and_a_person_said_what_came_out(day: Day) -> None:
    record = day.records[5]
    (torn,) = pages(day, "pickup", "torn")
    assert record.visit.vehicle.plate in torn.replace("\n", "")
    answered = facts(record, "paper_answered")
    assert [fact["came_out"] for _, fact in answered] == [False]
    states = [(paper.copy, paper.state.value) for paper in record.visit.papers if paper.kind.value == "report"]
    assert states == [(1, "voided"), (2, "printed")]


def test_papers_of_an_uninsured_car_are_freed_within_five_seconds_of_its_policy(day: Day) -> None:
    record = day.records[3]
    log = (day.folder / "data" / "logs" / "simulate.log").read_text(encoding="utf-8")
    bought = re.search(rf"the owner of {record.visit.vehicle.plate} buys a policy at (\S+)", log)
    assert bought is not None
    found = [at for at, fact in facts(record, "insurance_found") if fact["policy"]["number"].startswith("SAMPLEB")]
    waited = found[0] - datetime.fromisoformat(bought[1])
    assert timedelta(0) <= waited <= timedelta(seconds=5 * SPEED)
    printed = [at for at, fact in facts(record, "paper_queued") if fact["document"] == "certificate"]
    assert printed
    assert printed[0] > found[0]


def test_a_recheck_does_only_what_failed_under_the_same_ticket(day: Day) -> None:
    visit = day.records[1].visit
    first, again = visit.attempts
    failed = {item.item for item in first.items if item.outcome is Outcome.FAIL}
    assert {item.item for item in again.items if item.outcome is not None and item.cards} == failed
    assert len(again.items) < len(first.items)
    assert len(facts(day.records[1], "ticket_issued")) == 1
    assert visit.recheck is not None


def test_while_the_first_printer_stands_open_the_second_one_prints(day: Day) -> None:
    assert of_car(day.records[2], pages(day, "counter-2"), RECEIPT)
    for record in day.records:
        receipts = of_car(record, pages(day, "counter") + pages(day, "counter-2"), RECEIPT)
        assert len(receipts) == len(facts(record, "payment_paid"))


def test_every_report_is_signed_by_somebody_who_never_had_the_car(day: Day) -> None:
    for record in day.records:
        for report in record.visit.signing.reports:
            assert report.signed_by == "模拟授权签字人"
            assert report.signed_by not in {tester.actor for tester in record.visit.signing.testers}
