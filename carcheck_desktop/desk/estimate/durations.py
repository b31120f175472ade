"""How long work takes here: medians and spreads of the newest samples, blended with a table until there are enough."""

from __future__ import annotations

import bisect
import math
import tomllib
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable

ITEM, BETWEEN, LEAVE, FINISH, CHANGE = "item", "between", "leave", "finish", "change"
"""Parts of a visit's time besides the kinds of items; `item` stands for a kind that the table does not name."""
NEWEST = 200
"""So many samples of a part are remembered: about two days of a busy station."""
LONGEST_S = 3 * 3600.0
"""A longer sample is a lunch break or a clock that was set, not work."""
DECILE = 1.2816
"""Standard deviations between the median and the first or last decile of a normal distribution."""
HALF_MEAN = math.sqrt(1 / (2 * math.pi))
"""What one half of a normal distribution adds to the mean of both, in its standard deviations."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and deciles of a duration in seconds."""

    median_s: float
    p10_s: float
    p90_s: float


@dataclass(frozen=True, slots=True)
class Prior:
    """The table that speaks before the journal can; `weight` counts as so many samples of its own.

    `uncertainty` is the part by which the whole table may be off together; `source` and `confidence` say why.
    """

    source: str
    confidence: str
    weight: int
    uncertainty: float
    part: dict[str, Spread]


def parse_prior(content: bytes) -> Prior:
    """Read the table; raise `DataError` for a wrong shape or spreads that cannot be."""
    try:
        prior = from_plain(tomllib.loads(content.decode()), Prior)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError("base.data.wrong_shape", kind="Prior", detail=error) from error
    names = {ITEM, BETWEEN, LEAVE, FINISH, CHANGE}
    for name, spread in prior.part.items():
        if not 0 <= spread.p10_s <= spread.median_s <= spread.p90_s <= LONGEST_S:
            raise DataError("base.data.wrong_shape", kind="Prior", detail=name)
    if names - prior.part.keys() or prior.weight < 1 or not 0 <= prior.uncertainty <= 0.5:
        raise DataError("base.data.wrong_shape", kind="Prior", detail="part, weight, uncertainty")
    return prior


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one part: its mean and deviation in seconds, and what that rests on.

    `doubt` is the share by which the mean itself may be off, `samples` how many of our own it rests on.
    """

    mean_s: float
    deviation_s: float
    doubt: float
    samples: int


class Durations:
    """The newest samples of every part."""

    def __init__(self, prior: Prior) -> None:
        self._prior = prior
        self._newest: dict[str, deque[float]] = {}
        self._sorted: dict[str, list[float]] = {}
        self._known: dict[str, Known] = {}

    def add(self, part: str, duration_s: float) -> None:
        """Take a sample; one that cannot be a duration of work is passed over."""
        if not 0 <= duration_s <= LONGEST_S:
            return
        newest = self._newest.setdefault(part, deque())
        ordered = self._sorted.setdefault(part, [])
        if len(newest) == NEWEST:
            oldest = newest.popleft()
            del ordered[bisect.bisect_left(ordered, oldest)]
        newest.append(duration_s)
        bisect.insort(ordered, duration_s)
        self._known.pop(part, None)

    def add_all(self, samples: Iterable[tuple[str, float]]) -> None:
        """Take several samples of (part, seconds)."""
        for part, duration_s in samples:
            self.add(part, duration_s)

    def samples(self, part: str) -> int:
        """Return how many own samples a part has."""
        return len(self._sorted.get(part, ()))

    def known(self, part: str) -> Known:
        """Return what is known of a part now."""
        found = self._known.get(part)
        if found is None:
            found = self._known[part] = _known(self._sorted.get(part, []), self._prior, part)
        return found


def _known(own: list[float], prior: Prior, part: str) -> Known:
    table = prior.part.get(part, prior.part[ITEM])
    count = len(own)
    share = count / (count + prior.weight)
    here = Spread(_quantile(own, 0.5), _quantile(own, 0.1), _quantile(own, 0.9)) if own else table
    blended = Spread(
        share * here.median_s + (1 - share) * table.median_s,
        share * here.p10_s + (1 - share) * table.p10_s,
        share * here.p90_s + (1 - share) * table.p90_s,
    )
    mean_s, deviation_s = _moments(blended)
    rests_on = count + prior.weight
    doubt = prior.uncertainty * (1 - share) + 0.25 / math.sqrt(rests_on) * min(1.0, deviation_s / max(mean_s, 1e-9))
    return Known(mean_s, deviation_s * math.sqrt(1 + 1 / rests_on), min(0.45, doubt), count)


def _moments(spread: Spread) -> tuple[float, float]:
    """Return mean and standard deviation of two half normal curves that meet at the median."""
    below = (spread.median_s - spread.p10_s) / DECILE
    above = (spread.p90_s - spread.median_s) / DECILE
    shift = (above - below) * HALF_MEAN
    mean_s = spread.median_s + shift
    variance = (above**2 + below**2) / 2 - shift**2
    return max(mean_s, 0.0), math.sqrt(max(variance, 0.0))


def _quantile(ordered: list[float], share: float) -> float:
    """Return a quantile of ordered samples, between two neighbours where it falls between them."""
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
