"""The lane's machinery told to stop, and remembered where it did not confirm."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.lanes.background import in_background
from carcheck_desktop.lanes.steps.arriving import raise_lift

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.devices.api.kinds import BrakeTester

log = logging.getLogger(__name__)


class Machinery:
    """What moves in a lane: one bench, or nothing."""

    def __init__(self, bench: BrakeTester | None, lane: str, clock: Clock) -> None:
        self._bench = bench
        self._clock = clock
        self._lane = lane
        self._is_owed = False
        self._later: asyncio.Task[bool] | None = None

    async def stop(self) -> bool:
        """Tell the bench to stop; returns whether it confirmed."""
        if self._bench is None:
            return True
        self._is_owed = True
        try:
            await self._bench.stop()
        except CarcheckError as error:
            log.error("lane %s: %s did not confirm the stop: %s", self._lane, self._bench.name, error)  # noqa: TRY400
            return False
        self._is_owed = False
        return True

    def stop_when_reached(self) -> None:
        """Send a stop that waits for the line to open; nobody waits for it."""
        self._later = in_background(self.stop(), f"lane {self._lane} stop")

    async def is_back(self, device: str) -> None:
        """Make up for a stop that the bench did not confirm, now that it answers again."""
        if self._is_owed and self._bench is not None and self._bench.name == device:
            await self.stop()

    async def lift_up(self) -> None:
        """Raise the lift for a car that leaves; where that fails it stays where it is."""
        if self._bench is None:
            return
        try:
            await raise_lift(self._bench, self._clock)
        except CarcheckError as error:
            log.warning("lane %s: the lift stays where it is: %s", self._lane, error)

    async def end(self) -> None:
        """Wait for nothing any more."""
        if self._later is not None:
            self._later.cancel()
            await asyncio.wait({self._later})
