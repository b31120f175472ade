"""What the pickup window shows, as one frozen state; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.frame.states import HeadState
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState, RowState
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, RemarkState, SearchState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceState, ToastState


class Page(StrEnum):
    """The screens."""

    SIGN_IN = "sign_in"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class SideState:
    """The visits: ready ones first; what is searched for goes before."""

    title: str
    search: SearchState
    rows: tuple[RowState, ...]
    chosen: str
    place: PlaceState | None


@dataclass(frozen=True, slots=True)
class VisitState:
    """One visit: how it stands, what holds it, its papers, who has key and licence."""

    plate: PlateState
    headline: str
    stage: RemarkState
    pairs: tuple[PairState, ...]
    doubt: BannerState | None
    holds: tuple[RowState, ...]
    holds_title: str
    no_holds: PlaceState | None
    papers: tuple[RowState, ...]
    papers_title: str
    no_papers: PlaceState | None
    paper: str


@dataclass(frozen=True, slots=True)
class PickupState:
    """The whole window; `visit` is None while none is looked at."""

    head: HeadState
    page: Page
    banners: tuple[BannerState, ...]
    side: SideState
    visit: VisitState | None
    nothing: PlaceState
    actions: ActionBarState
    toasts: tuple[ToastState, ...]
    focus: tuple[int, str]
