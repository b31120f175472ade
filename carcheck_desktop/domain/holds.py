"""What holds a visit: one kind of thing whatever the cause, with evidence, who can lift it, and what is printed meanwhile; pure.

A hold stops certain papers, or the visit's end, and never the lane. Each cause is one small function in `CAUSES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param, word
from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.access import CASH_DESK, KEY_HANDS, PRINTING, Role
from carcheck_desktop.domain.custody import Thing, holder_of, out, since_of
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ending import ManualKind
from carcheck_desktop.domain.insurance import InsuranceState, PolicyOrigin, VehicleTax, insurance_state
from carcheck_desktop.domain.papers import PaperState, good_paper, papers_in_doubt, papers_on_their_way
from carcheck_desktop.domain.payment import GIVING_BACK, due_fen, open_payment
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.signing import ReportState, ReportView, newest_report, paper_number, signed_report
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Outcome
from carcheck_desktop.domain.views import AttemptState, AttemptView, Stage, VisitView, stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class HoldKind(StrEnum):
    """Why a visit is held (拦截)."""

    NOT_CONCLUDED = "not_concluded"
    IN_LANE = "in_lane"
    FAILED = "failed"
    INSURANCE = "insurance"
    VEHICLE_TAX = "vehicle_tax"
    FINDING = "finding"
    VIOLATION = "violation"
    OTHER = "other"
    UNPAID = "unpaid"
    PAYMENT_OPEN = "payment_open"
    REFUND_DUE = "refund_due"
    UNSIGNED = "unsigned"
    NOT_PRINTED = "not_printed"
    PRINT_DOUBT = "print_doubt"
    KEY_OUT = "key_out"
    LICENCE_OUT = "licence_out"


class Gate(StrEnum):
    """What a hold stops."""

    REPORT = "report"
    CERTIFICATE = "certificate"
    """The mark, and the platform's conclusion of the business."""
    CLOSE = "close"


ALL = (Gate.REPORT, Gate.CERTIFICATE, Gate.CLOSE)
LIFTERS: dict[ManualKind, frozenset[Role]] = {
    ManualKind.FINDING: frozenset({Role.SIGNER, Role.AUDITOR, Role.MANAGER}),
    ManualKind.VIOLATION: frozenset({Role.CLERK, Role.AUDITOR, Role.MANAGER}),
    ManualKind.OTHER: frozenset({Role.CLERK, Role.SIGNER, Role.MANAGER}),
}
"""Who may say that a placed hold is settled."""
PLACERS: dict[ManualKind, frozenset[Role]] = {
    ManualKind.FINDING: frozenset(
        {Role.EXTERIOR_INSPECTOR, Role.LANE_CONTROLLER, Role.SIGNER, Role.AUDITOR, Role.MANAGER}
    ),
    ManualKind.VIOLATION: frozenset({Role.CLERK, Role.GUIDE, Role.AUDITOR, Role.MANAGER}),
    ManualKind.OTHER: frozenset(
        {Role.CLERK, Role.GUIDE, Role.LANE_CONTROLLER, Role.SIGNER, Role.AUDITOR, Role.MANAGER}
    ),
}
"""Who may place one."""
IN_THE_MAKING = frozenset({HoldKind.UNSIGNED, HoldKind.NOT_PRINTED, HoldKind.PRINT_DOUBT})
"""The station's own work on the papers: nobody outside has to do anything."""
AT_PICKUP = frozenset({HoldKind.KEY_OUT, HoldKind.LICENCE_OUT})
"""What is settled by handing it over."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One thing that holds a visit. `lifted_by` empty: it goes by itself when its cause does.

    `meanwhile` says what is printed all the same, `stops` what is not done; `hold_id` only for one that a person placed.
    """

    kind: HoldKind
    evidence: Message
    next_step: Message
    lifted_by: tuple[Role, ...]
    meanwhile: Message
    stops: tuple[Gate, ...] = ALL
    since: datetime | None = None
    hold_id: str = ""

    @property
    def goes_by_itself(self) -> bool:
        """Say whether nobody lifts it: it goes with its cause."""
        return not self.lifted_by


def holds(visit: VisitView, now: datetime) -> tuple[Hold, ...]:
    """Return everything that holds a visit at a moment, what must be done first before the rest; none once it ended."""
    if visit.ended_at is not None:
        return ()
    causes = AFTER_WITHDRAWAL if visit.withdrawal is not None else CAUSES
    return tuple(hold for cause in causes for hold in cause(visit, now))


def stopping(visit: VisitView, now: datetime, gate: Gate) -> tuple[Hold, ...]:
    """Return the holds that stop one thing."""
    return tuple(hold for hold in holds(visit, now) if gate in hold.stops)


def stage_at(visit: VisitView, now: datetime) -> Stage:
    """Return the stage as the board shows it: a passed car is also held, or ready to be fetched."""
    coarse = stage(visit)
    if coarse is not Stage.PASSED:
        return coarse
    kinds = {hold.kind for hold in holds(visit, now)} - AT_PICKUP
    if not kinds:
        return Stage.READY
    return Stage.PASSED if kinds <= IN_THE_MAKING else Stage.HELD


def is_failed(visit: VisitView) -> bool:
    """Say whether a visit was concluded and did not pass."""
    return visit.conclusion is not None and visit.conclusion is not Outcome.PASS


# -- the lane and its conclusion ---------------------------------------------------------------------------------------


def _not_concluded(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001 - one signature for all causes
    if visit.conclusion is None:
        where = {"stage": word(stage(visit)).code}
        yield Hold(
            HoldKind.NOT_CONCLUDED, Message("holds.not_concluded", dict(where)), Message("holds.not_concluded.next"), (),
            Message("holds.meanwhile.first_papers"), since=visit.opened_at,
        )  # fmt: skip


def _in_lane(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001
    for attempt in visit.attempts:
        if attempt.state in (AttemptState.RUNNING, AttemptState.INTERRUPTED):
            yield Hold(
                HoldKind.IN_LANE, Message("holds.in_lane", {"lane": attempt.lane}), _lane_next(attempt), (),
                Message("holds.meanwhile.first_papers"), (Gate.CLOSE,), attempt.started_at,
            )  # fmt: skip


def _lane_next(attempt: AttemptView) -> Message:
    """Return who ends the attempt: the lane by itself, or a person where it stands still."""
    if attempt.state is AttemptState.INTERRUPTED:
        return Message("holds.in_lane.interrupted.next", {"lane": attempt.lane})
    return Message("holds.in_lane.next")


def _failed(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001
    if is_failed(visit):
        failed = {card.item for card in visit.conclusion_cards if card.outcome is not Outcome.PASS}
        items = ", ".join(sorted(failed - {WHOLE_ITEM}))
        evidence = Message("holds.failed", {"items": items}) if items else Message("holds.failed_whole")
        yield Hold(
            HoldKind.FAILED, evidence, Message("holds.failed.next"), (),
            Message("holds.meanwhile.failed"), (Gate.CERTIFICATE,), visit.concluded_at,
        )  # fmt: skip


# -- insurance ---------------------------------------------------------------------------------------------------------


def _insurance(visit: VisitView, now: datetime) -> Iterator[Hold]:
    if is_failed(visit):
        return  # no mark is due, so none waits for a policy
    state = insurance_state(visit.insurance, inspection_date(now))
    if state is not InsuranceState.VALID:
        yield Hold(
            HoldKind.INSURANCE, _insurance_evidence(visit, state), _insurance_next(visit, state), (Role.CLERK, Role.MANAGER),
            Message("holds.meanwhile.first_papers"), since=visit.insurance.since or visit.opened_at,
        )  # fmt: skip
        return
    policy = visit.insurance.policy
    if policy is not None and policy.tax is VehicleTax.REFUSED:
        yield Hold(
            HoldKind.VEHICLE_TAX, Message("holds.vehicle_tax", {"insurer": policy.insurer}),
            Message("holds.vehicle_tax.next"), (Role.CLERK, Role.MANAGER), Message("holds.meanwhile.report"),
            (Gate.CERTIFICATE, Gate.CLOSE), visit.insurance.since,
        )  # fmt: skip


def _insurance_evidence(visit: VisitView, state: InsuranceState) -> Message:
    known, policy = visit.insurance, visit.insurance.policy
    hint: dict[str, Param] = {"hint": known.hinted_until.isoformat() if known.hinted_until is not None else "-"}
    if policy is not None and state is InsuranceState.LATER:
        said = {"number": policy.number, "insurer": policy.insurer, "from": policy.valid_from.isoformat()}
        return Message("holds.insurance.later", {**said, **hint})
    if policy is not None:
        said = {"number": policy.number, "insurer": policy.insurer, "until": policy.valid_until.isoformat()}
        return Message("holds.insurance.expired", {**said, **hint})
    if known.problem is not None:
        return Message("holds.insurance.unanswered", {"why": known.problem.cause.code, **known.problem.params, **hint})
    if state is InsuranceState.NONE:
        return Message("holds.insurance.none", {"source": known.source, **hint})
    return Message("holds.insurance.unknown", hint)


def _insurance_next(visit: VisitView, state: InsuranceState) -> Message:
    policy = visit.insurance.policy
    if policy is not None and state is InsuranceState.LATER:
        return Message("holds.insurance.later.next", {"from": policy.valid_from.isoformat()})
    if visit.insurance.problem is not None:
        return Message("holds.insurance.unanswered.next")
    return Message("holds.insurance.next")


def is_typed(visit: VisitView) -> bool:
    """Say whether a clerk's word stands for the insurer's; papers and windows mark it."""
    return visit.insurance.policy is not None and visit.insurance.origin is PolicyOrigin.TYPED


# -- what people placed ------------------------------------------------------------------------------------------------


def _placed(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001
    for each in visit.placed_holds:
        said: dict[str, Param] = {"reason": each.reason, "by": each.by}
        evidence, step, meanwhile, stops = MANUAL[each.kind]
        if each.evidence is not None:
            step = f"{each.evidence.code}.next"
        yield Hold(
            HoldKind(each.kind.value), each.evidence or Message(evidence, said), Message(step), _in_order(LIFTERS[each.kind]),
            Message(meanwhile), stops, each.at, each.hold_id,
        )  # fmt: skip


MANUAL: dict[ManualKind, tuple[str, str, str, tuple[Gate, ...]]] = {
    ManualKind.FINDING: ("holds.finding", "holds.finding.next", "holds.meanwhile.first_papers", ALL),
    ManualKind.VIOLATION: (
        "holds.violation", "holds.violation.next", "holds.meanwhile.report", (Gate.CERTIFICATE, Gate.CLOSE),
    ),
    ManualKind.OTHER: ("holds.other", "holds.other.next", "holds.meanwhile.first_papers", ALL),
}  # fmt: skip
"""Evidence, next step, what is printed meanwhile, what is stopped."""


# -- signature ---------------------------------------------------------------------------------------------------------


def _unsigned(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001
    if visit.conclusion is None or signed_report(visit) is not None:
        return
    report = newest_report(visit)
    if report is not None and report.state is ReportState.REJECTED:
        said: dict[str, Param] = {"number": report.number, "by": report.rejected_by, "reason": report.reason}
        evidence, step = Message("holds.rejected", said), Message("holds.rejected.next")
    else:
        evidence = Message("holds.unsigned", {"number": report.number if report is not None else "-"})
        step = Message("holds.unsigned.next")
    since = report.made_at if report is not None else visit.concluded_at
    yield Hold(HoldKind.UNSIGNED, evidence, step, (Role.SIGNER,), Message("holds.meanwhile.first_papers"), ALL, since)


def _in_order(roles: frozenset[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)


# -- papers ------------------------------------------------------------------------------------------------------------


def _papers(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001
    for paper in papers_in_doubt(visit):
        said: dict[str, Param] = {
            "paper": word(paper.kind).code,
            "number": paper.number,
            "printer": paper.printer or "-",
        }
        yield Hold(
            HoldKind.PRINT_DOUBT, Message("holds.print_doubt", said), Message("holds.print_doubt.next"), _in_order(PRINTING),
            Message("holds.meanwhile.everything"), (Gate.CLOSE,), paper.changed_at or paper.queued_at,
        )  # fmt: skip
    for paper in papers_on_their_way(visit):
        if paper.is_repeatable:
            continue  # a ticket that did not come out holds nobody
        said = {"paper": word(paper.kind).code, "number": paper.number, "place": paper.place}
        yield Hold(
            HoldKind.NOT_PRINTED, Message("holds.printing", said), Message("holds.printing.next"), (),
            Message("holds.meanwhile.everything"), (Gate.CLOSE,), paper.queued_at,
        )  # fmt: skip
    report = signed_report(visit)
    if report is not None and not _is_on_paper(visit, report):
        yield Hold(
            HoldKind.NOT_PRINTED, Message("holds.not_printed", {"number": report.number}), Message("holds.not_printed.next"),
            _in_order(PRINTING), Message("holds.meanwhile.everything"), (Gate.CLOSE,), report.signed_at,
        )  # fmt: skip


def _is_on_paper(visit: VisitView, report: ReportView) -> bool:
    """Say whether this revision of a report was sent to a printer: a paper of an earlier one does not count."""
    paper = good_paper(visit, DocumentKind.REPORT, paper_number(report))
    if paper is None or paper.state is PaperState.FAILED:
        return False
    return report.signed_at is None or paper.queued_at >= report.signed_at


# -- money, key, licence -----------------------------------------------------------------------------------------------


def _money(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001
    waiting, due = open_payment(visit), due_fen(visit)
    if waiting is not None:
        said: dict[str, Param] = {"amount": yuan(waiting.amount_fen), "provider": waiting.provider or "-"}
        yield Hold(
            HoldKind.PAYMENT_OPEN, Message("holds.payment_open", said), Message("holds.payment_open.next"), (),
            Message("holds.meanwhile.first_papers"), since=waiting.at,
        )  # fmt: skip
    elif due > 0 and visit.withdrawal is None:
        yield Hold(
            HoldKind.UNPAID, Message("holds.unpaid", {"due": yuan(due), "total": yuan(total_fen(visit.charge))}),
            Message("holds.unpaid.next"), _in_order(CASH_DESK), Message("holds.meanwhile.first_papers"), since=visit.opened_at,
        )  # fmt: skip
    back = _to_give_back(visit)
    if back > 0:
        yield Hold(
            HoldKind.REFUND_DUE, Message("holds.refund_due", {"amount": yuan(back)}), Message("holds.refund_due.next"),
            _in_order(CASH_DESK), Message("holds.meanwhile.report"), (Gate.CLOSE,), visit.changed_at,
        )  # fmt: skip


def _to_give_back(visit: VisitView) -> int:
    """Return what the owner is still to get back in fen: what was paid too much, and refunds that are on their way."""
    on_their_way = sum(each.refund.amount_fen for each in visit.payments if each.state in GIVING_BACK and each.refund)
    return max(0, -due_fen(visit)) + on_their_way


def _custody(visit: VisitView, now: datetime) -> Iterator[Hold]:  # noqa: ARG001
    for thing in out(visit.custody):
        holder = holder_of(visit.custody, thing)
        where: dict[str, Param] = {"place": f"holds.place.{holder.place.value}", "name": holder.name}
        is_key = thing is Thing.KEY
        yield Hold(
            HoldKind.KEY_OUT if is_key else HoldKind.LICENCE_OUT,
            Message("holds.key_out", where) if is_key else Message("holds.licence_out", where),
            Message("holds.key_out.next") if is_key else Message("holds.licence_out.next"),
            _in_order(KEY_HANDS), Message("holds.meanwhile.everything"), (Gate.CLOSE,), since_of(visit.custody, thing),
        )  # fmt: skip


CAUSES: tuple[Callable[[VisitView, datetime], Iterator[Hold]], ...] = (
    _not_concluded,
    _failed,
    _placed,
    _insurance,
    _money,
    _unsigned,
    _papers,
    _custody,
)
"""Every cause, in the order in which people deal with them."""
AFTER_WITHDRAWAL: tuple[Callable[[VisitView, datetime], Iterator[Hold]], ...] = (_in_lane, _money, _custody)
"""What is still to be settled when the visit was given up."""
