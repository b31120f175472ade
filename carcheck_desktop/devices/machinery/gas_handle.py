"""What steps await of a gas analyser: its asynchronous face over a line and a driver, for all makes."""

from __future__ import annotations

import asyncio
import time

from carcheck_desktop.base.messages import Problem, params_of, word
from carcheck_desktop.devices.api import (
    DeviceError,
    GasAction,
    GasAnalyserDriver,
    GasAnalyserStatus,
    GasCheck,
    GasEnvironment,
    GasFlag,
    GasProgress,
    GasReading,
    GasSource,
    InstrumentUsed,
    Origin,
)
from carcheck_desktop.devices.machinery.handles import DeviceHandle
from carcheck_desktop.devices.machinery.lines.health import Attachment
from carcheck_desktop.devices.machinery.lines.jobs import Priority
from carcheck_desktop.devices.machinery.lines.line import Line

ASK_AGAIN_S = 0.25
LONGEST_S = 180.0
"""Real seconds after which an action that does not end is stopped: zero takes about 30 s, a leak check up to 60 s."""

SAID = {
    GasAction.ZERO: GasFlag.ZERO_FAILED,
    GasAction.LEAK_CHECK: GasFlag.LEAK,
    GasAction.HC_RESIDUE: GasFlag.RESIDUE,
}
"""What a failed action means."""


class GasAnalyserHandle(DeviceHandle[GasAnalyserDriver]):
    """A gas analyser behind its line."""

    def __init__(
        self, line: Line, attachment: Attachment, driver: GasAnalyserDriver, instrument: InstrumentUsed, origin: Origin
    ) -> None:
        super().__init__(line, attachment, driver, instrument, origin)
        self.abilities = driver.abilities

    async def status(self) -> GasAnalyserStatus:
        """Ask the analyser how it is; answers in every state."""
        return await self.ask(Priority.READ, self._driver.status)

    async def read(self) -> GasReading:
        """Return what it measures now; raises `AnalyserNotReadyError` when it cannot."""
        return await self.ask(Priority.READ, self._driver.read)

    async def environment(self) -> GasEnvironment:
        """Return room air; raises `devices.gas.cannot` without that ability."""
        self._require("environment", can=self.abilities.environment)
        return await self.ask(Priority.READ, self._driver.environment)

    async def pump(self, source: GasSource) -> None:
        """Draw from a source, or stop pump and action with `OFF`."""
        self._require(source.value, can=source is GasSource.OFF or source in self.abilities.sources)
        await self.ask(Priority.COMMAND, lambda: self._driver.pump(source))

    async def zero(self) -> GasCheck:
        """Zero the analyser and return when that has ended; the probe must be in clean air."""
        return await self.carry_out(GasAction.ZERO)

    async def leak_check(self) -> GasCheck:
        """Check the sample line for leaks with the probe closed; return when that has ended."""
        return await self.carry_out(GasAction.LEAK_CHECK)

    async def hc_residue(self) -> GasCheck:
        """Have the analyser check its line for HC residue; raises `devices.gas.cannot` without that ability."""
        return await self.carry_out(GasAction.HC_RESIDUE)

    async def carry_out(self, action: GasAction) -> GasCheck:
        """Carry out any action of the make's abilities; every way out but its end stops it at the analyser."""
        self._require(action.value, can=action in self.abilities.actions)
        has_ended = False
        try:
            await self.ask(Priority.COMMAND, lambda: self._driver.begin(action))
            passed = await self._end_of(action)
            has_ended = True
        finally:
            if not has_ended:
                self._line.submit(self.attachment, Priority.COMMAND, lambda: self._driver.pump(GasSource.OFF))
        return GasCheck(action, passed, None if passed else self._failure(action))

    def problem_of(self, flag: GasFlag) -> Problem:
        """Return a flag as a problem that names this analyser, with cause, evidence and next step."""
        return Problem(f"devices.gas.{flag.value}", params_of({"device": self.name, "port": self.instrument.port}))

    async def _end_of(self, action: GasAction) -> bool:
        until_s = time.monotonic() + LONGEST_S
        while time.monotonic() < until_s:
            await asyncio.sleep(ASK_AGAIN_S)
            progress = await self.ask(Priority.READ, lambda: self._driver.progress(action))
            if progress is not GasProgress.RUNNING:
                return progress is GasProgress.PASSED
        raise DeviceError(
            "devices.gas.does_not_end",
            device=self.name,
            port=self.instrument.port,
            action=word(action).code,
            waited_s=round(LONGEST_S),
        )

    def _failure(self, action: GasAction) -> Problem:
        return self.problem_of(SAID[action])

    def _require(self, what: str, *, can: bool) -> None:
        if not can:
            raise DeviceError("devices.gas.cannot", device=self.name, driver=self.instrument.driver, what=what)
