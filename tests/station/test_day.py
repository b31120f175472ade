"""A training day from the window to the verdict, over real wires between real processes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from carcheck_desktop.domain.facts import (
    DeviceAttached,
    DeviceLost,
    EstimateGiven,
    ItemFinished,
    ItemVoided,
    VisitConcluded,
)
from carcheck_desktop.domain.measurements import AxleWeighing, Origin
from carcheck_desktop.domain.verdicts import Outcome, Purpose
from tests.station.days import Day
from tests.station.wire import curves

CARS = 6
SPEED = 20
LONGEST_WAIT_S = Decimal("0.3")
"""Real seconds for which a busy PC may keep a lane waiting."""


def finished(day: Day, number: int) -> dict[str, ItemFinished]:
    """Return the results of a car's first attempt."""
    facts = [entry.fact() for entry in day.records[number].entries]
    first = day.records[number].visit.attempts[0].attempt_id
    return {fact.item: fact for fact in facts if isinstance(fact, ItemFinished) and fact.attempt_id == first}


def first_conclusion(day: Day, number: int) -> VisitConcluded:
    facts = [entry.fact() for entry in day.records[number].entries]
    return next(fact for fact in facts if isinstance(fact, VisitConcluded))


def weighings(day: Day, number: int) -> list[AxleWeighing]:
    return [fact.weighing for fact in finished(day, number).values() if fact.weighing is not None]


def test_every_process_ends_in_order(day: Day) -> None:
    assert day.exit_codes == {"simulate": 0, "service": 0, "lane-1": 0, "lane-2": 0}


def test_a_sound_car_passes_every_item(day: Day) -> None:
    assert day.records[0].visit.conclusion is Outcome.PASS
    judged = {item: fact.outcome for item, fact in finished(day, 0).items() if fact.cards}
    assert judged == dict.fromkeys(("DB", "B1", "B2", "B0"), Outcome.PASS)
    assert day.records[0].visit.purposes == {Purpose.SAFETY: Outcome.PASS, Purpose.EMISSION: Outcome.PASS}


def test_a_failed_axle_fails_the_safety_inspection_and_not_the_emission(day: Day) -> None:
    assert first_conclusion(day, 1).purposes == {Purpose.SAFETY: Outcome.FAIL, Purpose.EMISSION: Outcome.PASS}


def test_a_smoky_engine_fails_the_emission_by_what_is_measured_and_not_the_safety(day: Day) -> None:
    visit = day.records[4].visit
    assert visit.purposes == {Purpose.SAFETY: Outcome.PASS, Purpose.EMISSION: Outcome.FAIL}
    failed = {card.quantity.value for card in visit.conclusion_cards if card.outcome is Outcome.FAIL}
    assert failed >= {"idle_co", "idle_hc", "high_idle_co", "high_idle_hc"}


def test_every_second_of_the_exhaust_is_in_the_record_and_the_phases_have_their_length(day: Day) -> None:
    makes: set[str] = set()
    for number in range(CARS):
        fact = finished(day, number)["DB"]
        assert fact.two_speed_idle is not None
        seconds = day.records[number].exhaust[fact.two_speed_idle.record_digest].seconds
        assert [each.number for each in seconds] == list(range(1, len(seconds) + 1))
        assert fact.effort.samples == len(seconds) > 120
        for phase in ("high_sample", "idle_sample"):
            # never shorter; longer by what the PC lets the lane wait, twenty times as much of the station's time
            assert -Decimal("0.5") <= fact.effort.dwell_s[phase] - 30 <= LONGEST_WAIT_S * SPEED
        for span in fact.two_speed_idle.phases:
            assert span.end - span.start >= fact.two_speed_idle.demand.of(span.phase).duration_s
        makes |= {used.driver for used in fact.instruments}
        planned = next(item for item in day.records[number].visit.attempts[0].items if item.item == "DB")
        assert planned.plan_reason.code == "standards.emission.traction_control"
    # each lane has another make
    assert makes == {"nanhua_nha50x", "mingquan_mqw50a"}


def test_a_worn_pad_fails_its_axle_by_rate_and_imbalance(day: Day) -> None:
    assert first_conclusion(day, 1).outcome is Outcome.FAIL
    assert {card.quantity.value: card.outcome for card in finished(day, 1)["B1"].cards} == {
        "axle_brake_rate": Outcome.FAIL,
        "imbalance": Outcome.FAIL,
    }
    assert finished(day, 1)["B2"].outcome is Outcome.PASS


def test_a_pulled_plug_voids_the_item_and_its_repeat_passes(day: Day) -> None:
    facts = [entry.fact() for entry in day.records[2].entries]
    voided = [fact for fact in facts if isinstance(fact, ItemVoided)]
    assert [(fact.item, fact.will_repeat) for fact in voided] == [("B2", True)]
    assert voided[0].run_id not in {fact.run_id for fact in facts if isinstance(fact, ItemFinished)}
    assert day.records[2].visit.conclusion is Outcome.PASS


def test_the_conclusion_has_the_whole_vehicle_rate(day: Day) -> None:
    cards = day.records[0].visit.conclusion_cards
    assert cards[-1].quantity.value == "whole_vehicle_brake_rate"
    assert cards[-1].outcome is Outcome.PASS


def test_everything_is_flagged_as_simulated(day: Day) -> None:
    for number in range(CARS):
        assert {fact.origin for fact in finished(day, number).values()} == {Origin.SIMULATOR}
    assert [summary["origin"] for summary in day.summaries] == ["simulator"] * CARS


def test_no_sample_is_lost_and_the_drag_is_exactly_three_seconds(day: Day) -> None:
    for number in range(CARS):
        for item, fact in finished(day, number).items():
            assert fact.effort.lost_samples == 0
            if item.startswith("B"):
                assert str(fact.effort.dwell_s["drag"]) == "3.00"
                assert fact.effort.samples > 700


def test_forces_in_the_wire_log_equal_the_record(day: Day) -> None:
    seen = [curve for log in (day.folder / "data" / "wire").glob("lane-*/*bench*.wire") for curve in curves(log)]
    recorded = [curve for record in day.records for curve in record.curves.values()]
    assert len(recorded) >= 3 * CARS
    for curve in recorded:
        assert (curve.left_daN, curve.right_daN) in seen


def test_a_result_belongs_to_the_car_that_stood_there(day: Day) -> None:
    for number, record in enumerate(day.records):
        weighed_kg = float(sum(weighing.left_kg + weighing.right_kg for weighing in weighings(day, number)))
        driver_kg = 75
        assert weighed_kg == pytest.approx(record.visit.vehicle.curb_mass_kg + driver_kg, abs=10)


def test_the_lanes_told_of_their_instruments(day: Day) -> None:
    from carcheck_desktop.store.reading import reading

    facts = []
    for lane in ("lane-1", "lane-2"):
        with reading(day.folder / "data" / lane / "journal.db", blob_folder=None) as uow:
            facts += [entry.fact() for entry in uow.journal.of_node(lane, 0, 1000)]
    attached = [fact.device for fact in facts if isinstance(fact, DeviceAttached)]
    lost = [fact.diagnosis.code for fact in facts if isinstance(fact, DeviceLost)]
    assert sorted(attached) == ["bench"] * 3 + ["gas"] * 2 + ["scale"] * 2
    assert lost == ["devices.port_absent"]


def test_every_car_was_told_when_it_would_be_done_by_facts_of_the_service(day: Day) -> None:
    for record in day.records:
        told = [(entry, entry.fact()) for entry in record.entries if entry.kind == EstimateGiven.kind]
        assert told
        assert {(entry.node, entry.actor) for entry, _ in told} == {("service", "service")}
        last = told[-1][1]
        assert isinstance(last, EstimateGiven)
        assert record.visit.estimate is not None
        assert (record.visit.estimate.earliest, record.visit.estimate.latest) == (last.earliest, last.latest)
        concluded = [entry.at for entry in record.entries if entry.kind == "visit_concluded"]
        assert told[-1][0].at <= concluded[-1]
