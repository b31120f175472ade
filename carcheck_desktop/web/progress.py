"""What an owner is told of a visit, as data; pure. Nothing personal is in it, and the plate is masked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.custody import Place, Thing, holder_of
from carcheck_desktop.domain.holds import Hold, HoldKind, holds, stage_at
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.domain.path import StepState, path
from carcheck_desktop.domain.station import CHINA
from carcheck_desktop.domain.vehicle import masked_plate
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import ItemState, Stage

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.path import PathStep
    from carcheck_desktop.domain.views import EstimateView, ItemView, VisitView

ASKED = frozenset({
    HoldKind.FAILED, HoldKind.INSURANCE, HoldKind.VEHICLE_TAX, HoldKind.VIOLATION, HoldKind.OTHER, HoldKind.UNPAID,
    HoldKind.PAYMENT_OPEN, HoldKind.REFUND_DUE,
})  # fmt: skip
"""Holds that the owner has a part in; the others are the station's own business, or said elsewhere on the page."""


class Mark(StrEnum):
    """How something stands; each has a word and a sign besides its colour."""

    DONE = "done"
    NOW = "now"
    PAUSED = "paused"
    FAILED = "failed"
    TO_DO = "to_do"


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its mark; `said` tells more, `at` is a time of day or ""."""

    name: Message
    mark: Mark
    said: Message | None = None
    at: str = ""
    axle: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the owner has to do or wait for."""

    evidence: Message
    next_step: Message


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything on an owner's page; texts are messages, times are times of day at the station."""

    number: str
    plate: str
    headline: Message
    mark: Mark
    at: str
    finish: Message | None = None
    late: Message | None = None
    calls: tuple[Message, ...] = ()
    asked: tuple[Asked, ...] = ()
    steps: tuple[Row, ...] = ()
    items: tuple[Row, ...] = ()
    key: Message | None = None
    simulated: bool = False
    over: bool = False


STAGE_MARKS = {
    Stage.WAITING: Mark.NOW,
    Stage.IN_LANE: Mark.NOW,
    Stage.INTERRUPTED: Mark.PAUSED,
    Stage.MEASURED: Mark.NOW,
    Stage.PASSED: Mark.DONE,
    Stage.HELD: Mark.PAUSED,
    Stage.READY: Mark.DONE,
    Stage.CLOSED: Mark.DONE,
    Stage.FAILED: Mark.FAILED,
    Stage.WITHDRAWN: Mark.PAUSED,
}
STEP_MARKS = {
    StepState.DONE: Mark.DONE,
    StepState.NOW: Mark.NOW,
    StepState.PAUSED: Mark.PAUSED,
    StepState.FAILED: Mark.FAILED,
    StepState.TO_DO: Mark.TO_DO,
}


def progress_of(view: VisitView | ArrivalView, number: str, now: datetime, *, training: bool = False) -> Progress:
    """Return the page of a visit, or of a car that came and is not taken in yet; all of a training station is simulated."""
    if isinstance(view, ArrivalView):
        arrived = Row(Message("board.step.arrived"), Mark.DONE, at=_clock(view.arrived_at))
        plate, headline = masked_plate(view.plate), Message("web.progress.arrived")
        return Progress(number, plate, headline, Mark.NOW, _clock(now), steps=(arrived,), simulated=training)
    where_it_is = stage_at(view, now)
    return Progress(
        number=number,
        plate=masked_plate(view.vehicle.plate),
        headline=Message(f"web.headline.{where_it_is.value}"),
        mark=STAGE_MARKS.get(where_it_is, Mark.NOW),
        at=_clock(now),
        finish=_finish(view, now),
        late=view.estimate.late if view.estimate is not None and view.concluded_at is None else None,
        calls=tuple(_call(call.to, call.place) for call in view.calls),
        asked=tuple(_asked(hold) for hold in holds(view, now) if hold.kind in ASKED),
        steps=tuple(_step(step) for step in path(view)),
        items=_items(view),
        key=_key(view),
        simulated=training or any(item.origin is Origin.SIMULATOR for each in view.attempts for item in each.items),
        over=view.ended_at is not None,
    )


def _asked(hold: Hold) -> Asked:
    """Return a hold in the owner's words: who placed it and what was written by hand is told at the window."""
    name = hold.kind.value
    params = {key: value for key, value in hold.evidence.params.items() if key in ("from", "until", "due", "amount")}
    if hold.kind is HoldKind.INSURANCE and "from" in params:
        name = "insurance_later"
    return Asked(Message(f"web.asked.{name}", dict(params)), Message(f"web.asked.{name}.next", dict(params)))


def _clock(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%H:%M")


def _finish(view: VisitView, now: datetime) -> Message | None:
    if view.concluded_at is not None:
        return Message("web.progress.concluded_at", {"at": _clock(view.concluded_at)})
    return _expected(view.estimate, now) if view.estimate is not None and view.ended_at is None else None


def _expected(estimate: EstimateView, now: datetime) -> Message:
    earliest, latest = _clock(estimate.earliest), _clock(estimate.latest) if estimate.latest is not None else ""
    if estimate.latest is None:
        has_begun = estimate.earliest < now
        return Message("web.progress.unknown") if has_begun else Message("web.progress.earliest", {"at": earliest})
    if estimate.latest < now:
        return Message("web.progress.was", {"at": latest})
    if estimate.earliest < now or earliest == latest:
        return Message("web.progress.by", {"at": latest})
    return Message("web.progress.between", {"first": earliest, "last": latest})


def _call(to: CallTo, place: str) -> Message:
    code = "web.progress.call_pickup" if to is CallTo.PICKUP else "web.progress.call_window"
    return Message(code, {"place": place or "-"})


def _step(step: PathStep) -> Row:
    said = step.said if step.state is not StepState.TO_DO else None
    return Row(step.name, STEP_MARKS[step.state], said, _clock(step.at) if step.at is not None else "")


def _items(view: VisitView) -> tuple[Row, ...]:
    """Return the newest result of each planned item, in the order of the plan."""
    newest: dict[str, ItemView] = {item.item: item for attempt in view.attempts for item in attempt.items}
    rows = []
    for planned in view.plan:
        item = newest.get(planned.item)
        mark = _item_mark(item)
        rows.append(Row(word(planned.kind), mark, _item_said(item), axle=planned.axle))
    return tuple(rows)


def _item_mark(item: ItemView | None) -> Mark:
    if item is None or item.state is ItemState.PLANNED:
        return Mark.TO_DO
    if item.state is ItemState.RUNNING:
        return Mark.NOW
    if item.state is ItemState.VOID or item.outcome is Outcome.INVALID:
        return Mark.PAUSED
    return Mark.FAILED if item.outcome is Outcome.FAIL else Mark.DONE


def _item_said(item: ItemView | None) -> Message | None:
    if item is None or item.state is not ItemState.DONE or item.outcome in (None, Outcome.NOT_JUDGED):
        return None
    return word(item.outcome)


def _key(view: VisitView) -> Message | None:
    holder = holder_of(view.custody, Thing.KEY)
    if view.custody.key_since is None:
        return None
    # which person has it is the station's business
    return Message(f"web.progress.key_{holder.place.value}") if holder.place in Place else None
