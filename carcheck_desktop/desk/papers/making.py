"""Which paper is made how when somebody asks for it: each kind's maker, and where it usually comes out.

What stands on a ticket, a receipt or a label belongs to the concern that knows it; its maker is listed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.base.money import yuan
from carcheck_desktop.desk.counter.prices import charged
from carcheck_desktop.desk.ending.rules import rules
from carcheck_desktop.desk.papers.pages.certificate import CertificateData
from carcheck_desktop.desk.papers.pages.certificate import certificate as certificate_page
from carcheck_desktop.desk.papers.pages.copies import signed_copy
from carcheck_desktop.desk.papers.pages.failed_page import FailedData, failed_page
from carcheck_desktop.desk.papers.pages.key_label import KeyLabelData
from carcheck_desktop.desk.papers.pages.key_label import key_label as label_page
from carcheck_desktop.desk.papers.pages.receipt import ReceiptData
from carcheck_desktop.desk.papers.pages.receipt import receipt as receipt_page
from carcheck_desktop.desk.papers.pages.ticket import queue_ticket as ticket_page
from carcheck_desktop.desk.papers.pages.ticket import ticket_data
from carcheck_desktop.desk.signing.doing import document_of
from carcheck_desktop.domain.documents import Document, DocumentKind
from carcheck_desktop.domain.due import certificate_of, paid_payment
from carcheck_desktop.domain.holds import Gate, is_failed, stopping
from carcheck_desktop.domain.numbers import CERTIFICATES
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.signing import paper_number, signed_report
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.ticket import PATH
from carcheck_desktop.standards.recheck import recheck_plan

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doing
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.signing import ReportView
    from carcheck_desktop.domain.views import VisitView

Maker = Callable[["UnitOfWork", "VisitView", "Doing"], Document]
"""Makes the document of one kind for a visit; raises `RefusedError` when it may not be there yet."""


GATES = {DocumentKind.REPORT: Gate.REPORT, DocumentKind.CERTIFICATE: Gate.CERTIFICATE}
"""What may be held, and what holds it."""

USUAL_PLACE: dict[DocumentKind, str] = {
    DocumentKind.QUEUE_TICKET: "counter",
    DocumentKind.RECEIPT: "counter",
    DocumentKind.KEY_LABEL: "counter",
    DocumentKind.REPORT: "pickup",
    DocumentKind.FAILED_ITEMS: "pickup",
    DocumentKind.CERTIFICATE: "pickup",
    DocumentKind.PRINT_TEST: "counter",
}
"""The place of the printer that a kind goes to when nobody says otherwise."""


def report(uow: UnitOfWork, visit: VisitView, doing: Doing) -> Document:
    """Return the signed report with its signature; raises `RefusedError` naming what holds it, and while nobody has signed."""
    house, signed = _house(doing), _signed(visit, doing, DocumentKind.REPORT)
    return replace(
        signed_copy(document_of(uow, signed), signed, signed.signed_by, house.say), number=paper_number(signed)
    )


def certificate(uow: UnitOfWork, visit: VisitView, doing: Doing) -> Document:
    """Return the notice of a passed inspection under the next number; there is one for each signed report."""
    house, signed = _house(doing), _signed(visit, doing, DocumentKind.CERTIFICATE)
    there = certificate_of(visit)
    if there is not None and there.state is not PaperState.FAILED:
        raise RefusedError("desk.papers.there_already", number=there.number, state=word(there.state).code)
    # one that surely did not come out is followed by the same number
    number = there.number if there is not None else f"{uow.numbers.next(CERTIFICATES):06d}"
    data = CertificateData(number, visit, signed)
    return certificate_page(data, house.head, house.say)


def failed_items(uow: UnitOfWork, visit: VisitView, doing: Doing) -> Document:
    """Return the page for the owner of a failed car; raises `RefusedError` for one that did not fail."""
    house, concluded_at = _house(doing), visit.concluded_at
    if concluded_at is None or not is_failed(visit):
        raise RefusedError("desk.papers.not_failed", plate=visit.vehicle.plate)
    today = inspection_date(doing.now)
    lines, _ = charged(uow.journal, visit.vehicle, visit.inspection, today, recheck=True)
    secret = uow.tickets.get(visit.visit_id)
    data = FailedData(
        visit,
        recheck_plan(visit.plan, visit.conclusion_cards).items,
        rules().until(inspection_date(concluded_at)),
        yuan(total_fen(lines)) if lines else "",
        f"{house.web}{PATH}{secret.secret}" if secret is not None and house.web else "",
    )
    return failed_page(data, house.head, house.say)


def receipt(uow: UnitOfWork, visit: VisitView, doing: Doing) -> Document:  # noqa: ARG001 - one signature for all makers
    """Return the receipt of the newest payment; raises `RefusedError` while nothing was paid."""
    house, payment = _house(doing), paid_payment(visit)
    if payment is None:
        raise RefusedError("desk.papers.not_paid", plate=visit.vehicle.plate)
    ticket = visit.ticket.number if visit.ticket is not None else ""
    data = ReceiptData(f"{payment.number:06d}", visit.vehicle.plate, ticket, visit.charge, payment)
    return receipt_page(data, house.head, house.say)


def queue_ticket(uow: UnitOfWork, visit: VisitView, doing: Doing) -> Document:
    """Return the ticket once more; raises `RefusedError` for a visit that has none."""
    house, secret = _house(doing), uow.tickets.get(visit.visit_id)
    if secret is None:
        raise RefusedError("desk.papers.no_ticket", plate=visit.vehicle.plate)
    return ticket_page(ticket_data(visit, f"{house.web}{PATH}{secret.secret}"), house.head, house.say)


def key_label(uow: UnitOfWork, visit: VisitView, doing: Doing) -> Document:  # noqa: ARG001
    """Return the label of the key; raises `RefusedError` while the key has no hook."""
    house, tag = _house(doing), visit.custody.tag
    if tag is None:
        raise RefusedError("desk.papers.no_tag", plate=visit.vehicle.plate)
    number = visit.ticket.number if visit.ticket is not None else ""
    came_at = visit.arrived_at or visit.opened_at
    return label_page(KeyLabelData(tag, visit.vehicle.plate, number, came_at, visit.vehicle), house.head, house.say)


def refuse_held(visit: VisitView, kind: DocumentKind, doing: Doing) -> None:
    """Raise `RefusedError` naming what holds the papers of a kind just now; nothing holds those that no gate is for."""
    held = stopping(visit, doing.now, GATES[kind]) if kind in GATES else ()
    if held:
        raise RefusedError("desk.papers.held", plate=visit.vehicle.plate, hold=word(held[0].kind).code, count=len(held))


def _signed(visit: VisitView, doing: Doing, kind: DocumentKind) -> ReportView:
    refuse_held(visit, kind, doing)
    signed = signed_report(visit)
    if signed is None:
        raise RefusedError("desk.papers.unsigned", plate=visit.vehicle.plate)
    return signed


def _house(doing: Doing) -> House:
    if doing.house is None:
        raise RefusedError("desk.papers.no_letterhead", node=doing.node)
    return doing.house


MAKERS: dict[DocumentKind, Maker] = {
    DocumentKind.REPORT: report,
    DocumentKind.CERTIFICATE: certificate,
    DocumentKind.FAILED_ITEMS: failed_items,
    DocumentKind.RECEIPT: receipt,
    DocumentKind.QUEUE_TICKET: queue_ticket,
    DocumentKind.KEY_LABEL: key_label,
}
