"""What the control window shows, as one frozen state; the presenter makes it, the window paints it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.control.exhaust import ExhaustState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.charts.states import CurveState
from carcheck_desktop.ui.widgets.data.states import CardState, PairState, RowState, StagePathState, TileState
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState, ChoiceState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PromptState, ToastState

NO_PATH = StagePathState(())


class Mode(StrEnum):
    """The three ways to look: all lanes, all as a list with one large, one alone."""

    OVERVIEW = "overview"
    SPLIT = "split"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class HeaderState:
    """The bar at the top; `happened` opens what happened while nobody looked."""

    station: str
    training: bool
    link_tone: Tone
    link_icon: str
    link_text: str
    clock: str
    person: str
    sign: ActionState
    happened: ActionState
    has_unseen: bool
    modes: ChoiceState


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
    path: StagePathState = NO_PATH
    stand: tuple[Tone, str, str] = (Tone.NEUTRAL, "", "")
    """Tone, icon and word of how the lane stands."""
    exhaust: ExhaustState | None = None
    """The exhaust, where an item of it is shown: it takes the curve's place."""


@dataclass(frozen=True, slots=True)
class PanelState:
    """One lane among all: everything a controller asks of a lane, in one look."""

    lane: str
    number: str
    """What to press with Ctrl to choose it; empty beyond nine."""
    name: str
    tone: Tone
    icon: str
    word: str
    plate: PlateState | None
    path: StagePathState
    prompt: PromptState
    trouble: str
    """What may hurt somebody, or what of the lane does not work; empty as a rule."""
    trouble_tone: Tone
    hint: str
    """What comes next, and whose turn it is."""
    curve: CurveState
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SummaryState:
    """What happened, grouped by lane, with how far back it is known."""

    title: str
    rows: tuple[RowState, ...]
    since: str
    empty: str


@dataclass(frozen=True, slots=True)
class ControlState:
    """The whole window."""

    header: HeaderState
    alarm: BannerState | None
    banner: BannerState | None
    mode: Mode
    lanes: tuple[RowState, ...]
    lane: str
    panels: tuple[PanelState, ...]
    waiting: tuple[RowState, ...]
    visit: str
    waiting_title: str
    detail: LaneState | None
    no_lane: tuple[str, str, str]
    actions: ActionBarState
    open_visit: ActionState
    happenings: tuple[RowState, ...]
    happenings_title: str
    summary: SummaryState | None
    toasts: tuple[ToastState, ...]
    """What was said and not put away yet, the oldest first."""
