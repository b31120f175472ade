"""Every limit of this room, in both editions: at the limit a measurement passes, one last digit beyond it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.families.vehicle import JUDGED
from carcheck_desktop.standards.loading.edition import Bound, Edition, Limit
from tests.standards.vehicle_checks.asking import FAIL, NEW, NOT_JUDGED, OLD, PASS, ask, case

CATEGORY_OF = {
    "three_wheeled": "three_wheeled", "slow_car": "low_speed_goods", "car": "small_passenger", "motorcycle": "motorcycle",
    "moped": "moped", "none": "heavy_trailer",
}  # fmt: skip
LAMPS = {"one": ("left_outer",), "two": ("left_outer", "right_outer")}
FOUR = ("left_outer", "left_inner", "right_inner", "right_outer")
HEIGHTS = {"low": 1000, "high": 1001}
REFERENCE = {Quantity.CURB_MASS: 3000, Quantity.EMPTY_MASS: 3000, Quantity.OUTLINE: 4000, Quantity.WHEELBASE: 4000}
STEP = Decimal("0.001")


Asking = Callable[[dict[str, str], Decimal], tuple[str, dict[str, Any], dict[str, Any]]]
"""From the axes of a limit and a value to a kind of record, the vehicle and the fields that reach the limit."""


@dataclass(frozen=True)
class Question:
    """One limit with the record that reaches it at `value`."""

    edition: Edition
    limit: Limit
    on: date

    def outcome(self, value: Decimal) -> Outcome:
        """Judge the quantity at a value; a deviation is added to its reference."""
        axes = dict(self.limit.case)
        kind, vehicle, fields = RECORDS[self.limit.quantity](axes, value)
        inspection = InspectionKind(axes.get("inspection", "registration"))
        if self.limit.quantity in (Quantity.EMPTY_MASS, Quantity.LIGHT_TRUCK_MASS):
            inspection = InspectionKind.IN_USE
        found = ask(kind, case(vehicle, inspection, self.edition, self.on), **fields)
        cards = [card for card in found.cards if card.quantity is self.limit.quantity]
        assert {card.rule for card in cards} == {self.limit.key}
        (outcome,) = {card.outcome for card in cards}
        return outcome


def sideslip(axes: dict[str, str], value: Decimal) -> tuple[str, dict[str, Any], dict[str, Any]]:
    steering = axes["steering"]
    vehicle: dict[str, Any] = {"front_suspension": "independent" if steering == "independent" else "dependent"}
    vehicle |= {"category": "heavy_trailer"} if steering == "not_asked" else {}
    vehicle |= {"front_axles": 2} if steering.startswith("twin") else {}
    return "sideslip", vehicle, {"slip_m_per_km": value, "axle": 2 if steering == "twin_second" else 1}


def lamps(axes: dict[str, str], value: Decimal) -> tuple[str, dict[str, Any], dict[str, Any]]:
    number = {"one": 1, "two": 2, "four": 4}[axes["lamps"]]
    return (
        "headlamp",
        {"category": CATEGORY_OF[axes["lamp_class"]]},
        {"lamp": "right_outer", "intensity_cd": value, "lamps": number},
    )


def high_beam(axes: dict[str, str], value: Decimal) -> tuple[str, dict[str, Any], dict[str, Any]]:
    return "beam", {}, {"lamp_height_mm": 900, "high_beam_vertical_mm": value}


def mass(axes: dict[str, str], value: Decimal) -> tuple[str, dict[str, Any], dict[str, Any]]:
    day = {"before": "2015-02-28", "from": "2015-03-01"}.get(axes.get("registered", ""), "2018-01-01")
    vehicle = {"category": axes["category"], "registered_on": day}
    return "mass", vehicle, {"measured_kg": 3000 + value, "reference_kg": 3000}


def light_truck(axes: dict[str, str], value: Decimal) -> tuple[str, dict[str, Any], dict[str, Any]]:
    kind, vehicle, _ = mass(axes, value)
    return kind, vehicle, {"measured_kg": value, "reference_kg": 4400}


def outline(axes: dict[str, str], value: Decimal) -> tuple[str, dict[str, Any], dict[str, Any]]:
    fields = {"what": "width", "measured_mm": 4000 - value, "reference_mm": 4000}
    return "dimension", {"category": axes["category"]}, fields


RECORDS: dict[Quantity, Asking] = {
    Quantity.SIDESLIP: sideslip,
    Quantity.WHEEL_OFFSET: lambda axes, value: (
        "wheel_offset",
        {"category": axes["category"]},
        {"offset_mm": -value},
    ),
    Quantity.HEADLAMP_INTENSITY: lamps,
    Quantity.HEADLAMP_SUM: lambda axes, value: (
        "headlamps",
        {"category": "small_passenger"},
        {"lamps": 2, "left_outer_cd": 200000, "right_outer_cd": value - 200000},
    ),
    Quantity.LOW_BEAM_HEIGHT: lambda axes, value: (
        "beam",
        {},
        {"lamp_height_mm": HEIGHTS[axes["lamp_height"]], "low_beam_vertical_mm": value},
    ),
    Quantity.LOW_BEAM_SIDE: lambda axes, value: ("beam", {}, {"low_beam_horizontal_mm": value}),
    Quantity.HIGH_BEAM_HEIGHT: high_beam,
    Quantity.HIGH_BEAM_SIDE: lambda axes, value: (
        "beam",
        {},
        {"side": axes["side"], "high_beam_horizontal_mm": value},
    ),
    Quantity.SPEEDOMETER: lambda axes, value: (
        "speedometer",
        {},
        {"wheels": 4 if axes["wheels"] == "four" else 3, "actual_kmh": value},
    ),
    Quantity.CURB_MASS: mass,
    Quantity.EMPTY_MASS: mass,
    Quantity.LIGHT_TRUCK_MASS: light_truck,
    Quantity.OUTLINE: outline,
    Quantity.WHEELBASE: lambda axes, value: (
        "wheelbase",
        {},
        {"measured_mm": f"{4000 + value}+{4000 - value}", "reference_mm": "4000+4000"},
    ),
    Quantity.TREAD_DEPTH: lambda axes, value: (
        "tread_depth",
        {"category": axes["category"]},
        {"depth_mm": value, "is_steered": axes["wheel"] == "steered"},
    ),
}


def questions() -> Iterator[Question]:
    for edition in (NEW, OLD):
        for limit in edition.limits.all():
            if limit.quantity in JUDGED:
                yield Question(edition, limit, max(limit.ground.valid_from, edition.valid_from))


ALL = list(questions())


def named(question: Question) -> str:
    return f"{question.edition.edition[3:8]}-{question.limit.slot}-{question.on}"


@pytest.mark.parametrize("question", [each for each in ALL if each.limit.bound is not Bound.NONE], ids=named)
def test_at_the_limit_it_passes_and_one_digit_beyond_it_fails(question: Question) -> None:
    limit = question.limit
    step = Decimal(1).scaleb(-question.edition.roundings.at(limit.quantity.value, question.on).decimals)
    if limit.bound is Bound.WITHIN:
        reference = REFERENCE[limit.quantity]
        allowed, step = max(limit.percent * reference / 100, limit.absolute), STEP
        ends = [(allowed, 1), (-allowed, -1)]
    elif limit.quantity is Quantity.HIGH_BEAM_HEIGHT:
        ends = [(limit.value, 1), (Decimal(-180), -1)]
    elif limit.bound is Bound.BETWEEN:
        ends = [(limit.high, 1), (limit.low, -1)]
    else:
        ends = [(limit.value, 1 if limit.bound is Bound.AT_MOST else -1)]
    for end, outward in ends:
        if limit.quantity is Quantity.LIGHT_TRUCK_MASS:
            assert question.outcome(end) is FAIL, "below means below"
            assert question.outcome(end - STEP) is PASS
            continue
        assert question.outcome(end) is PASS, end
        assert question.outcome(end - outward * step) is PASS, end
        assert question.outcome(end + outward * step) is FAIL, end


SPARED = [
    each for each in ALL if each.limit.bound is Bound.NONE and each.limit.quantity is not Quantity.LIGHT_TRUCK_MASS
]


@pytest.mark.parametrize("question", SPARED, ids=named)
def test_a_case_without_a_limit_is_not_judged_whatever_the_value(question: Question) -> None:
    for value in (Decimal(0), Decimal(1), Decimal(49)):
        assert question.outcome(value) is NOT_JUDGED


def test_every_quantity_of_the_room_is_asked_here() -> None:
    assert set(RECORDS) == set(JUDGED)
    assert {each.limit.quantity for each in ALL if each.limit.bound is not Bound.NONE} == set(JUDGED)
