"""Which paper is made how when somebody asks for it: each kind's maker, and where it usually comes out.

What stands on a ticket, a receipt or a label belongs to the concern that knows it; its maker is listed here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.desk.signing.doing import document_of
from carcheck_desktop.domain.documents import Document, DocumentKind
from carcheck_desktop.domain.holds import Gate, stopping
from carcheck_desktop.domain.signing import signed_report

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doing
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView

Maker = Callable[["UnitOfWork", "VisitView", "Doing"], Document]
"""Makes the document of one kind for a visit; raises `RefusedError` when it may not be there yet."""

USUAL_PLACE: dict[DocumentKind, str] = {
    DocumentKind.QUEUE_TICKET: "counter",
    DocumentKind.RECEIPT: "counter",
    DocumentKind.KEY_LABEL: "counter",
    DocumentKind.REPORT: "pickup",
    DocumentKind.FAILED_ITEMS: "pickup",
    DocumentKind.PRINT_TEST: "counter",
}
"""The place of the printer that a kind goes to when nobody says otherwise."""


def report(uow: UnitOfWork, visit: VisitView, doing: Doing) -> Document:
    """Return the signed report; raises `RefusedError` naming the first thing that holds it, and while nobody has signed."""
    held = stopping(visit, doing.now, Gate.REPORT)
    if held:
        raise RefusedError("desk.papers.held", plate=visit.vehicle.plate, hold=word(held[0].kind).code, count=len(held))
    signed = signed_report(visit)
    if signed is None:
        raise RefusedError("desk.papers.unsigned", plate=visit.vehicle.plate)
    return document_of(uow, signed)


MAKERS: dict[DocumentKind, Maker] = {DocumentKind.REPORT: report}
