"""Which estimates are told: first ones, broken promises, changed reasons, material moves; nothing for fun."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from carcheck_desktop.app.estimating import TABLE
from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.estimate.durations import parse_prior
from carcheck_desktop.desk.estimate.foresee import Expected
from carcheck_desktop.desk.estimate.stopwatch import Stopwatch
from carcheck_desktop.desk.estimate.watch import Watch, give, is_worth_telling
from carcheck_desktop.desk.ledger import record, take_in
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.journal import ZERO_HASH, seal
from carcheck_desktop.domain.station import LaneAddress
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import EstimateView
from tests.desk.conftest import DeskUnderTest
from tests.desk.estimate.simulated import OPENED, START, SimulatedQueue, entry
from tests.domain.samples import PROBLEM

LANES = [LaneAddress("1", "lane-1", ""), LaneAddress("2", "lane-2", "")]
BASIS = Message("desk.estimate.basis_table")
LATE = Message("desk.estimate.late_stopped", {"lane": "1"})


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


TOLD = EstimateView(START + minutes(10), START + minutes(15), None, BASIS, START, START + minutes(15))
SAME = Expected(START + minutes(10), START + minutes(15), None, BASIS)


@pytest.mark.parametrize(
    ("expected", "after_min", "is_told"),
    [
        (SAME, 1, False),
        (replace(SAME, basis=Message("desk.estimate.basis_mixed", {"samples": 3})), 1, False),
        (replace(SAME, latest=START + minutes(16)), 1, False),
        (replace(SAME, latest=START + minutes(18)), 1, True),
        (replace(SAME, latest=START + minutes(18)), 0.2, False),
        (replace(SAME, late=LATE), 0.2, True),
        (replace(SAME, latest=None, late=LATE), 0.2, True),
        (replace(SAME, latest=START + minutes(15.6)), 15.5, True),
    ],
)
def test_only_what_is_worth_telling_is_told(expected: Expected, after_min: float, is_told: bool) -> None:
    assert is_worth_telling(TOLD, expected, START + minutes(after_min)) is is_told
    assert is_worth_telling(None, expected, START)


def test_a_clock_that_was_set_back_silences_nothing() -> None:
    moved = replace(SAME, earliest=TOLD.earliest - minutes(60), latest=START - minutes(45))
    assert is_worth_telling(TOLD, moved, START - minutes(60))


def test_far_away_a_few_minutes_are_no_news() -> None:
    told = replace(TOLD, earliest=START + minutes(120), latest=START + minutes(200))
    moved = replace(SAME, earliest=START + minutes(121), latest=START + minutes(206))
    assert not is_worth_telling(told, moved, START + minutes(1))
    assert is_worth_telling(told, replace(moved, latest=START + minutes(230)), START + minutes(1))


def test_the_stopwatch_times_each_part_and_leaves_trouble_out() -> None:
    queue = SimulatedQueue(5, 3, repeats=0.0)
    watch = Stopwatch()
    samples = [sample for each in queue.entries for sample in watch.take(each)]
    counts = {part: sum(each == part for each, _ in samples) for part, _ in samples}
    assert counts == {
        "change": 3, "between": 15, "axle_weighing": 6, "service_brake": 6, "parking_brake": 3, "leave": 3, "finish": 3,
    }  # fmt: skip
    assert all(duration_s >= 0 for _, duration_s in samples)


def test_an_interruption_is_not_counted_as_work() -> None:
    queue = SimulatedQueue(5, 1, repeats=0.0)
    begun = next(each for each in queue.entries if each.kind == "item_started")
    visit_id = next(iter(queue.opened))
    broken = f.AttemptInterrupted(f"attempt-{visit_id}", visit_id, "1", PROBLEM)
    at_s = (begun.at - START).total_seconds() + 1
    watch = Stopwatch()
    samples = []
    for each in sorted([*queue.entries, entry(at_s, "lane-1", broken)], key=lambda every: every.at):
        samples += watch.take(each)
    assert sum(part == "axle_weighing" for part, _ in samples) == 1


def test_what_a_watch_reads_at_the_start_is_what_it_would_have_heard(desk: DeskUnderTest) -> None:
    token = desk.sign_in("wang", Role.CLERK)
    visit_id = desk.open_visit(token).result["visit_id"]
    opened = desk.facts("visit_opened")[0]
    assert isinstance(opened, f.VisitOpened)
    started = f.AttemptStarted(
        "a", visit_id, "1", 1, opened.vehicle, opened.inspection, opened.plan, opened.edition, opened.table_hash
    )
    hello = f.JournalOpened("lane-1", "5001009", "示范检验站", training=True, public_key="", software="")
    previous, sealed = ZERO_HASH, []
    for seq, fact in enumerate((hello, started), start=1):
        sealed.append(seal(fact, node="lane-1", seq=seq, at=desk.clock.now(), actor="li", blobs=(), previous=previous))
        previous = sealed[-1].hash
    loaded, heard = (Watch(parse_prior(TABLE.read_bytes()), LANES) for _ in range(2))
    with desk.store.read() as uow:
        heard.load(uow, desk.clock.now())
    desk.writer.call(lambda uow: take_in(uow, sealed, desk.tables))
    with desk.store.read() as uow:
        assert heard.take(uow.journal.after(0))
        loaded.load(uow, desk.clock.now())
    now = desk.clock.now() + minutes(1)
    assert loaded.expected(now) == heard.expected(now)
    assert [each.visit_id for each in loaded.due(now)] == [visit_id]


def test_an_estimate_is_a_fact_of_the_visit_and_never_one_of_a_concluded_one(desk: DeskUnderTest) -> None:
    visit_id = desk.open_visit(desk.sign_in("wang", Role.CLERK)).result["visit_id"]
    told = f.EstimateGiven(visit_id, START, START + minutes(5), None, BASIS)
    desk.writer.call(lambda uow: give(uow, [told, replace(told, visit_id="nobody")]))
    with desk.store.read() as uow:
        visit = uow.visits.get(visit_id)
        entries = uow.journal.of_subject(visit_id)
    assert visit is not None
    assert visit.estimate is not None
    assert (visit.estimate.latest, entries[-1].actor, entries[-1].fact()) == (told.latest, "service", told)
    concluded = f.VisitConcluded(visit_id, "a", Outcome.PASS, ())
    desk.writer.call(lambda uow: record(uow, concluded, actor="system"))
    desk.writer.call(lambda uow: give(uow, [told]))
    assert len(desk.facts("estimate_given")) == 1


def test_a_concluded_visit_is_not_watched_any_more() -> None:
    watch = Watch(parse_prior(TABLE.read_bytes()), LANES)
    queue = SimulatedQueue(9, 4)
    assert watch.take(list(enumerate(queue.entries, start=1)))
    assert watch.due(queue.entries[-1].at) == []
    assert not watch.take(list(enumerate(queue.entries, start=1)))


def test_estimates_and_sign_ins_move_nothing() -> None:
    watch = Watch(parse_prior(TABLE.read_bytes()), LANES)
    told = f.EstimateGiven(OPENED.visit_id, START, None, LATE, BASIS)
    assert watch.take([(1, entry(0, "service", OPENED))])
    assert not watch.take([(2, entry(1, "service", told)), (3, entry(2, "service", f.SignedOut("s", "li")))])
