"""`main.py judge`: results in the form of the file, exit codes, words for people."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from carcheck_desktop.app import judging_file
from carcheck_desktop.cli import main
from carcheck_desktop.standards.records.kinds import KINDS
from tests.app.test_judging_file import BAD, GOOD
from tests.standards.records.kinds import BY_NAME


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging_file, "KINDS", BY_NAME)


def judge(tmp_path: Path, text: str, *options: str) -> int:
    path = tmp_path / "records.json"
    path.write_text(text, encoding="utf-8")
    return main(["judge", str(path), "--lang", "en", *options])


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_one_record_gives_one_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(tmp_path, GOOD) == 0
    assert said(capsys)["conclusion"]["outcome"] == "pass"


def test_a_vehicle_that_fails_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(tmp_path, GOOD.replace("272", "27")) == 1
    found = said(capsys)["conclusion"]
    assert (found["outcome"], found["failed"][0]["quantity"]) == ("fail", "axle_brake_rate")


def test_a_list_gives_a_list_and_two_for_a_record_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(tmp_path, f"[{BAD}, {GOOD}]") == 2
    first, second = said(capsys)
    assert first["error"]["field"] == "measurements[0].right_max_daN"
    assert second["conclusion"]["outcome"] == "pass"


def test_lines_give_lines_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert judge(tmp_path, f"{GOOD}\n{GOOD}\n", "--out", str(out)) == 0
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "a"]
    assert capsys.readouterr().out == ""


def test_people_get_lines_of_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(tmp_path, GOOD, "--format", "text") == 0
    assert "66.0" in capsys.readouterr().out


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GOOD.encode())))
    assert main(["judge", "-"]) == 0
    assert said(capsys)["id"] == "a"


def test_people_get_the_dates_of_a_cycle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging_file, "KINDS", KINDS)
    asked = {
        "vehicle": {"category": "motorcycle", "registered_on": "2018-03-15"}, "inspection": "in_use", "date": "2026-03-01",
        "measurements": [{"kind": "cycle"}],
    }  # fmt: skip
    assert judge(tmp_path, json.dumps(asked), "--format", "text", "--lang", "en") == 0
    assert "on_line_due = 2024-03, 2028-03; mark_only_due = 2020-03, 2022-03, 2026-03" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "plate,force\n", "{"])
def test_a_file_that_is_no_json_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    out = tmp_path / "out.json"
    assert judge(tmp_path, text, "--out", str(out)) == 2
    complained = capsys.readouterr().err
    assert "records.json" in complained
    assert complained.count("\n") == 1
    assert not out.exists()


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


def test_an_edition_asked_outside_its_days_is_said_in_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging_file, "KINDS", KINDS)
    asked = {
        "edition": "GB 21861-2014", "inspection": "in_use", "date": "2026-03-01",
        "measurements": [{"kind": "beam", "lamp_height_mm": 700, "low_beam_vertical_mm": -100}],
    }  # fmt: skip
    assert judge(tmp_path, json.dumps(asked)) == 0
    (edition,) = said(capsys)["editions"]
    assert (edition["edition"], edition["edition_outside_its_days"]) == ("GB 21861-2014", True)
