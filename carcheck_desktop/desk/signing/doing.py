"""What the signer's commands do: sign with the own PIN, reject with a reason, show the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.people import count_sign_in
from carcheck_desktop.desk.signing.making import ReportMaker
from carcheck_desktop.desk.signing.report import report_builder
from carcheck_desktop.domain.commands import RejectReport, RemakeReport, ShowReport, SignIn, SignReport
from carcheck_desktop.domain.documents import document_from_json, document_to_json
from carcheck_desktop.domain.facts import ReportRejected, ReportSigned
from carcheck_desktop.domain.signing import (
    ReportState,
    ReportView,
    hand_of,
    rejected_report,
    report_to_sign,
    signed_content,
)

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.documents import Document
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView

SHORTEST_REASON = 4
WRONG_PIN = "desk.signing.wrong_pin"


def sign_report(uow: UnitOfWork, command: SignReport, doing: Doing) -> dict[str, Any]:
    """Sign the revision that waits.

    Raises `RefusedError` for whoever had a hand in the test, a wrong PIN (counted as at the sign-in), while a table
    file is not as approved, for a revision that is not the one to sign, and when the document is not here as it was made.
    """
    visit, report = _to_decide(uow, command.visit_id, command.report_id)
    _no_tester(visit, doing.actor)
    if doing.custody is not None:
        doing.custody.require_free(uow)
    if count_sign_in(uow, SignIn(doing.actor, ""), doing.node, is_right=doing.pin_is_right) is None:
        raise RefusedError(WRONG_PIN, actor=doing.actor)
    document_of(uow, report)
    content = signed_content(visit.visit_id, report.report_id, report.revision, report.digest, doing.actor)
    fact = ReportSigned(
        visit.visit_id, report.report_id, report.revision, report.digest, report.software, report.table_hash,
        doing.actor, doing.key.public_hex, doing.key.sign(content),
    )  # fmt: skip
    record(uow, fact, actor=doing.actor, blobs=(report.digest,))
    return {"report_id": report.report_id, "revision": report.revision}


def reject_report(uow: UnitOfWork, command: RejectReport, doing: Doing) -> dict[str, Any]:
    """Send a revision back with a reason; raises `RefusedError` without one, and when it is not the one to sign."""
    visit, report = _to_decide(uow, command.visit_id, command.report_id)
    reason = command.reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise RefusedError("desk.signing.no_reason", plate=visit.vehicle.plate, length=len(reason))
    record(
        uow, ReportRejected(visit.visit_id, report.report_id, report.revision, reason[:400]), actor=doing.actor
    )  # fmt: skip
    return {"report_id": report.report_id}


def remake_report(uow: UnitOfWork, command: RemakeReport, doing: Doing) -> dict[str, Any]:
    """Make a rejected report anew; raises `RefusedError` for every other one."""
    visit, house = _visit(uow, command.visit_id), doing.house
    rejected = rejected_report(visit)
    if rejected is None or rejected.report_id != command.report_id:
        raise RefusedError("desk.signing.not_rejected", plate=visit.vehicle.plate)
    if house is None:
        raise RefusedError("desk.papers.no_letterhead", node=doing.node)
    make = ReportMaker(report_builder(house), house.head.software, lambda: doing.now)
    make(uow, visit, actor=doing.actor)
    return {"revision": rejected.revision + 1}


def show_report(uow: UnitOfWork, command: ShowReport, _doing: Doing) -> dict[str, Any]:
    """Return one revision of a visit's report as it prints."""
    visit = _visit(uow, command.visit_id)
    report = next((each for each in visit.signing.reports if each.report_id == command.report_id), None)
    if report is None:
        raise RefusedError("desk.signing.unknown_report", plate=visit.vehicle.plate, report=command.report_id[:60])
    return {"document": document_to_json(document_of(uow, report)), "digest": report.digest}


def document_of(uow: UnitOfWork, report: ReportView) -> Document:
    """Return the document of a revision; raises `RefusedError` when it is gone, `DataError` when it was changed."""
    content = uow.blobs.get(report.digest)
    if content is None:
        raise RefusedError("desk.signing.document_gone", number=report.number, digest=report.digest[:16])
    return document_from_json(content)


def _visit(uow: UnitOfWork, visit_id: str) -> VisitView:
    visit = uow.visits.get(visit_id)
    if visit is None:
        raise RefusedError("desk.signing.unknown_visit", visit=visit_id[:60])
    return visit


def _to_decide(uow: UnitOfWork, visit_id: str, report_id: str) -> tuple[VisitView, ReportView]:
    """Return the visit and the revision that waits for a signature, if it is the one that is meant."""
    visit = _visit(uow, visit_id)
    waiting = report_to_sign(visit)
    if waiting is not None and waiting.report_id == report_id:
        return visit, waiting
    meant = next((each for each in visit.signing.reports if each.report_id == report_id), None)
    if meant is None:
        raise RefusedError("desk.signing.unknown_report", plate=visit.vehicle.plate, report=report_id[:60])
    if meant.state is ReportState.SIGNED:
        raise RefusedError("desk.signing.signed_already", plate=visit.vehicle.plate, by=meant.signed_by)
    if meant.state is ReportState.REJECTED:
        raise RefusedError("desk.signing.rejected_already", plate=visit.vehicle.plate, by=meant.rejected_by)
    raise RefusedError("desk.signing.superseded", plate=visit.vehicle.plate, revision=meant.revision)


def _no_tester(visit: VisitView, actor: str) -> None:
    done = hand_of(visit, actor)
    if done is not None:
        raise RefusedError("desk.signing.own_test", actor=actor, plate=visit.vehicle.plate, deed=word(done.deed).code)


DOERS: dict[str, Doer] = {
    SignReport.kind: sign_report,
    RejectReport.kind: reject_report,
    RemakeReport.kind: remake_report,
    ShowReport.kind: show_report,
}
