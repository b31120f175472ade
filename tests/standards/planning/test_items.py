"""The catalogue of items in a table file: what it must not hold is refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.families.planning import Asked
from carcheck_desktop.standards.loading.edition import parse
from tests.standards.cars import CONTENT, TABLES, assert_readable
from tests.standards.planning.test_asking import TRAILER, TRUCK, numbers, planned

HAMMER = """[[item]]
item = "hammer"
code = "F1"
number = 28"""


def refusal(before: str, after: str) -> DataError:
    text = CONTENT.decode()
    assert before in text
    with pytest.raises(DataError) as caught:
        parse(text.replace(before, after, 1).encode())
    assert_readable(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        (HAMMER, HAMMER.replace("hammer", "Ham mer"), "item"),
        (HAMMER, HAMMER.replace("28", '"28"'), "number"),
        (HAMMER, HAMMER.replace("[[item]]", '[[item]]\nstrange = "x"'), "strange"),
        (HAMMER, HAMMER.replace("[[item]]", "[[item]]\nclock = 3"), "clock"),
        ('photos = ["0117"]', 'photos = ["117"]', "photos"),
        ('photos = ["0117"]', 'photos = ["0117", "0117"]', "photos"),
        ('when = ["large_or_medium_bus"]', 'when = ["large_bus"]', "when"),
        ('when = ["large_or_medium_bus"]', 'whenever = ["large_or_medium_bus"]', "whenever"),
        ('of = ["passenger"]', 'of = ["bus"]', "of"),
        ("registered_from = 2015-03-01", 'registered_from = "2015-03-01"', "registered_from"),
        ("total_from_kg = 12000", "total_from_kg = -1", "total_from_kg"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(before: str, after: str, named: str) -> None:
    assert named in str(refusal(before, after).problem.params)


def test_an_item_stands_once_and_never_leaves_a_day_open() -> None:
    text = CONTENT.decode()
    start = text.index(HAMMER)
    row = text[start : text.index("[[item]]", start + 1)]
    assert refusal(row, row + row).code == "standards.tables.overlap"
    assert (
        refusal(row, row.replace("valid_from = 2021-01-01", "valid_from = 2021-01-02")).code == "standards.tables.gap"
    )


def test_a_case_without_a_confidence_has_that_of_its_item() -> None:
    mass = TABLES.items.rows["mass"][0]
    assert mass.demands[0].confidence is Confidence.SOURCED
    hammer = TABLES.items.rows["hammer"][0]
    assert hammer.demands[0].confidence is hammer.ground.confidence is Confidence.RECALLED


@pytest.mark.parametrize(("total_kg", "is_asked"), [(11999, False), (12000, True), (12001, True)])
def test_the_bound_of_a_mass_belongs_to_those_who_are_asked(total_kg: int, is_asked: bool) -> None:
    found = planned(replace(TRUCK, total_mass_kg=total_kg, curb_mass_kg=5000))
    assert (26 in numbers(found)) is is_asked
    unknown = planned(replace(TRUCK, total_mass_kg=None))
    assert 26 in numbers(unknown, Asked.IF_FITTED)


@pytest.mark.parametrize(("total_kg", "is_asked"), [(3500, False), (3501, True)])
def test_a_light_trailer_needs_no_boards(total_kg: int, is_asked: bool) -> None:
    found = planned(replace(TRAILER, total_mass_kg=total_kg, curb_mass_kg=1000))
    assert ({26, 27} <= numbers(found)) is is_asked
