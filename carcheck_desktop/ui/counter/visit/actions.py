"""Which tasks a visit allows, who may do them, and why not now; pure. The service decides what is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.access import ALLOWED, Role
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.due import paid_payment
from carcheck_desktop.domain.holds import LIFTERS, PLACERS, is_failed
from carcheck_desktop.domain.insurance import InsuranceState, PolicyOrigin, VehicleTax, insurance_state
from carcheck_desktop.domain.papers import PaperState, good_paper
from carcheck_desktop.domain.payment import PaymentState, due_fen, kept_fen
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.ui.counter.visit.state import TaskKind

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.ending import ManualKind, PlacedHold
    from carcheck_desktop.domain.papers import PaperView
    from carcheck_desktop.domain.payment import PaymentView
    from carcheck_desktop.domain.prices import ChargeLine
    from carcheck_desktop.domain.views import VisitView

COMMANDS: dict[TaskKind, tuple[str, ...]] = {
    TaskKind.RECHECK: ("ask_recheck", "open_recheck"),
    TaskKind.CORRECT: ("correct_visit", "preview_visit"),
    TaskKind.WITHDRAW: ("withdraw_visit",),
    TaskKind.REFUND: ("refund",),
    TaskKind.INSURE: ("declare_insurance",),
    TaskKind.HOLD: ("place_hold",),
    TaskKind.LIFT: ("lift_hold",),
    TaskKind.PRINT: ("request_print", "reprint"),
    TaskKind.WHO: ("show_visit",),
    TaskKind.DRAWER: ("open_drawer",),
}
"""What each task sends."""
OF_VISIT = tuple(kind for kind in TaskKind if kind is not TaskKind.MENU)
"""The menu, in its order; each has the key of its number, the tenth 0."""
PRINTABLE = (DocumentKind.QUEUE_TICKET, DocumentKind.RECEIPT, DocumentKind.KEY_LABEL)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the tasks depend on; `visit` is None on the start page, `is_busy` while another car is being taken in."""

    visit: VisitView | None
    session: Session | None
    service_up: bool
    now: datetime
    is_busy: bool = False

    @property
    def role(self) -> Role | None:
        """The role of who is signed in."""
        return self.session.role if self.session is not None else None


def why_not(kind: TaskKind, at: Standing) -> str:
    """Return the code of why a task is not possible now, "" when it is."""
    if not at.service_up:
        return "ui.counter.why.service_away"
    if any(at.role not in ALLOWED[command] for command in COMMANDS.get(kind, ())):
        return "ui.why.role_may_not"
    if kind in (TaskKind.DRAWER, TaskKind.MENU):
        return ""
    return _of_visit(kind, at, at.visit) if at.visit is not None else "ui.counter_visit.why.no_visit"


def _of_visit(kind: TaskKind, at: Standing, visit: VisitView) -> str:
    is_over = visit.ended_at is not None or visit.withdrawal is not None
    lacking: dict[TaskKind, tuple[tuple[str, bool], ...]] = {
        TaskKind.RECHECK: (("not_failed", not is_failed(visit) or visit.withdrawal is not None),),
        TaskKind.CORRECT: (
            ("over", is_over),
            ("measured", bool(visit.attempts) or visit.recheck is not None),
            ("busy", at.is_busy),
        ),
        TaskKind.WITHDRAW: (("over", is_over), ("concluded", visit.conclusion is not None)),
        TaskKind.REFUND: (("nothing_paid", refundable(visit) is None),),
        TaskKind.INSURE: (("over", visit.ended_at is not None), ("insured", _is_told(visit, at.now))),
        TaskKind.HOLD: (("over", is_over), ("no_kind", not placeable(at.role))),
        TaskKind.LIFT: (("no_hold", not visit.placed_holds), ("not_yours", not liftable(visit, at.role))),
        TaskKind.PRINT: (("nothing_to_print", not printable(visit)),),
        TaskKind.WHO: (("nobody_known", not visit.private_digest),),
    }
    found = next((code for code, is_so in lacking.get(kind, ()) if is_so), "")
    return f"ui.counter_visit.why.{found}" if found else ""


def _is_told(visit: VisitView, now: datetime) -> bool:
    """Say whether the insurer himself says that there is a good policy: then nobody types one."""
    known = visit.insurance
    is_valid = insurance_state(known, inspection_date(now)) is InsuranceState.VALID
    is_refused = known.policy is not None and known.policy.tax is VehicleTax.REFUSED
    return is_valid and known.origin is PolicyOrigin.INSURER and not is_refused


def refundable(visit: VisitView) -> PaymentView | None:
    """Return the newest payment of which money can be given back."""
    paid = [each for each in visit.payments if each.state is PaymentState.PAID and kept_fen(each) > 0]
    return paid[-1] if paid else None


def to_give_back_fen(visit: VisitView, payment: PaymentView) -> int:
    """Return what is proposed to give back: what was paid too much, else all of it."""
    over = -due_fen(visit)
    return min(over, kept_fen(payment)) if over > 0 else kept_fen(payment)


def placeable(role: Role | None) -> tuple[ManualKind, ...]:
    """Return what a role may hold a visit for."""
    return tuple(kind for kind, roles in PLACERS.items() if role in roles)


def liftable(visit: VisitView, role: Role | None) -> tuple[PlacedHold, ...]:
    """Return the placed holds that a role may lift."""
    return tuple(each for each in visit.placed_holds if role in LIFTERS[each.kind])


def printable(visit: VisitView) -> tuple[DocumentKind, ...]:
    """Return what of the counter's papers there can be."""
    there = {
        DocumentKind.QUEUE_TICKET: visit.ticket is not None,
        DocumentKind.RECEIPT: paid_payment(visit) is not None,
        DocumentKind.KEY_LABEL: visit.custody.tag is not None,
    }
    return tuple(kind for kind in PRINTABLE if there[kind])


def paper_to_void(visit: VisitView, kind: DocumentKind) -> PaperView | None:
    """Return the paper that a print of this kind takes the place of; None where another one does no harm."""
    payment = paid_payment(visit) if kind is DocumentKind.RECEIPT else None
    paper = good_paper(visit, kind, f"{payment.number:06d}") if payment is not None else None
    return paper if paper is not None and paper.state in (PaperState.PRINTED, PaperState.FAILED) else None


def charge_when_withdrawn(visit: VisitView) -> tuple[ChargeLine, ...]:
    """Return what is still to be paid of a visit that is given up: nothing, but of a recheck the inspection before it."""
    if visit.recheck is None:
        return ()
    return visit.charge[: len(visit.charge) - len(visit.recheck.charge)]


def may_keep_charge(at: Standing, visit: VisitView) -> bool:
    """Say whether the price may be kept when a visit is given up: by a manager, once something was measured."""
    is_measured = any(item.state is ItemState.DONE for attempt in visit.attempts for item in attempt.items)
    return at.role is Role.MANAGER and is_measured
