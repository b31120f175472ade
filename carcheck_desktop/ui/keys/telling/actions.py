"""Which actions there are with the large car, and why not; pure.

The service decides what is carried out; this only spares a person a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.access import ALLOWED, WELCOMING, Role
from carcheck_desktop.domain.custody import COUNTER, OWNER, Holder, Place, Thing
from carcheck_desktop.ui.keys.state import Page
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState

if TYPE_CHECKING:
    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.keys.cars import Car

SIGN_IN, TAKE, HANG, NOTHING = "sign_in", "take", "hang", "nothing"
BOTH, GIVE, CALL, NOTE, MINE, CORRECT, NOTE_TAKE, NOTE_ONLY, BACK = (
    "take_both", "give_back", "call", "note", "mine", "correct", "note_take", "note_only", "back",
)  # fmt: skip
KEYS = {BOTH: "F6", GIVE: "F8", CALL: "F7", NOTE: "F3", MINE: "F4", CORRECT: "F9", NOTE_ONLY: "F6", BACK: "F4"}
ICONS = {
    SIGN_IN: "log-in", TAKE: "arrow-right", HANG: "check", NOTHING: "info", BOTH: "id-card", GIVE: "user-round",
    CALL: "megaphone", NOTE: "plus", MINE: "flag", CORRECT: "pencil", NOTE_TAKE: "arrow-right", NOTE_ONLY: "check", BACK: "chevron-left",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the actions depend on; `is_chosen`: the large car is not the next one for me but a chosen one."""

    session: Session | None
    service_up: bool
    is_busy: bool
    page: Page
    car: Car | None
    is_chosen: bool
    plate_fault: str


def primary_key(now: Situation) -> str:
    """Return the next action: what somebody with this role does with the key where it is."""
    if now.session is None:
        return SIGN_IN
    if now.page is Page.ARRIVAL:
        return NOTE_TAKE
    if now.car is None:
        return NOTHING
    holder = now.car.custody.key
    if now.car.held_by(now.session.actor):
        return HANG
    return NOTHING if holder.place is Place.PERSON else TAKE


def other_keys(now: Situation) -> tuple[str, ...]:
    """Return the other actions, in their order."""
    if now.session is None:
        return ()
    if now.page is Page.ARRIVAL:
        return (NOTE_ONLY, BACK)
    found = []
    car, welcomes = now.car, now.session.role in WELCOMING
    if car is not None and car.custody.key == OWNER and welcomes and car.custody.licence == OWNER:
        found.append(BOTH)
    if car is not None and welcomes:
        if _givable(now, car):
            found.append(GIVE)
        found.append(CALL)
    if welcomes:
        found.append(NOTE)
    if car is not None and now.session.role in ALLOWED["correct_custody"]:
        found.append(CORRECT)
    if now.is_chosen:
        found.append(MINE)
    return tuple(found)


def _givable(now: Situation, car: Car) -> bool:
    """Say whether something of a car lies at a place or is in one's own hand, so that its owner can have it."""
    mine = Holder(Place.PERSON, now.session.actor if now.session is not None else "")
    holders = (car.custody.key, car.custody.licence)
    return any(holder in (mine, COUNTER) or holder.place is Place.KEY_BOARD for holder in holders)


def why_not(key: str, now: Situation, words: Words) -> str:
    """Return why an action is not possible now, "" when it is."""
    if key in (BACK, MINE, NOTE):
        return ""
    if not now.service_up:
        return words("ui.keys.why.service_away")
    if key == SIGN_IN or now.session is None:
        return ""
    if now.session.role not in ALLOWED["hand_over"]:
        return words("ui.keys.why.role")
    return now.plate_fault if key in (NOTE_TAKE, NOTE_ONLY) else _of_car(key, now, now.session.role, words)


def _of_car(key: str, now: Situation, role: Role, words: Words) -> str:
    """Return why nothing can be done with the large car."""
    if now.car is None:
        return words("ui.keys.why.no_car")
    if key == NOTHING:
        return words("ui.keys.why.held_by", person=now.car.custody.key.name)
    if key == TAKE and role is Role.LANE_DRIVER and now.car.stage is None:
        return words("ui.keys.why.not_taken_in")
    return ""


def bar_state(now: Situation, words: Words) -> ActionBarState:
    """Return the bar with every button's reason."""
    key = primary_key(now)
    reason = why_not(key, now, words)
    sentence = words("ui.keys.note.busy") if now.is_busy else reason or words(f"ui.keys.note.{key}")
    tone = Tone.CAUTION if reason and not now.service_up else Tone.NEUTRAL
    primary = ActionState(key, words(f"ui.keys.action.{key}"), ICONS[key], not reason and not now.is_busy, reason)
    return ActionBarState(
        primary,
        tuple(_other(each, now, words) for each in other_keys(now)),
        sentence=sentence,
        tone=tone,
        busy=now.is_busy,
    )


def _other(key: str, now: Situation, words: Words) -> ActionState:
    reason = why_not(key, now, words)
    return ActionState(key, words(f"ui.keys.beside.{key}"), ICONS[key], not reason, reason, KEYS[key])


def taken(now: Situation, key: str) -> tuple[tuple[Thing, ...], Holder] | None:
    """Return which things go from which holder when the key of an action is pressed; None when nothing does."""
    if now.car is None or now.session is None:
        return None
    custody = now.car.custody
    if key == BOTH:
        return tuple(Thing), OWNER
    if key == HANG:
        return now.car.held_by(now.session.actor), Holder(Place.PERSON, now.session.actor)
    return ((Thing.KEY,), custody.key) if key == TAKE else None
