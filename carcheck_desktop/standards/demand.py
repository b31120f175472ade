"""The braking force that a limit asks for, so that whoever draws it need not compute it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.standards.brakes import force_for
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.judging.counting import load_problem
from carcheck_desktop.standards.judging.selecting import parking_limit, rate_limit
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.rounding import cut
from carcheck_desktop.standards.traits import traits_of

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
    from carcheck_desktop.domain.verdicts import PlannedItem
    from carcheck_desktop.standards.loading.edition import Edition


@dataclass(frozen=True, slots=True)
class Loads:
    """Static loads from the scale: of the axle on the bench, and of all axles together."""

    axle_kg: Decimal
    vehicle_kg: Decimal


def demanded_sum_daN(
    tables: Edition, vehicle: Vehicle, inspection: InspectionKind, on: date, item: PlannedItem, loads: Loads
) -> Decimal | None:
    """Return the sum of both wheels' maxima at which the item's limit is met exactly.

    For the parking brake it is the sum over all parking axles. None for a weighing, and where
    the load is no weight. The verdict is on the rounded rate, so a little less may still pass.
    """
    case = Case(tables, traits_of(vehicle), inspection, on)
    if item.kind is ItemKind.SERVICE_BRAKE:
        limit, load_kg = rate_limit(case, item.axle), loads.axle_kg
    elif item.kind is ItemKind.PARKING_BRAKE:
        limit, load_kg = parking_limit(case).limit, loads.vehicle_kg
    else:
        return None
    if limit.bound is Bound.NONE or load_problem(load_kg) is not None:
        return None
    return cut(force_for(limit.value, load_kg, tables.constant("daN_per_kg", on)))
