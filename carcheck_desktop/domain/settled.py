"""Whether somebody outside still has to say what became of a visit's money or papers; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.payment import GIVING_BACK, OPEN

if TYPE_CHECKING:
    from carcheck_desktop.domain.views import VisitView


def is_unsettled(visit: VisitView) -> bool:
    """Say whether money or a paper of a visit is on its way, also when the visit has ended."""
    is_paying = any(each.state in OPEN | GIVING_BACK for each in visit.payments)
    return is_paying or any(each.is_open for each in visit.papers)
