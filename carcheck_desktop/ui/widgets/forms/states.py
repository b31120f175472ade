"""States of what people fill in and press; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class ActionState:
    """A button: what it does, its words (with the key, as people read it), and whether it can be pressed now.

    `shortcut` is the key that a button bar listens to, as Qt spells it (`F6`); several are parted by `; `. The
    next action has Enter without it.
    """

    key: str
    text: str
    icon: str
    enabled: bool
    why_not: str = ""
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class RemarkState:
    """One sentence with its sign and how grave it is."""

    tone: Tone
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class ActionBarState:
    """The bar at the foot of a task.

    `sentence` says what the next action does, or why it is not possible; `busy` that it is being done. `stop_all`
    is a second stop that reaches further. `stopped` says what became of a stop; it goes before the sentence.
    Without `by_enter` the next action is taken by its button alone.
    """

    next: ActionState
    others: tuple[ActionState, ...] = ()
    stop: ActionState | None = None
    sentence: str = ""
    tone: Tone = Tone.NEUTRAL
    busy: bool = False
    stop_all: ActionState | None = None
    stopped: RemarkState | None = None
    by_enter: bool = True


class FieldMode(StrEnum):
    """What may be done with a field now."""

    EDIT = "edit"
    READ_ONLY = "read_only"
    OFF = "off"
    """Does not apply now: it is passed over."""
    LOADING = "loading"
    """Its value is being looked up; who knows it may type it meanwhile."""
    OFFLINE = "offline"
    """It cannot be looked up or checked now; it is taken as typed."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: licence, last visit, typed."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldState:
    """How a field stands: nothing to say, wrong (BAD) or doubtful (CAUTION).

    With `confirm` a doubtful value is confirmed by Enter in the field.
    """

    tone: Tone = Tone.NEUTRAL
    text: str = ""
    mode: FieldMode = FieldMode.EDIT
    origin: Origin | None = None
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class SearchState:
    """What a search box says behind what is typed: how many were found, or why it cannot search."""

    text: str = ""
    tone: Tone = Tone.NEUTRAL
    busy: bool = False
    offline: bool = False
    enabled: bool = True


class Standing(StrEnum):
    """Where a step of a task stands."""

    DONE = "done"
    NOW = "now"
    TO_DO = "to_do"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class StepState:
    """One named step of a task."""

    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class StepperState:
    """Where in a task somebody is; `spoken` says it in one sentence for who does not see it."""

    steps: tuple[StepState, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """One of the few things to choose from."""

    value: str
    text: str
    icon: str = ""
    enabled: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceState:
    """A choice of one among few; `chosen` is empty while nothing is."""

    options: tuple[ChoiceOption, ...]
    chosen: str = ""
    enabled: bool = True
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class ToggleState:
    """A switch: what it switches, how it stands in words, and whether it can be switched now."""

    text: str
    on: bool
    said: str
    enabled: bool = True
    why_not: str = ""
