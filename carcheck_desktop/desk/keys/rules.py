"""Who may hand what to whom; pure but for the rows it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.desk.arrivals.finding import plate_of
from carcheck_desktop.domain.access import KEY_HANDS, WELCOMING, Role
from carcheck_desktop.domain.custody import (
    KEY_RULES,
    OWNER,
    CustodyView,
    Holder,
    KeyRules,
    Place,
    Thing,
    free_tag,
    holder_of,
    since_of,
)
from carcheck_desktop.domain.views import VisitView

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Param
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.ports import UnitOfWork


def told(holder: Holder) -> dict[str, Param]:
    """Return what a sentence says of a holder."""
    if holder.place is Place.PERSON:
        return {"holder": holder.name}
    return {"holder": word(holder.place).code, "hook": holder.name or "-"}


def refuse_wrong_holder(car: VisitView | ArrivalView, things: tuple[Thing, ...], from_: Holder) -> None:
    """Raise `RefusedError` naming the holder when one of the things is not where it is taken from."""
    for thing in things:
        holder = holder_of(car.custody, thing)
        if holder != from_:
            since = since_of(car.custody, thing)
            raise RefusedError(
                "desk.keys.held_elsewhere", plate=plate_of(car), thing=word(thing).code,
                since=since if since is not None else "-", **told(holder),
            )  # fmt: skip


def refuse_who(uow: UnitOfWork, session: Session, from_: Holder, to: Holder) -> None:
    """Raise `RefusedError` when this person may not move a thing between these two.

    Only who holds a thing gives it away; what lies at a place, or is the owner's, everybody takes for himself only;
    giving it to the owner, and moving it between places, is for those who meet owners.
    """
    if from_ == to:
        raise RefusedError("desk.keys.same_holder", **told(to))
    if from_.place is Place.PERSON and from_.name != session.actor:
        raise RefusedError("desk.keys.not_yours", actor=session.actor, **told(from_))
    if to.place is Place.PERSON and to.name != session.actor:
        if from_.place is not Place.PERSON:
            raise RefusedError("desk.keys.takes_himself", receiver=to.name[:40])
        receiver = uow.users.get(to.name)
        if receiver is None or receiver.locked or receiver.role not in KEY_HANDS:
            raise RefusedError("desk.keys.no_such_person", receiver=to.name[:40])
    moves_places = from_.place is not Place.PERSON and to.place is not Place.PERSON
    if (to == OWNER or moves_places) and session.role not in WELCOMING:
        raise RefusedError("desk.keys.not_by_role", role=word(session.role).code, actor=session.actor)


def refuse_driver(
    uow: UnitOfWork, car: VisitView | ArrivalView, to: Holder, session: Session, rules: KeyRules = KEY_RULES
) -> None:
    """Raise `RefusedError` when a lane driver may not have this key: not taken in yet, or he has another one."""
    if to.place is not Place.PERSON:
        return
    row = uow.users.get(to.name)
    role = session.role if to.name == session.actor else row.role if row is not None else None
    if role is not Role.LANE_DRIVER:
        return
    if not isinstance(car, VisitView):
        raise RefusedError("desk.keys.not_taken_in", plate=car.plate)
    held = [each.vehicle.plate for each in uow.visits.unfinished() if each.custody.key == to and each.ended_at is None]
    if len(held) >= rules.most_keys_of_a_driver:
        raise RefusedError("desk.keys.has_another", driver=to.name, plate=held[0], most=rules.most_keys_of_a_driver)


def tag_for(uow: UnitOfWork, custody: CustodyView, visit_id: str, plate: str, rules: KeyRules = KEY_RULES) -> int:
    """Return the hook of a key that leaves its owner: the one it had, else the lowest that is free."""
    used = _used_tags(uow, visit_id)
    if custody.tag is not None and custody.tag not in used:
        return custody.tag
    tag = free_tag(used, rules)
    if tag is None:
        raise RefusedError("desk.keys.board_full", plate=plate, hooks=rules.hooks)
    return tag


def _used_tags(uow: UnitOfWork, own_id: str) -> set[int]:
    cars: list[VisitView | ArrivalView] = [*uow.visits.unfinished(), *uow.arrivals.open_ones()]
    return {
        each.custody.tag
        for each in cars
        if each.visit_id != own_id and each.custody.tag is not None and each.custody.key != OWNER
    }
