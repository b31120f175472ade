"""The witness on the wires passes every byte on, and what it wrote down is divided into software and everything else."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.report import ROOT
from benchmarks.visit_counter import Row, attempts_of, count
from carcheck_desktop.app.demo_station import free_ports


def fact(at_s: float, kind: str, more: str = "") -> Row:
    return [at_s, "fact", kind, more]


def exchange(at_s: float, took_s: float = 0.01, wire: str = "scale") -> list[Row]:
    return [[at_s, "asked", wire, ""], [at_s + took_s, "answered", wire, ""]]


A_CAR = [
    fact(0.0, "attempt_started"),
    fact(0.004, "prompt_shown", "axle_on_scale"),
    *exchange(0.005),
    *exchange(0.205),
    *exchange(0.405),
    *exchange(0.605),  # the look that finds the axle
    fact(0.620, "occupancy_taken"),
    fact(0.622, "item_started", "W1"),
    *exchange(0.625),
    *exchange(1.625),
    fact(1.645, "item_finished", "W1"),
    fact(1.650, "prompt_shown", "driven_off"),
    *exchange(1.651),
    *exchange(9.985),
    fact(10.0, "attempt_ended"),
]
"""A car that is weighed: 4 + 5 + 2 + 3 + 10 ms of software until the result, 5 + 5 ms after it."""


def test_what_passes_between_an_answer_and_the_next_fact_is_software() -> None:
    (car,) = attempts_of(A_CAR)
    weighed, rest = car.steps
    assert weighed.item == "W1"
    assert dict(weighed.parts) == pytest.approx(
        {
            "until prompt_shown axle_on_scale": 0.004,
            "until occupancy_taken": 0.005,
            "until item_started": 0.002,
            "after item_started": 0.003,
            "until item_finished": 0.010,
        }
    )
    assert dict(rest.parts) == pytest.approx({"until prompt_shown driven_off": 0.005, "until attempt_ended": 0.005})


def test_the_share_is_of_the_whole_time_on_the_lane_and_a_step_ends_with_its_result() -> None:
    found = count(A_CAR)
    assert found["on_lane_s"] == pytest.approx(10.0)
    assert found["software_s"] == pytest.approx(0.034)
    assert found["share"] == pytest.approx(0.0034)
    assert (found["steps"], found["step_s"]["worst"]) == (1, pytest.approx(0.024))


def test_slower_software_is_seen_and_slower_instruments_are_not() -> None:
    slow = [[at_s + 0.3, *row] if at_s >= 1.645 else [at_s, *row] for at_s, *row in A_CAR]
    assert count(slow)["software_s"] == pytest.approx(0.334)
    late = [[at_s + 0.3, *row] if at_s >= 1.634 else [at_s, *row] for at_s, *row in A_CAR]
    assert count(late)["software_s"] == pytest.approx(0.034)


def test_looks_that_wait_for_somebody_are_told_beside_it() -> None:
    found = count(A_CAR)
    assert found["waits"] == 2
    assert found["look_s"] == pytest.approx(0.2)


def test_another_instruments_poll_hides_nothing_of_what_the_software_took() -> None:
    polled = sorted([*A_CAR, *exchange(1.638, 0.002, "bench")], key=lambda row: float(row[0]))
    assert count(polled)["software_s"] == pytest.approx(0.034)


def test_a_prompt_that_comes_by_the_clock_is_no_delay() -> None:
    rows = [
        fact(0.0, "attempt_started"), *exchange(0.001), fact(3.0, "prompt_shown", "pedal"), *exchange(7.0, 0.001),
        fact(7.003, "item_finished", "B1"), fact(7.004, "attempt_ended"),
    ]  # fmt: skip
    assert count(rows)["software_s"] == pytest.approx(0.001 + 0.002 + 0.001)


def test_a_car_that_is_still_on_the_lane_is_not_counted() -> None:
    assert count([*A_CAR, fact(20.0, "attempt_started"), fact(20.5, "item_finished", "W1")])["cars"] == 1
    assert count([fact(0.0, "attempt_started")])["share"] == 0.0


def test_the_witness_passes_bytes_both_ways_and_writes_down_which_way(tmp_path: Path) -> None:
    near, far, nobody = free_ports(3)
    seen = tmp_path / "seen.jsonl"
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-m", "benchmarks.visit_counter", "watch", "--lane", f"http://127.0.0.1:{nobody}"]
    with (
        socket.create_server(("127.0.0.1", far)) as instrument,
        subprocess.Popen(
            [*command, "--wire", f"{near}:{far}", "--seen", str(seen)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
        ) as witness,
    ):
        assert witness.stdout is not None
        assert witness.stdout.readline().strip() == b"watching"
        with socket.create_connection(("127.0.0.1", near), timeout=5) as lane:
            lane.sendall(b"\x01\x04")
            there, _ = instrument.accept()
            with there:
                there.settimeout(5)
                assert there.recv(10) == b"\x01\x04"
                there.sendall(b"\x01\x04\x02")
                assert lane.recv(10) == b"\x01\x04\x02"
        witness.send_signal(signal.SIGTERM)
        assert witness.wait(10) == 0
    rows = [json.loads(line) for line in seen.read_text(encoding="utf-8").splitlines()]
    assert [(what, name) for _, what, name, _ in rows] == [("asked", str(near)), ("answered", str(near))]
    assert rows[0][0] < rows[1][0]
