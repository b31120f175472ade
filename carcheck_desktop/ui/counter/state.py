"""What the counter window shows, as one frozen state; the presenter makes it, the window paints it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carcheck_desktop.ui.counter.draft.fields import FieldPage
from carcheck_desktop.ui.counter.visit.state import TaskState, VisitState
from carcheck_desktop.ui.frame.states import HeadState
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import PairState, RowState, StagePathState
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, FieldState, SearchState, StepperState
from carcheck_desktop.ui.widgets.notices.states import BannerState, PlaceState, ToastState

PLAIN = FieldState()


class Page(StrEnum):
    """The screens; one task each."""

    SIGN_IN = "sign_in"
    LOOK_UP = "look_up"
    WAITING = "waiting"
    KNOWN = "known"
    LICENCE = "licence"
    STATION = "station"
    PERSON = "person"
    PLAN = "plan"
    PAY = "pay"
    DONE = "done"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class FilledState:
    """One field: what stands in it and how; `insisted` says its own mistake at once, `hidden` covers it.

    One that is not `shown` does not apply to this car.
    """

    text: str
    field: FieldState = PLAIN
    insisted: bool = False
    hidden: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class LookUpState:
    """The plate that is asked for, and its kind."""

    plate: FilledState
    kind: FilledState
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class KnownState:
    """A car that was here before: what there is to compare."""

    plate: PlateState
    headline: str
    differences: BannerState | None
    pairs: tuple[PairState, ...]
    looked_at: tuple[PairState, ...]


@dataclass(frozen=True, slots=True)
class FormState:
    """The fields of one page."""

    page: FieldPage
    plate: PlateState
    headline: str
    detail: str
    fields: dict[str, FilledState]


@dataclass(frozen=True, slots=True)
class PersonState:
    """Who brings the car, and what that person agrees to."""

    plate: PlateState
    presenter: FilledState
    telephone: FilledState
    consent: str
    version: str


@dataclass(frozen=True, slots=True)
class PlanState:
    """What is asked of the car and why, and what it costs."""

    plate: PlateState
    items: tuple[RowState, ...]
    items_title: str
    prices: tuple[PairState, ...]
    total: str
    price_note: str
    advice: tuple[BannerState, ...]
    waiting: PlaceState | None


@dataclass(frozen=True, slots=True)
class PayState:
    """What is due, what was given, and how the payment stands; `large` is to be seen from a distance."""

    plate: PlateState
    prices: tuple[PairState, ...]
    due: str
    received: FilledState
    takes: bool
    large_name: str
    large: str
    said: tuple[BannerState, ...]


@dataclass(frozen=True, slots=True)
class DoneState:
    """What was opened, and what is next for the car; `sum_said` is its change, or what is still due."""

    plate: PlateState
    headline: str
    detail: str
    pairs: tuple[PairState, ...]
    path: StagePathState
    sum_said: str = ""
    unpaid: bool = False


@dataclass(frozen=True, slots=True)
class SideState:
    """Today's visits."""

    title: str
    search: SearchState
    rows: tuple[RowState, ...]
    chosen: str
    place: PlaceState | None


Content = (
    LookUpState
    | PlaceState
    | KnownState
    | FormState
    | PersonState
    | PlanState
    | PayState
    | DoneState
    | VisitState
    | None
)


@dataclass(frozen=True, slots=True)
class CounterState:
    """The whole window; `focus` names the field that gets the keyboard whenever its number is a new one."""

    head: HeadState
    page: Page
    steps: StepperState
    banners: tuple[BannerState, ...]
    content: Content
    side: SideState
    actions: ActionBarState
    toasts: tuple[ToastState, ...]
    focus: tuple[int, str]
    covered: bool = False
    task: TaskState | None = None
