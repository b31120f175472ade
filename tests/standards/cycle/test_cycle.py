"""Expected inspection dates: groups, years, exclusions, the window, and what an early or late test does."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.cycle.dates import Cycle, cycle_of, mark_only, on_line
from carcheck_desktop.standards.cycle.groups import Circumstances
from carcheck_desktop.standards.cycle.months import index, last_day
from carcheck_desktop.standards.cycle.records import CYCLE, CycleRecord, afterwards
from carcheck_desktop.standards.explain import explain_computed
from carcheck_desktop.standards.families.vehicle_axes import CycleGroup
from carcheck_desktop.standards.records.reading import record_of
from carcheck_desktop.standards.traits import Traits
from tests.standards.cars import assert_readable
from tests.standards.vehicle_checks.asking import NEW, OLD, case, exact

ON = date(2026, 3, 1)
CAR: dict[str, Any] = {"category": "small_passenger", "use": "private", "seats": 5, "registered_on": "2018-03-15"}


def cycle(vehicle: dict[str, Any], on: date = ON, **circumstances: Any) -> Cycle:
    return cycle_of(NEW, record_of(exact(vehicle), Traits), on, Circumstances(**circumstances))


def months(found: Any) -> list[str]:
    return [f"{due.until:%Y-%m}" for due in found]


def test_a_private_car_comes_in_years_6_and_10_and_asks_for_the_mark_between() -> None:
    found = cycle(CAR)
    assert months(found.on_line) == ["2024-03", "2028-03"]
    assert months(found.mark_only) == ["2020-03", "2022-03", "2026-03"]
    assert (found.confidence, found.is_next_on_line) == (Confidence.SOURCED, False)


def test_after_ten_years_every_year_on_line_also_after_fifteen() -> None:
    found = cycle(CAR, date(2038, 1, 1))
    assert months(found.dues_as_it_was)[-11:] == [f"{year}-03" for year in range(2029, 2040)]
    assert afterwards(found.rule) == "after_10_years_every_year_on_line"
    assert (found.valid_until, found.is_next_on_line) == (date(2038, 3, 31), True)


def test_before_october_2022_the_eighth_year_was_on_line_and_old_cars_came_half_yearly() -> None:
    found = cycle(CAR, date(2022, 9, 30))
    assert months(found.on_line)[:3] == ["2024-03", "2026-03", "2028-03"]
    assert months(found.mark_only) == ["2020-03", "2022-03"]
    old = cycle(CAR | {"registered_on": "2005-02-01", "valid_until": "2022-08-31"}, date(2022, 8, 1))
    assert old.next_valid_until == date(2023, 2, 28), "half a year later the present cycle holds: yearly"
    assert cycle(CAR, date(2022, 10, 1)).mark_only[-1].until == date(2026, 3, 31)


def test_a_past_year_is_held_against_the_cycle_of_its_time() -> None:
    found = cycle(CAR | {"registered_on": "2014-05-20"})
    assert "2022-05" in months(on_line(found.dues_as_it_was)), "year 8, before October 2022"
    assert months(found.mark_only) == ["2016-05", "2018-05", "2022-05"], "as people count who leave history aside"


@pytest.mark.parametrize(
    ("vehicle", "group", "first", "later"),
    [
        ({"use": "commercial"}, CycleGroup.COMMERCIAL_PASSENGER, ["2019-03", "2020-03"], ["2023-03", "2023-09"]),
        ({"category": "heavy_goods"}, CycleGroup.GOODS_OR_LARGE, ["2019-03", "2020-03"], ["2025-03", "2026-03"]),
        ({"category": "heavy_tractor_unit"}, CycleGroup.GOODS_OR_LARGE, ["2019-03", "2020-03"], []),
        ({"category": "large_passenger"}, CycleGroup.GOODS_OR_LARGE, ["2019-03", "2020-03"], []),
        ({"category": "heavy_trailer"}, CycleGroup.OTHER, ["2019-03", "2020-03"], []),
        ({"category": "light_special"}, CycleGroup.OTHER, ["2019-03", "2020-03"], []),
        ({"category": "three_wheeled"}, CycleGroup.OTHER, ["2019-03", "2020-03"], []),
        ({"use_code": "P"}, CycleGroup.SCHOOL_BUS, ["2018-09", "2019-03"], []),
        ({"is_minibus": True}, CycleGroup.PRIVATE_SMALL_EXCLUDED, ["2020-03", "2022-03"], ["2024-03", "2025-03"]),
        ({"vehicle_type": "K39"}, CycleGroup.PRIVATE_SMALL_EXCLUDED, ["2020-03", "2022-03"], []),
        ({"category": "large_passenger", "vehicle_type": "K16"}, CycleGroup.PRIVATE_SMALL, ["2024-03", "2028-03"], []),
        ({"category": "motorcycle"}, CycleGroup.MOTORCYCLE, ["2024-03", "2028-03"], []),
        ({"category": "medium_passenger", "vehicle_type": "K28"}, CycleGroup.SCHOOL_BUS, ["2018-09", "2019-03"], []),
        ({"use_code": "L"}, CycleGroup.PRIVATE_SMALL_EXCLUDED, ["2020-03", "2022-03"], []),
        ({"had_casualty_accident": True}, CycleGroup.PRIVATE_SMALL_EXCLUDED, ["2020-03", "2022-03"], []),
    ],
)
def test_each_group_comes_by_its_own_row(
    vehicle: dict[str, Any], group: CycleGroup, first: list[str], later: list[str]
) -> None:
    found = cycle(CAR | vehicle)
    assert found.group is group
    on_line = months(found.on_line)
    assert on_line[:2] == first
    assert set(later) <= set(on_line)


def test_goods_after_ten_years_and_commercial_after_five_come_half_yearly() -> None:
    goods = cycle({"category": "heavy_goods", "registered_on": "2015-03-15"})
    assert months(goods.dues)[8:] == ["2024-03", "2025-03"]
    assert months(goods.dues_as_it_was)[8:12] == ["2024-03", "2025-03", "2025-09", "2026-03"]
    assert afterwards(goods.rule) == "after_10_years_every_6_months_on_line"
    taxi = cycle(CAR | {"use": "commercial"})
    assert months(taxi.dues)[3:7] == ["2022-03", "2023-03", "2023-09", "2024-03"]


def test_a_motorcycle_has_the_pattern_of_cars_since_october_2022() -> None:
    found = cycle({"category": "motorcycle", "registered_on": "2022-11-05"})
    assert months(found.mark_only) == ["2024-11", "2026-11", "2030-11"]
    assert months(found.on_line) == ["2028-11", "2032-11"]


@pytest.mark.parametrize(
    ("circumstances", "code", "confidence"),
    [
        ({"had_casualty_accident": True}, "casualty_accident", Confidence.DISPUTED),
        ({"was_illegally_modified": True}, "illegally_modified", Confidence.DISPUTED),
        ({"was_commercial": True}, "was_commercial", Confidence.DISPUTED),
    ],
)
def test_who_is_excluded_from_mark_only_years(circumstances: dict[str, Any], code: str, confidence: Confidence) -> None:
    found = cycle(CAR, **circumstances)
    assert (found.group, found.mark_only) == (CycleGroup.PRIVATE_SMALL_EXCLUDED, ())
    assert f"standards.cycle.{code}" in {reason.code for reason in found.reasons}
    assert found.confidence is confidence
    assert cycle(CAR | {"category": "moped"}, **circumstances).group is CycleGroup.MOTORCYCLE_EXCLUDED


@pytest.mark.parametrize(
    ("made", "group"),
    [
        ("2014-03-15", CycleGroup.PRIVATE_SMALL),
        ("2014-03-14", CycleGroup.PRIVATE_SMALL_EXCLUDED),
        ("2018-01-01", CycleGroup.PRIVATE_SMALL),
    ],
)
def test_a_car_that_stood_more_than_four_years_is_excluded(made: str, group: CycleGroup) -> None:
    assert cycle(CAR | {"manufactured_on": made}).group is group


def test_one_may_come_three_calendar_months_with_the_one_of_the_end() -> None:
    car = CAR | {"registered_on": "2020-06-20"}
    found = cycle(car, date(2026, 3, 31))
    assert (found.valid_until, found.opens_on) == (date(2026, 6, 30), date(2026, 4, 1))
    assert (found.opens_by_day, found.is_too_early) == (date(2026, 3, 30), True)
    assert cycle(car, date(2026, 4, 1)).is_too_early is False


def test_a_school_bus_may_come_one_month_before() -> None:
    found = cycle({"category": "medium_passenger", "use": "private", "use_code": "P", "registered_on": "2023-06-20"})
    assert (found.valid_until, found.opens_on) == (date(2026, 6, 30), date(2026, 6, 1))


def test_a_school_bus_that_was_none_before_counts_from_its_permit() -> None:
    bus = {"category": "medium_passenger", "use": "private", "registered_on": "2019-01-20"}
    found = cycle(bus, school_bus_permit_on=date(2025, 10, 8))
    assert (found.group, months(found.dues)[0]) == (CycleGroup.SCHOOL_BUS, "2026-04")


def test_whoever_comes_early_keeps_the_month() -> None:
    car = CAR | {"registered_on": "2020-06-20", "valid_until": "2026-06-30"}
    assert cycle(car, date(2026, 4, 2)).next_valid_until == date(2028, 6, 30)
    assert cycle(car, date(2026, 6, 30)).next_valid_until == date(2028, 6, 30)


def test_whoever_comes_late_gets_the_first_step_after_the_day() -> None:
    car = {"category": "heavy_goods", "registered_on": "2020-06-20", "valid_until": "2024-06-30"}
    found = cycle(car, date(2025, 7, 1))
    assert (found.is_overdue, found.next_valid_until) == (True, date(2026, 6, 30))
    assert found.confidence is Confidence.RECALLED
    assert "standards.cycle.overdue" in {reason.code for reason in found.reasons}


def test_the_end_in_the_system_goes_before_the_computed_one() -> None:
    found = cycle(CAR | {"valid_until": "2027-03-31"})
    assert (found.valid_until, found.next_valid_until) == (date(2027, 3, 31), date(2028, 3, 31))


def test_a_leap_day_ends_with_its_february() -> None:
    assert cycle(CAR | {"registered_on": "2020-02-29"}).dues[0].until == date(2022, 2, 28)


def test_on_the_day_of_registration_the_first_end_is_ahead() -> None:
    found = cycle(CAR | {"registered_on": "2026-03-01"})
    assert (found.valid_until, found.is_overdue) == (date(2028, 3, 31), False)


@pytest.mark.parametrize(
    ("vehicle", "field"),
    [
        ({"use": "private", "registered_on": "2018-03-15"}, "vehicle.category"),
        ({"category": "small_passenger", "registered_on": "2018-03-15"}, "vehicle.use"),
        ({"category": "small_passenger", "use": "private"}, "vehicle.registered_on"),
        (CAR | {"registered_on": "2026-03-02"}, "vehicle.registered_on"),
        (CAR | {"valid_until": "2018-02-28"}, "vehicle.valid_until"),
    ],
)
def test_a_vehicle_whose_dates_cannot_be_is_refused_by_name(vehicle: dict[str, Any], field: str) -> None:
    with pytest.raises(DataError) as caught:
        cycle(vehicle)
    assert_readable(caught.value)
    assert caught.value.problem.cause.params["field"] == field


def test_the_record_tells_every_date_as_expected() -> None:
    (told,) = CYCLE.judge(case(CAR, on=ON), CycleRecord()).computed
    assert (told.quantity, told.exact, told.unit) == (Quantity.MONTHS_TO_INSPECTION, Decimal(0), "")
    assert told.inputs["status"] == "expected"
    assert told.inputs["on_line_due"] == "2024-03, 2028-03"
    assert told.inputs["mark_only_due"] == "2020-03, 2022-03, 2026-03"
    assert told.inputs["afterwards"] == "after_10_years_every_year_on_line"


def test_every_reason_can_be_read() -> None:
    found = [cycle(CAR, had_casualty_accident=True, was_illegally_modified=True, was_commercial=True)]
    found += [
        cycle(CAR | {"category": each, "use": "commercial"}) for each in ("moped", "heavy_goods", "light_trailer")
    ]
    found.append(cycle(CAR | {"manufactured_on": "2010-01-01", "valid_until": "2020-01-01"}))
    for language in LANGUAGES:
        words = Catalogue(language)
        assert all(words.knows(reason.code) for each in found for reason in each.reasons)


@given(st.dates(date(2005, 1, 1), date(2030, 12, 31)), st.integers(0, 9000), st.sampled_from(sorted(CycleGroup)))
def test_dates_only_go_forward(registered: date, days: int, group: str) -> None:
    vehicles: dict[CycleGroup, dict[str, Any]] = {
        CycleGroup.PRIVATE_SMALL: CAR, CycleGroup.MOTORCYCLE: {"category": "motorcycle"},
        CycleGroup.PRIVATE_SMALL_EXCLUDED: CAR | {"is_minibus": True},
        CycleGroup.COMMERCIAL_PASSENGER: CAR | {"use": "commercial"}, CycleGroup.OTHER: {"category": "heavy_trailer"},
        CycleGroup.SCHOOL_BUS: CAR | {"use_code": "P"},
    }  # fmt: skip
    vehicle = vehicles.get(CycleGroup(group), {"category": "heavy_goods"})
    on = registered + timedelta(days=days)
    edition = NEW if on >= NEW.valid_from else OLD
    traits = record_of(exact(vehicle | {"registered_on": registered.isoformat()}), Traits)
    found = cycle_of(edition, traits, on)
    ends = [due.until for due in found.dues_as_it_was]
    assert ends == sorted(set(ends))
    assert on <= found.valid_until < found.next_valid_until
    assert found.valid_until in ends
    assert found.next_valid_until in ends
    assert found.opens_on <= found.valid_until


def test_a_due_after_the_change_belongs_to_the_new_cycle_in_both_lists() -> None:
    found = cycle(CAR | {"registered_on": "2014-10-15"}, date(2022, 10, 5))
    assert (found.valid_until, found.is_next_on_line) == (date(2022, 10, 31), False)
    for dues in (found.dues, found.dues_as_it_was):
        assert "2022-10" in months(mark_only(dues))
        assert "2022-10" not in months(on_line(dues))


def test_an_end_of_the_system_that_no_cycle_has_stands_in_the_lists() -> None:
    traits = record_of(exact(CAR | {"registered_on": "2011-11-15", "valid_until": "2020-11-30"}), Traits)
    found = cycle_of(OLD, traits, date(2020, 11, 25))
    assert found.is_next_on_line is True
    assert "2020-11" in months(found.on_line)
    assert "2020-11" in months(on_line(found.dues_as_it_was))


def test_whoever_missed_an_inspection_on_line_does_not_get_away_with_a_mark() -> None:
    car = CAR | {"registered_on": "2018-06-15", "valid_until": "2022-06-30"}
    late = cycle(car, date(2026, 11, 20))
    assert (late.is_overdue, late.is_next_on_line) == (True, True), "year 6 was never done"
    assert cycle(car, date(2024, 5, 31)).is_next_on_line is False, "the mark of year 4 alone is missing"
    assert cycle(car, date(2024, 6, 1)).is_next_on_line is True, "the next end is year 8: this one stands for year 6"


def test_an_overdue_vehicle_gets_the_first_step_after_the_month_of_the_test_however_near() -> None:
    truck = {"category": "heavy_goods", "registered_on": "2020-06-20", "valid_until": "2025-06-30"}
    found = cycle(truck, date(2026, 5, 31))
    assert (found.next_valid_until, found.confidence) == (date(2026, 6, 30), Confidence.RECALLED)


def test_an_accident_of_the_licence_and_one_of_the_record_are_the_same() -> None:
    by_vehicle = CYCLE.judge(case(CAR | {"had_casualty_accident": True}, on=ON), CycleRecord()).computed
    by_record = CYCLE.judge(case(CAR, on=ON), CycleRecord(had_casualty_accident=True)).computed
    assert by_vehicle == by_record
    assert by_vehicle[0].inputs["group"] == "private_small_excluded"


def test_a_type_code_of_school_buses_is_recalled_and_says_so() -> None:
    bus = {"category": "small_passenger", "vehicle_type": "K38", "use": "private", "registered_on": "2023-06-20"}
    assert cycle(bus).confidence is Confidence.RECALLED


def test_the_derivation_tells_every_date_and_lists_stay_readable() -> None:
    (told,) = CYCLE.judge(case(CAR, on=ON), CycleRecord()).computed
    said = " · ".join(Catalogue("en").text(line) for line in explain_computed(told))
    assert "on_line_due = 2024-03, 2028-03; mark_only_due = 2020-03, 2022-03, 2026-03; " in said


def test_everything_the_record_answers_is_documented() -> None:
    (told,) = CYCLE.judge(case(CAR, on=ON), CycleRecord()).computed
    assert list(told.inputs) == list(CYCLE.answer)


@pytest.mark.parametrize("permit", ["2018-03-14", "2026-03-02"])
def test_a_permit_before_registration_or_after_the_day_is_refused(permit: str) -> None:
    with pytest.raises(DataError) as caught:
        cycle(CAR, school_bus_permit_on=date.fromisoformat(permit))
    assert caught.value.problem.cause.params["field"] == "school_bus_permit_on"


def test_an_end_far_ahead_is_refused_with_the_bound_that_it_passes() -> None:
    with pytest.raises(DataError) as caught:
        cycle(CAR | {"valid_until": "9999-12-31"})
    assert caught.value.problem.cause.params["allowed"] == "2018-03-01 … 2036-03-31"


LIVES = (
    CAR, CAR | {"is_minibus": True}, CAR | {"use": "commercial"}, CAR | {"use_code": "P"}, {"category": "motorcycle"},
    {"category": "moped", "had_casualty_accident": True}, {"category": "heavy_goods"}, {"category": "light_trailer"},
)  # fmt: skip


@given(
    st.sampled_from(LIVES),
    st.dates(date(2005, 1, 1), date(2026, 3, 1)),
    st.integers(0, 6000),
    st.none() | st.integers(0, 150),
)
def test_lists_and_next_inspection_always_agree(
    life: dict[str, Any], registered: date, days: int, ends_after: int | None
) -> None:
    on = min(registered + timedelta(days=days), date(2038, 1, 1))
    vehicle = life | {"registered_on": registered.isoformat()}
    if ends_after is not None:
        end = last_day(min(index(registered) + ends_after, index(on) + 24))
        vehicle |= {"valid_until": end.isoformat()}
    found = cycle_of(NEW if on >= NEW.valid_from else OLD, record_of(exact(vehicle), Traits), on)
    served = [due for due in found.dues if found.valid_until <= due.until and index(due.until) <= index(on)]
    served += [due for due in found.dues if due.until == found.valid_until and due not in served]
    listed_until = found.dues[-1].until
    if found.is_next_on_line:
        assert any(due.is_on_line for due in served) or max(on, found.valid_until) > listed_until
    else:
        assert served
        assert not any(due.is_on_line for due in served)
    assert found.next_valid_until > max(on, found.valid_until)
    told = {due.until: due.is_on_line for due in found.dues_as_it_was}
    assert all(told[due.until] == due.is_on_line for due in found.dues if on <= due.until <= found.next_valid_until)


@given(st.sampled_from(LIVES), st.dates(date(2012, 1, 1), date(2022, 1, 1)), st.integers(0, 5000), st.integers(0, 5000))
def test_the_lists_depend_on_the_day_only_by_the_cycle_in_force(
    life: dict[str, Any], registered: date, one: int, other: int
) -> None:
    vehicle = record_of(exact(life | {"registered_on": registered.isoformat()}), Traits)
    days = [date(2022, 10, 1) + timedelta(days=each) for each in (one, other)]
    first, second = (cycle_of(NEW, vehicle, each) for each in days)
    assert first.dues == second.dues
