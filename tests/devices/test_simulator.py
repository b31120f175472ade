"""Simulators: frozen, stepped by time that is given, with faults; and a far end at a true line speed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api import Area, Faults, RegisterError
from carcheck_desktop.devices.api.simulator import vars_of
from carcheck_desktop.devices.machinery.serving import damaged
from tests.devices.plant import BEAT, HEATER, MAGIC, PRESSURE, TARGET, Watched, pty_settings, served, simulator


def test_a_misspelt_attribute_fails() -> None:
    one = simulator()
    one.beats = 5
    with pytest.raises(AttributeError, match="baets"):
        one.baets = 5


def test_a_misspelt_fault_fails() -> None:
    with pytest.raises(AttributeError):
        Faults().silnet = True  # type: ignore[attr-defined]


@given(st.lists(st.floats(0, 2), max_size=20))
def test_any_intervals_give_the_same_steps(intervals: list[float]) -> None:
    one, other = simulator(), simulator()
    one.advance(100.0, 0.0)
    other.advance(100.0, 0.0)
    at_s = 100.0
    for interval in intervals:
        at_s += interval
        one.advance(at_s, 0.0)
    other.advance(at_s, 0.0)
    assert (one.step_number, one.beats, one.at_s) == (other.step_number, other.beats, other.at_s)


def test_time_given_far_in_does_not_start_with_a_flood_of_steps() -> None:
    one = simulator()
    one.advance(1e9, 0.0)
    assert (one.beats, one.starts) == (0, 1)


def test_a_stuck_simulator_lets_time_pass_and_moves_nothing() -> None:
    one = simulator()
    one.advance(10.0, 0.0)
    one.advance(11.0, 1.0)
    beats = one.beats
    one.faults.stuck = True
    one.advance(15.0, 5.0)
    assert one.beats == beats
    assert one.real_s == 5.0
    one.faults.stuck = False
    one.advance(16.0, 6.0)
    assert one.beats == beats + 4


def test_addresses_outside_the_map_and_read_only_ones_are_refused() -> None:
    one = simulator()
    with pytest.raises(RegisterError) as refused:
        one.read_cells(Area.INPUT, 0, 4)
    assert refused.value.exception == 2
    with pytest.raises(RegisterError):
        one.write_cells(Area.INPUT, 0, [1])
    with pytest.raises(RegisterError):
        one.write_cells(Area.HOLDING, 0, [1, 2, 3, 4])
    assert one.get(TARGET) == 0
    one.write_cells(Area.COIL, 0, [1])
    assert one.get(HEATER) is True


def test_a_wrong_identity_answers_wrong_and_keeps_the_rest() -> None:
    one = simulator()
    one.advance(1.0, 0.0)
    one.faults.wrong_identity = True
    one.put(BEAT, 9)
    magic, beat = one.read_cells(Area.INPUT, 0, 2)
    assert magic != 0x5AA5
    assert beat == 9
    assert one.get(MAGIC) == 0x5AA5


def test_every_fault_can_be_cleared() -> None:
    faults = Faults(True, 1.0, True, True, True, True, True, True)
    faults.clear()
    assert not any(vars_of(faults).values())


@given(st.binary(min_size=4, max_size=50), st.booleans())
def test_damage_changes_exactly_one_byte(data: bytes, garbled: bool) -> None:
    faults = Faults(garbled=garbled, wrong_checksum=not garbled)
    for has_check in (True, False):
        spoilt = damaged(data, faults, has_check=has_check)
        assert len(spoilt) == len(data)
        assert sum(one != other for one, other in zip(spoilt, data, strict=True)) == 1
    assert damaged(data, Faults(), has_check=True) == data


@pytest.mark.skipif(os.name == "nt", reason="far ends of serial ports are ptys here")
def test_a_paced_far_end_takes_the_time_of_the_line(tmp_path: Path) -> None:
    settings = pty_settings(tmp_path, baud=9600)
    with served(settings, {1: simulator()}, pace=True), Watched(settings) as one:
        one.wait_for("attached")
        took_s: list[float] = []
        for _ in range(10):
            begun_s = time.monotonic()
            assert one.line.call(lambda: one.device.read(PRESSURE), one.attachment).value == 101.25
            took_s.append(time.monotonic() - begun_s)
    # 8 bytes asked, 9 answered, 10 bits each
    wire_s = 17 * 10 / 9600
    assert wire_s * 0.99 < min(took_s) < wire_s * 2
