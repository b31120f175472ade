"""Which method, for every row of the table of choice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import Drive, InspectionKind
from carcheck_desktop.domain.verdicts import Confidence, ItemKind, Outcome
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.emission.choice import emission_plan
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel
from carcheck_desktop.standards.emission.method import EmissionMethod, Fitness, MethodChoice, emission_method
from carcheck_desktop.standards.traits import traits_of
from tests.standards.emission.asked import LIGHT, ask, case_of, conclusion
from tests.standards.emission.runs import CAR, EMISSION, ON


def chosen(settings: dict[str, str] | None = None, fitness: Fitness | None = None, **vehicle: Any) -> MethodChoice:
    return emission_method(case_of(LIGHT | vehicle, settings), fitness or Fitness())


@pytest.mark.parametrize(
    ("vehicle", "method"),
    [
        ({}, EmissionMethod.ASM),
        ({"drive": "all_switchable"}, EmissionMethod.ASM),
        ({"drive": "all_permanent"}, EmissionMethod.TWO_SPEED_IDLE),
        ({"has_traction_control_always_on": True}, EmissionMethod.TWO_SPEED_IDLE),
        ({"total_mass_kg": 3500}, EmissionMethod.ASM),
        ({"total_mass_kg": 3501}, EmissionMethod.TWO_SPEED_IDLE),
        ({"fuel": "E"}, EmissionMethod.ASM),
        ({"fuel": "F", "total_mass_kg": 5000}, EmissionMethod.TWO_SPEED_IDLE),
        ({"fuel": "AO"}, EmissionMethod.ASM),
        ({"fuel": "AC"}, EmissionMethod.ASM),
        ({"fuel": "AE", "drive": "all_permanent"}, EmissionMethod.TWO_SPEED_IDLE),
        ({"fuel": "B"}, EmissionMethod.LUGDOWN),
        ({"fuel": "BO", "total_mass_kg": 12000}, EmissionMethod.LUGDOWN),
        ({"fuel": "B", "drive": "all_permanent"}, EmissionMethod.FREE_ACCELERATION),
        ({"fuel": "B", "has_traction_control_always_on": True}, EmissionMethod.FREE_ACCELERATION),
        ({"fuel": "C"}, EmissionMethod.NO_EXHAUST_TEST),
        ({"fuel": "Y", "category": "heavy_trailer"}, EmissionMethod.NO_EXHAUST_TEST),
        ({"fuel": "B", "category": "three_wheeled"}, EmissionMethod.OTHER_STANDARD),
        ({"fuel": "B", "category": "low_speed_goods"}, EmissionMethod.OTHER_STANDARD),
        ({"fuel": "A", "category": "motorcycle"}, EmissionMethod.OTHER_STANDARD),
        ({"fuel": "A", "category": "moped"}, EmissionMethod.OTHER_STANDARD),
        ({"fuel": "P"}, EmissionMethod.UNKNOWN),
        ({"fuel": "O"}, EmissionMethod.UNKNOWN),
    ],
)
def test_the_method_of_every_row(vehicle: dict[str, Any], method: EmissionMethod) -> None:
    found = chosen(**vehicle)
    assert found.method is method
    for language in LANGUAGES:
        assert Catalogue(language).knows(found.reason.code)


@pytest.mark.parametrize("mode", ["asm", "vmas", "transient"])
def test_the_province_says_which_loaded_method(mode: str) -> None:
    assert chosen({"simple_driving_mode": mode}).method.value == mode


def test_what_was_found_at_the_vehicle_itself() -> None:
    unfit = Fitness(fit_for_dynamometer=False)
    assert chosen(fitness=unfit).method is EmissionMethod.TWO_SPEED_IDLE
    assert chosen(fitness=unfit, fuel="B").method is EmissionMethod.FREE_ACCELERATION
    assert chosen(fitness=Fitness(lugdown_possible=False), fuel="B").method is EmissionMethod.FREE_ACCELERATION
    assert chosen(fitness=Fitness(fit_for_dynamometer=True)).method is EmissionMethod.ASM


def test_the_reason_of_the_traction_control_is_recalled_and_may_be_switched_off() -> None:
    assert chosen(has_traction_control_always_on=True).confidence is Confidence.RECALLED
    assert (
        chosen({"traction_control": "does_not_count"}, has_traction_control_always_on=True).method is EmissionMethod.ASM
    )
    assert chosen(drive="all_permanent").confidence is Confidence.SOURCED


def test_bi_fuel_is_tested_with_both_and_a_hybrid_as_its_fuel() -> None:
    assert chosen(fuel="AE").fuels == (ExhaustFuel.PETROL, ExhaustFuel.NATURAL_GAS)
    assert chosen(fuel="AF").fuels == (ExhaustFuel.PETROL, ExhaustFuel.LPG)
    assert (chosen(fuel="AO").fuels, chosen(fuel="AO").is_hybrid) == ((ExhaustFuel.PETROL,), True)
    assert chosen(is_hybrid=True).is_hybrid
    assert not chosen().is_hybrid


def test_facts_that_decide_and_are_not_known_are_named() -> None:
    for vehicle, field in (({}, "vehicle.fuel"), ({"fuel": "A"}, "vehicle.total_mass_kg")):
        with pytest.raises(DataError) as caught:
            emission_method(case_of(vehicle))
        assert caught.value.problem.params["field"] == field
    found = emission_method(case_of({"fuel": "A", "total_mass_kg": 1500}))
    assert found.reason.code == "standards.emission.loaded_mode_or_unknown"
    assert emission_method(case_of({"fuel": "A", "drive": "all_permanent"})).method is EmissionMethod.TWO_SPEED_IDLE


def test_the_answer_of_a_record_concludes_nothing() -> None:
    found = ask("emission_method", case_of(LIGHT | {"fuel": "AE"}))
    card = found.cards[0]
    assert (card.inputs["method"], card.inputs["fuels"]) == ("asm", "petrol, natural_gas")
    assert (card.outcome, card.counts, conclusion(found)) == (Outcome.NOT_JUDGED, False, Outcome.NOT_JUDGED)


@pytest.mark.parametrize("drive", list(Drive))
@pytest.mark.parametrize("is_always_on", [True, False])
@pytest.mark.parametrize("mass_kg", [1800, 3500, 3501])
def test_a_lane_plans_two_speed_idle_exactly_where_the_method_is_that(
    drive: Drive, is_always_on: bool, mass_kg: int
) -> None:
    car = replace(CAR, drive=drive, has_traction_control_always_on=is_always_on, total_mass_kg=mass_kg)
    planned = emission_plan(EMISSION, car, ON, frozenset(ItemKind))
    method = emission_method(Case(EMISSION, traits_of(car), InspectionKind.IN_USE, ON))
    assert (planned.item is not None) == (method.method is EmissionMethod.TWO_SPEED_IDLE)
    if planned.item is not None:
        assert (planned.item.reason, planned.confidence) == (method.reason, method.confidence)
