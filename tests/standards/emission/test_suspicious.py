"""What looks like a pass and is none: cut cycles, impossible readings, contradicting facts, untested fuels, other methods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.app.judging_file import load_editions
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Outcome, VerdictCard
from carcheck_desktop.standards.records.judging import RecordResult, judge_record
from carcheck_desktop.standards.records.kinds import KINDS
from carcheck_desktop.standards.records.record import read_record
from tests.standards.emission.asked import AIR, LIGHT, ask, asm_seconds, cards, case_of, conclusion, plain
from tests.standards.emission.test_petrol_worked import three
from tests.standards.emission.test_vmas import GOOD, codes, cycle, driven

EDITIONS = load_editions()
RESULT = {"kind": "two_speed_idle_result", "high_idle_co_percent": Decimal("0.1"), "high_idle_hc_ppm": 20,
          "high_idle_lambda": 1, "idle_co_percent": Decimal("0.1"), "idle_hc_ppm": 20}  # fmt: skip


def refused(kind: str, vehicle: dict[str, Any] | None = None, /, **measurement: Any) -> str:
    with pytest.raises(DataError) as caught:
        ask(kind, case_of(LIGHT if vehicle is None else vehicle), **measurement)
    return str(caught.value.problem.params["field"])


def idle(rpm: int = 800, /, **change: Any) -> Any:
    low = three(rpm, "", 40, "14.5", "0.4", "0.2 0.2 0.2")
    low[5] |= change
    return ask("two_speed_idle", high_idle=three(2500, "", 20, "14.8", "0.3", "0.1 0.1 0.1"), idle=low)


def record(vehicle: dict[str, Any], *measurements: dict[str, Any]) -> RecordResult:
    data = {"date": "2026-03-01", "vehicle": vehicle, "inspection": "in_use", "measurements": list(measurements)}
    return judge_record(read_record(plain(data), KINDS, date(2026, 3, 1)), EDITIONS)


def said(result: RecordResult, code: str) -> list[VerdictCard]:
    found = [card for each in result.judged for card in each.judgement.cards]
    return [card for card in found if card.reason is not None and card.reason.code == code]


@pytest.mark.parametrize("count", [1, 194, 196])
def test_a_cycle_that_is_not_whole_does_not_count(count: int) -> None:
    assert codes(driven(cycle(count, speed=str(Decimal(3650) / count)[:6]))) == {"standards.vmas.not_whole"}


def test_a_cycle_with_a_gap_in_its_counter_does_not_count() -> None:
    counted = [each | {"t_s": t} for t, each in enumerate(cycle())]
    assert conclusion(driven(counted)) is Outcome.PASS
    counted[-1]["t_s"] = 195
    assert codes(driven(counted)) == {"standards.exhaust.gap"}


def test_a_distance_beside_the_seconds_is_theirs_or_refused() -> None:
    assert (
        cards(driven(cycle(), distance_km=Decimal("1.1")))["vmas_co"].exact == cards(driven(cycle()))["vmas_co"].exact
    )
    with pytest.raises(DataError) as caught:
        driven(cycle(speed="10"), distance_km=Decimal("1.013"))
    assert caught.value.problem.params["field"] == "distance_km"


@pytest.mark.parametrize(
    ("flow", "count", "code"), [("0", 1, "no_flow"), ("1.99", 195, "little_flow"), ("2", 195, None)]
)
def test_exhaust_that_the_meter_does_not_see_does_not_count(flow: str, count: int, code: str | None) -> None:
    seconds = [each | ({"exhaust_flow_L_per_s": Decimal(flow)} if n < count else {}) for n, each in enumerate(cycle())]
    assert codes(driven(seconds)) == (set() if code is None else {f"standards.vmas.{code}"})


@pytest.mark.parametrize(
    ("name", "most"), [("co_percent", 16), ("co2_percent", 20), ("o2_percent", 25), ("hc_ppm", 20000)]
)
def test_a_reading_that_no_analyser_shows_does_not_count(name: str, most: int) -> None:
    above = Decimal(most) + Decimal("0.1")
    assert codes(idle(**{name: above})) == {"standards.exhaust.beyond_range"}
    assert codes(idle(**{name: most})).isdisjoint({"standards.exhaust.beyond_range"})
    seconds = asm_seconds(30)
    seconds[3][name] = above
    assert codes(ask("asm5025", seconds=seconds, ambient=AIR)) == {"standards.exhaust.beyond_range"}
    given: dict[str, Any] = {"co_percent": 1, "co2_percent": 14, "o2_percent": 1, "hc_ppm": 10} | {name: above}
    assert refused("excess_air", **given) == name
    if name in ("co_percent", "co2_percent"):
        assert refused("dilution", co_percent=given["co_percent"], co2_percent=given["co2_percent"]) == name


@pytest.mark.parametrize(("letters", "fuel"), [("A", "natural_gas"), ("AE", "lpg"), ("B", "petrol"), ("C", "petrol")])
def test_a_fuel_that_the_vehicle_does_not_run_on_is_refused(letters: str, fuel: str) -> None:
    rest = {name: value for name, value in RESULT.items() if name != "kind"}
    assert refused("two_speed_idle_result", LIGHT | {"fuel": letters}, fuel=fuel, **rest) == "fuel"


def test_a_day_of_manufacture_that_is_not_the_vehicles_is_refused() -> None:
    vehicle = LIGHT | {"manufactured_on": "2015-03-02"}
    assert refused("obd", vehicle, result="fail", production_date="2010-01-01") == "production_date"


def test_a_bi_fuel_vehicle_is_open_until_both_fuels_are_tested() -> None:
    car = LIGHT | {"fuel": "AE"}
    petrol, gas = RESULT | {"fuel": "petrol"}, RESULT | {"fuel": "natural_gas"}
    one = record(car, petrol)
    (card,) = said(one, "standards.emission.fuel_not_tested")
    assert (one.conclusion.outcome, card.inputs["not_tested"]) == (Outcome.NOT_JUDGED, "natural_gas")
    assert record(car, petrol, gas).conclusion.outcome is Outcome.PASS
    asm = {"kind": "asm", "asm5025_seconds": asm_seconds(20), "ambient": AIR, "fuel": "petrol"}
    vmas = {"kind": "vmas", **GOOD, "fuel": "natural_gas"}
    assert said(record(car, asm), "standards.emission.fuel_not_tested")
    assert not said(record(car, asm, vmas), "standards.emission.fuel_not_tested")


@pytest.mark.parametrize(
    ("change", "is_other"),
    [
        ({}, False),
        ({"drive": "all_permanent"}, True),
        ({"total_mass_kg": 3501}, True),
        ({"total_mass_kg": None}, False),
    ],
)
def test_a_method_that_the_vehicle_must_not_have_is_told_and_decides_nothing(
    change: dict[str, Any], is_other: bool
) -> None:
    found = record(LIGHT | change, {"kind": "vmas", **GOOD})
    told = said(found, "standards.emission.other_method")
    assert (bool(told), found.conclusion.outcome) == (is_other, Outcome.PASS)
    assert not any(card.counts for card in told)


def test_the_clock_starts_when_the_vehicle_has_been_steady() -> None:
    lead = [{**second, "t_s": second["t_s"] - 5} for second in asm_seconds(40)]
    assert cards(ask("asm5025", seconds=lead, ambient=AIR))["asm5025_co"].inputs["decision_at_s"] == "19"
    lead[3]["speed_kmh"] = Decimal(20)
    later = cards(ask("asm5025", seconds=lead, ambient=AIR))["asm5025_co"]
    assert later.inputs["decision_at_s"] == "23"
    assert (later.inputs["restarts"], later.inputs["decision_clock_s"]) == ("0", "19")


def test_a_second_mode_that_nobody_needed_is_told() -> None:
    found = ask("asm", asm5025_seconds=asm_seconds(20), asm2540_seconds=asm_seconds(20, "40"), ambient=AIR)
    told = [card for card in found.cards if card.quantity.value.startswith("asm2540")]
    assert (len(told), conclusion(found)) == (3, Outcome.PASS)
    assert not any(card.counts for card in told)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({**GOOD, "co_g": 9, "distance_km": 1}, "co_g_per_km"), ({**GOOD, "hc_ppm": 9}, "hc_ppm"),
        ({"seconds": cycle(), "o2_ambient_percent": Decimal("20.8"), "co_g_per_km": 1}, "co_g_per_km"),
    ],
)  # fmt: skip
def test_two_figures_of_one_thing_must_agree(given: dict[str, Any], field: str) -> None:
    assert refused("vmas", **given) == field
    assert conclusion(ask("vmas", **GOOD, co_g=8, distance_km=1)) is Outcome.PASS


def test_other_doubles_that_contradict_are_refused() -> None:
    assert refused("transient", co_g_per_km=1, hc_plus_nox_g_per_km=1, hc_g_per_km=1, nox_g_per_km=1) == (
        "hc_plus_nox_g_per_km"
    )
    assert refused("asm_load", reference_mass_kg=1480, curb_mass_kg=1400) == "reference_mass_kg"


@pytest.mark.parametrize(("celsius", "is_good"), [("-5", True), ("45", True), ("-5.1", False), ("45.1", False)])
def test_air_too_cold_or_too_hot_does_not_count(celsius: str, is_good: bool) -> None:
    air = AIR | {"temperature_C": Decimal(celsius)}
    wanted = set() if is_good else {"standards.exhaust.ambient"}
    assert codes(ask("asm5025", seconds=asm_seconds(20), ambient=air)) == wanted
    assert codes(ask("vmas", **GOOD, temperature_C=Decimal(celsius))) == wanted
    off = case_of(LIGHT, {"driving_ambient": "off"})
    assert conclusion(ask("asm5025", off, seconds=asm_seconds(20), ambient=air)) is Outcome.PASS


def test_an_idle_out_of_our_own_band_counts_and_says_so() -> None:
    found = idle(1300)
    assert (conclusion(found), codes(found)) == (Outcome.PASS, {"standards.doubt.idle_band"})
    assert {name for name, card in cards(found).items() if card.doubtful} == {"idle_co", "idle_hc"}


def test_hc_of_natural_gas_over_its_limit_is_not_judged() -> None:
    rest = {name: value for name, value in RESULT.items() if name != "kind"}
    found = ask("two_speed_idle_result", case_of(LIGHT | {"fuel": "E"}), **rest | {"idle_hc_ppm": 900})
    card = cards(found)["idle_hc"]
    assert (card.outcome, card.counts, card.limit) == (Outcome.NOT_JUDGED, False, Decimal(80))
    assert conclusion(found) is Outcome.PASS
