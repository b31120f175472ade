"""The road test as records: the service brake (R1, 路试制动) and the parking brake on a slope (R2, 路试驻车).

Sources: GB 38900-2020 D.2 with GB 7258-2017 7.10; limits and speeds of one program (N1), the formula of the deceleration of an
article (B1), the slope of an exam (E1). What no source has is marked in the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.vehicle import BrakeSource, VehicleCategory
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard, worst
from carcheck_desktop.standards.bench import given
from carcheck_desktop.standards.cards import WEAKER, Doubt, Judgement, Subject, invalid, is_met, judged, not_judged
from carcheck_desktop.standards.classes import brake_force, mass_ratio, road_class
from carcheck_desktop.standards.families.axes import Lading, MassRatio, RoadClass, RoadDecision
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

ROAD_ITEM, SLOPE_ITEM = "R1", "R2"
DISTANCE = Quantity.ROAD_STOPPING_DISTANCE
FAST = (RoadClass.CAR, RoadClass.LIGHT)
SLOW = (RoadClass.THREE_WHEELED, RoadClass.MOPED)
HEAVY = (RoadClass.OTHER, RoadClass.TRAIN)
TRACTORS = (VehicleCategory.HEAVY_TRACTOR_UNIT, VehicleCategory.MEDIUM_TRACTOR_UNIT, VehicleCategory.LIGHT_TRACTOR_UNIT)
MOST_KMH, MOST_M, MOST_S, MOST_MS2, MOST_SLOPE_PERCENT, MOST_FRICTION = 200, 500, 3600, 15, 100, 2
"""More no road test of a brake has; a greater figure was written in another unit."""


@dataclass(frozen=True, slots=True)
class RoadBrake:
    """The service brake on the road: speeds km/h, ways m, deceleration m/s², time s.

    The mean fully developed deceleration (MFDD) is given, or follows from the two ways `sb_m`, `se_m` and the speeds at them,
    whatever those were; a remark stands where they are far from 0.8 and 0.1 of `v0_kmh`. The limits of the distance are for the
    prescribed initial speed: from more than 1 km/h below it the distance is not judged, and the deceleration still is; from a
    higher speed both are. The coordination time is asked beside a deceleration, and needs the brake source (passenger cars and
    trains do not): without that its own card alone is not judged.
    """

    v0_kmh: Decimal | None = None
    """Initial speed, when the pedal was pressed; must be given with `distance_m`, and with the ways where `vb_kmh` or `ve_kmh` is not."""
    vb_kmh: Decimal | None = None
    """Speed at `sb_m`: 0.8 v0, which is taken where it is not given."""
    ve_kmh: Decimal | None = None
    """Speed at `se_m`: 0.1 v0, which is taken where it is not given."""
    sb_m: Decimal | None = None
    """Way from v0 to vb."""
    se_m: Decimal | None = None
    """Way from v0 to ve."""
    mfdd_m_s2: Decimal | None = None
    """The deceleration, where an instrument gave it instead of the ways."""
    distance_m: Decimal | None = None
    """Stopping distance (制动距离)."""
    coordination_s: Decimal | None = None
    """Coordination time (制动协调时间)."""
    channel_m: Decimal | None = None
    """Width of the channel that was marked (试车道宽度); without it, the width that is demanded."""
    out_of_channel: bool | None = None
    """Whether any part of the vehicle left the channel."""
    lading: Lading = Lading.UNLADEN
    """How the vehicle was laden."""
    brake_source: BrakeSource | None = None
    """What presses the brake (制动力源), where the vehicle's `brake_source` does not say it."""


@dataclass(frozen=True, slots=True)
class RoadParkingBrake:
    """The parking brake on a slope (路试驻车制动): how long the vehicle stood, up and down."""

    slope_percent: Decimal
    """Gradient of the slope."""
    uphill_s: Decimal | None = None
    """How long it stood facing up, in seconds."""
    downhill_s: Decimal | None = None
    """How long it stood facing down, in seconds."""
    friction: Decimal | None = None
    """Friction coefficient between tyres and slope, where it is known."""


def judge_road(case: Case, record: RoadBrake) -> Judgement:
    """Judge what was measured on the road: distance, deceleration with its coordination time, and the channel."""
    _check(case, record)
    distance, deceleration = _distance(case, record), _deceleration(case, record)
    if distance is None and deceleration is None and record.coordination_s is None and record.out_of_channel is None:
        raise DataError("standards.record.missing", field="distance_m")
    cards = (*_decide(case, distance, deceleration, _coordination(case, record, deceleration)), _channel(case, record))
    return Judgement(tuple(card for card in cards if card is not None))


def judge_slope(case: Case, record: RoadParkingBrake) -> Judgement:
    """Judge the parking brake on a slope by the shorter of both stands; both directions have to be there."""
    limit = case.limit(Quantity.ROAD_PARKING_HOLD)
    slope = given.positive("slope_percent", record.slope_percent, MOST_SLOPE_PERCENT)
    wanted, friction = _slope(case), _friction(case, record)
    stands = {"uphill_s": record.uphill_s, "downhill_s": record.downhill_s}
    held = {name: Fraction(given.between(name, s, 0, MOST_S)) for name, s in stands.items() if s is not None}
    inputs = {"slope_percent": plain(slope), "slope_demanded_percent": plain(wanted)}
    inputs |= {name: plain(value) for name, value in held.items()}
    subject = Subject(SLOPE_ITEM, Quantity.ROAD_PARKING_HOLD, limit, inputs | friction)
    if len(held) < len(stands):
        absent = next(name for name in stands if name not in held)
        reason = Message("standards.missing.direction", {"direction": absent.removesuffix("_s")})
        return Judgement((not_judged(case, subject, reason),))
    if friction and Fraction(friction["friction"]) < Fraction(case.constant("road_parking_friction")):
        return Judgement((invalid(case, subject, Message("standards.invalid.slope_slippery", dict(friction))),))
    shortest = min(held.values())
    doubts = _slope_doubts(case, slope) if is_met(limit, shortest) else []
    card = judged(case, subject, shortest, doubts)
    is_told = slope >= wanted if card.outcome is Outcome.PASS else slope <= wanted
    if is_told:
        return Judgement((card,))
    numbers: dict[str, Param] = {"slope": plain(slope), "wanted": plain(wanted)}
    return Judgement((invalid(case, subject, Message("standards.invalid.slope", numbers)),))


def initial_speed_kmh(case: Case) -> Decimal:
    """Return the initial speed that a road test of the vehicle wants."""
    road = road_class(case)
    if road in FAST:
        return case.constant("road_speed_fast_kmh")
    return case.constant("road_speed_slow_kmh" if road in SLOW else "road_speed_kmh")


def channel_width_m(case: Case) -> Decimal:
    """Return how wide the channel of a road test is: by class, or by the vehicle where that is wider than others."""
    width_mm = case.vehicle.width_mm
    wide_from_m = case.constant("road_channel_wide_from_m")
    if width_mm is not None and width_mm > wide_from_m * 1000:
        return Decimal(width_mm).scaleb(-3) + case.constant("road_channel_beyond_width_m")
    return case.constant("road_channel_heavy_m" if road_class(case) in HEAVY else "road_channel_m")


def mfdd(vb_kmh: Fraction, ve_kmh: Fraction, way_m: Fraction, divisor: Fraction) -> Fraction:
    """Return the mean fully developed deceleration in m/s²: (vb² - ve²) / (25.92 (se - sb))."""
    return (vb_kmh * vb_kmh - ve_kmh * ve_kmh) / (divisor * way_m)


def _check(case: Case, record: RoadBrake) -> None:
    """Refuse what cannot be, by name."""
    highest = {
        "v0_kmh": MOST_KMH, "vb_kmh": MOST_KMH, "ve_kmh": MOST_KMH, "sb_m": MOST_M, "se_m": MOST_M,
        "mfdd_m_s2": MOST_MS2, "distance_m": MOST_M, "coordination_s": MOST_S, "channel_m": MOST_M,
    }  # fmt: skip
    for field, high in highest.items():
        value: Decimal | None = getattr(record, field)
        if value is not None:
            given.positive(field, value, high)
    known = case.vehicle.brake_source
    if None not in (known, record.brake_source) and record.brake_source is not known:
        raise given.wrong("brake_source", record.brake_source, f"{known} (vehicle.brake_source)")
    if record.distance_m is not None and record.v0_kmh is not None:
        _check_distance(case, record.distance_m, record.v0_kmh)


def _check_distance(case: Case, distance_m: Decimal, v0_kmh: Decimal) -> None:
    """Refuse a distance that no tyre stops in."""
    shortest = Fraction(v0_kmh) ** 2 / (Fraction(case.constant("road_mfdd_divisor")) * MOST_MS2)
    if distance_m < shortest:
        raise given.wrong("distance_m", plain(distance_m), f">= {plain(case.rounded(DISTANCE, shortest))}")


def _limit_subject(case: Case, record: RoadBrake, quantity: Quantity, inputs: dict[str, str]) -> Subject:
    limit = case.limit(quantity, road_class=road_class(case), lading=record.lading)
    return Subject(ROAD_ITEM, quantity, limit, {"lading": record.lading.value} | inputs)


def _is_below(case: Case, v0_kmh: Decimal) -> bool:
    """Say whether a test began so far below the initial speed that where it stopped proves nothing."""
    return v0_kmh < initial_speed_kmh(case) - case.constant("road_speed_short_kmh")


def _speed_doubts(case: Case, subject: Subject, v0_kmh: Decimal | None, exact: Fraction) -> list[Doubt]:
    """Return the doubt about another initial speed where that speaks for the verdict: a slower start for a pass, a faster for a fail."""
    wanted = initial_speed_kmh(case)
    if v0_kmh is None or subject.limit is None or subject.limit.bound is Bound.NONE:
        return []
    is_good = is_met(subject.limit, case.rounded(subject.quantity, exact))
    if (v0_kmh >= wanted) if is_good else (v0_kmh <= wanted + case.constant("road_speed_short_kmh")):
        return []
    reason = Message("standards.doubt.initial_speed", {"v0": plain(v0_kmh), "wanted": plain(wanted)})
    return [Doubt(case.constant_confidence("road_speed_short_kmh"), reason)]


def _speeds(case: Case, record: RoadBrake) -> dict[str, str]:
    shown = {"v0_demanded_kmh": plain(initial_speed_kmh(case))}
    return shown if record.v0_kmh is None else {"v0_kmh": plain(record.v0_kmh)} | shown


def _distance(case: Case, record: RoadBrake) -> VerdictCard | None:
    if record.distance_m is None:
        return None
    v0_kmh = given.required("v0_kmh", record.v0_kmh)
    inputs = {"distance_m": plain(record.distance_m)} | _speeds(case, record)
    subject = _limit_subject(case, record, DISTANCE, inputs)
    if _is_below(case, v0_kmh):
        shown: dict[str, Param] = {"v0": plain(v0_kmh), "wanted": plain(initial_speed_kmh(case))}
        return not_judged(case, subject, Message("standards.not_judged.initial_speed", shown))
    exact = Fraction(record.distance_m)
    return judged(case, subject, exact, _speed_doubts(case, subject, v0_kmh, exact))


def _deceleration(case: Case, record: RoadBrake) -> VerdictCard | None:
    if record.sb_m is not None or record.se_m is not None:
        return _from_ways(case, record)
    if record.mfdd_m_s2 is None:
        return None
    inputs = {"mfdd_m_s2": plain(record.mfdd_m_s2)} | _speeds(case, record)
    return _judged_mfdd(case, record, inputs, Fraction(record.mfdd_m_s2), [])


def _judged_mfdd(
    case: Case, record: RoadBrake, inputs: dict[str, str], exact: Fraction, doubts: list[Doubt]
) -> VerdictCard:
    subject = _limit_subject(case, record, Quantity.ROAD_DECELERATION, inputs)
    if record.v0_kmh is not None and _is_below(case, record.v0_kmh):
        doubts += _speed_doubts(case, subject, record.v0_kmh, exact)
    return judged(case, subject, exact, doubts)


def _from_ways(case: Case, record: RoadBrake) -> VerdictCard:
    sb, se = Fraction(given.required("sb_m", record.sb_m)), Fraction(given.required("se_m", record.se_m))
    if se <= sb:
        raise given.wrong("se_m", record.se_m, f"> {record.sb_m}")
    vb, ve = _speed_at(case, record, "begin", record.vb_kmh), _speed_at(case, record, "end", record.ve_kmh)
    if record.v0_kmh is not None and vb > record.v0_kmh:
        raise given.wrong("vb_kmh", plain(vb), f"<= {plain(record.v0_kmh)}")
    if ve >= vb:
        raise given.wrong("ve_kmh", plain(ve), f"< {plain(vb)}")
    divisor = Fraction(case.constant("road_mfdd_divisor"))
    inputs = {name: plain(value) for name, value in (("vb_kmh", vb), ("ve_kmh", ve), ("sb_m", sb), ("se_m", se))}
    inputs |= _speeds(case, record) | {"divisor": plain(divisor)}
    exact = mfdd(vb, ve, se - sb, divisor)
    if exact > MOST_MS2:
        raise given.wrong("se_m", record.se_m, f"<= {MOST_MS2} m/s²")
    if record.mfdd_m_s2 is not None:
        found = case.rounded(Quantity.ROAD_DECELERATION, exact)
        if case.rounded(Quantity.ROAD_DECELERATION, Fraction(record.mfdd_m_s2)) != found:
            raise given.wrong("mfdd_m_s2", record.mfdd_m_s2, plain(found))
    return _judged_mfdd(case, record, inputs, exact, _way_doubts(case, record, vb, ve))


def _speed_at(case: Case, record: RoadBrake, name: str, speed_kmh: Decimal | None) -> Fraction:
    """Return the speed at one end of the ways, as recorded or as the share of the initial speed that the formula means."""
    if speed_kmh is not None:
        return Fraction(speed_kmh)
    share = Fraction(case.constant(f"road_mfdd_{name}_share"))
    return Fraction(given.required("v0_kmh", record.v0_kmh)) * share


def _way_doubts(case: Case, record: RoadBrake, vb: Fraction, ve: Fraction) -> list[Doubt]:
    """Return the remark on speeds far from their shares of the initial speed; the deceleration of what was recorded stands."""
    if record.v0_kmh is None:
        return []
    v0, band = Fraction(record.v0_kmh), Fraction(case.constant("road_speed_band_kmh"))
    begin, end = (v0 * Fraction(case.constant(f"road_mfdd_{name}_share")) for name in ("begin", "end"))
    if abs(vb - begin) <= band and abs(ve - end) <= band:
        return []
    numbers: dict[str, Param] = {"v0": plain(v0), "vb": plain(vb), "ve": plain(ve)}
    return [Doubt(case.constant_confidence("road_speed_band_kmh"), Message("standards.doubt.mfdd_speeds", numbers))]


def _decide(
    case: Case, distance: VerdictCard | None, deceleration: VerdictCard | None, coordination: VerdictCard | None
) -> tuple[VerdictCard | None, ...]:
    """Say which cards decide where distance and deceleration disagree, and that it is not known whether one would be enough.

    A deceleration proves something only with its coordination time, so these two stand or fall together.
    """
    cards = (distance, deceleration, coordination)
    if distance is None or deceleration is None:
        return cards
    second = worst([card.outcome for card in (deceleration, coordination) if card is not None and card.counts])
    decision, outcomes = RoadDecision(case.choice("road_decision")), {distance.outcome, second}
    is_enough = decision is RoadDecision.EITHER and Outcome.PASS in outcomes
    if len(outcomes) == 1 or not (is_enough or outcomes == {Outcome.PASS, Outcome.FAIL}):
        return cards
    rests_on = [not is_enough or outcome is Outcome.PASS for outcome in (distance.outcome, second, second)]
    return tuple(
        None if card is None else _disagreeing(case, card, decision, counts=card.counts and counts)
        for card, counts in zip(cards, rests_on, strict=True)
    )


def _disagreeing(case: Case, card: VerdictCard, decision: RoadDecision, *, counts: bool) -> VerdictCard:
    if card.outcome not in (Outcome.PASS, Outcome.FAIL):
        return replace(card, counts=counts)
    return replace(
        card,
        confidence=max(card.confidence, case.choice_confidence("road_decision"), key=WEAKER.index),
        reason=Message(f"standards.doubt.road_{decision.value}"),
        counts=counts,
    )


def _coordination(case: Case, record: RoadBrake, deceleration: VerdictCard | None) -> VerdictCard | None:
    """Judge the coordination time; where a deceleration is judged it has to be there."""
    is_asked = deceleration is not None and deceleration.limit is not None
    if record.coordination_s is None and not is_asked:
        return None
    source = record.brake_source or case.vehicle.brake_source
    force = brake_force(case, source)
    inputs = {} if force is None else {"brake_force": force.value}
    inputs |= {} if record.coordination_s is None else {"coordination_s": plain(record.coordination_s)}
    limit = None if force is None else case.limit(Quantity.ROAD_COORDINATION_TIME, brake_force=force)
    subject = Subject(ROAD_ITEM, Quantity.ROAD_COORDINATION_TIME, limit, inputs)
    if record.coordination_s is None:
        return not_judged(case, subject, Message("standards.missing.coordination_time"))
    if limit is None:
        return not_judged(case, subject, Message("standards.missing.brake_source"))
    return judged(case, subject, Fraction(record.coordination_s))


def _channel(case: Case, record: RoadBrake) -> VerdictCard | None:
    """Judge whether the vehicle stayed in its channel; a channel of another width tells only one of both."""
    limit = case.limit(Quantity.ROAD_CHANNEL, road_class=road_class(case))
    if limit.bound is Bound.NONE:
        return None
    wanted = channel_width_m(case)
    marked = wanted if record.channel_m is None else record.channel_m
    inputs = {"channel_m": plain(marked), "channel_demanded_m": plain(wanted)}
    subject = Subject(ROAD_ITEM, Quantity.ROAD_CHANNEL, limit, inputs)
    if record.out_of_channel is None:
        return not_judged(case, subject, Message("standards.missing.channel"))
    is_told = marked >= wanted if record.out_of_channel else marked <= wanted
    if not is_told:
        numbers: dict[str, Param] = {"marked": plain(marked), "wanted": plain(wanted)}
        return invalid(case, subject, Message("standards.invalid.channel", numbers))
    return judged(case, subject, Fraction(int(record.out_of_channel)))


def _slope(case: Case) -> Decimal:
    """Return the slope that the parking brake has to hold on: lower for tractors alone, and below the mass ratio."""
    vehicle = case.vehicle
    if vehicle.category in TRACTORS:
        return case.constant("road_parking_slope_low_percent")
    if vehicle.curb_mass_kg is None or vehicle.total_mass_kg is None:
        return case.constant("road_parking_slope_percent")
    is_low = (
        mass_ratio(case, "parking_mass_ratio") or MassRatio(case.choice("parking_at_mass_ratio"))
    ) is MassRatio.BELOW
    return case.constant("road_parking_slope_low_percent" if is_low else "road_parking_slope_percent")


def _slope_doubts(case: Case, slope: Fraction) -> list[Doubt]:
    """Return the doubt about the lower slope, where standing on the usual one was not tried."""
    lower = case.constant("road_parking_slope_low_percent")
    if _slope(case) != lower or slope >= case.constant("road_parking_slope_percent"):
        return []
    reason = Message("standards.doubt.lower_slope", {"slope": plain(lower)})
    return [Doubt(case.constant_confidence("road_parking_slope_low_percent"), reason)]


def _friction(case: Case, record: RoadParkingBrake) -> dict[str, str]:
    if record.friction is None:
        return {}
    return {
        "friction": plain(given.positive("friction", record.friction, MOST_FRICTION)),
        "friction_demanded": plain(case.constant("road_parking_friction")),
    }
