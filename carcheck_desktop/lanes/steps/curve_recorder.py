"""Blocks of numbered samples become one curve: nothing invented, nothing twice, what is lost named; pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.lanes.errors import StepError

if TYPE_CHECKING:
    from carcheck_desktop.devices.api.kinds import CurveBlock


class CurveRecorder:
    """The samples of one test so far; sample number 1 is at index 0."""

    def __init__(self, interval_ms: int) -> None:
        self.interval_ms = interval_ms
        self._left: list[int] = []
        self._right: list[int] = []
        self._known: list[bool] = []

    @property
    def newest(self) -> int:
        """Number of the newest sample that is here or known to be lost (0: none)."""
        return len(self._known)

    def add(self, block: CurveBlock) -> None:
        """Take a block in; raise `StepError` when the bench has begun another test meanwhile."""
        if 0 < block.newest < self.newest:
            raise StepError("lanes.brake.other_test", had=self.newest, newest=block.newest)
        lost = frozenset(block.lost)
        if lost:
            self._grow(max(lost))
        pairs = zip(block.left_daN, block.right_daN, strict=True)
        for number, (left, right) in enumerate(pairs, start=block.first):
            self._grow(number)
            if number not in lost:
                self._left[number - 1], self._right[number - 1] = left, right
                self._known[number - 1] = True

    def since(self, index: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return both sides from an index on; lost samples are 0."""
        return tuple(self._left[index:]), tuple(self._right[index:])

    def curve(self) -> Curve:
        """Return everything as it is recorded."""
        lost = tuple(index for index, known in enumerate(self._known) if not known)
        return Curve(self.interval_ms, tuple(self._left), tuple(self._right), lost)

    def mean_daN(self, start: int, end: int) -> tuple[Decimal, Decimal]:
        """Return the mean force of each side from index `start` up to, not including, `end`.

        Lost samples do not count; raises `StepError` when none is left.
        """
        indices = [index for index in range(start, min(end, self.newest)) if self._known[index]]
        if not indices:
            raise StepError("lanes.brake.no_drag", start=start, end=end)
        tenth = Decimal("0.1")
        left = Decimal(sum(self._left[index] for index in indices)) / len(indices)
        right = Decimal(sum(self._right[index] for index in indices)) / len(indices)
        return left.quantize(tenth), right.quantize(tenth)

    def _grow(self, number: int) -> None:
        missing = number - self.newest
        if missing > 0:
            self._left.extend([0] * missing)
            self._right.extend([0] * missing)
            self._known.extend([False] * missing)
