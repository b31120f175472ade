"""Facts: what happened, frozen, named and versioned; the journal holds nothing else.

A fact's fields never change meaning: a change of shape raises `version`, gets an upcaster in
`domain.upcast` and a golden file.
"""

from __future__ import annotations

from carcheck_desktop.domain.facts import ending, insurance, papers, payment, tables
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.facts.board import (
    BOARD_SUBJECTS,
    AnnouncementPublished,
    AnnouncementWithdrawn,
    BoardRulesSet,
    EstimateGiven,
    OpeningHoursSet,
    PriceListPublished,
)
from carcheck_desktop.domain.facts.custody import (
    ArrivalDropped,
    ArrivalNoted,
    ArrivalTakenIn,
    CallEnded,
    HandedOver,
    OwnerCalled,
    TicketIssued,
)
from carcheck_desktop.domain.facts.lane import (
    AttemptEnd,
    AttemptEnded,
    AttemptInterrupted,
    AttemptResumed,
    AttemptStarted,
    ItemFinished,
    ItemStarted,
    ItemVoided,
    OccupancyReleased,
    OccupancyTaken,
    PromptShown,
)
from carcheck_desktop.domain.facts.machinery import DeviceAttached, DeviceLost, LaneStopped, StopReleased
from carcheck_desktop.domain.facts.papers import (
    PaperAnswered,
    PaperFailed,
    PaperInDoubt,
    PaperPrinted,
    PaperPrinting,
    PaperQueued,
    PaperVoided,
    PaperWaits,
)
from carcheck_desktop.domain.facts.payment import (
    DrawerOpened,
    PaymentCancelAsked,
    PaymentCancelled,
    PaymentFact,
    PaymentPaid,
    PaymentRefused,
    PaymentRequested,
    PaymentUncertain,
    RefundMade,
    RefundRefused,
    RefundRequested,
    RefundUncertain,
)
from carcheck_desktop.domain.facts.people import PinChanged, SignedIn, SignedOut, SignInRefused, UserAdded, UserChanged
from carcheck_desktop.domain.facts.signing import ReportMade, ReportRejected, ReportSigned
from carcheck_desktop.domain.facts.station import CommandRefused, JournalOpened, NodeSeen, ProcessStarted
from carcheck_desktop.domain.facts.tables import TableApproved, TablesAdopted, TablesChecked
from carcheck_desktop.domain.facts.visit import PrivateShown, VehicleLookedUp, VisitConcluded, VisitOpened

__all__ = [
    "BOARD_SUBJECTS",
    "FACTS",
    "AnnouncementPublished",
    "AnnouncementWithdrawn",
    "ArrivalDropped",
    "ArrivalNoted",
    "ArrivalTakenIn",
    "AttemptEnd",
    "AttemptEnded",
    "AttemptInterrupted",
    "AttemptResumed",
    "AttemptStarted",
    "BoardRulesSet",
    "CallEnded",
    "CommandRefused",
    "DeviceAttached",
    "DeviceLost",
    "DrawerOpened",
    "EstimateGiven",
    "Fact",
    "HandedOver",
    "ItemFinished",
    "ItemStarted",
    "ItemVoided",
    "JournalOpened",
    "LaneStopped",
    "NodeSeen",
    "OccupancyReleased",
    "OccupancyTaken",
    "OpeningHoursSet",
    "OwnerCalled",
    "PaperAnswered",
    "PaperFailed",
    "PaperInDoubt",
    "PaperPrinted",
    "PaperPrinting",
    "PaperQueued",
    "PaperVoided",
    "PaperWaits",
    "PaymentCancelAsked",
    "PaymentCancelled",
    "PaymentFact",
    "PaymentPaid",
    "PaymentRefused",
    "PaymentRequested",
    "PaymentUncertain",
    "PinChanged",
    "PriceListPublished",
    "PrivateShown",
    "ProcessStarted",
    "PromptShown",
    "RefundMade",
    "RefundRefused",
    "RefundRequested",
    "RefundUncertain",
    "ReportMade",
    "ReportRejected",
    "ReportSigned",
    "SignInRefused",
    "SignedIn",
    "SignedOut",
    "StopReleased",
    "TableApproved",
    "TablesAdopted",
    "TablesChecked",
    "TicketIssued",
    "UserAdded",
    "UserChanged",
    "VehicleLookedUp",
    "VisitConcluded",
    "VisitOpened",
]

ALL: tuple[type[Fact], ...] = (
    JournalOpened, ProcessStarted, NodeSeen, CommandRefused,
    UserAdded, UserChanged, PinChanged, SignedIn, SignedOut, SignInRefused,
    ArrivalNoted, ArrivalDropped, ArrivalTakenIn, TicketIssued, HandedOver, OwnerCalled, CallEnded,
    VehicleLookedUp, VisitOpened, PrivateShown, VisitConcluded,
    AttemptStarted, OccupancyTaken, OccupancyReleased, ItemStarted, PromptShown,
    ItemFinished, ItemVoided, AttemptEnded, AttemptInterrupted, AttemptResumed,
    LaneStopped, StopReleased, DeviceAttached, DeviceLost,
    EstimateGiven, OpeningHoursSet, AnnouncementPublished, AnnouncementWithdrawn, BoardRulesSet,
    PriceListPublished,
    ReportMade, ReportSigned, ReportRejected,
    *payment.FACTS,
    *insurance.FACTS,
    *ending.FACTS,
    *papers.FACTS,
    *tables.FACTS,
)  # fmt: skip
FACTS: dict[str, type[Fact]] = {fact.kind: fact for fact in ALL}
"""Every fact by its name."""
