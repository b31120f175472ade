"""Brakes of a whole vehicle as records: all axles, sums, the parking brake (B0), and motorcycles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import VehicleCategory
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.bench import given
from carcheck_desktop.standards.bench.axles import AxleBrake, axle_judgement, axle_of_record, static_kg_of
from carcheck_desktop.standards.bench.given import MOST_RATE_PERCENT, MOST_SUM, MOST_WHEEL_DAN, Wheels, maxima_of
from carcheck_desktop.standards.cards import Judgement, Subject, invalid, judged, not_judged
from carcheck_desktop.standards.classes import brake_class
from carcheck_desktop.standards.families.axes import BrakeClass, Place, Tester
from carcheck_desktop.standards.judging.selecting import rate_of
from carcheck_desktop.standards.judging.service import absent
from carcheck_desktop.standards.judging.whole import (
    Sums,
    lever,
    mass_problem,
    run_problem,
    sums_of,
    whole,
    whole_subject,
)
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.plan import PARKING_ITEM
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.judging.axle import Axle

WITHOUT = {
    WHOLE_ITEM: Quantity.WHOLE_VEHICLE_BRAKE_RATE,
    "B1": Quantity.IMBALANCE,
    PARKING_ITEM: Quantity.PARKING_BRAKE_RATE,
}
"""What two-wheelers are not judged by, with the item where others have it."""
CYCLES = (
    VehicleCategory.MOTORCYCLE, VehicleCategory.SIDECAR_MOTORCYCLE, VehicleCategory.TRICYCLE_MOTORCYCLE,
    VehicleCategory.MOPED, VehicleCategory.THREE_WHEELED,
)  # fmt: skip
"""What is measured wheel by wheel."""


@dataclass(frozen=True, slots=True)
class ServiceBrake:
    """The service brake of all axles (B1 to B5) and with it the whole-vehicle rate (整车制动率), by static loads.

    Where the number of `axles` is not known, two axles or more are taken for all of them; one axle alone leaves the whole
    vehicle not judged. Single axles need a static load each, or `vehicle_load_kg` is given.
    """

    axles: tuple[AxleBrake, ...]
    """Each axle once, with its `axle` number."""
    vehicle_load_kg: Decimal | None = None
    """Static load of all axles, where single axles have none (plates)."""


@dataclass(frozen=True, slots=True)
class WholeVehicleBrake:
    """The whole vehicle from sums over all axles, unladen, and laden where a failure is judged again; daN and kg.

    Only service brake items (B), never loaded ones (L). Unladen, laden or both; of each all three figures. A rate of more than
    200 %, or no force at all, does not count.
    """

    left_sum_daN: Decimal | None = None
    """Sum of the left wheels' greatest forces."""
    right_sum_daN: Decimal | None = None
    """Sum of the right wheels' greatest forces."""
    load_kg: Decimal | None = None
    """Static load of all axles."""
    laden_left_sum_daN: Decimal | None = None
    """The left wheels fully laden: asked only where an unladen failure is judged again."""
    laden_right_sum_daN: Decimal | None = None
    """The right wheels fully laden."""
    laden_load_kg: Decimal | None = None
    """Static load of all axles, fully laden."""


@dataclass(frozen=True, slots=True)
class ParkingAxle:
    """One axle that the parking brake acts on: maxima, or curves."""

    axle: int
    """Number of the axle from the front, 1 to 12."""
    left_max_daN: Decimal | None = None
    """Greatest force of the left wheel."""
    right_max_daN: Decimal | None = None
    """Greatest force of the right wheel."""
    left_curve_daN: tuple[Decimal, ...] | None = None
    """Samples of the left wheel."""
    right_curve_daN: tuple[Decimal, ...] | None = None
    """Samples of the right wheel, as many."""
    sample_interval_ms: int = 10
    """How long a sample lasts."""
    press_index: int = 0
    """First sample after the driver was asked to pull."""


@dataclass(frozen=True, slots=True)
class ParkingBrake:
    """The parking brake on the bench (驻车制动, B0): all its axles together, by the static load of all axles of the vehicle.

    Wants `vehicle_load_kg` or `axle_loads_kg`, of each axle the two maxima or the two curves, and `curb_mass_kg` and `total_mass_kg` of the vehicle; one verdict, and none before the last parking axle. A wheel
    without force is judged with the others; no force at all, or a rate of more than 200 %, does not count.
    """

    axles: tuple[ParkingAxle, ...]
    """Every axle of the vehicle's `parking_axles`."""
    vehicle_load_kg: Decimal | None = None
    """Static load of all axles of the vehicle."""
    axle_loads_kg: tuple[Decimal, ...] | None = None
    """Static load of each axle of the vehicle, instead of their sum."""
    tester: Tester = Tester.ROLLER
    """What it was measured on."""


@dataclass(frozen=True, slots=True)
class MotorcycleBrake:
    """Both wheels of a motorcycle or moped, each load with one rider (骑乘一人); a tricycle's rear wheels together."""

    front_max_daN: Decimal | None = None
    """Greatest force of the front wheel."""
    front_load_kg: Decimal | None = None
    """Load of the front wheel with the rider."""
    rear_max_daN: Decimal | None = None
    """Greatest force of the rear wheel, of a tricycle the sum of both."""
    rear_load_kg: Decimal | None = None
    """Load of the rear wheel or axle with the rider."""
    tester: Tester = Tester.ROLLER
    """What it was measured on."""


def judge_service(case: Case, record: ServiceBrake) -> Judgement:
    """Judge each axle and then the vehicle; a vehicle of which an axle is missing is not judged as a whole."""
    numbers = [axle.axle for axle in record.axles]
    if not record.axles or None in numbers or len(set(numbers)) < len(numbers):
        raise given.wrong("axles", [axle or "-" for axle in numbers], "1, 2, …")
    runs = {
        axle.axle or 0: given.within(f"axles[{index}]", axle_of_record, case, axle)
        for index, axle in enumerate(record.axles)
    }
    cards = [axle_judgement(run) for run in runs.values()]
    return sum(cards, Judgement()) + Judgement((_whole_of(case, record, {n: runs[n] for n in sorted(runs)}),))


def judge_whole(case: Case, record: WholeVehicleBrake) -> Judgement:
    """Judge the unladen sums; laden ones decide instead where the unladen ones fail or are not given."""
    unladen = _sums(case, "", (record.left_sum_daN, record.right_sum_daN, record.load_kg))
    laden = _sums(case, "laden_", (record.laden_left_sum_daN, record.laden_right_sum_daN, record.laden_load_kg))
    if unladen is None and laden is None:
        raise DataError("standards.record.missing", field="left_sum_daN")
    cards = []
    if unladen is not None:
        cards.append(_judged(case, whole_subject(case), unladen))
    if laden is not None:
        cards.append(_judged(case, whole_subject(case, Quantity.LADEN_WHOLE_VEHICLE_BRAKE_RATE), laden))
    return Judgement(second_chance(*cards) if len(cards) > 1 else tuple(cards))


def second_chance(unladen: VerdictCard, laden: VerdictCard) -> tuple[VerdictCard, VerdictCard]:
    """Return both cards, of which the laden one decides where the unladen one fails, and only there."""
    if unladen.outcome is not Outcome.FAIL:
        return unladen, replace(laden, counts=False)
    return replace(unladen, counts=False, reason=Message("standards.advice.laden_decides")), laden


def judge_parking_brake(case: Case, record: ParkingBrake) -> Judgement:
    """Judge the parking brake over all its axles."""
    numbers = [axle.axle for axle in record.axles]
    if not numbers or len(set(numbers)) < len(numbers):
        raise given.wrong("axles", numbers, "1, 2, …")
    for index, number in enumerate(numbers):
        given.axle_number(f"axles[{index}].axle", number)
    _check_loads(case, record)
    load_kg, before = _vehicle_kg(record), lever(case)
    maxima = {
        axle.axle: given.within(f"axles[{index}]", maxima_of, case, _wheels(axle))
        for index, axle in enumerate(record.axles)
    }
    wheels = {axle: (found.left_daN, found.right_daN) for axle, found in maxima.items()}
    sums = Sums(wheels, load_kg, case.constant("daN_per_kg"))
    problem = _parking_problem(case, sums) or next((each.problem for each in maxima.values() if each.problem), None)
    if problem is not None:
        return Judgement((invalid(case, before.bare, problem),))
    absent = [axle for axle in case.vehicle.parking_axles or () if axle not in maxima]
    if absent:
        reason = Message("standards.missing.parking_axle", {"axle": absent[0]})
        return Judgement((not_judged(case, before.bare, reason),))
    return Judgement((before.judged(sums, record.tester),))


def _check_loads(case: Case, record: ParkingBrake) -> None:
    """See that there is a load of every axle, and a load for each axle that was measured."""
    if record.axle_loads_kg is None:
        return
    loads, axles = len(record.axle_loads_kg), case.vehicle.axles
    if axles is not None and loads != axles:
        raise given.wrong("axle_loads_kg", f"[{loads}]", f"[{axles}], vehicle.axles")
    for index, each in enumerate(record.axles):
        if loads and each.axle > loads:
            raise given.wrong(f"axles[{index}].axle", each.axle, f"1 - {loads}, axle_loads_kg")


def _wheels(axle: ParkingAxle) -> Wheels:
    return Wheels(
        axle.left_max_daN,
        axle.right_max_daN,
        axle.left_curve_daN,
        axle.right_curve_daN,
        axle.press_index,
        axle.sample_interval_ms,
    )


def judge_motorcycle(case: Case, record: MotorcycleBrake) -> Judgement:
    """Judge the wheels that are given; imbalance, whole vehicle and parking are not for two wheels, and the cards say so."""
    category = case.vehicle.category
    if category is not None and category not in CYCLES:
        raise given.wrong("vehicle.category", category.value, ", ".join(each.value for each in CYCLES))
    found = [
        _wheel(case, record, Place.FRONT, (record.front_max_daN, record.front_load_kg)),
        _wheel(case, record, Place.REAR, (record.rear_max_daN, record.rear_load_kg)),
    ]
    cards = tuple(card for card in found if card is not None)
    if not cards:
        raise DataError("standards.record.missing", field="front_max_daN")
    is_two_wheeled = brake_class(case) in (BrakeClass.MOTORCYCLE, BrakeClass.MOPED)
    return Judgement((*cards, *(_spared(case) if is_two_wheeled else ())))


def _whole_of(case: Case, record: ServiceBrake, runs: Mapping[int, Axle]) -> VerdictCard:
    bare = whole_subject(case)
    measured = {*runs, *(axle for each in record.axles for axle in each.tandem)}
    missing = _missing_axle(case, measured)
    if missing is not None:
        has_limit = bare.limit is None or bare.limit.bound is not Bound.NONE
        return not_judged(case, bare, missing if has_limit else Message("standards.not_judged.no_limit"))
    problem = run_problem(runs)
    if problem is not None:
        return invalid(case, bare, problem)
    loads_kg = {each.axle or 0: static_kg_of(each) for each in record.axles}
    known = {axle: load_kg for axle, load_kg in sorted(loads_kg.items()) if load_kg is not None}
    total_kg = given.load("vehicle_load_kg", record.vehicle_load_kg, MOST_SUM)
    added_kg = sum(known.values(), Fraction(0)) if len(known) == len(loads_kg) else None
    if total_kg is None and added_kg is None:
        raise DataError("standards.record.missing", field="vehicle_load_kg")
    if total_kg is not None and added_kg is not None and total_kg != added_kg:
        raise given.wrong("vehicle_load_kg", record.vehicle_load_kg, plain(added_kg))
    named = {f"axle{axle}_kg": plain(load_kg) for axle, load_kg in known.items()}
    return whole(case, bare, sums_of(runs, total_kg or added_kg or Fraction(0), case), named)


def _missing_axle(case: Case, measured: set[int]) -> Message | None:
    """Say which axle keeps the vehicle from being judged whole; one axle is all only of a vehicle that is known to have one."""
    for axle in range(1, (case.vehicle.axles or max(measured)) + 1):
        if axle not in measured:
            return Message("standards.missing.axle", {"axle": axle})
    is_alone = case.vehicle.axles is None and len(measured) == 1
    return Message("standards.missing.axle_count") if is_alone else None


def _sums(case: Case, prefix: str, values: tuple[Decimal | None, ...]) -> Sums | None:
    """Return the sums of one state of lading, None where none of the three is given."""
    if all(value is None for value in values):
        return None
    left, right = (
        given.between(field, given.required(field, value), 0, MOST_SUM)
        for field, value in zip((f"{prefix}left_sum_daN", f"{prefix}right_sum_daN"), values, strict=False)
    )
    field = f"{prefix}load_kg"
    load_kg = given.positive(field, given.required(field, values[2]), MOST_SUM)
    return Sums({0: (left, right)}, load_kg, case.constant("daN_per_kg"))


def _judged(case: Case, bare: Subject, sums: Sums) -> VerdictCard:
    problem = _sum_problem(case, sums)
    return whole(case, bare, sums) if problem is None else invalid(case, bare, problem)


def _sum_problem(case: Case, sums: Sums) -> Message | None:
    if sums.sum_daN == 0:
        return Message("standards.invalid.no_force")
    if sums.rate > MOST_RATE_PERCENT:
        shown = plain(case.rounded(Quantity.WHOLE_VEHICLE_BRAKE_RATE, sums.rate))
        return Message("standards.invalid.absurd_rate", {"rate": shown, "most": MOST_RATE_PERCENT})
    return None


def _vehicle_kg(record: ParkingBrake) -> Fraction:
    """Return the static load of all axles, given whole or by axle; both at once have to agree."""
    total_kg = given.load("vehicle_load_kg", record.vehicle_load_kg, MOST_SUM)
    if record.axle_loads_kg is None:
        if total_kg is None:
            raise DataError("standards.record.missing", field="vehicle_load_kg")
        return total_kg
    loads_kg = [
        given.positive(f"axle_loads_kg[{n}]", load, given.MOST_AXLE_KG) for n, load in enumerate(record.axle_loads_kg)
    ]
    if not loads_kg:
        raise DataError("standards.record.missing", field="axle_loads_kg")
    added_kg = sum(loads_kg, Fraction(0))
    if total_kg is not None and total_kg != added_kg:
        raise given.wrong("vehicle_load_kg", record.vehicle_load_kg, plain(added_kg))
    return added_kg


def _parking_problem(case: Case, sums: Sums) -> Message | None:
    for axle in sorted(sums.wheels):
        problem = absent(case, axle)
        if problem is not None:
            return problem
        if case.vehicle.parking_axles is not None and axle not in case.vehicle.parking_axles:
            return Message("standards.invalid.not_a_parking_axle", {"axle": axle})
    return mass_problem(case) or _sum_problem(case, sums)


def _wheel(
    case: Case, record: MotorcycleBrake, place: Place, values: tuple[Decimal | None, Decimal | None]
) -> VerdictCard | None:
    """Judge one wheel of a motorcycle, None where neither its force nor its load is given."""
    if values == (None, None):
        return None
    field = place.value
    force_daN = given.between(f"{field}_max_daN", given.required(f"{field}_max_daN", values[0]), 0, MOST_WHEEL_DAN)
    load_kg = given.positive(f"{field}_load_kg", given.required(f"{field}_load_kg", values[1]), given.MOST_AXLE_KG)
    daN_per_kg = case.constant("daN_per_kg")
    inputs = {
        "place": place.value,
        "tester": record.tester.value,
        "wheel_max_daN": plain(force_daN),
        "load_kg": plain(load_kg),
        "daN_per_kg": plain(daN_per_kg),
    }
    limit = rate_of(case, place, record.tester, loaded=False)
    subject = Subject("B1" if place is Place.FRONT else "B2", Quantity.AXLE_BRAKE_RATE, limit, inputs)
    problem = _sum_problem(case, Sums({0: (force_daN, 0)}, load_kg, daN_per_kg))
    if problem is not None:
        return invalid(case, subject, problem)
    return judged(case, subject, brakes.rate(force_daN, load_kg, daN_per_kg))


def _spared(case: Case) -> tuple[VerdictCard, ...]:
    """Return cards that say what two-wheelers are not judged by; nothing rests on them."""
    reason = Message("standards.not_judged.no_limit")
    subjects = (Subject(item, quantity, None, {}) for item, quantity in WITHOUT.items())
    return tuple(replace(not_judged(case, subject, reason), counts=False) for subject in subjects)
