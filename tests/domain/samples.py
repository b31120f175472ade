"""One sample of every fact, with every field filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.board import BoardContent, DayException, DayHours, OpenSpan, PlateMask, ScreenRule
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.custody import OWNER, Handover, Holder, Place, Thing
from carcheck_desktop.domain.exhaust import (
    DemandedLimit,
    IdleEnd,
    IdlePhase,
    PhaseDemand,
    PhaseSpan,
    Preparation,
    TwoSpeedIdleDemand,
    TwoSpeedIdleRun,
)
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.measurements import (
    AxleWeighing,
    Effort,
    InstrumentUsed,
    Origin,
    ParkingBrakeRun,
    ServiceBrakeRun,
    StopReason,
)
from carcheck_desktop.domain.prices import ChargeLine, PriceLine, PriceRule
from carcheck_desktop.domain.vehicle import (
    BrakeSource,
    Drive,
    InspectionKind,
    LampSystem,
    PlateKind,
    Suspension,
    Use,
    Vehicle,
    VehicleCategory,
)
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
from tests.domain.samples_ending import ENDING_SAMPLES
from tests.domain.samples_papers import PAPER_SAMPLES
from tests.domain.samples_payment import PAYMENT_SAMPLES
from tests.domain.samples_tables import TABLE_SAMPLES

VEHICLE = Vehicle(
    "渝A12345", PlateKind.SMALL_CAR, VehicleCategory.SMALL_PASSENGER, Use.PRIVATE,
    1400, 1800, 5, 2, (2,), date(2014, 6, 1), date(2014, 3, 1),
)  # fmt: skip
FULL_VEHICLE = replace(
    VEHICLE, vin="LSVAM4187C2184847", engine_number="CFB123456", brand_model="别克牌SGM6522UAAA", vehicle_type="K31",
    use_code="A", colour="AJ", fuel="A", displacement_ml=2384, power_kW=Decimal("123.5"), valid_until=date(2026, 6, 30),
    drive=Drive.FRONT, lamp_system=LampSystem.FOUR_HIGH_LOW, front_suspension=Suspension.INDEPENDENT,
    brake_source=BrakeSource.HYDRAULIC, has_traction_control_always_on=True,
)  # fmt: skip
PLAN = (
    PlannedItem("W1", ItemKind.AXLE_WEIGHING, 1, Message("standards.plan.weighing", {"axle": 1})),
    PlannedItem("B1", ItemKind.SERVICE_BRAKE, 1, Message("standards.plan.service_brake", {"axle": 1})),
)
CARD = VerdictCard(
    "B1", Quantity.AXLE_BRAKE_RATE, "axle_brake_rate.front", "GB 38900-2020", "ab" * 32, Decimal(60),
    Comparison.AT_LEAST, Decimal("66.019175350102"), Decimal("66.0"), "%", Decimal("6.0"), Outcome.PASS,
    "GB 7258-2017 7.11.1.1", Confidence.SOURCED, {"left_max_daN": "272"}, Message("standards.card.reason"),
)  # fmt: skip
EMISSION = PlannedItem(
    "DB",
    ItemKind.TWO_SPEED_IDLE,
    0,
    Message("standards.emission.traction_control"),
    (Purpose.EMISSION, Purpose.PERFORMANCE),
)
PROBLEM = Problem("devices.port_absent", {"device": "bench", "port": "COM3"})
EFFORT = Effort(845, 2, 5319, Decimal("11.8"), {"drag": Decimal("3.00")})
USED = (InstrumentUsed("bench", "carcheck_roller_brake", "1", "COM3"),)
DIGEST = "cd" * 32
TABLES = {"GB 38900-2020": "ab" * 32, "GB 18285-2018": "bc" * 32}
DEMAND = TwoSpeedIdleDemand(
    (PhaseDemand(IdlePhase.HIGH_SAMPLE, 30, 2300, 2700), PhaseDemand(IdlePhase.PROBE_IN, 0, None, None)),
    (DemandedLimit(Quantity.IDLE_CO, Comparison.AT_MOST, Decimal("0.6"), "%"),), Decimal(6), 300, Decimal(80), Decimal(7),
)  # fmt: skip
EXHAUST = TwoSpeedIdleRun(
    DEMAND,
    Preparation(
        datetime(2026, 1, 5, 0, 10, tzinfo=UTC), datetime(2026, 1, 5, 0, 20, tzinfo=UTC), Decimal(3),
        Decimal("21.5"), Decimal("60.1"), Decimal("98.7"),
    ),
    (PhaseSpan(IdlePhase.HIGH_SAMPLE, 46, 76),), IdleEnd.WHOLE, DIGEST,
)  # fmt: skip
ESTIMATE = f.EstimateGiven(
    "visit-1", datetime(2026, 1, 5, 8, 20, tzinfo=UTC), datetime(2026, 1, 5, 8, 35, tzinfo=UTC),
    Message("desk.estimate.late_repeated", {"item": "B1"}), Message("desk.estimate.basis_own", {"samples": 41}),
)  # fmt: skip
HOURS = f.OpeningHoursSet(
    3, date(2026, 1, 5),
    (DayHours(1, time(8, 30), time(11, 30), time(12, 0)), DayHours(1, time(13, 30), None, time(17, 0))),
    (DayException(date(2026, 2, 17), (OpenSpan(time(9, 0), time(11, 0), time(12, 0)),), "春节"),),
)  # fmt: skip
ANNOUNCEMENT = f.AnnouncementPublished(
    "water", 2, "饮水机在大厅左侧。", "Water is on the left of the hall.", urgent=True,
    show_from=datetime(2026, 1, 5, 0, 30, tzinfo=UTC), show_until=datetime(2026, 1, 6, 0, 30, tzinfo=UTC), screens=("hall-1",),
)  # fmt: skip
RULES = f.BoardRulesSet(
    4, PlateMask(2, 2), 15, 12, (ScreenRule("hall-1", (BoardContent.VEHICLES, BoardContent.HOURS)),)
)
PRICES = f.PriceListPublished(
    2, date(2026, 1, 5), date(2026, 12, 31),
    (PriceLine("safety", "安检费", "safety inspection", 12000, PriceRule(
        (VehicleCategory.SMALL_PASSENGER,), (Use.PRIVATE,), (InspectionKind.IN_USE,), recheck=False)),),
    "zhou",
)  # fmt: skip

SAMPLES: tuple[f.Fact, ...] = (
    f.JournalOpened("service", "5001009", "示范检验站", training=True, public_key="ef" * 32, software="0.1.0"),
    f.ProcessStarted("service", "0.1.0"),
    f.NodeSeen("window-1", "carcheck/0.1.0", "127.0.0.1"),
    f.CommandRefused("command-1", "open_visit", "pc-1", PROBLEM),
    f.UserAdded("wang", Role.CLERK),
    f.SignedIn("session-1", "wang", Role.CLERK, "pc-1"),
    f.SignedOut("session-1", "wang"),
    f.SignInRefused("wang", "pc-1", 5, locked=True),
    f.UserChanged("wang", Role.GUIDE, locked=True),
    f.PinChanged("wang", reset=True, approved_by="zhou"),
    f.VehicleLookedUp("lookup-1", "渝A12345", PlateKind.SMALL_CAR, found=False, source="ga-18c49", problem=PROBLEM),
    f.VisitOpened(
        "visit-1", FULL_VEHICLE, InspectionKind.IN_USE, (EMISSION, *PLAN), "GB 38900-2020", "ab" * 32,
        {"vin": ValueOrigin.AUTHORITY, "drive": ValueOrigin.LAST_VISIT}, Channel.APP, "booking-1",
        (ChargeLine("safety", "安检费", "safety inspection", 12000, 3),), "lookup-1", DIGEST, TABLES,
        (UnmetDemand(Purpose.EMISSION, Problem("standards.emission.loaded", {})),),
    ),
    f.ArrivalNoted("visit-1", "渝A12345", PlateKind.SMALL_CAR, Channel.APP, "booking-1"),
    f.ArrivalDropped("visit-1", "改日再来"),
    f.ArrivalTakenIn(
        "visit-1", datetime(2026, 1, 5, 0, 31, tzinfo=UTC), "zhao", "B017", DIGEST,
        datetime(2026, 1, 5, 0, 31, tzinfo=UTC), 12,
        (Handover(datetime(2026, 1, 5, 0, 32, tzinfo=UTC), (Thing.KEY, Thing.LICENCE), OWNER, Holder(Place.PERSON, "zhao"),
                  "zhao", "漏记"),),
    ),
    f.TicketIssued("visit-1", "B017", DIGEST),
    f.HandedOver("visit-1", (Thing.KEY,), OWNER, Holder(Place.KEY_BOARD, "12"), 12, "漏记"),
    f.OwnerCalled("visit-1", "call-1", CallTo.WINDOW, "2"),
    f.CallEnded("visit-1", "call-1", CallEnd.ANSWERED),
    f.PrivateShown("visit-1", "pc-1"),
    f.VisitConcluded(
        "visit-1", "attempt-1", Outcome.PASS, (CARD,), {Purpose.SAFETY: Outcome.PASS, Purpose.EMISSION: Outcome.PASS}
    ),
    f.AttemptStarted(
        "attempt-1", "visit-1", "1", 1, FULL_VEHICLE, InspectionKind.IN_USE, PLAN, "GB 38900-2020", "ab" * 32,
        TABLES,
    ),
    f.OccupancyTaken("occupancy-1", "1", "bench", "visit-1", (Message("lanes.evidence.person", {"actor": "li"}),)),
    f.OccupancyReleased("occupancy-1", "1", "bench", "visit-1"),
    f.ItemStarted(
        "run-1", "visit-1", "attempt-1", "occupancy-1", "1", "B1", ItemKind.SERVICE_BRAKE, 1, Decimal("488.04"),
        DEMAND,
    ),
    f.PromptShown("prompt-1", "visit-1", "1", "pedal", 1, 123.25, Message("lanes.prompt.press_slowly")),
    f.ItemFinished(
        "run-1", "visit-1", "attempt-1", "occupancy-1", "1", "B1", ItemKind.SERVICE_BRAKE, 1, (CARD,),
        Outcome.PASS, Origin.SIMULATOR, USED, EFFORT,
        AxleWeighing(1, Decimal(412), Decimal(405)),
        ServiceBrakeRun(
            1, Decimal(412), Decimal(405), Decimal("4.5"), Decimal("5.0"), 500, StopReason.LEFT_LOCKED, DIGEST
        ),
        ParkingBrakeRun(2, Decimal(1370), 500, StopReason.TIME_OUT, DIGEST),
        EXHAUST,
    ),
    f.ItemVoided("run-1", "visit-1", "attempt-1", "1", "B1", PROBLEM, will_repeat=True),
    f.AttemptEnded("attempt-1", "visit-1", "1", f.AttemptEnd.COMPLETE, ""),
    f.AttemptInterrupted("attempt-1", "visit-1", "1", PROBLEM),
    f.AttemptResumed("attempt-1", "visit-1", "1"),
    f.LaneStopped("1", "pc-1", Message("lanes.stop.commanded", {"actor": "li", "node": "pc-1"})),
    f.StopReleased("1"),
    f.DeviceAttached("1", "bench", "BrakeTester", "carcheck_roller_brake", "COM3", "magic=23205"),
    f.DeviceLost("1", "bench", "BrakeTester", "carcheck_roller_brake", "COM3", PROBLEM),
    ESTIMATE,
    HOURS,
    ANNOUNCEMENT,
    f.AnnouncementWithdrawn("water", 2),
    RULES,
    PRICES,
    f.ReportMade(
        "visit-1", "report-1", "000017", 2, "attempt-1", Outcome.PASS, DIGEST, "0.1.0", "GB 38900-2020", "ab" * 32
    ),
    f.ReportSigned("visit-1", "report-1", 2, DIGEST, "0.1.0", "ab" * 32, "chen", "ef" * 32, "01" * 64),
    f.ReportRejected("visit-1", "report-1", 2, "轴荷与上次检验相差过大"),
    *PAYMENT_SAMPLES,
    *ENDING_SAMPLES,
    *PAPER_SAMPLES,
    *TABLE_SAMPLES,
)  # fmt: skip
