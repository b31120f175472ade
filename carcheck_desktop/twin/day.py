"""The virtual day: people who follow the link and act, one tick after another.

`tick` is called a few dozen times a second in one thread. It drains the mailbox, folds what came,
lets the driver act on prompts, the clerk take cars in, the controller start and resume, the others
do their work where there are others, and pulls the plugs that the scenario wants pulled. It keeps
nothing that it could not learn again from the link, so that it may be killed and started at any
moment.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.domain.commands import OpenVisit, SignIn
from carcheck_desktop.domain.custody import Place
from carcheck_desktop.domain.facts import PromptShown
from carcheck_desktop.domain.fold import fold_lane, fold_visit
from carcheck_desktop.domain.folding.custody import fold_arrivals
from carcheck_desktop.domain.views import AttemptState, LaneView, VisitView
from carcheck_desktop.link.client.events import FactArrived, LinkEvent, LinkUp, SnapshotTaken
from carcheck_desktop.twin.car import make_car
from carcheck_desktop.twin.clerk import VirtualClerk
from carcheck_desktop.twin.office import Cashier, Scene, Worker
from carcheck_desktop.twin.people import Greeter, VirtualController, VirtualDriver
from carcheck_desktop.twin.yard import Guide

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.twin.owners import Owners
    from carcheck_desktop.twin.scenario import Arrival, LineFault
    from carcheck_desktop.twin.world import VirtualWorld

log = logging.getLogger(__name__)

RETRY_S = 1.0
"""Real seconds before the same person tries again what was refused."""
SETTLE_S = 0.1
"""Real seconds from a reply until the same person goes on: what came of it is on its way through the feed."""
LOOK_S = 0.1
"""Real seconds between two looks of somebody who has nothing to do."""
OPENING_S = 4.0
"""Real seconds from the first lane that answers until the first car of a station with an office comes."""
SHORTEST_AWAY_S = 2.5
"""Real seconds a pulled plug stays out at least, so that people can see it whatever the speed."""


class Plant(Protocol):
    """Where plugs are pulled."""

    def unplug(self, device: str) -> None:
        """Pull the plug of an instrument."""
        ...

    def plug(self, device: str) -> None:
        """Put it back."""
        ...


class Door(Protocol):
    """Where one virtual person hands commands in; `url` of the service or of a lane."""

    def send(self, url: str, command: Command) -> Future[Reply]:
        """Hand a command in with the person's session."""
        ...

    def signed_in(self, token: str) -> None:
        """Carry this session from now on."""
        ...


@dataclass
class Person:
    """A virtual person with a door: signs in by itself, has one command under way at a time."""

    name: str
    pin: str
    door: Door
    service_url: str
    token: str | None = None
    waiting: Future[Reply] | None = None
    not_before_s: float = 0.0
    hears: Callable[[Reply], None] | None = None

    def is_free(self, real_s: float) -> bool:
        """Say whether the person may act; takes note of replies and signs in where needed."""
        if self.waiting is not None:
            if not self.waiting.done():
                return False
            self._heard(self.waiting, real_s)
            self.waiting = None
        if real_s < self.not_before_s:
            return False
        if self.token is None:
            self.waiting = self.door.send(self.service_url, SignIn(self.name, self.pin))
            return False
        return True

    def give(self, url: str, command: Command, real_s: float, hears: Callable[[Reply], None] | None = None) -> None:
        """Hand a command in; `hears` is told the reply, whatever it is."""
        self.waiting = self.door.send(url, command)
        self.hears = hears
        self.not_before_s = real_s + 0.2

    def _heard(self, reply: Future[Reply], real_s: float) -> None:
        answer = None if reply.cancelled() else reply.result()
        hears, self.hears = self.hears, None
        self.not_before_s = max(self.not_before_s, real_s + SETTLE_S)
        if answer is not None and hears is not None:
            hears(answer)
        if answer is not None and answer.accepted:
            token = answer.result.get("token")
            if token is not None:
                self.token = str(token)
                self.door.signed_in(self.token)
            return
        if answer is not None and answer.refusal is not None:
            log.info("%s was refused: %s %s", self.name, answer.refusal.code, answer.refusal.params)
            if answer.refusal.code in ("domain.access.session_over", "desk.door.signed_out"):
                self.token = None
        self.not_before_s = real_s + RETRY_S


@dataclass
class Office:
    """Everybody but clerk and controller, and what happens around them; a day without an office ends at the verdict.

    `workers` are pickup clerk, signer, guide and drivers with their work; the cashier's is the clerk's other half.
    """

    cashier: Cashier
    owners: Owners
    guide: tuple[Person, Guide]
    workers: tuple[tuple[Person, Worker], ...]
    drivers: frozenset[str]
    _look_s: float = 0.0

    def tick(self, service_url: str, scene: Scene, real_s: float) -> None:
        """Let owners and everybody act who is free."""
        if real_s >= self._look_s:
            self._look_s = real_s + LOOK_S
            self.owners.tick(scene, real_s)
        for person, work in (*self.workers, self.guide):
            if person.is_free(real_s):
                command = work.next_command(scene)
                person.not_before_s = real_s + LOOK_S
                if command is not None:
                    self.owners.before(command, scene)
                    person.give(service_url, command, real_s)


@dataclass
class VirtualDay:
    """One training day with its arrivals; `lanes` maps a lane's name to its address."""

    arrivals: tuple[Arrival, ...]
    world: VirtualWorld
    clock: Clock
    plant: Plant
    service_url: str
    lanes: dict[str, str]
    clerk: Person | None
    controller: Person | None
    interval_s: float = 20.0
    office: Office | None = None
    visits: dict[str, VisitView] | None = None
    came: dict[str, ArrivalView] = field(default_factory=dict)
    views: dict[str, LaneView] = field(default_factory=dict)
    _opens_s: float | None = None
    _pulled: set[str] = field(default_factory=set)
    _away: list[tuple[str, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._drivers = {lane: VirtualDriver(lane, self.world) for lane in self.lanes}
        seed = self.world.seed
        self._greeter = Greeter(
            self.world,
            {each.vehicle.plate: each.car for each in self.arrivals},
            lambda vehicle: make_car(seed, vehicle.plate, vehicle.curb_mass_kg),
        )
        self._cars = {each.vehicle.plate: each for each in self.arrivals}
        self._desk = VirtualClerk()
        self._chief = VirtualController(tuple(self.lanes))
        self._next_arrival_s = self.clock.monotonic()

    @property
    def done(self) -> int:
        """How many vehicles of the day are through: concluded, and where there is an office closed for the last time."""
        visits = tuple((self.visits or {}).values())
        return len({visit.vehicle.plate for visit in visits if self._is_through(visit)} & self._cars.keys())

    @property
    def is_over(self) -> bool:
        """Say whether every vehicle of the day is through."""
        return self.visits is not None and self.done == len(self.arrivals)

    def _is_through(self, visit: VisitView) -> bool:
        if self.office is None:
            return visit.conclusion is not None
        car = self._cars.get(visit.vehicle.plate)
        comes_again = car is not None and car.mended is not None and visit.withdrawal is None
        return visit.ended_at is not None and (visit.recheck is not None or not comes_again)

    def tick(self, events: list[LinkEvent], real_s: float) -> None:
        """Take in what happened and let everybody act."""
        for event in events:
            self._learn(event)
        self._plugs(real_s)
        if self.office is not None and self.visits is not None:
            self.office.tick(self.service_url, self._scene(), real_s)
        if self.clerk is not None and self.visits is not None and self.clerk.is_free(real_s):
            self._open_next(self.clerk, real_s)
        if self.controller is not None and self.visits is not None and self.controller.is_free(real_s):
            self._command(self.controller, real_s)

    def _learn(self, event: LinkEvent) -> None:
        if isinstance(event, LinkUp):
            log.info("the people follow %s", event.handshake.node)
        elif isinstance(event, SnapshotTaken) and event.snapshot.lanes:
            for lane in event.snapshot.lanes:
                self._see_lane(lane)
        elif isinstance(event, SnapshotTaken) and event.peer == "service":
            self.visits = {visit.visit_id: visit for visit in event.snapshot.visits}
            self.came = {each.visit_id: each for each in event.snapshot.arrivals}
            for visit in event.snapshot.visits:
                self._mend(visit)
        elif isinstance(event, FactArrived):
            self._learn_fact(event)

    def _learn_fact(self, event: FactArrived) -> None:
        if event.peer == "service":
            self._fold_visit(event.entry)
            return
        fact = event.entry.fact()
        lane = getattr(fact, "lane", None)
        if lane in self.views:
            self._see_lane(fold_lane(self.views[lane], event.entry))
            if isinstance(fact, PromptShown):
                self._pull_plug_at(fact)

    def _fold_visit(self, entry: Entry) -> None:
        if self.visits is None:
            return
        self.came = fold_arrivals(self.came, entry)
        visit = fold_visit(self.visits.get(entry.subject), entry)
        if visit is not None:
            self.visits[visit.visit_id] = visit
            self._mend(visit)

    def _mend(self, visit: VisitView) -> None:
        """Let a car that comes again be the one that left the workshop."""
        car = self._cars.get(visit.vehicle.plate)
        if visit.recheck is not None and car is not None and car.mended is not None:
            self._greeter.cars[visit.vehicle.plate] = car.mended

    def _scene(self) -> Scene:
        return Scene(self.visits or {}, self.came, self._cars, self.clock.now())

    def _see_lane(self, view: LaneView) -> None:
        self.views[view.lane] = view
        if view.attempt is not None and view.attempt.state is not AttemptState.COMPLETE:
            self._greeter.see(view)
        driver = self._drivers.get(view.lane)
        if driver is not None:
            driver.see(view.prompt)

    def _open_next(self, clerk: Person, real_s: float) -> None:
        here = {visit.vehicle.plate for visit in (self.visits or {}).values()}
        is_open = self.office is None or self._has_opened(real_s)
        missing = [each for each in self.arrivals if is_open and each.vehicle.plate not in here]
        first = missing[0] if missing and self.clock.monotonic() >= self._next_arrival_s else None
        if first is not None and self._is_at_window(first):
            command = self._desk.next_command(first, self.clock.now())
            if isinstance(command, OpenVisit):
                self._next_arrival_s = self.clock.monotonic() + self.interval_s
            clerk.give(self.service_url, command, real_s, lambda reply: self._desk.hear(first, reply))
        elif self.office is not None:
            work = self.office.cashier.next_command(self._scene())
            clerk.not_before_s = real_s + LOOK_S
            if work is not None:
                clerk.give(self.service_url, work, real_s)

    def _has_opened(self, real_s: float) -> bool:
        """Say whether the doors are open: a moment after the first lane is there, so that everybody is at his place."""
        if self.views and self._opens_s is None:
            self._opens_s = real_s + OPENING_S
        return self._opens_s is not None and real_s >= self._opens_s

    def _is_at_window(self, first: Arrival) -> bool:
        """Say whether the clerk can take the next car in; one that hands its key over at the gate is noted there first."""
        if self.office is None or not first.at_gate:
            return True
        noted = self._scene().noted(first.vehicle.plate)
        if noted is None:
            self.office.guide[1].meets = first
        return noted is not None and noted.custody.key.place is Place.KEY_BOARD

    def _command(self, controller: Person, real_s: float) -> None:
        drivers = self.office.drivers if self.office is not None else None
        ready = (each for each in (self.visits or {}).values() if drivers is None or each.custody.key.name in drivers)
        command = self._chief.next_command(tuple(ready), self.views)
        if command is not None:
            controller.give(self.lanes[str(getattr(command, "lane", ""))], command, real_s)
            controller.not_before_s = real_s + RETRY_S

    def _pull_plug_at(self, prompt: PromptShown) -> None:
        view = self.views[prompt.lane]
        plate = view.attempt.vehicle.plate if view.attempt is not None else ""
        fault = self._fault_of(plate)
        if fault is None or plate in self._pulled:
            return
        if prompt.expects == fault.prompt and prompt.axle == fault.axle:
            self._pulled.add(plate)
            self._away.append((f"{prompt.lane}/{fault.device}", prompt.due_s + fault.after_s, 0.0))

    def _fault_of(self, plate: str) -> LineFault | None:
        return next((each.fault for each in self.arrivals if each.vehicle.plate == plate), None)

    def _plugs(self, real_s: float) -> None:
        left: list[tuple[str, float, float]] = []
        for device, pull_at_s, back_at_real_s in self._away:
            if back_at_real_s == 0.0 and self.clock.monotonic() >= pull_at_s:
                log.info("the plug of %s is pulled", device)
                self.plant.unplug(device)
                left.append((device, pull_at_s, real_s + SHORTEST_AWAY_S))
            elif back_at_real_s and real_s >= back_at_real_s:
                log.info("the plug of %s is back", device)
                self.plant.plug(device)
            else:
                left.append((device, pull_at_s, back_at_real_s))
        self._away = left
