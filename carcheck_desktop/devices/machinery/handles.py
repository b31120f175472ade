"""What steps await: each kind's asynchronous face over a line and a driver, written once for all makes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

from carcheck_desktop.devices.api import (
    AxleScaleDriver,
    BrakeTesterDriver,
    BrakeTesterStatus,
    CurveBlock,
    DeviceError,
    DigitalIoDriver,
    InstrumentUsed,
    Origin,
    Side,
    WheelLoads,
)
from carcheck_desktop.devices.machinery.lines.health import Attachment
from carcheck_desktop.devices.machinery.lines.jobs import Priority
from carcheck_desktop.devices.machinery.lines.line import Line
from carcheck_desktop.devices.machinery.rolling import Rolling, StopOutput

D = TypeVar("D")
T = TypeVar("T")

DEBOUNCE_S = 0.02
DEBOUNCE_TRIES = 10


class DeviceHandle(Generic[D]):
    """Name, origin and line of one instrument; requests go into the line's queue and are awaited."""

    def __init__(
        self, line: Line, attachment: Attachment, driver: D, instrument: InstrumentUsed, origin: Origin
    ) -> None:
        self.name = attachment.name
        self.instrument = instrument
        self.origin = origin
        self.attachment = attachment
        self._line = line
        self._driver = driver

    @property
    def wire_bytes(self) -> int:
        """Bytes sent and received on the line so far."""
        return self._line.transport.wire_bytes

    async def ask(self, priority: Priority, work: Callable[[], T]) -> T:
        """Have a job done by the line's thread; cancelling takes it out of the queue while it waits."""
        return await asyncio.wrap_future(self._line.submit(self.attachment, priority, work))


class AxleScaleHandle(DeviceHandle[AxleScaleDriver]):
    """An axle scale behind its line."""

    async def loads(self) -> WheelLoads:
        """Return what stands on the pads."""
        return await self.ask(Priority.READ, self._driver.loads)

    async def zero(self) -> None:
        """Set the empty scale to zero."""
        await self.ask(Priority.COMMAND, self._driver.zero)


class DigitalIoHandle(DeviceHandle[DigitalIoDriver]):
    """Digital inputs and outputs behind their line."""

    async def inputs(self) -> Sequence[bool]:
        """Return every input, the same in two reads 20 ms apart; raises `DeviceError` while they flutter."""
        before = await self.ask(Priority.READ, self._driver.inputs)
        for _ in range(DEBOUNCE_TRIES):
            await asyncio.sleep(DEBOUNCE_S)
            now = await self.ask(Priority.READ, self._driver.inputs)
            if list(now) == list(before):
                return now
            before = now
        raise DeviceError("devices.inputs_flutter", device=self.name, port=self.instrument.port, reads=DEBOUNCE_TRIES)

    async def set_output(self, channel: int, *, on: bool) -> None:
        """Switch one output; switching off goes ahead of everything else."""
        await self.switch(channel, Priority.COMMAND if on else Priority.STOP, on=on)

    async def switch(self, channel: int, priority: Priority, *, on: bool) -> None:
        """Switch one output with a given urgency."""
        await self.ask(priority, lambda: self._driver.set_output(channel, on=on))


class BrakeTesterHandle(DeviceHandle[BrakeTesterDriver]):
    """A roller brake tester behind its line."""

    def __init__(
        self, line: Line, attachment: Attachment, driver: BrakeTesterDriver, instrument: InstrumentUsed, origin: Origin
    ) -> None:
        super().__init__(line, attachment, driver, instrument, origin)
        self.abilities = driver.abilities
        self.stop_output: StopOutput | None = None
        self._rolling: Rolling | None = None
        attachment.on_attach = self._stop_what_was_left

    async def status(self) -> BrakeTesterStatus:
        """Ask the bench how it is."""
        return await self.ask(Priority.READ, self._driver.status)

    async def lift(self, *, up: bool) -> None:
        """Raise or lower the lift."""
        await self.ask(Priority.COMMAND, lambda: self._driver.lift(up=up))

    async def start(self, side: Side | None) -> None:
        """Start the rollers of one side or both; refused outside `rolling()`."""
        if self._rolling is None or not self._rolling.is_entered:
            raise DeviceError("devices.not_rolling", device=self.name, port=self.instrument.port)
        self._rolling.is_unconfirmed = True
        await self.ask(Priority.COMMAND, lambda: self._driver.start(side))

    async def stop(self) -> None:
        """Stop all rollers ahead of everything else, cut the stop output, and make sure of it."""
        if self._rolling is None:
            self._rolling = self._new_rolling()
        await self._rolling.stop_for_sure()

    async def fetch_curve(self, after: int) -> CurveBlock:
        """Return the samples with numbers above `after`."""
        return await self.ask(Priority.READ, lambda: self._driver.fetch_curve(after))

    def rolling(self) -> AbstractAsyncContextManager[None]:
        """Enter before rollers may turn; see `kinds.BrakeTester.rolling`."""
        self._rolling = self._new_rolling()
        return self._rolling

    def urgently(self, priority: Priority, work: Callable[[BrakeTesterDriver], T]) -> Awaitable[T]:
        """Have the driver do something with a given urgency."""
        return self.ask(priority, lambda: work(self._driver))

    def _new_rolling(self) -> Rolling:
        return Rolling(self, self.stop_output)

    def _stop_what_was_left(self) -> None:
        """In the line's thread, after each identification: a bench that comes back must not turn."""
        if self._rolling is not None and self._rolling.is_unconfirmed:
            self._driver.stop()
            self._rolling.is_unconfirmed = False
