"""A correction and a start in the same instant: the lane measured by data that were wrong, and it is found out."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.holds import Gate, HoldKind, holds, stopping
from carcheck_desktop.domain.vehicle import Vehicle
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import Stage, VisitView, stage
from tests.desk.conftest import DeskUnderTest, car
from tests.desk.ending.asking import VIN
from tests.desk.ending.measuring import LaneOfTheTest, seen


@pytest.fixture
def known(desk: DeskUnderTest, visit_id: str, clerk: str) -> VisitView:
    """Return the visit as a lane knows it that has not heard of its correction yet."""
    before = seen(desk, visit_id)
    assert desk.send(c.CorrectVisit(visit_id, car(vin=VIN, curb_mass_kg=1500)), clerk).accepted
    return before


def test_an_attempt_that_began_with_the_old_data_is_held_with_what_differs_and_not_concluded(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, known: VisitView
) -> None:
    lane.measure(visit_id, known=known)
    visit = seen(desk, visit_id)
    assert (stage(visit), visit.conclusion) == (Stage.MEASURED, None)
    (hold,) = [each for each in holds(visit, desk.clock.now()) if each.kind is HoldKind.FINDING]
    assert (hold.evidence.params["before"], hold.evidence.params["after"]) == ("1400", "1500")
    assert "整备质量由“1400”改为“1500”，共 1 项不同" in Catalogue("zh_CN").text(hold.evidence)
    assert "curb" in Catalogue("en").text(hold.evidence).lower()
    for language in ("zh_CN", "en"):
        assert "holds." not in Catalogue(language).text(hold.next_step)
    assert hold in stopping(visit, desk.clock.now(), Gate.REPORT)


def test_the_finding_is_there_as_soon_as_the_start_is_heard_of_and_once_however_often_it_is_shipped(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, known: VisitView
) -> None:
    lane.begin(visit_id, known)
    assert len(desk.facts("hold_placed")) == 1
    lane.ship()
    assert len(desk.facts("hold_placed")) == 1


def test_the_car_is_tested_again_with_the_right_data_and_then_two_persons_settle_the_finding(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, known: VisitView
) -> None:
    lane.measure(visit_id, known=known)
    lane.measure(visit_id)
    visit = seen(desk, visit_id)
    assert visit.conclusion is Outcome.PASS
    assert [attempt.vehicle.curb_mass_kg for attempt in visit.attempts] == [1400, 1500]
    (placed,) = visit.placed_holds
    auditor, manager = desk.sign_in("qian", Role.AUDITOR), desk.sign_in("liu", Role.MANAGER)
    lift = c.LiftHold(visit_id, placed.hold_id, "按更正后的数据重测")
    assert not desk.send(lift, auditor).accepted
    assert desk.send(lift, auditor, second=manager).accepted
    assert seen(desk, visit_id).placed_holds == ()


def test_a_lane_that_heard_of_the_correction_and_one_without_any_are_held_for_nothing(
    desk: DeskUnderTest, lane: LaneOfTheTest, visit_id: str, clerk: str
) -> None:
    assert desk.send(c.CorrectVisit(visit_id, car(vin=VIN, seats=7)), clerk).accepted
    lane.measure(visit_id)
    other = str(desk.open_visit(clerk, plate="渝A99999").result["visit_id"])
    lane.measure(other)
    assert isinstance(seen(desk, other).vehicle, Vehicle)
    assert desk.facts("hold_placed") == []
    assert (seen(desk, visit_id).conclusion, seen(desk, other).conclusion) == (Outcome.PASS, Outcome.PASS)
