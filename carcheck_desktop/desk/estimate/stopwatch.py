"""Takes the journal's times and tells how long each part of the work took; keeps only what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.desk.estimate.durations import BETWEEN, CHANGE, FINISH, LEAVE
from carcheck_desktop.domain import facts as f

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.journal import Entry

TIMED = frozenset(
    fact.kind
    for fact in (
        f.VisitOpened, f.AttemptStarted, f.ItemStarted, f.ItemFinished, f.AttemptInterrupted,
        f.AttemptEnded, f.VisitConcluded,
    )
)  # fmt: skip
"""The facts that time something."""

Samples = list[tuple[str, float]]


class Stopwatch:
    """The moments from which something is being timed.

    An item counts from its first beginning to its end, repeats included. What was interrupted is not counted:
    how long a person needs to clear trouble says nothing of the work.
    """

    def __init__(self) -> None:
        self._opened: dict[str, datetime] = {}
        self._freed: dict[str, datetime] = {}
        self._last: dict[str, datetime] = {}
        self._begun: dict[tuple[str, str], datetime] = {}
        self._ended: dict[str, datetime] = {}

    def take(self, entry: Entry) -> Samples:
        """Return what one more entry says about durations: (part, seconds)."""
        if entry.kind not in TIMED:
            return []
        fact = entry.fact()
        if isinstance(fact, f.VisitOpened):
            self._opened[fact.visit_id] = entry.at
        elif isinstance(fact, f.AttemptStarted):
            return self._started(fact, entry.at)
        elif isinstance(fact, f.ItemStarted | f.ItemFinished):
            return self._item(fact, entry.at)
        elif isinstance(fact, f.AttemptInterrupted):
            self._forget(fact.attempt_id)
        elif isinstance(fact, f.AttemptEnded):
            return self._left(fact, entry.at)
        elif isinstance(fact, f.VisitConcluded):
            return self._concluded(fact, entry.at)
        return []

    def _started(self, fact: f.AttemptStarted, at: datetime) -> Samples:
        self._last[fact.attempt_id] = at
        waits = [each for each in (self._freed.pop(fact.lane, None), self._opened.pop(fact.visit_id, None)) if each]
        return [(CHANGE, (at - max(waits)).total_seconds())] if waits else []

    def _item(self, fact: f.ItemStarted | f.ItemFinished, at: datetime) -> Samples:
        key = (fact.attempt_id, fact.item)
        if isinstance(fact, f.ItemFinished):
            self._last[fact.attempt_id] = at
            begun = self._begun.pop(key, None)
            return [(fact.item_kind.value, (at - begun).total_seconds())] if begun else []
        if key in self._begun:
            return []  # a repeat
        self._begun[key] = at
        last = self._last.pop(fact.attempt_id, None)
        return [(BETWEEN, (at - last).total_seconds())] if last else []

    def _left(self, fact: f.AttemptEnded, at: datetime) -> Samples:
        last = self._last.get(fact.attempt_id)
        self._forget(fact.attempt_id)
        self._freed[fact.lane] = at
        if fact.end is not f.AttemptEnd.COMPLETE:
            self._opened[fact.visit_id] = at  # it waits once more
            return []
        self._ended[fact.visit_id] = at
        return [(LEAVE, (at - last).total_seconds())] if last else []

    def _concluded(self, fact: f.VisitConcluded, at: datetime) -> Samples:
        self._opened.pop(fact.visit_id, None)
        ended = self._ended.pop(fact.visit_id, None)
        return [(FINISH, (at - ended).total_seconds())] if ended else []

    def _forget(self, attempt_id: str) -> None:
        self._last.pop(attempt_id, None)
        for key in [key for key in self._begun if key[0] == attempt_id]:
            del self._begun[key]
