"""Sideslip of steered wheels (转向轮横向侧滑量) and the offset of a motorcycle's wheels (轮偏).

Sideslip is plate displacement over plate length, in m/km, outward positive by common teaching (the sign is recalled and the
range is the same on both sides). GB 38900 judges both axles of a twin-steer truck; GB 21861-2014 spared them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Suspension, VehicleCategory
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, judged
from carcheck_desktop.standards.families.vehicle_axes import Steering
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.vehicle_checks.given import (
    NO_STEERED_AXLE_ASKED,
    needed,
    positive,
    refuse_both,
    with_reason,
    within,
    wrong,
)

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

ITEM = "A1"
OFFSET_ITEM = "wheel_offset"
MOST_AXLES = 2
MOST_SLIP = 100
MOST_PLATE_M = 10
MOST_DISPLACEMENT_MM = 1000
MOST_OFFSET_MM = 500
WHY_NOT = {
    "sideslip.none.independent": Message("standards.sideslip.independent"),
    "sideslip.none.not_asked": Message("standards.sideslip.not_asked"),
    "sideslip.none.twin": Message("standards.sideslip.twin_spared"),
    "wheel_offset.none": Message("standards.wheel_offset.not_asked"),
}


@dataclass(frozen=True, slots=True)
class SideslipRecord:
    """The sideslip of one steered axle, given directly or as displacement of the plate and its length.

    `axle` counts the steered axles from the front (1 or 2). `slip_m_per_km` and `displacement_mm` carry a sign, outward
    positive. Of the vehicle: `front_suspension`, and `front_axles` (2) where axle 1 of a twin-steer truck is meant.
    """

    axle: int = 1
    slip_m_per_km: Decimal | None = None
    displacement_mm: Decimal | None = None
    plate_length_m: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WheelOffsetRecord:
    """How far the middle planes of a motorcycle's front and rear wheel are apart; the sign says to which side."""

    offset_mm: Decimal


def judge_sideslip(case: Case, record: SideslipRecord) -> Judgement:
    """Judge one steered axle, rounded to one decimal, both ends of the range included."""
    steering = _steering(case, record.axle)
    limit = case.limit(Quantity.SIDESLIP, steering=steering)
    exact, inputs = _slip(record)
    subject = Subject(ITEM, Quantity.SIDESLIP, limit, inputs | {"axle": str(record.axle), "steering": steering})
    card = judged(case, subject, exact, advice=Message("standards.sideslip.advice"))
    return Judgement((with_reason(card, limit, WHY_NOT),))


def judge_wheel_offset(case: Case, record: WheelOffsetRecord) -> Judgement:
    """Judge the size of the offset; without a category the vehicle counts as a motorcycle, which alone has such wheels."""
    category = case.vehicle.category or VehicleCategory.MOTORCYCLE
    limit = case.limit(Quantity.WHEEL_OFFSET, category=category)
    offset_mm = within("offset_mm", record.offset_mm, -MOST_OFFSET_MM, MOST_OFFSET_MM)
    subject = Subject(OFFSET_ITEM, Quantity.WHEEL_OFFSET, limit, {"offset_mm": plain(offset_mm)})
    card = judged(case, subject, abs(Fraction(offset_mm)), advice=Message("standards.wheel_offset.advice"))
    return Judgement((with_reason(card, limit, WHY_NOT),))


def _steering(case: Case, axle: int) -> Steering:
    vehicle = case.vehicle
    if axle not in range(1, MOST_AXLES + 1):
        raise wrong("axle", axle, "1, 2")
    if vehicle.front_axles is not None and axle > max(vehicle.front_axles, 1):
        raise wrong("axle", axle, f"<= {max(vehicle.front_axles, 1)} (vehicle.front_axles)")
    if vehicle.category in NO_STEERED_AXLE_ASKED:
        return Steering.NOT_ASKED
    if vehicle.require("front_suspension", vehicle.front_suspension) is Suspension.INDEPENDENT:
        return Steering.INDEPENDENT
    if axle == MOST_AXLES:
        return Steering.TWIN_SECOND
    return Steering.TWIN_FIRST if vehicle.front_axle_count >= MOST_AXLES else Steering.DEPENDENT


def _slip(record: SideslipRecord) -> tuple[Fraction, dict[str, str]]:
    """Return the sideslip with what it was made of."""
    refuse_both("slip_m_per_km", "displacement_mm", both=None not in (record.slip_m_per_km, record.displacement_mm))
    if record.displacement_mm is None:
        given = within("slip_m_per_km", needed("slip_m_per_km", record.slip_m_per_km), -MOST_SLIP, MOST_SLIP)
        return Fraction(given), {"slip_m_per_km": plain(given)}
    moved_mm = within("displacement_mm", record.displacement_mm, -MOST_DISPLACEMENT_MM, MOST_DISPLACEMENT_MM)
    length_m = positive("plate_length_m", needed("plate_length_m", record.plate_length_m), MOST_PLATE_M)
    inputs = {"displacement_mm": plain(moved_mm), "plate_length_m": plain(length_m)}
    return Fraction(moved_mm) / Fraction(length_m), inputs


SIDESLIP = Kind(
    "sideslip",
    "safety",
    SideslipRecord,
    judge_sideslip,
    {
        "vehicle": {"category": "heavy_goods", "front_suspension": "dependent"},
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [
            {"kind": "sideslip", "slip_m_per_km": Decimal("5.04")},
            {"kind": "sideslip", "displacement_mm": Decimal("2.53"), "plate_length_m": Decimal("0.5")},
        ],
    },
)
WHEEL_OFFSET = Kind(
    "wheel_offset",
    "safety",
    WheelOffsetRecord,
    judge_wheel_offset,
    {
        "vehicle": {"category": "motorcycle"},
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [{"kind": "wheel_offset", "offset_mm": Decimal("10.0")}],
    },
)
