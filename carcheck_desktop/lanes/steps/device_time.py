"""A bench's own clock held against the lane's; pure.

A block of samples says what time the bench had. The moment it was read lies between question and
answer; the answer that was least delayed says most, so the tightest bounds are kept. How long the
shortest exchange takes tells how much of a question is on its way.
"""

from __future__ import annotations

DRIFT = 0.0002
"""How fast two clocks may part: bounds widen by this share of the time that passes."""


class DeviceTime:
    """Lane-clock second = device second + offset; the offset from bounds that only get tighter."""

    def __init__(self) -> None:
        self._low_s = float("-inf")
        self._high_s = float("inf")
        self._exchange_s = float("inf")
        self._at_s = float("-inf")

    def note_exchange(self, duration_s: float) -> None:
        """Note how long asking for the status took, in lane-clock seconds."""
        self._exchange_s = min(self._exchange_s, max(0.0, duration_s))

    def note_block(self, asked_s: float, answered_s: float, device_s: float, interval_s: float) -> None:
        """Note that between two lane-clock seconds the bench's newest sample was of `device_s`.

        Bounds that contradict the earlier ones replace them: the bench's clock was set anew.
        """
        low_s, high_s = asked_s - device_s - interval_s, answered_s - device_s
        self._widen(answered_s)
        if low_s > self._high_s or high_s < self._low_s:
            self._low_s, self._high_s = low_s, high_s
            return
        self._low_s, self._high_s = max(self._low_s, low_s), min(self._high_s, high_s)

    def offset_s(self) -> float:
        """Return the offset; only after a block was noted.

        The earliest possible moment of the best question, later by what a question needs to get
        there: benches answer the head of a block first and the samples after it, and a status is one
        to three exchanges.
        """
        return min(self._low_s + self._exchange_s / 4, (self._low_s + self._high_s) / 2)

    def _widen(self, now_s: float) -> None:
        if self._at_s > float("-inf"):
            by_s = DRIFT * max(0.0, now_s - self._at_s)
            self._low_s -= by_s
            self._high_s += by_s
        self._at_s = now_s
