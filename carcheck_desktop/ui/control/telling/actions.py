"""Which action is next, which others are possible, why not, and which command each stands for; pure.

The doors of service and lane decide what is carried out; this only spares a person a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import ALLOWED
from carcheck_desktop.domain.views import AttemptState, ItemState
from carcheck_desktop.ui.control.telling.lanes import danger_of, open_attempt
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState

if TYPE_CHECKING:
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.domain.views import ItemView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.forms.states import RemarkState

SIGN_IN, START, RESUME, RELEASE, OPEN_VISIT, WAIT = "sign_in", "start", "resume", "release", "open_visit", "wait"
REPEAT, ABORT, STOP, STOP_ALL = "repeat", "abort", "stop", "stop_all"
AFTER_ALARM = "after_alarm"
"""Go on after an alarm: never by Enter, always by a sheet in which a person says what he has seen."""
ROLE_COMMAND = {
    START: "start_attempt",
    RESUME: "resume_attempt",
    RELEASE: "release_stop",
    OPEN_VISIT: "open_visit",
    REPEAT: "repeat_item",
    ABORT: "abort_attempt",
}
ICONS = {
    SIGN_IN: "log-in",
    START: "play",
    RESUME: "rotate-ccw",
    RELEASE: "lock-open",
    OPEN_VISIT: "plus",
    WAIT: "hourglass",
    REPEAT: "repeat",
    ABORT: "ban",
    STOP: "octagon-x",
    STOP_ALL: "octagon-x",
    AFTER_ALARM: "triangle-alert",
}
KEYS = {ABORT: "F8", REPEAT: "F6", STOP: "F12", STOP_ALL: "Pause; Ctrl+F12"}
"""What the bar listens to; the next action has Enter."""
UNFINISHED = (AttemptState.RUNNING, AttemptState.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the buttons depend on."""

    session: Session | None
    service_up: bool
    lane: str
    lane_up: bool
    view: LaneView | None
    visit: VisitView | None
    item: ItemView | None
    is_sending: bool
    lanes: tuple[str, ...] = ()

    @property
    def is_alarm(self) -> bool:
        """Say whether somebody may be hurt on the lane."""
        return danger_of(self.view) is not None

    @property
    def is_on_lane(self) -> bool:
        """Say whether a car's attempt is open on the lane."""
        return self.view is not None and self.view.attempt is not None and self.view.attempt.state in UNFINISHED

    @property
    def is_interrupted(self) -> bool:
        """Say whether the attempt waits for a person."""
        attempt = self.view.attempt if self.view is not None else None
        return attempt is not None and attempt.state is AttemptState.INTERRUPTED


def next_action(now: Situation) -> str:
    """Return the one action that is next; after an alarm nothing goes on by the key that is always next."""
    plain = plain_action(now)
    return AFTER_ALARM if now.is_alarm and plain in (RELEASE, RESUME) else plain


def plain_action(now: Situation) -> str:
    """Return the one action that would be next without an alarm."""
    if now.session is None:
        return SIGN_IN
    if now.view is not None and now.lane_up:
        if now.view.stopped:
            return RELEASE
        if now.is_interrupted:
            return RESUME
        if now.is_on_lane:
            return WAIT
        if now.visit is not None:
            return START
    return OPEN_VISIT


def why_not(key: str, now: Situation) -> str | None:
    """Return the code of the reason why an action is not possible now, None when it is."""
    if key == AFTER_ALARM:
        plain = plain_action(now)
        return why_not(plain, now) if plain in (RELEASE, RESUME) else "ui.why.no_alarm"
    if now.is_sending:
        return "ui.why.sending"
    if key in (SIGN_IN, OPEN_VISIT) and not now.service_up:
        return "ui.why.service_away"
    if key != SIGN_IN:
        refused = _why_not_this_person(key, now)
        if refused is not None:
            return refused
    if key in (START, RESUME, RELEASE, REPEAT, ABORT):
        return _why_not_on_lane(key, now)
    return None


def _why_not_this_person(key: str, now: Situation) -> str | None:
    if now.session is None:
        return "ui.why.nobody_signed_in"
    command = ROLE_COMMAND.get(key)
    if command is not None and now.session.role not in ALLOWED[command]:
        return "ui.why.role_may_not"
    return None


def _why_not_on_lane(key: str, now: Situation) -> str | None:
    if now.view is None or not now.lane_up:
        return "ui.why.lane_away"
    if key == REPEAT:
        return _why_not_repeat(now)
    if key == ABORT:
        return None if now.is_on_lane else "ui.why.no_car"
    return _why_not_move(key, now.view, now.visit) if key in (START, RESUME) else None


def _why_not_move(key: str, view: LaneView, visit: VisitView | None) -> str | None:
    if view.stopped:
        return "ui.why.stopped"
    if any(device.problem is not None for device in view.devices):
        return "ui.why.device_lost"
    return "ui.why.no_visit" if key == START and visit is None else None


def _why_not_repeat(now: Situation) -> str | None:
    if not now.is_on_lane:
        return "ui.why.no_car"
    if now.view is not None and now.view.stopped:
        return "ui.why.stopped"
    if now.item is None or now.item.runs == 0:
        return "ui.why.no_item"
    if now.item.state is ItemState.RUNNING or (now.view is not None and now.view.running_item):
        return "ui.why.item_running"
    return None


def bar_state(now: Situation, words: Words, stopped: RemarkState | None = None) -> ActionBarState:
    """Return the bar with every button's reason; `stopped` is what became of the last stop."""
    key = next_action(now)
    reason = why_not(key, now) if key != WAIT else None
    primary = ActionState(
        key, _primary_text(key, now, words), ICONS[key], key != WAIT and reason is None, _say(reason, words)
    )
    if now.is_alarm:
        note, tone = words("ui.note.alarm"), Tone.BAD
    elif now.is_sending:
        note, tone = words("ui.why.sending"), Tone.NEUTRAL
    elif reason is not None:
        note, tone = _say(reason, words), Tone.CAUTION
    else:
        note, tone = words(f"ui.note.{key}"), Tone.NEUTRAL
    return ActionBarState(
        next=primary,
        others=(button_state(ABORT, now, words), button_state(REPEAT, now, words)),
        stop=stop_state(now, words),
        sentence=note,
        tone=tone,
        busy=now.is_sending,
        stop_all=_stop_all(now, words),
        stopped=stopped,
        by_enter=key != AFTER_ALARM,
    )


def stop_state(now: Situation, words: Words) -> ActionState:
    """Return the stop button: it needs nobody signed in, only a lane; it stays pressable offline.

    A lane that does not answer may still hear a stop, so that the button is never taken away.
    """
    reason = stop_refused(now)
    text = words("ui.action.stop_lane", lane=now.lane) if now.lane else words("ui.action.stop")
    return ActionState(STOP, text, ICONS[STOP], reason is None, _say(reason, words), KEYS[STOP])


def _stop_all(now: Situation, words: Words) -> ActionState | None:
    """Return the button that stops every lane; where there is one lane it would say the same twice."""
    if len(now.lanes) < 2:
        return None
    return ActionState(STOP_ALL, words("ui.action.stop_all"), ICONS[STOP_ALL], enabled=True, shortcut=KEYS[STOP_ALL])


def stop_refused(now: Situation) -> str | None:
    """Return the code of the only reason against a stop: there is no lane at all."""
    return None if now.lane else "ui.why.no_lane"


def button_state(key: str, now: Situation, words: Words) -> ActionState:
    """Return the button of an action that is not the next one."""
    reason = why_not(key, now)
    enabled, why = reason is None, _say(reason, words)
    return ActionState(key, words(f"ui.action.{key}"), ICONS[key], enabled, why, KEYS.get(key, ""))


def _say(reason: str | None, words: Words) -> str:
    return words(reason) if reason is not None else ""


def _primary_text(key: str, now: Situation, words: Words) -> str:
    if key == START and now.visit is not None:
        return words("ui.action.start", plate=now.visit.vehicle.plate)
    if key == OPEN_VISIT:
        return words("ui.action.open_visit_next")
    return words(f"ui.action.{key}")


def order_for(key: str, now: Situation, reason: str = "") -> Command | None:
    """Return the command of an action, None when it is not possible now; stop always is."""
    if key == STOP:
        return c.StopLane(now.lane) if now.lane else None
    if why_not(key, now) is not None:
        return None
    if key == RELEASE:
        return c.ReleaseStop(now.lane)
    if key == START:
        return c.StartAttempt(now.lane, now.visit.visit_id) if now.visit is not None else None
    return _about_attempt(key, now, reason)


def _about_attempt(key: str, now: Situation, reason: str) -> Command | None:
    attempt = open_attempt(now.view)
    if attempt is None:
        return None
    if key == RESUME:
        return c.ResumeAttempt(now.lane, attempt.attempt_id)
    if key == REPEAT and now.item is not None:
        return c.RepeatItem(now.lane, attempt.attempt_id, now.item.item)
    return c.AbortAttempt(now.lane, attempt.attempt_id, reason) if key == ABORT else None
