"""What is expected of a visit: never earlier with more work left, a reason instead of a false range."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carcheck_desktop.app.estimating import TABLE
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.estimate.durations import BETWEEN, CHANGE, NEWEST, Durations, parse_prior
from carcheck_desktop.desk.estimate.foresee import Expected, LaneNow, Outlook, foresee, lane_now, worked_until
from carcheck_desktop.desk.estimate.stretches import rest_of, stretch_of
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import OpenSpan
from carcheck_desktop.domain.fold import fold_lane, fold_visit
from carcheck_desktop.domain.verdicts import ItemKind, Outcome
from carcheck_desktop.domain.views import EstimateView, LaneView, VisitView
from tests.desk.estimate.simulated import FINISHED, ITEMS, OPENED, START, STARTED, entry
from tests.domain.samples import PROBLEM

PRIOR = parse_prior(TABLE.read_bytes())
LANE = LaneNow("1")
STOPPED = LaneNow("2", Message("desk.estimate.late_stopped", {"lane": "2"}))
KINDS = [kind.value for kind in ItemKind]


def waiting(number: int = 0, items: int = 5) -> VisitView:
    view = fold_visit(None, entry(float(number), "service", replace(OPENED, visit_id=f"v{number}", plan=ITEMS[:items])))
    assert view is not None
    return view


def on_lane(done: int, running: bool = False, repeats: int = 0) -> VisitView:
    """Return a visit that has so many items done, half a minute each."""
    facts: list[f.Fact] = [replace(STARTED, visit_id="v0", plan=ITEMS)]
    for number, item in enumerate(ITEMS[: done + running]):
        runs = [f"r{number}{run}" for run in range(1 + (repeats if number == done else 0))]
        facts += [f.ItemStarted(run, "v0", "attempt-1", "o", "1", item.item, item.kind, 1, None) for run in runs]
        if number < done:
            facts.append(replace(FINISHED, run_id=f"r{number}0", visit_id="v0", item=item.item))
    view: VisitView | None = waiting()
    for number, fact in enumerate(facts):
        view = fold_visit(view, entry(60.0 + 15 * number, "lane-1", fact))
    assert view is not None
    return view


def look(
    *visits: VisitView, lanes: tuple[LaneNow, ...] = (LANE,), at_s: float = 300.0, **more: object
) -> dict[str, Expected]:
    durations = more.pop("durations", Durations(PRIOR))
    assert isinstance(durations, Durations)
    spans = more.pop("spans", ())
    return foresee(Outlook(START + timedelta(seconds=at_s), visits, lanes, spans), durations)  # type: ignore[arg-type]


def latest(expected: Expected) -> datetime:
    assert expected.latest is not None
    return expected.latest


@given(st.integers(0, 4))
def test_more_items_left_are_never_done_earlier(done: int) -> None:
    less, more = look(on_lane(done + 1))["v0"], look(on_lane(done))["v0"]
    assert less.earliest <= more.earliest
    assert latest(less) <= latest(more)


@given(
    st.lists(st.tuples(st.sampled_from([*KINDS, BETWEEN, CHANGE]), st.floats(0, 2000)), max_size=60),
    st.integers(1, 4),
    st.integers(1, 6),
)
@settings(max_examples=60)
def test_more_work_or_a_longer_queue_never_brings_the_end_nearer(
    samples: list[tuple[str, float]], items: int, ahead: int
) -> None:
    durations = Durations(PRIOR)
    durations.add_all(samples)
    short, long = (look(waiting(0, count), durations=durations)["v0"] for count in (items, items + 1))
    assert short.earliest <= long.earliest
    assert latest(short) <= latest(long)
    queue = look(*(waiting(number) for number in range(ahead + 1)), durations=durations)
    ends = [queue[f"v{number}"] for number in range(ahead + 1)]
    assert [each.earliest for each in ends] == sorted(each.earliest for each in ends)
    assert [latest(each) for each in ends] == sorted(latest(each) for each in ends)


def like_the_table(part: str) -> list[float]:
    """Return eleven samples whose median and deciles are those of the table."""
    spread = PRIOR.part[part]
    low, middle, high = spread.p10_s, spread.median_s, spread.p90_s
    below = [low + (middle - low) * step / 4 for step in range(4)]
    above = [middle + (high - middle) * step / 4 for step in range(1, 5)]
    return [low * 0.8, *below, middle, *above, high * 1.2]


@given(st.integers(0, 17), st.integers(1, 17), st.integers(1, 4))
@settings(max_examples=40)
def test_more_samples_of_the_same_make_the_range_narrower(times: int, more: int, ahead: int) -> None:
    few, many = Durations(PRIOR), Durations(PRIOR)
    for part in PRIOR.part:
        few.add_all((part, each) for _ in range(times) for each in like_the_table(part))
        many.add_all((part, each) for _ in range(times + more) for each in like_the_table(part))
    queue = [waiting(number) for number in range(ahead)]
    wide, narrow = (look(*queue, durations=each)[f"v{ahead - 1}"] for each in (few, many))
    a_second = timedelta(seconds=1)  # both ends are told in whole seconds
    assert latest(narrow) - narrow.earliest <= latest(wide) - wide.earliest + a_second
    assert latest(narrow) < latest(wide) or times > 1


def test_what_still_runs_is_never_over_and_never_grows_while_it_is_on_time() -> None:
    known = Durations(PRIOR).known(ItemKind.SERVICE_BRAKE.value)
    rests = [rest_of(known, elapsed_s) for elapsed_s in (0, 10, 40, 80, 120, 600, 3600)]
    assert all(rest.mean_s > 0 for rest in rests)
    assert [rest.mean_s for rest in rests[:5]] == sorted((rest.mean_s for rest in rests[:5]), reverse=True)
    assert rests[-1].mean_s > rests[-2].mean_s
    assert rests[0].mean_s == stretch_of(known).mean_s


def test_a_stopped_lane_gets_a_reason_and_no_false_range() -> None:
    stopped = replace(STOPPED, lane="1")
    seen = look(on_lane(2), waiting(1), lanes=(stopped,))
    assert {each.latest for each in seen.values()} == {None}
    assert {each.late.code for each in seen.values() if each.late} == {"desk.estimate.late_stopped"}


def test_while_one_lane_stands_the_other_takes_the_queue_and_it_is_said() -> None:
    both = look(*(waiting(number) for number in range(4)), lanes=(LANE, LaneNow("2")))
    one = look(*(waiting(number) for number in range(4)), lanes=(LANE, STOPPED))
    assert latest(one["v3"]) > latest(both["v3"])
    assert one["v3"].late == STOPPED.trouble
    assert both["v3"].late is None


def promised(visit: VisitView, latest_s: float) -> VisitView:
    moment = START + timedelta(seconds=latest_s)
    return replace(visit, estimate=EstimateView(START, moment, None, Message("b"), START, moment))


@pytest.mark.parametrize(
    ("visit", "reason"),
    [
        (promised(on_lane(1, running=True, repeats=1), 310), "desk.estimate.late_repeated"),
        (promised(on_lane(1), 200), "desk.estimate.late_missed"),
        (promised(on_lane(1), 310), "desk.estimate.late_slow"),
        (promised(on_lane(1), 3000), None),
    ],
)
def test_whoever_is_later_than_promised_hears_why(visit: VisitView, reason: str | None) -> None:
    late = look(visit)["v0"].late
    assert (late.code if late else None) == reason


def test_a_queue_that_grew_is_the_reason_when_nothing_else_is() -> None:
    crowd = [waiting(number) for number in range(3)]
    late = look(*crowd[:2], promised(crowd[2], 400))["v2"].late
    assert late == Message("desk.estimate.late_queue", {"ahead": 2})


def test_a_visit_that_closing_time_cuts_off_has_no_far_end() -> None:
    day = (OpenSpan(time(8, 30), None, time(9, 0)),)  # the simulated day begins at 08:30
    seen = look(*(waiting(number) for number in range(30)), spans=day)
    assert seen["v0"].latest is not None
    assert seen["v29"].late == Message("desk.estimate.late_closing", {"closes": "09:00"})
    assert seen["v29"].latest is None


def test_a_station_that_works_outside_its_hours_is_not_bound_by_them() -> None:
    day = (OpenSpan(time(13, 0), None, time(14, 0)),)
    assert look(waiting(), spans=day) == look(waiting())


def test_the_break_at_noon_is_no_work() -> None:
    day = (OpenSpan(time(8, 30), None, time(12, 0)), OpenSpan(time(13, 30), None, time(17, 0)))
    now = datetime(2026, 1, 5, 3, 50, tzinfo=UTC)  # 11:50 at the station
    assert worked_until(now, 300, day) == now + timedelta(minutes=5)
    assert worked_until(now, 1200, day) == datetime(2026, 1, 5, 5, 40, tzinfo=UTC)
    assert worked_until(now, 1200, ()) == now + timedelta(minutes=20)
    noon = datetime(2026, 1, 5, 4, 30, tzinfo=UTC)
    assert worked_until(noon, 60, day) == noon + timedelta(minutes=1)


def test_the_basis_says_what_the_estimate_rests_on() -> None:
    durations = Durations(PRIOR)
    assert look(waiting(), durations=durations)["v0"].basis.code == "desk.estimate.basis_table"
    for part in [*KINDS, "between", "leave", "change", "finish"]:
        durations.add_all([(part, 30.0)] * (3 if part == "leave" else 25))
    assert look(waiting(), durations=durations)["v0"].basis == Message("desk.estimate.basis_mixed", {"samples": 3})
    durations.add_all([("leave", 30.0)] * 30)
    assert look(waiting(), durations=durations)["v0"].basis == Message("desk.estimate.basis_own", {"samples": 25})


def lane_after(*facts: f.Fact) -> LaneNow:
    view = LaneView("1", "lane-1")
    for number, fact in enumerate(facts):
        view = fold_lane(view, entry(float(number), "lane-1", fact))
    return lane_now(view)


def test_what_keeps_a_lane_from_taking_the_next_car() -> None:
    lost = f.DeviceLost("1", "bench", "BrakeTester", "d", "COM3", PROBLEM)
    attached = f.DeviceAttached("1", "bench", "BrakeTester", "d", "COM3", "x")
    stop = f.LaneStopped("1", "pc", Message("lanes.stop.commanded"))
    cases = {
        "desk.estimate.late_device": (lost,),
        "desk.estimate.late_stopped": (lost, stop),
        "desk.estimate.late_interrupted": (STARTED, f.AttemptInterrupted("attempt-1", "visit-1", "1", PROBLEM)),
        None: (lost, attached, stop, f.StopReleased("1")),
    }
    for code, facts in cases.items():
        trouble = lane_after(*facts).trouble
        assert (trouble.code if trouble else None) == code
    ended = lane_after(STARTED, f.AttemptEnded("attempt-1", "visit-1", "1", f.AttemptEnd.COMPLETE, ""))
    assert ended.idle_since == START + timedelta(seconds=1)


def test_a_measured_car_is_a_moment_from_its_conclusion() -> None:
    view = fold_visit(
        on_lane(5), entry(290.0, "lane-1", f.AttemptEnded("attempt-1", "v0", "1", f.AttemptEnd.COMPLETE, ""))
    )
    assert view is not None
    assert latest(look(view)["v0"]) < START + timedelta(seconds=420)
    done = fold_visit(view, entry(295.0, "service", f.VisitConcluded("v0", "attempt-1", Outcome.PASS, ())))
    assert done is not None
    assert look(done) == {}


def test_only_the_newest_samples_count() -> None:
    durations = Durations(PRIOR)
    durations.add_all([("between", 1.0)] * 500)
    durations.add_all([("between", 60.0)] * NEWEST)
    durations.add("between", -5.0)
    durations.add("between", 1e6)
    assert durations.samples("between") == NEWEST
    assert durations.known("between").mean_s > 50


@pytest.mark.parametrize(
    "broken",
    [b"\xff", b"source = 1", b"weight = 8", TABLE.read_bytes().replace(b"p90_s = 240", b"p90_s = 1"),
     TABLE.read_bytes().replace(b"[part.change]", b"[part.other]"), TABLE.read_bytes().replace(b"weight = 8", b"weight = 0")],
)  # fmt: skip
def test_a_table_that_cannot_be_is_refused(broken: bytes) -> None:
    with pytest.raises(DataError):
        parse_prior(broken)
