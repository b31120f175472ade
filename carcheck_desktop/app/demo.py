"""The demonstration: a whole simulated station on one PC, with windows or headless with pictures."""

from __future__ import annotations

import json
import secrets
import time
import urllib.request
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carcheck_desktop.app import demo_board
from carcheck_desktop.app.children import Children
from carcheck_desktop.app.demo_papers import OwnersLook, leave_papers
from carcheck_desktop.app.demo_station import free_ports, write_demo_station, write_whole_station
from carcheck_desktop.app.one_pc import windows
from carcheck_desktop.app.operations import add_persons, verify_station
from carcheck_desktop.app.parts import clock_from, folders_of
from carcheck_desktop.app.running import told_to_end
from carcheck_desktop.app.simulate import PEOPLE_FILE, VirtualPeople
from carcheck_desktop.app.summary import visit_summary
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.base.errors import CarcheckError, LinkError
from carcheck_desktop.base.station import read_station
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AddUser
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.twin.scenario import arrivals

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.ports import VisitRecord
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.link.client.thread import LinkThread

CLERK = "模拟受理员"
CONTROLLER = "模拟操作员"
GUIDE, PICKUP = "模拟引导员", "模拟取件员"
DRIVERS = ("模拟引车员甲", "模拟引车员乙")
OTHERS = {
    "模拟外检员": Role.EXTERIOR_INSPECTOR,
    "模拟设备管理员": Role.TECHNICIAN,
    "模拟内审员": Role.AUDITOR,
    "模拟大厅": Role.VIEWER,
}
"""Who else works at a station, so that every role can be seen at work."""
VISITOR, VISITING_CLERK, VISITOR_PIN = "demo", "demo-clerk", "2468"
VISITORS = {
    VISITOR: Role.LANE_CONTROLLER,
    VISITING_CLERK: Role.CLERK,
    "demo-signer": Role.SIGNER,
    "demo-guide": Role.GUIDE,
    "demo-driver": Role.LANE_DRIVER,
    "demo-manager": Role.MANAGER,
}
"""Whoever looks at the demonstration may sign in with these; a training station holds no secrets."""
AT_WINDOWS = {"counter": VISITING_CLERK, "keys": "demo-guide", "pickup": VISITING_CLERK, "signing": "demo-signer"}
"""Who looks at which window while pictures are taken."""
MINUTES_EACH = 12.0
"""Station minutes after which a vehicle should long be through, interruptions and a recheck included."""
SLACK_S = 60.0


class DemoError(CarcheckError):
    """The demonstration did not come to its end."""


@dataclass(frozen=True, slots=True)
class DemoWish:
    """What to demonstrate: a whole station with everybody at work, or with `analyser` one lane and its cars alone.

    `analyser` is the make that tests the exhaust on that lane, "" for a lane without one; its cars end at the verdict.
    """

    vehicles: int
    speed: float
    seed: int
    out: Path
    language: str
    analyser: str | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A demonstration under way."""

    station: Station
    children: Children
    clock_url: str


def prepare(wish: DemoWish) -> Path:
    """Write the station file and the virtual people into the folder; return the file."""
    path = write_whole_station(wish.out) if wish.analyser is None else write_demo_station(wish.out, wish.analyser)
    add_people(read_station(path))
    return path


def add_people(station: Station) -> None:
    """Add virtual people of every role with a PIN that only the simulation knows, and who looks at it all."""
    pin = "".join(secrets.choice("0123456789") for _ in range(8))
    people = VirtualPeople(CLERK, CONTROLLER, pin, demo_board.SECOND_MANAGER, PICKUP, GUIDE, DRIVERS)
    roles = {people.clerk: Role.CLERK, people.pickup: Role.CLERK, people.controller: Role.LANE_CONTROLLER}
    roles |= {demo_board.MANAGER: Role.MANAGER, people.signer: Role.SIGNER, people.guide: Role.GUIDE}
    roles |= dict.fromkeys(people.drivers, Role.LANE_DRIVER)
    virtual = [AddUser(name, role, people.pin) for name, role in (roles | OTHERS).items()]
    add_persons(station, [*virtual, *(AddUser(name, role, VISITOR_PIN) for name, role in VISITORS.items())])
    file = folders_of(station).data / PEOPLE_FILE
    file.touch(mode=0o600)
    file.write_text(to_json(people), encoding="utf-8")


def start_processes(wish: DemoWish, path: Path) -> Running:
    """Start the virtual world, the service and the lanes, each its own process."""
    station = read_station(path)
    children = Children(path, folders_of(station).logs)
    try:
        world = children.start(
            "simulate", "simulate", "--speed", str(wish.speed), "--seed", str(wish.seed),
            "--vehicles", str(wish.vehicles), "--port", str(free_ports(1)[0]),
        )  # fmt: skip
        clock_url = str(world.told["clock"])
        children.start("service", "service", "--clock", clock_url)
        demo_board.publish(station, _people_pin(station))
        for lane in station.lanes:
            children.start(lane.node, "lane", "--lane", lane.name, "--clock", clock_url)
    except BaseException:
        children.end()
        raise
    return Running(station, children, clock_url)


def _people_pin(station: Station) -> str:
    return from_json((folders_of(station).data / PEOPLE_FILE).read_bytes(), VirtualPeople).pin


def run_headless(wish: DemoWish) -> dict[str, Any]:
    """Run the demonstration to its end without a display; return the summary that is written.

    Raises `DemoError` when the vehicles are not done in time, `ProcessError` when one dies again and again.
    """
    from carcheck_desktop.app.photographs import Photographer
    from carcheck_desktop.link.client.thread import LinkThread

    began_s = time.monotonic()
    running = start_processes(wish, prepare(wish))
    with ExitStack() as held:
        held.callback(running.children.end)
        links = LinkThread(node="demo", clock=SystemClock(), name="demo").start()
        held.callback(links.stop)
        pictures = wish.out / "pictures"
        people = {window: (name, VISITOR_PIN) for window, name in AT_WINDOWS.items()}
        photographer = Photographer(running.station, running.clock_url, pictures, people, _first_plate(wish, running))
        held.callback(photographer.close)
        owner = OwnersLook(running.station, wish.out / "owner")
        _watch(wish, running, photographer, lambda: owner.look(_visits(running.station, links)))
        owner.fetch("at-the-end")
        records = _records(running.station, links)
        written = photographer.finish()
        photographer.close()
        codes = running.children.end()
    written += owner.written + leave_papers(running.station, [record.visit for record in records], wish.out)
    reports = verify_station(running.station)
    summary = {
        "seed": wish.seed,
        "speed": wish.speed,
        "training": running.station.training,
        "duration_s": round(time.monotonic() - began_s, 1),
        "visits": [visit_summary(record) for record in records],
        "pictures": _named(wish, written, ".png"),
        "papers": _named(wish, written, ".pdf", ".escpos", ".torn"),
        "owner_pages": _named(wish, written, ".html"),
        "exit_codes": codes,
        "verified": {node: report.is_whole for node, report in reports.items()},
    }
    (wish.out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    return summary


def _first_plate(wish: DemoWish, running: Running) -> str:
    """Return the plate of the first car of the day, which is still on its way."""
    day = inspection_date(clock_from(running.clock_url, running.station).now())
    return arrivals(wish.seed, 1, running.station.province, day)[0].vehicle.plate


def _named(wish: DemoWish, written: list[Path], *suffixes: str) -> list[str]:
    return [path.relative_to(wish.out).as_posix() for path in written if path.suffix in suffixes]


def _watch(wish: DemoWish, running: Running, photographer: Any, look: Callable[[], None]) -> None:  # noqa: ANN401
    """Look on until every vehicle is through, taking pictures meanwhile."""
    limit_s = SLACK_S + wish.vehicles * MINUTES_EACH * 60 / wish.speed
    deadline_s = time.monotonic() + limit_s
    done = 0
    while time.monotonic() < deadline_s:
        running.children.revive()
        photographer.look(0.25)
        with suppress(OSError, LinkError):  # a world or a service that is being started again
            done = through(running)
            look()
        if done >= wish.vehicles:
            return
    raise DemoError(
        "app.demo.too_slow", done=done, count=wish.vehicles, limit_s=int(limit_s), log=folders_of(running.station).logs
    )


def through(running: Running) -> int:
    """Return how many vehicles of the day are through, as the virtual world counts them; raises `OSError` when it is away."""
    with urllib.request.urlopen(f"{running.clock_url}/day", timeout=5) as answer:  # noqa: S310 - http of this PC
        return int(json.loads(answer.read())["through"])


def _visits(station: Station, links: LinkThread) -> tuple[VisitView, ...]:
    snapshot = links.peer(station.service_url).ask(lambda client: client.snapshot()).result(30)
    return snapshot.visits


def _records(station: Station, links: LinkThread) -> list[VisitRecord]:
    """Return the record of every visit, in the order they were taken in."""
    peer = links.peer(station.service_url)
    found = []
    for visit in sorted(_visits(station, links), key=lambda each: each.opened_at):
        wanted = visit.visit_id
        found.append(peer.ask(lambda client, wanted=wanted: client.visit(wanted)).result(30))  # type: ignore[misc]
    return found


def run_with_windows(wish: DemoWish) -> None:
    """Run the demonstration with its windows until the control window is closed."""
    with told_to_end():
        running = start_processes(wish, prepare(wish))
        try:
            windows(running.children, ("--clock", running.clock_url, "--lang", wish.language))
        finally:
            running.children.end()
