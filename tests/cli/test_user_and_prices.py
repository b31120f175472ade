"""`main.py user` and `main.py prices`: in the name of who may, with a second person where two are needed."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.service import Service
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import read_station
from carcheck_desktop.cli import main
from carcheck_desktop.domain.access import Role

BOSS, ZHOU, WANG = "2468", "13579", "1122"
PRICES = """
valid_from = 2999-01-01
valid_until = "2999-12-31"
[[line]]
code = "safety"
zh = "安检费"
en = "safety inspection"
yuan = "120.50"
uses = ["private"]
purposes = ["in_use"]
recheck = false
"""
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = write_demo_station(tmp_path)
    station = read_station(path)
    add_person(station, "boss", Role.MANAGER, BOSS)
    add_person(station, "zhou", Role.SIGNER, ZHOU)
    add_person(station, "wang", Role.CLERK, WANG)
    return path


@pytest.fixture
def service(path: Path) -> Iterator[None]:
    running = Service(read_station(path), SystemClock())
    yield
    running.close()


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def go(*arguments: str, pins: tuple[str, ...] = ()) -> tuple[int, Any, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{pin}\n" for pin in pins)))
        code = main([*arguments, "--station", str(path)])
        told = capsys.readouterr()
        for pin in pins:
            assert pin not in told.out + told.err
        return code, json.loads(told.out) if told.out else None, told.err

    return go


def listed(run: Run) -> dict[str, tuple[str, bool]]:
    code, people, _ = run("user", "list")
    assert code == 0
    return {each["user"]: (each["role"], each["locked"]) for each in people}


def test_people_are_listed_whether_a_service_runs_or_not(run: Run) -> None:
    assert listed(run) == {"boss": ("manager", False), "wang": ("clerk", False), "zhou": ("signer", False)}


@pytest.mark.usefixtures("service")
def test_a_manager_adds_and_changes_people_while_the_service_runs(run: Run) -> None:
    assert run("user", "add", "li", "--role", "guide", "--user", "boss", pins=(BOSS, "9753"))[0] == 0
    assert run("user", "change", "li", "--lock", "--user", "boss", pins=(BOSS,))[0] == 0
    assert listed(run)["li"] == ("guide", True)
    code, told, _ = run("user", "change", "li", "--role", "auditor", "--unlock", "--user", "boss", pins=(BOSS,))
    assert (code, told) == (0, {"user": "li", "role": "auditor", "locked": False})
    assert run("user", "change", "li", "--lock", "--user", "wang", pins=(WANG,))[0] == 1
    assert run("user", "change", "li", "--lock")[0] == 2
    assert listed(run)["li"] == ("auditor", False)


@pytest.mark.usefixtures("service")
def test_a_new_pin_for_somebody_else_needs_two_and_for_oneself_the_old_one(run: Run) -> None:
    code, _, said = run("user", "pin", "wang", "--user", "boss", pins=(BOSS, "8642"))
    assert code == 1
    assert "授权签字人" in said or "Authorised signer" in said
    assert run("user", "pin", "wang", "--user", "boss", "--second", "zhou", pins=(BOSS, ZHOU, "8642"))[0] == 0
    assert run("user", "pin", "wang", pins=(WANG, "7531"))[0] == 1
    assert run("user", "pin", "wang", pins=("8642", "7531"))[0] == 0


@pytest.mark.usefixtures("service")
def test_prices_are_shown_as_they_were_published_by_two(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(PRICES, encoding="utf-8")
    assert run("prices", "show")[1] == {"prices": None, "prices_to_come": []}
    assert run("prices", "set", str(file), "--user", "boss", pins=(BOSS,))[0] == 1
    both = ("--user", "boss", "--second", "zhou")
    assert run("prices", "set", str(file), *both, pins=(BOSS, ZHOU))[1] == {"revision": 1}
    (shown,) = run("prices", "show")[1]["prices_to_come"]
    assert (shown["published_by"], shown["approved_by"], shown["valid_until"]) == ("boss", "zhou", "2999-12-31")
    (line,) = shown["lines"]
    assert (line["amount_fen"], line["applies"]["uses"], line["applies"]["recheck"]) == (12050, ["private"], False)
    assert run("prices", "set", str(file), *both, "--base", "0", pins=(BOSS, ZHOU))[0] == 1


@pytest.mark.parametrize(
    "broken",
    [
        PRICES.replace('"120.50"', "120.5"),
        PRICES.replace('"120.50"', '"120.505"'),
        PRICES.replace("uses", "use"),
        PRICES.replace('"in_use"', '"sometimes"'),
        PRICES.replace("valid_from", "from"),
        "[[line]",
    ],
)
def test_a_price_list_that_cannot_be_read_is_said_before_anybody_types_a_pin(
    run: Run, tmp_path: Path, broken: str
) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(broken, encoding="utf-8")
    code, told, said = run("prices", "set", str(file), "--user", "boss")
    assert (code, told) == (2, None)
    assert str(file) in said


@pytest.mark.usefixtures("service")
def test_the_nodes_that_gave_commands_are_listed(run: Run) -> None:
    assert run("nodes")[:2] == (0, [])
    assert run("user", "add", "li", "--role", "guide", "--user", "boss", pins=(BOSS, "9753"))[0] == 0
    code, nodes, _ = run("nodes")
    assert (code, [each["software"].partition("/")[0] for each in nodes]) == (0, ["carcheck"])
    assert nodes[0].keys() == {"node", "software", "address", "first_seen", "last_seen"}
