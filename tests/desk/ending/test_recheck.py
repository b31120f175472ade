"""The ways back: what was taken in wrongly is corrected, a failed car comes again for what failed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.desk.ending.rules import rules
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.ending import RecheckOffer, WithdrawReason
from carcheck_desktop.domain.facts.ending import VisitClosed, VisitCorrected
from carcheck_desktop.domain.holds import HoldKind
from carcheck_desktop.domain.intake import ValueOrigin
from carcheck_desktop.domain.payment import due_fen
from carcheck_desktop.domain.prices import total_fen
from carcheck_desktop.domain.results import results
from carcheck_desktop.domain.ticket import PATH
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import Stage, VisitView, stage
from carcheck_desktop.standards.recheck import recheck_plan
from tests.desk.conftest import DeskUnderTest, car
from tests.desk.ending.asking import VIN, failed, held, insure, refused
from tests.desk.ending.measuring import WEAK, LaneOfTheTest, seen

# -- corrections -------------------------------------------------------------------------------------------------------


def test_before_the_lane_what_was_typed_wrongly_is_put_right_with_plan_and_every_difference(
    desk: DeskUnderTest, visit_id: str, clerk: str
) -> None:
    before = seen(desk, visit_id)
    young = desk.clock.now().date().replace(year=2021)
    reply = desk.send(c.CorrectVisit(visit_id, car(vin=VIN, registered_on=young, manufactured_on=young)), clerk)
    assert reply.result == {"differences": 2}
    after = seen(desk, visit_id)
    assert [item.item for item in before.plan if item.item == "B0"] == ["B0"]
    assert [item.item for item in after.plan if item.item == "B0"] == []
    (fact,) = desk.facts("visit_corrected")
    assert isinstance(fact, VisitCorrected)
    assert [each.field for each in fact.differences] == ["registered_on", "manufactured_on"]


def test_another_car_is_insured_anew(desk: DeskUnderTest, visit_id: str, clerk: str) -> None:
    insure(desk, visit_id)
    assert HoldKind.INSURANCE not in held(desk, visit_id)
    assert desk.send(c.CorrectVisit(visit_id, car(vin="LSVAM4187C2184848")), clerk).accepted
    assert HoldKind.INSURANCE in held(desk, visit_id)


def test_nothing_is_corrected_after_the_lane_nor_without_a_change_nor_into_another_car_that_is_here(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    odd = c.CorrectVisit(visit_id, car(vin=VIN, seats=4), {"\x00": ValueOrigin.TYPED})
    assert refused(desk.send(odd, clerk)) == "desk.intake.bad_origin"
    same = c.CorrectVisit(visit_id, car(vin=VIN))
    assert refused(desk.send(same, clerk)) == "desk.ending.nothing_changed"
    desk.open_visit(clerk, plate="渝A99999")
    taken = c.CorrectVisit(visit_id, car(plate="渝A99999", vin=VIN))
    assert refused(desk.send(taken, clerk)) == "desk.intake.already_here"
    lane.begin(visit_id)
    late = c.CorrectVisit(visit_id, car(vin=VIN, seats=7))
    assert refused(desk.send(late, clerk)) == "desk.ending.measured"


# -- rechecks ----------------------------------------------------------------------------------------------------------


def test_a_failed_front_axle_comes_again_for_its_load_and_its_brakes_and_old_passes_count(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    reply = desk.send(c.OpenRecheck(visit_id), clerk)
    assert (reply.result["number"], reply.result["items"]) == (1, ["W1", "B1"])
    assert stage(seen(desk, visit_id)) is Stage.WAITING
    lane.measure(visit_id)
    visit = seen(desk, visit_id)
    assert visit.conclusion is Outcome.PASS
    assert [attempt.number for attempt in visit.attempts] == [1, 2]
    named = {each.item.item: (each.attempt.number, each.is_earlier) for each in results(visit)}
    assert named == {"W1": (2, False), "W2": (1, True), "B1": (2, False), "B2": (1, True), "B0": (1, True)}


def test_the_whole_vehicle_and_the_parking_brake_are_judged_with_the_newest_loads(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    desk.send(c.OpenRecheck(visit_id), clerk)
    lane.loads_kg[1] = Decimal(400)
    lane.measure(visit_id)
    by_item = {card.item: card for card in seen(desk, visit_id).conclusion_cards}
    assert by_item["whole"].inputs["vehicle_kg"] == "1400"
    assert by_item["B0"].inputs["vehicle_kg"] == "1400"


def test_a_failed_parking_brake_weighs_every_axle_again(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B0")
    assert desk.send(c.OpenRecheck(visit_id), clerk).result["items"] == ["W1", "W2", "B0"]


def test_a_recheck_that_fails_again_may_be_followed_by_another(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1", "B2")
    assert desk.send(c.OpenRecheck(visit_id), clerk).result["items"] == ["W1", "W2", "B1", "B2"]
    lane.measure(visit_id, {"B2": WEAK})
    assert stage(seen(desk, visit_id)) is Stage.FAILED
    assert desk.send(c.OpenRecheck(visit_id), clerk).result == {"number": 2, "items": ["W2", "B2"], "total_fen": 0}
    lane.measure(visit_id)
    assert seen(desk, visit_id).conclusion is Outcome.PASS
    assert [attempt.number for attempt in seen(desk, visit_id).attempts] == [1, 2, 3]


@pytest.mark.usefixtures("priced")
def test_a_recheck_costs_what_the_list_says_beside_what_was_paid(
    desk: DeskUnderTest, lane: LaneOfTheTest, clerk: str
) -> None:
    visit_id = str(desk.open_visit(clerk).result["visit_id"])
    failed(desk, lane, visit_id, "B1")
    assert desk.send(c.OpenRecheck(visit_id), clerk).result["total_fen"] == 4000
    assert [line.code for line in seen(desk, visit_id).charge] == ["safety", "recheck"]


def test_only_a_failed_car_comes_again_and_not_for_ever(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    assert refused(desk.send(c.OpenRecheck(visit_id), clerk)) == "desk.recheck.not_failed"
    failed(desk, lane, visit_id, "B1")
    asyncio.run(desk.clock.advance(timedelta(days=rules().within_days + 1).total_seconds()))
    late = desk.sign_in("wang", Role.CLERK)
    assert refused(desk.send(c.OpenRecheck(visit_id), late)) == "desk.recheck.too_late"


def test_a_failed_car_is_closed_with_its_report_and_opened_again_by_its_recheck(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    assert HoldKind.INSURANCE not in held(desk, visit_id)
    desk.writer.call(lambda uow: record(uow, VisitClosed(visit_id), actor="wang"))
    assert stage(seen(desk, visit_id)) is Stage.CLOSED
    assert desk.send(c.OpenRecheck(visit_id), clerk).accepted
    visit = seen(desk, visit_id)
    assert (stage(visit), visit.ended_at) == (Stage.WAITING, None)


def test_when_every_axle_passes_alone_and_the_whole_does_not_all_are_done_again(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str
) -> None:
    lane.measure(visit_id)
    visit = seen(desk, visit_id)
    cards = tuple(
        card if card.item != "whole" else replace(card, outcome=Outcome.FAIL) for card in visit.conclusion_cards
    )  # fmt: skip
    again = recheck_plan(visit.plan, cards)
    assert [item.item for item in again.items] == ["W1", "W2", "B1", "B2"]
    assert {item.reason.code for item in again.items if item.item.startswith("B")} == {"standards.recheck.whole"}
    assert recheck_plan(visit.plan, visit.conclusion_cards).items == ()


def test_while_a_second_visit_of_the_car_is_open_no_recheck_of_the_first_begins(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    desk.writer.call(lambda uow: record(uow, VisitClosed(visit_id), actor="wang"))
    assert desk.send(c.OpenVisit(car(vin=VIN), InspectionKind.IN_USE), clerk).accepted
    assert refused(desk.send(c.OpenRecheck(visit_id), clerk)) == "desk.intake.already_here"


@pytest.mark.usefixtures("priced")
def test_the_old_ticket_tells_what_a_recheck_repeats_and_costs_also_when_the_visit_was_closed(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    desk.writer.call(lambda uow: record(uow, VisitClosed(visit_id), actor="wang"))
    with desk.store.read() as uow:
        ticket = uow.tickets.get(visit_id)
    assert ticket is not None
    for wanted in (f"http://192.168.1.9:8080{PATH}{ticket.secret}", visit_id, "渝A12345"):
        reply = desk.send(c.AskRecheck(wanted), clerk)
        offer = from_plain(reply.result["offer"], RecheckOffer)
        assert (offer.visit_id, offer.problem) == (visit_id, None)
        assert [item.item for item in offer.items] == ["W1", "B1"]
        assert total_fen(offer.charge) == 4000
        assert from_plain(reply.result["visit"], VisitView).visit_id == visit_id
    assert desk.facts("recheck_opened") == []


def test_a_ticket_of_a_car_that_passed_says_why_there_is_no_recheck_and_a_strange_one_is_refused(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    lane.measure(visit_id)
    offer = from_plain(desk.send(c.AskRecheck(visit_id), clerk).result["offer"], RecheckOffer)
    assert offer.problem is not None
    assert offer.problem.code == "desk.recheck.not_failed"
    assert refused(desk.send(c.AskRecheck("no such thing"), clerk)) == "desk.recheck.unknown"


@pytest.mark.usefixtures("priced")
def test_a_recheck_that_is_given_up_costs_nothing_and_the_inspection_before_it_stays_paid(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    assert desk.send(c.TakeCash(visit_id, 12000, 12000), clerk).accepted
    desk.send(c.OpenRecheck(visit_id), clerk)
    assert desk.send(c.TakeCash(visit_id, 4000, 4000), clerk).accepted
    desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), clerk)
    visit = seen(desk, visit_id)
    assert [line.code for line in visit.charge] == ["safety"]
    assert due_fen(visit) == -4000
