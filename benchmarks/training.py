"""A training station in its own processes for benchmarks that need one: people with sessions, cars that are driven, nobody else.

There is no virtual clerk or controller: who measures gives the commands. The cars are the virtual world's, driven by its driver.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from benchmarks.kills.station import answered
from benchmarks.report import ROOT
from carcheck_desktop.app import demo_board
from carcheck_desktop.app.demo_station import free_ports, write_demo_station
from carcheck_desktop.app.operations import add_persons
from carcheck_desktop.app.parts import clock_from
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AddUser, Command, ResumeAttempt, SignIn, StartAttempt
from carcheck_desktop.domain.station import Snapshot, inspection_date
from carcheck_desktop.domain.views import AttemptState, AttemptView, LaneView, VisitView
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.twin.clerk import opening_of
from carcheck_desktop.twin.scenario import Arrival, arrivals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.commands import Reply

PIN = "2468"
CLERK, CONTROLLER, SIGNER = "clerk", "controller", "signer"
ROLES = {
    CLERK: Role.CLERK, CONTROLLER: Role.LANE_CONTROLLER, SIGNER: Role.SIGNER, demo_board.MANAGER: Role.MANAGER,
    demo_board.SECOND_MANAGER: Role.SIGNER,
}  # fmt: skip
ANSWER_S, LOOK_S = 30.0, 0.1
PRINTER = '\n[[printer]]\nplace = "{place}"\nconnection = "tcp://127.0.0.1:{port}"\nprofile = "epson_tm_t88"\n'


@dataclass
class TrainingStation:
    """One lane, one service, one world; `printers` names the places where papers come out."""

    folder: Path
    speed: float
    vehicles: int
    seed: int = 1
    analyser: str = ""
    printers: Sequence[str] = ()
    ending: ExitStack = field(default_factory=ExitStack)
    _people: dict[str, LinkThread] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Start world, service and lane, and publish prices."""
        with self.ending:
            self.path = write_demo_station(self.folder, self.analyser)
            text = self.path.read_text(encoding="utf-8")
            for place, port in zip(self.printers, free_ports(len(self.printers)), strict=True):
                text += PRINTER.format(place=place, port=port)
            self.path.write_text(text, encoding="utf-8")
            self.station: Station = read_station(self.path)
            self.world_path = self.wire()
            self.station = read_station(self.path)
            add_persons(self.station, [AddUser(name, role, PIN) for name, role in ROLES.items()])
            self._start_processes()
            demo_board.publish(self.station, PIN)
            self.ending = self.ending.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        """End everything, the youngest first."""
        self.ending.close()

    def wire(self) -> Path:
        """Lay what is between lane and world; return the station file that the world takes."""
        return self.path

    def _start_processes(self) -> None:
        (console,) = free_ports(1)
        self.clock_url = f"http://127.0.0.1:{console}"
        self.lane_url = f"http://127.0.0.1:{self.station.lanes[0].link_port}"
        world = ["--speed", str(self.speed), "--seed", str(self.seed), "--vehicles", str(self.vehicles)]
        self.start("simulate", *world, "--port", str(console), path=self.world_path)
        answered(f"{self.clock_url}/clock")
        self.start("service", "--clock", self.clock_url)
        answered(f"{self.station.service_url}/handshake")
        self.lane = self.start("lane", "--lane", self.station.lanes[0].name, "--clock", self.clock_url)
        answered(f"{self.lane_url}/handshake")
        self.clock = clock_from(self.clock_url, self.station)

    def start(
        self, *command: str, environment: dict[str, str] | None = None, path: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start one of the program's processes, of this station file unless `path` is another; it ends with the station."""
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *command, "--station", str(path or self.path)], cwd=ROOT,
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.ending.callback(ended, process)
        return process

    # -- people --------------------------------------------------------------------------------

    def cars(self) -> tuple[Arrival, ...]:
        """Return the cars of the day."""
        return arrivals(self.seed, self.vehicles, self.station.province, inspection_date(self.clock.now()))

    def sound_cars(self, count: int) -> tuple[Arrival, ...]:
        """Return so many cars to which nothing happens: no pulled plug, insured."""
        return tuple(car for car in self.cars() if car.fault is None and car.is_insured)[:count]

    def does(self, name: str, command: Command, url: str = "") -> Reply:
        """Let a person give a command, at the service unless `url` is a lane's; raise `RuntimeError` when it is refused."""
        reply = self._person(name).peer(url or self.station.service_url).send(command).result(ANSWER_S)
        if not reply.accepted:
            raise RuntimeError(f"{command.kind}: {reply.refusal}")
        return reply

    def _person(self, name: str) -> LinkThread:
        if name not in self._people:
            links = LinkThread(node="bench", clock=self.clock, name=name).start()
            self.ending.callback(links.stop)
            self._people[name] = links
            links.token = str(self.does(name, SignIn(name, PIN)).result["token"])
        return self._people[name]

    def snapshot(self, url: str = "") -> Snapshot:
        """Return what service or lane show now."""
        peer = self._person(CONTROLLER).peer(url or self.station.service_url)
        return peer.ask(lambda client: client.snapshot()).result(ANSWER_S)

    # -- cars ----------------------------------------------------------------------------------

    def take_in(self, car: Arrival) -> str:
        """Take a car in over the link; return the visit."""
        return str(self.does(CLERK, opening_of(car)).result["visit_id"])

    def inspect(self, visit_id: str, *, within_s: float, look_s: float = LOOK_S) -> VisitView:
        """Send a car over the lane and wait until its visit is concluded; what is interrupted goes on.

        Returns the visit as it was first seen concluded, by looks at the snapshot `look_s` apart. Raises `TimeoutError` when
        that takes longer than `within_s` real seconds.
        """
        deadline_s = time.monotonic() + within_s
        lane = self.station.lanes[0].name
        self._await_free(deadline_s)
        self.does(CONTROLLER, StartAttempt(lane, visit_id), self.lane_url)
        looked_s = 0.0
        while True:
            visit = next(each for each in self.snapshot().visits if each.visit_id == visit_id)
            if visit.conclusion is not None:
                return visit
            if time.monotonic() - looked_s >= LOOK_S:
                looked_s = time.monotonic()
                attempt = self._go_on(lane)
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"{visit_id} is not concluded after {within_s:.0f} s: {attempt}")
            time.sleep(look_s)

    def _go_on(self, lane: str) -> AttemptView | None:
        """Let an interrupted attempt go on; return it as it was seen."""
        attempt = self._lane_now().attempt
        if attempt is not None and attempt.state is AttemptState.INTERRUPTED:
            with suppress(RuntimeError):  # an instrument that is away is looked for; asked again at the next look
                self.does(CONTROLLER, ResumeAttempt(lane, attempt.attempt_id), self.lane_url)
        return attempt

    def _await_free(self, deadline_s: float) -> None:
        """Wait until the lane's instruments answer and nobody is on it."""
        while time.monotonic() < deadline_s:
            lane = self._lane_now()
            busy = lane.attempt is not None and lane.attempt.state not in (AttemptState.COMPLETE, AttemptState.ABORTED)
            if lane.devices and not busy and not lane.occupied_by and not any(each.problem for each in lane.devices):
                return
            time.sleep(LOOK_S)
        raise TimeoutError("the lane is not free")

    def _lane_now(self) -> LaneView:
        return self.snapshot(self.lane_url).lanes[0]


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, politely first."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
