"""The commands of a control window: sent through the station, answered as a toast or beside the stop; no Qt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Session
from carcheck_desktop.ui.control.choice import Choice
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.control.telling.stops import Stops
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import BannerState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

    Answered = Callable[["BannerState | None"], None]

FLEETING_S = 8.0
"""Seconds for which a remark stands; a refusal stands until it is read."""


class Ordering:
    """What a person may command now, what is on its way, and what was said about it."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.station = station
        self.words = words
        self.choice = Choice(station)
        self.stops = Stops()
        self.toast: BannerState | None = None
        self._monotonic = monotonic
        self._fleeting: tuple[BannerState, float] | None = None
        self._sending: str | None = None

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
