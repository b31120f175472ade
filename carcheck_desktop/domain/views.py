"""What windows show: views folded from facts by pure functions, the same on both ends of the link.

The service keeps one `VisitView` a visit as a row, each lane one `LaneView`; a client takes them
from the snapshot and folds the feed into them. No window computes anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.board import DEFAULT_RULES, BoardRules, DayException, DayHours
from carcheck_desktop.domain.calls import CallView
from carcheck_desktop.domain.custody import NO_CUSTODY, CustodyView
from carcheck_desktop.domain.ending import PlacedHold, RecheckView, Withdrawal
from carcheck_desktop.domain.exhaust import TwoSpeedIdleDemand, TwoSpeedIdleRun
from carcheck_desktop.domain.facts import AttemptEnd
from carcheck_desktop.domain.insurance import NOT_INSURED_YET, InsuranceView
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.measurements import (
    AxleWeighing,
    Effort,
    Origin,
    ParkingBrakeRun,
    ServiceBrakeRun,
)
from carcheck_desktop.domain.papers import PaperView
from carcheck_desktop.domain.payment import PaymentView
from carcheck_desktop.domain.prices import ChargeLine, PriceListView
from carcheck_desktop.domain.signing import NO_REPORTS, SigningState
from carcheck_desktop.domain.ticket import TicketView
from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, PlannedItem, Purpose, UnmetDemand, VerdictCard


class Stage(StrEnum):
    """Where a visit is, for the board (folded from its small machines)."""

    WAITING = "waiting"
    IN_LANE = "in_lane"
    INTERRUPTED = "interrupted"
    MEASURED = "measured"
    PASSED = "passed"
    FAILED = "failed"
    HELD = "held"
    """Passed, and its papers wait for something that somebody must do (only `holds.stage_at` says so)."""
    READY = "ready"
    """Passed, and everything is ready to be fetched (only `holds.stage_at` says so)."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ItemState(StrEnum):
    """Where one item of an attempt is."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    VOID = "void"


class AttemptState(StrEnum):
    """Where an attempt is."""

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    COMPLETE = "complete"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class ItemView:
    """One planned item with its newest result; `runs` counts how often it was begun."""

    item: str
    kind: ItemKind
    axle: int
    plan_reason: Message
    state: ItemState = ItemState.PLANNED
    runs: int = 0
    run_id: str | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    demanded_sum_daN: Decimal | None = None
    outcome: Outcome | None = None
    cards: tuple[VerdictCard, ...] = ()
    void_reason: Problem | None = None
    weighing: AxleWeighing | None = None
    service_brake: ServiceBrakeRun | None = None
    parking_brake: ParkingBrakeRun | None = None
    effort: Effort | None = None
    origin: Origin | None = None
    purposes: tuple[Purpose, ...] = (Purpose.SAFETY,)
    demand: TwoSpeedIdleDemand | None = None
    two_speed_idle: TwoSpeedIdleRun | None = None


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One run of a visit through a lane."""

    attempt_id: str
    visit_id: str
    lane: str
    number: int
    vehicle: Vehicle
    inspection: InspectionKind
    edition: str
    table_hash: str
    started_at: datetime
    items: tuple[ItemView, ...]
    state: AttemptState = AttemptState.RUNNING
    ended_at: datetime | None = None
    problem: Problem | None = None
    tables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EstimateView:
    """When a visit is expected to be done, as it was last told; `latest` None while nobody can say.

    `promised` is the first `latest` that people were told: what they may count being late from.
    """

    earliest: datetime
    latest: datetime | None
    late: Message | None
    basis: Message
    given_at: datetime
    promised: datetime | None = None


@dataclass(frozen=True, slots=True)
class VisitView:
    """Everything the station's windows know of one visit; who owns and who brought it is asked for by `ShowVisit`.

    `ended_at` is when the visit was closed: nothing of it is left to do (a withdrawn one is closed when the car has left the
    lane, key and money are back; a recheck opens a closed one once more). `arrived_at` is when the car
    came, None when nobody noted it before its intake; `calls` are those that nobody answered yet.
    """

    visit_id: str
    vehicle: Vehicle
    inspection: InspectionKind
    plan: tuple[PlannedItem, ...]
    edition: str
    table_hash: str
    opened_at: datetime
    opened_by: str
    changed_at: datetime
    attempts: tuple[AttemptView, ...] = ()
    conclusion: Outcome | None = None
    conclusion_cards: tuple[VerdictCard, ...] = ()
    concluded_at: datetime | None = None
    estimate: EstimateView | None = None
    origins: dict[str, ValueOrigin] = field(default_factory=dict)
    channel: Channel = Channel.WALK_IN
    booking_id: str | None = None
    charge: tuple[ChargeLine, ...] = ()
    lookup_id: str | None = None
    private_digest: str = ""
    tables: dict[str, str] = field(default_factory=dict)
    unmet: tuple[UnmetDemand, ...] = ()
    purposes: dict[Purpose, Outcome] = field(default_factory=dict)
    ended_at: datetime | None = None
    arrived_at: datetime | None = None
    ticket: TicketView | None = None
    custody: CustodyView = NO_CUSTODY
    calls: tuple[CallView, ...] = ()
    payments: tuple[PaymentView, ...] = ()
    signing: SigningState = NO_REPORTS
    insurance: InsuranceView = NOT_INSURED_YET
    placed_holds: tuple[PlacedHold, ...] = ()
    withdrawal: Withdrawal | None = None
    recheck: RecheckView | None = None
    papers: tuple[PaperView, ...] = ()


@dataclass(frozen=True, slots=True)
class PromptView:
    """What the lane asks the driver for right now."""

    prompt_id: str
    expects: str
    axle: int
    due_s: float
    message: Message
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceView:
    """An instrument of the lane and how it is; `problem` is None when all is well."""

    device: str
    device_kind: str
    driver: str
    port: str
    identity: str
    since: datetime
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class LaneView:
    """Everything the control window knows of one lane."""

    lane: str
    node: str
    attempt: AttemptView | None = None
    occupied_by: str | None = None
    running_item: str | None = None
    prompt: PromptView | None = None
    devices: tuple[DeviceView, ...] = ()
    stopped: bool = False
    stopped_by: str | None = None
    stop_reason: Message | None = None


@dataclass(frozen=True, slots=True)
class OpeningHoursView:
    """One record of the station's hours, good from `valid_from` until a later one begins."""

    revision: int
    valid_from: date
    week: tuple[DayHours, ...]
    exceptions: tuple[DayException, ...]
    set_at: datetime
    set_by: str


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """A text for the hall; to be shown from `show_from` until `show_until`, None: until withdrawn."""

    announcement_id: str
    revision: int
    text_zh: str
    text_en: str
    urgent: bool
    show_from: datetime
    show_until: datetime | None
    screens: tuple[str, ...]
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """What a manager recorded for the hall; None and empty where nothing was recorded yet.

    `hours` were good when the newest record was made, `hours_to_come` begin on a later day (in order of
    `valid_from`): ask `opening_hours`; prices are kept the same way: ask `prices_on`. `announcements` hold those to come too: ask `announcements_at`.
    """

    hours: OpeningHoursView | None = None
    hours_to_come: tuple[OpeningHoursView, ...] = ()
    announcements: tuple[AnnouncementView, ...] = ()
    rules: BoardRules | None = None
    rules_revision: int = 0
    prices: PriceListView | None = None
    prices_to_come: tuple[PriceListView, ...] = ()


NO_BOARD = BoardView()


def rules_of(board: BoardView) -> BoardRules:
    """Return the recorded rules, or how a board is drawn before there are any."""
    return board.rules or DEFAULT_RULES


def opening_hours(board: BoardView, day: date) -> OpeningHoursView | None:
    """Return the record of hours that is good on a day; None while nothing is recorded for it."""
    records = (*((board.hours,) if board.hours else ()), *board.hours_to_come)
    return next((each for each in reversed(records) if each.valid_from <= day), None)


def prices_on(board: BoardView, day: date) -> PriceListView | None:
    """Return the price list that is good on a day; None while nothing is recorded for it."""
    records = (*((board.prices,) if board.prices else ()), *board.prices_to_come)
    begun = next((each for each in reversed(records) if each.valid_from <= day), None)
    return begun if begun is not None and (begun.valid_until is None or day <= begun.valid_until) else None


def announcements_at(board: BoardView, now: datetime, screen: str = "") -> tuple[AnnouncementView, ...]:
    """Return what a screen shows at a moment, urgent ones first, then the newest."""
    shown = [
        each
        for each in board.announcements
        if each.show_from <= now
        and (each.show_until is None or now < each.show_until)
        and (not each.screens or screen in each.screens)
    ]
    newest_first = sorted(shown, key=lambda each: each.published_at, reverse=True)
    return tuple(sorted(newest_first, key=lambda each: not each.urgent))


def stage(visit: VisitView) -> Stage:
    """Fold a visit into the one word that the board shows."""
    if visit.withdrawal is not None:
        return Stage.WITHDRAWN
    if visit.ended_at is not None:
        return Stage.CLOSED
    if visit.conclusion is not None:
        return Stage.PASSED if visit.conclusion is Outcome.PASS else Stage.FAILED
    attempt = attempt_now(visit)
    if attempt is None:
        return Stage.WAITING
    by_attempt = {
        AttemptState.RUNNING: Stage.IN_LANE,
        AttemptState.INTERRUPTED: Stage.INTERRUPTED,
        AttemptState.COMPLETE: Stage.MEASURED,
        AttemptState.ABORTED: Stage.WAITING,
    }
    return by_attempt[attempt.state]


def attempt_now(visit: VisitView) -> AttemptView | None:
    """Return the newest attempt of what is done now; None before it begins, also when only a recheck has not begun."""
    before = visit.recheck.attempts_before if visit.recheck is not None else 0
    return visit.attempts[-1] if visit.attempts and visit.attempts[-1].number > before else None


def plan_now(visit: VisitView) -> tuple[PlannedItem, ...]:
    """Return what is to be done on the lane now: the whole plan, or only what a recheck repeats."""
    return visit.recheck.plan if visit.recheck is not None else visit.plan


def is_over(visit: VisitView) -> bool:
    """Say whether the car is not to be inspected any more in this visit."""
    return stage(visit) in (Stage.PASSED, Stage.FAILED, Stage.CLOSED, Stage.WITHDRAWN)


def attempt_end_state(end: AttemptEnd) -> AttemptState:
    """Return the state an attempt is in after it ended this way."""
    return AttemptState.COMPLETE if end is AttemptEnd.COMPLETE else AttemptState.ABORTED
