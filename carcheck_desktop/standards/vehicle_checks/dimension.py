"""Outline (外廓尺寸) and wheelbase (轴距) against the reference: fails only if percentage and absolute figure are both exceeded.

Deviations are compared unrounded. A list of wheelbases is joined by "+" as in the upload, each distance judged by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity, VerdictCard
from carcheck_desktop.standards.cards import Judgement, Manner, Subject, judged
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.vehicle_checks.given import in_percent, positive, with_reason, wrong

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

OUTLINE_ITEM = "M1"
WHEELBASE_ITEM = "rzj"
"""The upload's field: the number of this manual item differs between the editions."""
MOST_MM = 50_000
ADVICE = Message("standards.dimension.advice")
WHY_NOT = {
    "outline.none.in_use": Message("standards.dimension.outline_not_asked"),
    "outline.none.train": Message("standards.dimension.train"),
    "wheelbase.none.in_use": Message("standards.dimension.wheelbase_not_asked"),
}


class Dimension(StrEnum):
    """Which dimension of the outline."""

    LENGTH = "length"
    WIDTH = "width"
    HEIGHT = "height"


@dataclass(frozen=True, slots=True)
class DimensionRecord:
    """One dimension of the outline in mm with its reference (licence or type approval). Of the vehicle: `category`."""

    what: Dimension
    measured_mm: Decimal
    reference_mm: Decimal


@dataclass(frozen=True, slots=True)
class WheelbaseRecord:
    """Distances between axles in mm from the front, several joined by "+" ("3800+1350"), and as many references."""

    measured_mm: str
    reference_mm: str


def judge_dimension(case: Case, record: DimensionRecord) -> Judgement:
    """Judge one dimension of the outline."""
    category = case.vehicle.require("category", case.vehicle.category)
    limit = case.limit(Quantity.OUTLINE, category=category, inspection=case.inspection)
    measured_mm = positive("measured_mm", record.measured_mm, MOST_MM)
    reference_mm = positive("reference_mm", record.reference_mm, MOST_MM)
    return Judgement((_card(case, limit, measured_mm, reference_mm, {"dimension": record.what.value}),))


def judge_wheelbase(case: Case, record: WheelbaseRecord) -> Judgement:
    """Judge each distance between two axles."""
    limit = case.limit(Quantity.WHEELBASE, inspection=case.inspection)
    measured_mm = distances("measured_mm", record.measured_mm)
    references_mm = distances("reference_mm", record.reference_mm)
    if len(measured_mm) != len(references_mm):
        raise wrong("measured_mm", record.measured_mm, f"{len(references_mm)} ×")
    pairs = enumerate(zip(measured_mm, references_mm, strict=True), 1)
    return Judgement(tuple(_card(case, limit, *both, {"axles": f"{axle}-{axle + 1}"}) for axle, both in pairs))


def distances(field: str, text: str) -> tuple[Decimal, ...]:
    """Return the distances of a list joined by "+"; raise `DataError` naming the field."""
    found = []
    for part in text.split("+"):
        try:
            found.append(positive(field, Decimal(part.strip()), MOST_MM))
        except InvalidOperation as error:
            raise wrong(field, text, "3800+1350") from error
    return tuple(found)


def _card(case: Case, limit: Limit, measured_mm: Decimal, reference_mm: Decimal, facts: dict[str, str]) -> VerdictCard:
    reference = Fraction(reference_mm)
    deviation_mm = abs(Fraction(measured_mm) - reference)
    inputs = facts | {
        "measured_mm": plain(measured_mm),
        "reference_mm": plain(reference_mm),
        **in_percent(deviation_mm, reference),
    }
    item = OUTLINE_ITEM if limit.quantity is Quantity.OUTLINE else WHEELBASE_ITEM
    subject = Subject(item, limit.quantity, limit, inputs)
    card = judged(case, subject, deviation_mm, advice=ADVICE, manner=Manner(reference=reference))
    return with_reason(card, limit, WHY_NOT)


DIMENSION = Kind(
    "dimension",
    "safety",
    DimensionRecord,
    judge_dimension,
    {
        "vehicle": {"category": "heavy_goods"},
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [
            {"kind": "dimension", "what": "length", "reference_mm": 12480, "measured_mm": 12854},
            {"kind": "dimension", "what": "length", "reference_mm": 12480, "measured_mm": 12855},
        ],
    },
)
WHEELBASE = Kind(
    "wheelbase",
    "safety",
    WheelbaseRecord,
    judge_wheelbase,
    {
        "inspection": "registration",
        "date": "2026-03-01",
        "measurements": [{"kind": "wheelbase", "measured_mm": "3850+1350", "reference_mm": "3800+1350"}],
    },
)
