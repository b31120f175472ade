"""What must be so before a lane does what it is told; pure, each says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.facts import DeviceAttached, DeviceLost
from carcheck_desktop.domain.payment import due_fen, is_paid
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import AttemptState, AttemptView, ItemState, is_over, plan_now, stage
from carcheck_desktop.lanes.records.ending import OPEN

if TYPE_CHECKING:
    from collections.abc import Collection

    from carcheck_desktop.domain.views import LaneView, VisitView
    from carcheck_desktop.lanes.parts import LaneParts


def require_movable(view: LaneView, instruments: Collection[str]) -> None:
    """Refuse while the lane is stopped or one of its instruments is known not to answer."""
    if view.stopped:
        raise RefusedError("lanes.door.stopped", lane=view.lane, actor=view.stopped_by or "-")
    for device in view.devices:
        if device.device in instruments and device.problem is not None:
            raise RefusedError("lanes.door.device_lost", lane=view.lane, device=device.device, port=device.port)


def require_same_tables(lane: str, parts: LaneParts) -> None:
    """Refuse while the service plans and concludes with other tables than this lane judges with."""
    ours, theirs = frozenset(parts.judge.hashes.values()), frozenset(parts.visits.tables.values())
    if theirs and not ours <= theirs:  # the service may know editions that no lane judges by
        shown = [" ".join(sorted(each[:12] for each in some)) or "-" for some in (ours - theirs, theirs - ours)]
        raise RefusedError("lanes.door.other_tables", lane=lane, ours=shown[0], theirs=shown[1])


def require_equipped(lane: str, parts: LaneParts, visit: VisitView) -> None:
    """Refuse a visit whose exhaust is asked for on a lane that has no analyser; nothing is left out silently."""
    for item in plan_now(visit):
        if item.kind is ItemKind.TWO_SPEED_IDLE and parts.gas is None:
            raise RefusedError("lanes.door.no_analyser", lane=lane, plate=visit.vehicle.plate, item=item.item)


def require_paid(lane: str, parts: LaneParts, visit: VisitView) -> None:
    """Refuse a visit with something still to be paid where the station takes the money first."""
    if not parts.visits.pay_later and not is_paid(visit):
        number = visit.ticket.number if visit.ticket is not None else "-"
        due = {"plate": visit.vehicle.plate, "ticket": number, "due": yuan(due_fen(visit))}
        raise RefusedError("lanes.door.unpaid", lane=lane, **due)


def require_empty(view: LaneView) -> None:
    """Refuse while another attempt is open on the lane."""
    attempt = view.attempt
    if attempt is not None and attempt.state in OPEN:
        raise RefusedError("lanes.door.lane_busy", lane=view.lane, plate=attempt.vehicle.plate)


def require_to_do(view: LaneView, visit: VisitView) -> None:
    """Refuse a visit of which nothing is to be measured: given up, closed, or concluded without a recheck."""
    if is_over(visit):
        seen = {"lane": view.lane, "plate": visit.vehicle.plate, "stage": word(stage(visit)).code}
        raise RefusedError("lanes.door.nothing_to_do", **seen)


def require_nowhere_else(view: LaneView, visit: VisitView) -> None:
    """Refuse a visit whose attempt is open on another lane."""
    for attempt in visit.attempts:
        if attempt.state in OPEN and attempt.lane != view.lane:
            plate = visit.vehicle.plate
            raise RefusedError("lanes.door.in_other_lane", lane=view.lane, plate=plate, other=attempt.lane)


def require_attempt(view: LaneView, attempt_id: str) -> AttemptView:
    """Return the open attempt with this id; refuse when it is not the lane's."""
    attempt = view.attempt
    if attempt is None or attempt.attempt_id != attempt_id or attempt.state not in OPEN:
        raise RefusedError("lanes.door.no_such_attempt", lane=view.lane, attempt=attempt_id)
    return attempt


def require_interrupted(view: LaneView, attempt_id: str) -> AttemptView:
    """Return the attempt; refuse when it is not interrupted."""
    attempt = require_attempt(view, attempt_id)
    if attempt.state is not AttemptState.INTERRUPTED:
        raise RefusedError("lanes.door.not_interrupted", lane=view.lane, plate=attempt.vehicle.plate)
    return attempt


def require_repeatable(view: LaneView, attempt_id: str, item: str) -> None:
    """Refuse to repeat what was not done, or in an attempt that does not run."""
    attempt = require_attempt(view, attempt_id)
    if attempt.state is not AttemptState.RUNNING:
        raise RefusedError("lanes.door.not_running", lane=view.lane, plate=attempt.vehicle.plate)
    if not any(each.item == item and each.state is ItemState.DONE for each in attempt.items):
        raise RefusedError("lanes.door.nothing_to_repeat", lane=view.lane, item=item)


def is_news(view: LaneView, fact: DeviceAttached | DeviceLost) -> bool:
    """Say whether a device is otherwise than the view has it."""
    known = next((each for each in view.devices if each.device == fact.device), None)
    if known is None:
        return True
    if isinstance(fact, DeviceLost):
        return known.problem is None or known.problem.code != fact.diagnosis.code
    return known.problem is not None or known.identity != fact.identity
