"""Intake: a vehicle becomes a visit with a plan and a price, after nonsense was refused; previewed by the same rules."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError, RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Problem, Severity, params_of
from carcheck_desktop.desk.arrivals.taking_over import arrival_for, come_by, take_over
from carcheck_desktop.desk.counter.checks import origin_problems, person_problems, vehicle_advice, vehicle_problems
from carcheck_desktop.desk.counter.lookup import was_looked_up
from carcheck_desktop.desk.counter.prices import charged
from carcheck_desktop.desk.ending.here import here_problem, never_closed, still_here
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.facts import PrivateShown, VisitOpened
from carcheck_desktop.domain.facts.insurance import InsuranceHinted
from carcheck_desktop.domain.intake import SparedItem, VisitPreview
from carcheck_desktop.domain.private import VisitPrivate, private_digest
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.standards.rulebook import plan_visit

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.commands import OpenVisit, PreviewVisit, ShowVisit
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.standards.rulebook import Rulebook

LONGEST_ID = 64


class NotTakenInError(RefusedError):
    """A vehicle cannot be taken in; the problem is one that the preview would have shown."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, **problem.params)
        self.problem = problem


def open_visit(uow: UnitOfWork, command: OpenVisit, tables: Rulebook, *, actor: str, now: datetime) -> str:
    """Take a vehicle in; return the visit's id.

    Raises `RefusedError` when the data cannot be true, or when the same car is still here: then the problem
    names the visit and who opened it.
    """
    today = inspection_date(now)
    _refuse(vehicle_problems(command.vehicle, today))
    _refuse(person_problems(command.owner, command.presenter))
    _refuse(_link_problems(uow, command))
    _refuse(_here(uow, command.vehicle, now))
    wanted = plan_visit(tables, command.vehicle, command.inspection, today)
    lines, _ = charged(uow.journal, command.vehicle, command.inspection, today)
    arrival = arrival_for(uow, command)
    visit_id = arrival.visit_id if arrival is not None else new_id("visit")
    channel, booking_id = come_by(command, arrival)
    private = _private(visit_id, command)
    if private is not None:
        uow.privates.put(private)
    fact = VisitOpened(
        visit_id=visit_id,
        vehicle=command.vehicle,
        inspection=command.inspection,
        plan=wanted.items,
        edition=tables.safety.edition,
        table_hash=tables.safety.table_hash,
        origins=command.origins,
        channel=channel,
        booking_id=booking_id,
        charge=lines,
        lookup_id=command.lookup_id,
        private_digest=private_digest(private) if private is not None else "",
        tables=tables.hashes,
        unmet=wanted.unmet,
    )
    record(uow, fact, actor=actor)
    if command.insured_until is not None:
        record(uow, InsuranceHinted(visit_id, command.insured_until), actor=actor)
    take_over(uow, arrival, fact, actor=actor, now=now)
    return visit_id


def preview_visit(uow: UnitOfWork, command: PreviewVisit, tables: Rulebook, *, now: datetime) -> VisitPreview:
    """Return what opening the visit would make, with everything that stands in the way at once; records nothing."""
    today = inspection_date(now)
    problems = [*vehicle_problems(command.vehicle, today), *_here(uow, command.vehicle, now)]
    lines, unpriced = charged(uow.journal, command.vehicle, command.inspection, today)
    advice = (*vehicle_advice(command.vehicle, today), *_forgotten(uow, command.vehicle, now))
    unknown_price = (unpriced,) if unpriced else ()
    try:
        wanted = plan_visit(tables, command.vehicle, command.inspection, today)
    except DataError as error:
        return VisitPreview(charge=lines, problems=(*problems, error.problem), advice=(*advice, *unknown_price))
    spared = tuple(SparedItem(each.item, each.reason, each.confidence) for each in wanted.not_asked)
    advice = (*advice, *(each.problem for each in wanted.unmet), *unknown_price)
    return VisitPreview(wanted.items, spared, lines, tuple(problems), advice)


def show_private(uow: UnitOfWork, command: ShowVisit, *, actor: str, node: str) -> VisitPrivate | None:
    """Return the personal data of a visit without their salt, and journal who saw them; None when there are none."""
    if uow.visits.get(command.visit_id) is None:
        raise RefusedError("desk.intake.no_such_visit", visit=command.visit_id[:40])
    private = uow.privates.get(command.visit_id)
    if private is None:
        return None
    record(uow, PrivateShown(command.visit_id, node), actor=actor)
    return replace(private, salt="")


def _private(visit_id: str, command: OpenVisit) -> VisitPrivate | None:
    if not command.owner and command.presenter is None:
        return None
    return VisitPrivate(visit_id, secrets.token_hex(16), command.owner, command.presenter)


def _link_problems(uow: UnitOfWork, command: OpenVisit) -> tuple[Problem, ...]:
    """Return what is wrong with what the command refers to."""
    unknown = origin_problems(command.origins)
    if unknown:
        return unknown
    if command.booking_id is not None and not 1 <= len(command.booking_id) <= LONGEST_ID:
        return (Problem("desk.intake.bad_booking", {"length": len(command.booking_id), "most": LONGEST_ID}),)
    if command.lookup_id is not None and not was_looked_up(uow, command.lookup_id, command.vehicle.plate):
        return (Problem("desk.intake.bad_lookup", {"lookup": command.lookup_id[:40], "plate": command.vehicle.plate}),)
    return ()


def _here(uow: UnitOfWork, vehicle: Vehicle, now: datetime) -> tuple[Problem, ...]:
    """Return that this car is here already, with the visit to go to, who opened it, and the ways on from there."""
    known = still_here(uow, vehicle.plate, vehicle.plate_kind, vehicle.vin, now)
    return (here_problem(known),) if known is not None else ()


def _forgotten(uow: UnitOfWork, vehicle: Vehicle, now: datetime) -> tuple[Problem, ...]:
    """Return that an earlier visit of this car was never closed; it stands in nobody's way any more."""
    visit = never_closed(uow, vehicle.plate, vehicle.plate_kind, vehicle.vin, now)
    if visit is None:
        return ()
    said = params_of({"plate": visit.vehicle.plate, "visit": visit.visit_id, "on": inspection_date(visit.opened_at)})
    return (Problem("desk.intake.never_closed", said, Severity.WARNING),)


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise NotTakenInError(problems[0])
