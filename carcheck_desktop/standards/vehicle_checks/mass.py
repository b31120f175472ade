"""Curb mass at registration (整备质量, 6.8.1.1) and empty mass in use (空车质量, 6.8.1.2).

A deviation fails only if it exceeds both the percentage and the absolute figure; it is compared unrounded. A light goods
vehicle must besides stay below a mass of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Quantity, VerdictCard
from carcheck_desktop.standards.cards import Judgement, Manner, Subject, judged
from carcheck_desktop.standards.families.vehicle_axes import Registered
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.vehicle_checks.given import in_percent, missing, positive, with_reason, within, wrong

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

ITEM = "Z1"
MOST_KG = 200_000
ADVICE = Message("standards.mass.advice")
WHY_NOT = {
    "curb_mass.none": Message("standards.mass.not_asked"),
    "empty_mass.none.class": Message("standards.mass.not_asked"),
    "empty_mass.none.not_yet": Message("standards.mass.not_yet"),
}


@dataclass(frozen=True, slots=True)
class MassRecord:
    """The weighed mass of the vehicle in kg, given directly or from what was weighed.

    One of: `measured_kg`; `axle_loads_kg` (axle by axle, a tandem or tridem as one); `train_kg` and `tractor_kg` (a trailer is
    the train less its tractor). `deducted_kg` are parts that 7.2.3.3 lets be deducted. `reference_kg` is the mass of the
    licence or type approval; without it `vehicle.curb_mass_kg` is taken. Of the vehicle: `category`, and in use of goods
    vehicles and heavy or medium trailers `registered_on`.
    """

    measured_kg: Decimal | None = None
    axle_loads_kg: tuple[Decimal, ...] | None = None
    train_kg: Decimal | None = None
    tractor_kg: Decimal | None = None
    deducted_kg: Decimal = Decimal(0)
    reference_kg: Decimal | None = None


def judge_mass(case: Case, record: MassRecord) -> Judgement:
    """Judge the mass against the reference; at registration the curb mass, in use the empty mass."""
    measured_kg, inputs = _measured(record)
    if case.inspection is InspectionKind.REGISTRATION:
        return Judgement((_curb(case, record, measured_kg, inputs),))
    return Judgement((_empty(case, record, measured_kg, inputs), *_light_truck(case, measured_kg, inputs)))


def registered(case: Case, on: date) -> Registered:
    """Return on which side of the day a vehicle was registered from which the empty mass in use is judged."""
    return Registered.FROM if _as_number(on) >= case.constant("empty_mass_registered_from") else Registered.BEFORE


def _by_age(case: Case, quantity: Quantity) -> Limit:
    """Return the limit by class and age; the day of registration has to be known only where it decides."""
    vehicle = case.vehicle
    category = vehicle.require("category", vehicle.category)
    limits = {each: case.limit(quantity, category=category, registered=each) for each in Registered}
    if vehicle.registered_on is None and len({limit.key for limit in limits.values()}) == 1:
        return limits[Registered.FROM]
    return limits[registered(case, vehicle.require("registered_on", vehicle.registered_on))]


def _as_number(on: date) -> int:
    return on.year * 10_000 + on.month * 100 + on.day


def _as_day(number: Decimal) -> str:
    digits = f"{int(number):08d}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _measured(record: MassRecord) -> tuple[Fraction, dict[str, str]]:
    """Return the mass with what it was made of."""
    ways = (record.measured_kg, record.axle_loads_kg, record.train_kg)
    if sum(way is not None for way in ways) > 1:
        raise wrong("measured_kg", "measured_kg, axle_loads_kg, train_kg", "one of them")
    if record.measured_kg is not None:
        given = positive("measured_kg", record.measured_kg, MOST_KG)
        total, inputs = Fraction(given), {"weighed_kg": plain(given)}
    elif record.axle_loads_kg is not None:
        total, inputs = _axles(record.axle_loads_kg)
    elif record.train_kg is not None:
        total, inputs = _trailer(record.train_kg, record.tractor_kg)
    else:
        raise missing("measured_kg")
    deducted_kg = within("deducted_kg", record.deducted_kg, 0, MOST_KG)
    if deducted_kg >= total:
        raise wrong("deducted_kg", plain(deducted_kg), f"< {plain(total)}")
    total -= Fraction(deducted_kg)
    return total, inputs | {"deducted_kg": plain(deducted_kg), "measured_kg": plain(total)}


def _axles(loads_kg: tuple[Decimal, ...]) -> tuple[Fraction, dict[str, str]]:
    if not loads_kg:
        raise missing("axle_loads_kg[0]")
    loads = [positive(f"axle_loads_kg[{place}]", load, MOST_KG) for place, load in enumerate(loads_kg)]
    return sum((Fraction(load) for load in loads), Fraction(0)), {"axle_loads_kg": " + ".join(map(plain, loads))}


def _trailer(train_kg: Decimal, tractor_kg: Decimal | None) -> tuple[Fraction, dict[str, str]]:
    if tractor_kg is None:
        raise missing("tractor_kg")
    positive("train_kg", train_kg, MOST_KG)
    positive("tractor_kg", tractor_kg, MOST_KG)
    if tractor_kg >= train_kg:
        raise wrong("tractor_kg", plain(tractor_kg), f"< {plain(train_kg)}")
    inputs = {"train_kg": plain(train_kg), "tractor_kg": plain(tractor_kg)}
    return Fraction(train_kg) - Fraction(tractor_kg), inputs


def _reference(case: Case, record: MassRecord) -> Fraction:
    if record.reference_kg is not None:
        return Fraction(positive("reference_kg", record.reference_kg, MOST_KG))
    if case.vehicle.curb_mass_kg is None:
        raise missing("reference_kg")
    return Fraction(positive("vehicle.curb_mass_kg", Decimal(case.vehicle.curb_mass_kg), MOST_KG))


def _deviation(
    case: Case, measured_kg: Fraction, reference_kg: Fraction, inputs: dict[str, str], subject: Subject
) -> VerdictCard:
    """Return the card of a deviation; its percentage stands beside it."""
    deviation_kg = abs(measured_kg - reference_kg)
    facts = {
        "reference_kg": plain(reference_kg),
        **in_percent(deviation_kg, reference_kg),
    }
    whole = Subject(subject.item, subject.quantity, subject.limit, inputs | facts)
    return judged(case, whole, deviation_kg, advice=ADVICE, manner=Manner(reference=reference_kg))


def _curb(case: Case, record: MassRecord, measured_kg: Fraction, inputs: dict[str, str]) -> VerdictCard:
    limit = case.limit(Quantity.CURB_MASS, category=case.vehicle.require("category", case.vehicle.category))
    subject = Subject(ITEM, Quantity.CURB_MASS, limit, {})
    card = _deviation(case, measured_kg, _reference(case, record), inputs, subject)
    return with_reason(card, limit, WHY_NOT)


def _empty(case: Case, record: MassRecord, measured_kg: Fraction, inputs: dict[str, str]) -> VerdictCard:
    limit = _by_age(case, Quantity.EMPTY_MASS)
    on = case.vehicle.registered_on
    facts = {} if on is None else {"registered_on": on.isoformat()}
    subject = Subject(ITEM, Quantity.EMPTY_MASS, limit, {})
    card = _deviation(case, measured_kg, _reference(case, record), inputs | facts, subject)
    before = Message("standards.mass.registered_before", {"day": _as_day(case.constant("empty_mass_registered_from"))})
    return with_reason(card, limit, WHY_NOT | {"empty_mass.none.registered_before": before})


def _light_truck(case: Case, measured_kg: Fraction, inputs: dict[str, str]) -> list[VerdictCard]:
    """Judge what a light goods vehicle must stay below; exactly there fails, and no rounding helps."""
    limit = _by_age(case, Quantity.LIGHT_TRUCK_MASS)
    if limit.bound is Bound.NONE:
        return []
    subject = Subject(ITEM, Quantity.LIGHT_TRUCK_MASS, limit, inputs)
    advice = Message("standards.mass.light_truck_advice", {"limit": plain(limit.value)})
    return [judged(case, subject, measured_kg, advice=advice, manner=Manner(full=True, open_ends=True))]


MASS = Kind(
    "mass",
    "safety",
    MassRecord,
    judge_mass,
    {
        "vehicle": {"category": "heavy_goods", "curb_mass_kg": 12000},
        "inspection": "registration",
        "date": "2026-03-01",
        "measurements": [{"kind": "mass", "measured_kg": 12480}],
    },
)
