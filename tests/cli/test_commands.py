"""The command line: exit codes, one line an error, JSON on standard output and nothing else there."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.parts import open_service_store
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import read_station
from carcheck_desktop.cli import COMMANDS, main


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return write_demo_station(tmp_path)


def with_pin(monkeypatch: pytest.MonkeyPatch, pin: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{pin}\n"))


def test_a_wrong_key_in_the_station_file_is_one_line_and_exit_2(
    station: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = station.read_text(encoding="utf-8").partition("[[uplink]]")[0]
    station.write_text(text.replace("training = true", "trainig = true"), "utf-8")
    assert main(["verify", "--station", str(station)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "station.trainig" in told.err
    assert str(station) in told.err


@pytest.mark.parametrize("arguments", [[], ["fly"], ["--help"]])
def test_what_is_not_a_command_lists_the_commands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == (0 if arguments == ["--help"] else 2)
    told = capsys.readouterr().err
    assert [name for name in COMMANDS if name not in told] == []


def test_the_first_user_is_made_on_the_command_line(
    station: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pin(monkeypatch, "2468")
    assert main(["user", "add", "王站长", "--role", "manager", "--station", str(station)]) == 0
    assert json.loads(capsys.readouterr().out) == {"user": "王站长", "role": "manager"}


def test_a_pin_that_is_no_pin_is_refused(
    station: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pin(monkeypatch, "12")
    assert main(["user", "add", "li", "--role", "clerk", "--station", str(station)]) == 1
    assert capsys.readouterr().out == ""


def test_while_a_service_runs_its_database_is_not_opened_twice(
    station: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_service_store(read_station(station), SystemClock())
    try:
        with_pin(monkeypatch, "2468")
        assert main(["user", "add", "li", "--role", "clerk", "--station", str(station)]) == 1
        assert "carcheck.db" in capsys.readouterr().err
        assert main(["migrate", "--station", str(station)]) == 1
    finally:
        store.close()


def test_backup_copies_and_verify_finds_the_station_whole(
    station: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pin(monkeypatch, "2468")
    main(["user", "add", "li", "--role", "clerk", "--station", str(station)])
    capsys.readouterr()
    assert main(["verify", "--station", str(station)]) == 0
    assert json.loads(capsys.readouterr().out)["service"]["findings"] == []
    target = station.parent / "copy"
    assert main(["backup", str(target), "--station", str(station)]) == 0
    assert Path(json.loads(capsys.readouterr().out)["database"]).is_file()


def test_a_visit_that_is_not_there_is_exit_1(
    station: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pin(monkeypatch, "2468")
    main(["user", "add", "li", "--role", "clerk", "--station", str(station)])
    capsys.readouterr()
    assert main(["show", "渝A99999", "--json", "--station", str(station)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "渝A99999" in told.err


def test_a_real_station_is_not_simulated(station: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station.write_text(station.read_text(encoding="utf-8").replace("training = true", "training = false"), "utf-8")
    told = []
    for command in (["simulate"], ["service", "--clock", "http://127.0.0.1:1"]):
        assert main([*command, "--station", str(station)]) == 2
        told.append(capsys.readouterr().err.splitlines())
    # one line for each address of the file that only a simulation answers
    assert told[0] == told[1]
    assert all("training = false" in line for line in told[0])


def test_a_clock_that_does_not_answer_is_named(station: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["service", "--clock", "http://127.0.0.1:1", "--station", str(station)]) == 2
    assert "http://127.0.0.1:1" in capsys.readouterr().err
