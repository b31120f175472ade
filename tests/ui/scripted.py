"""A scripted link and the facts of a day, as a service and its lanes would send them."""

from __future__ import annotations

import math
from concurrent.futures import Future
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role, Session
from carcheck_desktop.domain.commands import Command, Reply
from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.live import LiveCurve, LiveSamples
from carcheck_desktop.domain.measurements import (
    AxleWeighing,
    Effort,
    InstrumentUsed,
    Origin,
    ServiceBrakeRun,
    StopReason,
)
from carcheck_desktop.domain.station import Handshake, LaneAddress, Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.domain.verdicts import (
    Comparison,
    Confidence,
    ItemKind,
    Outcome,
    PlannedItem,
    Quantity,
    VerdictCard,
)
from carcheck_desktop.domain.views import LaneView, VisitView
from carcheck_desktop.link.client.events import FactArrived, LinkDown, LinkEvent, LinkUp, SnapshotTaken

START = datetime(2026, 11, 23, 1, 12, 5, tzinfo=UTC)
EDITION = "GB 38900-2020"
REASON = Message("standards.plan.service_brake", {"axle": 1})
PLAN = (
    PlannedItem("W1", ItemKind.AXLE_WEIGHING, 1, REASON),
    PlannedItem("W2", ItemKind.AXLE_WEIGHING, 2, REASON),
    PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, REASON),
    PlannedItem("B2", ItemKind.SERVICE_BRAKE, 2, REASON),
    PlannedItem("B0", ItemKind.PARKING_BRAKE, 2, REASON),
)
USED = InstrumentUsed("bench", "carcheck_roller_brake", "1", "/dev/ttyS4")
EFFORT = Effort(412, 0, 5120, Decimal("11.2"), {})
NO_REPLY = Problem("devices.port_absent", {"device": "bench", "port": "/dev/ttyS4", "detail": "ENOENT"})


class ScriptedLink:
    """A link whose events a test puts in and whose commands it answers."""

    def __init__(self, url: str = "http://service") -> None:
        self.url = url
        self.mailbox: Mailbox[LinkEvent, LiveSamples] = Mailbox()
        self.session_token: str | None = None
        self.sent: list[Command] = []
        self.second_tokens: list[str | None] = []
        self.open: list[Future[Reply]] = []
        self.past: list[Entry] = []
        self.asked: list[tuple[str, str, int | None]] = []
        """Which verdicts were asked for; `explaining` are the answers that are still out."""
        self.explaining: list[Future[VerdictView]] = []
        self.started = self.closed = False

    def start(self) -> None:
        self.started = True

    def close(self) -> None:
        self.closed = True

    def send(self, command: Command, second_token: str | None = None) -> Future[Reply]:
        self.second_tokens.append(second_token)
        self.sent.append(command)
        future: Future[Reply] = Future()
        self.open.append(future)
        return future

    def recall(self, pos: int, epoch: str, count: int) -> Future[list[Entry]]:
        future: Future[list[Entry]] = Future()
        future.set_result(self.past[-count:])
        return future

    def verdict(self, visit_id: str, item: str, attempt: int | None = None) -> Future[VerdictView]:
        self.asked.append((visit_id, item, attempt))
        future: Future[VerdictView] = Future()
        self.explaining.append(future)
        return future

    def answer(self, result: dict[str, object] | None = None, refusal: Problem | None = None) -> None:
        """Answer the oldest open command."""
        self.open.pop(0).set_result(Reply("c", refusal is None, refusal, result or {}))


def vehicle(plate: str = "粤B39C71", kind: PlateKind = PlateKind.SMALL_CAR) -> Vehicle:
    return Vehicle(
        plate, kind, VehicleCategory.SMALL_PASSENGER, Use.PRIVATE, 1285, 1660, 5, 2, (2,),
        date(2013, 6, 18), date(2013, 4, 2),
    )  # fmt: skip


def session(role: Role = Role.LANE_CONTROLLER, name: str = "王建国") -> dict[str, object]:
    made = Session("s-1", name, role, "control-1", START + timedelta(hours=9))
    return {"token": "signed", "session": to_plain(made)}


def card(quantity: Quantity, item: str, exact: str, limit: str, *, sign: Comparison, outcome: Outcome) -> VerdictCard:
    rounded = Decimal(exact).quantize(Decimal("0.1"))
    margin = rounded - Decimal(limit) if sign is Comparison.AT_LEAST else Decimal(limit) - rounded
    is_sure = quantity is not Quantity.IMBALANCE
    return VerdictCard(
        item=item, quantity=quantity, rule=f"{quantity.value}.small_passenger", edition=EDITION, table_hash="ab" * 32,
        limit=Decimal(limit), comparison=sign, exact=Decimal(exact), rounded=rounded, unit="%", margin=margin,
        outcome=outcome, source="GB 7258-2017 7.10.2.1",
        confidence=Confidence.SOURCED if is_sure else Confidence.SINGLE_SOURCE, inputs={},
    )  # fmt: skip


class Wire:
    """One service with lanes: makes entries and puts them where a real station would."""

    def __init__(self, lanes: tuple[str, ...] = ("1", "2"), *, training: bool = True) -> None:
        self.service = ScriptedLink()
        self.lane_names = lanes
        self.training = training
        self.lanes: dict[str, ScriptedLink] = {}
        self.at = START
        self.station_name = "深圳市安达机动车检测站"
        self.epoch = "e1"
        self._seq: dict[str, int] = {}

    def lane_link(self, address: LaneAddress) -> ScriptedLink:
        """What the window calls to open a lane's link."""
        self.lanes[address.lane] = ScriptedLink(address.url)
        return self.lanes[address.lane]

    def handshake(self, node: str = "service") -> Handshake:
        addresses = tuple(LaneAddress(lane, f"lane-{lane}", f"http://lane-{lane}") for lane in self.lane_names)
        return Handshake(
            1, "0.1.0", "service", node, self.epoch, "4403001", self.station_name, self.training, "zh_CN", "00" * 32,
            self.at, 1.0, {}, addresses,
        )  # fmt: skip

    def service_up(self, visits: tuple[VisitView, ...] = ()) -> None:
        self.service.mailbox.put(LinkUp(self.handshake()))
        self.service.mailbox.put(SnapshotTaken(Snapshot(self.epoch, 0, {}, visits, ())))

    def service_down(self) -> None:
        self.service.mailbox.put(
            LinkDown(Problem("link.unreachable", {"url": "http://service", "detail": "-"}), self.at)
        )

    def lane_up(self, lane: str = "1", view: LaneView | None = None) -> None:
        box = self.lanes[lane].mailbox
        box.put(LinkUp(self.handshake(f"lane-{lane}")))
        box.put(SnapshotTaken(Snapshot("e2", 0, {}, (), (view or LaneView(lane, f"lane-{lane}"),))))

    def lane_down(self, lane: str = "1") -> None:
        problem = Problem("link.no_connection", {"url": f"http://lane-{lane}", "detail": "-"})
        self.lanes[lane].mailbox.put(LinkDown(problem, self.at))

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def entry(self, fact: f.Fact, node: str, actor: str = "王建国") -> Entry:
        self._seq[node] = self._seq.get(node, 0) + 1
        return seal(fact, node=node, seq=self._seq[node], at=self.at, actor=actor, blobs=(), previous=ZERO_HASH)

    def tell(self, fact: f.Fact, lane: str | None = None, actor: str = "王建国") -> None:
        """Send a fact: of the service, or of a lane, which the service hears too."""
        entry = self.entry(fact, f"lane-{lane}" if lane else "service", actor)
        if lane:
            self.lanes[lane].mailbox.put(FactArrived(entry.seq, entry))
        self.service.mailbox.put(FactArrived(entry.seq, entry))
        self.later(3)


class Script(Wire):
    """The facts of a day, said in a line each."""

    def opened(self, visit_id: str, plate: str, kind: PlateKind = PlateKind.SMALL_CAR) -> None:
        car = vehicle(plate, kind)
        self.tell(f.VisitOpened(visit_id, car, InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32))

    def attached(self, lane: str = "1") -> None:
        for device, kind, driver, port in (
            ("bench", "BrakeTester", "carcheck_roller_brake", "/dev/ttyS4"),
            ("scale", "AxleScale", "carcheck_weight", "/dev/ttyS5"),
        ):
            self.tell(f.DeviceAttached(lane, device, kind, driver, port, "CRB-10 · V2.1"), lane, "lane")

    def lost(self, lane: str = "1", problem: Problem = NO_REPLY) -> None:
        fact = f.DeviceLost(lane, "bench", "BrakeTester", "carcheck_roller_brake", "/dev/ttyS4", problem)
        self.tell(fact, lane, "lane")

    def started(self, visit_id: str, plate: str, lane: str = "1", kind: PlateKind = PlateKind.SMALL_CAR) -> None:
        attempt = f"a-{visit_id}"
        car = vehicle(plate, kind)
        self.tell(
            f.AttemptStarted(attempt, visit_id, lane, 1, car, InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32), lane
        )
        self.tell(f.OccupancyTaken(f"o-{visit_id}", lane, "bench", visit_id, ()), lane)

    def begun(self, visit_id: str, item: str, lane: str = "1", demanded: str | None = None, run: str = "") -> None:
        plan = next(planned for planned in PLAN if planned.item == item)
        needed = Decimal(demanded) if demanded else None
        self.tell(
            f.ItemStarted(run or f"r-{visit_id}-{item}", visit_id, f"a-{visit_id}", f"o-{visit_id}", lane, item, plan.kind, plan.axle, needed),
            lane,
        )  # fmt: skip

    def prompted(self, visit_id: str, expects: str, code: str, lane: str = "1", axle: int = 1) -> None:
        self.tell(f.PromptShown("p", visit_id, lane, expects, axle, 0.0, Message(code, {"axle": axle})), lane)

    def weighed(self, visit_id: str, item: str, lane: str = "1") -> None:
        self.begun(visit_id, item, lane)
        axle = int(item[1])
        self._finished(
            visit_id, item, lane, (), Outcome.NOT_JUDGED, weighing=AxleWeighing(axle, Decimal(402), Decimal(388))
        )

    def braked(self, visit_id: str, item: str, lane: str = "1", *, good: bool = True) -> None:
        outcome = Outcome.PASS if good else Outcome.FAIL
        rate, imbalance = ("66.428571428571", "7.2") if good else ("52.116279069767", "28.4")
        cards = (
            card(Quantity.AXLE_BRAKE_RATE, item, rate, "60", sign=Comparison.AT_LEAST, outcome=outcome),
            card(Quantity.IMBALANCE, item, imbalance, "20", sign=Comparison.AT_MOST, outcome=outcome),
        )
        axle = int(item[1]) or 2
        run = ServiceBrakeRun(
            axle, Decimal(402), Decimal(388), Decimal(12), Decimal(14), 120, StopReason.BOTH_LOCKED, "cd" * 32
        )
        self._finished(visit_id, item, lane, cards, outcome, brake=run)

    def _finished(  # noqa: PLR0917 - a result has this many parts
        self, visit_id: str, item: str, lane: str, cards: tuple[VerdictCard, ...], outcome: Outcome,
        weighing: AxleWeighing | None = None, brake: ServiceBrakeRun | None = None,
    ) -> None:  # fmt: skip
        plan = next(planned for planned in PLAN if planned.item == item)
        self.tell(
            f.ItemFinished(
                f"r-{visit_id}-{item}", visit_id, f"a-{visit_id}", f"o-{visit_id}", lane, item, plan.kind, plan.axle, cards, outcome,
                Origin.SIMULATOR, (USED,), EFFORT, weighing, brake,
            ),
            lane,
            "lane",
        )  # fmt: skip

    def interrupted(self, visit_id: str, item: str, lane: str = "1", problem: Problem = NO_REPLY) -> None:
        attempt = f"a-{visit_id}"
        self.tell(
            f.ItemVoided(f"r-{visit_id}-{item}", visit_id, attempt, lane, item, problem, will_repeat=True), lane, "lane"
        )
        self.tell(f.AttemptInterrupted(attempt, visit_id, lane, problem), lane, "lane")

    def stopped(self, lane: str = "1") -> None:
        self.tell(
            f.LaneStopped(
                lane, f"lane-{lane}", Message("lanes.stop.commanded", {"actor": "王建国", "node": "control-1"})
            ),
            lane,
        )

    def aborted(self, visit_id: str, lane: str = "1") -> None:
        self.tell(f.AttemptEnded(f"a-{visit_id}", visit_id, lane, f.AttemptEnd.ABORTED, "漏油"), lane)
        self.prompted(visit_id, "driven_off", "lanes.prompt.drive_off", lane, 0)

    def ended(self, visit_id: str, lane: str = "1", *, outcome: Outcome = Outcome.PASS) -> None:
        self.tell(f.AttemptEnded(f"a-{visit_id}", visit_id, lane, f.AttemptEnd.COMPLETE, ""), lane)
        self.tell(f.OccupancyReleased(f"o-{visit_id}", lane, "bench", visit_id), lane)
        whole = card(
            Quantity.WHOLE_VEHICLE_BRAKE_RATE, "whole", "63.104", "60", sign=Comparison.AT_LEAST, outcome=Outcome.PASS
        )
        self.tell(f.VisitConcluded(visit_id, f"a-{visit_id}", outcome, (whole,)))

    def curve(self, visit_id: str, item: str, upto: int, lane: str = "1", *, peak: int = 265) -> None:
        """Send the samples of a press on the pedal, `upto` of them at 10 ms."""
        left = tuple(round(peak / (1 + math.exp(-(i - 300) / 45)) + 3 * math.sin(i / 5)) for i in range(upto))
        right = tuple(round(peak * 0.93 / (1 + math.exp(-(i - 306) / 48)) + 3 * math.sin(i / 4)) for i in range(upto))
        curve = LiveCurve(item, f"r-{visit_id}-{item}", 1, 10, left, right)
        self.lanes[lane].mailbox.put_sample(lane, LiveSamples(lane, 0.0, curve))


def busy_day(script: Script) -> None:
    """A lane with a car on the rollers, one free, others waiting and done."""
    script.opened("v0", "粤BD28837", PlateKind.NEW_ENERGY_SMALL)
    script.started("v0", "粤BD28837", "1", PlateKind.NEW_ENERGY_SMALL)
    for item in ("W1", "W2"):
        script.weighed("v0", item)
    script.begun("v0", "B1", demanded="464")
    script.braked("v0", "B1", good=False)
    script.ended("v0", outcome=Outcome.FAIL)
    script.opened("v1", "粤B39C71")
    script.opened("v2", "湘A7Q20K")
    script.opened("v3", "粤BAD5519", PlateKind.NEW_ENERGY_SMALL)
    script.opened("v4", "桂C60H12")
    script.started("v1", "粤B39C71")
    for item in ("W1", "W2"):
        script.weighed("v1", item)
    script.begun("v1", "B1", demanded="464")
    script.braked("v1", "B1")
    script.begun("v1", "B2", demanded="310")
    script.prompted("v1", "pedal", "lanes.prompt.press_slowly", axle=2)
    script.curve("v1", "B2", 330)
