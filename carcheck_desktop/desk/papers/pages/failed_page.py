"""The page for the owner of a car that failed: what, value against limit, what to repair, what will be repeated.

The advice is general and names no workshop: it says where a mechanic looks first for each quantity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording, heading, joined, moment, section
from carcheck_desktop.desk.papers.pages.results import (
    failed_of,
    item_name,
    limit_text,
    planned_name,
    value_text,
    verdict_text,
)
from carcheck_desktop.domain.documents import (
    Block,
    Column,
    Document,
    DocumentKind,
    Line,
    Qr,
    Row,
    Rule,
    Run,
    Size,
    Space,
    Table,
    Width,
    text_line,
)
from carcheck_desktop.domain.verdicts import Outcome, Quantity

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.desk.papers.pages.results import Result
    from carcheck_desktop.domain.verdicts import PlannedItem
    from carcheck_desktop.domain.views import VisitView

REPAIRS = {
    Quantity.AXLE_BRAKE_RATE: Message("papers.repair.axle_brake_rate"),
    Quantity.IMBALANCE: Message("papers.repair.imbalance"),
    Quantity.WHOLE_VEHICLE_BRAKE_RATE: Message("papers.repair.whole_vehicle_brake_rate"),
    Quantity.PARKING_BRAKE_RATE: Message("papers.repair.parking_brake_rate"),
    Quantity.HIGH_IDLE_CO: Message("papers.repair.mixture"),
    Quantity.IDLE_CO: Message("papers.repair.mixture"),
    Quantity.HIGH_IDLE_HC: Message("papers.repair.unburnt"),
    Quantity.IDLE_HC: Message("papers.repair.unburnt"),
    Quantity.HIGH_IDLE_LAMBDA: Message("papers.repair.lambda"),
}


@dataclass(frozen=True, slots=True)
class FailedData:
    """What the page says. `repeated` are the items of the recheck in lane order, `until` its last day (None: no such day).

    `fee` is what the recheck costs, in words of the price list ("" when that is not known). `url` is the owner's page.
    """

    visit: VisitView
    repeated: tuple[PlannedItem, ...] = ()
    until: date | None = None
    fee: str = ""
    url: str = ""


def failed_page(data: FailedData, head: Letterhead, say: Wording) -> Document:
    """Return the page; a visit in which nothing failed has an empty table and says so."""
    visit = data.visit
    title = say(Message("papers.failed.title"))
    ticket = visit.ticket.number if visit.ticket else ""
    blocks: list[Block] = []
    if data.url:
        blocks.append(Qr(data.url, say(Message("papers.ticket.scan"), "\n"), beside=True))
    blocks += [
        *heading(head, title),
        Space(),
        Line(
            (
                Run(visit.vehicle.plate, Size.LARGE, bold=True),
                Run("    " + joined([visit.vehicle.brand_model, moment(visit.concluded_at)], "    ")),
            )
        ),
        Space(),
        section(say(Message("papers.failed.what"))),
        _what(failed_of(visit), say),
        *_repairs(failed_of(visit), say),
        *_repeated(data, ticket, say),
        Space(),
        Rule(),
        text_line(say(Message("papers.failed.not_final"), "\n"), size=Size.SMALL),
        text_line(joined([head.name, head.address, head.telephone]), size=Size.SMALL),
    ]
    return Document(
        DocumentKind.FAILED_ITEMS, ticket or visit.visit_id, say.language, Width.A4, tuple(blocks), head.simulated,
        joined([title, visit.vehicle.plate], " "),
    )  # fmt: skip


def _what(failed: list[Result], say: Wording) -> Table:
    columns = (
        Column(7, say(Message("papers.report.item"))),
        Column(4, say(Message("papers.failed.yours"))),
        Column(4, say(Message("papers.failed.demanded"))),
        Column(3, say(Message("papers.report.verdict"))),
    )
    rows = [
        Row((item_name(each, say), value_text(each, say), limit_text(each.card), verdict_text(each.card, say)))
        for each in failed
    ]
    nothing = Row((say(Message("papers.failed.nothing")), "", "", ""))
    return Table(columns, tuple(rows) or (nothing,), ruled=True)


def _repairs(failed: list[Result], say: Wording) -> list[Block]:
    """Return where to look, each advice once; what was not judged is measured again and needs no repair."""
    advice = dict.fromkeys(
        REPAIRS[each.card.quantity].code
        for each in failed
        if each.card is not None and each.card.outcome is Outcome.FAIL and each.card.quantity in REPAIRS
    )
    if not advice:
        return []
    lines = [text_line(f"{number}. {say(Message(code))}") for number, code in enumerate(advice, 1)]
    return [Space(), section(say(Message("papers.failed.repair"))), *lines]


def _repeated(data: FailedData, ticket: str, say: Wording) -> list[Block]:
    if not data.repeated:
        return []
    names = say.listed([planned_name(each, say) for each in data.repeated])
    lines = [say(Message("papers.failed.only", {"items": names}))]
    if ticket:
        lines.append(say(Message("papers.failed.ticket", {"ticket": ticket})))
    if data.until is not None:
        lines.append(say(Message("papers.failed.until", {"day": f"{data.until}"})))
    if data.fee:
        lines.append(say(Message("papers.failed.fee", {"fee": data.fee})))
    return [Space(), section(say(Message("papers.failed.again"))), *map(text_line, lines)]
