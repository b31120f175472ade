"""The office's virtual people: each does what the views ask of that place, once, and says of a tray what lies in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.custody import COUNTER, OWNER, CustodyView, Holder, Place, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.papers import PaperState, PaperView
from carcheck_desktop.domain.payment import PaymentMethod, PaymentState, PaymentView
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.signing import ReportState, ReportView, SigningState
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.twin.office import LOOKING_TIME, MENDING_TIME, READING_TIME, Cashier, PickupClerk, Scene, Signer
from carcheck_desktop.twin.owners import OFF_REAL_S, PICKUP_PRINTER, SEEN_REAL_S, Owners
from carcheck_desktop.twin.scenario import Pays, arrivals
from carcheck_desktop.twin.yard import Guide, LaneDriver

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
CARS = arrivals(1, 6, "渝", date(2026, 1, 5))
HANDED_IN = CustodyView(COUNTER, AT, COUNTER, AT, 1)
CHARGE = (ChargeLine("safety", "安全技术检验", "Safety inspection", 120_00, 1),)


@dataclass
class Hands:
    """Trays and switches that are only noted."""

    tray: tuple[bytes, ...] = ()
    switched: list[tuple[str, dict[str, bool | float]]] = field(default_factory=list)
    insured: list[str] = field(default_factory=list)
    empty: bool = False

    def pages(self, _printer: str) -> tuple[bytes, ...]:
        return self.tray

    def switch_printer(self, printer: str, **switches: bool | float) -> None:
        self.switched.append((printer, switches))

    def printer_is(self, _printer: str, _switch: str) -> bool:
        return self.empty

    def buy_policy(self, plate: str) -> None:
        self.insured.append(plate)


def visit_of(number: int, **changes: object) -> VisitView:
    made = VisitView(
        "visit-1", CARS[number].vehicle, InspectionKind.IN_USE, (), "e", "h", AT, "clerk", AT, charge=CHARGE
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def scene(*visits: VisitView, after: timedelta = timedelta(0), came: tuple[ArrivalView, ...] = ()) -> Scene:
    cars = {each.vehicle.plate: each for each in CARS}
    return Scene({each.visit_id: each for each in visits}, {each.visit_id: each for each in came}, cars, AT + after)


def report(state: ReportState = ReportState.MADE, by: str = "") -> SigningState:
    made = ReportView("report-1", "000001", 1, "attempt-1", Outcome.PASS, "d", "0.1.0", "e", "h", AT, state)
    return SigningState((replace(made, signed_by=by, signed_at=AT if by else None),))


def paper(state: PaperState, kind: DocumentKind = DocumentKind.REPORT) -> PaperView:
    return PaperView("paper-1", kind, "000001", "d", "pickup", AT, "li", state=state, printer="pickup", changed_at=AT)


def test_the_cashier_takes_key_and_licence_at_the_window_before_the_money() -> None:
    cashier = Cashier(Hands(), 1)
    given = cashier.next_command(scene(visit_of(1)))
    assert given == c.HandOver("visit-1", (Thing.KEY, Thing.LICENCE), OWNER, COUNTER)
    assert cashier.next_command(scene(visit_of(1, custody=HANDED_IN))) == c.TakeCash("visit-1", 120_00, 200_00)


def test_a_scanned_code_is_another_one_for_every_attempt_and_never_asked_twice_at_once() -> None:
    cashier = Cashier(Hands(), 1)
    visit = visit_of(2, custody=HANDED_IN)
    first = cashier.next_command(scene(visit))
    assert isinstance(first, c.RequestScan)
    assert (CARS[2].pays, first.code[-4:], len(first.code)) == (Pays.SCAN_LATE, "4444", 18)
    asked = PaymentView("payment-1", PaymentMethod.SCAN, 120_00, PaymentState.UNCERTAIN, AT, "clerk")
    assert cashier.next_command(scene(replace(visit, payments=(asked,)))) is None
    refused = replace(asked, state=PaymentState.REFUSED)
    again = cashier.next_command(scene(replace(visit, payments=(refused,))))
    assert isinstance(again, c.RequestScan)
    assert again.code != first.code


@pytest.mark.parametrize(("number", "comes"), [(1, True), (4, False)])
def test_a_failed_car_comes_again_only_when_it_was_mended(number: int, comes: bool) -> None:
    failed = visit_of(number, conclusion=Outcome.FAIL, concluded_at=AT, ended_at=AT)
    cashier = Cashier(Hands(), 1)
    assert cashier.next_command(scene(failed, after=MENDING_TIME - timedelta(seconds=1))) is None
    found = cashier.next_command(scene(failed, after=MENDING_TIME))
    assert found == (c.OpenRecheck("visit-1") if comes else None)


def test_the_signer_reads_before_signing_and_never_signs_for_a_car_of_his_own() -> None:
    visit = visit_of(0, conclusion=Outcome.PASS, concluded_at=AT, signing=report())
    assert Signer("wang", "1").next_command(scene(visit)) is None
    signed = Signer("wang", "1").next_command(scene(visit, after=READING_TIME))
    assert signed == c.SignReport("visit-1", "report-1", "1")
    assert Signer("clerk", "1").next_command(scene(visit, after=READING_TIME)) is None


@pytest.mark.parametrize(
    ("tray", "came_out"),
    [((), False), (("机动车检验报告" + " 000002",), False), (("机动车检验合格通知单 000001",), False),
     (("机动车检验报告" + " 000001",), True)],
)  # fmt: skip
def test_of_a_paper_in_doubt_the_pickup_clerk_says_what_lies_in_the_tray(tray: tuple[str, ...], came_out: bool) -> None:
    hands = Hands(tuple(page.encode("gb18030") for page in tray))
    signed = report(ReportState.SIGNED, "wang")
    visit = visit_of(0, conclusion=Outcome.PASS, concluded_at=AT, signing=signed, papers=(paper(PaperState.IN_DOUBT),))
    assert PickupClerk(hands).next_command(scene(visit)) is None
    answer = PickupClerk(hands).next_command(scene(visit, after=LOOKING_TIME))
    assert answer == c.AnswerPaper("visit-1", "paper-1", came_out)


def test_nothing_is_printed_at_pickup_before_the_report_may_be() -> None:
    visit = visit_of(4, conclusion=Outcome.FAIL, concluded_at=AT, signing=report())
    assert PickupClerk(Hands()).next_command(scene(visit)) is None


def test_the_guide_notes_the_car_that_came_once_and_brings_what_he_holds_to_board_and_counter() -> None:
    guide, me = Guide("li"), Holder(Place.PERSON, "li")
    guide.meets = CARS[0]
    noted = guide.next_command(scene())
    assert isinstance(noted, c.NoteArrival)
    assert (noted.plate, noted.takes) == (CARS[0].vehicle.plate, (Thing.KEY, Thing.LICENCE))
    assert guide.next_command(scene()) is None
    holds = CustodyView(me, AT, me, AT, 1)
    vehicle = CARS[0].vehicle
    came = ArrivalView(
        "visit-1", vehicle.plate, vehicle.plate_kind, noted.channel, noted.booking_id, AT, "li", custody=holds
    )
    assert guide.next_command(scene(came=(came,))) == c.HandOver("visit-1", (Thing.LICENCE,), me, COUNTER)
    came = replace(came, custody=replace(holds, licence=COUNTER))
    assert guide.next_command(scene(came=(came,))) == c.HandOver("visit-1", (Thing.KEY,), me, Holder(Place.KEY_BOARD))


def test_a_lane_driver_fetches_the_key_of_the_next_car() -> None:
    found = LaneDriver("zhao").next_command(scene(visit_of(1, custody=HANDED_IN)))
    assert found == c.HandOver("visit-1", (Thing.KEY,), COUNTER, Holder(Place.PERSON, "zhao"))
    assert LaneDriver("zhao").next_command(scene(visit_of(1))) is None


def test_an_uninsured_owner_buys_a_policy_once_and_only_when_the_papers_wait_for_it() -> None:
    hands = Hands()
    owners = Owners(hands)
    waiting = visit_of(
        3, custody=HANDED_IN, conclusion=Outcome.PASS, concluded_at=AT, signing=report(ReportState.SIGNED, "wang")
    )
    owners.tick(scene(visit_of(3)), 0.0)
    owners.tick(scene(waiting), 10.0)
    assert hands.insured == []
    for real_s in (10.0 + SEEN_REAL_S, 11.0 + SEEN_REAL_S):
        owners.tick(scene(waiting), real_s)
    assert hands.insured == [CARS[3].vehicle.plate]
    insured = visit_of(1, conclusion=Outcome.PASS, concluded_at=AT, signing=report(ReportState.SIGNED, "wang"))
    owners.tick(scene(insured), 100.0)
    owners.tick(scene(insured), 200.0)
    assert len(hands.insured) == 1


def test_the_roll_ends_in_one_report_and_whoever_changes_it_switches_the_printer_off_and_on() -> None:
    hands = Hands(empty=True)
    owners = Owners(hands)
    asked = c.RequestPrint("visit-1", DocumentKind.REPORT)
    for _ in range(2):
        owners.before(asked, scene(visit_of(5)))
        owners.before(asked, scene(visit_of(0)))
    assert [set(switches) for _, switches in hands.switched] == [{"paper_left_dots"}]
    printing = visit_of(5, papers=(paper(PaperState.PRINTING),))
    doubtful = visit_of(5, papers=(paper(PaperState.IN_DOUBT),))
    owners.tick(scene(printing), 0.0)
    owners.tick(scene(printing), SEEN_REAL_S)
    for real_s in (SEEN_REAL_S + OFF_REAL_S, 60.0):
        owners.tick(scene(doubtful), real_s)
    assert [switches.get("power_off") for _, switches in hands.switched] == [None, True, False]
    assert {printer for printer, _ in hands.switched} == {PICKUP_PRINTER}
