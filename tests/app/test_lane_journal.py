"""A lane's own journal on its own file: durable when announced, read in order, whole after a restart."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from carcheck_desktop.app.lane_journal import StoreLaneJournal
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.journal import hash_of
from carcheck_desktop.store.opening import Opening, open_store
from carcheck_desktop.store.writer import StoreWriter

KEY = SigningKey.generate()


@contextmanager
def opened(path: Path) -> Iterator[StoreLaneJournal]:
    """Open the journal as a lane process does."""
    store = open_store(
        path, node="lane-1", key=KEY, clock=VirtualClock(), blob_folder=None, opening=Opening("1", "站", True, "test")
    )
    writer = StoreWriter(store)
    try:
        yield StoreLaneJournal(store, writer)
    finally:
        writer.close()
        store.close()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[StoreLaneJournal]:
    with opened(tmp_path / "journal.db") as found:
        yield found


def test_what_is_recorded_is_there_after_a_restart_with_its_curve(tmp_path: Path) -> None:
    path, curve = tmp_path / "journal.db", b'{"interval_ms":10}'
    with opened(path) as journal:
        entry = asyncio.run(journal.record(f.StopReleased("1"), "li", [curve]))
    with opened(path) as journal:
        found = asyncio.run(journal.newest(10))
        assert found[-1] == entry
        assert entry.blobs == (digest_of(curve),)
        assert journal.blob(digest_of(curve)) == curve


def test_a_curve_that_is_not_here_is_said_not_to_be_here(journal: StoreLaneJournal) -> None:
    assert journal.blob("0" * 64) is None


@pytest.mark.parametrize("count", [18, 19, 20, 41])
def test_the_newest_entries_are_read_in_order(journal: StoreLaneJournal, count: int) -> None:
    async def write() -> None:
        await asyncio.gather(*(journal.record(f.StopReleased(str(number)), "li") for number in range(count)))

    asyncio.run(write())
    entries = asyncio.run(journal.newest(20))
    assert [entry.seq for entry in entries] == list(range(1, count + 2))[-20:]
    assert all(entry.previous_hash == before.hash for before, entry in itertools.pairwise(entries))
    assert all(hash_of(entry) == entry.hash for entry in entries)


def test_the_shipper_goes_on_where_it_stopped(journal: StoreLaneJournal) -> None:
    for number in range(5):
        asyncio.run(journal.record(f.StopReleased(str(number)), "li"))
    assert [entry.seq for entry in journal.of_node(2, 3)] == [3, 4, 5]
    assert journal.of_node(6, 3) == []


def test_heads_and_place_are_of_one_moment(journal: StoreLaneJournal) -> None:
    epoch, pos, heads = journal.heads()
    asyncio.run(journal.record(f.StopReleased("1"), "li"))
    assert journal.heads() == (epoch, pos + 1, {"lane-1": heads["lane-1"] + 1})
    assert journal.node == "lane-1"


def test_free_room_is_known_before_an_item_is_begun(journal: StoreLaneJournal) -> None:
    free = journal.free_bytes()
    assert free is not None
    assert free > 0
