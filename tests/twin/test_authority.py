"""The simulated register over real HTTP: complete cars, plainly made up, the same for the same seed, and its faults."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from carcheck_desktop.base.clock import ScaledClock, VirtualClock
from carcheck_desktop.domain.vehicle import Drive, Use, use_of
from carcheck_desktop.domain.vehicle_types import category_of
from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.twin.authority.registry import VIN_VALUES, VIN_WEIGHTS, mpv, registered_cars, vin_of
from carcheck_desktop.twin.authority.server import SimulatedCentre
from carcheck_desktop.twin.authority.vehicles import RegisterFaults, VehicleRegister
from carcheck_desktop.twin.console import create_console
from carcheck_desktop.twin.scenario import arrivals

TODAY = date(2026, 11, 22)
COMING = [each.vehicle for each in arrivals(7, 3, "渝", TODAY)]
CARS = registered_cars(7, COMING, "渝", TODAY)
CAR = CARS[-1]
Ask = Callable[..., httpx.Response]


@pytest.fixture
def faults() -> RegisterFaults:
    return RegisterFaults()


@pytest.fixture
def centre(faults: RegisterFaults) -> Iterator[SimulatedCentre]:
    clock = VirtualClock(datetime(2026, 11, 22, 2, 5, tzinfo=UTC))
    made = SimulatedCentre("vehicle_lookup", VehicleRegister(CARS, faults, clock).app(), faults)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def ask(centre: SimulatedCentre) -> Ask:
    """Ask about the last car, or with other fields."""

    def post(**changes: str) -> httpx.Response:
        vehicle = CAR.vehicle
        question = {
            "jkid": "18C49", "jyjgbh": "5001009", "jylb": "01", "hpzl": vehicle.plate_kind.value, "hphm": vehicle.plate
        }  # fmt: skip
        return httpx.post(f"{centre.url}/vehicle-lookup", json=question | changes, trust_env=False)

    return post


def body(response: httpx.Response) -> dict[str, Any]:
    told = response.json()
    assert told["simulated"] is True
    assert len(told["body"]) == told["head"]["rownum"] == 1
    return dict(told["body"][0])


def test_every_car_of_the_day_is_registered_and_the_seeds_own() -> None:
    plates = {car.vehicle.plate for car in CARS}
    assert {vehicle.plate for vehicle in COMING} <= plates
    own = mpv(7, "渝", TODAY)
    assert own.plate in plates
    assert (own.seats, own.use, TODAY.year - own.registered_on.year) == (7, Use.PRIVATE, 11)
    assert (own.drive, own.has_traction_control_always_on) == (Drive.FRONT, True)


def test_a_car_keeps_what_the_scenario_says_of_it() -> None:
    for coming in COMING:
        found = next(car.vehicle for car in CARS if car.vehicle.plate == coming.plate)
        assert (found.curb_mass_kg, found.total_mass_kg, found.registered_on) == (
            coming.curb_mass_kg,
            coming.total_mass_kg,
            coming.registered_on,
        )


def test_the_register_is_the_same_for_the_same_seed_and_another_one_for_another() -> None:
    assert registered_cars(7, COMING, "渝", TODAY) == CARS
    assert registered_cars(8, COMING, "渝", TODAY) != CARS
    alone = registered_cars(7, COMING[:1], "渝", TODAY)
    assert alone[-1] == next(car for car in CARS if car.vehicle.plate == COMING[0].plate)


def test_every_car_is_complete_valid_and_plainly_made_up() -> None:
    for car in CARS:
        vehicle = car.vehicle
        assert vehicle.vin.startswith("LSAMPLE")
        assert car.owner.startswith("示例")
        assert vehicle.brand_model.startswith("示例牌")
        assert category_of(vehicle.vehicle_type) is vehicle.category
        assert use_of(vehicle.use_code) is vehicle.use
        assert vehicle.valid_until is not None
        assert vehicle.valid_until >= TODAY
        assert None not in (vehicle.displacement_ml, vehicle.power_kW)
        assert car.insured_until > TODAY
    assert len({car.vehicle.vin for car in CARS}) == len(CARS)


@pytest.mark.parametrize("seed", range(20))
def test_every_registered_car_is_one_that_the_intake_takes(seed: int) -> None:
    from carcheck_desktop.desk.counter.checks import vehicle_advice, vehicle_problems

    for car in registered_cars(seed, COMING, "渝", TODAY):
        assert [*vehicle_problems(car.vehicle, TODAY), *vehicle_advice(car.vehicle, TODAY)] == []


def test_the_check_digit_is_the_one_of_the_standard() -> None:
    known = "1M8GDM9AXKP042788"  # the usual worked example: 351 mod 11 = 10
    assert sum(weight * VIN_VALUES[each] for weight, each in zip(VIN_WEIGHTS, known, strict=True)) == 351
    for seed in range(200):
        vin = vin_of(random.Random(seed), 2000 + seed % 40)
        rest = sum(weight * VIN_VALUES[each] for weight, each in zip(VIN_WEIGHTS, vin, strict=True)) % 11
        assert vin[8] == ("X" if rest == 10 else str(rest))


def test_a_car_is_told_as_the_manuals_tell_it(ask: Ask) -> None:
    told = body(ask())
    vehicle = CAR.vehicle
    assert (told["hphm"], told["fzjg"]) == (vehicle.plate[1:], vehicle.plate[:2])
    assert (told["clsbdh"], told["zbzl"], told["hdzk"]) == (vehicle.vin, vehicle.curb_mass_kg, vehicle.seats)
    assert told["ccdjrq"] == vehicle.registered_on.isoformat()
    assert body(ask(clsbdh=vehicle.vin[-4:])) == told


@pytest.mark.parametrize("changes", [{"hphm": "渝A00000"}, {"hpzl": "01"}, {"clsbdh": "0X0X"}])
def test_what_is_not_registered_is_no_error(ask: Ask, changes: dict[str, str]) -> None:
    told = ask(**changes).json()
    assert (told["head"]["code"], told["head"]["rownum"], told["body"]) == ("1", 0, [])


def test_the_time_is_told_to_whoever_asks_about_nobody(ask: Ask) -> None:
    assert body(ask(jkid="18C50")) == {"sj": "2026-11-22 10:05:00.000"}


@pytest.mark.parametrize(
    ("changes", "code"), [({"jkid": "18C99"}, "11"), ({"hphm": ""}, "-1001"), ({"jyjgbh": ""}, "-1001")]
)
def test_a_bad_question_gets_the_code_of_the_manuals(ask: Ask, changes: dict[str, str], code: str) -> None:
    told = ask(**changes).json()
    assert (told["head"]["code"], told["simulated"]) == (code, True)


def test_what_is_no_json_is_incomplete(centre: SimulatedCentre) -> None:
    for content in (b"", b"[]", b"<root/>", b"\xff"):
        told = httpx.post(f"{centre.url}/vehicle-lookup", content=content, trust_env=False).json()
        assert told["head"]["code"] == "-1001"


def test_each_fault_shows_as_itself(ask: Ask, centre: SimulatedCentre) -> None:
    good = body(ask())

    def spoilt(switch: str) -> httpx.Response:
        centre.switch({switch: True})
        try:
            return ask()
        finally:
            centre.switch({switch: False})

    assert spoilt("unknown_car").json()["body"] == []
    assert body(spoilt("other_owner"))["syr"] != good["syr"]
    assert body(spoilt("other_car"))["clsbdh"] != good["clsbdh"]
    assert "clsbdh" not in body(spoilt("fields_missing"))
    assert "zbzl" not in body(spoilt("sparse"))
    assert body(spoilt("unknown_codes"))["rlzl"] == "W"
    assert spoilt("html").headers["content-type"].startswith("text/html")
    assert "head" not in spoilt("wrong_shape").json()
    assert (spoilt("failing").status_code, spoilt("refuses").status_code) == (503, 401)
    assert body(ask()) == good


def test_down_means_that_nobody_listens_until_it_is_up_again(ask: Ask, centre: SimulatedCentre) -> None:
    url = centre.url
    for _ in range(2):
        centre.switch({"down": True})
        with pytest.raises(httpx.ConnectError):
            ask()
        centre.switch({"down": False})
        assert body(ask())
    assert centre.url == url


def test_slow_is_slow(ask: Ask, centre: SimulatedCentre) -> None:
    centre.switch({"slow_s": 0.3})
    began = datetime.now(UTC)
    assert body(ask())
    assert (datetime.now(UTC) - began).total_seconds() >= 0.3


@pytest.mark.parametrize(
    "wanted", [{"on_fire": True}, {"down": 1.0}, {"slow_s": True}, {"slow_s": -1.0}, {"slow_s": 1e9}]
)
def test_what_is_no_switch_changes_nothing(centre: SimulatedCentre, wanted: dict[str, bool | float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wanted))):
        centre.switch({"html": True, **wanted})
    assert not any(centre.switches.values())


def test_the_console_shows_and_switches_the_centres(centre: SimulatedCentre) -> None:
    console = create_console(ScaledClock.starting_now(1.0), {}, {"vehicle_lookup": centre})
    with LinkServer(console) as server, httpx.Client(base_url=server.url, trust_env=False) as client:
        told = client.get("/centres").json()["vehicle_lookup"]
        assert (told["url"], told["down"]) == (centre.url, False)
        assert client.post("/centres/vehicle_lookup", json={"down": True}).status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(centre.url, trust_env=False)
        assert client.post("/centres/vehicle_lookup", json={"down": False, "slow_s": 2}).status_code == 200
        assert centre.switches["slow_s"] == 2
        assert client.post("/centres/insurer", json={"down": True}).status_code == 404
        refused = client.post("/centres/vehicle_lookup", json={"on_fire": True})
        assert (refused.status_code, "on_fire" in refused.text) == (422, True)
