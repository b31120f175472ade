"""The samples of a run as a window saw them, by number; for drawing only, no Qt."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from carcheck_desktop.domain.live import LiveCurve


class Trace:
    """Columns of values by sample number; a sample that never came is not a number, and a gap in the line.

    `revision` counts how often something that had its place already was changed, so that who draws
    only what was added knows when to begin anew.
    """

    def __init__(self, names: tuple[str, ...], interval_ms: int = 10) -> None:
        self.interval_ms = interval_ms
        self.columns: dict[str, list[float]] = {name: [] for name in names}
        self.revision = 0
        self._tops: dict[str, tuple[int, float]] = {}

    def __len__(self) -> int:
        return max((len(column) for column in self.columns.values()), default=0)

    def put(self, start: int, values: Mapping[str, Sequence[float]]) -> None:
        """Put values in their place, the first of each at `start` (from 0)."""
        if start < len(self):
            self.revision += 1
        for name, fresh in values.items():
            column = self.columns[name]
            column.extend([math.nan] * (start + len(fresh) - len(column)))
            column[start : start + len(fresh)] = fresh
            self._note_top(name, start, fresh)

    def _note_top(self, name: str, start: int, fresh: Sequence[float]) -> None:
        best = self._tops.get(name)
        for number, value in enumerate(fresh, start):
            if value == value and (best is None or value > best[1]):  # noqa: PLR0124 - not a number
                best = (number, value)
        if best is not None:
            self._tops[name] = best

    def at_s(self, number: int) -> float:
        """Return the time of a sample from the first, in seconds."""
        return number * self.interval_ms / 1000

    def seconds(self) -> list[float]:
        """Return the time of each sample from the first."""
        return [self.at_s(number) for number in range(len(self))]

    def last(self, name: str) -> float | None:
        """Return the value that arrived last; None before the first, and while the last one is missing."""
        column = self.columns[name]
        return column[-1] if column and not math.isnan(column[-1]) else None

    def top(self, name: str) -> tuple[int, float] | None:
        """Return number and value of the greatest sample, the first of several; None before the first."""
        return self._tops.get(name)

    def first_at(self, name: str, level: float, start: int = 0, *, above: bool = False) -> int | None:
        """Return the number of the first measured sample from `start` that reaches a level, or is above it."""
        column = self.columns[name]
        for number in range(start, len(column)):
            if column[number] > level or (column[number] == level and not above):
                return number
        return None


class Samples(Trace):
    """The brake forces of one run, in daN: both wheels and their sum."""

    def __init__(self) -> None:
        super().__init__(("left", "right", "sum"))

    @property
    def left_daN(self) -> list[float]:
        """The left wheel."""
        return self.columns["left"]

    @property
    def right_daN(self) -> list[float]:
        """The right wheel."""
        return self.columns["right"]

    def add(self, curve: LiveCurve) -> None:
        """Put a batch in its place; batches that were overtaken leave gaps."""
        self.interval_ms = curve.interval_ms
        left = [float(force) for force in curve.left_daN]
        right = [float(force) for force in curve.right_daN]
        both = [one + other for one, other in zip(left, right, strict=True)]
        self.put(max(0, curve.first - 1), {"left": left, "right": right, "sum": both})

    def sum_daN(self) -> list[float]:
        """Return left plus right sample by sample, for drawing only."""
        return self.columns["sum"]

    def newest(self) -> tuple[float, float] | None:
        """Return the last forces that arrived."""
        left, right = self.last("left"), self.last("right")
        return None if left is None or right is None else (left, right)

    def top_sum(self) -> float | None:
        """Return the greatest sum so far, None before the first sample."""
        top = self.top("sum")
        return top[1] if top else None
