"""The board's data: hours of a day, announcements of a moment, plates that strangers see, the way of a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import (
    DEFAULT_RULES,
    FIRST_CONTENTS,
    BoardContent,
    BoardRules,
    DayException,
    DayHours,
    OpenSpan,
    PlateMask,
    ScreenRule,
    contents_of,
    masked_plate,
    note_on,
    spans_on,
)
from carcheck_desktop.domain.fold import fold_board, fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.path import StepState, path
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import (
    NO_BOARD,
    BoardView,
    VisitView,
    announcements_at,
    opening_hours,
    rules_of,
    stage,
)
from tests.domain.samples import ANNOUNCEMENT, CARD, ESTIMATE, HOURS, PLAN, PROBLEM, RULES, SAMPLES

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MORNING = DayHours(1, time(8, 30), time(11, 30), time(12, 0))
AFTERNOON = DayHours(1, time(13, 30), None, time(17, 0))


def entry(fact: f.Fact, at: datetime = AT) -> Entry:
    return seal(fact, node="service", seq=1, at=at, actor="boss", blobs=(), previous=ZERO_HASH)


def board(*facts: f.Fact) -> BoardView:
    view = NO_BOARD
    for number, fact in enumerate(facts):
        view = fold_board(view, entry(fact, AT + timedelta(seconds=number)))
    return view


def visit(*facts: f.Fact) -> VisitView:
    view: VisitView | None = None
    for number, fact in enumerate(facts):
        view = fold_visit(view, entry(fact, AT + timedelta(minutes=number)))
    assert view is not None
    return view


def fact_of(kind: type[f.Fact]) -> f.Fact:
    return next(each for each in SAMPLES if type(each) is kind)


OPENED, STARTED = fact_of(f.VisitOpened), fact_of(f.AttemptStarted)


def test_a_board_begins_with_nothing_invented() -> None:
    assert BoardView(None, (), (), None) == NO_BOARD
    assert opening_hours(NO_BOARD, date(2026, 1, 5)) is None
    assert rules_of(NO_BOARD) == DEFAULT_RULES


def test_hours_of_a_later_day_leave_todays_as_they_are() -> None:
    winter = replace(HOURS, revision=4, valid_from=date(2026, 2, 1), week=(MORNING,))
    view = board(HOURS, winter)
    assert view.hours is not None
    assert view.hours.revision == 3
    assert [each.revision for each in view.hours_to_come] == [4]
    on = {day: opening_hours(view, day) for day in (date(2026, 1, 4), date(2026, 1, 31), date(2026, 2, 1))}
    assert [each.revision if each else None for each in on.values()] == [None, 3, 4]


def test_a_new_record_replaces_all_that_would_begin_after_it() -> None:
    later = replace(HOURS, revision=4, valid_from=date(2026, 3, 1))
    today = replace(HOURS, revision=5, valid_from=date(2026, 1, 5))
    view = board(HOURS, later, today)
    assert view.hours is not None
    assert (view.hours.revision, view.hours_to_come, view.hours.set_by) == (5, (), "boss")


def test_a_day_with_a_break_has_two_spans_and_a_missing_day_none() -> None:
    assert spans_on((AFTERNOON, MORNING), (), date(2026, 1, 5)) == (
        OpenSpan(time(8, 30), time(11, 30), time(12, 0)),
        OpenSpan(time(13, 30), None, time(17, 0)),
    )
    assert spans_on((AFTERNOON, MORNING), (), date(2026, 1, 6)) == ()


def test_a_holiday_goes_before_its_weekday() -> None:
    holiday = DayException(date(2026, 1, 5), (), "元旦调休")
    assert spans_on((MORNING,), (holiday,), date(2026, 1, 5)) == ()
    assert note_on((holiday,), date(2026, 1, 5)) == "元旦调休"
    assert note_on((holiday,), date(2026, 1, 6)) == ""


def test_an_announcement_is_replaced_by_its_next_revision_and_gone_when_withdrawn() -> None:
    first = replace(ANNOUNCEMENT, revision=1, text_en="First.")
    view = board(first, ANNOUNCEMENT)
    assert [each.revision for each in view.announcements] == [2]
    assert board(first, ANNOUNCEMENT, f.AnnouncementWithdrawn("water", 2)).announcements == ()


def test_a_screen_shows_what_is_meant_for_it_and_urgent_ones_first() -> None:
    calm = f.AnnouncementPublished("tea", 1, "茶", "Tea", False, AT, None, ())
    later = replace(calm, announcement_id="soon", show_from=AT + timedelta(hours=1))
    view = board(ANNOUNCEMENT, calm, later)
    shown = {
        screen: [each.announcement_id for each in announcements_at(view, AT, screen)] for screen in ("hall-1", "x")
    }
    assert shown == {"hall-1": ["water", "tea"], "x": ["tea"]}
    assert ANNOUNCEMENT.show_until is not None
    over = [each.announcement_id for each in announcements_at(view, ANNOUNCEMENT.show_until, "hall-1")]
    assert set(over) == {"tea", "soon"}


def test_announcements_that_are_over_are_forgotten_when_the_next_one_comes() -> None:
    view = fold_board(board(ANNOUNCEMENT), entry(replace(ANNOUNCEMENT, announcement_id="new"), AT + timedelta(days=9)))
    assert [each.announcement_id for each in view.announcements] == ["new"]


def test_rules_say_what_a_screen_shows() -> None:
    view = board(RULES)
    assert view.rules == BoardRules(RULES.mask, 15, 12, RULES.screens)
    assert view.rules_revision == 4
    rules = rules_of(view)
    assert contents_of(rules, "hall-1") == (BoardContent.VEHICLES, BoardContent.HOURS)
    assert contents_of(rules, "another") == FIRST_CONTENTS
    assert contents_of(BoardRules(screens=(ScreenRule("a", ()),)), "a") == ()


def test_facts_of_other_things_leave_the_board_as_it_is() -> None:
    assert all(
        fold_board(NO_BOARD, entry(fact)) is NO_BOARD for fact in SAMPLES if fact.subject not in f.BOARD_SUBJECTS
    )


@given(st.text(max_size=12), st.integers(-1, 12), st.integers(-1, 12))
def test_a_plate_never_shows_more_than_the_rule_keeps(plate: str, first: int, last: int) -> None:
    masked = masked_plate(plate, PlateMask(first, last))
    assert len(masked) == len(plate)
    kept = [index for index in range(len(plate)) if masked[index] == plate[index] != "*"]
    assert all(index < first or index >= len(plate) - last for index in kept)
    if len(plate) >= 2:
        assert masked.count("*") >= (2 if len(plate) >= 3 else 1)


@pytest.mark.parametrize(
    ("plate", "masked"),
    [
        ("使014578", "使01***8"), ("粤Z1234港", "粤Z1***港"), ("川A1234警", "川A1***警"), ("京A1234学", "京A1***学"),
        ("WJ京1234X", "WJ京***4X"), ("渝AD12345", "渝AD****5"), ("临A1", "临**"), ("", ""),
    ],
)  # fmt: skip
def test_every_length_of_plate_is_masked_as_the_rule_says(plate: str, masked: str) -> None:
    keep_last = 2 if plate.startswith("WJ") else 1
    assert masked_plate(plate, PlateMask(3, keep_last)) == masked


def test_an_estimate_is_part_of_the_visit_and_no_change_of_it() -> None:
    view = visit(OPENED, ESTIMATE)
    assert view.estimate is not None
    assert (view.estimate.earliest, view.estimate.latest) == (ESTIMATE.earliest, ESTIMATE.latest)
    assert view.estimate.given_at == AT + timedelta(minutes=1)
    assert view.changed_at == view.opened_at


def test_the_first_promise_is_remembered() -> None:
    late = replace(ESTIMATE, latest=AT + timedelta(hours=5))
    unsaid = replace(ESTIMATE, latest=None)
    view = visit(OPENED, unsaid, ESTIMATE, late)
    assert view.estimate is not None
    assert (view.estimate.latest, view.estimate.promised) == (late.latest, ESTIMATE.latest)
    assert [e.promised for e in [visit(OPENED, unsaid).estimate] if e] == [None]


def states(view: VisitView) -> list[str]:
    return [step.state.value for step in path(view)]


def test_the_way_of_a_visit_step_by_step() -> None:
    ended = f.AttemptEnded("attempt-1", "visit-1", "1", f.AttemptEnd.COMPLETE, "")
    so_far: list[f.Fact] = [OPENED]
    assert states(visit(*so_far)) == ["done", "now", "to_do", "to_do", "to_do"]
    so_far.append(STARTED)
    assert states(visit(*so_far)) == ["done", "done", "now", "to_do", "to_do"]
    paused = [*so_far, f.AttemptInterrupted("attempt-1", "visit-1", "1", PROBLEM)]
    assert states(visit(*paused)) == ["done", "done", "paused", "to_do", "to_do"]
    so_far.append(ended)
    assert states(visit(*so_far)) == ["done", "done", "done", "done", "now"]
    passed = f.VisitConcluded("visit-1", "attempt-1", Outcome.PASS, (CARD,))
    assert states(visit(*so_far, passed)) == ["done"] * 5
    assert states(visit(*so_far, replace(passed, outcome=Outcome.FAIL))) == ["done"] * 4 + ["failed"]


def test_a_visit_that_left_the_lane_waits_once_more() -> None:
    view = visit(OPENED, STARTED, f.AttemptEnded("attempt-1", "visit-1", "1", f.AttemptEnd.ABORTED, "tyre"))
    waiting = path(view)[1]
    assert (waiting.state, waiting.said) == (StepState.NOW, Message("board.step.waiting_again"))
    assert states(view) == ["done", "now", "to_do", "to_do", "to_do"]


def test_the_step_on_the_lane_counts_its_items() -> None:
    done = replace_run(fact_of(f.ItemFinished), "run-1")
    begun = f.ItemStarted("run-1", "visit-1", "attempt-1", "o", "1", "B1", PLAN[1].kind, 1, None)
    step = path(visit(OPENED, STARTED, begun, done))[2]
    assert (step.done, step.total) == (1, 2)
    assert step.said == Message("board.step.on_lane", {"lane": "1", "done": 1, "total": 2})
    assert stage(visit(OPENED, STARTED)).value == "in_lane"


def replace_run(fact: f.Fact, run_id: str) -> f.Fact:
    assert isinstance(fact, f.ItemFinished)
    return replace(fact, run_id=run_id)


def test_a_void_item_is_not_done() -> None:
    begun = f.ItemStarted("run-1", "visit-1", "attempt-1", "o", "1", "B1", PLAN[1].kind, 1, None)
    void = f.ItemVoided("run-1", "visit-1", "attempt-1", "1", "B1", Problem("devices.port_absent"), will_repeat=True)
    assert path(visit(OPENED, STARTED, begun, void))[2].done == 0
