"""The virtual people of the yard: the guide at the gate and the lane drivers, acting only by commands.

What is whose next car is `domain.turns`' rule, the same that the keys window shows. The feet on the pedals are
`twin.people.VirtualDriver`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import HandOver, NoteArrival
from carcheck_desktop.domain.custody import COUNTER, Holder, Place, Thing
from carcheck_desktop.domain.turns import NextDoing, next_car_for

if TYPE_CHECKING:
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.twin.office import Scene
    from carcheck_desktop.twin.scenario import Arrival

BOARD = Holder(Place.KEY_BOARD)


@dataclass
class Guide:
    """Meets the cars whose owners booked, takes key and licence at the gate, brings them to board and counter."""

    name: str
    meets: Arrival | None = None
    """The car that drives through the gate now."""

    def next_command(self, scene: Scene) -> Command | None:
        """Return where to bring what this person holds, else the note of the car that came."""
        me = Holder(Place.PERSON, self.name)
        cars: list[VisitView | ArrivalView] = [*scene.arrivals.values(), *scene.visits.values()]
        for car in cars:
            if car.custody.licence == me:
                return HandOver(car.visit_id, (Thing.LICENCE,), me, COUNTER)
            if car.custody.key == me:
                return HandOver(car.visit_id, (Thing.KEY,), me, BOARD)
        coming, self.meets = self.meets, None
        if coming is None or scene.noted(coming.vehicle.plate) is not None:
            return None
        vehicle = coming.vehicle
        return NoteArrival(
            vehicle.plate, vehicle.plate_kind, coming.channel, coming.booking_id, (Thing.KEY, Thing.LICENCE)
        )


@dataclass
class LaneDriver:
    """Takes the next key, and brings it back when the car has left the lane."""

    name: str

    def next_command(self, scene: Scene) -> Command | None:
        """Return the handover that is next."""
        car = next_car_for(Role.LANE_DRIVER, self.name, scene.visits.values(), scene.arrivals.values())
        if car is None:
            return None
        me = Holder(Place.PERSON, self.name)
        if car.doing is NextDoing.TAKE_FROM_BOARD:
            return HandOver(car.visit_id, (Thing.KEY,), car.holder, me)
        if car.doing is NextDoing.BRING_BACK:
            return HandOver(car.visit_id, (Thing.KEY,), me, BOARD)
        return None
