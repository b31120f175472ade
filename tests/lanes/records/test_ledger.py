"""A lane's facts: durable before they are shown, in order, and finished even when the asker is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.views import AttemptState, ItemState, LaneView
from carcheck_desktop.lanes.records.ending import MOST_OWED, Endings
from carcheck_desktop.lanes.records.ledger import Ledger
from tests.domain.samples import SAMPLES

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
REASON = Problem("devices.no_reply", {"device": "bench"})


class SlowDisk:
    """A journal whose disk takes its time, or is full; `gate` lets one write after another through."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.stored: list[Entry] = []
        self.full = False

    async def record(self, fact: f.Fact, actor: str, blobs: Sequence[bytes] = ()) -> Entry:
        await self.gate.wait()
        await asyncio.sleep(0)
        if self.full:
            raise StorageError("store.disk.full", path="/", free_bytes=0, detail="ENOSPC")
        entry = seal(fact, node="lane-1", seq=len(self.stored) + 1, at=AT, actor=actor, blobs=(), previous=ZERO_HASH)
        self.stored.append(entry)
        return entry

    async def newest(self, limit: int) -> Sequence[Entry]:
        return self.stored[-limit:]

    def free_bytes(self) -> int | None:
        return None

    @property
    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.stored]


def sample(kind: type[f.Fact]) -> f.Fact:
    return next(each for each in SAMPLES if type(each) is kind)


def stopped(actor: str = "li") -> f.LaneStopped:
    return f.LaneStopped("1", "pc-1", Message("lanes.stop.commanded", {"actor": actor, "node": "pc-1"}))


async def made(*facts: f.Fact) -> tuple[SlowDisk, Ledger, Endings]:
    disk = SlowDisk()
    ledger = Ledger(disk, LaneView("1", "lane-1"))
    for fact in facts:
        await ledger.record(fact, "li")
    return disk, ledger, Endings(ledger, "1")


async def running() -> tuple[SlowDisk, Ledger, Endings]:
    """Return the books of a lane whose item B1 runs."""
    return await made(sample(f.AttemptStarted), sample(f.ItemStarted))


def test_nothing_is_shown_before_it_is_stored() -> None:
    async def scene() -> None:
        disk, ledger, _ = await made()
        disk.gate.clear()
        asking = asyncio.create_task(ledger.record(stopped(), "li"))
        await asyncio.sleep(0.01)
        assert not ledger.view.stopped
        disk.gate.set()
        await asking
        assert ledger.view.stopped

    asyncio.run(scene())


def test_a_write_that_was_begun_is_finished_when_its_asker_is_cancelled() -> None:
    async def scene() -> None:
        disk, ledger, _ = await made()
        disk.gate.clear()
        asking = asyncio.create_task(ledger.record(stopped(), "li"))
        await asyncio.sleep(0.01)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        disk.gate.set()
        await ledger.settle()
        assert ledger.view.stopped
        assert disk.kinds == ["lane_stopped"]

    asyncio.run(scene())


def test_facts_are_stored_in_the_order_they_were_handed_in() -> None:
    async def scene() -> None:
        disk, ledger, _ = await made()
        facts = [f.StopReleased("1") if number % 3 else stopped() for number in range(20)]
        disk.gate.clear()
        asking = [asyncio.create_task(ledger.record(fact, str(number))) for number, fact in enumerate(facts)]
        await asyncio.sleep(0)
        disk.gate.set()
        await asyncio.gather(*asking)
        assert [entry.actor for entry in disk.stored] == [str(number) for number in range(20)]

    asyncio.run(scene())


def test_what_the_disk_refuses_is_told_to_the_asker_and_never_shown() -> None:
    async def scene() -> None:
        disk, ledger, _ = await made()
        disk.full = True
        with pytest.raises(StorageError):
            await ledger.record(stopped(), "li")
        assert not ledger.view.stopped
        disk.full = False
        await ledger.record(stopped(), "li")
        assert ledger.view.stopped

    asyncio.run(scene())


def test_while_somebody_looks_at_both_nothing_is_written_between() -> None:
    async def scene() -> None:
        disk, ledger, _ = await made()
        async with ledger.at_rest():
            asking = asyncio.create_task(ledger.record(stopped(), "li"))
            await asyncio.sleep(0.01)
            assert (disk.stored, ledger.view.stopped) == ([], False)
        await asking
        assert (disk.kinds, ledger.view.stopped) == (["lane_stopped"], True)

    asyncio.run(scene())


def test_an_interruption_voids_the_running_item_before_the_attempt_waits() -> None:
    async def scene() -> None:
        disk, ledger, endings = await running()
        await endings.interrupt(REASON, "li")
        assert disk.kinds[-2:] == ["item_voided", "attempt_interrupted"]
        attempt = ledger.view.attempt
        assert attempt is not None
        assert (attempt.state, attempt.problem) == (AttemptState.INTERRUPTED, REASON)
        await endings.interrupt(REASON, "li")
        assert disk.kinds.count("attempt_interrupted") == 1

    asyncio.run(scene())


def test_without_an_open_attempt_nothing_is_interrupted() -> None:
    async def scene() -> None:
        disk, _, endings = await made(sample(f.AttemptStarted), sample(f.AttemptEnded))
        before = list(disk.kinds)
        await endings.interrupt(REASON, "li")
        await endings.void_running(REASON, "li", will_repeat=True)
        assert disk.kinds == before
        assert endings.unrecorded is None

    asyncio.run(scene())


def test_an_interruption_on_a_full_disk_is_shown_at_once_and_written_when_there_is_room() -> None:
    async def scene() -> None:
        disk, ledger, endings = await running()
        disk.full = True
        await endings.interrupt(REASON, "li")
        shown = endings.view.attempt
        assert shown is not None
        assert (shown.state, shown.problem) == (AttemptState.INTERRUPTED, REASON)
        assert [item.state for item in shown.items if item.item == "B1"] == [ItemState.VOID]
        assert endings.view.running_item is None
        assert ledger.view.running_item == "B1"
        disk.full = False
        await endings.catch_up("wang")
        assert disk.kinds[-2:] == ["item_voided", "attempt_interrupted"]
        assert endings.unrecorded is None
        assert endings.view == ledger.view

    asyncio.run(scene())


def test_who_stopped_a_lane_on_a_full_disk_is_written_down_when_there_is_room_in_order() -> None:
    async def scene() -> None:
        disk, _, endings = await made()
        disk.full = True
        for actor in ("li", "wang"):
            await endings.note(stopped(actor), actor)
        await endings.note(f.DeviceLost("1", "bench", "BrakeTester", "d", "COM3", REASON), "lane-1")
        assert disk.stored == []
        disk.full = False
        await endings.note(f.StopReleased("1"), "zhao")
        assert [(entry.kind, entry.actor) for entry in disk.stored] == [
            ("lane_stopped", "li"), ("lane_stopped", "wang"), ("stop_released", "zhao"),
        ]  # fmt: skip

    asyncio.run(scene())


def test_what_is_owed_is_paid_once_however_many_ask_at_the_same_time() -> None:
    async def scene() -> None:
        disk, _, endings = await made()
        disk.full = True
        await endings.note(stopped(), "li")
        disk.full = False
        await asyncio.gather(*(endings.pay() for _ in range(5)))
        assert disk.kinds == ["lane_stopped"]

    asyncio.run(scene())


def test_a_disk_that_fills_up_again_leaves_the_rest_owed() -> None:
    async def scene() -> None:
        disk, _, endings = await made()
        disk.full = True
        await endings.note(stopped(), "li")
        with pytest.raises(StorageError):
            await endings.pay()
        disk.full = False
        await endings.pay()
        assert disk.kinds == ["lane_stopped"]

    asyncio.run(scene())


def test_memory_for_what_is_owed_has_an_end() -> None:
    async def scene() -> None:
        disk, _, endings = await made()
        disk.full = True
        for number in range(MOST_OWED + 5):
            await endings.note(stopped(), str(number))
        disk.full = False
        await endings.pay()
        assert [entry.actor for entry in disk.stored] == [str(number) for number in range(5, MOST_OWED + 5)]

    asyncio.run(scene())
