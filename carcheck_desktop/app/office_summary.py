"""What `summary.json` says of a visit beside the lane: ticket, money, insurance, keys, papers, signatures, holds, times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.holds import holds
from carcheck_desktop.domain.payment import paid_fen
from carcheck_desktop.domain.prices import total_fen

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.ports import VisitRecord
    from carcheck_desktop.domain.views import VisitView


def office_summary(record: VisitRecord) -> dict[str, Any]:
    """Return everything that happened to a visit between gate and pickup."""
    visit = record.visit
    return {
        "ticket": visit.ticket.number if visit.ticket is not None else None,
        "channel": visit.channel.value,
        "booking_id": visit.booking_id,
        "charge_fen": total_fen(visit.charge),
        "paid_fen": paid_fen(visit),
        "payments": to_plain(visit.payments),
        "insurance": to_plain(visit.insurance),
        "custody": to_plain(visit.custody),
        "papers": [{**to_plain(paper), "ledger": _ledger(record, paper.paper_id)} for paper in visit.papers],
        "signing": to_plain(visit.signing),
        "recheck": to_plain(visit.recheck),
        "withdrawal": to_plain(visit.withdrawal),
        "holds": holds_over_time(record),
        "timings": _timings(visit),
    }


def holds_over_time(record: VisitRecord) -> list[dict[str, Any]]:
    """Return what held the visit after each entry that changed it: `at` and the kinds of the holds."""
    view: VisitView | None = None
    found: list[dict[str, Any]] = []
    last: list[str] | None = None
    for entry in record.entries:
        view = fold_visit(view, entry)
        kinds = [hold.kind.value for hold in holds(view, entry.at)] if view is not None else None
        if kinds is not None and kinds != last:
            found.append({"at": to_plain(entry.at), "holds": kinds})
            last = kinds
    return found


def _ledger(record: VisitRecord, paper_id: str) -> list[dict[str, Any]]:
    """Return what was written down of one paper, in order."""
    mine = [each for each in record.entries if getattr(each.fact(), "paper_id", None) == paper_id]
    return [{"at": to_plain(each.at), "what": each.kind, "by": each.actor} for each in mine]


def _timings(visit: VisitView) -> dict[str, Any]:
    """Return the moments of a visit, and how long it took in station seconds from the gate to its end."""
    began = visit.arrived_at or visit.opened_at
    return {
        "arrived_at": to_plain(visit.arrived_at),
        "opened_at": to_plain(visit.opened_at),
        "concluded_at": to_plain(visit.concluded_at),
        "ended_at": to_plain(visit.ended_at),
        "whole_s": _seconds(began, visit.ended_at),
        "on_lanes_s": [_seconds(each.started_at, each.ended_at) for each in visit.attempts],
    }


def _seconds(begun: datetime, ended: datetime | None) -> float | None:
    return None if ended is None else round((ended - begun).total_seconds(), 1)
