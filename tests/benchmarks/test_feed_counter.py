"""The witness of the kill test finds what it is there to find, and knows nothing of carcheck."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import feed_counter
from benchmarks.feed_counter import compare, fits

CARS: dict[str, Any] = {
    "渝A00001": {
        "1": {"load_kg": [379.0, 364.8], "drag_daN": [6.8, 3.9], "grip_daN": [275.8, 267.0], "lever_daN": [0.0, 0.0]},
        "2": {"load_kg": [257.4, 263.8], "drag_daN": [5.3, 6.6], "grip_daN": [188.0, 192.6], "lever_daN": [175.9, 170.1]},
    },
    "渝A00002": {
        "1": {"load_kg": [461.6, 459.7], "drag_daN": [6.1, 3.1], "grip_daN": [341.7, 339.6], "lever_daN": [0.0, 0.0]},
        "2": {"load_kg": [311.2, 312.5], "drag_daN": [5.2, 6.6], "grip_daN": [227.5, 230.1], "lever_daN": [209.0, 216.4]},
    },
}  # fmt: skip
SERVICE = {
    "left_kg": "379", "right_kg": "365", "drag_left_daN": "6.7", "drag_right_daN": "4.0", "stop_reason": "left_locked",
}  # fmt: skip
WEIGHING = {"left_kg": "379", "right_kg": "365"}


def result(run: int, axle: int, raw: dict[str, Any], maxima: dict[str, str] | None = None) -> dict[str, Any]:
    """A finished item of the first visit."""
    kinds = {"weighing": None, "service_brake": None, "parking_brake": None}
    return {
        "run_id": f"run-{run}", "attempt_id": "attempt-1", "item": f"item-{run}", "visit_id": "visit-1", "axle": axle,
        "cards": [{"inputs": maxima}] if maxima is not None else [], **kinds, **raw,
    }  # fmt: skip


def station(*results: dict[str, Any], plate: str = "渝A00001") -> list[dict[str, Any]]:
    """What the service's feed gives: a visit opened and its results."""
    opened = {"visit_id": "visit-1", "vehicle": {"plate": plate}}
    facts = [("service", "visit_opened", opened), *(("lane-1", "item_finished", each) for each in results)]
    seqs = {"service": 0, "lane-1": 0}
    kept = []
    for pos, (node, kind, payload) in enumerate(facts, start=1):
        seqs[node] += 1
        kept.append(
            {"pos": pos, "node": node, "seq": seqs[node], "hash": f"{node}-{seqs[node]}", "kind": kind,
             "subject": "visit-1", "payload": json.dumps(payload)}
        )  # fmt: skip
    return kept


def heard(kept: list[dict[str, Any]]) -> list[list[Any]]:
    """The rows of a witness that heard everything."""
    return [["url", fact["pos"], fact["node"], fact["seq"], fact["hash"], fact["kind"], True] for fact in kept]


@pytest.fixture
def whole() -> list[dict[str, Any]]:
    return station(
        result(1, 1, {"weighing": WEIGHING}), result(2, 1, {"service_brake": SERVICE}, {"left_max_daN": "274"})
    )


def test_nothing_is_found_where_nothing_is_wrong(whole: list[dict[str, Any]]) -> None:
    found = compare(heard(whole), whole, CARS)
    wrong = {name: found[name] for name in ("lost", "doubled", "wrong_car", "gaps", "out_of_order", "details")}
    assert wrong == {"lost": 0, "doubled": 0, "wrong_car": 0, "gaps": 0, "out_of_order": 0, "details": []}
    assert (found["announced"], found["results"]) == (3, 2)
    assert found["foreign_would_pass"] == 0


def test_an_announced_fact_that_is_not_there_is_lost(whole: list[dict[str, Any]]) -> None:
    assert compare(heard(whole), whole[:-1], CARS)["lost"] == 1


def test_an_announced_fact_that_is_there_with_another_hash_is_lost(whole: list[dict[str, Any]]) -> None:
    other = [*whole[:-1], {**whole[-1], "hash": "something else"}]
    assert compare(heard(whole), other, CARS)["lost"] == 1


def test_a_number_that_was_announced_twice_with_other_content_is_lost(whole: list[dict[str, Any]]) -> None:
    rows = [*heard(whole), ["url", 3, "lane-1", 2, "before the lane died", "item_finished", True]]
    assert compare(rows, whole, CARS)["lost"] >= 1


def test_a_fact_that_is_there_twice_is_doubled(whole: list[dict[str, Any]]) -> None:
    found = compare(heard(whole), [*whole, {**whole[-1], "pos": 4}], CARS)
    assert found["doubled"] > 0
    assert found["gaps"] == 1


def test_a_result_that_was_recorded_again_after_a_restart_is_doubled(whole: list[dict[str, Any]]) -> None:
    again = station(result(1, 1, {"weighing": WEIGHING}), {**result(2, 1, {"weighing": WEIGHING}), "item": "item-1"})
    assert compare(heard(again), again, CARS)["doubled"] == 1


def test_a_missing_number_is_a_gap(whole: list[dict[str, Any]]) -> None:
    assert compare([], [whole[0], {**whole[2], "pos": 2}], CARS)["gaps"] == 1


def test_a_result_of_another_car_is_found(whole: list[dict[str, Any]]) -> None:
    found = compare([], station(result(1, 1, {"weighing": WEIGHING}), plate="渝A00002"), CARS)
    assert found["wrong_car"] == 1
    assert "渝A00002" in found["details"][0]


def test_a_result_of_nobody_is_a_wrong_car() -> None:
    assert compare([], station(result(1, 1, {"weighing": WEIGHING}), plate="渝A99999"), CARS)["wrong_car"] == 1


@pytest.mark.parametrize(
    ("raw", "maxima", "axle", "is_its_own"),
    [
        ({"weighing": WEIGHING}, None, 1, True),
        ({"weighing": WEIGHING}, None, 2, False),
        ({"service_brake": SERVICE}, {"left_max_daN": "274", "right_max_daN": "100"}, 1, True),
        ({"service_brake": SERVICE}, {"left_max_daN": "220", "right_max_daN": "267"}, 1, False),
        ({"service_brake": {**SERVICE, "drag_left_daN": "4.0"}}, {"left_max_daN": "274"}, 1, False),
        ({"parking_brake": {"axle": 2}}, {"axle2_left_max_daN": "178", "axle2_right_max_daN": "172"}, 2, True),
        ({"parking_brake": {"axle": 2}}, {"axle2_left_max_daN": "211", "axle2_right_max_daN": "218"}, 2, False),
        ({"parking_brake": {"axle": 2}}, {}, 2, False),
    ],
)
def test_a_car_is_known_by_its_numbers(
    raw: dict[str, Any], maxima: dict[str, str] | None, axle: int, is_its_own: bool
) -> None:
    assert fits(result(1, axle, raw, maxima), CARS["渝A00001"]) is is_its_own


def test_the_witness_imports_nothing_of_carcheck() -> None:
    tree = ast.parse(Path(feed_counter.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in names if name.split(".")[0] in ("carcheck_desktop", "drivers", "benchmarks", "tests")]
