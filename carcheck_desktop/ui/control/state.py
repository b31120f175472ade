"""What the control window shows, as one frozen state; the presenter makes it, the window paints it."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.charts.states import CurveState
from carcheck_desktop.ui.widgets.data.states import CardState, PairState, RowState, TileState
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PromptState


@dataclass(frozen=True, slots=True)
class HeaderState:
    """The bar at the top."""

    station: str
    training: bool
    link_tone: Tone
    link_icon: str
    link_text: str
    clock: str
    person: str
    sign: ActionState


@dataclass(frozen=True, slots=True)
class CarState:
    """The car on the chosen lane, or the waiting one that would be next."""

    plate: PlateState | None
    headline: str
    pairs: tuple[PairState, ...]


@dataclass(frozen=True, slots=True)
class ResultState:
    """What the chosen item came to."""

    title: str
    cards: tuple[CardState, ...]
    facts: tuple[PairState, ...]
    empty: str
    void: str = ""


@dataclass(frozen=True, slots=True)
class LaneState:
    """The chosen lane, large."""

    name: str
    car: CarState
    prompt: PromptState
    items: tuple[RowState, ...]
    item: str
    items_title: str
    result: ResultState
    curve: CurveState
    tiles: tuple[TileState, ...]


@dataclass(frozen=True, slots=True)
class ActionsState:
    """The buttons at the bottom; `note` says why the next action is not possible, or what it does."""

    primary: ActionState
    repeat: ActionState
    abort: ActionState
    open_visit: ActionState
    stop: ActionState
    note: str
    note_tone: Tone


@dataclass(frozen=True, slots=True)
class ControlState:
    """The whole window."""

    header: HeaderState
    alarm: BannerState | None
    banner: BannerState | None
    lanes: tuple[RowState, ...]
    lane: str
    waiting: tuple[RowState, ...]
    visit: str
    waiting_title: str
    detail: LaneState | None
    no_lane: tuple[str, str, str]
    actions: ActionsState
    happenings: tuple[RowState, ...]
    happenings_title: str
    toast: BannerState | None
