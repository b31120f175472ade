"""A failed car comes again (复检): what would be done and cost is asked by the old ticket, then opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.errors import DataError, RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.desk.counter.prices import charged
from carcheck_desktop.desk.ending.requiring import require_nobody_else, visit_of
from carcheck_desktop.desk.ending.rules import rules
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.ending import RecheckOffer
from carcheck_desktop.domain.facts.ending import RecheckOpened
from carcheck_desktop.domain.holds import is_failed
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.ticket import scanned_secret
from carcheck_desktop.domain.views import stage
from carcheck_desktop.standards.recheck import recheck_plan

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doing
    from carcheck_desktop.domain import commands as c
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView


def ask_recheck(uow: UnitOfWork, command: c.AskRecheck, doing: Doing) -> dict[str, Any]:
    """Return what a recheck of this ticket's visit would repeat and cost, or why there can be none; records nothing."""
    visit = _scanned(uow, command.wanted)
    try:
        offer = _offered(uow, visit, doing)
    except (RefusedError, DataError) as error:
        offer = RecheckOffer(visit.visit_id, visit.vehicle.plate, problem=error.problem)
    return {"offer": to_plain(offer), "visit": to_plain(visit)}


def open_recheck(uow: UnitOfWork, command: c.OpenRecheck, doing: Doing) -> dict[str, Any]:
    """Open a failed visit once more for its failed items; a passed, withdrawn or too old one is refused with the reason."""
    visit = visit_of(uow, command.visit_id)
    offer = _offered(uow, visit, doing)
    attempts = max((each.number for each in visit.attempts), default=0)
    safety = doing.tables.safety
    fact = RecheckOpened(
        visit.visit_id, offer.number, visit.vehicle, visit.inspection, offer.items, visit.plan, safety.edition,
        safety.table_hash, doing.tables.hashes, offer.charge, attempts, offer.until, visit.channel, visit.origins,
    )  # fmt: skip
    record(uow, fact, actor=doing.actor)
    items = [item.item for item in offer.items]
    return {"number": offer.number, "items": items, "total_fen": total_fen(offer.charge)}


def _offered(uow: UnitOfWork, visit: VisitView, doing: Doing) -> RecheckOffer:
    """Return what a recheck would be; raises `RefusedError` or `DataError` when there can be none."""
    plate, concluded_at = visit.vehicle.plate, visit.concluded_at
    if visit.withdrawal is not None or concluded_at is None or not is_failed(visit):
        raise RefusedError("desk.recheck.not_failed", plate=plate, stage=word(stage(visit)).code)
    today, last_day = inspection_date(doing.now), rules().until(inspection_date(concluded_at))
    if today > last_day:
        raise RefusedError("desk.recheck.too_late", plate=plate, last_day=last_day, days=rules().within_days)
    number = visit.recheck.number + 1 if visit.recheck is not None else 1
    if number > rules().most_rechecks:
        raise RefusedError("desk.recheck.too_often", plate=plate, most=rules().most_rechecks)
    require_nobody_else(uow, visit, visit.vehicle, doing.now)
    again = recheck_plan(visit.plan, visit.conclusion_cards)
    if not again.items:
        raise RefusedError("desk.recheck.nothing", plate=plate)
    doing.tables.safety.require_in_force(today)
    lines, _ = charged(uow.journal, visit.vehicle, visit.inspection, today, recheck=True)
    return RecheckOffer(visit.visit_id, plate, number, again.items, lines, last_day, again.confidence)


def _scanned(uow: UnitOfWork, wanted: str) -> VisitView:
    """Return the visit of a scanned ticket, of an id, or the newest of a plate."""
    secret = scanned_secret(wanted)
    ticket = uow.tickets.find(secret) if secret is not None else None
    found = uow.visits.get(ticket.visit_id) if ticket is not None else uow.visits.find(wanted.strip())
    if found is None:
        raise RefusedError("desk.recheck.unknown", length=len(wanted))
    return found
