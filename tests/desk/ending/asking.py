"""What the tests of this folder ask and tell a desk."""

from __future__ import annotations

from datetime import date

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.facts.insurance import InsuranceFound
from carcheck_desktop.domain.holds import HoldKind, holds
from carcheck_desktop.domain.insurance import Policy, VehicleTax
from carcheck_desktop.domain.views import Stage, VisitView, stage
from tests.desk.conftest import DeskUnderTest
from tests.desk.ending.measuring import WEAK, LaneOfTheTest, seen

VIN = "LSVAM4187C2184847"


def insure(desk: DeskUnderTest, visit_id: str) -> None:
    """Let the insurer know a good policy."""
    policy = Policy("SAMPLE12345678", "示例财险", date(2025, 7, 1), date(2099, 1, 1), VehicleTax.PAID)
    found = InsuranceFound(visit_id, policy, "neutral (simulated)", simulated=True)
    desk.writer.call(lambda uow: record(uow, found, actor="system"))


def held(desk: DeskUnderTest, visit_id: str) -> set[HoldKind]:
    return {hold.kind for hold in holds(seen(desk, visit_id), desk.clock.now())}


def refused(reply: c.Reply) -> str:
    assert not reply.accepted
    assert reply.refusal is not None
    for language in ("zh_CN", "en"):
        words = Catalogue(language)
        assert all("{" not in line and "." not in line.split(" ")[0] for line in words.lines(reply.refusal))
    return reply.refusal.code


def failed(desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, *items: str) -> VisitView:
    lane.measure(visit_id, dict.fromkeys(items, WEAK))
    visit = seen(desk, visit_id)
    assert stage(visit) is Stage.FAILED
    return visit
