"""Look-ups: the authority is asked outside any transaction, then our own last visit is laid beside its answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError, RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.desk.counter.checks import OTHER_PLATE, VIN
from carcheck_desktop.desk.ending.here import still_here, ways
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.facts import VehicleLookedUp
from carcheck_desktop.domain.intake import Difference, KnownVehicle, LookupAnswer, differences_of

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.commands import LookUpVehicle
    from carcheck_desktop.domain.intake import AuthorityVehicle
    from carcheck_desktop.domain.ports import UnitOfWork, VehicleLookup

LONGEST_S = 2.2
"""Real seconds that a clerk waits for the authority before typing; the reply is there within one try of the link."""
BUSY = timedelta(minutes=10)
"""How long a look-up by somebody else is worth telling."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking the authority; `source` "" when nobody could be asked."""

    source: str = ""
    authority: AuthorityVehicle | None = None
    problem: Problem | None = None


async def ask(lookup: VehicleLookup | None, command: LookUpVehicle) -> Asked:
    """Ask the authority for a vehicle, for as long as a clerk waits; what goes wrong is said, never raised."""
    if not _can_be(command):
        return Asked()  # refused in the transaction, and nobody outside is bothered with it
    if lookup is None:
        return Asked(problem=Problem("desk.lookup.no_uplink", {}, Severity.WARNING))
    try:
        async with asyncio.timeout(LONGEST_S):
            found = await lookup.look_up(command.plate, command.plate_kind, command.vin_tail)
    except TimeoutError:
        params: dict[str, str | int] = {"source": lookup.source, "waited_s": f"{LONGEST_S:g}"}
        return Asked(lookup.source, problem=Problem("desk.lookup.too_slow", params, Severity.WARNING))
    except CarcheckError as error:
        return Asked(lookup.source, problem=error.problem)
    if found is None:
        problem = Problem("desk.lookup.not_known", {"source": lookup.source}, Severity.WARNING)
        return Asked(lookup.source, problem=problem)
    return Asked(lookup.source, found)


def look_up(uow: UnitOfWork, command: LookUpVehicle, asked: Asked, *, actor: str, now: datetime) -> LookupAnswer:
    """Lay our own last visit beside the authority's answer; journal that somebody looked, not what was seen."""
    if not _can_be(command):
        raise RefusedError("desk.intake.bad_plate", plate=command.plate[:20])
    known, moved = _known(uow, command, asked.authority)
    here = still_here(uow, command.plate, command.plate_kind, asked.authority.vin if asked.authority else "", now)
    busy_with, busy_since = _busy(uow, command.plate, actor, now) if here is None else ("", None)
    differences = differences_of(known, asked.authority) if known and asked.authority else ()
    answer = LookupAnswer(
        lookup_id=new_id("lookup"),
        known=known,
        authority=asked.authority,
        problem=asked.problem,
        differences=(*moved, *differences),
        open_visit_id=here.visit_id if here else None,
        open_visit_by=here.opened_by if here else "",
        open_visit_ways=ways(here) if here else None,
        busy_with=busy_with,
        busy_since=busy_since,
    )
    found = asked.authority is not None
    fact = VehicleLookedUp(answer.lookup_id, command.plate, command.plate_kind, found, asked.source, asked.problem)
    record(uow, fact, actor=actor)
    return answer


def was_looked_up(uow: UnitOfWork, lookup_id: str, plate: str) -> bool:
    """Say whether this look-up was about this plate."""
    facts = (entry.fact() for entry in uow.journal.of_subject(plate) if entry.kind == VehicleLookedUp.kind)
    return any(isinstance(fact, VehicleLookedUp) and fact.lookup_id == lookup_id for fact in facts)


def _can_be(command: LookUpVehicle) -> bool:
    return bool(OTHER_PLATE.fullmatch(command.plate) and VIN.fullmatch(command.vin_tail))


def _known(
    uow: UnitOfWork, command: LookUpVehicle, authority: AuthorityVehicle | None
) -> tuple[KnownVehicle | None, tuple[Difference, ...]]:
    """Return the car as its last visit left it; a plate that went to another car is said as a difference of VINs."""
    visits = uow.visits.of_vehicle(command.plate, command.plate_kind)
    vin = authority.vin if authority is not None else ""
    ours = visits[0].vehicle.vin if visits else ""
    is_another_car = bool(vin and ours and vin != ours)
    if is_another_car or not visits:
        visits = uow.visits.of_vin(vin)
    moved = (Difference("vin", ours, vin),) if is_another_car else ()
    if not visits:
        return None, moved
    last = visits[0]
    private = uow.privates.get(last.visit_id)
    owner = private.owner if private is not None else ""
    return (
        KnownVehicle(last.vehicle, last.origins, last.visit_id, last.opened_at, last.conclusion, owner),
        moved,
    )


def _busy(uow: UnitOfWork, plate: str, actor: str, now: datetime) -> tuple[str, datetime | None]:
    """Return who else looked this plate up moments ago."""
    for entry in reversed(uow.journal.of_subject(plate)):
        if entry.kind == VehicleLookedUp.kind and entry.actor != actor and now - entry.at <= BUSY:
            return entry.actor, entry.at
    return "", None
