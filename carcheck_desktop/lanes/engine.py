"""The engine: one asyncio loop in one thread that runs all lanes of the process, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, TypeVar

from carcheck_desktop.lanes.door import LaneDoor
from carcheck_desktop.lanes.lane import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from concurrent.futures import Future

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.commands import Envelope, Reply
    from carcheck_desktop.domain.facts import DeviceAttached, DeviceLost
    from carcheck_desktop.domain.views import LaneView
    from carcheck_desktop.lanes.parts import LaneParts

log = logging.getLogger(__name__)
T = TypeVar("T")
CLOSE_S = 20.0


class Engine:
    """Runs lanes; fulfils `domain.ports.CommandDoor`. Every method may be called from any thread or loop."""

    def __init__(self, lanes: Sequence[LaneParts], clock: Clock, public_key: Callable[[], str]) -> None:
        self._lanes = {parts.lane: Lane(parts) for parts in lanes}
        self._clock = clock
        self._public_key = public_key
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._door: LaneDoor | None = None

    def start(self) -> None:
        """Start the thread and open every lane; returns when commands are accepted."""
        self._thread.start()
        try:
            self._call(self._open())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Stop machinery, void what runs, end the thread; commands are no longer accepted."""
        if not self._thread.is_alive():
            return
        try:
            self._call(self._close(), CLOSE_S)
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    async def execute(self, envelope: Envelope) -> Reply:
        """Carry out or refuse a command; never raises for a refusal."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._execute(envelope), self._loop))

    def device_changed(self, fact: DeviceAttached | DeviceLost) -> None:
        """Take the news of a device of a lane; returns at once, news stay in order, late news are nobody's."""
        news = self._device_changed(fact)
        try:
            asyncio.run_coroutine_threadsafe(news, self._loop).add_done_callback(_log_failure)
        except RuntimeError:  # the loop has ended: the next start asks every device anew
            news.close()

    def views(self) -> tuple[LaneView, ...]:
        """Return every lane as it is now."""
        return tuple(lane.view for lane in self._lanes.values())

    def views_with(self, look: Callable[[], T]) -> tuple[T, tuple[LaneView, ...]]:
        """Return what `look` says of the journal and every lane's view at one and the same moment.

        `look` may block; it is called in a thread while no lane writes. Never from an event loop.
        """
        return self._call(self._views_with(look))

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def _call(self, work: Coroutine[Any, Any, T], timeout_s: float | None = None) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_s)

    async def _open(self) -> None:
        for lane in self._lanes.values():
            await lane.open()
        self._door = LaneDoor(self._lanes, self._clock, self._public_key)

    async def _close(self) -> None:
        door, self._door = self._door, None
        for lane in self._lanes.values():
            await lane.close()
        if door is not None:
            await door.settle()

    async def _views_with(self, look: Callable[[], T]) -> tuple[T, tuple[LaneView, ...]]:
        async with AsyncExitStack() as held:
            for lane in self._lanes.values():
                await held.enter_async_context(lane.ledger.at_rest())
            return await asyncio.to_thread(look), self.views()

    async def _execute(self, envelope: Envelope) -> Reply:
        if self._door is None:
            raise RuntimeError("the engine is not running")
        return await self._door.execute(envelope)

    async def _device_changed(self, fact: DeviceAttached | DeviceLost) -> None:
        lane = self._lanes.get(fact.lane)
        if lane is None:
            log.error("news of %s for lane %s, which is not here", fact.device, fact.lane)
            return
        await lane.device_changed(fact)


def _log_failure(news: Future[None]) -> None:
    """Nobody waits for news of a device, so what went wrong with them is said here."""
    error = None if news.cancelled() else news.exception()
    if error is not None:
        log.error("news of a device could not be taken in", exc_info=error)
