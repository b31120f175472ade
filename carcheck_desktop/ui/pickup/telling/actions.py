"""Which action is next at pickup, which others are possible, and why not; pure.

Papers first, then the owner is called, then key and licence go back, then the visit is closed. The service decides what is
carried out; this only spares a person a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.access import ALLOWED
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState

if TYPE_CHECKING:
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.calls import CallView
    from carcheck_desktop.domain.custody import Thing
    from carcheck_desktop.domain.due import DuePaper
    from carcheck_desktop.domain.holds import Hold
    from carcheck_desktop.domain.papers import PaperView
    from carcheck_desktop.ui.bridge.words import Words

SIGN_IN, FIND, PRINT, CALL, HAND, CLOSE = "sign_in", "find", "print", "call", "hand", "close"
REPRINT, CAME, NOT_CAME, WAIT, HELD = "reprint", "came", "not_came", "wait", "held"
KEYS = {PRINT: "F4", CALL: "F5", HAND: "F6", REPRINT: "F7", CLOSE: "F8", CAME: "F9", NOT_CAME: "F10"}
ICONS = {
    SIGN_IN: "log-in",
    FIND: "search",
    PRINT: "printer",
    CALL: "megaphone",
    HAND: "key-round",
    CLOSE: "check",
    REPRINT: "rotate-ccw",
    CAME: "check",
    NOT_CAME: "x",
    WAIT: "printer",
    HELD: "lock",
}
COMMANDS = {
    PRINT: "request_print",
    CALL: "call_owner",
    HAND: "hand_over",
    CLOSE: "close_visit",
    REPRINT: "reprint",
    CAME: "answer_paper",
    NOT_CAME: "answer_paper",
}
REPRINTABLE = (PaperState.PRINTED, PaperState.FAILED)


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the actions depend on; `has_visit` is False while none is looked at."""

    session: Session | None
    service_up: bool
    asking: frozenset[str]
    has_visit: bool
    due: tuple[DuePaper, ...]
    on_their_way: tuple[PaperView, ...]
    doubt: PaperView | None
    chosen: PaperView | None
    call: CallView | None
    out: tuple[Thing, ...]
    closing: tuple[Hold, ...]

    @property
    def wanted(self) -> tuple[DuePaper, ...]:
        """The papers that can be printed now."""
        return tuple(each for each in self.due if each.is_wanted)


def next_action(now: Situation) -> str:
    """Return the one action that is next."""
    if now.session is None:
        return SIGN_IN
    if not now.has_visit:
        return FIND
    steps = (
        (CAME, now.doubt is not None),
        (PRINT, bool(now.wanted)),
        (WAIT, bool(now.on_their_way)),
        (CALL, bool(now.out) and bool(now.due) and now.call is None and all(each.is_out for each in now.due)),
        (HAND, bool(now.out) and (now.call is not None or not now.due)),
        (HELD, bool(now.closing)),
    )
    return next((key for key, is_next in steps if is_next), CLOSE)


def why_not(key: str, now: Situation, words: Words) -> str:
    """Return why an action is not possible now, "" when it is."""
    if not now.service_up:
        return words("ui.banner.not_reached" if key == SIGN_IN else "ui.pickup.why.service_away")
    if key in (SIGN_IN, FIND):
        return ""
    command = COMMANDS.get(key)
    if command is not None and (now.session is None or now.session.role not in ALLOWED[command]):
        return words("ui.why.role_may_not")
    lacking = {
        PRINT: ("ui.pickup.why.nothing_to_print", not now.wanted),
        CALL: ("ui.pickup.why.no_visit", not now.has_visit),
        HAND: ("ui.pickup.why.nothing_out", not now.out),
        REPRINT: ("ui.pickup.why.no_paper", now.chosen is None or now.chosen.state not in REPRINTABLE),
        CAME: ("ui.pickup.why.no_doubt", now.doubt is None),
        NOT_CAME: ("ui.pickup.why.no_doubt", now.doubt is None),
        WAIT: ("ui.pickup.why.printing", True),
        HELD: ("ui.pickup.why.held", True),
    }
    code, is_lacking = lacking.get(key, ("", False))
    if is_lacking:
        return words(code)
    return words.message(now.closing[0].evidence) if key == CLOSE and now.closing else ""


def bar_state(now: Situation, words: Words) -> ActionBarState:
    """Return the bar with every button's reason."""
    key = next_action(now)
    reason, busy = why_not(key, now, words), bool(now.asking)
    sentence, tone = _sentence(key, now, words), Tone.NEUTRAL
    if key in (CAME, HELD) or (reason and key != WAIT):
        sentence, tone = reason if reason and key not in (CAME, HELD) else sentence, Tone.CAUTION
    if busy:
        sentence, tone = words("ui.pickup.note.busy"), Tone.NEUTRAL
    primary = ActionState(key, words(f"ui.pickup.action.{key}"), ICONS[key], not reason and not busy, reason)
    if key == CAME:
        # neither answer is taken by an Enter that was meant for something else
        primary = ActionState(
            HELD, words("ui.pickup.action.look"), "search", False, words("ui.pickup.why.answer_first")
        )
    return ActionBarState(
        primary, _beside(key, now, words), sentence=sentence, tone=tone, busy=busy, by_enter=key != CAME
    )


def _beside(key: str, now: Situation, words: Words) -> tuple[ActionState, ...]:
    if now.session is None or not now.has_visit:
        return ()
    shown = (CAME, NOT_CAME) if key == CAME else tuple(each for each in (PRINT, CALL, HAND, REPRINT) if each != key)
    return tuple(_other(each, now, words) for each in shown)


def _other(key: str, now: Situation, words: Words) -> ActionState:
    reason = why_not(key, now, words)
    code = "ui.pickup.beside.call_again" if key == CALL and now.call is not None else f"ui.pickup.beside.{key}"
    return ActionState(key, words(code), ICONS[key], not reason and not now.asking, reason, KEYS[key])


def _sentence(key: str, now: Situation, words: Words) -> str:
    """Say what Enter does now, or what holds the visit and what is to be done about it."""
    if key == CAME and now.doubt is not None:
        return words("ui.pickup.note.doubt", printer=now.doubt.printer)
    if key == PRINT:
        joint = words("ui.pickup.comma")
        return words("ui.pickup.note.print", papers=joint.join(words.name(each.kind) for each in now.wanted))
    if key == WAIT:
        waiting = next((each.problem for each in now.on_their_way if each.problem is not None), None)
        return words.cause(waiting) if waiting is not None else words("ui.pickup.note.wait")
    if key == HAND:
        joint = words("ui.pickup.comma")
        return words("ui.pickup.note.hand", things=joint.join(words.name(each) for each in now.out))
    if key == HELD:
        return words.message(now.closing[0].next_step)
    return words(f"ui.pickup.note.{key}")
