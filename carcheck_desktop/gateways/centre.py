"""The frame of every channel: one bounded question at a time, and nobody waits twice for somebody who is not there.

After two failures in a row whoever asks is told at once since when nobody answers, and a question about nobody is sent in
the background until somebody does. What an answer means is the channel's own business.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.station import CHINA
from carcheck_desktop.gateways.circuit import Circuit, Health
from carcheck_desktop.gateways.errors import AwayError, GatewayError, NotReachedError
from carcheck_desktop.gateways.exchange import Limits, Where, exchange

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock

log = logging.getLogger(__name__)

AGAIN_AFTER_S = 0.1
"""Real seconds before a refused connection is tried the second time: a server that is just being started again."""
COUNTS_AFTER_S = 1.0
"""Real seconds of silence after which it is a failure of theirs when whoever asked gives up."""
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """Where a channel leads: the address with the profile's path, and the question about nobody."""

    where: Where
    profile: str
    probe: bytes

    @property
    def channel(self) -> str:
        """What is asked for."""
        return self.where.channel


class Centre:
    """Somebody outside, asked from one event loop at a time; `health` may be read from any thread."""

    def __init__(
        self, line: Line, clock: Clock, limits: Limits | None = None, *, first_pause_s: float = FIRST_PAUSE_S
    ) -> None:
        self._line = line
        self._clock = clock
        self._limits = limits or Limits()
        self._first_pause_s = first_pause_s
        self._circuit = Circuit()
        self._watching: asyncio.Task[None] | None = None

    @property
    def health(self) -> Health:
        """How it does; asks nobody."""
        circuit, line = self._circuit, self._line
        return Health(
            line.channel, line.profile, line.where.host, circuit.reach, circuit.since, circuit.last_answer_at, circuit.problem,
            circuit.answered, circuit.failed,
        )  # fmt: skip

    async def ask(self, question: bytes, *, may_repeat: bool) -> bytes:
        """Return the answer to one question; raises `GatewayError` when none comes.

        `may_repeat` allows a second attempt, and only when nothing reached the other side: never for what must not
        happen twice. While nobody is there, this raises at once.
        """
        if self._circuit.is_open:
            self._watch()
            raise self._away()
        began_s = time.monotonic()
        try:
            answer = await self._attempt(question, may_repeat=may_repeat)
        except asyncio.CancelledError:
            if time.monotonic() - began_s >= COUNTS_AFTER_S:
                self._failed(AwayError("gateways.gave_up", **self._line.where.said))
            raise
        except AwayError as error:
            self._failed(error)
            raise
        except GatewayError:
            self._circuit.answer_came(self._clock.now())
            raise
        self._circuit.answer_came(self._clock.now())
        spent_ms = round((time.monotonic() - began_s) * 1000)
        log.info("%s answered %d bytes in %d ms", self._line.channel, len(answer), spent_ms)
        return answer

    async def close(self) -> None:
        """Stop asking in the background."""
        watching, self._watching = self._watching, None
        if watching is not None and not watching.done():
            watching.cancel()
            await asyncio.wait([watching])

    async def _attempt(self, question: bytes, *, may_repeat: bool) -> bytes:
        began_s = time.monotonic()
        try:
            return await exchange(self._line.where, question, self._limits)
        except NotReachedError:
            left_s = self._limits.whole_s - (time.monotonic() - began_s) - AGAIN_AFTER_S
            if not may_repeat or left_s <= 0:
                raise
        await asyncio.sleep(AGAIN_AFTER_S)
        return await exchange(self._line.where, question, replace(self._limits, whole_s=left_s))

    def _failed(self, error: GatewayError) -> None:
        self._circuit.nothing_came(error.problem, self._clock.now())
        log.warning("%s did not answer: %s", self._line.channel, error)
        if self._circuit.is_open:
            self._watch()

    def _away(self) -> NotReachedError:
        health = self.health
        since = health.since.astimezone(CHINA).strftime("%H:%M") if health.since else ""
        last = health.problem or Problem("gateways.gave_up")
        said = {**last.params, **self._line.where.said, "since": since, "why": f"{last.code}.cause"}
        return NotReachedError("gateways.away_since", **said)

    def _watch(self) -> None:
        """Ask in the background, once; the task ends with the loop or when somebody answers."""
        if self._watching is None or self._watching.done():
            self._watching = asyncio.get_running_loop().create_task(self._look_again(), name=self._line.channel)

    async def _look_again(self) -> None:
        pause_s = self._first_pause_s
        while self._circuit.is_open:
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            try:
                await exchange(self._line.where, self._line.probe, self._limits)
            except AwayError as error:
                log.debug("%s is still away: %s", self._line.channel, error)
                continue
            except GatewayError as error:  # somebody is there, and says no
                log.info("%s is there again: %s", self._line.channel, error)
            self._circuit.answer_came(self._clock.now())
