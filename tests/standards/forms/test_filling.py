"""The three papers as data: signs, limit texts, rows, and that nothing passes which was not tested."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, Catalogue
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import InspectionKind, LampSystem, Vehicle
from carcheck_desktop.domain.verdicts import Comparison, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.families.planning import Asked
from carcheck_desktop.standards.forms.filling import conclusion, instrument_form, manual_form, report
from carcheck_desktop.standards.forms.given import Duty, FormData, Found, ManualResult, Owner, Sheet, Signer
from carcheck_desktop.standards.forms.texts import Sign, limit_text, sign_of, value_text
from carcheck_desktop.standards.planning.whole import Occasion, inspection_plan
from carcheck_desktop.standards.traits import traits_of
from tests.standards.cars import CAR, ON
from tests.standards.planning.books import BOOKS
from tests.standards.test_derivations import results

IN_USE = InspectionKind.IN_USE
VEHICLE: Vehicle = replace(CAR, fuel="A", lamp_system=LampSystem.TWO_HIGH_LOW, vin="LSAMPLE0000000001")
PLAN = inspection_plan(BOOKS, Occasion(traits_of(VEHICLE), IN_USE, ON))
ASKED = [each.number for each in PLAN.entries if each.number and each.asked is Asked.ASKED]
GOOD = dict.fromkeys(ASKED, Found(ManualResult.PASS))


def cards(*names: str) -> list[VerdictCard]:
    return [card for name in names for card in results(name) if isinstance(card, VerdictCard)]


def lamps(outcome: Outcome = Outcome.PASS) -> list[VerdictCard]:
    found = [card for card in cards("headlamps") if card.quantity is Quantity.HEADLAMP_INTENSITY and card.item != "H"]
    return [replace(card, outcome=outcome) for card in found]


def data(**change: object) -> FormData:
    whole = FormData(
        vehicle=VEHICLE,
        inspection=IN_USE,
        plan=PLAN,
        sheet=Sheet("R1", "S1", "示例检测站", "1", ON, None, 120000, "carcheck 0.1.0"),
        manual=GOOD,
        cards=(*cards("service_brake", "parking_brake"), *lamps()),
        people={Duty.SIGNATORY: Signer("示例", "110101199001010000"), Duty.DRIVER: Signer("引车")},
        owner=Owner("示例", "13800000000", "示例路"),
        counts={"B1": 2, "B2": 1, "B0": 1},
    )
    return replace(whole, **change)  # type: ignore[arg-type]


def test_limits_stand_as_on_the_form() -> None:
    texts = {card.quantity: limit_text(card) for card in cards("service_brake", "sideslip", "mass", "dimension")}
    assert texts[Quantity.WHOLE_VEHICLE_BRAKE_RATE] == "≥60"
    assert texts[Quantity.IMBALANCE] == "≤10"
    assert texts[Quantity.SIDESLIP] == "-5~5"
    assert texts[Quantity.CURB_MASS] == "±3%或±500KG"
    assert texts[Quantity.OUTLINE] == "±3%或±150MM"


def test_without_a_limit_there_is_a_dash() -> None:
    card = replace(cards("service_brake")[0], limit=None, comparison=None, rounded=None)
    assert (limit_text(card), value_text(card)) == ("—", "—")


@pytest.mark.parametrize(
    ("outcomes", "sign"),
    [
        ([Outcome.PASS], Sign.PASS),
        ([Outcome.PASS, Outcome.FAIL, Outcome.INVALID], Sign.FAIL),
        ([Outcome.PASS, Outcome.NOT_JUDGED], Sign.NONE),
        ([Outcome.PASS, Outcome.INVALID], Sign.NONE),
        ([], Sign.NONE),
    ],
)
def test_only_what_passed_has_the_sign_of_a_pass(outcomes: list[Outcome], sign: Sign) -> None:
    card = cards("service_brake")[0]
    assert sign_of([replace(card, outcome=each) for each in outcomes]) is sign
    assert sign_of([replace(card, outcome=each, counts=False) for each in outcomes]) is Sign.NONE


def test_a_car_that_passed_everything_passes() -> None:
    found = report(data())
    assert found.sign is Sign.PASS
    assert found.conclusion.code == "standards.forms.passed"
    assert [row.number for row in found.manual] == [each.number for each in PLAN.entries if each.number]
    assert [row.number for row in found.instruments] == list(range(1, len(found.instruments) + 1))
    assert found.signatory.name == "示例"
    assert dict(found.imprint.table_hashes) == BOOKS.hashes
    assert found.imprint.software == "carcheck 0.1.0"


@pytest.mark.parametrize("number", ASKED)
def test_without_any_one_manual_item_nothing_passes(number: int) -> None:
    rest = {key: found for key, found in GOOD.items() if key != number}
    assert conclusion(data(manual=rest)) is Sign.NONE
    assert conclusion(data(manual=rest | {number: Found(ManualResult.NOT_TESTED)})) is Sign.NONE
    assert conclusion(data(manual=rest | {number: Found(ManualResult.FAIL)})) is Sign.FAIL


@pytest.mark.parametrize("item", ["B1", "B2", "B0", "H1", "H4", "whole"])
def test_without_any_one_instrument_item_nothing_passes(item: str) -> None:
    all_cards = data().cards
    assert conclusion(data(cards=tuple(card for card in all_cards if card.item != item))) is Sign.NONE
    failed = tuple(replace(card, outcome=Outcome.FAIL) if card.item == item else card for card in all_cards)
    assert conclusion(data(cards=failed)) is Sign.FAIL
    invalid = tuple(replace(card, outcome=Outcome.INVALID) if card.item == item else card for card in all_cards)
    assert conclusion(data(cards=invalid)) is Sign.NONE


def test_the_brake_block_has_a_line_for_each_axle_the_vehicle_and_the_lever() -> None:
    first, second, whole, parking = instrument_form(data()).brakes
    assert (first.item, first.load, first.left_force, first.right_force) == ("B1", "830", "272", "265")
    assert (first.rate, first.imbalance, first.sign, first.count) == ("66.0", "7.4", Sign.PASS, 2)
    assert (second.left_difference, second.right_difference) == ("110", "98")
    assert (whole.item, whole.rate, whole.load, whole.left_force) == ("whole", "62.0", "1370", "272+150")
    assert (parking.item, parking.rate, parking.left_force) == ("B0", "20.4", "140")
    assert first.loaded_rate == "—"


def test_a_loaded_axle_stands_beside_the_unladen_one() -> None:
    found = instrument_form(data(cards=tuple(cards("loaded_axle_brake")), plan=PLAN)).brakes
    second = next(row for row in found if row.item == "B2")
    assert (second.loaded_load, second.loaded_rate, second.loaded_imbalance) == ("11000", "52.9", "3.7")
    assert second.rate == "—"


def test_what_was_not_measured_has_a_dash_and_was_tested_no_time() -> None:
    found = instrument_form(data(cards=(), counts={}))
    assert {row.sign for row in found.brakes} | {row.sign for row in found.lamps} == {Sign.NONE}
    assert {row.intensity for row in found.lamps} == {"—"}
    assert found.total_count == 0
    assert report(data(cards=(), counts={})).sign is Sign.NONE


def test_the_manual_form_lists_what_failed_with_its_explanation() -> None:
    bad = Found(ManualResult.FAIL, "左前胎纹 1.2 mm", "复检")
    found = manual_form(data(manual=GOOD | {18: bad}, measured=((Message("standards.item.tyres"), "1.2"),)))
    (row,) = found.failed
    assert (row.number, row.explanation, row.remark) == (18, "左前胎纹 1.2 mm", "复检")
    assert row.name.code == "standards.item.tyres"
    assert found.measured[0].value == "1.2"
    assert [each.duty for each in found.signatures] == [Duty.LOOKS, Duty.DYNAMIC, Duty.UNDERBODY]


def test_a_legacy_value_is_a_reminder_and_decides_nothing() -> None:
    legacy = replace(
        cards("service_brake")[0], item="S1", quantity=Quantity.SPEEDOMETER, outcome=Outcome.FAIL, counts=False,
        limit=Decimal("32.8"), comparison=Comparison.AT_LEAST,
    )  # fmt: skip
    found = report(data(cards=(*data().cards, legacy)))
    assert found.sign is Sign.PASS
    assert [row.item for row in found.reminders] == ["S1"]


def test_every_label_has_words() -> None:
    forms = (manual_form(data()).basics, instrument_form(data()).head, report(data()).basics)
    messages = [part for each in forms for pair in each for part in (pair.label, pair.value)]
    for language in LANGUAGES:
        words = Catalogue(language)
        for message in messages:
            if isinstance(message, Message):
                assert words.knows(message.code), message.code
                assert not PLACEHOLDER.search(words.text(message))
