"""Who may ask how often: a bucket of requests for every address, and a small one for guesses; pure but for the time given."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST_ADDRESSES = 4096
"""So many addresses are remembered; the one that was quiet longest is forgotten first."""


@dataclass
class _Bucket:
    left: float
    at_s: float


class Limit:
    """At most `burst` at once and `per_s` in the long run, for each address on its own."""

    def __init__(self, burst: float, per_s: float) -> None:
        self._burst = burst
        self._per_s = per_s
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, address: str, now_s: float) -> float:
        """Take one; return 0.0 when there was one, else how many seconds to wait. `now_s` is a monotonic time."""
        bucket = self._filled(address, now_s)
        if bucket.left >= 1.0:
            bucket.left -= 1.0
            return 0.0
        return (1.0 - bucket.left) / self._per_s

    def waits(self, address: str, now_s: float) -> float:
        """Return how many seconds an address has to wait for its next one, without taking it."""
        bucket = self._filled(address, now_s)
        return 0.0 if bucket.left >= 1.0 else (1.0 - bucket.left) / self._per_s

    def _filled(self, address: str, now_s: float) -> _Bucket:
        bucket = self._buckets.setdefault(address, _Bucket(self._burst, now_s))
        self._buckets.move_to_end(address)
        bucket.left = min(self._burst, bucket.left + max(0.0, now_s - bucket.at_s) * self._per_s)
        bucket.at_s = now_s
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket
