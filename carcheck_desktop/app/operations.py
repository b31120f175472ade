"""What is done with the database when no window is involved: people, records, verify, backup."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import open_service_store
from carcheck_desktop.base.clock import SystemClock

if TYPE_CHECKING:
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.access import Role

OPERATOR = "command line"
"""The actor of what is done at the service's PC without signing in."""


def add_person(station: Station, name: str, role: Role, pin: str) -> None:
    """Add a person to the station's database; refused while a service has it open."""
    from carcheck_desktop.desk.people import add_user
    from carcheck_desktop.domain.commands import AddUser

    with closing(open_service_store(station, SystemClock())) as store, store.begin() as uow:
        add_user(uow, AddUser(name, role, pin), actor=OPERATOR)
