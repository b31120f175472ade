"""Every limit of the tables: exactly at it passes, one step of the last digit beyond it fails; and what always holds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, Catalogue
from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.emission.explaining import EXPLAIN
from carcheck_desktop.standards.emission.formulas.dilution import dilution, dilution_constants
from carcheck_desktop.standards.emission.formulas.excess_air import Mixture, coefficients, excess_air
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel
from carcheck_desktop.standards.emission.formulas.humidity import Ambient, humidity
from carcheck_desktop.standards.emission.records import KINDS
from carcheck_desktop.standards.loading.edition import Bound, Limit
from tests.standards.emission.asked import AIR, ask, asm_seconds, cards, case_of
from tests.standards.emission.runs import EMISSION

GIVEN: dict[str, tuple[str, str, dict[str, Any]]] = {
    "high_idle_co": ("two_speed_idle_result", "high_idle_co_percent", {}),
    "high_idle_hc": ("two_speed_idle_result", "high_idle_hc_ppm", {}),
    "high_idle_lambda": ("two_speed_idle_result", "high_idle_lambda", {}),
    "idle_co": ("two_speed_idle_result", "idle_co_percent", {}),
    "idle_hc": ("two_speed_idle_result", "idle_hc_ppm", {}),
    "vmas_co": ("vmas", "co_g_per_km", {}), "vmas_hc": ("vmas", "hc_g_per_km", {}),
    "vmas_nox": ("vmas", "nox_g_per_km", {}), "transient_co": ("transient", "co_g_per_km", {"hc_plus_nox_g_per_km": 0}),
    "transient_hc_nox": ("transient", "hc_plus_nox_g_per_km", {"co_g_per_km": 0}),
    **{
        f"{mode}_{gas}": ("asm_result", f"{gas}_{unit}", {"mode": mode})
        for mode in ("asm5025", "asm2540")
        for gas, unit in (("co", "percent"), ("hc", "ppm"), ("no", "ppm"))
    },
}  # fmt: skip
"""By which measurement a result can be given: kind, field, and what else that kind needs."""
BY_SET = [limit for limit in EMISSION.limits.all() if limit.quantity.value in GIVEN]


def outcome(limit: Limit, value: Decimal, chosen: str) -> Outcome:
    kind, field, more = GIVEN[limit.quantity.value]
    case = case_of(settings={"limit_set": chosen})
    return cards(ask(kind, case, **{field: value}, **more))[limit.quantity.value].outcome


def test_every_measured_limit_is_looked_at() -> None:
    counted = {"obd", "appearance", "emission_overall"}
    assert {limit.quantity.value for limit in EMISSION.limits.all()} == set(GIVEN) | counted


@pytest.mark.parametrize("limit", BY_SET, ids=lambda limit: limit.key)
def test_exactly_at_the_limit_and_one_step_beside_it(limit: Limit) -> None:
    decimals = EMISSION.roundings.at(limit.quantity.value, limit.ground.valid_from).decimals
    step, chosen = Decimal(1).scaleb(-decimals), dict(limit.case)["limit_set"]
    high = limit.figures[-1]
    assert outcome(limit, high, chosen) is Outcome.PASS
    assert outcome(limit, high - step, chosen) is Outcome.PASS
    assert outcome(limit, high + step, chosen) is Outcome.FAIL
    if limit.bound is Bound.BETWEEN:
        assert outcome(limit, limit.low, chosen) is Outcome.PASS
        assert outcome(limit, limit.low - step, chosen) is Outcome.FAIL


percents = st.decimals("0.1", "16", places=2)
ppm = st.decimals("0", "3000", places=0)


@given(ppm, ppm, st.sampled_from(["a", "b"]))
def test_more_of_a_gas_never_helps(one: Decimal, other: Decimal, chosen: str) -> None:
    case = case_of(settings={"limit_set": chosen})
    low, high = sorted((one, other))
    worse = ask("asm_result", case, mode="asm2540", hc_ppm=high).cards[1]
    better = ask("asm_result", case, mode="asm2540", hc_ppm=low).cards[1]
    assert not (worse.outcome is Outcome.PASS and better.outcome is Outcome.FAIL)


@given(percents, percents, st.decimals("0", "20", places=1), ppm, st.sampled_from(list(ExhaustFuel)))
def test_more_oxygen_is_leaner(co: Decimal, co2: Decimal, o2: Decimal, hc: Decimal, fuel: ExhaustFuel) -> None:
    constants = coefficients(EMISSION, case_of().on, fuel)
    before = excess_air(Mixture(Fraction(co), Fraction(co2), Fraction(o2), Fraction(hc)), constants)
    after = excess_air(Mixture(Fraction(co), Fraction(co2), Fraction(o2) + 1, Fraction(hc)), constants)
    assert after > before


@given(percents, percents, st.integers(2, 5), st.sampled_from(list(ExhaustFuel)))
def test_exhaust_with_air_in_it_is_corrected_to_the_same(
    co: Decimal, co2: Decimal, parts: int, fuel: ExhaustFuel
) -> None:
    constants = dilution_constants(case_of(), fuel)
    whole = dilution(constants, Fraction(co), Fraction(co2))
    thin = dilution(constants, Fraction(co) / parts, Fraction(co2) / parts)
    if not whole.is_clamped and not thin.is_clamped:
        assert Fraction(co) * whole.factor == Fraction(co) / parts * thin.factor
    assert thin.factor >= whole.factor


@given(st.decimals("0", "100", places=0), st.decimals("-10", "45", places=0))
def test_damper_air_never_lowers_the_humidity_factor(relative: Decimal, celsius: Decimal) -> None:
    case = case_of()
    less = humidity(case, Ambient(celsius, relative * Decimal("0.9"), Decimal(100)))
    more = humidity(case, Ambient(celsius, relative, Decimal(100)))
    assert more.factor >= less.factor


@settings(max_examples=25)
@given(st.permutations(range(10)))
def test_the_order_within_the_fast_window_changes_nothing(order: list[int]) -> None:
    seconds = asm_seconds(20)
    for place, n in enumerate(order):
        seconds[10 + place]["hc_ppm"] = Decimal(20 + n)
    found = cards(ask("asm5025", seconds=seconds, ambient=AIR))["asm5025_hc"]
    straight = asm_seconds(20)
    for n in range(10):
        straight[10 + n]["hc_ppm"] = Decimal(20 + n)
    assert found.exact == cards(ask("asm5025", seconds=straight, ambient=AIR))["asm5025_hc"].exact


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_card_of_an_example_is_derived_without_a_hole(kind: Any, language: str) -> None:
    words = Catalogue(language)
    example = kind.example
    measurement = {key: value for key, value in example["measurements"][0].items() if key != "kind"}
    found = ask(kind.name, case_of(example["vehicle"]), **measurement)
    assert found.cards or found.computed
    for card in found.cards:
        lines = [] if card.exact is None else EXPLAIN[card.quantity](card)
        for message in [*lines, *([card.reason] if card.reason else [])]:
            assert words.knows(message.code), message.code
            assert not PLACEHOLDER.search(words.text(message)), words.text(message)
            assert "standards." not in words.text(message)


def test_every_judged_quantity_has_a_derivation() -> None:
    assert set(EXPLAIN) == set(EMISSION.family.judged)
    assert Quantity.EMISSION_METHOD not in EXPLAIN
