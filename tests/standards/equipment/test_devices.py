"""Dynamometer, analyser, opacimeter and the other devices: worked figures, tolerances to the last digit, what is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.platform_limits import PlatformLimit
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

ROLLERS = '"diw_kg": 907.2, "v1_kmh": 50, "v2_kmh": 30'
COAST = f'{ROLLERS}, "ihp_kW": 8, "plhp_kW": 1.2'


def rollers(kind: str, text: str, /, **settings: str) -> Judgement:
    return ask(kind, "{" + text + "}", **settings)


def test_coast_down_time_and_its_bounds() -> None:
    found = rollers("coast_down", COAST)
    quantities = (Quantity.COAST_DOWN_TIME, Quantity.COAST_DOWN_SHORTEST, Quantity.COAST_DOWN_LONGEST)
    assert [f"{number(found, each).rounded:f}" for each in quantities] == ["6.087", "5.661", "6.513"]
    assert found.cards == ()


@pytest.mark.parametrize(
    ("ccdt", "acdt", "outcome"),
    [
        ("10", "10.7", PASS),
        ("10", "10.701", FAIL),
        ("10", "10.70000000000001", FAIL),
        ("10", "9.3", PASS),
        ("10", "9.299", FAIL),
        ("10", "10", PASS),
        ("6.087", "6.513", PASS),
        ("6.087", "6.514", FAIL),
    ],
)
def test_seven_percent_of_the_computed_time(ccdt: str, acdt: str, outcome: Outcome) -> None:
    assert only(rollers("coast_down", f'"ccdt_s": {ccdt}, "acdt_s": {acdt}')).outcome is outcome


def test_error_is_judged_as_it_is_and_rounded_only_where_a_setting_says_so() -> None:
    text = '"ccdt_s": 10, "acdt_s": 10.7004'
    assert only(rollers("coast_down", text)).outcome is FAIL
    assert only(rollers("coast_down", text, check_compared="rounded")).outcome is PASS


def test_a_tolerance_of_the_record_goes_before_the_tables() -> None:
    found = only(rollers("coast_down", '"ccdt_s": 10, "acdt_s": 10.5, "limit_percent": 3.5'))
    assert (found.outcome, found.source, found.doubtful) == (FAIL, "record", False)


def test_a_limit_of_the_platform_goes_before_the_tables() -> None:
    asked = case("equipment", ON, {"coast_down_error": PlatformLimit({"value": Decimal(3)})})
    assert only(ask("coast_down", '{"ccdt_s": 10, "acdt_s": 10.5}', asked)).outcome is FAIL


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (f'{ROLLERS}, "ihp_kW": 8', "plhp_kW"),
        ('"diw_kg": 907.2, "v1_kmh": 30, "v2_kmh": 50, "ihp_kW": 8, "plhp_kW": 1', "v2_kmh"),
        ('"diw_kg": 907.2, "v1_kmh": 50, "v2_kmh": 50, "ihp_kW": 8, "plhp_kW": 1', "v2_kmh"),
        ('"diw_kg": 0, "v1_kmh": 50, "v2_kmh": 30, "ihp_kW": 8, "plhp_kW": 1', "diw_kg"),
        (f'{ROLLERS}, "ihp_kW": 0, "plhp_kW": 0', "ihp_kW"),
        (f'{ROLLERS}, "ihp_kW": -8, "plhp_kW": 1', "ihp_kW"),
        (f'{COAST}, "acdt_s": 0', "acdt_s"),
        (f'{COAST}, "acdt_s": NaN', "acdt_s"),
        (f'{COAST}, "acdt_s": 6, "limit_percent": -1', "limit_percent"),
        ("", "diw_kg"),
    ],
)
def test_a_coast_down_that_cannot_be_is_refused(text: str, field: str) -> None:
    assert refused("coast_down", "{" + text + "}") == field


def test_parasitic_power_is_reported_as_measured() -> None:
    found = rollers("parasitic_power", f'{ROLLERS}, "coast_time_s": 20.5')
    assert f"{number(found, Quantity.PARASITIC_POWER).rounded:f}" == "2.73"
    flag = only(found)
    assert (flag.outcome, flag.counts, flag.inputs["exceeds"]) == (FAIL, False, "yes")
    assert code(flag) == "standards.equipment.high_parasitic_power"


def test_usual_parasitic_power_is_not_flagged() -> None:
    assert only(rollers("parasitic_power", f'{ROLLERS}, "coast_time_s": 46.66')).outcome is PASS
    exactly = '"diw_kg": 900, "v1_kmh": 36, "v2_kmh": 18, "coast_time_s": 13.5'
    flag = only(rollers("parasitic_power", exactly))
    assert (flag.exact, flag.outcome) == (Decimal("2.5"), PASS)


@pytest.mark.parametrize(
    ("reported", "outcome"), [("2.73", FAIL), ("2.734", FAIL), ("2.40", INVALID), ("2.74", INVALID)]
)
def test_a_rewritten_parasitic_power_does_not_count(reported: str, outcome: Outcome) -> None:
    found = only(rollers("parasitic_power", f'{ROLLERS}, "coast_time_s": 20.5, "reported_plhp_kW": {reported}'))
    assert (found.outcome, found.counts) == (outcome, outcome is INVALID)


@pytest.mark.parametrize(("actual", "outcome"), [("11.44", PASS), ("11.45", FAIL), ("10.56", PASS), ("10.55", FAIL)])
def test_load_to_both_sides(actual: str, outcome: Outcome) -> None:
    found = only(rollers("load_accuracy", f'"fuel": "petrol", "set_kW": 11, "actual_kW": {actual}'))
    assert (found.outcome, found.doubtful) == (outcome, True)


def gas(text: str, /, **settings: str) -> Judgement:
    return ask("analyser_check", "{" + text + "}", **settings)


def test_propane_becomes_hexane_and_the_absolute_way_is_enough() -> None:
    found = gas(
        '"component": "HC", "cylinder": 200, "pef": 0.505, "measured": 105, '
        '"absolute_limit": 4, "relative_limit_percent": 3'
    )
    judged = only(found)
    assert number(found, Quantity.NOMINAL_HC).exact == 101
    assert f"{number(found, Quantity.ANALYSER_RELATIVE_ERROR).rounded:f}" == "3.96"
    assert (judged.exact, judged.limit, judged.outcome, judged.source) == (Decimal(4), Decimal(4), PASS, "record")


@pytest.mark.parametrize(
    ("measured", "outcome", "way"),
    [
        ("105.0", PASS, "absolute alone"),
        ("105.1", FAIL, "neither"),
        ("97.0", PASS, "absolute alone"),
        ("96.9", FAIL, "neither"),
        ("103.0", PASS, "both"),
    ],
)
def test_low_hydrocarbon_of_class_00(measured: str, outcome: Outcome, way: str) -> None:
    text = f'"component": "HC", "cylinder": 200, "pef": 0.505, "analyser_class": "00", "measured": {measured}'
    assert only(gas(text)).outcome is outcome, way


@pytest.mark.parametrize(("measured", "outcome"), [("1030", PASS), ("1030.1", FAIL), ("970", PASS), ("969.9", FAIL)])
def test_high_hydrocarbon_passes_by_the_relative_way_alone(measured: str, outcome: Outcome) -> None:
    text = f'"component": "HC", "nominal": 1000, "analyser_class": "00", "measured": {measured}'
    assert only(gas(text)).outcome is outcome


def test_nearly_six_percent_is_not_five() -> None:
    text = '"component": "NO", "nominal": 1000, "analyser_class": "I", "measured": '
    assert only(gas(text + "1059")).outcome is FAIL
    assert only(gas(text + "1050")).outcome is PASS


@pytest.mark.parametrize(
    ("component", "accuracy", "nominal", "measured", "outcome"),
    [
        ("CO", "00", "0.5", "0.52", PASS),
        ("CO", "00", "0.5", "0.5201", FAIL),
        ("CO", "00", "5", "5.15", PASS),
        ("CO", "00", "5", "5.1501", FAIL),
        ("CO", "00", "12", "12.6", PASS),
        ("CO", "00", "12", "12.61", FAIL),
        ("CO", "0", "0.5", "0.53", PASS),
        ("CO", "I", "0.5", "0.56", PASS),
        ("CO", "I", "0.5", "0.561", FAIL),
        ("CO2", "00", "6", "6.3", PASS),
        ("CO2", "00", "6", "6.31", FAIL),
        ("CO2", "I", "12", "12.6", PASS),
        ("NO", "00", "300", "325", PASS),
        ("NO", "00", "300", "325.1", FAIL),
        ("NO", "00", "3000", "3120", PASS),
        ("NO", "00", "4000", "4160", PASS),
        ("NO", "00", "4000", "4161", FAIL),
        ("NO", "00", "4001", "4321", PASS),
        ("NO", "00", "4500", "4861", FAIL),
        ("NO2", "00", "100", "125", PASS),
        ("NO2", "I", "100", "125", NOT_JUDGED),
        ("O2", "00", "20.9", "21.94", PASS),
        ("O2", "00", "0", "0.1", PASS),
        ("O2", "00", "0", "0.11", FAIL),
    ],
)
def test_tolerances_of_each_gas(component: str, accuracy: str, nominal: str, measured: str, outcome: Outcome) -> None:
    text = f'"component": "{component}", "analyser_class": "{accuracy}", "nominal": {nominal}, "measured": {measured}'
    assert only(gas(text)).outcome is outcome


def test_one_way_alone_allows_nothing_in_the_other() -> None:
    text = '"component": "CO", "nominal": 1, "measured": 1.03, '
    assert only(gas(text + '"relative_limit_percent": 3')).outcome is PASS
    assert only(gas(text + '"absolute_limit": 0.02')).outcome is FAIL


def test_a_gas_of_zero_has_no_relative_error() -> None:
    found = gas('"component": "CO", "nominal": 0, "measured": 0.02, "analyser_class": "00"')
    assert (only(found).outcome, found.computed) == (PASS, ())


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('"component": "HC", "cylinder": 200, "measured": 100, "analyser_class": "00"', "pef"),
        ('"component": "CO", "cylinder": 2, "pef": 0.5, "measured": 1, "analyser_class": "00"', "pef"),
        ('"component": "CO", "cylinder": 2, "measured": 1', "analyser_class"),
        ('"component": "CO", "cylinder": 2, "measured": -1, "analyser_class": "00"', "measured"),
        ('"component": "CO", "cylinder": 200, "measured": 1, "analyser_class": "00"', "cylinder"),
        ('"component": "CO", "measured": 1, "analyser_class": "00"', "cylinder | nominal"),
        ('"component": "CO", "cylinder": 1, "nominal": 1, "measured": 1, "analyser_class": "00"', "nominal"),
        ('"component": "SO2", "nominal": 1, "measured": 1, "analyser_class": "00"', "component"),
        ('"component": "HC", "cylinder": 200, "pef": 0, "measured": 100, "analyser_class": "00"', "pef"),
    ],
)
def test_a_gas_check_that_cannot_be_used_is_refused(text: str, field: str) -> None:
    assert refused("analyser_check", "{" + text + "}") == field


@given(st.decimals(1, 1000, places=1), st.decimals(0, 1100, places=1), st.decimals(1, 20, places=1))
def test_absolute_or_relative_is_the_wider_of_both(nominal: Decimal, measured: Decimal, percent: Decimal) -> None:
    ways = f'"component": "NO", "nominal": {nominal}, "measured": {measured}'
    both = only(gas(f'{ways}, "absolute_limit": 25, "relative_limit_percent": {percent}')).outcome
    absolute = only(gas(f'{ways}, "absolute_limit": 25')).outcome
    relative = only(gas(f'{ways}, "relative_limit_percent": {percent}')).outcome
    assert (both is PASS) == (PASS in (absolute, relative))
    error = abs(Fraction(measured) - Fraction(nominal))
    assert (relative is PASS) == (error * 100 <= Fraction(percent) * Fraction(nominal))


@pytest.mark.parametrize(
    ("sensor", "measured", "outcome"),
    [
        ("analyser", "21.1", PASS),
        ("analyser", "21.11", FAIL),
        ("flow_meter", "22", PASS),
        ("flow_meter", "17.99", FAIL),
    ],
)
def test_oxygen_span(sensor: str, measured: str, outcome: Outcome) -> None:
    text = f'{{"sensor": "{sensor}", "nominal_percent": 20, "measured_percent": {measured}}}'
    assert only(ask("o2_span", text)).outcome is outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('"nominal_N_percent": 50.2, "reading_N_percent": 52.2', PASS),
        ('"nominal_N_percent": 50.2, "reading_N_percent": 52.21', FAIL),
        ('"nominal_N_percent": 50.2, "reading_N_percent": 48.2', PASS),
        ('"nominal_N_percent": 50.2, "reading_N_percent": 48.1', FAIL),
        ('"nominal_N_percent": 50.2, "reading_N_percent": 51.8, "limit_N_percent": 1.5', FAIL),
        ('"nominal_N_percent": 50.2, "reading_N_percent": 51.7, "limit_N_percent": 1.5', PASS),
        ('"point": "zero", "reading_N_percent": -0.3', PASS),
        ('"point": "zero", "reading_N_percent": 2.1', FAIL),
        ('"point": "full_scale", "reading_N_percent": 98', PASS),
        ('"point": "full_scale", "reading_N_percent": 97.9', FAIL),
    ],
)
def test_opacimeter(text: str, outcome: Outcome) -> None:
    assert only(ask("opacimeter_check", "{" + text + "}")).outcome is outcome


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"reading_N_percent": 50}', "nominal_N_percent"),
        ('{"reading_N_percent": 50, "nominal_N_percent": 101}', "nominal_N_percent"),
        ('{"reading_N_percent": 0, "point": "zero", "nominal_N_percent": 5}', "nominal_N_percent"),
        ('{"reading_N_percent": 150, "nominal_N_percent": 50}', "reading_N_percent"),
    ],
)
def test_an_opacimeter_check_that_cannot_be_is_refused(text: str, field: str) -> None:
    assert refused("opacimeter_check", text) == field


@pytest.mark.parametrize(
    ("hc", "settings", "outcome"),
    [
        ("6.9", {}, PASS),
        ("7", {}, FAIL),
        ("7", {"residue_bounds": "included"}, PASS),
        ("7.1", {"residue_bounds": "included"}, FAIL),
    ],
)
def test_residue_must_be_below(hc: str, settings: dict[str, str], outcome: Outcome) -> None:
    found = only(ask("residue", f'{{"hc_ppm": {hc}}}', **settings))
    assert (found.outcome, found.doubtful) == (outcome, True)
    assert only(ask("residue", f'{{"hc_ppm": {hc}, "limit_ppm": 15}}', **settings)).outcome is PASS


def test_each_gas_of_the_air_by_itself() -> None:
    found = ask("background_air", '{"air": "ambient", "hc_ppm": 6, "co_percent": 0.02, "no_ppm": 24}')
    assert [each.outcome for each in found.cards] == [PASS, FAIL, PASS]
    assert refused("background_air", '{"air": "ambient"}') == "hc_ppm | co_percent | no_ppm"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('"efficiency_percent": 90', PASS),
        ('"efficiency_percent": 89.99', FAIL),
        ('"nominal_no2_ppm": 100, "measured_no2_ppm": 90', PASS),
        ('"nominal_no2_ppm": 100, "measured_no2_ppm": 89.9', FAIL),
        ('"efficiency_percent": 94, "limit_percent": 95', FAIL),
    ],
)
def test_converter(text: str, outcome: Outcome) -> None:
    assert only(ask("converter", "{" + text + "}")).outcome is outcome


@pytest.mark.parametrize(
    ("component", "edge", "limit"),
    [
        ("HC", "T90", "5.5"),
        ("NO2", "T90", "6.5"),
        ("O2", "T90", "7.5"),
        ("CO2", "T10", "5.7"),
        ("NO", "T10", "6.7"),
        ("O2", "T10", "8.5"),
    ],
)
def test_response_times_at_their_limits(component: str, edge: str, limit: str) -> None:
    def judged(seconds: Decimal) -> Outcome:
        text = f'{{"component": "{component}", "edge": "{edge}", "measured_s": {seconds}}}'
        return only(ask("response_time", text)).outcome

    assert judged(Decimal(limit)) is PASS
    assert judged(Decimal(limit) + Decimal("0.01")) is FAIL


def test_sensors_of_the_air() -> None:
    found = ask(
        "ambient_sensors",
        '{"temperature_C": -5.5, "reference_temperature_C": -5, "humidity_percent": 53.1, '
        '"reference_humidity_percent": 50, "pressure_kPa": 99, "reference_pressure_kPa": 101}',
    )
    assert card(found, Quantity.TEMPERATURE_ERROR).outcome is PASS
    assert card(found, Quantity.HUMIDITY_ERROR).outcome is FAIL
    assert card(found, Quantity.PRESSURE_ERROR).outcome is PASS
    assert refused("ambient_sensors", '{"temperature_C": 20}') == "reference_temperature_C"
    assert refused("ambient_sensors", "{}") == "temperature_C | humidity_percent | pressure_kPa"


@pytest.mark.parametrize(("measured", "outcome"), [("2020", PASS), ("2021", FAIL), ("1980", PASS), ("1979", FAIL)])
def test_tachometer(measured: str, outcome: Outcome) -> None:
    assert only(ask("tachometer", f'{{"nominal_rpm": 2000, "measured_rpm": {measured}}}')).outcome is outcome


@given(
    st.decimals(100, 5000, places=1),
    st.decimals(20, 90, places=1),
    st.decimals(1, 19, places=1),
    st.decimals(1, 60, places=2),
)
def test_a_free_coast_down_and_its_parasitic_power_belong_together(
    mass: Decimal, first: Decimal, last: Decimal, seconds: Decimal
) -> None:
    speeds = f'"diw_kg": {mass}, "v1_kmh": {first}, "v2_kmh": {last}'
    power = number(rollers("parasitic_power", f'{speeds}, "coast_time_s": {seconds}'), Quantity.PARASITIC_POWER).exact
    if power < Decimal("0.01") or power > 900:
        return
    back = number(rollers("coast_down", f'{speeds}, "ihp_kW": 0, "plhp_kW": {power}'), Quantity.COAST_DOWN_TIME).exact
    assert abs(back - seconds) < Decimal("1e-6")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('"efficiency_percent": 100.1', "efficiency_percent"),
        ('"nominal_no2_ppm": 100, "measured_no2_ppm": 101', "measured_no2_ppm"),
    ],
)
def test_a_converter_cannot_give_more_than_there_was(text: str, field: str) -> None:
    assert refused("converter", f"{{{text}}}") == field


def test_a_computed_time_that_is_not_that_of_its_figures_is_refused() -> None:
    five = '"diw_kg": 908, "v1_kmh": 50, "v2_kmh": 30, "ihp_kW": 6, "plhp_kW": 1'
    assert refused("coast_down", f'{{{five}, "ccdt_s": 20, "acdt_s": 20}}') == "ccdt_s"
    assert only(ask("coast_down", f'{{{five}, "ccdt_s": 8.01, "acdt_s": 8}}')).outcome is PASS
