"""What the keys window shows, as one frozen state; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.frame.states import HeadState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState, RowState
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ChoiceState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceState, ToastState


class Page(StrEnum):
    """The screens."""

    SIGN_IN = "sign_in"
    BOARD = "board"
    ARRIVAL = "arrival"


class Listed(StrEnum):
    """Which cars the list shows."""

    KEYS = "keys"
    """Those whose key we hold."""
    TURN = "turn"
    """Those that wait, in their order."""


@dataclass(frozen=True, slots=True)
class CarState:
    """The large car: whether it is the next one for me or a chosen one, what to do, who holds what, the whole chain."""

    heading: str
    plate: PlateState
    number: str
    tag: str
    doing: str
    tone: Tone
    icon: str
    pairs: tuple[PairState, ...]
    chain_title: str
    chain: tuple[RowState, ...]


@dataclass(frozen=True, slots=True)
class ListState:
    """The cars beside it."""

    which: ChoiceState
    rows: tuple[RowState, ...]
    chosen: str
    place: PlaceState | None


@dataclass(frozen=True, slots=True)
class ArrivalState:
    """A car is noted at the gate."""

    province: str
    plate: str
    kinds: ChoiceState
    channels: ChoiceState
    known: str
    """What is known of this plate already, "" for nothing."""


@dataclass(frozen=True, slots=True)
class KeysState:
    """The whole window; `car` is None while there is none to show, `place` then says why."""

    head: HeadState
    page: Page
    banners: tuple[BannerState, ...]
    car: CarState | None
    place: PlaceState | None
    cars: ListState
    arrival: ArrivalState
    actions: ActionBarState
    toasts: tuple[ToastState, ...]
    focus: tuple[int, str]
