"""The console of the virtual world over real HTTP: its clock, and faults that are set by name or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest
from fastapi import FastAPI

from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.devices.api.gas_bench import GasFaults
from carcheck_desktop.devices.api.simulator import Faults, vars_of
from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.twin.authority.frame import CentreFaults
from carcheck_desktop.twin.authority.server import SimulatedCentre
from carcheck_desktop.twin.console import create_console

CLOCK = ScaledClock.starting_now(20.0)
FAULTS = {"1/bench": Faults(), "1/scale": Faults(), "1/analyser": GasFaults()}


@pytest.fixture
def console() -> Iterator[httpx.Client]:
    with LinkServer(create_console(CLOCK, FAULTS)) as server, httpx.Client(base_url=server.url) as client:
        yield client


@pytest.fixture(autouse=True)
def no_faults() -> Iterator[None]:
    yield
    for faults in FAULTS.values():
        faults.clear()


def test_every_process_can_live_by_its_clock(console: httpx.Client) -> None:
    told = console.get("/clock").json()
    assert told["speed"] == 20.0
    assert datetime.fromisoformat(told["epoch"]) == CLOCK.epoch
    assert told["epoch_monotonic_s"] == CLOCK.epoch_monotonic_s


def test_all_switches_of_all_instruments_are_shown_and_off(console: httpx.Client) -> None:
    told = console.get("/faults").json()
    assert set(told) == set(FAULTS)
    assert all(told[name] == vars_of(faults) for name, faults in FAULTS.items())
    assert not any(value for switches in told.values() for value in switches.values())


def test_an_analyser_has_switches_of_its_own(console: httpx.Client) -> None:
    assert console.post("/faults/1/analyser", json={"low_flow": True}).status_code == 200
    assert vars_of(FAULTS["1/analyser"])["low_flow"] is True
    assert console.post("/faults/1/bench", json={"low_flow": True}).status_code == 422


def test_a_pulled_plug_is_pulled_at_one_instrument_only(console: httpx.Client) -> None:
    assert console.post("/faults/1/bench", json={"unplugged": True}).status_code == 200
    assert (FAULTS["1/bench"].unplugged, FAULTS["1/scale"].unplugged) == (True, False)
    assert console.get("/faults").json()["1/bench"]["unplugged"] is True
    console.post("/faults/1/bench", json={"unplugged": False})
    assert FAULTS["1/bench"].unplugged is False


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/faults/1/lamps", {"unplugged": True}, 404),
        ("/faults/2/bench", {"unplugged": True}, 404),
        ("/faults/1/bench", {"on_fire": True}, 422),
        ("/faults/1/bench", {"unplugged": True, "on_fire": True}, 422),
        ("/faults/1/bench", {"unplugged": "perhaps"}, 422),
        ("/faults/1/bench", ["unplugged"], 422),
    ],
)
def test_what_is_not_a_switch_of_an_instrument_changes_nothing(
    console: httpx.Client, path: str, body: object, status: int
) -> None:
    assert console.post(path, json=body).status_code == status
    assert all(faults == type(faults)() for faults in FAULTS.values())


def test_a_fault_that_is_named_in_the_answer_is_the_one_that_is_wrong(console: httpx.Client) -> None:
    assert "on_fire" in console.post("/faults/1/bench", json={"on_fire": True}).text
    assert "1/lamps" in console.post("/faults/1/lamps", json={"unplugged": True}).text


def test_how_far_the_day_is_and_what_an_owner_can_do_is_there_too() -> None:
    bought: list[str] = []

    def buy(plate: str) -> None:
        if plate != "渝A12345":
            raise KeyError(plate)
        bought.append(plate)

    insurer = SimulatedCentre("insurance", FastAPI(), CentreFaults(), deeds={"buy": buy})
    told = create_console(CLOCK, FAULTS, {"insurance": insurer}, day=lambda: {"vehicles": 6, "through": 2})
    with LinkServer(told) as server, httpx.Client(base_url=server.url) as client:
        assert client.get("/day").json() == {"vehicles": 6, "through": 2}
        assert client.post("/centres/insurance/buy", json={"plate": "渝A12345"}).status_code == 200
        assert client.post("/centres/insurance/buy", json={"plate": "渝A00000"}).status_code == 422
        assert client.post("/centres/insurance/sell", json={"plate": "渝A12345"}).status_code == 404
    assert bought == ["渝A12345"]
