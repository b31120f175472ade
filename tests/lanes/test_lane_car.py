"""A car goes through the lane: weighed, braked, judged, let out; everything written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from carcheck_desktop.base.data import from_json
from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.measurements import Curve, Origin, StopReason
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import AttemptState
from carcheck_desktop.twin.car import make_car, with_worn_pad
from tests.lanes.station import PLATE, Station


def whole_visit(folder: Path, prepare: Callable[[Station], None] = lambda _: None) -> Station:
    station = Station(folder)
    prepare(station)

    async def go() -> None:
        await station.begin()
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    return station


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return whole_visit(tmp_path_factory.mktemp("sound"))


def test_a_sound_car_is_weighed_and_braked_in_order_and_passes(sound: Station) -> None:
    assert sound.attempt.problem is None
    assert sound.state() is AttemptState.COMPLETE
    finished = sound.finished()
    assert [each.item for each in finished] == ["W1", "W2", "B1", "B2", "B0"]
    assert [each.outcome for each in finished] == [Outcome.NOT_JUDGED, Outcome.NOT_JUDGED, *[Outcome.PASS] * 3]
    assert {each.origin for each in finished} == {Origin.SIMULATOR}
    assert not sound.body.is_turning
    assert sound.lane.view.occupied_by is None


def test_every_result_stands_on_a_position_claimed_before_it(sound: Station) -> None:
    claimed: dict[str, f.OccupancyTaken] = {}
    for fact in sound.journal.facts():
        if isinstance(fact, f.OccupancyTaken):
            claimed[fact.occupancy_id] = fact
        if isinstance(fact, f.ItemFinished | f.ItemStarted):
            held = claimed[fact.occupancy_id]
            assert held.visit_id == fact.visit_id
            assert held.position == ("scale" if fact.item.startswith("W") else "bench")
        if isinstance(fact, f.OccupancyReleased):
            del claimed[fact.occupancy_id]
    assert not claimed


def test_the_evidence_names_the_person_and_what_the_instrument_saw(sound: Station) -> None:
    scale, bench = sound.journal.facts(f.OccupancyTaken)
    assert [each.code for each in scale.evidence] == ["lanes.evidence.person", "lanes.evidence.weight"]
    assert scale.evidence[0].params == {"actor": "wang"}
    assert [each.code for each in bench.evidence] == ["lanes.evidence.person", "lanes.evidence.light_barrier"]


def test_a_brake_item_keeps_every_sample_and_the_exact_dwell_times(sound: Station) -> None:
    for fact in sound.finished()[2:]:
        run = fact.service_brake or fact.parking_brake
        assert run is not None
        curve = from_json(sound.journal.blobs[run.curve_digest], Curve)
        assert len(curve.left_daN) == len(curve.right_daN) == fact.effort.samples
        assert (curve.lost, fact.effort.lost_samples) == ((), 0)
        assert run.press_index == 450
        assert fact.effort.dwell_s == {"run_up": Decimal("1.50"), "drag": Decimal("3.00")}
        assert fact.effort.wire_bytes > 0
        assert max(curve.left_daN[:450]) < 60 < max(curve.left_daN)


def test_the_service_brake_is_judged_with_the_weighed_loads_and_its_drag(sound: Station) -> None:
    weighed, run = sound.finished()[0].weighing, sound.finished()[2].service_brake
    assert weighed is not None
    assert run is not None
    assert (run.left_kg, run.right_kg) == (weighed.left_kg, weighed.right_kg)
    wheels = sound.car.axles[0]
    assert float(run.drag_left_daN) == pytest.approx(wheels[0].drag_daN, abs=1)
    assert run.stop_reason in (StopReason.LEFT_LOCKED, StopReason.RIGHT_LOCKED, StopReason.BOTH_LOCKED)


def test_an_item_starts_with_the_sum_that_its_limit_demands(sound: Station) -> None:
    demanded = [each.demanded_sum_daN for each in sound.journal.facts(f.ItemStarted)]
    assert demanded[:2] == [None, None]
    weighed = sound.finished()[0].weighing
    assert weighed is not None
    assert demanded[2] == (weighed.left_kg + weighed.right_kg) * Decimal("0.98") * Decimal("0.6")


def test_the_driver_is_asked_in_the_order_of_the_clause(sound: Station) -> None:
    asked = [(each.expects, each.axle) for each in sound.journal.facts(f.PromptShown)]
    brakes = [("release", 1), ("pedal", 1), ("release", 1), ("axle_on_bench", 2), ("release", 2), ("pedal", 2)]
    assert asked[:3] == [("axle_on_scale", 1), ("axle_on_scale", 2), ("axle_on_bench", 1)]
    assert asked[3:9] == brakes
    assert asked[9:] == [("release", 2), ("release", 2), ("parking_lever", 2), ("release", 2), ("driven_off", 0)]


def test_the_prompt_is_due_whole_dwell_times_after_the_first_sample(sound: Station) -> None:
    pressed = [each for each in sound.journal.read() if each.kind == "prompt_shown"]
    for entry in pressed:
        fact = entry.fact()
        assert isinstance(fact, f.PromptShown)
        if fact.expects in ("pedal", "parking_lever"):
            shown_s = (entry.at - sound.journal.read()[0].at).total_seconds() + 0.01
            assert -0.15 < shown_s - fact.due_s <= 0


def test_the_parking_brake_follows_on_the_same_axle_without_lifting(sound: Station) -> None:
    calls = [call for call in sound.bench.calls if call in ("lift", "start")]
    assert calls == ["lift", "start", "start", "lift", "lift", "start", "start", "start", "start", "lift"]
    assert sound.body.lift_up


def test_the_screen_sees_every_sample_at_most_25_times_a_second(sound: Station) -> None:
    curves = [each.curve for each in sound.screen.shown if each.curve is not None]
    shown = {
        run_id: sum(len(c.left_daN) for c in curves if c.run_id == run_id) for run_id in {c.run_id for c in curves}
    }
    samples = {each.run_id: each.effort.samples for each in sound.finished() if each.item.startswith("B")}
    assert shown == samples
    for run_id in shown:
        mine = [curve for curve in curves if curve.run_id == run_id]
        ends = [curve.first + len(curve.left_daN) for curve in mine]
        assert [curve.first for curve in mine] == [1, *ends[:-1]]
    times = [each.at_s for each in sound.screen.shown if each.readings]
    assert min(b - a for a, b in pairwise(times)) >= 0.04 - 1e-9


def test_a_worn_pad_fails_the_imbalance_and_nothing_else_decides_it(tmp_path: Path) -> None:
    worn = with_worn_pad(make_car(1, PLATE, 1400), 1, Side.RIGHT)

    def prepare(station: Station) -> None:
        station.car = worn
        station.world.enter("1", worn)

    station = whole_visit(tmp_path, prepare)
    front = station.finished()[2]
    assert front.outcome is Outcome.FAIL
    assert any(card.quantity == "imbalance" and card.outcome is Outcome.FAIL for card in front.cards)
    assert station.state() is AttemptState.COMPLETE


@pytest.mark.parametrize(("ability", "starts"), [("separate_start", 1), ("device_clock", 2)])
def test_a_make_that_can_do_less_is_adapted_to(tmp_path: Path, ability: str, starts: int) -> None:
    def prepare(station: Station) -> None:
        station.abilities = {ability: False}
        station.boot()

    station = whole_visit(tmp_path, prepare)
    assert [each.outcome for each in station.finished()[2:]] == [Outcome.PASS] * 3
    assert station.body.starts == 3 * starts
    assert {each.effort.dwell_s["drag"] for each in station.finished()[2:]} == {Decimal("3.00")}


def test_a_bench_that_nothing_can_stop_is_refused_with_its_reason(tmp_path: Path) -> None:
    def prepare(station: Station) -> None:
        station.abilities = {"confirmed_stop": False}
        station.boot()

    station = whole_visit(tmp_path, prepare)
    assert station.state() is AttemptState.INTERRUPTED
    assert station.attempt.problem.code == "devices.no_stop_output"
    assert station.body.starts == 0


def fast(latency_s: float) -> Callable[[Station], None]:
    def prepare(station: Station) -> None:
        station.clock.speed = 20.0
        station.latency_s = latency_s
        station.boot()

    return prepare


@pytest.mark.parametrize("latency_s", [0.02, 0.06, 0.1])
def test_twenty_times_as_fast_the_samples_are_the_same_within_one_percent(
    sound: Station, tmp_path: Path, latency_s: float
) -> None:
    """A wire that takes 1 to 5 ms each way takes twenty times as much of a clock that is as fast."""
    quick = whole_visit(tmp_path, fast(latency_s))
    for slow, same in zip(sound.finished(), quick.finished(), strict=True):
        assert slow.effort.dwell_s == same.effort.dwell_s
        assert same.effort.samples == pytest.approx(slow.effort.samples, rel=0.01)
        assert same.effort.lost_samples == 0
        assert [card.outcome for card in same.cards] == [card.outcome for card in slow.cards]
