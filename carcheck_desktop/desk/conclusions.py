"""The conclusion over a visit, folded by standards from what the lane measured and judged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.facts import VisitConcluded
from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.domain.results import results
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.standards.rulebook import conclude_visit
from carcheck_desktop.standards.verdicts import Measured, judge_parking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from carcheck_desktop.domain.ports import Blobs
    from carcheck_desktop.domain.results import ItemResult
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.standards.rulebook import Rulebook


def conclusion_of(visit: VisitView, blobs: Blobs, tables: Rulebook, on: date | None = None) -> VisitConcluded:
    """Conclude a visit whose newest attempt is complete, over the newest result of every item that counts.

    After a recheck the whole vehicle is judged with the newest values of all axles, and the parking brake with the newest
    load. `on` is another day than the inspection's, for tables that were not in force on that. Raises `DataError` when a
    curve is not here.
    """
    attempt = visit.attempts[-1]
    day = inspection_date(attempt.started_at) if on is None else on
    tables = tables.on(day)
    found = results(visit)
    weighings = [each.item.weighing for each in found if each.item.weighing is not None]
    measured = Measured(
        weighings=weighings,
        service_runs=[
            (each.item.service_brake, _curve(blobs, each.item.service_brake.curve_digest))
            for each in found
            if each.item.service_brake is not None
        ],
        cards=[card for each in found for card in _cards(each, found, blobs, tables, day)],
        planned=visit.plan,
    )
    concluded = conclude_visit(tables, attempt.vehicle, attempt.inspection, day, measured, visit.unmet)
    return VisitConcluded(
        visit.visit_id, attempt.attempt_id, concluded.outcome, concluded.cards, concluded.purposes
    )  # fmt: skip


def _cards(
    result: ItemResult, found: Sequence[ItemResult], blobs: Blobs, tables: Rulebook, day: date
) -> tuple[VerdictCard, ...]:
    """Return an item's cards; an earlier parking brake is judged anew once an axle was weighed after it."""
    run = result.item.parking_brake
    weighed = {each.item.weighing.axle: each for each in found if each.item.weighing is not None}
    is_newer = any(not each.is_earlier for each in weighed.values())
    if run is None or not result.is_earlier or not is_newer:
        return result.item.cards
    vehicle_kg = sum((_load_kg(each) for each in weighed.values()), Decimal(0))
    measured = [(replace(run, vehicle_kg=vehicle_kg), _curve(blobs, run.curve_digest))]
    return judge_parking(tables.safety, result.attempt.vehicle, result.attempt.inspection, day, measured)


def _load_kg(result: ItemResult) -> Decimal:
    weighing = result.item.weighing
    return Decimal(0) if weighing is None else weighing.left_kg + weighing.right_kg


def _curve(blobs: Blobs, digest: str) -> Curve:
    content = blobs.get(digest)
    if content is None:
        raise DataError("desk.conclusions.curve_missing", digest=digest)
    return from_json(content, Curve)
