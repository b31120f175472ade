"""Facts and limits that cannot be, or contradict each other: refused by name. Codes that say more than themselves. Another edition."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import InspectionKind, Use
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.standards.records.judging import RecordResult, judge_record, nearest_day
from carcheck_desktop.standards.records.kinds import KINDS
from carcheck_desktop.standards.records.reading import Beyond
from carcheck_desktop.standards.records.record import InspectionRecord, read_record
from tests.standards.cars import assert_readable
from tests.standards.vehicle_checks.asking import NEW, OLD, exact

TODAY = date(2026, 11, 22)
SLIP = {"kind": "sideslip", "slip_m_per_km": 1}
CAR = {"category": "small_passenger", "front_suspension": "dependent", "registered_on": "2018-03-15"}


def plain(*measurements: dict[str, Any], **changed: Any) -> dict[str, Any]:
    found = {
        "vehicle": CAR,
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": list(measurements or (SLIP,)),
    }
    return dict(exact(found | changed))


def read(**changed: Any) -> InspectionRecord:
    return read_record(plain(**changed), KINDS, TODAY)


def judged(*measurements: dict[str, Any], **changed: Any) -> RecordResult:
    return judge_record(read_record(plain(*measurements, **changed), KINDS, TODAY), (NEW, OLD))


def refused(**changed: Any) -> dict[str, Any]:
    with pytest.raises(DataError) as caught:
        judged(**changed)
    assert_readable(caught.value)
    return dict(caught.value.problem.params)


@pytest.mark.parametrize(
    ("vehicle", "field"),
    [
        ({"manufactured_on": "2018-03-16"}, "manufactured_on"),
        ({"registered_on": "1949-12-31"}, "registered_on"),
        ({"valid_until": "2018-03-14"}, "valid_until"),
        ({"valid_until": "2037-01-01"}, "valid_until"),
        ({"seats": 0}, "seats"),
        ({"front_axles": 0}, "front_axles"),
        ({"category": "heavy_goods", "front_axles": 0}, "front_axles"),
        ({"axles": 2, "front_axles": 3}, "front_axles"),
        ({"total_mass_kg": Decimal("1e3")}, "total_mass_kg"),
        ({"use_code": "AB"}, "use_code"),
        ({"use": "private", "use_code": "D"}, "use"),
        ({"use": "commercial", "use_code": "A"}, "use"),
        ({"use": "commercial", "use_code": "L"}, "use"),
    ],
)
def test_facts_that_cannot_be_those_of_one_vehicle_are_refused_by_name(vehicle: dict[str, Any], field: str) -> None:
    assert refused(vehicle=CAR | vehicle)["field"] == f"vehicle.{field}"


def test_a_trailer_has_neither_seats_nor_front_axles() -> None:
    vehicle = read(vehicle={"category": "heavy_trailer", "seats": 0, "front_axles": 0}).vehicle
    assert (vehicle.seats, vehicle.front_axles) == (0, 0)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert read(vehicle=CAR | {"total_mass_kg": Decimal("1750.0")}).vehicle.total_mass_kg == 1750


@pytest.mark.parametrize(
    ("code", "use"),
    [("A", Use.PRIVATE), ("D", Use.COMMERCIAL), ("F", Use.COMMERCIAL), ("M", Use.PRIVATE), ("N", None), ("P", None)],
)
def test_a_use_code_says_whether_the_use_is_commercial(code: str, use: Use | None) -> None:
    assert read(vehicle=CAR | {"use_code": code}).vehicle.use is use


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("0201", InspectionKind.IN_USE),
        ("0402", InspectionKind.IN_USE),
        ("0406", InspectionKind.IN_USE),
        ("0001", InspectionKind.REGISTRATION),
    ],
)
def test_a_sub_kind_of_the_platform_is_that_of_its_first_digits(word: str, kind: InspectionKind) -> None:
    assert read(inspection=word).inspection is kind


@pytest.mark.parametrize("word", ["0501", "020", "02010", "02x1", "０２０１"])
def test_other_words_are_no_kind_of_inspection(word: str) -> None:
    assert refused(inspection=word)["field"] == "inspection"


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"sideslip": {"low": 5, "high": -5}}, "sideslip"),
        ({"sideslip": {"low": 5, "high": 5}}, "sideslip"),
        ({"sideslip": {"comparison": "<=", "value": 5}}, "sideslip"),
        ({"sideslip": {"comparison": "within", "percent": 5, "absolute": 1}}, "sideslip.comparison"),
        ({"tread_depth": -1}, "tread_depth"),
        ({"outline": {"percent": -1, "absolute": 50}}, "outline"),
        ({"outline": {"comparison": "<=", "value": 50}}, "outline.comparison"),
        ({"tread_depth": {"low": 1, "high": 2}}, "tread_depth"),
        ({"axle_brake_rate": {"percent": 3, "absolute": 50}}, "axle_brake_rate"),
        ({"tread_dept": 3}, "tread_dept"),
    ],
)
def test_limits_that_cannot_be_are_refused_though_nothing_was_measured_by_them(
    limits: dict[str, Any], field: str
) -> None:
    assert refused(limits=limits)["field"] == f"limits.{field}"


def test_a_limit_that_is_null_is_left_out() -> None:
    (card,) = judged(limits={"sideslip": None}).judged[0].judgement.cards
    assert card.source != "platform"


@pytest.mark.parametrize(
    ("vehicle", "value"),
    [({"axles": "1"}, '"1"'), ({"axles": Beyond("1e99999999999999999999")}, "1e99999999999999999999")],
)
def test_a_refused_value_is_shown_as_it_was_written(vehicle: dict[str, Any], value: str) -> None:
    assert refused(vehicle=CAR | vehicle)["value"] == value


def test_an_edition_that_is_named_judges_outside_its_days_too() -> None:
    beam = {"kind": "beam", "lamp_height_mm": 700, "low_beam_vertical_mm": -40}
    now, then = judged(beam), judged(beam, edition=OLD.edition)
    assert (now.conclusion.outcome, then.conclusion.outcome) == (Outcome.NOT_JUDGED, Outcome.FAIL)
    assert then.editions == (OLD,)
    earlier = judged(beam, edition=NEW.edition, date="2019-05-01")
    assert earlier.judged[0].judgement.cards[0].edition == NEW.edition


def test_the_nearest_day_of_an_edition() -> None:
    assert nearest_day(NEW, date(2019, 5, 1)) == NEW.valid_from
    assert nearest_day(NEW, date(2026, 5, 1)) == date(2026, 5, 1)
    assert OLD.valid_until is not None
    assert nearest_day(OLD, date(2026, 5, 1)) == OLD.valid_until


def test_months_are_counted_from_the_day_of_the_inspection_under_any_edition() -> None:
    for edition in (NEW.edition, OLD.edition):
        found = judged(
            {"kind": "cycle"}, vehicle={"category": "heavy_goods", "registered_on": "2024-05-20"}, edition=edition
        )
        (number,) = found.judged[0].judgement.computed
        assert (number.exact, number.inputs["valid_until"]) == (Decimal(2), "2026-05-31")
