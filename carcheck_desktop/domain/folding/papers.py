"""The fold of a visit's papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from carcheck_desktop.domain.facts import papers as p
from carcheck_desktop.domain.papers import ConfirmedBy, PaperState, PaperView

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.views import VisitView


def fold_papers(visit: VisitView, entry: Entry) -> VisitView:
    """Return the visit after a paper of it was queued, printed, doubted, answered or voided."""
    papers = folded_papers(visit.papers, entry)
    return visit if papers is visit.papers else replace(visit, papers=papers)


def folded_papers(papers: tuple[PaperView, ...], entry: Entry) -> tuple[PaperView, ...]:
    """Return a list of papers after one more entry; the same one when it is about none of them."""
    fact = entry.fact()
    if isinstance(fact, p.PaperQueued):
        if any(each.paper_id == fact.paper_id for each in papers):
            return papers
        queued = PaperView(
            fact.paper_id, fact.document, fact.number, fact.digest, fact.place, entry.at, entry.actor,
            fact.copy, fact.replaces, changed_at=entry.at,
        )  # fmt: skip
        before = (
            replace(each, replaced_by=fact.paper_id) if each.paper_id == fact.replaces else each for each in papers
        )
        return (*before, queued)
    if not isinstance(fact, p.PaperFact) or all(each.paper_id != fact.paper_id for each in papers):
        return papers
    changed = _changes(fact, entry)
    return tuple(
        replace(each, changed_at=entry.at, **changed) if each.paper_id == fact.paper_id else each for each in papers
    )


def _changes(fact: p.PaperFact, entry: Entry) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    match fact:
        case p.PaperPrinting():
            changed = {"state": PaperState.PRINTING, "printer": fact.printer, "problem": None}
        case p.PaperWaits():
            state = PaperState.PRINTING if fact.begun else PaperState.QUEUED
            changed = {"state": state, "printer": fact.printer, "problem": fact.problem}
        case p.PaperPrinted():
            changed = {"state": PaperState.PRINTED, "printer": fact.printer, "problem": None}
            changed["confirmed_by"] = fact.confirmed_by
        case p.PaperInDoubt():
            changed = {"state": PaperState.IN_DOUBT, "printer": fact.printer, "problem": fact.problem}
        case p.PaperAnswered() if fact.came_out:
            changed = {"state": PaperState.PRINTED, "problem": None, "confirmed_by": ConfirmedBy.PERSON}
            changed["confirmed_actor"] = entry.actor
        case p.PaperAnswered():
            changed = {"state": PaperState.FAILED}
        case p.PaperFailed():
            changed = {"state": PaperState.FAILED, "problem": fact.problem}
        case p.PaperVoided():
            changed = {"state": PaperState.VOIDED, "void_number": fact.void_number, "void_reason": fact.reason}
    return changed
