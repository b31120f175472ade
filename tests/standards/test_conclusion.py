"""The conclusion over a visit and the whole-vehicle rate in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from carcheck_desktop.domain.measurements import AxleWeighing, Curve, ServiceBrakeRun, StopReason
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.plan import plan
from carcheck_desktop.standards.verdicts import Conclusion, Measured, conclude
from tests.standards.cars import CAR, IN_USE, ON, TABLES, code, curve, judge, judge_lever, parked, run, young

FRONT = (run(1, 800), curve([5, 200, 258], [5, 195, 256]))
REAR = (run(2, 540), curve([5, 110, 150], [5, 98, 146]))
WEIGHINGS = (AxleWeighing(1, Decimal(400), Decimal(400)), AxleWeighing(2, Decimal(270), Decimal(270)))
PARKING = judge_lever((parked(2, 1340), curve([5, 140], [5, 134])))


def cards_of(*runs: tuple[ServiceBrakeRun, Curve]) -> list[VerdictCard]:
    return [card for one, shape in runs for card in judge(one, shape)]


def complete() -> Measured:
    return Measured(WEIGHINGS, [FRONT, REAR], [*cards_of(FRONT, REAR), PARKING])


def concluded(measured: Measured) -> Conclusion:
    return conclude(TABLES, CAR, IN_USE, ON, measured)


def test_a_good_car_passes_with_all_its_cards() -> None:
    conclusion = concluded(complete())
    assert conclusion.outcome is Outcome.PASS
    assert conclusion.missing == ()
    assert [card.item for card in conclusion.cards] == ["B1", "B1", "B2", "B2", "B0", "whole"]
    whole = conclusion.whole
    assert whole.quantity is Quantity.WHOLE_VEHICLE_BRAKE_RATE
    assert (str(whole.exact), str(whole.rounded), str(whole.limit)) == ("61.681388973499", "61.7", "60")
    assert whole.inputs["vehicle_kg"] == "1340"
    assert whole.inputs["axle2_kg"] == "540"


def test_good_axles_may_make_a_car_that_fails_as_a_whole() -> None:
    rear = (run(2, 540), curve([5, 60, 70], [5, 58, 66]))
    conclusion = concluded(Measured(WEIGHINGS, [FRONT, rear], [*cards_of(FRONT, rear), PARKING]))
    assert {card.outcome for card in conclusion.cards[:-1]} == {Outcome.PASS}
    assert conclusion.whole.outcome is Outcome.FAIL
    assert conclusion.outcome is Outcome.FAIL


def test_one_failed_item_fails_the_visit() -> None:
    failed = replace(PARKING, outcome=Outcome.FAIL)
    assert concluded(replace(complete(), cards=[*cards_of(FRONT, REAR), failed])).outcome is Outcome.FAIL


def test_an_invalid_item_keeps_the_visit_from_passing_and_from_failing() -> None:
    broken = (replace(FRONT[0], stop_reason=StopReason.DEVICE_ERROR), FRONT[1])
    conclusion = concluded(Measured(WEIGHINGS, [broken, REAR], [*cards_of(broken, REAR), PARKING]))
    assert conclusion.outcome is Outcome.INVALID
    assert code(conclusion.whole) == "standards.invalid.axle_run"


def test_the_latest_result_of_an_item_counts() -> None:
    weak = (run(1, 800), curve([5, 90, 100], [5, 90, 100]))
    measured = Measured(WEIGHINGS, [weak, REAR, FRONT], [*cards_of(weak, REAR), PARKING, *cards_of(FRONT)])
    assert concluded(measured).outcome is Outcome.PASS
    turned = Measured(WEIGHINGS, [FRONT, REAR, weak], [*cards_of(FRONT, REAR), PARKING, *cards_of(weak)])
    assert concluded(turned).outcome is Outcome.FAIL


@pytest.mark.parametrize("item", ["W1", "W2", "B1", "B2", "B0"])
def test_a_planned_item_without_a_result_keeps_the_visit_from_passing(item: str) -> None:
    axle = int(item[1])
    measured = complete()
    if item.startswith("W"):
        measured = replace(measured, weighings=[each for each in WEIGHINGS if each.axle != axle])
    else:
        kept = [card for card in measured.cards if card.item != item]
        measured = replace(measured, cards=kept, service_runs=[each for each in (FRONT, REAR) if each[0].axle != axle])
    conclusion = concluded(measured)
    assert conclusion.missing == (item,)
    assert conclusion.outcome is Outcome.NOT_JUDGED
    assert (conclusion.whole.outcome is Outcome.NOT_JUDGED) == (item != "B0")


def test_a_young_car_needs_no_parking_brake() -> None:
    measured = replace(complete(), cards=cards_of(FRONT, REAR))
    assert concluded(measured).outcome is Outcome.NOT_JUDGED
    assert conclude(TABLES, young(), IN_USE, ON, measured).outcome is Outcome.PASS


def test_the_plan_the_visit_was_opened_with_overrides_the_standards_own() -> None:
    measured = replace(complete(), cards=cards_of(FRONT, REAR), planned=plan(TABLES, young(), IN_USE, ON).items)
    assert concluded(measured).outcome is Outcome.PASS


def test_concluding_twice_gives_the_same_card_once() -> None:
    first = concluded(complete())
    assert concluded(replace(complete(), cards=first.cards)) == first


def test_nothing_measured_is_nothing_judged() -> None:
    conclusion = concluded(Measured([], [], []))
    assert conclusion.outcome is Outcome.NOT_JUDGED
    assert conclusion.missing == ("W1", "W2", "B1", "B2", "B0")
    assert code(conclusion.whole) == "standards.missing.axle"


def test_a_weighing_that_cannot_be_is_invalid() -> None:
    weighings = [WEIGHINGS[0], AxleWeighing(2, Decimal("NaN"), Decimal(270))]
    assert code(concluded(replace(complete(), weighings=weighings)).whole) == "standards.invalid.no_load"


def test_no_car_fails_as_a_whole_for_force_that_may_have_been_lost() -> None:
    rear = (run(2, 540), curve([5, 60, 70, 69, 0], [5, 58, 66, 65, 0], lost=[4]))
    assert code(concluded(replace(complete(), service_runs=[FRONT, rear])).whole) == "standards.invalid.lost_sample"
