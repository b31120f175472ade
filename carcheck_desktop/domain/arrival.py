"""A car that came and is not taken in yet: at the gate, or with its key handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from carcheck_desktop.domain.calls import CallView
from carcheck_desktop.domain.custody import NO_CUSTODY, CustodyView
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.ticket import TicketView
from carcheck_desktop.domain.vehicle import PlateKind


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """A car that came; the visit that takes it in gets this very `visit_id`. `noted_by` met it."""

    visit_id: str
    plate: str
    plate_kind: PlateKind
    channel: Channel
    booking_id: str | None
    arrived_at: datetime
    noted_by: str
    is_open: bool = True
    ticket: TicketView | None = None
    custody: CustodyView = NO_CUSTODY
    calls: tuple[CallView, ...] = ()
