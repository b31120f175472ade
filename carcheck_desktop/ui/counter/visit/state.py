"""States of the visit's page and of the sheet over it; the desk makes them, page and sheet paint them; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState, RowState, StagePathState
from carcheck_desktop.ui.widgets.forms.states import ActionState, ChoiceState, FieldState, RemarkState, ToggleState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceState


class Shown(StrEnum):
    """What the right half of the page lists."""

    PAPERS = "papers"
    MONEY = "money"
    CUSTODY = "custody"
    ITEMS = "items"


class TaskKind(StrEnum):
    """What may be done with a visit; each is a sheet, but for the correction, which goes through the intake's pages."""

    MENU = "menu"
    RECHECK = "recheck"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REFUND = "refund"
    INSURE = "insure"
    HOLD = "hold"
    LIFT = "lift"
    PRINT = "print"
    WHO = "who"
    DRAWER = "drawer"


@dataclass(frozen=True, slots=True)
class VisitState:
    """A visit: who and what, where it stands, what holds it, and one list of the rest."""

    plate: PlateState
    headline: str
    stage: RemarkState
    path: StagePathState
    pairs: tuple[PairState, ...]
    said: tuple[BannerState, ...]
    holds: tuple[RowState, ...]
    holds_title: str
    no_holds: PlaceState | None
    shown: ChoiceState
    rows: tuple[RowState, ...]
    no_rows: PlaceState | None


class FieldKind(StrEnum):
    """How a field of a sheet is filled in."""

    TEXT = "text"
    DAY = "day"
    HIDDEN = "hidden"


PLAIN = FieldState()


@dataclass(frozen=True, slots=True)
class TaskField:
    """One field of a sheet; `is_insisted` says at once what is wrong with it."""

    name: str
    label: str
    text: str
    kind: FieldKind = FieldKind.TEXT
    hint: str = ""
    field: FieldState = PLAIN
    is_insisted: bool = False


@dataclass(frozen=True, slots=True)
class TaskState:
    """A sheet over the page: what it asks, what a yes would do, what was refused.

    `rows` are told, or with `picks` one of them is picked; `focus` names the field that gets the keyboard whenever its
    number is a new one. A `destructive` yes is gone to first.
    """

    kind: TaskKind
    title: str
    yes: ActionState
    no_text: str
    detail: str = ""
    banner: BannerState | None = None
    place: PlaceState | None = None
    choice: ChoiceState | None = None
    choice_label: str = ""
    toggle: ToggleState | None = None
    rows: tuple[RowState, ...] = ()
    picked: str = ""
    picks: bool = False
    pairs: tuple[PairState, ...] = ()
    lines: tuple[str, ...] = ()
    fields: tuple[TaskField, ...] = ()
    destructive: bool = False
    busy: bool = False
    focus: tuple[int, str] = (0, "")
