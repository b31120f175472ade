"""The key label (钥匙标签): hook number and plate to be read at arm's length, the ticket's number as a barcode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording, joined, moment
from carcheck_desktop.domain.documents import (
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    DocumentKind,
    Pair,
    Size,
    Width,
    text_line,
)

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.vehicle import Vehicle


@dataclass(frozen=True, slots=True)
class KeyLabelData:
    """What a key label says; `tag` is the hook's number, `vehicle` None for a car that was noted at the gate only."""

    tag: int
    plate: str
    ticket: str
    came_at: datetime
    vehicle: Vehicle | None = None


def key_label(data: KeyLabelData, head: Letterhead, say: Wording) -> Document:
    """Return the label; no name and no telephone stand on it."""
    title = say(Message("papers.label.title"))
    blocks: list[Block] = [
        text_line(title, Align.CENTRE),
        text_line(str(data.tag), Align.CENTRE, Size.HUGE, bold=True),
        text_line(data.plate, Align.CENTRE, Size.LARGE, bold=True),
    ]
    if data.vehicle is not None:
        colour = say.codes("colour", data.vehicle.colour) if data.vehicle.colour else ""
        blocks.append(text_line(joined([data.vehicle.brand_model, colour]), Align.CENTRE))
    if data.ticket:
        blocks += [Pair(say(Message("papers.field.ticket")), data.ticket, bold=True)]
    blocks.append(Pair(say(Message("papers.ticket.came")), moment(data.came_at)))
    if data.ticket:
        blocks.append(Barcode(data.ticket))
    blocks.append(Cut())
    return Document(
        DocumentKind.KEY_LABEL,
        str(data.tag),
        say.language,
        Width.LABEL,
        tuple(blocks),
        head.simulated,
        f"{title} {data.tag}",
    )
