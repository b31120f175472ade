"""What a lane knows of itself after a restart, folded from the end of its own journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold import fold_lane
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import LaneView
from carcheck_desktop.lanes.parts import BENCH, EMISSION, SCALE
from carcheck_desktop.lanes.records.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import LaneJournal

LANE_FACTS: tuple[type[f.Fact], ...] = (
    f.AttemptStarted, f.OccupancyTaken, f.OccupancyReleased, f.ItemStarted, f.ItemFinished, f.ItemVoided,
    f.AttemptEnded, f.AttemptInterrupted, f.AttemptResumed, f.LaneStopped, f.StopReleased,
)  # fmt: skip
KINDS = frozenset(fact.kind for fact in LANE_FACTS)
"""What is looked at; devices are attached anew and a prompt of a dead process means nothing."""

TELLING = frozenset(fact.kind for fact in (f.AttemptStarted, f.OccupancyTaken, f.OccupancyReleased))
USUAL = frozenset((SCALE, BENCH))
LOOK_BACK = 10_000
"""Entries that are looked at in any case: some days of a busy lane."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The lane as its journal left it; `attempts` counts the attempts of each visit in what was read."""

    view: LaneView
    positions: Positions
    attempts: Counter[str]


def position_of(kind: ItemKind) -> str:
    """Return the position an item is measured at."""
    return {ItemKind.AXLE_WEIGHING: SCALE, ItemKind.TWO_SPEED_IDLE: EMISSION}.get(kind, BENCH)


async def last_entries(journal: LaneJournal, lane: str, positions: frozenset[str] = USUAL) -> Sequence[Entry]:
    """Return the end of a journal that tells how the lane stands: years of entries are not read at every start."""
    limit = LOOK_BACK
    while True:
        entries = await journal.newest(limit)
        if len(entries) < limit or is_enough(entries, lane, positions):
            return entries
        limit *= 4


def is_enough(entries: Sequence[Entry], lane: str, positions: frozenset[str] = USUAL) -> bool:
    """Say whether nothing before these entries matters any more.

    An attempt only starts on a lane that is neither stopped nor busy, and who stands on a position is
    whoever took or left it last.
    """
    is_started = False
    unknown = set(positions)
    for entry in reversed(entries):
        if entry.kind not in TELLING:
            continue
        fact = entry.fact()
        if getattr(fact, "lane", None) == lane:
            is_started = is_started or isinstance(fact, f.AttemptStarted)
            unknown.discard(getattr(fact, "position", ""))
            if is_started and not unknown:
                return True
    return False


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
