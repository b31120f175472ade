"""A durable item result with its curve in the lane's journal against a bare SQLite commit of the same bytes."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path

from benchmarks.machine import Spread, middle, ms, ratio
from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.app.lane_journal import StoreLaneJournal
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain.facts import ItemFinished
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.measurements import (
    Curve,
    Effort,
    InstrumentUsed,
    Origin,
    ServiceBrakeRun,
    StopReason,
)
from carcheck_desktop.domain.verdicts import Comparison, Confidence, ItemKind, Outcome, Quantity, VerdictCard
from carcheck_desktop.store import Opening, StoreWriter, open_store

ROUNDS = 3
GOAL = 3.0
SAMPLES = 1000
BARE, OURS, SYNCED = (
    "bare SQLite, synchronous=FULL, the same bytes",
    "**the lane's journal**",
    "write + fsync of the same bytes",
)
RECIPE = ("journal_mode=WAL", "synchronous=FULL")
HOW = """`StoreLaneJournal.record` awaited in an event loop: an `ItemFinished` with two verdict cards and its curve of 1000 samples
a side, sealed into the hash chain, a signed head, one transaction, fsync included, told to the feed. The peer is one
`INSERT` of the very same bytes (entry and curve) by the bare `sqlite3` module with the same pragmas on the same disk, and
below it the same bytes appended to a file with `fsync`. One of each, in an order drawn anew each time."""


def run(*, quick: bool) -> Result:
    """Commit in turn, three rounds."""
    count = 30 if quick else 400
    rounds = [measured(count, seed) for seed in range(ROUNDS)]
    rows = []
    for name in (SYNCED, BARE, OURS):
        p50, p99 = (middle([getattr(each[name], which) for each in rounds]) for which in ("p50", "p99"))
        rows.append([name, ms(p50), ms(p99), ratio(times(rounds, name, BARE)), ratio(times(rounds, name, SYNCED))])
    found = times(rounds, OURS, BARE)
    table = Table(("commit", "p50 ms", "p99 ms", "times bare SQLite", "times fsync"), rows)
    goal = Goal(
        f"durable item result with its curve: ≤ {GOAL:g} × a bare SQLite commit", f"{ratio(found)} ×", found <= GOAL
    )
    return Result("A durable item result (`durable`)", HOW, [table], [goal])


def times(rounds: list[dict[str, Spread]], name: str, peer: str) -> float:
    """Return how many times the peer's median it took, the median of the rounds."""
    return middle([each[name].p50 / each[peer].p50 for each in rounds])


def measured(count: int, seed: int) -> dict[str, Spread]:
    """Commit `count` results each way, in turn, on the disk that the repository is on."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(dir=_disk())))
        clock = SystemClock()
        key = SigningKey.load_or_create(folder / "lane.key")
        opening = Opening("5001009", "bench", True, "bench")
        store = open_store(folder / "lane.db", node="lane-1", key=key, clock=clock, blob_folder=None, opening=opening)
        held.callback(store.close)
        told: list[int] = []
        writer = StoreWriter(store, lambda facts: told.append(len(facts)))
        held.callback(writer.close)
        bare = held.enter_context(closing(_bare(folder / "bare.db")))
        file = os.open(folder / "bare.bin", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        held.callback(os.close, file)
        took = asyncio.run(_in_turn(StoreLaneJournal(store, writer), bare, file, count, random.Random(seed)))
        assert len(told) == 1 + WARM_UP + count
    return {name: Spread.of(each[WARM_UP:]) for name, each in took.items()}


WARM_UP = 5


async def _in_turn(
    journal: StoreLaneJournal, bare: sqlite3.Connection, file: int, count: int, dice: random.Random
) -> dict[str, list[float]]:
    """Do one of each in an order that changes, with everything made beforehand; then look whether it is all there."""
    took: dict[str, list[float]] = {SYNCED: [], BARE: [], OURS: []}
    blobs = [to_json(curve(dice)).encode() for _ in range(WARM_UP + count)]
    facts = [finished(number, digest_of(blob)) for number, blob in enumerate(blobs)]
    row, entries = to_json(await journal.record(finished(0, digest_of(b"")), "lane")), []
    for fact, blob in zip(facts, blobs, strict=True):
        for name in dice.sample(list(took), len(took)):
            if name == OURS:
                began_s = time.perf_counter()
                entries.append(await journal.record(fact, "lane", [blob]))
                took[OURS].append(time.perf_counter() - began_s)
            elif name == BARE:
                took[BARE].append(_timed(lambda blob=blob: _commit(bare, row, blob)))  # type: ignore[misc]
            else:
                took[SYNCED].append(_timed(lambda blob=blob: _append(file, row.encode() + blob)))  # type: ignore[misc]
    for entry, blob in zip(entries, blobs, strict=True):
        _require_same(journal, entry, blob)
    return took


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _require_same(journal: StoreLaneJournal, entry: Entry, blob: bytes) -> None:
    assert journal.of_node(entry.seq - 1, 1) == [entry]
    assert journal.blob(entry.blobs[0]) == blob


def _commit(bare: sqlite3.Connection, row: str, blob: bytes) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("INSERT INTO result (row, curve) VALUES (?, ?)", (row, blob))
    bare.execute("COMMIT")


def _append(file: int, content: bytes) -> None:
    os.write(file, content)
    os.fsync(file)


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in RECIPE:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE result (number INTEGER PRIMARY KEY, row TEXT NOT NULL, curve BLOB NOT NULL)")
    return connection


def _disk() -> Path:
    """Return a folder on a real disk: the place for temporary files is often in memory."""
    folder = ROOT / "benchmarks" / "build"
    folder.mkdir(exist_ok=True)
    return folder


def curve(dice: random.Random) -> Curve:
    """Return a curve as a bench gives it: run-up, drag, press, lock."""
    left, right = (tuple(_force(index, dice) for index in range(SAMPLES)) for _ in range(2))
    return Curve(10, left, right)


def _force(index: int, dice: random.Random) -> int:
    pressed = max(0, index - 400)
    return min(8 + pressed, 240) + dice.randrange(-2, 3)


def finished(number: int, digest: str) -> ItemFinished:
    """Return a finished service brake item as a lane records it."""
    card = VerdictCard(
        item="B1",
        quantity=Quantity.AXLE_BRAKE_RATE,
        rule="GB 38900-2020 6.8.1",
        edition="GB38900-2020",
        table_hash=digest,
        limit=Decimal(60),
        comparison=Comparison.AT_LEAST,
        exact=Decimal("73.912345678901"),
        rounded=Decimal("73.9"),
        unit="%",
        margin=Decimal("13.9"),
        outcome=Outcome.PASS,
        source="GB 38900-2020, table 3",
        confidence=Confidence.SOURCED,
        inputs={"left_max_daN": "240", "right_max_daN": "239", "left_kg": "331.5", "right_kg": "329.0"},
    )
    return ItemFinished(
        run_id=f"run-{number}",
        visit_id="visit-1",
        attempt_id="attempt-1",
        occupancy_id="occupancy-1",
        lane="1",
        item="B1",
        item_kind=ItemKind.SERVICE_BRAKE,
        axle=1,
        cards=(card, card),
        outcome=Outcome.PASS,
        origin=Origin.SIMULATOR,
        instruments=(InstrumentUsed("bench", "carcheck_roller_brake", "1.0", "/dev/ttyUSB0"),),
        effort=Effort(SAMPLES, 0, 4566, Decimal("13.7"), {"drag": Decimal("3.00"), "run_up": Decimal("1.00")}),
        service_brake=ServiceBrakeRun(
            axle=1,
            left_kg=Decimal("331.5"),
            right_kg=Decimal("329.0"),
            drag_left_daN=Decimal("8.1"),
            drag_right_daN=Decimal("7.9"),
            press_index=400,
            stop_reason=StopReason.BOTH_LOCKED,
            curve_digest=digest,
        ),
    )
