"""How long a movement takes; nothing moves without meaning, and everything can stand still."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Motion:
    """Durations in milliseconds; 0 is a change at once."""

    quick_ms: int
    """An answer to a hand: something opens, appears, goes."""
    calm_ms: int
    """What changes by itself and has to be noticed: a new page of the board, a row that moves on."""
    turn_ms: int
    """One turn of what shows that something is being waited for."""

    @property
    def is_still(self) -> bool:
        """Whether nothing moves at all."""
        return not (self.quick_ms or self.calm_ms or self.turn_ms)


LIVELY = Motion(quick_ms=120, calm_ms=240, turn_ms=1200)
STILL = Motion(quick_ms=0, calm_ms=0, turn_ms=0)
"""For people whom movement disturbs, and for pictures."""
