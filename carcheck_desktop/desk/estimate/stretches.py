"""Arithmetic of uncertain times: parts added up to a range that four of five visits end in; pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from carcheck_desktop.desk.estimate.durations import Known

WIDTH = 1.4
"""Deviations to either side: five of six for a bell, four of five for the lopsided sums that work makes."""
OVERDUE = 2.0
"""Deviations beyond its mean after which what still runs is overdue: then it may take as much again."""
OVERDUE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time to come: its mean, the variances to either side (they add up), and the doubt (it adds up linearly).

    Seconds, and seconds squared; `samples` is the least number of own samples that any part of it rests on.
    """

    mean_s: float = 0.0
    below: float = 0.0
    above: float = 0.0
    doubt_s: float = 0.0
    samples: int | None = None

    def __add__(self, other: Stretch) -> Stretch:
        """Return the time that both take one after the other."""
        counts = [each for each in (self.samples, other.samples) if each is not None]
        return Stretch(
            self.mean_s + other.mean_s,
            self.below + other.below,
            self.above + other.above,
            self.doubt_s + other.doubt_s,
            min(counts) if counts else None,
        )

    @property
    def soonest_s(self) -> float:
        """Return the range's near end."""
        return max(0.0, self.mean_s - WIDTH * math.sqrt(self.below + self.doubt_s**2))

    @property
    def latest_s(self) -> float:
        """Return the range's far end."""
        return self.mean_s + WIDTH * math.sqrt(self.above + self.doubt_s**2)


NOTHING = Stretch()


def stretch_of(known: Known) -> Stretch:
    """Return the time that a part takes from its beginning."""
    return _stretch(known.mean_s, known.deviation_s, known)


def rest_of(known: Known, elapsed_s: float) -> Stretch:
    """Return what is left of a part that has run for a while: less than at first, but never nothing.

    The mean and deviation of a normal duration that is known to be longer than `elapsed_s`.
    """
    if elapsed_s <= 0 or known.deviation_s <= 0:
        return _stretch(max(0.0, known.mean_s - max(0.0, elapsed_s)), known.deviation_s, known)
    at = (elapsed_s - known.mean_s) / known.deviation_s
    over_s = max(0.0, at - OVERDUE) * known.deviation_s * OVERDUE_SHARE
    at = min(at, OVERDUE)
    beyond = 0.5 * math.erfc(at / math.sqrt(2))
    pull = math.exp(-at * at / 2) / math.sqrt(2 * math.pi) / beyond
    mean_s = known.deviation_s * (pull - at) + over_s
    variance = max(0.0, known.deviation_s**2 * (1 + at * pull - pull * pull)) + over_s**2
    return _stretch(mean_s, math.sqrt(variance), known)


def _stretch(mean_s: float, deviation_s: float, known: Known) -> Stretch:
    """Keep the near side so small that adding a part never brings the near end of a sum nearer."""
    doubt_s = min(known.doubt, 0.95 / WIDTH) * mean_s
    room = max(0.0, (mean_s / WIDTH) ** 2 - doubt_s**2)
    return Stretch(mean_s, min(deviation_s**2, room), deviation_s**2, doubt_s, known.samples)
