"""`main.py board`: shown by anybody at the PC, changed by who may, through the running service."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.app import demo_board
from carcheck_desktop.app.board import board_of_service
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.service import Service
from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.station import read_station
from carcheck_desktop.cli import main
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.views import announcements_at

HOURS = """
valid_from = 2026-01-05
[[week]]
days = [1, 2, 3, 4, 5]
opens = "08:30"
last_intake = 11:30:00
closes = "12:00"
[[exception]]
day = "2026-02-17"
note = "春节"
spans = [{ opens = "09:00", closes = "12:00" }]
"""
RULES = """
page_s = 20
[mask]
keep_first = 2
keep_last = 2
[[screen]]
name = "hall-2"
contents = ["vehicles", "hours"]
"""

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_demo_station(tmp_path)


@pytest.fixture
def running(path: Path) -> Iterator[Service]:
    station = read_station(path)
    add_person(station, "boss", Role.MANAGER, "2468")
    add_person(station, demo_board.MANAGER, Role.MANAGER, "1357")
    add_person(station, demo_board.SECOND_MANAGER, Role.SIGNER, "1357")
    add_person(station, "watcher", Role.VIEWER, "2468")
    clock = ScaledClock.starting_now(20.0)  # its clock is not this PC's
    service = Service(station, clock)
    yield service
    service.close()


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def go(*arguments: str, pin: str = "2468") -> tuple[int, Any, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{pin}\n"))
        code = main(["board", *arguments, "--station", str(path)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return go


@pytest.mark.usefixtures("running")
def test_the_manager_records_everything_and_anybody_sees_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hours.toml").write_text(HOURS, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    texts = ("--zh", "饮水机在左侧。", "--en", "Water is on the left.")
    assert run("hours", str(tmp_path / "hours.toml"), "--user", "boss")[:2] == (0, {"revision": 1})
    assert run("hours", str(tmp_path / "hours.toml"), "--user", "boss")[:2] == (0, {"revision": 2})
    assert run("rules", str(tmp_path / "rules.toml"), "--user", "boss")[:2] == (0, {"revision": 1})
    assert run("announce", "water", *texts, "--urgent", "--user", "boss")[:2] == (0, {"revision": 1})
    code, shown, _ = run("show")
    assert code == 0
    assert shown["hours"]["week"][0] == {
        "weekday": 1, "opens": "08:30:00", "last_intake": "11:30:00", "closes": "12:00:00",
    }  # fmt: skip
    assert shown["hours"]["exceptions"][0]["note"] == "春节"
    assert shown["rules"]["screens"] == [{"name": "hall-2", "contents": ["vehicles", "hours"]}]
    assert [each["announcement_id"] for each in shown["announcements"]] == ["water"]
    assert run("withdraw", "water", "--user", "boss")[0] == 0
    assert run("show")[1]["announcements"] == []


@pytest.mark.usefixtures("running")
def test_who_may_not_or_gives_a_wrong_pin_or_an_old_revision_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    rules = str(tmp_path / "rules.toml")
    for arguments, pin in ((("--user", "watcher"), "2468"), (("--user", "boss"), "9999")):
        code, out, told = run("rules", rules, *arguments, pin=pin)
        assert (code, out) == (1, None)
        assert len(told.splitlines()) == 1
    code, _, told = run("rules", rules, "--user", "boss", "--base", "7")
    assert code == 1
    assert "7" in told
    assert "0" in told
    assert run("rules", rules)[0] == 2
    assert run("show")[1]["rules"] is None


@pytest.mark.parametrize(
    "text",
    ["valid_from = 1", "week = 1", HOURS.replace("closes", "closed"), HOURS.replace('"08:30"', '"8 Uhr"'),
     HOURS.replace("[1, 2, 3, 4, 5]", '["Monday"]'), HOURS.replace("valid_from = 2026-01-05", ""), "[[[", "hello = 1"],
)  # fmt: skip
@pytest.mark.usefixtures("running")
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_recorded(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "hours.toml").write_text(text, encoding="utf-8")
    code, _, told = run("hours", str(tmp_path / "hours.toml"), "--user", "boss")
    assert code == 2
    assert "hours.toml" in told


@pytest.mark.usefixtures("running")
def test_the_demonstrations_manager_uses_the_same_way(path: Path) -> None:
    station = read_station(path)
    demo_board.publish(station, "1357")
    view = board_of_service(station)
    assert view.hours is not None
    assert view.hours.set_by == demo_board.MANAGER
    shown = announcements_at(view, view.announcements[0].published_at, "hall")
    assert [each.text_zh for each in shown] == [demo_board.TEXT_ZH]


def test_without_a_service_it_says_so(run: Run) -> None:
    code, out, told = run("show")
    assert (code, out) == (1, None)
    assert told
