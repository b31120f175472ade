"""The visits at pickup, ready ones first, and what somebody looks for among them; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.domain.calls import CallTo
from carcheck_desktop.domain.holds import AT_PICKUP, HoldKind, holds, is_failed
from carcheck_desktop.domain.ticket import scanned_secret, secret_digest, typed_number
from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.pickup.state import SideState
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import RowState
from carcheck_desktop.ui.widgets.forms.reading.plates import clean_plate
from carcheck_desktop.ui.widgets.forms.states import SearchState
from carcheck_desktop.ui.widgets.notices.states import PlaceKind, PlaceState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from carcheck_desktop.domain.calls import CallView
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.pickup.presenter import PickupPresenter


class Standing(StrEnum):
    """How a visit stands for who fetches its papers, the nearest to its end first."""

    READY = "ready"
    """Everything that is left is done here: print, call, hand back, close."""
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    WORKING = "working"
    """The station is still at it: on the lane, or not signed yet."""
    HELD = "held"
    """Somebody outside has to do something first."""
    ENDED = "ended"


TONES: dict[Standing, tuple[Tone, str]] = {
    Standing.READY: (Tone.GOOD, "circle-check"),
    Standing.FAILED: (Tone.BAD, "circle-x"),
    Standing.WITHDRAWN: (Tone.NEUTRAL, "rotate-ccw"),
    Standing.WORKING: (Tone.RUNNING, "circle-dot"),
    Standing.HELD: (Tone.CAUTION, "lock"),
    Standing.ENDED: (Tone.OFF, "check"),
}
ORDER = tuple(Standing)
DONE_HERE = AT_PICKUP | {HoldKind.NOT_PRINTED, HoldKind.PRINT_DOUBT}
"""Holds that this very desk settles."""
STATIONS = {HoldKind.UNSIGNED, HoldKind.NOT_CONCLUDED, HoldKind.IN_LANE}
"""Holds that the station settles without the owner."""


def standing(visit: VisitView, now: datetime) -> Standing:
    """Return how a visit stands for who fetches its papers."""
    if visit.ended_at is not None:
        return Standing.ENDED
    if visit.withdrawal is not None:
        return Standing.WITHDRAWN
    kinds = {hold.kind for hold in holds(visit, now)} - DONE_HERE - {HoldKind.FAILED}
    if kinds <= STATIONS and kinds:
        return Standing.WORKING
    if kinds:
        return Standing.HELD
    return Standing.FAILED if is_failed(visit) else Standing.READY


def at_pickup(visits: Iterable[VisitView], now: datetime) -> list[VisitView]:
    """Return the visits that end at pickup and have not ended; of the same standing the one that waits longest first."""
    ending = [each for each in visits if each.ended_at is None and (each.conclusion or each.withdrawal)]
    return sorted(ending, key=lambda each: (ORDER.index(standing(each, now)), each.concluded_at or each.changed_at))


def found(visits: Iterable[VisitView], typed: str) -> list[VisitView]:
    """Return what somebody looks for: by the ticket's code, its number, or a part of the plate; the newest first.

    What has not ended goes before what has.
    """
    secret, number = scanned_secret(typed), typed_number(typed)
    if secret is not None:
        digest = secret_digest(secret)
        hits = [each for each in visits if each.ticket is not None and each.ticket.digest == digest]
    elif number is not None:
        hits = [each for each in visits if each.ticket is not None and each.ticket.number == number]
    else:
        plate = clean_plate(typed)
        hits = [each for each in visits if plate and plate in each.vehicle.plate]
    newest = sorted(hits, key=lambda each: each.opened_at, reverse=True)
    return sorted(newest, key=lambda each: each.ended_at is not None)


def side_state(presenter: PickupPresenter) -> SideState:
    """Return the list of visits."""
    words, visits = presenter.words, presenter.listed()
    is_in = presenter.station.session is not None
    hits = words("ui.pickup.side.found", count=len(visits)) if presenter.searched and is_in else ""
    ready = sum(standing(each, presenter.now) is Standing.READY for each in visits)
    title = words("ui.pickup.side.count", ready=ready, count=len(visits)) if visits else words("ui.pickup.side.title")
    current = presenter.current()
    return SideState(
        title=title,
        search=SearchState(hits, enabled=is_in),
        rows=tuple(_row(each, presenter) for each in visits),
        chosen=current.visit_id if current is not None else "",
        place=None if visits else empty(presenter),
    )


def empty(presenter: PickupPresenter) -> PlaceState:
    """Return why no visit is listed."""
    words = presenter.words
    if presenter.station.session is None:
        return PlaceState(PlaceKind.EMPTY, words("ui.pickup.side.nobody"), icon="lock")
    if not presenter.station.service.has_snapshot:
        return PlaceState(PlaceKind.LOADING, words("ui.pickup.side.loading"))
    if presenter.searched:
        return PlaceState(
            PlaceKind.EMPTY, words("ui.pickup.side.none_found"), words("ui.pickup.side.none_found_detail"), "search"
        )  # fmt: skip
    return PlaceState(PlaceKind.EMPTY, words("ui.pickup.side.none"), words("ui.pickup.side.none_detail"))


def _row(visit: VisitView, presenter: PickupPresenter) -> RowState:
    words, now = presenter.words, presenter.now
    stands = standing(visit, now)
    tone, icon = TONES[stands]
    is_waiting = stands in (Standing.HELD, Standing.WORKING)
    first = next((each for each in holds(visit, now) if each.kind not in DONE_HERE), None) if is_waiting else None
    detail = words.name(first.kind) if first is not None else _since(visit, presenter)
    if stands is Standing.FAILED:
        detail = presenter.words("ui.pickup.side.recheck")
    ticket = visit.ticket.number if visit.ticket is not None else ""
    detail = " · ".join(part for part in (ticket, detail) if part)
    plate = PlateState(visit.vehicle.plate, visit.vehicle.plate_kind.value)
    return RowState(visit.visit_id, "", detail, words(f"ui.pickup.standing.{stands.value}"), icon, tone, plate=plate)


def _since(visit: VisitView, presenter: PickupPresenter) -> str:
    call = pickup_call(visit)
    if call is not None:
        return presenter.words("ui.pickup.side.called", at=short_time(call.called_at))
    at = visit.concluded_at or visit.changed_at
    return presenter.words("ui.pickup.side.waits", waited=presenter.words.minutes(presenter.now - at))


def pickup_call(visit: VisitView) -> CallView | None:
    """Return the call to pickup that nobody answered yet."""
    return next((each for each in visit.calls if each.to is CallTo.PICKUP), None)
