"""Which clock a process lives by: the PC's, or in training the simulation's, and never one that cannot be right."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.parts import clock_from
from carcheck_desktop.base.clock import ScaledClock, SystemClock
from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.station import Station, read_station

EPOCH = "2026-01-05T08:00:00+00:00"
GOOD: dict[str, Any] = {"speed": 20.0, "epoch": EPOCH, "epoch_monotonic_s": 12.5}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return read_station(write_demo_station(tmp_path))


@pytest.fixture
def simulation() -> Iterator[Callable[[object], str]]:
    """Answer `/clock` with whatever is given; return the address."""
    answer: list[bytes] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/clock" else 404)
            self.end_headers()
            self.wfile.write(answer[-1])

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def told(value: object) -> str:
        answer.append(value if isinstance(value, bytes) else json.dumps(value).encode())
        return f"http://127.0.0.1:{server.server_port}"

    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_a_simulation_it_is_the_clock_of_the_pc(station: Station) -> None:
    assert isinstance(clock_from(None, station), SystemClock)


def test_in_training_it_is_the_simulations(station: Station, simulation: Callable[[object], str]) -> None:
    clock = clock_from(simulation(GOOD), station)
    assert isinstance(clock, ScaledClock)
    assert (clock.speed, clock.epoch) == (20.0, datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
    assert clock.epoch_monotonic_s == 12.5


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"<html>", b"\xff", [], 3, None, {},
        {**GOOD, "speed": "fast"}, {**GOOD, "speed": None}, {**GOOD, "epoch": "yesterday"}, {**GOOD, "epoch": 7},
        {**GOOD, "speed": 0.0}, {**GOOD, "speed": -2.0}, {**GOOD, "speed": float("nan")},
        {**GOOD, "speed": float("inf")}, {**GOOD, "epoch_monotonic_s": float("nan")},
        {**GOOD, "epoch": "2026-01-05T08:00:00"},
    ],
)  # fmt: skip
def test_an_answer_that_is_no_clock_is_refused_in_one_sentence(
    station: Station, simulation: Callable[[object], str], answer: object
) -> None:
    url = simulation(answer)
    with pytest.raises(UsageError) as caught:
        clock_from(url, station)
    assert caught.value.code == "app.clock.no_answer"
    assert caught.value.problem.params["url"] == url


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "not an address", "http://", ""])
def test_an_address_where_nothing_answers_is_named(station: Station, url: str) -> None:
    with pytest.raises(UsageError) as caught:
        clock_from(url, station)
    assert caught.value.problem.params["url"] == url
