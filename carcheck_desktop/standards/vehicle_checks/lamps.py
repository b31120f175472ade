"""Headlamps (前照灯远光发光强度): each lamp, the vehicle as a whole, the sum, and the exceptions of E.3.1.3.

Four-lamp vehicles pass with all four lamps at the four-lamp value, or with two symmetric lamps at the two-lamp value.
Which lamp a code means is here (H1 left outer … H4 right outer); how a beam lies is in `beam`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import LampSystem, VehicleCategory
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.cards import Judgement, Subject, is_met, judged, not_judged
from carcheck_desktop.standards.families.vehicle_axes import Exceptions, LampClass, LampCount
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.vehicle_checks.given import missing, with_reason, within, wrong

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit

ITEM = "H"
"""The vehicle's lamps together; the platform has codes only for single ones."""
MOST_CD = 1_000_000
ADVICE = Message("standards.lamps.advice")
SAVED = Message("standards.lamps.saved_by_pair")


class Lamp(StrEnum):
    """Which lamp; motorcycles and 三轮汽车 use the outer ones for left and right."""

    LEFT_OUTER = "left_outer"
    LEFT_INNER = "left_inner"
    RIGHT_INNER = "right_inner"
    RIGHT_OUTER = "right_outer"


CODES = {Lamp.LEFT_OUTER: "H1", Lamp.LEFT_INNER: "H2", Lamp.RIGHT_INNER: "H3", Lamp.RIGHT_OUTER: "H4"}
PAIRS = {"outer_pair": (Lamp.LEFT_OUTER, Lamp.RIGHT_OUTER), "inner_pair": (Lamp.LEFT_INNER, Lamp.RIGHT_INNER)}
"""Lamps that are symmetric to each other."""
LAMPS_OF = {
    LampSystem.FOUR_HIGH_LOW: LampCount.FOUR,
    LampSystem.FOUR_HIGH: LampCount.FOUR,
    LampSystem.TWO_HIGH_LOW: LampCount.TWO,
    LampSystem.TWO_LOW: LampCount.TWO,
    LampSystem.ONE_HIGH: LampCount.ONE,
}
COUNTED = {1: LampCount.ONE, 2: LampCount.TWO, 4: LampCount.FOUR}
NUMBERS = {count: number for number, count in COUNTED.items()}
CLASS_OF = {
    VehicleCategory.THREE_WHEELED: LampClass.THREE_WHEELED,
    VehicleCategory.LOW_SPEED_GOODS: LampClass.SLOW_CAR,
    VehicleCategory.MOTORCYCLE: LampClass.MOTORCYCLE,
    VehicleCategory.SIDECAR_MOTORCYCLE: LampClass.MOTORCYCLE,
    VehicleCategory.TRICYCLE_MOTORCYCLE: LampClass.MOTORCYCLE,
    VehicleCategory.MOPED: LampClass.MOPED,
}
WHY_NOT = {
    "headlamp_intensity.none.trailer": Message("standards.lamps.trailer"),
    "headlamp_intensity.none.dash": Message("standards.lamps.no_figure"),
}


@dataclass(frozen=True, slots=True)
class HeadlampsRecord:
    """All high beams of a vehicle in cd, lamp by lamp; how many there are is said by `lamps` or by `vehicle.lamp_system`.

    Of the vehicle: `category`, `lamp_system` (unless `lamps` says 1, 2 or 4), and `max_speed_kmh` for cars (70 and more
    where nobody gave it). One lamp stands as the left outer one. The two exceptions of E.3.1.3 need no values:
    `is_lamp_beyond_tester` (lamp height outside the tester's range) exempts, `is_tester_unfit` (tester and lamp technology
    do not match) counts as passed, the sum of intensities with it. A sum within its limit makes no vehicle pass whose lamps were
    not judged; a trailer has no headlamps, and nothing of it counts.
    """

    left_outer_cd: Decimal | None = None
    left_inner_cd: Decimal | None = None
    right_inner_cd: Decimal | None = None
    right_outer_cd: Decimal | None = None
    lamps: int | None = None
    is_lamp_beyond_tester: bool = False
    is_tester_unfit: bool = False


@dataclass(frozen=True, slots=True)
class HeadlampRecord:
    """One high beam by itself, in cd; nothing is said about the vehicle as a whole, nor about the four-lamp rule."""

    lamp: Lamp
    intensity_cd: Decimal
    lamps: int | None = None


@dataclass(frozen=True, slots=True)
class _Lamps:
    """What is known once the record is read: class, number of lamps, the two limits, and the values that were given."""

    case: Case
    kind: LampClass
    count: LampCount
    given: dict[Lamp, Decimal]

    def limit(self, count: LampCount) -> Limit:
        return self.case.limit(
            Quantity.HEADLAMP_INTENSITY, lamp_class=self.kind, inspection=self.case.inspection, lamps=count
        )

    @property
    def inputs(self) -> dict[str, str]:
        facts = {"lamp_class": self.kind.value, "lamps": str(NUMBERS[self.count])}
        return facts | {f"{lamp}_cd": plain(value) for lamp, value in self.given.items()}


def judge_headlamp(case: Case, record: HeadlampRecord) -> Judgement:
    """Judge one lamp against the value for as many lamps as the vehicle has."""
    value = within("intensity_cd", record.intensity_cd, 0, MOST_CD)
    lamps = _Lamps(case, lamp_class(case), _count(case, record.lamps), {record.lamp: value})
    return Judgement((_lamp_card(lamps, record.lamp, value),))


def judge_headlamps(case: Case, record: HeadlampsRecord) -> Judgement:
    """Judge each lamp, the vehicle's lamps as a whole, and the sum of all of them; a trailer has nothing to judge."""
    if lamp_class(case) is LampClass.NONE:
        return Judgement((_none_card(_Lamps(case, LampClass.NONE, LampCount.TWO, _given(record))),))
    lamps = _Lamps(case, lamp_class(case), _count(case, record.lamps), _given(record))
    if case.choice("headlamp_exceptions") == Exceptions.GRANTED:
        if record.is_lamp_beyond_tester:
            return _excepted(lamps, Outcome.NOT_JUDGED, Message("standards.lamps.beyond_tester"))
        if record.is_tester_unfit:
            return _excepted(lamps, Outcome.PASS, Message("standards.lamps.tester_unfit"))
    _check_complete(lamps)
    whole = _whole_card(lamps)
    single = [_lamp_card(lamps, lamp, value) for lamp, value in lamps.given.items()]
    if lamps.count is LampCount.FOUR and whole.outcome is Outcome.PASS:
        single = [
            replace(card, reason=SAVED, counts=False) if card.outcome is Outcome.FAIL else card for card in single
        ]
    return Judgement((*single, whole, _sum_card(lamps, whole)))


def lamp_class(case: Case) -> LampClass:
    """Return the row of the table of intensities; a car of unknown design speed is one of 70 km/h and more."""
    vehicle = case.vehicle
    category = vehicle.require("category", vehicle.category)
    if vehicle.is_trailer:
        return LampClass.NONE
    if category in CLASS_OF:
        return CLASS_OF[category]
    speed_kmh = vehicle.max_speed_kmh
    is_slow = speed_kmh is not None and speed_kmh < case.constant("slow_car_below_kmh")
    return LampClass.SLOW_CAR if is_slow else LampClass.CAR


def _count(case: Case, lamps: int | None) -> LampCount:
    if lamps is None and case.vehicle.is_trailer:
        return LampCount.TWO  # no row of trailers has a figure, so any will do
    if lamps is None:
        return LAMPS_OF[case.vehicle.require("lamp_system", case.vehicle.lamp_system)]
    if lamps not in COUNTED:
        raise wrong("lamps", lamps, ", ".join(str(each) for each in COUNTED))
    return COUNTED[lamps]


def _given(record: HeadlampsRecord) -> dict[Lamp, Decimal]:
    values = {lamp: getattr(record, f"{lamp}_cd") for lamp in Lamp}
    return {lamp: within(f"{lamp}_cd", value, 0, MOST_CD) for lamp, value in values.items() if value is not None}


def _check_complete(lamps: _Lamps) -> None:
    """Refuse a record that lacks a lamp of the vehicle, or has one too many."""
    if len(lamps.given) > NUMBERS[lamps.count]:
        raise wrong("lamps", NUMBERS[lamps.count], f">= {len(lamps.given)}")
    if lamps.count is LampCount.ONE:
        wanted: tuple[Lamp, ...] = () if lamps.given else (Lamp.LEFT_OUTER,)
    elif lamps.count is LampCount.TWO:
        is_inner = Lamp.LEFT_INNER in lamps.given or Lamp.RIGHT_INNER in lamps.given
        wanted = PAIRS["inner_pair" if is_inner else "outer_pair"]
    else:
        wanted = tuple(Lamp)
    for lamp in wanted:
        if lamp not in lamps.given:
            raise missing(f"{lamp}_cd")


def _lamp_card(lamps: _Lamps, lamp: Lamp, value: Decimal) -> VerdictCard:
    limit = lamps.limit(lamps.count)
    facts = {"lamp": lamp.value, "intensity_cd": plain(value)}
    inputs = facts | {name: each for name, each in lamps.inputs.items() if not name.endswith("_cd")}
    subject = Subject(CODES[lamp], Quantity.HEADLAMP_INTENSITY, limit, inputs)
    return with_reason(judged(lamps.case, subject, Fraction(value), advice=ADVICE), limit, WHY_NOT)


def _whole_card(lamps: _Lamps) -> VerdictCard:
    """Return the card of all lamps: the weakest of those that decide, against the value that decides."""
    limit, weakest, decided_by = _decisive(lamps)
    inputs = lamps.inputs | {"decided_by": decided_by}
    if lamps.count is LampCount.FOUR:
        two = lamps.limit(LampCount.TWO)
        inputs |= {} if two.bound is Bound.NONE else {"two_lamp_value_cd": plain(two.value)}
    subject = Subject(ITEM, Quantity.HEADLAMP_INTENSITY, limit, inputs)
    return with_reason(judged(lamps.case, subject, Fraction(weakest), advice=ADVICE), limit, WHY_NOT)


def _none_card(lamps: _Lamps) -> VerdictCard:
    inputs = {name: each for name, each in lamps.inputs.items() if name != "lamps"}
    subject = Subject(ITEM, Quantity.HEADLAMP_INTENSITY, lamps.limit(lamps.count), inputs)
    return replace(not_judged(lamps.case, subject, WHY_NOT["headlamp_intensity.none.trailer"]), counts=False)


def _decisive(lamps: _Lamps) -> tuple[Limit, Decimal, str]:
    limit, weakest = lamps.limit(lamps.count), min(lamps.given.values())
    if lamps.count is not LampCount.FOUR or (limit.bound is not Bound.NONE and _reaches(lamps, limit, weakest)):
        return limit, weakest, "all_lamps"
    two = lamps.limit(LampCount.TWO)
    pairs = {name: min(lamps.given[each] for each in pair) for name, pair in PAIRS.items()}
    best = max(pairs, key=lambda name: pairs[name])
    if two.bound is not Bound.NONE and _reaches(lamps, two, pairs[best]):
        return two, pairs[best], best
    return limit, weakest, "all_lamps"


def _reaches(lamps: _Lamps, limit: Limit, value: Decimal) -> bool:
    return is_met(limit, lamps.case.rounded(Quantity.HEADLAMP_INTENSITY, Fraction(value)))


def _sum_card(lamps: _Lamps, whole: VerdictCard) -> VerdictCard:
    """Return the card of the sum: by itself it makes no vehicle pass."""
    total = sum((Fraction(value) for value in lamps.given.values()), Fraction(0))
    subject = Subject(ITEM, Quantity.HEADLAMP_SUM, lamps.case.limit(Quantity.HEADLAMP_SUM), lamps.inputs)
    card = judged(lamps.case, subject, total, advice=Message("standards.lamps.sum_advice"))
    if not whole.counts and card.outcome is Outcome.PASS:
        return replace(card, reason=Message("standards.lamps.sum_alone"), counts=False)
    return card


def _excepted(lamps: _Lamps, outcome: Outcome, remark: Message) -> Judgement:
    """Return what an exception makes of the lamps: exempt (does not count) or passed, with the remark that must be written."""
    counts = outcome is Outcome.PASS
    single = [
        replace(_lamp_card(lamps, lamp, value), outcome=outcome, reason=remark, counts=counts)
        for lamp, value in lamps.given.items()
    ]
    subject = Subject(ITEM, Quantity.HEADLAMP_INTENSITY, lamps.limit(lamps.count), lamps.inputs)
    whole = replace(not_judged(lamps.case, subject, remark), outcome=outcome, counts=counts)
    return Judgement((*single, whole))


HEADLAMPS = Kind(
    "headlamps",
    "safety",
    HeadlampsRecord,
    judge_headlamps,
    {
        "vehicle": {"category": "small_passenger", "lamp_system": "03"},
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [{"kind": "headlamps", "left_outer_cd": 15000, "right_outer_cd": 14999}],
    },
)
HEADLAMP = Kind(
    "headlamp",
    "safety",
    HeadlampRecord,
    judge_headlamp,
    {
        "vehicle": {"category": "moped"},
        "inspection": "registration",
        "date": "2026-03-01",
        "measurements": [{"kind": "headlamp", "lamp": "left_outer", "intensity_cd": 4000, "lamps": 1}],
    },
)
