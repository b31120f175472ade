"""Two-speed idle on a lane: the whole way, and everything that goes wrong named and recoverable."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.devices.api.kinds import GasAction, GasSource
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.exhaust import ExhaustRecord, IdleEnd, IdlePhase
from carcheck_desktop.domain.vehicle import Drive, InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind, Outcome
from carcheck_desktop.domain.views import AttemptState, VisitView
from carcheck_desktop.standards.rulebook import plan_visit
from carcheck_desktop.twin.car import make_car
from carcheck_desktop.twin.engine import cold, smoky, stalling
from tests.lanes.station import PLATE, RULES, START, Station, vehicle, visit

if TYPE_CHECKING:
    from carcheck_desktop.twin.engine import Engine

CAR = replace(vehicle(), fuel="A", drive=Drive.FRONT, has_traction_control_always_on=True)


def asked(visit_id: str = "visit-1") -> VisitView:
    """A visit that is asked for its exhaust and nothing else."""
    items = plan_visit(RULES, CAR, InspectionKind.IN_USE, date(2026, 1, 5)).items
    only = tuple(item for item in items if item.kind is ItemKind.TWO_SPEED_IDLE)
    return replace(visit(visit_id), vehicle=CAR, plan=only, tables=RULES.hashes)


def station(folder: Path, engine: Engine | None = None) -> Station:
    car = make_car(1, PLATE, 1400)
    made = Station(folder, replace(car, engine=engine) if engine else car, has_gas=True)
    made.book.visits["visit-1"] = asked()
    return made


def sound() -> Engine:
    return make_car(1, PLATE, 1400).engine


async def _through(made: Station, limit_s: float = 900.0) -> None:
    await made.begin()
    await made.until(lambda: made.state() is not AttemptState.RUNNING, limit_s)


def done(made: Station) -> tuple[f.ItemFinished, ExhaustRecord]:
    (finished,) = made.finished()
    assert finished.two_speed_idle is not None
    return finished, from_json(made.journal.blobs[finished.two_speed_idle.record_digest], ExhaustRecord)


def prompts(made: Station) -> list[str]:
    return [fact.expects for fact in made.journal.facts(f.PromptShown)]


def test_a_clean_warm_car_goes_through_every_phase_and_passes(tmp_path: Path) -> None:
    made = station(tmp_path)

    async def day() -> None:
        await _through(made)
        await made.close()

    asyncio.run(day())
    finished, record = done(made)
    run = finished.two_speed_idle
    assert run is not None
    assert (finished.outcome, run.end, made.state()) == (Outcome.PASS, IdleEnd.WHOLE, AttemptState.COMPLETE)
    assert prompts(made) == [
        "at_emission", "probe_closed", "probe_free", "rev_fast", "probe_in", "rev_high", "rev_idle", "probe_out",
        "driven_off",
    ]  # fmt: skip
    assert [each.number for each in record.seconds] == list(range(1, len(record.seconds) + 1))
    for phase, wanted in ((IdlePhase.HOLD, 30), (IdlePhase.HIGH_SETTLE, 15), (IdlePhase.HIGH_SAMPLE, 30),
                          (IdlePhase.IDLE_SETTLE, 15), (IdlePhase.IDLE_SAMPLE, 30)):  # fmt: skip
        span = run.span(phase)
        assert span is not None
        mine = record.seconds[span.start : span.end]
        assert {each.phase for each in mine} == {phase}
        assert (len(mine), all(each.is_steady for each in mine)) == (wanted, True)
        assert abs(finished.effort.dwell_s[phase.value] - wanted) <= 1
    gaps = {after.at_s - before.at_s for before, after in zip(record.seconds, record.seconds[1:], strict=False)}
    assert max(gaps) < Decimal("1.1")
    assert run.preparation.residue_hc_ppm < 7
    assert run.preparation.ambient_kPa == Decimal("99.2")
    high, settled = run.span(IdlePhase.HIGH_SAMPLE), record.seconds[-1]
    assert high is not None
    assert 2300 <= record.seconds[high.start].rpm <= 2700
    assert settled.rpm < 900
    assert made.gas_body.bench.source is GasSource.OFF


def test_the_items_start_carries_what_is_demanded_and_its_occupancy_what_was_seen(tmp_path: Path) -> None:
    made = station(tmp_path)

    async def day() -> None:
        await _through(made)
        await made.close()

    asyncio.run(day())
    (started,) = made.journal.facts(f.ItemStarted)
    assert started.demand is not None
    assert {limit.quantity.value for limit in started.demand.limits} >= {"idle_co", "high_idle_lambda"}
    (taken,) = made.journal.facts(f.OccupancyTaken)
    assert [each.code for each in taken.evidence] == ["lanes.evidence.person", "lanes.evidence.engine_speed"]
    assert taken.position == "emission"
    assert len(made.journal.facts(f.OccupancyReleased)) == 1


def test_a_dead_catalyst_behind_a_rich_mixture_fails_by_what_is_measured(tmp_path: Path) -> None:
    made = station(tmp_path, smoky(sound()))

    async def day() -> None:
        await _through(made)
        await made.close()

    asyncio.run(day())
    finished, _ = done(made)
    failed = {card.quantity.value for card in finished.cards if card.outcome is Outcome.FAIL}
    assert failed >= {"idle_co", "idle_hc", "high_idle_co", "high_idle_hc"}


def test_the_leak_check_is_daily_and_the_zero_is_each_cars(tmp_path: Path) -> None:
    made = station(tmp_path)

    async def days() -> None:
        await _through(made)
        made.book.visits["visit-2"] = asked("visit-2")
        made.world.enter("1", make_car(1, PLATE, 1400))
        await made.soon(made.lane.start_attempt("visit-2", "wang"))
        await made.until(lambda: made.state() is AttemptState.COMPLETE, 900)
        made.clock.set_back_or_forward(timedelta(days=1))
        made.book.visits["visit-3"] = asked("visit-3")
        made.world.enter("1", make_car(1, PLATE, 1400))
        await made.soon(made.lane.start_attempt("visit-3", "wang"))
        await made.until(lambda: made.state() is AttemptState.COMPLETE, 900)
        await made.close()

    asyncio.run(days())
    assert made.gas is not None
    assert made.gas.actions == [
        GasAction.LEAK_CHECK, GasAction.ZERO, GasAction.ZERO, GasAction.LEAK_CHECK, GasAction.ZERO
    ]  # fmt: skip
    first, second, _ = (each.two_speed_idle.preparation for each in made.finished() if each.two_speed_idle)
    assert first.leak_checked_at == second.leak_checked_at
    assert second.zeroed_at > first.zeroed_at


def test_a_cold_engine_is_warmed_up_first(tmp_path: Path) -> None:
    made = station(tmp_path, cold(sound()))

    async def day() -> None:
        await _through(made, 1500)
        await made.close()

    asyncio.run(day())
    assert prompts(made)[3:5] == ["warm_up", "rev_fast"]
    _, record = done(made)
    assert record.seconds[0].oil_C is not None
    assert record.seconds[0].oil_C >= 80


@pytest.mark.parametrize("when", [IdlePhase.HIGH_SAMPLE, IdlePhase.IDLE_SETTLE])
def test_a_probe_that_comes_out_ends_the_test_as_invalid_at_once(tmp_path: Path, when: IdlePhase) -> None:
    made = station(tmp_path)

    def phase_is() -> bool:
        shown = [each for each in made.screen.shown if each.readings]
        told = {each.point: each.value for each in shown[-1].readings} if shown else {}
        return told.get("phase") == float(list(IdlePhase).index(when))

    async def day() -> None:
        await made.begin()
        await made.until(phase_is, 900)
        made.world.put_probe("1", made.clock.monotonic(), into_pipe=False)
        await made.until(lambda: bool(made.finished()), 60)
        await made.until(lambda: made.state() is AttemptState.COMPLETE, 200)
        await made.close()

    asyncio.run(day())
    finished, record = done(made)
    assert finished.two_speed_idle is not None
    assert (finished.outcome, finished.two_speed_idle.end) == (Outcome.INVALID, IdleEnd.DILUTED)
    assert {card.reason.code for card in finished.cards if card.reason} == {"standards.exhaust.diluted"}
    last = record.seconds[-1]
    assert last.co_percent + last.co2_percent < 6
    assert record.seconds[-2].co_percent + record.seconds[-2].co2_percent >= 6


def test_an_invalid_test_is_repeated_when_a_person_says_so_and_both_are_kept(tmp_path: Path) -> None:
    made = station(tmp_path, stalling(sound(), after_s=75.0))

    async def day() -> None:
        attempt_id = await made.begin()
        await made.until(lambda: bool(made.finished()), 900)
        await made.soon(made.lane.repeat_item(attempt_id, "DB", "wang"))
        await made.until(lambda: made.state() is AttemptState.COMPLETE, 900)
        await made.close()

    asyncio.run(day())
    first, second = made.finished()
    assert first.two_speed_idle is not None
    assert first.two_speed_idle.end is IdleEnd.STALLED
    assert {card.reason.code for card in first.cards if card.reason} == {"standards.exhaust.stalled"}
    assert (first.outcome, second.outcome) == (Outcome.INVALID, Outcome.PASS)


def interrupted(made: Station, limit_s: float = 900.0) -> str:
    """Run until somebody is needed; return the problem's code."""

    async def day() -> None:
        await _through(made, limit_s)

    asyncio.run(day())
    assert made.state() is AttemptState.INTERRUPTED
    problem = made.attempt.problem
    assert problem is not None
    assert not made.finished()
    (voided,) = made.journal.facts(f.ItemVoided)
    assert voided.will_repeat
    return str(problem.code)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("leak", "devices.gas.leak"),
        ("zero_fails", "devices.gas.zero_failed"),
        ("residue", "lanes.emission.residue"),
        ("low_flow", "devices.gas.low_flow"),
    ],
)
def test_an_analyser_that_is_not_fit_is_named_before_the_probe_goes_in(tmp_path: Path, fault: str, code: str) -> None:
    made = station(tmp_path)
    setattr(made.gas_body.faults, fault, True)
    assert interrupted(made) == code
    assert "probe_in" not in prompts(made)
    assert made.gas_body.bench.source is GasSource.OFF


def test_low_flow_in_mid_test_voids_it_and_the_pump_stops(tmp_path: Path) -> None:
    made = station(tmp_path)

    async def day() -> None:
        await made.begin()
        await made.until(lambda: "rev_high" in prompts(made), 900)
        made.gas_body.faults.low_flow = True
        await made.until(lambda: made.state() is AttemptState.INTERRUPTED, 60)
        assert made.attempt.problem.code == "devices.gas.low_flow"
        assert made.gas_body.bench.source is GasSource.OFF
        made.gas_body.faults.low_flow = False
        await made.soon(made.lane.resume_attempt(made.attempt.attempt_id, "wang"))
        await made.until(lambda: made.state() is AttemptState.COMPLETE, 900)
        await made.close()

    asyncio.run(day())
    assert [each.outcome for each in made.finished()] == [Outcome.PASS]
    assert len(made.journal.facts(f.ItemVoided)) == 1
    asked = prompts(made)
    assert asked.count("probe_out") == 2, "the probe that the cut-off test left in the pipe is asked for first"
    again = asked.index("probe_out")
    assert asked[again + 1] == "rev_fast"


def test_a_probe_that_nobody_puts_in_is_said_with_what_was_seen(tmp_path: Path) -> None:
    made = station(tmp_path)
    made.world.put_probe = lambda lane, at_s, *, into_pipe: None  # type: ignore[method-assign]
    assert interrupted(made) == "lanes.timeout.probe_in"
    assert float(made.attempt.problem.params["percent"]) < 1


def test_a_driver_who_does_not_press_is_told_what_was_asked_and_seen(tmp_path: Path) -> None:
    made = station(tmp_path)
    made.world.rev = lambda lane, at_s, rpm: None  # type: ignore[method-assign]
    assert interrupted(made) == "lanes.timeout.engine_speed"
    assert made.attempt.problem.params["low"] == 3620


def test_an_engine_speed_that_is_not_held_restarts_the_count_and_is_given_up_after_a_while(tmp_path: Path) -> None:
    made = station(tmp_path)
    real = made.world.rev

    def restless(lane: str, at_s: float, rpm: float | None) -> None:
        real(lane, at_s, rpm)
        for number in range(1, 40):
            real(lane, at_s + 10.0 * number, 1500.0 if number % 2 else rpm)

    made.world.rev = restless  # type: ignore[method-assign]
    assert interrupted(made) == "lanes.emission.not_held"


def test_one_restless_moment_only_starts_the_sample_anew(tmp_path: Path) -> None:
    made = station(tmp_path)
    real = made.world.rev

    def twitchy(lane: str, at_s: float, rpm: float | None) -> None:
        real(lane, at_s, rpm)
        if rpm is not None and rpm < 3000:
            real(lane, at_s + 25.0, 3300.0)
            real(lane, at_s + 27.0, rpm)

    made.world.rev = twitchy  # type: ignore[method-assign]

    async def day() -> None:
        await _through(made)
        await made.close()

    asyncio.run(day())
    finished, record = done(made)
    assert finished.outcome is Outcome.PASS
    sampled = [each for each in record.seconds if each.phase is IdlePhase.HIGH_SAMPLE]
    assert len(sampled) > 30
    assert any(not each.is_steady for each in sampled)


def test_a_lane_without_an_analyser_refuses_in_words_and_leaves_nothing_out(tmp_path: Path) -> None:
    made = Station(tmp_path)
    made.book.visits["visit-1"] = asked()

    async def day() -> None:
        await made.soon(made.lane.open())
        with pytest.raises(RefusedError) as caught:
            await made.soon(made.lane.start_attempt("visit-1", "wang"))
        assert caught.value.code == "lanes.door.no_analyser"
        await made.close()

    asyncio.run(day())
    assert made.journal.facts(f.AttemptStarted) == []


def test_a_stop_in_mid_test_voids_it_and_the_pump_stops(tmp_path: Path) -> None:
    made = station(tmp_path)

    async def day() -> None:
        await made.begin()
        await made.until(lambda: "rev_high" in prompts(made), 900)
        await made.soon(made.lane.stop("li", "pc-1"))
        assert made.lane.view.stopped
        assert made.state() is AttemptState.INTERRUPTED
        await made.close()

    asyncio.run(day())
    assert made.gas_body.bench.source is GasSource.OFF


def test_the_whole_car_is_tested_at_the_pipe_first_and_then_weighed_and_braked(tmp_path: Path) -> None:
    made = Station(tmp_path, has_gas=True)
    items = plan_visit(RULES, CAR, InspectionKind.IN_USE, date(2026, 1, 5)).items
    made.book.visits["visit-1"] = replace(visit(), vehicle=CAR, plan=items)

    async def day() -> None:
        await _through(made, 1500)
        await made.close()

    asyncio.run(day())
    assert [each.item for each in made.finished()] == ["DB", "W1", "W2", "B1", "B2", "B0"]
    assert made.state() is AttemptState.COMPLETE
    assert made.clock.now() > START
