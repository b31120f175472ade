"""Whose turn it is: the one order of waiting cars, and the next car for a guide or a lane driver; pure.

The rule, in words (`domain.turns.rule`): every half hour is a slot, and cars wait in the order of their slots. Within a
slot cars that come again for a recheck are first, then those that booked, then the others, each in the order in which
they came. So nobody who came in an earlier slot is ever overtaken by somebody of a later one. The hall's board, the keys
window and the virtual lane controller ask this file, so that what people read is what happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.custody import COUNTER, NO_CUSTODY, OWNER, CustodyView, Holder, Place
from carcheck_desktop.domain.ticket import BOOKED, TicketView
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.domain.views import Stage, VisitView, stage


class Standing(StrEnum):
    """How a waiting car stands within its slot, first to last."""

    RECHECK = "recheck"
    BOOKED = "booked"
    WALK_IN = "walk_in"


@dataclass(frozen=True, slots=True)
class TurnRule:
    """How long a slot is, and who goes first in it."""

    slot_min: int = 30
    order: tuple[Standing, ...] = (Standing.RECHECK, Standing.BOOKED, Standing.WALK_IN)

    def in_words(self) -> Message:
        """Return the rule as people read it."""
        return Message("domain.turns.rule", {"slot_min": self.slot_min})


TURN_RULE = TurnRule()
"""The order of a station that recorded no other."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A car that waits for its lane, taken in or only noted; `since` is when it began to wait."""

    visit_id: str
    plate: str
    plate_kind: PlateKind
    since: datetime
    standing: Standing
    is_taken_in: bool
    ticket: TicketView | None = None
    custody: CustodyView = NO_CUSTODY


def waiting_in_turn(
    visits: Iterable[VisitView], arrivals: Iterable[ArrivalView] = (), rule: TurnRule = TURN_RULE
) -> tuple[Waiting, ...]:
    """Return the cars that wait for a lane, in their order."""
    cars = [waiting for visit in visits if (waiting := _waiting_visit(visit)) is not None]
    cars.extend(_waiting_arrival(each) for each in arrivals if each.is_open)
    return tuple(sorted(cars, key=lambda car: (*_place(car, rule), car.since, car.visit_id)))


def visits_in_turn(visits: Iterable[VisitView], rule: TurnRule = TURN_RULE) -> list[VisitView]:
    """Return those visits that wait for a lane, in their order: whoever takes the next car onto a lane takes the first."""
    known = {visit.visit_id: visit for visit in visits}
    return [known[car.visit_id] for car in waiting_in_turn(known.values(), (), rule)]


def _place(car: Waiting, rule: TurnRule) -> tuple[int, int]:
    """Return the slot and the place of a car's standing in it; slots begin at the full hour in every time zone of whole hours."""
    slot = int(car.since.timestamp()) // int(timedelta(minutes=rule.slot_min).total_seconds())
    return slot, rule.order.index(car.standing)


def _waiting_visit(visit: VisitView) -> Waiting | None:
    if visit.ended_at is not None or stage(visit) is not Stage.WAITING:
        return None
    again_since = visit.recheck.opened_at if visit.recheck is not None else None
    standing = Standing.BOOKED if visit.channel in BOOKED else Standing.WALK_IN
    return Waiting(
        visit.visit_id, visit.vehicle.plate, visit.vehicle.plate_kind, again_since or visit.arrived_at or visit.opened_at,
        Standing.RECHECK if again_since is not None else standing, True, visit.ticket, visit.custody,
    )  # fmt: skip


def _waiting_arrival(arrival: ArrivalView) -> Waiting:
    standing = Standing.BOOKED if arrival.channel in BOOKED else Standing.WALK_IN
    return Waiting(
        arrival.visit_id, arrival.plate, arrival.plate_kind, arrival.arrived_at, standing, False,
        arrival.ticket, arrival.custody,
    )  # fmt: skip


class NextDoing(StrEnum):
    """What is to be done with the next car."""

    TAKE_KEY = "take_key"
    """Take the key from the owner, at the car or at the window."""
    HANG_UP = "hang_up"
    """Hang the key that you hold on the key board."""
    TAKE_FROM_BOARD = "take_from_board"
    """Take the key from its hook (or the counter) and drive to the lane."""
    DRIVE = "drive"
    """You hold the key: drive to the lane."""
    IN_LANE = "in_lane"
    """The car is on the lane and you hold its key."""
    BRING_BACK = "bring_back"
    """The lane is done: park the car and bring the key back."""


@dataclass(frozen=True, slots=True)
class NextCar:
    """The car that is somebody's next, and what to do with it; `holder` has the key now."""

    visit_id: str
    plate: str
    plate_kind: PlateKind
    doing: NextDoing
    holder: Holder
    since: datetime
    tag: int | None = None
    ticket: TicketView | None = None


def next_car_for(
    role: Role,
    actor: str,
    visits: Iterable[VisitView],
    arrivals: Iterable[ArrivalView] = (),
    rule: TurnRule = TURN_RULE,
) -> NextCar | None:
    """Return the next car of a person: first the one whose key he holds, else the first in turn that needs him."""
    known = tuple(visits)
    waiting = waiting_in_turn(known, arrivals, rule)
    mine = Holder(Place.PERSON, actor)
    in_hand = _in_hand(mine, role, known, waiting)
    if in_hand is not None:
        return in_hand
    if role is Role.LANE_DRIVER:
        ready = (car for car in waiting if car.is_taken_in and _at_hand(car.custody.key))
        return _first(ready, NextDoing.TAKE_FROM_BOARD)
    return _first((car for car in waiting if car.custody.key == OWNER), NextDoing.TAKE_KEY)


def _in_hand(mine: Holder, role: Role, visits: tuple[VisitView, ...], waiting: tuple[Waiting, ...]) -> NextCar | None:
    driven = role is Role.LANE_DRIVER
    held = [
        _next(car, NextDoing.DRIVE if driven and car.is_taken_in else NextDoing.HANG_UP)
        for car in waiting
        if car.custody.key == mine
    ]
    known = {car.visit_id for car in waiting}
    for visit in visits:
        if visit.custody.key == mine and visit.visit_id not in known:
            is_on_lane = stage(visit) in (Stage.IN_LANE, Stage.INTERRUPTED)
            doing = NextDoing.IN_LANE if is_on_lane else NextDoing.BRING_BACK
            held.append(
                NextCar(
                    visit.visit_id, visit.vehicle.plate, visit.vehicle.plate_kind, doing, mine,
                    visit.custody.key_since or visit.opened_at, visit.custody.tag, visit.ticket,
                )
            )  # fmt: skip
    return min(held, key=lambda car: car.since) if held else None


def _at_hand(holder: Holder) -> bool:
    return holder == COUNTER or holder.place is Place.KEY_BOARD


def _first(cars: Iterable[Waiting], doing: NextDoing) -> NextCar | None:
    found = next(iter(cars), None)
    return None if found is None else _next(found, doing)


def _next(car: Waiting, doing: NextDoing) -> NextCar:
    since = car.custody.key_since or car.since
    return NextCar(
        car.visit_id, car.plate, car.plate_kind, doing, car.custody.key, since, car.custody.tag, car.ticket
    )  # fmt: skip
