"""What the lane's door remembers of commands has an end, and commands sent twice at once are done once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.domain.commands import Envelope, Reply, StartAttempt
from carcheck_desktop.lanes import door as module
from carcheck_desktop.lanes.door import LaneDoor


def envelope(number: int, clock: VirtualClock) -> Envelope:
    now = clock.now()
    return Envelope(f"command-{number}", None, "pc-1", now, now + timedelta(seconds=5), StartAttempt("9", "visit-1"))


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> LaneDoor:
    """A door without lanes that remembers four commands."""
    monkeypatch.setattr(module, "REMEMBERED", 4)
    return LaneDoor({}, VirtualClock(), lambda: "")


def test_a_door_does_not_grow_with_every_command_of_its_life(door: LaneDoor) -> None:
    async def scene() -> None:
        for number in range(50):
            await door.execute(envelope(number, VirtualClock()))

    asyncio.run(scene())
    assert list(door._replies) == [f"command-{number}" for number in range(46, 50)]


def test_the_same_command_twice_at_once_gets_one_reply(door: LaneDoor) -> None:
    async def scene() -> list[Reply]:
        sent = envelope(1, VirtualClock())
        return await asyncio.gather(*(door.execute(sent) for _ in range(3)))

    first, *others = asyncio.run(scene())
    assert all(reply is first for reply in others)
    assert first.refusal is not None
    assert first.refusal.params["lane"] == "9"


def test_one_who_hangs_up_does_not_take_the_reply_from_the_next(door: LaneDoor) -> None:
    async def scene() -> Reply:
        sent = envelope(1, VirtualClock())
        impatient = asyncio.ensure_future(door.execute(sent))
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
        return await door.execute(sent)

    assert not asyncio.run(scene()).accepted
