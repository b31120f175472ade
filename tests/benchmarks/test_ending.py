"""A benchmark's car is paid for and its visit ended by commands of the people whose work it is; unknown cars are different cars."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from benchmarks import ending
from benchmarks.clerk.schedule import unknown_cars
from benchmarks.ending import Office
from benchmarks.training import CLERK, SIGNER
from carcheck_desktop.domain.commands import CloseVisit, HandOver, SignReport, TakeCash
from carcheck_desktop.domain.custody import OWNER
from carcheck_desktop.domain.identity import vin_advice
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.twin.scenario import Arrival, Pays, arrivals

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.training import TrainingStation
    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.twin.office import Scene

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CARS = arrivals(1, 12, "渝", TODAY)


@dataclass
class House:
    """A station of which one visit is looked at; closing ends it."""

    visit: VisitView
    seed: int = 1
    done: list[tuple[str, Command]] = field(default_factory=list)

    def snapshot(self) -> object:
        return SimpleNamespace(visits=(self.visit,))

    def does(self, name: str, command: Command) -> None:
        self.done.append((name, command))
        if isinstance(command, CloseVisit):
            self.visit = replace(self.visit, ended_at=NOW)


@dataclass
class Worker:
    """Does one thing after the other; None is a moment in which nothing can be done."""

    commands: list[Command | None]
    seen: list[Scene] = field(default_factory=list)

    def next_command(self, scene: Scene) -> Command | None:
        self.seen.append(scene)
        return self.commands.pop(0) if self.commands else None


def office_of(house: House, tmp_path: Path, *workers: tuple[str, Worker]) -> Office:
    station = SimpleNamespace(path=tmp_path / "station.toml", database=SimpleNamespace(data="data", url=""))
    house.station, house.clock = station, SimpleNamespace(now=lambda: NOW)  # type: ignore[attr-defined]
    office = Office(cast("TrainingStation", house))
    if workers:
        office.workers = workers
    return office


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ending, "folders_of", lambda _station: SimpleNamespace(printed=tmp_path))
    monkeypatch.setattr(ending, "LOOK_S", 0.001)


def visit_of(car: Arrival) -> VisitView:
    return VisitView("visit-1", car.vehicle, InspectionKind.IN_USE, (), "", "", NOW, CLERK, NOW)


def test_everybody_does_what_is_theirs_until_the_visit_has_ended(tmp_path: Path) -> None:
    house = House(visit_of(CARS[0]))
    signer = Worker([None, SignReport("visit-1", "report-1", "2468")])
    pickup = Worker([None, CloseVisit("visit-1")])
    office = office_of(house, tmp_path, (SIGNER, signer), (CLERK, pickup))
    ended = office.end(CARS[0], "visit-1")
    assert ended.ended_at == NOW
    assert [(name, command.kind) for name, command in house.done] == [(SIGNER, "sign_report"), (CLERK, "close_visit")]


def test_key_and_licence_are_taken_and_everybody_pays_in_cash(tmp_path: Path) -> None:
    car = next(each for each in CARS if each.pays is not Pays.CASH)
    house = House(visit_of(car))
    worker = Worker([TakeCash("visit-1", 100, 100), HandOver("visit-1", (), OWNER, OWNER), None])
    office_of(house, tmp_path, (CLERK, worker)).receive(car, "visit-1")
    assert len(house.done) == 2
    assert all(scene.cars[car.vehicle.plate].pays is Pays.CASH for scene in worker.seen)


def test_a_visit_that_does_not_end_is_told_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "ENDED_S", 0.01)
    office = office_of(House(visit_of(CARS[0])), tmp_path, (CLERK, Worker([])))
    with pytest.raises(TimeoutError, match="visit-1"):
        office.end(CARS[0], "visit-1")


def test_the_office_begins_with_taking_what_the_owner_holds(tmp_path: Path) -> None:
    house = House(visit_of(CARS[0]))
    office = office_of(house, tmp_path)
    office._do_next(CARS[0], house.visit)
    ((name, command),) = house.done
    assert name == CLERK
    assert isinstance(command, HandOver)
    assert command.from_ == OWNER


def test_unknown_cars_have_plates_and_vins_of_their_own() -> None:
    found = unknown_cars(CARS[:6])
    vins = {licence["vin"] for licence in found.values()}
    registered = {car.vehicle.vin for car in CARS}
    assert len(found) == len(vins) == 6
    assert not vins & registered
    assert not set(found) & {car.vehicle.plate for car in CARS}
    assert not any(vin_advice(vin) for vin in vins)
