"""The exhaust over real wires: the second make, a smoky car, and the analyser's bad days."""

from __future__ import annotations

import pytest

from carcheck_desktop.app.demo import DemoWish, prepare, start_processes
from carcheck_desktop.base.station import read_station
from carcheck_desktop.domain.facts import ItemFinished
from carcheck_desktop.domain.verdicts import Outcome, Purpose
from tests.station.days import Day, run_station

VEHICLES = 4


@pytest.fixture(scope="module")
def mingquan_day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    folder = tmp_path_factory.mktemp("mingquan")
    wish = DemoWish(VEHICLES, 20, 1, folder, "zh_CN", analyser="mingquan_mqw50a")
    return run_station(start_processes(wish, prepare(wish)), folder, VEHICLES, 200)


@pytest.mark.timeout(240)
def test_the_smoky_car_fails_its_emission_by_what_is_measured_and_passes_its_safety(mingquan_day: Day) -> None:
    visit = mingquan_day.records[3].visit
    assert visit.purposes == {Purpose.SAFETY: Outcome.PASS, Purpose.EMISSION: Outcome.FAIL}
    failed = {card.quantity.value for card in visit.conclusion_cards if card.outcome is Outcome.FAIL}
    assert failed >= {"idle_co", "idle_hc", "high_idle_co", "high_idle_hc"}


@pytest.mark.timeout(240)
def test_the_second_make_measures_every_car_in_thirty_contiguous_seconds(mingquan_day: Day) -> None:
    for record in mingquan_day.records:
        facts = [entry.fact() for entry in record.entries]
        (done,) = (fact for fact in facts if isinstance(fact, ItemFinished) and fact.two_speed_idle is not None)
        assert {used.driver for used in done.instruments} == {"mingquan_mqw50a"}
        assert done.two_speed_idle is not None
        for span in done.two_speed_idle.phases:
            wanted = done.two_speed_idle.demand.of(span.phase).duration_s
            assert span.end - span.start >= wanted
        assert done.two_speed_idle.record_digest in record.exhaust


@pytest.mark.timeout(240)
def test_the_station_file_names_the_make(mingquan_day: Day) -> None:
    devices = read_station(mingquan_day.folder / "station.toml").lanes[0].devices
    assert {each.driver for each in devices if each.kind == "GasAnalyser"} == {"mingquan_mqw50a"}
