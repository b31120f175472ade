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
from carcheck_desktop.ui.widgets.notices.states import BannerState, ToastState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

    Answered = Callable[["BannerState | None"], None]

WHY_NOT, SHIFT_OVER, OPENED = "why_not", "shift_over", "opened"
"""Keys of what is said once and goes; a refusal has the key of its action and stays until it is read."""


class Ordering:
    """What a person may command now, what is on its way, and what was said about it."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.station = station
        self.words = words
        self.choice = Choice(station)
        self.stops = Stops()
        self._said: dict[str, ToastState] = {}
        self._monotonic = monotonic
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
        self._said.pop(key, None)
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

    def say(self, toast: ToastState) -> None:
        """Say something; it takes the place of what was said of the same."""
        self._said.pop(toast.key, None)
        self._said[toast.key] = toast

    def put_away(self, key: str) -> None:
        """Somebody has read what was said, or its time is over."""
        self._said.pop(key, None)

    @property
    def said(self) -> tuple[ToastState, ...]:
        """What was said and is not put away yet, the oldest first."""
        return tuple(self._said.values())

    def say_why_not(self, key: str) -> bool:
        """Say why an action is not possible now, so that no key does nothing; False when it is possible."""
        reason = act.stop_refused(self.situation()) if key == act.STOP else act.why_not(key, self.situation())
        if reason is not None:
            self.say(ToastState(WHY_NOT, Tone.CAUTION, "ban", self.words(reason)))
        return reason is not None

    def say_alarm_stands(self) -> None:
        """Say that the key which is always next does nothing now."""
        self.say(ToastState(WHY_NOT, Tone.BAD, "triangle-alert", self.words("ui.note.after_alarm")))

    def _answered(self, key: str, reply: Reply | Exception) -> None:
        if self._sending == key:
            self._sending = None
        refused = self.refusal(reply)
        if refused is not None:
            self.say(ToastState(key, refused.tone, refused.icon, refused.text, refused.detail, stays=True))

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
            self.put_away(SHIFT_OVER)
        elif isinstance(command, c.OpenVisit):
            self.choice.choose_visit(str(reply.result["visit_id"]))
            self.say(ToastState(OPENED, Tone.GOOD, "check", self.words("ui.toast.opened", plate=command.vehicle.plate)))
        return None

    def sign_out(self) -> None:
        """End the session here at once, and at the service."""
        if self.station.session is not None:
            self.station.send(c.SignOut(), lambda _reply: None)
        self.station.sign_out()
