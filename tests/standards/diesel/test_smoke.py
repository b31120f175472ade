"""Opacity and light absorption of one another, free acceleration, the shade of smoke."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.diesel.smoke import absorption, opacity
from carcheck_desktop.standards.platform_limits import PlatformLimit
from tests.standards.exhaust_asking import FAIL, INVALID, ON, PASS, ask, case, code, number, only, refused

PATH = Fraction(43, 100)
K = Quantity.LIGHT_ABSORPTION


@pytest.mark.parametrize(
    ("opacity_percent", "exact", "rounded"),
    [
        ("10", "0.245024", "0.25"),
        ("0", "0", "0.00"),
        ("26", "0.700244", "0.70"),
        ("40", "1.187966", "1.19"),
        ("50", "1.611970", "1.61"),
        ("99.9", "16.064547", "16.06"),
    ],
)
def test_light_absorption_of_an_opacity(opacity_percent: str, exact: str, rounded: str) -> None:
    found = number(ask("opacity", f'{{"N_percent": {opacity_percent}}}'), K)
    assert abs(found.exact - Decimal(exact)) <= Decimal("0.000001")
    assert f"{found.rounded:f}" == rounded


def test_opacity_of_a_light_absorption() -> None:
    found = number(ask("opacity", '{"k_per_m": 0.7}'), Quantity.OPACITY)
    assert f"{found.rounded:f}" == "26.0"
    assert number(ask("opacity", '{"k_per_m": 0}'), Quantity.OPACITY).exact == 0


def test_another_path_of_the_light_is_reckoned_with() -> None:
    half = number(ask("opacity", '{"N_percent": 10, "path_m": 0.215}'), K).exact
    assert abs(half - 2 * number(ask("opacity", '{"N_percent": 10}'), K).exact) < Decimal("1e-11")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"N_percent": 100}', "N_percent"),
        ('{"N_percent": -0.1}', "N_percent"),
        ('{"N_percent": NaN}', "N_percent"),
        ('{"N_percent": 100.1}', "N_percent"),
        ('{"k_per_m": -0.01}', "k_per_m"),
        ('{"k_per_m": 31}', "k_per_m"),
        ('{"N_percent": 10, "path_m": 0}', "path_m"),
        ('{"N_percent": 10, "k_per_m": 0.25}', "k_per_m"),
        ("{}", "N_percent | k_per_m"),
    ],
)
def test_what_no_opacimeter_reads_is_refused(text: str, field: str) -> None:
    assert refused("opacity", text) == field


@given(st.fractions(0, Fraction(999, 10)), st.fractions(0, Fraction(999, 10)))
def test_denser_smoke_has_more_light_absorption(one: Fraction, other: Fraction) -> None:
    assert (absorption(one, PATH) <= absorption(other, PATH)) == (one <= other)


@given(st.decimals(0, Decimal("99.9"), places=1))
def test_there_and_back(value: Decimal) -> None:
    assert abs(opacity(absorption(Fraction(value), PATH), PATH) - Fraction(value)) < Fraction(1, 10**20)


def accelerations(peaks: str, more: str = "", /, **settings: str) -> Judgement:
    return ask("free_acceleration", f'{{"peak_k_per_m": [{peaks}]{more}}}', **settings)


@pytest.mark.parametrize(
    ("peaks", "settings", "rounded", "used", "outcome"),
    [
        ("0.95, 0.98, 0.92", {}, "0.95", "1, 2, 3", PASS),
        ("2.95, 0.98, 0.92, 0.95", {}, "0.95", "2, 3, 4", PASS),
        ("0.10, 1.30, 1.30, 1.30", {}, "1.30", "2, 3, 4", FAIL),
        ("1.20, 1.20, 1.20", {}, "1.20", "1, 2, 3", PASS),
        ("1.20, 1.20, 1.22", {}, "1.21", "1, 2, 3", FAIL),
        ("1.20, 1.20, 1.21", {}, "1.20", "1, 2, 3", PASS),
        ("1.21, 1.21, 1.21", {}, "1.21", "1, 2, 3", FAIL),
        ("1.20, 1.20, 1.21", {"compared": "full"}, "1.20", "1, 2, 3", FAIL),
        ("0.70, 0.70, 0.70", {"limit_set": "b"}, "0.70", "1, 2, 3", PASS),
        ("0.71, 0.71, 0.71", {"limit_set": "b"}, "0.71", "1, 2, 3", FAIL),
        ("1.205, 1.205, 1.205", {}, "1.20", "1, 2, 3", PASS),
        ("1.215, 1.215, 1.215", {}, "1.22", "1, 2, 3", FAIL),
        ("0, 0, 0", {}, "0.00", "1, 2, 3", PASS),
    ],
)
def test_the_last_three_peaks_decide(
    peaks: str, settings: dict[str, str], rounded: str, used: str, outcome: str
) -> None:
    found = only(accelerations(peaks, **settings))
    assert (f"{found.rounded:f}", found.inputs["used_accelerations"], found.outcome) == (rounded, used, outcome)


def test_a_value_that_passes_by_rounding_alone_is_marked() -> None:
    found = only(accelerations("1.20, 1.20, 1.21"))
    assert (found.confidence, code(found)) == (Confidence.DISPUTED, "standards.doubt.rounded_value")
    assert only(accelerations("1.20, 1.20, 1.20")).reason is None


def test_peaks_come_from_opacity_and_from_series_too() -> None:
    by_series = ask("free_acceleration", '{"k_series_per_m": [[0.1, 0.95, 0.4], [0.98, 0.2], [0.5, 0.92]]}')
    assert only(by_series).exact == Decimal("0.95")
    by_opacity = ask("free_acceleration", '{"peak_N_percent": [10, 10, 10]}')
    assert f"{only(by_opacity).rounded:f}" == "0.25"
    assert number(by_opacity, Quantity.OPACITY).rounded == 10


def test_opacity_is_shown_beside_the_mean() -> None:
    assert f"{number(accelerations('0.95, 0.98, 0.92'), Quantity.OPACITY).rounded:f}" == "33.5"


@pytest.mark.parametrize(
    ("peaks", "more", "reason"),
    [
        ("0.95, 0.98", "", "few_accelerations"),
        ("", "", "few_accelerations"),
        ("0.9, 0.9, 0.9", ', "is_aborted": true, "abort_reason": "stall"', "aborted"),
        ("0.9, 0.9, 0.9", ', "reached_rpm": [4500, 4499, 4500], "cut_off_rpm": 4500', "slow_acceleration"),
    ],
)
def test_a_test_that_does_not_count_has_no_value(peaks: str, more: str, reason: str) -> None:
    found = only(accelerations(peaks, more))
    assert (found.outcome, found.rounded, code(found)) == (INVALID, None, f"standards.diesel.{reason}")


def test_only_counting_accelerations_must_reach_the_governed_speed() -> None:
    more = ', "reached_rpm": [3000, 4500, 4500, 4510], "cut_off_rpm": 4500'
    assert only(accelerations("0.9, 0.9, 0.9, 0.9", more)).outcome is PASS


def test_a_station_may_merely_record_the_governed_speed() -> None:
    more = ', "reached_rpm": [4500, 4499, 4500], "cut_off_rpm": 4500'
    found = only(accelerations("0.9, 0.9, 0.9", more, cut_off_speed="recorded"))
    assert (found.outcome, code(found)) == (PASS, "standards.diesel.slow_acceleration")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"peak_k_per_m": [0.9, -0.1, 0.9]}', "peak_k_per_m[1]"),
        ('{"peak_k_per_m": [0.9, NaN, 0.9]}', "peak_k_per_m[1]"),
        ('{"peak_N_percent": [0.9, 100, 0.9]}', "peak_N_percent[1]"),
        ('{"k_series_per_m": [[0.1], [], [0.2]]}', "k_series_per_m[1]"),
        ('{"peak_k_per_m": [1, 1, 1], "reached_rpm": [4500]}', "reached_rpm"),
        ('{"peak_k_per_m": [1, 1, 1], "reached_rpm": [1, -1, 1]}', "reached_rpm"),
        ("{}", "peak_k_per_m | peak_N_percent | k_series_per_m"),
    ],
)
def test_accelerations_that_cannot_be_used_are_refused_by_name(text: str, field: str) -> None:
    assert refused("free_acceleration", text) == field


def test_the_limit_of_the_platform_goes_before_the_tables() -> None:
    asked = case("diesel", ON, {"free_acceleration_k": PlatformLimit({"value": Decimal("0.9")})})
    found = only(ask("free_acceleration", '{"peak_k_per_m": [0.95, 0.95, 0.95]}', asked))
    assert (found.outcome, found.limit, found.source) == (FAIL, Decimal("0.9"), "platform")


@given(st.lists(st.decimals(0, 3, places=2), min_size=3, max_size=3))
def test_the_order_of_three_accelerations_does_not_matter(peaks: list[Decimal]) -> None:
    there = only(accelerations(", ".join(map(str, peaks))))
    back = only(accelerations(", ".join(map(str, reversed(peaks)))))
    assert (there.exact, there.outcome) == (back.exact, back.outcome)


@given(st.lists(st.decimals(0, 3, places=2), min_size=3, max_size=4), st.decimals(0, 1, places=2), st.integers(0, 3))
def test_more_smoke_never_helps(peaks: list[Decimal], more: Decimal, place: int) -> None:
    denser = [each + more if number == place else each for number, each in enumerate(peaks)]
    before = only(accelerations(", ".join(map(str, peaks))))
    after = only(accelerations(", ".join(map(str, denser))))
    assert not (before.outcome is FAIL and after.outcome is PASS)


@pytest.mark.parametrize(("grade", "outcome"), [("0", PASS), ("1", PASS), ("1.5", FAIL), ("5", FAIL)])
def test_grade_one_is_not_exceeded(grade: str, outcome: str) -> None:
    assert only(ask("ringelmann", f'{{"grade": {grade}}}')).outcome is outcome


@pytest.mark.parametrize("grade", ["-1", "5.5", "NaN"])
def test_a_grade_that_the_chart_does_not_have_is_refused(grade: str) -> None:
    assert refused("ringelmann", f'{{"grade": {grade}}}') == "grade"


@pytest.mark.parametrize("grade", ["1.01", "0.25"])
def test_a_shade_between_the_halves_of_the_chart_is_refused(grade: str) -> None:
    assert refused("ringelmann", f'{{"grade": {grade}}}') == "grade"


@pytest.mark.parametrize("path_m", ["0.04", "1.1"])
def test_a_path_of_no_opacimeter_is_refused(path_m: str) -> None:
    assert refused("opacity", f'{{"N_percent": 10, "path_m": {path_m}}}') == "path_m"
