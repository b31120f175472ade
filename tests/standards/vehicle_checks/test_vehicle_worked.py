"""The worked numbers of this room, translated into our records."""

from __future__ import annotations

from decimal import Decimal

import pytest

from carcheck_desktop.domain.verdicts import Quantity
from tests.standards.vehicle_checks.asking import FAIL, PASS, REGISTRATION, ask, card_of, case, the_card

AXLE = {"front_suspension": "dependent"}


@pytest.mark.parametrize(
    ("slip", "rounded", "outcome"),
    [
        ("5.0", "5.0", PASS),
        ("-5.0", "-5.0", PASS),
        ("5.04", "5.0", PASS),
        ("5.05", "5.1", FAIL),
        ("-5.1", "-5.1", FAIL),
        ("0.0", "0.0", PASS),
    ],
)
def test_sideslip_is_judged_as_rounded(slip: str, rounded: str, outcome: str) -> None:
    card = the_card("sideslip", case(AXLE), slip_m_per_km=Decimal(slip))
    assert (card.rounded, card.outcome) == (Decimal(rounded), outcome)
    assert (card.inputs["low"], card.inputs["high"]) == ("-5", "5")


@pytest.mark.parametrize(
    ("actual", "table", "formula"),
    [
        ("32.7", FAIL, FAIL),
        ("32.8", PASS, PASS),
        ("40.0", PASS, PASS),
        ("40.1", FAIL, FAIL),
        ("32.73", FAIL, PASS),
    ],
)
def test_a_speedometer_has_two_answers_and_the_table_stands(actual: str, table: str, formula: str) -> None:
    card = the_card("speedometer", case(), wheels=4, indicated_kmh=40, actual_kmh=Decimal(actual))
    assert card.outcome == table
    assert card.inputs["formula_outcome"] == formula
    assert card.inputs["formula_low_kmh"].startswith("32.72727")
    assert card.counts is False


def test_two_lamps_of_a_car_in_use() -> None:
    under = case({"category": "small_passenger", "lamp_system": "03"})
    found = ask("headlamps", under, left_outer_cd=15000, right_outer_cd=14999)
    outcomes = {(card.item, card.quantity): card.outcome for card in found.cards}
    assert outcomes == {
        ("H1", Quantity.HEADLAMP_INTENSITY): PASS,
        ("H4", Quantity.HEADLAMP_INTENSITY): FAIL,
        ("H", Quantity.HEADLAMP_INTENSITY): FAIL,
        ("H", Quantity.HEADLAMP_SUM): PASS,
    }
    total = card_of(found, Quantity.HEADLAMP_SUM)
    assert (total.rounded, total.limit) == (Decimal(29999), Decimal(430000))
    assert card_of(found, Quantity.HEADLAMP_INTENSITY, "H").limit == Decimal(15000)


@pytest.mark.parametrize(
    ("height", "offset", "outcome"),
    [
        (1000, -50, PASS),
        (1000, -49, FAIL),
        (1000, -300, PASS),
        (1001, -100, PASS),
        (1001, -350, PASS),
        (1001, -99, FAIL),
    ],
)
def test_the_low_beam_lies_by_the_height_of_its_lamp(height: int, offset: int, outcome: str) -> None:
    card = the_card("beam", case(), lamp_height_mm=height, low_beam_vertical_mm=offset)
    assert (card.outcome, card.counts) == (outcome, False)


def test_a_heavy_truck_at_registration_passes_by_the_absolute_figure() -> None:
    card = the_card("mass", case({"category": "heavy_goods"}, REGISTRATION), measured_kg=12480, reference_kg=12000)
    assert (card.exact, card.limit, card.outcome) == (Decimal(480), Decimal(500), PASS)
    assert card.inputs["deviation_percent"] == "4.0"


@pytest.mark.parametrize(("length", "outcome"), [(12854, PASS), (12855, FAIL)])
def test_the_length_of_a_heavy_truck_in_use(length: int, outcome: str) -> None:
    card = the_card(
        "dimension", case({"category": "heavy_goods"}), what="length", measured_mm=length, reference_mm=12480
    )
    assert (card.outcome, card.limit) == (outcome, Decimal("374.4"))
