"""How long to wait before trying again: longer each time, never in step with others."""

from __future__ import annotations

import random

SHORTEST_S = 0.1
LONGEST_S = 2.0


class Pauses:
    """Growing pauses from 0.1 to 2 s with jitter; `reset` after a success."""

    def __init__(self) -> None:
        self._next_s = SHORTEST_S

    def next(self) -> float:
        """Return the seconds to wait now and lengthen the next pause."""
        pause_s = self._next_s
        self._next_s = min(LONGEST_S, self._next_s * 2)
        return pause_s * random.uniform(0.7, 1.0)  # noqa: S311 - spreads load, guards nothing

    def reset(self) -> None:
        """Begin with short pauses again."""
        self._next_s = SHORTEST_S
