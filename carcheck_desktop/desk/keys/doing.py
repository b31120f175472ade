"""What the commands about key and licence do: hand over along the chain, correct what was not written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.desk.arrivals.finding import car_here, plate_of
from carcheck_desktop.desk.keys.rules import refuse_driver, refuse_who, refuse_wrong_holder, tag_for, told
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.tickets.printing import print_label
from carcheck_desktop.domain.commands import CorrectCustody, HandOver
from carcheck_desktop.domain.custody import OWNER, Holder, Place, Thing, holder_of
from carcheck_desktop.domain.facts import HandedOver

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView

SHORTEST_REASON = 4
LONGEST_REASON = 200


def hand_over(uow: UnitOfWork, command: HandOver, doing: Doing) -> dict[str, Any]:
    """Hand things over; raises `RefusedError` naming who has them when `from_` has not, and when a rule is against it."""
    car = car_here(uow, command.visit_id)
    things = _things(command.things)
    refuse_wrong_holder(car, things, command.from_)
    tag = _tag(uow, car, things, command.to)
    to = _hung(command.to, tag, plate_of(car))
    refuse_who(uow, doing.session, command.from_, to)
    if Thing.KEY in things:
        refuse_driver(uow, car, to, doing.session)
    record(uow, HandedOver(command.visit_id, things, command.from_, to, tag), actor=doing.actor)
    if tag is not None and Thing.KEY in things and command.from_ == OWNER:
        print_label(uow, command.visit_id, tag, doing)
    return {"tag": tag}


def correct_custody(uow: UnitOfWork, command: CorrectCustody, doing: Doing) -> dict[str, Any]:
    """Say who really holds something, with the reason; raises `RefusedError` when the record says so already."""
    car = car_here(uow, command.visit_id)
    reason = " ".join(command.reason.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise RefusedError("desk.keys.no_reason", length=len(reason), least=SHORTEST_REASON, most=LONGEST_REASON)
    if command.to.place is Place.PERSON and uow.users.get(command.to.name) is None:
        raise RefusedError("desk.keys.no_such_person", receiver=command.to.name[:40])
    things = _things(command.things)
    tag = _tag(uow, car, things, command.to)
    to = _hung(command.to, tag, plate_of(car))
    wrong = [thing for thing in things if holder_of(car.custody, thing) != to]
    if not wrong:
        raise RefusedError("desk.keys.same_holder", **told(to))
    for thing in wrong:
        fact = HandedOver(command.visit_id, (thing,), holder_of(car.custody, thing), to, tag, reason)
        record(uow, fact, actor=doing.actor)
    return {"tag": tag}


def _things(given: tuple[Thing, ...]) -> tuple[Thing, ...]:
    if not given:
        raise RefusedError("desk.keys.nothing")
    return tuple(thing for thing in Thing if thing in given)


def _tag(uow: UnitOfWork, car: VisitView | ArrivalView, things: tuple[Thing, ...], to: Holder) -> int | None:
    """Return the key's hook after this handover; one that leaves its owner gets one."""
    if Thing.KEY in things and car.custody.key == OWNER and to != OWNER:
        return tag_for(uow, car.custody, car.visit_id, plate_of(car))
    return car.custody.tag


def _hung(to: Holder, tag: int | None, plate: str) -> Holder:
    """Return the holder with the hook filled in; a car's things hang on its own hook only."""
    if to.place is not Place.KEY_BOARD:
        return to if to.place is Place.PERSON else Holder(to.place)
    if tag is None:
        raise RefusedError("desk.keys.no_tag", plate=plate)
    if to.name not in ("", str(tag)):
        raise RefusedError("desk.keys.wrong_hook", plate=plate, hook=to.name[:10], own=tag)
    return Holder(Place.KEY_BOARD, str(tag))


DOERS: dict[str, Doer] = {HandOver.kind: hand_over, CorrectCustody.kind: correct_custody}
