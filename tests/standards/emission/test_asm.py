"""The steady-state modes by the clock of 2018: fast check, moving means, clock put back, and what does not count."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome
from carcheck_desktop.standards.cards import Judgement
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.platform_limits import PlatformLimit
from tests.standards.emission.asked import AIR, LIGHT, ask, asm_seconds, cards, case_of, conclusion

Seconds = list[dict[str, Any]]


def low(seconds: Seconds, settings: dict[str, str] | None = None, **vehicle: Any) -> Judgement:
    return ask("asm5025", case_of(LIGHT | vehicle, settings), seconds=seconds, ambient=AIR)


def high(seconds: Seconds, settings: dict[str, str] | None = None) -> Judgement:
    return ask("asm2540", case_of(LIGHT, settings), seconds=seconds, ambient=AIR)


def told(judgement: Judgement) -> dict[str, str]:
    return judgement.cards[0].inputs


def reasons(judgement: Judgement) -> set[str]:
    return {card.reason.code for card in judgement.cards if card.reason is not None}


def with_(seconds: Seconds, at: range, **values: Any) -> Seconds:
    changed = {name: Decimal(str(value)) for name, value in values.items()}
    return [each | changed if each["t_s"] in at else each for each in seconds]


@pytest.mark.parametrize("gas", [{"co_percent": "0.3"}, {"hc_ppm": 60}, {"no_ppm": 400}])
def test_one_gas_above_half_of_its_limit_misses_the_fast_check(gas: dict[str, Any]) -> None:
    found = low(asm_seconds(**gas))
    assert (told(found)["decision"], told(found)["decision_at_s"]) == ("pass", "20")
    assert told(found)["fast_window_half_limit_met"] == "no"
    assert conclusion(found) is Outcome.PASS


def test_the_fast_check_ends_the_mode_whatever_follows() -> None:
    found = low(with_(asm_seconds(), range(20, 90), co_percent="3.0"))
    assert told(found)["decision"] == "fast_pass"
    assert conclusion(found) is Outcome.PASS


def test_nothing_is_judged_in_the_preparation() -> None:
    found = low(with_(asm_seconds(20), range(10), hc_ppm=900))
    assert told(found)["decision"] == "fast_pass"


@pytest.mark.parametrize(("clean_from", "at"), [(30, "39"), (80, "89")])
def test_the_first_ten_seconds_below_the_limits_pass(clean_from: int, at: str) -> None:
    found = low(with_(asm_seconds(), range(clean_from), co_percent="6.0"))
    assert (told(found)["decision"], told(found)["decision_at_s"]) == ("pass", at)


def test_a_window_that_begins_one_second_too_late_is_not_reached() -> None:
    found = high(with_(asm_seconds(91, "40.0"), range(81), co_percent="6.0"))
    assert (told(found)["decision"], told(found)["decision_clock_s"]) == ("fail", "89")
    assert conclusion(found) is Outcome.FAIL
    assert told(found)["window_start_s"] == "80"


def test_asm5025_that_is_not_passed_decides_nothing_by_itself() -> None:
    found = low(asm_seconds(co_percent="0.8"))
    assert told(found)["decision"] == "next_asm2540"
    assert cards(found)["asm5025_co"].outcome is Outcome.FAIL
    assert {card.counts for card in found.cards} == {False}
    assert conclusion(found) is Outcome.NOT_JUDGED
    assert "standards.asm.next" in reasons(found)


@pytest.mark.parametrize(("co", "outcome"), [("0.2", Outcome.PASS), ("0.8", Outcome.FAIL)])
def test_asm2540_decides_after_a_missed_asm5025(co: str, outcome: Outcome) -> None:
    found = ask(
        "asm", asm5025_seconds=asm_seconds(co_percent="0.8"), asm2540_seconds=asm_seconds(90, "40.0", co_percent=co),
        ambient=AIR,
    )  # fmt: skip
    assert conclusion(found) is outcome
    assert len(found.cards) == 6


def test_a_missed_asm5025_without_asm2540_is_open_and_a_passed_one_needs_no_more() -> None:
    missed = ask("asm", asm5025_seconds=asm_seconds(co_percent="0.8"), ambient=AIR)
    assert conclusion(missed) is Outcome.NOT_JUDGED
    assert len(missed.cards) == 6
    passed = ask("asm", asm5025_seconds=asm_seconds(), ambient=AIR)
    assert conclusion(passed) is Outcome.PASS
    assert len(passed.cards) == 3


@pytest.mark.parametrize(("off", "decision"), [("0.9", "fast_pass"), ("1.0", "pass"), ("-1.0", "pass")])
def test_a_speed_of_one_km_h_off_the_first_second_spoils_a_window(off: str, decision: str) -> None:
    seconds = with_(asm_seconds(), range(15, 16), speed_kmh=Decimal("25.0") + Decimal(off))
    found = low(seconds)
    assert told(found)["decision"] == decision
    assert told(found)["fast_window_speed_valid"] == ("yes" if decision == "fast_pass" else "no")


def test_a_pass_that_a_stricter_reading_of_the_speed_would_take_away_says_so() -> None:
    found = low(with_(asm_seconds(20), range(15, 16), speed_kmh="25.6"))
    assert told(found)["decision"] == "fast_pass"
    assert {card.confidence for card in found.cards} == {Confidence.RECALLED}
    assert reasons(found) == {"standards.doubt.asm_window"}
    assert {card.confidence for card in low(asm_seconds(20)).cards} == {Confidence.SOURCED}


def test_no_window_with_a_steady_speed_is_no_result() -> None:
    seconds = [each | {"speed_kmh": Decimal(24 + 2 * (each["t_s"] % 2))} for each in asm_seconds()]
    found = low(seconds)
    assert conclusion(found) is Outcome.INVALID
    assert reasons(found) == {"standards.asm.no_window"}


@pytest.mark.parametrize("t", [0, 5, 15, 40])
def test_one_diluted_second_makes_the_mode_invalid(t: int) -> None:
    found = low(with_(asm_seconds(), range(t, t + 1), co_percent="0.1", co2_percent="5.89"))
    assert conclusion(found) is Outcome.INVALID
    assert reasons(found) == {"standards.exhaust.diluted"}
    edge = with_(asm_seconds(), range(t, t + 1), co_percent="0.1", co2_percent="5.90")
    assert conclusion(low(edge)) is Outcome.PASS


def test_two_seconds_running_out_of_the_band_put_the_clock_back() -> None:
    once = low(with_(asm_seconds(), range(12, 13), speed_kmh="27.1"))
    assert (told(once)["restarts"], told(once)["decision_at_s"]) == ("0", "22")
    found = low(with_(asm_seconds(), range(12, 14), speed_kmh="27.1"))
    assert (told(found)["restarts"], told(found)["decision"]) == ("1", "fast_pass")
    assert (told(found)["decision_at_s"], told(found)["decision_clock_s"]) == ("33", "19")
    assert {card.confidence for card in found.cards} == {Confidence.SINGLE_SOURCE}
    assert low(with_(asm_seconds(), range(12, 14), speed_kmh="27.0")).cards[0].inputs["restarts"] == "0"


def test_five_single_seconds_out_of_the_band_put_the_clock_back() -> None:
    four, five = asm_seconds(145), asm_seconds(145)
    for n in range(5):
        at = range(2 * n, 2 * n + 1)
        five = with_(five, at, speed_kmh="22.9")
        four = with_(four, at, speed_kmh="22.9") if n < 4 else four
    assert told(low(four))["restarts"] == "0"
    assert (told(low(five))["restarts"], told(low(five))["decision_at_s"]) == ("1", "28")


def test_the_clock_may_have_to_wait_for_steady_seconds_again() -> None:
    seconds = with_(asm_seconds(), range(12, 14), speed_kmh="27.1")
    found = low(seconds, {"asm_restart": "steady_first"})
    assert (told(found)["decision_at_s"], told(found)["decision_clock_s"]) == ("38", "19")


def test_torque_out_of_its_band_counts_like_speed() -> None:
    found = low(with_(asm_seconds(), range(12, 14), torque_off_percent="5.1"))
    assert told(found)["restarts"] == "1"
    assert told(low(with_(asm_seconds(), range(12, 14), torque_off_percent="-5")))["restarts"] == "0"


def test_a_mode_longer_than_145_seconds_does_not_count() -> None:
    seconds = asm_seconds(150, "40.0", co_percent="0.8")
    for start in (60, 61):
        seconds = with_(seconds, range(start, start + 1), speed_kmh="45")
    found = high(seconds)
    assert conclusion(found) is Outcome.INVALID
    assert reasons(found) == {"standards.asm.too_long"}


def test_a_mode_that_was_broken_off_does_not_count() -> None:
    found = low(asm_seconds(89, co_percent="0.8"))
    assert conclusion(found) is Outcome.INVALID
    assert reasons(found) == {"standards.asm.short"}


def test_a_lost_second_makes_the_mode_invalid() -> None:
    seconds = [each for each in asm_seconds() if each["t_s"] != 4]
    assert reasons(low(seconds)) == {"standards.exhaust.gap"}
    assert reasons(low(asm_seconds()[3:])) == {"standards.exhaust.gap"}


def test_seconds_before_zero_and_seconds_without_numbers() -> None:
    early = [each | {"t_s": each["t_s"] - 5} for each in asm_seconds(25)]
    assert told(low(early))["decision_at_s"] == "19"
    bare = [{name: value for name, value in each.items() if name != "t_s"} for each in asm_seconds(20)]
    assert told(low(bare))["decision"] == "fast_pass"
    with pytest.raises(DataError) as caught:
        low([*asm_seconds(20), bare[0]])
    assert caught.value.problem.params["field"] == "seconds[20].t_s"


def test_the_rule_of_500_percent_is_off_until_somebody_asks_for_it() -> None:
    seconds = with_(asm_seconds(), range(10, 30), co_percent="4.0")
    assert told(low(seconds))["decision"] == "pass"
    found = low(seconds, {"asm_500_percent": "on"})
    assert (told(found)["decision"], told(found)["decision_at_s"]) == ("fail", "19")
    assert conclusion(found) is Outcome.FAIL


def test_set_b_is_stricter_and_its_doubtful_limits_are_marked() -> None:
    seconds = asm_seconds(co_percent="0.4")
    assert conclusion(low(seconds)) is Outcome.PASS
    found = low(seconds, {"limit_set": "b"})
    assert told(found)["decision"] == "next_asm2540"
    assert cards(found)["asm5025_co"].confidence is Confidence.DISPUTED
    assert cards(found)["asm5025_no"].confidence is Confidence.SINGLE_SOURCE


def test_hc_of_natural_gas_is_shown_and_keeps_nobody_from_passing() -> None:
    found = low(asm_seconds(hc_ppm=400), fuel="E")
    card = cards(found)["asm5025_hc"]
    assert (card.counts, card.rounded is not None) == (False, True)
    assert told(found)["decision"] == "fast_pass"
    assert conclusion(found) is Outcome.PASS
    assert card.reason is not None
    assert (card.reason.code, card.confidence) == ("standards.petrol.gas_hc", Confidence.SINGLE_SOURCE)
    judged = low(asm_seconds(hc_ppm=400), {"natural_gas_hc": "judged"}, fuel="E")
    assert told(judged)["decision"] == "next_asm2540"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"speed_kmh": "-1"}, "seconds[3].speed_kmh"),
        ({"co_percent": "101"}, "seconds[3].co_percent"),
        ({"no_ppm": "-1"}, "seconds[3].no_ppm"),
    ],
)
def test_figures_that_no_instrument_gives_are_named(change: dict[str, str], field: str) -> None:
    with pytest.raises(DataError) as caught:
        low(with_(asm_seconds(), range(3, 4), **change))
    assert caught.value.problem.params["field"] == field


def test_without_air_or_fuel_nothing_is_guessed() -> None:
    with pytest.raises(DataError) as caught:
        ask("asm5025", seconds=asm_seconds(20))
    assert caught.value.problem.params["field"] == "ambient.humidity_percent"
    with pytest.raises(DataError) as caught:
        ask("asm5025", case_of({}), seconds=asm_seconds(20), ambient=AIR)
    assert caught.value.problem.params["field"] == "fuel"
    with pytest.raises(DataError) as caught:
        ask("asm5025", case_of({"fuel": "AE"}), seconds=asm_seconds(20), ambient=AIR)
    assert caught.value.problem.params["field"] == "fuel"


def test_given_results_of_asm5025_do_not_count_while_one_is_missed() -> None:
    missed = ask("asm_result", mode="asm5025", co_percent=Decimal("0.51"), hc_ppm=90, no_ppm=700)
    assert conclusion(missed) is Outcome.NOT_JUDGED
    assert cards(missed)["asm5025_co"].outcome is Outcome.FAIL
    passed = ask("asm_result", mode="asm5025", co_percent=Decimal("0.50"), hc_ppm=90, no_ppm=700)
    assert conclusion(passed) is Outcome.PASS
    assert conclusion(ask("asm_result", mode="asm2540", co_percent=Decimal("0.41"), hc_ppm=1, no_ppm=1)) is Outcome.FAIL
    assert conclusion(ask("asm_result", mode="asm2540", co_percent=Decimal("0.40"))) is Outcome.NOT_JUDGED


def test_a_stalled_engine_ends_the_mode() -> None:
    assert reasons(low(with_(asm_seconds(20), range(7, 8), rpm=0))) == {"standards.exhaust.stalled"}
    assert conclusion(low(with_(asm_seconds(20), range(7, 8), rpm=1200))) is Outcome.PASS


def test_a_limit_of_the_platform_goes_before_the_tables() -> None:
    sent = {"asm5025_co": PlatformLimit({"value": Decimal("0.15")})}
    case = replace(case_of(), platform=sent)
    found = ask("asm5025", case, seconds=asm_seconds(), ambient=AIR)
    assert told(found)["decision"] == "pass"
    assert (cards(found)["asm5025_co"].limit, cards(found)["asm5025_co"].source) == (Decimal("0.15"), "platform")
    odd = {"asm5025_co": PlatformLimit({"low": Decimal(0), "high": Decimal(1)}, Bound.BETWEEN)}
    with pytest.raises(DataError) as caught:
        ask("asm5025", replace(case_of(), platform=odd), seconds=asm_seconds(), ambient=AIR)
    assert caught.value.problem.params["field"] == "limits.asm5025_co"
