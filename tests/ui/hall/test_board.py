"""The hall board: what people who wait see, and that it is true or says that it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import BoardContent, PlateMask, ScreenRule
from carcheck_desktop.domain.prices import PriceLine
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.link.wire import PING_S
from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.hall.content.cars import step_name
from carcheck_desktop.ui.hall.presenter import HallOptions, HallPresenter
from carcheck_desktop.ui.hall.state import HallRow, HallState
from carcheck_desktop.ui.hall.window import REFRESH_MS
from carcheck_desktop.ui.widgets.data.states import Mark
from tests.ui import hall_scenes
from tests.ui.scripted import Script, ScriptedLink, busy_day

PAGE_S = 12
Fits = Callable[[Sequence[str], bool], int]


def of(count: int, dense: int = 0) -> Fits:
    """A page for so many cars."""
    return lambda reasons, is_dense: min(len(reasons), dense if is_dense and dense else count)


class Hall:
    def __init__(self, *languages: str, screen: str = "", contents: tuple[BoardContent, ...] = ()) -> None:
        self.script = Script()
        self.now_s = 0.0
        self.station = Station(self.script.service, self.script.lane_link, lambda: self.now_s)
        words = [Words(Catalogue(language)) for language in languages or ("zh_CN",)]
        self.presenter = HallPresenter(self.station, words, lambda: self.now_s, HallOptions(screen, contents))
        self.script.service_up()
        self.drain()
        for lane in self.script.lane_names:
            self.script.lane_up(lane)
        self.drain()

    def drain(self) -> None:
        self.station.drain()
        self.presenter.heard()

    def state(self, count: int = 10) -> HallState:
        self.drain()
        return self.presenter.state(of(count))

    def rows(self, count: int = 10) -> dict[str, HallRow]:
        return {row.visit_id: row for row in self.state(count).rows}

    def queue(self, count: int) -> None:
        for number in range(count):
            self.script.opened(f"v{number:03}", f"粤B{number:03}X1")

    def turn(self) -> None:
        self.now_s += PAGE_S + 0.1


@pytest.fixture
def hall() -> Hall:
    return Hall()


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


def test_the_clock_of_the_pc_or_the_station_may_step_and_the_pages_go_on(hall: Hall) -> None:
    hall.queue(20)
    hall.state(6)
    hall.script.at -= timedelta(hours=3)
    hall.script.service_up(tuple(hall.station.visits.values()))
    hall.turn()
    state = hall.state(6)
    assert state.page == 1
    assert all(row.waited for row in state.rows)


def test_no_car_and_five_hundred(hall: Hall) -> None:
    assert hall.state().cars.empty == "目前没有车辆在检"
    hall.queue(500)
    state = hall.state(12)
    assert len(state.rows) == 12
    assert state.pages == 42


def test_silence_of_the_service_is_said_within_five_seconds_and_ends_with_it(hall: Hall) -> None:
    busy_day(hall.script)
    hall.drain()
    hall.script.service_down()
    hall.drain()
    hall.now_s += 5 - 2 * PING_S - REFRESH_MS / 1000
    state = hall.state()
    assert state.stale
    assert "09:1" in state.stale_detail
    assert len(state.rows) == 5
    hall.script.service_up(tuple(hall.station.visits.values()))
    assert not hall.state().stale


def test_while_nothing_is_heard_nobody_is_made_to_wait_longer(hall: Hall) -> None:
    """What a stale board says was true when it was heard; it does not go on counting."""
    hall.script.opened("v1", "粤B39C71")
    hall_scenes.expect(hall.script, "v1", 5, 10)
    before = hall.rows()["v1"]
    hall.script.service_down()
    hall.drain()
    hall.now_s += 60 * 60
    assert hall.rows()["v1"] == before


def test_an_empty_board_and_one_that_never_connected_say_different_things(hall: Hall, words: Words) -> None:
    alone = HallPresenter(
        Station(ScriptedLink(), None), [words], lambda: 0.0, HallOptions(contents=tuple(BoardContent))
    ).state(of(6))
    assert alone.cars.empty != hall.state().cars.empty
    assert alone.lanes is not None
    assert alone.notices is not None
    assert alone.hours is not None
    assert {alone.lanes.empty, alone.notices.empty, alone.hours.empty} == {alone.cars.empty}
    assert {place.empty for _, place in alone.places} == {alone.cars.empty}


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
        assert len(notices.notices) == 1


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


def test_ten_attempts_are_one_row_and_show_the_last(hall: Hall) -> None:
    hall.script.opened("v1", "粤B39C71")
    for _ in range(10):
        hall.script.started("v1", "粤B39C71", "2")
        hall.script.aborted("v1", "2")
    row = hall.rows()["v1"]
    assert row.stage == "排队等候"
    assert len(row.path.stages) == 5


def test_every_kind_of_plate_has_a_row(hall: Hall) -> None:
    for number, kind in enumerate(PlateKind):
        hall.script.opened(f"k{number}", "粤B39C71", kind)
    assert {row.plate.kind for row in hall.state(100).rows} == {kind.value for kind in PlateKind}


def test_cars_of_yesterday_are_let_go_so_that_the_board_runs_for_months(hall: Hall) -> None:
    hall.script.opened("v1", "粤B39C71")
    hall.script.started("v1", "粤B39C71")
    hall.script.ended("v1")
    hall.script.opened("v2", "粤B39C72")
    hall.now_s += 23 * 3600
    hall.state()
    assert set(hall.station.visits) == {"v1", "v2"}
    assert hall.station.visits["v1"].attempts == ()
    hall.script.started("v1", "粤B39C71")
    assert hall.rows()["v1"].stage == "正在检测"
    hall.script.ended("v1")
    hall.drain()
    hall.now_s += 3600
    hall.now_s += 25 * 3600
    hall.state()
    assert set(hall.station.visits) == {"v2"}


def test_a_page_stands_as_long_as_the_rules_say_within_reason(hall: Hall) -> None:
    hall.queue(30)
    for said_s, wanted_s in ((20, 20), (0, 4), (10**9, 120)):
        hall.script.tell(f.BoardRulesSet(1, PlateMask(), 10, said_s, ()))
        assert hall.state(6).foot.page_s == wanted_s


def test_a_lane_that_cannot_be_reached_is_said_to_be_so_and_its_car_stays(hall: Hall) -> None:
    busy_day(hall.script)
    before = hall.rows()
    hall.script.lane_down("1")
    state = hall.state()
    assert state.lanes is not None
    assert [lane.state for lane in state.lanes.rows] == ["无法连接", "空闲"]
    assert state.lanes.rows[0].plate == before["v1"].plate
    assert {row.visit_id for row in state.rows} == set(before)
    hall.script.lane_up("1")
    lanes = hall.state().lanes
    assert lanes is not None
    assert lanes.rows[0].state == "正在检测"


def test_a_service_that_starts_anew_with_another_journal_brings_its_own_cars(hall: Hall) -> None:
    busy_day(hall.script)
    kept = hall.state()
    hall.script.service_down()
    hall.drain()
    hall.now_s += 60
    assert {row.visit_id for row in hall.state().rows} == {row.visit_id for row in kept.rows}
    hall.script.epoch = "another"
    hall.script.service_up()
    state = hall.state()
    assert not state.stale
    assert state.rows == ()
    hall.script.opened("new", "粤B00001")
    assert set(hall.rows()) == {"new"}


@pytest.mark.parametrize("step_min", [-10, 10])
def test_a_clock_that_is_set_by_ten_minutes_leaves_every_car_and_no_time_without_sense(
    hall: Hall, step_min: int
) -> None:
    busy_day(hall.script)
    hall_scenes.expect(hall.script, "v2", 5, 9)
    hall.state()
    hall.script.at += timedelta(minutes=step_min)
    hall.script.service_up(tuple(hall.station.visits.values()))
    row = hall.rows()["v2"]
    assert row.waited == ("已等 10 分钟" if step_min > 0 else "刚到")
    assert bool(row.late) == (step_min > 0)
    assert row.is_range == (step_min < 0)
    assert {"v1", "v2", "v3", "v4"} <= set(hall.rows())
