"""Turning rollers, guarded: the bench's watchdog fed, the contactor held, both let go on every way out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any, Protocol, TypeVar

from carcheck_desktop.base.errors import CarcheckError, DeviceError
from carcheck_desktop.base.messages import Severity
from carcheck_desktop.devices.api import BrakeTesterAbilities, BrakeTesterDriver, InstrumentUsed
from carcheck_desktop.devices.machinery.lines.jobs import Priority

logger = logging.getLogger(__name__)
T = TypeVar("T")

FEED_S = 0.5
"""Real seconds between keep-alives: from the engine's loop, so that a hung engine lets the watchdog act."""
STOP_TRIES = 2
STANDSTILL_S = 3.0
LOOK_S = 0.05
CUT = "cut"


class Bench(Protocol):
    """The little that guarding needs of a brake tester's handle."""

    name: str
    abilities: BrakeTesterAbilities
    instrument: InstrumentUsed

    def urgently(self, priority: Priority, work: Callable[[BrakeTesterDriver], T]) -> Awaitable[T]:
        """Have the driver do something with a given urgency."""
        ...


class Output(Protocol):
    """A digital output's handle."""

    async def switch(self, channel: int, priority: Priority, *, on: bool) -> None:
        """Switch one output with a given urgency."""
        ...


class StopOutput:
    """The output of the motor contactor: ON allows the motors, OFF cuts them."""

    def __init__(self, io: Output, channel: int) -> None:
        self._io = io
        self._channel = channel

    async def allow(self) -> None:
        """Let the motors run for the next seconds."""
        await self._io.switch(self._channel, Priority.KEEP_ALIVE, on=True)

    async def cut(self) -> None:
        """Cut the motors."""
        await self._io.switch(self._channel, Priority.STOP, on=False)


class StopFailedError(DeviceError):
    """The bench did not confirm that its rollers stand; the contactor, where wired, has been cut."""

    severity = Severity.CRITICAL

    def __init__(self, device: str, port: str, detail: object, output: str) -> None:
        super().__init__("devices.stop_failed", device=device, port=port, detail=detail, output=output)
        self.is_cut = output == CUT


class Rolling:
    """An asynchronous context during which rollers may turn."""

    def __init__(self, bench: Bench, output: StopOutput | None) -> None:
        self._bench = bench
        self._output = output
        self._feeder: asyncio.Task[None] | None = None
        self._body: asyncio.Task[Any] | None = None
        self._starved: DeviceError | None = None
        self.is_entered = False
        # rollers were started, or were to be stopped, and nobody knows that they stand
        self.is_unconfirmed = False

    async def __aenter__(self) -> None:
        """Refuse a bench that nothing could stop; hold the contactor and feed the watchdog once."""
        if not self._bench.abilities.confirmed_stop and self._output is None:
            raise DeviceError("devices.no_stop_output", device=self._bench.name, port=self._bench.instrument.port)
        self._body = asyncio.current_task()
        try:
            await self._feed()
        except BaseException:
            # nothing turns yet: let go of the contactor and tell the reason
            await _shielded(self._let_go())
            raise
        self.is_entered = True
        self._feeder = asyncio.create_task(self._keep_feeding(), name=f"keep-alive {self._bench.name}")
        self._feeder.add_done_callback(_log_failure)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, whatever happened; a bench that starved is told instead of the cancellation it caused.

        Where the stop failed but the motors are cut, the step's own device error stays the cause:
        it says more (a pulled line) and nothing turns.
        """
        self.is_entered = False
        if self._feeder is not None:
            self._feeder.cancel()
        try:
            cancelled = await _shielded(self.stop_for_sure())
        except StopFailedError as failure:
            if failure.is_cut and isinstance(error, DeviceError):
                return
            raise
        was_cancelled = cancelled or kind is asyncio.CancelledError
        if self._starved is not None and was_cancelled and self._body is not None and self._body.uncancel() == 0:
            raise self._starved from error
        if cancelled:
            raise asyncio.CancelledError

    async def stop_for_sure(self) -> None:
        """Stop ahead of everything else, cut the contactor, confirm where the make can; else raise loudly."""
        self.is_unconfirmed = True
        cut, stopped = await asyncio.gather(self._cut(), self._stop(), return_exceptions=True)
        if stopped is None and (cut is None or self._bench.abilities.confirmed_stop):
            self.is_unconfirmed = False
            if cut is not None:
                logger.error("%s: rollers stand, but the stop output was not cut: %s", self._bench.name, cut)
            return
        output = "none" if self._output is None else (CUT if cut is None else str(cut))
        seen = stopped or cut
        detail = (
            f"{seen.code}.cause" if isinstance(seen, CarcheckError) else seen
        )  # said in words, whatever the language
        failure = StopFailedError(self._bench.name, self._bench.instrument.port, detail, output)
        logger.critical("%s", failure)
        raise failure

    async def _cut(self) -> None:
        if self._output is not None:
            await _insist(self._output.cut)

    async def _stop(self) -> None:
        await _insist(lambda: self._bench.urgently(Priority.STOP, lambda driver: driver.stop()))
        if self._bench.abilities.confirmed_stop:
            await self._until_standing()

    async def _until_standing(self) -> None:
        """Look until neither motor is on; a bench that still turns after `STANDSTILL_S` is an error."""
        end_s = time.monotonic() + STANDSTILL_S
        while True:
            is_late = time.monotonic() >= end_s
            try:
                status = await self._bench.urgently(Priority.STOP, lambda driver: driver.status())
                if not status.left_running and not status.right_running:
                    return
            except DeviceError:
                if is_late:
                    raise
            if is_late:
                raise DeviceError("devices.still_turning", device=self._bench.name, port=self._bench.instrument.port)
            await asyncio.sleep(LOOK_S)

    async def _let_go(self) -> None:
        with contextlib.suppress(DeviceError):
            await self._cut()

    async def _keep_feeding(self) -> None:
        """Feed until told to end; a bench or contactor that cannot be fed ends the body."""
        try:
            while True:
                await asyncio.sleep(FEED_S)
                await self._feed()
        except DeviceError as error:
            self._starved = error
            if self._body is not None:
                self._body.cancel()

    async def _feed(self) -> None:
        if self._output is not None:
            await self._output.allow()
        await self._bench.urgently(Priority.KEEP_ALIVE, lambda driver: driver.keep_alive())


def _log_failure(feeder: asyncio.Task[None]) -> None:
    """Say a mistake of ours at once; the bench's own watchdog stops the rollers that nobody feeds any more."""
    error = None if feeder.cancelled() else feeder.exception()
    if error is not None:
        logger.error("%s ended", feeder.get_name(), exc_info=error)


async def _insist(action: Callable[[], Awaitable[None] | Coroutine[Any, Any, None]]) -> None:
    """Try a stop up to `STOP_TRIES` times."""
    for left in reversed(range(STOP_TRIES)):
        try:
            await action()
        except DeviceError:
            if not left:
                raise
        else:
            return


async def _shielded(work: Coroutine[Any, Any, None]) -> bool:
    """Finish `work` even while being cancelled again and again; returns whether that happened."""
    task = asyncio.ensure_future(work)
    cancelled = False
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError:
            cancelled = True
    task.result()
    return cancelled
