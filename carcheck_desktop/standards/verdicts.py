"""The public face of judging: raw run and curve in, verdict cards out, and the conclusion.

A lane judges each item with these functions, the service concludes over the visit with them, and
both can do so again in ten years: everything that decides is an argument. A measurement that does
not count is `invalid`, with the reason; it never passes and never fails. The cards of one axle are
made in `judging.axle`, those over several axles in `judging.whole`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.measurements import AxleWeighing, Curve, ParkingBrakeRun, ServiceBrakeRun
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, ItemKind, Outcome, PlannedItem, VerdictCard, worst
from carcheck_desktop.standards.brakes import trace
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.judging.axle import imbalance_card, rate_card
from carcheck_desktop.standards.judging.service import axle_of
from carcheck_desktop.standards.judging.whole import parking_card, whole_card
from carcheck_desktop.standards.plan import plan
from carcheck_desktop.standards.traits import traits_of

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
    from carcheck_desktop.standards.loading.edition import Edition


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured in a visit so far; of several results of one axle or item the last counts.

    `planned` is the plan the visit was opened with; without it the standard's own is used.
    """

    weighings: Sequence[AxleWeighing]
    service_runs: Sequence[tuple[ServiceBrakeRun, Curve]]
    cards: Sequence[VerdictCard]
    planned: Sequence[PlannedItem] | None = None


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the visit came to; `cards` are all it rests on, the whole vehicle's last.

    `missing` names planned items without a result; with any of them nothing passes.
    """

    outcome: Outcome
    cards: tuple[VerdictCard, ...]
    missing: tuple[str, ...] = ()

    @property
    def whole(self) -> VerdictCard:
        """The card of the whole-vehicle brake rate."""
        return self.cards[-1]


def judge_service_brake(
    tables: Edition, vehicle: Vehicle, inspection: InspectionKind, on: date, run: ServiceBrakeRun, curve: Curve
) -> tuple[VerdictCard, ...]:
    """Judge one axle on the rollers: its brake rate (轴制动率), then its imbalance (不平衡率).

    Raises `DataError` when the edition is not in force on the day.
    """
    axle = axle_of(_case(tables, vehicle, inspection, on), run, curve)
    return rate_card(axle), imbalance_card(axle)


def judge_parking(
    tables: Edition,
    vehicle: Vehicle,
    inspection: InspectionKind,
    on: date,
    runs: Sequence[tuple[ParkingBrakeRun, Curve]],
) -> tuple[VerdictCard, ...]:
    """Judge the parking brake (驻车制动): one card over all parking axles, by the load of all axles.

    While a parking axle is missing the card says `not_judged`. Raises `DataError` when the edition
    is not in force on the day.
    """
    case = _case(tables, vehicle, inspection, on)
    return (parking_card(case, {run.axle: (run, trace(curve, run.press_index)) for run, curve in runs}),)


def conclude(tables: Edition, vehicle: Vehicle, inspection: InspectionKind, on: date, measured: Measured) -> Conclusion:
    """Fold a visit's cards and the whole-vehicle rate (整车制动率) into one outcome.

    Invalid outweighs fail, fail outweighs not judged; a planned item without a result keeps the
    visit from passing. Raises `DataError` as `plan` does.
    """
    case = _case(tables, vehicle, inspection, on)
    weighings = {weighing.axle: weighing for weighing in measured.weighings}
    runs = {run.axle: axle_of(case, run, curve) for run, curve in measured.service_runs}
    latest = {(card.item, card.quantity): card for card in measured.cards if card.item != WHOLE_ITEM}
    cards = (*latest.values(), whole_card(case, weighings, runs))
    planned = plan(tables, vehicle, inspection, on).items if measured.planned is None else measured.planned
    items = {card.item for card in cards}
    missing = tuple(
        item.item
        for item in planned
        if (item.axle not in weighings if item.kind is ItemKind.AXLE_WEIGHING else item.item not in items)
    )
    outcomes = [card.outcome for card in cards] + [Outcome.NOT_JUDGED for _ in missing]
    return Conclusion(worst(outcomes), cards, missing)


def _case(tables: Edition, vehicle: Vehicle, inspection: InspectionKind, on: date) -> Case:
    tables.require_in_force(on)
    return Case(tables, traits_of(vehicle), inspection, on)
