"""What a report is made from: the visit, who tested, which instruments measured which item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.desk.papers.pages.report import ReportData, report
from carcheck_desktop.domain.facts import ItemFinished
from carcheck_desktop.domain.signing import Deed, who_tested

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.desk.signing.making import ReportSource
    from carcheck_desktop.domain.documents import Document
    from carcheck_desktop.domain.measurements import InstrumentUsed
    from carcheck_desktop.domain.ports import UnitOfWork


def report_builder(house: House) -> Callable[[ReportSource], Document]:
    """Return who makes the document of a revision with this letterhead."""

    def build(source: ReportSource) -> Document:
        hands = dict.fromkeys(each.actor for each in who_tested(source.visit) if each.deed is not Deed.OPENED)
        data = ReportData(
            source.number, source.revision, source.made_at, source.visit, testers=tuple(hands), by_item=source.by_item
        )
        return report(data, house.head, house.say)

    return build


def instruments_by_item(uow: UnitOfWork, visit_id: str) -> dict[str, tuple[InstrumentUsed, ...]]:
    """Return the instruments that measured the newest finished run of each item."""
    facts = (entry.fact() for entry in uow.journal.of_subject(visit_id) if entry.kind == ItemFinished.kind)
    return {fact.item: fact.instruments for fact in facts if isinstance(fact, ItemFinished)}
