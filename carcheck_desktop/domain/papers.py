"""The print ledger of a visit: each paper a small machine of its own, from queued to out, void or in doubt; pure.

A paper is one print of one document at one place. What must not be there twice (a report, a receipt) is printed by nobody a
second time while it is in doubt: a person looks into the tray and answers. How pages reach a printer lives in `printing.spool`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.documents import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.views import VisitView


class PaperState(StrEnum):
    """Where one paper is (单据状态)."""

    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    IN_DOUBT = "in_doubt"
    """Some or all of it went to a printer that did not say that it is out."""
    FAILED = "failed"
    """Surely not out, and nobody tries any more."""
    VOIDED = "voided"


class ConfirmedBy(StrEnum):
    """Who says that a paper is out."""

    STATUS = "status"
    """The printer, after the last byte."""
    PERSON = "person"
    """Somebody who looked."""


REPEATABLE = frozenset(
    {DocumentKind.QUEUE_TICKET, DocumentKind.KEY_LABEL, DocumentKind.FAILED_ITEMS, DocumentKind.PRINT_TEST}
)
"""Papers that may be there twice without harm; of every other there is one, or a person says why not."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper. `digest` names its document (SHA-256 of the stored form), `number` is the document's own.

    `problem` says why it is not out yet, while that is so. `copy` counts the prints of the same document from 1; `replaces` and
    `replaced_by` name the paper before and after it, and a voided one has its running `void_number` and the reason.
    """

    paper_id: str
    kind: DocumentKind
    number: str
    digest: str
    place: str
    queued_at: datetime
    queued_by: str
    copy: int = 1
    replaces: str = ""
    state: PaperState = PaperState.QUEUED
    printer: str = ""
    problem: Problem | None = None
    changed_at: datetime | None = None
    confirmed_by: ConfirmedBy | None = None
    confirmed_actor: str = ""
    void_number: int = 0
    void_reason: str = ""
    replaced_by: str = ""

    @property
    def is_repeatable(self) -> bool:
        """Whether two of it do no harm."""
        return self.kind in REPEATABLE

    @property
    def is_open(self) -> bool:
        """Whether it is still to come out, or nobody knows."""
        return self.state in (PaperState.QUEUED, PaperState.PRINTING, PaperState.IN_DOUBT)


def paper_of(papers: Iterable[PaperView], paper_id: str) -> PaperView | None:
    """Return one paper."""
    return next((each for each in papers if each.paper_id == paper_id), None)


def good_paper(visit: VisitView, kind: DocumentKind, number: str) -> PaperView | None:
    """Return the newest paper of a document that is not void; None when it was never asked for, or only voided."""
    found = [each for each in visit.papers if (each.kind, each.number) == (kind, number)]
    return next((each for each in reversed(found) if each.state is not PaperState.VOIDED), None)


def papers_in_doubt(visit: VisitView) -> tuple[PaperView, ...]:
    """Return the papers of which a person must say whether they came out, the oldest first."""
    return tuple(each for each in visit.papers if each.state is PaperState.IN_DOUBT and not each.is_repeatable)


def papers_on_their_way(visit: VisitView) -> tuple[PaperView, ...]:
    """Return the papers that are queued or printing, the oldest first."""
    return tuple(each for each in visit.papers if each.state in (PaperState.QUEUED, PaperState.PRINTING))
