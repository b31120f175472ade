"""The folds of arrival, ticket, custody and calls, for a visit and for a car that is not taken in yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.calls import CallView
from carcheck_desktop.domain.custody import NO_CUSTODY, Handover, handed
from carcheck_desktop.domain.facts import (
    ArrivalDropped,
    ArrivalNoted,
    ArrivalTakenIn,
    CallEnded,
    HandedOver,
    OwnerCalled,
    TicketIssued,
    VisitOpened,
)
from carcheck_desktop.domain.ticket import TicketView

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.views import VisitView

    AnyCar = TypeVar("AnyCar", VisitView, ArrivalView)


def fold_custody(view: VisitView, entry: Entry) -> VisitView:
    """Return the visit after one more entry about its ticket, its key and licence, or its calls."""
    fact = entry.fact()
    if isinstance(fact, ArrivalTakenIn):
        custody = NO_CUSTODY
        for each in fact.chain:
            custody = handed(custody, each, fact.tag)
        ticket = TicketView(fact.number, fact.digest, fact.issued_at)
        return replace(view, arrived_at=fact.arrived_at, ticket=ticket, custody=custody)
    return _moved(view, entry)


def fold_arrival(view: ArrivalView | None, entry: Entry) -> ArrivalView | None:
    """Return the arrival after one more entry; None while the car is not noted. Taken in or gone it is not open."""
    fact = entry.fact()
    if isinstance(fact, ArrivalNoted):
        return view or ArrivalView(
            fact.visit_id, fact.plate, fact.plate_kind, fact.channel, fact.booking_id, entry.at, entry.actor
        )
    if view is None or not view.is_open or getattr(fact, "visit_id", None) != view.visit_id:
        return view
    if isinstance(fact, VisitOpened | ArrivalDropped):
        return replace(view, is_open=False, calls=())
    return _moved(view, entry)


def fold_arrivals(views: dict[str, ArrivalView], entry: Entry) -> dict[str, ArrivalView]:
    """Return the open arrivals after one more entry, by their visit's id; the same dictionary when nothing changed."""
    before = views.get(entry.subject)
    after = fold_arrival(before, entry)
    if after is before or after is None:
        return views
    others = {key: view for key, view in views.items() if key != after.visit_id}
    return {**others, after.visit_id: after} if after.is_open else others


def _moved(view: AnyCar, entry: Entry) -> AnyCar:
    fact = entry.fact()
    if isinstance(fact, TicketIssued):
        return replace(view, ticket=TicketView(fact.number, fact.digest, entry.at))
    if isinstance(fact, HandedOver):
        link = Handover(entry.at, fact.things, fact.from_, fact.to, entry.actor, fact.reason)
        return replace(view, custody=handed(view.custody, link, fact.tag))
    if isinstance(fact, OwnerCalled | CallEnded):
        return replace(view, calls=_called(view.calls, fact, entry))
    return view


def _called(calls: tuple[CallView, ...], fact: OwnerCalled | CallEnded, entry: Entry) -> tuple[CallView, ...]:
    known = next((each for each in calls if each.call_id == fact.call_id), None)
    others = tuple(each for each in calls if each.call_id != fact.call_id)
    if isinstance(fact, CallEnded):
        return others
    if known is not None:
        return (*others, replace(known, called_at=entry.at, by=entry.actor, times=known.times + 1))
    return (*others, CallView(fact.call_id, fact.to, fact.place, entry.at, entry.at, entry.actor))
