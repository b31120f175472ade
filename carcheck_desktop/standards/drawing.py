"""What is drawn beside a verdict: the samples, the limits as levels on them, the moments it rests on. Pure, exact, no colours."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.exhaust import IdlePhase
from carcheck_desktop.domain.explained import Drawing, DrawnLimit, DrawnLine, DrawnMark
from carcheck_desktop.domain.verdicts import Comparison, Quantity
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.rounding import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from carcheck_desktop.domain.exhaust import ExhaustRecord, TwoSpeedIdleRun
    from carcheck_desktop.domain.measurements import Curve
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.again import RawItem

MOST_POINTS = 800
"""More than a screen has beside each other; a longer curve keeps the strongest sample of each piece."""
SECOND_MS = 1000
LINE_OF = {
    Quantity.HIGH_IDLE_CO: "co_percent",
    Quantity.IDLE_CO: "co_percent",
    Quantity.HIGH_IDLE_HC: "hc_ppm",
    Quantity.IDLE_HC: "hc_ppm",
    Quantity.HIGH_IDLE_LAMBDA: "lambda",
}
LOAD_OF = {
    Quantity.AXLE_BRAKE_RATE: "load_kg",
    Quantity.PARKING_BRAKE_RATE: "vehicle_kg",
}
"""The load whose share a brake rate is, by the name it has among the inputs of the card."""
SAMPLED = {
    IdlePhase.HIGH_SAMPLE: (Quantity.HIGH_IDLE_CO, Quantity.HIGH_IDLE_HC, Quantity.HIGH_IDLE_LAMBDA),
    IdlePhase.IDLE_SAMPLE: (Quantity.IDLE_CO, Quantity.IDLE_HC),
}


def drawing_of(raw: RawItem, cards: Sequence[VerdictCard]) -> Drawing | None:
    """Return what is drawn for an item whose cards are these; None where nothing was recorded over time."""
    run, lever, idle = raw.item.service_brake, raw.item.parking_brake, raw.item.two_speed_idle
    if idle is not None and raw.exhaust is not None:
        return _exhaust(idle, raw.exhaust, cards)
    if raw.curve is None or (run is None and lever is None):
        return None
    press_index = run.press_index if run is not None else lever.press_index if lever is not None else 0
    return _brakes(raw.curve, press_index, cards)


def _brakes(curve: Curve, press_index: int, cards: Sequence[VerdictCard]) -> Drawing:
    count = min(len(curve.left_daN), len(curve.right_daN))
    step = max(1, -(-count // MOST_POINTS))
    lost = frozenset(curve.lost)
    kept = [_strongest(curve, lost, start, min(start + step, count)) for start in range(0, count, step)]
    left = tuple(None if index is None else Decimal(curve.left_daN[index]) for index in kept)
    right = tuple(None if index is None else Decimal(curve.right_daN[index]) for index in kept)
    both = tuple(None if index is None else Decimal(curve.left_daN[index] + curve.right_daN[index]) for index in kept)
    marks = [DrawnMark("press", _at_s(press_index, curve.interval_ms))]
    for card in cards:
        marks += _marks(card, curve.interval_ms)
    return Drawing(
        interval_ms=curve.interval_ms * step,
        samples=count,
        lost=len(lost),
        lines=(DrawnLine("left", "daN", left), DrawnLine("right", "daN", right), DrawnLine("sum", "daN", both)),
        limits=tuple(limit for card in cards for limit in _demanded(card)),
        marks=tuple(marks),
    )


def _strongest(curve: Curve, lost: frozenset[int], start: int, end: int) -> int | None:
    known = [index for index in range(start, end) if index not in lost]
    return max(known, key=lambda index: curve.left_daN[index] + curve.right_daN[index], default=None)


def _at_s(index: int, interval_ms: int) -> Decimal:
    return Decimal(index * interval_ms) / SECOND_MS


def _marks(card: VerdictCard, interval_ms: int) -> Iterator[DrawnMark]:
    for name in ("window_start", "window_end", "difference"):
        index = card.inputs.get(f"{name}_index", "")
        if index.isdecimal():
            yield DrawnMark(name, _at_s(int(index), interval_ms), card.quantity)


def _demanded(card: VerdictCard) -> Iterator[DrawnLimit]:
    """Yield the sum of both wheels that a rate's limit asks for; none where one axle's curve does not show the whole sum."""
    load_kg, daN_per_kg = (card.inputs.get(name, "") for name in (LOAD_OF.get(card.quantity, "-"), "daN_per_kg"))
    axles = [name for name in card.inputs if name.startswith("axle") and name.endswith("_left_max_daN")]
    if card.limit is None or card.comparison is None or not load_kg or not daN_per_kg or len(axles) > 1:
        return
    force = brakes.force_for(card.limit, Decimal(load_kg), Decimal(daN_per_kg))
    yield DrawnLimit(card.quantity, "sum", card.comparison, cut(force, 1))


def _exhaust(run: TwoSpeedIdleRun, record: ExhaustRecord, cards: Sequence[VerdictCard]) -> Drawing:
    seconds = record.seconds
    lines = [
        DrawnLine("co_percent", Unit.PERCENT, tuple(each.co_percent for each in seconds)),
        DrawnLine("hc_ppm", Unit.PPM, tuple(each.hc_ppm for each in seconds)),
    ]
    if any(each.lambda_ is not None for each in seconds):
        lines.append(DrawnLine("lambda", Unit.NONE, tuple(each.lambda_ for each in seconds)))
    marks = [mark for phase in SAMPLED for mark in _sampled(run, phase)]
    return Drawing(
        interval_ms=SECOND_MS, samples=len(seconds), lost=0, lines=tuple(lines),
        limits=tuple(limit for card in cards for limit in _levels(card)), marks=tuple(marks),
    )  # fmt: skip


def _sampled(run: TwoSpeedIdleRun, phase: IdlePhase) -> Iterator[DrawnMark]:
    span = run.span(phase)
    if span is None:
        return
    for quantity in SAMPLED[phase]:
        yield DrawnMark("window_start", Decimal(span.start), quantity)
        yield DrawnMark("window_end", Decimal(max(span.start, span.end - 1)), quantity)


def _levels(card: VerdictCard) -> Iterator[DrawnLimit]:
    line = LINE_OF.get(card.quantity)
    if line is None or card.limit is None or card.comparison is None:
        return
    ends = [(Comparison.AT_LEAST, card.inputs.get("low", "")), (Comparison.AT_MOST, card.inputs.get("high", ""))]
    if all(value for _, value in ends):
        yield from (DrawnLimit(card.quantity, line, sign, Decimal(value)) for sign, value in ends)
    else:
        yield DrawnLimit(card.quantity, line, card.comparison, card.limit)
