"""The conclusion over a visit, folded by standards from what the lane measured and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.facts import VisitConcluded
from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import PlannedItem
from carcheck_desktop.domain.views import AttemptView, ItemState
from carcheck_desktop.standards.rulebook import conclude_visit
from carcheck_desktop.standards.verdicts import Measured

if TYPE_CHECKING:
    from carcheck_desktop.domain.ports import Blobs
    from carcheck_desktop.domain.views import ItemView
    from carcheck_desktop.standards.rulebook import Rulebook


def conclusion_of(attempt: AttemptView, blobs: Blobs, tables: Rulebook) -> VisitConcluded:
    """Conclude a complete attempt; raises `DataError` when a curve is not here."""
    done = [item for item in attempt.items if item.state is ItemState.DONE]
    measured = Measured(
        weighings=[item.weighing for item in done if item.weighing is not None],
        service_runs=[
            (item.service_brake, _curve(blobs, item.service_brake.curve_digest))
            for item in done
            if item.service_brake is not None
        ],
        cards=[card for item in done for card in item.cards],
        planned=[_planned(item) for item in attempt.items],
    )
    day = inspection_date(attempt.started_at)
    found = conclude_visit(tables, attempt.vehicle, attempt.inspection, day, measured)
    return VisitConcluded(attempt.visit_id, attempt.attempt_id, found.outcome, found.cards, found.purposes)


def _planned(item: ItemView) -> PlannedItem:
    return PlannedItem(item.item, item.kind, item.axle, item.plan_reason, item.purposes)


def _curve(blobs: Blobs, digest: str) -> Curve:
    content = blobs.get(digest)
    if content is None:
        raise DataError("desk.conclusions.curve_missing", digest=digest)
    return from_json(content, Curve)
