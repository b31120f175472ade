"""What the control window shows and does, in plain Python: tested without Qt.

It turns the station's views and a person's choice into one `ControlState`; commands go out through
the station and come back as a toast.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Session
from carcheck_desktop.domain.facts import ItemStarted
from carcheck_desktop.ui.control.choice import Choice
from carcheck_desktop.ui.control.memory import Memory
from carcheck_desktop.ui.control.state import ControlState, Mode, PanelState
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.control.telling import happenings as past
from carcheck_desktop.ui.control.telling.frame import alarm_state, banner_state, header_state, names_of, no_lane
from carcheck_desktop.ui.control.telling.lanes import lane_row, lane_state, waiting_rows, waiting_visits
from carcheck_desktop.ui.control.telling.overview import panel_state, silent_panel
from carcheck_desktop.ui.control.telling.stops import Stops
from carcheck_desktop.ui.control.telling.summary import summary_state
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.charts.curve_samples import Samples
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.ui.bridge.station import Heard, Station
    from carcheck_desktop.ui.bridge.words import Words

    Answered = Callable[["BannerState | None"], None]

CURVES_KEPT = 24
FLEETING_S = 8.0
"""Seconds for which a remark stands; a refusal stands until it is read."""


class ControlPresenter:
    """State and commands of one control window."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.station = station
        self.words = words
        self.choice = Choice(station)
        self.memory = Memory(station, self.choice, monotonic)
        self.stops = Stops()
        self.toast: BannerState | None = None
        self._monotonic = monotonic
        self._fleeting: tuple[BannerState, float] | None = None
        self._curves: dict[str, Samples] = {}
        self._sending: str | None = None

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
        if sample.curve is None:
            return
        curve = self._curves.setdefault(sample.curve.run_id, Samples())
        curve.add(sample.curve)
        while len(self._curves) > CURVES_KEPT:
            del self._curves[next(iter(self._curves))]

    def _end_shift(self) -> None:
        session, now = self.station.session, self.station.time.now()
        if session is not None and now is not None and now > session.expires_at:
            self.station.sign_out()
            self.toast = BannerState(Tone.CAUTION, "clock", self.words("ui.toast.shift_over"))

    @property
    def samples(self) -> Samples | None:
        """The curve of the chosen item as far as this window saw it."""
        view = self.choice.view
        item = self.choice.shown(view).item if view is not None else None
        return self._curves.get(item.run_id) if item is not None and item.run_id is not None else None

    def samples_of(self, run_id: str) -> Samples | None:
        """Return the curve of a run as far as this window saw it."""
        return self._curves.get(run_id)

    # -- commands ----------------------------------------------------------------------------

    def situation(self) -> act.Situation:
        """Return what the buttons depend on."""
        station, choice = self.station, self.choice
        return act.Situation(
            session=station.session,
            service_up=station.service.up,
            lane=choice.lane,
            lane_up=station.lane_is_up(choice.lane),
            view=choice.view,
            visit=choice.visit,
            item=choice.item if choice.back is None else None,
            is_sending=self._sending is not None,
            lanes=station.lane_names,
        )

    def do(self, key: str, reason: str = "") -> bool:
        """Send the command of an action; say whether one was sent."""
        command = act.order_for(key, self.situation(), reason)
        if command is None:
            self.say_why_not(key)
            return False
        if isinstance(command, c.StopLane):
            self._stop(command)
            return True
        self._sending = key
        self.toast = None
        self.station.send(command, lambda reply: self._answered(key, reply))
        return True

    def stop_all(self) -> None:
        """Tell every lane of the station to stop."""
        for lane in self.station.lane_names:
            self._stop(c.StopLane(lane))

    def _stop(self, command: c.StopLane) -> None:
        """Tell a lane to stop; it waits for no other command, and another stop is another stop."""
        self.stops.ask(command.lane, self._monotonic())
        self.station.send(command, lambda reply: self._stop_answered(command.lane, reply))

    def _stop_answered(self, lane: str, reply: Reply | Exception) -> None:
        is_accepted = not isinstance(reply, Exception) and reply.accepted
        self.stops.answered(lane, accepted=is_accepted)
        self.stops.look(self.station.lanes, self._monotonic())

    def _tell(self, toast: BannerState) -> None:
        """Say something that is soon past: it goes by itself."""
        self.toast = toast
        self._fleeting = (toast, self._monotonic() + FLEETING_S)

    def _shown_toast(self) -> BannerState | None:
        if self._fleeting is not None and self._monotonic() >= self._fleeting[1]:
            if self.toast is self._fleeting[0]:
                self.toast = None
            self._fleeting = None
        return self.toast

    def say_why_not(self, key: str) -> bool:
        """Say why an action is not possible now, so that no key does nothing; False when it is possible."""
        reason = act.stop_refused(self.situation()) if key == act.STOP else act.why_not(key, self.situation())
        if reason is not None:
            self._tell(BannerState(Tone.CAUTION, "ban", self.words(reason)))
        return reason is not None

    def say_alarm_stands(self) -> None:
        """Say that the key which is always next does nothing now."""
        self._tell(BannerState(Tone.BAD, "triangle-alert", self.words("ui.note.after_alarm")))

    def _answered(self, key: str, reply: Reply | Exception) -> None:
        if self._sending == key:
            self._sending = None
        self.toast = self.refusal(reply)

    def refusal(self, reply: Reply | Exception) -> BannerState | None:
        """Return why a command was not carried out, None when it was."""
        if isinstance(reply, CarcheckError):
            problem = reply.problem
        elif isinstance(reply, Exception):
            words = self.words
            return BannerState(Tone.BAD, "cloud-off", words("ui.toast.no_answer"), words("ui.toast.no_answer_next"))
        elif reply.accepted or reply.refusal is None:
            return None
        else:
            problem = reply.refusal
        cause, evidence, next_step = self.words.lines(problem)
        return BannerState(Tone.CAUTION, "ban", cause, f"{evidence} {next_step}")

    def send_form(self, command: Command, answered: Answered) -> None:
        """Send a dialog's command to the service; `answered` gets the refusal, or None."""
        self.station.send(command, lambda reply: answered(self._form_answer(command, reply)))

    def _form_answer(self, command: Command, reply: Reply | Exception) -> BannerState | None:
        refused = self.refusal(reply)
        if refused is not None or isinstance(reply, Exception):
            return refused
        if isinstance(command, c.SignIn):
            session = from_plain(reply.result["session"], Session)
            self.station.sign_in(session, str(reply.result["token"]))
            self.toast = None
        elif isinstance(command, c.OpenVisit):
            self.choice.choose_visit(str(reply.result["visit_id"]))
            self._tell(BannerState(Tone.GOOD, "check", self.words("ui.toast.opened", plate=command.vehicle.plate)))
        return None

    def sign_out(self) -> None:
        """End the session here at once, and at the service."""
        if self.station.session is not None:
            self.station.send(c.SignOut(), lambda _reply: None)
        self.station.sign_out()

    def dismiss(self) -> None:
        """Take away what was said once it was read."""
        self.toast = None
        self.stops.forget_unanswered()
        self.memory.close()

    # -- what is shown -----------------------------------------------------------------------

    def state(self) -> ControlState:
        """Return the whole window."""
        words, station, choice = self.words, self.station, self.choice
        words.know(names_of(station, words))
        now, now_s, view, visit = station.time.now(), self._monotonic(), choice.view, choice.visit
        self.stops.look(station.lanes, now_s)
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
            detail=lane_state(choice.shown(view), words) if view is not None else None,
            no_lane=no_lane(station, choice.lane, words),
            actions=replace(act.actions_state(self.situation(), words), stopped=self.stops.said(words, now_s)),
            happenings=past.rows(self.memory.log, words, now_s),
            happenings_title=title,
            summary=summary,
            toast=self._shown_toast(),
        )

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
