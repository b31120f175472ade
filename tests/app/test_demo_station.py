"""The station that the demonstration writes is a whole, valid training station."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import ANALYSERS, free_ports, write_demo_station, write_whole_station
from carcheck_desktop.app.wiring import all_configs
from carcheck_desktop.base.station import read_station


@pytest.mark.parametrize(
    "folder", ["demo", "a folder with blanks", "示范 站", 'with "quotes"', "back\\slash", "100%{x}"]
)
def test_in_whatever_folder_it_is_a_valid_training_station(tmp_path: Path, folder: str) -> None:
    station = read_station(write_demo_station(tmp_path / folder))
    assert station.training
    assert [lane.name for lane in station.lanes] == ["1"]
    assert {each.kind for each in station.lanes[0].devices} == {"BrakeTester", "AxleScale", "GasAnalyser"}
    without = read_station(write_demo_station(tmp_path / "bare" / folder, analyser=""))
    assert {each.kind for each in without.lanes[0].devices} == {"BrakeTester", "AxleScale"}
    assert station.data.is_relative_to(tmp_path / folder)


def test_the_whole_station_has_a_lane_for_each_make_printers_that_stand_in_and_pages_for_owners(tmp_path: Path) -> None:
    station = read_station(write_whole_station(tmp_path))
    assert [lane.name for lane in station.lanes] == ["1", "2"]
    makes = [device.driver for lane in station.lanes for device in lane.devices if device.kind == "GasAnalyser"]
    assert makes == list(ANALYSERS)
    lines = [config.port for config in all_configs(station.lanes)]
    assert len(set(lines)) == 6
    assert [printer.name for printer in station.printers] == ["counter", "counter-2", "pickup", "labels"]
    assert {each.channel for each in station.uplinks} == {"vehicle_lookup", "payment", "insurance"}
    assert station.web is not None
    assert station.web.address.endswith(str(station.web.port))


def test_two_demonstrations_side_by_side_share_no_port_and_no_line(tmp_path: Path) -> None:
    stations = [read_station(write_demo_station(tmp_path / name)) for name in ("a", "b")]
    used = [each.link_port for each in stations] + [each.lanes[0].link_port for each in stations]
    assert len(set(used)) >= 3  # ports were only free a moment ago, but those of one station never meet
    lines = [config.port for station in stations for config in all_configs(station.lanes)]
    assert len(set(lines)) == len(lines)


def test_on_windows_the_instruments_are_behind_tcp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    path = write_demo_station(tmp_path)
    monkeypatch.undo()
    ports = [device.port for device in read_station(path).lanes[0].devices]
    assert all(port.startswith("tcp://127.0.0.1:") for port in ports)
    assert len(set(ports)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="the ends of ptys")
def test_elsewhere_they_are_behind_ptys_of_its_own_folder(tmp_path: Path) -> None:
    ports = [Path(device.port) for device in read_station(write_demo_station(tmp_path)).lanes[0].devices]
    assert all(port.is_relative_to(tmp_path) for port in ports)


def test_free_ports_are_different_and_can_be_used() -> None:
    ports = free_ports(8)
    assert len(set(ports)) == 8
    for port in ports:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", port))


def test_devices_of_several_lanes_are_named_by_lane_and_a_stop_output_with_them(tmp_path: Path) -> None:
    path = write_demo_station(tmp_path)
    text = path.read_text(encoding="utf-8").replace(
        'place = "1/bench"', 'place = "1/bench"\noptions = { stop_output = "io:0" }'
    )
    path.write_text(text, encoding="utf-8")
    configs = {config.name: config for config in all_configs(read_station(path).lanes)}
    assert set(configs) == {"1/bench", "1/scale", "1/gas"}
    assert configs["1/bench"].options == {"stop_output": "1/io:0"}
    assert configs["1/scale"].options == {}
