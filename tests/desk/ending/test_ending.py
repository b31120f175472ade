"""What holds a visit, how it ends, and the ways back: corrected, given up, rechecked."""

from __future__ import annotations

from datetime import date

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem, word
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.custody import COUNTER, OWNER, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ending import ManualKind, WithdrawReason
from carcheck_desktop.domain.facts import papers as p
from carcheck_desktop.domain.facts.insurance import InsuranceFound
from carcheck_desktop.domain.holds import Gate, HoldKind, holds, stage_at, stopping
from carcheck_desktop.domain.insurance import Policy, VehicleTax
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import Stage, is_over, stage
from tests.desk.conftest import DeskUnderTest
from tests.desk.ending.asking import VIN, held, insure, refused
from tests.desk.ending.measuring import WEAK, LaneOfTheTest, seen

# -- holds -------------------------------------------------------------------------------------------------------------


def test_a_car_that_passed_without_insurance_has_papers_that_wait_and_they_are_free_with_its_policy(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str
) -> None:
    lane.measure(visit_id)
    visit = seen(desk, visit_id)
    assert stage(visit) is Stage.PASSED
    assert stage_at(visit, desk.clock.now()) is Stage.HELD
    (hold,) = [each for each in holds(visit, desk.clock.now()) if each.kind is HoldKind.INSURANCE]
    assert Gate.CERTIFICATE in hold.stops
    assert hold.lifted_by == (Role.CLERK, Role.MANAGER)
    insure(desk, visit_id)
    assert HoldKind.INSURANCE not in held(desk, visit_id)


def test_no_hold_keeps_a_car_from_the_lane(desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str) -> None:
    desk.send(c.PlaceHold(visit_id, ManualKind.VIOLATION, "三条违法"), clerk)
    assert HoldKind.INSURANCE in held(desk, visit_id)
    lane.measure(visit_id)
    assert seen(desk, visit_id).conclusion is Outcome.PASS


def test_an_unpaid_vehicle_tax_holds_the_mark_and_not_the_report(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str
) -> None:
    lane.measure(visit_id)
    policy = Policy("SAMPLE12345678", "示例财险", date(2025, 7, 1), date(2099, 1, 1), VehicleTax.REFUSED)
    found = InsuranceFound(visit_id, policy, "neutral", simulated=True)
    desk.writer.call(lambda uow: record(uow, found, actor="system"))
    visit = seen(desk, visit_id)
    assert HoldKind.VEHICLE_TAX in {hold.kind for hold in stopping(visit, desk.clock.now(), Gate.CERTIFICATE)}
    assert HoldKind.VEHICLE_TAX not in {hold.kind for hold in stopping(visit, desk.clock.now(), Gate.REPORT)}


def test_a_violation_is_lifted_at_the_counter_and_a_finding_only_by_two(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    violation = desk.send(c.PlaceHold(visit_id, ManualKind.VIOLATION, "三条违法"), clerk).result["hold_id"]
    assert desk.send(c.LiftHold(visit_id, violation, "已处理"), clerk).accepted
    auditor = desk.sign_in("zhao", Role.AUDITOR)
    finding = desk.send(c.PlaceHold(visit_id, ManualKind.FINDING, "照片与车辆不符"), auditor).result["hold_id"]
    assert refused(desk.send(c.LiftHold(visit_id, finding, "已核实"), clerk)) == "desk.ending.not_your_hold"
    assert refused(desk.send(c.LiftHold(visit_id, finding, "已核实"), auditor)) == "domain.access.second_missing"
    assert refused(desk.send(c.LiftHold(visit_id, finding, "已核实"), auditor, second=auditor)) == (
        "domain.access.second_is_the_same"
    )
    signer = desk.sign_in("chen", Role.SIGNER)
    assert desk.send(c.LiftHold(visit_id, finding, "已核实"), auditor, second=signer).accepted
    assert seen(desk, visit_id).placed_holds == ()
    (_, lifted) = desk.facts("hold_lifted")
    assert getattr(lifted, "approved_by", None) == "chen"


def test_a_clerk_places_no_finding_and_nobody_holds_without_a_reason(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    assert refused(desk.send(c.PlaceHold(visit_id, ManualKind.FINDING, "x"), clerk)) == "desk.ending.not_your_hold"
    assert refused(desk.send(c.PlaceHold(visit_id, ManualKind.OTHER, "  "), clerk)) == "desk.ending.bad_text"
    assert refused(desk.send(c.LiftHold(visit_id, "hold-9", "x"), clerk)) == "desk.ending.no_such_hold"


def test_a_visit_is_not_buried_under_holds(desk: DeskUnderTest, visit_id: str, clerk: str) -> None:
    for _ in range(20):
        assert desk.send(c.PlaceHold(visit_id, ManualKind.VIOLATION, "三条违法"), clerk).accepted
    more = desk.send(c.PlaceHold(visit_id, ManualKind.VIOLATION, "三条违法"), clerk)
    assert refused(more) == "desk.ending.too_many_holds"


def test_every_hold_says_in_both_languages_what_is_seen_what_to_do_and_what_is_printed_meanwhile(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    desk.send(c.PlaceHold(visit_id, ManualKind.VIOLATION, "三条违法"), clerk)
    found = list(holds(seen(desk, visit_id), desk.clock.now()))
    lane.measure(visit_id, {"B1": WEAK})
    found += holds(seen(desk, visit_id), desk.clock.now())
    for language in ("zh_CN", "en"):
        words = Catalogue(language)
        for hold in found:
            for message in (hold.evidence, hold.next_step, hold.meanwhile):
                assert words.knows(message.code)
                assert "{" not in words.text(message)


# -- ends --------------------------------------------------------------------------------------------------------------


def test_a_visit_that_is_held_is_not_closed_and_every_hold_is_named(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    lane.measure(visit_id)
    desk.send(c.PlaceHold(visit_id, ManualKind.VIOLATION, "三条违法"), clerk)
    reply = desk.send(c.CloseVisit(visit_id), clerk)
    assert refused(reply) == "desk.ending.held"
    assert reply.refusal is not None
    said = Catalogue("zh_CN").text(reply.refusal.evidence)
    for kind in {hold.kind for hold in stopping(seen(desk, visit_id), desk.clock.now(), Gate.CLOSE)}:
        assert Catalogue("zh_CN").text(word(kind)) in said


def test_given_up_before_the_lane_it_is_over_at_once_and_the_car_may_come_again(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    reply = desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER, "赶时间"), clerk)
    assert reply.result == {"closed": True}
    visit = seen(desk, visit_id)
    assert (stage(visit), is_over(visit), visit.ended_at) == (Stage.WITHDRAWN, True, desk.clock.now())
    assert refused(desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), clerk)) == "desk.ending.over"
    assert refused(desk.send(c.CloseVisit(visit_id), clerk)) == "desk.ending.ended"
    assert desk.open_visit(clerk, vin=VIN).accepted


def test_given_up_in_mid_lane_it_is_closed_when_the_lane_has_let_the_car_go(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    attempt_id = lane.begin(visit_id)
    reply = desk.send(c.WithdrawVisit(visit_id, WithdrawReason.NOT_FIT), clerk)
    assert reply.result == {"closed": False}
    assert held(desk, visit_id) == {HoldKind.IN_LANE}
    assert refused(desk.send(c.CloseVisit(visit_id), clerk)) == "desk.ending.held"
    lane.end(visit_id, attempt_id, f.AttemptEnd.ABORTED)
    assert desk.send(c.CloseVisit(visit_id), clerk).accepted
    assert stage(seen(desk, visit_id)) is Stage.WITHDRAWN


@pytest.mark.usefixtures("priced")
def test_what_was_paid_for_a_visit_that_is_given_up_is_given_back_before_it_is_closed(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    assert desk.send(c.TakeCash(visit_id, 12000, 12000), clerk).accepted
    assert desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), clerk).result == {"closed": False}
    assert held(desk, visit_id) == {HoldKind.REFUND_DUE}
    (payment,) = seen(desk, visit_id).payments
    manager = desk.sign_in("liu", Role.MANAGER)
    given_back = desk.send(
        c.Refund(visit_id, payment.payment_id, 12000, "退办"), clerk, second=manager
    )  # fmt: skip
    assert given_back.accepted
    assert desk.send(c.CloseVisit(visit_id), clerk).accepted


@pytest.mark.usefixtures("priced")
def test_only_a_manager_keeps_the_price_and_only_when_something_was_measured(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    manager = desk.sign_in("liu", Role.MANAGER)
    keep = c.WithdrawVisit(visit_id, WithdrawReason.OWNER, keeps_charge=True)
    assert refused(desk.send(keep, manager)) == "desk.ending.must_give_back"
    attempt_id = lane.begin(visit_id)
    lane.weigh(visit_id, attempt_id)
    assert refused(desk.send(keep, clerk)) == "desk.ending.must_give_back"
    assert desk.send(keep, manager).accepted
    assert [line.code for line in seen(desk, visit_id).charge] == ["safety"]


def test_given_up_during_the_last_item_nobody_concludes_it(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    attempt_id = lane.begin(visit_id)
    desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), clerk)
    lane.end(visit_id, attempt_id)
    assert seen(desk, visit_id).conclusion is None
    assert desk.facts("visit_concluded") == []


def test_what_is_concluded_is_not_given_up(desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str) -> None:
    lane.measure(visit_id)
    assert refused(desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), clerk)) == "desk.ending.concluded"


# -- the whole way to the end ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("priced")
def test_a_visit_is_closed_when_it_is_insured_paid_signed_printed_and_key_and_licence_are_back(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    both = (Thing.KEY, Thing.LICENCE)
    assert desk.send(c.HandOver(visit_id, both, OWNER, COUNTER), clerk).accepted
    lane.measure(visit_id)
    left = held(desk, visit_id)
    assert left == {
        HoldKind.INSURANCE, HoldKind.UNPAID, HoldKind.UNSIGNED, HoldKind.KEY_OUT, HoldKind.LICENCE_OUT
    }  # fmt: skip

    def gone(kind: HoldKind, *others: HoldKind) -> None:
        assert refused(desk.send(c.CloseVisit(visit_id), clerk)) == "desk.ending.held"
        assert left - held(desk, visit_id) == {kind, *others}
        left.difference_update({kind, *others})

    def happens(*facts: f.Fact) -> None:
        for fact in facts:
            desk.writer.call(lambda uow, fact=fact: record(uow, fact, actor="chen"))  # type: ignore[misc]

    insure(desk, visit_id)
    gone(HoldKind.INSURANCE)
    assert desk.send(c.TakeCash(visit_id, 12000, 12000), clerk).accepted
    gone(HoldKind.UNPAID)
    digest = "cd" * 32
    made = ("visit-report", 1, digest, "0.1.0")
    happens(
        f.ReportMade(visit_id, "visit-report", "000001", 1, "attempt-1", Outcome.PASS, digest, "0.1.0", "e", "h"),
        f.ReportSigned(visit_id, *made, "h", "chen", "ab", "cd"),
    )
    gone(HoldKind.UNSIGNED)
    assert HoldKind.NOT_PRINTED in held(desk, visit_id)
    happens(p.PaperQueued(visit_id, "paper-1", DocumentKind.REPORT, "000001", digest, "pickup"))
    assert HoldKind.NOT_PRINTED in held(desk, visit_id)
    happens(p.PaperInDoubt(visit_id, "paper-1", "pickup-1", Problem("gateways.gave_up")))
    assert HoldKind.PRINT_DOUBT in held(desk, visit_id)
    happens(p.PaperPrinted(visit_id, "paper-1", "pickup-1"))
    assert stage_at(seen(desk, visit_id), desk.clock.now()) is Stage.READY
    assert desk.send(c.HandOver(visit_id, both, COUNTER, OWNER), clerk).accepted
    assert held(desk, visit_id) == set()
    assert desk.send(c.CloseVisit(visit_id), clerk).accepted
    assert stage(seen(desk, visit_id)) is Stage.CLOSED
    assert held(desk, visit_id) == set()


def test_the_key_of_a_car_that_was_given_up_goes_back_before_it_is_closed(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    assert desk.send(c.HandOver(visit_id, (Thing.KEY,), OWNER, COUNTER), clerk).accepted
    assert desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), clerk).result == {"closed": False}
    assert held(desk, visit_id) == {HoldKind.KEY_OUT}
    assert desk.send(c.HandOver(visit_id, (Thing.KEY,), COUNTER, OWNER), clerk).accepted
    assert desk.send(c.CloseVisit(visit_id), clerk).accepted
