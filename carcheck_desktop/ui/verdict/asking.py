"""One question why a verdict is as it is: asked once, answered late or never; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain.verdicts import WHOLE_ITEM
from carcheck_desktop.ui.frame.asking import NO_ANSWER
from carcheck_desktop.ui.verdict import telling
from carcheck_desktop.ui.verdict.drawing import trace_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.explained import VerdictView
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.verdict.state import VerdictState
    from carcheck_desktop.ui.widgets.charts.curve_samples import Trace


class VerdictQuestion:
    """Which item of which visit, what was answered, and what of it is looked at; `changed` hears of every answer."""

    def __init__(
        self, station: Station, words: Words, visit_id: str, item: str, quantity: str = "", attempt: int | None = None
    ) -> None:
        self._station = station
        self._words = words
        self._visit_id, self._item, self._attempt = visit_id, item, attempt
        self._quantity, self._edition = quantity, telling.NONE
        self._view: VerdictView | None = None
        self._trace: Trace | None = None
        self._problem: Problem | None = None
        self._is_asking = self._is_over = False
        self.changed: Callable[[], None] = lambda: None

    def ask(self) -> None:
        """Ask the service, unless it is asked already or does not answer."""
        self._problem = None
        if self._is_asking or self._is_over or not self._station.service.up:
            return
        self._is_asking = True
        self._station.explain(self._visit_id, self._item, self._attempt, self._answered)

    def close(self) -> None:
        """Nobody looks any more: an answer that is still out is dropped."""
        self._is_over = True

    def choose_quantity(self, quantity: str) -> None:
        """Look at another quantity of the item."""
        self._quantity = quantity

    def choose_edition(self, edition: str) -> None:
        """Put the result under another edition beside, or none."""
        self._edition = edition

    @property
    def trace(self) -> Trace | None:
        """The samples, None where nothing was recorded over time."""
        return self._trace

    def _answered(self, answer: VerdictView | Exception) -> None:
        self._is_asking = False
        if self._is_over:
            return
        if isinstance(answer, CarcheckError):
            self._problem = answer.problem
        elif isinstance(answer, Exception):
            self._problem = NO_ANSWER
        else:
            self._view = answer
            self._trace = trace_of(answer.drawing) if answer.drawing is not None else None
        self.changed()

    def state(self) -> VerdictState:
        """Return the sheet as it stands."""
        words, headline = self._words, self._headline()
        if self._view is not None:
            return telling.told(self._view, self._quantity, self._edition, headline, words)
        if self._problem is not None:
            return telling.failed(headline, self._problem, words)
        return telling.loading(headline, words) if self._is_asking else telling.offline(headline, words)

    def _headline(self) -> str:
        visit = self._station.visits.get(self._visit_id)
        plate = visit.vehicle.plate if visit is not None else self._view.plate if self._view is not None else ""
        return self._words("ui.verdict.title", plate=plate, item=self._item_name(visit))

    def _item_name(self, visit: VisitView | None) -> str:
        if self._item == WHOLE_ITEM:
            return self._words("ui.verdict.whole")
        items = [item for attempt in (visit.attempts if visit is not None else ()) for item in attempt.items]
        known = next(((item.kind, item.axle) for item in items if item.item == self._item), None)
        if known is None and self._view is not None and self._view.kind is not None:
            known = (self._view.kind, self._view.axle)
        return self._words.item(*known) if known is not None else self._item
