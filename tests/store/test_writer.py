"""The writer: one after the other, told after the commit, alive after every error, closed cleanly."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.domain.facts import StopReleased
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.ports import UnitOfWork, Writer
from carcheck_desktop.store import SqlStore, StoreWriter
from tests.store.conftest import Database


class Heard:
    """What `on_commit` was told, checked against what a reader sees at that moment."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.places: list[int] = []
        self.is_behind = False

    def __call__(self, added: list[tuple[int, Entry]]) -> None:
        self.places.extend(place for place, _ in added)
        with self.store.read() as unit:
            self.is_behind |= unit.journal.position() < added[-1][0]


@pytest.fixture
def store(database: Database) -> SqlStore:
    return database.open()


@pytest.fixture
def heard(store: SqlStore) -> Heard:
    return Heard(store)


@pytest.fixture
def writer(store: SqlStore, heard: Heard) -> Iterator[StoreWriter]:
    made = StoreWriter(store, heard)
    yield made
    made.close()


def stop_released(unit: UnitOfWork) -> Entry:
    return unit.journal.append(StopReleased("1"), actor="王强")


def test_it_is_what_the_other_rooms_ask_for(writer: StoreWriter) -> None:
    asked_for: Writer = writer
    assert asked_for.call(lambda unit: unit.epoch).startswith("epoch-")


def test_many_threads_hand_in_work_and_none_is_lost_or_doubled(
    writer: StoreWriter, store: SqlStore, heard: Heard, database: Database
) -> None:
    numbers: list[int] = []

    def work() -> None:
        numbers.extend(writer.call(stop_released).seq for _ in range(25))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(2, 152))
    assert heard.places == list(range(2, 152))
    assert not heard.is_behind
    assert database.verify().entries == 151


def test_a_loop_awaits_and_is_not_held_up(writer: StoreWriter) -> None:
    async def many() -> list[int]:
        entries = await asyncio.gather(*(writer.acall(stop_released) for _ in range(30)))
        return [entry.seq for entry in entries]

    assert asyncio.run(many()) == list(range(2, 32))


def test_an_error_goes_to_who_handed_the_work_in_and_leaves_nothing(
    writer: StoreWriter, store: SqlStore, heard: Heard
) -> None:
    def fails(unit: UnitOfWork) -> None:
        stop_released(unit)
        raise DataError("store.blobs.no_digest", digest="x")

    async def awaited() -> None:
        await writer.acall(fails)

    with pytest.raises(DataError):
        writer.call(fails)
    with pytest.raises(DataError):
        asyncio.run(awaited())
    assert writer.call(stop_released).seq == 2
    assert heard.places == [2]


def test_work_that_only_reads_is_not_announced(writer: StoreWriter, heard: Heard) -> None:
    assert writer.call(lambda unit: unit.journal.position()) == 1
    assert heard.places == []


def test_what_was_committed_without_the_writer_is_announced_with_the_next(
    writer: StoreWriter, store: SqlStore, heard: Heard
) -> None:
    with store.begin() as unit:
        stop_released(unit)
        stop_released(unit)
    writer.call(stop_released)
    assert heard.places == [2, 3, 4]


def test_a_listener_that_fails_is_logged_and_neither_undoes_the_commit_nor_ends_the_thread(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: list[tuple[int, Entry]]) -> None:
        raise RuntimeError("the loop is closed")

    writer = StoreWriter(store, fails)
    try:
        assert writer.call(stop_released).seq == 2
        assert writer.call(stop_released).seq == 3
    finally:
        writer.close()
    assert "the loop is closed" in caplog.text


def test_closing_finishes_what_was_handed_in_and_refuses_the_rest(store: SqlStore) -> None:
    writer = StoreWriter(store)
    gate = threading.Event()
    started = threading.Event()

    def slow(unit: UnitOfWork) -> None:
        started.set()
        assert gate.wait(5)

    first = writer._hand_in(slow)
    jobs = [writer._hand_in(stop_released) for _ in range(5)]
    assert started.wait(5)
    closing = threading.Thread(target=writer.close)
    closing.start()
    gate.set()
    closing.join(5)
    assert first.done()
    assert [job.result(0).seq for job in jobs] == [2, 3, 4, 5, 6]
    with pytest.raises(StorageError) as refused:
        writer.call(stop_released)
    assert refused.value.code == "store.writer.closed"
    writer.close()


def test_work_not_begun_in_time_is_not_done_later(store: SqlStore) -> None:
    writer = StoreWriter(store)
    gate = threading.Event()
    first = writer._hand_in(lambda unit: gate.wait(5))
    try:
        with pytest.raises(StorageError) as late:
            writer.call(stop_released, timeout_s=0.05)
        assert late.value.problem.params["begun"] == "False"
    finally:
        gate.set()
        assert first.result(5)
        writer.close()
    with store.read() as unit:
        assert unit.journal.position() == 1


def test_a_unit_of_work_inside_another_is_a_mistake_said_at_once(store: SqlStore) -> None:
    with store.begin(), pytest.raises(RuntimeError):
        store.begin().__enter__()


def test_two_threads_without_a_writer_do_not_mix_their_units_of_work(store: SqlStore, database: Database) -> None:
    def work() -> None:
        for _ in range(20):
            with store.begin() as unit:
                before = unit.journal.position()
                time.sleep(0)
                assert stop_released(unit).seq == before + 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.verify().entries == 81
    assert database.verify().is_whole
