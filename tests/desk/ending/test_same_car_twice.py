"""The same car twice: a visit that has not ended keeps its car, and a failed car that is back leads to its own visit."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from carcheck_desktop.base.data import from_plain
from carcheck_desktop.desk.ending.rules import parse_rules, rules
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.custody import OWNER, Holder, Place, Thing, holder_of
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.facts.ending import VisitClosed
from carcheck_desktop.domain.intake import LookupAnswer, VisitPreview
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind
from tests.desk.conftest import DeskUnderTest, car
from tests.desk.ending.asking import VIN, failed, refused
from tests.desk.ending.measuring import LaneOfTheTest, seen

AGAIN = c.OpenVisit(car(vin=VIN), InspectionKind.IN_USE)
NOTED = c.NoteArrival("渝A12345", PlateKind.SMALL_CAR, takes=(Thing.KEY,))


def named(reply: c.Reply) -> tuple[object, object]:
    assert refused(reply) == "desk.intake.already_here"
    assert reply.refusal is not None
    return reply.refusal.params["visit"], reply.refusal.params["ways"]


def closed(desk: DeskUnderTest, visit_id: str) -> None:
    desk.writer.call(lambda uow: record(uow, VisitClosed(visit_id), actor="wang"))


def days_later(desk: DeskUnderTest, days: int) -> str:
    asyncio.run(desk.clock.advance(timedelta(days=days).total_seconds()))
    return desk.sign_in("wang", Role.CLERK)


def test_a_failed_car_that_is_not_closed_is_not_taken_in_twice_and_its_recheck_is_named(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    assert named(desk.send(AGAIN, clerk)) == (visit_id, "desk.intake.here.failed")
    assert desk.send(c.OpenRecheck(visit_id), clerk).accepted


def test_a_passed_car_that_is_not_closed_is_closed_before_it_is_taken_in_again(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    lane.measure(visit_id)
    assert named(desk.send(AGAIN, clerk)) == (visit_id, "desk.intake.here.passed")
    closed(desk, visit_id)
    assert desk.send(AGAIN, clerk).accepted


def test_a_withdrawn_car_whose_key_is_out_is_settled_first(desk: DeskUnderTest, visit_id: str, clerk: str) -> None:
    guide = desk.sign_in("zhao", Role.GUIDE)
    taken = c.HandOver(visit_id, (Thing.KEY,), OWNER, Holder(Place.PERSON, "zhao"))
    assert desk.send(taken, guide).accepted
    assert desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), clerk).result == {"closed": False}
    assert named(desk.send(AGAIN, clerk)) == (visit_id, "desk.intake.here.withdrawn")


def test_the_look_up_tells_the_visit_and_the_ways_on_from_it(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    reply = desk.send(c.LookUpVehicle("渝A12345", PlateKind.SMALL_CAR), clerk)
    answer = from_plain(reply.result, LookupAnswer)
    assert answer.open_visit_id == visit_id
    assert answer.open_visit_ways is not None
    assert answer.open_visit_ways.code == "desk.intake.here.failed"


def test_a_visit_that_was_never_closed_does_not_keep_its_car_for_ever_and_the_preview_tells_of_it(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str
) -> None:
    lane.measure(visit_id)
    on_the_last_day = days_later(desk, rules().unclosed_days)
    assert named(desk.send(AGAIN, on_the_last_day))[0] == visit_id
    later = days_later(desk, 1)
    preview = from_plain(desk.send(c.PreviewVisit(car(vin=VIN), InspectionKind.IN_USE), later).result, VisitPreview)
    (advice,) = [each for each in preview.advice if each.code == "desk.intake.never_closed"]
    assert (advice.params["visit"], preview.problems) == (visit_id, ())
    assert desk.send(AGAIN, later).accepted


def test_a_car_that_nobody_inspected_yet_stays_here_until_it_is_given_up(
    desk: DeskUnderTest, visit_id: str
) -> None:  # fmt: skip
    late = days_later(desk, rules().unclosed_days + 30)
    assert named(desk.send(AGAIN, late)) == (visit_id, "desk.intake.here.goes_on")
    assert desk.send(c.WithdrawVisit(visit_id, WithdrawReason.OWNER), late).result == {"closed": True}
    assert desk.send(AGAIN, late).accepted


def test_a_failed_car_back_at_the_gate_leads_to_its_visit_and_ticket_and_its_key_is_taken(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    reply = desk.send(NOTED, desk.sign_in("zhao", Role.GUIDE))
    visit = seen(desk, visit_id)
    assert visit.ticket is not None
    assert (reply.result["visit_id"], reply.result["number"]) == (visit_id, visit.ticket.number)
    assert reply.result["recheck"] is True
    assert holder_of(visit.custody, Thing.KEY).name == "zhao"
    with desk.store.read() as uow:
        assert uow.arrivals.open_ones() == []


def test_a_failed_car_whose_visit_was_closed_is_sent_to_its_recheck_by_ticket_and_not_noted_anew(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str
) -> None:
    failed(desk, lane, visit_id, "B1")
    closed(desk, visit_id)
    guide = desk.sign_in("zhao", Role.GUIDE)
    reply = desk.send(NOTED, guide)
    assert refused(reply) == "desk.arrivals.recheck_due"
    ticket = seen(desk, visit_id).ticket
    assert reply.refusal is not None
    assert ticket is not None
    assert (reply.refusal.params["visit"], reply.refusal.params["ticket"]) == (visit_id, ticket.number)
    days_later(desk, rules().within_days + 1)
    assert desk.send(NOTED, desk.sign_in("zhao", Role.GUIDE)).accepted


def test_the_days_are_data_and_nonsense_is_refused() -> None:
    text = 'schema = 1\nwithin_days = 20\nmost_rechecks = 5\nunclosed_days = {}\nconfidence = "recalled"\n'
    assert parse_rules(text.format(3).encode()).unclosed_days == 3
    with pytest.raises(ValueError, match="unclosed_days"):
        parse_rules(text.format(-1).encode())
