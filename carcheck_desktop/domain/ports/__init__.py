"""Every contract that one room fulfils for another; `app` fills them in. One file for each who is asked."""

from __future__ import annotations

from carcheck_desktop.domain.ports.lane import LaneJournal, VisitBook
from carcheck_desktop.domain.ports.link import (
    CommandDoor,
    Desk,
    Feed,
    IntakeResult,
    JournalIntake,
    JournalSource,
    NodeBook,
    Records,
    SampleSink,
    Verdicts,
    VisitRecord,
)
from carcheck_desktop.domain.ports.outside import Insurer, InsurerAnswer, PaymentProvider, VehicleLookup
from carcheck_desktop.domain.ports.owners import OwnersBook, TicketHolder
from carcheck_desktop.domain.ports.store import (
    Arrivals,
    Blobs,
    DoneCommands,
    Journal,
    Numbers,
    Privates,
    Store,
    Tickets,
    UnitOfWork,
    UserRow,
    Users,
    Visits,
    Writer,
)

__all__ = [
    "Arrivals",
    "Blobs",
    "CommandDoor",
    "Desk",
    "DoneCommands",
    "Feed",
    "Insurer",
    "InsurerAnswer",
    "IntakeResult",
    "Journal",
    "JournalIntake",
    "JournalSource",
    "LaneJournal",
    "NodeBook",
    "Numbers",
    "OwnersBook",
    "PaymentProvider",
    "Privates",
    "Records",
    "SampleSink",
    "Store",
    "TicketHolder",
    "Tickets",
    "UnitOfWork",
    "UserRow",
    "Users",
    "VehicleLookup",
    "Verdicts",
    "VisitBook",
    "VisitRecord",
    "Visits",
    "Writer",
]
