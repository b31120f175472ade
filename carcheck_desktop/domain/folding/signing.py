"""The fold of a visit's reports and of who had a hand in the test."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain.facts.signing import ReportMade, ReportRejected, ReportSigned
from carcheck_desktop.domain.signing import ReportState, ReportView, SigningState, Tester, deeds_of

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.views import VisitView


def fold_signing(visit: VisitView, entry: Entry) -> VisitView:
    """Return the visit after a report was made, signed or rejected, or after somebody did something with the car."""
    fact = entry.fact()
    state = _with_testers(visit.signing, entry)
    if isinstance(fact, ReportMade):
        made = ReportView(
            fact.report_id, fact.number, fact.revision, fact.attempt_id, fact.outcome, fact.digest,
            fact.software, fact.edition, fact.table_hash, entry.at,
        )  # fmt: skip
        state = replace(state, reports=(*state.reports, made))
    elif isinstance(fact, ReportSigned | ReportRejected):
        reports = tuple(_decided(each, fact, entry) for each in state.reports)
        state = replace(state, reports=reports)
    return visit if state == visit.signing else replace(visit, signing=state)


def _with_testers(state: SigningState, entry: Entry) -> SigningState:
    known = {(each.actor, each.deed) for each in state.testers}
    found = [each for each in dict.fromkeys(deeds_of(entry)) if each not in known]
    if not found:
        return state
    return replace(state, testers=(*state.testers, *(Tester(*each, entry.at) for each in found)))


def _decided(report: ReportView, fact: ReportSigned | ReportRejected, entry: Entry) -> ReportView:
    if report.report_id != fact.report_id or report.state is ReportState.SIGNED:
        return report
    if isinstance(fact, ReportSigned):
        return replace(
            report, state=ReportState.SIGNED, signed_by=fact.by, signed_at=entry.at,
            public_key=fact.public_key, signature=fact.signature,
        )  # fmt: skip
    return replace(
        report, state=ReportState.REJECTED, rejected_by=entry.actor, rejected_at=entry.at, reason=fact.reason
    )
