"""The folds: what windows show follows from facts alone, in any order of irrelevant ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold import fold_lane, fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.vehicle import masked_plate
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, worst
from carcheck_desktop.domain.views import AttemptState, ItemState, LaneView, Stage, VisitView, stage
from tests.domain.samples import CARD, PROBLEM, SAMPLES

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
BY_KIND = {fact.kind: fact for fact in SAMPLES}


def entries(facts: Sequence[f.Fact]) -> Iterator[Entry]:
    for seq, fact in zip(itertools.count(1), facts, strict=False):
        at = AT + timedelta(seconds=seq)
        yield seal(fact, node="lane-1", seq=seq, at=at, actor="li", blobs=(), previous=ZERO_HASH)


def visit_after(*kinds: str | f.Fact) -> VisitView:
    view = None
    for entry in entries([BY_KIND[kind] if isinstance(kind, str) else kind for kind in kinds]):
        view = fold_visit(view, entry)
    assert view is not None
    return view


def lane_after(*kinds: str | f.Fact) -> LaneView:
    view = LaneView("1", "lane-1")
    for entry in entries([BY_KIND[kind] if isinstance(kind, str) else kind for kind in kinds]):
        view = fold_lane(view, entry)
    return view


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("visit_opened",), Stage.WAITING),
        (("visit_opened", "attempt_started"), Stage.IN_LANE),
        (("visit_opened", "attempt_started", "attempt_interrupted"), Stage.INTERRUPTED),
        (("visit_opened", "attempt_started", "attempt_interrupted", "attempt_resumed"), Stage.IN_LANE),
        (("visit_opened", "attempt_started", "attempt_ended"), Stage.MEASURED),
        (("visit_opened", "attempt_started", "attempt_ended", "visit_concluded"), Stage.PASSED),
    ],
)
def test_the_board_shows_where_a_visit_is(kinds: tuple[str, ...], expected: Stage) -> None:
    assert stage(visit_after(*kinds)) is expected


def test_an_aborted_car_waits_again() -> None:
    aborted = f.AttemptEnded("attempt-1", "visit-1", "1", f.AttemptEnd.ABORTED, "gear stuck")
    assert stage(visit_after("visit_opened", "attempt_started", aborted)) is Stage.WAITING


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.INVALID, Outcome.NOT_JUDGED])
def test_only_a_pass_passes(outcome: Outcome) -> None:
    concluded = f.VisitConcluded("visit-1", "attempt-1", outcome, (CARD,))
    assert stage(visit_after("visit_opened", "attempt_started", "attempt_ended", concluded)) is Stage.FAILED


def test_an_item_runs_and_is_done_with_its_cards() -> None:
    running = visit_after("visit_opened", "attempt_started", "item_started").attempts[0].items[1]
    assert (running.state, running.runs, running.demanded_sum_daN) == (ItemState.RUNNING, 1, Decimal("488.04"))
    done = visit_after("visit_opened", "attempt_started", "item_started", "item_finished").attempts[0].items[1]
    assert (done.state, done.outcome, done.cards) == (ItemState.DONE, Outcome.PASS, (CARD,))


def test_a_void_item_has_a_reason_and_no_result() -> None:
    void = visit_after("visit_opened", "attempt_started", "item_started", "item_voided").attempts[0].items[1]
    assert (void.state, void.void_reason, void.outcome) == (ItemState.VOID, PROBLEM, None)


def test_a_repeat_counts_and_forgets_the_void() -> None:
    again = replace_run("run-2")
    item = visit_after("visit_opened", "attempt_started", "item_started", "item_voided", again).attempts[0].items[1]
    assert (item.state, item.runs, item.void_reason) == (ItemState.RUNNING, 2, None)


def test_a_late_result_of_an_earlier_run_changes_nothing() -> None:
    again = replace_run("run-2")
    item = visit_after("visit_opened", "attempt_started", "item_started", again, "item_finished").attempts[0].items[1]
    assert item.state is ItemState.RUNNING


def replace_run(run_id: str) -> f.ItemStarted:
    return f.ItemStarted(
        run_id, "visit-1", "attempt-1", "occupancy-1", "1", "B1", ItemKind.SERVICE_BRAKE, 1, Decimal(488)
    )


def test_a_fact_of_another_visit_leaves_a_visit_alone() -> None:
    before = visit_after("visit_opened")
    other = f.AttemptInterrupted("attempt-9", "visit-9", "1", PROBLEM)
    entry = next(entries([other]))
    assert fold_visit(before, entry) == before


def test_a_lane_shows_car_item_and_prompt() -> None:
    view = lane_after("attempt_started", "occupancy_taken", "item_started", "prompt_shown")
    assert view.attempt is not None
    assert view.occupied_by == "visit-1"
    assert view.running_item == "B1"
    assert view.prompt is not None
    assert view.prompt.expects == "pedal"


def test_a_finished_item_takes_its_prompt_away() -> None:
    view = lane_after("attempt_started", "item_started", "prompt_shown", "item_finished")
    assert (view.running_item, view.prompt) == (None, None)


def test_a_stopped_lane_says_who_stopped_it() -> None:
    view = lane_after("attempt_started", "prompt_shown", "lane_stopped")
    assert (view.stopped, view.stopped_by, view.prompt) == (True, "li", None)
    assert not lane_after("lane_stopped", "stop_released").stopped


def test_an_interrupted_attempt_says_why() -> None:
    view = lane_after("attempt_started", "attempt_interrupted")
    assert view.attempt is not None
    assert (view.attempt.state, view.attempt.problem) == (AttemptState.INTERRUPTED, PROBLEM)


def test_a_lost_device_is_shown_with_its_diagnosis_until_it_is_back() -> None:
    lost = lane_after("device_attached", "device_lost").devices
    assert [device.problem for device in lost] == [PROBLEM]
    assert [device.problem for device in lane_after("device_lost", "device_attached").devices] == [None]


def test_facts_of_another_lane_leave_a_lane_alone() -> None:
    view = LaneView("2", "lane-2")
    for entry in entries(SAMPLES):
        view = fold_lane(view, entry)
    assert view == LaneView("2", "lane-2")


@pytest.mark.parametrize(
    ("plate", "masked"),
    [("渝A12345", "渝A1**45"), ("渝AD12345", "渝AD**345"), ("渝A1", "渝**"), ("", "")],
)
def test_strangers_see_a_masked_plate(plate: str, masked: str) -> None:
    assert masked_plate(plate) == masked


def test_outcomes_fold_to_the_worst() -> None:
    assert worst([]) is Outcome.NOT_JUDGED
    assert worst([Outcome.PASS, Outcome.FAIL, Outcome.INVALID]) is Outcome.INVALID
    assert worst([Outcome.PASS, Outcome.NOT_JUDGED]) is Outcome.NOT_JUDGED
    assert worst([Outcome.PASS]) is Outcome.PASS
