"""Lugging down: power brought to reference air, both points, altitude, what does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.platform_limits import PlatformLimit
from carcheck_desktop.standards.traits import Traits
from tests.standards.exhaust_asking import (
    FAIL,
    INVALID,
    NOT_JUDGED,
    ON,
    PASS,
    ask,
    card,
    case,
    code,
    number,
    only,
    refused,
)

POWER, K100, K80, NOX = (
    Quantity.LUGDOWN_POWER, Quantity.LUGDOWN_K100, Quantity.LUGDOWN_K80, Quantity.LUGDOWN_NOX,
)  # fmt: skip
FACTOR = Quantity.POWER_CORRECTION_FACTOR
AIR = '"temperature_C": 30, "pressure_kPa": 95, "is_turbocharged": false'
POINTS = '"k100_per_m": 0.6, "k80_per_m": 0.5, "nox80_ppm": 900'


def corrected(text: str, /, **settings: str) -> Judgement:
    return ask("power_correction", "{" + text + "}", **settings)


def lugged(text: str, /, **settings: str) -> Judgement:
    return ask("lugdown", "{" + text + "}", **settings)


def outcomes(judgement: Judgement) -> list[Outcome]:
    return [each.outcome for each in judgement.cards]


def test_power_of_a_natural_engine_at_the_limit_by_rounding() -> None:
    found = corrected(f'{AIR}, "measured_power_kW": 30, "rated_power_kW": 80')
    power = only(found)
    assert f"{number(found, Quantity.ATMOSPHERIC_FACTOR).exact:.6f}" == "1.054314"
    assert f"{number(found, FACTOR).rounded:f}" == "1.066"
    assert f"{number(found, Quantity.CORRECTED_POWER).rounded:f}" == "32.0"
    assert f"{power.exact:.4f}" == "31.9658"
    assert (power.limit, power.outcome, power.confidence) == (Decimal(32), PASS, Confidence.DISPUTED)
    assert code(power) == "standards.doubt.rounded_value"
    assert only(corrected(f'{AIR}, "measured_power_kW": 30, "rated_power_kW": 80', compared="full")).outcome is FAIL


@pytest.mark.parametrize(
    ("celsius", "pressure", "turbo", "factor"),
    [
        ("25", "99", "false", "1.000"),
        ("25", "99", "true", "1.000"),
        ("30", "95", "false", "1.066"),
        ("30", "95", "true", "1.067"),
        ("-5", "101.3", "false", "0.890"),
        ("-5", "101.3", "true", "0.810"),
        ("40", "80", "false", "1.346"),
        ("40", "80", "true", "1.307"),
    ],
)
def test_factor_of_the_air(celsius: str, pressure: str, turbo: str, factor: str) -> None:
    text = f'"temperature_C": {celsius}, "pressure_kPa": {pressure}, "is_turbocharged": {turbo}'
    assert f"{number(corrected(text), FACTOR).rounded:f}" == factor


def test_the_exponent_of_an_engine_may_be_given() -> None:
    found = corrected(f'{AIR}, "fm": 0.3')
    assert f"{number(found, FACTOR).exact:.4f}" == "1.0160"


def test_charging_and_rated_power_come_from_the_vehicle() -> None:
    asked = replace(case("diesel"), vehicle=Traits(is_turbocharged=True, rated_power_kW=Decimal(80)))
    text = '{"temperature_C": 25, "pressure_kPa": 99, "measured_power_kW": 31.9}'
    assert only(ask("power_correction", text, asked)).outcome is FAIL
    assert refused("power_correction", '{"temperature_C": 25, "pressure_kPa": 99}') == "vehicle.is_turbocharged"


@pytest.mark.parametrize(
    ("power", "rated", "outcome"),
    [("32.0", "80", PASS), ("31.9", "80", FAIL), ("31.95", "80", PASS), ("31.949", "80", FAIL), ("28", "70", PASS)],
)
def test_forty_percent_of_the_rated_power(power: str, rated: str, outcome: Outcome) -> None:
    found = lugged(f'"parts": ["power"], "corrected_power_kW": {power}, "rated_power_kW": {rated}')
    assert only(found).outcome is outcome


def test_power_by_a_factor_that_is_given() -> None:
    text = '"parts": ["power"], "measured_power_kW": 30, "correction_factor": 1.066, "rated_power_kW": 80'
    assert only(lugged(text)).exact == Decimal("31.98")


def test_a_platform_may_send_the_limit_in_kilowatt_or_as_a_share() -> None:
    text = '{"parts": ["power"], "corrected_power_kW": 30, "rated_power_kW": 80}'
    in_kW = case("diesel", ON, {"lugdown_power": PlatformLimit({"value": Decimal(28)})})
    assert (only(ask("lugdown", text, in_kW)).limit, only(ask("lugdown", text, in_kW)).outcome) == (Decimal(28), PASS)
    share = case("diesel", ON, {"wheel_power_share": PlatformLimit({"value": Decimal(50)})})
    assert (only(ask("lugdown", text, share)).limit, only(ask("lugdown", text, share)).outcome) == (Decimal(40), FAIL)


def test_a_whole_test() -> None:
    found = lugged(f'{AIR}, "measured_power_kW": 36, "rated_power_kW": 80, {POINTS}')
    assert [each.quantity for each in found.cards] == [POWER, K100, K80, NOX]
    assert outcomes(found) == [PASS] * 4


@pytest.mark.parametrize(
    ("part", "field", "value", "settings", "outcome"),
    [
        ("k100", "k100_per_m", "1.20", {}, PASS),
        ("k100", "k100_per_m", "1.21", {}, FAIL),
        ("k80", "k80_per_m", "1.20", {}, PASS),
        ("k80", "k80_per_m", "1.21", {}, FAIL),
        ("k100", "k100_per_m", "0.70", {"limit_set": "b"}, PASS),
        ("k80", "k80_per_m", "0.71", {"limit_set": "b"}, FAIL),
        ("nox", "nox80_ppm", "1500", {}, PASS),
        ("nox", "nox80_ppm", "1501", {}, FAIL),
        ("nox", "nox80_ppm", "1500.5", {}, PASS),
        ("nox", "nox80_ppm", "900", {"limit_set": "b"}, PASS),
        ("nox", "nox80_ppm", "901", {"limit_set": "b"}, FAIL),
    ],
)
def test_limits_of_each_result(part: str, field: str, value: str, settings: dict[str, str], outcome: Outcome) -> None:
    assert only(lugged(f'"parts": ["{part}"], "{field}": {value}', **settings)).outcome is outcome


def test_nine_seconds_make_a_mean() -> None:
    seconds = "1.1, 1.2, 1.3, 1.1, 1.2, 1.3, 1.1, 1.2, 1.3"
    found = only(lugged(f'"parts": ["k80"], "k80_each_second_per_m": [{seconds}]'))
    assert (found.exact, found.outcome, found.inputs["seconds"]) == (Decimal("1.2"), PASS, "9")
    short = only(lugged('"parts": ["k80"], "k80_each_second_per_m": [1.1, 1.2]'))
    assert (short.outcome, code(short)) == (INVALID, "standards.diesel.short_sample")


def test_nox_was_measured_before_it_was_judged() -> None:
    text = '{"parts": ["nox"], "nox80_ppm": 3000}'
    early = only(ask("lugdown", text, case("diesel", date(2019, 10, 31))))
    assert (early.outcome, early.counts, early.rounded) == (NOT_JUDGED, False, Decimal(3000))
    assert only(ask("lugdown", text, case("diesel", date(2019, 11, 1)))).outcome is FAIL


@pytest.mark.parametrize(("day", "limit"), [(date(2020, 6, 30), 1200), (date(2020, 7, 1), 900)])
def test_the_second_set_had_a_transition(day: date, limit: int) -> None:
    found = only(ask("lugdown", '{"parts": ["nox"], "nox80_ppm": 100}', case("diesel", day, limit_set="b")))
    assert (found.limit, found.doubtful) == (Decimal(limit), True)


def test_a_test_that_stopped_for_low_power_has_no_smoke_and_fails() -> None:
    found = lugged(f'{AIR}, "measured_power_kW": 20, "rated_power_kW": 80')
    assert outcomes(found) == [FAIL, NOT_JUDGED, NOT_JUDGED, NOT_JUDGED]
    assert {code(each) for each in found.cards[1:]} == {"standards.diesel.stopped_low_power"}
    assert all(each.rounded is None for each in found.cards[1:])


def test_what_is_missing_of_a_whole_test_never_passes() -> None:
    found = lugged(f'{AIR}, "measured_power_kW": 36, "rated_power_kW": 80')
    assert outcomes(found) == [PASS, NOT_JUDGED, NOT_JUDGED, NOT_JUDGED]
    assert code(card(found, K100)) == "standards.diesel.not_measured"
    assert outcomes(lugged(POINTS)) == [NOT_JUDGED, PASS, PASS, PASS]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('"is_aborted": true', "aborted"),
        ('"temperature_C": 45.1', "too_hot"),
        ('"duration_s": 300.1', "too_long"),
        ('"lowest_co2_percent": 1.99', "little_co2"),
    ],
)
def test_a_test_that_does_not_count(more: str, reason: str) -> None:
    found = lugged(f'"corrected_power_kW": 40, "rated_power_kW": 80, {POINTS}, {more}')
    assert outcomes(found) == [INVALID] * 4
    assert {code(each) for each in found.cards} == {f"standards.diesel.{reason}"}
    assert found.computed == ()


@pytest.mark.parametrize("more", ['"temperature_C": 45', '"duration_s": 300', '"lowest_co2_percent": 2'])
def test_exactly_at_a_bound_a_test_counts(more: str) -> None:
    found = lugged(f'"corrected_power_kW": 40, "rated_power_kW": 80, {POINTS}, {more}')
    assert outcomes(found) == [PASS] * 4


def test_between_forty_and_forty_five_degrees_the_reading_decides() -> None:
    text = '"parts": ["k80"], "k80_per_m": 0.5, "temperature_C": 42'
    found = only(lugged(text))
    assert (found.outcome, code(found)) == (PASS, "standards.doubt.ambient_stop")
    assert only(lugged(text, ambient_stop="above_40_C")).outcome is INVALID
    assert only(lugged(text.replace("42", "40"))).reason is None


@pytest.mark.parametrize(
    ("altitude", "setting", "limit"),
    [
        ("1500", "stepwise", "1.2"),
        ("2499", "stepwise", "1.2"),
        ("2500", "stepwise", "1.45"),
        ("4600", "stepwise", "1.95"),
        ("8000", "stepwise", "1.95"),
        ("2000", "linear", "1.325"),
        ("4500", "linear", "1.95"),
        ("5000", "linear", "1.95"),
        ("5000", "none", "1.2"),
    ],
)
def test_the_limit_grows_with_altitude(altitude: str, setting: str, limit: str) -> None:
    text = f'"parts": ["k100"], "k100_per_m": 0.5, "altitude_m": {altitude}'
    assert only(lugged(text, altitude_allowance=setting)).limit == Decimal(limit)


def test_altitude_that_decides_is_doubtful() -> None:
    found = only(lugged('"parts": ["k100"], "k100_per_m": 1.4, "altitude_m": 3000'))
    assert (found.outcome, found.confidence, code(found)) == (PASS, Confidence.RECALLED, "standards.doubt.altitude")
    assert only(lugged('"parts": ["k100"], "k100_per_m": 1.1, "altitude_m": 3000')).reason is None


def test_altitude_does_not_change_free_acceleration_and_nox() -> None:
    assert only(lugged('"parts": ["nox"], "nox80_ppm": 900, "altitude_m": 4000')).limit == 1500


def test_calculated_speed_of_the_highest_power() -> None:
    text = f'{POINTS}, "rated_rpm": 3000, "highest_rpm": 3500, "speed_at_highest_rpm_kmh": 70'
    assert number(lugged(text), Quantity.VELOCITY_AT_MAX_POWER).rounded == 60


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('"parts": []', "parts"),
        ('"parts": ["k100"]', "k100_per_m | k100_each_second_per_m"),
        ('"parts": ["nox"]', "nox80_ppm | nox80_each_second_ppm"),
        ('"parts": ["k100"], "k100_per_m": -1', "k100_per_m"),
        ('"parts": ["k100"], "k100_per_m": NaN', "k100_per_m"),
        ('"parts": ["power"], "rated_power_kW": 80', "measured_power_kW | corrected_power_kW"),
        ('"parts": ["power"], "corrected_power_kW": 40', "vehicle.rated_power_kW"),
        ('"parts": ["power"], "corrected_power_kW": 40, "rated_power_kW": 0', "rated_power_kW"),
        ('"parts": ["power"], "measured_power_kW": 40, "rated_power_kW": 80', "temperature_C"),
        ('"parts": ["power"], "measured_power_kW": -1, "rated_power_kW": 80', "measured_power_kW"),
        ('"k100_per_m": 1, "k100_each_second_per_m": [1,1,1,1,1,1,1,1,1]', "k100_each_second_per_m"),
        ('"k100_per_m": 1, "altitude_m": 20000', "altitude_m"),
        ('"k100_per_m": 1, "temperature_C": 300', "temperature_C"),
        ('"k100_per_m": 1, "duration_s": -1', "duration_s"),
        ('"k100_per_m": 1, "lowest_co2_percent": 101', "lowest_co2_percent"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(text: str, field: str) -> None:
    assert refused("lugdown", "{" + text + "}") == field


def test_fields_of_the_air_that_no_air_has_are_refused() -> None:
    assert refused("power_correction", '{"temperature_C": 30, "pressure_kPa": 950, "is_turbocharged": true}') == (
        "pressure_kPa"
    )


@given(st.decimals(0, 200, places=1), st.decimals(0, 50, places=1))
def test_more_power_never_worsens_the_verdict(power: Decimal, more: Decimal) -> None:
    def judged(value: Decimal) -> Outcome:
        return only(lugged(f'"parts": ["power"], "corrected_power_kW": {value}, "rated_power_kW": 100')).outcome

    assert not (judged(power) is PASS and judged(power + more) is FAIL)


@given(st.decimals(-20, 45, places=1), st.decimals(70, 105, places=1), st.booleans())
def test_thinner_and_warmer_air_has_a_larger_factor(celsius: Decimal, pressure: Decimal, turbo: bool) -> None:
    def factor(warmer: int, thinner: int) -> Decimal:
        text = f'"temperature_C": {celsius + warmer}, "pressure_kPa": {pressure - thinner}'
        return number(corrected(f'{text}, "is_turbocharged": {str(turbo).lower()}'), FACTOR).exact

    assert factor(0, 0) < factor(1, 0)
    assert factor(0, 0) < factor(0, 1)


def test_a_share_that_is_no_least_share_is_refused() -> None:
    asked = case("diesel", ON, {"wheel_power_share": PlatformLimit({"value": Decimal(40)}, Bound.AT_MOST)})
    with pytest.raises(DataError) as caught:
        ask("lugdown", '{"parts": ["power"], "corrected_power_kW": 40, "rated_power_kW": 80}', asked)
    assert caught.value.problem.params["field"] == "limits.wheel_power_share"


@pytest.mark.parametrize(("power_kW", "is_doubtful"), [("120", False), ("120.1", True)])
def test_more_power_than_the_engine_has_is_doubtful(power_kW: str, is_doubtful: bool) -> None:
    found = ask("lugdown", f'{{"parts": ["power"], "corrected_power_kW": {power_kW}, "rated_power_kW": 100}}')
    shown = only(found)
    assert (shown.outcome, code(shown) == "standards.doubt.high_power") == (PASS, is_doubtful)


@pytest.mark.parametrize("fm", ["0.29", "1.21"])
def test_an_exponent_of_no_engine_is_refused(fm: str) -> None:
    text = f'{{"temperature_C": 25, "pressure_kPa": 100, "is_turbocharged": false, "fm": {fm}}}'
    assert refused("power_correction", text) == "fm"
