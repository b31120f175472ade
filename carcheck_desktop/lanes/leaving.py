"""Cars that leave a lane without a flow: their positions are free when they are seen gone."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain.facts import OccupancyReleased, OccupancyTaken
from carcheck_desktop.lanes.background import in_background
from carcheck_desktop.lanes.records.ending import OPEN
from carcheck_desktop.lanes.steps.arriving import is_clear
from carcheck_desktop.lanes.steps.run import poll_s

if TYPE_CHECKING:
    from carcheck_desktop.lanes.parts import LaneParts
    from carcheck_desktop.lanes.records.ledger import Ledger
    from carcheck_desktop.lanes.records.positions import Positions

log = logging.getLogger(__name__)


class Leaving:
    """Watches positions whose attempt is over; only looks, never moves anything."""

    def __init__(self, parts: LaneParts, ledger: Ledger, positions: Positions) -> None:
        self._parts = parts
        self._ledger = ledger
        self._positions = positions
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """Begin to look, unless that is going on already."""
        if self._left_behind() and (self._task is None or self._task.done()):
            self._task = in_background(self._until_gone(), f"lane {self._parts.lane} leaving")

    async def end(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _until_gone(self) -> None:
        while left := self._left_behind():
            for held in left:
                await self._release_if_clear(held)
            await self._parts.clock.sleep(poll_s(self._parts.clock))

    async def _release_if_clear(self, held: OccupancyTaken) -> None:
        parts = self._parts
        try:
            if await is_clear(held.position, parts):
                released = OccupancyReleased(held.occupancy_id, held.lane, held.position, held.visit_id)
                await self._ledger.record(released, parts.node)
                self._positions.release(released)
        except CarcheckError as error:
            log.debug("lane %s: %s cannot be seen: %s", parts.lane, held.position, error)

    def _left_behind(self) -> list[OccupancyTaken]:
        attempt = self._ledger.view.attempt
        here = attempt.visit_id if attempt is not None and attempt.state in OPEN else None
        return [held for held in self._positions.held.values() if held.visit_id != here]
