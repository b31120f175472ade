"""One axle on rollers or a plate as a record (B1 to B5, loaded L1 to L4): its rate and its imbalance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.bench import given
from carcheck_desktop.standards.bench.asked import loaded_test
from carcheck_desktop.standards.bench.given import MOST_RATE_PERCENT, Maxima, Wheels, maxima_of
from carcheck_desktop.standards.cards import Judgement, Subject, computed, not_judged
from carcheck_desktop.standards.classes import is_small_or_light
from carcheck_desktop.standards.families.axes import Place, RateBranch, Tester
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.judging.axle import Axle, Bench, imbalance_card, rate_card
from carcheck_desktop.standards.judging.selecting import place_of, rate_of
from carcheck_desktop.standards.judging.service import absent
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import Computed, VerdictCard
    from carcheck_desktop.standards.case import Case


@dataclass(frozen=True, slots=True)
class AxleBrake:
    """One axle under the service brake (行车制动), unloaded: maxima and load, or curves; daN and kg.

    Either the two maxima or the two curves. The imbalance wants the difference point, or the curves. On a plate the load of
    small passenger cars and of vehicles up to 3500 kg is the dynamic one, of all others the static one. Without a load the
    imbalance alone is judged, and a card says so that does not count; of a rear axle that wants `axle_brake_rate_percent`.
    `axle` or `place` has to be given.

    A maximum of 0 beside a wheel that braked is judged: it is what a wheel without a brake shows, and its imbalance is 100 %.
    Two maxima of 0, a rate of more than 200 %, a curve without any force of a wheel, even of its drag, a force below -5 daN
    after `press_index` (down to there it is zero drift), fewer than 3 samples, and a curve that was cut off do not count:
    `invalid`. Cut off is a curve that begins at the peaks of both wheels, or, where `stopped_by_host`, one that ends at a peak:
    a bench that stops itself at the slip limit ends there too, so without that field such a curve is whole.

    **The build-up (制动力增长全过程)** that the difference of curves is looked for in: it starts at the first sample from
    `press_index` on in which both wheels have a force above 0, and ends, both ends included, at the later of the two peaks
    on rollers, and at the greatest sum of both wheels on plates (settings `imbalance_window_end_roller`, `…_plate`). Where
    `wheel_locked` it ends at the earlier peak on rollers. A wheel whose maximum is below 30 % of the other's hardly brakes: its
    peak may lie anywhere in the drag, so then the later peak ends the build-up, locked or not. A sample with a wheel
    at 0 is passed over; of equal maxima, and of equal differences, the first counts. Where one wheel has no force at all
    after `press_index`, the difference is taken at the other's peak. Where another reading of the end, or of the 30 %, turns
    the verdict, the card says so. The inputs name `left_max_index`, `right_max_index`, `window_start_index`,
    `window_end_index`, `difference_index`, each from 0, and `window_end` as it was really used.
    """

    axle: int | None = None
    """Number of the axle from the front, 1 to 12."""
    place: Place | None = None
    """Front or rear axle, where the number does not tell it; goes before the number."""
    wheels: int = 2
    """Wheels on the axle: 1 for the single front wheel of three-wheeled vehicles, of which one side is given and no imbalance is judged."""
    tester: Tester = Tester.ROLLER
    """What it was measured on."""
    left_max_daN: Decimal | None = None
    """Greatest force of the left wheel over the whole run."""
    right_max_daN: Decimal | None = None
    """Greatest force of the right wheel over the whole run."""
    static_load_kg: Decimal | None = None
    """Static axle load from the scale."""
    static_left_kg: Decimal | None = None
    """Static load of the left wheel, where both wheels are given instead of the axle."""
    static_right_kg: Decimal | None = None
    """Static load of the right wheel."""
    dynamic_left_kg: Decimal | None = None
    """Plate: load of the left wheel at the moment of its own greatest force."""
    dynamic_right_kg: Decimal | None = None
    """Plate: load of the right wheel at the moment of its own greatest force."""
    difference_left_daN: Decimal | None = None
    """Left wheel at the difference point (过程差最大差值点)."""
    difference_right_daN: Decimal | None = None
    """Right wheel at the difference point, the same moment."""
    left_curve_daN: tuple[Decimal, ...] | None = None
    """Samples of the left wheel."""
    right_curve_daN: tuple[Decimal, ...] | None = None
    """Samples of the right wheel, as many."""
    dynamic_left_curve_kg: tuple[Decimal, ...] | None = None
    """Plate: samples of the left wheel's load beside the forces, instead of `dynamic_left_kg`."""
    dynamic_right_curve_kg: tuple[Decimal, ...] | None = None
    """Plate: samples of the right wheel's load."""
    sample_interval_ms: int = 10
    """How long a sample of the curves lasts."""
    press_index: int = 0
    """First sample after the driver was asked to press; what comes before is no braking."""
    wheel_locked: bool = False
    """A wheel locked and slid; on rollers the build-up then ends at the earlier peak."""
    stopped_by_host: bool = False
    """The bench did not stop by itself (at the slip limit or a lock) but was stopped (主控停机); a curve must not end at a peak then."""
    axle_brake_rate_percent: Decimal | None = None
    """Instead of a load: the axle's brake rate, so that an imbalance can be judged by itself."""
    tandem: tuple[int, ...] = ()
    """Plate: further axles of a tandem taken as one with this; the numbers are those of all of them together."""


@dataclass(frozen=True, slots=True)
class LoadedAxleBrake:
    """One axle on a loading bench (加载制动, items L1 to L4): rate and imbalance by the loaded axle load.

    What does not count, and the build-up of curves, as in `axle_brake`. An axle that is known not to be tested loaded (the first
    and the last of a goods vehicle, low mass ratio …) is judged for the reader and does not count; one with air suspension is refused.
    """

    axle: int | None = None
    """Number of the axle from the front, 1 to 12."""
    place: Place | None = None
    """Front or rear axle, where the number does not tell it; goes before the number."""
    left_max_daN: Decimal | None = None
    """Greatest force of the left wheel under load."""
    right_max_daN: Decimal | None = None
    """Greatest force of the right wheel under load."""
    loaded_load_kg: Decimal | None = None
    """Axle load with the bench lifted."""
    difference_left_daN: Decimal | None = None
    """Left wheel at the difference point."""
    difference_right_daN: Decimal | None = None
    """Right wheel at the difference point, the same moment."""
    left_curve_daN: tuple[Decimal, ...] | None = None
    """Samples of the left wheel."""
    right_curve_daN: tuple[Decimal, ...] | None = None
    """Samples of the right wheel, as many."""
    sample_interval_ms: int = 10
    """How long a sample of the curves lasts."""
    press_index: int = 0
    """First sample after the driver was asked to press."""
    wheel_locked: bool = False
    """A wheel locked and slid."""
    stopped_by_host: bool = False
    """The bench did not stop by itself but was stopped; a curve must not end at a peak then."""
    axle_brake_rate_percent: Decimal | None = None
    """Instead of a load: the loaded brake rate, so that an imbalance can be judged by itself."""


@dataclass(frozen=True, slots=True)
class _Load:
    """The load that divides, the static load beside it where that is another one, and how a card names them.

    `wanted` is the field that would have given the load.
    """

    kg: Fraction | None
    static_kg: Fraction | None
    inputs: dict[str, str]
    wanted: str


def judge_axle(case: Case, record: AxleBrake) -> Judgement:
    """Judge one axle: its brake rate where a load is given, its imbalance where the wheels' difference is."""
    return axle_judgement(axle_of_record(case, record))


def judge_loaded_axle(case: Case, record: LoadedAxleBrake) -> Judgement:
    """Judge one loaded axle by its loaded load."""
    kg = given.load("loaded_load_kg", record.loaded_load_kg)
    inputs = {} if kg is None else {"load_kg": plain(kg), "load_base": "loaded"}
    return _sifted(case, record, axle_judgement(_axle(case, record, _Load(kg, None, inputs, "loaded_load_kg"))))


def _sifted(case: Case, record: LoadedAxleBrake, found: Judgement) -> Judgement:
    """Take the cards of an axle that is not tested loaded out of the conclusion; refuse one with air suspension."""
    vehicle, axle = case.vehicle, record.axle
    if axle is None or vehicle.category is None:
        return found
    if axle in (vehicle.air_suspension_axles or ()):
        raise given.wrong("axle", axle, f"!= {axle}, vehicle.air_suspension_axles")
    try:
        reason = loaded_test(case).spared.get(axle)
    except DataError:  # nobody gave what decides it
        return found
    if reason is None:
        return found
    return replace(
        found, cards=tuple(replace(card, counts=False, reason=card.reason or reason) for card in found.cards)
    )


def axle_of_record(case: Case, record: AxleBrake) -> Axle:
    """Read one axle ready to be judged; raise `DataError` naming the field that is missing or cannot be."""
    if record.tandem and record.tester is not Tester.PLATE:
        raise given.wrong("tandem", ", ".join(str(axle) for axle in record.tandem), f"tester = {Tester.PLATE.value}")
    return _axle(case, record, _load(case, record))


def static_kg_of(record: AxleBrake) -> Fraction | None:
    """Return the static axle load, given whole or by its wheels; both at once have to agree."""
    whole = given.load("static_load_kg", record.static_load_kg)
    left, right = (
        given.load("static_left_kg", record.static_left_kg),
        given.load("static_right_kg", record.static_right_kg),
    )
    if left is None and right is None:
        return whole
    if left is None or right is None:
        raise DataError("standards.record.missing", field="static_left_kg" if left is None else "static_right_kg")
    if whole is not None and whole != left + right:
        raise given.wrong("static_load_kg", record.static_load_kg, plain(left + right))
    return left + right


def axle_judgement(axle: Axle) -> Judgement:
    """Return the cards of an axle, and its rate as a number where nobody named the vehicle that would have a limit."""
    has_difference = axle.trace is not None or axle.pair is not None
    imbalances = (imbalance_card(axle),) if has_difference else ()
    if axle.load_kg == 0:
        return Judgement((*_without_load(axle, is_alone=bool(imbalances)), *imbalances))
    vehicle = axle.case.vehicle
    if imbalances and vehicle.category is None and vehicle.vehicle_type is None:
        is_number = axle.problem is None and axle.rate is not None
        return Judgement(imbalances, (_number(axle),) if is_number else ())
    return Judgement((rate_card(axle), *imbalances))


def _without_load(axle: Axle, *, is_alone: bool) -> tuple[VerdictCard, ...]:
    """Return the card of a rate that cannot be told: it counts on a plate where the static load alone was given.

    Without any load the imbalance was asked by itself, and the card is there for the reader.
    """
    if axle.rate is not None:
        return ()
    case, quantity = axle.case, axle.bench.rate_quantity
    if axle.static_kg is None:
        card = not_judged(
            case, Subject(axle.bench.item, quantity, None, axle.inputs), Message("standards.missing.load")
        )
        return (replace(card, counts=False),) if is_alone else ()
    limit = rate_of(case, axle.bench.place, axle.bench.tester, loaded=False)
    subject = Subject(axle.bench.item, quantity, limit, axle.inputs)
    return (not_judged(case, subject, Message("standards.missing.dynamic_load")),)


def _number(axle: Axle) -> Computed:
    return computed(axle.case, axle.bench.rate_quantity, axle.rate or Fraction(0), axle.inputs)


def _load(case: Case, record: AxleBrake) -> _Load:
    static_kg = static_kg_of(record)
    left, right = _dynamic(record, "left"), _dynamic(record, "right")
    if static_kg is None and left is None and right is None:
        return _Load(None, None, {}, "static_load_kg")
    if record.tester is Tester.ROLLER or not is_small_or_light(case):
        inputs = {} if static_kg is None else {"load_kg": plain(static_kg), "load_base": "static"}
        return _Load(static_kg, None, inputs, "static_load_kg")
    shown = {} if static_kg is None else {"static_kg": plain(static_kg)}
    if left is None or right is None:
        return _Load(None, static_kg, shown, "dynamic_left_kg" if left is None else "dynamic_right_kg")
    shown |= {"dynamic_left_kg": plain(left), "dynamic_right_kg": plain(right)}
    shown |= {"load_kg": plain(left + right), "load_base": "dynamic"}
    return _Load(left + right, static_kg, shown, "dynamic_left_kg")


def _dynamic(record: AxleBrake, side: str) -> Fraction | None:
    """Return a wheel's load at the moment of its own greatest force, as given or from the samples of the plate."""
    field, curve_field = f"dynamic_{side}_kg", f"dynamic_{side}_curve_kg"
    number: Decimal | None = record.dynamic_left_kg if side == "left" else record.dynamic_right_kg
    curve = record.dynamic_left_curve_kg if side == "left" else record.dynamic_right_curve_kg
    if number is not None and curve is not None:
        raise given.wrong(field, number, f"{field} | {curve_field}")
    if curve is None:
        return given.load(field, number)
    forces = record.left_curve_daN if side == "left" else record.right_curve_daN
    if forces is None or len(forces) != len(curve):
        raise given.wrong(curve_field, f"[{len(curve)}]", f"[{len(forces or ())}], {side}_curve_daN")
    exact = tuple(given.exact(f"{side}_curve_daN", force) for force in forces)
    index = brakes.peak(exact, frozenset(), max(0, record.press_index)).index
    return None if index < 0 else given.load(f"{curve_field}[{index}]", curve[index])


def _axle(case: Case, record: AxleBrake | LoadedAxleBrake, load: _Load) -> Axle:
    is_loaded = isinstance(record, LoadedAxleBrake)
    tester = Tester.ROLLER if isinstance(record, LoadedAxleBrake) else record.tester
    is_single = isinstance(record, AxleBrake) and record.wheels == 1
    axle = 0 if record.axle is None else given.axle_number("axle", record.axle)
    maxima = _maxima(case, record, is_single=is_single)
    pair, place = _pair(record, maxima, is_single=is_single), _place(case, record)
    item = f"{'L' if is_loaded else 'B'}{axle or ''}"
    rate = _rate(case, record, maxima, load.kg)
    inputs = {"axle": str(axle), "place": place.value, "tester": tester.value} | maxima.inputs() | load.inputs
    inputs |= {"daN_per_kg": plain(case.constant("daN_per_kg"))} if load.kg is not None else {}
    found = Axle(
        case=case,
        bench=Bench(item, axle, place, tester, is_loaded, record.wheel_locked),
        left_daN=maxima.left_daN,
        right_daN=maxima.right_daN,
        load_kg=load.kg or Fraction(0),
        rate=rate,
        inputs=inputs if axle else {name: value for name, value in inputs.items() if name != "axle"},
        problem=_problem(case, record, maxima, pair, rate),
        trace=None if is_single else maxima.trace,
        pair=pair,
        static_kg=load.static_kg,
    )
    _check_enough(found, load)
    return found


def _check_enough(axle: Axle, load: _Load) -> None:
    """See that something can be judged: a rate wants a load, and a rear axle's imbalance the rate that chooses its branch."""
    has_difference, has_load = axle.pair is not None or axle.trace is not None, load.kg is not None
    if axle.rate is None and (not has_difference or axle.bench.place is Place.REAR):
        raise DataError("standards.record.missing", field=load.wanted)
    if not has_load and not has_difference:
        raise DataError("standards.record.missing", field="difference_left_daN")
    if not has_load and axle.branch(axle.rounded_rate) is RateBranch.RATE_BELOW:
        raise DataError("standards.record.missing", field=load.wanted)


def _place(case: Case, record: AxleBrake | LoadedAxleBrake) -> Place:
    if record.place is None:
        if record.axle is None:
            raise DataError("standards.record.missing", field="axle")
        return place_of(case, record.axle)
    if case.vehicle.is_trailer and record.place is Place.FRONT:
        raise given.wrong("place", record.place.value, Place.REAR.value)
    return record.place


def _maxima(case: Case, record: AxleBrake | LoadedAxleBrake, *, is_single: bool) -> Maxima:
    """Return the maxima of both wheels; of a single wheel, which may stand on either side, the other side's is 0."""
    if isinstance(record, AxleBrake) and record.wheels not in (1, 2):
        raise given.wrong("wheels", record.wheels, "1, 2")
    wheels = Wheels(
        record.left_max_daN,
        record.right_max_daN,
        record.left_curve_daN,
        record.right_curve_daN,
        record.press_index,
        record.sample_interval_ms,
        record.stopped_by_host and not record.wheel_locked,
    )
    return replace(given.single_maximum(case, wheels), is_single=True) if is_single else maxima_of(case, wheels)


def _pair(record: AxleBrake | LoadedAxleBrake, maxima: Maxima, *, is_single: bool) -> brakes.Difference | None:
    """Return the difference as a bench gave it; beside a wheel without any force it is the other's maximum."""
    left, right = record.difference_left_daN, record.difference_right_daN
    if is_single and (left is not None or right is not None):
        raise given.wrong("difference_left_daN", left, "wheels = 2")
    if left is None and right is None:
        is_alone = not is_single and maxima.trace is None and (maxima.left_daN > 0) != (maxima.right_daN > 0)
        return brakes.Difference(maxima.left_daN, maxima.right_daN) if is_alone else None
    if record.left_curve_daN is not None:
        raise given.wrong("difference_left_daN", left, "difference_left_daN | left_curve_daN")
    most = given.MOST_WHEEL_DAN
    return brakes.Difference(
        given.between("difference_left_daN", given.required("difference_left_daN", left), 0, most),
        given.between("difference_right_daN", given.required("difference_right_daN", right), 0, most),
    )


def _rate(case: Case, record: AxleBrake | LoadedAxleBrake, maxima: Maxima, load_kg: Fraction | None) -> Fraction | None:
    """Return the exact rate of forces and load, else the rate as given; both at once have to agree."""
    percent = record.axle_brake_rate_percent
    stated = (
        None if percent is None else Fraction(given.between("axle_brake_rate_percent", percent, 0, MOST_RATE_PERCENT))
    )
    if load_kg is None:
        return stated
    exact = brakes.rate(maxima.left_daN + maxima.right_daN, load_kg, case.constant("daN_per_kg"))
    quantity = Quantity.AXLE_BRAKE_RATE
    if stated is not None and case.rounded(quantity, stated) != case.rounded(quantity, exact):
        raise given.wrong("axle_brake_rate_percent", percent, plain(case.rounded(quantity, exact)))
    return exact


def _problem(
    case: Case,
    record: AxleBrake | LoadedAxleBrake,
    maxima: Maxima,
    pair: brakes.Difference | None,
    rate: Fraction | None,
) -> Message | None:
    missing = None if record.axle is None else absent(case, record.axle)
    curve = None if maxima.trace is None or maxima.is_single else maxima.trace.curve
    problem = missing or maxima.problem or counting.force_problem(maxima.left_daN, maxima.right_daN, curve)
    if problem is not None:
        return problem
    if pair is not None and (pair.left_daN > maxima.left_daN or pair.right_daN > maxima.right_daN):
        point = f"{plain(pair.left_daN)} / {plain(pair.right_daN)}"
        most = f"{plain(maxima.left_daN)} / {plain(maxima.right_daN)}"
        return Message("standards.invalid.difference_above_maximum", {"point": point, "maxima": most})
    if rate is not None and rate > MOST_RATE_PERCENT:
        shown = plain(case.rounded(Quantity.AXLE_BRAKE_RATE, rate))
        return Message("standards.invalid.absurd_rate", {"rate": shown, "most": MOST_RATE_PERCENT})
    return None
