"""The hall on bad days: silence, clocks that are set, lanes that are away, no car and five hundred."""

from __future__ import annotations

from datetime import timedelta

import pytest

from carcheck_desktop.domain.board import BoardContent
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.link.wire import PING_S
from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.hall.presenter import HallOptions, HallPresenter
from carcheck_desktop.ui.hall.window import REFRESH_MS
from tests.ui import hall_scenes
from tests.ui.hall.board import Hall, of
from tests.ui.scripted import ScriptedLink, busy_day


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
