"""What a lane knows of itself after a restart, folded from its own journal; pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold import fold_lane
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import LaneView
from carcheck_desktop.lanes.parts import BENCH, SCALE
from carcheck_desktop.lanes.records.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.journal import Entry

LANE_FACTS: tuple[type[f.Fact], ...] = (
    f.AttemptStarted, f.OccupancyTaken, f.OccupancyReleased, f.ItemStarted, f.ItemFinished, f.ItemVoided,
    f.AttemptEnded, f.AttemptInterrupted, f.AttemptResumed, f.LaneStopped, f.StopReleased,
)  # fmt: skip
KINDS = frozenset(fact.kind for fact in LANE_FACTS)
"""What is looked at; devices are attached anew and a prompt of a dead process means nothing."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The lane as its journal left it; `attempts` counts the attempts of each visit here."""

    view: LaneView
    positions: Positions
    attempts: Counter[str]


def position_of(kind: ItemKind) -> str:
    """Return the position an item is measured at."""
    return SCALE if kind is ItemKind.AXLE_WEIGHING else BENCH


def restored(entries: Sequence[Entry], lane: str, node: str) -> Restored:
    """Fold a node's entries into what one of its lanes must know to go on."""
    view = LaneView(lane, node)
    positions = Positions()
    attempts: Counter[str] = Counter()
    for entry in entries:
        if entry.kind not in KINDS:
            continue
        fact = entry.fact()
        if getattr(fact, "lane", None) != lane:
            continue
        view = fold_lane(view, entry)
        if isinstance(fact, f.AttemptStarted):
            attempts[fact.visit_id] += 1
            positions.plates[fact.visit_id] = fact.vehicle.plate
            positions.axle.clear()
        _stand(positions, fact)
    return Restored(view, positions, attempts)


def _stand(positions: Positions, fact: f.Fact) -> None:
    if isinstance(fact, f.OccupancyTaken):
        positions.take(fact)
    elif isinstance(fact, f.OccupancyReleased):
        positions.release(fact)
    elif isinstance(fact, f.ItemStarted):
        positions.axle[position_of(fact.item_kind)] = fact.axle
