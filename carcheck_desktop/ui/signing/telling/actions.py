"""Which actions the signer has, and why not; pure.

The service decides what is carried out; this only spares a person a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import word
from carcheck_desktop.domain.access import ALLOWED
from carcheck_desktop.domain.signing import ReportState
from carcheck_desktop.ui.signing.state import Side
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState

if TYPE_CHECKING:
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.signing import ReportView, Tester
    from carcheck_desktop.ui.bridge.words import Words

SIGN_IN, SIGN, TURN, NEXT, REJECT, REMAKE = "sign_in", "sign", "turn", "next", "reject", "remake"
KEYS = {TURN: "F4", NEXT: "F6", REJECT: "F8"}
ICONS = {
    SIGN_IN: "log-in",
    SIGN: "signature",
    TURN: "file-text",
    NEXT: "arrow-right",
    REJECT: "rotate-ccw",
    REMAKE: "repeat",
}


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the actions depend on."""

    session: Session | None
    service_up: bool
    asking: frozenset[str]
    report: ReportView | None
    own_hand: Tester | None
    has_pin: bool
    side: Side
    waiting: int
    locked: bool = False
    """A table file is not as it was approved."""


def forbidden(now: Situation, words: Words) -> str:
    """Return why nobody here can decide about this report now, "" when somebody can."""
    if not now.service_up:
        return words("ui.signing.why.service_away")
    if now.session is None or now.session.role not in ALLOWED["sign_report"]:
        return words("ui.signing.why.not_signer")
    return words("ui.signing.why.nothing") if now.report is None else ""


def why_not(key: str, now: Situation, words: Words) -> str:
    """Return why an action is not possible now, "" when it is."""
    simple = {
        SIGN_IN: ("ui.banner.not_reached", not now.service_up),
        TURN: ("ui.signing.why.nothing", now.report is None),
        NEXT: ("ui.signing.why.only_one", now.waiting < 2),
    }
    if key in simple:
        code, is_lacking = simple[key]
        return words(code) if is_lacking else ""
    if key == REMAKE:
        return _not_remade(now, words)
    reason = forbidden(now, words)
    if reason or key == REJECT:
        return reason
    if now.locked:
        return words("ui.signing.why.locked")
    if now.own_hand is not None:
        return words("ui.signing.why.own_test", deed=words.message(word(now.own_hand.deed)))
    return "" if now.has_pin else words("ui.signing.why.pin")


def _not_remade(now: Situation, words: Words) -> str:
    if not now.service_up:
        return words("ui.signing.why.service_away")
    is_allowed = now.session is not None and now.session.role in ALLOWED["remake_report"]
    return "" if is_allowed else words("ui.why.role_may_not")


def _of_rejected(now: Situation, words: Words) -> ActionBarState:
    """Return the bar for a report that was sent back: it is made anew, or left for later."""
    reason, busy = why_not(REMAKE, now, words), bool(now.asking)
    primary = ActionState(REMAKE, words("ui.signing.action.remake"), ICONS[REMAKE], not reason and not busy, reason)
    beside = tuple(_other(key, now, words) for key in (TURN, NEXT))
    return ActionBarState(primary, beside, sentence=reason or words("ui.signing.note.remake"), busy=busy)


def bar_state(now: Situation, words: Words) -> ActionBarState:
    """Return the bar with every button's reason."""
    if now.session is None:
        reason, busy = why_not(SIGN_IN, now, words), "sign_in" in now.asking
        sentence = reason or words("ui.signing.note.sign_in")
        primary = ActionState(
            SIGN_IN, words("ui.signing.action.sign_in"), ICONS[SIGN_IN], not reason and not busy, reason
        )
        return ActionBarState(primary, sentence=sentence, tone=Tone.CAUTION if reason else Tone.NEUTRAL, busy=busy)
    if now.report is not None and now.report.state is ReportState.REJECTED:
        return _of_rejected(now, words)
    reason, busy = why_not(SIGN, now, words), bool(now.asking)
    sentence = reason or words("ui.signing.note.sign", number=now.report.number if now.report else "")
    is_grave = bool(reason) and now.report is not None and (now.own_hand is not None or not now.service_up)
    if busy:
        sentence = words("ui.signing.note.busy")
    primary = ActionState(SIGN, words("ui.signing.action.sign"), ICONS[SIGN], not reason and not busy, reason)
    beside = tuple(_other(key, now, words) for key in (TURN, NEXT, REJECT))
    return ActionBarState(
        primary, beside, sentence=sentence, tone=Tone.CAUTION if is_grave else Tone.NEUTRAL, busy=busy
    )


def _other(key: str, now: Situation, words: Words) -> ActionState:
    reason = why_not(key, now, words)
    code = f"ui.signing.beside.{key}"
    if key == TURN:
        code = f"ui.signing.beside.to_{'paper' if now.side is Side.VALUES else 'values'}"
    icon = "list-checks" if key == TURN and now.side is Side.PAPER else ICONS[key]
    return ActionState(key, words(code), icon, not reason, reason, KEYS[key])
