"""Facts into the journal and the rows that follow from them, in one transaction.

What lives here: the service's only way to write facts, and the intake of the lanes' journals.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.conclusions import conclusion_of
from carcheck_desktop.desk.ending.racing import finding_of, is_of_another_vehicle
from carcheck_desktop.domain.ending import ManualKind
from carcheck_desktop.domain.facts import AttemptEnd, AttemptEnded, AttemptStarted
from carcheck_desktop.domain.facts.ending import HoldPlaced
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.folding.custody import fold_arrival
from carcheck_desktop.domain.ports import IntakeResult
from carcheck_desktop.domain.views import Stage, stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.domain.facts import Fact
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.standards.rulebook import Rulebook

    Concluded = Callable[[UnitOfWork, VisitView], None]

log = logging.getLogger(__name__)

SYSTEM = "system"
"""The actor of facts that follow from other facts by rule."""
STRANGE_TABLES = "holds.finding.strange_tables"
"""The finding of a visit that a lane judged by tables which were never approved."""


def record(uow: UnitOfWork, fact: Fact, *, actor: str, blobs: Sequence[str] = ()) -> Entry:
    """Append a fact of the service, with the digests of the blobs it covers, and fold it into its visit's row."""
    entry = uow.journal.append(fact, actor=actor, blobs=blobs)
    _follow(uow, entry)
    return entry


def take_in(
    uow: UnitOfWork,
    entries: Iterable[Entry],
    tables: Rulebook,
    concluded: Concluded | None = None,
    custody: TableCustody | None = None,
) -> IntakeResult:
    """Take in another node's entries and conclude the visits whose attempt is complete; `concluded` hears of each.

    With a `custody` its approved tables conclude, and none while a table file is not as approved: such visits wait.

    Stops at a gap, a wrong hash, a missing blob or a fact that cannot be read and says so; what came
    before is kept.
    """
    how = Concluding(tables, concluded, custody)
    taken = 0
    refusal = None
    for entry in entries:
        try:
            entry.fact()  # one that cannot be read would undo the whole batch later
            is_new = uow.journal.take_in(entry)
        except DataError as error:
            refusal = error.problem
            break
        if is_new:
            taken += 1
            _follow(uow, entry)
            _hold_if_corrected_meanwhile(uow, entry)
            _conclude_if_complete(uow, entry, how)
    return IntakeResult(uow.journal.heads(), taken, refusal)


def _follow(uow: UnitOfWork, entry: Entry) -> None:
    visit_id = getattr(entry.fact(), "visit_id", None)
    if visit_id is None:
        return
    before = uow.visits.get(visit_id)
    after = fold_visit(before, entry)
    if after is not None and after != before:
        uow.visits.put(after)
    if before is None:
        _follow_arrival(uow, entry, visit_id)


def _follow_arrival(uow: UnitOfWork, entry: Entry, visit_id: str) -> None:
    """Fold an entry into the row of a car that no visit had taken in before it."""
    before = uow.arrivals.get(visit_id)
    after = fold_arrival(before, entry)
    if after is not None and after != before:
        uow.arrivals.put(after)


def _hold_if_corrected_meanwhile(uow: UnitOfWork, entry: Entry) -> None:
    """Place a finding when a lane began a car with the data before a correction that it had not heard of."""
    started = entry.fact()
    visit = uow.visits.get(started.visit_id) if isinstance(started, AttemptStarted) else None
    if visit is None or not isinstance(started, AttemptStarted):
        return
    finding = finding_of(uow, visit, started)
    if finding is not None:
        log.warning("%s began %s with the data before its correction", entry.node, visit.visit_id)
        record(uow, finding, actor=SYSTEM)


def _conclude_if_complete(uow: UnitOfWork, entry: Entry, how: Concluding) -> None:
    ended = entry.fact()
    if not isinstance(ended, AttemptEnded) or ended.end is not AttemptEnd.COMPLETE:
        return
    visit = uow.visits.get(ended.visit_id)
    if visit is None:
        log.error("%s ended an attempt of a visit that is not known: %s", entry.node, ended.visit_id)
        return
    if visit.attempts and visit.attempts[-1].attempt_id == ended.attempt_id:
        conclude(uow, visit, how)


@dataclass(frozen=True, slots=True)
class Concluding:
    """What a conclusion needs: tables, who hears of it in the same transaction, and who keeps the tables."""

    tables: Rulebook
    heard: Concluded | None = None
    custody: TableCustody | None = None


def conclude(uow: UnitOfWork, visit: VisitView, how: Concluding) -> bool:
    """Conclude a visit whose newest attempt is complete; return whether it was.

    Not when it was given up or measured by data that were wrong, nor while a table file is not as approved.
    """
    if visit.withdrawal is not None:
        return False  # given up while its last item ran: what was measured stays, nobody concludes it
    if is_of_another_vehicle(uow, visit, visit.attempts[-1].vehicle):
        return False  # measured by data that were wrong: a finding holds it, and the car is tested again
    rules = how.tables if how.custody is None else _approved_rules(uow, visit, how.custody)
    if rules is None:
        return False
    record(uow, conclusion_of(visit, uow.blobs, rules), actor=SYSTEM)
    after = uow.visits.get(visit.visit_id)
    if how.heard is not None and after is not None:
        how.heard(uow, after)
    return True


def _approved_rules(uow: UnitOfWork, visit: VisitView, custody: TableCustody) -> Rulebook | None:
    """Return the tables to conclude with; None while a file is not as approved, and for a visit judged by strange ones."""
    if custody.check(uow):
        log.error("%s waits for its conclusion: a table file is not as approved", visit.visit_id)
        custody.is_waiting = True
        return None
    rules = custody.rules_for(uow, visit)
    if rules is None and not any(_is_strange(each.evidence) for each in visit.placed_holds):
        evidence = Message(STRANGE_TABLES, {"lane": visit.attempts[-1].lane})
        record(uow, HoldPlaced(visit.visit_id, new_id("hold"), ManualKind.FINDING, "", evidence), actor=SYSTEM)
    return rules


def _is_strange(evidence: Message | None) -> bool:
    return evidence is not None and evidence.code == STRANGE_TABLES


def conclude_waiting(uow: UnitOfWork, how: Concluding) -> int:
    """Conclude every visit that was measured while a table file was not as approved; return how many were."""
    waiting = [each for each in uow.visits.unfinished() if stage(each) is Stage.MEASURED]
    return sum(conclude(uow, each, how) for each in waiting)
