"""`main.py explain`: the verdicts of an item of a visit, line by line, and what is said where there are none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.app import explaining
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.cli import main
from carcheck_desktop.domain.ports.link import VisitRecord
from carcheck_desktop.domain.views import VisitView
from tests.desk.papers.papers_samples import visit
from tests.standards.test_explain import all_cards


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> VisitView:
    """Return a concluded visit with real cards, and let every command find it."""
    found = visit(tuple(all_cards()[:6]))
    monkeypatch.setattr(explaining, "record_of_visit", lambda _station, _wanted: VisitRecord(found, (), {}))
    return found


def explain(tmp_path: Path, *arguments: str) -> int:
    return main(["explain", *arguments, "--station", str(write_demo_station(tmp_path)), "--lang", "en"])


def test_an_item_is_derived_with_its_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seen: VisitView
) -> None:
    assert explain(tmp_path, seen.visit_id, "B1") == 0
    text = capsys.readouterr().out
    assert "(250 + 245) ÷ (0.98 × 780) × 100 % = 64.756671899529 %" in text
    assert "Limit ≥ 60 %" in text
    assert "  B2" not in text


def test_everything_of_a_visit_is_explained_as_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seen: VisitView
) -> None:
    assert explain(tmp_path, seen.vehicle.plate, "all", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {card["item"] for card in found["cards"]} == {"B1", "B2", "B0", "whole"}
    assert all(card["explanation"] for card in found["cards"])


def test_an_item_without_a_verdict_is_said_with_those_that_have_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seen: VisitView
) -> None:
    assert explain(tmp_path, seen.visit_id, "A1") == 1
    complaint = capsys.readouterr().err
    assert "A1" in complaint
    assert "B1, B2, B0, whole" in complaint


def test_before_a_conclusion_the_newest_runs_are_explained(seen: VisitView) -> None:
    running = replace(seen, conclusion=None, conclusion_cards=())
    items = [card.item for card in explaining.newest_cards(running)]
    assert set(items) == {"B1", "B2", "B0"}
