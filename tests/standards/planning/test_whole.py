"""Loaded axles, brake tester, exhaust chain and cycle in one plan; what nobody told is named, the rest stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import Drive, InspectionKind, Use, VehicleCategory
from carcheck_desktop.domain.verdicts import Purpose
from carcheck_desktop.standards.cycle.groups import Circumstances
from carcheck_desktop.standards.emission.method import Fitness
from carcheck_desktop.standards.families.planning import Asked, InspectionPart
from carcheck_desktop.standards.planning.entries import InspectionPlan
from carcheck_desktop.standards.planning.whole import Books, Occasion, inspection_plan
from carcheck_desktop.standards.traits import Traits
from tests.standards.planning.books import BOOKS

ON = date(2026, 3, 1)
IN_USE = InspectionKind.IN_USE
GOODS, TRAILER = VehicleCategory.HEAVY_GOODS, VehicleCategory.HEAVY_TRAILER
CAR = Traits(
    category=VehicleCategory.SMALL_PASSENGER, use=Use.PRIVATE, seats=5, axles=2, fuel="A", total_mass_kg=1750,
    drive=Drive.FRONT, has_traction_control_always_on=False, registered_on=date(2018, 3, 15),
    manufactured_on=date(2018, 1, 1),
)  # fmt: skip


def planned(vehicle: Traits, **more: object) -> InspectionPlan:
    return inspection_plan(BOOKS, Occasion(vehicle, IN_USE, ON, **more))  # type: ignore[arg-type]


def chain(plan: InspectionPlan) -> dict[str, Asked]:
    return {each.name: each.asked for each in plan.entries if each.stage is InspectionPart.EMISSION}


@pytest.mark.parametrize(
    ("category", "axles", "total_kg", "curb_kg", "on_air", "loaded"),
    [
        (GOODS, 2, 18000, 7000, (), ()),
        (GOODS, 3, 25000, 9700, (), (2,)),
        (GOODS, 4, 31000, 12000, (), (2, 3)),
        (TRAILER, 3, 40000, 7000, (), (1, 2)),
        (TRAILER, 2, 35000, 6500, (), (1,)),
        (GOODS, 3, 25000, 9700, (1, 2, 3), ()),
        (VehicleCategory.HEAVY_SPECIAL, 4, 31000, 30000, (), ()),
    ],
)
def test_which_axles_are_tested_loaded(
    category: VehicleCategory, axles: int, total_kg: int, curb_kg: int, on_air: tuple[int, ...], loaded: tuple[int, ...]
) -> None:
    vehicle = Traits(
        category=category,
        axles=axles,
        total_mass_kg=total_kg,
        curb_mass_kg=curb_kg,
        tandem_axles=tuple(range(1, axles + 1)) if category is TRAILER else (),
        air_suspension_axles=on_air,
    )
    plan = planned(vehicle)
    assert plan.loaded_axles == loaded
    assert [each.code for each in plan.entries if each.name == "loaded_brake"] == [f"L{axle}" for axle in loaded]
    assert len(plan.loaded_reasons) == len(loaded)
    assert loaded or plan.unloaded_reasons


def test_a_full_time_four_wheel_drive_goes_on_plates_or_the_road() -> None:
    plan = planned(replace(CAR, drive=Drive.ALL_PERMANENT))
    assert plan.tester is not None
    assert plan.tester.words == ("plate", "road")
    assert plan.tester.notes[0].code == "standards.planning.route.no_speedometer"
    brake = next(each for each in plan.entries if each.code == "B1")
    assert brake.photos == ("A309", "A310")
    assert {each.code: each.asked for each in plan.entries if each.code in ("R1", "R2")} == {
        "R1": Asked.IF_FITTED, "R2": Asked.IF_FITTED
    }  # fmt: skip
    with_rollers = planned(replace(CAR, drive=Drive.ALL_PERMANENT), free_rollers=True)
    assert with_rollers.tester is not None
    assert with_rollers.tester.words[0] == "free_roller"


def test_an_ordinary_car_goes_on_rollers_without_a_road_test() -> None:
    plan = planned(CAR)
    assert plan.tester is not None
    assert plan.tester.words[0] == "roller"
    assert not [each for each in plan.entries if each.code in ("R1", "R2")]


def test_the_exhaust_chain_has_its_order_and_the_method_its_reason() -> None:
    plan = planned(CAR)
    assert chain(plan) == dict.fromkeys(("emission_appearance", "obd", "exhaust"), Asked.ASKED)
    assert plan.emission is not None
    assert set(plan.emission.words) <= {"asm", "vmas", "transient"}
    assert [each.name for each in plan.entries][-3:] == ["emission_appearance", "obd", "exhaust"]
    old = planned(replace(CAR, manufactured_on=date(2010, 1, 1), registered_on=date(2010, 2, 1)))
    assert chain(old)["obd"] is Asked.IF_FITTED


def test_what_was_found_at_the_vehicle_changes_the_method() -> None:
    plan = planned(CAR, fitness=Fitness(fit_for_dynamometer=False))
    assert plan.emission is not None
    assert plan.emission.words == ("two_speed_idle",)
    assert next(each for each in plan.entries if each.name == "exhaust").code == "DB"


@pytest.mark.parametrize(("fuel", "method"), [("C", "no_exhaust_test"), ("B", "lugdown")])
def test_the_fuel_chooses_the_method_even_where_nothing_else_is_known(fuel: str, method: str) -> None:
    plan = planned(Traits(fuel=fuel))
    assert plan.emission is not None
    assert plan.emission.words == (method,)
    assert [each.part for each in plan.unanswered] == ["loaded_axles", "cycle", "items"]


def test_an_electric_car_is_asked_nothing_for_an_emission_inspection() -> None:
    plan = planned(replace(CAR, fuel="C"))
    assert chain(plan) == {}
    assert {each.name for each in plan.spared} >= {"emission_appearance", "obd", "exhaust", "emission_report"}
    assert not [each for each in plan.entries if Purpose.EMISSION in each.purposes]


def test_the_cycle_is_told_as_expected_and_an_accident_changes_cycle_and_items() -> None:
    cycle = planned(CAR).cycle
    assert cycle is not None
    assert [f"{each.until:%Y-%m}" for each in cycle.on_line] == ["2024-03", "2028-03"]
    assert [f"{each.until:%Y-%m}" for each in cycle.mark_only] == ["2020-03", "2022-03", "2026-03"]
    damaged = replace(CAR, had_casualty_accident=True)
    assert planned(damaged).cycle == planned(damaged, circumstances=Circumstances(had_casualty_accident=True)).cycle
    other = planned(damaged).cycle
    assert other is not None
    assert other.group is not cycle.group


def test_an_edition_that_is_not_in_force_plans_nothing() -> None:
    with pytest.raises(DataError, match="not_in_force"):
        inspection_plan(BOOKS, Occasion(CAR, IN_USE, date(2020, 12, 31)))


def test_without_an_edition_of_exhaust_the_rest_is_planned() -> None:
    plan = inspection_plan(Books(BOOKS.safety), Occasion(CAR, IN_USE, ON))
    assert [each.part for each in plan.unanswered] == ["emission"]
    assert plan.entries
    assert plan.editions == {BOOKS.safety.edition: BOOKS.safety.table_hash}
