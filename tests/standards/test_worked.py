"""Worked numbers agree, digit by digit."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.domain.measurements import AxleWeighing
from carcheck_desktop.domain.verdicts import VerdictCard
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.rounding import half_up
from carcheck_desktop.standards.verdicts import Measured, conclude
from tests.standards.cars import CAR, IN_USE, ON, TABLES, curve, judge, judge_lever, parked, run

WORKED = json.loads((Path(__file__).parent / "worked" / "brakes.json").read_text(encoding="utf-8"))


def cases(section: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in WORKED[section]]


def agrees(card: VerdictCard, case: dict[str, Any], name: str) -> None:
    """Compare a card with whatever the case gives of one quantity; the exact value to its own decimals."""
    prefix = f"{name}_" if name else ""
    assert card.rounded == Decimal(case[name or "rate"])
    assert card.outcome == case[f"{prefix}verdict"]
    if f"{prefix}limit" in case:
        assert card.limit == Decimal(case[f"{prefix}limit"])
    if f"{prefix}exact" in case:
        assert card.exact is not None
        assert abs(card.exact - Decimal(case[f"{prefix}exact"])) <= Decimal("0.00005")


@pytest.mark.parametrize("case", cases("axles"))
def test_an_axle_from_its_maxima_and_its_difference_point(case: dict[str, Any]) -> None:
    left, right = case["difference_daN"]
    shape = curve([5, left, case["left_max_daN"]], [5, right, case["right_max_daN"]])
    rate, imbalance = judge(run(case["axle"], Decimal(case["load_kg"])), shape)
    if "rate" in case:
        agrees(rate, case, "rate")
    if "imbalance" in case:
        agrees(imbalance, case, "imbalance")
        assert imbalance.inputs["divided_by"] == case["divided_by"]


@pytest.mark.parametrize("case", cases("curves"))
def test_an_axle_from_its_curve(case: dict[str, Any]) -> None:
    rate, imbalance = judge(run(case["axle"], Decimal(case["load_kg"])), curve(case["left_daN"], case["right_daN"]))
    agrees(rate, case, "rate")
    agrees(imbalance, case, "imbalance")
    assert rate.inputs["left_max_daN"] == str(case["left_max_daN"])
    assert rate.inputs["right_max_daN"] == str(case["right_max_daN"])
    assert imbalance.inputs["window_end_index"] == str(case["window_end_index"])
    assert imbalance.inputs["difference_index"] == str(case["difference_index"])
    pair = [imbalance.inputs["difference_left_daN"], imbalance.inputs["difference_right_daN"]]
    assert pair == [str(force) for force in case["difference_daN"]]


@pytest.mark.parametrize("case", cases("whole"))
def test_the_whole_vehicle(case: dict[str, Any]) -> None:
    loads_kg = [Decimal(load) for load in case["loads_kg"]]
    weighings = [AxleWeighing(axle, load / 2, load / 2) for axle, load in enumerate(loads_kg, 1)]
    runs = [
        (run(axle, load), curve([5, left], [5, right]))
        for axle, (load, (left, right)) in enumerate(zip(loads_kg, case["wheels_daN"], strict=True), 1)
    ]
    card = conclude(TABLES, CAR, IN_USE, ON, Measured(weighings, runs, [])).whole
    assert (card.rounded, card.limit, card.outcome) == (
        Decimal(case["rate"]),
        Decimal(case["limit"]),
        case["verdict"],
    )
    assert card.exact is not None
    assert abs(card.exact - Decimal(case["rate_exact"])) <= Decimal("0.00005")


@pytest.mark.parametrize("case", cases("rates"))
def test_a_bare_rate(case: dict[str, Any]) -> None:
    exact = brakes.rate(case["force_daN"], Decimal(case["load_kg"]), Decimal("0.98"))
    assert half_up(exact, 1) == Decimal(case["rate"])


@pytest.mark.parametrize("case", cases("parking"))
def test_the_parking_brake(case: dict[str, Any]) -> None:
    assert (CAR.total_mass_kg, CAR.curb_mass_kg) == (case["total_mass_kg"], case["curb_mass_kg"])
    shape = curve([0, case["left_max_daN"]], [0, case["right_max_daN"]])
    card = judge_lever((parked(case["axle"], Decimal(case["vehicle_kg"])), shape))
    assert (card.rounded, card.limit, card.outcome) == (
        Decimal(case["rate"]),
        Decimal(case["limit"]),
        case["verdict"],
    )
