"""A card explains itself, in both languages, with its own numbers in place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, Catalogue
from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.domain.measurements import AxleWeighing, StopReason
from carcheck_desktop.domain.verdicts import Outcome, VerdictCard
from carcheck_desktop.standards.explain import explain
from carcheck_desktop.standards.verdicts import Measured, conclude
from tests.standards.cars import CAR, IN_USE, ON, TABLES, curve, judge, judge_lever, parked, run

FRONT = (run(1, 780), curve([0, 20, 180, 250], [0, 15, 130, 245]))
REAR = (run(2, 540), curve([5, 110, 150], [5, 98, 146]))


def all_cards() -> list[VerdictCard]:
    weighings = [AxleWeighing(1, Decimal(390), Decimal(390)), AxleWeighing(2, Decimal(270), Decimal(270))]
    cards = [*judge(*FRONT), *judge(*REAR), judge_lever((parked(), curve([5, 140], [5, 134])))]
    whole = conclude(TABLES, CAR, IN_USE, ON, Measured(weighings, [FRONT, REAR], cards)).whole
    exact_ratio = replace(CAR, curb_mass_kg=1500, total_mass_kg=1800)
    return [
        *cards,
        whole,
        *judge(run(stop=StopReason.DEVICE_ERROR), FRONT[1]),
        *judge(run(stop=StopReason.LEFT_LOCKED), curve([5, 100], [5, 100])),
        *judge(run(), curve([5, 150, 260, 250, 250], [5, 145, 200, 180, 256])),
        judge_lever(),
        judge_lever((parked(2, 1000), curve([5, 80], [5, 90])), car=exact_ratio),
        conclude(TABLES, CAR, IN_USE, ON, Measured([], [], [])).whole,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_explained_without_a_hole(language: str) -> None:
    words = Catalogue(language)
    cards = all_cards()
    assert {card.outcome for card in cards} == set(Outcome)
    for card in cards:
        for message in explain(card):
            assert words.knows(message.code), message.code
            assert not PLACEHOLDER.search(words.text(message)), words.text(message)


def test_a_rate_is_derived_line_by_line() -> None:
    words = Catalogue("en")
    lines = [words.text(message) for message in explain(judge(*FRONT)[0])]
    assert lines[:4] == [
        "Axle brake rate = (250 + 245) ÷ (0.98 × 780) × 100 % = 64.756671899529 %",
        "Rounded half up, decimals kept 1: 64.8 %",
        "Limit ≥ 60 %, margin 4.8 % (negative: beyond the limit)",
        "Verdict: pass",
    ]
    assert TABLES.table_hash[:12] in lines[4]


def test_the_branch_of_a_weak_rear_axle_is_explained() -> None:
    words = Catalogue("en")
    lines = [words.text(message) for message in explain(judge(*REAR)[1])]
    assert "samples" not in lines[0]
    assert "from sample 0 to 2" in lines[0]
    assert "55.9 % is below 60 %" in lines[1]
    assert "|110 − 98| ÷ (0.98 × 540) × 100 % = 2.267573696145 %" in lines[1]


def test_a_doubt_that_decides_is_said() -> None:
    codes = [
        message.code for message in explain(judge(run(), curve([5, 150, 260, 250, 250], [5, 145, 200, 180, 256]))[1])
    ]
    assert "standards.doubt.window_later_peak" in codes
    assert codes[-1] == "standards.explain.recalled"


def test_a_card_that_came_back_from_the_journal_explains_itself_the_same() -> None:
    for card in all_cards():
        stored = from_json(to_json(card), VerdictCard)
        assert stored == card
        assert explain(stored) == explain(card)
