"""Every benchmark runs in its short form and tells a row; how fast is not asked here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import durable
from benchmarks.curves import recording
from benchmarks.machine import Machine, Spread
from benchmarks.painted import latency
from benchmarks.report import Goal, Result, Table, put_into_page, sections_of
from benchmarks.window import start

MACHINE = Machine("a processor", 2, "a system", "3.11", 0.5, "peers")

linux = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")


def has_compiler() -> bool:
    """Whether libmodbus can be compiled against; `bootstrap.py bench` installs what is missing."""
    if shutil.which("gcc") is None:
        return False
    probe = subprocess.run(
        ["gcc", "-E", "-x", "c", "-"], input="#include <modbus/modbus.h>\n", text=True, capture_output=True, check=False
    )
    return probe.returncode == 0


def rows(result: Result) -> list[str]:
    """First cells of all tables, and the text must be whole."""
    text = result.text(MACHINE)
    assert text.startswith("## ")
    assert "nan" not in text
    return [row[0] for table in result.tables for row in table.rows]


@linux
@pytest.mark.skipif(not has_compiler(), reason="gcc and the headers of libmodbus are not installed")
def test_ten_registers_are_read_by_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("minimalmodbus")
    from benchmarks.read_ten import comparison

    monkeypatch.setattr(comparison, "ROUNDS", 1)
    found = rows(comparison.run(quick=True))
    assert found.count(comparison.C) == found.count(comparison.OURS) == 4
    assert "minimalmodbus" in found


def test_results_are_committed_beside_bare_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "ROUNDS", 1)
    assert rows(durable.run(quick=True)) == [durable.SYNCED, durable.BARE, durable.OURS]


@linux
def test_curves_of_four_lanes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "QUICK_S", 3.0)
    assert rows(recording.run(quick=True))[:4] == ["1", "2", "3", "4"]


@linux
def test_a_fact_is_painted_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latency, "VISITS", 10)
    assert rows(latency.run(quick=True))[0].startswith("fact committed")


@linux
def test_changed_cars_of_a_large_board_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.board import load

    monkeypatch.setattr(load, "CARS", 20)
    monkeypatch.setattr(load, "SIZE", (1920, 1080))
    assert rows(load.run(quick=True))[0] == "paint of a car that changed"


def test_memory_that_grows_is_told_in_megabytes_an_hour() -> None:
    from benchmarks.board import memory

    assert memory.slope_per_h([(minute / 6, 100 + minute / 60) for minute in range(60)]) == pytest.approx(6.0)
    assert memory.slope_per_h([(minute / 6, 100.0) for minute in range(60)]) == 0.0


@linux
def test_a_window_becomes_usable() -> None:
    assert rows(start.run(quick=True)) == [start.BARE, start.PAINTED, start.USABLE]


def test_stored_inspections_are_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.rejudge import year

    monkeypatch.setattr(year, "QUICK", 20)
    found = year.run(quick=True)
    assert rows(found) == [year.READ, year.JUDGED, year.FLOATS]
    assert "pass: " in found.notes[0]
    assert "invalid" not in found.notes[0]


def test_a_page_keeps_the_sections_of_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    put_into_page("second", "## Two\n\nold", ("first", "second"), page)
    put_into_page("first", "## One", ("first", "second"), page)
    put_into_page("second", "## Two\n\nnew", ("first", "second"), page)
    text = page.read_text(encoding="utf-8")
    assert sections_of(text) == {"first": "## One", "second": "## Two\n\nnew"}
    assert text.index("## One") < text.index("## Two")


def test_a_missed_goal_is_told_as_missed() -> None:
    result = Result("Title", "how", [Table(("a", "b"), [["1", "2"]])], [Goal("wanted", "found", is_met=False)])
    assert "| wanted | found | **missed** |" in result.text(MACHINE)
    assert not result.is_met


def test_percentiles_are_of_the_sorted_durations() -> None:
    spread = Spread.of([0.003, 0.001, 0.002, 0.1])
    assert (spread.p50, spread.p99) == (0.003, 0.1)


def test_an_unknown_benchmark_is_refused_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        program.main(["nothing"])
    assert ended.value.code == 2
    assert "read_ten" in capsys.readouterr().err


def test_the_command_answers_what_it_can_measure() -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks", "--help"], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in program.BENCHMARKS)
