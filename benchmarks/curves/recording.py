"""The near end: four lines in one process, one event loop that fetches every curve as a lane's step does."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.curves.world import LONGEST_TEST_S, configs
from benchmarks.machine import Spread, ms
from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.devices.api import DeviceError, Side
from carcheck_desktop.devices.machinery.handles import BrakeTesterHandle
from carcheck_desktop.devices.machinery.registry import Instruments, Surroundings
from carcheck_desktop.lanes.steps.curve_recorder import CurveRecorder

LANES, PER_SECOND = 4, 100
FETCH_S = 0.15
WHOLE_S, QUICK_S = 600.0, 30.0
READY_S = 20.0
RATE_TOLERANCE = 0.01
START_WORLD = "import sys; from benchmarks.curves.world import main; main(sys.argv[1:])"
HOW = """Four roller brake testers on four pseudo-terminals in one process, their far ends in another, both directions paced at
115200 baud, speed 1. One event loop fetches blocks from four rings every {fetch:.0f} ms through the awaited handles, keep-alives
and wire logs on, in tests of {test} s one after the other, for {minutes:g} minutes. A sample is lost when its number never came; a
block's latency is from asking to having it, {per_block:.0f} samples at the median."""

BROKEN = """Broken off: a bench was silent for twice its 200 ms, which on this machine is the far end not being scheduled. A lane
  voids such an item, says why, and repeats it; what was recorded until then is counted above."""


@dataclass
class Kept:
    """What one lane recorded."""

    expected: int = 0
    samples: int = 0
    lost: int = 0
    tests: int = 0
    broken: list[str] = field(default_factory=list)
    turning_s: float = 0.0
    numbered: int = 0
    latencies_s: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Samples a second as the bench numbered them, by the clock of this process."""
        return self.numbered / self.turning_s if self.turning_s else 0.0

    def count(self, recorder: CurveRecorder, seen: Sequence[tuple[float, int]]) -> None:
        """Take in one test: what was recorded, and when which number was the newest."""
        curve = recorder.curve()
        self.tests += 1
        self.expected += recorder.newest
        self.lost += len(curve.lost)
        self.samples += len(curve.left_daN) - len(curve.lost)
        if seen:
            self.turning_s += seen[-1][0] - seen[0][0]
            self.numbered += seen[-1][1] - seen[0][1]


def run(*, quick: bool) -> Result:
    """Record for ten minutes, 30 seconds in the short form."""
    duration_s = QUICK_S if quick else WHOLE_S
    with tempfile.TemporaryDirectory() as folder:
        ports = [str(Path(folder) / f"bench-{number}") for number in range(1, LANES + 1)]
        with _far_ends(ports) as far:
            began_s, cpu_s = time.monotonic(), time.process_time()
            kept = asyncio.run(_record_all(ports, Path(folder), duration_s))
            wall_s, near_cpu_s = time.monotonic() - began_s, time.process_time() - cpu_s
        far_cpu_s = far[0]
    return _told(kept, duration_s, near_cpu_s / wall_s, far_cpu_s / wall_s)


def _told(kept: Sequence[Kept], duration_s: float, near_cpu: float, far_cpu: float) -> Result:
    rows = []
    for number, lane in enumerate(kept, start=1):
        spread = Spread.of(lane.latencies_s)
        rows.append(
            [str(number), str(lane.tests), str(len(lane.broken)), str(lane.samples), str(lane.lost), f"{lane.per_second:.2f}",
             str(len(lane.latencies_s)), ms(spread.p50), ms(spread.p99), ms(spread.sorted_s[-1])]
        )  # fmt: skip
    columns = (
        "lane",
        "tests",
        "broken off",
        "samples",
        "lost",
        "a second",
        "blocks",
        "latency p50 ms",
        "p99 ms",
        "worst ms",
    )
    cpu = Table(
        ("processor time, one core = 100 %", ""),
        [["four lanes: lines, loop, wire logs", f"{near_cpu:.1%}"], ["four simulated benches", f"{far_cpu:.1%}"]],
    )
    lost, expected = sum(lane.lost for lane in kept), sum(lane.expected for lane in kept)
    samples = sum(lane.samples for lane in kept)
    rate_is_right = all(abs(lane.per_second / PER_SECOND - 1) <= RATE_TOLERANCE for lane in kept)
    broken = [error for lane in kept for error in lane.broken]
    goals = [
        Goal("samples lost by their numbers: 0", f"{lost} of {expected}", lost == 0 and samples == expected),
        Goal("100 samples a second and side, within 1 %", "yes" if rate_is_right else "no", rate_is_right),
    ]
    sizes = sorted(size for lane in kept for size in lane.sizes)
    how = HOW.format(
        fetch=FETCH_S * 1000, test=LONGEST_TEST_S, minutes=duration_s / 60, per_block=sizes[len(sizes) // 2]
    )
    return Result(
        "Four lanes of 100 Hz curves (`curves`)",
        how,
        [Table(columns, rows), cpu],
        goals,
        [*([BROKEN] if broken else []), *broken[:10]],
    )


@contextmanager
def _far_ends(ports: Sequence[str]) -> Iterator[list[float]]:
    """Run the benches; the list holds their processor seconds after the context."""
    command = [sys.executable, "-c", START_WORLD, *ports]
    cpu: list[float] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == "ready"
            yield cpu
        finally:
            process.send_signal(signal.SIGTERM)
            cpu.append(float(process.stdout.readline() or "nan"))


async def _record_all(ports: Sequence[str], folder: Path, duration_s: float) -> list[Kept]:
    around = Surroundings(True, lambda _: None, lambda: datetime.now(UTC), folder / "wire")
    instruments = Instruments(configs(ports), around)
    instruments.start()
    try:
        benches = list(instruments.brake_testers.values())
        until_s = time.monotonic() + duration_s
        return list(await asyncio.gather(*(_record(bench, until_s) for bench in benches)))
    finally:
        instruments.close()


async def _record(bench: BrakeTesterHandle, until_s: float) -> Kept:
    kept = Kept()
    await _ready(bench)
    while time.monotonic() < until_s:
        try:
            async with bench.rolling():
                await bench.start(Side.LEFT)
                await bench.start(Side.RIGHT)
                await _one_test(bench, kept, until_s)
        except DeviceError as error:
            shown = {
                key: value for key, value in error.problem.params.items() if key != "port"
            }  # a path of this machine
            kept.broken.append(f"{error.code}: {shown}")
            await asyncio.sleep(1.0)
    return kept


async def _ready(bench: BrakeTesterHandle) -> None:
    """Wait for the bench to be identified, and lower its lift."""
    for _ in range(int(READY_S / FETCH_S)):
        await asyncio.sleep(FETCH_S)
        if bench.attachment.is_attached:
            break
    await bench.lift(up=False)
    for _ in range(int(READY_S / FETCH_S)):
        await asyncio.sleep(FETCH_S)
        if not (await bench.status()).lift_up:
            break


async def _one_test(bench: BrakeTesterHandle, kept: Kept, until_s: float) -> None:
    """Fetch until the bench ends the test or the time is over; what was recorded counts whatever ends it."""
    recorder = CurveRecorder(bench.abilities.interval_ms)
    seen: list[tuple[float, int]] = []
    try:
        while True:
            asked_s = time.monotonic()
            block = await bench.fetch_curve(recorder.newest)
            came_s = time.monotonic()
            recorder.add(block)
            if block.left_daN:
                kept.latencies_s.append(came_s - asked_s)
                kept.sizes.append(len(block.left_daN))
            if block.ended or asked_s >= until_s:
                break
            if block.newest:
                seen.append((came_s, block.newest))
            if recorder.newest >= block.newest:
                await asyncio.sleep(max(0.0, asked_s + FETCH_S - time.monotonic()))
    finally:
        kept.count(recorder, seen)
