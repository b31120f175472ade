"""What the control window shows and does, in plain Python: tested without Qt.

It turns the station's views and a person's choice into one `ControlState`; commands go out through
the station and come back as a toast.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain.facts import ItemStarted
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.ui.control.exhaust import LiveExhaust
from carcheck_desktop.ui.control.memory import Memory
from carcheck_desktop.ui.control.ordering import SHIFT_OVER, Ordering
from carcheck_desktop.ui.control.state import ControlState, LaneState, Mode, PanelState
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.control.telling import happenings as past
from carcheck_desktop.ui.control.telling.frame import alarm_state, banner_state, header_state, names_of, no_lane
from carcheck_desktop.ui.control.telling.lanes import lane_row, lane_state, running_item, waiting_rows, waiting_visits
from carcheck_desktop.ui.control.telling.overview import panel_state, silent_panel
from carcheck_desktop.ui.control.telling.results import WHOLE
from carcheck_desktop.ui.control.telling.summary import summary_state
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.verdict.asking import VerdictQuestion
from carcheck_desktop.ui.verdict.cards import keyed
from carcheck_desktop.ui.widgets.charts.curve_samples import Samples
from carcheck_desktop.ui.widgets.notices.states import ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.views import LaneView
    from carcheck_desktop.ui.bridge.station import Heard, Station
    from carcheck_desktop.ui.bridge.words import Words

CURVES_KEPT = 24


class ControlPresenter(Ordering):
    """State and commands of one control window."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.memory = Memory(station, self.choice, monotonic)
        self._curves: dict[str, Samples] = {}
        self._exhausts: dict[str, LiveExhaust] = {}

    # -- what came ---------------------------------------------------------------------------

    def take(self, heard: Heard) -> None:
        """Take in what a drain of the station brought."""
        self.memory.take(heard)
        if any(entry.kind == ItemStarted.kind for entry in heard.entries):
            self.choice.follow()
        self.stops.look(self.station.lanes, self._monotonic())
        for sample in heard.samples:
            self._sample(sample)
        self._end_shift()

    def _sample(self, sample: LiveSamples) -> None:
        self._exhaust(sample)
        if sample.curve is None:
            return
        curve = self._curves.setdefault(sample.curve.run_id, Samples())
        curve.add(sample.curve)
        while len(self._curves) > CURVES_KEPT:
            del self._curves[next(iter(self._curves))]

    def _exhaust(self, sample: LiveSamples) -> None:
        """Keep what the lane's analyser showed with the run that goes on there."""
        view = self.station.lanes.get(sample.lane)
        attempt = view.attempt if view is not None else None
        item = running_item(attempt, view) if view is not None and attempt is not None else None
        if item is None or item.run_id is None or item.kind is not ItemKind.TWO_SPEED_IDLE or not sample.readings:
            return
        self._exhausts.setdefault(item.run_id, LiveExhaust()).add(sample)
        while len(self._exhausts) > CURVES_KEPT:
            del self._exhausts[next(iter(self._exhausts))]

    def _end_shift(self) -> None:
        session, now = self.station.session, self.station.time.now()
        if session is not None and now is not None and now > session.expires_at:
            self.station.sign_out()
            self.say(ToastState(SHIFT_OVER, Tone.CAUTION, "clock", self.words("ui.toast.shift_over"), stays=True))

    @property
    def samples(self) -> Samples | None:
        """The curve of the chosen item as far as this window saw it."""
        view = self.choice.view
        item = self.choice.shown(view).item if view is not None else None
        return self._curves.get(item.run_id) if item is not None and item.run_id is not None else None

    @property
    def exhaust(self) -> LiveExhaust | None:
        """The exhaust of the chosen item as far as this window saw it."""
        view = self.choice.view
        item = self.choice.shown(view).item if view is not None else None
        return self._exhausts.get(item.run_id) if item is not None and item.run_id is not None else None

    def samples_of(self, run_id: str) -> Samples | None:
        """Return the curve of a run as far as this window saw it."""
        return self._curves.get(run_id)

    # -- what is shown -----------------------------------------------------------------------

    def dismiss(self) -> None:
        """Take away what was said once it was read."""
        self._said.clear()
        self.stops.forget_unanswered()
        self.memory.close()

    def state(self) -> ControlState:
        """Return the whole window."""
        words, station, choice = self.words, self.station, self.choice
        words.know(names_of(station, words))
        now, now_s, view, visit = station.time.now(), self._monotonic(), choice.view, choice.visit
        self.stops.look(station.lanes, now_s)
        situation = self.situation()
        waiting = waiting_visits(station.visits.values())
        views, names, mode = station.lanes, station.lane_names, choice.mode
        unseen = self.memory.unseen()
        title = words("ui.happened.title_new" if unseen[0] else "ui.happened.title", count=unseen[0])
        summary = summary_state(self.memory.log, names, words, now_s) if self.memory.is_open else None
        return ControlState(
            header=header_state(station, words, mode, unseen),
            alarm=alarm_state(station, self.stops.unanswered(), words),
            banner=banner_state(station, words),
            mode=mode,
            lanes=tuple(lane_row(name, views.get(name), words, is_up=station.lane_is_up(name)) for name in names),
            lane=choice.lane,
            panels=self._panels() if mode is Mode.OVERVIEW else (),
            waiting=waiting_rows(waiting, words, now),
            visit=visit.visit_id if visit else "",
            waiting_title=words("ui.waiting.title", count=len(waiting)),
            detail=self._lane(view) if view is not None else None,
            no_lane=no_lane(station, choice.lane, words),
            actions=act.bar_state(situation, words, self.stops.said(words, now_s)),
            open_visit=act.button_state(act.OPEN_VISIT, situation, words),
            happenings=past.rows(self.memory.log, words, now_s),
            happenings_title=title,
            summary=summary,
            toasts=self.said,
        )

    def question(self, key: str) -> VerdictQuestion | None:
        """Return the question why a result is as it is: that of a card or an item, else of what is large; None for nothing."""
        view = self.choice.view
        attempt = self.choice.back or (view.attempt if view is not None else None)
        if view is None or attempt is None:
            return None
        item, quantity = keyed(key)
        if not item:
            shown = self.choice.shown(view)
            is_whole = shown.whole and shown.done is not None
            item = WHOLE if is_whole else shown.item.item if shown.item is not None else ""
        if not item:
            return None
        number = None if item == WHOLE else attempt.number
        return VerdictQuestion(self.station, self.words, attempt.visit_id, item, quantity, number)

    def _lane(self, view: LaneView) -> LaneState:
        """Return the chosen lane, large."""
        samples, shown = self.samples, self.choice.shown(view)
        if samples is not None and len(samples):
            shown = replace(shown, interval_ms=samples.interval_ms)
        return lane_state(replace(shown, live=self.exhaust), self.words)

    def _panels(self) -> tuple[PanelState, ...]:
        """Return every lane at a glance."""
        station, choice, words = self.station, self.choice, self.words
        made = []
        for place, name in enumerate(station.lane_names):
            view, is_chosen = station.lanes.get(name), name == choice.lane
            if view is None:
                problem = station.lane_problem(name)
                why = words.cause(problem) if problem is not None else words("ui.no_lane.away_detail")
                made.append(silent_panel(name, place, why, words, is_chosen=is_chosen))
            else:
                made.append(panel_state(choice.glance(view), place, words, is_chosen=is_chosen))
        return tuple(made)
