"""What a person reads and types at the command line: both languages, PINs that are not shown, JSON and nothing else."""

from __future__ import annotations

import getpass
import io
import json
import locale
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.app import demo as demonstration
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.base.station import read_station
from carcheck_desktop.cli import COMMANDS, main
from carcheck_desktop.cli.demo import has_display
from carcheck_desktop.domain.access import Role

HAN = re.compile(r"[\u4e00-\u9fff]")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return write_demo_station(tmp_path)


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Let the PC be set to a language."""

    def spoken(language: str | None) -> None:
        monkeypatch.setattr(locale, "getlocale", lambda *_: (language, "UTF-8"))

    return spoken


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Let somebody type PINs at a terminal; return what they were asked."""

    def typing(*pins: str) -> list[str]:
        asked: list[str] = []
        waiting = iter(pins)

        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        def hidden(prompt: str) -> str:
            asked.append(prompt)
            return next(waiting)

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(getpass, "getpass", hidden)
        return asked

    return typing


def no_visit(station: Path) -> list[str]:
    """Return a command that ends in an error people can meet every day."""
    add_person(read_station(station), "li", Role.CLERK, "2468")
    return ["show", "渝A99999", "--station", str(station)]


@pytest.mark.parametrize(("language", "is_chinese"), [("zh_CN", True), ("en_US", False), ("de_DE", True), (None, True)])
def test_errors_are_said_in_the_language_of_the_pc_and_in_chinese_where_it_is_not_spoken(
    station: Path, capsys: Capture, speak: Callable[[str | None], None], language: str | None, is_chinese: bool
) -> None:
    speak(language)
    assert main(no_visit(station)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert bool(HAN.search(told.err.replace("渝", ""))) == is_chinese
    assert len(told.err.splitlines()) == 1
    assert "{" not in told.err


@pytest.mark.parametrize("language", ["zh_CN", "en_US"])
def test_a_missing_station_file_says_which_and_what_to_do(
    tmp_path: Path, capsys: Capture, speak: Callable[[str | None], None], language: str
) -> None:
    speak(language)
    assert main(["verify", "--station", str(tmp_path / "none.toml")]) == 2
    told = capsys.readouterr().err
    assert str(tmp_path / "none.toml") in told
    assert "{" not in told


def test_every_mistake_of_a_station_file_is_a_line_of_its_own(station: Path, capsys: Capture) -> None:
    text = station.read_text(encoding="utf-8").replace("baud = 115200", "baud = 1").replace("unit = 2", "unit = 999")
    station.write_text(text, encoding="utf-8")
    assert main(["migrate", "--station", str(station)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert ["baud" in lines[0], "unit" in lines[1]] == [True, True]


def test_a_pin_is_typed_twice_and_never_shown(
    station: Path, capsys: Capture, at_terminal: Callable[..., list[str]]
) -> None:
    asked = at_terminal("2468", "2468")
    assert main(["user", "add", "li", "--role", "clerk", "--station", str(station)]) == 0
    told = capsys.readouterr()
    assert len(asked) == 2
    assert json.loads(told.out) == {"user": "li", "role": "clerk"}
    assert "2468" not in told.out + told.err


def test_two_different_pins_make_no_user(station: Path, capsys: Capture, at_terminal: Callable[..., list[str]]) -> None:
    at_terminal("2468", "2469")
    assert main(["user", "add", "li", "--role", "clerk", "--station", str(station)]) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert not (station.parent / "data" / "carcheck.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["user", "add", "li", "--role", "king"],
        ["user", "add", "li"],
        ["user", "remove", "li", "--role", "clerk"],
        ["lane"],
        ["show"],
        ["backup"],
        ["simulate", "--speed", "fast"],
        ["control", "--lang", "fr"],
        ["demo", "--vehicles", "many"],
        ["verify", "--unknown"],
    ],
)
def test_what_cannot_be_understood_ends_with_2_and_how_to_say_it(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert f"main.py {arguments[0]}" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert f"main.py {name}" in capsys.readouterr().out


def test_a_lane_that_the_station_does_not_have_is_named_with_those_it_has(station: Path, capsys: Capture) -> None:
    assert main(["lane", "--lane", "7", "--station", str(station)]) == 2
    told = capsys.readouterr().err
    assert "7" in told
    assert len(told.splitlines()) == 1


def test_ctrl_c_is_no_traceback(station: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "verify", interrupted)
    assert main(["verify"]) == 1
    assert capsys.readouterr().err == ""


def test_a_mistake_of_ours_is_not_dressed_up_as_one_of_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: list[str]) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(COMMANDS, "verify", broken)
    with pytest.raises(ZeroDivisionError):
        main(["verify"])


def test_a_damaged_record_is_exit_1_with_the_findings_on_both_outputs(station: Path, capsys: Capture) -> None:
    add_person(read_station(station), "li", Role.CLERK, "2468")
    heads = next((station.parent / "data").glob("*.heads.jsonl"))
    lines = heads.read_text(encoding="utf-8").splitlines()
    plain = json.loads(lines[-1])
    plain["chain"] = "0" * 64
    heads.write_text("\n".join([*lines[:-1], json.dumps(plain)]) + "\n", encoding="utf-8")
    assert main(["verify", "--station", str(station)]) == 1
    told = capsys.readouterr()
    findings = json.loads(told.out)["service"]["findings"]
    assert len(findings) == len(told.err.splitlines()) > 0


# -- demo ------------------------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note what demonstration is wished for instead of running one."""
    wishes: list[Any] = []

    def headless(wish: Any) -> dict[str, Any]:
        wishes.append(("headless", wish))
        return {"pictures": ["a.png"], "visits": [{"plate": "渝A12345", "outcome": "pass"}]}

    monkeypatch.setattr(demonstration, "run_headless", headless)
    monkeypatch.setattr(demonstration, "run_with_windows", lambda wish: wishes.append(("windows", wish)))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return wishes


def test_a_headless_demonstration_says_where_its_pictures_are(
    tmp_path: Path, capsys: Capture, shown: list[Any]
) -> None:
    out = tmp_path / "out"
    assert main(["demo", "--headless", "--out", str(out), "--vehicles", "1", "--seed", "7", "--speed", "20"]) == 0
    [(how, wish)] = shown
    assert (how, wish.vehicles, wish.seed, wish.speed) == ("headless", 1, 7, 20.0)
    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "summary": str(out / "summary.json"),
        "pictures": str(out / "pictures"),
        "visits": {"渝A12345": "pass"},
    }
    assert str(out) in told.err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_it_says_so_and_goes_on_headless(tmp_path: Path, capsys: Capture, shown: list[Any]) -> None:
    assert main(["demo", "--out", str(tmp_path / "out")]) == 0
    assert [how for how, _ in shown] == ["headless"]
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_with_a_display_windows_are_opened_and_the_visitors_pin_is_told(
    tmp_path: Path, capsys: Capture, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert main(["demo", "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    [(how, wish)] = shown
    assert (how, wish.language) == ("windows", "en")
    assert demonstration.VISITOR_PIN in capsys.readouterr().err


def test_two_demonstrations_are_never_mixed_in_one_folder(station: Path, capsys: Capture, shown: list[Any]) -> None:
    before = station.read_bytes()
    assert main(["demo", "--headless", "--out", str(station.parent)]) == 2
    assert str(station.parent) in capsys.readouterr().err
    assert (shown, station.read_bytes()) == ([], before)


def test_without_a_folder_it_makes_one_of_its_own_each_time(
    tmp_path: Path, capsys: Capture, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for _ in range(2):
        assert main(["demo", "--headless"]) == 0
    folders = {wish.out for _, wish in shown}
    assert len(folders) == 2
    assert all(folder.is_dir() for folder in folders)


@pytest.mark.parametrize(
    ("named", "is_there"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True), ({"DISPLAY": ""}, False)],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
@pytest.mark.usefixtures("shown")
def test_a_display_is_what_the_session_names(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], is_there: bool
) -> None:
    for name, value in named.items():
        monkeypatch.setitem(os.environ, name, value)
    assert has_display() is is_there
