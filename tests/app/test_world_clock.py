"""A simulation that was killed takes its clock up again; one of another day or speed begins anew."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carcheck_desktop.app.world_clock import CLOCK_FILE, GONE_S, KeptClock, WorldClockFile
from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.data import from_json, to_json


@pytest.fixture
def killed(tmp_path: Path) -> ScaledClock:
    """The clock of a simulation that ran here at speed 20 and was killed."""
    clock = WorldClockFile(tmp_path).clock(20.0)
    WorldClockFile(tmp_path).keep(clock)
    return clock


def change(folder: Path, seconds: float) -> None:
    """Let the last sign of life be so many seconds later."""
    path = folder / CLOCK_FILE
    kept = from_json(path.read_bytes(), KeptClock)
    path.write_text(to_json(replace(kept, seen_monotonic_s=kept.seen_monotonic_s + seconds)), encoding="utf-8")


def test_a_killed_simulation_goes_on_with_its_time(tmp_path: Path, killed: ScaledClock) -> None:
    again = WorldClockFile(tmp_path).clock(20.0)
    assert (again.speed, again.epoch, again.epoch_monotonic_s) == (20.0, killed.epoch, killed.epoch_monotonic_s)
    assert again.monotonic() >= killed.monotonic() - 1.0


def test_another_speed_is_another_day(tmp_path: Path, killed: ScaledClock) -> None:
    assert WorldClockFile(tmp_path).clock(5.0).epoch != killed.epoch


@pytest.mark.parametrize("seconds", [-GONE_S - 1, 3600.0])
def test_a_clock_of_yesterday_or_of_before_the_restart_of_the_pc_is_left_alone(
    tmp_path: Path, killed: ScaledClock, seconds: float
) -> None:
    change(tmp_path, seconds)
    assert WorldClockFile(tmp_path).clock(20.0).epoch != killed.epoch


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / CLOCK_FILE).write_text('{"speed": 20', encoding="utf-8")
    before = datetime.now(UTC)
    clock = WorldClockFile(tmp_path).clock(20.0)
    assert clock.epoch >= before
    assert clock.epoch_monotonic_s <= time.monotonic()


def test_a_folder_that_cannot_be_written_does_not_stop_the_simulation(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    clock = ScaledClock.starting_now(20.0)
    WorldClockFile(tmp_path / "data").keep(clock)
    assert WorldClockFile(tmp_path / "data").clock(20.0).speed == 20.0
