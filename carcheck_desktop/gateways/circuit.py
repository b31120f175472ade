"""A memory of who does not answer, so that nobody waits for him again and again; pure, times come in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.base.messages import Problem

FAILURES_TO_OPEN = 2
"""Failures in a row after which nobody is kept waiting."""


class Reach(StrEnum):
    """What is known of somebody outside."""

    UNKNOWN = "unknown"
    ANSWERS = "answers"
    DOUBTFUL = "doubtful"
    """The last question failed; the next one is still asked."""
    AWAY = "away"
    """Nobody is asked; a question about nobody is sent now and then."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a channel does: since when it is as it is, when it last answered, what was wrong last, how many questions."""

    channel: str
    profile: str
    host: str
    reach: Reach
    since: datetime | None
    last_answer_at: datetime | None
    problem: Problem | None
    answered: int
    failed: int


class Circuit:
    """Counts failures in a row; open means that nobody is asked."""

    def __init__(self, failures_to_open: int = FAILURES_TO_OPEN) -> None:
        self._to_open = failures_to_open
        self._in_a_row = 0
        self.since: datetime | None = None
        self.last_answer_at: datetime | None = None
        self.problem: Problem | None = None
        self.answered = 0
        self.failed = 0

    @property
    def is_open(self) -> bool:
        """Say whether asking would be waiting for nothing."""
        return self._in_a_row >= self._to_open

    @property
    def reach(self) -> Reach:
        """Return what is known by now."""
        if self.is_open:
            return Reach.AWAY
        if self._in_a_row:
            return Reach.DOUBTFUL
        return Reach.UNKNOWN if self.last_answer_at is None else Reach.ANSWERS

    def answer_came(self, at: datetime) -> None:
        """Somebody is there again or still."""
        if self.last_answer_at is None or self._in_a_row:
            self.since = at
        self._in_a_row = 0
        self.last_answer_at = at
        self.problem = None
        self.answered += 1

    def nothing_came(self, problem: Problem, at: datetime) -> None:
        """A question failed; the first failure in a row says since when."""
        if not self._in_a_row:
            self.since = at
        self._in_a_row += 1
        self.problem = problem
        self.failed += 1
