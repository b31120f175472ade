"""Of which vehicle which items are asked, and why: the table of items of GB 38900 with its groups and conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import InspectionKind, LampSystem, Suspension, Use, VehicleCategory
from carcheck_desktop.domain.verdicts import Confidence, Purpose
from carcheck_desktop.standards.families.planning import Asked, Condition, VehicleGroup
from carcheck_desktop.standards.planning.entries import Entry, InspectionPlan
from carcheck_desktop.standards.planning.whole import Occasion, inspection_plan
from carcheck_desktop.standards.traits import Traits
from tests.standards.cars import TABLES
from tests.standards.planning.books import BOOKS

ON = date(2026, 3, 1)

IN_USE, NEW = InspectionKind.IN_USE, InspectionKind.REGISTRATION
YOUNG = Traits(
    category=VehicleCategory.SMALL_PASSENGER, use=Use.PRIVATE, seats=5, axles=2, parking_axles=(2,), fuel="A",
    registered_on=date(2021, 2, 1), lamp_system=LampSystem.TWO_HIGH_LOW, use_code="A", vehicle_type="K33",
)  # fmt: skip
TRUCK = Traits(
    category=VehicleCategory.HEAVY_GOODS, vehicle_type="H11", use=Use.COMMERCIAL, use_code="F", fuel="B", axles=3,
    curb_mass_kg=9700, total_mass_kg=25000, seats=3, parking_axles=(2, 3), registered_on=date(2018, 6, 1),
    front_suspension=Suspension.DEPENDENT, lamp_system=LampSystem.FOUR_HIGH_LOW,
)  # fmt: skip
BUS = Traits(
    category=VehicleCategory.LARGE_PASSENGER, vehicle_type="K11", use=Use.COMMERCIAL, use_code="B", fuel="B", axles=2,
    total_mass_kg=18000, seats=50, parking_axles=(2,), registered_on=date(2020, 6, 1),
    front_suspension=Suspension.INDEPENDENT, lamp_system=LampSystem.TWO_HIGH_LOW,
)  # fmt: skip
TRAILER = Traits(
    category=VehicleCategory.HEAVY_TRAILER, vehicle_type="B11", use=Use.COMMERCIAL, use_code="F", axles=3,
    curb_mass_kg=7000, total_mass_kg=40000, parking_axles=(2, 3), tandem_axles=(1, 2, 3),
    registered_on=date(2018, 6, 1),
)  # fmt: skip
MANUAL_OF_A_YOUNG_PRIVATE_CAR = {1, 2, 3, 4, 5, 6, 9, 15, 17, 18, 19, 20, 21, 22}


def planned(vehicle: Traits, inspection: InspectionKind = IN_USE) -> InspectionPlan:
    return inspection_plan(BOOKS, Occasion(vehicle, inspection, ON))


def numbers(plan: InspectionPlan, asked: Asked = Asked.ASKED) -> set[int]:
    return {each.number for each in plan.entries if each.number and each.asked is asked}


def codes(plan: InspectionPlan) -> list[str]:
    return [each.code for each in plan.entries if each.code and not each.number]


def one(plan: InspectionPlan, name: str) -> Entry:
    (found,) = [each for each in plan.entries if each.name == name]
    return found


def spared(plan: InspectionPlan, name: str) -> Message:
    (found,) = [each for each in plan.spared if each.name == name]
    return found.reasons[0]


def test_the_catalogue_has_the_fifty_one_manual_items_each_once() -> None:
    found = [rows[0].number for rows in TABLES.items.rows.values()]
    assert sorted(each for each in found if each) == list(range(1, 52))


def test_a_young_private_car_is_asked_for_little_and_told_why() -> None:
    plan = planned(YOUNG)
    assert plan.group is VehicleGroup.PRIVATE_SMALL
    assert numbers(plan) == MANUAL_OF_A_YOUNG_PRIVATE_CAR
    assert numbers(plan, Asked.IF_FITTED) == {42}
    assert [each for each in codes(plan) if each[0] in "BHAMZL"] == ["B1", "B2", "H1", "H4"]
    why = spared(plan, "parking_brake")
    assert why.code == "standards.planning.thorough.not"
    assert why.params == {"years": 10, "registered_on": "2021-02-01", "seats": 5, "from": 7}
    assert spared(plan, "sideslip").code == "standards.planning.other_group"
    assert spared(plan, "outline").code == "standards.planning.other_inspection"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seats": 7}, "seats"),
        ({"is_minibus": True}, "minibus"),
        ({"vehicle_type": "K39"}, "minibus"),
        ({"had_casualty_accident": True}, "accident"),
        ({"registered_on": date(2016, 2, 28)}, "years"),
    ],
)
def test_a_private_car_is_inspected_like_others_for_each_of_four_reasons(change: dict[str, object], code: str) -> None:
    plan = planned(replace(YOUNG, **change))  # type: ignore[arg-type]
    assert numbers(plan) == MANUAL_OF_A_YOUNG_PRIVATE_CAR | set(range(43, 52))
    parking = one(plan, "parking_brake")
    assert parking.code == "B0"
    assert [each.code for each in parking.reasons][1:] == [f"standards.planning.thorough.{code}"]
    assert parking.confidence is Confidence.DISPUTED
    assert parking.photos == ("A312",)


def test_without_the_day_of_registration_somebody_has_to_see() -> None:
    plan = planned(replace(YOUNG, registered_on=None))
    assert one(plan, "parking_brake").asked is Asked.IF_FITTED
    assert {43, 51} <= numbers(plan, Asked.IF_FITTED)
    assert one(plan, "parking_brake").reasons[-1].params["fields"] == "vehicle.registered_on"


def test_a_truck_has_its_own_items() -> None:
    plan = planned(TRUCK)
    assert numbers(plan) >= {7, 8, 10, 14, 25, 26, 27, *range(43, 52)}
    assert {12, 13, 28, 39} & numbers(plan) == set()
    assert codes(plan)[-15:] == [
        "Z1", "W1", "W2", "W3", "B1", "B2", "B3", "B0", "L2", "H1", "H2", "H3", "H4", "A1", "M1"
    ]  # fmt: skip
    assert one(plan, "parking_brake").photos == ("A312", "A313")
    assert [each.params.get("first") for each in one(plan, "mass").reasons] == [None, "2015-03-01"]


@pytest.mark.parametrize(
    ("day", "is_weighed"), [(date(2015, 2, 28), False), (date(2015, 3, 1), True), (date(2015, 3, 2), True)]
)
def test_goods_vehicles_are_weighed_in_use_from_a_day_of_registration(day: date, is_weighed: bool) -> None:
    assert ("Z1" in codes(planned(replace(TRUCK, registered_on=day)))) is is_weighed


def test_a_new_truck_is_weighed_whatever_its_day() -> None:
    assert "Z1" in codes(planned(replace(TRUCK, registered_on=None), NEW))


def test_independent_front_suspension_spares_the_sideslip() -> None:
    assert "A1" not in codes(planned(BUS))
    assert spared(planned(BUS), "sideslip").code == "standards.planning.not_so"
    assert "A1" in codes(planned(replace(BUS, front_suspension=Suspension.DEPENDENT)))
    unknown = one(planned(replace(BUS, front_suspension=None)), "sideslip")
    assert (unknown.asked, unknown.reasons[-1].code) == (Asked.IF_FITTED, "standards.planning.not_known")


def test_a_bus_has_exits_and_hammers_and_a_truck_a_load_body() -> None:
    assert {12, 13, 28} <= numbers(planned(BUS))
    assert 14 not in numbers(planned(BUS))
    assert 39 not in numbers(planned(BUS))
    assert 39 in numbers(planned(replace(BUS, use_code="P")))


def test_a_trailer_has_no_engine_no_lamps_and_no_driving_check() -> None:
    plan = planned(TRAILER)
    assert {5, 21, 22, 43, 44, 45, 46} & numbers(plan) == set()
    assert {7, 8, 10, 47, 51} <= numbers(plan)
    assert "H1" not in codes(plan)
    assert {"Z1", "B0", "B3", "M1"} <= set(codes(plan))


def test_a_tractor_unit_is_not_measured_in_use() -> None:
    plan = planned(replace(TRUCK, category=VehicleCategory.HEAVY_TRACTOR_UNIT, vehicle_type="Q11"))
    assert 7 not in numbers(plan)
    assert spared(plan, "outline").params == {"condition": "standards.condition.no_tractor_unit"}
    assert 14 not in numbers(plan)


@pytest.mark.parametrize(
    ("category", "asks"),
    [
        (VehicleCategory.MOTORCYCLE, ["B1", "B2", "H1"]),
        (VehicleCategory.TRICYCLE_MOTORCYCLE, ["B1", "B2", "B0", "H1"]),
        (VehicleCategory.THREE_WHEELED, ["B2", "B0", "H1"]),
    ],
)
def test_two_and_three_wheels(category: VehicleCategory, asks: list[str]) -> None:
    vehicle = Traits(category=category, axles=2, parking_axles=(2,), lamp_system=LampSystem.ONE_HIGH)
    assert [each for each in codes(planned(vehicle)) if each[0] in "BHLAZM"] == asks


def test_what_two_inspections_need_is_asked_once_for_both() -> None:
    plan = planned(TRUCK)
    assert one(plan, "tyres").purposes == (Purpose.SAFETY, Purpose.EMISSION, Purpose.PERFORMANCE)
    assert one(plan, "belts").purposes == (Purpose.SAFETY,)
    assert one(planned(YOUNG), "tyres").purposes == (Purpose.SAFETY, Purpose.EMISSION)
    for entries in (plan.entries, planned(YOUNG).entries):
        keys = [(each.name, each.code) for each in entries]
        assert len(keys) == len(set(keys))


def test_photos_follow_from_the_items_each_once() -> None:
    plan = planned(YOUNG)
    found = [each.code for each in plan.photos]
    assert len(found) == len(set(found))
    assert {"0111", "0112", "0113", "0322", "0348", "0321", "0352", "0157"} <= set(found)
    assert {"A312", "0353", "0356", "0360", "0323", "0342"} & set(found) == set()
    kit = next(each for each in plan.photos if each.code == "0112")
    assert kit.items == ("plate", "warning_kit")


def test_lamps_that_nobody_counted_are_still_asked_for() -> None:
    lamps = one(planned(replace(YOUNG, lamp_system=None)), "headlamp")
    assert lamps.code == "H"
    assert lamps.reasons[-1].params == {"fields": "vehicle.lamp_system"}


def test_every_item_and_condition_has_a_name_in_every_language() -> None:
    names = [f"standards.item.{name}" for name in TABLES.items.rows]
    names += [f"standards.condition.{each.value}" for each in Condition]
    for language in LANGUAGES:
        words = Catalogue(language)
        assert [each for each in names if not words.knows(each)] == []


traits = st.builds(
    Traits,
    category=st.sampled_from(VehicleCategory),
    vehicle_type=st.sampled_from([None, "K33", "K39", "H11", "H14", "B13", "Q11"]),
    use=st.sampled_from(Use),
    use_code=st.sampled_from([None, *"ABFNPR"]),
    fuel=st.sampled_from([None, "A", "B", "C", "AO"]),
    axles=st.none() | st.integers(1, 6),
    seats=st.none() | st.integers(1, 60),
    curb_mass_kg=st.none() | st.integers(500, 9000),
    total_mass_kg=st.none() | st.integers(9000, 49000),
    registered_on=st.none() | st.dates(date(1990, 1, 1), ON),
    parking_axles=st.sampled_from([None, (1,), (1, 2)]),
    front_suspension=st.none() | st.sampled_from(Suspension),
    lamp_system=st.none() | st.sampled_from(LampSystem),
)


@given(traits, st.sampled_from(InspectionKind))
def test_every_item_is_asked_or_spared_with_a_reason_that_can_be_read(
    vehicle: Traits, inspection: InspectionKind
) -> None:
    plan = planned(vehicle, inspection)
    asked, not_asked = {each.name for each in plan.entries}, {each.name for each in plan.spared}
    assert asked & not_asked == set()
    in_tables = {name for name, rows in TABLES.items.rows.items() if rows[0].demands}
    assert (asked | not_asked) & in_tables >= in_tables - {"loaded_brake", "service_brake"}
    for reasons in [*(each.reasons for each in plan.entries), *(each.reasons for each in plan.spared)]:
        assert reasons
        for reason in reasons:
            text = WORDS.text(reason)
            assert "standards." not in text
            assert "{" not in text


WORDS = Catalogue("en")
