"""The speedometer (车速表指示误差): no item of GB 38900, hence compared only; an item of GB 21861-2014.

The limits of the table hold at one shown speed. The formula 0 <= V1 - V2 <= V2/10 + 4 (V1 shown, V2 true) is exact; its answer
stands beside the table's on the same card, which keeps the table's verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Drive
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.cards import Judgement, Subject, judged, not_judged
from carcheck_desktop.standards.families.vehicle_axes import WheelCount
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.rounding import cut, plain
from carcheck_desktop.standards.vehicle_checks.beam import manner_of_legacy
from carcheck_desktop.standards.vehicle_checks.given import FEW_WHEELS, positive, within, wrong

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

ITEM = "S1"
MOST_KMH = 200
WHEELS = {2: WheelCount.TWO_OR_THREE, 3: WheelCount.TWO_OR_THREE, 4: WheelCount.FOUR}
FEW = WheelCount.TWO_OR_THREE
SHOWN_AT = {
    WheelCount.FOUR: "speedometer_four_wheels_kmh",
    WheelCount.TWO_OR_THREE: "speedometer_other_wheels_kmh",
}


@dataclass(frozen=True, slots=True)
class SpeedometerRecord:
    """A true speed in km/h while the speedometer showed `indicated_kmh` (40, or 30 on two and three wheels, unless given).

    `wheels` (2, 3, 4) may stand for `vehicle.category`.
    """

    actual_kmh: Decimal
    indicated_kmh: Decimal | None = None
    wheels: int | None = None


def judge_speedometer(case: Case, record: SpeedometerRecord) -> Judgement:
    """Hold the true speed against the table's range, and say what the formula answers."""
    actual_kmh = within("actual_kmh", record.actual_kmh, 0, MOST_KMH)
    wheels = _wheels(case, record.wheels)
    shown_at = case.constant(SHOWN_AT[wheels])
    shown_kmh = shown_at if record.indicated_kmh is None else record.indicated_kmh
    positive("indicated_kmh", shown_kmh, MOST_KMH)
    limit = case.limit(Quantity.SPEEDOMETER, wheels=wheels)
    inputs = {"actual_kmh": plain(actual_kmh), "indicated_kmh": plain(shown_kmh)}
    is_met = _formula(case, Fraction(shown_kmh), Fraction(actual_kmh), inputs)
    subject, manner = Subject(ITEM, Quantity.SPEEDOMETER, limit, inputs), manner_of_legacy(case)
    off = _cannot_be_tested(case)
    if off is None and shown_kmh != shown_at:
        off = Message("standards.speedometer.other_speed", {"shown": plain(shown_kmh), "table": plain(shown_at)})
    if off is not None:
        return Judgement((replace(not_judged(case, subject, off), counts=False),))
    card = judged(case, subject, Fraction(actual_kmh), (), Message("standards.speedometer.advice"), manner)
    if (card.outcome is Outcome.PASS) != is_met:
        card = replace(card, reason=Message("standards.speedometer.formula_differs"))
    return Judgement((card,))


def _formula(case: Case, shown_kmh: Fraction, actual_kmh: Fraction, inputs: dict[str, str]) -> bool:
    """Add the range of the formula and its answer to `inputs`; return the answer."""
    share, offset_kmh = case.constant("speedometer_share"), case.constant("speedometer_offset_kmh")
    lowest_kmh = (shown_kmh - Fraction(offset_kmh)) / (1 + Fraction(share))
    is_met = lowest_kmh <= actual_kmh <= shown_kmh
    inputs["formula_share"], inputs["formula_offset_kmh"] = plain(share), plain(offset_kmh)
    inputs["formula_low_kmh"], inputs["formula_high_kmh"] = plain(cut(lowest_kmh)), plain(shown_kmh)
    inputs["formula_outcome"] = (Outcome.PASS if is_met else Outcome.FAIL).value
    return is_met


def _wheels(case: Case, wheels: int | None) -> WheelCount:
    category = case.vehicle.category
    if wheels is None:
        category = case.vehicle.require("category", category)
        return WheelCount.TWO_OR_THREE if category in FEW_WHEELS else WheelCount.FOUR
    allowed = [each for each, count in WHEELS.items() if category is None or (count is FEW) == (category in FEW_WHEELS)]
    if wheels not in allowed:
        raise wrong("wheels", wheels, ", ".join(str(each) for each in allowed))
    return WHEELS[wheels]


def _cannot_be_tested(case: Case) -> Message | None:
    """Say why rollers cannot test the speedometer, if so."""
    if case.vehicle.is_trailer:
        return Message("standards.speedometer.trailer")
    if case.vehicle.drive is Drive.ALL_PERMANENT:
        return Message("standards.speedometer.all_wheel_drive")
    if case.vehicle.has_traction_control_always_on:
        return Message("standards.speedometer.traction_control")
    return None


SPEEDOMETER = Kind(
    "speedometer",
    "safety",
    SpeedometerRecord,
    judge_speedometer,
    {
        "vehicle": {"category": "small_passenger"},
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [{"kind": "speedometer", "indicated_kmh": 40, "actual_kmh": Decimal("32.73")}],
    },
)
