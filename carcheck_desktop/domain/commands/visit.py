"""Commands of the intake: look up, preview, open, show what is personal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from carcheck_desktop.domain.commands.base import Command
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.private import Presenter
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Vehicle


@dataclass(frozen=True, slots=True)
class LookUpVehicle(Command):
    """Ask station and authority what is known of a plate; `result` is a `LookupAnswer` as plain data.

    `vin_tail` is the end of the VIN (the authority wants four characters or the whole), "" when unknown.
    """

    kind: ClassVar[str] = "look_up_vehicle"
    plate: str
    plate_kind: PlateKind
    vin_tail: str = ""


@dataclass(frozen=True, slots=True)
class PreviewVisit(Command):
    """Ask what opening this visit would make; `result` is a `VisitPreview` as plain data, nothing is journaled."""

    kind: ClassVar[str] = "preview_visit"
    vehicle: Vehicle
    inspection: InspectionKind


@dataclass(frozen=True, slots=True)
class OpenVisit(Command):
    """Take a vehicle in for a safety inspection; the reply's `result` has `visit_id`.

    `origins` say by field of the vehicle where its value comes from. `owner` and `presenter` are personal.
    `arrival_id` is the `visit_id` of the arrival that this takes in; without one a car that was noted is found by its plate.
    `insured_until` is what the look-up had of the compulsory insurance: evidence, never a release.
    """

    kind: ClassVar[str] = "open_visit"
    vehicle: Vehicle
    inspection: InspectionKind
    origins: dict[str, ValueOrigin] = field(default_factory=dict)
    owner: str = field(default="", repr=False)
    presenter: Presenter | None = None
    channel: Channel = Channel.WALK_IN
    booking_id: str | None = None
    lookup_id: str | None = None
    arrival_id: str | None = None
    insured_until: date | None = None


@dataclass(frozen=True, slots=True)
class ShowVisit(Command):
    """Ask for the personal data of a visit; `result` has `private` (a `VisitPrivate`, or null when there are none)."""

    kind: ClassVar[str] = "show_visit"
    visit_id: str


COMMANDS: tuple[type[Command], ...] = (LookUpVehicle, PreviewVisit, OpenVisit, ShowVisit)
