"""Which cars stand on the page that is shown, and which come next; pure.

A round shows every car once. Its order is fixed when it begins, so that a car keeps its place for the
whole round; only a car that somebody has to fetch now is brought forward to the next page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Fits = Callable[[Sequence[str]], int]
"""How many of these cars, from the first, fit on one page (at least one)."""


@dataclass(slots=True)
class Round:
    """The pages of one round: `shown` is the page on the wall, `to_come` what has not been shown yet."""

    shown: list[str] = field(default_factory=list)
    to_come: list[str] = field(default_factory=list)
    page: int = 0
    rounds: int = 0
    _known: set[str] = field(default_factory=set)
    _urgent: set[str] = field(default_factory=set)

    def follow(self, order: Sequence[str], urgent: set[str], fits: Fits) -> None:
        """Take in who came, who went and who must act now; the shown page keeps its places."""
        alive = set(order)
        self.shown = [car for car in self.shown if car in alive]
        self.to_come = [car for car in self.to_come if car in alive]
        self.to_come += [car for car in order if car not in self._known]
        newly = [car for car in order if car in urgent - self._urgent and car in self._known and car not in self.shown]
        self.to_come = newly + [car for car in self.to_come if car not in newly]
        self._known, self._urgent = alive, set(urgent)
        self.spread(fits)

    def spread(self, fits: Fits) -> None:
        """Fill what is free on the page from what comes next, and let go of what no longer fits."""
        whole = self.shown + self.to_come
        room = max(1, fits(whole)) if whole else 0
        self.shown, self.to_come = whole[:room], whole[room:]

    def turn(self, order: Sequence[str], fits: Fits) -> None:
        """Show the next page, or begin a new round in today's order."""
        if not self.to_come:
            self.to_come, self.page = list(order), -1
            self.rounds += 1
            self._known = set(order)
        self.page += 1
        self.shown = []
        self.spread(fits)

    def page_count(self, fits: Fits) -> int:
        """Return how many pages this round has, the shown and the earlier ones included."""
        pages, left = self.page + 1, self.to_come
        while left:
            pages, left = pages + 1, left[max(1, fits(left)) :]
        return pages
