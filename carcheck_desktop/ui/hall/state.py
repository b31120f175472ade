"""What a screen of the hall shows, as frozen states; no Qt, no words of its own."""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.domain.board import BoardContent
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import Mark, StagePathState


@dataclass(frozen=True, slots=True)
class HallRow:
    """One car: what it is, where it is on its way, when it is expected to be done and why that is late.

    `is_range` says that `finish` names two times, which explains itself without `finish_caption`; `is_time` is
    False where it is a sentence because nobody can name a time.
    `ticket` is the number on the owner's ticket, "" without one. `brief` stands for the stage and `where_short` for `where` in places where those do not fit.
    """

    visit_id: str
    plate: PlateState
    stage: str
    brief: str
    where: str
    where_short: str
    tone: Tone
    icon: str
    path: StagePathState
    step: str
    progress: str
    finish_caption: str
    finish: str
    is_range: bool
    is_time: bool
    waited: str
    late: str
    ticket: str = ""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        finish = f"{self.finish_caption} {self.finish}".strip()
        parts = (
            self.ticket,
            self.plate.text,
            self.stage,
            self.where,
            self.step,
            self.progress,
            finish,
            self.waited,
            self.late,
        )
        return ", ".join(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One lane: what stands on it now and how it is."""

    name: str
    state: str
    tone: Tone
    icon: str
    plate: PlateState | None
    doing: str

    @property
    def spoken(self) -> str:
        """The lane as a screen reader says it."""
        parts = (self.name, self.state, self.plate.text if self.plate else "", self.doing)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call: who, by number and masked plate, and where to; a `is_fresh` one stands out."""

    call_id: str
    ticket: str
    plate: PlateState
    where: str
    is_fresh: bool

    @property
    def spoken(self) -> str:
        """The call as a screen reader says it."""
        return ", ".join(part for part in (self.ticket, self.plate.text, self.where) if part)


@dataclass(frozen=True, slots=True)
class CallsState:
    """The calls that are shown, the newest first; `more` could not be shown at once."""

    title: str
    rows: tuple[CallRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class LanesState:
    """All lanes and the one order in which cars wait for them."""

    title: str
    rows: tuple[LaneRow, ...]
    queue: str
    queue_rule: str
    next_up: tuple[PlateState, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One announcement."""

    text: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class NoticesState:
    """The announcements; `turn` counts on each time another one is due."""

    title: str
    urgent: str
    notices: tuple[Notice, ...]
    turn: int
    empty: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """The hours of one day."""

    day: str
    hours: str
    last_intake: str
    note: str
    is_today: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class HoursState:
    """The opening hours of today and the next days; `now` says whether the station is open."""

    title: str
    now: str
    tone: Tone
    days: tuple[DayRow, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A place that is prepared for something the station does not have yet."""

    title: str
    icon: str
    empty: str


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line of the price list."""

    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class PricesState:
    """The price list in force; `turn` counts on each time other lines are due."""

    title: str
    valid: str
    rows: tuple[PriceRow, ...]
    turn: int


@dataclass(frozen=True, slots=True)
class HeadState:
    """The top of the board."""

    station: str
    title: str
    training: str
    clock: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the marks of the way mean: its steps in their order, the marks with their names, and what else to know."""

    steps: tuple[str, ...]
    marks: tuple[tuple[Mark, str], ...]
    hint: str

    @property
    def spoken(self) -> str:
        """The legend as a screen reader says it."""
        return ", ".join((*self.steps, *(name for _, name in self.marks), self.hint))


@dataclass(frozen=True, slots=True)
class FootState:
    """The bottom of the board: what people should know, and when the page is turned.

    `misplaced` says to who set the screens up that this one stands on another monitor than it should.
    """

    legend: Legend
    misplaced: str
    page: str
    turning: str
    left_s: int
    page_s: int


@dataclass(frozen=True, slots=True)
class CarsState:
    """The page of cars that is shown, or why there is none."""

    rows: tuple[HallRow, ...]
    is_dense: bool
    empty: str
    empty_detail: str
    empty_icon: str
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class HallState:
    """The whole board."""

    contents: tuple[BoardContent, ...]
    head: HeadState
    foot: FootState
    cars: CarsState
    lanes: LanesState | None
    notices: NoticesState | None
    hours: HoursState | None
    prices: PricesState | None
    places: tuple[tuple[BoardContent, PlaceState], ...]
    page: int
    pages: int
    stale: str
    stale_detail: str
    calls: CallsState | None = None

    @property
    def rows(self) -> tuple[HallRow, ...]:
        """The cars of the page."""
        return self.cars.rows
