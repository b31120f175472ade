"""What a record comes to: editions by family and day, the platform's limits, and the conclusion over cards that count."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Outcome, VerdictCard
from carcheck_desktop.standards.loading.edition import Edition
from carcheck_desktop.standards.records.judging import RecordResult, conclusion_of, judge_record
from carcheck_desktop.standards.records.record import read_record
from tests.standards.cars import TABLES, assert_readable
from tests.standards.records.kinds import BY_NAME
from tests.standards.records.test_reading import AXLE, TODAY, axle, record

LATER = replace(TABLES, edition="GB 38900-2030", valid_from=TABLES.valid_from.replace(year=2025))
EDITIONS = (TABLES,)


def judged(data: dict[str, Any], editions: tuple[Edition, ...] = EDITIONS) -> RecordResult:
    return judge_record(read_record(data, BY_NAME, TODAY, "1"), editions)


def card_of(data: dict[str, Any], editions: tuple[Edition, ...] = EDITIONS) -> VerdictCard:
    (card,) = judged(data, editions).judged[0].judgement.cards
    return card


def refused(data: dict[str, Any], editions: tuple[Edition, ...] = EDITIONS) -> DataError:
    with pytest.raises(DataError) as caught:
        judged(data, editions)
    assert_readable(caught.value)
    return caught.value


def test_a_single_axle_is_judged_by_the_edition_of_the_day() -> None:
    found = judged(axle())
    card = card_of(axle())
    assert (card.rounded, card.limit, card.outcome) == (Decimal("66.0"), Decimal(60), Outcome.PASS)
    assert found.conclusion.outcome is Outcome.PASS
    assert [each.edition for each in found.editions] == [TABLES.edition]


def test_of_two_editions_in_force_the_newer_judges_and_the_asked_one_goes_before_it() -> None:
    both = (TABLES, LATER)
    assert card_of(axle(), both).edition == LATER.edition
    assert card_of(axle() | {"edition": TABLES.edition}, both).edition == TABLES.edition


@pytest.mark.parametrize(
    ("changed", "field", "allowed"),
    [
        ({"edition": "GB 1"}, "edition", "GB 38900-2020"),
        ({"date": "2015-01-01"}, "date", None),
        ({"inspection": ...}, "inspection", None),
        ({"settings": {"limit_set": "b"}}, "settings.limit_set", "imbalance_window_end_roller"),
        ({"settings": {"ten_year_count": "roughly"}}, "settings.ten_year_count", "date_exact"),
        ({"limits": {"imbalanse": Decimal(24)}}, "limits.imbalanse", "imbalance"),
        ({"limits": {"axle_brake_rate": {"low": Decimal(1), "high": Decimal(2)}}}, "limits.axle_brake_rate", ">="),
        ({"vehicle": {}}, "vehicle.category", None),
    ],
)
def test_what_keeps_a_record_from_being_judged_is_named(
    changed: dict[str, Any], field: str, allowed: str | None
) -> None:
    params = refused(record(**changed)).problem.params
    assert params["field"] == field
    if allowed is not None:
        assert allowed in str(params["allowed"])


def test_a_field_that_a_judge_complains_of_has_its_place_in_the_record() -> None:
    wrong = AXLE | {"left_max_daN": Decimal(-1)}
    assert refused(record(measurements=[AXLE, wrong])).problem.params["field"] == "measurements[1].left_max_daN"


@pytest.mark.parametrize("name", ["axle_brake_rate", "rule"])
def test_a_limit_of_the_platform_goes_before_the_tables_and_says_so(name: str) -> None:
    rule = card_of(axle()).rule
    key = rule if name == "rule" else name
    card = card_of(axle() | {"limits": {key: Decimal("66.1")}})
    assert (card.limit, card.outcome, card.margin) == (Decimal("66.1"), Outcome.FAIL, Decimal("-0.1"))
    assert (card.source, card.rule, card.doubtful) == ("platform", rule, False)


def test_a_limit_of_a_rule_goes_before_that_of_its_quantity() -> None:
    rule = card_of(axle()).rule
    assert card_of(axle() | {"limits": {"axle_brake_rate": Decimal(99), rule: Decimal(1)}}).limit == 1


def test_the_platform_may_turn_the_comparison() -> None:
    card = card_of(axle() | {"limits": {"axle_brake_rate": {"comparison": "<=", "value": Decimal(50)}}})
    assert (card.comparison, card.outcome) == ("<=", Outcome.FAIL)


def test_the_conclusion_folds_cards_that_count_and_reminds_of_the_others() -> None:
    good = card_of(axle())
    bad = replace(good, outcome=Outcome.FAIL)
    void = replace(good, outcome=Outcome.INVALID)
    told = replace(bad, counts=False)
    assert conclusion_of([good]).outcome is Outcome.PASS
    assert conclusion_of([good, bad, told]).failed == (bad,)
    assert conclusion_of([good, bad, void]).outcome is Outcome.INVALID
    assert conclusion_of([good, told]).outcome is Outcome.PASS
    assert conclusion_of([good, told]).reminders == (told,)
    assert conclusion_of([told]).outcome is Outcome.NOT_JUDGED
    assert conclusion_of([]).outcome is Outcome.NOT_JUDGED


def test_a_measurement_that_does_not_count_is_never_a_pass() -> None:
    found = judged(axle(load_kg=Decimal(0)))
    assert found.conclusion.outcome is Outcome.INVALID
    assert len(found.conclusion.invalid) == 1
