"""Who outside is asked, from the station file to the clerk's answer: the real service and the simulated register over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.outside import simulated_centres, vehicle_lookup_of
from carcheck_desktop.app.service import Service
from carcheck_desktop.app.simulate import Simulation, Wish
from carcheck_desktop.base.clock import ScaledClock, SystemClock
from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import LookUpVehicle, SignIn
from carcheck_desktop.domain.intake import LookupAnswer, ValueOrigin, suggested
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.twin.authority.registry import mpv

SEED = 5


@pytest.fixture
def station(tmp_path: Path) -> Station:
    made = read_station(write_demo_station(tmp_path))
    add_person(made, "wang", Role.CLERK, "2468")
    return made


@pytest.fixture
def world(station: Station) -> Iterator[Simulation]:
    with closing(Simulation(station, Wish(seed=SEED, vehicles=1, speed=1.0, port=0))) as running:
        yield running


def looked_up(service: Service, plate: str, times: int = 1) -> list[LookupAnswer]:
    """Sign in as the clerk and look a plate up."""

    async def ask() -> list[LookupAnswer]:
        client = LinkClient(service.url, node="counter-1", clock=SystemClock())
        try:
            token = str((await client.command(SignIn("wang", "2468"))).result["token"])
            found = []
            for _ in range(times):
                reply = await client.command(LookUpVehicle(plate, PlateKind.SMALL_CAR), token=token)
                assert reply.refusal is None
                found.append(from_plain(reply.result, LookupAnswer))
            return found
        finally:
            await client.close()

    return asyncio.run(ask())


def own_car(station: Station, world: Simulation) -> str:
    return mpv(SEED, station.province, inspection_date(world.clock.epoch)).plate


def test_a_new_car_is_filled_in_from_the_register_and_says_that_it_is_simulated(
    station: Station, world: Simulation
) -> None:
    with closing(Service(station, SystemClock())) as service:
        plate = own_car(station, world)
        (answer,) = looked_up(service, plate)
        (unknown,) = looked_up(service, "渝A00000")
    assert answer.authority is not None
    assert answer.authority.simulated
    values, origins = suggested(answer)
    assert (values["seats"], values["curb_mass_kg"], values["plate"]) == (7, 1855, plate)
    assert origins["vin"] is ValueOrigin.AUTHORITY
    assert unknown.authority is None
    assert unknown.problem is not None


def test_while_the_register_is_down_the_clerk_hardly_waits_and_afterwards_it_answers_again(
    station: Station, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    clock = ScaledClock.starting_now(1.0)
    plate = mpv(SEED, station.province, inspection_date(clock.epoch)).plate
    centre = next(each for each in simulated_centres(station, SEED, [], clock) if each.channel == "vehicle_lookup")
    centre.start()
    with closing(Service(station, SystemClock())) as service:
        centre.switch({"down": True})
        began_s = time.monotonic()
        away = looked_up(service, plate, times=3)
        assert time.monotonic() - began_s < 2.0
        codes = [answer.problem.code for answer in away if answer.problem is not None]
        assert codes == ["gateways.nobody_listens"] * 2 + ["gateways.away_since"]
        centre.switch({"down": False})
        deadline = time.monotonic() + 10
        while looked_up(service, plate)[0].authority is None:
            assert time.monotonic() < deadline, "the register came back and nobody noticed"
            time.sleep(0.2)
    centre.stop()
    ours = "\n".join(each.getMessage() for each in caplog.records if "gateways" in each.name)
    assert "vehicle_lookup" in ours
    assert plate[1:] not in ours


def test_a_station_without_an_uplink_asks_nobody(station: Station) -> None:
    text = station.path.read_text(encoding="utf-8").partition("[[uplink]]")[0]
    station.path.write_text(text, encoding="utf-8")
    alone = read_station(station.path)
    assert vehicle_lookup_of(alone, SystemClock()) is None
    assert simulated_centres(alone, SEED, [], ScaledClock.starting_now(1.0)) == []


def test_an_unknown_profile_is_named_before_the_service_serves(station: Station) -> None:
    text = station.path.read_text(encoding="utf-8").replace('profile = "neutral"', 'profile = "chongqing"')
    station.path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        Service(read_station(station.path), SystemClock())
    assert caught.value.code == "gateways.profile.unknown"
    assert "neutral" in str(caught.value.problem.params["known"])
