"""Which method, and why: two-speed idle only with a reason, and what cannot be done here said by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.domain.measurements import AxleWeighing
from carcheck_desktop.domain.vehicle import Drive, InspectionKind, Vehicle
from carcheck_desktop.domain.verdicts import Confidence, ItemKind, Outcome, Purpose
from carcheck_desktop.standards.emission.choice import emission_plan
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.standards.rulebook import Rulebook, conclude_visit, plan_visit
from carcheck_desktop.standards.verdicts import Measured
from tests.standards.cars import TABLES
from tests.standards.emission.runs import CAR, EMISSION, ON, clean, with_table

ALL = frozenset(ItemKind)
RULES = Rulebook(TABLES, EMISSION, ALL)


def planned(car: Vehicle, equipment: frozenset[ItemKind] = ALL) -> Any:
    return emission_plan(EMISSION, car, ON, equipment)


@pytest.mark.parametrize(
    ("changes", "code", "confidence"),
    [
        ({}, "standards.emission.traction_control", Confidence.RECALLED),
        ({"drive": Drive.ALL_PERMANENT}, "standards.emission.all_wheel", Confidence.SOURCED),
        ({"total_mass_kg": 3501}, "standards.emission.heavy", Confidence.SINGLE_SOURCE),
    ],
)
def test_two_speed_idle_is_planned_with_its_reason(changes: dict[str, Any], code: str, confidence: Confidence) -> None:
    found = planned(replace(CAR, **changes))
    assert found.item is not None
    assert (found.item.item, found.item.reason.code, found.confidence) == ("DB", code, confidence)
    assert found.item.purposes == (Purpose.EMISSION,)
    assert found.unmet is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"has_traction_control_always_on": False}, "standards.emission.loaded"),
        ({"has_traction_control_always_on": None}, "standards.emission.loaded_or_unknown"),
        ({"has_traction_control_always_on": False, "drive": None}, "standards.emission.loaded_or_unknown"),
        ({"has_traction_control_always_on": False, "drive": Drive.ALL_SWITCHABLE}, "standards.emission.loaded"),
        ({"fuel": ""}, "standards.emission.no_fuel"),
        ({"fuel": "B"}, "standards.emission.diesel"),
        ({"fuel": "AE"}, "standards.emission.other_fuel"),
        ({"fuel": "AO"}, "standards.emission.other_fuel"),
    ],
)
def test_what_cannot_be_done_here_is_a_named_problem_and_never_two_speed_idle(
    changes: dict[str, Any], code: str
) -> None:
    found = planned(replace(CAR, **changes))
    assert found.item is None
    assert found.unmet is not None
    assert (found.unmet.purpose, found.unmet.problem.code) == (Purpose.EMISSION, code)
    for language in ("zh_CN", "en"):
        words = Catalogue(language)
        problem = found.unmet.problem
        assert all(words.knows(part.code) for part in (problem.cause, problem.evidence, problem.next_step))


def test_a_station_without_an_analyser_says_so() -> None:
    found = planned(CAR, ALL - {ItemKind.TWO_SPEED_IDLE})
    assert found.unmet is not None
    assert found.unmet.problem.code == "standards.emission.no_analyser"


def test_an_electric_car_has_nothing_to_measure() -> None:
    found = planned(replace(CAR, fuel="C"))
    assert (found.item, found.unmet) == (None, None)
    assert found.not_asked is not None
    assert found.not_asked.code == "standards.emission.electric"
    whole = plan_visit(RULES, replace(CAR, fuel="C"), InspectionKind.IN_USE, ON)
    assert "DB" in {each.item for each in whole.not_asked}


def test_the_rule_of_the_traction_control_is_a_setting_because_nobody_has_seen_its_text() -> None:
    strict = with_table(lambda text: text.replace('value = "counts"', 'value = "does_not_count"'))
    found = emission_plan(strict, CAR, ON, ALL)
    assert found.unmet is not None
    assert found.unmet.problem.code == "standards.emission.loaded"


def test_the_exhaust_comes_first_in_the_plan_and_its_doubt_is_named() -> None:
    whole = plan_visit(RULES, CAR, InspectionKind.IN_USE, ON)
    assert [item.item for item in whole.items][:3] == ["DB", "W1", "W2"]
    assert dict(whole.doubts)["DB"] is Confidence.RECALLED
    assert whole.unmet == ()
    assert {purpose for item in whole.items[1:] for purpose in item.purposes} == {Purpose.SAFETY}


def test_without_tables_of_emission_nothing_is_asked_of_the_exhaust() -> None:
    assert plan_visit(Rulebook(TABLES), CAR, InspectionKind.IN_USE, ON).items[0].item == "W1"


def test_each_purpose_is_concluded_by_itself_and_the_visit_over_all() -> None:
    items = plan_visit(RULES, CAR, InspectionKind.IN_USE, ON).items
    cards = judge_two_speed_idle(EMISSION, ON, *clean())
    weighed = [
        AxleWeighing(axle, clean()[1].seconds[0].hc_ppm * 20, clean()[1].seconds[0].hc_ppm * 20) for axle in (1, 2)
    ]
    found = conclude_visit(RULES, CAR, InspectionKind.IN_USE, ON, Measured(weighed, [], cards, items))
    assert found.purposes == {Purpose.SAFETY: Outcome.NOT_JUDGED, Purpose.EMISSION: Outcome.PASS}
    assert found.outcome is Outcome.NOT_JUDGED
    nothing = conclude_visit(RULES, CAR, InspectionKind.IN_USE, ON, Measured([], [], [], items))
    assert nothing.purposes[Purpose.EMISSION] is Outcome.NOT_JUDGED


def test_both_editions_are_named_with_their_hashes() -> None:
    assert set(RULES.hashes) == {"GB 38900-2020", "GB 18285-2018"}
    assert EMISSION.valid_from == date(2019, 5, 1)
