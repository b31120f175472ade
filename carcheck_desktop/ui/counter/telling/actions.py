"""Which action is next on each screen, which others are possible, and why not; pure.

The service decides what is carried out; this only spares a person a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.access import ALLOWED
from carcheck_desktop.ui.counter.draft.fields import FIELDS
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.telling.received import NOT_TAKEN, Given
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.intake import VisitPreview
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.forms.reading.plates import PlateFault

SIGN_IN, LOOK_UP, SHOW_HERE, TYPE, VERIFIED = "sign_in", "look_up", "show_here", "type", "verified"
GO_ON, AGREE, PREVIEW, OPEN, NEXT_CAR, RETURN = "go_on", "agree", "preview", "open", "next_car", "return"
PAY, LATER, CALL_OFF, TAKE_MONEY = "pay", "later", "call_off", "take_money"
CALL, CALL_NEXT, CALL_ENDED = "call", "call_next", "call_ended"
RECHECK, GIVE_BACK, MORE, DRAWER, CORRECT = "recheck", "give_back", "more", "drawer", "correct"
BACK, CHANGE, LOOK_AGAIN, DECLINE, MEND = "back", "change", "look_again", "decline", "mend"
ICONS = {
    SIGN_IN: "log-in",
    LOOK_UP: "search",
    SHOW_HERE: "car-front",
    TYPE: "pencil",
    VERIFIED: "check",
    GO_ON: "arrow-right",
    AGREE: "check",
    PREVIEW: "repeat",
    OPEN: "plus",
    NEXT_CAR: "arrow-right",
    RETURN: "arrow-right",
    BACK: "chevron-left",
    CHANGE: "pencil",
    LOOK_AGAIN: "repeat",
    DECLINE: "ban",
    MEND: "pencil",
    PAY: "check",
    LATER: "arrow-right",
    CALL_OFF: "ban",
    TAKE_MONEY: "inbox",
    CALL: "megaphone",
    CALL_NEXT: "megaphone",
    CALL_ENDED: "check",
    RECHECK: "repeat",
    GIVE_BACK: "rotate-ccw",
    MORE: "list-checks",
    DRAWER: "inbox",
    CORRECT: "pencil",
}
KEYS = {CHANGE: "F4", LOOK_AGAIN: "F5", DECLINE: "F6", SHOW_HERE: "F7", LATER: "F8", CALL_OFF: "F6", TAKE_MONEY: "F8"} | {
    CALL: "F7", CALL_NEXT: "F6", CALL_ENDED: "F6", MORE: "F4", DRAWER: "F8", RECHECK: "F8",
}  # fmt: skip
"""What the bar listens to; the next action has Enter, going back has Esc, which the window takes."""


TO_SERVICE = frozenset(
    {SIGN_IN, OPEN, PREVIEW, PAY, CALL_OFF, CALL, CALL_NEXT, CALL_ENDED, RECHECK, GIVE_BACK, DRAWER, CORRECT}
)


@dataclass(frozen=True, slots=True)
class PaySituation:
    """What taking money depends on; on a visit's own page, and once a car is taken in, it says only that something is due."""

    given: Given
    sentence: str
    is_waiting: bool
    can_call_off: bool
    may_go_on: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the actions depend on.

    `next_noted`: a car that stands at the gate can be called here; `is_called`, `is_gone` speak of the visit that is large;
    `is_correcting`: the pages are those of a visit that is put right.
    """

    page: Page
    session: Session | None
    service_up: bool
    asking: frozenset[str]
    plate_fault: PlateFault | None
    here: VisitView | None
    blocking: tuple[str, ...]
    doubtful: tuple[str, ...]
    lookup_failed: bool
    problem: Problem | None
    preview: VisitPreview | None
    has_presenter: bool
    has_telephone_fault: bool
    intake_page: Page
    pay: PaySituation | None = None
    next_noted: bool = False
    is_called: bool = False
    is_gone: bool = False
    is_correcting: bool = False
    visit_next: str = RETURN
    """What is next for the visit that is large."""
    has_failed: bool = False
    """The car that is taken in failed the last time: a recheck may be what its owner wants."""


NEXT = {
    Page.SIGN_IN: SIGN_IN,
    Page.WAITING: TYPE,
    Page.KNOWN: VERIFIED,
    Page.LICENCE: GO_ON,
    Page.STATION: GO_ON,
    Page.PERSON: AGREE,
    Page.DONE: NEXT_CAR,
}
OTHERS = {
    Page.WAITING: (BACK,),
    Page.KNOWN: (BACK, CHANGE),
    Page.LICENCE: (BACK,),
    Page.STATION: (BACK,),
    Page.PERSON: (BACK, DECLINE),
    Page.PLAN: (BACK,),
    Page.VISIT: (MORE,),
}


def next_action(now: Situation) -> str:
    """Return the one action that is next."""
    if now.page is Page.LOOK_UP:
        return SHOW_HERE if now.here is not None else GO_ON if now.is_correcting else LOOK_UP
    if now.page is Page.VISIT:
        return now.visit_next
    if now.page is Page.KNOWN and now.here is not None:
        return SHOW_HERE
    if now.page is Page.PLAN:
        return _next_of_plan(now)
    if now.page is Page.PAY:
        return LATER if now.pay is not None and now.pay.is_waiting else PAY
    return NEXT[now.page]


def _next_of_plan(now: Situation) -> str:
    if now.here is not None and OPEN not in now.asking:  # the feed may tell of our own visit before the answer does
        return SHOW_HERE
    if now.preview is None:
        return PREVIEW
    if now.preview.problems:
        return MEND
    return CORRECT if now.is_correcting else OPEN


def others(now: Situation) -> tuple[str, ...]:
    """Return what is possible besides."""
    found = list(OTHERS.get(now.page, ()))
    if now.page in (Page.KNOWN, Page.LICENCE, Page.STATION):
        if now.lookup_failed:
            found.append(LOOK_AGAIN)
        if now.here is not None:
            found.append(SHOW_HERE)
    if now.page is Page.KNOWN and now.has_failed:
        found.append(RECHECK)
    if now.page is Page.LOOK_UP:
        found.append(BACK if now.is_correcting else DRAWER)
    if now.page is Page.VISIT and now.visit_next != RETURN:
        found.insert(0, BACK)
    if now.pay is not None:
        found += _of_money(now, now.pay)
    return (*found, *_of_calls(now))


def _of_calls(now: Situation) -> tuple[str, ...]:
    if now.page is Page.LOOK_UP:
        return (CALL_NEXT,) if now.next_noted and not now.is_correcting else ()
    if now.page is not Page.VISIT or now.is_gone:
        return ()
    return (CALL_ENDED, CALL) if now.is_called else (CALL,)


def _of_money(now: Situation, pay: PaySituation) -> list[str]:
    if now.page is not Page.PAY:
        return [TAKE_MONEY]
    return [LATER, *([CALL_OFF] if pay.can_call_off else [])]


def why_not(key: str, now: Situation, words: Words) -> str:
    """Return why an action is not possible now, "" when it is."""
    if key in TO_SERVICE and not now.service_up:
        return words("ui.banner.not_reached" if key == SIGN_IN else "ui.counter.why.service_away")
    command = {
        LOOK_UP: "look_up_vehicle", OPEN: "open_visit", PREVIEW: "preview_visit", LOOK_AGAIN: "look_up_vehicle",
        PAY: "take_cash", CALL_OFF: "cancel_payment", TAKE_MONEY: "take_cash",
        CALL: "call_owner", CALL_NEXT: "call_owner", CALL_ENDED: "end_call",
        RECHECK: "ask_recheck", GIVE_BACK: "refund", DRAWER: "open_drawer", CORRECT: "correct_visit",
    }  # fmt: skip
    if key in command and now.session is not None and now.session.role not in ALLOWED[command[key]]:
        return words("ui.why.role_may_not")
    lacking = {
        LOOK_UP: ("ui.counter.why.plate", now.plate_fault is not None),
        LOOK_AGAIN: ("ui.counter.why.asking", "look_up" in now.asking),
        AGREE: ("ui.counter.why.presenter", not now.has_presenter),
        LATER: ("ui.pay.why.not_later", now.pay is not None and not now.pay.may_go_on),
        PAY: ("ui.pay.note.no_sum", now.pay is not None and now.pay.given is Given.NO_SUM),
    }
    code, is_lacking = lacking.get(key, ("", False))
    if is_lacking:
        return words(code)
    return words("ui.counter.fault.telephone") if key == AGREE and now.has_telephone_fault else ""


def bar_state(now: Situation, words: Words) -> ActionBarState:
    """Return the bar with every button's reason."""
    key = next_action(now)
    reason = why_not(key, now, words)
    busy = bool({"open", "sign_in", "pay", "correct"} & now.asking) or (key == PREVIEW and "preview" in now.asking)
    sentence, tone = _sentence(key, now, words)
    if reason:
        # a plate that nobody has typed yet is no mistake
        sentence, tone = reason, Tone.NEUTRAL if key == LOOK_UP and now.plate_fault is not None else Tone.CAUTION
    primary = ActionState(key, words(f"ui.counter.action.{key}"), ICONS[key], not reason and not busy, reason)
    if busy:
        sentence, tone = words(f"ui.counter.busy.{_busy(now)}"), Tone.NEUTRAL
    beside = tuple(_other(each, now, words) for each in others(now) if each != key)
    return ActionBarState(primary, beside, sentence=sentence, tone=tone, busy=busy)


def _busy(now: Situation) -> str:
    return next(each for each in ("open", "sign_in", "pay", "correct", "preview") if each in now.asking)


def _other(key: str, now: Situation, words: Words) -> ActionState:
    reason = why_not(key, now, words)
    shortcut = KEYS.get(key, "")
    return ActionState(key, words(f"ui.counter.beside.{key}"), ICONS[key], not reason, reason, shortcut)


def _sentence(key: str, now: Situation, words: Words) -> tuple[str, Tone]:
    """Say what Enter does now."""
    if key == GO_ON and now.problem is not None:
        return words("ui.counter.note.refused"), Tone.CAUTION
    if key == GO_ON and now.blocking:
        fields = words("ui.counter.joint").join(words(f"ui.counter.field.{name}") for name in now.blocking[:4])
        more = len(now.blocking) - 4
        code = "ui.counter.note.missing_more" if more > 0 else "ui.counter.note.missing"
        return words(code, fields=fields, more=more), Tone.CAUTION
    if key == GO_ON and now.doubtful:
        first = next(name for name in now.doubtful if name in FIELDS)
        return words("ui.counter.note.doubtful", field=words(f"ui.counter.field.{first}")), Tone.CAUTION
    if now.page is Page.PAY and now.pay is not None:
        tone = Tone.CAUTION if now.pay.given in NOT_TAKEN else Tone.NEUTRAL
        return now.pay.sentence, tone
    return words(_plain_note(key, now)), Tone.NEUTRAL


def _plain_note(key: str, now: Situation) -> str:
    """Return the code of what Enter does where nothing has to be said first."""
    if now.is_correcting and key == GO_ON and now.page is Page.LOOK_UP:
        return "ui.counter_visit.note.plate"
    if key == RETURN and now.intake_page not in (Page.LOOK_UP, Page.DONE):
        return "ui.counter.note.return_to_intake"
    return f"ui.counter.note.{key}"
