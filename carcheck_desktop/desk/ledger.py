"""Facts into the journal and the rows that follow from them, in one transaction.

What lives here: the service's only way to write facts, and the intake of the lanes' journals.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.desk.conclusions import conclusion_of
from carcheck_desktop.desk.ending.racing import finding_of, is_of_another_vehicle
from carcheck_desktop.domain.facts import AttemptEnd, AttemptEnded, AttemptStarted
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.folding.custody import fold_arrival
from carcheck_desktop.domain.ports import IntakeResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from carcheck_desktop.domain.facts import Fact
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.standards.rulebook import Rulebook

    Concluded = Callable[[UnitOfWork, VisitView], None]

log = logging.getLogger(__name__)

SYSTEM = "system"
"""The actor of facts that follow from other facts by rule."""


def record(uow: UnitOfWork, fact: Fact, *, actor: str, blobs: Sequence[str] = ()) -> Entry:
    """Append a fact of the service, with the digests of the blobs it covers, and fold it into its visit's row."""
    entry = uow.journal.append(fact, actor=actor, blobs=blobs)
    _follow(uow, entry)
    return entry


def take_in(
    uow: UnitOfWork, entries: Iterable[Entry], tables: Rulebook, concluded: Concluded | None = None
) -> IntakeResult:
    """Take in another node's entries and conclude the visits whose attempt is complete; `concluded` hears of each.

    Stops at a gap, a wrong hash, a missing blob or a fact that cannot be read and says so; what came
    before is kept.
    """
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
            _conclude_if_complete(uow, entry, tables, concluded)
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


def _conclude_if_complete(uow: UnitOfWork, entry: Entry, tables: Rulebook, concluded: Concluded | None) -> None:
    ended = entry.fact()
    if not isinstance(ended, AttemptEnded) or ended.end is not AttemptEnd.COMPLETE:
        return
    visit = uow.visits.get(ended.visit_id)
    if visit is None:
        log.error("%s ended an attempt of a visit that is not known: %s", entry.node, ended.visit_id)
        return
    if visit.withdrawal is not None:
        return  # given up while its last item ran: what was measured stays, nobody concludes it
    if not visit.attempts or visit.attempts[-1].attempt_id != ended.attempt_id:
        return
    if is_of_another_vehicle(uow, visit, visit.attempts[-1].vehicle):
        return  # measured by data that were wrong: a finding holds it, and the car is tested again
    record(uow, conclusion_of(visit, uow.blobs, tables), actor=SYSTEM)
    after = uow.visits.get(ended.visit_id)
    if concluded is not None and after is not None:
        concluded(uow, after)
