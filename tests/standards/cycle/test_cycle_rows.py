"""Rows of cycles in a table file: what cannot be is refused by name."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.edition import parse
from tests.standards.cars import assert_readable, changed

OTHER = 'group = "other"\nstretches = [{ every_months = 12 }]\nmark_years = []\nwindow_months = 3'


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (OTHER.replace('"other"', '"cart"'), "standards.tables.wrong_value"),
        (OTHER.replace('"other"', '"school_bus"'), "standards.tables.overlap"),
        (OTHER.replace("12", "0"), "standards.tables.wrong_value"),
        (OTHER.replace("{ every_months = 12 }", ""), "standards.tables.wrong_value"),
        (OTHER.replace("{ every", "{ until_years = 1, every_months = 5 }, { every"), "standards.tables.wrong_value"),
        (OTHER.replace("{ every", "{ every_months = 6 }, { every"), "standards.tables.missing_key"),
        (OTHER.replace("12 }", "12, until_years = 3 }"), "standards.tables.unknown_key"),
        (OTHER.replace("mark_years = []", "mark_years = [2, 2]"), "standards.tables.wrong_value"),
        (OTHER.replace("mark_years = []", 'mark_years = ["2"]'), "standards.tables.wrong_type"),
        (OTHER.replace("mark_years = []\n", ""), "standards.tables.missing_key"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused(after: str, code: str) -> None:
    with pytest.raises(DataError) as caught:
        parse(changed(OTHER, after))
    assert caught.value.code == code
    assert_readable(caught.value)


def test_a_mark_year_in_which_nobody_is_due_is_refused() -> None:
    before = 'group = "motorcycle"\nstretches = [{ until_years = 10, every_months = 24 }, { every_months = 12 }]\nmark_years = [2, 4, 8]'
    with pytest.raises(DataError) as caught:
        parse(changed(before, before.replace("[2, 4, 8]", "[2, 3]")))
    assert caught.value.problem.cause.params["key"] == "mark_years"


def test_every_group_has_to_have_a_cycle() -> None:
    text = changed(OTHER, OTHER).decode()
    start = text.index('[[cycle]]\nkey = "other"')
    with pytest.raises(DataError) as caught:
        parse(text[:start].encode())
    assert caught.value.code == "standards.tables.missing_row"
