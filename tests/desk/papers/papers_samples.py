"""One visit with everything on it, and every paper of it in a language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording
from carcheck_desktop.desk.papers.pages.failed_page import FailedData, failed_page
from carcheck_desktop.desk.papers.pages.key_label import KeyLabelData, key_label
from carcheck_desktop.desk.papers.pages.print_test import print_test
from carcheck_desktop.desk.papers.pages.receipt import ReceiptData, receipt
from carcheck_desktop.desk.papers.pages.report import ReportData, report
from carcheck_desktop.desk.papers.pages.ticket import queue_ticket, ticket_data
from carcheck_desktop.domain.documents import Document
from carcheck_desktop.domain.measurements import AxleWeighing, InstrumentUsed
from carcheck_desktop.domain.payment import PaymentMethod, PaymentState, PaymentView, RefundView
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.ticket import TicketView
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import (
    Comparison,
    Confidence,
    ItemKind,
    Outcome,
    PlannedItem,
    Purpose,
    Quantity,
    UnmetDemand,
    VerdictCard,
)
from carcheck_desktop.domain.views import AttemptState, AttemptView, EstimateView, ItemState, ItemView, VisitView
from tests.domain.samples import FULL_VEHICLE

T = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
HASH = "ab" * 32
URL = "https://jc.example.cn/t/Zk3vQ0pX9sTfLw2RbYc7dA"
SECRET_DIGEST = "cd" * 32
REASON = Message("standards.plan.weighing", {"axle": 1})
SCALE = InstrumentUsed("scale", "toledo_continuous", "1", "COM1")
BENCH = InstrumentUsed("bench", "carcheck_roller_brake", "1", "COM3")
ANALYSER = InstrumentUsed("gas", "nanhua_nha50x", "1", "COM5")
HEAD = Letterhead(
    "示范机动车检验站", "5001009", "0.1.0", simulated=False, address="重庆市示范区检测路1号", telephone="023-12345678"
)
TRAINING = replace(HEAD, simulated=True)
LINES = (
    ChargeLine("safety", "安全技术检验费", "Safety inspection", 10000, 3),
    ChargeLine("emission", "排放检验费（双怠速）", "Emission inspection (two-speed idle)", 8000, 3),
)
PLAN = (
    PlannedItem("W1", ItemKind.AXLE_WEIGHING, 1, REASON),
    PlannedItem("W2", ItemKind.AXLE_WEIGHING, 2, REASON),
    PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, REASON),
    PlannedItem("B2", ItemKind.SERVICE_BRAKE, 2, REASON),
    PlannedItem("B0", ItemKind.PARKING_BRAKE, 2, REASON),
    PlannedItem("DB", ItemKind.TWO_SPEED_IDLE, 0, REASON, (Purpose.EMISSION,)),
)
BY_ITEM = {"W1": (SCALE,), "W2": (SCALE,), "B1": (BENCH,), "B2": (BENCH,), "B0": (BENCH,), "DB": (ANALYSER,)}


def card(item: str, quantity: Quantity, value: str, limit: str, unit: str = "%", **more: object) -> VerdictCard:
    at_least = quantity in (
        Quantity.AXLE_BRAKE_RATE, Quantity.WHOLE_VEHICLE_BRAKE_RATE, Quantity.PARKING_BRAKE_RATE
    )  # fmt: skip
    margin = Decimal(value) - Decimal(limit) if at_least else Decimal(limit) - Decimal(value)
    made = VerdictCard(
        item, quantity, f"{quantity}.rule", "GB 38900-2020", HASH, Decimal(limit),
        Comparison.AT_LEAST if at_least else Comparison.AT_MOST, Decimal(value), Decimal(value), unit, margin,
        Outcome.PASS if margin >= 0 else Outcome.FAIL, "GB 7258-2017 7.11.1.1", Confidence.SOURCED, {},
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


FORCES = {"left_max_daN": "272", "right_max_daN": "265"}
PASSING = (
    card("B1", Quantity.AXLE_BRAKE_RATE, "66.0", "60", inputs=FORCES),
    card("B1", Quantity.IMBALANCE, "12.4", "24"),
    card("B2", Quantity.AXLE_BRAKE_RATE, "58.2", "20", inputs={"left_max_daN": "181", "right_max_daN": "174"}),
    card("B2", Quantity.IMBALANCE, "9.8", "30"),
    card("B0", Quantity.PARKING_BRAKE_RATE, "24.1", "20"),
    card("DB", Quantity.HIGH_IDLE_CO, "0.12", "0.3"),
    card("DB", Quantity.HIGH_IDLE_HC, "38", "50", "ppm"),
    card("DB", Quantity.HIGH_IDLE_LAMBDA, "1.02", "1.05", "", inputs={"low": "0.95", "high": "1.05"},
         confidence=Confidence.SINGLE_SOURCE),
    card("DB", Quantity.IDLE_CO, "0.21", "0.6"),
    card("DB", Quantity.IDLE_HC, "61", "80", "ppm"),
    card("whole", Quantity.WHOLE_VEHICLE_BRAKE_RATE, "62.7", "60"),
)  # fmt: skip
FAILING = (
    card("B1", Quantity.AXLE_BRAKE_RATE, "52.3", "60", inputs=FORCES),
    card("B1", Quantity.IMBALANCE, "31.7", "24"),
    *PASSING[2:5],
    card("DB", Quantity.HIGH_IDLE_CO, "0.82", "0.3"),
    *PASSING[6:10],
    card("whole", Quantity.WHOLE_VEHICLE_BRAKE_RATE, "58.9", "60"),
)


def items(cards: tuple[VerdictCard, ...]) -> tuple[ItemView, ...]:
    made = []
    for planned in PLAN:
        own = tuple(each for each in cards if each.item == planned.item)
        loads = AxleWeighing(planned.axle, Decimal("412.5"), Decimal("398.0")) if planned.item[0] == "W" else None
        made.append(ItemView(
            planned.item, planned.kind, planned.axle, REASON, ItemState.DONE, 1, cards=own, weighing=loads,
        ))  # fmt: skip
    return tuple(made)


def visit(cards: tuple[VerdictCard, ...] = PASSING) -> VisitView:
    attempt = AttemptView(
        "attempt-1", "visit-0193f2", "1号线", 1, FULL_VEHICLE, InspectionKind.IN_USE, "GB 38900-2020", HASH,
        T.replace(minute=41), items(cards), AttemptState.COMPLETE, T.replace(minute=52),
    )  # fmt: skip
    failed = any(each.outcome is Outcome.FAIL for each in cards)
    outcome = Outcome.FAIL if failed else Outcome.PASS
    return VisitView(
        "visit-0193f2", FULL_VEHICLE, InspectionKind.IN_USE, PLAN, "GB 38900-2020", HASH, T, "wang", T,
        (attempt,), outcome, cards, T.replace(minute=53),
        EstimateView(T.replace(minute=50), T.replace(hour=1, minute=5), None, REASON, T),
        charge=LINES, tables={"GB 38900-2020": HASH, "GB 18285-2018": "bc" * 32},
        unmet=(UnmetDemand(Purpose.EMISSION, Problem("standards.emission.loaded", {})),),
        purposes={Purpose.SAFETY: outcome, Purpose.EMISSION: outcome},
        arrived_at=T, ticket=TicketView("A017", SECRET_DIGEST, T),
    )  # fmt: skip


CASH = PaymentView(
    "payment-1", PaymentMethod.CASH, 18000, PaymentState.PAID, T, "wang", 123, received_fen=20000, change_fen=2000
)
SCAN = PaymentView(
    "payment-2", PaymentMethod.SCAN, 18000, PaymentState.PAID, T, "wang", 124, provider="示范支付",
    provider_ref="20260105083000123456789012345678", hint="1234", simulated=True,
)  # fmt: skip
REFUND = RefundView("refund-1", 8000, "车主放弃环检", None, T, "wang", "zhou", 5)


def wording(*languages: str) -> Wording:
    return Wording(*(Catalogue(each) for each in languages))


def every_paper(say: Wording, head: Letterhead = HEAD) -> dict[str, Document]:
    """Every paper that there is, by a name for its file."""
    passed, failed = visit(), visit(FAILING)
    made = ReportData("000042", 1, T, passed, URL, ("wang", "li"), (), BY_ITEM)
    return {
        "ticket": queue_ticket(ticket_data(passed, URL, 3), head, say),
        "receipt_cash": receipt(ReceiptData("000123", "渝A12345", "A017", LINES, CASH, None, True), head, say),
        "receipt_scan": receipt(ReceiptData("000124", "渝A12345", "A017", LINES, SCAN), head, say),
        "refund": receipt(ReceiptData("000005", "渝A12345", "A017", LINES, CASH, REFUND), head, say),
        "key_label": key_label(KeyLabelData(12, "渝A12345", "A017", T, FULL_VEHICLE), head, say),
        "report": report(made, head, say),
        "report_failed": report(replace(made, visit=failed, revision=2), head, say),
        "failed_page": failed_page(
            FailedData(failed, (PLAN[0], PLAN[2], PLAN[5]), date(2026, 1, 25), "￥60.00", URL), head, say
        ),
        "print_test": print_test("receipt-1", T, head, say),
    }
