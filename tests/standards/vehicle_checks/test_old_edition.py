"""The 2014 edition as a table file of its own: its days, its numbering, its differences."""

from __future__ import annotations

from datetime import date

import pytest

from carcheck_desktop.domain.verdicts import Confidence
from tests.standards.vehicle_checks.asking import NEW, OLD

SAME_WORD = {"plate": (1, 2), "outline": (6, 7), "body": (16, 15), "steering": (42, 43), "other_parts": (50, 51)}


def test_the_two_editions_follow_each_other_without_a_day_between() -> None:
    assert OLD.valid_until == date(2020, 12, 31)
    assert NEW.valid_from == date(2021, 1, 1)


def test_each_edition_numbers_its_items_without_a_gap() -> None:
    for edition, most in ((OLD, 50), (NEW, 51)):
        numbers = sorted(item.number for item in edition.items.all() if item.number)
        assert numbers == list(range(1, most + 1))


@pytest.mark.parametrize("name", SAME_WORD)
def test_an_item_has_another_number_in_the_other_edition(name: str) -> None:
    then, now = OLD.items.at(name, date(2019, 1, 1)), NEW.items.at(name, date(2026, 1, 1))
    assert (then.number, now.number) == SAME_WORD[name]
    assert (then.field, then.code) == (now.field, now.code)


def test_what_only_one_edition_has() -> None:
    assert OLD.items.at("curb_mass", date(2019, 1, 1)).number == 8
    assert {"speedometer", "spring_leaves", "approved_load", "curb_mass"} <= set(OLD.items.rows) - set(NEW.items.rows)
    assert {"driver_partition", "slack_adjuster"} <= set(NEW.items.rows) - set(OLD.items.rows)


def test_the_manual_photos_of_the_later_edition_are_not_asked_for() -> None:
    codes = [code for item in OLD.items.all() for code in (*item.photos, *item.axle_photos, *item.plate_photos)]
    assert not [code for code in codes if code.startswith("A")]
    assert not {"0362", "0363"} & set(codes), "they meant the outline models then"


def test_figures_of_before_2018_are_marked_as_recalled() -> None:
    for limit in OLD.limits.all():
        if limit.ground.standard == "GB 7258-2012":
            assert limit.ground.confidence is not Confidence.SOURCED
            assert limit.ground.valid_until == date(2017, 12, 31)
