"""Which happenings are known, and which of them nobody has seen; pure, by arrival and not by any date.

Whether somebody was there is counted in seconds of this PC's steady clock: a clock that steps marks
nothing as seen or unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from carcheck_desktop.ui.control.telling.happenings import Happening

KEPT = 1500
AWAY_S = 120.0
"""Without a key, a click or a move of the mouse for this long, the person is taken to have looked elsewhere."""


class Log:
    """The newest happenings, when each became known here, and which fell into a time when nobody looked."""

    def __init__(self, opened_s: float) -> None:
        self._by_key: dict[str, Happening] = {}
        self._arrived_s: dict[str, float] = {}
        self._unseen: set[str] = set()
        # who opened the window was there
        self._touched_s = opened_s
        self.since: datetime | None = None
        """How far back everything is known; None while only what the views still tell is."""

    def add(self, happenings: Iterable[Happening], now_s: float) -> None:
        """Take in what happens now; one that is known already is not doubled."""
        for happening in happenings:
            if happening.key not in self._by_key:
                self._by_key[happening.key] = happening
                self._arrived_s[happening.key] = now_s
        self._drop_old()

    def recall(self, happenings: Iterable[Happening]) -> None:
        """Take in what happened before this window was there: who saw it is not known, so trouble stays unseen."""
        for happening in happenings:
            if happening.key in self._by_key:
                continue
            self._by_key[happening.key] = happening
            if happening.is_trouble:
                self._unseen.add(happening.key)
        self._drop_old()

    def _drop_old(self) -> None:
        if len(self._by_key) <= KEPT:
            return
        newest = sorted(self._by_key.values(), key=lambda each: each.at)[-KEPT:]
        dropped = min(each.at for each in newest)
        self.since = dropped if self.since is None else max(self.since, dropped)
        self._by_key = {each.key: each for each in newest}
        self._arrived_s = {key: at_s for key, at_s in self._arrived_s.items() if key in self._by_key}
        self._unseen &= set(self._by_key)

    def touched(self, now_s: float) -> bool:
        """A person is there; say whether he comes back to something that he has not seen."""
        before, self._touched_s = self._touched_s, now_s
        if now_s - before < AWAY_S:
            return False
        missed = {key for key, at_s in self._arrived_s.items() if at_s > before}
        self._unseen |= missed
        return bool(missed)

    def newest(self) -> list[Happening]:
        """Return all, newest first."""
        return sorted(self._by_key.values(), key=lambda each: (each.at, each.key), reverse=True)

    def get(self, key: str) -> Happening | None:
        """Return a happening by its key."""
        return self._by_key.get(key)

    def is_unseen(self, happening: Happening, now_s: float) -> bool:
        """Say whether it fell into the last time away, or into the present one."""
        if happening.key in self._unseen:
            return True
        arrived_s = self._arrived_s.get(happening.key)
        is_away = now_s - self._touched_s >= AWAY_S
        return arrived_s is not None and is_away and arrived_s > self._touched_s

    def seen(self) -> None:
        """The person has looked through what happened."""
        self._unseen.clear()
