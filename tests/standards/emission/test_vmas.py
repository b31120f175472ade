"""VMAS: masses second by second, three separate limits, the distance; and the transient mode."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome
from carcheck_desktop.standards.cards import Judgement
from tests.standards.emission.asked import LIGHT, ask, cards, case_of, conclusion, numbers

OXYGEN: dict[str, Any] = {
    "standard_flow_L_per_s": 110,
    "o2_diluted_percent": Decimal("18.2"),
    "o2_raw_percent": Decimal("0.6"),
}
GOOD: dict[str, Any] = {"co_g_per_km": Decimal("8.0"), "hc_g_per_km": Decimal("1.6"), "nox_g_per_km": Decimal("1.3")}


def cycle(count: int = 195, speed: str = "18.7", **gases: Any) -> list[dict[str, Any]]:
    """Return a cycle at one speed (195 s at 18.7 km/h are 1.013 km)."""
    values = {"co_percent": "0.2", "hc_ppm": 60, "nox_ppm": 150} | gases
    second = {name: Decimal(str(value)) for name, value in values.items()}
    return [{"speed_kmh": Decimal(speed), **OXYGEN, **second}] * count


def driven(seconds: list[dict[str, Any]], settings: dict[str, str] | None = None, **more: Any) -> Judgement:
    return ask("vmas", case_of(LIGHT, settings), seconds=seconds, o2_ambient_percent=Decimal("20.8"), **more)


def codes(judgement: Judgement) -> set[str]:
    return {card.reason.code for card in judgement.cards if card.reason is not None}


def test_masses_of_a_cycle_by_hand() -> None:
    found = cards(driven(cycle()))
    flow, distance = 110 * (20.8 - 18.2) / (20.8 - 0.6), 18.7 * 195 / 3600
    shares = {"vmas_co": (0.2 / 100, 28), "vmas_hc": (60e-6, 86), "vmas_nox": (150e-6, 46)}
    for name, (share, molar) in shares.items():
        grams = flow * share * 101325 * molar / 8.31 / 273.15 / 1000 * 195
        exact = found[name].exact
        assert exact is not None
        assert abs(float(exact) - grams / distance) < 1e-9
    assert {card.item for card in found.values()} == {"IG"}


def test_a_flow_that_is_given_needs_no_oxygen() -> None:
    bare = [{name: value for name, value in each.items() if name not in OXYGEN} for each in cycle()]
    by_flow = [each | {"exhaust_flow_L_per_s": Decimal("14.1584158415841584")} for each in bare]
    one, other = cards(driven(cycle()))["vmas_co"].exact, cards(ask("vmas", seconds=by_flow))["vmas_co"].exact
    assert one is not None
    assert other is not None
    assert abs(one - other) < Decimal("1e-9")


@pytest.mark.parametrize(
    ("km", "outcome"),
    [
        ("0.813", Outcome.PASS), ("1.213", Outcome.PASS), ("0.8129", Outcome.INVALID), ("1.2131", Outcome.INVALID),
        ("0", Outcome.INVALID),
    ],
)  # fmt: skip
def test_a_distance_too_far_from_the_cycle_makes_the_test_invalid(km: str, outcome: Outcome) -> None:
    found = ask("vmas", distance_km=Decimal(km), **GOOD)
    assert conclusion(found) is outcome
    if outcome is Outcome.INVALID:
        assert codes(found) == {"standards.vmas.distance"}


def test_a_distance_alone_is_invalid_or_open() -> None:
    assert conclusion(ask("vmas", distance_km=Decimal("0.7"))) is Outcome.INVALID
    assert conclusion(ask("vmas", distance_km=Decimal("1.0"))) is Outcome.NOT_JUDGED


def test_the_distance_of_the_speeds_counts_where_none_is_given() -> None:
    assert conclusion(driven(cycle(speed="10"))) is Outcome.INVALID
    assert numbers(driven(cycle()))["vmas_distance"].rounded == Decimal("1.013")
    assert codes(driven(cycle(speed="0"))) == {"standards.vmas.not_moved"}


@pytest.mark.parametrize("gas", sorted(GOOD))
def test_each_of_the_three_limits_fails_by_itself(gas: str) -> None:
    assert conclusion(ask("vmas", **GOOD)) is Outcome.PASS
    found = ask("vmas", **GOOD | {gas: GOOD[gas] + Decimal("0.01")})
    assert [card.outcome for card in found.cards].count(Outcome.FAIL) == 1
    rest = {name: value for name, value in GOOD.items() if name != gas}
    assert conclusion(ask("vmas", **rest)) is Outcome.NOT_JUDGED


def test_masses_over_a_distance() -> None:
    found = cards(ask("vmas", co_g=Decimal("8.104"), hc_g=1, nox_g=1, distance_km=Decimal("1.013")))
    assert found["vmas_co"].exact == 8
    with pytest.raises(DataError) as caught:
        ask("vmas", co_g=8)
    assert caught.value.problem.params["field"] == "distance_km"


def test_one_moment_gives_ratio_flow_and_masses() -> None:
    given = {"o2_ambient_percent": Decimal("20.8"), **OXYGEN, "co_percent": 1, "hc_ppm": 100, "nox_ppm": 200}
    found = numbers(ask("vmas", **given))
    assert set(found) == {
        "dilution_ratio", "exhaust_flow", "vmas_co_mass_flow", "vmas_hc_mass_flow", "vmas_nox_mass_flow",
    }  # fmt: skip
    by_hand = 110 * 2.6 / 20.2 * 0.01 * 101325 * 28 / 8.31 / 273.15
    assert abs(float(found["vmas_co_mass_flow"].exact) - by_hand) < 1e-6
    direct = numbers(ask("vmas", exhaust_flow_L_per_s=10, co_percent=1))
    assert set(direct) == {"vmas_co_mass_flow"}


@pytest.mark.parametrize("oxygen", [{"o2_diluted_percent": 21}, {"o2_raw_percent": 21}, {"o2_raw_percent": 19}])
def test_oxygens_of_no_mixture_are_named(oxygen: dict[str, int]) -> None:
    with pytest.raises(DataError) as caught:
        ask("vmas", o2_ambient_percent=Decimal("20.8"), **OXYGEN | oxygen)
    assert caught.value.problem.params["field"] == "o2_diluted_percent"
    seconds = [*cycle(100), *[each | oxygen for each in cycle(1)], *cycle(94)]
    assert codes(driven(seconds)) == {"standards.vmas.oxygen"}


def test_diluted_exhaust_ends_the_cycle_unless_the_setting_says_no() -> None:
    seconds = [*cycle(100, co2_percent="14"), *cycle(1, co2_percent="3"), *cycle(94)]
    found = driven(seconds)
    assert (conclusion(found), codes(found)) == (Outcome.INVALID, {"standards.exhaust.diluted"})
    assert conclusion(driven(seconds, {"vmas_dilution": "off"})) is Outcome.PASS


def test_the_other_density_of_hc_is_named_where_it_decides() -> None:
    card = next(
        card for ppm in range(150, 400) if (card := cards(driven(cycle(hc_ppm=ppm)))["vmas_hc"]).outcome is Outcome.FAIL
    )
    assert card.confidence is Confidence.DISPUTED
    assert card.reason is not None
    assert card.reason.code == "standards.doubt.hc_density"
    assert cards(driven(cycle()))["vmas_hc"].confidence is Confidence.SOURCED


def test_nothing_given_is_named() -> None:
    with pytest.raises(DataError) as caught:
        ask("vmas")
    assert caught.value.problem.params["field"] == "o2_ambient_percent"
    with pytest.raises(DataError) as caught:
        driven([each | {"o2_diluted_percent": None} for each in cycle()])
    assert caught.value.problem.params["field"] == "seconds[0].o2_diluted_percent"


def test_the_transient_mode_judges_co_and_the_sum() -> None:
    assert conclusion(ask("transient", co_g_per_km=Decimal("3.5"), hc_plus_nox_g_per_km=Decimal("1.5"))) is Outcome.PASS
    assert conclusion(ask("transient", co_g_per_km=Decimal("3.51"), hc_plus_nox_g_per_km=1)) is Outcome.FAIL
    parts = ask("transient", co_g_per_km=1, hc_g_per_km=Decimal("0.8"), nox_g_per_km=Decimal("0.71"))
    assert conclusion(parts) is Outcome.FAIL
    assert {card.confidence for card in parts.cards} == {Confidence.RECALLED}
    with pytest.raises(DataError):
        ask("transient", co_g_per_km=1, hc_g_per_km=1)
