"""Commands of the authorised signer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from carcheck_desktop.domain.commands.base import Command


@dataclass(frozen=True, slots=True)
class SignReport(Command):
    """Sign the newest revision of a visit's report with one's own PIN; a wrong PIN counts as at the sign-in.

    Refused for whoever had a hand in the test of this car.
    """

    kind: ClassVar[str] = "sign_report"
    visit_id: str
    report_id: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RejectReport(Command):
    """Refuse to sign a report, with the reason; somebody must measure again or correct before there is a new revision."""

    kind: ClassVar[str] = "reject_report"
    visit_id: str
    report_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RemakeReport(Command):
    """Make a rejected report anew from what is recorded, as the next revision; `result` has `revision`."""

    kind: ClassVar[str] = "remake_report"
    visit_id: str
    report_id: str


@dataclass(frozen=True, slots=True)
class ShowReport(Command):
    """Ask for a report as it will print; `result` has `document`, the stored form of a `domain.documents.Document`."""

    kind: ClassVar[str] = "show_report"
    visit_id: str
    report_id: str


COMMANDS: tuple[type[Command], ...] = (SignReport, RejectReport, RemakeReport, ShowReport)
