"""Road trains in the plan: axles beyond the platform's codes, the disputed reading of the loaded axles, and every spared axle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from carcheck_desktop.domain.vehicle import InspectionKind, VehicleCategory
from carcheck_desktop.standards.planning.entries import InspectionPlan
from carcheck_desktop.standards.planning.platform import PlatformPlan, against_platform
from carcheck_desktop.standards.planning.whole import Occasion, inspection_plan
from carcheck_desktop.standards.traits import Traits
from tests.standards.cars import ON, TABLES
from tests.standards.planning.books import BOOKS

TRAIN = Traits(category=VehicleCategory.ROAD_TRAIN, axles=6, curb_mass_kg=15000, total_mass_kg=49000)
TRUCK = Traits(category=VehicleCategory.HEAVY_GOODS, axles=4, curb_mass_kg=12000, total_mass_kg=31000)


def planned(vehicle: Traits) -> InspectionPlan:
    return inspection_plan(BOOKS, Occasion(vehicle, InspectionKind.IN_USE, date(2026, 3, 1)))


def test_an_axle_beyond_the_codes_of_the_platform_has_none_and_says_so() -> None:
    plan = planned(TRAIN)
    for name, last in (("service_brake", 5), ("loaded_brake", 4)):
        entries = [each for each in plan.entries if each.name == name]
        assert entries
        for each in entries:
            marked = [reason for reason in each.reasons if reason.code == "standards.planning.no_code"]
            assert bool(each.code) is (each.axle <= last)
            assert bool(marked) is (each.axle > last)
    assert max(each.axle for each in plan.entries if each.name == "service_brake") == 6
    items = [TABLES.items.at(name, ON) for name in TABLES.items.rows]
    found = against_platform(plan, PlatformPlan(instruments=("B1",)), items)
    assert "" not in {each.code for each in found}


def test_the_loaded_axles_of_a_train_are_a_disputed_reading() -> None:
    plan = planned(TRAIN)
    assert {each.code for each in plan.loaded_reasons} == {"standards.loaded.train"}
    assert {each.code for each in planned(TRUCK).loaded_reasons} == {"standards.loaded.goods"}


def test_every_axle_that_is_spared_is_named() -> None:
    assert [each.params["axle"] for each in planned(TRUCK).unloaded_reasons] == [1, 4]
    on_air = replace(TRUCK, air_suspension_axles=(2, 3))
    assert [each.params["axle"] for each in planned(on_air).unloaded_reasons] == [1, 2, 3, 4]
    two = replace(TRUCK, axles=2)
    assert len(planned(two).unloaded_reasons) == 1
