"""A simulated queue: cars come by chance, are served in order by two lanes, and leave their facts behind."""

from __future__ import annotations

import heapq
import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.journal import ZERO_HASH, Entry
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, PlannedItem
from tests.domain.samples import PROBLEM, SAMPLES

START = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
OPENED = next(each for each in SAMPLES if isinstance(each, f.VisitOpened))
STARTED = next(each for each in SAMPLES if isinstance(each, f.AttemptStarted))
FINISHED = next(each for each in SAMPLES if isinstance(each, f.ItemFinished))
WHY = Message("standards.plan.weighing", {"axle": 1})
ITEMS = (
    PlannedItem("W1", ItemKind.AXLE_WEIGHING, 1, WHY),
    PlannedItem("W2", ItemKind.AXLE_WEIGHING, 2, WHY),
    PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, WHY),
    PlannedItem("B2", ItemKind.SERVICE_BRAKE, 2, WHY),
    PlannedItem("B0", ItemKind.PARKING_BRAKE, 0, WHY),
)
TRUTH = {
    "change": (70, 0.7), "between": (14, 0.7), "leave": (18, 0.5), "finish": (3, 0.5),
    ItemKind.AXLE_WEIGHING: (22, 0.45), ItemKind.SERVICE_BRAKE: (52, 0.4), ItemKind.PARKING_BRAKE: (38, 0.5),
}  # fmt: skip
"""Part -> median in seconds and the spread of its logarithm: lopsided, as work is."""


@dataclass
class SimulatedQueue:
    """`facts` is everything that happened in order; `done` when each visit was concluded."""

    seed: int
    vehicles: int
    every_s: float = 260.0
    lanes: int = 2
    repeats: float = 0.04
    pace: float = 1.0
    done: dict[str, datetime] = field(default_factory=dict)
    opened: dict[str, datetime] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._facts: list[tuple[float, int, str, f.Fact]] = []
        self._order = itertools.count()
        self._run()
        self._facts.sort(key=lambda each: each[:2])
        self.entries = [entry(at_s, node, fact) for at_s, _, node, fact in self._facts]

    def _run(self) -> None:
        arrival_s = 0.0
        free = [(0.0, str(lane + 1)) for lane in range(self.lanes)]
        heapq.heapify(free)
        for number in range(self.vehicles):
            arrival_s += self._random.expovariate(1 / self.every_s)
            visit_id = f"visit-{self.seed}-{number}"
            self._add(arrival_s, "service", replace(OPENED, visit_id=visit_id, plan=ITEMS))
            self.opened[visit_id] = START + timedelta(seconds=arrival_s)
            free_s, lane = heapq.heappop(free)
            begin_s = max(free_s, arrival_s) + self._take("change")
            heapq.heappush(free, (self._serve(visit_id, lane, begin_s), lane))

    def _serve(self, visit_id: str, lane: str, now_s: float) -> float:
        attempt_id, node = f"attempt-{visit_id}", f"lane-{lane}"
        self._add(now_s, node, replace(STARTED, attempt_id=attempt_id, visit_id=visit_id, lane=lane, plan=ITEMS))
        for item in ITEMS:
            now_s += self._take("between")
            while True:
                run_id = f"run-{next(self._order)}"
                self._add(now_s, node, f.ItemStarted(
                    run_id, visit_id, attempt_id, "o", lane, item.item, item.kind, item.axle, None
                ))  # fmt: skip
                now_s += self._take(item.kind)
                if self._random.random() >= self.repeats:
                    break
                self._add(now_s, node, f.ItemVoided(run_id, visit_id, attempt_id, lane, item.item, PROBLEM, True))
                now_s += 8.0
            self._add(now_s, node, replace(
                FINISHED, run_id=run_id, visit_id=visit_id, attempt_id=attempt_id, lane=lane,
                item=item.item, item_kind=item.kind, axle=item.axle,
            ))  # fmt: skip
        now_s += self._take("leave")
        self._add(now_s, node, f.AttemptEnded(attempt_id, visit_id, lane, f.AttemptEnd.COMPLETE, ""))
        end_s = now_s + self._take("finish")
        self._add(end_s, "service", f.VisitConcluded(visit_id, attempt_id, Outcome.PASS, ()))
        self.done[visit_id] = START + timedelta(seconds=end_s)
        return now_s

    def _take(self, part: str | ItemKind) -> float:
        median_s, sigma = TRUTH[part]
        return self.pace * median_s * math.exp(self._random.gauss(0, sigma))

    def _add(self, at_s: float, node: str, fact: f.Fact) -> None:
        self._facts.append((at_s, next(self._order), node, fact))

    def until(self, moment: datetime) -> Iterator[Entry]:
        """Give everything that happened before a moment."""
        return itertools.takewhile(lambda each: each.at <= moment, self.entries)


def entry(at_s: float, node: str, fact: f.Fact) -> Entry:
    """Return an entry whose hash nobody looks at."""
    at = START + timedelta(seconds=at_s)
    return Entry(node, 1, at, "li", fact.kind, fact.version, fact.subject, to_json(fact), (), ZERO_HASH, ZERO_HASH)
