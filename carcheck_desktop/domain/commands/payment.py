"""Commands of the cash desk: take money, ask for it by a scanned code, call that off, give money back, open the drawer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from carcheck_desktop.domain.commands.base import Command


@dataclass(frozen=True, slots=True)
class TakeCash(Command):
    """Take what is due in cash; `due_fen` is what the clerk saw, so that nobody pays for another sum.

    The reply's `result` has `payment_id`, `number` (the receipt's), `change_fen`.
    """

    kind: ClassVar[str] = "take_cash"
    visit_id: str
    due_fen: int
    received_fen: int


@dataclass(frozen=True, slots=True)
class RequestScan(Command):
    """Ask a provider for what is due with the customer's payment code; `result` has `payment_id`.

    What the provider says comes as a fact: the code is good once and for about a minute, and is kept nowhere.
    """

    kind: ClassVar[str] = "request_scan"
    visit_id: str
    due_fen: int
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CancelPayment(Command):
    """Call off a scanned payment whose end is not known; it is over when the provider says that it is closed."""

    kind: ClassVar[str] = "cancel_payment"
    visit_id: str
    payment_id: str


@dataclass(frozen=True, slots=True)
class Refund(Command):
    """Give money back the way it came; above the station's limit a second person agrees.

    The reply's `result` has `refund_id`, and for cash `number`.
    """

    kind: ClassVar[str] = "refund"
    visit_id: str
    payment_id: str
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class OpenDrawer(Command):
    """Open the cash drawer without a sale; the reason stays on record."""

    kind: ClassVar[str] = "open_drawer"
    reason: str


COMMANDS: tuple[type[Command], ...] = (TakeCash, RequestScan, CancelPayment, Refund, OpenDrawer)
