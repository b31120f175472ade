"""Intake: a vehicle becomes a visit with a plan, after nonsense was refused."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.facts import VisitOpened
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import Stage, stage
from carcheck_desktop.standards.plan import plan

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.commands import OpenVisit
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.standards.tables import Tables

PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
)
LIGHTEST_KG = 300
HEAVIEST_KG = 4500
MOST_SEATS = 9
OLDEST = date(1950, 1, 1)
"""No car that comes for inspection was made before; an earlier date is a slip of the keyboard."""


def open_visit(uow: UnitOfWork, command: OpenVisit, tables: Tables, *, actor: str, now: datetime) -> str:
    """Take a vehicle in; return the visit's id.

    Raises `RefusedError` when the data cannot be true, or when the same plate is still here.
    """
    today = inspection_date(now)
    check_vehicle(command.vehicle, today)
    _refuse_twice(uow, command.vehicle.plate)
    wanted = plan(tables, command.vehicle, command.inspection, today)
    fact = VisitOpened(
        visit_id=new_id("visit"),
        vehicle=command.vehicle,
        inspection=command.inspection,
        plan=wanted.items,
        edition=tables.edition,
        table_hash=tables.table_hash,
    )
    record(uow, fact, actor=actor)
    return fact.visit_id


def check_vehicle(vehicle: Vehicle, today: date) -> None:
    """Refuse a vehicle whose data contradict themselves or the category."""
    if not PLATE.fullmatch(vehicle.plate):
        raise RefusedError("desk.intake.bad_plate", plate=vehicle.plate)
    _check_masses(vehicle)
    if not 1 <= vehicle.seats <= MOST_SEATS:
        raise RefusedError("desk.intake.bad_seats", seats=vehicle.seats, most=MOST_SEATS)
    if vehicle.axles != 2 or not set(vehicle.parking_axles) <= {1, 2} or not vehicle.parking_axles:
        axles = ", ".join(map(str, vehicle.parking_axles))
        raise RefusedError("desk.intake.bad_axles", axles=vehicle.axles, parking=axles)
    if not OLDEST <= vehicle.manufactured_on <= vehicle.registered_on <= today:
        raise RefusedError(
            "desk.intake.bad_dates",
            manufactured=vehicle.manufactured_on,
            registered=vehicle.registered_on,
            today=today,
        )


def _check_masses(vehicle: Vehicle) -> None:
    curb_kg, total_kg = vehicle.curb_mass_kg, vehicle.total_mass_kg
    if not LIGHTEST_KG <= curb_kg <= total_kg <= HEAVIEST_KG:
        raise RefusedError("desk.intake.bad_masses", curb=curb_kg, total=total_kg, least=LIGHTEST_KG, most=HEAVIEST_KG)


def _refuse_twice(uow: UnitOfWork, plate: str) -> None:
    known = uow.visits.find(plate)
    if known is not None and stage(known) not in (Stage.PASSED, Stage.FAILED):
        raise RefusedError("desk.intake.already_here", plate=plate, visit=known.visit_id)
