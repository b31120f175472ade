"""Follows one process: snapshot, then every fact exactly once, through restarts and cut wires.

What is known (`heads`, place, epoch) outlives a connection: after a restart of the peer with the
same epoch the feed goes on where it stopped; with another one a new snapshot is taken.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.link.client.errors import OtherEpochError
from carcheck_desktop.link.client.events import FactArrived, LinkDown, LinkUp, SnapshotTaken
from carcheck_desktop.link.client.pauses import Pauses

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.mailbox import Mailbox
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.station import Handshake
    from carcheck_desktop.link.client.asking import LinkClient
    from carcheck_desktop.link.client.events import LinkEvent

log = logging.getLogger(__name__)

ASK_AGAIN_S = 1.0
"""How often the handshake is asked for lanes that came or moved, and for its clock."""
STEP_S = 2.0
"""A clock that is further off than this (in seconds that it would take to go there) was set, by a person or NTP."""


@dataclass(slots=True)
class Known:
    """How far a client has come in a peer's journal."""

    epoch: str
    pos: int
    heads: dict[str, int]


class GapError(Exception):
    """A fact is missing: only a new snapshot helps."""


class Follower:
    """Follows one peer for one mailbox; `run` never ends by itself."""

    def __init__(
        self,
        client: LinkClient,
        mailbox: Mailbox[LinkEvent, LiveSamples],
        *,
        clock: Clock,
        samples: bool = False,
        peer: str = "",
    ) -> None:
        self._client = client
        self._mailbox = mailbox
        self._clock = clock
        self._with_samples = samples
        self._peer = peer
        self._known: Known | None = None
        self._handshake: Handshake | None = None
        self._told_s = 0.0
        self._down: LinkDown | None = None
        self._pauses = Pauses()

    async def run(self) -> None:
        """Follow for ever; cancel the task to end."""
        while True:
            try:
                await self._follow()
            except (GapError, OtherEpochError):
                self._known = None
            except CarcheckError as error:
                self._tell_down(error)
            await asyncio.sleep(self._pauses.next())

    async def _follow(self) -> None:
        handshake = await self._client.handshake()
        if self._known is None or self._known.epoch != handshake.epoch:
            read = await self._client.read_snapshot()
            snapshot = read.snapshot
            self._tell_up(handshake)
            self._known = Known(snapshot.epoch, snapshot.pos, dict(snapshot.heads))
            self._mailbox.put(SnapshotTaken(snapshot, self._peer, read.left_out))
        else:
            self._tell_up(handshake)
        streams = [self._facts(self._known), self._watch_handshake()]
        if self._with_samples:
            streams.append(self._samples())
        await _until_one_ends(*streams)

    async def _facts(self, known: Known) -> None:
        async with aclosing(self._client.feed(known.pos, known.epoch)) as feed:
            async for batch in feed:
                for pos, entry in batch:
                    self._take(known, pos, entry)
                self._pauses.reset()

    def _take(self, known: Known, pos: int, entry: Entry) -> None:
        head = known.heads.get(entry.node, 0)
        if entry.seq > head + 1:
            log.warning("facts of %s between %d and %d are missing: new snapshot", entry.node, head, entry.seq)
            raise GapError
        known.pos = max(known.pos, pos)
        if entry.seq == head + 1:
            known.heads[entry.node] = entry.seq
            self._mailbox.put(FactArrived(pos, entry, self._peer))

    async def _samples(self) -> None:
        async with aclosing(self._client.samples()) as ticks:
            async for tick in ticks:
                for samples in tick:
                    self._mailbox.put_sample(samples.lane, samples)

    async def _watch_handshake(self) -> None:
        while True:
            await asyncio.sleep(ASK_AGAIN_S)
            asked_s = time.monotonic()
            handshake = await self._client.handshake()
            self._pauses.reset()
            is_other = self._handshake is None or handshake.lanes != self._handshake.lanes
            if is_other or self._has_stepped(handshake, asked_s):
                self._tell_up(handshake)

    def _has_stepped(self, handshake: Handshake, asked_s: float) -> bool:
        """Say whether the peer's clock is elsewhere than it would have gone by itself since it was last told."""
        if self._handshake is None:
            return True
        now_s = time.monotonic()
        speed = handshake.clock_speed
        expected = self._handshake.now + timedelta(seconds=(now_s - self._told_s) * speed)
        allowed_s = (STEP_S + now_s - asked_s) * max(1.0, speed)
        return speed != self._handshake.clock_speed or abs((handshake.now - expected).total_seconds()) > allowed_s

    def _tell_up(self, handshake: Handshake) -> None:
        self._handshake, self._told_s = handshake, time.monotonic()
        self._down = None
        self._mailbox.put(LinkUp(handshake, self._peer))

    def _tell_down(self, error: CarcheckError) -> None:
        """Tell once for each kind of trouble, not once for each try; `since` is when it began."""
        before = self._down
        if before is None or before.problem.code != error.code:
            since = self._clock.now() if before is None else before.since
            self._down = LinkDown(error.problem, since, self._peer)
            self._mailbox.put(self._down)


async def _until_one_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Run all until the first ends or fails, then end the others and raise what it raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
