"""One stored item judged again: its raw facts in, its cards under an edition out. Pure; who reads the store is the desk's affair.

The functions are those by which the lane judged. An edition that was not in force on the day of the inspection is taken as it
stood on its own day nearest to it (`day_in`), which whoever shows the result has to say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.standards.emission.idle import demand_of
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.standards.families.known import PETROL, SAFETY
from carcheck_desktop.standards.verdicts import judge_parking, judge_service_brake

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.domain.exhaust import ExhaustRecord
    from carcheck_desktop.domain.measurements import Curve
    from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import ItemView
    from carcheck_desktop.standards.loading.edition import Edition

FAMILY_OF = {
    ItemKind.SERVICE_BRAKE: SAFETY.name,
    ItemKind.PARKING_BRAKE: SAFETY.name,
    ItemKind.TWO_SPEED_IDLE: PETROL.name,
}
"""Which family of tables judges an item; a weighing is judged by none."""


@dataclass(frozen=True, slots=True)
class RawItem:
    """Everything that a verdict on a stored item rests on: vehicle, kind and day of the inspection, the run, its samples."""

    vehicle: Vehicle
    inspection: InspectionKind
    on: date
    item: ItemView
    curve: Curve | None = None
    exhaust: ExhaustRecord | None = None


def family_of(item: ItemView) -> str | None:
    """Return the family of tables that judges an item; None where nothing is judged."""
    return FAMILY_OF.get(item.kind)


def day_in(edition: Edition, on: date) -> date:
    """Return the day itself while the edition is in force on it, else the edition's own day nearest to it."""
    if on < edition.valid_from:
        return edition.valid_from
    return on if edition.valid_until is None else min(on, edition.valid_until)


def judge_again(edition: Edition, raw: RawItem) -> tuple[VerdictCard, ...]:
    """Return the cards of an item under an edition.

    Raises `DataError` `standards.again.nothing_measured` for an item without a result, `standards.again.other_family` for
    an edition that does not judge such items, and what the judging itself raises.
    """
    item, on = raw.item, day_in(edition, raw.on)
    family = family_of(item)
    if family != edition.family.name:
        raise DataError("standards.again.other_family", item=item.item, edition=edition.edition, family=family or "-")
    case = (edition, raw.vehicle, raw.inspection, on)
    if item.service_brake is not None and raw.curve is not None:
        return judge_service_brake(*case, item.service_brake, raw.curve)
    if item.parking_brake is not None and raw.curve is not None:
        return judge_parking(*case, [(item.parking_brake, raw.curve)])
    if item.two_speed_idle is not None and raw.exhaust is not None:
        return judge_two_speed_idle(edition, on, item.two_speed_idle, raw.exhaust)
    raise DataError("standards.again.nothing_measured", item=item.item, state=item.state.value)


def as_demanded_by(edition: Edition, raw: RawItem) -> RawItem:
    """Return a test of the exhaust with what another edition demands of it, so that this one says whether it counts at all."""
    run = raw.item.two_speed_idle
    if run is None or edition.family is not PETROL:
        return raw
    demand = demand_of(edition, raw.vehicle, day_in(edition, raw.on))
    return replace(raw, item=replace(raw.item, two_speed_idle=replace(run, demand=demand)))
