"""Where a headlamp's beams lie on a screen at 10 m: no item of GB 38900, hence compared only; an item of GB 21861-2014.

All offsets are mm at 10 m from the lamp's centre line: above and to the right positive, below and to the left negative. They
are held unrounded against limits that are given in mm; what is shown is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Quantity, VerdictCard
from carcheck_desktop.standards.cards import Doubt, Judgement, Manner, Subject, is_met, judged
from carcheck_desktop.standards.families.vehicle_axes import LampHeight, Legacy, Side
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.rounding import cut, plain
from carcheck_desktop.standards.vehicle_checks.given import missing, needed, positive, replaced, within

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

CODES = {Side.LEFT: "H1", Side.RIGHT: "H4"}
UNNAMED = "H"
MOST_OFFSET_MM = 10_000
MOST_HEIGHT_MM = 5_000
ADVICE = Message("standards.beam.advice")
BEAMS = (Quantity.LOW_BEAM_HEIGHT, Quantity.LOW_BEAM_SIDE, Quantity.HIGH_BEAM_HEIGHT, Quantity.HIGH_BEAM_SIDE)
"""All of them judged unrounded."""


@dataclass(frozen=True, slots=True)
class BeamRecord:
    """The beams of one headlamp; any of the four offsets, each with what its limit needs. No vehicle is needed.

    `lamp_height_mm` is the height of the lamp's centre above the ground (for both vertical offsets), `side` the lamp's side
    of the vehicle (for the high beam's sideways offset).
    """

    side: Side | None = None
    lamp_height_mm: Decimal | None = None
    low_beam_vertical_mm: Decimal | None = None
    low_beam_horizontal_mm: Decimal | None = None
    high_beam_vertical_mm: Decimal | None = None
    high_beam_horizontal_mm: Decimal | None = None


def manner_of_legacy(case: Case) -> Manner:
    """Return whether beams and speedometer are part of the conclusion under this edition."""
    return Manner(counts=case.choice("beam_and_speedometer") == Legacy.COUNTED)


def manner_of_beams(case: Case) -> Manner:
    """Return how an offset is compared: a tolerance in mm is not widened by rounding to whole mm."""
    return replace(manner_of_legacy(case), full=True)


def judge_beam(case: Case, record: BeamRecord) -> Judgement:
    """Judge each offset that was given; raises `DataError` when none was."""
    cards = [
        *_low_vertical(case, record),
        *_low_horizontal(case, record),
        *_high_vertical(case, record),
        *_high_horizontal(case, record),
    ]
    if not cards:
        raise missing("low_beam_vertical_mm")
    return Judgement(tuple(cards))


def _low_vertical(case: Case, record: BeamRecord) -> list[VerdictCard]:
    if record.low_beam_vertical_mm is None:
        return []
    offset_mm = _offset("low_beam_vertical_mm", record.low_beam_vertical_mm)
    height_mm, bound_mm = _height(record), case.constant("low_beam_lamp_height_mm")
    limits = {each: case.limit(Quantity.LOW_BEAM_HEIGHT, lamp_height=each) for each in LampHeight}
    limit = limits[LampHeight.LOW if height_mm <= bound_mm else LampHeight.HIGH]
    doubts = []
    if height_mm == bound_mm and len({is_met(each, offset_mm) for each in limits.values()}) > 1:
        doubts.append(Doubt(Confidence.DISPUTED, Message("standards.beam.height_at_bound")))
    inputs = {"lamp_height_mm": plain(height_mm), "low_beam_vertical_mm": plain(offset_mm)}
    subject = Subject(_item(record), Quantity.LOW_BEAM_HEIGHT, limit, inputs)
    return [judged(case, subject, Fraction(offset_mm), doubts, ADVICE, manner_of_beams(case))]


def _low_horizontal(case: Case, record: BeamRecord) -> list[VerdictCard]:
    if record.low_beam_horizontal_mm is None:
        return []
    limit = case.limit(Quantity.LOW_BEAM_SIDE)
    return [_plain_card(case, record, limit, "low_beam_horizontal_mm", record.low_beam_horizontal_mm)]


def _high_vertical(case: Case, record: BeamRecord) -> list[VerdictCard]:
    """Judge the high beam's height: so much above, and below a share of the lamp's own height."""
    if record.high_beam_vertical_mm is None:
        return []
    limit = case.limit(Quantity.HIGH_BEAM_HEIGHT)
    height_mm, share = _height(record), case.constant("high_beam_below_share")
    if limit.bound is Bound.AT_MOST:
        limit = replaced(limit, -cut(Fraction(share) * Fraction(height_mm)), limit.value)
    facts = {"lamp_height_mm": plain(height_mm), "high_beam_below_share": plain(share)}
    return [_plain_card(case, record, limit, "high_beam_vertical_mm", record.high_beam_vertical_mm, facts)]


def _high_horizontal(case: Case, record: BeamRecord) -> list[VerdictCard]:
    if record.high_beam_horizontal_mm is None:
        return []
    side = needed("side", record.side)
    limit = case.limit(Quantity.HIGH_BEAM_SIDE, side=side)
    value = record.high_beam_horizontal_mm
    return [_plain_card(case, record, limit, "high_beam_horizontal_mm", value, {"side": side.value})]


def _plain_card(
    case: Case, record: BeamRecord, limit: Limit, field: str, value: Decimal, facts: dict[str, str] | None = None
) -> VerdictCard:
    offset_mm = _offset(field, value)
    subject = Subject(_item(record), limit.quantity, limit, {field: plain(offset_mm)} | (facts or {}))
    return judged(case, subject, Fraction(offset_mm), (), ADVICE, manner_of_beams(case))


def _offset(field: str, value: Decimal) -> Decimal:
    return within(field, value, -MOST_OFFSET_MM, MOST_OFFSET_MM)


def _height(record: BeamRecord) -> Decimal:
    return positive("lamp_height_mm", needed("lamp_height_mm", record.lamp_height_mm), MOST_HEIGHT_MM)


def _item(record: BeamRecord) -> str:
    return UNNAMED if record.side is None else CODES[record.side]


BEAM = Kind(
    "beam",
    "safety",
    BeamRecord,
    judge_beam,
    {
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [
            {"kind": "beam", "side": "left", "lamp_height_mm": 1001, "low_beam_vertical_mm": -99},
            {"kind": "beam", "side": "left", "lamp_height_mm": 800, "high_beam_vertical_mm": -160},
        ],
    },
)
