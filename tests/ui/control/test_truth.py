"""What the control window says is true: of lanes that are silent, rollers that may turn, cars that leave."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.messages import Message, Problem, params_of
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.facts.ending import VisitWithdrawn
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.theme.tokens import Tone
from tests.ui.desk import Desk
from tests.ui.scenes import UNSTOPPED
from tests.ui.scripted import busy_day


@pytest.fixture
def desk(words: Words) -> Desk:
    return Desk(words)


def test_a_lane_that_died_shows_nothing_of_what_it_said_last(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    assert desk.detail.prompt.headline == "请缓慢踩下制动踏板，直至踩到底"
    desk.script.lane_down()
    desk.drain()
    detail = desk.detail
    assert detail.prompt.headline == "1 号线没有应答"
    assert {tile.word for tile in detail.tiles} == {"状态不明"}
    assert "检测中" not in {row.trailing for row in detail.items}
    assert detail.result.empty == "检测线程序没有应答"
    desk.script.lane_up("1")
    desk.drain()
    assert desk.detail.prompt.tone is Tone.NEUTRAL


def test_a_free_lane_that_died_is_not_called_free(desk: Desk) -> None:
    desk.script.lane_down()
    desk.drain()
    assert desk.detail.prompt.headline == "1 号线没有应答"


@pytest.mark.parametrize("chosen", ["1", "2"])
def test_rollers_that_may_still_turn_come_before_everything_on_any_lane(desk: Desk, chosen: str) -> None:
    busy_day(desk.script)
    desk.script.interrupted("v1", "B2", problem=UNSTOPPED)
    desk.script.service_down()
    desk.drain()
    desk.presenter.choice.choose_lane(chosen)
    state = desk.presenter.state()
    assert state.alarm is not None
    assert (state.alarm.tone, state.alarm.text) == (Tone.ALARM, "1 号线：“滚筒制动台”没有确认滚筒已停止！")
    assert "急停" in state.alarm.detail
    assert state.lanes[0].trailing == "危险"
    assert (desk.detail.prompt.tone is Tone.ALARM) is (chosen == "1")
    assert (state.actions.tone is Tone.BAD) is (chosen == "1")
    assert state.happenings[0].tone is Tone.BAD
    assert state.actions.stop is not None
    assert state.actions.stop.enabled


def test_a_stop_that_the_machinery_did_not_confirm_is_an_alarm_and_a_confirmed_one_is_not(desk: Desk) -> None:
    desk.script.stopped()
    desk.drain()
    assert desk.presenter.state().alarm is None
    who = params_of({"actor": "王建国", "node": "control"})
    desk.script.tell(f.LaneStopped("1", "control", Message("lanes.stop.unconfirmed", who)), "1")
    desk.drain()
    assert desk.presenter.state().alarm is not None
    assert desk.detail.prompt.tone is Tone.ALARM


def test_an_ordinary_interruption_is_no_alarm(desk: Desk) -> None:
    busy_day(desk.script)
    desk.script.interrupted("v1", "B2")
    desk.drain()
    assert desk.presenter.state().alarm is None
    assert desk.detail.prompt.tone is Tone.CAUTION


def test_an_action_that_is_not_possible_says_why_and_the_remark_goes_by_itself(desk: Desk) -> None:
    assert not desk.presenter.do(act.ABORT, "漏油")
    (said,) = desk.presenter.state().toasts
    assert said.text == "检测线上没有正在检测的车辆。"
    assert not said.stays
    desk.presenter.put_away(said.key)
    assert desk.presenter.state().toasts == ()


def test_the_prompt_names_the_item_that_comes_and_after_the_last_one_none(desk: Desk) -> None:
    desk.script.opened("v1", "粤B39C71")
    desk.script.started("v1", "粤B39C71")
    desk.script.prompted("v1", "axle_on_scale", "lanes.prompt.axle_on_scale")
    desk.drain()
    assert desk.detail.prompt.detail == "轴荷称重 · 1 轴"
    for item in ("W1", "W2"):
        desk.script.weighed("v1", item)
    for item in ("B1", "B2", "B0"):
        desk.script.begun("v1", item)
        desk.script.braked("v1", item)
    desk.script.prompted("v1", "driven_off", "lanes.prompt.drive_off", axle=0)
    desk.drain()
    assert desk.detail.prompt.headline == "检测结束，请向前驶离"
    assert desk.detail.prompt.detail == "项目已全部完成"


def test_an_aborted_car_is_still_asked_to_drive_off(desk: Desk) -> None:
    busy_day(desk.script)
    desk.script.aborted("v1")
    desk.drain()
    assert desk.detail.prompt.headline == "检测结束，请向前驶离"
    assert desk.presenter.state().lanes[0].detail == "等待车辆驶离"


def test_a_weighing_promises_no_curve(desk: Desk) -> None:
    desk.script.opened("v1", "粤B39C71")
    desk.script.started("v1", "粤B39C71")
    desk.script.weighed("v1", "W1")
    desk.drain()
    assert desk.detail.curve.title == "轴荷称重 · 1 轴"
    assert "没有制动力曲线" in desk.detail.curve.empty


def test_a_car_that_did_not_pass_says_which_item_held_it(desk: Desk) -> None:
    desk.script.opened("v1", "粤B39C71")
    desk.script.started("v1", "粤B39C71")
    desk.script.begun("v1", "B1")
    desk.script.braked("v1", "B1", good=False)
    desk.script.begun("v1", "B2")
    desk.script.braked("v1", "B2")
    desk.script.ended("v1", outcome=Outcome.FAIL)
    desk.drain()
    result = desk.detail.result
    assert [card.outcome for card in result.cards] == ["合格"]
    assert [(fact.label, fact.value) for fact in result.facts] == [("不合格", "行车制动 · 1 轴")]


def test_people_read_words_for_instruments_windows_roles_and_commands(desk: Desk) -> None:
    words = desk.presenter.words
    desk.presenter.state()
    lost = Problem("devices.no_reply", {"device": "bench", "port": "/dev/ttyS4", "waited_ms": 200})
    assert words.lines(lost)[0] == "设备“滚筒制动台”没有任何应答。"
    who = params_of({"actor": "王建国", "node": "control"})
    assert words.message(Message("lanes.stop.commanded", who)) == "王建国 在“检测线控制”按下了停止"
    refused = Problem("domain.access.role_may_not", {"actor": "李敏", "role": "clerk", "kind": "start_attempt"})
    assert words.lines(refused)[1] == "李敏（受理员），指令 开始检测"


def test_a_car_on_the_lane_that_was_given_up_is_said_with_who_ends_it(desk: Desk) -> None:
    busy_day(desk.script)
    desk.drain()
    assert desk.presenter.state().banner is None
    desk.script.tell(VisitWithdrawn("v1", WithdrawReason.OWNER, ""), actor="李小燕")
    desk.drain()
    banner = desk.presenter.state().banner
    assert banner is not None
    assert banner.text == "1 号线的 粤B39C71 已退办：车主要求（李小燕）"
    assert "检测线自动结束检测" in banner.detail
    desk.script.interrupted("v1", "B2")
    desk.drain()
    still = desk.presenter.state().banner
    assert still is not None
    assert "请检测线操作员结束检测" in still.detail
    desk.script.aborted("v1")
    desk.drain()
    assert desk.presenter.state().banner is None
