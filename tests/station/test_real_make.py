"""A car on the first real make of bench and scale, which has no stop command: the contactor cuts the motors."""

from __future__ import annotations

import pytest

from carcheck_desktop.app.demo import DemoWish, add_people, start_processes
from carcheck_desktop.app.demo_station import free_ports
from carcheck_desktop.base.station import read_station
from carcheck_desktop.domain.facts import ItemFinished
from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.domain.verdicts import Outcome
from tests.station.days import Day, run_station

STATION = """
[station]
code = "5001009"
name = "示范机动车检验站"
province = "渝"
training = true

[service]
link_port = {0}

[[lane]]
name = "1"
link_port = {1}

[[lane.device]]
name = "bench"
kind = "BrakeTester"
driver = "jiangxing_aframe"
port = "{ports}/bench"
place = "1/bench"
options = {{ stop_output = "io:0" }}

[[lane.device]]
name = "scale"
kind = "AxleScale"
driver = "jiangxing_aframe"
port = "{ports}/scale"
place = "1/scale"

[[lane.device]]
name = "io"
kind = "DigitalIo"
driver = "modbus_io"
port = "tcp://127.0.0.1:{2}"
place = "1/io"
"""


@pytest.fixture(scope="module")
def jiangxing_day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    folder = tmp_path_factory.mktemp("jiangxing")
    path = folder / "station.toml"
    path.write_text(STATION.format(*free_ports(3), ports=folder / "ports"), encoding="utf-8")
    add_people(read_station(path))
    wish = DemoWish(1, 5, 1, folder, "zh_CN")
    return run_station(start_processes(wish, path), folder, 1, 120)


def test_the_car_is_weighed_and_braked_and_passes(jiangxing_day: Day) -> None:
    assert jiangxing_day.records[0].visit.conclusion is Outcome.PASS


def test_what_the_make_does_not_report_is_recorded_as_not_reported(jiangxing_day: Day) -> None:
    facts = [entry.fact() for entry in jiangxing_day.records[0].entries]
    runs = [fact.service_brake for fact in facts if isinstance(fact, ItemFinished) and fact.service_brake]
    assert [run.stop_reason for run in runs] == [StopReason.NOT_REPORTED] * 2


def test_its_twenty_hertz_are_recorded_as_such(jiangxing_day: Day) -> None:
    assert {curve.interval_ms for curve in jiangxing_day.records[0].curves.values()} == {50}
