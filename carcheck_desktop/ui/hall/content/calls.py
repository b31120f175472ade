"""Who is called where: the calls that nobody answered yet, the newest first; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.board import masked_plate
from carcheck_desktop.domain.calls import MOST_CALLS, CallTo, is_fresh
from carcheck_desktop.ui.hall.state import CallRow, CallsState
from carcheck_desktop.ui.widgets.basics.states import PlateState

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.board import BoardRules
    from carcheck_desktop.domain.calls import CallView
    from carcheck_desktop.domain.vehicle import PlateKind
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

    Called = tuple[CallView, str, str, PlateKind]


def calls_state(station: Station, rules: BoardRules, now: datetime | None, words: Words) -> CallsState | None:
    """Return the calls to show, None without any; of more than fit at once the newest are shown."""
    found = sorted(_called(station), key=lambda each: (each[0].called_at, each[0].call_id), reverse=True)
    if not found:
        return None
    rows = [_row(each, rules, now, words) for each in found[:MOST_CALLS]]
    return CallsState(words("ui.hall.calls.title"), tuple(rows), len(found) - len(rows))


def sounded(station: Station, now: datetime | None) -> frozenset[tuple[str, int]]:
    """Return which calls are to be heard, each with how often it was given; those that stand for long are not heard again."""
    if now is None:
        return frozenset()
    return frozenset((call.call_id, call.times) for call, *_ in _called(station) if is_fresh(call, now))


def _called(station: Station) -> list[Called]:
    found: list[Called] = []
    for visit in station.visits.values():
        number = visit.ticket.number if visit.ticket is not None else ""
        if visit.ended_at is None:
            found.extend((call, number, visit.vehicle.plate, visit.vehicle.plate_kind) for call in visit.calls)
    for car in station.arrivals.values():
        number = car.ticket.number if car.ticket is not None else ""
        found.extend((call, number, car.plate, car.plate_kind) for call in car.calls)
    return found


def _row(called: Called, rules: BoardRules, now: datetime | None, words: Words) -> CallRow:
    call, number, plate, kind = called
    to = "ui.hall.calls.pickup" if call.to is CallTo.PICKUP else "ui.hall.calls.window"
    return CallRow(
        call_id=call.call_id,
        ticket=number,
        plate=PlateState(masked_plate(plate, rules.mask), kind.value),
        where=words(f"{to}_named", place=call.place) if call.place else words(to),
        is_fresh=now is not None and is_fresh(call, now),
    )
