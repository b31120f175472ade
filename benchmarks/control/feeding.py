"""The far end, a process of its own: six lanes that brake without end, on the real link.

usage: python -m benchmarks.control.feeding        Prints its address, feeds until SIGTERM.

The views are folded from facts, a new run begins with a fact; samples go out 25 times a second and
lane, four of each wheel, as a bench with 100 samples a second gives them.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold import fold_lane, fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.live import LiveCurve, LiveSamples
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress, Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind, PlannedItem
from carcheck_desktop.domain.views import LaneView, VisitView
from carcheck_desktop.link.server.application import create_app
from carcheck_desktop.link.server.parts import LinkParts
from carcheck_desktop.link.server.ring import FactRing
from carcheck_desktop.link.server.samples import SampleFan
from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.twin.scenario import arrivals

LANES = ("1", "2", "3", "4", "5", "6")
TICK_S, BATCH, RUN_S = 0.04, 4, 12.0
WHY = Message("standards.plan.service_brake", {"axle": 1})
PLAN = (
    PlannedItem("W1", ItemKind.AXLE_WEIGHING, 1, WHY),
    PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, WHY),
    PlannedItem("B2", ItemKind.SERVICE_BRAKE, 2, WHY),
    PlannedItem("B0", ItemKind.PARKING_BRAKE, 2, WHY),
)


@dataclass
class Station:
    """Views of the lanes and their cars; fulfils `domain.ports.Desk` and `Feed`."""

    url: str = ""
    visits: dict[str, VisitView] = field(default_factory=dict)
    lanes: dict[str, LaneView] = field(default_factory=dict)
    pos: int = 0
    seq: dict[str, int] = field(default_factory=dict)

    def handshake(self) -> Handshake:
        """Say who this is."""
        addresses = tuple(LaneAddress(lane, f"lane-{lane}", self.url) for lane in LANES)
        return Handshake(
            PROTOCOL, "bench", "service", "service", "bench", "5001009", "bench", True, "en", "00" * 32,
            datetime.now(UTC), 1.0, {}, addresses,
        )  # fmt: skip

    def snapshot(self) -> Snapshot:
        """Return all views."""
        return Snapshot("bench", self.pos, dict(self.seq), tuple(self.visits.values()), tuple(self.lanes.values()))

    def register_lane(self, address: LaneAddress) -> None:
        """Nobody registers here."""

    def backlog(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:  # noqa: ARG002
        """Nothing is kept: everybody begins with the snapshot."""
        return []

    def tell(self, fact: f.Fact, node: str) -> tuple[int, Entry]:
        """Fold a fact into the views and return it with its place."""
        self.seq[node] = self.seq.get(node, 0) + 1
        self.pos += 1
        entry = seal(
            fact, node=node, seq=self.seq[node], at=datetime.now(UTC), actor="bench", blobs=(), previous=ZERO_HASH
        )
        visit = fold_visit(self.visits.get(entry.subject), entry)
        if visit is not None:
            self.visits[entry.subject] = visit
        self.lanes = {name: fold_lane(view, entry) for name, view in self.lanes.items()}
        return self.pos, entry


def cars_on_all_lanes(station: Station) -> None:
    """Give each lane a car in its first brake test, and let three more wait."""
    station.lanes = {lane: LaneView(lane, f"lane-{lane}") for lane in LANES}
    for number, arrival in enumerate(arrivals(1, len(LANES) + 3, "渝", date(2026, 11, 23))):
        visit, car = f"v{number + 1}", arrival.vehicle
        station.tell(f.VisitOpened(visit, car, InspectionKind.IN_USE, PLAN, "GB 38900-2020", "ab" * 32), "service")
        if number < len(LANES):
            lane = LANES[number]
            begun = f.AttemptStarted(
                f"a{lane}", visit, lane, 1, car, InspectionKind.IN_USE, PLAN, "GB 38900-2020", "ab" * 32
            )
            station.tell(begun, f"lane-{lane}")
            station.tell(a_run(lane, 1), f"lane-{lane}")
            prompt = f.PromptShown("p", visit, lane, "pedal", 1, 0.0, Message("lanes.prompt.press_slowly", {"axle": 1}))
            station.tell(prompt, f"lane-{lane}")


def a_run(lane: str, number: int) -> f.ItemStarted:
    """Return the start of another run of the first axle's brakes."""
    return f.ItemStarted(
        f"r{lane}-{number}", f"v{lane}", f"a{lane}", "o", lane, "B1", ItemKind.SERVICE_BRAKE, 1, Decimal(464)
    )


def force(number: int, lane: int) -> int:
    """Return a wheel's force in daN: a press on the pedal with the ripple of a worn drum."""
    return round(280 / (1 + math.exp(-(number - 450 - 20 * lane) / 60)) + 4 * math.sin(number / 5 + lane))


def feed(station: Station, ring: FactRing, fan: SampleFan, over: threading.Event) -> None:
    """Send ticks until told to end; each lane begins a new run every twelve seconds, one after the other."""
    run, first = dict.fromkeys(LANES, 1), dict.fromkeys(LANES, 1)
    ticks, begun_s = 0, time.monotonic()
    while not over.wait(max(0.0, begun_s + ticks * TICK_S - time.monotonic())):
        ticks += 1
        batch = []
        for place, lane in enumerate(LANES):
            if (ticks + place * 50) % round(RUN_S / TICK_S) == 0:
                run[lane], first[lane] = run[lane] + 1, 1
                ring.publish([station.tell(a_run(lane, run[lane]), f"lane-{lane}")])
            numbers = range(first[lane], first[lane] + BATCH)
            left = tuple(force(number, place) for number in numbers)
            right = tuple(round(0.93 * each) for each in left)
            curve = LiveCurve("B1", f"r{lane}-{run[lane]}", first[lane], 10, left, right)
            batch.append(LiveSamples(lane, ticks * TICK_S, curve))
            first[lane] += BATCH
        fan.publish(batch)


def main() -> None:
    """Serve and feed until SIGTERM."""
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    station = Station()
    cars_on_all_lanes(station)
    ring, fan = FactRing(station), SampleFan()
    with LinkServer(create_app(LinkParts(desk=station, facts=ring, samples=fan))) as server:
        station.url = server.url
        print(server.url, flush=True)
        feed(station, ring, fan, over)


if __name__ == "__main__":
    main()
