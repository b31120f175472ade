"""What the signing window shows, as one frozen state; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.domain.documents import Document
from carcheck_desktop.ui.frame.states import HeadState
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState, RowState, TableState
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, RemarkState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceState, ToastState


class Page(StrEnum):
    """The screens."""

    SIGN_IN = "sign_in"
    QUEUE = "queue"


class Side(StrEnum):
    """From which side a report is looked at."""

    VALUES = "values"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class QueueState:
    """What waits for a signature, the oldest first."""

    title: str
    rows: tuple[RowState, ...]
    chosen: str
    place: PlaceState | None


@dataclass(frozen=True, slots=True)
class LargeReport:
    """One report: whose it is, what it came to, every value against its limit, and the paper itself."""

    plate: PlateState
    headline: str
    outcome: RemarkState
    pairs: tuple[PairState, ...]
    values: TableState
    document: Document | None
    paper: PlaceState | None
    side: Side
    own_test: BannerState | None
    to_sign: bool = True


@dataclass(frozen=True, slots=True)
class SigningWindowState:
    """The whole window; `report` is None while nothing waits."""

    head: HeadState
    page: Page
    banners: tuple[BannerState, ...]
    queue: QueueState
    report: LargeReport | None
    actions: ActionBarState
    toasts: tuple[ToastState, ...]
    focus: tuple[int, str]
