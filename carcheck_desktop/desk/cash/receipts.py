"""The paper of a payment comes out by itself: a receipt, in cash with the drawer's kick before it.

Where the station has no printer at the counter nothing is queued; a paper that cannot be made never undoes money.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.desk.papers.ledger import queue_paper
from carcheck_desktop.desk.papers.pages.receipt import ReceiptData, receipt
from carcheck_desktop.domain.payment import PaymentMethod, payment_of

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.domain.ports import UnitOfWork

log = logging.getLogger(__name__)

PLACE = "counter"


def print_receipt(
    uow: UnitOfWork, visit_id: str, payment_id: str, house: House | None, *, actor: str, now: datetime
) -> str:
    """Queue the paper of what was just paid, or just given back; return its id, "" when none comes out by itself."""
    visit = uow.visits.get(visit_id)
    payment = payment_of(visit, payment_id) if visit is not None else None
    if visit is None or payment is None or house is None or PLACE not in house.places:
        return ""
    refund = payment.refund if payment.refund is not None and payment.refund.done_at is not None else None
    number = refund.number if refund is not None else payment.number
    data = ReceiptData(
        f"{number:06d}", visit.vehicle.plate, visit.ticket.number if visit.ticket is not None else "", visit.charge,
        payment, refund, opens_drawer=payment.method is PaymentMethod.CASH,
    )  # fmt: skip
    try:
        return queue_paper(uow, visit_id, receipt(data, house.head, house.say), PLACE, actor, now)
    except CarcheckError:
        log.exception("payment %s has no paper", payment_id)
        return ""
