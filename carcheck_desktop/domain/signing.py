"""Reports and their signatures: what was made ready, who signed or rejected it, and who may not sign because he tested the car.

Pure. The report itself is a `domain.documents.Document`, kept as a blob under `digest`; how it is made and signed lives in
`desk.signing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Outcome

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.views import VisitView


class ReportState(StrEnum):
    """Where one revision of a report is (检验报告的签发状态)."""

    MADE = "made"
    """It waits for a signature."""
    SIGNED = "signed"
    REJECTED = "rejected"


class Deed(StrEnum):
    """What a person did with a car, so that he may not sign for it."""

    OPENED = "opened"
    STARTED = "started"
    RESUMED = "resumed"
    INSPECTED = "inspected"
    DROVE = "drove"


DEEDS: dict[str, Deed] = {
    "visit_opened": Deed.OPENED,
    "attempt_started": Deed.STARTED,
    "attempt_resumed": Deed.RESUMED,
    "item_finished": Deed.INSPECTED,
    "item_voided": Deed.INSPECTED,
}
"""Facts whose actor had a hand in the test."""
PERSON = "person:"
"""How a custody names a person who holds a key: whoever took it drove the car."""


@dataclass(frozen=True, slots=True)
class Tester:
    """Somebody who had a hand in the test of a car; `at` is the first time."""

    actor: str
    deed: Deed
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportView:
    """One revision of a visit's report; a signed one is never changed, a newer revision takes its place.

    `digest` names the document (SHA-256 of its stored form); `software`, `edition` and `table_hash` are what it was made
    with. `signature` is the station's Ed25519 signature over `signed_content`, in hexadecimal.
    """

    report_id: str
    number: str
    revision: int
    attempt_id: str
    outcome: Outcome
    digest: str
    software: str
    edition: str
    table_hash: str
    made_at: datetime
    state: ReportState = ReportState.MADE
    signed_by: str = ""
    signed_at: datetime | None = None
    public_key: str = ""
    signature: str = ""
    rejected_by: str = ""
    rejected_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SigningState:
    """Every revision of a visit's report in the order in which they were made, and who had a hand in the test."""

    reports: tuple[ReportView, ...] = ()
    testers: tuple[Tester, ...] = ()


NO_REPORTS = SigningState()


def newest_report(visit: VisitView) -> ReportView | None:
    """Return the newest revision; None while nothing is concluded, and when the newest one is about an earlier attempt."""
    if not visit.signing.reports or visit.conclusion is None:
        return None
    newest = visit.signing.reports[-1]
    is_older = bool(visit.attempts) and visit.attempts[-1].attempt_id != newest.attempt_id
    return None if is_older else newest


def signed_report(visit: VisitView) -> ReportView | None:
    """Return the report that is good now: the newest revision, when it is signed."""
    newest = newest_report(visit)
    return newest if newest is not None and newest.state is ReportState.SIGNED else None


def report_to_sign(visit: VisitView) -> ReportView | None:
    """Return the revision that waits for a signature; an older one that was superseded does not."""
    newest = newest_report(visit)
    return newest if newest is not None and newest.state is ReportState.MADE else None


def rejected_report(visit: VisitView) -> ReportView | None:
    """Return the revision that a signer sent back and that nothing newer has followed."""
    newest = newest_report(visit)
    return newest if newest is not None and newest.state is ReportState.REJECTED else None


def signing_queue(visits: tuple[VisitView, ...]) -> tuple[VisitView, ...]:
    """Return the visits whose report waits for a signature, the one that waits longest first."""
    waiting = [(report.made_at, visit.visit_id, visit) for visit in visits if (report := report_to_sign(visit))]
    return tuple(visit for _, _, visit in sorted(waiting, key=lambda each: each[:2]))


def deeds_of(entry: Entry) -> tuple[tuple[str, Deed], ...]:
    """Return who had a hand in the test by this entry, and what each did; nobody for every other entry.

    A person to whom the key was handed drove the car, before the intake too.
    """
    if entry.kind in ("handed_over", "arrival_taken_in"):
        fact = entry.fact()
        names = [str(getattr(each, "to", "")) for each in getattr(fact, "chain", (fact,)) if _has_key(each)]
        return tuple((name.removeprefix(PERSON), Deed.DROVE) for name in names if name.startswith(PERSON))
    deed = DEEDS.get(entry.kind)
    return ((entry.actor, deed),) if deed is not None else ()


def _has_key(handover: object) -> bool:
    return any(str(thing) == "key" for thing in getattr(handover, "things", ()))


def who_tested(visit: VisitView) -> tuple[Tester, ...]:
    """Return everybody who had a hand in the test, who opened the visit first."""
    opened = Tester(visit.opened_by, Deed.OPENED, visit.opened_at)
    return (
        opened,
        *(each for each in visit.signing.testers if each.actor != opened.actor or each.deed is not Deed.OPENED),
    )


def hand_of(visit: VisitView, actor: str) -> Tester | None:
    """Return what this person did with the car that weighs most (driving and starting before opening); None for nothing."""
    done = [each for each in who_tested(visit) if each.actor == actor]
    return min(done, key=lambda each: WEIGHT[each.deed]) if done else None


WEIGHT = {
    deed: place for place, deed in enumerate((Deed.STARTED, Deed.DROVE, Deed.INSPECTED, Deed.RESUMED, Deed.OPENED))
}


def paper_number(report: ReportView) -> str:
    """Return the number on a revision's paper: the report's, with the revision from the second on ("000017-2")."""
    return report.number if report.revision == 1 else f"{report.number}-{report.revision}"


def signed_content(visit_id: str, report_id: str, revision: int, digest: str, signer: str) -> bytes:
    """Return the bytes that a report's signature covers: `report:<visit>:<report>:<revision>:<digest>:<signer>` in UTF-8."""
    return f"report:{visit_id}:{report_id}:{revision}:{digest}:{signer}".encode()
