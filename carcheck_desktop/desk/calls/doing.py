"""What the commands about calls do: an owner is called to one place at a time, as often as need be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.desk.arrivals.finding import car_here, plate_of
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.commands import CallOwner, EndCall
from carcheck_desktop.domain.facts import CallEnded, OwnerCalled
from carcheck_desktop.domain.views import VisitView

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.ports import UnitOfWork

LONGEST_PLACE = 12


def call_owner(uow: UnitOfWork, command: CallOwner, doing: Doing) -> dict[str, Any]:
    """Call an owner; the same place again is the same call once more, another place ends the earlier call.

    Raises `RefusedError` for a place that cannot be shown, and for pickup before the car was taken in.
    """
    car = car_here(uow, command.visit_id)
    place = command.place.strip()
    if len(place) > LONGEST_PLACE or not place.isprintable():
        raise RefusedError("desk.calls.bad_place", length=len(place), most=LONGEST_PLACE)
    if command.to is CallTo.PICKUP and not isinstance(car, VisitView):
        raise RefusedError("desk.calls.not_taken_in", plate=plate_of(car))
    same = next((each for each in car.calls if (each.to, each.place) == (command.to, place)), None)
    for each in car.calls:
        if each is not same:
            record(uow, CallEnded(command.visit_id, each.call_id, CallEnd.WITHDRAWN), actor=doing.actor)
    call_id = same.call_id if same is not None else new_id("call")
    record(uow, OwnerCalled(command.visit_id, call_id, command.to, place), actor=doing.actor)
    return {"call_id": call_id}


def end_call(uow: UnitOfWork, command: EndCall, doing: Doing) -> dict[str, Any]:
    """Take a call from the board; raises `RefusedError` when it is not there any more."""
    car = car_here(uow, command.visit_id)
    if not any(each.call_id == command.call_id for each in car.calls):
        raise RefusedError("desk.calls.no_such_call", plate=plate_of(car))
    record(uow, CallEnded(command.visit_id, command.call_id, command.how), actor=doing.actor)
    return {}


DOERS: dict[str, Doer] = {CallOwner.kind: call_owner, EndCall.kind: end_call}
