"""Commands: frozen data that asks for something to be done now or refused.

A command travels in an `Envelope`; the two doors (the service's and the lane's) check it with
`domain.access` and answer with a `Reply`. The same envelope sent twice is done once. One file a concern;
each lists its own in `COMMANDS`.
"""

from __future__ import annotations

from carcheck_desktop.domain.commands import (
    board,
    custody,
    ending,
    lane,
    papers,
    payment,
    people,
    signing,
    tables,
    visit,
)
from carcheck_desktop.domain.commands.base import Command, Envelope, Reply
from carcheck_desktop.domain.commands.board import (
    PublishAnnouncement,
    SetBoardRules,
    SetOpeningHours,
    SetPriceList,
    WithdrawAnnouncement,
)
from carcheck_desktop.domain.commands.custody import (
    CallOwner,
    CorrectCustody,
    DropArrival,
    EndCall,
    HandOver,
    NoteArrival,
)
from carcheck_desktop.domain.commands.ending import (
    AskRecheck,
    CloseVisit,
    CorrectVisit,
    DeclareInsurance,
    LiftHold,
    OpenRecheck,
    PlaceHold,
    WithdrawVisit,
)
from carcheck_desktop.domain.commands.lane import (
    AbortAttempt,
    ReleaseStop,
    RepeatItem,
    ResumeAttempt,
    StartAttempt,
    StopLane,
)
from carcheck_desktop.domain.commands.papers import AnswerPaper, Reprint, RequestPrint, VoidPaper
from carcheck_desktop.domain.commands.payment import CancelPayment, OpenDrawer, Refund, RequestScan, TakeCash
from carcheck_desktop.domain.commands.people import AddUser, ChangePin, ChangeUser, ResetPin, SignIn, SignOut
from carcheck_desktop.domain.commands.signing import RejectReport, RemakeReport, ShowReport, SignReport
from carcheck_desktop.domain.commands.tables import ApproveTable
from carcheck_desktop.domain.commands.visit import LookUpVehicle, OpenVisit, PreviewVisit, ShowVisit

__all__ = [
    "ASKING",
    "BOARD_COMMANDS",
    "COMMANDS",
    "LANE_COMMANDS",
    "PEOPLE_COMMANDS",
    "SERVICE_COMMANDS",
    "VISIT_COMMANDS",
    "AbortAttempt",
    "AddUser",
    "AnswerPaper",
    "ApproveTable",
    "AskRecheck",
    "CallOwner",
    "CancelPayment",
    "ChangePin",
    "ChangeUser",
    "CloseVisit",
    "Command",
    "CorrectCustody",
    "CorrectVisit",
    "DeclareInsurance",
    "DropArrival",
    "EndCall",
    "Envelope",
    "HandOver",
    "LiftHold",
    "LookUpVehicle",
    "NoteArrival",
    "OpenDrawer",
    "OpenRecheck",
    "OpenVisit",
    "PlaceHold",
    "PreviewVisit",
    "PublishAnnouncement",
    "Refund",
    "RejectReport",
    "ReleaseStop",
    "RemakeReport",
    "RepeatItem",
    "Reply",
    "Reprint",
    "RequestPrint",
    "RequestScan",
    "ResetPin",
    "ResumeAttempt",
    "SetBoardRules",
    "SetOpeningHours",
    "SetPriceList",
    "ShowReport",
    "ShowVisit",
    "SignIn",
    "SignOut",
    "SignReport",
    "StartAttempt",
    "StopLane",
    "TakeCash",
    "VoidPaper",
    "WithdrawAnnouncement",
    "WithdrawVisit",
]

LANE = (lane,)
SERVICE = (people, visit, board, signing, payment, custody, ending, papers, tables)
"""Who carries out the commands of a concern: a new file of the service's goes in here."""

COMMANDS: dict[str, type[Command]] = {each.kind: each for room in (*SERVICE, *LANE) for each in room.COMMANDS}
"""Every command by its name."""

BOARD_COMMANDS = frozenset(each.kind for each in board.COMMANDS)
PEOPLE_COMMANDS = frozenset(each.kind for each in people.COMMANDS)
VISIT_COMMANDS = frozenset(each.kind for each in visit.COMMANDS)
ASKING = frozenset(each.kind for each in (AskRecheck, LookUpVehicle, PreviewVisit, ShowReport, ShowVisit))
"""Commands that change nothing: asked twice they are answered twice, and their replies are not kept."""
LANE_COMMANDS = frozenset(each.kind for room in LANE for each in room.COMMANDS)
SERVICE_COMMANDS = frozenset(COMMANDS) - LANE_COMMANDS
