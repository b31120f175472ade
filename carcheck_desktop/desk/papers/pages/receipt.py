"""The receipt (收费单): what was charged line by line, how it was paid, what was given back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.base.money import yuan
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording, heading, moment
from carcheck_desktop.domain.documents import (
    Align,
    Block,
    Column,
    Cut,
    Document,
    DocumentKind,
    Drawer,
    Pair,
    Row,
    Rule,
    Size,
    Space,
    Table,
    Width,
    text_line,
)
from carcheck_desktop.domain.payment import PaymentMethod
from carcheck_desktop.domain.prices import total_fen

if TYPE_CHECKING:
    from carcheck_desktop.domain.payment import PaymentView, RefundView
    from carcheck_desktop.domain.prices import ChargeLine


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """What a receipt says. With `refund` it is the paper of that refund. `opens_drawer`: the first print of a cash payment."""

    number: str
    plate: str
    ticket: str
    lines: tuple[ChargeLine, ...]
    payment: PaymentView
    refund: RefundView | None = None
    opens_drawer: bool = False


def receipt(data: ReceiptData, head: Letterhead, say: Wording, width: Width = Width.RECEIPT80) -> Document:
    """Return the receipt for a receipt printer; marked as simulated where the provider was, too."""
    title = say(Message("papers.receipt.refund_title" if data.refund else "papers.receipt.title"))
    at = data.refund.at if data.refund else data.payment.at
    by = data.refund.by if data.refund else data.payment.by
    blocks: list[Block] = [Drawer()] if data.opens_drawer else []
    blocks += [
        *heading(head, title),
        Space(),
        Pair(say(Message("papers.receipt.number")), data.number),
        Pair(say(Message("papers.receipt.at")), moment(at)),
        Pair(say(Message("papers.field.plate")), data.plate),
        Pair(say(Message("papers.field.ticket")), data.ticket),
        Rule(),
        *(_refunded(data, say) if data.refund else _charged(data, say)),
        Rule(),
        *_paid(data, say),
        Pair(say(Message("papers.receipt.cashier")), by),
        Rule(),
        text_line(say(Message("papers.receipt.no_invoice"), "\n")),
        Cut(),
    ]
    simulated = head.simulated or data.payment.simulated
    return Document(
        DocumentKind.RECEIPT, data.number, say.language, width, tuple(blocks), simulated, f"{title} {data.number}"
    )


def _charged(data: ReceiptData, say: Wording) -> list[Block]:
    columns = (
        Column(2, say(Message("papers.receipt.item"))),
        Column(1, say(Message("papers.receipt.amount")), Align.RIGHT),
    )
    rows = tuple(Row((_name(line, say), yuan(line.amount_fen))) for line in data.lines)
    total = Pair(say(Message("papers.receipt.total")), yuan(total_fen(data.lines)), bold=True, size=Size.TALL)
    return [Table(columns, rows), Rule(), total]


def _refunded(data: ReceiptData, say: Wording) -> list[Block]:
    refund = data.refund
    if refund is None:
        return []
    blocks: list[Block] = [
        Pair(say(Message("papers.receipt.refund_of")), f"{data.payment.number:06d}"),
        Pair(say(Message("papers.receipt.refunded")), yuan(refund.amount_fen), bold=True, size=Size.TALL),
        Pair(say(Message("papers.receipt.reason")), say(refund.why) if refund.why else refund.reason),
    ]
    if refund.approved_by:
        blocks.append(Pair(say(Message("papers.receipt.approved")), refund.approved_by))
    return blocks


def _paid(data: ReceiptData, say: Wording) -> list[Block]:
    """Return how money moved: cash with change, or the provider with its own number."""
    payment = data.payment
    blocks: list[Block] = [Pair(say(Message("papers.receipt.method")), say.word(payment.method))]
    if data.refund is not None:
        reference = data.refund.provider_ref
    else:
        blocks.append(Pair(say(Message("papers.receipt.paid")), yuan(payment.amount_fen)))
        reference = payment.provider_ref
        if payment.method is PaymentMethod.CASH:
            blocks += [
                Pair(say(Message("papers.receipt.received")), yuan(payment.received_fen)),
                Pair(say(Message("papers.receipt.change")), yuan(payment.change_fen)),
            ]
    if payment.provider:
        blocks.append(Pair(say(Message("papers.receipt.provider")), say(Message(payment.provider))))
    if reference:
        blocks.append(Pair(say(Message("papers.receipt.reference")), reference))
    return blocks


def _name(line: ChargeLine, say: Wording) -> str:
    names = {"zh_CN": line.name_zh, "en": line.name_en}
    return " ".join(dict.fromkeys(names.get(language, line.name_en) for language in say.language.split("+")))
