"""Every quantity that is judged or computed has a derivation with its numbers in place, and none has a hole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from carcheck_desktop.app.judging_file import load_editions, parsed_json
from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, Catalogue
from carcheck_desktop.base.data import to_exact_json
from carcheck_desktop.domain.verdicts import Computed, Quantity, VerdictCard
from carcheck_desktop.standards.explain import EXPLAIN, explain, explain_computed
from carcheck_desktop.standards.families.known import FAMILIES
from carcheck_desktop.standards.records.judging import judge_record
from carcheck_desktop.standards.records.kinds import KINDS
from carcheck_desktop.standards.records.record import read_record

EDITIONS = load_editions()
WORDS = [Catalogue(language) for language in LANGUAGES]


def results(name: str) -> Iterator[VerdictCard | Computed]:
    """Yield what the worked example of a kind of measurement comes to."""
    example = parsed_json(to_exact_json(dict(KINDS[name].example)))
    judged = judge_record(read_record(example, KINDS, date(2030, 1, 1), name), EDITIONS)
    for each in judged.judged:
        yield from each.judgement.cards
        yield from each.judgement.computed


def test_every_judged_quantity_has_a_derivation() -> None:
    judged = {quantity for family in FAMILIES.values() for quantity in family.judged}
    assert judged - EXPLAIN.keys() == set()


def test_every_computed_quantity_has_a_formula_in_words() -> None:
    computed = {quantity for family in FAMILIES.values() for quantity in family.computed}
    for words in WORDS:
        assert {each for each in computed if not words.knows(f"standards.explain.formula.{each.value}")} == set()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_example_of_a_kind_is_derived_without_a_hole(name: str) -> None:
    found = list(results(name))
    assert found
    for result in found:
        lines = explain(result) if isinstance(result, VerdictCard) else explain_computed(result)
        for words in WORDS:
            for line in lines:
                assert words.knows(line.code), line.code
                assert not PLACEHOLDER.search(words.text(line)), words.text(line)
        if result.exact is not None and isinstance(result, Computed):
            assert f"{result.exact:f}" in WORDS[1].text(lines[0])


def test_a_card_that_lacks_an_input_shows_what_it_has() -> None:
    card = next(each for each in results("sideslip") if isinstance(each, VerdictCard))
    bare = VerdictCard(
        card.item, Quantity.IMBALANCE, card.rule, card.edition, card.table_hash, card.limit, card.comparison,
        Decimal(1), Decimal("1.0"), card.unit, card.margin, card.outcome, card.source, card.confidence, {"a_kg": "3"},
    )  # fmt: skip
    assert WORDS[1].text(explain(bare)[0]) == "With a_kg = 3"
