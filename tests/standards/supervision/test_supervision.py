"""Which reports are flagged by which rule; a flag never decides a conclusion."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.equipment import RULES
from carcheck_desktop.standards.supervision.comparing import COMPARING
from carcheck_desktop.standards.supervision.rules import BY_REPORT
from tests.standards.exhaust_asking import EDITIONS, NOT_JUDGED, ask, number, only, refused, said

R1 = {"report": "R1", "vin": "VIN-A", "model": "M1", "cal_id": "ABCD1234", "cvn": "11223344"}
R2 = {"report": "R2", "vin": "VIN-B", "model": "M2", "cal_id": "ABCD1234", "cvn": "11223344"}
R3 = {"report": "R3", "vin": "VIN-C", "model": "M1", "cal_id": "EFGH5678", "cvn": "55667788"}


def flags(*reports: dict[str, Any], **more: Any) -> dict[str, str]:
    """Return the flagged reports by rule."""
    found = ask("supervision", json.dumps({"reports": list(reports)} | more))
    return {card.rule.removeprefix("rule_"): card.inputs["reports"] for card in found.cards}


def test_one_calibration_on_two_models() -> None:
    found = ask("supervision", json.dumps({"reports": [R1, R2, R3]}))
    flag = only(found)
    assert (flag.rule, flag.inputs["reports"], flag.outcome, flag.counts) == (
        "rule_same_calibration", "R1, R2", NOT_JUDGED, False,
    )  # fmt: skip
    total = number(found, Quantity.FLAGGED_REPORTS)
    assert (total.rounded, total.inputs) == (
        Decimal(2), {"R1": "same_calibration", "R2": "same_calibration"},
    )  # fmt: skip


def test_one_calibration_on_one_model_is_usual() -> None:
    assert flags(R1, R2 | {"model": "M1"}, R3) == {}


@pytest.mark.parametrize("changed", [{"cvn": "99"}, {"cal_id": "X"}, {"cal_id": ""}, {"model": None}, {"cvn": None}])
def test_what_differs_or_is_unknown_is_not_the_same_calibration(changed: dict[str, Any]) -> None:
    assert flags(R1, R2 | changed) == {}


def test_blanks_and_small_letters_do_not_hide_a_calibration() -> None:
    assert flags(R1, R2 | {"cal_id": " abcd 1234", "cvn": "11223344 "}) == {"same_calibration": "R1, R2"}


def test_the_order_of_reports_does_not_matter() -> None:
    assert set(flags(R3, R2, R1)["same_calibration"].split(", ")) == {"R1", "R2"}


@pytest.mark.parametrize(
    ("rule", "fields", "near"),
    [
        ("obd_vin", {"vin": "LSVAA", "obd_vin": "LSVAB"}, {"vin": "LSVAA", "obd_vin": "lsvaa "}),
        ("obd_vin_unread", {"obd_vin": ""}, {"obd_vin": "LSV"}),
        ("code_cleared", {"open_monitors": 3}, {"open_monitors": 2}),
        ("code_cleared", {"cleared_km": 9}, {"cleared_km": 10}),
        (
            "diluted",
            {"co_percent": [0.1, 0.1], "co2_percent": [14, 5.89]},
            {"co_percent": [0.1, 0.1], "co2_percent": [14, 5.9]},
        ),
        ("oxygen", {"method": "two_speed_idle", "o2_percent": [0.4, 10]}, {"o2_percent": [9.9]}),
        ("oxygen", {"o2_percent": [10]}, {"method": "asm", "o2_percent": [10]}),
        ("excess_air", {"excess_air": [1.0, 0.89]}, {"excess_air": [0.9, 1.1]}),
        ("excess_air", {"excess_air": [1.11]}, {"excess_air": []}),
        ("little_exhaust", {"flow_at_50_kmh_lps": 1.9}, {"flow_at_50_kmh_lps": 2}),
        ("no_smoke", {"k_per_m": [0.5, 0.019]}, {"k_per_m": [0.02]}),
        ("no_smoke", {"k_per_m": [0]}, {"k_per_m": []}),
        (
            "wheel_power",
            {"corrected_power_kW": 80.1, "rated_power_kW": 100},
            {"corrected_power_kW": 80, "rated_power_kW": 100},
        ),
        ("power_at_80", {"power_at_80_kW": 19, "max_power_kW": 100}, {"power_at_80_kW": 20, "max_power_kW": 100}),
        (
            "velocity_at_max_power",
            {"is_heavy": True, "velocity_at_max_power_kmh": 59.9},
            {"is_heavy": True, "velocity_at_max_power_kmh": 60},
        ),
        (
            "velocity_at_max_power",
            {"is_heavy": True, "velocity_at_max_power_kmh": 100.1},
            {"is_heavy": False, "velocity_at_max_power_kmh": 120},
        ),
        ("engine_speed_zero", {"rpm": [800, 0, 800]}, {"rpm": [800, 1]}),
        ("engine_speed_zero", {"rpm_is_skipped": True}, {"rpm_is_skipped": False}),
        ("engine_speed_differs", {"rpm": [1000], "obd_rpm": [1101]}, {"rpm": [1000], "obd_rpm": [1100]}),
        (
            "method_relaxed",
            {"method": "free_acceleration", "fits_dynamometer": True, "method_reason": " "},
            {"method": "free_acceleration", "fits_dynamometer": True, "method_reason": "all-wheel drive"},
        ),
        (
            "method_relaxed",
            {"method": "two_speed_idle", "fits_dynamometer": True},
            {"method": "two_speed_idle", "fits_dynamometer": False},
        ),
        (
            "software",
            {"software": "2.1", "registered_software": "2.0"},
            {"software": "2.0", "registered_software": "2.0"},
        ),
        (
            "time_travel",
            {"times": ["2026-03-01T09:00:00+08:00", "2026-03-01T09:00:01.5+08:00"]},
            {"times": ["2026-03-01T09:00:00+08:00", "2026-03-01T09:00:01+08:00"]},
        ),
        (
            "time_travel",
            {"times": ["2026-03-01T09:00:01+08:00", "2026-03-01T09:00:00+08:00"]},
            {"times": ["2026-03-01T09:00:00+08:00"]},
        ),
        ("counter", {"counters": [1, 2, 4]}, {"counters": [1, 2, 3]}),
        ("counter", {"counters": [1, 1]}, {"counters": []}),
        (
            "missing_photos",
            {"photos_demanded": ["front", "rear"], "photos_taken": ["front"]},
            {"photos_demanded": ["front"], "photos_taken": ["rear", "front"]},
        ),
        ("analyser_tube", {"analyser_tube_m": 7.5}, {"analyser_tube_m": 7.49}),
        ("opacimeter_tube", {"opacimeter_tube_m": 3.5}, {"opacimeter_tube_m": 3.49}),
    ],
)
def test_each_rule_at_its_threshold(rule: str, fields: dict[str, Any], near: dict[str, Any]) -> None:
    assert flags({"report": "R1"} | fields) == {rule: "R1"}
    assert flags({"report": "R1"} | near) == {}


def test_a_watched_calibration() -> None:
    assert flags(R1, R3, watched_cal_ids=["efgh5678"]) == {"watched_calibration": "R3"}


def test_the_same_curve_twice() -> None:
    curve = [0.1, 0.5, 0.3]
    one, other = R1 | {"curve": curve}, R3 | {"curve": curve}
    assert flags(one, other) == {"same_curve": "R1, R3"}
    assert flags(one, R3 | {"curve": [0.1, 0.5, 0.31]}) == {}
    assert flags(one, R3 | {"curve": [0.1, 0.5]}) == {}


def test_a_flat_curve_says_nothing() -> None:
    assert flags(R1 | {"curve": [0.2, 0.2]}, R3 | {"curve": [0.2, 0.2]}) == {}


def retest(minute: int, **more: Any) -> dict[str, str]:
    failed = {"report": "F", "vin": "V", "tested_at": "2026-03-01T09:00:00+08:00", "has_passed": False}
    passed = {"report": "P", "vin": "V", "tested_at": f"2026-03-01T09:{minute:02}:00+08:00", "has_passed": True}
    return flags(failed, passed | more)


def test_passed_soon_after_a_failure_without_a_repair() -> None:
    assert retest(20) == {"quick_retest": "P"}
    assert retest(29) == {"quick_retest": "P"}
    assert retest(30) == {}
    assert retest(20, has_repair_record=True) == {}
    assert retest(20, has_passed=False) == {}
    assert retest(20, vin="W") == {}


def test_several_rules_may_flag_one_report() -> None:
    found = ask("supervision", json.dumps({"reports": [R1 | {"counters": [2], "open_monitors": 5}, R2]}))
    assert number(found, Quantity.FLAGGED_REPORTS).inputs == {
        "R1": "same_calibration, code_cleared, counter",
        "R2": "same_calibration",
    }


def test_a_rule_may_be_switched_off() -> None:
    assert ask("supervision", json.dumps({"reports": [R1, R2]}), rule_same_calibration="off").cards == ()


def test_nothing_found_is_no_card() -> None:
    found = ask("supervision", '{"reports": [{"report": "R1"}]}')
    assert found.cards == ()
    assert number(found, Quantity.FLAGGED_REPORTS).rounded == 0


@pytest.mark.parametrize(
    ("reports", "field"),
    [
        ([], "reports"),
        ([{"report": "R1"}, {"report": "R1"}], "reports[1].report"),
        ([{"report": ""}], "reports[0].report"),
        ([{}], "reports[0].report"),
        ([{"report": "R1", "co_percent": [1], "co2_percent": [1, 2]}], "co2_percent"),
        ([{"report": "R1", "rpm": [1], "obd_rpm": []}], "obd_rpm"),
        ([{"report": "R1", "k_per_m": [-1]}], "reports[0].k_per_m"),
        ([{"report": "R1", "cleared_km": -1}], "reports[0].cleared_km"),
        ([{"report": "R1", "open_monitors": -1}], "reports[0].open_monitors"),
    ],
)
def test_reports_that_cannot_be_compared_are_refused(reports: list[dict[str, Any]], field: str) -> None:
    assert refused("supervision", json.dumps({"reports": reports})) == field


def test_every_rule_of_the_tables_is_looked_at() -> None:
    assert set(RULES) == {*BY_REPORT, *COMPARING}
    assert {row.key for row in EDITIONS["equipment"].settings.all() if row.key.startswith("rule_")} == {
        f"rule_{rule}" for rule in RULES
    }


def test_every_rule_has_its_words() -> None:
    found = ask("supervision", json.dumps({"reports": [R1, R2]}))
    reason = only(found).reason
    assert reason is not None
    for rule in RULES:
        sentence = said(type(reason)(f"standards.supervision.{rule}", reason.params))
        assert "R1, R2" in sentence
