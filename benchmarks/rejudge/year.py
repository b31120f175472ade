"""The measuring: each inspection read from its stored JSON and judged by the functions that lanes and desk use."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import ratio
from benchmarks.rejudge.stored import ON, Inspection, stored
from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.base.data import from_json
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome, VerdictCard, worst
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.standards.loading.edition import Edition, parse
from carcheck_desktop.standards.verdicts import Measured, conclude, judge_parking, judge_service_brake

COUNT = 500_000
QUICK = 400
DISTINCT = 250
"""Different inspections; each is read and judged anew every time it comes round."""
CHUNK = 10
GROWTH = 1.05
MINUTES = 60
TABLES = ROOT / "resources" / "standards"
READ, JUDGED, FLOATS = (
    "read from the stored JSON (curves, seconds, vehicle)",
    "**judged again**: four items, eleven cards, the conclusion",
    "the bare formulas in binary floats: no limits, no cards, no doubts, no conclusion",
)
HOW = f"""{COUNT} stored inspections of cars with petrol engines, a city's year, in one process on one core: two axles on the rollers with their
curves of 460 samples a side, the lever, two-speed idle with its 140 seconds. Each is parsed from its stored JSON and judged
by the very functions that judge in the lane and conclude at the desk, in exact fractions; {DISTINCT} different ones come round in turn. Times are those of the processor, so
that other programs do not count. The peer is what a program without limits, verdict cards and exact arithmetic would do with the same curves."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the year came to: seconds of each part, outcomes, resident memory at a tenth and at the end."""

    seconds: dict[str, float]
    outcomes: Counter[Outcome]
    early_mb: float
    late_mb: float


def run(*, quick: bool) -> Result:
    """Judge a year, or in short form a few hundred inspections."""
    count = QUICK if quick else COUNT
    tally = judge_year(count, DISTINCT if not quick else 20)
    judged_s = tally.seconds[JUDGED]
    rows = [
        [name, f"{seconds / count * 1e6:.0f}", f"{count / seconds:.0f}", ratio(seconds / tally.seconds[FLOATS])]
        for name, seconds in tally.seconds.items()
    ]
    table = Table(("part", "µs each", "a second", "times the floats"), rows)
    outcomes = ", ".join(f"{outcome}: {number}" for outcome, number in sorted(tally.outcomes.items()))
    growth = tally.late_mb / tally.early_mb if tally.early_mb else 1.0
    total_s = judged_s + tally.seconds[READ]
    whole_year_s = total_s / count * COUNT
    goals = [
        Goal(
            f"memory at the end ≤ {GROWTH:.2f} × memory after a tenth",
            f"{ratio(growth)} × ({tally.late_mb:.1f} MB)",
            growth <= GROWTH,
        ),
        Goal(
            f"a year read and judged in one process within {MINUTES} min",
            f"{whole_year_s / 60:.1f} min",
            whole_year_s <= MINUTES * 60,
        ),
    ]
    notes = [f"{count} inspections, {count / total_s:.0f} a second read and judged; outcomes {outcomes}."]
    return Result("Re-judging a city's year (`rejudge`)", HOW, [table], goals, notes)


def judge_year(count: int, distinct: int) -> Tally:
    """Read and judge in chunks, each part of a chunk by the clock; the peer runs interleaved over the same curves."""
    safety, emission = (parse((TABLES / name).read_bytes()) for name in ("gb38900-2020.toml", "gb18285-2018.toml"))
    texts = [stored(seed, emission) for seed in range(distinct)]
    seconds = dict.fromkeys((READ, JUDGED, FLOATS), 0.0)
    outcomes: Counter[Outcome] = Counter()
    early_mb = resident_mb()
    for start in range(0, count, CHUNK):
        several = [texts[index % distinct] for index in range(start, min(count, start + CHUNK))]
        begun = time.process_time()
        inspections = [from_json(text, Inspection) for text in several]
        read = time.process_time()
        outcomes.update([judged(safety, emission, each) for each in inspections])
        done = time.process_time()
        for each in inspections:
            bare(each)
        seconds[FLOATS] += time.process_time() - done
        seconds[JUDGED] += done - read
        seconds[READ] += read - begun
        if start <= max(count // 10, distinct):
            early_mb = resident_mb()
    return Tally(seconds, outcomes, early_mb, resident_mb())


def judged(safety: Edition, emission: Edition, each: Inspection) -> Outcome:
    """Judge one inspection anew as lane and desk did: every item, then the whole."""
    kind, vehicle = InspectionKind.IN_USE, each.vehicle
    cards: list[VerdictCard] = []
    for run_, curve in each.service:
        cards += judge_service_brake(safety, vehicle, kind, ON, run_, curve)
    cards += judge_parking(safety, vehicle, kind, ON, each.parking)
    exhaust = judge_two_speed_idle(emission, ON, each.idle, each.exhaust)
    whole = conclude(safety, vehicle, kind, ON, Measured(each.weighings, each.service, cards))
    return worst([whole.outcome, *(card.outcome for card in exhaust)])


def bare(each: Inspection) -> float:
    """Return something that needs every rate, imbalance and mean, in binary floats."""
    total = 0.0
    for run_, curve in each.service:
        left, right = curve.left_daN[run_.press_index :], curve.right_daN[run_.press_index :]
        last = max(left.index(max(left)), right.index(max(right)))
        most = max(abs(one - other) for one, other in zip(left[: last + 1], right[: last + 1], strict=True))
        total += (max(left) + max(right)) / (0.98 * float(run_.left_kg + run_.right_kg))
        total += most / max(*left, *right)
    for lever, curve in each.parking:
        total += (max(curve.left_daN) + max(curve.right_daN)) / (0.98 * float(lever.vehicle_kg))
    for span in each.idle.phases:
        seconds = each.exhaust.seconds[span.start : span.end]
        total += sum(float(one.co_percent) + float(one.hc_ppm) for one in seconds) / len(seconds)
    return total


def resident_mb() -> float:
    """Return what this process holds in memory (Linux); 0 where that cannot be asked."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6
