"""Two-speed idle of a record: seconds that count, several pipes, the maker's own figures, fuels, and given results."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome
from carcheck_desktop.standards.cards import Judgement
from tests.standards.emission.asked import LIGHT, ask, cards, case_of, conclusion

Seconds = list[dict[str, Any]]


def seconds(count: int = 30, **values: Any) -> Seconds:
    second = {"rpm": 2500, "co_percent": "0.1", "hc_ppm": 20, "co2_percent": "14.8", "o2_percent": "0.3"} | values
    return [{name: Decimal(str(value)) for name, value in second.items()}] * count


HIGH, IDLE = seconds(), seconds(rpm=800)


def idled(
    high: Seconds = HIGH, idle: Seconds = IDLE, vehicle: dict[str, Any] = LIGHT,
    settings: dict[str, str] | None = None, **more: Any,
) -> Judgement:  # fmt: skip
    return ask("two_speed_idle", case_of(vehicle, settings), high_idle=high, idle=idle, **more)


def reason(judgement: Judgement) -> str:
    assert {card.outcome for card in judgement.cards} == {Outcome.INVALID}
    assert len({card.reason.code for card in judgement.cards if card.reason}) == 1
    found = judgement.cards[0].reason
    assert found is not None
    return found.code


def replaced(at: int, before: Seconds = HIGH, **values: Any) -> Seconds:
    changed = {name: Decimal(str(value)) for name, value in values.items()}
    return [each | changed if index == at else each for index, each in enumerate(before)]


def test_a_clean_test_passes_in_five_items() -> None:
    found = idled()
    assert [card.outcome for card in found.cards] == [Outcome.PASS] * 5
    assert {card.item for card in found.cards} == {"DB"}


@pytest.mark.parametrize("at", [0, 17, 29])
@pytest.mark.parametrize("sample", ["high", "idle"])
def test_one_diluted_second_makes_the_whole_test_invalid(at: int, sample: str) -> None:
    before = HIGH if sample == "high" else IDLE
    thin = replaced(at, before, co_percent="0.10", co2_percent="5.89")
    assert reason(idled(thin) if sample == "high" else idled(idle=thin)) == "standards.exhaust.diluted"
    edge = replaced(at, before, co_percent="0.10", co2_percent="5.90")
    assert conclusion(idled(edge) if sample == "high" else idled(idle=edge)) is Outcome.PASS


def test_a_stalled_engine_makes_the_whole_test_invalid() -> None:
    assert reason(idled(idle=replaced(20, IDLE, rpm=0))) == "standards.exhaust.stalled"


@pytest.mark.parametrize(("rpm", "is_good"), [(2300, True), (2700, True), (2299, False), (2701, False)])
def test_the_engine_speed_of_each_second_lies_in_its_band(rpm: int, is_good: bool) -> None:
    found = idled(replaced(12, rpm=rpm))
    assert (conclusion(found) is Outcome.PASS) == is_good
    if not is_good:
        assert reason(found) == "standards.exhaust.speed"


def test_too_few_seconds_do_not_count() -> None:
    assert reason(idled(HIGH[:29])) == "standards.exhaust.short"
    assert reason(idled(idle=IDLE[:29])) == "standards.exhaust.short"
    assert reason(idled([])) == "standards.exhaust.short"


def test_seconds_out_of_the_band_are_made_up_for_by_later_ones() -> None:
    late = [*replaced(9, seconds(40, co_percent="0.2"), rpm=3000)]
    found = cards(idled(late))["high_idle_co"]
    assert (found.inputs["from"], found.inputs["seconds"]) == ("11", "30")
    split = replaced(20, seconds(40), rpm=3000)
    assert reason(idled(split)) == "standards.exhaust.speed"
    assert conclusion(idled(split, settings={"speed_out_of_band": "skip"})) is Outcome.PASS
    assert reason(idled(replaced(3, rpm=3000), settings={"speed_out_of_band": "skip"})) == "standards.exhaust.speed"


def test_heavy_vehicles_and_the_makers_own_speed() -> None:
    heavy = LIGHT | {"total_mass_kg": 3501}
    slow = seconds(rpm=1800)
    assert conclusion(idled(slow, vehicle=heavy)) is Outcome.PASS
    assert reason(idled(vehicle=heavy)) == "standards.exhaust.speed"
    assert conclusion(idled(vehicle=LIGHT | {"total_mass_kg": 3500})) is Outcome.PASS
    assert conclusion(idled(slow, maker_high_idle_rpm=2000)) is Outcome.PASS
    assert reason(idled(maker_high_idle_rpm=2000)) == "standards.exhaust.speed"
    with pytest.raises(DataError) as caught:
        idled(vehicle={"fuel": "A"})
    assert caught.value.problem.params["field"] == "vehicle.total_mass_kg"


def test_the_makers_range_of_excess_air_goes_before_the_tables() -> None:
    lean = seconds(o2_percent="2.0")
    assert cards(idled(lean))["high_idle_lambda"].outcome is Outcome.FAIL
    card = cards(idled(lean, maker_lambda_low=Decimal("0.9"), maker_lambda_high=Decimal("1.2")))["high_idle_lambda"]
    assert (card.outcome, card.inputs["high"], card.source) == (Outcome.PASS, "1.2", "maker [maker]")
    with pytest.raises(DataError) as caught:
        idled(maker_lambda_low=Decimal("0.9"))
    assert caught.value.problem.params["field"] == "maker_lambda_high"
    with pytest.raises(DataError):
        idled(maker_lambda_low=Decimal("1.2"), maker_lambda_high=Decimal("0.9"))


def test_of_several_pipes_the_arithmetic_mean_counts() -> None:
    second = {"high_idle": seconds(co_percent="0.6"), "idle": seconds(rpm=800, co_percent="0.5")}
    found = cards(idled(other_pipes=[second]))
    assert (found["high_idle_co"].exact, found["idle_co"].exact) == (Decimal("0.35"), Decimal("0.3"))
    assert found["high_idle_co"].outcome is Outcome.FAIL
    assert "pipe2_lambda" in found["high_idle_lambda"].inputs
    thin = {"high_idle": replaced(3, co2_percent="3"), "idle": IDLE}
    assert reason(idled(other_pipes=[thin])) == "standards.exhaust.diluted"


def test_hc_of_natural_gas_is_recorded_and_not_judged() -> None:
    dirty = seconds(hc_ppm=300)
    assert conclusion(idled(dirty, vehicle=LIGHT | {"fuel": "E"})) is Outcome.PASS
    found = cards(idled(dirty, vehicle=LIGHT | {"fuel": "E"}))["high_idle_hc"]
    assert (found.counts, found.exact) == (False, Decimal(300))
    assert conclusion(idled(dirty, vehicle=LIGHT | {"fuel": "F"})) is Outcome.FAIL


def test_a_bi_fuel_vehicle_says_what_it_ran_on() -> None:
    both = LIGHT | {"fuel": "AE"}
    with pytest.raises(DataError) as caught:
        idled(vehicle=both)
    assert caught.value.problem.params["field"] == "fuel"
    assert {card.inputs["fuel"] for card in idled(vehicle=both, fuel="natural_gas").cards} == {"natural_gas"}


def test_set_b_and_its_sources() -> None:
    found = cards(idled(idle=seconds(rpm=800, co_percent="0.5"), settings={"limit_set": "b"}))["idle_co"]
    assert (found.outcome, found.limit, found.confidence) == (Outcome.FAIL, Decimal("0.4"), Confidence.SINGLE_SOURCE)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"co_percent": "-0.1"}, "high_idle[4].co_percent"),
        ({"hc_ppm": "-1"}, "high_idle[4].hc_ppm"),
        ({"o2_percent": "101"}, "high_idle[4].o2_percent"),
        ({"rpm": "-1"}, "high_idle[4].rpm"),
    ],
)
def test_figures_that_no_instrument_gives_are_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(DataError) as caught:
        idled(replaced(4, **change))
    assert caught.value.problem.params["field"] == field


def test_given_results_and_what_is_missing_of_them() -> None:
    whole = {
        "high_idle_co_percent": "0.30", "high_idle_hc_ppm": 50, "high_idle_lambda": "1.05", "idle_co_percent": "0.60",
        "idle_hc_ppm": 80,
    }  # fmt: skip
    given: dict[str, Any] = {name: Decimal(str(value)) for name, value in whole.items()}
    assert conclusion(ask("two_speed_idle_result", **given)) is Outcome.PASS
    for name, value in given.items():
        step = Decimal("0.01") if "co" in name or "lambda" in name else Decimal(1)
        assert conclusion(ask("two_speed_idle_result", **given | {name: value + step})) is Outcome.FAIL
        rest = {key: each for key, each in given.items() if key != name}
        assert conclusion(ask("two_speed_idle_result", **rest)) is Outcome.NOT_JUDGED
    with pytest.raises(DataError):
        ask("two_speed_idle_result")


@pytest.mark.parametrize("bound", ["0.95", "1.05"])
def test_exactly_at_a_bound_of_excess_air_the_card_names_the_doubt(bound: str) -> None:
    card = ask("two_speed_idle_result", high_idle_lambda=Decimal(bound)).cards[2]
    assert (card.outcome, card.confidence) == (Outcome.PASS, Confidence.DISPUTED)
    strict = case_of(settings={"lambda_bounds": "excluded"})
    assert ask("two_speed_idle_result", strict, high_idle_lambda=Decimal(bound)).cards[2].outcome is Outcome.FAIL


def test_a_lost_second_is_found_where_the_seconds_are_counted() -> None:
    counted = [each | {"t_s": Decimal(n)} for n, each in enumerate(HIGH, 1)]
    assert conclusion(idled(counted)) is Outcome.PASS
    lost = [*counted[:10], *counted[11:], counted[-1] | {"t_s": Decimal(31)}]
    assert reason(idled(lost)) == "standards.exhaust.gap"
