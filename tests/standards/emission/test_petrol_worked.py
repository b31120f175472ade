"""Worked numbers of petrol exhaust agree, digit by digit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.domain.verdicts import Outcome
from tests.standards.emission.asked import AIR, ask, asm_seconds, cards, case_of, conclusion, near, numbers


def three(rpm: int, co: str, hc: int, co2: str, o2: str, step: str) -> list[dict[str, Any]]:
    """Return thirty seconds in threes: speeds 20 apart, HC 2 apart, CO as three texts."""
    return [
        {"rpm": rpm + 20 * n, "co_percent": Decimal(each), "hc_ppm": hc + 2 * n, "co2_percent": Decimal(co2),
         "o2_percent": Decimal(o2)}
        for _ in range(10)
        for n, each in zip((-1, 0, 1), step.split(), strict=True)
    ]  # fmt: skip


def test_two_speed_idle_second_by_second() -> None:
    found = ask(
        "two_speed_idle",
        high_idle=three(2500, "", 20, "14.8", "0.3", "0.10 0.12 0.11"),
        idle=three(800, "", 42, "14.5", "0.4", "0.20 0.22 0.24"),
    )
    made = cards(found)
    wanted = {
        "high_idle_co": ("0.11", "0.11"), "high_idle_hc": ("20", "20"), "idle_co": ("0.22", "0.22"),
        "idle_hc": ("42", "42"), "high_idle_lambda": ("1.01", "1.010094"),
    }  # fmt: skip
    for name, (rounded, exact) in wanted.items():
        assert made[name].rounded == Decimal(rounded)
        assert near(made[name].exact, exact)
    assert conclusion(found) is Outcome.PASS


@pytest.mark.parametrize(
    ("fuel", "hcv", "ocv"), [("petrol", 1.7261, 0.0176), ("lpg", 2.525, 0.0), ("natural_gas", 4.0, 0.0)]
)
def test_excess_air_by_fuel(fuel: str, hcv: float, ocv: float) -> None:
    mixture = {"co_percent": Decimal("0.1"), "co2_percent": 15, "o2_percent": Decimal("0.2"), "hc_ppm": 30}
    number = numbers(ask("excess_air", case_of({}), fuel=fuel, **mixture))["excess_air"]
    if fuel == "petrol":
        assert near(number.exact, "1.005207")
        assert number.rounded == Decimal("1.01")
    co, co2, o2, hc = 0.1, 15.0, 0.2, 30.0
    by_hand = (co2 + co / 2 + o2 + (hcv / 4 * 3.5 / (3.5 + co / co2) - ocv / 2) * (co2 + co)) / (
        (1 + hcv / 4 - ocv / 2) * (co2 + co + 6e-4 * hc)
    )
    assert abs(float(number.exact) - by_hand) < 1e-9


@pytest.mark.parametrize(("fuel", "a"), [("petrol", 4.644), ("lpg", 5.39), ("natural_gas", 6.64)])
def test_dilution_by_fuel(fuel: str, a: float) -> None:
    found = numbers(ask("dilution", case_of({}), fuel=fuel, co_percent=Decimal("0.5"), co2_percent=14))
    share = 14 / 14.5
    corrected = 100 * share / (a + 1.88 * share)
    assert abs(float(found["corrected_co2"].exact) - corrected) < 1e-9
    assert abs(float(found["dilution_factor"].exact) - corrected / 14) < 1e-9
    if fuel == "petrol":
        factor = found["dilution_factor"]
        assert (factor.rounded, found["corrected_co2"].rounded) == (Decimal("1.068"), Decimal("14.948"))
        assert near(factor.exact, "1.067714")
        assert factor.inputs["X"] == "0.965517"


def test_a_large_factor_is_three_and_a_small_one_stays_below_one() -> None:
    large = numbers(ask("dilution", co_percent=Decimal("0.1"), co2_percent=4))["dilution_factor"]
    assert (large.exact, large.inputs["clamped"]) == (Decimal(3), "yes")
    small = numbers(ask("dilution", co_percent=Decimal("0.1"), co2_percent=16))["dilution_factor"]
    assert small.exact < 1
    assert small.inputs["clamped"] == "no"


def test_humidity_of_a_mild_day() -> None:
    found = numbers(ask("humidity", **AIR))
    assert near(found["absolute_humidity"].exact, "70.0000")
    assert found["humidity_factor"].rounded == Decimal("0.977")
    assert near(found["humidity_factor"].exact, "0.97704")


def test_humidity_without_the_saturation_pressure_is_worked_out_as_well() -> None:
    air = {name: value for name, value in AIR.items() if name != "saturation_pressure_kPa"}
    found = numbers(ask("humidity", **air))
    assert found["humidity_factor"].rounded == Decimal("0.977")
    assert found["humidity_factor"].inputs["saturation_pressure"] == "worked_out"
    assert near(Decimal(found["humidity_factor"].inputs["saturation_pressure_kPa"]), "3.169")


@pytest.mark.parametrize("given", [{}, {"saturation_pressure_kPa": Decimal("5.628")}])
def test_above_thirty_degrees_the_air_of_thirty_counts(given: dict[str, Any]) -> None:
    hot: dict[str, Any] = {"temperature_C": 35, "humidity_percent": 60, "pressure_kPa": 100}
    at_thirty = numbers(ask("humidity", **hot | {"temperature_C": 30}))["humidity_factor"]
    assert numbers(ask("humidity", **hot, **given))["humidity_factor"].exact == at_thirty.exact
    used = numbers(ask("humidity", **hot, saturation_pressure_kPa=Decimal("4.246")))["humidity_factor"]
    assert used.inputs["saturation_pressure"] == "given"


def test_load_at_the_roller() -> None:
    found = numbers(ask("asm_load", reference_mass_kg=1480))
    assert (found["asm5025_power"].rounded, found["asm2540_power"].rounded) == (Decimal("10.0"), Decimal("8.0"))
    by_curb = numbers(ask("asm_load", case_of({"curb_mass_kg": 1380})))
    assert by_curb["reference_mass"].rounded == 1480
    assert by_curb["asm5025_power"].exact == 10


def fast_series() -> list[dict[str, Any]]:
    speeds = ("25.0", "25.1", "24.9", "25.2", "24.8")
    hc, no = (28, 29, 30, 31, 32), (190, 200, 210, 190, 200, 210, 190, 200, 210, 200)
    found = asm_seconds(20)
    for t, second in enumerate(found):
        second["speed_kmh"] = Decimal(speeds[t % 5])
        if t >= 10:
            second |= {"hc_ppm": hc[t % 5], "no_ppm": no[t - 10]}
    return found


def test_a_fast_pass_at_25_km_h() -> None:
    judgement = ask("asm5025", seconds=fast_series(), ambient=AIR)
    made = cards(judgement)
    wanted = {"asm5025_co": ("0.10", "0.103072"), "asm5025_hc": ("31", "30.9216"), "asm5025_no": ("201", "201.4108")}
    for name, (rounded, exact) in wanted.items():
        assert made[name].rounded == Decimal(rounded)
        assert near(made[name].exact, exact)
        told = made[name].inputs
        assert (told["decision"], told["decision_at_s"]) == ("fast_pass", "19")
        assert (told["fast_window_speed_valid"], told["fast_window_half_limit_met"]) == ("yes", "yes")
    assert conclusion(judgement) is Outcome.PASS


def test_a_pass_at_40_km_h_just_after_a_missed_fast_check() -> None:
    seconds = asm_seconds(90, "40.0", co_percent="0.2", hc_ppm=60, no_ppm=300, co2_percent="14.6")
    judgement = ask("asm2540", seconds=seconds, ambient=AIR)
    made = cards(judgement)
    wanted = {"asm2540_co": ("0.21", "0.207945"), "asm2540_hc": ("62", "62.3836"), "asm2540_no": ("305", "304.756")}
    for name, (rounded, exact) in wanted.items():
        assert made[name].rounded == Decimal(rounded)
        assert near(made[name].exact, exact)
    told = made["asm2540_co"].inputs
    assert (told["decision"], told["decision_at_s"]) == ("pass", "20")
    assert (told["fast_window_speed_valid"], told["fast_window_half_limit_met"]) == ("yes", "no")
    fast = [told[f"fast_window_{name}"] for name in ("co_percent", "hc_ppm", "no_ppm")]
    assert fast == ["0.21", "62", "305"]
    assert conclusion(judgement) is Outcome.PASS


def test_dilution_ratio_and_flow_of_vmas_both_ways() -> None:
    oxygen: dict[str, Any] = {
        "o2_ambient_percent": Decimal("20.8"),
        "o2_diluted_percent": Decimal("18.2"),
        "o2_raw_percent": Decimal("0.6"),
    }
    found = numbers(ask("vmas", **oxygen, standard_flow_L_per_s=110))
    assert found["dilution_ratio"].rounded == Decimal("0.129")
    assert found["exhaust_flow"].rounded == Decimal("14.19")
    assert near(found["exhaust_flow"].exact, "14.1584")
    exactly = case_of(settings={"exhaust_flow_of": "exact_ratio"})
    assert numbers(ask("vmas", exactly, **oxygen, standard_flow_L_per_s=110))["exhaust_flow"].rounded == Decimal(
        "14.158"
    )


def test_an_electric_car_has_no_exhaust_to_test() -> None:
    card = ask("emission_method", case_of({"fuel": "C"})).cards[0]
    assert (card.inputs["method"], card.counts) == ("no_exhaust_test", False)


def test_a_failed_diagnosis_of_a_car_made_in_july_2011_fails_the_whole() -> None:
    case = case_of({"fuel": "A", "total_mass_kg": 1500})
    judgement = ask("obd", case, production_date="2011-07-02", result="fail", appearance="pass", exhaust="pass")
    overall = cards(judgement)["emission_overall"]
    assert (overall.outcome, overall.inputs["obd_decisive"]) == (Outcome.FAIL, "yes")
    assert conclusion(judgement) is Outcome.FAIL
