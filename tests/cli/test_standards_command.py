"""`main.py standards`: editions, doubtful rows and lawful changes, with and without a running service."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from carcheck_desktop.app import table_files
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.parts import TABLES
from carcheck_desktop.app.service import Service
from carcheck_desktop.base import keys
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import read_station
from carcheck_desktop.cli import main
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.station import Handshake, Snapshot
from carcheck_desktop.domain.tables import change_text
from carcheck_desktop.link.client.asking import LinkClient
from tests.desk.tables.test_custody import SAFETY, eased

BOSS, ZHOU = "2468", "13579"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the table files, on a disk where somebody may change them."""
    made = tmp_path / "standards"
    shutil.copytree(TABLES, made)
    (made / table_files.HASHES).write_text(table_files.release_text(made), encoding="utf-8")
    for function in (table_files.on_disk, table_files.contents, table_files.release_of):
        monkeypatch.setattr(function, "__defaults__", (made,))
    return made


@pytest.fixture
def path(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keys, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    path = write_demo_station(tmp_path)
    station = read_station(path)
    add_person(station, "boss", Role.MANAGER, BOSS)
    add_person(station, "zhou", Role.SIGNER, ZHOU)
    return path


@pytest.fixture
def service(path: Path) -> Iterator[Service]:
    with closing(Service(read_station(path), SystemClock())) as running:
        yield running


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def go(*arguments: str, pins: tuple[str, ...] = ()) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{pin}\n" for pin in pins)))
        code = main(["standards", *arguments, "--station", str(path)])
        told = capsys.readouterr()
        assert not [pin for pin in pins if pin in told.out + told.err]
        return code, told.out, told.err

    return go


def told(run: Run) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(run("--json")[1])
    return known


def approve(run: Run, *more: str, second_pin: str = ZHOU) -> tuple[int, str, str]:
    who = ("--author", "boss", "--second", "zhou")
    return run("approve", SAFETY, *who, "--lang", "en", *more, pins=(BOSS, second_pin))


def test_without_a_station_the_programs_own_editions_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["standards", "--lang", "zh_CN"]) == 0
    shown = capsys.readouterr().out
    assert "GB 38900-2020" in shown
    assert "待核实原文" in shown


def test_every_doubtful_row_names_edition_key_value_confidence_sources_and_note(run: Run) -> None:
    code, out, _ = run("--doubtful", "--json")
    rows = json.loads(out)
    assert code == 0
    assert {each["edition"] for each in rows} >= {"GB 38900-2020", "GB 18285-2018"}
    assert {each["row"]["confidence"] for each in rows} <= {"single_source", "recalled", "disputed"}
    assert all(each["row"]["key"] and each["sources"] and "note" in each["row"] for each in rows)
    text = run("--doubtful", "--lang", "en")[1]
    assert all(each["row"]["key"] in text for each in rows)


@pytest.mark.usefixtures("service")
def test_a_changed_limit_is_shown_and_approved_by_two_while_the_service_runs(
    run: Run, folder: Path, path: Path
) -> None:
    assert run("--json")[0] == 0
    (folder / SAFETY).write_bytes(eased((folder / SAFETY).read_bytes()))
    code, out, _ = run("--lang", "en")
    assert code == 1
    assert "limit axle_brake_rate.front value: 60 → 20" in out
    code, out, err = approve(run, second_pin="0000")
    assert (code, "zhou agreed" in out) == (1, False), err
    code, out, err = approve(run)
    assert code == 0, err
    assert "60 → 20" in out
    assert "zhou agreed" in out
    found = next(each for each in told(run)["editions"] if each["file"] == SAFETY)
    assert (found["approved_by"], found["second"], found["release"]) == ("boss", "zhou", "")
    assert run("--json")[0] == 0
    assert main(["verify", "--station", str(path)]) == 0


def test_a_changed_limit_is_approved_at_the_services_pc_while_none_runs(run: Run, folder: Path, path: Path) -> None:
    Service(read_station(path), SystemClock()).close()
    (folder / SAFETY).write_bytes(eased((folder / SAFETY).read_bytes()))
    assert approve(run, second_pin="0000")[0] == 1
    code, out, err = approve(run, "--json")
    assert code == 0, err
    assert json.loads(out)["differences"] == [{"place": "limit axle_brake_rate.front value", "old": "60", "new": "20"}]
    assert told(run)["faults"] == []


def test_a_service_that_starts_on_a_changed_limit_tells_every_window_and_works_with_the_approved_one(
    folder: Path, path: Path
) -> None:
    station = read_station(path)
    Service(station, SystemClock()).close()
    told = table_files.hashes(table_files.contents())
    (folder / SAFETY).write_bytes(eased((folder / SAFETY).read_bytes()))

    async def seen() -> tuple[Snapshot, Handshake]:
        client = LinkClient(station.service_url, node="window", clock=SystemClock())
        try:
            return await client.snapshot(), await client.handshake()
        finally:
            await client.close()

    with closing(Service(station, SystemClock())):
        snapshot, handshake = asyncio.run(seen())
    (fault,) = snapshot.standards.faults
    assert (fault.file, [change_text(each) for each in fault.changes]) == (
        SAFETY,
        ["limit axle_brake_rate.front value: 60 → 20"],
    )
    assert handshake.tables == told


@pytest.mark.usefixtures("service")
def test_an_approval_needs_two_names_a_known_file_and_a_difference(run: Run) -> None:
    assert run("approve", SAFETY, "--author", "boss")[0] == 2
    assert run("approve", "gb1.toml", "--author", "boss", "--second", "zhou")[0] == 1
    assert approve(run)[0] == 1


def test_a_file_that_cannot_be_used_is_named_with_row_and_key(run: Run, folder: Path) -> None:
    (folder / SAFETY).write_bytes(eased((folder / SAFETY).read_bytes(), b'value = "sixty"'))
    code, out, _ = run("--lang", "en")
    assert code == 1
    assert SAFETY in out
    assert "value" in out
    assert "sixty" in out


def test_the_hashes_that_are_shipped_are_those_of_the_table_files() -> None:
    shipped = (TABLES / table_files.HASHES).read_text(encoding="utf-8")
    assert shipped == table_files.release_text(), "python -m carcheck_desktop.app.release_hashes"
