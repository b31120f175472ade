"""What became of a stop: asked, confirmed by the machinery, not confirmed, never answered; pure.

That somebody pressed the key is not that the rollers stand: only the lane's own word counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.ui.control.telling.lanes import UNCONFIRMED
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import RemarkState

if TYPE_CHECKING:
    from carcheck_desktop.domain.views import LaneView
    from carcheck_desktop.ui.bridge.words import Words

LATE_S = 2.0
"""A stop that was not confirmed for so long is said to be late; the machinery's own deadline is shorter."""
STANDS_S = 12.0
"""Seconds for which a confirmed stop is said in the corner of the stop; the lane shows it as long as it holds."""


@dataclass(slots=True)
class Asked:
    """One stop on its way; `answer` None while there is none."""

    at_s: float
    answer: bool | None = None
    confirmed_s: float | None = None


class Stops:
    """The last stop of each lane that this window asked for."""

    def __init__(self) -> None:
        self._asked: dict[str, Asked] = {}

    def ask(self, lane: str, now_s: float) -> None:
        """Remember that the lane was told to stop just now."""
        self._asked[lane] = Asked(now_s)

    def answered(self, lane: str, *, accepted: bool) -> None:
        """Remember what the lane's process said."""
        if lane in self._asked:
            self._asked[lane].answer = accepted

    def forget_unanswered(self) -> None:
        """A person has read that a lane did not answer."""
        self._asked = {lane: asked for lane, asked in self._asked.items() if asked.answer is not False}

    def look(self, views: dict[str, LaneView], now_s: float) -> None:
        """Compare with what the lanes say of themselves, and drop what was said for long enough."""
        for lane, asked in list(self._asked.items()):
            view = views.get(lane)
            if asked.confirmed_s is None and asked.answer is not False and _stands(view, asked):
                asked.confirmed_s = now_s
            is_said = asked.confirmed_s is not None and now_s - asked.confirmed_s > STANDS_S
            if is_said or (view is not None and view.stopped and asked.answer is False):
                del self._asked[lane]

    def unanswered(self) -> list[str]:
        """Return the lanes that did not take the stop, as far as this window knows."""
        return [lane for lane, asked in self._asked.items() if asked.answer is False]

    def said(self, words: Words, now_s: float) -> RemarkState | None:
        """Say in the corner of the stop what became of it, the worst first."""
        failed = self.unanswered()
        if failed:
            return RemarkState(Tone.BAD, "octagon-x", words("ui.stop.failed", lanes=_names(failed, words)))
        waiting = [lane for lane, asked in self._asked.items() if asked.confirmed_s is None]
        late = [lane for lane in waiting if now_s - self._asked[lane].at_s >= LATE_S]
        if late:
            return RemarkState(Tone.BAD, "triangle-alert", words("ui.stop.late", lanes=_names(late, words)))
        if waiting:
            return RemarkState(Tone.CAUTION, "hourglass", words("ui.stop.asked", lanes=_names(waiting, words)))
        done = list(self._asked)
        return RemarkState(Tone.GOOD, "check", words("ui.stop.done", lanes=_names(done, words))) if done else None


def _stands(view: LaneView | None, asked: Asked) -> bool:
    """Say whether the lane answered and says itself that its machinery confirmed."""
    if view is None or not asked.answer or not view.stopped:
        return False
    return view.stop_reason is None or view.stop_reason.code != UNCONFIRMED


def _names(lanes: list[str], words: Words) -> str:
    return words("ui.stop.and").join(words.lane(lane) for lane in lanes)
