"""The sequences of numbers without gaps, and which fact gave which number; pure.

A number is taken in the transaction of the fact that says it, so facts and sequences can be held against each other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.facts.papers import PaperQueued, PaperVoided
from carcheck_desktop.domain.facts.signing import ReportMade
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.ticket import TICKETS, ticket_sequence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.domain.journal import Entry

RECEIPTS = "receipt"
"""Of receipts and refund papers."""
REPORTS = "report"
CERTIFICATES = "certificate"
VOIDS = "void"
COUNTING = frozenset(
    {f.PaymentPaid.kind, f.RefundMade.kind, ReportMade.kind, PaperQueued.kind, PaperVoided.kind, f.TicketIssued.kind}
)
"""The kinds of facts that give numbers; a ticket's sequence is `ticket_sequence`."""
GIVEN_ONCE = frozenset({RECEIPTS, VOIDS, TICKETS})
"""Sequences of which every number belongs to one fact; a report's belongs to its revisions, a certificate's to its reprints."""
MIDNIGHT = timedelta(minutes=1)
"""How long after midnight a ticket may still have the number of the day on which its command was given."""


def family_of(sequence: str) -> str:
    """Return what a sequence numbers."""
    return sequence.partition(".")[0]


def number_given(entry: Entry, given: Mapping[str, set[int]]) -> tuple[str, int] | None:
    """Return the sequence and the number that an entry gave; `given` are those of the entries before it."""
    match entry.fact():
        case f.PaymentPaid() | f.RefundMade() as fact:
            return RECEIPTS, fact.number
        case PaperVoided() as fact:
            return VOIDS, fact.void_number
        case ReportMade() as fact:
            return REPORTS, int(fact.number)
        case PaperQueued(document=DocumentKind.CERTIFICATE) as fact:
            return CERTIFICATES, int(fact.number)
        case f.TicketIssued() as fact:
            return _ticket(fact.number, entry, given)
    return None


def _ticket(number: str, entry: Entry, given: Mapping[str, set[int]]) -> tuple[str, int]:
    letter, counted = number[:1], int(number[1:])
    today, before = inspection_date(entry.at), inspection_date(entry.at - MIDNIGHT)
    names = [ticket_sequence(letter, day) for day in dict.fromkeys((today, before))]
    follows = (name for name in names if counted == len(given.get(name, ())) + 1)
    return next(follows, names[0]), counted
