"""Two-speed idle judged: worked numbers, limits met exactly, doubts named, and what does not count."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.exhaust import ExhaustRecord, IdleEnd, IdlePhase
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.standards.explain import explain
from tests.standards.emission.runs import (
    CLEAN_HIGH,
    CLEAN_IDLE,
    DEMAND,
    EMISSION,
    ON,
    changed,
    clean,
    run_of,
    with_table,
)

WORKED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "worked" / "exhaust.json").read_text(encoding="utf-8"), parse_float=Decimal
)


def cards(high: dict[str, Any], low: dict[str, Any] | None = None) -> dict[str, VerdictCard]:
    return {
        each.quantity.value: each
        for each in judge_two_speed_idle(EMISSION, ON, *run_of([high] * 30, [low or CLEAN_IDLE] * 30))
    }


def outcomes(run_and_record: Any) -> set[Outcome]:
    return {card.outcome for card in judge_two_speed_idle(EMISSION, ON, *run_and_record)}


@pytest.mark.parametrize(
    "case", [each for each in WORKED if each["kind"] == "two_speed_idle"], ids=lambda case: case["id"]
)
def test_the_worked_example_agrees_digit_by_digit(case: dict[str, Any]) -> None:
    made = judge_two_speed_idle(EMISSION, ON, *run_of(case["inputs"]["high_idle_30s"], case["inputs"]["idle_30s"]))
    found = {each.quantity: each for each in made}
    names = {
        "high_co": Quantity.HIGH_IDLE_CO, "high_hc": Quantity.HIGH_IDLE_HC, "idle_co": Quantity.IDLE_CO,
        "idle_hc": Quantity.IDLE_HC, "lambda": Quantity.HIGH_IDLE_LAMBDA,
    }  # fmt: skip
    for name, quantity in names.items():
        exact = found[quantity].exact
        assert exact is not None
        assert found[quantity].rounded == Decimal(case["expected"][name])
        assert abs(exact - Decimal(case["expected"]["unrounded"][name])) < Decimal("0.000001")
    assert {each.outcome.value for each in made} == {case["verdict"]}


def test_exactly_at_a_limit_passes_and_one_step_above_fails() -> None:
    high = cards(CLEAN_HIGH | {"co": "0.30", "hc": 50}, CLEAN_IDLE | {"co": "0.60", "hc": 80})
    assert {card.outcome for card in high.values()} == {Outcome.PASS}
    assert [high[name].margin for name in ("high_idle_co", "high_idle_hc", "idle_co", "idle_hc")] == [0, 0, 0, 0]
    above = cards(CLEAN_HIGH | {"co": "0.31", "hc": 51}, CLEAN_IDLE | {"co": "0.61", "hc": 81})
    assert {name for name, card in above.items() if card.outcome is Outcome.FAIL} == {
        "high_idle_co", "high_idle_hc", "idle_co", "idle_hc"
    }  # fmt: skip


def test_a_half_is_rounded_to_the_even_digit_and_the_card_says_when_that_decides() -> None:
    card = cards(CLEAN_HIGH | {"co": "0.305"})["high_idle_co"]
    assert (card.rounded, card.outcome, card.confidence) == (Decimal("0.30"), Outcome.PASS, Confidence.DISPUTED)
    assert card.reason is not None
    assert card.reason.code == "standards.doubt.rounded_value"
    assert card.doubtful
    assert not cards(CLEAN_HIGH)["high_idle_co"].doubtful


def test_lean_and_rich_are_held_against_the_nearer_bound() -> None:
    lean = cards(CLEAN_HIGH | {"o2": "2.0"})["high_idle_lambda"]
    assert (lean.outcome, lean.rule, lean.limit) == (Outcome.FAIL, "high_idle_lambda", Decimal("1.05"))
    rich = cards(CLEAN_HIGH | {"co": "3.0", "o2": "0.1"})["high_idle_lambda"]
    assert (rich.outcome, rich.rule, rich.limit) == (Outcome.FAIL, "high_idle_lambda", Decimal("0.95"))
    assert rich.inputs["low"] == "0.95"


def test_exactly_at_a_bound_of_the_excess_air_is_said_to_be_open() -> None:
    """1.05 passes as a setting says; where the bounds are excluded it fails."""
    record = run_of([CLEAN_HIGH | {"o2": "1.137"}] * 30, [CLEAN_IDLE] * 30)
    card = judge_two_speed_idle(EMISSION, ON, *record)[2]
    assert (card.rounded, card.outcome) == (Decimal("1.05"), Outcome.PASS)
    assert card.reason is not None
    assert card.reason.code == "standards.doubt.lambda_bound"
    strict = with_table(lambda text: text.replace('value = "included"', 'value = "excluded"'))
    assert judge_two_speed_idle(strict, ON, *record)[2].outcome is Outcome.FAIL


def test_the_stricter_set_of_limits_is_a_setting_and_is_marked_as_known_from_one_source() -> None:
    strict = with_table(lambda text: text.replace('key = "limit_set"\nvalue = "a"', 'key = "limit_set"\nvalue = "b"'))
    found = {each.quantity: each for each in judge_two_speed_idle(strict, ON, *clean())}
    assert found[Quantity.IDLE_HC].outcome is Outcome.FAIL
    assert found[Quantity.IDLE_HC].inputs["set"] == "b"
    assert found[Quantity.IDLE_HC].confidence is Confidence.SINGLE_SOURCE


def reason(run_and_record: Any) -> str:
    made = judge_two_speed_idle(EMISSION, ON, *run_and_record)
    assert {card.outcome for card in made} == {Outcome.INVALID}
    assert {card.exact for card in made} == {None}
    (code,) = {card.reason.code for card in made if card.reason is not None}
    return code


def test_one_diluted_second_makes_the_whole_test_invalid() -> None:
    run, record = clean()
    for index in (0, 17, 59):
        assert reason((run, changed(record, index, co2_percent=Decimal("5.7")))) == "standards.exhaust.diluted"
    just = changed(record, 17, co2_percent=Decimal("5.89"), co_percent=Decimal("0.11"))
    assert outcomes((run, just)) == {Outcome.PASS}


def test_a_stalled_engine_makes_the_test_invalid() -> None:
    run, record = clean()
    assert reason((run, changed(record, 40, rpm=0))) == "standards.exhaust.stalled"


def test_a_speed_out_of_its_band_a_short_sample_and_a_gap_do_not_count() -> None:
    run, record = clean()
    assert reason((run, changed(record, 3, rpm=2701))) == "standards.exhaust.speed"
    assert reason((run, changed(record, 3, rpm=2299))) == "standards.exhaust.speed"
    assert outcomes((run, changed(record, 3, rpm=2700))) == {Outcome.PASS}
    assert reason(run_of([CLEAN_HIGH] * 29, [CLEAN_IDLE] * 30)) == "standards.exhaust.short"
    assert reason((run, changed(record, 29, at_s=Decimal("32.5")))) == "standards.exhaust.gap"
    assert reason((run, ExhaustRecord(record.seconds[:10] + record.seconds[11:]))) == "standards.exhaust.gap"
    assert reason((replace(run, end=IdleEnd.DILUTED), record)) == "standards.exhaust.not_whole"
    assert reason((replace(run, phases=()), record)) == "standards.exhaust.short"


def test_nothing_is_judged_before_the_edition_was_in_force() -> None:
    with pytest.raises(DataError) as caught:
        judge_two_speed_idle(EMISSION, ON.replace(year=2018), *clean())
    assert caught.value.code == "standards.tables.not_in_force"


def test_every_card_explains_itself_from_itself() -> None:
    for card in judge_two_speed_idle(EMISSION, ON, *clean()):
        codes = [line.code for line in explain(card)]
        assert codes[0].startswith("standards.explain.")
        assert "standards.explain.source" in codes


percents = st.decimals("0", "16", places=2)


@given(st.lists(st.tuples(percents, percents, st.decimals("0", "400", places=0)), min_size=30, max_size=30))
def test_whatever_was_measured_the_verdict_is_the_mean_against_the_limit(
    rows: list[tuple[Decimal, Decimal, Decimal]],
) -> None:
    high = [CLEAN_HIGH | {"co": co, "co2": co2 + 6, "hc": hc} for co, co2, hc in rows]
    made = {each.quantity: each for each in judge_two_speed_idle(EMISSION, ON, *run_of(high, [CLEAN_IDLE] * 30))}
    mean = sum((co for co, _, _ in rows), Decimal(0)) / 30
    card = made[Quantity.HIGH_IDLE_CO]
    assert card.exact is not None
    assert card.rounded is not None
    assert abs(card.exact - mean) < Decimal("1e-11")
    assert abs(card.rounded - mean) <= Decimal("0.005000000001")
    assert (card.outcome is Outcome.PASS) == (card.rounded <= Decimal("0.3"))


@given(st.integers(0, 59), st.decimals("0", "5.99", places=2))
def test_no_diluted_second_is_ever_overlooked(index: int, total: Decimal) -> None:
    run, record = clean()
    assert outcomes((run, changed(record, index, co_percent=Decimal(0), co2_percent=total))) == {Outcome.INVALID}


def test_what_is_demanded_comes_from_the_tables() -> None:
    hold, high = DEMAND.of(IdlePhase.HOLD), DEMAND.of(IdlePhase.HIGH_SAMPLE)
    assert (hold.duration_s, hold.low_rpm, hold.high_rpm) == (30, 3620, 4220)
    assert (high.duration_s, high.low_rpm, high.high_rpm) == (30, 2300, 2700)
    assert DEMAND.of(IdlePhase.IDLE_SETTLE).duration_s == 15
    assert len(DEMAND.limits) == 6
    assert (DEMAND.dilution_percent, DEMAND.oil_from_C) == (Decimal(6), Decimal(80))
