"""What a recheck repeats and computes again of a whole inspection, and what may help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.planning.advice import OF_QUANTITY, TOPICS, advice_for
from carcheck_desktop.standards.planning.again import Recheck, recheck_inspection
from tests.standards.forms.test_filling import ASKED, PLAN, cards, data, lamps


def emission_cards() -> list[VerdictCard]:
    found = [*cards("obd")[:1], *cards("appearance")[:1], *cards("two_speed_idle")]
    return [replace(card, outcome=Outcome.PASS, counts=True) for card in found]


ALL = [*data().cards, *emission_cards()]


def again(found: list[VerdictCard], failed: tuple[int, ...] = ()) -> Recheck:
    return recheck_inspection(PLAN, found, failed, [each for each in ASKED if each not in failed])


def failing(item: str, quantity: Quantity | None = None) -> list[VerdictCard]:
    return [
        replace(card, outcome=Outcome.FAIL) if card.item == item and quantity in (None, card.quantity) else card
        for card in ALL
    ]


def test_after_an_inspection_that_passed_nothing_is_repeated() -> None:
    assert again(ALL) == Recheck((), (), (), ())


def test_a_failed_axle_is_weighed_and_braked_again_and_the_rest_is_computed_again() -> None:
    found = again(failing("B1"))
    assert [each.code for each in found.entries] == ["W1", "B1"]
    assert found.codes == ("B1",)
    assert [each.item for each in found.recomputed] == ["whole", "B0"]
    assert found.entries[1].reasons[0].code == "standards.recheck.failed"


def test_a_failed_lever_weighs_every_axle_again() -> None:
    found = again(failing("B0"))
    assert [each.code for each in found.entries] == ["W1", "W2", "B0"]
    assert [each.item for each in found.recomputed] == ["whole"]


def test_a_vehicle_that_failed_as_a_whole_repeats_every_axle() -> None:
    found = again(failing("whole"))
    assert [each.code for each in found.entries] == ["W1", "W2", "B1", "B2"]
    assert {each.reasons[0].code for each in found.entries if each.name == "service_brake"} == {
        "standards.recheck.whole"
    }


def test_a_failed_lamp_repeats_nothing_of_the_brakes() -> None:
    found = again(failing("H4"))
    assert (found.codes, found.recomputed) == (("H4",), ())


def test_failed_manual_items_are_named_by_number_and_uploaded_by_group() -> None:
    found = again(ALL, (15, 18))
    assert [each.number for each in found.entries] == [15, 18]
    assert found.codes == ("F1",)
    assert found.entries[0].reasons[0].params == {"number": 15}


def test_what_was_left_out_is_done() -> None:
    found = recheck_inspection(PLAN, [card for card in ALL if card.item != "H1"], (), [n for n in ASKED if n != 20])
    assert [(each.code, each.reasons[0].code) for each in found.entries] == [
        ("F1", "standards.recheck.not_tested"), ("H1", "standards.recheck.not_tested")
    ]  # fmt: skip


@pytest.mark.parametrize(("item", "name"), [("OBD", "obd"), ("appearance", "emission_appearance"), ("DB", "exhaust")])
def test_a_failed_part_of_the_emission_chain_is_repeated_alone(item: str, name: str) -> None:
    assert [each.name for each in again(failing(item)).entries] == [name]


def test_a_card_that_does_not_count_repeats_nothing() -> None:
    legacy = replace(lamps(Outcome.FAIL)[0], item="H1", counts=False)
    assert again([*ALL, legacy]).entries == ()


def test_advice_is_given_once_for_each_kind_of_failure_and_marked_as_recalled() -> None:
    found = advice_for(failing("B1"))
    assert [each.message.code for each in found] == ["standards.repair.service_brake", "standards.repair.imbalance"]
    assert {each.confidence for each in found} == {Confidence.RECALLED}
    assert advice_for(ALL) == ()


def test_every_advice_has_words_and_no_quantity_has_two() -> None:
    assert sum(len(each) for each in TOPICS.values()) == len(OF_QUANTITY)
    for language in LANGUAGES:
        words = Catalogue(language)
        assert [each for each in TOPICS if not words.knows(f"standards.repair.{each}")] == []
