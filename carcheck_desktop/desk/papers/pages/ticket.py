"""The queue ticket (排队号): one number from the gate to the pickup, with the address of the owner's page as a QR code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording, clock_time, moment
from carcheck_desktop.domain.documents import (
    Align,
    Block,
    Cut,
    Document,
    DocumentKind,
    Pair,
    Qr,
    Rule,
    Size,
    Width,
    text_line,
)

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.views import VisitView


@dataclass(frozen=True, slots=True)
class TicketData:
    """What a ticket says. `url` holds the secret: it is printed and kept nowhere else. `ahead`: cars before this one.

    `earliest` and `latest` None while nobody can say when the car will be done.
    """

    number: str
    plate: str
    url: str
    came_at: datetime
    earliest: datetime | None = None
    latest: datetime | None = None
    ahead: int | None = None


def ticket_data(visit: VisitView, url: str, ahead: int | None = None) -> TicketData:
    """Return what the ticket of an opened visit says; a visit without a ticket has the number ""."""
    ticket, estimate = visit.ticket, visit.estimate
    latest = estimate.latest if estimate else None
    return TicketData(
        ticket.number if ticket else "", visit.vehicle.plate, url, visit.arrived_at or visit.opened_at,
        estimate.earliest if estimate and latest else None, latest, ahead,
    )  # fmt: skip


def queue_ticket(data: TicketData, head: Letterhead, say: Wording, width: Width = Width.RECEIPT80) -> Document:
    """Return the ticket for a receipt printer."""
    title = say(Message("papers.ticket.title"))
    blocks: list[Block] = [
        text_line(head.name, Align.CENTRE, bold=True),
        text_line(title, Align.CENTRE),
        text_line(data.number, Align.CENTRE, Size.HUGE, bold=True),
        text_line(data.plate, Align.CENTRE, Size.LARGE, bold=True),
        Rule(),
        Pair(say(Message("papers.ticket.came")), moment(data.came_at)),
    ]
    if data.ahead is not None:
        blocks.append(Pair(say(Message("papers.ticket.ahead")), str(data.ahead)))
    if data.earliest is not None and data.latest is not None:
        span = f"{clock_time(data.earliest)}–{clock_time(data.latest)}"
        blocks.append(Pair(say(Message("papers.ticket.expected")), span, bold=True))
    blocks += [
        Qr(data.url, say(Message("papers.ticket.scan"), "\n")),
        Rule(),
        text_line(say(Message("papers.ticket.keep"), "\n")),
        Cut(),
    ]
    return Document(
        DocumentKind.QUEUE_TICKET,
        data.number,
        say.language,
        width,
        tuple(blocks),
        head.simulated,
        f"{title} {data.number}",
    )
