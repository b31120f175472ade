"""Which car stands where: the positions of one lane, each held by one visit or by nobody.

Pure bookkeeping; the facts about it are recorded by the flow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.lanes.errors import TwoClaimsError

if TYPE_CHECKING:
    from carcheck_desktop.domain.facts import OccupancyReleased, OccupancyTaken


@dataclass
class Positions:
    """Holders by position, which axle was last seen standing there, and the visits' plates.

    An axle that is not named or None: nobody knows.
    """

    held: dict[str, OccupancyTaken] = field(default_factory=dict)
    axle: dict[str, int | None] = field(default_factory=dict)
    plates: dict[str, str] = field(default_factory=dict)

    def require_free(self, position: str, visit_id: str) -> OccupancyTaken | None:
        """Return this visit's own occupancy, None where the position is free.

        Raises `TwoClaimsError` where it belongs to another visit.
        """
        holder = self.held.get(position)
        if holder is not None and holder.visit_id != visit_id:
            raise TwoClaimsError(position, self._named(holder.visit_id), self._named(visit_id))
        return holder

    def take(self, fact: OccupancyTaken) -> None:
        """Note a recorded occupancy."""
        self.held[fact.position] = fact

    def release(self, fact: OccupancyReleased) -> None:
        """Note a recorded release."""
        self.held.pop(fact.position, None)
        self.axle.pop(fact.position, None)

    def left(self, position: str) -> None:
        """Note that the position was seen empty."""
        self.axle.pop(position, None)

    def others_of(self, visit_id: str, position: str | None) -> tuple[OccupancyTaken, ...]:
        """Return what a visit holds besides one position."""
        return tuple(each for each in self.held.values() if each.visit_id == visit_id and each.position != position)

    def _named(self, visit_id: str) -> str:
        return self.plates.get(visit_id, visit_id)
