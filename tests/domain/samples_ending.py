"""One sample of every fact of insurance, holds and how a visit ends."""

from __future__ import annotations

from datetime import date

from carcheck_desktop.base.messages import Message, Problem, Severity
from carcheck_desktop.domain.ending import CorrectedField, ManualKind, WithdrawReason
from carcheck_desktop.domain.facts import Fact
from carcheck_desktop.domain.facts import ending as e
from carcheck_desktop.domain.facts import insurance as i
from carcheck_desktop.domain.insurance import Policy, VehicleTax
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.domain.verdicts import ItemKind, PlannedItem, Purpose, UnmetDemand

CAR = Vehicle(
    "渝A12345", PlateKind.SMALL_CAR, VehicleCategory.SMALL_PASSENGER, Use.PRIVATE,
    1400, 1800, 5, 2, (2,), date(2014, 6, 1), date(2014, 3, 1),
)  # fmt: skip
POLICY = Policy("PDZA202550010000123456", "示例财产保险", date(2025, 7, 1), date(2026, 6, 30), VehicleTax.PAID)
ONCE_MORE = (PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, Message("standards.recheck.failed", {"item": "B1"})),)
FIRST = (PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, Message("standards.plan.service_brake", {"axle": 1})),)
TABLES = {"GB 38900-2020": "ab" * 32}
FEE = (ChargeLine("recheck", "复检费", "Recheck", 4000, 2),)

ENDING_SAMPLES: tuple[Fact, ...] = (
    i.InsuranceHinted("visit-1", date(2026, 6, 30)),
    i.InsuranceFound("visit-1", POLICY, "neutral (simulated)", simulated=True),
    i.InsuranceMissing("visit-1", "neutral (simulated)", simulated=True),
    i.InsuranceUnanswered("visit-1", "neutral", Problem("gateways.refused", {"host": "a:1"}, Severity.WARNING)),
    i.InsuranceDeclared("visit-1", POLICY),
    e.HoldPlaced(
        "visit-1", "hold-1", ManualKind.FINDING, "", Message("holds.finding.other_vehicle", {"lane": "1", "number": 1})
    ),
    e.HoldLifted("visit-1", "hold-1", "已处理，查询无违法", "zhou"),
    e.VisitClosed("visit-1"),
    e.VisitWithdrawn("visit-1", WithdrawReason.OWNER, "要赶飞机", FEE),
    e.VisitCorrected(
        "visit-1", CAR, FIRST, "GB 38900-2020", "ab" * 32, TABLES,
        (UnmetDemand(Purpose.EMISSION, Problem("standards.emission.no_method", {}, Severity.WARNING)),),
        {"seats": ValueOrigin.TYPED}, FEE, (CorrectedField("seats", "7", "5"),),
    ),
    e.RecheckOpened(
        "visit-1", 1, CAR, InspectionKind.IN_USE, ONCE_MORE, FIRST, "GB 38900-2020", "ab" * 32, TABLES, FEE, 2,
        date(2026, 1, 25), Channel.APP, {"seats": ValueOrigin.TYPED},
    ),
)  # fmt: skip
