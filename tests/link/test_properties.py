"""What the link promises for every order of events: nothing lost, nothing twice, whatever is sent again or late."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.domain.facts import SignedOut
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.live import LiveCurve, LiveReading, LiveSamples, merged
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.link.client.events import FactArrived
from carcheck_desktop.link.client.following import Follower, GapError, Known
from carcheck_desktop.link.client.pauses import LONGEST_S, SHORTEST_S, Pauses
from carcheck_desktop.link.client.shipping import BATCH_CHARS, _one_request
from carcheck_desktop.link.server.chunks import ChunkedBlobs
from carcheck_desktop.link.server.ring import FactRing
from carcheck_desktop.link.server.samples import DEPTH, SampleFan
from carcheck_desktop.link.wire import FEED_BATCH, decode_facts, decode_samples
from tests.link.fakes import NOW, MemoryBlobs

in_tmp = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def entry(node: str, seq: int, length: int = 3) -> Entry:
    fact = SignedOut("s", "x" * length)
    return seal(fact, node=node, seq=seq, at=NOW, actor="li", blobs=(), previous=ZERO_HASH)


# -- the reader ------------------------------------------------------------------------------------


class Reader:
    """A follower that is handed facts directly, and what its window hears."""

    def __init__(self) -> None:
        self.box: Mailbox[Any, Any] = Mailbox()
        client = LinkClient("http://127.0.0.1:9", node="n", clock=SystemClock())
        self.follower = Follower(client, self.box, clock=SystemClock())
        self.known = Known("e", 0, {})

    def take(self, node: str, seq: int, pos: int) -> bool:
        """Take a fact; False where only a new snapshot helps."""
        try:
            self.follower._take(self.known, pos, entry(node, seq))
        except GapError:
            return False
        return True

    def heard(self) -> list[tuple[str, int]]:
        events, _ = self.box.drain()
        return [(event.entry.node, event.entry.seq) for event in events if isinstance(event, FactArrived)]


@given(st.lists(st.tuples(st.sampled_from(("service", "lane-1")), st.integers(1, 6)), max_size=40))
def test_a_window_hears_each_nodes_facts_in_order_without_gap_or_double_whatever_arrives(
    arriving: list[tuple[str, int]],
) -> None:
    reader = Reader()
    expected: list[tuple[str, int]] = []
    heads: dict[str, int] = {}
    for pos, (node, seq) in enumerate(arriving, 1):
        head = heads.get(node, 0)
        assert reader.take(node, seq, pos) == (seq <= head + 1)
        if seq == head + 1:
            heads[node] = seq
            expected.append((node, seq))
    assert reader.heard() == expected
    assert reader.known.heads == heads


@given(st.lists(st.integers(1, 50), min_size=1))
def test_the_place_to_go_on_from_never_goes_back(places: list[int]) -> None:
    reader = Reader()
    for seq, pos in enumerate(places, 1):
        reader.take("service", seq, pos)
    assert reader.known.pos == max(places)


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_pauses_grow_to_their_limit_and_begin_small_after_a_success(successes: list[bool]) -> None:
    pauses, tries = Pauses(), 0
    for is_success in successes:
        if is_success:
            pauses.reset()
            tries = 0
        expected_s = min(LONGEST_S, SHORTEST_S * 2**tries)
        assert 0.7 * expected_s <= pauses.next() <= expected_s
        tries += 1


# -- the ring --------------------------------------------------------------------------------------


class Stored:
    """A journal whose places are exactly 1 … n."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    def backlog(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:
        return list(enumerate(self.entries, 1))[position : position + limit]


@settings(max_examples=60)
@given(
    st.integers(1, 150), st.integers(1, 40), st.lists(st.integers(1, 12), max_size=30), st.integers(0, 160),
    st.sets(st.integers(0, 29)),
)  # fmt: skip
def test_from_any_place_a_client_reads_on_to_the_end_without_a_hole(
    stored: int, size: int, batches: list[int], start: int, unheard: set[int]
) -> None:
    """Some commits are never published, as when a ring is made while a writer is at work."""
    ring = FactRing(feed := Stored([entry("n", seq) for seq in range(1, stored + 1)]), size=size)
    for number, count in enumerate(batches):
        before = len(feed.entries)
        feed.entries += [entry("n", before + more) for more in range(1, count + 1)]
        if number not in unheard:
            ring.publish(list(enumerate(feed.entries, 1))[before:])

    async def read() -> list[int]:
        found: list[int] = []
        pos = start
        while batch := await ring.after(pos):
            assert len(batch) <= FEED_BATCH
            decoded = [fact for _, text in batch for fact in decode_facts(f"[{text}]")]
            assert [place for place, _ in decoded] == [place for place, _ in batch]
            found += [each.seq for _, each in decoded]
            pos = batch[-1][0]
        return found

    heard = [number for number in range(len(batches)) if number not in unheard]
    reaches_end = not batches or not heard or heard[-1] == len(batches) - 1
    found = asyncio.run(read())
    assert found == list(range(start + 1, start + 1 + len(found)))
    if reaches_end:
        assert found == list(range(start + 1, len(feed.entries) + 1))


@given(st.lists(st.integers(1, BATCH_CHARS // 2), max_size=6))
@settings(max_examples=25)
def test_a_request_holds_at_least_one_entry_and_the_first_ones_in_order(lengths: list[int]) -> None:
    entries = [replace(entry("n", seq), payload="x" * length) for seq, length in enumerate(lengths, 1)]
    chosen = _one_request(entries)
    assert chosen == entries[: len(chosen)]
    assert bool(chosen) == bool(entries)
    assert len(chosen) <= 1 or sum(len(each.payload) for each in chosen) <= BATCH_CHARS


# -- blobs -----------------------------------------------------------------------------------------


@in_tmp
@given(st.binary(min_size=1, max_size=200), st.data())
def test_pieces_in_whatever_order_sent_again_or_cut_make_the_blob_or_nothing(
    tmp_path: Path, content: bytes, data: st.DataObject
) -> None:
    store = MemoryBlobs()
    blobs, digest = ChunkedBlobs(store, tmp_path), digest_of(content)
    for _ in range(data.draw(st.integers(0, 12))):
        offset = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(offset, len(content)))
        state = blobs.append(digest, offset, len(content), content[offset:end])
        assert 0 <= state.have <= len(content)
        assert state.done == (digest in store.kept)
        if data.draw(st.booleans()):
            blobs = ChunkedBlobs(store, tmp_path)
    while not (state := blobs.state(digest)).done:
        blobs.append(digest, state.have, len(content), content[state.have : state.have + 50])
    assert store.kept == {digest: content}
    assert list(tmp_path.iterdir()) == []


@in_tmp
@given(st.binary(min_size=2, max_size=64), st.integers(0, 63), st.integers(1, 255))
def test_a_blob_that_was_changed_on_its_way_is_refused_and_can_be_sent_again(
    tmp_path: Path, content: bytes, where: int, change: int
) -> None:
    store = MemoryBlobs()
    blobs, digest = ChunkedBlobs(store, tmp_path), digest_of(content)
    damaged = bytearray(content)
    damaged[where % len(content)] ^= change
    with pytest.raises(DataError) as caught:
        blobs.append(digest, 0, len(content), bytes(damaged))
    assert caught.value.code == "link.blob.wrong_digest"
    assert (store.kept, blobs.state(digest).have) == ({}, 0)
    assert blobs.append(digest, 0, len(content), content).done


@pytest.mark.parametrize(("offset", "total", "length"), [(0, 3, 4), (3, 3, 1), (0, 64 * 1024 * 1024 + 1, 1)])
def test_sizes_that_cannot_be_are_refused_before_anything_is_written(
    tmp_path: Path, offset: int, total: int, length: int
) -> None:
    blobs = ChunkedBlobs(MemoryBlobs(), tmp_path)
    with pytest.raises(DataError) as caught:
        blobs.append("ab" * 32, offset, total, b"x" * length)
    assert caught.value.code == "link.blob.wrong_size"
    assert list(tmp_path.iterdir()) == []


# -- live samples ----------------------------------------------------------------------------------


def live(first: int, *forces_daN: int, run: str = "run-1", at_s: float = 0.0) -> LiveSamples:
    right = tuple(-force for force in forces_daN)
    reading = LiveReading("scale", "left_kg", at_s, "kg", "good", Origin.SIMULATOR)
    return LiveSamples("1", at_s, LiveCurve("B1", run, first, 10, forces_daN, right), (reading,))


@given(st.lists(st.integers(1, 20), min_size=1, max_size=10))
def test_a_window_that_missed_messages_draws_the_whole_curve(lengths: list[int]) -> None:
    samples = list(range(sum(lengths)))
    starts = [0, *itertools.accumulate(lengths)]
    parts = [live(start + 1, *samples[start:end], at_s=float(start)) for start, end in itertools.pairwise(starts)]
    whole = parts[0]
    for part in parts[1:]:
        whole = merged(whole, part)
    assert whole.curve is not None
    assert (whole.curve.first, whole.curve.left_daN) == (1, tuple(samples))
    assert whole.curve.right_daN == tuple(-force for force in samples)
    assert (whole.at_s, whole.readings) == (parts[-1].at_s, parts[-1].readings)


@pytest.mark.parametrize("newer", [live(9, 1, 2), live(2, 5), live(4, 5, run="run-2")])
def test_a_hole_or_another_run_is_never_drawn_as_one_curve(newer: LiveSamples) -> None:
    assert merged(live(1, 1, 2, 3), newer) == newer


@given(st.integers(0, 30))
def test_a_slow_client_finds_the_newest_ticks_in_order_and_no_more_than_fit(ticks: int) -> None:
    async def scene() -> list[float]:
        fan = SampleFan()
        fan.attach(asyncio.get_running_loop())
        event = asyncio.Event()
        with fan.subscribed(event) as box:
            for tick in range(ticks):
                fan.publish([LiveSamples("1", float(tick))])
            await asyncio.sleep(0)
            assert event.is_set() == (ticks > 0)
            return [decode_samples(message)[0].at_s for message in box.messages]

    assert asyncio.run(scene()) == [float(tick) for tick in range(max(0, ticks - DEPTH), ticks)]


def test_after_the_server_has_ended_samples_cost_nothing_and_hurt_nobody() -> None:
    async def scene() -> int:
        fan = SampleFan()
        fan.attach(asyncio.get_running_loop())
        with fan.subscribed(asyncio.Event()) as box:
            fan.detach()
            fan.publish([LiveSamples("1", 0.0)])
            await asyncio.sleep(0)
            return len(box.messages)

    assert asyncio.run(scene()) == 0
