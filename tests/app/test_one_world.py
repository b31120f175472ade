"""One virtual world a station: a second one would take the ports' far ends from under the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.simulate import Simulation, Wish
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.station import read_station

WISH = Wish(seed=1, vehicles=0, speed=1.0, port=0)


def test_a_second_world_is_refused_and_names_the_first(tmp_path: Path) -> None:
    station = read_station(write_demo_station(tmp_path))
    first = Simulation(station, WISH)
    try:
        with pytest.raises(RefusedError) as caught:
            Simulation(station, WISH)
        assert caught.value.code == "app.simulate.twice"
        assert "simulate" in str(caught.value.problem.params["holder"])
        assert (tmp_path / "ports" / "bench").exists()
    finally:
        first.close()


def test_after_its_end_the_next_world_may_begin(tmp_path: Path) -> None:
    station = read_station(write_demo_station(tmp_path))
    for _ in range(2):
        Simulation(station, WISH).close()
