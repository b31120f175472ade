"""The exhaust over real wires by the second make (the first is every day's)."""

from __future__ import annotations

import pytest

from carcheck_desktop.app.demo import DemoWish, prepare, start_processes
from carcheck_desktop.base.station import read_station
from carcheck_desktop.domain.facts import ItemFinished
from carcheck_desktop.domain.verdicts import Outcome
from tests.station.days import Day, run_station

VEHICLES = 1


@pytest.fixture(scope="module")
def mingquan_day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    folder = tmp_path_factory.mktemp("mingquan")
    wish = DemoWish(VEHICLES, 20, 1, folder, "zh_CN", analyser="mingquan_mqw50a")
    return run_station(start_processes(wish, prepare(wish)), folder, VEHICLES, 200)


def test_the_second_make_measures_every_car_in_thirty_contiguous_seconds(mingquan_day: Day) -> None:
    assert [record.visit.conclusion for record in mingquan_day.records] == [Outcome.PASS]
    for record in mingquan_day.records:
        facts = [entry.fact() for entry in record.entries]
        (done,) = (fact for fact in facts if isinstance(fact, ItemFinished) and fact.two_speed_idle is not None)
        assert {used.driver for used in done.instruments} == {"mingquan_mqw50a"}
        assert done.two_speed_idle is not None
        for span in done.two_speed_idle.phases:
            wanted = done.two_speed_idle.demand.of(span.phase).duration_s
            assert span.end - span.start >= wanted
        assert done.two_speed_idle.record_digest in record.exhaust


def test_the_station_file_names_the_make(mingquan_day: Day) -> None:
    devices = read_station(mingquan_day.folder / "station.toml").lanes[0].devices
    assert {each.driver for each in devices if each.kind == "GasAnalyser"} == {"mingquan_mqw50a"}
