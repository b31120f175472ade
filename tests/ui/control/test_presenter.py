"""What a lane controller is shown and may do, without Qt."""

from __future__ import annotations

from datetime import timedelta

import pytest

from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.notices.states import BannerState
from tests.ui.desk import Desk
from tests.ui.scripted import busy_day


@pytest.fixture
def desk(words: Words) -> Desk:
    return Desk(words)


def test_nobody_is_signed_in_by_default_and_everything_but_stop_says_so(words: Words) -> None:
    desk = Desk(words, role=None)
    desk.script.opened("v1", "粤B39C71")
    desk.drain()
    actions = desk.presenter.state().actions
    assert actions.next.key == act.SIGN_IN
    assert actions.stop is not None
    assert actions.stop.enabled
    for button in (*actions.others, desk.presenter.state().open_visit):
        assert not button.enabled
        assert "登录" in button.why_not
    assert not desk.presenter.do(act.START)
    assert desk.presenter.do(act.STOP)
    assert desk.script.lanes["1"].sent == [c.StopLane("1")]


def test_start_takes_the_chosen_waiting_visit_and_not_another(desk: Desk) -> None:
    desk.script.opened("v1", "粤B39C71")
    desk.script.opened("v2", "湘A7Q20K")
    desk.drain()
    assert desk.presenter.state().visit == "v1"
    desk.presenter.choice.choose_visit("v2")
    assert desk.primary == act.START
    assert "湘A7Q20K" in desk.presenter.state().actions.next.text
    assert desk.presenter.do(act.START)
    assert desk.script.lanes["1"].sent == [c.StartAttempt("1", "v2")]


def test_a_command_on_its_way_is_not_sent_twice(desk: Desk) -> None:
    desk.script.opened("v1", "粤B39C71")
    desk.drain()
    assert desk.presenter.do(act.START)
    assert not desk.presenter.do(act.START)
    assert desk.presenter.state().actions.busy
    assert not desk.presenter.state().actions.next.enabled
    desk.script.lanes["1"].answer(refusal=Problem("domain.access.expired", {"kind": "start_attempt", "late_s": 9}))
    desk.drain()
    toast = desk.presenter.state().toasts[-1]
    assert toast.stays
    assert "9" in toast.detail
    assert desk.presenter.state().actions.next.enabled


def test_stop_goes_out_even_while_another_command_is_on_its_way(desk: Desk) -> None:
    desk.script.opened("v1", "粤B39C71")
    desk.drain()
    desk.presenter.do(act.START)
    assert desk.presenter.do(act.STOP)
    assert desk.presenter.do(act.STOP)
    assert desk.script.lanes["1"].sent[1:] == [c.StopLane("1"), c.StopLane("1")]


def test_an_unanswered_stop_points_to_the_emergency_button(desk: Desk) -> None:
    desk.presenter.do(act.STOP)
    desk.script.lanes["1"].open.pop().set_exception(OSError("gone"))
    desk.drain()
    state = desk.presenter.state()
    assert state.alarm is not None
    assert state.alarm.tone is Tone.ALARM
    assert "1 号线" in state.alarm.text
    assert "急停" in state.alarm.detail
    assert state.actions.stopped is not None
    assert state.actions.stopped.tone is Tone.BAD
    desk.presenter.dismiss()
    assert desk.presenter.state().alarm is None


def test_a_car_on_the_rollers_shows_prompt_items_curve_and_limit(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    detail = desk.detail
    assert detail.car.plate is not None
    assert detail.car.plate.text == "粤B39C71"
    assert "踩" in detail.prompt.headline
    assert [row.tone for row in detail.items] == [Tone.GOOD, Tone.GOOD, Tone.GOOD, Tone.RUNNING, Tone.NEUTRAL]
    assert detail.curve.demanded_sum_daN == 310.0
    samples = desk.presenter.samples
    assert samples is not None
    assert len(samples.left_daN) == 330
    assert desk.primary == act.WAIT


def test_a_finished_item_shows_exact_rounded_limit_margin_source_and_doubt(desk: Desk) -> None:
    busy_day(desk.script)
    desk.script.braked("v1", "B2", good=False)
    desk.drain()
    rate, imbalance = desk.detail.result.cards
    assert (rate.value, rate.unit, rate.tone) == ("52.1", "%", Tone.BAD)
    assert "60" in rate.limit
    assert "−7.9" in rate.margin
    assert "52.116279" in rate.exact
    assert "GB 7258" in rate.source
    assert not rate.doubt
    assert imbalance.doubt
    assert ("阻滞力 左 / 右", "12 / 14 daN") in [(pair.label, pair.value) for pair in desk.detail.result.facts]


def test_choosing_an_item_shows_its_result_until_a_new_one_begins(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    desk.presenter.choice.choose_item("B1")
    assert desk.detail.result.cards[0].value == "66.4"
    desk.script.braked("v1", "B2")
    desk.script.begun("v1", "B0")
    desk.drain()
    assert desk.detail.item == "B0"


def test_repeat_needs_an_item_that_was_done_and_none_running(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    assert not desk.presenter.do(act.REPEAT)
    desk.script.braked("v1", "B2")
    desk.drain()
    desk.presenter.choice.choose_item("B1")
    assert desk.presenter.do(act.REPEAT)
    assert desk.script.lanes["1"].sent == [c.RepeatItem("1", "a-v1", "B1")]


def test_an_interrupted_attempt_says_why_and_resumes_when_the_instrument_is_back(desk: Desk) -> None:
    busy_day(desk.script)
    desk.script.lost()
    desk.script.interrupted("v1", "B2")
    desk.drain()
    tile = desk.detail.tiles[0]
    assert tile.tone is Tone.BAD
    assert "/dev/ttyS4" in tile.cause + tile.evidence
    assert tile.next_step
    actions = desk.presenter.state().actions
    assert actions.next.key == act.RESUME
    assert not actions.next.enabled
    assert actions.tone is Tone.CAUTION
    desk.script.attached()
    desk.drain()
    assert desk.presenter.do(act.RESUME)
    assert desk.script.lanes["1"].sent == [c.ResumeAttempt("1", "a-v1")]


def test_a_stopped_lane_is_released_before_anything_else(desk: Desk) -> None:
    busy_day(desk.script)
    desk.script.stopped()
    desk.drain()
    assert desk.detail.prompt.tone is Tone.BAD
    assert "王建国" in desk.detail.prompt.detail
    assert desk.primary == act.RELEASE
    assert desk.presenter.do(act.RELEASE)
    assert desk.script.lanes["1"].sent == [c.ReleaseStop("1")]


def test_abort_carries_the_reason(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    assert desk.presenter.do(act.ABORT, "漏油")
    assert desk.script.lanes["1"].sent == [c.AbortAttempt("1", "a-v1", "漏油")]


@pytest.mark.parametrize(("role", "may"), [(Role.CLERK, False), (Role.VIEWER, False), (Role.LANE_CONTROLLER, True)])
def test_a_role_that_may_not_start_is_told_so(words: Words, role: Role, may: bool) -> None:
    desk = Desk(words, role=role)
    desk.script.opened("v1", "粤B39C71")
    desk.drain()
    primary = desk.presenter.state().actions.next
    assert primary.enabled is may
    assert bool(primary.why_not) is not may


def test_service_away_is_said_after_seconds_while_lanes_go_on(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    desk.script.service_down()
    desk.drain()
    assert desk.presenter.state().banner is None
    desk.now_s += 4
    state = desk.presenter.state()
    assert state.banner is not None
    assert not state.open_visit.enabled
    assert desk.detail.items
    assert desk.presenter.do(act.ABORT, "x")


def test_a_lane_that_is_away_is_said_and_stop_is_still_sent(desk: Desk) -> None:
    from carcheck_desktop.link.client.events import LinkDown

    desk.script.lanes["1"].mailbox.put(
        LinkDown(Problem("link.unreachable", {"url": "u", "detail": "d"}), desk.script.at)
    )
    desk.drain()
    state = desk.presenter.state()
    assert state.lanes[0].tone is Tone.OFF
    assert state.actions.stop is not None
    assert state.actions.stop.enabled
    assert desk.presenter.do(act.STOP)


def test_the_token_reaches_every_lane_and_leaves_at_sign_out(desk: Desk) -> None:
    assert {link.session_token for link in desk.script.lanes.values()} == {"signed"}
    desk.presenter.sign_out()
    assert {link.session_token for link in desk.script.lanes.values()} == {None}
    assert isinstance(desk.script.service.sent[-1], c.SignOut)
    assert desk.primary == act.SIGN_IN


def test_a_session_that_ran_out_signs_out_by_itself(desk: Desk) -> None:
    desk.now_s += timedelta(hours=10).total_seconds()
    desk.drain()
    assert desk.station.session is None
    (toast,) = desk.presenter.state().toasts
    assert "到期" in toast.text


def test_a_refused_sign_in_leaves_nobody_signed_in(words: Words) -> None:
    desk = Desk(words, role=None)
    refusals: list[BannerState | None] = []
    desk.presenter.send_form(c.SignIn("x", "0"), refusals.append)
    desk.script.service.answer(refusal=Problem("desk.door.not_let_in", {"name": "x"}))
    desk.drain()
    assert refusals[0] is not None
    assert desk.station.session is None


def test_a_link_error_in_a_form_is_said_with_its_cause(words: Words) -> None:
    desk = Desk(words, role=None)
    refusals: list[BannerState | None] = []
    desk.presenter.send_form(c.SignIn("x", "0"), refusals.append)
    desk.script.service.open.pop().set_exception(LinkError("link.unreachable", url="http://service", detail="refused"))
    desk.drain()
    assert refusals[0] is not None


def test_lanes_at_a_glance_show_progress_and_state(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    first, second = desk.presenter.state().lanes
    assert first.plate is not None
    assert first.trailing == "3/5"
    assert first.steps[3] is Tone.RUNNING
    assert second.plate is None
    desk.presenter.choice.choose_next_lane(1)
    assert desk.presenter.state().lane == "2"


def test_a_finished_car_shows_its_conclusion_until_an_item_is_chosen(desk: Desk) -> None:
    busy_day(desk.script)
    desk.script.braked("v1", "B2")
    desk.script.ended("v1")
    desk.drain()
    assert desk.detail.item == "whole"
    assert [card.value for card in desk.detail.result.cards] == ["63.1"]
    assert desk.detail.items[-1].tone is Tone.GOOD
    desk.presenter.choice.choose_item("B1")
    assert [card.value for card in desk.detail.result.cards] == ["66.4", "7.2"]
    assert not desk.presenter.do(act.REPEAT)
