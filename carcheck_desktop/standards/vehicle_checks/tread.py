"""Tread depth (轮胎花纹深度) by class of vehicle and by whether the wheel is steered, judged to one decimal."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity, VerdictCard
from carcheck_desktop.standards.cards import Judgement, Subject, judged
from carcheck_desktop.standards.families.vehicle_axes import Wheel
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.vehicle_checks.given import missing, refuse_both, within, wrong

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

ITEM = "rlt"
"""The upload's field: the number of this manual item differs between the editions."""
MOST_MM = 50
FIRST_AXLE = "A"
MOST_AXLES = 26
WHEELS = tuple(str(number) for number in range(1, 9))
"""Of one axle; as many as are possible."""
EXAMPLE = "A1:12/A2:13/B1:12"


@dataclass(frozen=True, slots=True)
class TreadDepthRecord:
    """One tyre's tread depth in mm, or those of many tyres as the upload has them.

    Either `depth_mm` with `is_steered`, or with a `position` (axle letter from A and number of the wheel); or `depths`
    ("A1:12/A2:13/B1:12"). Axles A … up to `vehicle.front_axles` are steered, none of a trailer. Of the vehicle: `category`;
    with `axles` a position behind the last one is refused, and so is one that `is_steered` contradicts.
    """

    depth_mm: Decimal | None = None
    position: str | None = None
    is_steered: bool | None = None
    depths: str | None = None


def judge_tread_depth(case: Case, record: TreadDepthRecord) -> Judgement:
    """Judge each tyre by itself."""
    refuse_both("depth_mm", "depths", both=None not in (record.depth_mm, record.depths))
    if record.depths is not None:
        pairs = [_pair(record.depths, part) for part in record.depths.split("/")]
        if len({position for position, _ in pairs}) != len(pairs):
            raise wrong("depths", record.depths, EXAMPLE)
        return Judgement(tuple(_card(case, "depths", position, None, depth) for position, depth in pairs))
    if record.depth_mm is None:
        raise missing("depth_mm")
    return Judgement((_card(case, "depth_mm", record.position, record.is_steered, record.depth_mm),))


def _pair(text: str, part: str) -> tuple[str, Decimal]:
    position, _, depth = part.partition(":")
    try:
        return position.strip(), Decimal(depth.strip())
    except InvalidOperation as error:
        raise wrong("depths", text, EXAMPLE) from error


def _card(case: Case, field: str, position: str | None, is_steered: bool | None, depth_mm: Decimal) -> VerdictCard:
    within(field, depth_mm, 0, MOST_MM)
    category = case.vehicle.require("category", case.vehicle.category)
    steered = _is_steered(case, position, is_steered)
    wheel = Wheel.STEERED if steered else Wheel.OTHER
    limit = case.limit(Quantity.TREAD_DEPTH, category=category, wheel=wheel)
    inputs = {"depth_mm": plain(depth_mm), "wheel": wheel.value}
    inputs |= {} if position is None else {"position": position}
    subject = Subject(ITEM, Quantity.TREAD_DEPTH, limit, inputs)
    return judged(case, subject, Fraction(depth_mm), advice=Message("standards.tread.advice"))


def _is_steered(case: Case, position: str | None, said: bool | None) -> bool:
    """Say whether a wheel is steered: as the record says, which its place must not contradict, else by its place."""
    vehicle = case.vehicle
    if position is None:
        return _without_place(case) if said is None else said
    axle = _axle(case, position)
    steered = axle < vehicle.front_axle_count
    is_known = vehicle.front_axles is not None or (axle == 0 and not vehicle.is_trailer)
    if said is None or (said is not steered and not is_known):
        return steered if said is None else said
    if said is not steered:
        raise wrong("is_steered", "true" if said else "false", f"{'true' if steered else 'false'} ({position})")
    return steered


def _without_place(case: Case) -> bool:
    """Return any answer where both kinds of wheel have one limit, so that nobody need say which it is."""
    category = case.vehicle.require("category", case.vehicle.category)
    limits = [case.limit(Quantity.TREAD_DEPTH, category=category, wheel=wheel) for wheel in Wheel]
    if all(one.figures == other.figures for one, other in itertools.pairwise(limits)):
        return False
    raise missing("is_steered")


def _axle(case: Case, position: str) -> int:
    """Return the axle of a position from 0; the letter of a position is the axle, the number the wheel."""
    axle, number = ord(position[:1] or "-") - ord(FIRST_AXLE), position[1:]
    last = min(case.vehicle.axles or MOST_AXLES, MOST_AXLES)
    if not (0 <= axle < last and number in WHEELS):
        raise wrong("position", position, f"{FIRST_AXLE}1, A2, … {chr(ord(FIRST_AXLE) + last - 1)}{WHEELS[-1]}")
    return axle


TREAD_DEPTH = Kind(
    "tread_depth",
    "safety",
    TreadDepthRecord,
    judge_tread_depth,
    {
        "vehicle": {"category": "large_passenger", "front_axles": 1},
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [
            {"kind": "tread_depth", "depth_mm": Decimal("3.2"), "is_steered": True},
            {"kind": "tread_depth", "depths": "A1:3.1/A2:4.0/B1:1.6"},
        ],
    },
)
