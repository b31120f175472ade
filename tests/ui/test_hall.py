"""The hall board: what people who wait see, and that it is true or says that it is not."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.ui.bridge.station import Station
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.hall.presenter import PAGE_S, HallPresenter
from carcheck_desktop.ui.hall.state import Step
from tests.ui import scenes
from tests.ui.scripted import Script, ScriptedLink, busy_day

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Hall:
    def __init__(self, words: Words) -> None:
        self.script = Script()
        self.now_s = 0.0
        self.station = Station(self.script.service, None, lambda: self.now_s)
        self.presenter = HallPresenter(self.station, words, lambda: self.now_s)
        self.script.service_up()
        self.script.lanes = {lane: ScriptedLink() for lane in self.script.lane_names}
        self.drain()

    def drain(self) -> None:
        self.station.drain()
        self.presenter.heard()


@pytest.fixture
def hall(words: Words) -> Hall:
    return Hall(words)


def test_plates_are_masked_everywhere(hall: Hall) -> None:
    busy_day(hall.script)
    hall.drain()
    for row in hall.presenter.state(10).rows:
        assert row.plate.text.count("*") == 2
        assert "39C71" not in row.spoken


def test_who_has_to_act_comes_first_then_the_lane_then_the_queue(hall: Hall) -> None:
    busy_day(hall.script)
    hall.drain()
    rows = hall.presenter.state(10).rows
    assert [row.visit_id for row in rows] == ["v0", "v1", "v2", "v3", "v4"]
    assert rows[1].steps == (Step.DONE, Step.DONE, Step.DONE, Step.NOW, Step.TO_DO)
    assert rows[1].progress == "3/5"
    assert "1 号线" in rows[1].where
    assert rows[2].where == "下一辆"
    assert "2" in rows[4].where


def test_the_hall_is_not_told_how_an_item_was_judged(hall: Hall) -> None:
    busy_day(hall.script)
    hall.script.braked("v1", "B2", good=False)
    hall.drain()
    assert hall.presenter.state(10).rows[1].steps[3] is Step.DONE


def test_a_finished_car_leaves_the_board_after_a_while(hall: Hall) -> None:
    hall.script.opened("v1", "粤B39C71")
    hall.script.started("v1", "粤B39C71")
    hall.script.ended("v1", outcome=Outcome.PASS)
    hall.drain()
    assert hall.presenter.state(10).rows[0].stage == "检验合格"
    hall.now_s += 25 * 60
    assert hall.presenter.state(10).rows == ()
    assert hall.presenter.state(10).empty


def test_more_cars_than_fit_are_shown_page_by_page(hall: Hall) -> None:
    for number in range(200):
        hall.script.opened(f"v{number:03}", f"粤B{number:03}X1")
    hall.drain()
    seen = set()
    for _ in range(-(-200 // 6)):
        state = hall.presenter.state(6)
        seen |= {row.visit_id for row in state.rows}
        hall.now_s += PAGE_S + 0.1
    assert len(seen) == 200
    assert hall.presenter.state(6).page == 0


def test_the_page_stays_while_its_time_has_not_come(hall: Hall) -> None:
    for number in range(20):
        hall.script.opened(f"v{number:03}", f"粤B{number:03}X1")
    hall.drain()
    hall.presenter.state(6)
    hall.now_s += PAGE_S / 2
    assert hall.presenter.state(6).page == 0


def test_silence_of_the_service_is_said_within_five_seconds_and_ends_with_it(hall: Hall) -> None:
    busy_day(hall.script)
    hall.drain()
    hall.script.service_down()
    hall.drain()
    hall.now_s += 4.9
    state = hall.presenter.state(10)
    assert state.stale
    assert "09:1" in state.stale_detail
    assert len(state.rows) == 5
    hall.script.service_up(tuple(hall.station.visits.values()))
    hall.drain()
    assert not hall.presenter.state(10).stale


def test_an_empty_board_and_one_that_never_connected_say_different_things(hall: Hall, words: Words) -> None:
    alone = HallPresenter(Station(ScriptedLink(), None), words, lambda: 0.0)
    assert alone.state(6).empty != hall.presenter.state(6).empty


def test_the_board_shows_no_pointer_and_no_dialog_and_is_freed(app: QApplication) -> None:
    window = scenes.hall_busy("zh_CN")
    window.show()
    scenes.settle(window)
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    assert not window.findChildren(QDialog)
    assert next(view.row.plate.text for view in window._rows if view.row) == "粤BD**837"
    scenes.assert_freed(window, app)


def test_only_rows_that_changed_are_painted(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    window = scenes.hall_busy("zh_CN")
    window.show()
    scenes.settle(window)
    painted: list[str] = []
    for view in window._rows:
        monkeypatch.setattr(view, "update", partial(painted.append, view.objectName()))
    window.refresh()
    assert painted == []
    link = window.station.service.link
    assert isinstance(link, ScriptedLink)
    script = Script()
    script.service, script.lanes = link, {"1": ScriptedLink()}
    script.braked("v1", "B2")
    scenes.settle(window)
    assert painted == ["hall_row_1"]
