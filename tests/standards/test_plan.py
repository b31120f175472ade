"""What is asked of a car and why, and what force a limit asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import InspectionKind, Use, Vehicle
from carcheck_desktop.domain.verdicts import Confidence, ItemKind, PlannedItem
from carcheck_desktop.standards.demand import Loads, demanded_sum_daN
from carcheck_desktop.standards.families.axes import YearCount
from carcheck_desktop.standards.loading.edition import Edition
from carcheck_desktop.standards.plan import Plan, plan
from carcheck_desktop.standards.planning.years import is_over
from tests.standards.cars import CAR, IN_USE, ON, TABLES, assert_readable, curve, judge, run, with_setting, young


def planned(car: Vehicle = CAR, on: date = ON, tables: Edition = TABLES) -> Plan:
    return plan(tables, car, IN_USE, on)


def codes(found: Plan) -> list[str]:
    return [item.item for item in found.items]


def test_an_old_car_is_weighed_braked_and_parked_in_lane_order() -> None:
    found = planned()
    assert codes(found) == ["W1", "W2", "B1", "B2", "B0"]
    assert [item.kind for item in found.items] == [
        *[ItemKind.AXLE_WEIGHING] * 2, *[ItemKind.SERVICE_BRAKE] * 2, ItemKind.PARKING_BRAKE
    ]  # fmt: skip
    assert [item.axle for item in found.items] == [1, 2, 1, 2, 2]
    assert found.items[-1].reason.code == "standards.plan.parking_over_years"
    assert found.items[-1].reason.params == {"years": 10, "registered_on": "2012-05-20"}
    assert found.doubts == (("B0", Confidence.DISPUTED),)


def test_a_young_private_car_is_spared_the_parking_brake_and_told_why() -> None:
    found = planned(young())
    assert codes(found) == ["W1", "W2", "B1", "B2"]
    spared = {item.item: item for item in found.not_asked}
    assert spared["B0"].reason.code == "standards.plan.parking_spared"
    assert spared["B0"].confidence is Confidence.DISPUTED
    assert "L" in spared


@pytest.mark.parametrize(("seats", "is_asked"), [(6, False), (7, True), (9, True)])
def test_seven_seats_bring_the_parking_brake(seats: int, is_asked: bool) -> None:
    found = planned(replace(young(), seats=seats))
    assert ("B0" in codes(found)) is is_asked


def test_commercial_use_brings_the_parking_brake() -> None:
    found = planned(replace(young(), use=Use.COMMERCIAL))
    assert found.items[-1].reason.code == "standards.plan.parking_commercial"
    assert found.doubts == (("B0", Confidence.SINGLE_SOURCE),)


@pytest.mark.parametrize(
    ("registered", "on", "by_date", "by_calendar"),
    [
        (date(2016, 3, 1), date(2026, 2, 28), False, True),
        (date(2016, 3, 1), date(2026, 3, 1), False, True),
        (date(2016, 3, 1), date(2026, 3, 2), True, True),
        (date(2017, 1, 1), date(2026, 12, 31), False, False),
        (date(2016, 12, 31), date(2026, 1, 1), False, True),
        (date(2012, 2, 29), date(2022, 2, 28), False, True),
        (date(2012, 2, 29), date(2022, 3, 1), True, True),
        (date(2014, 2, 28), date(2024, 2, 29), True, True),
    ],
)
def test_ten_years_are_counted_as_the_setting_says(
    registered: date, on: date, by_date: bool, by_calendar: bool
) -> None:
    assert is_over(registered, on, 10, YearCount.DATE_EXACT) is by_date
    assert is_over(registered, on, 10, YearCount.CALENDAR) is by_calendar
    car = replace(CAR, registered_on=registered, manufactured_on=registered)
    assert ("B0" in codes(planned(car, on))) is by_date
    assert ("B0" in codes(planned(car, on, with_setting("ten_year_count", "calendar")))) is by_calendar


def test_two_parking_axles_make_one_item_of_no_single_axle() -> None:
    assert planned(replace(CAR, parking_axles=(1, 2))).items[-1].axle == 0


@pytest.mark.parametrize(
    ("car", "code"),
    [
        (replace(CAR, axles=0), "axles"),
        (replace(CAR, axles=6), "axles"),
        (replace(CAR, parking_axles=()), "parking_axles"),
        (replace(CAR, parking_axles=(3,)), "parking_axles"),
        (replace(CAR, parking_axles=(2, 2)), "parking_axles"),
        (replace(CAR, manufactured_on=date(2026, 3, 2)), "made_later"),
        (replace(CAR, registered_on=date(2026, 3, 2)), "registered_later"),
    ],
)
def test_a_car_that_cannot_be_is_refused_by_name(car: Vehicle, code: str) -> None:
    with pytest.raises(DataError) as caught:
        planned(car)
    assert_readable(caught.value)
    assert caught.value.code == f"standards.plan.{code}"


def test_a_new_car_may_be_registered_after_its_inspection() -> None:
    new = replace(CAR, registered_on=date(2026, 3, 20), manufactured_on=date(2026, 1, 1))
    assert "B0" not in codes(plan(TABLES, new, InspectionKind.REGISTRATION, ON))


def test_no_plan_is_made_before_the_edition_is_in_force() -> None:
    with pytest.raises(DataError, match="not_in_force"):
        planned(on=date(2020, 12, 31))


# -- demanded force --------------------------------------------------------------------------

LOADS = Loads(axle_kg=Decimal("830.5"), vehicle_kg=Decimal(1370))


def item(code: str) -> PlannedItem:
    return next(each for each in planned().items if each.item == code)


def demanded(code: str, loads: Loads = LOADS, car: Vehicle = CAR) -> Decimal | None:
    return demanded_sum_daN(TABLES, car, IN_USE, ON, item(code), loads)


def test_the_demanded_sum_is_the_limits_share_of_the_weight() -> None:
    assert demanded("B1") == Decimal("488.334")
    assert demanded("B2") == Decimal("162.778")
    assert demanded("B0") == Decimal("268.52")
    assert demanded("B0", car=replace(CAR, curb_mass_kg=1700)) == Decimal("201.39")


def test_a_weighing_demands_no_force() -> None:
    assert demanded("W1") is None


@pytest.mark.parametrize("load", ["0", "-1", "NaN", "Infinity"])
def test_without_a_weight_nothing_is_demanded(load: str) -> None:
    loads = Loads(Decimal(load), Decimal(load))
    assert demanded("B1", loads) is None
    assert demanded("B0", loads) is None


def test_a_car_that_reaches_the_demanded_sum_passes() -> None:
    needed = demanded("B1", Loads(Decimal(500), Decimal(1000)))
    assert needed == 294
    rate, _ = judge(run(1, 500), curve([5, 147], [5, 147]))
    assert str(rate.margin) == "0.0"
