"""The hall board: what people who wait see, and that it is true or says that it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import BoardContent, PlateMask, ScreenRule
from carcheck_desktop.domain.prices import PriceLine
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import Stage
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.hall.content import cars
from carcheck_desktop.ui.hall.content.cars import step_name
from carcheck_desktop.ui.widgets.data.states import Mark
from tests.ui import hall_scenes
from tests.ui.hall.board import PAGE_S, Hall, of
from tests.ui.scripted import busy_day


def test_plates_are_masked_everywhere(hall: Hall) -> None:
    busy_day(hall.script)
    state = hall.state()
    for row in state.rows:
        assert row.plate.text.count("*") == 2
        assert "39C71" not in row.spoken
    assert state.lanes is not None
    plates = [lane.plate for lane in state.lanes.rows if lane.plate] + list(state.lanes.next_up)
    assert plates
    assert all("*" in plate.text for plate in plates)


def test_how_much_of_a_plate_is_seen_is_for_the_manager_to_say(hall: Hall) -> None:
    busy_day(hall.script)
    hall.script.tell(f.BoardRulesSet(1, PlateMask(2, 1), 10, PAGE_S, ()))
    assert hall.rows()["v1"].plate.text == "粤B****1"


def test_who_has_to_act_comes_first_then_the_lane_then_the_queue(hall: Hall) -> None:
    busy_day(hall.script)
    rows = hall.state().rows
    assert [row.visit_id for row in rows] == ["v0", "v1", "v2", "v3", "v4"]
    assert [stage.mark for stage in rows[1].path.stages] == [Mark.DONE, Mark.DONE, Mark.NOW, Mark.TODO, Mark.TODO]
    assert rows[1].progress == "3/5 项"
    assert rows[1].where.startswith("1 号线 · 行车制动")
    assert rows[2].where == "下一辆"
    assert "2" in rows[4].where
    assert rows[0].where == "请到窗口咨询"


def test_the_hall_is_not_told_how_an_item_was_judged(hall: Hall) -> None:
    busy_day(hall.script)
    hall.script.braked("v1", "B2", good=False)
    row = hall.rows()["v1"]
    assert row.progress == "4/5 项"
    assert not any(stage.mark is Mark.FAILED for stage in row.path.stages)


def test_a_finished_car_leaves_the_board_after_the_time_of_the_rules(hall: Hall) -> None:
    hall.script.opened("v1", "粤B39C71")
    hall.script.started("v1", "粤B39C71")
    hall.script.ended("v1", outcome=Outcome.PASS)
    assert hall.rows()["v1"].stage == "检验合格"
    hall.now_s += 9 * 60
    assert hall.rows()
    hall.now_s += 2 * 60
    assert hall.state().rows == ()
    assert hall.state().cars.empty


def test_the_time_is_a_range_from_the_fact_and_an_open_end_says_so(hall: Hall) -> None:
    busy_day(hall.script)
    hall_scenes.expect(hall.script, "v2", 20, 32)
    hall_scenes.expect(hall.script, "v3", 40, None, Message("desk.estimate.late_no_lane"))
    rows = hall.rows()
    estimate = hall.station.visits["v2"].estimate
    assert estimate is not None
    assert rows["v2"].finish == "09:33–09:45"
    assert rows["v2"].finish_caption == "预计"
    assert rows["v2"].late == ""
    assert rows["v3"].finish_caption == "最早"
    assert "–" not in rows["v3"].finish
    assert rows["v3"].late == "暂无可用检测线"
    assert rows["v4"].finish == "时间待定"


def test_a_time_that_has_passed_is_not_left_standing_without_a_word(hall: Hall) -> None:
    hall.script.opened("v1", "粤B39C71")
    hall_scenes.expect(hall.script, "v1", 5, 10)
    assert hall.rows()["v1"].late == ""
    hall.now_s += 15 * 60
    row = hall.rows()["v1"]
    assert row.late == "比预计的时间晚，请再等一等"
    assert (row.finish_caption, row.finish, row.is_range) == ("原定", "09:22", False)


def test_no_moment_that_is_over_is_told_as_one_to_come(hall: Hall) -> None:
    hall.script.opened("v1", "粤B39C71")
    hall.script.opened("v2", "粤B39C72")
    hall_scenes.expect(hall.script, "v1", 5, 10)
    hall_scenes.expect(hall.script, "v2", 5, None, Message("desk.estimate.late_no_lane"))
    hall.state()
    hall.now_s += 7 * 60
    rows = hall.rows()
    assert (rows["v1"].finish_caption, rows["v1"].finish, rows["v1"].late) == ("最迟", "09:22", "")
    assert (rows["v2"].finish_caption, rows["v2"].finish) == ("", "时间待定")
    assert rows["v2"].late == "暂无可用检测线"
    assert not rows["v2"].is_time


def test_who_came_a_moment_ago_has_not_waited(hall: Hall) -> None:
    hall.script.opened("v1", "粤B39C71")
    assert hall.rows()["v1"].waited == "刚到"
    hall.now_s += 60
    assert hall.rows()["v1"].waited == "已等 1 分钟"


def test_the_legend_names_the_steps_in_their_order_and_every_mark_that_is_shown(hall: Hall) -> None:
    assert hall.state().foot.legend.steps == ()
    busy_day(hall.script)
    state = hall.state()
    legend = state.foot.legend
    assert legend.steps == ("到站", "排队", "检测", "检毕", "结果")
    assert {stage.mark for row in state.rows for stage in row.path.stages} <= {
        Mark.TODO,
        *(mark for mark, _ in legend.marks),
    }
    assert [name for _, name in legend.marks] == ["已完成", "进行中", "暂停", "未通过"]


def test_a_step_of_a_newer_service_keeps_the_name_that_it_came_with(words: Words) -> None:
    assert step_name("paying", "缴费", words) == "缴费"
    assert step_name("paying", "", words) == "paying"


def test_more_cars_than_fit_are_shown_page_by_page(hall: Hall) -> None:
    hall.queue(200)
    seen: list[str] = []
    for _ in range(-(-200 // 6)):
        seen += [row.visit_id for row in hall.state(6).rows]
        hall.turn()
    assert len(seen) == len(set(seen)) == 200
    assert hall.state(6).page == 0


def test_many_cars_take_the_dense_form_and_few_the_roomy_one(hall: Hall) -> None:
    hall.queue(60)
    hall.drain()
    state = hall.presenter.state(of(8, dense=12))
    assert (state.cars.is_dense, len(state.rows), state.pages) == (True, 12, 5)
    few = Hall()
    few.queue(9)
    few.drain()
    state = few.presenter.state(of(8, dense=12))
    assert (state.cars.is_dense, len(state.rows), state.pages) == (False, 8, 2)


def test_the_page_stays_while_its_time_has_not_come_and_says_how_long(hall: Hall) -> None:
    hall.queue(20)
    assert hall.state(6).foot.turning == "12 秒后翻页"
    hall.now_s += PAGE_S / 2
    state = hall.state(6)
    assert (state.page, state.pages, state.foot.left_s) == (0, 4, 6)
    assert state.foot.page == "第 1 / 4 页"


def test_a_car_keeps_its_place_while_others_come_and_go(hall: Hall) -> None:
    hall.queue(20)
    before = [row.visit_id for row in hall.state(6).rows]
    hall.script.started("v003", "粤B003X1")
    hall.script.opened("late", "粤B999X1")
    assert [row.visit_id for row in hall.state(6).rows] == before


def test_who_has_to_act_now_is_on_the_next_page_at_the_latest(hall: Hall) -> None:
    hall.queue(40)
    hall.state(6)
    hall.script.started("v030", "粤B030X1")
    hall.script.ended("v030")
    hall.state(6)
    hall.turn()
    assert hall.state(6).rows[0].visit_id == "v030"


def test_a_screen_shows_what_the_rules_say_for_its_name_unless_it_was_told() -> None:
    screens = (ScreenRule("door", (BoardContent.HOURS,)),)
    for screen, told, wanted in (
        ("door", (), (BoardContent.HOURS,)),
        ("door", (BoardContent.LANES,), (BoardContent.LANES,)),
        ("", (), (BoardContent.VEHICLES, BoardContent.LANES, BoardContent.ANNOUNCEMENTS, BoardContent.HOURS)),
    ):
        hall = Hall(screen=screen, contents=told)
        hall.script.tell(f.BoardRulesSet(1, PlateMask(), 10, PAGE_S, screens))
        assert hall.state().contents == wanted


def test_lanes_say_what_they_do_and_that_there_is_one_queue(hall: Hall) -> None:
    busy_day(hall.script)
    lanes = hall.state().lanes
    assert lanes is not None
    assert [(lane.name, lane.state) for lane in lanes.rows] == [("1 号线", "正在检测"), ("2 号线", "空闲")]
    assert lanes.queue == "等候 3 辆"
    assert lanes.queue_rule == "各线共用一个队列"
    hall.script.stopped("2")
    hall.script.lane_down("1")
    lanes = hall.state().lanes
    assert lanes is not None
    assert [lane.state for lane in lanes.rows] == ["无法连接", "已停止"]


def test_announcements_speak_the_language_urgent_ones_first() -> None:
    for language, first in (("zh_CN", "停电通知"), ("en", "Power cut")):
        hall = Hall(language)
        hall_scenes.announce(hall.script, "a", "请排队", "Please queue")
        hall_scenes.announce(hall.script, "b", "停电通知", "Power cut", urgent=True)
        notices = hall.state().notices
        assert notices is not None
        assert notices.notices[0].text == first
        hall.script.tell(f.AnnouncementWithdrawn("b", 1))
        notices = hall.state().notices
        assert notices is not None
        rule = notices.notices[-1]
        assert (len(notices.notices), rule.urgent) == (2, False)
        assert "30" in rule.text, "the order of the cars is always said"


def test_hours_that_nobody_recorded_are_not_invented(hall: Hall) -> None:
    hours = hall.state().hours
    assert hours is not None
    assert hours.days == ()
    assert hours.empty == "营业时间尚未登记"
    hall_scenes.record(hall.script)
    hours = hall.state().hours
    assert hours is not None
    assert hours.now == "营业中"
    assert hours.days[0].day == "今天 周一"
    assert hours.days[0].hours == "08:00–12:00   13:30–17:30"
    assert hours.days[2].note == "设备检定，上午营业"


def test_places_without_facts_are_empty_and_say_so() -> None:
    hall = Hall(contents=(BoardContent.CALLS, BoardContent.BOOKINGS, BoardContent.PRICES))
    places = dict(hall.state().places)
    assert places[BoardContent.PRICES].empty == "收费标准尚未登记"
    assert len(places) == 3


def test_prices_in_force_are_shown_with_their_amounts_and_from_when(hall: Hall) -> None:
    assert hall.state().prices is None
    hall_scenes.publish_prices(hall.script, 2)
    prices = hall.state().prices
    assert prices is not None
    assert [(row.name, row.amount) for row in prices.rows] == [
        ("小型载客汽车安全技术检验", "￥90.00"),
        ("小型载客汽车排放检验", "￥135.50"),
    ]
    assert prices.valid == "自 2026-11-01 起执行"
    coming = f.PriceListPublished(2, date(2026, 12, 1), date(2026, 12, 31), (PriceLine("p", "检验", "", 100),), "站长")
    hall.script.tell(coming)
    assert hall.state().prices == prices
    then = Hall("en")
    then.script.tell(replace(coming, revision=1, valid_from=date(2026, 11, 20)))
    prices = then.state().prices
    assert prices is not None
    assert (prices.valid, prices.rows[0].name) == ("valid 2026-11-20 to 2026-12-31", "检验")
    assert [content for content, _ in then.state().places] == []


def test_two_languages_take_turns_with_the_rounds() -> None:
    hall = Hall("zh_CN", "en")
    hall.queue(3)
    titles = []
    for _ in range(4):
        titles.append(hall.state().head.title)
        hall.turn()
    assert titles == ["检验进度", "Inspection progress", "检验进度", "Inspection progress"]


def test_a_page_stands_as_long_as_the_rules_say_within_reason(hall: Hall) -> None:
    hall.queue(30)
    for said_s, wanted_s in ((20, 20), (0, 4), (10**9, 120)):
        hall.script.tell(f.BoardRulesSet(1, PlateMask(), 10, said_s, ()))
        assert hall.state(6).foot.page_s == wanted_s


def test_a_passed_car_is_sent_where_its_papers_are(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.script.opened("v1", "粤B39C71")
    hall.script.started("v1", "粤B39C71")
    hall.script.ended("v1", outcome=Outcome.PASS)
    for now, where in (
        (Stage.PASSED, "正在出证，请稍候"),
        (Stage.HELD, "请到窗口办理手续"),
        (Stage.READY, "请到取件区领取"),
    ):
        monkeypatch.setattr(cars, "stage_at", lambda visit, at, now=now: now)
        row = hall.rows()["v1"]
        assert (row.stage, row.where) == ("检验合格", where)
