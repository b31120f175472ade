"""The virtual world's process: far ends of the device ports, the clock, the people of a training day."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.app.outside import simulated_centres
from carcheck_desktop.app.parts import folders_of, make_data_folder
from carcheck_desktop.app.running import EndSignal
from carcheck_desktop.app.virtual_hands import Hands
from carcheck_desktop.app.wiring import all_configs
from carcheck_desktop.app.world_clock import WorldClockFile
from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import RefusedError, UsageError
from carcheck_desktop.base.logs import set_up
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.domain.station import inspection_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.link.client.events import LinkEvent
    from carcheck_desktop.link.client.thread import LinkThread
    from carcheck_desktop.store.engine.locks import FileLock
    from carcheck_desktop.twin.authority.server import SimulatedCentre
    from carcheck_desktop.twin.day import VirtualDay
    from carcheck_desktop.twin.scenario import Arrival
    from carcheck_desktop.twin.world import VirtualWorld

log = logging.getLogger(__name__)
TICK_S = 0.01
"""Real seconds between two looks of the virtual people; a prompt at speed 20 must not wait long."""
PEOPLE_FILE = "twin-people.json"
MONEY_FILE = "simulated-payment.jsonl"
"""What the simulated payment provider did with money, as it wrote it down itself."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of day is simulated."""

    seed: int
    vehicles: int
    speed: float
    port: int


@dataclass(frozen=True, slots=True)
class VirtualPeople:
    """Names and PIN of the virtual people; without clerk and controller only cars and their drivers' feet exist.

    The others are at work where the station has printers; "" and empty: nobody.
    """

    clerk: str
    controller: str
    pin: str
    signer: str = ""
    pickup: str = ""
    guide: str = ""
    drivers: tuple[str, ...] = ()


@dataclass
class LinkDoor:
    """A virtual person's way to the doors; fulfils `twin.day.Door`."""

    links: LinkThread

    def send(self, url: str, command: Command) -> Future[Reply]:
        """Hand a command in with the person's session."""
        return self.links.peer(url).send(command)

    def signed_in(self, token: str) -> None:
        """Carry this session from now on."""
        self.links.token = token


class Simulation:
    """A running virtual world; `close` unplugs everything."""

    def __init__(self, station: Station, wish: Wish) -> None:
        from carcheck_desktop.devices.machinery.serving import SimulatedInstruments
        from carcheck_desktop.link.server.serving import LinkServer
        from carcheck_desktop.twin.console import create_console
        from carcheck_desktop.twin.printers.far_end import fake_printers
        from carcheck_desktop.twin.scenario import arrivals
        from carcheck_desktop.twin.world import VirtualWorld

        if not station.training:
            raise UsageError("app.simulate.only_training", path=station.path)
        lock = _only_one(station)
        self._mailbox: Mailbox[LinkEvent, LiveSamples] = Mailbox()
        self._closing = threading.Event()
        self._held = ExitStack()
        with ExitStack() as undo:
            undo.callback(lock.release)
            self._clock_file = WorldClockFile(folders_of(station).data)
            self.clock = self._clock_file.clock(wish.speed)
            self._clock_file.keep(self.clock)
            world = VirtualWorld(wish.seed)
            instruments = SimulatedInstruments(
                all_configs(station.lanes), world, self.clock.monotonic, speed=wish.speed
            )
            instruments.start()
            undo.callback(instruments.close)
            coming = arrivals(wish.seed, wish.vehicles, station.province, inspection_date(self.clock.epoch))
            switches = self._centres(station, wish.seed, coming, undo)
            printers = {
                each.name: each for each in fake_printers(station.printers, folders_of(station).printed, self.clock)
            }
            for printer in printers.values():
                undo.callback(printer.stop)
                printer.start()
            hands = Hands(instruments, printers, switches, folders_of(station).printed)
            self._day = self._make_day(station, coming, world, hands, undo)
            self._server = LinkServer(
                create_console(self.clock, instruments.faults, switches, printers, self._tell_day), port=wish.port
            )
            self._server.start()
            undo.callback(self._server.stop)
            self._thread = threading.Thread(target=self._run, name="virtual people")
            self._thread.start()
            undo.callback(self._end)
            self._held = undo.pop_all()

    @property
    def url(self) -> str:
        """Where the clock is served."""
        return self._server.url

    def close(self) -> None:
        """End the people, then unplug the instruments."""
        self._held.close()

    def _centres(
        self, station: Station, seed: int, coming: tuple[Arrival, ...], undo: ExitStack
    ) -> dict[str, SimulatedCentre]:
        """Let everybody outside answer."""
        uninsured = [each.vehicle.plate for each in coming if not each.is_insured]
        money = folders_of(station).data / MONEY_FILE
        centres = simulated_centres(station, seed, [each.vehicle for each in coming], self.clock, uninsured, money)
        for centre in centres:
            centre.start()
            undo.callback(centre.stop)
        return {centre.channel: centre for centre in centres}

    def _make_day(
        self, station: Station, coming: tuple[Arrival, ...], world: VirtualWorld, hands: Hands, undo: ExitStack
    ) -> VirtualDay:
        from carcheck_desktop.link.client.thread import LinkThread
        from carcheck_desktop.twin.day import Person, VirtualDay
        from carcheck_desktop.twin.staffing import office_of

        lanes = {lane.name: f"http://127.0.0.1:{lane.link_port}" for lane in station.lanes}
        watching = LinkThread(node="twin", clock=self.clock, name="twin").start()
        undo.callback(watching.stop)
        watching.follow(station.service_url, self._mailbox, peer="service")
        for lane, url in lanes.items():
            watching.follow(url, self._mailbox, peer=lane)

        def person(name: str, pin: str) -> Person:
            links = LinkThread(node="twin", clock=self.clock, name=name).start()
            undo.callback(links.stop)
            return Person(name, pin, LinkDoor(links), station.service_url)

        people = people_of(station)
        return VirtualDay(
            arrivals=coming,
            world=world,
            clock=self.clock,
            plant=hands,
            service_url=station.service_url,
            lanes=lanes,
            clerk=person(people.clerk, people.pin) if people else None,
            controller=person(people.controller, people.pin) if people else None,
            office=office_of(people, person, hands, world.seed)
            if people and people.guide and station.printers
            else None,
        )

    def _tell_day(self) -> dict[str, int]:
        return {"vehicles": len(self._day.arrivals), "through": self._day.done}

    def _run(self) -> None:
        while not self._closing.wait(TICK_S):
            self._clock_file.keep(self.clock)
            events, _ = self._mailbox.drain()
            try:
                self._day.tick(events, time.monotonic())
            except Exception:  # the edge of the people's thread: the world must go on for the others
                log.exception("the virtual people stumbled")

    def _end(self) -> None:
        self._closing.set()
        self._thread.join()


def _only_one(station: Station) -> FileLock:
    """Take the lock of this station's world: a second one would take the far ends of its ports away."""
    from carcheck_desktop.store.engine.locks import FileLock, holder_name

    try:
        return FileLock(folders_of(station).data / "simulate", holder_name("simulate"))
    except RefusedError as error:
        holder = error.problem.params["holder"]
        raise RefusedError("app.simulate.twice", holder=holder, path=station.path) from error


def people_of(station: Station) -> VirtualPeople | None:
    """Return the virtual people that a demonstration has put down for this station, if any."""
    path = folders_of(station).data / PEOPLE_FILE
    return from_json(path.read_bytes(), VirtualPeople) if path.exists() else None


def run_simulation(station: Station, wish: Wish, *, started: Callable[[str], None]) -> None:
    """Run the virtual world until the process is told to end; `started` hears the clock's address."""
    end = EndSignal()
    set_up(make_data_folder(station).logs, "simulate")
    simulation = Simulation(station, wish)
    log.info("the console of the virtual world is at %s", simulation.url)
    try:
        started(simulation.url)
        end.wait()
    finally:
        simulation.close()
