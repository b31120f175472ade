"""`main.py plan`: plans in the form of the file, exit codes, words for people in the languages asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.cli import main

CAR = {
    "category": "small_passenger", "use": "private", "seats": 5, "axles": 2, "fuel": "A", "drive": "front",
    "total_mass_kg": 1750, "registered_on": "2018-03-15",
}  # fmt: skip
GOOD = {"id": "a", "date": "2026-03-01", "inspection": "in_use", "vehicle": CAR}


def plan(tmp_path: Path, content: object, *options: str) -> int:
    path = tmp_path / "records.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return main(["plan", str(path), *options])


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_one_record_gives_one_plan_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(tmp_path, GOOD) == 0
    found = said(capsys)
    assert found["id"] == "a"
    first = next(each for each in found["items"] if each["number"] == 18)
    assert set(first["reasons"]) == {"zh_CN", "en"}
    assert first["name"] == {"zh_CN": "轮胎", "en": "tyres"}
    assert found["cycle"]["status"] == "expected"
    assert "GB 38900-2020" in found["editions"]


def test_a_list_gives_a_list_and_two_for_a_record_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {**GOOD, "id": "b", "vehicle": {**CAR, "seats": -1}}
    assert plan(tmp_path, [GOOD, bad, 3, {"id": "c", "date": "2026-03-01"}]) == 2
    good, wrong, no_record, no_vehicle = said(capsys)
    assert "error" not in good
    assert wrong["error"]["field"] == "vehicle.seats"
    assert no_record["error"]["field"] == "[3]"
    assert no_vehicle["error"]["field"] == "vehicle"


def test_what_can_be_told_is_told_beside_the_error_that_names_what_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plan(tmp_path, {"date": "2026-03-01", "vehicle": {"fuel": "C"}}) == 2
    found = said(capsys)
    assert found["error"]["field"] == "vehicle.category"
    assert found["emission"]["methods"] == ["no_exhaust_test"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": "2010-01-01", "vehicle": {**CAR, "registered_on": "2009-03-15"}}, "date"),
        ({"inspection": "05"}, "inspection"),
        ({"settings": {"ten_year_count": "never"}}, "settings.ten_year_count"),
        ({"settings": {"no_setting": "a"}}, "settings.no_setting"),
        ({"vehicle": {**CAR, "registered_on": "2026-03-02"}}, "vehicle.registered_on"),
        ({"vehicle": {**CAR, "vehicle_type": "Y99"}}, "vehicle.vehicle_type"),
    ],
)
def test_every_refusal_names_its_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, object], field: str
) -> None:
    assert plan(tmp_path, {**GOOD, **change}) == 2
    assert said(capsys)["error"]["field"] == field


def test_the_platforms_answer_goes_before_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert plan(tmp_path, {**GOOD, "platform": {"manual": [1, 2], "photos": ["0111"]}}) == 0
    found = said(capsys)
    assert [each["number"] for each in found["items"] if each["number"]] == [1, 2]
    assert [each["code"] for each in found["photos"]] == ["0111"]
    assert {each["only"] for each in found["differences"]} == {"tables"}


def test_people_get_lines_in_their_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.txt"
    assert plan(tmp_path, GOOD, "--format", "text", "--lang", "zh_CN", "--out", str(out)) == 0
    text = out.read_text(encoding="utf-8")
    assert "联网查询" in text
    assert "standards." not in text
    assert capsys.readouterr().out == ""


def test_a_record_to_be_judged_can_be_planned_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = {**GOOD, "measurements": [{"kind": "axle_brake"}], "limits": {"imbalance": 20}}
    assert plan(tmp_path, f"{json.dumps(record)}\n{json.dumps(GOOD)}\n") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
