"""A visit gets its ticket: the next number of its letter and day without gaps, and a secret nobody can guess."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.facts import TicketIssued
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.ticket import SECRET_BYTES, TicketSecret, number_of, secret_digest, sequence_of

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.intake import Channel
    from carcheck_desktop.domain.ports import UnitOfWork


def issue_ticket(uow: UnitOfWork, visit_id: str, channel: Channel, *, actor: str, now: datetime) -> str:
    """Give a visit or an arrival its number, once; return the number (the one it has, when it has one already)."""
    known = uow.tickets.get(visit_id)
    if known is not None:
        return known.number
    counted = uow.numbers.next(sequence_of(channel, inspection_date(now)))
    kept = TicketSecret(visit_id, number_of(channel, counted), secrets.token_urlsafe(SECRET_BYTES))
    uow.tickets.put(kept)
    record(uow, TicketIssued(visit_id, kept.number, secret_digest(kept.secret)), actor=actor)
    return kept.number
