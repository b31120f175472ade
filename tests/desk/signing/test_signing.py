"""A report is made when a car is concluded, and only an authorised signer who did not test it signs it, with the own PIN."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from carcheck_desktop.base.keys import is_signed
from carcheck_desktop.desk.ledger import record, take_in
from carcheck_desktop.desk.signing.making import ReportMaker, ReportSource
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import RejectReport, Reply, ShowReport, SignReport
from carcheck_desktop.domain.documents import Document, DocumentKind, Width, document_from_json, text_line
from carcheck_desktop.domain.signing import (
    Deed,
    ReportState,
    ReportView,
    hand_of,
    newest_report,
    report_to_sign,
    signed_content,
    signed_report,
    signing_queue,
)
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import VisitView
from tests.desk.conftest import PIN, DeskUnderTest
from tests.desk.test_ledger import LaneUnderTest


def a_report(source: ReportSource) -> Document:
    """Return a real document, small enough to read in a test."""
    instruments = ", ".join(each.driver for each in source.by_item.get("B1", ()))
    lines = (text_line(source.visit.vehicle.plate), text_line(instruments), text_line(str(source.revision)))
    return Document(DocumentKind.REPORT, source.number, "zh_CN", Width.A4, lines)


def maker(desk: DeskUnderTest) -> ReportMaker:
    return ReportMaker(a_report, "0.1.0", desk.clock.now)


def seen(desk: DeskUnderTest, visit_id: str) -> VisitView:
    with desk.store.read() as uow:
        found = uow.visits.get(visit_id)
    assert found is not None
    return found


def to_sign(desk: DeskUnderTest, visit_id: str) -> ReportView:
    found = report_to_sign(seen(desk, visit_id))
    assert found is not None
    return found


def conclude(
    desk: DeskUnderTest, visit_id: str, number: int, *, tester: str = "li", outcome: Outcome = Outcome.PASS
) -> None:
    """One more attempt of a car, begun by `tester`, and its conclusion."""
    visit = seen(desk, visit_id)
    attempt = f"attempt-{number}"
    started = f.AttemptStarted(
        attempt, visit_id, "1", number, visit.vehicle, visit.inspection, visit.plan, visit.edition, visit.table_hash
    )
    desk.writer.call(lambda uow: record(uow, started, actor=tester))
    ended = f.AttemptEnded(attempt, visit_id, "1", f.AttemptEnd.COMPLETE, "")
    desk.writer.call(lambda uow: record(uow, ended, actor=tester))
    concluded = f.VisitConcluded(visit_id, attempt, outcome, ())
    desk.writer.call(lambda uow: record(uow, concluded, actor="system"))
    desk.writer.call(lambda uow: maker(desk)(uow, seen(desk, visit_id)))


@pytest.fixture
def visit_id(desk: DeskUnderTest) -> str:
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK))
    made = str(reply.result["visit_id"])
    conclude(desk, made, 1)
    return made


@pytest.fixture
def lane(desk: DeskUnderTest, tmp_path: Path) -> Iterator[LaneUnderTest]:
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK))
    made = LaneUnderTest(tmp_path, desk, seen(desk, str(reply.result["visit_id"])))
    made.run(peak_daN=300)
    yield made
    made.close()


def sign(desk: DeskUnderTest, visit_id: str, name: str = "chen", pin: str = PIN, report_id: str = "") -> Reply:
    token = desk.sign_in(name, Role.SIGNER)
    return desk.send(SignReport(visit_id, report_id or to_sign(desk, visit_id).report_id, pin), token)


def refused(reply: Reply) -> str:
    assert not reply.accepted
    assert reply.refusal is not None
    return reply.refusal.code


def test_when_the_lane_has_ended_the_report_waits_to_be_signed_with_the_instruments_that_measured(
    desk: DeskUnderTest, lane: LaneUnderTest
) -> None:
    desk.writer.call(lambda uow: [uow.blobs.put(each) for each in lane.blobs])
    desk.writer.call(lambda uow: take_in(uow, lane.entries(), desk.tables, maker(desk)))
    with desk.store.read() as uow:
        visit = next(iter(uow.visits.open_ones()))
        report = report_to_sign(visit)
        assert report is not None
        content = uow.blobs.get(report.digest)
    assert content is not None
    assert document_from_json(content).blocks[1] == text_line("carcheck_roller_brake")
    assert (report.number, report.revision, report.software) == ("000001", 1, "0.1.0")
    assert report.table_hash == visit.attempts[-1].table_hash


def test_a_signer_signs_with_his_own_pin_and_the_signature_holds_over_the_digest(
    desk: DeskUnderTest, visit_id: str
) -> None:
    assert sign(desk, visit_id).accepted
    report = signed_report(seen(desk, visit_id))
    assert report is not None
    assert (report.state, report.signed_by) == (ReportState.SIGNED, "chen")
    content = signed_content(visit_id, report.report_id, report.revision, report.digest, "chen")
    assert is_signed(desk.key.public_hex, content, report.signature)
    assert report.public_key == desk.key.public_hex


def test_the_entry_of_a_signature_covers_the_document(desk: DeskUnderTest, visit_id: str) -> None:
    sign(desk, visit_id)
    with desk.store.read() as uow:
        covered = {entry.kind: entry.blobs for entry in uow.journal.of_subject(visit_id) if entry.blobs}
    digest = newest_report(seen(desk, visit_id)).digest  # type: ignore[union-attr]
    assert covered == {"report_made": (digest,), "report_signed": (digest,)}


@pytest.mark.parametrize(("tester", "deed"), [("li", Deed.STARTED), ("wang", Deed.OPENED)])
def test_nobody_signs_for_a_car_that_he_tested_and_is_told_what_he_did(
    desk: DeskUnderTest, visit_id: str, tester: str, deed: Deed
) -> None:
    desk.person(tester, Role.SIGNER)  # the person is an authorised signer as well
    reply = sign(desk, visit_id, tester)
    assert refused(reply) == "desk.signing.own_test"
    assert reply.refusal is not None
    assert reply.refusal.params == {"actor": tester, "plate": "渝A12345", "deed": f"Deed.{deed.value}"}
    assert signed_report(seen(desk, visit_id)) is None


def test_whoever_had_a_hand_in_an_earlier_attempt_does_not_sign_for_the_recheck_either(
    desk: DeskUnderTest, visit_id: str
) -> None:
    conclude(desk, visit_id, 2, tester="zhao")
    found = hand_of(seen(desk, visit_id), "li")
    assert found is not None
    desk.person("li", Role.SIGNER)
    assert refused(sign(desk, visit_id, "li")) == "desk.signing.own_test"


def test_a_wrong_pin_signs_nothing_and_the_fifth_shuts_the_account(desk: DeskUnderTest, visit_id: str) -> None:
    report = to_sign(desk, visit_id).report_id
    token = desk.sign_in("chen", Role.SIGNER)
    for count in range(1, 6):
        assert refused(desk.send(SignReport(visit_id, report, "1111"), token)) == "desk.signing.wrong_pin"
        with desk.store.read() as uow:
            user = uow.users.get("chen")
        assert user is not None
        assert (user.wrong_pins, user.locked) == (count, count == 5)
    assert refused(desk.send(SignReport(visit_id, report, PIN), token)) == "desk.signing.wrong_pin"
    assert signed_report(seen(desk, visit_id)) is None
    assert [fact.kind for fact in desk.facts("command_refused")] == []


def test_the_pin_of_a_signature_is_nowhere_in_the_database(desk: DeskUnderTest, visit_id: str, tmp_path: Path) -> None:
    desk.person("chen", Role.SIGNER)
    sign(desk, visit_id, pin="97531864")
    found = [path for path in tmp_path.rglob("*") if path.is_file() and b"97531864" in path.read_bytes()]
    assert found == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SIGNER])
def test_only_an_authorised_signer_signs(desk: DeskUnderTest, visit_id: str, role: Role) -> None:
    report = to_sign(desk, visit_id).report_id
    reply = desk.send(SignReport(visit_id, report, PIN), desk.sign_in("sun", role))
    assert refused(reply) == "domain.access.role_may_not"


def test_a_recheck_makes_a_new_revision_and_the_signed_one_stays_as_it_was(desk: DeskUnderTest, visit_id: str) -> None:
    sign(desk, visit_id)
    signed = signed_report(seen(desk, visit_id))
    conclude(desk, visit_id, 2, outcome=Outcome.FAIL)
    visit = seen(desk, visit_id)
    assert visit.signing.reports[0] == signed
    assert signed_report(visit) is None
    newest = to_sign(desk, visit_id)
    assert (newest.revision, newest.number, newest.outcome) == (2, "000001", Outcome.FAIL)


def test_what_newer_results_superseded_is_not_signed(desk: DeskUnderTest, visit_id: str) -> None:
    old = to_sign(desk, visit_id).report_id
    conclude(desk, visit_id, 2)
    assert refused(sign(desk, visit_id, report_id=old)) == "desk.signing.superseded"


def test_while_the_car_is_on_the_lane_again_nothing_is_to_sign(desk: DeskUnderTest, visit_id: str) -> None:
    old = to_sign(desk, visit_id).report_id
    visit = seen(desk, visit_id)
    started = f.AttemptStarted(
        "attempt-2", visit_id, "1", 2, visit.vehicle, visit.inspection, visit.plan, visit.edition, visit.table_hash
    )
    desk.writer.call(lambda uow: record(uow, started, actor="li"))
    assert report_to_sign(seen(desk, visit_id)) is None
    assert refused(sign(desk, visit_id, report_id=old)) == "desk.signing.superseded"


def test_a_signed_report_is_not_signed_or_rejected_again(desk: DeskUnderTest, visit_id: str) -> None:
    report = to_sign(desk, visit_id).report_id
    sign(desk, visit_id)
    assert refused(sign(desk, visit_id, "zheng", report_id=report)) == "desk.signing.signed_already"
    token = desk.sign_in("chen", Role.SIGNER)
    again = desk.send(RejectReport(visit_id, report, "轴荷不可信"), token)
    assert refused(again) == "desk.signing.signed_already"


def test_a_rejected_report_says_who_and_why_and_is_not_signed(desk: DeskUnderTest, visit_id: str) -> None:
    report = to_sign(desk, visit_id).report_id
    token = desk.sign_in("chen", Role.SIGNER)
    assert desk.send(RejectReport(visit_id, report, " 轴荷与上次相差过大 "), token).accepted
    newest = newest_report(seen(desk, visit_id))
    assert newest is not None
    assert (newest.state, newest.rejected_by, newest.reason) == (ReportState.REJECTED, "chen", "轴荷与上次相差过大")
    assert refused(sign(desk, visit_id, "zheng", report_id=report)) == "desk.signing.rejected_already"


def test_a_report_is_not_rejected_without_saying_why(desk: DeskUnderTest, visit_id: str) -> None:
    report = to_sign(desk, visit_id).report_id
    reply = desk.send(RejectReport(visit_id, report, "  不 "), desk.sign_in("chen", Role.SIGNER))
    assert refused(reply) == "desk.signing.no_reason"
    assert report_to_sign(seen(desk, visit_id)) is not None


def test_a_report_whose_document_is_gone_is_not_signed(desk: DeskUnderTest, visit_id: str, tmp_path: Path) -> None:
    digest = to_sign(desk, visit_id).digest
    for path in (tmp_path / "blobs").rglob("*"):
        if path.is_file() and digest[4:] in path.name:
            path.unlink()
    assert refused(sign(desk, visit_id)) == "desk.signing.document_gone"


def test_the_signer_sees_the_report_as_it_prints(desk: DeskUnderTest, visit_id: str) -> None:
    report = to_sign(desk, visit_id)
    reply = desk.send(ShowReport(visit_id, report.report_id), desk.sign_in("chen", Role.SIGNER))
    assert document_from_json(str(reply.result["document"])).number == report.number
    assert reply.result["digest"] == report.digest


def test_the_report_that_waits_longest_is_first_in_the_queue(desk: DeskUnderTest, visit_id: str) -> None:
    desk.clock.set_back_or_forward(timedelta(minutes=1))
    reply = desk.open_visit(desk.sign_in("wang", Role.CLERK), plate="渝B54321")
    other = str(reply.result["visit_id"])
    conclude(desk, other, 1)
    views = (seen(desk, other), seen(desk, visit_id))
    assert [each.visit_id for each in signing_queue(views)] == [visit_id, other]
    sign(desk, visit_id)
    views = (seen(desk, other), seen(desk, visit_id))
    assert [each.visit_id for each in signing_queue(views)] == [other]
