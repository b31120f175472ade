"""Which papers the owner gets, which are out, and what holds each; pure.

What may be printed is decided at the desk by the same holds; here it is said for windows and the owner's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.holds import Gate, Hold, is_failed, stopping
from carcheck_desktop.domain.papers import PaperState, PaperView, good_paper
from carcheck_desktop.domain.payment import kept_fen
from carcheck_desktop.domain.signing import newest_report, paper_number, signed_report

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.payment import PaymentView
    from carcheck_desktop.domain.views import VisitView


@dataclass(frozen=True, slots=True)
class DuePaper:
    """One paper that the owner gets: `paper` is the newest that is not void, None before it was asked for.

    `number` is "" while nobody can know it yet. It can be printed when nothing is in `held`.
    """

    kind: DocumentKind
    number: str
    paper: PaperView | None
    held: tuple[Hold, ...] = ()

    @property
    def is_out(self) -> bool:
        """Whether it lies in the tray or is in the owner's hand."""
        return self.paper is not None and self.paper.state is PaperState.PRINTED

    @property
    def is_wanted(self) -> bool:
        """Whether it can be asked for now: nothing holds it, and it is neither out nor on its way nor in doubt."""
        return not self.held and (self.paper is None or self.paper.state is PaperState.FAILED)


def papers_due(visit: VisitView, now: datetime) -> tuple[DuePaper, ...]:
    """Return every paper that the owner of a concluded visit gets, in the order in which they are handed out.

    The signed report when nothing holds it; the page of failed items when it failed; the notice of a passed inspection
    only when it passed, is paid, insured and signed; the receipt when something was paid. None once it was withdrawn.
    """
    if visit.conclusion is None or visit.withdrawal is not None:
        return ()
    due = [_report(visit, now)]
    if is_failed(visit):
        due.append(DuePaper(DocumentKind.FAILED_ITEMS, "", failed_page_of(visit)))
    else:
        there = certificate_of(visit)
        held = stopping(visit, now, Gate.CERTIFICATE)
        due.append(DuePaper(DocumentKind.CERTIFICATE, there.number if there else "", there, held))
    payment = paid_payment(visit)
    if payment is not None:
        number = f"{payment.number:06d}"
        due.append(DuePaper(DocumentKind.RECEIPT, number, good_paper(visit, DocumentKind.RECEIPT, number)))
    return tuple(due)


def _report(visit: VisitView, now: datetime) -> DuePaper:
    newest = newest_report(visit)
    number = paper_number(newest) if newest is not None else ""
    paper = good_paper(visit, DocumentKind.REPORT, number) if number else None
    return DuePaper(DocumentKind.REPORT, number, paper, stopping(visit, now, Gate.REPORT))


def certificate_of(visit: VisitView) -> PaperView | None:
    """Return the notice that belongs to the signed report: the newest that is not void and was asked for since."""
    signed = signed_report(visit)
    since = signed.signed_at if signed is not None else None
    return _newest(visit, DocumentKind.CERTIFICATE, since) if since is not None else None


def failed_page_of(visit: VisitView) -> PaperView | None:
    """Return the page of failed items of the last conclusion."""
    return _newest(visit, DocumentKind.FAILED_ITEMS, visit.concluded_at) if visit.concluded_at is not None else None


def _newest(visit: VisitView, kind: DocumentKind, since: datetime) -> PaperView | None:
    found = [each for each in visit.papers if each.kind is kind and each.queued_at >= since]
    return next((each for each in reversed(found) if each.state is not PaperState.VOIDED), None)


def paid_payment(visit: VisitView) -> PaymentView | None:
    """Return the newest payment that has a receipt and is not given back."""
    kept = [each for each in visit.payments if each.number and kept_fen(each) > 0]
    return kept[-1] if kept else None
