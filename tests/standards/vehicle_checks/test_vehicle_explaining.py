"""Every card of this room can be derived in words, with every number in place, in every language."""

from __future__ import annotations

from typing import Any

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, Catalogue
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Quantity, VerdictCard
from carcheck_desktop.standards.families.vehicle import JUDGED
from carcheck_desktop.standards.vehicle_checks.explaining import EXPLAIN
from tests.standards.vehicle_checks.asking import BY_NAME, REGISTRATION, ask, case, old_case, the_card

WORDS = {language: Catalogue(language) for language in LANGUAGES}


def lines(card: VerdictCard) -> list[str]:
    """Return the Chinese derivation; in no language may a word or a number be missing."""
    messages = EXPLAIN[card.quantity](card)
    if card.reason is not None:
        messages.append(card.reason)
    for language, words in WORDS.items():
        for message in messages:
            assert words.knows(message.code), (language, message.code)
            assert not PLACEHOLDER.search(words.text(message)), words.text(message)
            assert all(str(value) for value in message.params.values()), message
    return [WORDS["zh_CN"].text(message) for message in messages]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_example_is_judged_and_explained(name: str) -> None:
    example: Any = BY_NAME[name].example
    under = case(example.get("vehicle", {}), InspectionKind(example["inspection"]))
    for measured in example["measurements"]:
        fields = dict(measured)
        for card in ask(fields.pop("kind"), under, **fields).cards:
            assert lines(card)


def test_every_quantity_of_the_room_has_its_derivation() -> None:
    assert set(EXPLAIN) == set(JUDGED)


def test_a_mass_is_derived_from_what_was_weighed() -> None:
    under = case({"category": "heavy_trailer"}, REGISTRATION)
    card = the_card("mass", under, train_kg=20000, tractor_kg=8600, reference_kg=11000)
    assert lines(card)[:2] == [
        "称得 20000 − 8600 kg，扣除 0 kg，计 11400 kg",
        "偏差 = |11400 − 11000| = 400 kg（3.636363636363 %）",
    ]


def test_a_pair_of_lamps_is_named() -> None:
    under = case({"category": "small_passenger", "lamp_system": "01"})
    found = ask("headlamps", under, left_outer_cd=16000, left_inner_cd=1, right_inner_cd=2, right_outer_cd=15500)
    (whole,) = [card for card in found.cards if card.item == "H" and card.quantity is Quantity.HEADLAMP_INTENSITY]
    assert lines(whole) == ["四灯制：左右对称的两灯（16000, 15500）以二灯制限值判定，较弱者 15500 cd"]


def test_the_numbers_of_a_card_lead_to_its_value() -> None:
    card = the_card("sideslip", case({"front_suspension": "dependent"}), displacement_mm=4, plate_length_m=1)
    assert lines(card) == ["侧滑量 = 4 mm ÷ 1 m = 4 m/km"]


def test_a_dropped_item_says_that_it_is_only_compared() -> None:
    beam = {"lamp_height_mm": 900, "low_beam_vertical_mm": -20}
    assert lines(the_card("beam", case(), **beam))[-2].startswith("GB 38900-2020 已取消此项")
    assert not any("已取消" in line for line in lines(the_card("beam", old_case(), **beam)))
