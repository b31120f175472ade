"""A service's desk on a real database file, with people and cars."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from carcheck_desktop.app.parts import load_tables
from carcheck_desktop.base import keys
from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.desk.door import ServiceDoor
from carcheck_desktop.desk.people import add_user
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AddUser, Command, Envelope, OpenVisit, Reply, SignIn
from carcheck_desktop.domain.facts import Fact
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.standards.rulebook import Rulebook
from carcheck_desktop.store.opening import Opening, SqlStore, open_store
from carcheck_desktop.store.writer import StoreWriter

PIN = "2468"


def car(**changes: Any) -> Vehicle:
    """Return an eleven-year-old private car."""
    values: dict[str, Any] = {
        "plate": "渝A12345",
        "plate_kind": PlateKind.SMALL_CAR,
        "category": VehicleCategory.SMALL_PASSENGER,
        "use": Use.PRIVATE,
        "curb_mass_kg": 1400,
        "total_mass_kg": 1800,
        "seats": 5,
        "axles": 2,
        "parking_axles": (2,),
        "registered_on": date(2014, 6, 1),
        "manufactured_on": date(2014, 3, 1),
    }
    return Vehicle(**{**values, **changes})


@dataclass
class DeskUnderTest:
    """The door, and what lies behind it."""

    door: ServiceDoor
    store: SqlStore
    writer: StoreWriter
    clock: VirtualClock
    tables: Rulebook
    numbers: Iterator[int]
    key: SigningKey

    def send(
        self,
        command: Command,
        token: str | None = None,
        *,
        id_: str = "",
        good_for_s: float = 5,
        second: str | None = None,
    ) -> Reply:
        """Hand a command in at the door as a window does."""
        now = self.clock.now()
        until = now + timedelta(seconds=good_for_s)
        envelope = Envelope(id_ or f"command-{next(self.numbers)}", token, "pc-1", now, until, command, second)
        return asyncio.run(self.door.execute(envelope))

    def person(self, name: str, role: Role) -> None:
        """Add a person at the service's own PC."""
        self.writer.call(lambda uow: add_user(uow, AddUser(name, role, PIN), actor="test"))

    def sign_in(self, name: str, role: Role) -> str:
        """Add a person who is not known yet and sign in; return the token."""
        with self.store.read() as uow:
            is_known = uow.users.get(name) is not None
        if not is_known:
            self.person(name, role)
        return str(self.send(SignIn(name, PIN)).result["token"])

    def facts(self, kind: str) -> list[Fact]:
        """Return all facts of a kind."""
        with self.store.read() as uow:
            return [entry.fact() for _, entry in uow.journal.after(0) if entry.kind == kind]

    def open_visit(self, token: str, **changes: Any) -> Reply:
        """Take a car in."""
        return self.send(OpenVisit(car(**changes), InspectionKind.IN_USE), token)


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash PINs by the same algorithm with the least work: what a station spends on each is tested in tests/base."""
    monkeypatch.setattr(keys, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskUnderTest]:
    clock = VirtualClock()
    key = SigningKey.generate()
    store = open_store(
        tmp_path / "carcheck.db",
        node="service",
        key=key,
        clock=clock,
        blob_folder=tmp_path / "blobs",
        opening=Opening("5001009", "示范检验站", training=True, software="test"),
    )
    writer = StoreWriter(store)
    tables = load_tables()
    try:
        door = ServiceDoor(writer, clock, key, tables)
        yield DeskUnderTest(door, store, writer, clock, tables, itertools.count(), key)
    finally:
        writer.close()
        store.close()
