"""The virtual clerk: looks a plate up and takes the car in from the answer, as one at the counter does.

Only what the answer leaves open is read from the licence in the hand or was seen at the car. Whether the register
answers makes no difference to whether the car is taken in.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.domain.commands import LookUpVehicle, OpenVisit
from carcheck_desktop.domain.intake import LICENCE_FIELDS, STATION_FIELDS, LookupAnswer, ValueOrigin, suggested
from carcheck_desktop.domain.private import Presenter
from carcheck_desktop.domain.vehicle import InspectionKind

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.twin.scenario import Arrival

log = logging.getLogger(__name__)
TELEPHONE, CONSENT_VERSION = "13800000000", "2026-1"
"""A number that nobody has, and the text that hangs at the window."""
ON_LICENCE = ("plate", "plate_kind", "category", "use", *LICENCE_FIELDS)


@dataclass
class VirtualClerk:
    """Keeps the answers of look-ups until the car is taken in; whoever starts anew looks up anew."""

    answers: dict[str, LookupAnswer] = field(default_factory=dict)

    def next_command(self, arrival: Arrival, now: datetime | None = None) -> Command:
        """Return what to do for the car that is next: look it up, then take it in; `now` is when a consent was given."""
        plate = arrival.vehicle.plate
        if plate not in self.answers:
            return LookUpVehicle(plate, arrival.vehicle.plate_kind, arrival.vehicle.vin[-4:])
        opening = opening_of(arrival, self.answers[plate])
        if not arrival.brought_by or now is None:
            return opening
        return replace(opening, presenter=Presenter(arrival.brought_by, TELEPHONE, CONSENT_VERSION, now))

    def hear(self, arrival: Arrival, reply: Reply) -> None:
        """Take note of a look-up's answer."""
        if reply.accepted and "lookup_id" in reply.result:
            answer = from_plain(reply.result, LookupAnswer)
            self.answers[arrival.vehicle.plate] = answer
            if answer.problem is not None:
                log.info("nobody could be asked about %s: %s", arrival.vehicle.plate, answer.problem.code)


def opening_of(arrival: Arrival, answer: LookupAnswer | None = None) -> OpenVisit:
    """Return how the car is taken in; a value that the look-up told keeps its origin, unless the licence says another."""
    vehicle = arrival.vehicle
    told, told_by = suggested(answer) if answer is not None else ({}, {})
    origins = {
        name: told_by[name] if name in told and told[name] == getattr(vehicle, name) else ValueOrigin.LICENCE
        for name in ON_LICENCE
    }
    origins |= {
        name: told_by[name] if told.get(name) == getattr(vehicle, name) else ValueOrigin.TYPED
        for name in STATION_FIELDS
    }
    owner = str(told.get("owner", ""))
    return OpenVisit(
        vehicle,
        InspectionKind.IN_USE,
        origins | ({"owner": told_by["owner"]} if owner else {}),
        owner=owner,
        channel=arrival.channel,
        booking_id=arrival.booking_id,
        lookup_id=answer.lookup_id if answer is not None else None,
    )
