"""Which moments of a training day deserve a picture, and of which windows; pure functions over what the link tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.custody import Place
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.holds import HoldKind, holds, is_failed
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.payment import open_payment
from carcheck_desktop.domain.signing import signed_report, signing_queue
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import AttemptState, LaneView, Stage, VisitView, stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from carcheck_desktop.domain.arrival import ArrivalView

PRESSED_S = 3.4
"""Station seconds after the prompt when a curve is worth a picture: reaction and most of the ramp."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that deserves a picture now, once by its name; the windows look at the visit that is named."""

    name: str
    windows: tuple[str, ...]
    visit_id: str = ""


def moments_of_lanes(lanes: Iterable[LaneView], at_s: float) -> Iterator[Moment]:
    """Return what happens on the lanes at a moment of the station's clock."""
    for lane in lanes:
        running = _running_kind(lane)
        if running is ItemKind.AXLE_WEIGHING:
            yield Moment("weighing", ("control",))
        elif running is ItemKind.TWO_SPEED_IDLE:
            if lane.prompt is not None and at_s >= lane.prompt.due_s + PRESSED_S:
                yield Moment(f"exhaust-{lane.prompt.expects.replace('_', '-')}", ("control",))
        elif running is not None and _is_pressed(lane, at_s):
            yield Moment("parking" if running is ItemKind.PARKING_BRAKE else "braking", ("control", "hall"))
        if any(device.problem for device in lane.devices):
            yield Moment("device-lost", ("control",))
        results = () if lane.attempt is None else lane.attempt.items
        if lane.attempt is not None and lane.attempt.state is AttemptState.INTERRUPTED:
            yield Moment("interrupted", ("control", "hall"))
        if any(item.item == "B1" and item.cards for item in results):
            yield Moment("verdict", ("control",))


def _is_pressed(lane: LaneView, at_s: float) -> bool:
    prompt = lane.prompt
    return prompt is not None and prompt.expects in ("pedal", "parking_lever") and at_s >= prompt.due_s + PRESSED_S


def moments_of_visits(
    visits: tuple[VisitView, ...], arrivals: Iterable[ArrivalView], now: datetime
) -> Iterator[Moment]:
    """Return what happens between gate and pickup."""
    for arrival in arrivals:
        if arrival.is_open and arrival.custody.key.place is not Place.OWNER:
            yield Moment("at-the-gate", ("keys", "hall"), arrival.visit_id)
    if any(stage(visit) is Stage.WAITING for visit in visits):
        yield Moment("waiting", ("control", "hall", "counter"))
    for visit in signing_queue(visits):
        yield Moment("to-sign-failed" if is_failed(visit) else "to-sign", ("signing",), visit.visit_id)
    for visit in visits:
        if visit.ended_at is None:
            yield from _of_visit(visit, now)


def _of_visit(visit: VisitView, now: datetime) -> Iterator[Moment]:
    visit_id = visit.visit_id
    if open_payment(visit) is not None:
        yield Moment("money-on-its-way", ("counter",), visit_id)
    if visit.custody.key.place is Place.PERSON and stage(visit) is Stage.IN_LANE:
        yield Moment("key-with-driver", ("keys",), visit_id)
    if any(paper.kind is DocumentKind.REPORT and paper.state is PaperState.IN_DOUBT for paper in visit.papers):
        yield Moment("paper-in-doubt", ("pickup",), visit_id)
    if any(paper.kind is DocumentKind.REPORT and paper.problem is not None for paper in visit.papers):
        yield Moment("paper-out", ("pickup",), visit_id)
    if visit.calls:
        yield Moment("called-failed" if is_failed(visit) else "called", ("pickup", "hall", "keys"), visit_id)
    report = signed_report(visit)
    waits = {hold.kind for hold in holds(visit, now)} if report is not None else set()
    if report is not None and HoldKind.INSURANCE in waits:
        yield Moment("held-by-insurance", ("pickup", "counter", "hall"), visit_id)
    if report is not None and is_failed(visit) and _has_failed_page(visit):
        yield Moment("failed", ("pickup", "control"), visit_id)
    if visit.recheck is not None and stage(visit) is Stage.WAITING:
        yield Moment("recheck", ("counter", "hall"), visit_id)


def _has_failed_page(visit: VisitView) -> bool:
    out = [paper for paper in visit.papers if paper.state is PaperState.PRINTED]
    return any(paper.kind is DocumentKind.FAILED_ITEMS for paper in out)


def _running_kind(lane: LaneView) -> ItemKind | None:
    items = () if lane.attempt is None else lane.attempt.items
    return next((item.kind for item in items if item.item == lane.running_item), None)
