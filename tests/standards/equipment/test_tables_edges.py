"""Every limit of both tables to its last digit, and a readable derivation of every card."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.cards import Manner, Subject, judged
from carcheck_desktop.standards.diesel import explaining as diesel
from carcheck_desktop.standards.equipment import explaining as equipment
from carcheck_desktop.standards.loading.edition import Bound, Limit
from carcheck_desktop.standards.supervision import explaining as supervision
from tests.standards.exhaust_asking import EDITIONS, FAIL, KINDS, NOT_JUDGED, PASS, ask, case, said

EXPLAIN = {**diesel.EXPLAIN, **equipment.EXPLAIN, **supervision.EXPLAIN}
LIMITS = [(family, limit) for family, edition in EDITIONS.items() for limit in edition.limits.all()]
STEP = Fraction(1, 10**6)


def outcome(family: str, limit: Limit, value: Fraction) -> Outcome:
    asked = case(family, limit.ground.valid_from)
    manner = Manner(full=True, reference=Fraction(100))
    return judged(asked, Subject("x", limit.quantity, limit, {}), value, manner=manner).outcome


@pytest.mark.parametrize(
    ("family", "limit"), LIMITS, ids=[f"{limit.slot}-{limit.ground.valid_from}" for _, limit in LIMITS]
)
def test_at_a_limit_and_one_digit_to_each_side(family: str, limit: Limit) -> None:
    if limit.bound is Bound.NONE:
        assert outcome(family, limit, Fraction(10**6)) is NOT_JUDGED
        return
    if limit.bound is Bound.WITHIN:
        edge = max(Fraction(limit.percent), Fraction(limit.absolute))
    else:
        edge = Fraction(limit.value)
    up, down = (outcome(family, limit, edge + step) for step in (STEP, -STEP))
    assert outcome(family, limit, edge) is PASS
    assert (up, down) == ((PASS, FAIL) if limit.bound is Bound.AT_LEAST else (FAIL, PASS))


@pytest.mark.parametrize(
    ("family", "limit"), LIMITS, ids=[f"{limit.slot}-{limit.ground.valid_from}" for _, limit in LIMITS]
)
def test_a_rounded_value_at_the_last_digit(family: str, limit: Limit) -> None:
    if limit.bound not in (Bound.AT_LEAST, Bound.AT_MOST):
        return
    row = EDITIONS[family].roundings.at(limit.quantity.value, limit.ground.valid_from)
    step = Fraction(1, 10**row.decimals)
    asked = case(family, limit.ground.valid_from)
    cards = [
        judged(asked, Subject("x", limit.quantity, limit, {}), Fraction(limit.value) + n * step) for n in (-1, 0, 1)
    ]
    wanted = [FAIL, PASS, PASS] if limit.bound is Bound.AT_LEAST else [PASS, PASS, FAIL]
    assert [each.outcome for each in cards] == wanted


def examples() -> list[tuple[str, VerdictCard]]:
    found = []
    for name, kind in KINDS.items():
        measurement = kind.example["measurements"][0]  # type: ignore[index]
        fields = {key: value for key, value in measurement.items() if key != "kind"}
        vehicle = kind.example.get("vehicle") or {}
        assert isinstance(vehicle, dict)
        text = as_json({**fields, **{key: vehicle[key] for key in vehicle if key in kind.record.__annotations__}})
        found += [(name, card) for card in ask(name, text).cards]
    return found


def as_json(value: object) -> str:
    """Return data with exact numbers as JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {as_json(each)}' for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_json(each) for each in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal) else f'"{value}"'


@pytest.mark.parametrize(
    ("kind", "card"), examples(), ids=lambda each: each if isinstance(each, str) else each.quantity
)
def test_every_example_is_derived_in_words(kind: str, card: VerdictCard) -> None:
    lines = [said(line) for line in EXPLAIN[card.quantity](card)]
    assert lines
    assert card.exact is not None
    if card.quantity is not Quantity.FLAGGED_REPORTS:
        assert f"{card.exact:f}"[:6].rstrip(".") in " ".join(lines)


def test_every_judged_quantity_is_explained() -> None:
    quantities = {quantity for edition in EDITIONS.values() for quantity in edition.family.judged}
    assert quantities - set(EXPLAIN) == {Quantity.WHEEL_POWER_SHARE}


def test_advice_and_reasons_have_their_words() -> None:
    failing = {
        "free_acceleration": '{"peak_k_per_m": [2, 2, 2]}',
        "ringelmann": '{"grade": 3}',
        "coast_down": '{"ccdt_s": 10, "acdt_s": 12}',
        "load_accuracy": '{"fuel": "diesel", "set_kW": 10, "actual_kW": 20}',
        "analyser_check": '{"component": "CO", "nominal": 1, "measured": 2, "analyser_class": "00"}',
        "o2_span": '{"sensor": "analyser", "nominal_percent": 20, "measured_percent": 10}',
        "residue": '{"hc_ppm": 50}',
        "background_air": '{"air": "ambient", "hc_ppm": 50, "co_percent": 1, "no_ppm": 100}',
        "opacimeter_check": '{"nominal_N_percent": 50, "reading_N_percent": 60}',
        "converter": '{"efficiency_percent": 50}',
        "response_time": '{"component": "HC", "edge": "T90", "measured_s": 20}',
        "ambient_sensors": '{"temperature_C": 20, "reference_temperature_C": 30}',
        "tachometer": '{"nominal_rpm": 1000, "measured_rpm": 2000}',
        "lugdown": '{"corrected_power_kW": 10, "rated_power_kW": 80, "k100_per_m": 9, "k80_per_m": 9, "nox80_ppm": 9000}',
    }
    for kind, text in failing.items():
        for card in ask(kind, text).cards:
            assert card.outcome is FAIL
            assert isinstance(card.reason, Message)
            assert said(card.reason)
