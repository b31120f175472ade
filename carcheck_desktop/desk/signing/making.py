"""A revision of a visit's report, made when the visit is concluded: the document as a blob, the fact that names its digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.ids import new_id
from carcheck_desktop.desk.ledger import SYSTEM, record
from carcheck_desktop.desk.signing.report import instruments_by_item
from carcheck_desktop.domain.documents import Document, document_to_json
from carcheck_desktop.domain.facts import ReportMade
from carcheck_desktop.domain.numbers import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from carcheck_desktop.domain.measurements import InstrumentUsed
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView


@dataclass(frozen=True, slots=True)
class ReportSource:
    """Everything that a report is made from; `by_item` says which instruments measured which item."""

    visit: VisitView
    number: str
    revision: int
    made_at: datetime
    by_item: dict[str, tuple[InstrumentUsed, ...]]


@dataclass(frozen=True, slots=True)
class ReportMaker:
    """Makes revisions; `build` makes the document, `software` is the program's version, `now` the station's clock."""

    build: Callable[[ReportSource], Document]
    software: str
    now: Callable[[], datetime]

    def __call__(self, uow: UnitOfWork, visit: VisitView, actor: str = SYSTEM) -> None:
        """Make the next revision of a visit that is concluded; signed ones stay as they are."""
        if visit.conclusion is None or not visit.attempts:
            return
        earlier = visit.signing.reports
        number = earlier[-1].number if earlier else f"{uow.numbers.next(REPORTS):06d}"
        source = ReportSource(visit, number, len(earlier) + 1, self.now(), instruments_by_item(uow, visit.visit_id))
        digest = uow.blobs.put(document_to_json(self.build(source)).encode())
        attempt = visit.attempts[-1]
        fact = ReportMade(
            visit.visit_id, new_id("report"), number, source.revision, attempt.attempt_id, visit.conclusion,
            digest, self.software, attempt.edition, attempt.table_hash,
        )  # fmt: skip
        record(uow, fact, actor=actor, blobs=(digest,))
