"""Service and lane as whole processes' insides: they start, say who they are, and let go of everything."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from carcheck_desktop import __version__
from carcheck_desktop.app.demo_station import free_ports, write_demo_station
from carcheck_desktop.app.lane import LaneProcess
from carcheck_desktop.app.operations import add_person, nodes_of_station, verify_station
from carcheck_desktop.app.parts import folders_of, key_of, load_tables
from carcheck_desktop.app.service import Service
from carcheck_desktop.app.simulate import PEOPLE_FILE, Simulation, VirtualPeople, Wish, people_of
from carcheck_desktop.app.visit_book import ServiceBook
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.errors import CarcheckError, DataError, UsageError
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.desk.cash import doing as cash
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import Command, OpenVisit, Reply, SignIn, StartAttempt, StopLane
from carcheck_desktop.domain.insurance import NOT_INSURED_YET
from carcheck_desktop.domain.station import LaneAddress, Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.link.client.asking import LinkClient
from tests.desk.conftest import car

T = TypeVar("T")
CLOCK = SystemClock()


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A station whose instruments are behind ports where nothing answers."""
    path = write_demo_station(tmp_path, analyser="")
    text = path.read_text(encoding="utf-8")
    for name, port in zip(("bench", "scale"), free_ports(2), strict=True):
        text = text.replace(str(tmp_path / "ports" / name), f"tcp://127.0.0.1:{port}")
    path.write_text(text, encoding="utf-8")
    return read_station(path)


@pytest.fixture
def service(station: Station) -> Iterator[Service]:
    add_person(station, "wang", Role.CLERK, "2468")
    running = Service(station, CLOCK)
    yield running
    running.close()


@pytest.fixture
def lane(station: Station) -> Iterator[LaneProcess]:
    running = LaneProcess(station, station.lanes[0], CLOCK)
    yield running
    running.close()


def asked(url: str, work: Callable[[LinkClient], Coroutine[Any, Any, T]]) -> T:
    """Ask a process one thing, as a window on this PC does."""

    async def run() -> T:
        client = LinkClient(url, node="pc-1", clock=CLOCK)
        try:
            return await work(client)
        finally:
            await client.close()

    return asyncio.run(run())


def told(url: str, command: Command, token: str | None = None) -> Reply:
    return asked(url, lambda client: client.command(command, token=token))


def until(is_so: Callable[[], bool]) -> None:
    """Look again until something is so; half a minute is more than any busy machine needs."""
    give_up_s = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < give_up_s


def refusal(reply: Reply) -> str:
    assert reply.refusal is not None
    return reply.refusal.code


def token_of(service: Service) -> str:
    reply = told(service.url, SignIn("wang", "2468"))
    assert reply.accepted, reply.refusal
    return str(reply.result["token"])


def test_a_service_says_who_it_is_and_where_the_lanes_are(service: Service, station: Station) -> None:
    who = asked(service.url, LinkClient.handshake)
    assert who.most_change_fen == cash.rules().most_change_fen
    assert (who.role, who.station_code, who.training) == ("service", station.code, True)
    assert [(each.lane, each.url) for each in who.lanes] == [("1", f"http://127.0.0.1:{station.lanes[0].link_port}")]
    assert set(who.tables.values()) == set(load_tables().every_hash.values())
    assert who.public_key == key_of(station, "service").public_hex


def untimed(snapshot: Snapshot) -> list[VisitView]:
    """Return the visits without their estimates and insurance, of which the service may tell at any moment."""
    return [
        replace(visit, estimate=None, insurance=NOT_INSURED_YET, changed_at=visit.opened_at)
        for visit in snapshot.visits
    ]


def test_a_car_that_was_taken_in_is_in_the_snapshot_and_still_there_after_a_restart(
    service: Service, station: Station
) -> None:
    reply = told(service.url, OpenVisit(car(), InspectionKind.IN_USE), token_of(service))
    assert reply.accepted, reply.refusal
    before = asked(service.url, LinkClient.snapshot)
    service.close()
    with closing(Service(station, CLOCK)) as again:
        after = asked(again.url, LinkClient.snapshot)
    assert [visit.visit_id for visit in before.visits] == [reply.result["visit_id"]]
    assert (untimed(after), after.epoch) == (untimed(before), before.epoch)
    assert after.pos > before.pos


def test_who_spoke_to_the_service_is_listed_with_software_and_address(service: Service, station: Station) -> None:
    for _ in range(2):
        told(service.url, OpenVisit(car(), InspectionKind.IN_USE), token_of(service))
    lane = station.lanes[0]
    asked(service.url, lambda client: client.register_lane(LaneAddress(lane.name, lane.node, "http://127.0.0.1:1")))
    software = f"carcheck/{__version__}"
    found = [(each.node, each.software, each.address) for each in nodes_of_station(station)]
    assert found == [(lane.node, software, "127.0.0.1"), ("pc-1", software, "127.0.0.1")]


def test_a_second_service_on_the_same_database_is_refused_and_the_first_goes_on(
    service: Service, station: Station
) -> None:
    with pytest.raises(CarcheckError) as caught:
        Service(station, CLOCK)
    assert "carcheck.db" in str(caught.value.problem.params)
    assert asked(service.url, LinkClient.handshake).role == "service"


def test_a_service_whose_port_is_taken_says_so_and_lets_go_of_the_database(station: Station) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", station.link_port))
        somebody.listen()
        with pytest.raises(CarcheckError) as caught:
            Service(station, CLOCK)
        assert str(station.link_port) in str(caught.value.problem.params)
    with closing(Service(station, CLOCK)) as service:
        assert asked(service.url, LinkClient.handshake).role == "service"


def test_what_a_service_wrote_is_whole(service: Service, station: Station) -> None:
    told(service.url, OpenVisit(car(), InspectionKind.IN_USE), token_of(service))
    assert verify_station(station)["service"].is_whole
    service.close()
    assert verify_station(station)["service"].is_whole


def test_a_lane_starts_without_service_and_without_instruments_and_shows_both_as_lost(lane: LaneProcess) -> None:
    who = asked(lane.url, LinkClient.handshake)
    assert (who.role, who.node, who.lanes) == ("lane", "lane-1", ())
    until(lambda: len(asked(lane.url, LinkClient.snapshot).lanes[0].devices) == 2)
    view = asked(lane.url, LinkClient.snapshot).lanes[0]
    assert {device.device for device in view.devices} == {"bench", "scale"}
    assert all(device.problem is not None for device in view.devices)


def test_a_lane_stops_for_anybody_and_starts_for_nobody_who_is_not_known(lane: LaneProcess) -> None:
    assert refusal(told(lane.url, StartAttempt("1", "visit-1"))) == "domain.access.nobody_signed_in"
    assert told(lane.url, StopLane("1")).accepted
    assert asked(lane.url, LinkClient.snapshot).lanes[0].stopped


def test_a_stop_is_still_a_stop_after_the_lane_was_started_again(lane: LaneProcess, station: Station) -> None:
    told(lane.url, StopLane("1"))
    lane.close()
    with closing(LaneProcess(station, station.lanes[0], CLOCK)) as again:
        view = asked(again.url, LinkClient.snapshot).lanes[0]
    assert (view.stopped, view.stopped_by) == (True, "pc-1")


def test_a_lane_takes_no_command_of_the_desk_and_remembers_no_other_lane(lane: LaneProcess) -> None:
    reply = told(lane.url, SignIn("wang", "2468"))
    assert not reply.accepted
    assert refusal(reply) == "link.request.not_this_door"


def test_two_processes_for_one_lane_cannot_both_have_its_journal(lane: LaneProcess, station: Station) -> None:
    with pytest.raises(CarcheckError) as caught:
        LaneProcess(station, station.lanes[0], CLOCK)
    assert "journal.db" in str(caught.value.problem.params)
    assert asked(lane.url, LinkClient.handshake).role == "lane"


def test_what_a_lane_wrote_while_it_was_alone_reaches_the_service_when_it_comes(
    lane: LaneProcess, station: Station
) -> None:
    told(lane.url, StopLane("1"))
    with closing(Service(station, CLOCK)) as service:
        until(lambda: asked(service.url, LinkClient.heads).get("lane-1", 0) >= 3)
        lane.close()
    assert "lane-1" in {each.node for each in nodes_of_station(station)}
    assert all(report.is_whole for report in verify_station(station).values())


def test_a_lane_learns_from_the_service_that_the_money_is_taken_first(
    lane: LaneProcess, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = replace(cash.rules(), pay_later=False)
    monkeypatch.setattr(cash, "rules", lambda: strict)
    remembered = folders_of(station).data / "lane-1" / "visits.json"
    with closing(Service(station, CLOCK)):
        until(lambda: remembered.is_file() and not ServiceBook(remembered).pay_later)
    assert lane.url


def test_a_real_station_is_never_simulated(station: Station) -> None:
    with pytest.raises(UsageError) as caught:
        Simulation(replace(station, training=False), Wish(1, 3, 1.0, 0))
    assert caught.value.code == "app.simulate.only_training"


def test_without_a_demonstration_there_are_no_virtual_people(station: Station) -> None:
    assert people_of(station) is None
    station.data.mkdir(exist_ok=True)
    people = VirtualPeople("clerk", "controller", "1234")
    (station.data / PEOPLE_FILE).write_text(to_json(people), encoding="utf-8")
    assert people_of(station) == people
    (station.data / PEOPLE_FILE).write_text('{"clerk": 3}', encoding="utf-8")
    with pytest.raises(DataError):
        people_of(station)
