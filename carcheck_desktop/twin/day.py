"""The virtual day: people who follow the link and act, one tick after another.

`tick` is called a few dozen times a second in one thread. It drains the mailbox, folds what came,
lets the driver act on prompts, the clerk take cars in, the controller start and resume, and pulls
the plugs that the scenario wants pulled. It keeps nothing that it could not learn again from the
link, so that it may be killed and started at any moment.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.domain.commands import OpenVisit, SignIn
from carcheck_desktop.domain.facts import PromptShown
from carcheck_desktop.domain.fold import fold_lane, fold_visit
from carcheck_desktop.domain.views import AttemptState, LaneView, VisitView
from carcheck_desktop.link.client.events import FactArrived, LinkEvent, LinkUp, SnapshotTaken
from carcheck_desktop.twin.clerk import VirtualClerk
from carcheck_desktop.twin.people import Greeter, VirtualController, VirtualDriver

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.twin.scenario import Arrival, LineFault
    from carcheck_desktop.twin.world import VirtualWorld

log = logging.getLogger(__name__)

RETRY_S = 1.0
"""Real seconds before the same person tries again what was refused."""
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
    visits: dict[str, VisitView] | None = None
    views: dict[str, LaneView] = field(default_factory=dict)
    _opened: int = 0
    _pulled: set[str] = field(default_factory=set)
    _away: list[tuple[str, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._drivers = {lane: VirtualDriver(lane, self.world) for lane in self.lanes}
        self._greeter = Greeter(self.world, {each.vehicle.plate: each.car for each in self.arrivals})
        self._desk = VirtualClerk()
        self._chief = VirtualController(tuple(self.lanes))
        self._next_arrival_s = self.clock.monotonic()

    @property
    def is_over(self) -> bool:
        """Say whether every vehicle of the day has been concluded."""
        if self.visits is None:
            return False
        done = {visit.vehicle.plate for visit in self.visits.values() if visit.conclusion is not None}
        return all(arrival.vehicle.plate in done for arrival in self.arrivals)

    def tick(self, events: list[LinkEvent], real_s: float) -> None:
        """Take in what happened and let everybody act."""
        for event in events:
            self._learn(event)
        self._plugs(real_s)
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
        visit = fold_visit(self.visits.get(entry.subject), entry)
        if visit is not None:
            self.visits[visit.visit_id] = visit

    def _see_lane(self, view: LaneView) -> None:
        self.views[view.lane] = view
        if view.attempt is not None and view.attempt.state is not AttemptState.COMPLETE:
            self._greeter.see(view)
        driver = self._drivers.get(view.lane)
        if driver is not None:
            driver.see(view.prompt)

    def _open_next(self, clerk: Person, real_s: float) -> None:
        here = {visit.vehicle.plate for visit in (self.visits or {}).values()}
        missing = [each for each in self.arrivals if each.vehicle.plate not in here]
        if missing and self.clock.monotonic() >= self._next_arrival_s:
            first = missing[0]
            command = self._desk.next_command(first)
            if isinstance(command, OpenVisit):
                self._next_arrival_s = self.clock.monotonic() + self.interval_s
            clerk.give(self.service_url, command, real_s, lambda reply: self._desk.hear(first, reply))

    def _command(self, controller: Person, real_s: float) -> None:
        command = self._chief.next_command(tuple((self.visits or {}).values()), self.views)
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
