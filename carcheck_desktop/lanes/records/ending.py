"""How an item or an attempt ends without a result: void and interruption, written down or at least shown."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.views import AttemptState, AttemptView, ItemState, ItemView, LaneView

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.lanes.records.ledger import Ledger

log = logging.getLogger(__name__)
OPEN = (AttemptState.RUNNING, AttemptState.INTERRUPTED)
OWED: tuple[type[f.Fact], ...] = (f.LaneStopped, f.CommandRefused)
"""What somebody did is written down later where the disk is full now; what was only so is over by then."""
MOST_OWED = 200


class Endings:
    """Turns whatever ended a flow into facts; what the disk refuses is kept for the screen."""

    def __init__(self, ledger: Ledger, lane: str) -> None:
        self._ledger = ledger
        self._lane = lane
        self.unrecorded: Problem | None = None
        self._owed: deque[tuple[f.Fact, str]] = deque(maxlen=MOST_OWED)
        self._paying = asyncio.Lock()

    @property
    def view(self) -> LaneView:
        """The lane's view with an interruption that could not be written down laid over it."""
        view = self._ledger.view
        if self.unrecorded is None or view.attempt is None:
            return view
        items = tuple(self._cut_off(item) for item in view.attempt.items)
        attempt = replace(view.attempt, state=AttemptState.INTERRUPTED, problem=self.unrecorded, items=items)
        return replace(view, attempt=attempt, running_item=None, prompt=None)

    async def interrupt(self, reason: Problem, actor: str) -> None:
        """Void the running item and let the open attempt wait for a person."""
        await self._ledger.settle()
        attempt = self._open_attempt()
        if attempt is None:
            return
        try:
            await self._write(attempt, reason, actor)
        except CarcheckError as error:
            log.error("lane %s: the interruption could not be written down: %s", self._lane, error)  # noqa: TRY400
            self.unrecorded = reason

    async def catch_up(self, actor: str) -> None:
        """Write down now what could not be written before; raises `StorageError`."""
        await self.pay()
        attempt = self._open_attempt()
        if self.unrecorded is not None and attempt is not None:
            await self._write(attempt, self.unrecorded, actor)
        self.unrecorded = None

    async def void_running(self, reason: Problem, actor: str, *, will_repeat: bool) -> None:
        """Void the item that runs, if any; raises `StorageError`."""
        attempt = self._open_attempt()
        if attempt is None:
            return
        for item in attempt.items:
            if item.state is ItemState.RUNNING and item.run_id is not None:
                whose = (item.run_id, attempt.visit_id, attempt.attempt_id, self._lane, item.item)
                await self._ledger.record(f.ItemVoided(*whose, reason, will_repeat), actor)

    async def note(self, fact: f.Fact, actor: str) -> None:
        """Write a fact down if the disk can; what somebody did is owed until it can."""
        try:
            await self.pay()
            await self._ledger.record(fact, actor)
        except CarcheckError as error:
            if isinstance(fact, OWED):
                self._owed.append((fact, actor))
            log.error("lane %s: %s could not be written down: %s", self._lane, fact.kind, error)  # noqa: TRY400

    async def pay(self) -> None:
        """Write down what is owed, in order; raises `StorageError` and goes on owing the rest."""
        async with self._paying:
            while self._owed:
                await self._ledger.record(*self._owed[0])
                self._owed.popleft()

    def _cut_off(self, item: ItemView) -> ItemView:
        """Return an item as it is shown while its end cannot be written down."""
        return (
            replace(item, state=ItemState.VOID, void_reason=self.unrecorded)
            if item.state is ItemState.RUNNING
            else item
        )

    async def _write(self, attempt: AttemptView, reason: Problem, actor: str) -> None:
        await self.void_running(reason, actor, will_repeat=True)
        if attempt.state is AttemptState.RUNNING:
            interrupted = f.AttemptInterrupted(attempt.attempt_id, attempt.visit_id, self._lane, reason)
            await self._ledger.record(interrupted, actor)

    def _open_attempt(self) -> AttemptView | None:
        attempt = self._ledger.view.attempt
        return attempt if attempt is not None and attempt.state in OPEN else None
