"""Lanes and waiting cars as rows, and the chosen lane large; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Problem, Severity
from carcheck_desktop.domain.fold import planned
from carcheck_desktop.domain.turns import visits_in_turn
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import AttemptState, ItemState, plan_now
from carcheck_desktop.ui.bridge.words import date_text, short_time
from carcheck_desktop.ui.control.exhaust import exhaust_state
from carcheck_desktop.ui.control.state import CarState, LaneState, ResultState
from carcheck_desktop.ui.control.telling.results import (
    WHOLE,
    conclusion_row,
    conclusion_state,
    item_rows,
    item_tone,
    result_state,
    tile_state,
)
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.charts.states import CurveState, MomentState
from carcheck_desktop.ui.widgets.data.states import Mark, PairState, Phase, RowState, StagePathState, StageState
from carcheck_desktop.ui.widgets.notices.states import PromptState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.domain.views import AttemptView, EstimateView, ItemView, LaneView, PromptView, VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.exhaust import LiveExhaust

EXPECT_ICON = {
    "axle_on_scale": "weight",
    "axle_on_bench": "disc-3",
    "pedal": "disc-3",
    "parking_lever": "circle-parking",
    "release": "arrow-right",
    "driven_off": "arrow-right",
    "at_emission": "car-front",
    "probe_closed": "lock",
    "probe_free": "lock-open",
    "warm_up": "gauge",
    "rev_fast": "gauge",
    "rev_high": "gauge",
    "rev_idle": "gauge",
    "probe_in": "log-in",
    "probe_out": "log-out",
    "start_engine": "rotate-ccw",
}
OPEN = (AttemptState.RUNNING, AttemptState.INTERRUPTED)
UNCONFIRMED = "lanes.stop.unconfirmed"
"""The reason of a stop that the machinery did not confirm."""


def plate_of(vehicle: Vehicle) -> PlateState:
    """Return the plate of a vehicle."""
    return PlateState(vehicle.plate, vehicle.plate_kind.value)


def open_attempt(view: LaneView | None) -> AttemptView | None:
    """Return the attempt that is on the lane now."""
    if view is None or view.attempt is None or view.attempt.state not in OPEN:
        return None
    return view.attempt


def alarm_of(view: LaneView | None, words: Words) -> tuple[str, str] | None:
    """Return what may hurt somebody on a lane, and what is to be done now; None as a rule."""
    danger = danger_of(view)
    if isinstance(danger, Problem):
        cause, _, next_step = words.lines(danger)
        return cause, next_step
    if danger is not None:
        return words("ui.alarm.unconfirmed"), words("ui.alarm.unconfirmed_next")
    return None


def danger_of(view: LaneView | None) -> Problem | Message | None:
    """Return why somebody may be hurt on a lane; None as a rule."""
    if view is None:
        return None
    attempt = open_attempt(view)
    problems = [attempt.problem if attempt else None, *(device.problem for device in view.devices)]
    for problem in problems:
        if problem is not None and problem.severity is Severity.CRITICAL:
            return problem
    if view.stopped and view.stop_reason is not None and view.stop_reason.code == UNCONFIRMED:
        return view.stop_reason
    return None


def lane_row(name: str, view: LaneView | None, words: Words, *, is_up: bool) -> RowState:
    """Return a lane at a glance."""
    title = words.lane(name)
    if view is None or not is_up:
        return RowState(name, title, words("ui.lane.away_detail"), words("ui.lane.away"), "cloud-off", Tone.OFF)
    attempt = open_attempt(view)
    icon, tone, word, detail = lane_stand(view, attempt, words)
    steps = tuple(item_tone(item) for item in attempt.items) if attempt else ()
    plate = plate_of(attempt.vehicle) if attempt else None
    return RowState(name, title, detail, word, icon, tone, steps=steps, plate=plate)


def lane_stand(view: LaneView, attempt: AttemptView | None, words: Words) -> tuple[str, Tone, str, str]:
    """Return icon, tone and word of how a lane stands, and a sentence more."""
    lost = [device for device in view.devices if device.problem is not None]
    alarm = alarm_of(view, words)
    if alarm is not None:
        return "octagon-x", Tone.BAD, words("ui.lane.alarm"), alarm[0]
    if view.stopped:
        return (
            "octagon-pause",
            Tone.BAD,
            words("ui.lane.stopped"),
            words.message(Message("ui.lane.stopped_by", {"actor": view.stopped_by or ""})),
        )
    if attempt is not None and attempt.state is AttemptState.INTERRUPTED:
        return (
            "circle-pause",
            Tone.CAUTION,
            words("ui.lane.interrupted"),
            words.message(attempt.problem.cause) if attempt.problem else "",
        )
    if lost:
        return "unplug", Tone.BAD, words("ui.device.lost"), words.device_kind(lost[0].device_kind)
    if attempt is None:
        leaving = words("ui.lane.leaving_detail" if view.prompt else "ui.lane.free_detail")
        return "circle-dashed", Tone.NEUTRAL, words("ui.lane.free"), leaving
    running = running_item(attempt, view)
    done = sum(item.state is ItemState.DONE for item in attempt.items)
    word = words("ui.lane.progress", done=done, total=len(attempt.items))
    return (
        "circle-dot",
        Tone.RUNNING,
        word,
        _now(attempt, running, words),
    )


def _now(attempt: AttemptView, running: ItemView | None, words: Words) -> str:
    """Name the item that runs or comes next; after the last one say that all is done."""
    coming = running or next((item for item in attempt.items if item.state is not ItemState.DONE), None)
    return words.item(coming.kind, coming.axle) if coming else words("ui.prompt.all_done")


def running_item(attempt: AttemptView, view: LaneView) -> ItemView | None:
    """Return the item that is being measured."""
    return next((item for item in attempt.items if item.item == view.running_item), None)


def waiting_visits(visits: Iterable[VisitView]) -> list[VisitView]:
    """Return the visits that wait for a lane, in the order that the hall's board tells."""
    return visits_in_turn(visits)


def waiting_rows(visits: list[VisitView], words: Words, now: datetime | None) -> tuple[RowState, ...]:
    """Return the waiting cars as rows."""
    rows = []
    for visit in visits:
        waited = words.minutes(now - visit.opened_at) if now is not None else short_time(visit.opened_at)
        again = words("ui.visit.again") if visit.attempts else ""
        told, late = estimate_text(visit.estimate, words)
        first = words("ui.visit.waited", duration=waited) if told else words.name(visit.vehicle.category)
        detail = " · ".join(part for part in (late, first, again) if part)
        tone = Tone.CAUTION if late else Tone.NEUTRAL
        rows.append(RowState(visit.visit_id, "", detail, told or waited, "", tone, plate=plate_of(visit.vehicle)))
    return tuple(rows)


def estimate_text(estimate: EstimateView | None, words: Words) -> tuple[str, str]:
    """Return when a car is expected to be done as the service told it, and the reason when late; "" for none."""
    if estimate is None:
        return "", ""
    earliest, latest = short_time(estimate.earliest), short_time(estimate.latest)
    if estimate.latest is None:
        told = words("ui.visit.not_before", earliest=earliest)
    else:
        told = words("ui.visit.done_between", earliest=earliest, latest=latest)
    return told, words.message(estimate.late)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the chosen lane is shown: its view, the visit that would be next, the chosen item."""

    view: LaneView
    is_up: bool
    visit: VisitView | None
    item: ItemView | None
    done: VisitView | None = None
    """The visit of the lane's attempt once it is concluded."""
    whole: bool = False
    """Whether the conclusion is chosen, not an item."""
    back: AttemptView | None = None
    """An earlier attempt that is looked at again; the car, the prompt and the instruments stay those of now."""
    live: LiveExhaust | None = None
    """What this window saw of the item's exhaust."""
    interval_ms: int | None = None
    """Between two samples of the item's curve; None while this window has none of it."""


def lane_state(shown: Shown, words: Words) -> LaneState:
    """Return the chosen lane, large: with the car on it, or the last one, or what the next one is in for."""
    view = shown.view
    open_now = open_attempt(view)
    rows, result = _items_and_result(shown, words)
    is_whole = shown.whole and shown.done is not None
    icon, tone, word, _ = lane_stand(view, open_now, words)
    if not shown.is_up:
        icon, tone, word = "cloud-off", Tone.OFF, words("ui.lane.away")
    return LaneState(
        name=words.lane(view.lane),
        car=_car(open_now, shown.visit, words),
        prompt=prompt_state(shown, open_now, words),
        items=rows,
        item=WHOLE if is_whole else shown.item.item if shown.item else "",
        items_title=_items_title(shown, open_now, words),
        result=result,
        curve=curve_state(shown.item, words, shown.interval_ms),
        tiles=tuple(tile_state(device, words, is_up=shown.is_up) for device in view.devices),
        path=path_of(view, words, is_up=shown.is_up),
        stand=(tone, icon, word),
        exhaust=exhaust_state(shown.item, shown.live, words) if not is_whole else None,
    )


def _items_and_result(shown: Shown, words: Words) -> tuple[tuple[RowState, ...], ResultState]:
    attempt, item = shown.back or shown.view.attempt, shown.item
    planned_items = tuple(planned(each) for each in plan_now(shown.visit)) if shown.visit else ()
    rows = item_rows(attempt.items if attempt is not None else planned_items, words)
    if not shown.is_up:
        rows = tuple(_unknown(row, words) if row.tone is Tone.RUNNING else row for row in rows)
    if shown.done is not None:
        rows = (*rows, conclusion_row(shown.done, words))
    if shown.whole and shown.done is not None:
        return rows, conclusion_state(shown.done, words)
    result = result_state(item, words)
    if not shown.is_up and item is not None and item.state is ItemState.RUNNING:
        result = replace(result, empty=words("ui.lane.away_detail"))
    return rows, result


MARKS = {
    Tone.GOOD: Mark.DONE,
    Tone.BAD: Mark.FAILED,
    Tone.RUNNING: Mark.NOW,
    Tone.CAUTION: Mark.HELD,
}


def path_of(view: LaneView, words: Words, *, is_up: bool) -> StagePathState:
    """Return the items of the car on the lane as a path; nothing while there is no car."""
    attempt = open_attempt(view)
    if attempt is None:
        return StagePathState(())
    stages = tuple(
        StageState(item.item, words.item(item.kind, item.axle), MARKS.get(item_tone(item), Mark.TODO))
        for item in attempt.items
    )
    return StagePathState(stages, phase=Phase.READY if is_up else Phase.STALE)


def _unknown(row: RowState, words: Words) -> RowState:
    """Return the row of an item that ran when the lane was last heard of."""
    return replace(row, tone=Tone.OFF, icon="cloud-off", trailing=words("ui.device.unknown"))


def _items_title(shown: Shown, open_now: AttemptView | None, words: Words) -> str:
    attempt, visit = shown.view.attempt, shown.visit
    if shown.back is not None:
        return words("ui.items.earlier", plate=shown.back.vehicle.plate, number=shown.back.number)
    if attempt is None:
        return words("ui.items.next_car", plate=visit.vehicle.plate) if visit else words("ui.items.title")
    if open_now is None:
        return words("ui.items.last_car", plate=attempt.vehicle.plate)
    return words("ui.items.attempt", number=attempt.number)


def _car(attempt: AttemptView | None, chosen: VisitView | None, words: Words) -> CarState:
    if attempt is not None:
        headline = words("ui.car.on_lane")
        return CarState(plate_of(attempt.vehicle), headline, _vehicle_pairs(attempt.vehicle, words))
    if chosen is not None:
        return CarState(plate_of(chosen.vehicle), words("ui.car.next"), _vehicle_pairs(chosen.vehicle, words))
    return CarState(None, words("ui.car.none"), ())


def _vehicle_pairs(vehicle: Vehicle, words: Words) -> tuple[PairState, ...]:
    parking = "+".join(str(axle) for axle in vehicle.parking_axles)
    kind = f"{words.name(vehicle.category)} · {words.name(vehicle.use)}"
    return (
        PairState("", kind),
        PairState(words("ui.car.masses"), f"{vehicle.curb_mass_kg} / {vehicle.total_mass_kg} kg"),
        PairState(words("ui.car.registered"), date_text(vehicle.registered_on)),
        PairState("", words("ui.car.seats", seats=vehicle.seats)),
        PairState(words("ui.car.axles"), words("ui.car.axle_list", axles=vehicle.axles, parking=parking)),
        PairState(words("ui.car.manufactured"), date_text(vehicle.manufactured_on)),
    )


def prompt_state(shown: Shown, attempt: AttemptView | None, words: Words) -> PromptState:
    """Return the large line: what is asked of the driver, or why nothing goes on."""
    view = shown.view
    standing = _standing(shown, attempt, words)
    if standing is not None:
        return standing
    if view.prompt is not None:
        return _asked(view, view.prompt, attempt, words)
    if attempt is None:
        return _idle_prompt(shown.visit, words)
    running = running_item(attempt, view)
    working = words("ui.prompt.working" if running else "ui.prompt.between_detail")
    return PromptState(Tone.RUNNING, "activity", _now(attempt, running, words), working)


def _standing(shown: Shown, attempt: AttemptView | None, words: Words) -> PromptState | None:
    """Return why nothing goes on, the most dangerous first; None while the lane works or is free."""
    view = shown.view
    alarm = alarm_of(view, words)
    if alarm is not None:
        return PromptState(Tone.ALARM, "octagon-x", *alarm)
    if not shown.is_up:
        # what it said last is true no longer
        headline = words("ui.no_lane.away", lane=view.lane)
        return PromptState(Tone.CAUTION, "cloud-off", headline, words("ui.no_lane.away_detail"))
    if view.stopped:
        headline = words("ui.prompt.stopped")
        detail = words("ui.prompt.stopped_detail", reason=words.message(view.stop_reason))
        return PromptState(Tone.BAD, "octagon-pause", headline, detail)
    if attempt is not None and attempt.state is AttemptState.INTERRUPTED:
        detail = words.cause(attempt.problem) if attempt.problem else ""
        return PromptState(Tone.CAUTION, "circle-pause", words("ui.prompt.interrupted"), detail)
    return None


def _asked(view: LaneView, prompt: PromptView, attempt: AttemptView | None, words: Words) -> PromptState:
    """Return what the driver is asked for; an aborted car is asked to leave without an attempt."""
    icon = EXPECT_ICON.get(prompt.expects, "megaphone")
    detail = _now(attempt, running_item(attempt, view), words) if attempt else words("ui.lane.leaving_detail")
    return PromptState(Tone.RUNNING, icon, words.message(prompt.message), detail)


def _idle_prompt(chosen: VisitView | None, words: Words) -> PromptState:
    if chosen is not None:
        headline = words("ui.prompt.ready", plate=chosen.vehicle.plate)
        return PromptState(Tone.NEUTRAL, "car-front", headline, words("ui.prompt.ready_detail"))
    return PromptState(Tone.NEUTRAL, "inbox", words("ui.prompt.free"), words("ui.prompt.free_detail"))


def curve_state(item: ItemView | None, words: Words, interval_ms: int | None = None) -> CurveState:
    """Return which curve is to be drawn, or why there is none."""
    if item is None or item.run_id is None:
        return CurveState("", words("ui.curve.title"), None, is_running=False, empty=words("ui.curve.none"))
    demanded = float(item.demanded_sum_daN) if item.demanded_sum_daN is not None else None
    title = words("ui.curve.of_item", item=words.item(item.kind, item.axle))
    is_running = item.state is ItemState.RUNNING
    if item.kind is ItemKind.AXLE_WEIGHING:
        title, empty = words.item(item.kind, item.axle), words("ui.curve.of_weighing")
        return CurveState(item.run_id, title, None, is_running=is_running, empty=empty)
    if item.kind is ItemKind.TWO_SPEED_IDLE:
        title = words.item(item.kind, item.axle)
        return CurveState(item.run_id, title, None, is_running=is_running, empty=words("ui.exhaust.elsewhere"))
    empty = words("ui.curve.waiting") if is_running else words("ui.curve.not_seen")
    moments = _moments(item, words, interval_ms) if interval_ms is not None else ()
    return CurveState(item.run_id, title, demanded, is_running=is_running, empty=empty, moments=moments)


def _moments(item: ItemView, words: Words, interval_ms: int) -> tuple[MomentState, ...]:
    """Return what the facts tell of a run's course: when the driver was asked, and why it ended when it did."""
    run = item.service_brake or item.parking_brake
    if run is None:
        return ()
    asked = MomentState(run.press_index * interval_ms / 1000, words("ui.curve.asked"))
    if item.effort is None or not item.effort.samples:
        return (asked,)
    return asked, MomentState((item.effort.samples - 1) * interval_ms / 1000, words.name(run.stop_reason))
